//! The shape of a message: its words with everything left open that is a variable in any message.
//!
//! 1. The wording is taken apart into words, runs of other letters, spaces and single marks; what is
//!    after `=` is one token, up to where it ends.
//! 2. What is written like a given name is open: words with a variable part or a digit in them, dotted
//!    names, names of files. An exception's class and a constant in capitals say what happened: they stay.
//! 3. A quantity is one value with its unit and its sign (`<1 ms`, `12 KB (12288 bytes)`), and an empty value
//!    (`id=`, `[]`) is a value.
//! 4. A list is one value, however long it is: what is repeated with a value in it is kept once.
//! 5. Words that something before them announces as names are noted, with how many values make them one.

use super::message::VARIABLE;
use super::scan::is_numbered_error;
use crate::source::looked_at;
use crate::text::lexicon::{self, Section};

/// Stands for an open word.
pub(super) const OPEN: &[u8] = &[VARIABLE];

/// How many values make a variable of a word that is announced: by `=` or quotation marks; by a noun, a
/// colon, or brackets; by a preposition, after which there are verbs and kinds as well.
const BY_KEY: usize = 2;
const BY_NOUN: usize = 3;
const BY_PREPOSITION: usize = 4;

/// The longest part that a list repeats, in tokens.
const LONGEST_ITEM: usize = 8;
/// Longer messages are not looked through for lists.
const MOST_TOKENS: usize = 400;

/// A longer value after `=` ends where a word does.
const LONGEST_VALUE: usize = 256;

/// The tokens of a message, with its variables open.
#[derive(Debug)]
pub(super) struct Shape<'k> {
    pub(super) tokens: Vec<&'k [u8]>,
    /// The places of announced words, each with how many values make it a variable.
    pub(super) announced: Vec<(usize, usize)>,
}

impl<'k> Shape<'k> {
    pub(super) fn of(wording: &'k [u8]) -> Self {
        let mut tokens: Vec<&'k [u8]> = Vec::new();
        let mut behind_equals = false;
        for token in split(wording) {
            // A value goes on up to a space, a comma or a bracket that it has not opened.
            match (tokens.last_mut(), behind_equals) {
                (Some(last), true) if goes_on_value(last, token) => {
                    *last = join_slices(wording, last, token);
                }
                _ => {
                    behind_equals = tokens.last().is_some_and(|last| *last == b"=");
                    tokens.push(token);
                }
            }
        }
        // Of a message that is nothing but names, no wording would be left.
        let says = |it: &&[u8]| !looks_given(it) && (is_latin(it) || it.first() >= Some(&0x80));
        if tokens.iter().any(says) {
            for token in tokens.iter_mut().filter(|token| looks_given(token)) {
                *token = OPEN;
            }
        }
        let tokens = whole_lists(whole_values(whole_quantities(tokens)));
        let announced = announced(&tokens);
        Self { tokens, announced }
    }

    /// Makes one value of neighbours.
    pub(super) fn settle(&mut self) {
        let tokens = std::mem::take(&mut self.tokens);
        self.tokens = whole_lists(explained_once(whole_values(tokens)));
        self.announced = announced(&self.tokens);
    }
}

pub(super) fn is_latin(token: &[u8]) -> bool {
    token.first().is_some_and(u8::is_ascii_alphabetic)
}

/// Words of Latin letters with their joints and variables; runs of other letters; single marks.
fn split(wording: &[u8]) -> impl Iterator<Item = &[u8]> {
    let mut rest = wording;
    std::iter::from_fn(move || {
        let &first = rest.first()?;
        let length = if is_word(first) && !rest.starts_with(b"..") {
            // Two dots are no joint: they lead the eye to a value.
            let ends = |at: usize, byte: u8| {
                !is_word(byte) || rest.get(at..at + 2) == Some(b"..".as_slice())
            };
            let end = rest.iter().enumerate().position(|(at, &byte)| ends(at, byte));
            end.unwrap_or(rest.len())
        } else if first >= 0x80 {
            rest.iter().position(|&byte| byte < 0x80).unwrap_or(rest.len())
        } else {
            1
        };
        let (token, behind) = rest.split_at_checked(length)?;
        rest = behind;
        Some(token)
    })
}

fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.' | b'$' | b'/' | VARIABLE)
}

fn goes_on_value(value: &[u8], token: &[u8]) -> bool {
    // Its brackets are counted for each token.
    looked_at(value.len());
    if value.len() > LONGEST_VALUE {
        return false;
    }
    let count = |mark: u8| value.iter().filter(|byte| **byte == mark).count();
    match token {
        b" " | b"," | b";" | b"=" | b"&" | b"|" => false,
        b")" => count(b'(') > count(b')'),
        b"]" => count(b'[') > count(b']'),
        b"}" => count(b'{') > count(b'}'),
        b">" => count(b'<') > count(b'>'),
        _ => !matches!(value, b" " | b"=" | b"," | b"\"" | b"'"),
    }
}

