//! Where the value after a label ends, by how values of its kind are written.

use super::Part;
use super::labelled::{Joint, Labelled, Value};
use super::line::{Line, is_digit, is_hiragana, is_kanji, is_kanji_digit, is_katakana, is_word};
use super::people;
use super::words::{NOT_NAMES, is_product, is_product_word, is_state};
use crate::facts::mask::Mask;
use crate::text::lexicon::{self, Section};

/// No value is longer, in characters.
const LONGEST: usize = 160;

pub(super) fn read(line: &Line, label: &Labelled) -> Option<Part> {
    let (start, end) = within(line, label)?;
    let value = line.text(start, end);
    (end > start && !is_masked(&value)).then(|| Part { start, end, mask: mask(label.kind) })
}

const fn mask(kind: Value) -> Mask {
    match kind {
        Value::Secret | Value::Pin | Value::Cookie => Mask::Secret,
        Value::Account | Value::Word | Value::Person | Value::Someone => Mask::User,
        Value::Device | Value::Machine => Mask::Device,
        Value::Serial | Value::Digits | Value::Birth | Value::Place => Mask::Id,
        Value::Phone | Value::Inside => Mask::Phone,
        Value::Network => Mask::Network,
        Value::Hardware => Mask::Mac,
        Value::Address => Mask::Address,
    }
}

/// Whether something was put in the value's place already.
fn is_masked(value: &str) -> bool {
    let value = value.trim();
    let braced = value.starts_with('{') || value.starts_with('<') && value.ends_with('>');
    braced || value.chars().all(|it| "*●○■□xX×-_. …・?？".contains(it))
}

fn within(line: &Line, label: &Labelled) -> Option<(usize, usize)> {
    let start = label.start;
    if let Some((open, close)) = quoted(line, start) {
        return in_quotes(line, label, open, close);
    }
    let end = match label.kind {
        Value::Secret => return secret(line, label),
        Value::Pin => return pin(line, label),
        Value::Account => match within_brackets(line, label) {
            Some(name) => return Some(name),
            None => account(line, label)?,
        },
        Value::Word => word(line, label)?,
        Value::Person | Value::Someone => return people::labelled(line, label),
        Value::Device => device(line, label)?,
        Value::Machine => machine(line, label)?,
        Value::Serial => serial(line, label)?,
        Value::Digits => {
            // 口座番号：普通 1234567
            let kind = line.run(start, 4, is_kanji);
            let from = if kind > 0 { line.skip_spaces(start + kind) } else { start };
            let least = if kind > 0 { 6 } else { 8 };
            return digits(line, from, least).map(|length| (from, from + length));
        }
        Value::Phone => phone(line, start, 4)?,
        Value::Inside => {
            let from = start + usize::from(line.get(start) == Some('#'));
            return inside(line, from).map(|end| (from, end));
        }
        Value::Network => network(line, label)?,
        Value::Hardware => hardware(line, start)?,
        Value::Address => address(line, label)?,
        Value::Birth => {
            start + line.run(start, 20, |it| is_digit(it) || "年月日/-. 昭和平成令和".contains(it))
        }
        Value::Place => place(line, start)?,
        Value::Cookie => cookie(line, label)?,
    };
    Some((start, end))
}

/// The range within the quotation marks or brackets at `at`.
fn quoted(line: &Line, at: usize) -> Option<(usize, usize)> {
    let place = "\"'`「『(<".chars().position(|open| line.get(at) == Some(open))?;
    let close = "\"'`」』)>".chars().nth(place)?;
    let closed = |from: usize| {
        let end = from + line.run(from, LONGEST, |it| it != close);
        (line.get(end) == Some(close)).then_some(end)
    };
    let mut end = closed(at + 1)?;
    // In CSV and SQL a doubled mark is one of the value's own.
    while close != ')' && end > at + 1 && line.get(end + 1) == Some(close) {
        let Some(next) = closed(end + 2).filter(|next| *next <= at + LONGEST) else { break };
        end = next;
    }
    Some((at + 1, end))
}

