//! A shard as a search sees it: mapped into memory, and read in place.
//!
//! Whatever the bytes are, reading never panics: what lies outside of its section is not there, and
//! what cannot be decoded is damage.

use std::collections::BTreeMap;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use rayon::prelude::*;
use tantivy::HasLen as _;
use tantivy::directory::OwnedBytes;

use crate::index::build::shard_writer::{Member, STORED, Shard, Source};
use crate::index::build::words::{self, ShardWords};
use crate::index::read::field_lengths::FieldLengths;
use crate::index::store::file::ShardFile;
use crate::index::store::format::{
    ArticleRecord, HEADER, PassageRecord, Section, Sections, TemplateRecord,
};
use crate::index::store::manifest::ShardEntry;
use crate::index::store::segment::{SegmentIndex, guarded};
use crate::index::store::stored::{
    PassageHead, StoredArticle, StoredPassage, StoredTemplate, StoredText,
};
use crate::index::{IndexError, Result};
use crate::text::MEANING;

#[derive(Debug)]
pub(crate) struct ShardReader {
    index: SegmentIndex,
    stored: ShardFile,
    /// All files, those of the index too.
    files: Vec<ShardFile>,
    sections: Sections,
    bounds: Bounds,
    /// The documents that are not alive, in order.
    dead: Vec<u32>,
    path: PathBuf,
    lengths: OnceLock<FieldLengths>,
    /// Why tantivy could not read what it was asked for.
    damage: OnceLock<String>,
}

/// Which documents of the index are what: passages are first.
#[derive(Debug, Clone, Copy)]
pub(in crate::index) struct Bounds {
    /// The first article, the first template, and the end.
    pub(in crate::index) articles: u32,
    pub(in crate::index) templates: u32,
    pub(in crate::index) end: u32,
}

impl ShardReader {
    /// The view of a shard that no snapshot on disk holds yet.
    pub(crate) fn of(shard: &Shard) -> Result<Self> {
        let files = shard.entry.files.iter().zip(&shard.sources).map(|(entry, source)| {
            let bytes = match source {
                Source::Built(bytes) => bytes.clone().into(),
                Source::Kept(path) => ShardFile::map(path, entry)?,
            };
            Ok((entry.in_shard().into(), bytes))
        });
        Self::new(files.collect::<Result<_>>()?, PathBuf::from("shard"))
    }

    /// Maps the files of a shard: their sizes are compared with the manifest's, what is read with its checksums.
    pub(crate) fn open(snapshot: &Path, entry: &ShardEntry) -> Result<Self> {
        let files = entry.files.iter().map(|file| {
            Ok((file.in_shard().into(), ShardFile::map(&snapshot.join(&file.name), file)?))
        });
        let files = files.collect::<Result<_>>()?;
        let first = entry.files.first().map(|file| snapshot.join(&file.name));
        Self::new(
            files,
            first.and_then(|file| file.parent().map(Path::to_path_buf)).unwrap_or_default(),
        )
    }

    fn new(mut files: BTreeMap<PathBuf, ShardFile>, path: PathBuf) -> Result<Self> {
        let all = files.values().cloned().collect();
        let stored = files.remove(Path::new(STORED)).unwrap_or_else(|| OwnedBytes::empty().into());
        let damaged = |reason: String| IndexError::damaged(&path, reason);
        let read = |range| stored.read(range).map_err(|error| damaged(error.to_string()));
        let sections = Sections::read(read(0..HEADER)?, stored.len())
            .ok_or_else(|| damaged(format!("{STORED}: the sections do not fit the file")))?;
        for table in [Section::Articles, Section::Passages, Section::Templates] {
            read(sections.range(table))?;
        }
        let index = SegmentIndex::open(files).map_err(damaged)?;
        let number = |section: Section, size: usize| {
            let records = sections.range(section).len() / size;
            u32::try_from(records.saturating_sub(1)).unwrap_or(u32::MAX)
        };
        let articles = number(Section::Passages, PassageRecord::SIZE);
        let templates = articles.saturating_add(number(Section::Articles, ArticleRecord::SIZE));
        let end = templates.saturating_add(number(Section::Templates, TemplateRecord::SIZE));
        if end != index.documents {
            return Err(IndexError::damaged(&path, "the index has another number of documents"));
        }
        let bounds = Bounds { articles, templates, end };
        let alive = index.alive.as_ref().filter(|alive| alive.bitset().max_value() == end);
        if alive.is_none() && index.alive.is_some() {
            return Err(IndexError::damaged(&path, "it is not told which documents are alive"));
        }
        let dead = alive.map(|alive| (0..end).filter(|&it| alive.is_deleted(it)).collect());
        Ok(Self {
            index,
            stored,
            files: all,
            sections,
            bounds,
            dead: dead.unwrap_or_default(),
            path,
            lengths: OnceLock::new(),
            damage: OnceLock::new(),
        })
    }

