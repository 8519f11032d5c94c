//! The best documents of all shards.

use crate::index::Address;

/// How many sums are looked at together.
const BLOCK: usize = 64;

/// The documents with the greatest sums, and all that are level with the last of them.
pub(super) struct TopK {
    k: usize,
    /// The least score that enters.
    threshold: i32,
    found: Vec<(i32, Address)>,
    /// How many may be held before the lesser ones are dropped.
    capacity: usize,
}

impl TopK {
    pub(super) fn new(k: usize) -> Self {
        Self { k, threshold: 1, found: Vec::new(), capacity: k.saturating_mul(2) }
    }

    pub(super) fn collect(&mut self, shard: u32, sums: &[i32]) {
        let (blocks, rest) = sums.as_chunks::<BLOCK>();
        let mut first = 0;
        for sums in blocks {
            // Most blocks hold none, which is quickly told: no difference is negative.
            let least = self.threshold - 1;
            if sums.iter().fold(0, |any, &sum| any | (least - sum)) < 0 {
                self.take(shard, first, sums);
            }
            first += BLOCK as u32;
        }
        self.take(shard, first, rest);
    }

    /// Takes what enters of the sums of the documents from `first` on.
    fn take(&mut self, shard: u32, first: u32, sums: &[i32]) {
        for (number, &sum) in (first..).zip(sums) {
            if sum >= self.threshold {
                self.found.push((sum, Address { shard, number }));
                if self.found.len() >= self.capacity {
                    self.drop_lesser();
                }
            }
        }
    }

    fn drop_lesser(&mut self) {
        if self.found.len() > self.k {
            self.found.select_nth_unstable_by_key(self.k - 1, |&(sum, _)| std::cmp::Reverse(sum));
            self.threshold = self.found.get(self.k - 1).map_or(1, |&(sum, _)| sum);
            let threshold = self.threshold;
            self.found.retain(|&(sum, _)| sum >= threshold);
        }
        self.capacity = self.found.len() + self.k;
    }

    pub(super) fn into_vec(mut self) -> Vec<Address> {
        self.drop_lesser();
        self.found.into_iter().map(|(_, address)| address).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn best(limit: usize, shards: &[&[i32]]) -> Vec<(u32, u32)> {
        let mut best = TopK::new(limit);
        for (shard, values) in (0..).zip(shards) {
            best.collect(shard, values);
        }
        let mut found: Vec<_> = best.into_vec().iter().map(|a| (a.shard, a.number)).collect();
        found.sort_unstable();
        found
    }

    #[test]
    fn the_greatest_are_found() {
        assert_eq!(best(2, &[&[1, 9, 3], &[0, 7]]), [(0, 1), (1, 1)]);
    }

    #[test]
    fn all_that_are_level_with_the_last_are_found() {
        assert_eq!(best(2, &[&[5, 9, 5], &[5, 4]]), [(0, 0), (0, 1), (0, 2), (1, 0)]);
    }

    #[test]
    fn many_documents_are_sifted() {
        let values: Vec<i32> = (1..=1000).collect();
        assert_eq!(best(2, &[&values, &values]), [(0, 999), (1, 999)]);
        let level = vec![3; 100];
        assert_eq!(best(2, &[&level, &level]).len(), 200);
    }
}
