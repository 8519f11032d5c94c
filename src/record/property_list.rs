//! Binary property lists, made XML before they are read: only as far as that does not outgrow what was pasted.
//!
//! An object of a binary list may be referred to any number of times, so that a list of 250 bytes stands for
//! gigabytes. Before anything is expanded, each object's size is added up once, with what it refers to: how many
//! references are followed, how deep they nest and how many bytes come out are bounded. A list beyond the bounds is
//! read as the strings that it holds, a line each.
//!
//! The form is that of Core Foundation (`CFBinaryPList.c`): a table of offsets at the end, and a trailer of 32 bytes.

use crate::source::Phrase;

/// The deepest nesting that is expanded; lists of device management have some ten levels.
const DEEPEST: u32 = 64;
/// XML of any list may be this long, and longer by a factor of its own length: keys that many dictionaries share
/// are written each time.
const ALWAYS: u64 = 1 << 20;
const FACTOR: u64 = 64;
const LARGEST: u64 = 16 << 20;
/// The size of an element's tags and indentation, at most.
const ELEMENT: u64 = 32 + DEEPEST as u64;

/// A list as text, with a warning where only its strings were read. `None` where it is none.
pub(super) fn expand(bytes: &[u8]) -> Option<(Vec<u8>, Option<Phrase>)> {
    if !bytes.starts_with(b"bplist0") {
        return None;
    }
    let table = Table::read(bytes)?;
    if !table.is_bounded() {
        let told = Phrase::new(
            "プロパティリストの参照か入れ子が多すぎて展開できません。文字列だけを1行ずつ読みました",
            "the property list refers to itself too often, or nests too deep, to be expanded; only its strings were read, a line each",
        );
        return Some((table.strings(), Some(told)));
    }
    let value = plist::Value::from_reader(std::io::Cursor::new(bytes)).ok()?;
    let mut xml = Vec::new();
    value.to_writer_xml(&mut xml).ok()?;
    Some((xml, None))
}

struct Table<'b> {
    bytes: &'b [u8],
    offset_size: usize,
    reference_size: usize,
    objects: usize,
    top: usize,
    start: usize,
}

/// The content of an object: its own bytes as text, or the objects that it holds.
enum Object {
    /// The longest that it is as text.
    Plain(u64),
    /// Where its references begin, and how many there are.
    Container(usize, usize),
}

/// An object's size with all that it holds, and how deep that nests.
#[derive(Clone, Copy, Default)]
struct Extent {
    size: u64,
    depth: u32,
}

impl<'b> Table<'b> {
    fn read(bytes: &'b [u8]) -> Option<Self> {
        let trailer = bytes.get(bytes.len().checked_sub(32)?..)?;
        let number = |from: usize| usize::try_from(big_endian(trailer.get(from..from + 8)?)).ok();
        let table = Self {
            bytes,
            offset_size: usize::from(*trailer.get(6)?),
            reference_size: usize::from(*trailer.get(7)?),
            objects: number(8)?,
            top: number(16)?,
            start: number(24)?,
        };
        let sizes = (1..=8).contains(&table.offset_size) && (1..=8).contains(&table.reference_size);
        // Every object has an entry of the table.
        (sizes && table.objects <= bytes.len()).then_some(table)
    }

    fn is_bounded(&self) -> bool {
        let length = self.bytes.len() as u64;
        let most = LARGEST.min(ALWAYS + FACTOR * length);
        self.extent(length).is_some_and(|extent| extent.size <= most)
    }

    /// The extent of the top object, each object visited once; `None` where more than `references` are followed, or
    /// they nest too deep or in a circle.
    fn extent(&self, mut references: u64) -> Option<Extent> {
        let mut known: Vec<Option<Extent>> = vec![None; self.objects];
        // The objects that are open, each with its references, the next of them, and the extent so far.
        let mut open: Vec<(usize, usize, usize, usize, Extent)> = Vec::new();
        let mut next = Some(self.top);
        loop {
            if let Some(object) = next.take() {
                match self.object(object)? {
                    Object::Plain(size) => {
                        *known.get_mut(object)? = Some(Extent { size, depth: 0 })
                    }
                    Object::Container(start, count) => {
                        if open.len() >= DEEPEST as usize {
                            return None;
                        }
                        open.push((object, start, count, 0, Extent { size: ELEMENT, depth: 0 }));
                    }
                }
            }
            let Some((object, start, count, at, extent)) = open.last_mut() else { break };
            if at == count {
                *known.get_mut(*object)? = Some(*extent);
                open.pop();
                continue;
            }
            let held = self.number(*start, *at, self.reference_size)?;
            match known.get(held)? {
                Some(inner) => {
                    references = references.checked_sub(1)?;
                    *at += 1;
                    extent.size = extent.size.saturating_add(inner.size);
                    extent.depth = extent.depth.max(inner.depth + 1);
                    if extent.depth > DEEPEST {
                        return None;
                    }
                }
                None => next = Some(held),
            }
        }
        known.get(self.top).copied().flatten()
    }

    /// A number of a row of them, which begins at `start`; each has `size` bytes.
    fn number(&self, start: usize, at: usize, size: usize) -> Option<usize> {
        let from = start.checked_add(at.checked_mul(size)?)?;
        usize::try_from(big_endian(self.bytes.get(from..from.checked_add(size)?)?)).ok()
    }

