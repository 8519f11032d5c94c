//! The letters that Japanese spells in several ways.
//!
//! Each rule looks at a letter, at what was written out before it, and at the letters after it; what
//! it writes can no longer be rewritten, so that a second pass changes nothing.

use super::Normalized;
use super::character::{
    LONG_MARK, b_row, full_size, is_dash, is_kana, is_kanji, is_kanji_numeral, is_katakana,
    repeated_kana,
};
use super::compose::Letter;
use super::kanji::modern;

/// Writes `letters` into `output`, after what is there, in their one spelling.
pub(super) fn spell(letters: &[Letter], output: &mut Normalized) {
    let mut before = output.text.chars().next_back();
    let mut at = 0;
    while let Some(&letter) = letters.get(at) {
        let behind = letters.get(at + 1).map(|next| next.character);
        let mut taken = 1;
        let kept = match letter.character {
            '\0'..='\u{7f}' if !is_dash(letter.character) => Some(letter.character),
            // Most of a text, which no rule below looks for.
            hiragana @ 'ぁ'..='ん' => Some(full_size(hiragana)),
            // 紛失モ一ド: nobody counts in the middle of a loanword.
            '一' if before.is_some_and(is_katakana) && behind.is_some_and(is_katakana) => {
                (before != Some(LONG_MARK)).then_some(LONG_MARK)
            }
            kanji @ '\u{4e00}'..='\u{9fff}' => Some(modern(kanji)),
            '々' | '〻' => {
                let repeats = |letter: &&Letter| matches!(letter.character, '々' | '〻');
                taken = letters.iter().skip(at).take_while(repeats).count();
                repeat_kanji(letters.get(at..at + taken).unwrap_or_default(), output);
                before = output.text.chars().next_back();
                at += taken;
                continue;
            }
            mark @ ('ゝ' | 'ゞ' | 'ヽ' | 'ヾ') => match before {
                Some(kana) if is_kana(kana) && kana != LONG_MARK => {
                    Some(repeated_kana(kana, matches!(mark, 'ゞ' | 'ヾ')))
                }
                _ => Some(mark),
            },
            LONG_MARK if before == Some(LONG_MARK) => None,
            dash if is_dash(dash) && is_long_mark(before, behind) => {
                (before != Some(LONG_MARK)).then_some(LONG_MARK)
            }
            '・' if joins_loanword(before, behind) => {
                output.boundaries.push(output.text.len());
                None
            }
            vu if let Some((kana, used)) = b_row(vu, behind) => {
                taken += usize::from(used);
                Some(kana)
            }
            'ヵ' | 'ヶ' | 'カ' | 'ケ' if is_counter(before, behind) => Some('か'),
            kana if is_kana(kana) => Some(full_size(kana)),
            other => Some(modern(other)),
        };
        if let Some(character) = kept {
            let end = letters.get(at + taken - 1).map_or(letter.end, |last| last.end);
            output.push(&Letter { character, end, ..letter });
            before = kept;
        }
        at += taken;
    }
}

/// The spelling of a letter in lower case, where the letters beside it have no say in it.
pub(crate) fn spelled_alone(letter: char) -> Option<char> {
    match letter {
        '-' | '一' | 'カ' | 'ケ' => None,
        '\0'..='\u{7f}' | '、' | '。' | '「' | '」' => Some(letter),
        'ぁ'..='ん' | 'ァ'..='ン' => Some(full_size(letter)),
        '\u{4e00}'..='\u{9fff}' => Some(modern(letter)),
        _ => None,
    }
}

/// Whether a dash between these letters stands for the long mark: after a kana, before a letter of
/// the same word or where the word ends. A space or a Latin letter after it makes it a hyphen, and
/// two dashes are a dash.
fn is_long_mark(before: Option<char>, behind: Option<char>) -> bool {
    before.is_some_and(is_kana)
        && behind.is_none_or(|next| {
            is_kana(next)
                || is_kanji(next)
                || !(next.is_alphanumeric() || next.is_whitespace() || is_dash(next))
        })
}

/// Whether a middle dot between these letters joins the parts of one loanword (プッシュ・サーバー,
/// アップル・ID) rather than the items of a list (追加・変更).
fn joins_loanword(before: Option<char>, behind: Option<char>) -> bool {
    let joins = |c: char| is_katakana(c) || c.is_ascii_alphanumeric();
    let (Some(before), Some(behind)) = (before, behind) else { return false };
    joins(before) && joins(behind) && (is_katakana(before) || is_katakana(behind))
}

/// Whether ヶ, ケ or カ between these letters is the counter か or 箇 (3ヶ月, 三カ所).
fn is_counter(before: Option<char>, behind: Option<char>) -> bool {
    before.is_some_and(|c| c.is_ascii_digit() || is_kanji_numeral(c) || matches!(c, '数' | '何'))
        && behind.is_some_and(is_kanji)
}

/// Writes as many kanji again as there are marks (部分々々), or the last one where fewer are there.
fn repeat_kanji(marks: &[Letter], output: &mut Normalized) {
    let repeated = |c: &char| is_kanji(*c) && *c != '々';
    let mut kanji: Vec<char> =
        output.text.chars().rev().take_while(repeated).take(marks.len()).collect();
    if kanji.len() < marks.len() {
        kanji.truncate(1);
    }
    kanji.reverse();
    for (mark, character) in marks.iter().zip(kanji.iter().cycle()) {
        output.push(&Letter { character: *character, ..*mark });
    }
    if kanji.is_empty() {
        marks.iter().for_each(|mark| output.push(mark));
    }
}
