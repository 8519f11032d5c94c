//! Writes the table of synonyms that `src/text/thesaurus.rs` reads in place.
//!
//! All numbers are little-endian:
//!
//! 1. how many words there are (`u32`);
//! 2. the hashes of their one spelling, in order (`u64`);
//! 3. for each of them, where its group begins in the letters (`u32`);
//! 4. the groups, a line each, their words separated by tabs.

use std::collections::BTreeMap;

use crate::hash::hash;
use crate::normalize::normalize;

/// The table as bytes, from groups of words, a line each.
pub(crate) fn write(groups: &str) -> Vec<u8> {
    // A word that two groups have in one spelling leads to neither.
    let mut places: BTreeMap<u64, Option<u32>> = BTreeMap::new();
    let mut start = 0u32;
    for group in groups.lines() {
        for word in group.split('\t') {
            let place = places.entry(hash(normalize(word).text())).or_insert(Some(start));
            if *place != Some(start) {
                *place = None;
            }
        }
        start += u32::try_from(group.len() + 1).expect("a group is a line");
    }
    let places: Vec<(u64, u32)> =
        places.into_iter().filter_map(|(hash, place)| Some((hash, place?))).collect();
    let count = u32::try_from(places.len()).expect("there are far fewer than 2^32 words");
    let mut bytes = Vec::from(count.to_le_bytes());
    bytes.extend(places.iter().flat_map(|(hash, _)| hash.to_le_bytes()));
    bytes.extend(places.iter().flat_map(|(_, place)| place.to_le_bytes()));
    bytes.extend(groups.as_bytes());
    bytes
}
