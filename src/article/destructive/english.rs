//! Whether an English sentence tells to do what a word of it says.

use super::words::{Object, Word};
use crate::facts::ends_in_word;
use crate::text::lexicon::{self, Section};

static ORDERS: Section = lexicon::DESTRUCTIVE_GRAMMAR.section("english orders");
static MENTIONS: Section = lexicon::DESTRUCTIVE_GRAMMAR.section("english mentions");

/// Whether the word, which is between `before` and `after`, loses something and is to be done.
pub(super) fn is_step(word: &Word, before: &str, after: &str) -> bool {
    let inflected = after.chars().next().is_some_and(|letter| letter.is_ascii_alphanumeric());
    let passive = inflected
        && (matches!(after, "d" | "ed")
            || ["d ", "ed ", "d.", "ped"].iter().any(|end| after.starts_with(end)));
    if word.stem.starts_with(|letter: char| letter.is_ascii_alphanumeric())
        && before.ends_with(|letter: char| letter.is_ascii_alphanumeric())
    {
        return false;
    }
    if inflected && !passive {
        return false;
    }
    let clause = before.rsplit([',', ';', ':', '>', '(']).next().unwrap_or(before);
    let opens = clause.trim_matches(|letter: char| !letter.is_ascii_alphabetic()).is_empty();
    let trimmed = clause.trim_end_matches([' ', '"', '`', '\'', '*', '“']);
    let ordered = if passive {
        ["must be", "needs to be", "need to be", "should be", "has to be"]
            .iter()
            .any(|order| trimmed.ends_with(order))
    } else {
        opens || ORDERS.iter().any(|order| ends_in_word(trimmed, order))
    };
    ordered
        && !MENTIONS.iter().any(|mention| clause.contains(mention))
        && loses(&word.object, before, after)
}

/// Whether the word is spoken of as something that may be done.
pub(super) fn is_named(word: &Word, before: &str, after: &str) -> bool {
    let whole = !before.ends_with(|letter: char| letter.is_ascii_alphanumeric());
    whole && loses(&word.object, before, after)
}

/// Whether what the word is done to is what it loses.
fn loses(object: &Object, before: &str, after: &str) -> bool {
    let (Object::Near(names) | Object::Direct(names) | Object::Unless(names)) = object else {
        return true;
    };
    let clause = after.split(['.', ';']).next().unwrap_or(after);
    names.iter().any(|name| clause.contains(name) || before.contains(name))
}
