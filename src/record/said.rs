//! The sentences of people in a paste, put together.

use std::ops::Range;

use super::sentences::Told;

/// The most that is kept of what people say.
const MOST_BYTES: usize = 2048;

/// The sentences of people in a paste.
#[derive(Debug, Default)]
pub(super) struct Said {
    pub(super) text: String,
    /// Where it begins: the line (1-based) and its bytes.
    pub(super) place: Option<(u32, Range<usize>)>,
    pub(super) facts: Vec<Told>,
    pub(super) asks: bool,
}

impl Said {
    pub(super) fn add(
        &mut self,
        sentence: &str,
        place: (u32, Range<usize>),
        facts: Vec<Told>,
        asks: bool,
    ) {
        if self.text.len() + sentence.len() > MOST_BYTES {
            return;
        }
        if !self.text.is_empty() {
            self.text.push(' ');
        }
        self.text.push_str(sentence);
        self.place.get_or_insert(place);
        self.facts.extend(facts);
        self.asks |= asks;
    }
}
