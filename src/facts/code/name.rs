//! Names of errors that have no number: `DeviceCapReached`, `AUTH-0231`, `T_C_NOT_SIGNED`, `Error.MissingAssets`, and
//! what a field of that name says is the reason (`"reason":"Unregistered"`).

use crate::text::fold;
use crate::text::lexicon::{self, Section};

/// The longest name, in bytes: what is longer is a token or a path.
const LONGEST: usize = 64;
/// Fewer digits number versions and devices (`AES-256` has a name, but is no error's).
const LEAST_DIGITS: usize = 3;
/// The most letters before the number of a numbered name.
const MOST_LETTERS: usize = 8;
/// How many characters before a name may say what it is.
const NEAR: usize = 48;
/// Words before a numbered name.
static LABELS: Section = lexicon::ARTICLE_PHRASES.section("labels of numbered names");

/// The words of a text that may be the name of an error, in order: of a name within a family the whole (`Error.X`), then
/// the name.
pub(crate) fn error_names(text: &str) -> impl Iterator<Item = &str> {
    let dotted = text.split(|c: char| !(is_of_name(c) || c == '.'));
    dotted.map(|word| word.trim_matches(['-', '.'])).flat_map(|dotted| {
        let family = dotted.split_once('.').is_some_and(|(family, name)| {
            let capital = family.starts_with(|first: char| first.is_ascii_uppercase());
            // Apple's own are named as domains are, backwards: `com.apple.well-known.failed`.
            capital && may_name_error(name) || family == "com" && dotted.len() <= LONGEST
        });
        let names = dotted.split('.').map(|word| word.trim_matches('-'));
        family.then_some(dotted).into_iter().chain(names.filter(|word| may_name_error(word)))
    })
}

/// The names of letters and digits in one (`C2065`, `BEC2002`) of a message: these are as often a model's, so the word
/// for an error is directly before (`error C2065`), a colon after, or nothing else beside.
pub(crate) fn numbered_names(text: &str) -> impl Iterator<Item = &str> {
    numbered(text, |before| {
        let before = before.trim_end_matches(|c: char| !c.is_alphanumeric());
        LABELS.iter().any(|label| ends_in_word(before, label))
    })
}

/// The same of a heading or a cell: a word for an error is somewhere before (`警告 (レベル 1) C4575`).
pub(crate) fn numbered_names_of_heading(heading: &str) -> impl Iterator<Item = &str> {
    numbered(heading, |before| {
        LABELS.iter().any(|label| match label.is_ascii() {
            true => before.split(|c: char| !c.is_alphanumeric()).any(|word| word == *label),
            false => before.contains(label),
        })
    })
}

/// The names of errors that the title of a page, or the name of its file, says it is about: those with a number, and what
/// is the name of an error and nothing else. A page of a range (`C2001 から C2099`) is about none of them.
pub(crate) fn names_of_title(title: &str) -> Vec<&str> {
    let whole = Some(title.trim()).filter(|title| is_error_name(title));
    let mut names: Vec<&str> = whole.into_iter().collect();
    for name in numbered_names_of_heading(title) {
        let after = title.get(end_in(title, name)..).unwrap_or_default().trim_start();
        static RANGES: Section = lexicon::ARTICLE_PHRASES.section("marks of ranges");
        let ranges = RANGES.iter().any(|mark| after.starts_with(mark));
        if ranges && numbered(after, |_| true).next().is_some() {
            return Vec::new();
        }
        names.push(name);
    }
    names
}

/// The name of an error that ends a heading which tells nothing beside it but what kind of thing it is
/// (`コンパイラ エラー C2065`).
pub(crate) fn name_at_end(heading: &str) -> Option<&str> {
    let whole = Some(heading.trim()).filter(|heading| is_error_name(heading));
    let name = whole.or_else(|| numbered_names_of_heading(heading).last())?;
    let after = heading.get(end_in(heading, name)..).unwrap_or_default();
    (!after.chars().any(char::is_alphanumeric)).then_some(name)
}

fn end_in(text: &str, part: &str) -> usize {
    (part.as_ptr() as usize + part.len()).saturating_sub(text.as_ptr() as usize)
}

/// The words of a text that are letters with a number after them: names of errors as often as of models.
pub(crate) fn numbered_words(text: &str) -> impl Iterator<Item = &str> {
    numbered(text, |_| true)
}

/// The numbered names of a text: those that stand alone or before a colon at its beginning, and those that `named`
/// takes by the text near before, in small letters.
fn numbered(text: &str, named: impl Fn(&str) -> bool) -> impl Iterator<Item = &str> {
    let words = text.split(|c: char| !is_of_name(c)).filter(|word| is_numbered(word));
    words.filter(move |word| {
        let start = word.as_ptr() as usize - text.as_ptr() as usize;
        let after = text.get(start + word.len()..).unwrap_or_default();
        let begun = text.get(..start).unwrap_or_default();
        // Only what is near counts, so that the time is linear.
        let from = begun.char_indices().rev().take(NEAR).last().map_or(start, |(at, _)| at);
        let before = begun.get(from..).unwrap_or_default();
        let first = before.chars().all(|c| !c.is_alphanumeric());
        let alone = after.chars().take(NEAR).all(|c| !c.is_alphanumeric());
        first && (alone || after.starts_with([':', '：'])) || named(&before.to_lowercase())
    })
}

/// Whether a text ends in a word; `barcode` does not end in `code`.
pub(crate) fn ends_in_word(text: &str, word: &str) -> bool {
    text.strip_suffix(word).is_some_and(|before| {
        !word.is_ascii() || !before.ends_with(|c: char| c.is_ascii_alphanumeric())
    })
}

