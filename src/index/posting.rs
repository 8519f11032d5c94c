//! What stands behind a term: keys, and the lists of postings.
//!
//! A term is known by a 64-bit hash of its text and of the space that it belongs to, never by its
//! letters: a search asks for terms that it has in hand, so nobody has to list them. A posting is
//! one number of 32 bits, so that a list can be entered anywhere without decoding what stands before.

use xxhash_rust::xxh3::{xxh3_64, xxh3_64_with_seed};

/// What a term is; the same letters in two spaces are two terms.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Space {
    /// A word of a title, a heading, a text or a template.
    Word,
    /// A pair of characters of a title, a heading or a text.
    Bigram,
    /// A code as `number` and `domain/number`, folded.
    Code,
    /// A state or label that stands for itself, folded whole.
    Label,
    /// An article's id, or its path without the ending, as links name it.
    Name,
}

impl Space {
    /// The key of a term. A word's is the plain hash by which templates and messages compare their
    /// words, too.
    pub(crate) fn key(self, term: &str) -> u64 {
        match self {
            Self::Word => xxh3_64(term.as_bytes()),
            Self::Bigram => xxh3_64_with_seed(term.as_bytes(), 1),
            Self::Code => xxh3_64_with_seed(term.as_bytes(), 2),
            Self::Label => xxh3_64_with_seed(term.as_bytes(), 3),
            Self::Name => xxh3_64_with_seed(term.as_bytes(), 4),
        }
    }
}

/// Who holds a term. The lists of a term stand in this order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Holder {
    /// An article, by its title or its front matter.
    Article,
    /// A passage, by its headings or its text.
    Passage,
    /// A documented wording.
    Template,
}

/// Shards number their articles, passages and templates below this.
pub(crate) const MOST_HOLDERS: u32 = 1 << (32 - NUMBER_SHIFT);

/// Where the holder's number begins in a posting.
pub(crate) const NUMBER_SHIFT: u32 = 10;
const HEADING_SHIFT: u32 = 7;
/// A term that stands more often in one heading or text counts as if it stood so often: long before, one
/// more says nothing more.
const MOST_IN_HEADING: u32 = (1 << (NUMBER_SHIFT - HEADING_SHIFT)) - 1;
const MOST_IN_BODY: u32 = (1 << HEADING_SHIFT) - 1;

/// A holder of a term, and how often it holds it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Posting(u32);

impl Posting {
    /// A posting of the holder `number`, below [`MOST_HOLDERS`].
    pub(crate) fn new(number: u32, in_heading: u32, in_body: u32) -> Self {
        let (heading, body) = (in_heading.min(MOST_IN_HEADING), in_body.min(MOST_IN_BODY));
        Self(number << NUMBER_SHIFT | heading << HEADING_SHIFT | body)
    }

    /// The holder's number in its shard.
    pub(crate) fn number(self) -> u32 {
        self.0 >> NUMBER_SHIFT
    }

    /// How often the term stands in the passage's headings; 0 for other holders.
    pub(crate) fn in_heading(self) -> u32 {
        self.0 >> HEADING_SHIFT & MOST_IN_HEADING
    }

    /// How often the term stands in the title, the text, the template.
    pub(crate) fn in_body(self) -> u32 {
        self.0 & MOST_IN_BODY
    }

    /// The same posting of a holder whose number is less by `base`.
    pub(crate) fn lowered(self, base: u32) -> Self {
        Self(self.0.wrapping_sub(base << NUMBER_SHIFT))
    }

    /// The posting as it is written.
    pub(crate) fn to_bits(self) -> u32 {
        self.0
    }
}

/// How many postings are passed over at once, and how often, before a list is entered by halving.
const BLOCK: usize = 16;
const BLOCKS: usize = 64;

/// The holders of one kind that hold a term, in order of their numbers.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Postings<'s>(&'s [[u8; 4]]);

impl<'s> Postings<'s> {
    pub(crate) fn new(postings: &'s [[u8; 4]]) -> Self {
        Self(postings)
    }

    pub(crate) fn len(self) -> usize {
        self.0.len()
    }

