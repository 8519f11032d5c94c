//! `shirube misses`: what was pasted and not answered, masked, and a stub to start from.

use shirube::kb;
use shirube::misses::{self, Closing, Cluster, Kept, Miss};
use shirube::report::{self, MissedProblem};
use shirube::search::Answer;
use shirube::source::Phrase;

use super::Context;
use crate::args::Misses;
use crate::errors::{CommandError, Result, fault, phrase};
use crate::{Outcome, knowledge};

/// Shows the misses, each with the article that answers it by now, or writes an article for one of them.
pub(crate) fn run(context: &Context, arguments: &Misses) -> Result<Outcome> {
    let kept = read(context)?;
    let outcomes = misses::outcomes(&kept.feedback);
    if arguments.statistics {
        return statistics(context, &kept);
    }
    let (own, others) = of_knowledge_base(context, &kept)?;
    if others > 0 {
        context.output.note(&phrase!(
            "ほかのナレッジベースへの{others}件は省きました（--kb で選びます）",
            "{others} asked of other knowledge bases are left out (--kb names one)"
        ));
    }
    let clusters = misses::clusters(&own);
    if clusters.is_empty() && outcomes.is_empty() && !arguments.json {
        tell_of_nothing(context);
        return Ok(Outcome::Nothing);
    }
    let mut problems = look_up(context, clusters, &kept.closings)?;
    if let (Some(named), Some(reason)) = (&arguments.close, &arguments.reason) {
        return close(context, &problems, named, reason);
    }
    if let Some(named) = &arguments.stub {
        return stub(context, &problems, named);
    }
    if arguments.open {
        problems.retain(MissedProblem::is_open);
    }
    if arguments.json {
        context.output.data(&report::misses_json(&problems, &outcomes))?;
    } else {
        context.show(&report::misses(&problems, &outcomes, &context.text_options(false)))?;
    }
    Ok(if problems.is_empty() && outcomes.is_empty() { Outcome::Nothing } else { Outcome::Found })
}

/// Keeps what an answer leaves open, where the user asked for that; a failure is no reason to answer less.
pub(crate) fn keep(context: &Context, wanted: bool, answer: &Answer) {
    if !wanted {
        return;
    }
    let name = knowledge::roots(context, None).map(|roots| knowledge::name(context, &roots));
    let name = name.unwrap_or_default();
    let missed = misses::Miss::among(answer, context.environment.now, &name);
    if missed.is_empty() {
        return;
    }
    let kept = match context.environment.store() {
        Some(store) => store.misses.record(&missed).map_err(|error| error.to_string()),
        None => Err(no_directory().text(context.output.language).to_owned()),
    };
    if let Err(reason) = kept {
        context.output.note(&phrase!(
            "答えのなかった事象を記録できません（{reason}）",
            "what was not answered cannot be kept ({reason})"
        ));
    }
}

/// The error that there is no place to keep anything in.
pub(super) fn nowhere() -> CommandError {
    CommandError::new(no_directory())
}

fn no_directory() -> Phrase {
    Phrase::new(
        "置き場所が分かりません。HOME か XDG_STATE_HOME を設定してください",
        "there is no place for it; set HOME or XDG_STATE_HOME",
    )
}

fn read(context: &Context) -> Result<Kept> {
    let kept = context.environment.store().ok_or_else(nowhere)?.read().map_err(|error| {
        fault!(
            "記録を読めません", "what was kept cannot be read";
            "権限を確かめてください", "check its permissions"
        )
        .because(&error)
    })?;
    let unreadable = kept.unreadable;
    if unreadable > 0 {
        context.output.note(&phrase!(
            "記録の{unreadable}行は、壊れていて読めません。残りを表示します",
            "{unreadable} damaged lines of what was kept are passed over"
        ));
    }
    Ok(kept)
}

/// Writes what was asked, answered and solved by product and cause, as CSV.
fn statistics(context: &Context, kept: &Kept) -> Result<Outcome> {
    if kept.asked.is_empty() {
        context.output.note(&Phrase::new(
            "まだ記録がありません。shirube serve に残させるには、設定の [serve] に history = true と書きます",
            "nothing is kept yet; to let shirube serve keep it, write history = true under [serve] in the settings",
        ));
        return Ok(Outcome::Nothing);
    }
    let articles = knowledge::open(context)?.articles().unwrap_or_default();
    let rows = misses::statistics(&kept.asked, &kept.feedback);
    context.output.data(&report::statistics_csv(&rows, &articles, context.output.language))?;
    Ok(Outcome::Found)
}

