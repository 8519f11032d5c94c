//! Who holds a term in one shard: tantivy's posting lists, decoded as far as they are needed.

use std::ops::Range;
use std::sync::Arc;

use tantivy::index::InvertedIndexReader;
use tantivy::postings::{BlockSegmentPostings, TermInfo};
use tantivy::schema::IndexRecordOption;

use crate::index::read::posting::{Occurrences, Posting, Postings};
use crate::index::read::reader::ShardReader;
use crate::index::read::term_lists::{Counts, KnownTerms, Others, TermLists};
use crate::index::schema::Field;

/// Lists up to so many postings are decoded when they are found; of longer ones the kinds are counted by the
/// tables of skips, and parts are decoded where they are asked for.
const DECODED_AT_ONCE: u32 = 1024;

/// Lists up to so many postings are decoded whole when the first passage of them is read: the passages of some
/// hundred articles are asked for, and each that is sought decodes a block.
const DECODED_WHEN_READ: u32 = 16_384;

/// Where so many postings come to one dead document, the dead are looked up rather than the list decoded.
const DEAD_TO_LOOK_UP: u32 = 16;

pub(crate) struct TermPostings<'s> {
    shard: &'s ShardReader,
    terms: &'s KnownTerms,
    field: Field,
    index: &'s InvertedIndexReader,
    lists: Arc<TermLists>,
    /// How many hold it.
    pub(crate) articles: u32,
    pub(crate) passages: u32,
    pub(crate) templates: u32,
}

/// How far the passages of a list were read; they are only followed onwards.
#[derive(Default)]
pub(crate) struct PassageCursor {
    /// In a list that is decoded: how many are before.
    place: usize,
    /// No posting that is left is of a passage before this.
    next: u32,
    /// In one that is not: the list, and that of the headings.
    blocks: Option<Box<(BlockSegmentPostings, Option<BlockSegmentPostings>)>>,
    found: Vec<Occurrences>,
}

impl PassageCursor {
    /// The first passage that may be left.
    pub(crate) fn next(&self) -> u32 {
        self.next
    }
}

impl ShardReader {
    /// The postings of a term, which may be among those that were looked up; `None` where nothing holds it.
    pub(in crate::index) fn find<'s>(
        &'s self,
        terms: &'s KnownTerms,
        field: Field,
        term: &str,
    ) -> Option<TermPostings<'s>> {
        let index = self.index().field(field);
        let of = |lists: Arc<TermLists>| TermPostings {
            shard: self,
            terms,
            field,
            index,
            lists,
            articles: 0,
            passages: 0,
            templates: 0,
        };
        let read = || {
            self.guarded(|| {
                let Some(list) = index.terms().get(term)? else { return Ok(None) };
                let word = (field == Field::Word).then(|| term.into());
                let found = of(Arc::new(TermLists::new(list, word)));
                let counts = found.count()?;
                found.lists.counts.get_or_init(|| counts);
                Ok((counts != Counts::default()).then_some(found.lists))
            })
        };
        let lists = terms.get(field, term, read)?;
        let Counts { articles, passages, templates } = *lists.counts.get()?;
        Some(TermPostings { articles, passages, templates, ..of(lists) })
    }
}

