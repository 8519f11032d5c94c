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