/// A quoted value is one whatever is in it, but for states, and for what brackets explain.
fn in_quotes(line: &Line, label: &Labelled, start: usize, end: usize) -> Option<(usize, usize)> {
    let value = line.text(start, end);
    let trimmed = value.trim();
    if trimmed.is_empty() || is_state(trimmed) {
        return None;
    }
    let bracket = line.before(start) == Some('(');
    let mixed = is_mixed(trimmed);
    let fits = match label.kind {
        Value::Secret => !bracket || mixed,
        Value::Pin | Value::Inside | Value::Phone | Value::Digits | Value::Serial => {
            trimmed.chars().any(is_digit)
                && trimmed
                    .chars()
                    .all(|it| is_digit(it) || " -()+".contains(it) || it.is_ascii_alphanumeric())
                && (!bracket || label.kind != Value::Pin)
        }
        Value::Account | Value::Word => !bracket && !is_product(trimmed) || mixed,
        Value::Person => {
            !NOT_NAMES.contains(trimmed) && !is_product(trimmed) && trimmed.chars().count() <= 30
        }
        Value::Someone => people::is_name(trimmed),
        Value::Device | Value::Machine | Value::Network => !bracket && !is_product(trimmed),
        Value::Hardware | Value::Birth | Value::Place => trimmed.chars().any(is_digit),
        Value::Address => trimmed.chars().count() >= 4,
        Value::Cookie => true,
    };
    fits.then_some((start, end))
}

/// Letters with a digit or a sign among them: a word of a sentence has none.
pub(super) fn is_mixed(value: &str) -> bool {
    let inner = value.trim_end_matches(['.', ',', ':', ';', '!', '?']);
    inner.is_ascii()
        && inner.bytes().any(|it| it.is_ascii_alphabetic())
        && inner
            .bytes()
            .any(|it| !it.is_ascii_alphabetic() && it != b' ' && it != b'-' && it != b'/')
}

/// `uid=1002(sato)`: the system's number, and in brackets whose it is.
fn within_brackets(line: &Line, label: &Labelled) -> Option<(usize, usize)> {
    let open = label.start + line.run(label.start, 10, |it| it.is_ascii_digit());
    let length = line.run(open + 1, 64, is_account);
    let told = open > label.start
        && line.get(open) == Some('(')
        && line.get(open + 1 + length) == Some(')');
    (told && line.text(open + 1, open + 1 + length) != "root")
        .then_some((open + 1, open + 1 + length))
}

/// An extension: a short number, no version and no year.
fn inside(line: &Line, start: usize) -> Option<usize> {
    const LONGEST_EXTENSION: usize = 9;
    let end = phone(line, start, 2)?;
    let version = line.text(start, end).contains('.')
        || line.get(end) == Some('.') && line.get(end + 1).is_some_and(is_digit);
    (!version && end - start <= LONGEST_EXTENSION).then_some(end)
}

/// A secret goes on to a space, or over several words where it is a phrase.
fn secret(line: &Line, label: &Labelled) -> Option<(usize, usize)> {
    let name = line.lower(label.label.0, label.label.1);
    let start = behind_scheme(line, label.start, &name);
    let first = token(line, start);
    let value = line.text(start, first);
    let value = value.as_str();
    if value.is_empty() || is_state(value) && line.get(first) != Some(' ') {
        return None;
    }
    // Words that are many other things too: pass: 12, SID: ORCL, パス：/var.
    let weak = matches!(
        &*name,
        "pass" | "パス" | "sid" | "sig" | "nonce" | "signature" | "credential" | "credentials"
    );
    let digits = value.chars().all(|it| it.is_ascii_digit());
    if weak && (!is_mixed(value) || value.contains(['/', '\\', ':']))
        || value.starts_with("0x") && value.len() <= 10
    {
        return None;
    }
    let end = match label.joint {
        Joint::Sign => signed_secret(line, start, first, value)?,
        // `--token abc`, `snmp-server community abc`: the word after an option is its value.
        Joint::Space
            if is_option(line, label, &name)
                && value.is_ascii()
                && !value.starts_with(['-', '/', '|']) =>
        {
            first
        }
        Joint::Topic => {
            let told = line.starts_with(line.skip_spaces(first), "です") || line.ends(first);
            (value.is_ascii() && !is_state(value) && (is_mixed(value) || told)).then_some(first)?
        }
        _ => {
            let given = is_mixed(value) && value.len() >= 4 && !digits && !is_product(value);
            given.then_some(first)?
        }
    };
    Some((start, behind_pair(line, label, end)))
}

