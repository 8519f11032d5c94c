//! Who holds a term in one shard: tantivy's posting lists, decoded as far as they are needed.

use std::cell::OnceCell;
use std::ops::Range;

use tantivy::index::InvertedIndexReader;
use tantivy::postings::{BlockSegmentPostings, TermInfo};
use tantivy::schema::IndexRecordOption;

use crate::index::read::posting::{ArticlePostings, Posting, Postings};
use crate::index::read::reader::ShardReader;
use crate::index::schema::Field;

/// Lists up to so many postings are decoded when they are found; of longer ones the kinds are counted by the
/// tables of skips, and parts are decoded where they are asked for.
const DECODED_AT_ONCE: u32 = 1024;

/// Lists up to so many postings are decoded whole when the first passage of them is read: the passages of some
/// hundred articles are asked for, and each that is sought decodes a block.
const DECODED_WHEN_READ: u32 = 16_384;

/// Where so many postings come to one dead document, the dead ones are looked up in a list rather than all of it
/// decoded.
const DEAD_TO_LOOK_UP: u32 = 16;

/// The postings of one term in one shard.
pub(crate) struct TermPostings<'s> {
    shard: &'s ShardReader,
    index: &'s InvertedIndexReader,
    list: TermInfo,
    /// The word, where it may stand in headings.
    word: Option<Box<str>>,
    /// Which headings have the word.
    headings: OnceCell<Option<TermInfo>>,
    /// How many hold it.
    pub(crate) articles: u32,
    pub(crate) passages: u32,
    pub(crate) templates: u32,
    decoded_passages: OnceCell<Vec<Posting>>,
    /// The articles, and after them the templates.
    decoded_others: OnceCell<Vec<Posting>>,
}

/// How far the passages of a list were read; they are only followed onwards.
#[derive(Default)]
pub(crate) struct PassageCursor {
    /// In a list that is decoded: how many stand before.
    place: usize,
    /// In one that is not: the list, and that of the headings.
    blocks: Option<Box<(BlockSegmentPostings, Option<BlockSegmentPostings>)>>,
    found: Vec<Posting>,
}

impl ShardReader {
    /// The postings of a term; `None` where nothing holds it.
    pub(crate) fn find(&self, field: Field, term: &str) -> Option<TermPostings<'_>> {
        TermPostings::find(self, field, term)
    }
}

impl<'s> TermPostings<'s> {
    /// The postings of a term; `None` where there are none.
    pub(in crate::index) fn find(shard: &'s ShardReader, field: Field, term: &str) -> Option<Self> {
        shard.guarded(|| {
            let index = shard.index().field(field);
            let Some(list) = index.terms().get(term)? else { return Ok(None) };
            let mut found = Self {
                shard,
                index,
                list,
                word: (field == Field::Word).then(|| term.into()),
                headings: OnceCell::new(),
                articles: 0,
                passages: 0,
                templates: 0,
                decoded_passages: OnceCell::new(),
                decoded_others: OnceCell::new(),
            };
            found.count()?;
            Ok((found.articles + found.passages + found.templates > 0).then_some(found))
        })
    }

    /// Counts the documents by kind.
    fn count(&mut self) -> tantivy::Result<()> {
        self.count_with(DECODED_AT_ONCE, (self.list.doc_freq / DEAD_TO_LOOK_UP) as usize)
    }

