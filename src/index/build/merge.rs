//! Makes one shard of what is alive in several, or tells a shard which of its articles are dead.
//!
//! tantivy merges the indexes, documents of one kind after another, so that all passages are before all
//! articles again; what is stored is cut out article by article, and put one after another. An article comes out
//! as it went in: nothing tells from an answer how often it has been merged.

use std::ops::Range;
use std::path::Path;

use tantivy::directory::{Directory as _, RamDirectory};
use tantivy::indexer::merge_filtered_segments;
use tantivy::{BitSet, IndexSettings};

use crate::index::Result;
use crate::index::build::article_indexer::IndexedArticle;
use crate::index::build::shard_writer::{self, Member, Shard};
use crate::index::build::words::NotedWords;
use crate::index::read::reader::ShardReader;
use crate::index::store::format::{PassageRecord, Section, TemplateRecord};
use crate::index::store::manifest::Lengths;
use crate::index::store::segment::{self, META, alive_files, alive_set};

pub(in crate::index) struct Part<'v> {
    pub(in crate::index) view: &'v ShardReader,
    pub(in crate::index) members: &'v [Member],
    /// Which of them, in order.
    pub(in crate::index) alive: &'v [bool],
}

pub(in crate::index) fn merge(parts: &[Part<'_>]) -> Result<Shard> {
    let (mut segments, mut sets) = (Vec::new(), Vec::new());
    for kind in [DocKind::Passage, DocKind::Article, DocKind::Template] {
        for part in parts {
            let documents = part.documents(&[kind])?;
            if documents.len() > 0 {
                segments.push(part.view.index().segment.clone());
                sets.push(Some(alive_set(&documents)?));
            }
        }
    }
    let directory = RamDirectory::create();
    let target = directory.clone();
    let merge = || merge_filtered_segments(&segments, IndexSettings::default(), sets, target);
    let index = segment::guarded(merge).map_err(segment::failed)?;
    let mut indexed_articles = Vec::new();
    for part in parts {
        indexed_articles
            .extend(part.indexed_articles().ok_or_else(|| segment::failed("a shard is damaged"))?);
    }
    shard_writer::merged(&index, &directory, indexed_articles.into_iter())
}

/// The kinds of document, in their order in an index.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum DocKind {
    Passage,
    Article,
    Template,
}

impl Part<'_> {
    fn articles(&self) -> impl Iterator<Item = (u32, &Member)> {
        let members = (0..).zip(self.members).zip(self.alive);
        members.filter_map(|(article, alive)| alive.then_some(article))
    }

    /// The documents of these kinds that belong to the articles.
    fn documents(&self, kinds: &[DocKind]) -> Result<BitSet> {
        let bounds = self.view.bounds();
        let mut documents = BitSet::with_max_value(bounds.end);
        for (article, _) in self.articles() {
            for &kind in kinds {
                let (first, numbers) = match kind {
                    DocKind::Passage => (0, self.passages(article)),
                    DocKind::Article => (bounds.articles, Some(article..article + 1)),
                    DocKind::Template => (bounds.templates, self.templates(article)),
                };
                let numbers = numbers.ok_or_else(|| segment::failed("a shard is damaged"))?;
                let within = numbers.map(|number| first + number).filter(|&it| it < bounds.end);
                for document in within {
                    documents.insert(document);
                }
            }
        }
        Ok(documents)
    }

    fn passages(&self, article: u32) -> Option<Range<u32>> {
        let (record, next) =
            (self.view.article_record(article)?, self.view.article_record(article + 1)?);
        Some(record.passages..next.passages)
    }

    fn templates(&self, article: u32) -> Option<Range<u32>> {
        let (record, next) =
            (self.view.article_record(article)?, self.view.article_record(article + 1)?);
        Some(record.templates..next.templates)
    }

    /// The indexed_articles of the articles; `None` where the shard is damaged.
    fn indexed_articles(&self) -> Option<Vec<(IndexedArticle, Member)>> {
        let mut words: Vec<NotedWords> = self.view.words()?.noted()?;
        let indexed_articles = self.articles().map(|(article, member)| {
            let words = std::mem::take(words.get_mut(article as usize)?);
            Some((IndexedArticle { words, ..self.indexed(article)? }, member.clone()))
        });
        indexed_articles.collect()
    }

    /// The indexed of an article, but for its words.
    fn indexed(&self, article: u32) -> Option<IndexedArticle> {
        let view = self.view;
        let (record, next) = (view.article_record(article)?, view.article_record(article + 1)?);
        let stored =
            |section, range: Range<u64>| view.stored_bytes(section, range).map(<[u8]>::to_vec);

        let start = view.passage_record(record.passages)?.stored;
        let end = view.passage_record(next.passages)?.stored;
        let passages = (record.passages..next.passages).map(|number| {
            let passage = view.passage_record(number)?;
            let stored = passage.stored.checked_sub(start)?;
            Some(PassageRecord { article: 0, stored, ..passage })
        });
        let passages = passages.collect::<Option<_>>()?;
        let stored_passages = stored(Section::StoredPassages, start..end)?;

        let start = view.template_record(record.templates)?.stored;
        let end = view.template_record(next.templates)?.stored;
        let templates = (record.templates..next.templates).map(|number| {
            let template = view.template_record(number)?;
            let stored = template.stored.checked_sub(start)?;
            Some(TemplateRecord { article: 0, stored, ..template })
        });
        let templates = templates.collect::<Option<_>>()?;
        let stored_templates = stored(Section::StoredTemplates, start..end)?;

        Some(IndexedArticle {
            meanings: view.meanings(record.passages..next.passages)?.to_vec(),
            title_words: record.title_words,
            title_bigrams: record.title_bigrams,
            passages,
            templates,
            stored: stored(Section::StoredArticles, record.stored..next.stored)?,
            stored_passages,
            stored_templates,
            stored_text: stored(Section::StoredTexts, record.text..next.text)?,
            ..IndexedArticle::default()
        })
    }

    fn lengths(&self) -> Option<Lengths> {
        self.articles().try_fold(Lengths::default(), |sum, (article, _)| {
            let record = self.view.article_record(article)?;
            let passages = self.passages(article)?.map(|number| self.view.passage_record(number));
            let templates =
                self.templates(article)?.map(|number| self.view.template_record(number));
            let indexed = IndexedArticle {
                title_words: record.title_words,
                title_bigrams: record.title_bigrams,
                passages: passages.collect::<Option<_>>()?,
                templates: templates.collect::<Option<_>>()?,
                ..IndexedArticle::default()
            };
            Some(sum.add(&indexed.lengths()))
        })
    }
}

/// Tells a shard that is that only some of its articles are alive.
pub(in crate::index) fn bury(shard: &mut Shard, part: &Part<'_>) -> Result<()> {
    let alive = part.documents(&[DocKind::Passage, DocKind::Article, DocKind::Template])?;
    let index = part.view.index().segment.index();
    let meta = index.directory().atomic_read(Path::new(META)).map_err(segment::failed)?;
    for (name, bytes) in alive_files(&meta, &alive)? {
        shard.set(&name, bytes);
    }
    let damaged = || segment::failed("a shard is damaged");
    let count = |kind| part.documents(&[kind]).map(|documents| documents.len() as u64);
    shard.entry.articles = count(DocKind::Article)?;
    shard.entry.passages = count(DocKind::Passage)?;
    shard.entry.templates = count(DocKind::Template)?;
    shard.entry.lengths = part.lengths().ok_or_else(damaged)?;
    let content = part.articles().map(|(_, member)| member.fingerprint());
    shard.entry.content = content.fold(0, u64::wrapping_add);
    Ok(())
}
