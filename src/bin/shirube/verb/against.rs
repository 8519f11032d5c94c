//! `shirube check [KB] --against SNAPSHOT`: which samples and judged queries rank better or worse than before.

use std::cmp::Ordering;
use std::path::Path;

use shirube::eval::{self, Judgements, Queries, RankChange, Unit};
use shirube::index::Snapshot;
use shirube::kb::{self, Documents};
use shirube::record::ReadOptions;
use shirube::report;
use shirube::search::Searcher;

use super::{Context, check, eval as evaluation};
use crate::args::{Check, FindingsFormat};
use crate::errors::{Result, fault, phrase};
use crate::{Outcome, knowledge};

/// Compares the ranking of now with that of an index from before. What ranks worse ends in status 1.
pub(crate) fn run(context: &Context, arguments: &Check, before: &Path) -> Result<Outcome> {
    if !matches!(arguments.format, FindingsFormat::Text | FindingsFormat::Json) {
        return Err(fault!(
            "--against の結果は、この形式では書けません",
            "what --against finds cannot be written in this format";
            "使えるもの: --format text、--format json", "it takes --format text, --format json"
        ));
    }
    if arguments.queries.is_some() && arguments.qrels.is_none() {
        return Err(fault!(
            "--against と --queries には、どの記事が正解かも要ります",
            "--against with --queries needs to know which articles are right";
            "--qrels FILE を加えてください", "add --qrels FILE"
        ));
    }
    let before = searcher_of(before)?;
    let roots = knowledge::roots(context, arguments.directory.as_deref())?;
    let now = knowledge::opened(context, roots.clone())?.searcher();
    let mut changes = Vec::new();
    for root in &roots {
        let base = kb::load(root, context.followed_links())?;
        changes.extend(samples(context, &base, &before, &now)?);
    }
    if let (Some(queries), Some(qrels)) = (&arguments.queries, &arguments.qrels) {
        let queries = evaluation::parsed(queries, Queries::parse)?;
        let judgements = evaluation::parsed(qrels, Judgements::parse)?;
        for unit in [Unit::Article, Unit::Passage] {
            let judgements = judgements.of(unit);
            let run = |searcher| eval::run(searcher, &queries, &ReadOptions::default(), unit);
            if !judgements.0.is_empty() {
                changes.extend(eval::rank_changes(&judgements, &run(&before)?, &run(&now)?));
            }
        }
    }
    if arguments.format == FindingsFormat::Json {
        context.output.data(&report::rank_changes_json(&changes))?;
    } else {
        context.show(&report::rank_changes(&changes, &context.text_options(false)))?;
    }
    let count = |direction| changes.iter().filter(|it| it.direction() == direction).count();
    let (better, worse) = (count(Ordering::Greater), count(Ordering::Less));
    let all = changes.len();
    context.output.note(&phrase!(
        "{all}件のうち、順位が上がったもの {better}件、下がったもの {worse}件",
        "of {all}, {better} rank better and {worse} worse"
    ));
    Ok(if worse == 0 { Outcome::Found } else { Outcome::Nothing })
}

/// The samples of the articles as they are now, in both.
fn samples(
    context: &Context,
    base: &Documents,
    before: &Searcher,
    now: &Searcher,
) -> Result<Vec<RankChange>> {
    let before = check::run_samples(context, base, before)?;
    let now = check::run_samples(context, base, now)?;
    // The samples of one knowledge base come in one order.
    let changes = before.into_iter().zip(now).map(|(before, now)| RankChange {
        name: format!("{}:{}", now.path, now.line),
        article: now.article,
        // Another passage of the right article is no answer.
        before: before.rank.filter(|_| before.misplaced.is_none()),
        now: now.rank.filter(|_| now.misplaced.is_none()),
    });
    Ok(changes.collect())
}

/// The index of a directory, or one of its snapshots.
fn searcher_of(directory: &Path) -> Result<Searcher> {
    let snapshot = Snapshot::open_any(directory)?;
    let shown = directory.display();
    let snapshot = snapshot.ok_or_else(|| {
        fault!(
            "{shown} に索引がありません", "there is no index in {shown}";
            "変更の前に shirube index --index DIR で作った索引を指定してください",
            "name an index that shirube index --index DIR made before the change"
        )
    })?;
    Ok(Searcher::new(snapshot).0)
}
