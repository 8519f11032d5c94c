//! The facts on the page, drawn from the knowledge base.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use jiff::Unit;
use jiff::civil::Date;

use super::Overview;
use super::plot::{self, Column, Line};
use crate::article::Article;
use crate::check::{Finding, SampleRank, SampleRun};
use crate::facts::{Code, Relation};
use crate::misses::{Cluster, Helpfulness, Statistic, clusters, outcomes, statistics};

/// So many rows a table has at most; the rest is counted.
const ROWS: usize = 20;

/// The codes that were seen in misses, against those that are documented.
pub(super) struct Coverage<'o> {
    pub(super) seen: usize,
    pub(super) documented: usize,
    pub(super) rows: Vec<Seen<'o>>,
    pub(super) more: usize,
    /// The misses pasted most often, each with the length of its bar, of 100.
    pub(super) open: Vec<(Cluster, u64)>,
}

/// A code as it was seen in misses.
pub(super) struct Seen<'o> {
    pub(super) code: &'o Code,
    wording: &'o str,
    pub(super) count: usize,
    /// The length of its bar, of 100.
    pub(super) share: usize,
    pub(super) last: Date,
    pub(super) article: Option<&'o Article>,
}

pub(super) fn coverage<'o>(overview: &Overview<'o>) -> Coverage<'o> {
    let mut seen: BTreeMap<(Option<&str>, i64), Seen<'_>> = BTreeMap::new();
    for miss in overview.misses {
        for code in &miss.codes {
            let key = (code.domain.as_deref(), code.number);
            let (wording, last) = (miss.text.as_str(), miss.at.date());
            let new = Seen { code, wording, count: 0, share: 0, last, article: None };
            let entry = seen.entry(key).or_insert(new);
            entry.count += 1;
            entry.last = entry.last.max(last);
        }
    }
    let most = seen.values().map(|seen| seen.count).max().unwrap_or(1);
    let mut rows: Vec<Seen<'_>> = seen.into_values().collect();
    for row in &mut rows {
        row.share = row.count * 100 / most;
        row.article = documented(overview, row.code, row.wording);
    }
    let documented = rows.iter().filter(|row| row.article.is_some()).count();
    // Missing articles come first, the most wanted before the others.
    rows.sort_by_key(|row| (row.article.is_some(), Reverse(row.count), &row.code.written));
    let seen = rows.len();
    rows.truncate(ROWS);
    let clusters = clusters(overview.misses);
    let most = clusters.iter().map(|cluster| cluster.pastes).max().unwrap_or(1);
    let open = clusters.into_iter().take(ROWS / 2).map(|cluster| {
        let share = cluster.pastes * 100 / most.max(1);
        (cluster, share)
    });
    Coverage { seen, documented, more: seen - rows.len(), rows, open: open.collect() }
}

/// The first article that documents a code as its own, or in a passage.
fn documented<'o>(overview: &Overview<'o>, code: &Code, wording: &str) -> Option<&'o Article> {
    let same = |other: &Code| {
        let relation = overview.codes.relation(code, other, wording);
        matches!(relation, Some(Relation::Exact | Relation::Same))
    };
    overview.articles.iter().copied().find(|article| {
        article.codes.iter().any(same)
            || article.passages.iter().any(|passage| passage.codes.iter().any(same))
    })
}

pub(super) struct Freshness<'o> {
    pub(super) stale: usize,
    pub(super) expired: usize,
    pub(super) undated: usize,
    pub(super) columns: Vec<Column>,
    /// Articles with the day on which each was last right, and whether they are stale.
    pub(super) oldest: Vec<(&'o Article, Date, bool)>,
    /// Who keeps the articles, those with most to see to first.
    pub(super) owners: Vec<OwnerRow<'o>>,
}

/// The articles of one owner; without a name those that nobody keeps.
pub(super) struct OwnerRow<'o> {
    pub(super) name: Option<&'o str>,
    pub(super) articles: usize,
    pub(super) stale: usize,
    /// How many nobody has ever found right.
    pub(super) unreviewed: usize,
    /// The oldest day on which one of the others was found right.
    pub(super) reviewed: Option<Date>,
}

pub(super) fn freshness<'o>(overview: &Overview<'o>) -> Freshness<'o> {
    let today = overview.now.date();
    let oldest_fresh = overview.stale.before(today);
    let is_stale = |day: Date| oldest_fresh.is_some_and(|oldest| day < oldest);
    // The upper ends in months.
    const ENDS: &[(i64, &str, &str)] = &[
        (6, "半年以内", "< 6 mo"),
        (12, "1年以内", "< 1 y"),
        (24, "2年以内", "< 2 y"),
        (36, "3年以内", "< 3 y"),
        (60, "5年以内", "< 5 y"),
        (i64::MAX, "5年超", "5 y +"),
    ];
    let mut counts = vec![0_usize; ENDS.len()];
    for updated in overview.articles.iter().filter_map(|article| article.last_right()) {
        let months = months_between(updated, today);
        if let Some(count) =
            ENDS.iter().position(|(end, ..)| months < *end).and_then(|at| counts.get_mut(at))
        {
            *count += 1;
        }
    }
    let bound = oldest_fresh.map(|day| months_between(day, today));
    let mut columns: Vec<(&str, usize, bool)> = ENDS
        .iter()
        .zip(counts)
        .map(|((end, ja, en), count)| {
            (overview.language.pick(*ja, *en), count, bound.is_some_and(|bound| *end > bound))
        })
        .collect();
    let undated = overview.articles.iter().filter(|article| article.last_right().is_none()).count();
    columns.push((overview.language.pick("不明", "unknown"), undated, false));
    let dated = |article: &&'o Article| {
        let updated = article.last_right()?;
        Some((*article, updated, is_stale(updated)))
    };
    let mut oldest: Vec<_> = overview.articles.iter().filter_map(dated).collect();
    oldest.sort_by(|a, b| (a.1, &a.0.path).cmp(&(b.1, &b.0.path)));
    let stale = oldest.iter().filter(|(.., stale)| *stale).count();
    oldest.truncate(ROWS / 2);
    let expired =
        overview.articles.iter().filter(|it| it.valid_until.is_some_and(|day| day < today));
    Freshness {
        stale,
        expired: expired.count(),
        undated,
        columns: plot::columns(&columns),
        oldest,
        owners: owners(overview, oldest_fresh),
    }
}

