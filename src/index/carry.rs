//! What a shard keeps of its articles, as digests again: so an article that has not changed is neither read
//! nor analyzed when another one of its shard has.
//!
//! 1. the records and the stored bytes of each article are cut out;
//! 2. the lists of all terms are gone through once, and every posting is given back to the article that
//!    it came from;
//! 3. numbers count from the article's own first passage and template again.
//!
//! A digest comes back as it went in, so that a shard which is put together of it is the same, byte for byte,
//! as one of articles that were all read. Whatever does not fit together is damage: then nothing is carried
//! over.

use std::ops::Range;

use super::digest::{Digest, Entry};
use super::layout::{PassageRecord, Section, TemplateRecord};
use super::manifest::ShardEntry;
use super::posting::{Holder, Postings};
use super::view::ShardView;

/// The digests of the articles of a shard that are `wanted`, which says so of all of them in order. `None`
/// where the shard is damaged or does not hold so many articles.
pub(super) fn digests(
    shard: &ShardView,
    entry: &ShardEntry,
    wanted: &[bool],
) -> Option<Vec<Option<Digest>>> {
    if entry.articles != wanted.len() as u64 {
        return None;
    }
    let articles: Vec<u32> = (0..).take(wanted.len()).collect();
    let mut digests: Vec<Option<Digest>> = articles
        .iter()
        .zip(wanted)
        .map(|(&article, wanted)| if *wanted { cut(shard, article).map(Some) } else { Some(None) })
        .collect::<Option<_>>()?;
    let mut entries: Vec<Vec<Entry>> = vec![Vec::new(); wanted.len()];
    let owners = Owners::of(shard, entry, wanted)?;
    for term in shard.terms() {
        let (key, holders) = term?;
        for (holder, postings) in [
            (Holder::Article, holders.articles),
            (Holder::Passage, holders.passages),
            (Holder::Template, holders.templates),
        ] {
            owners.give(key, holder, postings, &mut entries)?;
        }
    }
    let words = shard.words()?.noted()?;
    if words.len() != digests.len() {
        return None;
    }
    for ((digest, entries), words) in digests.iter_mut().zip(entries).zip(words) {
        if let Some(digest) = digest {
            (digest.entries, digest.words) = (entries, words);
        }
    }
    Some(digests)
}

/// What is kept of an article beside its terms and words.
fn cut(shard: &ShardView, article: u32) -> Option<Digest> {
    let record = shard.article_record(article)?;
    let next = shard.article_record(article.checked_add(1)?)?;
    let stored =
        |section, range: Range<u64>| shard.stored_bytes(section, range).map(<[u8]>::to_vec);

    let start = shard.passage_record(record.passages)?.stored;
    let end = shard.passage_record(next.passages)?.stored;
    let passages = (record.passages..next.passages).map(|number| {
        let passage = shard.passage_record(number)?;
        let own = passage.article == article && (start..=end).contains(&passage.stored);
        let stored = passage.stored.checked_sub(start)?;
        own.then_some(PassageRecord { article: 0, stored, ..passage })
    });
    let passages = passages.collect::<Option<_>>()?;
    let stored_passages = stored(Section::StoredPassages, start..end)?;

    let start = shard.template_record(record.templates)?.stored;
    let end = shard.template_record(next.templates)?.stored;
    let templates = (record.templates..next.templates).map(|number| {
        let template = shard.template_record(number)?;
        let own = template.article == article && (start..=end).contains(&template.stored);
        let stored = template.stored.checked_sub(start)?;
        own.then_some(TemplateRecord { article: 0, stored, ..template })
    });
    let templates = templates.collect::<Option<_>>()?;
    let stored_templates = stored(Section::StoredTemplates, start..end)?;

    Some(Digest {
        title_words: record.title_words,
        title_bigrams: record.title_bigrams,
        passages,
        templates,
        stored: stored(Section::StoredArticles, record.stored..next.stored)?,
        stored_passages,
        stored_templates,
        stored_text: stored(Section::StoredTexts, record.text..next.text)?,
        ..Digest::default()
    })
}

/// Which article each passage and template of a shard belongs to.
struct Owners {
    articles: Vec<Owner>,
    passages: Vec<Owner>,
    templates: Vec<Owner>,
}

/// The article that a holder of a term belongs to.
#[derive(Debug, Clone, Copy)]
struct Owner {
    /// `None` where the article is not wanted.
    article: Option<usize>,
    /// The number of the article's first holder of that kind.
    first: u32,
}

impl Owners {
    fn of(shard: &ShardView, entry: &ShardEntry, wanted: &[bool]) -> Option<Self> {
        let mut owners = Self { articles: Vec::new(), passages: Vec::new(), templates: Vec::new() };
        let ends = [entry.passages, entry.templates].map(u32::try_from);
        let [Ok(passages), Ok(templates)] = ends else { return None };
        for (number, (place, wanted)) in (0_u32..).zip(wanted.iter().enumerate()) {
            let (record, next) =
                (shard.article_record(number)?, shard.article_record(number.checked_add(1)?)?);
            let article = wanted.then_some(place);
            owners.articles.push(Owner { article, first: number });
            for (owners, start, end, all) in [
                (&mut owners.passages, record.passages, next.passages, passages),
                (&mut owners.templates, record.templates, next.templates, templates),
            ] {
                if start as usize != owners.len() || end < start || end > all {
                    return None;
                }
                owners.resize(end as usize, Owner { article, first: start });
            }
        }
        let whole = owners.passages.len() == passages as usize
            && owners.templates.len() == templates as usize;
        whole.then_some(owners)
    }

    /// Gives the postings of a term to the articles that they came from; `None` where one came from none.
    fn give(
        &self,
        key: u64,
        holder: Holder,
        postings: Postings<'_>,
        entries: &mut [Vec<Entry>],
    ) -> Option<()> {
        let owners = match holder {
            Holder::Article => &self.articles,
            Holder::Passage => &self.passages,
            Holder::Template => &self.templates,
        };
        for posting in postings.iter() {
            let owner = owners.get(posting.number() as usize)?;
            if let Some(article) = owner.article {
                let entry = Entry::new(key, holder, posting.lowered(owner.first));
                entries.get_mut(article)?.push(entry);
            }
        }
        Some(())
    }
}
