//! `shirube show ID[#SECTION]` and `shirube list`: the articles of a knowledge base as they are indexed.

use shirube::{misses, report};

use super::Context;
use crate::errors::{CommandError, Result, fault};
use crate::{Outcome, knowledge};

/// How many ids that resemble a misspelt one are told.
const NEAREST: usize = 3;

pub(crate) fn show(context: &Context, id: &str, json: bool) -> Result<Outcome> {
    let searcher = knowledge::open(context)?.searcher();
    let Some(article) = searcher.article(id)? else {
        return Err(unknown(id, searcher.articles()?.iter().map(|it| it.id.as_str())));
    };
    if json {
        context.output.data(&report::article_json(&article, context.environment.today()))?;
    } else {
        context.show(&report::article_text(&article, &context.text_options(false)))?;
    }
    Ok(Outcome::Found)
}

pub(crate) fn list(context: &Context, json: bool) -> Result<Outcome> {
    let articles = knowledge::open(context)?.searcher().articles()?;
    if json {
        context.output.data(&report::articles_json(&articles))?;
    } else {
        // Nothing where none is kept, or it cannot be read.
        let kept = context.environment.store().and_then(|store| store.read().ok());
        let outcomes = misses::outcomes(&kept.map(|kept| kept.feedback).unwrap_or_default());
        let said = |id: &str| {
            let found = outcomes.iter().find(|outcome| outcome.article == id);
            found.map_or((0, 0), |outcome| (outcome.helped, outcome.in_vain))
        };
        let options = context.text_options(false);
        // A person reads it on a terminal, a program cuts it at its tabs.
        let list = match context.environment.shown {
            true => report::article_index(&articles, &said, &options),
            false => report::article_list(&articles, &said, &options),
        };
        context.show(&list)?;
    }
    Ok(if articles.is_empty() { Outcome::Nothing } else { Outcome::Found })
}

/// An id that there is not, with those that share most of it.
fn unknown<'i>(id: &str, all: impl Iterator<Item = &'i str>) -> CommandError {
    let wanted = id.split('#').next().unwrap_or_default();
    let name = wanted.rsplit('/').next().unwrap_or_default().to_lowercase();
    let mut near: Vec<(usize, &str)> = all
        .map(|id| {
            let own = id.rsplit('/').next().unwrap_or_default().to_lowercase();
            let words = |text: &str| text.split('-').map(str::to_owned).collect::<Vec<_>>();
            let shared = words(&own).iter().filter(|word| words(&name).contains(word)).count();
            (shared + usize::from(own.contains(&name)) * 10, id)
        })
        .filter(|(shared, _)| *shared > 0)
        .collect();
    near.sort_by_key(|(shared, _)| std::cmp::Reverse(*shared));
    let near: Vec<&str> = near.iter().take(NEAREST).map(|(_, id)| *id).collect();
    let told =
        fault!("「{id}」という記事も箇所もありません", "there is no article or passage `{id}`");
    if near.is_empty() {
        return told.hint("記事の一覧: shirube list", "the articles: shirube list");
    }
    let near = near.join(", ");
    told.hint(
        format!("近い記事: {near}（一覧は shirube list）"),
        format!("near it: {near} (all of them: shirube list)"),
    )
}
