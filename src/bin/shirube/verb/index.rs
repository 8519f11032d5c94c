//! `shirube index [KB]`: builds the index of what changed, once or as long as it runs.

use shirube::KnowledgeBase;
use shirube::index::IndexOptions;
use shirube::source::{Language, Phrase};

use super::Context;
use crate::args::Index;
use crate::errors::{Result, fault, phrase};
use crate::progress::Building;
use crate::watch::Watch;
use crate::{Outcome, knowledge};

pub(crate) fn run(context: &Context, arguments: &Index) -> Result<Outcome> {
    let roots = knowledge::roots(context, arguments.directory.as_deref())?;
    let mut options = knowledge::index_options(context, roots);
    if options.directory.is_none() {
        return Err(fault!(
            "索引の置き場所が分かりません", "there is no place for the index";
            "--index DIR で指定するか、HOME か XDG_CACHE_HOME を設定してください",
            "name one with --index DIR, or set HOME or XDG_CACHE_HOME"
        ));
    }
    options.refresh = true;
    options.verify = true;
    options.publish = true;
    options.compare_contents = arguments.verify;
    options.rebuild = arguments.full;
    options.allow_empty = arguments.allow_empty;
    options.on_progress = Building::observer(context);
    let manual = build(context, &options)?;
    if arguments.watch {
        return watch(context, options, manual);
    }
    Ok(if manual.report().unread == 0 { Outcome::Found } else { Outcome::Incomplete })
}

fn build(context: &Context, options: &IndexOptions) -> Result<KnowledgeBase> {
    let manual = KnowledgeBase::open(options.clone())?;
    let report = manual.report();
    context.output.warnings(&report.warnings);
    let searcher = manual.searcher();
    let size = |language| knowledge::size(searcher.snapshot(), language);
    let (ja, en) = (size(Language::Ja), size(Language::En));
    let indexed = report.indexed;
    context.output.note(&match (indexed, report.kept) {
        (0, 0) => phrase!("索引は最新です（{ja}）", "the index is up to date ({en})"),
        (_, 0) => phrase!("索引を作りました（{ja}）", "the index is built ({en})"),
        _ => phrase!(
            "索引を新しくしました（読んだ記事 {indexed}、全部で{ja}）",
            "the index is renewed ({indexed} articles read; {en} in all)"
        ),
    });
    Ok(manual)
}

/// Goes on building as the articles change, until Ctrl-C. A state of the articles that cannot be indexed is told,
/// and the snapshot of before goes on answering.
fn watch(context: &Context, mut options: IndexOptions, manual: KnowledgeBase) -> Result<Outcome> {
    let directories = context.environment.directories(&options.roots);
    if directories.is_empty() {
        return Err(fault!(
            "内蔵の記事は変わらないため、見張れません",
            "the built-in articles do not change and cannot be watched";
            "フォルダーを指定してください: shirube index DIR --watch",
            "name a directory: shirube index DIR --watch"
        ));
    }
    let index = options.directory.as_deref().map(|path| context.environment.absolute(path));
    let mut watch = Watch::new(directories, index);
    context.output.note(&Phrase::new(
        "記事の変更を見張っています（終わるには Ctrl-C）",
        "watching the articles (Ctrl-C ends it)",
    ));
    // A snapshot that was verified once is not read whole at every change.
    options.verify = false;
    options.rebuild = false;
    let mut live = manual.searcher().snapshot().clone();
    // An open snapshot cannot be removed when it is old.
    drop(manual);
    let mut told = None;
    while watch.next() {
        let manual = match KnowledgeBase::open(options.clone()) {
            Ok(manual) => manual,
            Err(error) => {
                // Told once, not at every look.
                let said = error.to_string();
                if told.replace(said.clone()) != Some(said) {
                    context.output.error(&error.into());
                }
                continue;
            }
        };
        told = None;
        let searcher = manual.searcher();
        if searcher.snapshot().holds_the_same_as(&live) {
            continue;
        }
        let report = manual.report();
        context.output.warnings(&report.warnings);
        live = searcher.snapshot().clone();
        let size = |language| knowledge::size(&live, language);
        let (indexed, ja, en) = (report.indexed, size(Language::Ja), size(Language::En));
        context.output.note(&phrase!(
            "新しい索引に切り替わりました（読んだ記事 {indexed}、全部で{ja}）",
            "a new index is live ({indexed} articles read; {en} in all)"
        ));
    }
    context.output.note(&Phrase::new("見張りを終わりました", "watching has ended"));
    Ok(Outcome::Found)
}
