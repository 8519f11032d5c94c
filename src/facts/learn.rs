//! What the whole paste teaches: a word that takes many values in one place is a variable.
//!
//! A signature is its message's own. Joining signatures into one incident looks at all messages of a
//! paste, but not at their order or number:
//!
//! 1. A word behind a noun that announces a name (`user cyrus`, `class Foo`, `domain: root_domain`) may
//!    be that name; the message with all such words left open is its relaxed key.
//! 2. Messages with one relaxed key are one, where an open word takes [`ENOUGH`] values or more; where
//!    every value looks like an identifier, two are enough.
//!
//! 3. Messages that differ in one word only, wherever it stands, are one where that word takes
//!    [`MANY`] values or more. Verbs take fewer: `cannot open`, `cannot read` and `cannot write` are
//!    three messages.

use std::collections::{BTreeMap, BTreeSet};

use super::message::{VARIABLE, hash};

/// How many values make an ordinary word behind a noun a name.
const ENOUGH: usize = 3;
/// Beyond this many messages nothing is joined: they are bound to be many kinds.
const MOST_MESSAGES: usize = 50_000;
/// How many values make a word a variable wherever it stands.
const MANY: usize = 5;
/// Messages of fewer words are too short to be alike by anything but chance.
const FEWEST_WORDS: usize = 3;
/// Longer messages are not looked through word by word.
const MOST_TOKENS: usize = 120;
/// Stands for an open word in a relaxed key.
const OPEN: u8 = 0x05;

/// Nouns that announce a name, in lower case.
const NOUNS: &[&str] = &[
    "user",
    "users",
    "username",
    "account",
    "group",
    "uid",
    "owner",
    "class",
    "domain",
    "host",
    "hostname",
    "node",
    "server",
    "client",
    "service",
    "interface",
    "device",
    "program",
    "file",
    "filename",
    "directory",
    "folder",
    "module",
    "package",
    "process",
    "thread",
    "job",
    "task",
    "container",
    "application",
    "app",
    "profile",
    "policy",
    "name",
    "named",
    "type",
    "eventtype",
    "event",
    "key",
    "database",
    "table",
    "queue",
    "topic",
    "volume",
    "disk",
    "driver",
    "daemon",
    "unit",
    "chdir",
    "command",
    "ユーザ",
    "ユーザー",
    "端末",
    "デバイス",
    "グループ",
    "アプリ",
    "プロファイル",
    "管理番号",
];

/// The wording of a message, as its key has it, and the bytes of its codes.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Wording<'k> {
    pub(crate) wording: &'k [u8],
    pub(crate) codes: &'k [u8],
}

/// For each message, the index of the first message that it is one incident with: its own, if none.
pub(crate) fn join(messages: &[Wording<'_>]) -> Vec<usize> {
    let mut first = Joined((0..messages.len()).collect());
    if messages.len() > MOST_MESSAGES {
        return first.0;
    }
    join_names(messages, &mut first);
    join_words(messages, &mut first);
    (0..messages.len()).map(|index| first.of(index)).collect()
}

/// The first message of each message's family.
struct Joined(Vec<usize>);

impl Joined {
    fn of(&self, mut index: usize) -> usize {
        // Every step goes to a smaller index, so this ends.
        while let Some(&up) = self.0.get(index).filter(|up| **up < index) {
            index = up;
        }
        index
    }

    fn join(&mut self, one: usize, other: usize) {
        let (one, other) = (self.of(one), self.of(other));
        if let Some(slot) = self.0.get_mut(one.max(other)) {
            *slot = one.min(other);
        }
    }
}

/// A message of a family: its index, and the words that the relaxed key leaves open.
type Member<'k> = (usize, Vec<&'k [u8]>);

