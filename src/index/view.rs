//! A shard as a search sees it: mapped into memory, and read in place.
//!
//! Whatever the bytes are, reading never panics: what lies outside of its section is not there, and
//! what cannot be decoded is damage.

use std::fs::File;
use std::ops::Range;
use std::path::{Path, PathBuf};

use memmap2::Mmap;

use super::IndexError;
use super::layout::{ArticleRecord, PassageRecord, Section, Sections, TemplateRecord, TermRecord};
use super::manifest::ShardEntry;
use super::posting::{Holders, Postings};
use super::shard::{Shard, Source};
use super::stored::{StoredArticle, StoredPassage, StoredTemplate, StoredText};
use super::words::ShardWords;
use crate::text::MEANING;

/// A shard that can be searched.
#[derive(Debug)]
pub(crate) struct ShardView {
    bytes: Bytes,
    sections: Sections,
    path: PathBuf,
}

/// The bytes of a file.
#[derive(Debug)]
enum Bytes {
    Mapped(Mmap),
    Owned(Vec<u8>),
}

impl ShardView {
    /// The view of a shard that no snapshot on disk holds yet.
    pub(crate) fn of(shard: Shard) -> Result<Self, IndexError> {
        match shard.source {
            Source::Built(bytes) => {
                Self::new(Bytes::Owned(bytes), PathBuf::from(shard.entry.file.name))
            }
            Source::Kept(path) => Self::open(&path, &shard.entry),
        }
    }

    /// Maps the file of a shard. Its size is compared with the manifest's; its checksum is not.
    pub(crate) fn open(path: &Path, entry: &ShardEntry) -> Result<Self, IndexError> {
        let file = File::open(path).map_err(IndexError::io(path))?;
        #[allow(unsafe_code, reason = "the only way to map a file")]
        // SAFETY: a snapshot's files are never written to once they have their name, and its lock keeps them
        // from being removed. Should another program change them all the same, the bytes are still plain
        // numbers that are checked wherever they are used.
        let bytes = unsafe { Mmap::map(&file) }.map_err(IndexError::io(path))?;
        if bytes.len() as u64 != entry.file.size {
            return Err(IndexError::damaged(path, "the file is cut off"));
        }
        Self::new(Bytes::Mapped(bytes), path.to_path_buf())
    }

    fn new(bytes: Bytes, path: PathBuf) -> Result<Self, IndexError> {
        let sections = Sections::read(bytes.all())
            .ok_or_else(|| IndexError::damaged(&path, "the sections do not fit the file"))?;
        Ok(Self { bytes, sections, path })
    }

