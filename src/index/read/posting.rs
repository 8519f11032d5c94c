//! Who holds a term, decoded.

use crate::index::read::saturation::Saturation;

/// Nothing numbers more passages or templates of one article than this.
pub(crate) const MAX_NUMBER: u32 = 1 << 22;

/// How often a term counts at most in one heading or text: long before, one more says nothing more.
const MOST_IN_HEADING: u16 = 7;
const BODY_BITS: u32 = 7;
const MOST_IN_BODY: u16 = (1 << BODY_BITS) - 1;

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

    /// Both counts, as far as they count, in two bytes.
    fn packed(self) -> u16 {
        self.heading.min(MOST_IN_HEADING) << BODY_BITS | self.body.min(MOST_IN_BODY)
    }

    fn unpacked(number: u32, packed: u16) -> Self {
        Self { number, heading: packed >> BODY_BITS, body: packed & MOST_IN_BODY }
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

#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Posting {
    /// The document's number in its shard.
    pub(crate) number: u32,
    /// How often it has the term, by BM25F's weights and lengths.
    pub(crate) frequency: f64,
}

/// A document as a list has it, in eight bytes.
#[derive(Debug, Clone, Copy)]
struct Entry {
    number: u32,
    /// How often it has the term, packed: of a few a query asks for the frequency.
    occurrences: u16,
    /// The score of the frequency, for the sums that propose documents.
    impact: u16,
}

/// How many postings there are to a skip: those of a cache line.
const SKIPPED: usize = 8;
/// So many skips are compared at once.
const SKIPS: usize = 16;

/// The documents of one kind that hold a term, in order of their numbers, decoded.
#[derive(Debug, Default)]
pub(crate) struct Postings {
    entries: Vec<Entry>,
    /// The last number of each [`SKIPPED`], so that of a long list little is waited for.
    skips: Vec<u32>,
}

impl Postings {
    /// The list of documents in order of their numbers, each with the frequency that its occurrences come to.
    pub(in crate::index) fn new(
        postings: impl Iterator<Item = (Occurrences, f64)>,
        saturation: Saturation,
    ) -> Self {
        let entry = |(term, frequency): (Occurrences, f64)| Entry {
            number: term.number,
            occurrences: term.packed(),
            impact: saturation.impact(frequency),
        };
        let entries: Vec<Entry> = postings.map(entry).collect();
        let skips = entries.chunks_exact(SKIPPED).filter_map(<[Entry]>::last);
        Self { skips: skips.map(|it| it.number).collect(), entries }
    }

    pub(in crate::index) fn bytes(&self) -> usize {
        size_of_val(self.entries.as_slice()) + size_of_val(self.skips.as_slice())
    }

    pub(crate) fn len(&self) -> usize {
        self.entries.len()
    }

    /// The documents' numbers, each with the impact of the term there ([`Saturation::impact`]).
    pub(crate) fn impacts(&self) -> impl Iterator<Item = (u32, u16)> + '_ {
        self.entries.iter().map(|it| (it.number, it.impact))
    }

    pub(crate) fn numbers(&self) -> impl DoubleEndedIterator<Item = u32> + '_ {
        self.entries.iter().map(|it| it.number)
    }

    pub(in crate::index) fn at(&self, place: usize) -> Option<Occurrences> {
        let entry = self.entries.get(place)?;
        Some(Occurrences::unpacked(entry.number, entry.occurrences))
    }

    /// The number of its document; past the last one, more than any.
    pub(crate) fn number_at(&self, place: usize) -> u32 {
        self.entries.get(place).map_or(u32::MAX, |it| it.number)
    }

    /// The place of the first posting from `place` on that is of the document `number` or of a later one; quickly found where it is
    /// nearby. What is compared at once is counted: a search by halves would have the processor guess at each.
    pub(crate) fn seek(&self, place: usize, number: u32) -> usize {
        let before = |other: &u32| *other < number;
        let (mut skip, mut step) = (place / SKIPPED, SKIPS);
        while self.skips.get(skip + step - 1).is_some_and(before) {
            skip += step;
            step *= 2;
        }
        let end = self.skips.len().min(skip + step);
        let skips = self.skips.get(skip..end).unwrap_or_default();
        let skips = match <&[u32; SKIPS]>::try_from(skips) {
            Ok(skips) => skips.iter().map(|it| usize::from(before(it))).sum(),
            Err(_) => skips.partition_point(before),
        };
        let start = (skip + skips) * SKIPPED;
        let end = self.entries.len().min(start + SKIPPED);
        let line = self.entries.get(start..end).unwrap_or_default();
        let within: usize = line.iter().map(|it| usize::from(it.number < number)).sum();
        place.max(start + within)
    }

    pub(crate) fn holds(&self, number: u32) -> bool {
        self.number_at(self.seek(0, number)) == number
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    impl Postings {
        /// The documents with these numbers, with a term that has these frequencies there.
        pub(crate) fn with_frequencies(list: &[(u32, f64)], saturation: Saturation) -> Self {
            let list = list.iter();
            Self::new(list.map(|&(number, it)| (Occurrences::new(number, 1), it)), saturation)
        }
    }

    #[test]
    fn frequencies_count_up_to_their_most() {
        let term = Occurrences::new(5, 4004).with_heading(4);
        assert_eq!((term.number, term.in_heading(), term.in_body()), (5, 4, 127));
        let term = Occurrences::new(5, 100_000).with_heading(90_000);
        assert_eq!((term.in_heading(), term.in_body()), (7, 0));
    }

    #[test]
    fn a_list_is_entered_anywhere() {
        let term = |n| Occurrences::new(2 * n, n).with_heading(n % 3);
        let postings = Postings::new((0..999).map(|n| (term(n), 1.0)), Saturation(1.2));
        for from in 0..=999 * 2_u32 {
            let place = from.div_ceil(2) as usize;
            for before in (0..=place).rev().step_by(7) {
                assert_eq!(postings.seek(before, from), place, "from {from}, {before}");
            }
            assert_eq!(postings.seek(999, from), 999);
            assert_eq!(postings.holds(from), from % 2 == 0 && from < 999 * 2);
            let counts = |it: Occurrences| (it.number, it.in_heading(), it.in_body());
            let first = (place < 999).then(|| counts(term(from.div_ceil(2))));
            assert_eq!(postings.at(place).map(counts), first);
        }
    }
}