/// Two slices of `whole` that follow one another, as one.
fn join_slices<'k>(whole: &'k [u8], one: &[u8], next: &[u8]) -> &'k [u8] {
    let start = (one.as_ptr() as usize).wrapping_sub(whole.as_ptr() as usize);
    whole.get(start..start + one.len() + next.len()).unwrap_or_default()
}

/// Whether a token is written like a given name rather than a word.
fn looks_given(token: &[u8]) -> bool {
    let lower = |ending: &[u8]| {
        let tail = token.len().checked_sub(ending.len()).and_then(|at| token.get(at..));
        tail.is_some_and(|tail| tail.eq_ignore_ascii_case(ending))
    };
    if lower(b"exception") || lower(b"error") || is_numbered_error(token) {
        return false;
    }
    let has = |mark: u8| token.contains(&mark);
    let dotted = token.windows(3).any(|around| {
        matches!(around, [a, b'.', b] if a.is_ascii_alphanumeric() && b.is_ascii_alphanumeric())
    });
    has(VARIABLE)
        || token.iter().any(u8::is_ascii_digit)
        || has(b'$')
        || dotted && !is_constant(token)
        || has(b'/') && (has(b'_') || token.starts_with(b".") || token.starts_with(b"/"))
}

/// `SCREEN_ON`: a constant of a program says what happened, as a word does.
pub(super) fn is_constant(token: &[u8]) -> bool {
    let last = token.rsplit(|byte| *byte == b'.').next().unwrap_or_default();
    last.len() >= 2
        && last.iter().any(u8::is_ascii_uppercase)
        && last.iter().all(|byte| byte.is_ascii_uppercase() || *byte == b'_')
}

/// Leaves units and signs of quantities out, and puts a value where one is empty.
fn whole_quantities(tokens: Vec<&[u8]>) -> Vec<&[u8]> {
    let mut whole: Vec<&[u8]> = Vec::with_capacity(tokens.len());
    let mut at = 0;
    while let Some(&token) = tokens.get(at) {
        let here = at;
        let next = |ahead: usize| tokens.get(here + ahead).copied().unwrap_or_default();
        at += 1;
        match token {
            b"<" | b">" | b"~"
                if next(1) == OPEN
                    && !matches!(next(2), b">" | b"<")
                    && whole
                        .last()
                        .is_none_or(|last| matches!(*last, b" " | b"=" | b":" | b"(")) => {}
            OPEN => {
                whole.push(OPEN);
                let gap = usize::from(next(1) == b" ");
                if is_unit(next(1 + gap)) {
                    at += 1 + gap;
                }
            }
            b"=" if matches!(next(1), b"" | b" " | b"," | b";" | b")" | b"]" | b"}") => {
                whole.extend([token, OPEN]);
            }
            b"=" if matches!(
                next(1),
                b"null" | b"nil" | b"none" | b"None" | b"NULL" | b"[]" | b"{}" | b"()" | b"<>"
            ) =>
            {
                whole.extend([token, OPEN]);
                at += 1;
            }
            b"[" if next(1) == b"]" => whole.extend([token, OPEN]),
            b"{" if next(1) == b"}" => whole.extend([token, OPEN]),
            // foo() is a function's name.
            b"(" if next(1) == b")" && whole.last() == Some(&b" ".as_slice()) => {
                whole.extend([token, OPEN]);
            }
            _ => whole.push(token),
        }
    }
    whole
}

/// Makes one value of what is joined by a mark without a space: `host:8080`, `40:41`, `3/4`.
fn whole_values(tokens: Vec<&[u8]>) -> Vec<&[u8]> {
    let joins = |mark: &[u8]| {
        matches!(mark, b":" | b"/" | b"-" | b"." | b"~" | b"#" | b"@" | b"*" | b"+" | b"|")
    };
    let mut whole: Vec<&[u8]> = Vec::with_capacity(tokens.len());
    for token in tokens {
        match whole.as_slice() {
            [.., OPEN, mark] if token == OPEN && joins(mark) => {
                whole.pop();
            }
            _ => whole.push(token),
        }
    }
    whole
}

/// `12 (12288)`: a value in brackets after a value says it again.
fn explained_once(tokens: Vec<&[u8]>) -> Vec<&[u8]> {
    let mut once: Vec<&[u8]> = Vec::with_capacity(tokens.len());
    let mut at = 0;
    while let Some(&token) = tokens.get(at) {
        let gap = usize::from(token == b" ");
        let again = tokens.get(at + gap..at + gap + 3) == Some(&[b"(".as_slice(), OPEN, b")"]);
        if again && once.last() == Some(&OPEN) {
            at += gap + 3;
        } else {
            once.push(token);
            at += 1;
        }
    }
    once
}

fn is_unit(token: &[u8]) -> bool {
    UNITS.iter().any(|unit| token.eq_ignore_ascii_case(unit.as_bytes()))
}

