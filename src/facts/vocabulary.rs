//! Words of log messages that tell what the words beside them are, in lower case.

use crate::text::lexicon::{self, Section};

/// How something went. Where these alternate, two different things happened.
pub(super) static OUTCOMES: Section = lexicon::MESSAGE_WORDS.section("outcomes");

/// Words that are no values of anything.
pub(super) const FUNCTION_WORDS: &[&str] = &[
    "a", "an", "the", "is", "was", "are", "were", "be", "been", "has", "have", "had", "will",
    "can", "cannot", "not", "no", "and", "or", "but", "if", "to", "too", "so", "it", "its", "this",
    "that", "all", "any", "some", "each", "more", "than", "then", "when", "while", "after",
    "before", "from", "by", "for", "on", "at", "in", "of", "via", "with", "as", "into", "using",
    "under", "out", "off",
];

/// Keys whose value is what a program answers, in lower case: a reason is wording, not somebody's name.
static SAYING_KEYS: Section = lexicon::MESSAGE_WORDS.section("telling keys");

/// Whether a key says that its value is what a program answers.
pub(super) fn is_saying_key(key: &[u8]) -> bool {
    SAYING_KEYS.iter().any(|known| key.eq_ignore_ascii_case(known.as_bytes()))
}

/// Nouns that announce a name, in lower case.
pub(super) static NOUNS: Section = lexicon::MESSAGE_WORDS.section("nouns");

/// Prepositions that names follow.
pub(super) const PREPOSITIONS: &[&str] =
    &["from", "by", "for", "on", "at", "in", "of", "via", "with", "as", "into", "using", "under"];

/// Units of size and time.
pub(super) const UNITS: &[&str] = &[
    "b", "kb", "mb", "gb", "tb", "kib", "mib", "gib", "tib", "byte", "bytes", "ns", "us", "ms",
    "s", "sec", "secs", "second", "seconds", "min", "mins", "minute", "minutes", "h", "hour",
    "hours", "day", "days", "msec", "msecs",
];