/// Nobody, where no article has an owner.
fn owners<'o>(overview: &Overview<'o>, oldest_fresh: Option<Date>) -> Vec<OwnerRow<'o>> {
    let mut kept: BTreeMap<Option<&str>, Vec<&Article>> = BTreeMap::new();
    for article in overview.articles {
        kept.entry(article.owner.as_deref()).or_default().push(article);
    }
    if kept.keys().all(Option::is_none) {
        return Vec::new();
    }
    let row = |(name, articles): (Option<&'o str>, Vec<&Article>)| {
        let days = articles.iter().filter_map(|article| article.last_right());
        let reviewed = articles.iter().filter_map(|article| article.reviewed);
        OwnerRow {
            name,
            articles: articles.len(),
            stale: days.filter(|day| oldest_fresh.is_some_and(|oldest| *day < oldest)).count(),
            unreviewed: articles.iter().filter(|article| article.reviewed.is_none()).count(),
            reviewed: reviewed.min(),
        }
    };
    let mut rows: Vec<OwnerRow<'_>> = kept.into_iter().map(row).collect();
    rows.sort_by_key(|row| (Reverse((row.stale, row.articles)), row.name));
    rows.truncate(ROWS);
    rows
}

/// Whole months; a date of the future is new.
fn months_between(day: Date, today: Date) -> i64 {
    day.until((Unit::Month, today)).map_or(0, |span| i64::from(span.get_months()))
}

/// The rules that find articles in each other's way.
const COLLISIONS: &[&str] =
    &["code-claimed-twice", "duplicate-id", "status-claimed-twice", "template-claimed-twice"];

pub(super) fn collisions<'o>(overview: &Overview<'o>) -> Vec<&'o Finding> {
    overview.findings.iter().filter(|finding| COLLISIONS.contains(&finding.rule)).collect()
}

/// How the samples rank, now and over time.
pub(super) struct Samples<'o> {
    pub(super) all: usize,
    pub(super) first: usize,
    pub(super) line: Line,
    pub(super) runs: usize,
    /// Samples that rank otherwise than in the run before, and those that fail, each with the rank before; that is `None`
    /// where the sample is new or was not found.
    pub(super) rows: Vec<(&'o SampleRank, Option<Option<usize>>)>,
    pub(super) more: usize,
}

pub(super) fn samples<'o>(overview: &Overview<'o>) -> Samples<'o> {
    let before = overview.history.iter().rev().nth(1);
    let known = |fingerprint: u64| before.and_then(|run| run.ranks.get(&fingerprint).copied());
    let mut rows: Vec<(&SampleRank, _)> = overview
        .samples
        .iter()
        .map(|sample| (sample, known(sample.fingerprint)))
        .filter(|(sample, before)| {
            !sample.passes() || before.is_some_and(|before| before != sample.rank)
        })
        .collect();
    rows.sort_by_cached_key(|(it, _)| (it.passes(), format!("{}:{}", it.path, it.line)));
    let all_rows = rows.len();
    rows.truncate(ROWS);
    let points = overview.history.iter();
    let points = points.filter_map(|run: &SampleRun| Some((run.at.date(), run.first()?)));
    let points: Vec<(Date, f64)> = points.collect();
    Samples {
        all: overview.samples.len(),
        first: overview.samples.iter().filter(|sample| sample.rank == Some(1)).count(),
        runs: points.len(),
        line: Line::new(&points),
        more: all_rows - rows.len(),
        rows,
    }
}

/// The causes that were asked about, where a server was told to remember.
pub(super) fn causes(overview: &Overview<'_>) -> Vec<(Statistic, Option<String>)> {
    if overview.asked.is_empty() {
        return Vec::new();
    }
    let rows = statistics(overview.asked, overview.feedback).into_iter().take(ROWS);
    rows.map(|row| {
        let title = title_of(overview, &row.article);
        (row, title)
    })
    .collect()
}

fn title_of(overview: &Overview<'_>, id: &str) -> Option<String> {
    overview.articles.iter().find(|article| article.id == id).map(|article| article.title.clone())
}

/// How often articles helped, each with its title and the length of its bar, of 100.
pub(super) fn remedies(overview: &Overview<'_>) -> Vec<(Helpfulness, Option<String>, u64)> {
    let outcomes = outcomes(overview.feedback).into_iter().take(ROWS);
    let row = |outcome: Helpfulness| {
        let share = outcome.helped * 100 / (outcome.helped + outcome.in_vain).max(1);
        let title = title_of(overview, &outcome.article);
        (outcome, title, share)
    };
    outcomes.map(row).collect()
}
