//! Builds a shard of some articles: a tantivy index of one segment, and a file of what is stored beside it.
//!
//! The documents of the index are all passages, then all articles, then all templates, each in the order of
//! their numbers, so that a number and a document are one sum apart. Passages go into the index as they come;
//! titles and wordings, which are short, wait for the last of them.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};
use tantivy::directory::{OwnedBytes, RamDirectory};
use tantivy::{Index, SingleSegmentIndexWriter, TantivyDocument};
use xxhash_rust::xxh3::Xxh3;

use crate::index::Result;
use crate::index::build::article_indexer::{Document, IndexedArticle};
use crate::index::build::words::WordNumbers;
use crate::index::read::posting::MAX_NUMBER;
use crate::index::schema::{SCHEMA, tokenizers};
use crate::index::store::format::{
    ArticleRecord, PassageRecord, SECTIONS, Section, TemplateRecord, pack,
};
use crate::index::store::manifest::{FileEntry, Lengths, ShardEntry};
use crate::index::store::segment;

pub(in crate::index) const STORED: &str = "stored.bin";

/// A shard that a snapshot is made of, with what the manifest says of it.
#[derive(Debug, Clone)]
pub(crate) struct Shard {
    pub(crate) entry: ShardEntry,
    /// Where the bytes of each file of the entry are.
    pub(crate) sources: Vec<Source>,
}

/// Where the bytes of a file are.
#[derive(Debug, Clone)]
pub(crate) enum Source {
    Built(OwnedBytes),
    /// It is in the snapshot before.
    Kept(PathBuf),
}

/// An article of a shard, as the next build recognizes it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(in crate::index) struct Member {
    pub(in crate::index) root: u16,
    pub(in crate::index) path: String,
    pub(in crate::index) content: u64,
}

impl Member {
    /// Of what the member is; the sum of several does not tell their order.
    pub(in crate::index) fn fingerprint(&self) -> u64 {
        let mut hasher = Xxh3::new();
        hasher.update(&self.root.to_le_bytes());
        hasher.update(self.path.as_bytes());
        hasher.update(&[0]);
        hasher.update(&self.content.to_le_bytes());
        hasher.digest()
    }
}

impl Shard {
    fn new(draft: Draft, index: Vec<(String, OwnedBytes)>) -> Self {
        let (articles, next, lengths) = (draft.articles, draft.next, draft.lengths);
        let content = draft.members.iter().map(Member::fingerprint);
        let content = content.fold(0, u64::wrapping_add);
        let stored = (STORED.to_owned(), OwnedBytes::new(draft.pack()));
        let mut shard = Self {
            entry: ShardEntry {
                files: Vec::new(),
                content,
                articles: articles.into(),
                passages: next.passages.into(),
                templates: next.templates.into(),
                lengths,
            },
            sources: Vec::new(),
        };
        index.into_iter().chain([stored]).for_each(|(name, bytes)| shard.set(&name, bytes));
        shard
    }

    /// Gives the files the names that they have in a snapshot.
    pub(in crate::index) fn place(&mut self, number: usize) {
        for file in &mut self.entry.files {
            file.name = format!("shard-{number:03}/{}", file.in_shard());
        }
    }

    /// Adds a file, or replaces the one of that name.
    pub(in crate::index) fn set(&mut self, name: &str, bytes: OwnedBytes) {
        let entry = FileEntry::new(name, &bytes);
        let place = self.entry.files.iter().position(|file| file.in_shard() == name);
        let known = place.and_then(|place| {
            Some((self.entry.files.get_mut(place)?, self.sources.get_mut(place)?))
        });
        match known {
            Some(known) => (*known.0, *known.1) = (entry, Source::Built(bytes)),
            None => {
                self.entry.files.push(entry);
                self.sources.push(Source::Built(bytes));
            }
        }
    }
}

/// Puts a shard together, article by article.
pub(in crate::index) struct ShardWriter {
    directory: RamDirectory,
    index: SingleSegmentIndexWriter,
    articles: Vec<TantivyDocument>,
    templates: Vec<TantivyDocument>,
    draft: Draft,
}

/// The bytes that tantivy's table of terms begins with, for an article; it grows as it needs.
const TERMS_PER_ARTICLE: usize = 16 << 10;
const LEAST_TERMS: usize = 1 << 20;
const MOST_TERMS: usize = 64 << 20;

impl ShardWriter {
    /// Begins a shard of about so many articles.
    pub(in crate::index) fn new(articles: usize) -> Result<Self> {
        let directory = RamDirectory::create();
        let budget = (articles * TERMS_PER_ARTICLE).clamp(LEAST_TERMS, MOST_TERMS);
        let index = Index::builder().schema(SCHEMA.0.clone()).tokenizers(tokenizers());
        let index = index.single_segment_index_writer(directory.clone(), budget);
        Ok(Self {
            directory,
            index: index.map_err(segment::failed)?,
            articles: Vec::new(),
            templates: Vec::new(),
            draft: Draft::default(),
        })
    }

    /// Adds an article; `false` where it does not fit after those before it.
    pub(in crate::index) fn add(
        &mut self,
        mut indexed: IndexedArticle,
        member: Member,
    ) -> Result<bool> {
        let (article, passages, templates) = (
            std::mem::take(&mut indexed.article),
            std::mem::take(&mut indexed.passage_documents),
            std::mem::take(&mut indexed.template_documents),
        );
        if !self.draft.add(indexed, member) {
            return Ok(false);
        }
        for passage in passages {
            self.index.add_document(passage.into_tantivy()).map_err(segment::failed)?;
        }
        self.articles.push(article.into_tantivy());
        self.templates.extend(templates.into_iter().map(Document::into_tantivy));
        Ok(true)
    }

