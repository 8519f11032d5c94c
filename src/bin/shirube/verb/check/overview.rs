//! `shirube check --report FILE`: the page, and the history of the samples that it draws.

use std::path::Path;

use shirube::article::Article;
use shirube::check::{self, Age, Finding, SampleRank, SampleRun};
use shirube::facts::CodeDictionary;
use shirube::index::Root;
use shirube::misses::Kept;
use shirube::report::{self, Overview};

use super::super::Context;
use super::Checked;
use crate::errors::{CommandError, Result, phrase};
use crate::knowledge;
use crate::output::write_whole;

/// Writes the page whole or not at all. What is kept beside it, misses and history, may fail: then it is told,
/// and the page goes without.
pub(super) fn write(
    context: &Context,
    stale: Age,
    roots: &[Root],
    checked: &[Checked],
    file: &Path,
) -> Result<()> {
    let samples: Vec<SampleRank> = checked.iter().flat_map(|it| it.samples.clone()).collect();
    let findings: Vec<Finding> = checked.iter().flat_map(|it| it.findings.clone()).collect();
    let articles: Vec<&Article> = checked.iter().flat_map(|it| &it.base.articles).collect();
    let none = CodeDictionary::default();
    let mut kept = kept(context);
    let name = knowledge::name(context, roots);
    kept.misses.retain(|miss| {
        let own = miss.knowledge_base.is_empty() || miss.knowledge_base == name;
        own && !kept.closings.iter().any(|it| it.signature == miss.signature)
    });
    let history = history(context, roots, &samples);
    let page = report::overview_html(&Overview {
        name: &named(roots),
        now: context.environment.now,
        language: context.output.language,
        stale,
        articles: &articles,
        codes: checked.first().map_or(&none, |it| &it.base.codes),
        findings: &findings,
        samples: &samples,
        history: &history,
        misses: &kept.misses,
        feedback: &kept.feedback,
        asked: &kept.asked,
    });
    // For the team to read, as an editor would write it, and not for this user alone.
    write_whole(file, &page, true).map_err(|error| {
        CommandError::unwritable(file, &error)
            .hint("フォルダーと権限を確かめてください", "check the directory and its permissions")
    })?;
    let shown = file.display();
    context.output.note(&phrase!(
        "レポートを書きました: {shown}（ブラウザーで開きます）",
        "the report is in {shown} (open it in a browser)"
    ));
    Ok(())
}

fn named(roots: &[Root]) -> String {
    let names = roots.iter().map(|root| match root {
        Root::Directory(directory) => directory.display().to_string(),
        Root::Embedded => "shirube".to_owned(),
    });
    names.collect::<Vec<_>>().join(", ")
}

fn kept(context: &Context) -> Kept {
    let Some(store) = context.environment.store() else { return Kept::default() };
    store.read().unwrap_or_else(|error| {
        untold(context, &error);
        Kept::default()
    })
}

/// The runs of the samples of these knowledge bases, this one last.
fn history(context: &Context, roots: &[Root], samples: &[SampleRank]) -> Vec<SampleRun> {
    let run = SampleRun::new(context.environment.now, samples);
    let Some(state) = &context.environment.state else { return vec![run] };
    let name = format!("samples-{}.tsv", knowledge::name(context, roots));
    check::append_history(&state.join("shirube").join(name), &run).unwrap_or_else(|error| {
        untold(context, &error);
        vec![run]
    })
}

fn untold(context: &Context, error: &dyn std::error::Error) {
    context.output.note(&phrase!(
        "これまでの記録を読み書きできないので、レポートに含めません（{error}）",
        "what was kept before cannot be read or written, and is not in the report ({error})"
    ));
}
