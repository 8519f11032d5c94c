//! General words that mean the same (国保 and 国民健康保険, サインイン and ログイン), embedded in the library.
//!
//! They come from the Sudachi synonym dictionary and know nothing of the field; what the documentation
//! team's own file says of a word goes before. The table is read in place; `dict/groups.rs` writes it and
//! says how.

use super::hash::hash;
use super::normalize::normalize;

/// The table as the build wrote it.
static BYTES: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/synonyms.bin"));

/// The general synonyms that are embedded in the library.
#[derive(Debug, Clone, Copy)]
pub struct Thesaurus {
    hashes: &'static [[u8; 8]],
    places: &'static [[u8; 4]],
    groups: &'static [u8],
}

impl Thesaurus {
    /// The synonyms that ship with Shirube.
    pub fn shipped() -> Self {
        let (count, rest) = BYTES.split_at(4);
        let count = count.first_chunk().map_or(0, |count| u32::from_le_bytes(*count) as usize);
        let (hashes, rest) = rest.split_at(count * 8);
        let (places, groups) = rest.split_at(count * 4);
        Self { hashes: hashes.as_chunks().0, places: places.as_chunks().0, groups }
    }

    /// The other words of the group that `written` belongs to, in any spelling of it; none where it
    /// belongs to no group or to several.
    ///
    /// ```
    /// let others: Vec<_> = shirube::text::Thesaurus::shipped().others("国保").collect();
    /// assert_eq!(others, ["国民健康保険"]);
    /// ```
    pub fn others(self, written: &str) -> impl Iterator<Item = &'static str> {
        let own = normalize(written);
        let group = self.group(own.text()).unwrap_or_default();
        let group = group.split('\t').filter(|word| !word.is_empty());
        group.filter(move |word| normalize(word).text() != own.text())
    }

    fn group(self, word: &str) -> Option<&'static str> {
        let hash = hash(word);
        let place =
            self.hashes.binary_search_by_key(&hash, |hash| u64::from_le_bytes(*hash)).ok()?;
        let start = u32::from_le_bytes(*self.places.get(place)?) as usize;
        let line = self.groups.get(start..)?.split(|&byte| byte == b'\n').next()?;
        let group = std::str::from_utf8(line).ok()?;
        // Two words may share a hash, however rarely.
        group.split('\t').any(|known| normalize(known).text() == word).then_some(group)
    }
}

#[cfg(test)]
crate::source::cases! {
    words_that_mean_the_same: |word| listed(Thesaurus::shipped().others(word));
}
