//! Tables whose keys are hashes already.

use std::hash::{BuildHasherDefault, Hasher};

pub(crate) type Hashed = BuildHasherDefault<AsIs>;

/// Takes a 64-bit key as its own hash.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct AsIs(u64);

impl Hasher for AsIs {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        // Only `write_u64` is used; this keeps the trait's promise for anything else.
        self.0 = xxhash_rust::xxh3::xxh3_64_with_seed(bytes, self.0);
    }

    fn write_u64(&mut self, hash: u64) {
        self.0 = hash;
    }
}