    pub(in crate::index) fn finish(self) -> Result<Shard> {
        let Self { directory, mut index, articles, templates, draft } = self;
        for document in articles.into_iter().chain(templates) {
            index.add_document(document).map_err(segment::failed)?;
        }
        let index = index.finalize().map_err(segment::failed)?;
        Ok(Shard::new(draft, segment::files(&index, &directory)?))
    }
}

/// Puts a shard together of what others hold: what is stored, after an index that tantivy has merged.
pub(in crate::index) fn merged(
    index: &Index,
    directory: &RamDirectory,
    parts: impl Iterator<Item = (IndexedArticle, Member)>,
) -> Result<Shard> {
    let mut draft = Draft::default();
    for (indexed, member) in parts {
        if !draft.add(indexed, member) {
            return Err(segment::failed("too many passages in one shard"));
        }
    }
    Ok(Shard::new(draft, segment::files(index, directory)?))
}

/// So many bytes are taken from the system at once.
const CHUNK: usize = 1 << 20;

/// The stored parts of a shard that is being put together.
#[derive(Default)]
struct Draft {
    /// The bytes of each section in chunks, which neither move while they grow nor stay when they are packed.
    sections: [Vec<Vec<u8>>; SECTIONS],
    ends: [u64; SECTIONS],
    members: Vec<Member>,
    words: WordNumbers,
    lengths: Lengths,
    articles: u32,
    next: ArticleRecord,
}

impl Draft {
    fn end_of(&self, section: Section) -> u64 {
        self.ends[section as usize]
    }

    fn put(&mut self, section: Section, bytes: &[u8]) {
        self.ends[section as usize] += bytes.len() as u64;
        let chunks = &mut self.sections[section as usize];
        let has_room = |chunk: &&mut Vec<u8>| chunk.capacity() - chunk.len() >= bytes.len();
        match chunks.last_mut().filter(has_room) {
            Some(chunk) => chunk.extend_from_slice(bytes),
            None => {
                let mut chunk = Vec::with_capacity(bytes.len().max(CHUNK));
                chunk.extend_from_slice(bytes);
                chunks.push(chunk);
            }
        }
    }

    /// Puts what writes itself after what the section has.
    fn write(&mut self, section: Section, write: impl FnOnce(&mut Vec<u8>)) {
        let mut bytes = Vec::new();
        write(&mut bytes);
        self.put(section, &bytes);
    }

    /// Puts an article after the others; `false` where there is no room for its numbers.
    fn add(&mut self, indexed: IndexedArticle, member: Member) -> bool {
        let (article, next) = (self.articles, self.next);
        let passages = next.passages.saturating_add(count(&indexed.passages));
        let templates = next.templates.saturating_add(count(&indexed.templates));
        if passages.max(templates).max(article) >= MAX_NUMBER {
            return false;
        }
        let (title_words, title_bigrams) = (indexed.title_words, indexed.title_bigrams);
        let record = ArticleRecord { title_words, title_bigrams, ..next };
        self.write(Section::Articles, |to| record.write(to));
        let before = self.end_of(Section::StoredPassages);
        self.write(Section::Passages, |to| {
            for &passage in &indexed.passages {
                PassageRecord { article, stored: before + passage.stored, ..passage }.write(to);
            }
        });
        let before = self.end_of(Section::StoredTemplates);
        self.write(Section::Templates, |to| {
            for &template in &indexed.templates {
                TemplateRecord { article, stored: before + template.stored, ..template }.write(to);
            }
        });
        self.lengths = self.lengths.add(&indexed.lengths());
        self.put(Section::Meanings, &indexed.meanings);
        self.put(Section::StoredArticles, &indexed.stored);
        self.put(Section::StoredPassages, &indexed.stored_passages);
        self.put(Section::StoredTemplates, &indexed.stored_templates);
        self.put(Section::StoredTexts, &indexed.stored_text);
        self.words.add(&indexed.words);
        self.members.push(member);
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

    /// The bytes of all, after which is where the last article, passage and template end.
    fn pack(mut self) -> Vec<u8> {
        let next = self.next;
        self.write(Section::Articles, |to| next.write(to));
        let stored = self.end_of(Section::StoredPassages);
        let end = PassageRecord { stored, ..PassageRecord::default() };
        self.write(Section::Passages, |to| end.write(to));
        let stored = self.end_of(Section::StoredTemplates);
        let end = TemplateRecord { stored, ..TemplateRecord::default() };
        self.write(Section::Templates, |to| end.write(to));
        let words = std::mem::take(&mut self.words).into_bytes();
        self.put(Section::Words, &words);
        let members = postcard::to_stdvec(&self.members).expect("plain data always serializes");
        self.put(Section::Members, &members);
        pack(self.sections)
    }
}

impl IndexedArticle {
    pub(in crate::index) fn lengths(&self) -> Lengths {
        let passages = |length: fn(&PassageRecord) -> u64| self.passages.iter().map(length).sum();
        Lengths {
            title_words: self.title_words.into(),
            title_bigrams: self.title_bigrams.into(),
            heading_words: passages(|passage| passage.heading_words.into()),
            words: passages(|passage| passage.words.into()),
            bigrams: passages(|passage| passage.bigrams.into()),
            template_words: self.templates.iter().map(|template| u64::from(template.words)).sum(),
        }
    }
}

fn count<T>(records: &[T]) -> u32 {
    u32::try_from(records.len()).unwrap_or(u32::MAX)
}