fn is_option(line: &Line, label: &Labelled, name: &str) -> bool {
    let signs = line.run_before(label.label.0, 3, |it| matches!(it, '-' | '/'));
    let begins = line.before(label.label.0 - signs).is_none_or(char::is_whitespace);
    signs > 0 && begins || name.starts_with("snmp-server")
}

/// ID/PW: name / secret: what is written in pairs is read in pairs.
fn behind_pair(line: &Line, label: &Labelled, end: usize) -> usize {
    let paired = matches!(line.before(label.label.0), Some('/' | '・' | '&'));
    let next = line.skip_spaces(end);
    if !paired || !matches!(line.get(next), Some('/' | '・' | '&')) {
        return end;
    }
    let start = line.skip_spaces(next + 1);
    token(line, start).max(end)
}

/// After the name of a scheme: `Authorization: Basic …`.
fn behind_scheme(line: &Line, start: usize, label: &str) -> usize {
    if !label.ends_with("authorization") {
        return start;
    }
    let scheme = line.run(start, 12, |it| it.is_ascii_alphabetic());
    let word = line.lower(start, start + scheme);
    if matches!(&*word, "basic" | "bearer" | "digest" | "ntlm" | "negotiate" | "token" | "apikey") {
        line.skip_spaces(start + scheme)
    } else {
        start
    }
}

fn signed_secret(line: &Line, start: usize, first: usize, value: &str) -> Option<usize> {
    if !value.is_ascii() {
        let spelled = value.chars().all(|it| is_kanji_digit(it) || it.is_ascii());
        let kana = value.chars().all(is_hiragana) && line.ends(first) && !ends_as_a_sentence(value);
        // 「abc123です」 is cut before its ending.
        let ascii = line.run(start, LONGEST, |it| it.is_ascii_graphic());
        let prefix = line.text(start, start + ascii);
        return match () {
            // Kana with digits, and a word after a label of nothing else.
            () if spelled || kana || is_word_of_kana(line, first, value) => Some(first),
            () if is_mixed(&prefix) || ascii >= 6 && line.starts_with(start + ascii, "です") => {
                Some(start + ascii)
            }
            () => None,
        };
    }
    if !value.bytes().all(|it| it.is_ascii_alphabetic()) {
        return Some(first);
    }
    let end = phrase(line, first)?;
    // 「correct」 alone is a state, with words after it a phrase.
    let words = line.text(start, end).split(' ').count();
    (!is_state(value) || words >= 3).then_some(end)
}

/// Whether a value that goes on to the end is a word of katakana, or one of kana with digits: カモメ, ねこ1234.
fn is_word_of_kana(line: &Line, end: usize, value: &str) -> bool {
    let letters = value.trim_end_matches(|it: char| it.is_ascii_digit());
    let kana =
        letters.chars().all(|it| is_katakana(it) || is_hiragana(it) && letters.len() < value.len());
    !letters.is_empty() && kana && line.ends(end) && !is_state(value)
}

/// Where a phrase of words ends that the word before `end` begins; `None` where it says something of the secret.
fn phrase(line: &Line, mut end: usize) -> Option<usize> {
    const MOST_WORDS: usize = 12;
    for _ in 0..MOST_WORDS {
        let next = end + 1;
        let word_end = token(line, next);
        let word = line.lower(next, word_end);
        let goes_on = line.get(end) == Some(' ') && word_end > next && word.is_ascii();
        // The next label is no part of it.
        if !goes_on || word.contains([':', '=']) || line.get(word_end) == Some(':') {
            break;
        }
        // `no` between words is の: kaigi no kagi.
        if is_state(&word) && word != "no" {
            return None;
        }
        end = word_end;
    }
    Some(end)
}

fn ends_as_a_sentence(value: &str) -> bool {
    static ENDS: Section = lexicon::PRIVATE_WORDS.section("ends of sentences");
    ENDS.iter().any(|end| value.ends_with(end))
}

