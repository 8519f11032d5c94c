//! The facts on the page, drawn from the knowledge base.

use std::collections::BTreeMap;

use jiff::Unit;
use jiff::civil::Date;

use super::Overview;
use super::plot::{Columns, Line};
use crate::article::Article;
use crate::check::SampleRun;
use crate::facts::{Code, Relation};
use crate::misses::{Helpfulness, Statistic, clusters, outcomes, statistics};

/// So many rows a table has at most; the rest is counted.
const ROWS: usize = 20;

/// The codes that were seen in misses, against those that are documented.
pub(super) struct Coverage {
    pub(super) seen: usize,
    pub(super) documented: usize,
    pub(super) rows: Vec<CodeRow>,
    pub(super) more: usize,
    /// The misses pasted most often.
    pub(super) open: Vec<OpenRow>,
}

pub(super) struct CodeRow {
    pub(super) written: String,
    pub(super) meaning: Option<String>,
    pub(super) count: usize,
    /// The length of its bar, of 100.
    pub(super) share: usize,
    pub(super) last: Date,
    pub(super) article: Option<String>,
}

pub(super) struct OpenRow {
    pub(super) text: String,
    pub(super) count: u64,
    pub(super) share: u64,
    pub(super) last: Date,
}

/// A code as it was seen in misses.
struct Seen<'m> {
    code: &'m Code,
    wording: &'m str,
    count: usize,
    last: Date,
}

pub(super) fn coverage(overview: &Overview<'_>) -> Coverage {
    let mut seen: BTreeMap<(Option<&str>, i64), Seen<'_>> = BTreeMap::new();
    for miss in overview.misses {
        for code in &miss.codes {
            let key = (code.domain.as_deref(), code.number);
            let last = miss.at.date();
            let entry =
                seen.entry(key).or_insert(Seen { code, wording: &miss.text, count: 0, last });
            entry.count += 1;
            entry.last = entry.last.max(last);
        }
    }
    let most = seen.values().map(|seen| seen.count).max().unwrap_or(1);
    let mut rows: Vec<CodeRow> = seen
        .into_values()
        .map(|Seen { code, wording, count, last }| CodeRow {
            written: code.written.clone(),
            meaning: overview
                .codes
                .meaning(code)
                .map(|meaning| meaning.text(overview.language).to_owned()),
            count,
            share: count * 100 / most,
            last,
            article: documented(overview, code, wording).map(|article| article.path.clone()),
        })
        .collect();
    let documented = rows.iter().filter(|row| row.article.is_some()).count();
    // Missing articles come first, the most wanted before the others.
    rows.sort_by(|a, b| {
        (a.article.is_some(), b.count, &a.written).cmp(&(b.article.is_some(), a.count, &b.written))
    });
    let seen = rows.len();
    rows.truncate(ROWS);
    let clusters = clusters(overview.misses);
    let most = clusters.iter().map(|cluster| cluster.pastes).max().unwrap_or(1);
    let open = clusters.iter().take(ROWS / 2).map(|cluster| OpenRow {
        text: cluster.example.text.clone(),
        count: cluster.pastes,
        share: cluster.pastes * 100 / most.max(1),
        last: cluster.last_seen.date(),
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
    pub(super) columns: Columns,
    /// Articles with the day on which each was last right, and whether they are stale.
    pub(super) oldest: Vec<(&'o Article, Date, bool)>,
    /// Who keeps the articles, those with most to see to first.
    pub(super) owners: Vec<OwnerRow>,
}

/// The articles of one owner; without a name those that nobody keeps.
pub(super) struct OwnerRow {
    pub(super) name: Option<String>,
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
        columns: Columns::new(&columns),
        oldest,
        owners: owners(overview, oldest_fresh),
    }
}

/// Nobody, where no article has an owner.
fn owners(overview: &Overview<'_>, oldest_fresh: Option<Date>) -> Vec<OwnerRow> {
    let mut kept: BTreeMap<Option<&str>, Vec<&Article>> = BTreeMap::new();
    for article in overview.articles {
        kept.entry(article.owner.as_deref()).or_default().push(article);
    }
    if kept.keys().all(Option::is_none) {
        return Vec::new();
    }
    let row = |(name, articles): (Option<&str>, Vec<&Article>)| {
        let days = articles.iter().filter_map(|article| article.last_right());
        let reviewed = articles.iter().filter_map(|article| article.reviewed);
        OwnerRow {
            name: name.map(str::to_owned),
            articles: articles.len(),
            stale: days.filter(|day| oldest_fresh.is_some_and(|oldest| *day < oldest)).count(),
            unreviewed: articles.iter().filter(|article| article.reviewed.is_none()).count(),
            reviewed: reviewed.min(),
        }
    };
    let mut rows: Vec<OwnerRow> = kept.into_iter().map(row).collect();
    rows.sort_by(|a, b| (b.stale, b.articles, &a.name).cmp(&(a.stale, a.articles, &b.name)));
    rows.truncate(ROWS);
    rows
}

/// Whole months; a date of the future is new.
fn months_between(day: Date, today: Date) -> i64 {
    day.until((Unit::Month, today)).map_or(0, |span| i64::from(span.get_months()))
}

pub(super) struct Told {
    pub(super) place: String,
    pub(super) message: String,
    pub(super) rule: &'static str,
}

/// The rules that find articles in each other's way.
const COLLISIONS: &[&str] =
    &["code-claimed-twice", "duplicate-id", "status-claimed-twice", "template-claimed-twice"];

pub(super) fn collisions(overview: &Overview<'_>) -> Vec<Told> {
    overview
        .findings
        .iter()
        .filter(|finding| COLLISIONS.contains(&finding.rule))
        .map(|finding| Told {
            place: format!(
                "{}:{}",
                finding.location.file.as_deref().unwrap_or_default(),
                finding.location.line
            ),
            message: finding.message.text(overview.language).to_owned(),
            rule: finding.rule,
        })
        .collect()
}

/// How the samples rank, now and over time.
pub(super) struct Samples {
    pub(super) all: usize,
    pub(super) first: usize,
    pub(super) line: Line,
    pub(super) runs: usize,
    /// Samples that rank otherwise than in the run before, and those that fail.
    pub(super) rows: Vec<SampleRow>,
    pub(super) more: usize,
}

pub(super) struct SampleRow {
    pub(super) place: String,
    pub(super) now: Option<usize>,
    /// The rank before; `None` where the sample is new or was not found.
    pub(super) before: Option<Option<usize>>,
    pub(super) instead: Option<String>,
    pub(super) fails: bool,
}

pub(super) fn samples(overview: &Overview<'_>) -> Samples {
    let before = overview.history.iter().rev().nth(1);
    let known = |fingerprint: u64| before.and_then(|run| run.ranks.get(&fingerprint).copied());
    let mut rows: Vec<SampleRow> = overview
        .samples
        .iter()
        .map(|sample| SampleRow {
            place: format!("{}:{}", sample.path, sample.line),
            now: sample.rank,
            before: known(sample.fingerprint),
            instead: sample.first.clone().filter(|first| *first != sample.article),
            fails: !sample.passes(),
        })
        .filter(|row| row.fails || row.before.is_some_and(|before| before != row.now))
        .collect();
    rows.sort_by(|a, b| (!a.fails, &a.place).cmp(&(!b.fails, &b.place)));
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
