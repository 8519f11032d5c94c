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

use rayon::prelude::*;

use super::digest::{Digest, Entry};
use super::layout::{PassageRecord, Section, TemplateRecord};
use super::manifest::ShardEntry;
use super::posting::Holder;
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
    let cut = || {
        let articles = (0..u32::try_from(wanted.len()).ok()?).into_par_iter().zip(wanted);
        let cut = |(article, wanted): (u32, &bool)| match wanted {
            true => cut(shard, article).map(Some),
            false => Some(None),
        };
        articles.map(cut).collect::<Option<Vec<Option<Digest>>>>()
    };
    let owners = Owners::of(shard, entry, wanted)?;
    let (entries, digests) = rayon::join(|| owners.entries(shard), cut);
    let (entries, mut digests) = (entries?, digests?);
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

    let meanings = shard.meanings().get(record.passages as usize..next.passages as usize)?;

    Some(Digest {
        meanings: meanings.as_flattened().to_vec(),
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

    /// What each article holds; `None` where a posting came from none.
    fn entries(&self, shard: &ShardView) -> Option<Vec<Vec<Entry>>> {
        let mut entries = vec![Vec::new(); self.articles.len()];
        for term in shard.terms() {
            let (key, holders) = term?;
            for (holder, postings, owners) in [
                (Holder::Article, holders.articles, &self.articles),
                (Holder::Passage, holders.passages, &self.passages),
                (Holder::Template, holders.templates, &self.templates),
            ] {
                for posting in postings.iter() {
                    let owner = owners.get(posting.number() as usize)?;
                    if let Some(article) = owner.article {
                        let entry = Entry::new(key, holder, posting.lowered(owner.first));
                        entries.get_mut(article)?.push(entry);
                    }
                }
            }
        }
        Some(entries)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::build::build_shards;
    use crate::index::layout::Sections;
    use crate::index::shard::{self, Shard, Source};
    use crate::index::{BuildReport, Inventory, Observer, Resources, Root};

    /// The shard of the shipped articles, and its bytes.
    fn shipped() -> (Shard, Vec<u8>) {
        let roots = [Root::Embedded];
        let mut inventory = Inventory::take(&roots).expect("it is in the program");
        let resources = Resources::read(&roots, &inventory).expect("they are in the program");
        let (observer, mut report) = (Observer::default(), BuildReport::default());
        let shards = build_shards(&roots, &mut inventory, &resources, None, &observer, &mut report);
        let shard = shards.expect("they can be read").pop().expect("there are articles");
        let Source::Built(bytes) = &shard.source else { panic!("there is none to keep") };
        (shard.clone(), bytes.clone())
    }

    /// The digests of the articles that a file with these bytes keeps.
    fn kept(shard: &Shard, bytes: Vec<u8>, wanted: &[bool]) -> Option<Vec<Option<Digest>>> {
        let entry = shard.entry.clone();
        let view = ShardView::of(Shard { entry, source: Source::Built(bytes) }).ok()?;
        digests(&view, &shard.entry, wanted)
    }

    fn put_together(digests: Vec<Option<Digest>>) -> Vec<u8> {
        let digests: Vec<Digest> = digests.into_iter().flatten().collect();
        match shard::build(0, 0, digests).0.source {
            Source::Built(bytes) => bytes,
            Source::Kept(path) => panic!("{} was not there", path.display()),
        }
    }

    #[test]
    fn digests_come_back_as_they_went_in() {
        let (shard, bytes) = shipped();
        let articles = usize::try_from(shard.entry.articles).expect("few");
        assert!(articles > 5);
        let all = kept(&shard, bytes.clone(), &vec![true; articles]).expect("it is sound");
        assert!(put_together(all) == bytes);
        // In two steps as in one.
        let odd = |place: usize| !place.is_multiple_of(2);
        let some: Vec<bool> = (0..articles).map(odd).collect();
        let some = kept(&shard, bytes.clone(), &some).expect("it is sound");
        assert_eq!(some.iter().flatten().count(), articles / 2);
        let without: Vec<bool> = (0..articles).map(|place| !odd(place)).collect();
        let mut others = kept(&shard, bytes.clone(), &without).expect("it is sound");
        for (other, one) in others.iter_mut().zip(some) {
            *other = other.take().or(one);
        }
        assert!(put_together(others) == bytes);
    }

    #[test]
    fn another_number_of_articles_is_none_of_them() {
        let (shard, bytes) = shipped();
        let articles = usize::try_from(shard.entry.articles).expect("few");
        for number in [0, articles - 1, articles + 1] {
            assert!(kept(&shard, bytes.clone(), &vec![true; number]).is_none());
        }
    }

    /// A checksum stands before it; even so, nothing is done but to leave it.
    #[test]
    fn no_damage_panics() {
        let (shard, bytes) = shipped();
        let articles = usize::try_from(shard.entry.articles).expect("few");
        let sections = Sections::read(&bytes).expect("it is sound");
        for (section, told) in [
            (Section::Buckets, false),
            (Section::Terms, true),
            (Section::Postings, true),
            (Section::Articles, true),
            (Section::Passages, true),
            (Section::Templates, true),
            (Section::Meanings, false),
            (Section::StoredArticles, false),
            (Section::StoredPassages, false),
            (Section::StoredTemplates, false),
            (Section::Words, true),
            (Section::StoredTexts, false),
        ] {
            let range = sections.range(section);
            let mut noticed = 0;
            for part in 0..12 {
                let mut damaged = bytes.clone();
                let place = range.start + range.len() * part / 12;
                let (length, bits) = if part % 2 == 0 { (8, 0xff) } else { (1, 1 << (part % 8)) };
                damaged.iter_mut().skip(place).take(length).for_each(|byte| *byte ^= bits);
                // Every second article, so that numbers and places move.
                let wanted: Vec<bool> = (0..articles).map(|place| place % 2 == 1).collect();
                match kept(&shard, damaged, &wanted) {
                    Some(digests) => drop(put_together(digests)),
                    None => noticed += 1,
                }
            }
            assert_eq!(noticed > 0, told, "{section:?}: {noticed} of 12");
        }
        for length in (0..bytes.len()).step_by(bytes.len() / 20) {
            assert!(kept(&shard, bytes[..length].to_vec(), &vec![true; articles]).is_none());
        }
    }
}
