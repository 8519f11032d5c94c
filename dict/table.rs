//! Writes the table of words that `src/text/words.rs` reads in place: which words there are, how rare
//! each is, and its vector.
//!
//! All numbers are little-endian:
//!
//! 1. how many slots, words, rows, and numbers in a row there are (`u32` each);
//! 2. the slots: for the hash of a word, its number plus one, or 0 (`u32`);
//! 3. where each word ends in the letters (`u32`);
//! 4. one over the length of each row's vector (`f32`);
//! 5. each word's row (`u16`), each word's rarity in tenths of a nat (`u8`);
//! 6. the rows (`i8`), the letters of the words one behind the other.

use std::collections::BTreeMap;

use crate::hash::hash;

/// How many numbers a vector has.
const DIMENSIONS: usize = 256;

/// The table as bytes. `words` gives each word its row and its rarity; `packed` are the vectors,
/// two numbers in a byte.
pub(crate) fn write(words: &BTreeMap<String, (u16, u16)>, packed: &[u8]) -> Vec<u8> {
    let rows: Vec<u8> = packed.iter().flat_map(|&pair| unpack(pair)).collect();
    let slots = (words.len() * 2).next_power_of_two();
    let mut table = vec![0u32; slots];
    for (number, word) in (1..).zip(words.keys()) {
        #[expect(clippy::cast_possible_truncation, reason = "masked to the table's size")]
        let mut slot = hash(word) as usize & (slots - 1);
        while table[slot] != 0 {
            slot = (slot + 1) & (slots - 1);
        }
        table[slot] = number;
    }

    let mut bytes = Vec::new();
    for number in [slots, words.len(), rows.len() / DIMENSIONS, DIMENSIONS] {
        let number = u32::try_from(number).expect("the table has far fewer than 2^32 of anything");
        bytes.extend(number.to_le_bytes());
    }
    bytes.extend(table.iter().flat_map(|slot| slot.to_le_bytes()));
    let mut end = 0u32;
    for word in words.keys() {
        end += u32::try_from(word.len()).expect("a word is short");
        bytes.extend(end.to_le_bytes());
    }
    for row in rows.chunks_exact(DIMENSIONS) {
        let square: f32 = row.iter().map(|&byte| f32::from(byte.cast_signed()).powi(2)).sum();
        bytes.extend((1.0 / square.sqrt()).to_le_bytes());
    }
    bytes.extend(words.values().flat_map(|(row, _)| row.to_le_bytes()));
    bytes.extend(words.values().map(|&(_, rarity)| u8::try_from(rarity).unwrap_or(u8::MAX)));
    bytes.extend(rows);
    bytes.extend(words.keys().flat_map(|word| word.bytes()));
    bytes
}

/// The two numbers of a byte, each from -7 to 7 and written as that plus 8, the first in the lower bits.
fn unpack(pair: u8) -> [u8; 2] {
    [pair & 0x0f, pair >> 4].map(|half| half.wrapping_sub(8))
}
