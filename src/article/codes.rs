//! Codes in running text: what looks like one, for the dictionary to read.

use crate::facts::{Code, CodeDictionary, ends_in_word, is_domain};
use crate::source::add_new;
use crate::text::lexicon::{self, Section};

/// How a cell that is a code looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// A plain number, or a symbol: a code only where its column says so.
    Weak,
    /// Hexadecimal, a large negative number, a domain with its number, `ORA-01017`.
    Strong,
}

/// The shape of a text that is a code and nothing else, but for a symbol in parentheses after it.
pub(super) fn shape(text: &str) -> Option<Shape> {
    const LONGEST: usize = 120;
    let text = text.trim().trim_matches(['(', ')', '（', '）', '`']);
    if text.is_empty() || text.len() > LONGEST {
        return None;
    }
    let mut words =
        text.split([' ', '\n', '/', ',', '、', '(', ')']).filter(|word| !word.is_empty());
    let first = shape_of_word(words.next()?)?;
    // After the code may be its other forms and its symbol, but no sentence.
    words.all(|word| word.is_ascii()).then_some(first)
}

fn shape_of_word(word: &str) -> Option<Shape> {
    if is_hexadecimal(word) || is_domain_of_number(word) {
        return Some(Shape::Strong);
    }
    let digits = word.trim_start_matches(['-', '−', '－']);
    let negative = digits.len() < word.len();
    if !digits.is_empty() && digits.chars().all(is_digit) {
        let long = digits.chars().count() >= 6;
        return Some(if negative && long { Shape::Strong } else { Shape::Weak });
    }
    if !word.is_ascii() {
        return None;
    }
    let letters = word.bytes().take_while(u8::is_ascii_uppercase).count();
    let tail = word.get(letters..).unwrap_or_default().trim_start_matches(['-', '_']);
    if letters >= 1 && tail.len() >= 3 && tail.bytes().all(|byte| byte.is_ascii_digit()) {
        return Some(if letters >= 2 { Shape::Strong } else { Shape::Weak });
    }
    let digits = word.bytes().filter(u8::is_ascii_digit).count();
    let vendor = |byte: u8| {
        byte.is_ascii_digit() || byte.is_ascii_uppercase() || matches!(byte, b'-' | b'_')
    };
    if letters >= 2 && digits >= 3 && word.bytes().all(vendor) {
        // A vendor's own: TP-401-07, RDB-0A000.
        return Some(Shape::Strong);
    }
    let symbol = word.contains('_')
        && word.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'_');
    symbol.then_some(Shape::Weak)
}

fn is_digit(c: char) -> bool {
    c.is_ascii_digit() || ('０'..='９').contains(&c)
}

/// Whether a word is a domain that a number follows. A word that merely ends in Error is a name as often.
fn is_domain_of_number(word: &str) -> bool {
    is_domain(word) && (word.ends_with("Domain") || word.contains('.'))
}

fn is_hexadecimal(word: &str) -> bool {
    word.strip_prefix("0x").or_else(|| word.strip_prefix("0X")).is_some_and(|digits| {
        // More digits are an address.
        (2..=8).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_hexdigit())
    })
}

/// Whether a text is a vendor's own name of an error: one word of letters, digits and joints, with both.
pub(super) fn is_name(text: &str) -> bool {
    const LONGEST: usize = 40;
    let joins = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.');
    text.len() <= LONGEST
        && text.bytes().all(joins)
        && text.bytes().any(|byte| byte.is_ascii_digit())
        && text.bytes().any(|byte| byte.is_ascii_uppercase())
}

pub(super) fn first_code(cell: &str) -> Option<&str> {
    let cell = cell.trim_matches(['(', ')', '（', '）', '`', ' ']);
    let first = cell.split([' ', '\n', ',', '、', '(']).next()?;
    if is_domain_of_number(first) { Some(cell) } else { Some(first) }
}

/// The codes that are in a text, each once, in order.
pub(super) fn codes_of_text(text: &str, dictionary: &CodeDictionary) -> Vec<Code> {
    let mut codes: Vec<Code> = Vec::new();
    add_new(&mut codes, candidates(text).into_iter().filter_map(|it| dictionary.read(it)));
    codes
}

