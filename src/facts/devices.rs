//! How many devices report an incident: exact up to a bound, then estimated.
//!
//! The hashes of the names are kept, and of more than [`EXACT`] names only the smallest hashes: how
//! densely they lie tells how many there are (the k-minimum-values estimate of Bar-Yossef et al., 2002).
//! The smallest hashes of a union do not depend on the order it was made in.

use std::collections::BTreeSet;

/// How many devices are counted exactly.
pub(crate) const EXACT: usize = 8192;
/// How many are named.
pub(crate) const NAMED: usize = 20;

/// A set of devices.
#[derive(Debug, Clone, Default)]
pub(crate) struct Devices {
    /// The first names, in order of appearance.
    names: Vec<String>,
    recent: Vec<u64>,
    hashes: BTreeSet<u64>,
    overflowed: bool,
}

/// How many hashes gather before they are sorted in.
const RECENT: usize = 64;

impl Devices {
    /// Adds a device by its name.
    pub(crate) fn add(&mut self, name: &str) {
        let hash = xxhash_rust::xxh3::xxh3_64(name.as_bytes());
        if self.names.len() < NAMED && !self.names.iter().any(|known| known == name) {
            self.names.push(name.to_owned());
        }
        self.recent.push(hash);
        if self.recent.len() >= RECENT {
            self.settle();
        }
    }

    /// Adds the devices of a later part of the paste.
    pub(crate) fn merge(&mut self, later: Self) {
        for name in later.names {
            if self.names.len() < NAMED && !self.names.contains(&name) {
                self.names.push(name);
            }
        }
        self.overflowed |= later.overflowed;
        self.recent.extend(later.hashes);
        self.recent.extend(later.recent);
        self.settle();
    }

    /// The first names, in order of appearance.
    pub(crate) fn into_names(self) -> Vec<String> {
        self.names
    }

    /// How many devices there are, and whether that is exact.
    pub(crate) fn count(&mut self) -> (u64, bool) {
        self.settle();
        match self.hashes.last() {
            Some(&largest) if self.overflowed && largest > 0 => {
                let density = (self.hashes.len() as u128 - 1) << 64;
                (u64::try_from(density / u128::from(largest)).unwrap_or(u64::MAX), false)
            }
            _ => (self.hashes.len() as u64, true),
        }
    }

    fn settle(&mut self) {
        self.hashes.extend(self.recent.drain(..));
        while self.hashes.len() > EXACT {
            self.overflowed = true;
            self.hashes.pop_last();
        }
    }
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
        assert_eq!(few.into_names().len(), NAMED);
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