/// Where a word of a secret ends: marks are a part of it where more follows.
fn token(line: &Line, start: usize) -> usize {
    let at = line.until(start, LONGEST, |at, it| {
        let joins = || line.get(at + 1).is_some_and(|next| next.is_ascii_graphic() && next != '"');
        it.is_whitespace()
            || "、。」』】\"<>&".contains(it)
            || ",;|)]}'".contains(it) && (!joins() || assigns(line, at + 1))
    });
    // A full stop that ends the sentence.
    if at > start + 1 && line.before(at) == Some('.') { at - 1 } else { at }
}

/// Whether a key with `=` or `:` begins at `at`.
fn assigns(line: &Line, at: usize) -> bool {
    let length = line.run(at, 24, |it| is_word(it) || it == '"' || it == '-');
    length > 1 && matches!(line.get(at + length), Some('=' | ':'))
}

fn pin(line: &Line, label: &Labelled) -> Option<(usize, usize)> {
    let start = behind_length(line, label.start);
    let length = line
        .run(start, 20, |it| is_digit(it) || it == '-' || it == ' ' && label.joint != Joint::Space);
    let text = line.text(start, start + length);
    let length = text.trim_end_matches([' ', '-']).chars().count();
    let end = start + length;
    if length == 0 {
        // A passcode of letters and digits.
        let first = token(line, start);
        let value = line.text(start, first);
        return (label.joint == Joint::Sign && is_mixed(&value) && !is_state(&value))
            .then_some((start, first));
    }
    let least = if label.joint == Joint::Sign { 3 } else { 4 };
    let counted = counts(line, end)
        || line.get(end).is_some_and(is_word)
        || line.starts_with(line.skip_spaces(end), "エラー");
    (length >= least && !counted).then_some((start, end))
}

/// 暗証番号は四桁の 7 3 1 9: after the words that tell how long the number is.
fn behind_length(line: &Line, at: usize) -> usize {
    let behind = at + line.run(at, 2, |it| is_digit(it) || is_kanji_digit(it));
    if behind > at && line.starts_with(behind, "桁の") {
        line.skip_spaces(behind + 2)
    } else {
        at
    }
}

/// Whether the number before `at` counts something.
fn counts(line: &Line, at: usize) -> bool {
    static COUNTERS: Section = lexicon::PRIVATE_WORDS.section("counters");
    let at = line.skip_spaces(at);
    COUNTERS.iter().any(|counter| line.starts_with(at, counter))
}

/// The characters of login names.
fn is_account(character: char) -> bool {
    character.is_ascii_alphanumeric() || "._@\\-$+#".contains(character)
}

fn account(line: &Line, label: &Labelled) -> Option<usize> {
    let start = label.start;
    let end = start + account_length(line, start);
    let value = line.text(start, end);
    let spelled = line.run(start, 12, is_kanji_digit);
    if spelled >= 4 {
        return Some(start + spelled);
    }
    if value.is_empty() || is_digits(&value) && counts(line, end) {
        return named(line, label).or_else(|| shared_account(line, label));
    }
    if is_state(&value) || is_product_word(&value) || value.starts_with("0x") {
        return None;
    }
    let latin = line.get(label.label.0).is_some_and(|it| it.is_ascii_alphabetic());
    let name = line.lower(label.label.0, label.label.1);
    // uid=0 is the system's.
    if matches!(&*name, "uid" | "user id" | "userid") && is_digits(&value) && value.len() < 5 {
        return None;
    }
    let is_end = line.get(end).is_none_or(|it| !is_word(it));
    let sure = match label.joint {
        Joint::Sign | Joint::Open => is_end && !(is_prose(line, label, end)),
        Joint::Topic => true,
        Joint::Space => !latin || !value.bytes().all(|it| it.is_ascii_alphabetic()),
    };
    sure.then_some(end)
}

