//! Builds one shard: what the index keeps of some articles, as one file.
//!
//! 1. the digests of the articles are put behind each other, in order of path;
//! 2. the entries of all are sorted by term, and become lists of postings with a table that leads to
//!    them (`lists`); the words become one table (`words`);
//! 3. the sections are written behind each other (`layout`).

use std::path::PathBuf;

use xxhash_rust::xxh3::xxh3_64;

use super::digest::Digest;
use super::layout::{ArticleRecord, PassageRecord, SECTIONS, Section, TemplateRecord, pack};
use super::lists::{Held, Lists};
use super::manifest::{FileEntry, Lengths, ShardEntry};
use super::posting::MOST_HOLDERS;
use super::words::{NotedWords, ShardWords};

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

/// The name of the shard `number` in a snapshot.
pub(super) fn file_name(number: usize) -> String {
    format!("shard-{number:03}")
}

/// Builds a shard of the digests of its articles, which are in order of path. An article that does not fit
/// behind those before it is left out: the places of such are told.
pub(super) fn build(number: usize, fingerprint: u64, digests: Vec<Digest>) -> (Shard, Vec<usize>) {
    let mut draft = Draft::default();
    let places = digests.into_iter().enumerate();
    let left_out = places.filter_map(|(place, digest)| (!draft.add(digest)).then_some(place));
    let left_out = left_out.collect();
    draft.end();
    draft.index();

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
    /// What the articles hold, and the words that they have.
    held: Vec<Held>,
    words: Vec<NotedWords>,
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
    fn add(&mut self, digest: Digest) -> bool {
        let (article, next) = (self.articles, self.next);
        let passages = next.passages.saturating_add(count(&digest.passages));
        let templates = next.templates.saturating_add(count(&digest.templates));
        if passages.max(templates).max(article) >= MOST_HOLDERS {
            return false;
        }
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
        self.section(Section::Meanings).extend_from_slice(&digest.meanings);
        self.section(Section::StoredArticles).extend_from_slice(&digest.stored);
        self.section(Section::StoredPassages).extend_from_slice(&digest.stored_passages);
        self.section(Section::StoredTemplates).extend_from_slice(&digest.stored_templates);
        self.section(Section::StoredTexts).extend_from_slice(&digest.stored_text);
        self.held.push(Held {
            entries: digest.entries,
            article,
            passages: next.passages,
            templates: next.templates,
        });
        self.words.push(digest.words);
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

    /// Writes the lists and the words of all articles.
    fn index(&mut self) {
        let (held, words) = (std::mem::take(&mut self.held), std::mem::take(&mut self.words));
        let words = || ShardWords::of(words.iter()).to_bytes();
        let (lists, words) = rayon::join(|| Lists::of(&held), words);
        *self.section(Section::Buckets) = lists.buckets;
        *self.section(Section::Terms) = lists.terms;
        *self.section(Section::Postings) = lists.postings;
        *self.section(Section::Words) = words;
    }
}

fn count<T>(records: &[T]) -> u32 {
    u32::try_from(records.len()).unwrap_or(u32::MAX)
}