static LABELS: Section = lexicon::ARTICLE_PHRASES.section("code labels");

/// The parts of a text that may be codes: a number alone is none without a word that says so.
pub(super) fn candidates(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut before: Option<(usize, usize)> = None;
    for (start, end) in tokens(text) {
        let word = text.get(start..end).unwrap_or_default();
        let digits = word.trim_start_matches(['-', '−']);
        let number = (1..=33).contains(&digits.len()) && digits.chars().all(is_digit);
        if is_hexadecimal(word) {
            found.push(word);
        } else if number {
            found.extend(number_with_owner(text, before, start, end));
        } else if word.contains(['_', '-']) && shape_of_word(word) == Some(Shape::Strong) {
            found.push(word);
        }
        before = Some((start, end));
    }
    found
}

fn number_with_owner(
    text: &str,
    before: Option<(usize, usize)>,
    start: usize,
    end: usize,
) -> Option<&str> {
    let number = text.get(start..end)?;
    let count = number.trim_start_matches(['-', '−']).chars().count();
    if number.starts_with('-') && count >= 9 {
        return Some(number);
    }
    // `InstallProfile: (4026)`, `InstallProfile/4026`, `MCInstallationErrorDomain 4026`.
    if let Some((owner_start, owner_end)) = before {
        let between = text.get(owner_end..start)?;
        let owner = text.get(owner_start..owner_end)?;
        let owner_is_name = owner.starts_with(|c: char| c.is_ascii_uppercase());
        let is_domain = owner.ends_with("Domain") || is_domain(owner);
        let joined = match between.trim() {
            ":(" | ": (" | "/" | "(" | "：（" | "（" | "：(" => {
                owner_is_name && owner.len() > 3
            }
            "" | ":" | "," | "=" | "#" => is_domain,
            _ => false,
        };
        if joined && count >= 2 && (is_domain || between != "/" || owner.len() > 5) {
            let stop = text.get(end..).and_then(|rest| rest.chars().next());
            let closed = if between.contains(['(', '（']) && matches!(stop, Some(')' | '）')) {
                end + stop.map_or(0, char::len_utf8)
            } else {
                end
            };
            return text.get(owner_start..closed);
        }
    }
    let head = text.get(..start)?;
    let head = head.trim_end_matches([' ', '　', ':', '：', '(', '（', '「', '`', '=', '#']);
    let from = head.char_indices().rev().take(12).last().map_or(0, |(at, _)| at);
    let tail = head.get(from..).unwrap_or_default().to_ascii_lowercase();
    LABELS.iter().any(|label| ends_in_word(&tail, label)).then_some(number)
}

/// The bytes of each run of letters, digits, `_` and of `-` before a digit or within.
fn tokens(text: &str) -> impl Iterator<Item = (usize, usize)> {
    let mut characters = text.char_indices().peekable();
    let is_word = |c: char| is_digit(c) || c.is_ascii_alphabetic() || matches!(c, '_' | '.');
    std::iter::from_fn(move || {
        loop {
            let (start, first) = characters.next()?;
            let signed = matches!(first, '-' | '−')
                && characters.peek().is_some_and(|(_, next)| next.is_ascii_digit());
            if first == '.' || !(is_word(first) || signed) {
                continue;
            }
            let mut end = start + first.len_utf8();
            while let Some((at, next)) = characters.peek().copied() {
                if is_word(next) || next == '-' && !signed {
                    end = at + next.len_utf8();
                    characters.next();
                } else {
                    break;
                }
            }
            let word = text.get(start..end)?;
            let end = start + word.trim_end_matches(['.', '-']).len();
            if end > start {
                return Some((start, end));
            }
        }
    })
}

#[cfg(test)]
crate::source::cases! {
    codes_of_text: |text| listed(candidates(text));
    codes_of_cells: |text| format!("{:?}", shape(text));
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn any_text_is_scanned(text in "[ -~０-９あ（）:：/_\\-−]{0,60}") {
            let _ = candidates(&text);
            let _ = shape(&text);
            let _ = first_code(&text);
        }
    }
}
