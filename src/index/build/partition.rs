//! Which articles share a shard, and which shards become one.
//!
//! 1. Articles that are indexed are spread over shards by the hash of their path, so that these are built
//!    side by side;
//! 2. of a shard that is, articles that have changed or gone are dead, and what came for them is in a
//!    small shard of its own;
//! 3. a shard that is not much larger than those that are to be written is merged with them, and so is one
//!    of which too much is dead: so there are few, and an article is written again few times
//!    (log-structured merging: O'Neil et al., The Log-Structured Merge-Tree, 1996).

use xxhash_rust::xxh3::xxh3_64;

/// How many articles a new shard holds at least, on average; at most twice as many. A search asks every shard
/// for every word, so few are quicker.
const ARTICLES_PER_SHARD: usize = 8192;
/// The most new shards: each costs every search a look-up a word.
const MOST_SHARDS: usize = 64;

/// A shard of up to so many articles is merged with whatever is written.
const SMALL: u64 = 64;
/// A shard is merged that has at most so many times the articles that are written anyway.
const GROWTH: u64 = 4;
/// One article of so many may be dead before a shard is written again.
const DEAD: u64 = 8;

/// Spreads things with paths over shards, each in order; none is empty.
pub(in crate::index) fn partition<T>(all: Vec<T>, path: impl Fn(&T) -> &str) -> Vec<Vec<T>> {
    let shards = shards_of(all.len());
    let mut parts: Vec<Vec<T>> = (0..shards).map(|_| Vec::new()).collect();
    for one in all {
        let part = xxh3_64(path(&one).as_bytes()) % shards;
        if let Some(part) = usize::try_from(part).ok().and_then(|part| parts.get_mut(part)) {
            part.push(one);
        }
    }
    parts.retain(|part| !part.is_empty());
    parts
}

/// How many shards so many articles are spread over: a power of two.
fn shards_of(articles: usize) -> u64 {
    let shards = articles / ARTICLES_PER_SHARD;
    1 << shards.checked_ilog2().unwrap_or(0).min(MOST_SHARDS.ilog2())
}

/// The articles of a shard: how many are alive, and how many are dead.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::index) struct Population {
    pub(in crate::index) alive: u64,
    pub(in crate::index) dead: u64,
}

/// Which of the shards at hand are merged with `new` articles, by their places.
pub(in crate::index) fn merged(shards: &[Population], new: u64) -> Vec<usize> {
    let worn = |shard: &Population| shard.dead > 0 && shard.dead * DEAD >= shard.alive;
    let mut merged: Vec<bool> = shards.iter().map(worn).collect();
    let mut written = new + sum(shards, &merged);
    while written > 0 {
        for (shard, merged) in shards.iter().zip(&mut merged) {
            *merged |= shard.alive <= SMALL || shard.alive <= written.saturating_mul(GROWTH);
        }
        let more = new + sum(shards, &merged);
        if more == written {
            break;
        }
        written = more;
    }
    (0..shards.len()).filter(|&place| merged.get(place).is_some_and(|&merged| merged)).collect()
}

/// How many articles of the merged shards are alive.
fn sum(shards: &[Population], merged: &[bool]) -> u64 {
    let merged = shards.iter().zip(merged).filter(|(_, merged)| **merged);
    merged.map(|(shard, _)| shard.alive).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_article_stands_in_one_part() {
        for articles in [0, 1, ARTICLES_PER_SHARD * 2 - 1, ARTICLES_PER_SHARD * 2] {
            let paths: Vec<String> = (0..articles).map(|number| format!("{number}.md")).collect();
            let parts = partition(paths.clone(), |path| path);
            let mut all: Vec<String> = parts.into_iter().flatten().collect();
            all.sort_by_key(|path| {
                path.trim_end_matches(".md").parse::<usize>().expect("a number")
            });
            assert_eq!(all, paths);
        }
    }

    crate::source::cases! {
        numbers_of_shards: |articles| shards_of(articles.parse().expect("a number"));
        shards_that_are_merged: |it| {
            // Each shard as `alive-dead`, and how many articles are written. Where none is, none is merged for its size.
            let (shards, new) = two(it);
            let number = |text: &str| text.parse().expect("a number");
            let shards = shards.split(' ').filter_map(|it| it.split_once('-'));
            let population = |(alive, dead)| Population { alive: number(alive), dead: number(dead) };
            let shards: Vec<Population> = shards.map(population).collect();
            listed(merged(&shards, number(new)))
        };
    }

    #[test]
    fn there_are_few_shards_however_often_one_article_changes() {
        let (mut standing, mut written) = (vec![Population { alive: 8000, dead: 0 }; 2], 0);
        for _ in 0..5000 {
            standing[0].alive -= 1;
            standing[0].dead += 1;
            let chosen = merged(&standing, 1);
            let alive = 1 + chosen.iter().map(|&place| standing[place].alive).sum::<u64>();
            written += alive;
            let rest = standing.iter().enumerate().filter(|(place, _)| !chosen.contains(place));
            standing =
                rest.map(|(_, shard)| *shard).chain([Population { alive, dead: 0 }]).collect();
            assert!(standing.len() <= 6, "{standing:?}");
            assert_eq!(standing.iter().map(|shard| shard.alive).sum::<u64>(), 16_000);
        }
        assert!(written < 5000 * 150, "{written}");
    }
}
