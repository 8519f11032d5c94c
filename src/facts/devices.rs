//! How many devices report an incident: exact up to a bound, then estimated.
//!
//! The hashes of the names are kept, and of more than [`EXACT`] names only the smallest hashes: how
//! densely they lie tells how many there are (the k-minimum-values estimate of Bar-Yossef et al., 2002).
//! The smallest hashes of a union do not depend on the order it was made in.

use rustc_hash::FxHashSet;

/// How many devices are counted exactly.
pub(crate) const EXACT: usize = 8192;
/// How many are named: each that is counted exactly, since a list of devices is copied to do something with each.
const NAMED: usize = EXACT;

#[derive(Debug, Clone)]
pub(crate) struct Devices {
    names: Vec<String>,
    hashes: FxHashSet<u64>,
    /// No larger hash is kept.
    limit: u64,
}

impl Default for Devices {
    fn default() -> Self {
        Self { names: Vec::new(), hashes: FxHashSet::default(), limit: u64::MAX }
    }
}

impl Devices {
    pub(crate) fn add(&mut self, name: &str) {
        if self.insert(hash(name)) && self.names.len() < NAMED {
            self.names.push(name.to_owned());
        }
    }

    /// Adds the devices of a later part of the paste.
    pub(crate) fn merge(&mut self, later: Self) {
        for name in later.names {
            if self.names.len() < NAMED && !self.hashes.contains(&hash(&name)) {
                self.names.push(name);
            }
        }
        self.limit = self.limit.min(later.limit);
        for hash in sorted(later.hashes) {
            self.insert(hash);
        }
    }

    pub(crate) fn into_names(self) -> Vec<String> {
        self.names
    }

    /// How many devices there are, and whether that is exact.
    pub(crate) fn count(&self) -> (u64, bool) {
        let mut hashes: Vec<u64> =
            self.hashes.iter().copied().filter(|hash| *hash <= self.limit).collect();
        let exact = self.limit == u64::MAX && hashes.len() <= EXACT;
        if exact {
            return (hashes.len() as u64, true);
        }
        hashes.sort_unstable();
        hashes.truncate(EXACT);
        let largest = hashes.last().copied().unwrap_or(u64::MAX).max(1);
        let density = (hashes.len().saturating_sub(1) as u128) << 64;
        (u64::try_from(density / u128::from(largest)).unwrap_or(u64::MAX), false)
    }

    fn insert(&mut self, hash: u64) -> bool {
        let new = hash <= self.limit && self.hashes.insert(hash);
        // Twice the bound, so that sorting is rare.
        if new && self.hashes.len() > 2 * EXACT {
            let mut smallest = sorted(std::mem::take(&mut self.hashes));
            smallest.truncate(EXACT);
            self.limit = smallest.last().copied().unwrap_or(u64::MAX);
            self.hashes = smallest.into_iter().collect();
        }
        new
    }
}

fn hash(name: &str) -> u64 {
    xxhash_rust::xxh3::xxh3_64(name.as_bytes())
}

fn sorted(hashes: FxHashSet<u64>) -> Vec<u64> {
    let mut hashes: Vec<u64> = hashes.into_iter().collect();
    hashes.sort_unstable();
    hashes
}

#[cfg(test)]
mod tests {
    use super::*;

    fn devices(numbers: std::ops::Range<u32>) -> Devices {
        let mut devices = Devices::default();
        for number in numbers {
            devices.add(&format!("iPad-{number}"));
        }
        devices
    }

    #[test]
    fn counts_exactly_up_to_the_bound() {
        let mut few = devices(0..3000);
        few.merge(devices(2000..4000));
        assert_eq!(few.count(), (4000, true));
        assert_eq!(few.into_names().len(), 4000);
    }

    #[test]
    fn estimates_beyond_it_whatever_the_order() {
        let mut forward = devices(0..60_000);
        forward.merge(devices(50_000..100_000));
        let mut backward = devices(50_000..100_000);
        backward.merge(devices(0..60_000));
        let (count, exact) = forward.count();
        assert!(!exact);
        assert!((95_000..105_000).contains(&count), "{count}");
        assert_eq!(backward.count(), (count, false));
    }
}
