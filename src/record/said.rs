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
    /// The sentence before, where it tells of no trouble by itself.
    left: Option<(String, (u32, Range<usize>))>,
}

impl Said {
    /// Leaves a sentence out, unless the next speaks of it.
    pub(super) fn leave(&mut self, sentence: &str, place: (u32, Range<usize>)) {
        if sentence.len() <= MOST_BYTES {
            self.left = Some((sentence.to_owned(), place));
        }
    }

    /// Takes up the sentence before, where it stands on this line or on the one above.
    pub(super) fn take_up(&mut self, line: u32) {
        let left = self.left.take().filter(|(_, (number, _))| line.saturating_sub(*number) <= 1);
        if let Some((sentence, place)) = left {
            self.add(&sentence, place, Vec::new(), false);
        }
    }

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
        self.left = None;
        if !self.text.is_empty() {
            self.text.push(' ');
        }
        self.text.push_str(sentence);
        self.place.get_or_insert(place);
        self.facts.extend(facts);
        self.asks |= asks;
    }
}
