//! Disks that are full, and directories that cannot be written to.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use shirube::index::{self, IndexError};

use crate::damage::files;
use crate::indexer::Indexer;
use crate::long_form;
use crate::manual::{Manual, answer, options};

#[test]
fn a_file_that_cannot_grow_leaves_the_index_of_before() {
    let manual = Manual::new();
    let before = manual.build();
    manual.write(1);
    let after = manual.answer_of_articles();
    let step = if long_form() { 8 } else { 48 };
    let mut failed = 0;
    for blocks in (1..=2000).step_by(step) {
        let mut indexer = Indexer::start_with_file_limit(&manual, blocks);
        if indexer.wait().success() {
            assert_eq!(manual.answer_of_index().as_deref(), Some(after.as_str()));
            break;
        }
        failed += 1;
        assert_eq!(manual.answer_of_index().as_deref(), Some(before.as_str()), "{blocks} blocks");
        manual.assert_tidy();
    }
    assert!(failed >= 3, "only {failed} limits were too small");
    assert_eq!(manual.build(), after);
    manual.assert_tidy();
}

/// The system calls that change a directory of an index.
const CALLS: [&str; 9] =
    ["openat", "write", "fsync", "fdatasync", "rename", "mkdir", "unlink", "flock", "ftruncate"];

#[test]
#[ignore = "needs strace, and the right to trace"]
fn a_call_that_fails_leaves_one_of_the_two_indexes() {
    let most = if long_form() { 1000 } else { 60 };
    let manual = Manual::new();
    let mut before = manual.build();
    let told = tempfile::NamedTempFile::new().expect("a temporary file");
    // A call that is not made so often any more is left out.
    let mut calls = CALLS.to_vec();
    let (mut failed, mut nth, mut version) = (0, 0, 0);
    while failed < most {
        if calls.is_empty() {
            // Every call of a build has failed: further builds are of other versions, and their threads run otherwise.
            assert!(failed > 0, "no call has failed");
            (calls, nth) = (CALLS.to_vec(), 0);
        }
        nth += 1;
        calls.retain(|call| {
            version += 1;
            // One article at a time: what cannot be read is stale then, and nothing else.
            manual.write_article(version % 2, version);
            let after = manual.answer_of_articles();
            let error = if version % 2 == 0 { "EIO" } else { "ENOSPC" };
            let fails = format!("error={error}:when={nth}");
            let mut indexer = Indexer::start_with_failing_call(
                &manual,
                version % 3 == 0,
                call,
                &fails,
                told.path(),
            );
            indexer.wait();
            let injected = fs::read_to_string(told.path()).expect("strace has written");
            // Each thread has an nth call. Where two fail, an index that cannot be read is built anew without an article that
            // cannot be read either, which is told.
            let single = injected.matches("INJECTED").count() == 1;
            let found = manual.answer_of_index().expect("there was an index before");
            let one = found == before || found == after;
            assert!(one || !single, "{call} {fails}: a mixture\n{found}");
            before = manual.build();
            assert_eq!(before, after, "{call} {fails}: the next writer goes on");
            manual.assert_tidy();
            failed += u32::from(single);
            injected.contains("INJECTED")
        });
    }
    tell(&format!("{failed} calls failed"));
}

#[expect(clippy::print_stderr, reason = "the figures are what the long form is run for")]
fn tell(figures: &str) {
    eprintln!("{figures}");
}

/// A file system of its own that is soon full.
struct SmallDisk<'d>(&'d Path);

impl<'d> SmallDisk<'d> {
    fn mount(directory: &'d Path, kibibytes: u32) -> Self {
        let size = format!("size={kibibytes}k");
        let mut mount = Command::new("mount");
        mount.args(["-t", "tmpfs", "-o", &size, "tmpfs"]).arg(directory);
        let mounted = mount.output().expect("mount can be run");
        assert!(mounted.status.success(), "{}", String::from_utf8_lossy(&mounted.stderr));
        Self(directory)
    }
}

impl Drop for SmallDisk<'_> {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("--lazy").arg(self.0).output();
    }
}

#[test]
#[ignore = "needs the right to mount a file system"]
fn a_full_disk_leaves_the_index_of_before() {
    let manual = Manual::new();
    let probe = manual.build();
    let size = index::verify(&manual.index()).expect("readable").expect("a snapshot").bytes;
    let kibibytes = u32::try_from(size / 1024).expect("a small index");
    let mut seen = 0;
    // From a disk that holds one snapshot and nothing else to one that nearly holds a second.
    for share in [30, 50, 75, 95] {
        let directory = tempfile::tempdir().expect("a directory");
        let disk = SmallDisk::mount(directory.path(), kibibytes * (100 + share) / 100 + 40);
        let index = disk.0.join("index");
        let build = |publish: bool| {
            let mut options = options(&manual.articles(), &index);
            options.publish = publish;
            options.rebuild = true;
            index::open_or_build(&options)
        };
        build(true).expect("there is room for one");
        let error = build(true).expect_err("there is no room for two");
        assert!(matches!(error, IndexError::Io { .. }), "{error}");
        let stands =
            shirube::index::Snapshot::open(&index).expect("no damage").expect("a snapshot");
        assert_eq!(answer(stands), probe, "{share} %");
        let left: Vec<_> = fs::read_dir(&index).expect("a directory").flatten().collect();
        assert_eq!(left.len(), 3, "CURRENT, the lock and one snapshot: {left:?}");

        // A search is answered all the same.
        let (snapshot, report) = build(false).expect("it answers from memory");
        assert_eq!(answer(snapshot), probe);
        assert_eq!(report.warnings.len(), 1, "{:?}", report.warnings);
        seen += 1;
    }
    assert_eq!(seen, 4);
}

#[test]
#[ignore = "needs the right to mount a file system"]
fn a_disk_with_room_for_two_snapshots_builds_on() {
    let manual = Manual::new();
    manual.build();
    // Files take whole pages.
    let pages = |file: &PathBuf| fs::metadata(file).expect("a file").len().div_ceil(4096);
    let size: u64 = files(&manual.index()).iter().map(pages).sum();
    let directory = tempfile::tempdir().expect("a directory");
    let kibibytes = u32::try_from(size).expect("a small index") * 4 * 5 / 2;
    let disk = SmallDisk::mount(directory.path(), kibibytes);
    let index = disk.0.join("index");
    for version in 1..=4 {
        manual.write(version);
        let options = options(&manual.articles(), &index);
        let (snapshot, report) = index::open_or_build(&options).expect("there is room");
        assert!(report.warnings.is_empty(), "{:?}", report.warnings);
        assert_eq!(answer(snapshot), manual.answer_of_articles());
    }
}

#[test]
fn a_directory_that_cannot_be_made_is_named() {
    let manual = Manual::new();
    fs::write(manual.index(), "a file where the directory should be").expect("a file");
    let error = index::open_or_build(&manual.options()).expect_err("it cannot be saved");
    assert!(error.to_string().contains("index"), "{error}");
    let mut options = manual.options();
    options.publish = false;
    let (snapshot, report) = index::open_or_build(&options).expect("it answers from memory");
    assert_eq!(answer(snapshot), manual.answer_of_articles());
    assert_eq!(report.warnings.len(), 1, "{:?}", report.warnings);
}