    /// Counts them in a list that is decoded where it has at most so many postings, or more documents are dead.
    fn count_with(&mut self, decoded_at_once: u32, most_dead: usize) -> tantivy::Result<()> {
        let bounds = self.shard.bounds();
        let dead = self.shard.dead();
        let frequency = self.list.doc_freq;
        if frequency > decoded_at_once && dead.len() <= most_dead {
            let mut list = self.open(&self.list)?;
            self.passages = list.rank(bounds.articles);
            self.articles = list.rank(bounds.templates).saturating_sub(self.passages);
            self.templates = frequency.saturating_sub(self.passages).saturating_sub(self.articles);
            let mut list = self.open(&self.list)?;
            for &document in dead {
                let place = list.seek(document);
                let kind = match document {
                    _ if list.doc(place) != document => continue,
                    _ if document < bounds.articles => &mut self.passages,
                    _ if document < bounds.templates => &mut self.articles,
                    _ => &mut self.templates,
                };
                *kind = kind.saturating_sub(1);
            }
            return Ok(());
        }
        let mut passages = self.decode(0..bounds.end)?;
        let count = |postings: usize| u32::try_from(postings).unwrap_or(u32::MAX);
        let before = |end| passages.partition_point(|posting| posting.number() < end);
        let (articles, templates) = (before(bounds.articles), before(bounds.templates));
        self.passages = count(articles);
        self.articles = count(templates.saturating_sub(articles));
        self.templates = count(passages.len().saturating_sub(templates));
        let mut others = passages.split_off(articles);
        self.renumber(&mut others);
        self.decoded_passages = passages.into();
        self.decoded_others = others.into();
        Ok(())
    }

    /// The articles and passages, decoded.
    pub(crate) fn articles_and_passages(&self) -> ArticlePostings<'_> {
        ArticlePostings { articles: self.articles(), passages: self.passages() }
    }

    /// The passages, decoded.
    pub(crate) fn passages(&self) -> Postings<'_> {
        let decode = || self.shard.guarded(|| self.decode(0..self.shard.bounds().articles));
        Postings::new(self.decoded_passages.get_or_init(decode))
    }

    /// The articles, decoded.
    pub(crate) fn articles(&self) -> Postings<'_> {
        Postings::new(self.others().get(..self.articles as usize).unwrap_or_default())
    }

    /// The templates, decoded.
    pub(crate) fn templates(&self) -> Postings<'_> {
        Postings::new(self.others().get(self.articles as usize..).unwrap_or_default())
    }

    fn others(&self) -> &[Posting] {
        self.decoded_others.get_or_init(|| {
            let bounds = self.shard.bounds();
            let mut others = self.shard.guarded(|| self.decode(bounds.articles..bounds.end));
            self.renumber(&mut others);
            others
        })
    }

    /// Reads the passages of a range, which follows all that were read before.
    pub(crate) fn read_passages(
        &self,
        cursor: &mut PassageCursor,
        range: Range<u32>,
        each: impl FnMut(Posting),
    ) {
        if self.list.doc_freq <= DECODED_WHEN_READ {
            self.passages();
        }
        if let Some(decoded) = self.decoded_passages.get() {
            let rest = Postings::new(decoded).skip(cursor.place).from(range.start);
            cursor.place = decoded.len() - rest.len();
            rest.iter().take_while(|posting| posting.number() < range.end).for_each(each);
            return;
        }
        self.read_blocks(cursor, range);
        cursor.found.iter().copied().for_each(each);
    }

    /// The same of a list that is not decoded, to the cursor.
    fn read_blocks(&self, cursor: &mut PassageCursor, range: Range<u32>) {
        cursor.found.clear();
        self.shard.guarded(|| {
            if cursor.blocks.is_none() {
                let headings = self.headings()?.map(|list| self.open_headings(list)).transpose()?;
                cursor.blocks = Some(Box::new((self.open(&self.list)?, headings)));
            }
            if let Some((list, headings)) = cursor.blocks.as_deref_mut() {
                read(list, headings.as_mut(), range, |_| true, &mut cursor.found);
            }
            Ok(())
        });
    }

    /// The postings of a range of documents that are alive, by the numbers of the documents.
    fn decode(&self, documents: Range<u32>) -> tantivy::Result<Vec<Posting>> {
        let in_passages = documents.start < self.shard.bounds().articles;
        let headings = if in_passages { self.headings()? } else { None };
        let mut headings = headings.map(|list| self.open_headings(list)).transpose()?;
        let mut list = self.open(&self.list)?;
        let most = self.list.doc_freq.min(documents.end.saturating_sub(documents.start));
        let mut postings = Vec::with_capacity(most.min(DECODED_WHEN_READ) as usize);
        let alive = self.shard.index().alive.as_ref();
        let is_alive = |document| alive.is_none_or(|alive| alive.is_alive(document));
        read(&mut list, headings.as_mut(), documents, is_alive, &mut postings);
        Ok(postings)
    }

    fn open(&self, list: &TermInfo) -> tantivy::Result<BlockSegmentPostings> {
        Ok(self.index.read_block_postings_from_terminfo(list, IndexRecordOption::WithFreqs)?)
    }

    /// Where the headings with the word are listed.
    fn headings(&self) -> tantivy::Result<Option<&TermInfo>> {
        let Some(word) = &self.word else { return Ok(None) };
        if self.headings.get().is_none() {
            let list = self.shard.index().heading.terms().get(&**word)?;
            self.headings.get_or_init(|| list);
        }
        Ok(self.headings.get().and_then(Option::as_ref))
    }

    fn open_headings(&self, list: &TermInfo) -> tantivy::Result<BlockSegmentPostings> {
        let index = &self.shard.index().heading;
        Ok(index.read_block_postings_from_terminfo(list, IndexRecordOption::WithFreqs)?)
    }

    /// Makes numbers of articles and of templates of those of their documents.
    fn renumber(&self, others: &mut [Posting]) {
        let bounds = self.shard.bounds();
        for posting in others {
            let first = if posting.number() < bounds.templates {
                bounds.articles
            } else {
                bounds.templates
            };
            *posting = posting.lowered(first);
        }
    }
}

