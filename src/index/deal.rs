//! Which articles share a shard.
//!
//! Articles are dealt to slots by the hash of their paths, so that a change touches one slot, whatever
//! stands in the others. What a slot holds is a shard.

use xxhash_rust::xxh3::{Xxh3, xxh3_64};

use super::Inventory;
use super::inventory::{Entry, Role};

/// How many articles a shard holds at least, on average; at most twice as many. A search asks every shard
/// for every word, so few are quicker. Of a shard whose articles changed, what it keeps of the others is
/// taken over (`carry`), so a large one costs an update little.
const ARTICLES_PER_SHARD: usize = 1024;
/// The most shards: each costs every search a look-up a word.
const MOST_SHARDS: usize = 256;

/// The articles of one shard.
#[derive(Debug)]
pub(super) struct Deal {
    /// What the hashes of their paths have in common.
    pub(super) slot: u64,
    /// Their places in the inventory, in order.
    pub(super) places: Vec<usize>,
}

/// The articles of all shards.
#[derive(Debug)]
pub(super) struct Deals {
    /// How many slots there are.
    slots: u64,
    /// The slots that hold articles, in order.
    pub(super) deals: Vec<Deal>,
}

impl Deals {
    /// Deals the articles of an inventory.
    pub(super) fn of(inventory: &Inventory) -> Self {
        Self::to(slots_of(inventory.articles().count()), inventory)
    }

    /// Deals the articles of an inventory to so many slots.
    fn to(slots: u64, inventory: &Inventory) -> Self {
        let mut deals: Vec<Deal> =
            (0..slots).map(|slot| Deal { slot, places: Vec::new() }).collect();
        for (place, entry) in inventory.entries.iter().enumerate() {
            if entry.role == Role::Article {
                let slot = xxh3_64(entry.path.as_bytes()) % slots;
                if let Some(deal) = usize::try_from(slot).ok().and_then(|slot| deals.get_mut(slot))
                {
                    deal.places.push(place);
                }
            }
        }
        deals.retain(|deal| !deal.places.is_empty());
        Self { slots, deals }
    }

    /// What stands where the articles of a slot are found, or some of them, even if that is one of more or
    /// fewer slots than there are here; `None` where nothing does.
    pub(super) fn of_slot(&self, slot: u64) -> Option<&Deal> {
        let place = self.deals.binary_search_by_key(&(slot % self.slots), |deal| deal.slot).ok()?;
        self.deals.get(place)
    }
}

/// How many slots so many articles are dealt to: a power of two.
fn slots_of(articles: usize) -> u64 {
    let shards = articles / ARTICLES_PER_SHARD;
    1 << shards.checked_ilog2().unwrap_or(0).min(MOST_SHARDS.ilog2())
}

/// The fingerprint of a shard: of its articles, each with the hash of its content, and of what all articles
/// depend on.
pub(super) fn fingerprint<'e>(
    resources: u64,
    articles: impl IntoIterator<Item = (&'e Entry, u64)>,
) -> u64 {
    let mut hasher = Xxh3::new();
    hasher.update(&resources.to_le_bytes());
    for (entry, content) in articles {
        entry.hash_into(content, &mut hasher);
    }
    hasher.digest()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn inventory(articles: usize) -> Inventory {
        let entry = |number: usize, role| Entry {
            root: 0,
            path: format!("article-{number:05}.md"),
            role,
            size: 0,
            modified: 0,
            content: None,
        };
        let articles = (0..articles).map(|number| entry(number, Role::Article));
        Inventory { entries: articles.chain([entry(99_999, Role::Resource)]).collect() }
    }

    #[test]
    fn every_article_is_dealt_once() {
        for articles in [0, 1, ARTICLES_PER_SHARD * 2 - 1, ARTICLES_PER_SHARD * 2, 10_000] {
            let deals = Deals::of(&inventory(articles));
            let mut places: Vec<usize> =
                deals.deals.iter().flat_map(|deal| deal.places.iter().copied()).collect();
            places.sort_unstable();
            assert_eq!(places, (0..articles).collect::<Vec<_>>());
        }
    }

    #[test]
    fn shards_are_neither_small_nor_large() {
        for (articles, slots) in [(0, 1), (2047, 1), (2048, 2), (16_461, 16), (10_000_000, 256)] {
            assert_eq!(slots_of(articles), slots, "{articles} articles");
        }
    }

    #[test]
    fn a_slot_without_articles_is_no_shard() {
        let deals = Deals::to(64, &inventory(3));
        assert!((1..=3).contains(&deals.deals.len()));
        for deal in &deals.deals {
            assert_eq!(deals.of_slot(deal.slot).map(|found| &found.places), Some(&deal.places));
        }
        let empty = (0..64).filter(|&slot| deals.of_slot(slot).is_none()).count();
        assert_eq!(empty, 64 - deals.deals.len());
    }

    #[test]
    fn articles_are_found_where_fewer_slots_held_them() {
        let inventory = inventory(500);
        let (before, after) = (Deals::to(4, &inventory), Deals::to(8, &inventory));
        for deal in &after.deals {
            let found = before.of_slot(deal.slot).expect("it holds the articles");
            assert!(deal.places.iter().all(|place| found.places.contains(place)));
        }
    }
}
