//! Compatibility forms and letter case, with the bytes that each letter came from.

use unicode_normalization::char::canonical_combining_class;
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

use super::character::half_width;

/// A letter of the result, and the bytes of the original that it stands for.
#[derive(Debug, Clone, Copy)]
pub(super) struct Letter {
    pub(super) character: char,
    /// Where the original begins, in bytes.
    pub(super) start: usize,
    pub(super) end: usize,
    /// Whether other letters stand for the same bytes (`㍿`).
    pub(super) shared: bool,
}

/// Appends the letters of `text`, which begins at byte `offset` of the original, in compatibility form (NFKC) and lower case.
///
/// A character and the marks after it are composed together and share their bytes; nearly all
/// characters are alone and take the short way.
pub(super) fn compose(text: &str, offset: usize, letters: &mut Vec<Letter>) {
    let mut rest = text.char_indices().map(|(at, letter)| (offset + at, letter)).peekable();
    while let Some((start, first)) = rest.next() {
        let joined = rest.peek().is_some_and(|&(_, next)| joins_the_letter_before(next));
        let mut end = start + first.len_utf8();
        if !joined && let Some(character) = lone(first) {
            letters.push(Letter { character, start, end, shared: false });
            continue;
        }
        let mut cluster = String::from(first);
        while let Some(&(at, next)) = rest.peek()
            && joins_the_letter_before(next)
        {
            cluster.push(next);
            end = at + next.len_utf8();
            rest.next();
        }
        // Lower-casing can leave the compatibility form (Ϊ́, K), so the form is made again.
        let lower: String = cluster.nfkc().flat_map(char::to_lowercase).collect();
        let shared = lower.nfkc().nth(1).is_some();
        letters.extend(lower.nfkc().map(|character| Letter { character, start, end, shared }));
    }
}

/// The decomposition of `c` where nothing is composed with it, for the common characters.
fn lone(c: char) -> Option<char> {
    match c {
        '\0'..='\u{7f}' => Some(c.to_ascii_lowercase()),
        // Kana, kanji and the marks between them, without those that Unicode decomposes.
        '\u{3001}'..='\u{3029}'
        | '\u{3041}'..='\u{3096}'
        | '\u{30a1}'..='\u{30fe}'
        | '\u{4e00}'..='\u{9fff}' => Some(c),
        // Full-width ASCII.
        '\u{ff01}'..='\u{ff5e}' => Some(half_width(c).to_ascii_lowercase()),
        '\u{3000}' => Some(' '),
        _ => None,
    }
}

/// Whether `c` may be composed with the character before it.
#[inline]
pub(super) fn joins_the_letter_before(c: char) -> bool {
    match c {
        '\0'..='\u{2ff}'
        | '\u{3000}'..='\u{3029}'
        | '\u{3041}'..='\u{3096}'
        | '\u{30a1}'..='\u{30fe}'
        | '\u{4e00}'..='\u{9fff}'
        | '\u{ff01}'..='\u{ff9d}' => false,
        _ => joins_by_tables(c),
    }
}

fn joins_by_tables(c: char) -> bool {
    std::iter::once(c).nfkd().next().is_some_and(|first| {
        canonical_combining_class(first) != 0
            || is_nfc_quick(std::iter::once(first)) != IsNormalized::Yes
    })
}