/// 営業02, 総務共有: the name that several share, after its label. One of kanji alone may be a kind or a state where the
/// label is a word of sentences.
fn shared_account(line: &Line, label: &Labelled) -> Option<usize> {
    let start = label.start;
    let letter = |it| is_kanji(it) || is_katakana(it) || is_word(it) || matches!(it, '-' | '・');
    let (end, value) = line.piece(start, 40, letter);
    let digits = value.chars().any(|it| it.is_ascii_digit());
    let said =
        line.get(end).is_some_and(is_hiragana) || value.ends_with(|it| "中済可否的型".contains(it));
    let fits = label.joint == Joint::Sign
        && end > start + 1
        && !said
        && !is_state(&value)
        && !is_product(&value)
        && !NOT_NAMES.contains(&*value)
        && !counts(line, end)
        && !value.ends_with(|it| "件名人台個回".contains(it))
        && (digits || label.kind == Value::Account || line.before(label.label.1) == Some('名'));
    fits.then_some(end)
}

fn is_digits(value: &str) -> bool {
    value.bytes().all(|it| it.is_ascii_digit())
}

/// A Latin label with a word after it that others follow: `login: the operation failed`.
fn is_prose(line: &Line, label: &Labelled, end: usize) -> bool {
    let value = line.text(label.start, end);
    let plain = value.bytes().all(|it| it.is_ascii_alphabetic());
    let next = line.skip_spaces(end);
    let spaced = line.before(label.start) == Some(' ');
    let follows = next > end
        && line.get(next).is_some_and(|it| it.is_ascii_alphabetic())
        && !assigns(line, next);
    plain && spaced && follows && is_state(&line.lower(next, token(line, next)))
        || plain
            && matches!(
                &*value.to_ascii_lowercase(),
                "the" | "this" | "a" | "an" | "your" | "my" | "no"
            )
}

/// The length of a login name, without the mark that ends its sentence.
fn account_length(line: &Line, start: usize) -> usize {
    let (_, text) = line.piece(start, 80, is_account);
    text.trim_end_matches(['.', '-', '@', '#', '+']).chars().count()
}

/// A name of Japanese letters in place of a login name.
fn named(line: &Line, label: &Labelled) -> Option<usize> {
    let (start, end) = people::labelled(line, label)?;
    (start == label.start).then_some(end)
}

/// ユーザー, `user`: words of sentences, after which a name is only in a few ways.
fn word(line: &Line, label: &Labelled) -> Option<usize> {
    let start = label.start;
    let end = start + account_length(line, start);
    let value = line.text(start, end);
    if label.joint == Joint::Sign {
        return account(line, label);
    }
    let lower = value.to_lowercase();
    let given = is_mixed(&value) && !value.starts_with("0x");
    if value.is_empty()
        || is_state(&value)
        || is_product_word(&value)
        || USER_WORDS.contains(&&*lower)
    {
        return None;
    }
    if label.joint != Joint::Space || given {
        return (label.joint == Joint::Space && given).then_some(end);
    }
    let latin = line.get(label.label.0).is_some_and(|it| it.is_ascii_alphabetic());
    if !latin {
        // ユーザー sato が
        let behind = line.skip_spaces(end);
        return line.get(behind).is_some_and(|it| "がはでのをに、。)".contains(it)).then_some(end);
    }
    // for user sato, invalid user sato; user sato logged in
    let before = line.text(label.label.0.saturating_sub(10), label.label.0).to_lowercase();
    let led = ["for ", "by ", "invalid ", "as ", "of "].iter().any(|lead| before.ends_with(lead));
    let next = line.skip_spaces(end);
    let verb = line.lower(next, next + line.run(next, 12, |it| it.is_ascii_alphabetic()));
    let acts = ACTS.contains(&&*verb);
    (led || acts && label.label.0 == 0).then_some(end)
}

pub(super) static SAID: Section = lexicon::PRIVATE_WORDS.section("after a name");
pub(super) static USER_WORDS: Section = lexicon::PRIVATE_WORDS.section("after user");
/// Verbs that a login name is before.
static ACTS: Section = lexicon::PRIVATE_WORDS.section("acts of a user");