impl TermPostings<'_> {
    fn count(&self) -> tantivy::Result<Counts> {
        let frequency = self.lists.list.doc_freq;
        self.count_with(DECODED_AT_ONCE, (frequency / DEAD_TO_LOOK_UP) as usize)
    }

    /// Counts them in a list that is decoded where it has at most so many postings, or more documents are dead.
    fn count_with(&self, decoded_at_once: u32, most_dead: usize) -> tantivy::Result<Counts> {
        let bounds = self.shard.bounds();
        let dead = self.shard.dead();
        let frequency = self.lists.list.doc_freq;
        if frequency > decoded_at_once && dead.len() <= most_dead {
            let mut list = self.open(&self.lists.list)?;
            let passages = list.rank(bounds.articles);
            let articles = list.rank(bounds.templates).saturating_sub(passages);
            let templates = frequency.saturating_sub(passages).saturating_sub(articles);
            let mut counts = Counts { articles, passages, templates };
            let mut list = self.open(&self.lists.list)?;
            for &document in dead {
                let place = list.seek(document);
                let kind = match document {
                    _ if list.doc(place) != document => continue,
                    _ if document < bounds.articles => &mut counts.passages,
                    _ if document < bounds.templates => &mut counts.articles,
                    _ => &mut counts.templates,
                };
                *kind = kind.saturating_sub(1);
            }
            return Ok(counts);
        }
        let mut passages = self.decode(0..bounds.end)?;
        let articles = passages.partition_point(|it| it.number < bounds.articles);
        let others = self.others_of(passages.split_off(articles));
        let count = |list: &Postings| u32::try_from(list.len()).unwrap_or(u32::MAX);
        let passages = self.passages_of(passages);
        let counts = Counts {
            articles: count(&others.articles),
            passages: count(&passages),
            templates: count(&others.templates),
        };
        self.lists.decoded_passages.get_or_init(|| passages);
        self.lists.decoded_others.get_or_init(|| others);
        Ok(counts)
    }

    pub(crate) fn passages(&self) -> &Postings {
        let decode = || {
            let passages = 0..self.shard.bounds().articles;
            let decoded = self.passages_of(self.shard.guarded(|| self.decode(passages)));
            self.terms.grow(decoded.bytes());
            decoded
        };
        self.lists.decoded_passages.get_or_init(decode)
    }

    pub(crate) fn articles(&self) -> &Postings {
        &self.others().articles
    }

    pub(crate) fn templates(&self) -> &Postings {
        &self.others().templates
    }

    fn others(&self) -> &Others {
        self.lists.decoded_others.get_or_init(|| {
            let bounds = self.shard.bounds();
            let others = self.shard.guarded(|| self.decode(bounds.articles..bounds.end));
            let others = self.others_of(others);
            self.terms.grow(others.bytes());
            others
        })
    }

    fn passage(&self, term: Occurrences) -> Option<Posting> {
        self.terms.bm25f.passage(self.field, self.shard.lengths(), term)
    }

    fn passages_of(&self, passages: Vec<Occurrences>) -> Postings {
        let postings = passages.into_iter();
        let postings = postings.filter_map(|it| Some((it, self.passage(it)?.frequency)));
        Postings::new(postings, self.terms.bm25f.saturation)
    }

    /// Parts articles from templates, and makes their numbers of those of their documents.
    fn others_of(&self, mut articles: Vec<Occurrences>) -> Others {
        let bounds = self.shard.bounds();
        let place = articles.partition_point(|it| it.number < bounds.templates);
        let templates = articles.split_off(place);
        let (bm25f, lengths) = (&self.terms.bm25f, self.shard.lengths());
        let articles = articles.into_iter().map(|it| it.lowered(bounds.articles));
        let templates = templates.into_iter().map(|it| it.lowered(bounds.templates));
        let title = |it| Some((it, bm25f.title(self.field, lengths, it)?.frequency));
        let template = |it| Some((it, bm25f.template(lengths, it)?.frequency));
        Others {
            articles: Postings::new(articles.filter_map(title), bm25f.saturation),
            templates: Postings::new(templates.filter_map(template), bm25f.saturation),
        }
    }

    pub(crate) fn article(&self, place: usize) -> Option<Posting> {
        let term = self.articles().at(place)?;
        self.terms.bm25f.title(self.field, self.shard.lengths(), term)
    }

    /// Reads the passages of a range, which follows all that were read before.
    pub(crate) fn read_passages(
        &self,
        cursor: &mut PassageCursor,
        range: Range<u32>,
        mut each: impl FnMut(Posting),
    ) {
        // Most words are in few passages of few articles.
        if cursor.next >= range.end {
            return;
        }
        if self.lists.list.doc_freq <= DECODED_WHEN_READ {
            self.passages();
        }
        if let Some(decoded) = self.lists.decoded_passages.get() {
            cursor.place = decoded.seek(cursor.place, range.start);
            while let Some(term) = decoded.at(cursor.place).filter(|it| it.number < range.end) {
                self.passage(term).into_iter().for_each(&mut each);
                cursor.place += 1;
            }
            cursor.next = decoded.number_at(cursor.place);
            return;
        }
        self.read_blocks(cursor, range);
        cursor.found.iter().filter_map(|&it| self.passage(it)).for_each(each);
    }

    /// The same of a list that is not decoded, to the cursor.
    fn read_blocks(&self, cursor: &mut PassageCursor, range: Range<u32>) {
        cursor.found.clear();
        self.shard.guarded(|| {
            if cursor.blocks.is_none() {
                let headings = self.headings()?.map(|list| self.open_headings(list)).transpose()?;
                cursor.blocks = Some(Box::new((self.open(&self.lists.list)?, headings)));
            }
            if let Some((list, headings)) = cursor.blocks.as_deref_mut() {
                read(list, headings.as_mut(), range, |_| true, &mut cursor.found);
            }
            Ok(())
        });
    }

    /// The postings of a range of documents that are alive, by the numbers of the documents.
    fn decode(&self, documents: Range<u32>) -> tantivy::Result<Vec<Occurrences>> {
        let in_passages = documents.start < self.shard.bounds().articles;
        let headings = if in_passages { self.headings()? } else { None };
        let mut headings = headings.map(|list| self.open_headings(list)).transpose()?;
        let mut list = self.open(&self.lists.list)?;
        let most = self.lists.list.doc_freq.min(documents.end.saturating_sub(documents.start));
        let mut postings = Vec::with_capacity(most.min(DECODED_WHEN_READ) as usize);
        let alive = self.shard.index().alive.as_ref();
        let is_alive = |document| alive.is_none_or(|alive| alive.is_alive(document));
        read(&mut list, headings.as_mut(), documents, is_alive, &mut postings);
        Ok(postings)
    }

    fn open(&self, list: &TermInfo) -> tantivy::Result<BlockSegmentPostings> {
        Ok(self.index.read_block_postings_from_terminfo(list, IndexRecordOption::WithFreqs)?)
    }

    fn headings(&self) -> tantivy::Result<Option<&TermInfo>> {
        let Some(word) = &self.lists.word else { return Ok(None) };
        if self.lists.headings.get().is_none() {
            let list = self.shard.index().heading.terms().get(&**word)?;
            self.lists.headings.get_or_init(|| list);
        }
        Ok(self.lists.headings.get().and_then(Option::as_ref))
    }

    fn open_headings(&self, list: &TermInfo) -> tantivy::Result<BlockSegmentPostings> {
        let index = &self.shard.index().heading;
        Ok(index.read_block_postings_from_terminfo(list, IndexRecordOption::WithFreqs)?)
    }
}