    fn object(&self, object: usize) -> Option<Object> {
        let (kind, start, count) = self.counted(object)?;
        Some(match kind {
            0x4 | 0x5 => Object::Plain(ELEMENT + 6 * count as u64),
            0x6 => Object::Plain(ELEMENT + 12 * count as u64),
            0xA | 0xC => Object::Container(start, count),
            0xD => Object::Container(start, count.checked_mul(2)?),
            _ => Object::Plain(2 * ELEMENT),
        })
    }

    /// The kind of an object, where its contents begin, and how many there are: in its marker, or in a number after it.
    fn counted(&self, object: usize) -> Option<(u8, usize, usize)> {
        let at = self.number(self.start, object, self.offset_size)?;
        let marker = *self.bytes.get(at)?;
        let (kind, low) = (marker >> 4, usize::from(marker & 0xF));
        if low < 0xF || !matches!(kind, 0x4..=0x6 | 0xA..=0xD) {
            return Some((kind, at + 1, low));
        }
        let width = 1_usize << (self.bytes.get(at + 1)? & 0x3);
        let count = big_endian(self.bytes.get(at + 2..at + 2 + width)?);
        let count = usize::try_from(count).ok()?;
        // Nothing holds more than there are bytes.
        (count <= self.bytes.len()).then_some((kind, at + 2 + width, count))
    }

    /// The strings of the list, a line each, in the order of the table.
    fn strings(&self) -> Vec<u8> {
        let most = (ALWAYS + 4 * self.bytes.len() as u64) as usize;
        let mut lines = Vec::new();
        for object in 0..self.objects {
            if lines.len() > most {
                break;
            }
            let text = self.string(object).unwrap_or_default();
            if !text.trim().is_empty() {
                lines.extend_from_slice(text.as_bytes());
                lines.push(b'\n');
            }
        }
        lines
    }

    fn string(&self, object: usize) -> Option<String> {
        let (kind, start, count) = self.counted(object)?;
        let bytes = |length: usize| self.bytes.get(start..start.checked_add(length)?);
        match kind {
            0x5 => Some(String::from_utf8_lossy(bytes(count)?).into_owned()),
            0x6 => {
                let units = bytes(count.checked_mul(2)?)?.chunks_exact(2);
                let units: Vec<u16> =
                    units.filter_map(|it| u16::try_from(big_endian(it)).ok()).collect();
                Some(String::from_utf16_lossy(&units))
            }
            _ => None,
        }
    }
}

fn big_endian(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0, |number, byte| (number << 8) | u64::from(*byte))
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// A list of `levels` arrays, each of which refers `wide` times to the one before; the first holds a string.
    pub(crate) fn bomb(levels: usize, wide: usize) -> Vec<u8> {
        let mut bytes = b"bplist00".to_vec();
        let mut offsets = vec![bytes.len()];
        bytes.extend_from_slice(b"\x5dfailed, again");
        for level in 0..levels {
            offsets.push(bytes.len());
            bytes.push(0xA0 | u8::try_from(wide).expect("a nibble"));
            bytes.extend(std::iter::repeat_n(u8::try_from(level).expect("a byte"), wide));
        }
        let table = bytes.len();
        for offset in &offsets {
            bytes.extend_from_slice(&u16::try_from(*offset).expect("it is short").to_be_bytes());
        }
        bytes.extend_from_slice(&[0; 6]);
        bytes.extend_from_slice(&[2, 1]);
        for number in [offsets.len(), offsets.len() - 1, table] {
            bytes.extend_from_slice(&(number as u64).to_be_bytes());
        }
        bytes
    }

    #[test]
    fn shared_references_are_expanded_as_far_as_they_stay_small() {
        let (xml, warning) = expand(&bomb(2, 3)).expect("it is a list");
        assert!(warning.is_none());
        assert_eq!(String::from_utf8_lossy(&xml).matches("failed, again").count(), 9);
    }

    #[test]
    fn a_bomb_is_its_strings() {
        for (levels, wide) in [(8, 10), (20, 14), (70, 1), (200, 2)] {
            let list = bomb(levels, wide);
            let (text, warning) = expand(&list).expect("it is a list");
            assert!(warning.is_some(), "{levels} {wide}");
            assert_eq!(String::from_utf8_lossy(&text), "failed, again\n");
        }
    }

    #[test]
    fn a_list_that_holds_itself_ends() {
        let mut list = bomb(1, 2);
        // The array refers to itself.
        let at = list.iter().position(|byte| *byte == 0xA2).expect("the array");
        if let Some(reference) = list.get_mut(at + 1) {
            *reference = 1;
        }
        assert!(expand(&list).is_some_and(|(_, warning)| warning.is_some()));
    }

    proptest::proptest! {
        #[test]
        fn never_panics(mut bytes: Vec<u8>, at in 0_usize..120, byte: u8) {
            let _ = expand(&bytes);
            let mut list = bomb(4, 4);
            if let Some(place) = list.get_mut(at) {
                *place = byte;
            }
            let _ = expand(&list);
            bytes.splice(0..0, *b"bplist00");
            let _ = expand(&bytes);
        }
    }
}
