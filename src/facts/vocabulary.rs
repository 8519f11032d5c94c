//! Words of log messages that tell what the words beside them are, in lower case.

use crate::text::lexicon::{self, Section};

/// How something went. Where these alternate, two different things happened.
pub(super) static OUTCOMES: Section = lexicon::MESSAGE_WORDS.section("outcomes");

/// Words that are no values of anything.
pub(super) static FUNCTION_WORDS: Section = lexicon::MESSAGE_WORDS.section("function words");

/// Keys whose value is what a program answers, in lower case: a reason is wording, not somebody's name.
static SAYING_KEYS: Section = lexicon::MESSAGE_WORDS.section("telling keys");

/// Whether a key says that its value is what a program answers.
pub(super) fn is_saying_key(key: &[u8]) -> bool {
    SAYING_KEYS.iter().any(|known| key.eq_ignore_ascii_case(known.as_bytes()))
}

/// Nouns that announce a name, in lower case.
pub(super) static NOUNS: Section = lexicon::MESSAGE_WORDS.section("nouns");

/// Prepositions that names follow.
pub(super) static PREPOSITIONS: Section = lexicon::MESSAGE_WORDS.section("prepositions");

/// Units of size and time.
pub(super) static UNITS: Section = lexicon::MESSAGE_WORDS.section("units");
