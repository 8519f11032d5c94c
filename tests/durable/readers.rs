//! Readers that never stop while the index is built again and again.

use std::collections::BTreeMap;
use std::time::Duration;

use shirube::KnowledgeBase;

use crate::indexer::Indexer;
use crate::long_form;
use crate::manual::{Manual, answer_of};

#[test]
fn searches_go_on_through_rebuilds() {
    let rebuilds = if long_form() { 50 } else { 8 };
    let manual = Manual::new();
    manual.build();
    let live = KnowledgeBase::open_index(manual.index()).expect("an index");
    let mut versions: BTreeMap<String, u32> = BTreeMap::new();
    let mut seen: Vec<u32> = Vec::new();
    versions.insert(manual.answer_of_articles(), 0);
    for version in 1..=rebuilds {
        manual.write(version);
        versions.insert(manual.answer_of_articles(), version);
        let mut indexer = Indexer::start(&manual, version % 2 == 0);
        loop {
            let runs = indexer.runs();
            // One reader goes on to newer snapshots, the other opens what it finds, as a program does.
            live.reload().expect("the newer snapshot opens");
            let answers = [Some(answer_of(&live.searcher())), manual.answer_of_index()];
            for answer in answers.into_iter().flatten() {
                let version = versions.get(&answer);
                seen.push(*version.unwrap_or_else(|| panic!("no snapshot's answer:\n{answer}")));
            }
            if !runs {
                break;
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        assert!(indexer.wait().success());
        assert_eq!(seen.last(), Some(&version), "the newer snapshot is found");
    }
    assert!(seen.windows(2).all(|pair| pair[0] <= pair[1]), "no answer is older than one before");
    assert!(seen.len() as u32 > 2 * rebuilds, "{} searches", seen.len());
    manual.assert_tidy();
}

#[test]
fn a_snapshot_that_is_read_is_kept() {
    let manual = Manual::new();
    manual.build();
    let old = KnowledgeBase::open_index(manual.index()).expect("an index");
    let before = answer_of(&old.searcher());
    for version in 1..5 {
        manual.write(version);
        manual.build();
    }
    assert_eq!(answer_of(&old.searcher()), before);
    assert!(manual.names().contains(&"snapshot-000001".to_owned()), "{:?}", manual.names());
    drop(old);
    manual.write(5);
    manual.build();
    assert!(!manual.names().contains(&"snapshot-000001".to_owned()), "{:?}", manual.names());
    manual.assert_tidy();
}