/// A name of a device: its words up to the next label, mark or clause.
fn device(line: &Line, label: &Labelled) -> Option<usize> {
    let start = label.start;
    let mut end = words_of_device(line, start);
    if label.joint == Joint::Sign {
        for _ in 0..2 {
            let next = end + 1;
            let word_end = words_of_device(line, next);
            let word = line.text(next, word_end);
            let joins = line.get(end) == Some(' ')
                && word_end > next
                && !matches!(line.get(word_end), Some(':' | '='));
            let plain = word.bytes().all(|it| it.is_ascii_alphanumeric())
                && (word.len() <= 2
                    || !is_digits(&word) && !word.bytes().all(|it| it.is_ascii_lowercase()));
            if !joins
                || !plain
                || is_state(&word)
                || word.starts_with("0x")
                || word.to_lowercase().starts_with("err")
            {
                break;
            }
            end = word_end;
        }
    }
    let value = line.text(start, end);
    let given = label.joint == Joint::Sign
        || value.is_ascii() && value.bytes().any(|it| !it.is_ascii_lowercase());
    (given
        && !value.is_empty()
        && !is_state(&value)
        && !is_product(&value)
        && !NOT_NAMES.contains(&*value)
        && !counts(line, end))
    .then_some(end)
}

/// A word of a device's name; a particle but の ends it.
fn words_of_device(line: &Line, start: usize) -> usize {
    let at = line.until(start, 60, |at, it| {
        let particle = is_hiragana(it)
            && it != 'の'
            && line.before(at).is_some_and(|before| at > start && !is_hiragana(before));
        particle || !(it.is_alphanumeric() || "_-.'#・&+".contains(it))
    });
    let text = line.text(start, at);
    start + text.trim_end_matches(['.', '-', 'の']).chars().count()
}

/// 端末, `host`: a name after them has a joint or a digit, and is no product.
fn machine(line: &Line, label: &Labelled) -> Option<usize> {
    if label.joint != Joint::Sign {
        return None;
    }
    let end = words_of_device(line, label.start);
    let value = line.text(label.start, end);
    let lower = value.to_lowercase();
    let owned = people::family_before_no(&value);
    let given = is_mixed(&value) && !lower.starts_with("0x") && line.get(end) != Some(' ')
        || value.contains(['-', '_'])
        || owned;
    (given && !is_state(&value) && !is_product(&value)).then_some(end)
}

/// A serial number: letters and digits, which people write in groups.
fn serial(line: &Line, label: &Labelled) -> Option<usize> {
    let mut end = label.start + group(line, label.start);
    let mut total = end - label.start;
    loop {
        let joint = matches!(line.get(end), Some(' ' | '-'));
        let length = if joint { group(line, end + 1) } else { 0 };
        let word = line.text(end + 1, end + 1 + length);
        let fits = length > 0
            && total + length <= 24
            && !word.bytes().any(|it| it.is_ascii_lowercase())
            && (line.get(end) == Some('-') || length <= 6)
            && !matches!(line.get(end + 1 + length), Some(':' | '='));
        if !fits {
            break;
        }
        total += length;
        end += 1 + length;
    }
    let value = line.text(label.start, end);
    let digits = value.bytes().any(|it| it.is_ascii_digit());
    let sure = label.joint == Joint::Sign || value.bytes().any(|it| it.is_ascii_uppercase());
    (total >= 5 && digits && sure && !value.starts_with("0x")).then_some(end)
}

fn group(line: &Line, start: usize) -> usize {
    line.run(start, 24, |it| it.is_ascii_alphanumeric())
}

/// The length of a number in groups with at least `least` digits.
fn digits(line: &Line, start: usize, least: usize) -> Option<usize> {
    let (end, text) = line.piece(start, 48, |it| {
        is_digit(it) || it.is_ascii_hexdigit() || matches!(it, ' ' | '-' | '/')
    });
    // A word of hexadecimal letters after a space is a word.
    let kept = text.trim_end_matches([' ', '-', '/']);
    let count = kept.chars().filter(|it| is_digit(*it)).count();
    (count >= least && !line.get(end).is_some_and(|it| it.is_ascii_alphanumeric()))
        .then(|| kept.chars().count())
}

