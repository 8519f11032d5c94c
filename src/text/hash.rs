//! Where a word is in the table of words; the build writes it where the library looks it up.

/// FNV-1a, 64 bits: short words, no need for more.
pub(crate) fn hash(word: &str) -> u64 {
    word.bytes().fold(0xcbf2_9ce4_8422_2325, |value, byte| {
        (value ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}
