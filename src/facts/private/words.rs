//! The word lists of `lexicon/`, each with its reason on top.

use std::collections::HashSet;
use std::sync::LazyLock;

use crate::text::lexicon::{self, Lexicon};

/// Family names that are in sentences.
pub(super) static FAMILY: LazyLock<HashSet<&str>> =
    LazyLock::new(|| words(&lexicon::FAMILY_NAMES).flat_map(str::split_whitespace).collect());
/// Family and given names in Latin letters.
pub(super) static LATIN: LazyLock<HashSet<&str>> = LazyLock::new(|| {
    words(&lexicon::FAMILY_NAMES_LATIN).chain(words(&lexicon::GIVEN_NAMES_LATIN)).collect()
});
/// Roles and words that are where names do.
pub(super) static NOT_NAMES: LazyLock<HashSet<&str>> =
    LazyLock::new(|| words(&lexicon::NOT_NAMES).collect());
/// States that are where values do.
pub(super) static STATES: LazyLock<HashSet<&str>> =
    LazyLock::new(|| words(&lexicon::STATES).collect());
static PRODUCTS: LazyLock<HashSet<&str>> =
    LazyLock::new(|| words(&lexicon::PRODUCT_WORDS).collect());

fn words(list: &Lexicon) -> impl Iterator<Item = &'static str> + use<> {
    list.written().map(|(_, word)| word)
}

/// Whether a value is a state of something: 「未設定」, `required`.
pub(super) fn is_state(value: &str) -> bool {
    STATES.contains(value.trim().to_lowercase().trim_end_matches(['.', '。', '!']))
}

/// Whether a text is made of words of products, systems and standards, with their numbers: it names nobody.
pub(super) fn is_product(text: &str) -> bool {
    let text = text.trim().to_lowercase();
    if PRODUCTS.contains(text.as_str()) {
        return true;
    }
    let mut known = false;
    let fits = text.split([' ', '(', ')', '-', '_', '/', ',', '®', '™', '+']).all(|word| {
        let letters = word.trim_end_matches(|c: char| c.is_ascii_digit() || c == '.');
        let listed = PRODUCTS.contains(word) || !letters.is_empty() && PRODUCTS.contains(letters);
        known |= listed;
        // A version, a generation: 17.4.1, 2nd, M2, 23H2.
        listed || word.len() <= 6 && letters.len() <= 3 && word.is_ascii()
    });
    // iPad-0012 and mori_iPhone11 are names that somebody gave.
    known && fits && !text.contains('_') && !numbered(&text)
}

/// Whether a text is one of the words of products as it is: a login name may begin with one (oracle7).
pub(super) fn is_product_word(text: &str) -> bool {
    PRODUCTS.contains(text.to_lowercase().as_str())
}

/// Numbers of editions and of ciphers.
const VERSIONS: &[&str] =
    &["2008", "2012", "2013", "2016", "2019", "2022", "2025", "256", "128", "365"];

/// Whether a text ends in a joint and a number of three digits or more, or one that begins with a zero.
fn numbered(text: &str) -> bool {
    text.rsplit_once(['-', '_']).is_some_and(|(_, last)| {
        last.bytes().all(|byte| byte.is_ascii_digit())
            && (last.len() >= 3 || last.starts_with('0'))
            && !VERSIONS.contains(&last)
    })
}

#[cfg(test)]
crate::source::cases! {
    names_of_products: is_product;
}