    pub(crate) fn iter(self) -> impl ExactSizeIterator<Item = Posting> + use<'s> {
        self.0.iter().map(|bytes| Posting(u32::from_le_bytes(*bytes)))
    }

    /// The first posting.
    pub(crate) fn first(self) -> Option<Posting> {
        self.0.first().map(|bytes| Posting(u32::from_le_bytes(*bytes)))
    }

    /// The last posting.
    pub(crate) fn last(self) -> Option<Posting> {
        self.0.last().map(|bytes| Posting(u32::from_le_bytes(*bytes)))
    }

    /// The postings from the holder `number` on; quickly found where they begin nearby.
    pub(crate) fn from(self, number: u32) -> Self {
        let before = |bytes: &[u8; 4]| Posting(u32::from_le_bytes(*bytes)).number() < number;
        let mut rest = self.0;
        for _ in 0..BLOCKS {
            let Some(block) = rest.first_chunk::<BLOCK>() else { break };
            if before(&block[BLOCK - 1]) {
                rest = &rest[BLOCK..];
                continue;
            }
            // Counting all is quicker than finding out where to stop.
            let skipped = block.iter().filter(|bytes| before(bytes)).count();
            return Self(rest.get(skipped..).unwrap_or_default());
        }
        let (mut start, mut step) = (0, BLOCK);
        while rest.get(start + step - 1).is_some_and(before) {
            start += step;
            step *= 2;
        }
        let within = rest.get(start..rest.len().min(start + step)).unwrap_or_default();
        Self(rest.get(start + within.partition_point(before)..).unwrap_or_default())
    }

    /// The posting of the holder `number`.
    pub(crate) fn of(self, number: u32) -> Option<Posting> {
        self.from(number).first().filter(|posting| posting.number() == number)
    }

    /// No posting holds the term more often, in headings or in the body.
    pub(crate) fn most(self) -> Posting {
        // Bits that any posting has; that is quicker than the greatest, and hardly more.
        Posting(self.iter().fold(0, |bits, posting| bits | posting.to_bits()))
    }
}

/// All holders of a term in one shard.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Holders<'s> {
    pub(crate) articles: Postings<'s>,
    pub(crate) passages: Postings<'s>,
    pub(crate) templates: Postings<'s>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_posting_says_what_went_in() {
        let posting = Posting::new(MOST_HOLDERS - 1, 3, 12);
        assert_eq!(
            (posting.number(), posting.in_heading(), posting.in_body()),
            (MOST_HOLDERS - 1, 3, 12)
        );
    }

    #[test]
    fn frequencies_stay_in_their_places() {
        let posting = Posting::new(5, 4000, 4000);
        assert_eq!(
            (posting.number(), posting.in_heading(), posting.in_body()),
            (5, MOST_IN_HEADING, MOST_IN_BODY)
        );
    }

    #[test]
    fn a_list_is_entered_in_its_middle() {
        let bytes: Vec<[u8; 4]> =
            [2, 5, 9].map(|number| Posting::new(number, 0, 1).to_bits().to_le_bytes()).into();
        let numbers =
            |from| Postings::new(&bytes).from(from).iter().map(Posting::number).collect::<Vec<_>>();
        assert_eq!(numbers(0), [2, 5, 9]);
        assert_eq!(numbers(5), [5, 9]);
        assert_eq!(numbers(6), [9]);
        assert_eq!(numbers(10), [0; 0]);
        let of = |number| Postings::new(&bytes).of(number).map(Posting::number);
        assert_eq!((of(5), of(6), of(10)), (Some(5), None, None));
    }

    #[test]
    fn a_long_list_is_entered_anywhere() {
        let numbers: Vec<u32> = (0..3 * (BLOCK * BLOCKS) as u32).map(|number| 2 * number).collect();
        let bytes: Vec<[u8; 4]> =
            numbers.iter().map(|&n| Posting::new(n, 0, 1).to_bits().to_le_bytes()).collect();
        let postings = Postings::new(&bytes);
        for from in 0..=numbers.len() as u32 * 2 {
            let behind = numbers.len() - from.div_ceil(2) as usize;
            assert_eq!(postings.from(from).len(), behind, "from {from}");
        }
    }

    #[test]
    fn no_posting_holds_more_than_the_most() {
        let bytes: Vec<[u8; 4]> = [(1, 0, 4), (2, 2, 1)]
            .map(|(n, h, b)| Posting::new(n, h, b).to_bits().to_le_bytes())
            .into();
        let most = Postings::new(&bytes).most();
        assert_eq!((most.in_heading(), most.in_body()), (2, 5));
        assert_eq!(Postings::default().most().in_body(), 0);
    }

    #[test]
    fn spaces_keep_the_same_letters_apart() {
        let spaces = [Space::Word, Space::Bigram, Space::Code, Space::Label, Space::Name];
        let keys: std::collections::BTreeSet<_> =
            spaces.iter().map(|space| space.key("同期")).collect();
        assert_eq!(keys.len(), spaces.len());
    }
}
