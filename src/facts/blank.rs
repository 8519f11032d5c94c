//! Fields that are called empty: 空欄, 「失効日は空です」.

use crate::text::lexicon::{MESSAGE_WORDS, Section};
use crate::text::{is_kanji, is_katakana};

static BLANK: Section = MESSAGE_WORDS.section("blank");

/// The length of the word at the beginning of a folded text by which people call a field empty. 空港 begins with none.
pub(crate) fn called_blank(text: &str) -> Option<usize> {
    let goes_on = |c: char| is_kanji(c) || is_katakana(c) || c.is_ascii_alphanumeric();
    let called = BLANK.iter().filter_map(|word| Some((word.len(), text.strip_prefix(word)?)));
    let mut whole = called.filter(|(_, behind)| !behind.starts_with(goes_on));
    whole.next().map(|(length, _)| length)
}

#[cfg(test)]
crate::source::cases! {
    words_for_empty_fields: |text| shown(called_blank(text));
}
