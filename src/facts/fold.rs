//! One form for the ways to write the same characters, with the way back.
//!
//! Masks and signatures must not see the difference between （４０２６） and (4026), ﾌﾟﾛﾌｧｲﾙ and
//! プロファイル. Text is folded by NFKC, and quotation marks and dashes, which NFKC leaves alone, become
//! ASCII. Case stays: `InstallProfile` is known by it.
//!
//! Nearly every message is in this form already; one pass over its bytes tells so, and nothing is copied.

use std::borrow::Cow;
use std::ops::Range;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::canonical_combining_class;

use crate::source::looked_at;

/// A text in one form of its characters, with the place of each in the text as written.
#[derive(Debug, Clone)]
pub(crate) struct Folded<'t> {
    text: Cow<'t, str>,
    /// For each folded byte, where its character begins as written; `None` where nothing was folded.
    origins: Option<Vec<u32>>,
    written_len: usize,
}

impl<'t> Folded<'t> {
    /// Folds `written`; borrows where nothing changes.
    pub(crate) fn new(written: &'t str) -> Self {
        looked_at(written.len());
        if is_folded(written.as_bytes()) || u32::try_from(written.len()).is_err() {
            Self { text: Cow::Borrowed(written), origins: None, written_len: written.len() }
        } else {
            let (text, origins) = fold_characters(written);
            Self { text: Cow::Owned(text), origins: Some(origins), written_len: written.len() }
        }
    }

    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    /// The bytes of the written text that a range of the folded text came from.
    pub(crate) fn origin(&self, range: Range<usize>) -> Range<usize> {
        let Some(origins) = &self.origins else { return range };
        let at =
            |index: usize| origins.get(index).map_or(self.written_len, |&start| start as usize);
        let start = at(range.start);
        if range.is_empty() {
            return start..start;
        }
        // The end is the beginning of the next written character, not of the same one.
        let last = at(range.end - 1);
        let rest = origins.get(range.end..).unwrap_or_default();
        let end = rest.iter().map(|&start| start as usize).find(|&start| start > last);
        start..end.unwrap_or(self.written_len)
    }
}

/// The folded form of `written`, where the way back is not needed.
pub(crate) fn fold(written: &str) -> Cow<'_, str> {
    looked_at(written.len());
    if is_folded(written.as_bytes()) {
        Cow::Borrowed(written)
    } else {
        Cow::Owned(fold_characters(written).0)
    }
}

/// Whether folding certainly changes nothing: ASCII, kana and the common kanji.
fn is_folded(bytes: &[u8]) -> bool {
    let mut index = 0;
    while let Some(&byte) = bytes.get(index) {
        match byte {
            0..=0x7F => index += 1,
            // U+4000 to U+9FFF.
            0xE4..=0xE9 => index += 3,
            0xE3 => {
                let stable = match (bytes.get(index + 1), bytes.get(index + 2)) {
                    // U+3001 to U+301B: not the wide space, not the wave dash.
                    (Some(0x80), Some(third)) => (0x81..=0x9B).contains(third),
                    (Some(0x81), _) => true,
                    // U+3080 to U+3098 and katakana: not the combining voice marks and the digraphs.
                    (Some(0x82), Some(third)) => *third <= 0x98 || *third >= 0xA0,
                    (Some(0x83), Some(third)) => *third != 0xBF,
                    _ => false,
                };
                if !stable {
                    return false;
                }
                index += 3;
            }
            _ => return false,
        }
    }
    true
}

