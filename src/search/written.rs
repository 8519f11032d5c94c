//! Of articles that are as good as equal, the one that writes the words as the query does comes first.
//!
//! The analyzer brings サーバ and サーバー, 取消 and 取り消し together, so that one finds the other. What the
//! writer wrote still is the better guess where all else is the same.

use super::query::Query;
use super::scored::{self, Scored};
use crate::index::{Result, Snapshot};
use crate::text::Worker;

/// Scores that differ by less than this share are equal but for rounding.
const AS_GOOD_AS_EQUAL: f64 = 1e-9;
/// How many of the best articles are put in order.
const ARTICLES: usize = 10;
/// How much of a passage is looked at, in characters: what it is about is at its beginning.
const BEGINNING: usize = 400;

/// Puts articles of as good as the same score in order of how much they write as the query, which was
/// written as `text`, does. `scored` is in order of score.
pub(super) fn prefer(
    snapshot: &Snapshot,
    query: &Query,
    text: &str,
    worker: &mut Worker,
    scored: &mut [Scored],
) -> Result<()> {
    let best = scored.len().min(ARTICLES);
    let mut start = 0;
    while start < best {
        let least = scored[start].score * (1.0 - AS_GOOD_AS_EQUAL);
        let equal = scored[start..best].iter().take_while(|other| other.score >= least).count();
        let group = &mut scored[start..start + equal];
        if equal > 1 {
            let mut ordered = Vec::with_capacity(equal);
            for scored in group.iter() {
                let passage = scored::passage(snapshot, scored)?;
                let beginning = passage.markdown.chars().take(BEGINNING);
                let article: String =
                    scored.article.title.chars().chain(['\n']).chain(beginning).collect();
                let whole = article.contains(text.trim());
                ordered.push((whole, written(query, &article, worker), scored.clone()));
            }
            // The sort is stable: what is written alike stays in order of score.
            ordered.sort_by(|a, b| b.0.cmp(&a.0).then(b.1.total_cmp(&a.1)));
            for (place, (_, _, scored)) in group.iter_mut().zip(ordered) {
                *place = scored;
            }
        }
        start += equal;
    }
    Ok(())
}

/// The weight of the query's words that are in the article letter by letter.
fn written(query: &Query, article: &str, worker: &mut Worker) -> f64 {
    let tokens = worker.analyze(article);
    let stands = |term: &str, written: &str| {
        tokens.iter().any(|token| {
            // Repeated long marks (エラーーー) are no part of the word that they lengthen.
            let lengthened = article.get(token.range.end..).is_some_and(|it| it.starts_with('ー'));
            token.term == term
                && !lengthened
                && article.get(token.range).is_some_and(|word| word == written)
        })
    };
    query.words.iter().filter(|term| stands(&term.text, &term.written)).map(|term| term.score).sum()
}