/// Whether a word is letters with a number after them; one letter needs a digit more.
fn is_numbered(word: &str) -> bool {
    let letters = word.bytes().take_while(u8::is_ascii_alphabetic).count();
    let digits = word.len() - letters;
    let least = LEAST_DIGITS + usize::from(letters == 1);
    (1..=MOST_LETTERS).contains(&letters)
        && (least..=MOST_LETTERS).contains(&digits)
        && word.bytes().skip(letters).all(|byte| byte.is_ascii_digit())
}

/// The words that a field called a reason holds, in order: there, any word is the name of an error.
pub(crate) fn reasons(text: &str) -> impl Iterator<Item = &str> {
    let mut announced = false;
    text.split(|c: char| !is_of_name(c)).filter(|word| !word.is_empty()).filter(move |word| {
        let constant = word.starts_with(|first: char| first.is_ascii_uppercase())
            || word.contains('_') && word.starts_with(|first: char| first.is_ascii_lowercase());
        let said = announced && constant;
        // The elements of a property list are between a key and its value.
        announced = announces_reason(word)
            || is_http_failure(word)
            || announced && matches!(*word, "key" | "string");
        said && !announced && word.len() <= LONGEST
    })
}

/// The words of a text that are joined by underscores, in order: names of errors (`token_expired`) as well as of fields, of
/// which no passage is the row.
pub(crate) fn constants(text: &str) -> impl Iterator<Item = &str> {
    let words = text.split(|c: char| !is_of_name(c)).map(|word| word.trim_matches(['_', '-']));
    words.filter(|word| word.contains('_'))
}

/// The name of an error that a person wrote and nothing else, in small letters: `AUTH-0231`, `（DeviceCapReached）`.
/// Any word may be one, as far as its form tells.
pub(crate) fn typed_name(text: &str) -> Option<String> {
    let folded = fold(text);
    let name = folded.trim_matches(|c: char| c.is_whitespace() || "()[]<>\"'`「」.".contains(c));
    let is_name = name.len() <= LONGEST
        && name.starts_with(|first: char| first.is_ascii_alphabetic())
        && name.chars().all(|c| is_of_name(c) || c == '.');
    is_name.then(|| name.to_owned())
}

/// Whether a text writes the name of an error, be it in other capitals, in the form of one.
pub(crate) fn writes_error(text: &str, name: &str) -> bool {
    let written = error_names(text).filter(|word| word.eq_ignore_ascii_case(name));
    written.into_iter().any(|word| match word.rsplit_once('.') {
        Some((_, last)) => may_name_error(last),
        None => is_error_name(word),
    })
}

/// Whether a word is the name of a field of reasons: `reason`, `RejectionReason`, `installationFailureReason`.
fn announces_reason(word: &str) -> bool {
    let name = word.trim_end_matches(['s', 'S']);
    name.len() > 5 && name.ends_with("Reason") || matches!(name, "reason" | "Reason" | "errorCode")
}

/// Whether a word is the status of a failed request, after which its reason is: `410: Unregistered`.
fn is_http_failure(word: &str) -> bool {
    word.len() == 3
        && word.starts_with(['4', '5'])
        && word.bytes().all(|byte| byte.is_ascii_digit())
}

fn is_of_name(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_' || c == '-'
}

/// Whether a word by itself has the form of an error's name: three words or more in one, each with a capital; or
/// capitals with digits or words after joints.
pub(crate) fn is_error_name(word: &str) -> bool {
    has_form(word, 3)
}

/// Whether a word can be an error's name where it stands for itself: `TopicDisallowed`. Two words in one are as
/// often a product's name (MobiConnect).
pub(crate) fn may_name_error(word: &str) -> bool {
    has_form(word, 2)
}

fn has_form(word: &str, least_words: usize) -> bool {
    if word.len() > LONGEST || !word.starts_with(|first: char| first.is_ascii_alphabetic()) {
        return false;
    }
    let bytes = word.as_bytes();
    if bytes.iter().all(u8::is_ascii_alphanumeric) {
        let humps = bytes.windows(2).filter(|pair| {
            pair.first().is_some_and(u8::is_ascii_uppercase)
                && pair.get(1).is_some_and(u8::is_ascii_lowercase)
        });
        return humps.count() >= least_words;
    }
    let vendor = |byte: &u8| {
        byte.is_ascii_uppercase() || byte.is_ascii_digit() || matches!(byte, b'-' | b'_')
    };
    if !bytes.iter().all(vendor) {
        return false;
    }
    let capitals = bytes.iter().filter(|byte| byte.is_ascii_uppercase()).count();
    let digits = bytes.iter().filter(|byte| byte.is_ascii_digit()).count();
    // Of one letter the joint makes a name: `E-5102`, where `E5102` is as often a model.
    let joined = capitals >= 2 || bytes.get(1) == Some(&b'-');
    joined && digits >= LEAST_DIGITS || bytes.contains(&b'_') && capitals >= 4
}

#[cfg(test)]
crate::source::cases! {
    names_of_errors: is_error_name;
    words_that_may_name_errors: may_name_error;
    names_of_errors_in_text: |text| listed(error_names(text));
    numbered_names: |text| listed(super::numbered_names(text));
    numbered_names_of_headings: |text| listed(numbered_names_of_heading(text));
    names_of_errors_in_titles: |text| listed(names_of_title(text));
    names_at_the_ends_of_headings: |text| shown(name_at_end(text));
    reasons: |text| listed(super::reasons(text));
    constants: |text| listed(super::constants(text));
}