/// Reads a range of documents, each with how often it has the term, and how many of these times in headings.
fn read(
    list: &mut BlockSegmentPostings,
    headings: Option<&mut BlockSegmentPostings>,
    documents: Range<u32>,
    is_alive: impl Fn(u32) -> bool,
    postings: &mut Vec<Occurrences>,
) {
    each(list, documents.clone(), |document, times| {
        if is_alive(document) {
            postings.push(Occurrences::new(document, times));
        }
    });
    let Some(headings) = headings.filter(|_| !postings.is_empty()) else { return };
    let mut rest = postings.as_mut_slice();
    each(headings, documents, |document, times| {
        let before = rest.iter().take_while(|it| it.number < document).count();
        rest = std::mem::take(&mut rest).get_mut(before..).unwrap_or_default();
        if let Some(posting) = rest.first_mut()
            && posting.number == document
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
    use crate::index::build::shard_writer::{STORED, Shard, Source};
    use crate::index::build::{build_shards, merge};
    use crate::index::{BuildReport, Inventory, OnProgress, Resources, Root};
    use crate::kb::Links;

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
        let (mut found, terms) = (0, KnownTerms::default());
        for (field, word) in WORDS {
            let Some(postings) = shard.find(&terms, field, word) else { continue };
            let mut cursor = PassageCursor::default();
            postings.read_passages(&mut cursor, 0..40, |_| found += 1);
            postings.read_passages(&mut cursor, 60..u32::MAX, |_| found += 1);
            found += postings.passages().len() + postings.articles().len();
            found += postings.templates().len();
        }
        found
    }

    fn all(postings: &Postings) -> Vec<Occurrences> {
        (0..).map_while(|place| postings.at(place)).collect()
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
            let terms = KnownTerms::default();
            for (field, word) in WORDS {
                let Some(postings) = view.find(&terms, field, word) else { continue };
                let whole = all(postings.passages());
                let decoded = postings.count_with(u32::MAX, 0).expect("it is sound");
                let counts = postings.count_with(0, usize::MAX).expect("it is sound");
                assert_eq!(counts, decoded, "{word}");
                let (mut cursor, mut parts) = (PassageCursor::default(), Vec::new());
                let end = view.bounds().articles;
                for range in [0..end / 3, end / 3..end / 2, end / 2 + 1..end] {
                    postings.read_blocks(&mut cursor, range);
                    parts.append(&mut cursor.found);
                }
                parts.retain(|it| !view.dead().contains(&it.number));
                let parts = all(&postings.passages_of(parts));
                let skipped = |it: &Occurrences| it.number == end / 2;
                let expected = whole.into_iter().filter(|posting| !skipped(posting));
                assert_eq!(parts, expected.collect::<Vec<_>>(), "{word}");
            }
        }
    }

    /// Checksums are before it; even so, nothing panics and nothing hangs.
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