    /// Compares every byte with its checksum.
    pub(in crate::index) fn verify(&self) -> Result<()> {
        let sound = self.files.par_iter().map(|file| file.read_all().map(|_| ()));
        // Of several that are damaged the first one is told, whichever was read first.
        let found: Vec<std::io::Result<()>> = sound.collect();
        found.into_iter().collect::<Result<(), _>>().map_err(|error| self.damage(error))
    }

    /// That nobody has written to the files since they were mapped.
    pub(in crate::index) fn unchanged(&self) -> Result<()> {
        self.files.iter().try_for_each(ShardFile::unchanged)
    }

    pub(in crate::index) fn index(&self) -> &SegmentIndex {
        &self.index
    }

    pub(in crate::index) fn bounds(&self) -> Bounds {
        self.bounds
    }

    pub(in crate::index) fn dead(&self) -> &[u32] {
        &self.dead
    }

    /// Whether an article is still one of the knowledge base.
    pub(in crate::index) fn is_alive(&self, article: u32) -> bool {
        let alive = self.index.alive.as_ref();
        alive.is_none_or(|alive| alive.is_alive(self.bounds.articles + article))
    }

    /// How many articles there are, dead ones too.
    pub(in crate::index) fn articles(&self) -> u32 {
        self.bounds.templates - self.bounds.articles
    }

    /// Does something with tantivy. Where it fails, the shard is damaged from then on.
    pub(in crate::index) fn guarded<T: Default>(
        &self,
        work: impl FnOnce() -> tantivy::Result<T>,
    ) -> T {
        guarded(work).unwrap_or_else(|reason| {
            self.damage.get_or_init(|| reason);
            T::default()
        })
    }

    pub(crate) fn damaged(&self) -> Option<IndexError> {
        self.damage.get().map(|reason| self.damage(reason))
    }

    /// An article's record; after the last one is one more that says where it ends.
    pub(crate) fn article_record(&self, article: u32) -> Option<ArticleRecord> {
        self.records(Section::Articles).get(article as usize).map(ArticleRecord::read)
    }

    /// The records of the passages, in order, and one more that says where the last one ends.
    pub(crate) fn passage_records(&self) -> &[[u8; PassageRecord::SIZE]] {
        self.records(Section::Passages)
    }

    pub(crate) fn passage_record(&self, passage: u32) -> Option<PassageRecord> {
        self.passage_records().get(passage as usize).map(PassageRecord::read)
    }

    pub(in crate::index) fn lengths(&self) -> &FieldLengths {
        self.lengths.get_or_init(|| {
            FieldLengths::new(
                self.records(Section::Passages),
                self.records(Section::Articles),
                self.records(Section::Templates),
            )
        })
    }

    /// The codes and names that a passage is about.
    pub(crate) fn meaning(&self, passage: u32) -> Option<&[u8; MEANING]> {
        self.meanings(passage..passage.checked_add(1)?)?.first_chunk()
    }

    /// The meanings of some passages, one after another.
    pub(in crate::index) fn meanings(&self, passages: Range<u32>) -> Option<&[u8]> {
        let bytes = |passage| u64::from(passage) * MEANING as u64;
        self.stored_bytes(Section::Meanings, bytes(passages.start)..bytes(passages.end))
    }

