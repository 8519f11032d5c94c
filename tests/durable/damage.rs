//! Snapshots with flipped bits, and files that are gone.

use std::fs;
use std::path::{Path, PathBuf};

use shirube::index::{self, IndexError, Snapshot};

use crate::manual::{Manual, answer};

/// The files of the snapshot that holds.
pub(crate) fn files(index: &Path) -> Vec<PathBuf> {
    let name = fs::read_to_string(index.join("CURRENT")).expect("a snapshot holds");
    let entries = walkdir::WalkDir::new(index.join(name.trim())).sort_by_file_name().into_iter();
    let files = entries.map(|entry| entry.expect("its directory").into_path());
    files.filter(|path| path.is_file()).collect()
}

fn flip(file: &Path, bit: usize) {
    let mut bytes = fs::read(file).expect("a file");
    let place = (bit / 8) % bytes.len();
    bytes[place] ^= 1 << (bit % 8);
    fs::write(file, bytes).expect("a file");
}

/// A manual of which there are two snapshots, and the answers of both.
fn two_snapshots() -> (Manual, String, String) {
    let manual = Manual::new();
    let before = manual.build();
    manual.write(1);
    let after = manual.build();
    assert_ne!(before, after);
    (manual, before, after)
}

#[test]
fn every_file_of_a_snapshot_is_guarded() {
    let (manual, before, after) = two_snapshots();
    let files = files(&manual.index());
    assert!(files.len() >= 10, "{files:?}");
    for file in &files {
        let sound = fs::read(file).expect("a file");
        for part in 0..8 {
            flip(file, sound.len() * part + part);
            let snapshot = Snapshot::open(&manual.index()).expect("the one before answers");
            let snapshot = snapshot.expect("there is one");
            let damage = snapshot.damage().map(ToString::to_string).unwrap_or_default();
            // Not every bit of the manifest says something.
            if damage.is_empty() {
                assert!(file.ends_with("manifest.json"), "{}", file.display());
                assert_eq!(answer(snapshot), after);
            } else {
                let name = file.file_name().expect("a name").to_string_lossy();
                assert!(damage.contains(&*name), "{damage}");
                assert_eq!(answer(snapshot), before);
            }
            fs::write(file, &sound).expect("mended");
        }
        fs::remove_file(file).expect("gone");
        let snapshot = Snapshot::open(&manual.index()).expect("the one before answers");
        assert_eq!(answer(snapshot.expect("there is one")), before, "{}", file.display());
        fs::write(file, &sound).expect("mended");
    }
}

#[test]
fn a_damaged_name_leads_to_a_sound_snapshot() {
    let (manual, _, after) = two_snapshots();
    let current = manual.index().join("CURRENT");
    let sound = fs::read(&current).expect("a file");
    for bit in 0..sound.len() * 8 {
        flip(&current, bit);
        let snapshot = Snapshot::open(&manual.index()).expect("another one answers");
        let snapshot = snapshot.expect("there is one");
        // A digit may become the one before; anything else leads to the newest.
        if snapshot.damage().is_some() {
            assert_eq!(answer(snapshot), after, "bit {bit}");
        }
        fs::write(&current, &sound).expect("mended");
    }
}

#[test]
fn damage_is_mended_from_the_articles_and_not_kept() {
    let (manual, before, after) = two_snapshots();
    let shard = files(&manual.index())
        .into_iter()
        .find(|file| file.extension().is_some_and(|ending| ending == "term"));
    let shard = shard.expect("a snapshot has a shard");
    flip(&shard, 12_345);
    let found = index::verify(&manual.index()).expect("readable").expect("a snapshot");
    assert_eq!(found.damage.len(), 1, "{:?}", found.damage);
    assert!(matches!(&found.damage[0], IndexError::Damaged { path, .. } if *path == shard));

    let (snapshot, report) = index::open_or_build(&manual.options()).expect("it is built anew");
    assert_eq!(answer(snapshot), after);
    assert_eq!(report.warnings.len(), 1, "{:?}", report.warnings);
    manual.assert_tidy();
    assert!(!shard.exists(), "what is damaged is not kept");
    // The one before is the sound one: it answers when this one is damaged too.
    for file in files(&manual.index()) {
        flip(&file, 999);
    }
    let snapshot = Snapshot::open(&manual.index()).expect("the first answers");
    assert_eq!(answer(snapshot.expect("there is one")), before);
}

#[test]
fn no_two_snapshots_share_a_file() {
    use std::os::unix::fs::MetadataExt as _;
    let manual = Manual::new();
    manual.build();
    let mut seen: Vec<u64> = Vec::new();
    let mut number = |files: Vec<PathBuf>| {
        for file in files {
            seen.push(fs::metadata(file).expect("a file").ino());
        }
    };
    number(files(&manual.index()));
    manual.write_article(0, 1);
    manual.build();
    number(files(&manual.index()));
    let all = seen.len();
    seen.sort_unstable();
    seen.dedup();
    assert_eq!(seen.len(), all);
}

#[test]
fn an_index_is_never_emptied_unasked() {
    let manual = Manual::new();
    let before = manual.build();
    for entry in fs::read_dir(manual.articles()).expect("a directory") {
        fs::remove_file(entry.expect("an entry").path()).expect("gone");
    }
    let error = index::open_or_build(&manual.options()).expect_err("every article is gone");
    assert!(matches!(error, IndexError::Vanished { articles: 40, .. }), "{error}");
    let mut options = manual.options();
    options.publish = false;
    let (snapshot, report) = index::open_or_build(&options).expect("the index of before answers");
    assert_eq!(answer(snapshot), before);
    assert_eq!(report.warnings.len(), 1, "{:?}", report.warnings);

    options.allow_empty = true;
    let (snapshot, _) = index::open_or_build(&options).expect("that is asked for");
    assert_eq!(snapshot.articles(), 0);
    assert!(!answer(snapshot).contains("article-00"));
    options.allow_empty = false;
    let (snapshot, report) = index::open_or_build(&options).expect("it is empty already");
    assert_eq!((snapshot.articles(), report.warnings.len()), (0, 0));
    manual.write(0);
    assert_eq!(manual.build(), before);
}
