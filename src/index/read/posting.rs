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

/// A list of documents of one kind, decoded.
#[derive(Debug, Default)]
pub(crate) struct Decoded {
    numbers: Vec<u32>,
    frequencies: Vec<f64>,
    max_frequency: f64,
}

impl FromIterator<Posting> for Decoded {
    /// The list of documents in order of their numbers.
    fn from_iter<I: IntoIterator<Item = Posting>>(postings: I) -> Self {
        let postings = postings.into_iter().map(|posting| (posting.number, posting.frequency));
        let (numbers, frequencies): (_, Vec<f64>) = postings.unzip();
        let max_frequency = frequencies.iter().copied().fold(0.0, f64::max);
        Self { numbers, frequencies, max_frequency }
    }
}

impl Decoded {
    pub(crate) fn postings(&self) -> Postings<'_> {
        Postings {
            numbers: &self.numbers,
            frequencies: &self.frequencies,
            max_frequency: self.max_frequency,
        }
    }

    /// How many bytes they take.
    pub(in crate::index) fn bytes(&self) -> usize {
        size_of_val(self.numbers.as_slice()) + size_of_val(self.frequencies.as_slice())
    }
}

/// The documents of one kind that hold a term, in order of their numbers.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Postings<'p> {
    numbers: &'p [u32],
    frequencies: &'p [f64],
    max_frequency: f64,
}

impl<'p> Postings<'p> {
    pub(crate) fn len(self) -> usize {
        self.numbers.len()
    }

    pub(crate) fn iter(self) -> impl ExactSizeIterator<Item = Posting> + use<'p> {
        let both = self.numbers.iter().zip(self.frequencies);
        both.map(|(&number, &frequency)| Posting { number, frequency })
    }

    /// The numbers of the documents.
    pub(crate) fn numbers(self) -> &'p [u32] {
        self.numbers
    }

    pub(crate) fn first(self) -> Option<Posting> {
        self.iter().next()
    }

    /// The postings after the first `count`.
    pub(crate) fn skip(self, count: usize) -> Self {
        Self {
            numbers: self.numbers.get(count..).unwrap_or_default(),
            frequencies: self.frequencies.get(count..).unwrap_or_default(),
            ..self
        }
    }

    /// The postings from the document `number` on; quickly found where they begin nearby.
    pub(crate) fn from(self, number: u32) -> Self {
        let before = |other: &u32| *other < number;
        let (mut start, mut step) = (0, 1);
        while self.numbers.get(start + step - 1).is_some_and(before) {
            start += step;
            step *= 2;
        }
        let end = self.numbers.len().min(start + step);
        let within = self.numbers.get(start..end).unwrap_or_default();
        self.skip(start + within.partition_point(before))
    }

    /// Whether the document `number` is one of them.
    pub(crate) fn holds(self, number: u32) -> bool {
        self.from(number).numbers.first() == Some(&number)
    }

    /// No document has the term more often.
    pub(crate) fn max_frequency(self) -> f64 {
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
        let decoded: Decoded = decoded.collect();
        let postings = decoded.postings();
        for from in 0..=999 * 2_u32 {
            let rest = postings.from(from);
            assert_eq!(rest.len(), 999 - from.div_ceil(2) as usize, "from {from}");
            assert_eq!(postings.holds(from), from % 2 == 0 && from < 999 * 2);
            let first = rest.first();
            assert!(first.is_none_or(|it| it.frequency * 2.0 == f64::from(it.number)));
        }
    }

    #[test]
    fn no_posting_holds_more_than_the_most() {
        let decoded: Decoded = [1.5, 4.25, 2.0]
            .map(|frequency| Posting { number: 1, frequency })
            .into_iter()
            .collect();
        assert_eq!(decoded.postings().max_frequency(), 4.25);
        assert_eq!(Postings::default().max_frequency(), 0.0);
    }
}
