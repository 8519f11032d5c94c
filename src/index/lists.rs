//! The terms of a shard with the lists of their holders.
//!
//! 1. keys are hashes and lie evenly: they are cut into ranges by their first bits, and each range is worked
//!    on by itself, on any core;
//! 2. the entries of all articles within a range are gathered and sorted, and become records of terms and
//!    lists of postings, which begin at 0;
//! 3. the ranges are put behind each other, and the table of buckets leads to them.

use rayon::prelude::*;

use super::digest::Entry;
use super::layout::TermRecord;
use super::posting::Holder;

/// How many bits of a key choose its range: of a thousand articles, a range is then sorted within a core's own
/// cache.
const RANGE_BITS: u32 = 6;
const RANGES: usize = 1 << RANGE_BITS;
/// How many terms share a bucket, about: few enough to be looked through in one cache line or two.
const TERMS_IN_BUCKET: usize = 4;
/// The fewest bits of a key that choose its bucket; see `view`.
const LEAST_BUCKET_BITS: u32 = 2;

/// What an article of the shard holds.
pub(super) struct Held {
    /// In order; numbers count from the article's own first passage and template.
    pub(super) entries: Vec<Entry>,
    /// The number of the article, and those of its first passage and template.
    pub(super) article: u32,
    pub(super) passages: u32,
    pub(super) templates: u32,
}

/// The sections that lead from a term to its holders.
pub(super) struct Lists {
    pub(super) buckets: Vec<u8>,
    pub(super) terms: Vec<u8>,
    pub(super) postings: Vec<u8>,
}

impl Lists {
    /// The lists of all that some articles hold.
    pub(super) fn of(articles: &[Held]) -> Self {
        // All at once, while the entries of an article are at hand.
        let starts: Vec<[usize; RANGES + 1]> = articles.par_iter().map(starts_of_ranges).collect();
        let ranges: Vec<(Vec<TermRecord>, Vec<u8>)> = (0..RANGES)
            .into_par_iter()
            .map(|range| {
                let parts = articles.iter().zip(&starts).map(|(held, starts)| {
                    let part = starts.get(range).zip(starts.get(range + 1));
                    (held, part.and_then(|(&start, &end)| held.entries.get(start..end)))
                });
                lists_of(parts.filter_map(|(held, part)| Some((held, part?))))
            })
            .collect();
        let mut keys = Vec::with_capacity(ranges.iter().map(|(records, _)| records.len()).sum());
        let mut terms = Vec::with_capacity(keys.capacity() * TermRecord::SIZE);
        let mut postings = Vec::with_capacity(ranges.iter().map(|(_, lists)| lists.len()).sum());
        for (records, lists) in ranges {
            let before = length(&postings);
            for record in records {
                keys.push(record.key);
                TermRecord { start: record.start.saturating_add(before), ..record }
                    .write(&mut terms);
            }
            postings.extend_from_slice(&lists);
        }
        Self { buckets: buckets(&keys), terms, postings }
    }
}

/// Where the entries of each range begin, and where those of the last one end.
fn starts_of_ranges(held: &Held) -> [usize; RANGES + 1] {
    std::array::from_fn(|range| {
        let before = |entry: &Entry| (entry.key() >> (u64::BITS - RANGE_BITS)) < range as u64;
        held.entries.partition_point(before)
    })
}

/// The terms of one range with their lists, which begin at 0.
fn lists_of<'h>(
    parts: impl Iterator<Item = (&'h Held, &'h [Entry])>,
) -> (Vec<TermRecord>, Vec<u8>) {
    let mut entries: Vec<Entry> = Vec::new();
    for (held, part) in parts {
        entries.extend(part.iter().map(|entry| match entry.holder() {
            Holder::Article => entry.shifted(held.article),
            Holder::Passage => entry.shifted(held.passages),
            Holder::Template => entry.shifted(held.templates),
        }));
    }
    entries.sort_unstable();
    let mut records = Vec::new();
    let mut lists = Vec::with_capacity(entries.len() * 4 + entries.len() / 2);
    for group in entries.chunk_by(|one, other| one.key() == other.key()) {
        let Some(first) = group.first() else { continue };
        let articles = group.partition_point(|entry| entry.holder() < Holder::Passage);
        let behind = group.partition_point(|entry| entry.holder() < Holder::Template);
        let templates = group.len() - behind;
        records.push(TermRecord {
            key: first.key(),
            start: length(&lists),
            passages: u32::try_from(behind - articles).unwrap_or(0),
            in_articles: articles > 0,
            in_templates: templates > 0,
        });
        for number in [articles, templates].into_iter().filter(|&number| number > 0) {
            lists.extend_from_slice(&u32::try_from(number).unwrap_or(0).to_le_bytes());
        }
        lists.extend(group.iter().flat_map(|entry| entry.posting().to_le_bytes()));
    }
    (records, lists)
}

/// How many postings these bytes are.
fn length(postings: &[u8]) -> u32 {
    u32::try_from(postings.len() / 4).unwrap_or(u32::MAX)
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