/// Leaves out what a list repeats.
fn whole_lists(mut tokens: Vec<&[u8]>) -> Vec<&[u8]> {
    if tokens.len() > MOST_TOKENS {
        return tokens;
    }
    for length in 1..=LONGEST_ITEM {
        let mut at = 0;
        while at + 2 * length <= tokens.len() {
            let item = tokens.get(at..at + length).unwrap_or_default();
            let again = tokens.get(at + length..at + 2 * length).unwrap_or_default();
            if item == again && item.contains(&OPEN) && item.iter().any(|token| is_separator(token))
            {
                tokens.drain(at + length..at + 2 * length);
            } else {
                at += 1;
            }
        }
    }
    // The last item has no separator after it.
    let mut at = 0;
    while at < tokens.len() {
        let separator = tokens.iter().skip(at + 1).take_while(|token| is_separator(token)).count();
        let value_again = separator > 0
            && tokens.get(at) == Some(&OPEN)
            && tokens.get(at + 1 + separator) == Some(&OPEN);
        if value_again {
            tokens.drain(at + 1..at + 2 + separator);
        } else {
            at += 1;
        }
    }
    tokens
}

fn is_separator(token: &[u8]) -> bool {
    matches!(token, b" " | b"," | b";" | b"|" | b"+")
}

/// The places of words that something announces as names.
fn announced(tokens: &[&[u8]]) -> Vec<(usize, usize)> {
    let mut announced = Vec::new();
    let mut enough: Option<usize> = None;
    // After `reason=` is what happened.
    let mut says = false;
    for (place, token) in tokens.iter().enumerate() {
        let behind_equals =
            place.checked_sub(1).and_then(|before| tokens.get(before)) == Some(&b"=".as_slice());
        let is_name = *token == OPEN
            || is_latin(token)
            || token.starts_with(b"/")
            || is_name_in_japanese(token)
            || behind_equals && !is_separator(token) && !matches!(*token, b"\"" | b"'");
        let listed =
            |words: &[&str]| words.iter().any(|word| token.eq_ignore_ascii_case(word.as_bytes()));
        let noun = listed(&NOUNS);
        match enough {
            Some(values) if is_name && !noun && !says => {
                announced.push((place, values));
                enough = None;
            }
            _ => {}
        }
        if is_latin(token) {
            says = is_saying_key(token);
        } else if !matches!(*token, b"=" | b":" | b"\"" | b"'" | b" ") {
            says = false;
        }
        enough = match *token {
            b"=" | b"\"" | b"'" => Some(BY_KEY),
            b":" | b"(" | b"[" | b"<" | b"{" => Some(enough.unwrap_or(BY_NOUN)),
            b" " => enough,
            _ if noun => Some(BY_NOUN),
            _ if listed(&PREPOSITIONS) => Some(BY_PREPOSITION),
            _ => None,
        };
    }
    announced
}

/// Kanji and katakana: what has hiragana in it is a clause.
fn is_name_in_japanese(token: &[u8]) -> bool {
    let text = std::str::from_utf8(token).unwrap_or_default();
    !text.is_empty()
        && text.chars().count() <= 12
        && text.chars().all(|letter| matches!(letter, 'ァ'..='ヺ' | 'ー' | '々' | '一'..='鿿'))
}

pub(super) static OUTCOMES: Section = lexicon::MESSAGE_WORDS.section("outcomes");

pub(super) static FUNCTION_WORDS: Section = lexicon::MESSAGE_WORDS.section("function words");

static SAYING_KEYS: Section = lexicon::MESSAGE_WORDS.section("telling keys");

/// Whether a key says that its value is what a program answers.
pub(super) fn is_saying_key(key: &[u8]) -> bool {
    SAYING_KEYS.iter().any(|known| key.eq_ignore_ascii_case(known.as_bytes()))
}

pub(super) static NOUNS: Section = lexicon::MESSAGE_WORDS.section("nouns");

pub(super) static PREPOSITIONS: Section = lexicon::MESSAGE_WORDS.section("prepositions");

pub(super) static UNITS: Section = lexicon::MESSAGE_WORDS.section("units");

#[cfg(test)]
mod tests {
    use super::*;

    /// The settled shape, `*` being what is open.
    fn shape(wording: &str) -> String {
        let mut shape = Shape::of(wording.as_bytes());
        shape.settle();
        String::from_utf8_lossy(&shape.tokens.concat()).replace('\u{1}', "*")
    }

    crate::source::cases! {
        shapes: shape;
    }

    proptest::proptest! {
        #[test]
        fn never_panics(wording in "[a-zA-Z0-9\u{1} =:,;|()\\[\\]{}<>\"'./$_端末あ-]{0,60}") {
            let mut shape = Shape::of(wording.as_bytes());
            shape.settle();
            for (place, _) in &shape.announced {
                proptest::prop_assert!(*place < shape.tokens.len());
            }
        }
    }
}
