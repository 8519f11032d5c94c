//! The table of words that is embedded in the library: how rare each is, and which vector it has. It is
//! read in place; `dict/table.rs` writes it and says how.

use std::sync::LazyLock;

use super::hash::hash;

/// The table as the build wrote it.
static BYTES: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/words.bin"));

static TABLE: LazyLock<Table> = LazyLock::new(|| Table::of(BYTES));

/// The parts of the table, as they lie in the program.
#[derive(Debug)]
struct Table {
    slots: &'static [[u8; 4]],
    ends: &'static [[u8; 4]],
    scales: &'static [[u8; 4]],
    rows: &'static [[u8; 2]],
    rarities: &'static [u8],
    vectors: &'static [u8],
    dimensions: usize,
    letters: &'static [u8],
}

impl Table {
    fn of(bytes: &'static [u8]) -> Self {
        let (header, rest) = bytes.split_at(16);
        let mut numbers = header.as_chunks::<4>().0.iter().map(|n| u32::from_le_bytes(*n) as usize);
        let mut next = || numbers.next().unwrap_or(0);
        let (slots, words, rows, dimensions) = (next(), next(), next(), next());
        let (slots, rest) = rest.split_at(slots * 4);
        let (ends, rest) = rest.split_at(words * 4);
        let (scales, rest) = rest.split_at(rows * 4);
        let (word_rows, rest) = rest.split_at(words * 2);
        let (rarities, rest) = rest.split_at(words);
        let (vectors, letters) = rest.split_at(rows * dimensions);
        Self {
            slots: slots.as_chunks().0,
            ends: ends.as_chunks().0,
            scales: scales.as_chunks().0,
            rows: word_rows.as_chunks().0,
            rarities,
            vectors,
            dimensions,
            letters,
        }
    }

    fn word(&self, number: usize) -> &'static [u8] {
        let end = |number: usize| {
            self.ends.get(number).map_or(0, |end| u32::from_le_bytes(*end) as usize)
        };
        let start = number.checked_sub(1).map_or(0, end);
        self.letters.get(start..end(number)).unwrap_or_default()
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct KnownWord(usize);

/// The rarity of a word that no dictionary knows, in nats.
const UNKNOWN_RARITY: f32 = 11.0;

/// The rarity of a word that the path through the dictionary does not know.
pub(super) fn unknown_rarity(term: &str) -> f32 {
    find(term).map_or(UNKNOWN_RARITY, KnownWord::rarity)
}

pub(super) fn find(word: &str) -> Option<KnownWord> {
    let mask = TABLE.slots.len().checked_sub(1)?;
    #[expect(clippy::cast_possible_truncation, reason = "masked to the table's size")]
    let mut slot = hash(word) as usize & mask;
    loop {
        let number = u32::from_le_bytes(*TABLE.slots.get(slot)?) as usize;
        let entry = number.checked_sub(1)?;
        if TABLE.word(entry) == word.as_bytes() {
            return Some(KnownWord(entry));
        }
        slot = (slot + 1) & mask;
    }
}

impl KnownWord {
    /// How rare the word is, in nats; see [`super::Token::rarity`].
    pub(super) fn rarity(self) -> f32 {
        TABLE.rarities.get(self.0).map_or(0.0, |&tenths| f32::from(tenths) / 10.0)
    }

    pub(super) fn row(self) -> u16 {
        TABLE.rows.get(self.0).map_or(0, |row| u16::from_le_bytes(*row))
    }
}

/// The vector of a row, and one over its length.
pub(super) fn vector(row: u16) -> Option<(&'static [u8], f32)> {
    let start = usize::from(row) * TABLE.dimensions;
    let vector = TABLE.vectors.get(start..start + TABLE.dimensions)?;
    Some((vector, f32::from_le_bytes(*TABLE.scales.get(usize::from(row))?)))
}