fn fold_characters(written: &str) -> (String, Vec<u32>) {
    let mut text = String::with_capacity(written.len());
    let mut origins = Vec::with_capacity(written.len());
    let mut characters = written.char_indices().peekable();
    let mut cluster = String::new();
    while let Some((start, first)) = characters.next() {
        cluster.clear();
        cluster.push(first);
        while let Some((_, mark)) = characters.next_if(|(_, it)| joins_the_character_before(*it)) {
            cluster.push(mark);
        }
        if cluster.len() == first.len_utf8()
            && let Some(folded) = lone(first)
        {
            text.push(folded);
        } else {
            match replacement(first) {
                Some(ascii) if cluster.len() == first.len_utf8() => text.push_str(ascii),
                // A written minus or quote in its full-width form folds twice.
                _ => text.extend(cluster.nfkc().flat_map(|c| {
                    let ascii = replacement(c).map(str::chars);
                    let kept = ascii.is_none().then_some(c);
                    ascii.into_iter().flatten().chain(kept)
                })),
            }
        }
        // Positions fit: `Folded::new` keeps texts beyond 4 GiB as they are.
        origins.resize(text.len(), u32::try_from(start).unwrap_or(u32::MAX));
    }
    (text, origins)
}

/// The folded form of a common character where no mark follows: the tables of Unicode are slow to ask, and one wide colon
/// in a line has every character of it looked at.
fn lone(character: char) -> Option<char> {
    match character {
        '\0'..='\u{7F}'
        | '\u{3001}'..='\u{301B}'
        | '\u{3041}'..='\u{3096}'
        | '\u{30A1}'..='\u{30FE}'
        | '\u{4E00}'..='\u{9FFF}' => Some(character),
        '\u{3000}' => Some(' '),
        // Full-width ASCII, but for the tilde.
        '\u{FF01}'..='\u{FF5D}' => char::from_u32(character as u32 - 0xFEE0),
        _ => None,
    }
}

/// Combining marks, and the half-width voice marks that follow half-width kana.
fn joins_the_character_before(mark: char) -> bool {
    match mark {
        '\u{FF9E}' | '\u{FF9F}' => true,
        _ => lone(mark).is_none() && canonical_combining_class(mark) != 0,
    }
}

/// Characters that NFKC leaves alone although people write one for the other.
fn replacement(character: char) -> Option<&'static str> {
    Some(match character {
        '“' | '”' | '„' | '‟' | '〝' | '〞' | '〟' | '″' => "\"",
        '‘' | '’' | '‚' | '‛' | '′' => "'",
        '‐' | '‑' | '‒' | '–' | '—' | '−' => "-",
        '〜' | '～' => "~",
        '\u{200B}'..='\u{200D}' | '\u{2060}' | '\u{FEFF}' | '\u{AD}' => "",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    crate::source::cases! {
        folded: |written| {
            assert_eq!(Folded::new(written).text(), fold(written));
            fold(written).into_owned()
        };
        origins_of_folded_texts: |it| {
            let (written, part) = two(it);
            let folded = Folded::new(written);
            let at = folded.text().find(part).expect("folded text has it");
            shown(written.get(folded.origin(at..at + part.len())))
        };
    }

    #[test]
    fn the_short_way_leads_where_the_tables_do() {
        for character in '\0'..='\u{FFFF}' {
            let Some(folded) = lone(character) else { continue };
            let by_tables: Vec<char> = std::iter::once(character).nfkc().collect();
            assert_eq!(by_tables, [folded]);
            assert_eq!(replacement(character), None);
            assert_eq!(canonical_combining_class(character), 0);
        }
    }

    #[test]
    fn what_is_folded_is_borrowed() {
        let written =
            "InstallProfile: (4026) プロファイル\"mori_20221110\"がパスワード変更を要求している。";
        assert!(matches!(fold(written), Cow::Borrowed(_)));
    }

    proptest::proptest! {
        #[test]
        fn the_quick_answer_is_right(text in "[ -~ぁ-んァ-ヿ一-龥\u{3000}-\u{301F}\u{3099}-\u{309F}]*") {
            if is_folded(text.as_bytes()) {
                proptest::prop_assert_eq!(fold_characters(&text).0, text);
            }
        }

        #[test]
        fn ranges_come_back_as_text(text: String) {
            let folded = Folded::new(&text);
            for (index, character) in folded.text().char_indices() {
                let range = folded.origin(index..index + character.len_utf8());
                proptest::prop_assert!(text.get(range).is_some());
            }
            proptest::prop_assert_eq!(fold(folded.text()), folded.text());
        }
    }
}