fn tell_of_nothing(context: &Context) {
    if context.config.is_on("misses") {
        context.output.note(&Phrase::new(
            "答えのなかった事象は、まだ記録されていません",
            "nothing that was not answered has been kept yet",
        ));
        return;
    }
    let file = context.config.path().map(|path| path.display().to_string()).unwrap_or_default();
    context.output.note(&phrase!("答えのなかった事象は記録されていません。記録するには、{file} に misses = true と書きます（名前や番号は伏せて記録します。自由文の名前は伏せられません）", "what is not answered is not kept; to keep it, write misses = true into {file} (names and numbers are masked; a name in free text cannot be)"));
}

/// The misses of the knowledge base that is asked, and how many are of others. What an older version kept is of any.
fn of_knowledge_base(context: &Context, kept: &Kept) -> Result<(Vec<Miss>, usize)> {
    let name = knowledge::name(context, &knowledge::roots(context, None)?);
    let own = |miss: &&Miss| miss.knowledge_base.is_empty() || miss.knowledge_base == name;
    let own: Vec<Miss> = kept.misses.iter().filter(own).cloned().collect();
    let others = kept.misses.len() - own.len();
    Ok((own, others))
}

/// Keeps that nobody will write an article for a problem, and why.
fn close(
    context: &Context,
    problems: &[MissedProblem],
    named: &str,
    reason: &str,
) -> Result<Outcome> {
    let problem = the_one(problems, named)?;
    let at = context.environment.now;
    let (signature, reason) = (problem.cluster.signature, reason.to_owned());
    let store = context.environment.store().ok_or_else(nowhere)?;
    store.closings.record(&[Closing { at, signature, reason }]).map_err(|error| {
        fault!(
            "記録できません", "it cannot be kept";
            "権限と空き容量を確かめてください", "check permissions and free space"
        )
        .because(&error)
    })?;
    context.output.note(&phrase!("閉じました: {signature}", "closed: {signature}"));
    Ok(Outcome::Found)
}

/// The only problem whose signature begins so.
fn the_one<'p>(problems: &'p [MissedProblem], named: &str) -> Result<&'p MissedProblem> {
    let mut fitting =
        problems.iter().filter(|it| it.cluster.signature.to_string().starts_with(named));
    let Some(problem) = fitting.next() else {
        return Err(fault!(
            "署名が {named} で始まる事象はありません",
            "there is no problem whose signature begins with {named}";
            "署名を見るには: shirube misses", "to see the signatures: shirube misses"
        ));
    };
    if fitting.next().is_some() {
        return Err(fault!(
            "署名が {named} で始まる事象は、1つではありません",
            "there is more than one problem whose signature begins with {named}";
            "署名をもっと長く書いてください", "write more of the signature"
        ));
    }
    Ok(problem)
}

fn look_up(
    context: &Context,
    clusters: Vec<Cluster>,
    closings: &[Closing],
) -> Result<Vec<MissedProblem>> {
    let searcher = knowledge::searcher(context)?;
    let options = context.answer_options();
    let roots = knowledge::roots(context, None)?;
    let bases = roots.iter().filter_map(|root| kb::load(root, context.followed_links()).ok());
    let bases: Vec<_> = bases.collect();
    let reworded = |text: &str| {
        let mut articles = bases.iter().flat_map(|base| &base.articles);
        articles.find(|it| it.patterns.iter().any(|pattern| pattern.is_reworded_in(text)))
    };
    let problems = clusters.into_iter().map(|cluster| {
        let answered_by = cluster.example.answered_by(&searcher, &options)?;
        // The last word on it counts.
        let closed = closings.iter().rev().find(|it| it.signature == cluster.signature);
        let closed = closed.map(|it| it.reason.clone());
        let reworded = reworded(&cluster.example.text).map(|article| article.id.clone());
        Ok(MissedProblem { cluster, answered_by, closed, reworded })
    });
    problems.collect()
}

/// Writes the article for the problem whose signature begins so, or for the first that has no answer.
fn stub(context: &Context, problems: &[MissedProblem], named: &str) -> Result<Outcome> {
    let problem = if named.is_empty() {
        let Some(problem) = problems.iter().find(|problem| problem.is_open()) else {
            context.output.note(&Phrase::new(
                "記録された事象には、すべて答えがあります",
                "everything that was kept has an answer by now",
            ));
            return Ok(Outcome::Nothing);
        };
        problem
    } else {
        the_one(problems, named)?
    };
    let page = misses::stub(&problem.cluster, context.environment.today(), context.output.language);
    context.output.data(&report::visible(&page))?;
    Ok(Outcome::Found)
}
