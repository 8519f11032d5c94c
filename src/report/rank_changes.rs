//! Which samples and judged queries rank better or worse than before.

use std::cmp::Ordering;

use serde::Serialize;

use super::json::document;
use super::text::{Fragment, Role, Screen, TextOptions};
use super::view::either;
use crate::eval::RankChange;
use crate::source::Language;

/// The name and version of the shape of [`rank_changes_json`].
const SCHEMA: &str = "shirube.ranks/1";

/// Changed ranks as text for a terminal, the worse first; one line each.
#[must_use]
pub fn rank_changes(changes: &[RankChange], options: &TextOptions) -> String {
    let language = options.language;
    let mut screen = Screen::new(options);
    let kinds = [
        (Ordering::Less, Role::Expired, either(language, "下がった", "worse")),
        (Ordering::Greater, Role::Good, either(language, "上がった", "better")),
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
    match (rank, language) {
        (Some(rank), Language::Ja) => format!("{rank}位"),
        (Some(rank), Language::En) => format!("#{rank}"),
        (None, _) => either(language, "圏外", "none").to_owned(),
    }
}

#[derive(Serialize)]
struct Report<'r> {
    /// `"shirube.ranks/1"`; a change that breaks the shape raises the number.
    schema: &'static str,
    better: usize,
    worse: usize,
    same: usize,
    /// Changed ranks.
    changes: Vec<Change<'r>>,
}

#[derive(Serialize)]
struct Change<'r> {
    /// The id of a query, or `path:line` of a sample.
    name: &'r str,
    article: &'r str,
    /// From 1; null where the article did not come up.
    before: Option<usize>,
    now: Option<usize>,
}

/// Changed ranks as JSON (`shirube.ranks/1`), with a line feed at the end.
#[must_use]
pub fn rank_changes_json(changes: &[RankChange]) -> String {
    let count = |direction| changes.iter().filter(|it| it.direction() == direction).count();
    document(&Report {
        schema: SCHEMA,
        better: count(Ordering::Greater),
        worse: count(Ordering::Less),
        same: count(Ordering::Equal),
        changes: changes
            .iter()
            .filter(|change| change.direction() != Ordering::Equal)
            .map(|change| Change {
                name: &change.name,
                article: &change.article,
                before: change.before,
                now: change.now,
            })
            .collect(),
    })
}