/// Where a number to call ends.
pub(super) fn phone(line: &Line, start: usize, least: usize) -> Option<usize> {
    let (_, text) = line.piece(start, 24, |it| {
        is_digit(it) || matches!(it, ' ' | '-' | '(' | ')' | '+' | '.' | 'ー')
    });
    let kept = text.trim_end_matches([' ', '-', '(', '.', 'ー']);
    let kept = if kept.contains('(') { kept } else { kept.trim_end_matches(')') };
    let end = start + kept.chars().count();
    let count = kept.chars().filter(|it| is_digit(*it)).count();
    let begins = line.get(start).is_some_and(|it| is_digit(it) || matches!(it, '+' | '('));
    (begins
        && count >= least
        && count <= 15
        && !counts(line, end)
        && !line.get(end).is_some_and(is_word))
    .then_some(end)
}

fn network(line: &Line, label: &Labelled) -> Option<usize> {
    let start = label.start;
    let is_name = |it: char| !it.is_whitespace() && !"、。,;|<>\"'()「」{}[]".contains(it);
    let mut end = start;
    loop {
        let from = if end == start { start } else { end + 1 };
        let to = line.until(from, 64, |to, it| {
            let behind = || to > start && line.before(to).is_some_and(|before| before.is_ascii());
            !is_name(it) || is_hiragana(it) && behind()
        });
        let word = line.text(from, to);
        let goes_on = end == start
            || label.joint == Joint::Sign
                && line.get(end) == Some(' ')
                && to > from
                && word.is_ascii()
                && !is_state(&word)
                && !word.contains(['=', ':'])
                && !matches!(line.get(to), Some(':' | '='))
                && !(is_digits(&word) && word.len() > 2);
        if !goes_on || to == from {
            break;
        }
        end = to;
        if !line.before(end).is_some_and(|it| it.is_ascii()) {
            break;
        }
    }
    let value = line.text(start, end);
    let bare = label.joint == Joint::Space || label.joint == Joint::Topic;
    let said = bare && (!value.is_ascii() || value.bytes().all(|it| it.is_ascii_lowercase()));
    (!value.is_empty()
        && !said
        && !is_state(&value)
        && !NOT_NAMES.contains(&*value)
        && !ends_as_a_sentence(&value))
    .then_some(end)
}

/// Twelve hexadecimal digits, whatever is between.
fn hardware(line: &Line, start: usize) -> Option<usize> {
    let (_, text) =
        line.piece(start, 24, |it| it.is_ascii_hexdigit() || matches!(it, ':' | '-' | '.' | ' '));
    let mut count = 0;
    let end = text.chars().position(|it| {
        count += usize::from(it.is_ascii_hexdigit());
        count == 12
    })?;
    Some(start + end + 1)
}

/// A postal address goes on to the end of the cell or to the next label.
fn address(line: &Line, label: &Labelled) -> Option<usize> {
    if !matches!(label.joint, Joint::Sign | Joint::Topic)
        && line.get(label.start).is_none_or(|it| it != '〒')
    {
        return None;
    }
    let end = line.until(label.start, LONGEST, |end, it| {
        let gap = it == ' ' && (line.get(end + 1) == Some(' ') || line.is_label(end + 1));
        gap || "\t|<>\"「」。、;".contains(it)
    });
    let value = line.text(label.start, end);
    let told = value.chars().any(is_digit) || is_place(&value);
    (told && !is_state(value.trim()) && !value.starts_with("0x")).then_some(end)
}

/// Whether a text names a prefecture, a city, a ward, a town or a village.
fn is_place(text: &str) -> bool {
    text.contains(['都', '道', '府', '県', '市', '区', '町', '村', '〒'])
}

fn place(line: &Line, start: usize) -> Option<usize> {
    let (_, text) =
        line.piece(start, 40, |it| it.is_ascii_digit() || ".,-+° NSEW度分秒北緯東経".contains(it));
    let kept = text.trim_end_matches([' ', ',', '.']);
    (kept.chars().filter(char::is_ascii_digit).count() >= 3).then(|| start + kept.chars().count())
}

fn cookie(line: &Line, label: &Labelled) -> Option<usize> {
    let (end, value) = line.piece(label.start, 4 * LONGEST, |it| it != '"');
    (label.joint == Joint::Sign && value.contains('=')).then_some(end)
}