/// Reads a range of documents, each with how often it has the term, and how many of these times in headings.
fn read(
    list: &mut BlockSegmentPostings,
    headings: Option<&mut BlockSegmentPostings>,
    documents: Range<u32>,
    is_alive: impl Fn(u32) -> bool,
    postings: &mut Vec<Posting>,
) {
    each(list, documents.clone(), |document, times| {
        if is_alive(document) {
            postings.push(Posting::new(document, times));
        }
    });
    let Some(headings) = headings.filter(|_| !postings.is_empty()) else { return };
    let mut rest = postings.as_mut_slice();
    each(headings, documents, |document, times| {
        let before = rest.iter().take_while(|posting| posting.number() < document).count();
        rest = std::mem::take(&mut rest).get_mut(before..).unwrap_or_default();
        if let Some(posting) = rest.first_mut()
            && posting.number() == document
        {
            *posting = posting.with_heading(times);
        }
    });
}

/// Goes through a range of the documents of a list, with how often each has the term.
fn each(list: &mut BlockSegmentPostings, documents: Range<u32>, mut each: impl FnMut(u32, u32)) {
    let mut first = if documents.start > 0 { list.seek(documents.start) } else { 0 };
    while !list.docs().is_empty() {
        let times = list.freqs();
        for (place, &document) in list.docs().iter().enumerate().skip(first) {
            if document >= documents.end {
                return;
            }
            // A field without frequencies has none.
            each(document, times.get(place).copied().unwrap_or(1));
        }
        first = 0;
        list.advance();
    }
}

#[cfg(test)]
mod tests {
    use tantivy::directory::OwnedBytes;

    use super::*;
    use crate::index::build::build_shards;
    use crate::index::build::merge;
    use crate::index::build::shard_writer::{STORED, Shard, Source};
    use crate::index::{BuildReport, Inventory, OnProgress, Resources, Root};
    use crate::kb::Links;

    /// The shard of the shipped articles.
    fn shipped() -> Shard {
        let roots = [Root::Embedded];
        let mut inventory = Inventory::take(&roots, Links::Within).expect("it is in the program");
        let resources = Resources::read(&roots, &mut inventory, None).0;
        let (on_progress, mut report) = (OnProgress::default(), BuildReport::default());
        let shards =
            build_shards(&roots, &mut inventory, &resources, None, &on_progress, &mut report);
        shards.expect("they can be read").pop().expect("there are articles")
    }

