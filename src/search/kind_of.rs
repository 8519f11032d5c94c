//! Things of one noun and of different kinds: a server's certificate is not the one for push notifications.
//!
//! Where the noun's own qualifier is what tells two things apart, the words that both share claim nothing.

use super::query::Query;
use crate::index::{StoredArticle, StoredPassage};
use crate::text::{fold, is_katakana};

/// Nouns whose kinds are different things, folded: what helps with one of a kind helps with no other.
const NOUNS: &[&str] = &["証明書", "トークン", "ライセンス"];

/// Whether a message names a kind of a noun that the article does not know, and the article is about another kind of it.
pub(super) fn differs(
    message: &str,
    query: &Query,
    article: &StoredArticle,
    passage: &StoredPassage,
) -> bool {
    let message = fold(message);
    let nouns = NOUNS.iter().map(|noun| fold(noun));
    let asked = nouns.map(|noun| (kinds(&message, &noun), noun));
    // Of most messages nothing else needs to be looked at.
    let named = |(kinds, _): &(Vec<&str>, String)| {
        !kinds.is_empty() && kinds.iter().all(|kind| !kind.is_empty())
    };
    let asked: Vec<_> = asked.filter(named).collect();
    if asked.is_empty() {
        return false;
    }
    let about = format!("{}\n{}\n{}", article.title, passage.section.join("\n"), passage.markdown);
    let about = fold(&about);
    let words = || query.words.iter().map(|term| (fold(&term.written), term));
    // The team's synonyms of a kind may name the one that the article has: APNs証明書, Push証明書.
    let stands = |kind: &str, noun: &str| {
        let told = kinds(&about, noun);
        let named = |term: &str| !term.is_empty() && told.iter().any(|it| it.contains(term));
        let mut of_kind =
            words().filter(|(word, _)| !word.is_empty() && kind.contains(word.as_str()));
        of_kind.any(|(word, term)| {
            about.contains(word.as_str())
                || term.generic
                || term.alternatives.iter().flat_map(|it| &it.terms).any(|it| named(it))
        })
    };
    let is_platform = |kind: &str| article.platforms.iter().any(|it| fold(it) == kind);
    asked.iter().any(|(asked, noun)| {
        let unknown = |kind: &&str| !is_platform(kind) && !stands(kind, noun);
        asked.iter().all(unknown) && kinds(&about, noun).iter().any(|kind| !kind.is_empty())
    })
}

/// The names right before a noun, wherever it stands in a folded text; empty where it has none. Ideographs (新証明書,
/// 各証明書) rarely tell a kind.
fn kinds<'t>(text: &'t str, noun: &str) -> Vec<&'t str> {
    let qualifies = |c: char| c.is_ascii_alphanumeric() || c == '-' || is_katakana(c);
    let before = text.match_indices(noun).filter_map(|(at, _)| text.get(..at));
    let qualifier = |before: &'t str| before.get(before.trim_end_matches(qualifies).len()..);
    before.filter_map(qualifier).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_qualifier_stands_right_before_the_noun() {
        let of = |text: &str| kinds(&fold(text), "証明書").join("|");
        assert_eq!(of("サーバ証明書の有効期限"), fold("サーバ"));
        assert_eq!(of("WebサイトのSSL証明書"), "ssl");
        assert_eq!(of("証明書を更新した。Push証明書も"), "|push");
        assert_eq!(of("同期"), "");
    }
}
