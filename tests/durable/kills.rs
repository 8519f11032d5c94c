//! Writers that are killed with SIGKILL, at every step and at any moment.

use std::collections::BTreeMap;
use std::time::Duration;

use crate::indexer::{Indexer, STEPS};
use crate::long_form;
use crate::manual::Manual;

/// How often a writer is killed at each step: in the long form so often that all of these tests come to a thousand.
fn kills_a_step() -> u32 {
    if long_form() { 43 } else { 1 }
}

/// Kills an indexer at the `nth` time of a step of the build that leads from one version to the next, and
/// looks at what is left. Whether it was killed there.
fn kill_at(step: &str, nth: u32, rebuild: bool) -> bool {
    let manual = Manual::new();
    let before = manual.build();
    // Two snapshots are kept, so that there is a third to remove.
    manual.write_article(5, 7);
    assert_eq!(manual.build(), before, "that article is not asked for");
    manual.write_article(0, 1);
    if rebuild {
        manual.write(1);
    }
    let after = manual.answer_of_articles();
    assert_ne!(before, after);
    if step == "cleaning" {
        // There is something to clean up where a writer was killed before.
        let left = Indexer::start_and_stop_at(&manual, rebuild, "writing shard", 0);
        left.expect("every build writes a shard").kill();
    }
    let Some(indexer) = Indexer::start_and_stop_at(&manual, rebuild, step, nth) else {
        return false;
    };
    indexer.kill();

    let found = manual.answer_of_index().expect("there was an index before");
    let holds = ["live", "removing"].contains(&step);
    assert_eq!(found, if holds { &after } else { &before }.as_str(), "{step} {nth}");
    assert_eq!(manual.build(), after, "the next writer goes on: {step} {nth}");
    manual.assert_tidy();
    true
}

fn kill_at_every_step(rebuild: bool) {
    let mut kills: BTreeMap<&str, u32> = BTreeMap::new();
    for step in STEPS {
        let mut nth = 0;
        while *kills.entry(step).or_default() < kills_a_step() {
            // A step that comes less often than that is met again from its first time on.
            if kill_at(step, nth, rebuild) {
                *kills.entry(step).or_default() += 1;
                nth += 1;
            } else {
                assert_ne!(nth, 0, "no build comes to the step `{step}`");
                nth = 0;
            }
        }
    }
    let all: u32 = kills.values().sum();
    assert!(all >= kills_a_step() * 11, "{kills:?}");
}

#[test]
fn a_full_build_is_killed_at_every_step() {
    kill_at_every_step(true);
}

#[test]
fn an_incremental_build_is_killed_at_every_step() {
    kill_at_every_step(false);
}

#[test]
fn a_first_build_that_is_killed_leaves_nothing_or_all() {
    for step in ["writing resources.bin", "writing manifest.json", "naming", "switching", "live"] {
        let manual = Manual::new();
        let indexer = Indexer::start_and_stop_at(&manual, false, step, 0);
        indexer.expect("every build comes to this step").kill();
        let after = manual.answer_of_articles();
        let found = manual.answer_of_index();
        assert_eq!(found, (step == "live").then(|| after.clone()), "{step}");
        assert_eq!(manual.build(), after, "{step}");
        manual.assert_tidy();
    }
}

#[test]
fn kills_at_any_moment_lose_nothing() {
    let rounds = if long_form() { 60 } else { 6 };
    let manual = Manual::new();
    let mut before = manual.build();
    let mut killed = 0;
    for round in 0..rounds {
        manual.write(round + 1);
        let after = manual.answer_of_articles();
        let indexer = Indexer::start(&manual, round % 2 == 0);
        // Moments that are spread over the whole of a build, the same in every run.
        std::thread::sleep(Duration::from_millis(u64::from(round * 37 % 400)));
        killed += u32::from(indexer.kill_unless_over());
        let found = manual.answer_of_index().expect("there was an index before");
        assert!(found == before || found == after, "round {round}: a mixture\n{found}");
        before = manual.build();
        assert_eq!(before, after, "round {round}");
        manual.assert_tidy();
    }
    assert!(killed > 0, "every build was over before it was killed");
}

#[test]
fn two_writers_at_once_are_one_after_the_other() {
    let rounds = if long_form() { 20 } else { 3 };
    let manual = Manual::new();
    for round in 0..rounds {
        manual.write(round + 1);
        let mut writers: Vec<Indexer> =
            (0..3).map(|number| Indexer::start(&manual, number == 0)).collect();
        for writer in &mut writers {
            assert!(writer.wait().success(), "round {round}: a writer failed");
        }
        assert_eq!(manual.answer_of_index(), Some(manual.answer_of_articles()), "round {round}");
        manual.assert_tidy();
    }
}

#[test]
fn a_search_does_not_wait_for_a_writer() {
    let manual = Manual::new();
    let before = manual.build();
    manual.write(1);
    let writer = Indexer::start_and_stop_at(&manual, false, "switching", 0);
    let writer = writer.expect("every build comes to this step");
    let mut options = manual.options();
    options.publish = false;
    let (snapshot, report) = shirube::index::open_or_build(&options).expect("it answers");
    assert_eq!(crate::manual::answer(snapshot), before);
    assert_eq!(report.warnings.len(), 1, "{:?}", report.warnings);
    writer.kill();
}
