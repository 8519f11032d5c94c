//! Who holds a term, decoded.

/// Nothing numbers more passages or templates of one article than this.
pub(crate) const MAX_NUMBER: u32 = 1 << 22;

/// A term that is more often in one heading or text counts as if it were that often: long before, one
/// more says nothing more.
const MOST_IN_HEADING: u16 = 7;
const MOST_IN_BODY: u16 = 127;

/// A document that holds a term, and how often.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::index) struct Occurrences {
    /// The document's number in its shard.
    pub(in crate::index) number: u32,
    heading: u16,
    body: u16,
}

impl Occurrences {
    /// The occurrences in the document `number`, which has the term so often.
    pub(in crate::index) fn new(number: u32, times: u32) -> Self {
        Self { number, heading: 0, body: u16::try_from(times).unwrap_or(u16::MAX) }
    }

    /// The same, where so many of the times are in the headings.
    pub(in crate::index) fn with_heading(self, times: u32) -> Self {
        let heading = u16::try_from(times).unwrap_or(u16::MAX);
        Self { heading, body: self.body.saturating_sub(heading), ..self }
    }

    /// The same in a document whose number is less by `base`.
    pub(in crate::index) fn lowered(self, base: u32) -> Self {
        Self { number: self.number.saturating_sub(base), ..self }
    }

    /// How often the term is in the passage's headings; 0 for other documents.
    pub(in crate::index) fn in_heading(self) -> u32 {
        self.heading.min(MOST_IN_HEADING).into()
    }

    /// How often the term is in the title, the text, the template.
    pub(in crate::index) fn in_body(self) -> u32 {
        self.body.min(MOST_IN_BODY).into()
    }
}

/// A document that holds a term.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Posting {
    /// The document's number in its shard.
    pub(crate) number: u32,
    /// How often it has the term, by BM25F's weights and lengths.
    pub(crate) frequency: f64,
}

/// How many postings there are to a skip: the numbers of a cache line.
const SKIPPED: usize = 16;

/// The documents of one kind that hold a term, in order of their numbers, decoded.
#[derive(Debug, Default)]
pub(crate) struct Postings {
    numbers: Vec<u32>,
    /// The last number of each [`SKIPPED`], so that of a long list little is waited for.
    skips: Vec<u32>,
    frequencies: Vec<f64>,
    max_frequency: f64,
}

impl FromIterator<Posting> for Postings {
    /// The list of documents in order of their numbers.
    fn from_iter<I: IntoIterator<Item = Posting>>(postings: I) -> Self {
        let postings = postings.into_iter().map(|posting| (posting.number, posting.frequency));
        let (numbers, frequencies): (Vec<u32>, Vec<f64>) = postings.unzip();
        let skips = numbers.chunks_exact(SKIPPED).filter_map(<[u32]>::last).copied().collect();
        let max_frequency = frequencies.iter().copied().fold(0.0, f64::max);
        Self { numbers, skips, frequencies, max_frequency }
    }
}

impl Postings {
    pub(in crate::index) fn bytes(&self) -> usize {
        let numbers = size_of_val(self.numbers.as_slice()) + size_of_val(self.skips.as_slice());
        numbers + size_of_val(self.frequencies.as_slice())
    }

    pub(crate) fn len(&self) -> usize {
        self.numbers.len()
    }

    pub(crate) fn iter(&self) -> impl ExactSizeIterator<Item = Posting> + '_ {
        let both = self.numbers.iter().zip(&self.frequencies);
        both.map(|(&number, &frequency)| Posting { number, frequency })
    }

    pub(crate) fn numbers(&self) -> &[u32] {
        &self.numbers
    }

    pub(crate) fn at(&self, place: usize) -> Option<Posting> {
        let (&number, &frequency) = (self.numbers.get(place)?, self.frequencies.get(place)?);
        Some(Posting { number, frequency })
    }

    /// The number of its document; past the last one, more than any.
    pub(crate) fn number_at(&self, place: usize) -> u32 {
        self.numbers.get(place).copied().unwrap_or(u32::MAX)
    }

    /// The place of the first posting from `place` on that is of the document `number` or of a later one; quickly found where it is
    /// nearby.
    pub(crate) fn seek(&self, place: usize, number: u32) -> usize {
        let before = |other: &u32| *other < number;
        let (mut skip, mut step) = (place / SKIPPED, 1);
        while self.skips.get(skip + step - 1).is_some_and(before) {
            skip += step;
            step *= 2;
        }
        let end = self.skips.len().min(skip + step);
        let within = self.skips.get(skip..end).unwrap_or_default();
        let start = (skip + within.partition_point(before)) * SKIPPED;
        let end = self.numbers.len().min(start + SKIPPED);
        let start = start.max(place);
        start + self.numbers.get(start..end).unwrap_or_default().partition_point(before)
    }

    /// Whether the document `number` is one of them.
    pub(crate) fn holds(&self, number: u32) -> bool {
        self.at(self.seek(0, number)).is_some_and(|posting| posting.number == number)
    }

    /// No document has the term more often.
    pub(crate) fn max_frequency(&self) -> f64 {
        self.max_frequency
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn frequencies_count_up_to_their_most() {
        let term = Occurrences::new(5, 4004).with_heading(4);
        assert_eq!((term.number, term.in_heading(), term.in_body()), (5, 4, 127));
        let term = Occurrences::new(5, 100_000).with_heading(90_000);
        assert_eq!((term.in_heading(), term.in_body()), (7, 0));
    }

    #[test]
    fn a_list_is_entered_anywhere() {
        let decoded = (0..999).map(|n| Posting { number: 2 * n, frequency: n.into() });
        let postings: Postings = decoded.collect();
        for from in 0..=999 * 2_u32 {
            let place = from.div_ceil(2) as usize;
            for before in (0..=place).rev().step_by(7) {
                assert_eq!(postings.seek(before, from), place, "from {from}, {before}");
            }
            assert_eq!(postings.seek(999, from), 999);
            assert_eq!(postings.holds(from), from % 2 == 0 && from < 999 * 2);
            let first = postings.at(place);
            assert!(first.is_none_or(|it| it.frequency * 2.0 == f64::from(it.number)));
        }
    }

    #[test]
    fn no_posting_holds_more_than_the_most() {
        let postings: Postings = [1.5, 4.25, 2.0]
            .map(|frequency| Posting { number: 1, frequency })
            .into_iter()
            .collect();
        assert_eq!(postings.max_frequency(), 4.25);
        assert_eq!(Postings::default().max_frequency(), 0.0);
    }
}