    /// A template's record; after the last one is one more that says where it ends.
    pub(crate) fn template_record(&self, template: u32) -> Option<TemplateRecord> {
        self.records(Section::Templates).get(template as usize).map(TemplateRecord::read)
    }

    pub(crate) fn article(&self, article: u32) -> Result<StoredArticle> {
        let range = self.article_record(article).zip(self.article_record(article + 1));
        self.stored(Section::StoredArticles, range.map(|(record, next)| record.stored..next.stored))
    }

    pub(crate) fn text(&self, article: u32) -> Result<StoredText> {
        let range = self.article_record(article).zip(self.article_record(article + 1));
        self.stored(Section::StoredTexts, range.map(|(record, next)| record.text..next.text))
    }

    pub(crate) fn passage(&self, passage: u32) -> Result<StoredPassage> {
        self.beginning(passage)
    }

    pub(crate) fn head(&self, passage: u32) -> Result<PassageHead> {
        self.beginning(passage)
    }

    /// The anchor of a passage, which is first in what is stored of it.
    pub(crate) fn anchor(&self, passage: u32) -> Result<&str> {
        self.beginning(passage)
    }

    fn beginning<'s, T: serde::Deserialize<'s>>(&'s self, passage: u32) -> Result<T> {
        let range = self.passage_record(passage).zip(self.passage_record(passage + 1));
        self.stored(Section::StoredPassages, range.map(|(record, next)| record.stored..next.stored))
    }

    pub(crate) fn template(&self, template: u32) -> Result<StoredTemplate<'_>> {
        let range = self.template_record(template).zip(self.template_record(template + 1));
        let range = range.map(|(record, next)| record.stored..next.stored);
        self.stored(Section::StoredTemplates, range)
    }

    pub(in crate::index) fn words(&self) -> Option<ShardWords<'_>> {
        ShardWords::from_bytes(self.section(Section::Words))
    }

    /// The shard's part of the vocabulary.
    pub(in crate::index) fn word_list(&self) -> Option<Vec<(&str, &str)>> {
        let alive = |article| u32::try_from(article).is_ok_and(|article| self.is_alive(article));
        words::list(self.section(Section::Words), self.index.alive.is_some().then_some(&alive))
    }

    pub(in crate::index) fn members(&self) -> Option<Vec<Member>> {
        let (members, _) =
            postcard::take_from_bytes::<Vec<Member>>(self.section(Section::Members)).ok()?;
        (members.len() == self.articles() as usize).then_some(members)
    }

    pub(in crate::index) fn stored_bytes(
        &self,
        section: Section,
        range: Range<u64>,
    ) -> Option<&[u8]> {
        let whole = self.sections.range(section);
        let place = |at: u64| whole.start.checked_add(usize::try_from(at).ok()?);
        let (start, end) = (place(range.start)?, place(range.end)?);
        (start <= end && end <= whole.end).then(|| self.read(start..end))?
    }

    fn section(&self, section: Section) -> &[u8] {
        self.read(self.sections.range(section)).unwrap_or_default()
    }

    /// Some bytes of what is stored. Where they are damaged, the shard is from then on.
    fn read(&self, range: Range<usize>) -> Option<&[u8]> {
        let read = self.stored.read(range);
        read.map_err(|error| self.damage.get_or_init(|| error.to_string())).ok()
    }

    fn stored<'s, T: serde::Deserialize<'s>>(
        &'s self,
        section: Section,
        range: Option<Range<u64>>,
    ) -> Result<T> {
        let bytes = range.and_then(|range| self.stored_bytes(section, range));
        let bytes = bytes.ok_or_else(|| self.damage("an entry lies outside of its section"))?;
        postcard::from_bytes(bytes).map_err(|error| self.damage(error))
    }

    /// The records of a table, which was compared with its checksums when the file was opened.
    fn records<const SIZE: usize>(&self, table: Section) -> &[[u8; SIZE]] {
        self.stored.again(self.sections.range(table)).as_chunks().0
    }

    fn damage(&self, reason: impl ToString) -> IndexError {
        IndexError::damaged(&self.path, reason)
    }
}