/// Joins messages that differ in names behind nouns.
fn join_names(messages: &[Wording<'_>], first: &mut Joined) {
    let mut families: BTreeMap<u64, Vec<Member<'_>>> = BTreeMap::new();
    let mut relaxed = Vec::new();
    for (index, message) in messages.iter().enumerate() {
        let values = relax(message.wording, &mut relaxed);
        relaxed.push(0);
        relaxed.extend_from_slice(message.codes);
        families.entry(hash(&relaxed)).or_default().push((index, values));
    }
    for members in families.values() {
        let Some((head, open)) = members.first().map(|(index, values)| (*index, values.len()))
        else {
            continue;
        };
        let is_one = (0..open).any(|place| {
            let values: BTreeSet<&[u8]> =
                members.iter().filter_map(|(_, values)| values.get(place).copied()).collect();
            values.len() >= ENOUGH
                || (values.len() > 1 && values.iter().all(|value| is_identifier(value)))
        });
        for (index, _) in members.iter().filter(|_| is_one) {
            first.join(head, *index);
        }
    }
}

/// Joins messages that differ in one word which takes many values.
fn join_words(messages: &[Wording<'_>], first: &mut Joined) {
    // The message without the word, and the word: both as hashes, to be sorted together.
    let mut places: Vec<(u64, u64, usize)> = Vec::new();
    let mut rest = Vec::new();
    for (index, message) in messages.iter().enumerate() {
        let words: Vec<&[u8]> = tokens(message.wording).collect();
        let is_latin =
            |word: &[u8]| word.first().is_some_and(|byte| is_word(*byte) && *byte != VARIABLE);
        if words.len() > MOST_TOKENS
            || words.iter().filter(|word| is_latin(word)).count() < FEWEST_WORDS
        {
            continue;
        }
        for (place, word) in words.iter().enumerate().filter(|(_, word)| is_latin(word)) {
            rest.clear();
            rest.extend_from_slice(message.codes);
            rest.extend_from_slice(&place.to_le_bytes());
            for (other, token) in words.iter().enumerate() {
                rest.extend_from_slice(if other == place { &[OPEN] } else { token });
            }
            places.push((hash(&rest), hash(word), index));
        }
    }
    places.sort_unstable();
    for family in places.chunk_by(|(one, ..), (other, ..)| one == other) {
        let values = family.chunk_by(|(_, one, _), (_, other, _)| one == other).count();
        let Some(&(_, _, head)) = family.first().filter(|_| values >= MANY) else { continue };
        for &(_, _, index) in family {
            first.join(head, index);
        }
    }
}

/// Writes the wording with its open words left open; returns those words.
fn relax<'k>(wording: &'k [u8], relaxed: &mut Vec<u8>) -> Vec<&'k [u8]> {
    relaxed.clear();
    let mut values = Vec::new();
    let mut after_noun = false;
    for token in tokens(wording) {
        let is_word = token.first().is_some_and(|&byte| is_word(byte) || byte >= 0x80);
        if is_word && after_noun {
            values.push(token);
            relaxed.push(OPEN);
            after_noun = false;
        } else {
            relaxed.extend_from_slice(token);
            let joint = matches!(token, b" " | b":" | b"=" | b"(" | b"[" | b"'" | b"\"");
            after_noun = is_noun(token) || (after_noun && joint);
        }
    }
    values
}

fn is_noun(token: &[u8]) -> bool {
    NOUNS.iter().any(|noun| noun.as_bytes() == token)
}

fn is_identifier(value: &[u8]) -> bool {
    value.iter().any(|byte| {
        matches!(byte, b'_' | b'.' | b'-' | b'$' | b'/')
            || byte.is_ascii_digit()
            || *byte == VARIABLE
    })
}

/// Words of Latin letters with their joints and variables; runs of other letters; single marks.
fn tokens(wording: &[u8]) -> impl Iterator<Item = &[u8]> {
    let mut rest = wording;
    std::iter::from_fn(move || {
        let &first = rest.first()?;
        let length = if is_word(first) {
            rest.iter().position(|&byte| !is_word(byte)).unwrap_or(rest.len())
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

#[cfg(test)]
mod tests {
    use super::*;

    fn joined(messages: &[&str]) -> Vec<usize> {
        let wordings: Vec<Wording<'_>> =
            messages.iter().map(|m| Wording { wording: m.as_bytes(), codes: &[] }).collect();
        join(&wordings)
    }

    #[test]
    fn a_word_behind_a_noun_that_takes_many_values_is_a_name() {
        let users = [
            "session opened for user cyrus",
            "session opened for user news",
            "session opened for user root",
        ];
        assert_eq!(joined(&users), [0, 0, 0]);
        assert_eq!(joined(&["domain root_a is lost", "domain root_b is lost"]), [0, 0]);
    }

    #[test]
    fn two_words_are_two_messages() {
        assert_eq!(joined(&["user unknown", "user locked"]), [0, 1]);
        assert_eq!(joined(&["cannot open it", "cannot read it", "cannot write it"]), [0, 1, 2]);
    }

    #[test]
    fn the_order_changes_nothing_but_the_indices() {
        let users = ["for user a", "for user b", "other", "for user c"];
        assert_eq!(joined(&users), [0, 0, 2, 0]);
        let reversed: Vec<&str> = users.iter().rev().copied().collect();
        assert_eq!(joined(&reversed), [0, 1, 0, 0]);
    }
}
