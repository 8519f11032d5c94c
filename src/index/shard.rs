//! Builds one shard: what the index keeps of some articles, as one file.
//!
//! 1. the digests of the articles are put behind each other, in order of path;
//! 2. the entries of all are sorted by term, and become lists of postings with a table that leads to
//!    them;
//! 3. the sections are written behind each other (`layout`).

use std::path::PathBuf;

use rayon::prelude::*;
use xxhash_rust::xxh3::xxh3_64;

use super::digest::{Digest, Entry};
use super::layout::{
    ArticleRecord, PassageRecord, SECTIONS, Section, TemplateRecord, TermRecord, pack,
};
use super::manifest::{FileEntry, Lengths, ShardEntry};
use super::posting::{Holder, MOST_HOLDERS};
use super::words::ShardWords;

/// A shard that a snapshot is made of, with what the manifest says of it.
#[derive(Debug, Clone)]
pub(crate) struct Shard {
    pub(crate) entry: ShardEntry,
    pub(crate) source: Source,
}

/// Where the bytes of a shard are.
#[derive(Debug, Clone)]
pub(crate) enum Source {
    /// It was just built.
    Built(Vec<u8>),
    /// It stands in the snapshot before.
    Kept(PathBuf),
}

/// How many terms share a bucket, about: few enough to be looked through in one cache line or two.
const TERMS_IN_BUCKET: usize = 4;
/// The fewest bits of a key that choose its bucket; see `view`.
const LEAST_BUCKET_BITS: u32 = 2;

/// The name of the shard `number` in a snapshot.
pub(super) fn file_name(number: usize) -> String {
    format!("shard-{number:03}")
}

/// Builds a shard of the digests of its articles, which are in order of path. An article that does not fit
/// behind those before it is left out: the places of such are told.
pub(super) fn build(number: usize, fingerprint: u64, digests: &[Digest]) -> (Shard, Vec<usize>) {
    let mut draft = Draft::default();
    draft.entries.reserve(digests.iter().map(|digest| digest.entries.len()).sum());
    let (mut words, mut left_out) = (Vec::with_capacity(digests.len()), Vec::new());
    for (place, digest) in digests.iter().enumerate() {
        if draft.add(digest) {
            words.push(&digest.words);
        } else {
            left_out.push(place);
        }
    }
    draft.end();
    let words = || ShardWords::of(words.into_iter()).to_bytes();
    let ((), words) = rayon::join(|| draft.index(), words);
    draft.sections[Section::Words as usize] = words;

    let bytes = pack(draft.sections);
    let file =
        FileEntry { name: file_name(number), size: bytes.len() as u64, checksum: xxh3_64(&bytes) };
    let entry = ShardEntry {
        file,
        fingerprint,
        articles: u64::from(draft.articles),
        passages: u64::from(draft.next.passages),
        templates: u64::from(draft.next.templates),
        lengths: draft.lengths,
    };
    (Shard { entry, source: Source::Built(bytes) }, left_out)
}

/// A shard as it is put together.
#[derive(Default)]
struct Draft {
    sections: [Vec<u8>; SECTIONS],
    entries: Vec<Entry>,
    lengths: Lengths,
    articles: u32,
    /// Where the next article begins.
    next: ArticleRecord,
}

impl Draft {
    fn section(&mut self, section: Section) -> &mut Vec<u8> {
        &mut self.sections[section as usize]
    }

    /// How long a section is so far.
    fn end_of(&self, section: Section) -> u64 {
        self.sections[section as usize].len() as u64
    }

