//! Which samples and judged queries rank better or worse than before.

use std::cmp::Ordering;

use super::json::{document, object};
use super::text::{Fragment, Role, Screen, TextOptions};
use super::view::say;
use crate::eval::RankChange;
use crate::source::Language;

/// Changed ranks as text for a terminal, the worse first; one line each.
#[must_use]
pub fn rank_changes(changes: &[RankChange], options: &TextOptions) -> String {
    let language = options.language;
    let mut screen = Screen::new(options);
    let kinds = [
        (Ordering::Less, Role::Expired, language.pick("下がった", "worse")),
        (Ordering::Greater, Role::Good, language.pick("上がった", "better")),
    ];
    for (direction, role, word) in kinds {
        for change in changes.iter().filter(|change| change.direction() == direction) {
            let (before, now) = (rank(change.before, language), rank(change.now, language));
            screen.line(&[
                Fragment::new(word, role),
                Fragment::plain(format!("  {before} → {now}  {}  ", change.name)),
                Fragment::new(&change.article, Role::Faint),
            ]);
        }
    }
    screen.finish()
}

fn rank(rank: Option<usize>, language: Language) -> String {
    match rank {
        Some(rank) => say!(language, "{rank}位", "#{rank}"),
        None => say!(language, "圏外", "none"),
    }
}

/// Changed ranks as JSON (`shirube.ranks/1`), with a line feed at the end.
#[must_use]
pub fn rank_changes_json(changes: &[RankChange]) -> String {
    let count = |direction| changes.iter().filter(|it| it.direction() == direction).count();
    let changed = changes.iter().filter(|change| change.direction() != Ordering::Equal);
    let changed = changed.map(|change| {
        object! {
            name: &change.name,
            article: &change.article,
            before: change.before,
            now: change.now,
        }
    });
    document(&object! {
        schema: "shirube.ranks/1",
        better: count(Ordering::Greater),
        worse: count(Ordering::Less),
        same: count(Ordering::Equal),
        changes: changed.collect::<Vec<_>>(),
    })
}
