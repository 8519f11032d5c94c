//! Lines explained by those around: keys in PEM, a mail's signature, a value under its label.

use super::labelled::Value;
use super::labels::LABELS;
use super::line::{Line, is_hiragana, is_kanji, is_katakana};
use super::words::{FAMILY, NOT_NAMES};
use crate::facts::fold::fold;
use crate::text::lexicon::{self, Section};

/// The role of a line among the lines around it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Role {
    /// Nothing in particular.
    #[default]
    Plain,
    /// A part of a key: nothing of it may stay.
    Key,
    /// A line of a mail's signature that has the form of a name.
    Signed,
    /// The value that the label on the line before announced.
    Value(Value),
}

/// How many lines of a signature are looked through.
const SIGNATURE: u8 = 8;
/// A block of a key is no longer, in lines.
const LONGEST_KEY: u16 = 400;

/// Reads lines in their order.
#[derive(Debug, Default)]
pub(super) struct Blocks {
    /// How many lines a key may still have.
    key: u16,
    /// How many lines a signature may still have.
    signature: u8,
    label: Option<Value>,
}

impl Blocks {
    pub(super) fn read(&mut self, line: &str) -> Role {
        let trimmed = line.trim().trim_start_matches(['>', '|', ' ']);
        if let Some(role) = self.key(trimmed) {
            return role;
        }
        if trimmed.is_empty() {
            return Role::Plain;
        }
        let announced = self.label.take();
        self.label = label_alone(trimmed);
        if let Some(kind) = announced.filter(|_| self.label.is_none()) {
            return Role::Value(kind);
        }
        if closes(trimmed) {
            self.signature = SIGNATURE;
            return Role::Plain;
        }
        if self.signature > 0 {
            self.signature -= 1;
            if is_signed(trimmed) {
                return Role::Signed;
            }
        }
        Role::Plain
    }

    fn key(&mut self, line: &str) -> Option<Role> {
        if self.key > 0 {
            self.key -= 1;
            if line.contains("-----END ") {
                self.key = 0;
                return Some(Role::Plain);
            }
            let body = !line.is_empty()
                && line.bytes().all(|it| it.is_ascii_alphanumeric() || b"+/=".contains(&it));
            let headers = ["Proc-Type:", "DEK-Info:", "Version:", "Comment:"];
            let header = headers.iter().any(|header| line.starts_with(header));
            if body || header {
                return Some(Role::Key);
            }
            if !line.is_empty() {
                self.key = 0;
            }
        }
        if line.contains("-----BEGIN ") && line.ends_with("-----") && !line.contains("-----END ") {
            self.key = LONGEST_KEY;
            return Some(Role::Plain);
        }
        None
    }
}

/// The kind of a label that is all of a line, or all but its colon or the tags around it.
fn label_alone(line: &str) -> Option<Value> {
    const LONGEST_LABEL: usize = 80;
    if line.len() > LONGEST_LABEL {
        return None;
    }
    let line = fold(line);
    let line = line.trim().trim_start_matches("<key>").trim_end_matches("</key>");
    let label = line
        .trim_end_matches([':', ' ', '*'])
        .trim_start_matches(['【', '■', '●', '・', '*', ' ', '<', '['])
        .trim_end_matches(['】', '>', ']']);
    let lower: Vec<char> = label.to_lowercase().chars().collect();
    let known = LABELS.get(lower.first()?)?;
    let (_, kind) = known.iter().find(|(label, _)| *label == lower)?;
    // Words that head a column of many other things.
    let sure = !matches!(
        kind,
        Value::Word | Value::Someone | Value::Machine | Value::Inside | Value::Cookie
    );
    (sure && label != "ID").then_some(*kind)
}

/// Whether a line ends the text of a mail: a rule, or what is said last.
fn closes(line: &str) -> bool {
    static LAST: Section = lexicon::PRIVATE_WORDS.section("closings");
    static ENDS: Section = lexicon::PRIVATE_WORDS.section("ends of closings");
    let bare = line.trim_end_matches(['。', '.', ',', '!', ' ', '、']);
    let first = bare.chars().next();
    let rule = bare.chars().count() >= 4
        && first.is_some_and(|it| !it.is_alphanumeric())
        && bare.chars().all(|it| Some(it) == first || it == ' ');
    rule || bare == "--" || LAST.contains(&bare) || ENDS.iter().any(|end| bare.ends_with(end))
}

/// Whether a line of a signature is a name: a few kanji in one or two words, with a department before or a reading
/// after; or two or three capitalized words.
fn is_signed(line: &str) -> bool {
    let folded = fold(line);
    let line = folded.split(['(', '<', '/']).next().unwrap_or_default().trim();
    let words: Vec<&str> = line.split([' ', '\u{3000}']).filter(|word| !word.is_empty()).collect();
    let Some(last) = words.last() else { return false };
    if line.chars().count() > 40 || words.len() > 5 || line.contains([':', '。', '、', '@', '='])
    {
        return false;
    }
    // 初期パスワードは Umi です: a clause, and an end of a sentence.
    let clause = |word: &&str| {
        let mut letters = word.chars().rev();
        let particle = letters.next().is_some_and(|it| "はをがにでもとへ".contains(it));
        particle && letters.next().is_some_and(|it| !is_hiragana(it))
    };
    static ENDS: Section = lexicon::PRIVATE_WORDS.section("ends of sentences in signatures");
    if ENDS.iter().any(|end| last.ends_with(end)) || words.iter().any(clause) {
        return false;
    }
    static UNITS: Section = lexicon::PRIVATE_WORDS.section("departments");
    if words.iter().any(|word| UNITS.contains(&&*word.trim_end_matches('.').to_ascii_lowercase())) {
        return false;
    }
    if last.is_ascii() {
        let named = |word: &&str| {
            word.starts_with(|it: char| it.is_ascii_uppercase())
                && word.bytes().all(|it| it.is_ascii_alphabetic() || b".-'".contains(&it))
        };
        return words.len() <= 3 && words.iter().all(named);
    }
    let letters = last.chars().all(|it| is_kanji(it) || is_katakana(it) || is_hiragana(it));
    let unit =
        last.ends_with(|it| "部課係室社店局所校院会署".contains(it)) || NOT_NAMES.contains(last);
    let length = last.chars().count();
    letters
        && !unit
        && (1..=8).contains(&length)
        && (words.len() > 1
            || length >= 2 && last.chars().all(is_kanji)
            || begins_with_family(last))
}

fn begins_with_family(word: &str) -> bool {
    (2..=4).any(|length| FAMILY.contains(&*word.chars().take(length).collect::<String>()))
}

/// The part of a signature's line that is the name: its last one or two words, without department and reading.
pub(super) fn signed(line: &Line) -> (usize, usize) {
    let length = line.chars.len();
    let begin = line.run(0, length, |it| it.is_whitespace() || it == '>' || it == '|');
    let end = begin + line.run(begin, length, |it| !"(</".contains(it));
    let end = end - line.run_before(end, length, char::is_whitespace);
    let words: Vec<usize> =
        (begin..end).filter(|&at| at == begin || line.before(at) == Some(' ')).collect();
    let unit = |from: usize| {
        let to = from + line.run(from, length, |it| it != ' ');
        line.before(to).is_some_and(|it| "部課係室社店局所校院会署長任".contains(it))
            && to - from > 2
            || line.text(from, to).contains("会社")
    };
    let start = words.iter().copied().find(|&word| !unit(word)).unwrap_or(begin);
    (start, end)
}