    const WORDS: [(Field, &str); 6] = [
        (Field::Word, "端末"),
        (Field::Word, "プロファイル"),
        (Field::Word, "error"),
        (Field::Bigram, "証明"),
        (Field::Code, "#12021"),
        (Field::Label, "中断"),
    ];

    /// Asks a shard for some words in every way.
    fn ask(shard: &ShardReader) -> usize {
        let mut found = 0;
        for (field, word) in WORDS {
            let Some(postings) = shard.find(field, word) else { continue };
            let mut cursor = PassageCursor::default();
            postings.read_passages(&mut cursor, 0..40, |_| found += 1);
            postings.read_passages(&mut cursor, 60..u32::MAX, |_| found += 1);
            found += postings.passages().len() + postings.articles().len();
            found += postings.templates().len();
        }
        found
    }

    #[test]
    fn counts_and_parts_are_those_of_the_decoded_list() {
        let shard = shipped();
        let view = ShardReader::of(&shard).expect("it was just built");
        let members = view.members().expect("it was just built");
        let alive: Vec<bool> = (0..members.len()).map(|article| article % 9 != 4).collect();
        let mut buried = shard.clone();
        let part = merge::Part { view: &view, members: &members, alive: &alive };
        merge::bury(&mut buried, &part).expect("it was just built");
        for shard in [&shard, &buried] {
            let view = ShardReader::of(shard).expect("it was just built");
            for (field, word) in WORDS {
                let Some(mut postings) = view.find(field, word) else { continue };
                let counts = |it: &TermPostings<'_>| (it.passages, it.articles, it.templates);
                let (decoded, whole) = (counts(&postings), postings.passages().iter().collect());
                let whole: Vec<Posting> = whole;
                postings.count_with(0, usize::MAX).expect("it is sound");
                assert_eq!(counts(&postings), decoded, "{word}");
                (postings.decoded_passages, postings.decoded_others) = Default::default();
                let (mut cursor, mut parts) = (PassageCursor::default(), Vec::new());
                let end = view.bounds().articles;
                for range in [0..end / 3, end / 3..end / 2, end / 2 + 1..end] {
                    postings.read_blocks(&mut cursor, range);
                    parts.append(&mut cursor.found);
                }
                let dead = |it: &Posting| view.dead().contains(&it.number());
                parts.retain(|posting| !dead(posting));
                let skipped = |it: &Posting| it.number() == end / 2;
                let expected = whole.into_iter().filter(|posting| !skipped(posting));
                assert_eq!(parts, expected.collect::<Vec<_>>(), "{word}");
            }
        }
    }

    /// Checksums stand before it; even so, nothing panics and nothing hangs.
    #[test]
    fn damage_of_what_tantivy_reads_is_named() {
        let shard = shipped();
        let sound = ask(&ShardReader::of(&shard).expect("it was just built"));
        assert!(sound > 100, "{sound}");
        let mut noticed = 0;
        for (number, (entry, source)) in shard.entry.files.iter().zip(&shard.sources).enumerate() {
            let Source::Built(bytes) = source else { panic!("it was just built") };
            if entry.in_shard() == STORED {
                continue;
            }
            for part in 0..40 {
                let mut damaged = bytes.to_vec();
                let place = damaged.len() * part / 40;
                let (length, bits) = if part % 2 == 0 { (8, 0xff) } else { (1, 1 << (part % 8)) };
                damaged.iter_mut().skip(place).take(length).for_each(|byte| *byte ^= bits);
                if part == 39 {
                    damaged.truncate(damaged.len() / 2);
                }
                let mut shard = shard.clone();
                shard.sources[number] = Source::Built(OwnedBytes::new(damaged));
                match ShardReader::of(&shard) {
                    Ok(view) => {
                        ask(&view);
                        noticed += usize::from(view.damaged().is_some());
                    }
                    Err(_) => noticed += 1,
                }
            }
        }
        assert!(noticed > 20, "{noticed}");
    }
}