    /// Adds an article where it fits.
    fn add(&mut self, digest: &Digest) -> bool {
        let (article, next) = (self.articles, self.next);
        let passages = next.passages.saturating_add(count(&digest.passages));
        let templates = next.templates.saturating_add(count(&digest.templates));
        if passages.max(templates).max(article) >= MOST_HOLDERS {
            return false;
        }
        self.entries.extend(digest.entries.iter().map(|entry| match entry.holder() {
            Holder::Article => entry.shifted(article),
            Holder::Passage => entry.shifted(next.passages),
            Holder::Template => entry.shifted(next.templates),
        }));
        let (title_words, title_bigrams) = (digest.title_words, digest.title_bigrams);
        let record = ArticleRecord { title_words, title_bigrams, ..next };
        record.write(self.section(Section::Articles));
        self.lengths.title_words += u64::from(title_words);
        self.lengths.title_bigrams += u64::from(title_bigrams);
        let before = self.end_of(Section::StoredPassages);
        for &passage in &digest.passages {
            self.lengths.heading_words += u64::from(passage.heading_words);
            self.lengths.words += u64::from(passage.words);
            self.lengths.bigrams += u64::from(passage.bigrams);
            let stored = before + passage.stored;
            let passage = PassageRecord { article, stored, ..passage };
            passage.write(self.section(Section::Passages));
        }
        let before = self.end_of(Section::StoredTemplates);
        for &template in &digest.templates {
            self.lengths.template_words += u64::from(template.words);
            let stored = before + template.stored;
            let template = TemplateRecord { article, stored, ..template };
            template.write(self.section(Section::Templates));
        }
        self.section(Section::StoredArticles).extend_from_slice(&digest.stored);
        self.section(Section::StoredPassages).extend_from_slice(&digest.stored_passages);
        self.section(Section::StoredTemplates).extend_from_slice(&digest.stored_templates);
        self.section(Section::StoredTexts).extend_from_slice(&digest.stored_text);
        self.articles += 1;
        self.next = ArticleRecord {
            passages,
            templates,
            stored: self.end_of(Section::StoredArticles),
            text: self.end_of(Section::StoredTexts),
            ..ArticleRecord::default()
        };
        true
    }

    /// Says where the last article, passage and template end.
    fn end(&mut self) {
        self.next.write(self.section(Section::Articles));
        let stored = self.end_of(Section::StoredPassages);
        let end = PassageRecord { stored, ..PassageRecord::default() };
        end.write(self.section(Section::Passages));
        let stored = self.end_of(Section::StoredTemplates);
        let end = TemplateRecord { stored, ..TemplateRecord::default() };
        end.write(self.section(Section::Templates));
    }

    /// Writes the postings and the tables that lead to them.
    fn index(&mut self) {
        let mut entries = std::mem::take(&mut self.entries);
        entries.par_sort_unstable();
        let mut keys = Vec::new();
        let mut postings = Vec::with_capacity(entries.len() * 4 + entries.len() / 2);
        for group in entries.chunk_by(|one, other| one.key() == other.key()) {
            let Some(first) = group.first() else { continue };
            let articles = group.partition_point(|entry| entry.holder() < Holder::Passage);
            let behind = group.partition_point(|entry| entry.holder() < Holder::Template);
            let templates = group.len() - behind;
            let record = TermRecord {
                key: first.key(),
                start: u32::try_from(postings.len() / 4).unwrap_or(u32::MAX),
                passages: u32::try_from(behind - articles).unwrap_or(0),
                in_articles: articles > 0,
                in_templates: templates > 0,
            };
            record.write(self.section(Section::Terms));
            keys.push(record.key);
            for number in [articles, templates].into_iter().filter(|&number| number > 0) {
                postings.extend_from_slice(&u32::try_from(number).unwrap_or(0).to_le_bytes());
            }
            postings.extend(group.iter().flat_map(|entry| entry.posting().to_le_bytes()));
        }
        *self.section(Section::Buckets) = buckets(&keys);
        *self.section(Section::Postings) = postings;
    }
}

fn count<T>(records: &[T]) -> u32 {
    u32::try_from(records.len()).unwrap_or(u32::MAX)
}

/// Where the terms of each bucket begin: a bucket is the terms whose keys begin with the same bits.
fn buckets(keys: &[u64]) -> Vec<u8> {
    let bits = (keys.len() / TERMS_IN_BUCKET).max(1).ilog2().clamp(LEAST_BUCKET_BITS, 30);
    let starts = (0..=1u64 << bits).map(|bucket| {
        let start = keys.partition_point(|key| key >> (64 - bits) < bucket);
        u32::try_from(start).unwrap_or(u32::MAX)
    });
    starts.flat_map(u32::to_le_bytes).collect()
}
