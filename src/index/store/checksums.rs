//! The checksums of the parts of a file.

use std::sync::Arc;

use xxhash_rust::xxh3::xxh3_64;

/// How many bytes share a checksum: few, so that a short list of postings costs little, and yet so many that the
/// checksums of a snapshot are a two-thousandth of it.
pub(in crate::index) const PART: usize = 16 << 10;

/// The checksums (XXH3, 64 bits) of the parts of a file.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(in crate::index) struct Checksums(Arc<Vec<u64>>);

impl Checksums {
    pub(in crate::index) fn of(bytes: &[u8]) -> Self {
        let mut all = Self::default();
        all.extend(bytes);
        all
    }

    /// Adds those of the bytes after, where all before were whole parts.
    pub(in crate::index) fn extend(&mut self, bytes: &[u8]) {
        Arc::make_mut(&mut self.0).extend(bytes.chunks(PART).map(xxh3_64));
    }

    pub(in crate::index) fn get(&self, part: usize) -> Option<&u64> {
        self.0.get(part)
    }

    pub(in crate::index) fn whole(&self) -> u64 {
        xxh3_64(&self.to_bytes())
    }

    pub(in crate::index) fn to_bytes(&self) -> Vec<u8> {
        self.0.iter().flat_map(|part| part.to_le_bytes()).collect()
    }

    /// The checksums of a file of so many bytes, which are at the beginning of `bytes`.
    pub(in crate::index) fn take(bytes: &mut &[u8], size: u64) -> Option<Self> {
        let parts = usize::try_from(size.div_ceil(PART as u64)).ok()?;
        let (own, rest) = bytes.split_at_checked(parts.checked_mul(8)?)?;
        *bytes = rest;
        let parts = own.as_chunks().0.iter().map(|part| u64::from_le_bytes(*part));
        Some(Self(Arc::new(parts.collect())))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn checksums_come_back_as_they_went_in() {
        let bytes = vec![7; PART * 2 + 1];
        let (one, other) = (Checksums::of(&bytes), Checksums::of(&[]));
        let written = [one.to_bytes(), other.to_bytes()].concat();
        let mut rest = written.as_slice();
        assert_eq!(Checksums::take(&mut rest, bytes.len() as u64), Some(one.clone()));
        assert_eq!(Checksums::take(&mut rest, 0), Some(other.clone()));
        assert_eq!(Checksums::take(&mut rest, 1), None);
        assert_ne!(one.whole(), other.whole());
    }
}
