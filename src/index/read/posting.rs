//! Who holds a term, decoded.

/// Nothing numbers more passages or templates of one article than this.
pub(crate) const MAX_NUMBER: u32 = 1 << 22;

/// A term that is more often in one heading or text counts as if it were that often: long before, one
/// more says nothing more.
const MOST_IN_HEADING: u16 = 7;
const MOST_IN_BODY: u16 = 127;

/// A document that holds a term, and how often.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Posting {
    number: u32,
    heading: u16,
    body: u16,
}

impl Posting {
    /// A posting of the document `number`, which has the term so often.
    pub(crate) fn new(number: u32, times: u32) -> Self {
        Self { number, heading: 0, body: u16::try_from(times).unwrap_or(u16::MAX) }
    }

    /// The same posting, where so many of the times are in the headings.
    pub(crate) fn with_heading(self, times: u32) -> Self {
        let heading = u16::try_from(times).unwrap_or(u16::MAX);
        Self { heading, body: self.body.saturating_sub(heading), ..self }
    }

    /// The same posting of a document whose number is less by `base`.
    pub(crate) fn lowered(self, base: u32) -> Self {
        Self { number: self.number.saturating_sub(base), ..self }
    }

    /// The document's number in its shard.
    pub(crate) fn number(self) -> u32 {
        self.number
    }

    /// How often the term is in the passage's headings; 0 for other documents.
    pub(crate) fn in_heading(self) -> u32 {
        self.heading.min(MOST_IN_HEADING).into()
    }

    /// How often the term is in the title, the text, the template.
    pub(crate) fn in_body(self) -> u32 {
        self.body.min(MOST_IN_BODY).into()
    }
}

/// A list of documents of one kind, decoded.
#[derive(Debug, Default)]
pub(crate) struct Decoded {
    postings: Vec<Posting>,
    max: Posting,
}

impl Decoded {
    /// A list in order of the documents' numbers.
    pub(crate) fn new(postings: Vec<Posting>) -> Self {
        let max = postings.iter().fold(Posting::default(), |max, posting| Posting {
            number: 0,
            heading: max.heading.max(posting.heading),
            body: max.body.max(posting.body),
        });
        Self { postings, max }
    }

    pub(crate) fn postings(&self) -> Postings<'_> {
        Postings { postings: &self.postings, max: self.max }
    }

    /// How many bytes they take.
    pub(in crate::index) fn bytes(&self) -> usize {
        self.postings.capacity() * size_of::<Posting>()
    }
}

/// The documents of one kind that hold a term, in order of their numbers.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Postings<'p> {
    postings: &'p [Posting],
    max: Posting,
}

impl<'p> Postings<'p> {
    pub(crate) fn len(self) -> usize {
        self.postings.len()
    }

    pub(crate) fn iter(self) -> impl ExactSizeIterator<Item = Posting> + use<'p> {
        self.postings.iter().copied()
    }

    pub(crate) fn first(self) -> Option<Posting> {
        self.postings.first().copied()
    }

    pub(crate) fn last(self) -> Option<Posting> {
        self.postings.last().copied()
    }

    /// The postings after the first `count`.
    pub(crate) fn skip(self, count: usize) -> Self {
        Self { postings: self.postings.get(count..).unwrap_or_default(), ..self }
    }

    /// The postings from the document `number` on; quickly found where they begin nearby.
    pub(crate) fn from(self, number: u32) -> Self {
        let before = |posting: &Posting| posting.number < number;
        let (mut start, mut step) = (0, 1);
        while self.postings.get(start + step - 1).is_some_and(before) {
            start += step;
            step *= 2;
        }
        let end = self.postings.len().min(start + step);
        let within = self.postings.get(start..end).unwrap_or_default();
        self.skip(start + within.partition_point(before))
    }

    /// The posting of the document `number`.
    pub(crate) fn of(self, number: u32) -> Option<Posting> {
        self.from(number).first().filter(|posting| posting.number == number)
    }

    /// No posting holds the term more often, in headings or in the body.
    pub(crate) fn max_frequencies(self) -> Posting {
        self.max
    }
}

/// The articles and passages that hold a term in one shard.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct ArticlePostings<'p> {
    pub(crate) articles: Postings<'p>,
    pub(crate) passages: Postings<'p>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn frequencies_count_up_to_their_most() {
        let posting = Posting::new(5, 4004).with_heading(4);
        assert_eq!((posting.number(), posting.in_heading(), posting.in_body()), (5, 4, 127));
        let posting = Posting::new(5, 100_000).with_heading(90_000);
        assert_eq!((posting.in_heading(), posting.in_body()), (7, 0));
    }

    #[test]
    fn a_list_is_entered_anywhere() {
        let decoded = Decoded::new((0..999).map(|n| Posting::new(2 * n, 1)).collect());
        let postings = decoded.postings();
        for from in 0..=999 * 2_u32 {
            let behind = 999 - from.div_ceil(2) as usize;
            assert_eq!(postings.from(from).len(), behind, "from {from}");
            assert_eq!(postings.of(from).is_some(), from % 2 == 0 && from < 999 * 2);
        }
    }

    #[test]
    fn no_posting_holds_more_than_the_most() {
        let decoded = Decoded::new(vec![Posting::new(1, 4), Posting::new(2, 3).with_heading(2)]);
        let max = decoded.postings().max_frequencies();
        assert_eq!((max.in_heading(), max.in_body()), (2, 4));
        assert_eq!(Postings::default().max_frequencies().in_body(), 0);
    }
}