    /// All that holds a term.
    pub(crate) fn find(&self, key: u64) -> Option<Holders<'_>> {
        self.holders(&self.term(key)?)
    }

    /// Every term in order of the keys, with all that holds it; `None` for one whose lists are not there.
    pub(super) fn terms(&self) -> impl Iterator<Item = Option<(u64, Holders<'_>)>> {
        self.records(Section::Terms).iter().map(|record| {
            let record = TermRecord::read(record);
            Some((record.key, self.holders(&record)?))
        })
    }

    fn holders(&self, record: &TermRecord) -> Option<Holders<'_>> {
        let mut rest = self.records::<4>(Section::Postings).get(record.start as usize..)?;
        let mut counted = |counted: bool| match rest.split_first() {
            Some((number, behind)) if counted => {
                rest = behind;
                u32::from_le_bytes(*number) as usize
            }
            _ => 0,
        };
        let (articles, templates) = (counted(record.in_articles), counted(record.in_templates));
        let (articles, rest) = rest.split_at_checked(articles)?;
        let (passages, rest) = rest.split_at_checked(record.passages as usize)?;
        Some(Holders {
            articles: Postings::new(articles),
            passages: Postings::new(passages),
            templates: Postings::new(rest.get(..templates)?),
        })
    }

    fn term(&self, key: u64) -> Option<TermRecord> {
        let buckets = self.records::<4>(Section::Buckets);
        // One more than a power of two, then padding.
        let bits = buckets.len().checked_sub(1)?.checked_ilog2()?;
        let bucket = usize::try_from(key.checked_shr(64 - bits)?).ok()?;
        let start = |bucket: usize| Some(u32::from_le_bytes(*buckets.get(bucket)?) as usize);
        let terms = self.records(Section::Terms).get(start(bucket)?..start(bucket + 1)?)?;
        terms.iter().map(TermRecord::read).find(|record| record.key == key)
    }

    /// An article's record; behind the last one stands one more that says where it ends.
    pub(crate) fn article_record(&self, article: u32) -> Option<ArticleRecord> {
        self.records(Section::Articles).get(article as usize).map(ArticleRecord::read)
    }

    /// The records of the passages, in order, and one more that says where the last one ends.
    pub(crate) fn passage_records(&self) -> &[[u8; PassageRecord::SIZE]] {
        self.records(Section::Passages)
    }

    /// A passage's record.
    pub(crate) fn passage_record(&self, passage: u32) -> Option<PassageRecord> {
        self.passage_records().get(passage as usize).map(PassageRecord::read)
    }

    /// What each passage is about.
    pub(crate) fn meanings(&self) -> &[[u8; MEANING]] {
        self.records(Section::Meanings)
    }

    /// A template's record; behind the last one stands one more that says where it ends.
    pub(crate) fn template_record(&self, template: u32) -> Option<TemplateRecord> {
        self.records(Section::Templates).get(template as usize).map(TemplateRecord::read)
    }

    /// What is stored of an article.
    pub(crate) fn article(&self, article: u32) -> Result<StoredArticle, IndexError> {
        let range = self.article_record(article).zip(self.article_record(article + 1));
        let range = range.map(|(record, next)| record.stored..next.stored);
        self.stored(Section::StoredArticles, range)
    }

    /// The text of an article.
    pub(crate) fn text(&self, article: u32) -> Result<StoredText, IndexError> {
        let range = self.article_record(article).zip(self.article_record(article + 1));
        let range = range.map(|(record, next)| record.text..next.text);
        self.stored(Section::StoredTexts, range)
    }

    /// What is stored of a passage.
    pub(crate) fn passage(&self, passage: u32) -> Result<StoredPassage, IndexError> {
        let range = self.passage_record(passage).zip(self.passage_record(passage + 1));
        let range = range.map(|(record, next)| record.stored..next.stored);
        self.stored(Section::StoredPassages, range)
    }

    /// What is stored of a template.
    pub(crate) fn template(&self, template: u32) -> Result<StoredTemplate, IndexError> {
        let range = self.template_record(template).zip(self.template_record(template + 1));
        let range = range.map(|(record, next)| record.stored..next.stored);
        self.stored(Section::StoredTemplates, range)
    }

    /// The shard's part of the vocabulary, and which words each article has.
    pub(super) fn words(&self) -> Option<ShardWords<'_>> {
        ShardWords::from_bytes(words_of(self.bytes.all()))
    }

    /// All bytes, as the checksum is taken of them.
    pub(crate) fn bytes(&self) -> &[u8] {
        self.bytes.all()
    }

    /// Some bytes of a section.
    pub(super) fn stored_bytes(&self, section: Section, range: Range<u64>) -> Option<&[u8]> {
        let range = usize::try_from(range.start).ok()?..usize::try_from(range.end).ok()?;
        self.bytes.all().get(self.sections.range(section))?.get(range)
    }

    fn stored<T: serde::de::DeserializeOwned>(
        &self,
        section: Section,
        range: Option<Range<u64>>,
    ) -> Result<T, IndexError> {
        let bytes = range.and_then(|range| self.stored_bytes(section, range));
        let bytes = bytes.ok_or_else(|| self.damage("an entry lies outside of its section"))?;
        postcard::from_bytes(bytes).map_err(|error| self.damage(error))
    }

    fn records<const SIZE: usize>(&self, section: Section) -> &[[u8; SIZE]] {
        let bytes = self.bytes.all().get(self.sections.range(section)).unwrap_or_default();
        bytes.as_chunks().0
    }

    fn damage(&self, reason: impl ToString) -> IndexError {
        IndexError::damaged(&self.path, reason)
    }
}

impl Bytes {
    fn all(&self) -> &[u8] {
        match self {
            Self::Mapped(bytes) => bytes,
            Self::Owned(bytes) => bytes,
        }
    }
}

/// The section of a shard's words, by the bytes of its file.
pub(super) fn words_of(file: &[u8]) -> &[u8] {
    let words = Sections::read(file).and_then(|sections| file.get(sections.range(Section::Words)));
    words.unwrap_or_default()
}
