//! Template mining over a whole paste: finds the words of its messages that are variables.
//!
//! A signature is its message's own. Joining signatures into one incident looks at all messages of a paste,
//! but not at their order or number. Each step makes the messages that it has joined one message for the
//! next:
//!
//! 1. Shape ([`shape`](super::shape)): what is written like a given name, quantities with their units, and
//!    lists of any length are variables in any message.
//! 2. Announced words: after `user`, `name=`, `from`, or in quotation marks a word may be a name. It is
//!    one where it takes enough values: how many, its announcement says.
//! 3. Any word: where messages differ in one word only, or in two, it is a variable where it takes
//!    [`MANY`] values or more. Verbs take fewer: `cannot open`, `cannot read` and `cannot write` are three
//!    messages. So are success and failure, whatever announces them.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::message::hash;
use super::shape::{FUNCTION_WORDS, OPEN, OUTCOMES, Shape, is_constant, is_latin};
use crate::source::looked_at;

/// How many values make a word a variable wherever it is.
const MANY: usize = 5;
/// Messages of fewer words are too short to be alike by anything but chance.
const FEWEST_WORDS: usize = 3;
/// How many values make a variable of what is in brackets.
const ENOUGH_IN_BRACKETS: usize = 3;
/// How many messages are compared with each other at a time; of more, what is left of each part is compared again.
const MOST_MESSAGES: usize = 50_000;
/// Messages of more words are not compared two words at a time, others so many at a time.
const MOST_WORDS: usize = 16;
const MOST_FOR_PAIRS: usize = 4_000;
/// How many words of a message may turn out to be variables, one after the other.
const MOST_ROUNDS: usize = 4;
/// Longer messages are not looked through word by word.
const MOST_TOKENS: usize = 120;

/// The wording of a message, as its key has it, and the bytes of its codes.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Wording<'k> {
    pub(crate) wording: &'k [u8],
    pub(crate) codes: &'k [u8],
}

/// For each message, the index of the first message that it is one incident with: its own, if none.
pub(crate) fn join<'a>(messages: &[Wording<'a>]) -> Vec<usize> {
    let mut first = Joined((0..messages.len()).collect());
    let kind = |(index, message): (usize, &Wording<'a>)| {
        MessageKind::new(Shape::of(message.wording), message.codes, index)
    };
    let mut left = Vec::new();
    let mut rest = messages.iter().enumerate().map(kind).peekable();
    while rest.peek().is_some() {
        left.append(&mut join_kinds(rest.by_ref().take(MOST_MESSAGES).collect(), &mut first));
    }
    // Few of many messages are left where they come from templates; where they do not, there is nothing to learn.
    if messages.len() > MOST_MESSAGES && left.len() <= MOST_MESSAGES {
        left = join_kinds(left, &mut first);
    }
    for kinds in left.chunks(MOST_FOR_PAIRS) {
        join_pairs(kinds, &mut first);
    }
    (0..messages.len()).map(|index| first.of(index)).collect()
}

/// Joins what some messages show to be one; returns one of each that are left.
fn join_kinds<'k>(mut kinds: Vec<MessageKind<'k>>, first: &mut Joined) -> Vec<MessageKind<'k>> {
    open_announced(&mut kinds);
    kinds.iter_mut().for_each(MessageKind::hash_anew);
    open_brackets(&mut kinds);
    let mut kinds = distinct(kinds, first);
    for _ in 0..MOST_ROUNDS {
        if !join_words(&mut kinds, first) {
            break;
        }
        kinds = distinct(kinds, first);
    }
    kinds
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

/// Messages that are one so far.
struct MessageKind<'k> {
    shape: Shape<'k>,
    codes: &'k [u8],
    head: usize,
    hashes: Hashes,
}

impl<'k> MessageKind<'k> {
    fn new(shape: Shape<'k>, codes: &'k [u8], head: usize) -> Self {
        let hashes = Hashes::of(&shape.tokens);
        Self { shape, codes, head, hashes }
    }

    fn hash_anew(&mut self) {
        self.hashes = Hashes::of(&self.shape.tokens);
    }

    /// The hash of everything but the tokens of a span.
    fn without_span(&self, span: &Range<usize>) -> u64 {
        let length = self.shape.tokens.len();
        let (before, behind) =
            (self.hashes.part(0..span.start), self.hashes.part(span.end..length));
        self.mixed(&[before, behind, span.start as u64])
    }

    /// The hash of everything but the tokens at two places.
    fn without_pair(&self, one: usize, other: usize) -> u64 {
        let length = self.shape.tokens.len();
        let parts = [0..one, one + 1..other, other + 1..length].map(|part| self.hashes.part(part));
        let [before, between, behind] = parts;
        self.mixed(&[before, between, behind, one as u64, other as u64])
    }

    /// The hash of everything but the tokens at some places.
    fn without(&self, places: &[usize]) -> u64 {
        looked_at(8 * self.shape.tokens.len());
        let mut rest = Vec::from(self.codes);
        let mut places_left = places.iter().peekable();
        for (place, token) in self.shape.tokens.iter().enumerate() {
            let open = places_left.next_if_eq(&&place).is_some();
            rest.push(0);
            rest.extend_from_slice(if open { OPEN } else { token });
        }
        for place in places {
            rest.extend_from_slice(&place.to_le_bytes());
        }
        hash(&rest)
    }

    fn mixed(&self, numbers: &[u64]) -> u64 {
        looked_at(8);
        let mut bytes = Vec::with_capacity(self.codes.len() + 8 * numbers.len());
        bytes.extend_from_slice(self.codes);
        bytes.extend(numbers.iter().flat_map(|number| number.to_le_bytes()));
        hash(&bytes)
    }
}

/// Hashes of all beginnings of a sequence of tokens: that of any part follows in one step, so that a message of
/// many words is not gone through once for each of them (Rabin and Karp, modulo the prime 2^61 - 1).
#[derive(Debug, Default)]
struct Hashes {
    beginnings: Vec<u64>,
    powers: Vec<u64>,
}

impl Hashes {
    const PRIME: u64 = (1 << 61) - 1;
    const BASE: u64 = 0x0B5A_D4EC_EDA1_CE2A;

    fn of(tokens: &[&[u8]]) -> Self {
        looked_at(8 * tokens.len());
        let (mut hash_so_far, mut power) = (0, 1);
        let (mut beginnings, mut powers) = (vec![0], vec![1]);
        for token in tokens {
            hash_so_far =
                (Self::product(hash_so_far, Self::BASE) + hash(token) % Self::PRIME) % Self::PRIME;
            power = Self::product(power, Self::BASE);
            beginnings.push(hash_so_far);
            powers.push(power);
        }
        Self { beginnings, powers }
    }

    fn part(&self, part: Range<usize>) -> u64 {
        let beginning = |end: usize| self.beginnings.get(end).copied().unwrap_or_default();
        let power = self.powers.get(part.len()).copied().unwrap_or_default();
        let before = Self::product(beginning(part.start), power);
        (beginning(part.end) + Self::PRIME - before) % Self::PRIME
    }

    fn product(one: u64, other: u64) -> u64 {
        let product = u128::from(one) * u128::from(other) % u128::from(Self::PRIME);
        // The rest of a division by a number of 61 bits fits.
        u64::try_from(product).unwrap_or_default()
    }
}

/// Joins the kinds that have become the same, and leaves one of each.
fn distinct<'k>(kinds: Vec<MessageKind<'k>>, first: &mut Joined) -> Vec<MessageKind<'k>> {
    let mut known: BTreeMap<u64, usize> = BTreeMap::new();
    let mut left = Vec::with_capacity(kinds.len());
    for mut kind in kinds {
        kind.shape.settle();
        kind.hash_anew();
        match known.get(&kind.without(&[])) {
            Some(&head) => first.join(head, kind.head),
            None => {
                known.insert(kind.without(&[]), kind.head);
                left.push(kind);
            }
        }
    }
    left
}

/// Opens the announced words that take enough values.
fn open_announced(kinds: &mut [MessageKind<'_>]) {
    // Kinds that are the same but for announced words.
    let mut families: BTreeMap<u64, Vec<usize>> = BTreeMap::new();
    for (index, kind) in kinds.iter().enumerate() {
        let places: Vec<usize> = kind.shape.announced.iter().map(|(place, _)| *place).collect();
        // Where a value is open already, the same place is announced in it as well.
        families.entry(kind.without(&places)).or_default().push(index);
    }
    for members in families.values().filter(|members| members.len() > 1) {
        let head = members.first().and_then(|&index| kinds.get(index));
        let Some(announced) = head.map(|kind| kind.shape.announced.clone()) else { continue };
        for (place, enough) in announced {
            let token = |&index: &usize| kinds.get(index)?.shape.tokens.get(place).copied();
            let values: BTreeSet<&[u8]> = members.iter().filter_map(token).collect();
            if !is_variable(&values, enough) {
                continue;
            }
            for &index in members {
                let token = kinds.get_mut(index).and_then(|it| it.shape.tokens.get_mut(place));
                token.into_iter().for_each(|token| *token = OPEN);
            }
        }
    }
}

/// Whether a place that takes these values is a variable, `enough` being how many ordinary words make it
/// one. Beside a value that is written like one, a word is a value too.
fn is_variable(values: &BTreeSet<&[u8]>, enough: usize) -> bool {
    let outcome = values.iter().any(|value| is_outcome(value) || is_function_word(value));
    let given = values.iter().any(|value| *value == OPEN || value.contains(&b'_'));
    !outcome && (values.len() >= enough || (values.len() > 1 && given))
}

fn is_function_word(word: &[u8]) -> bool {
    FUNCTION_WORDS.iter().any(|known| word.eq_ignore_ascii_case(known.as_bytes()))
}

/// Whether a word is an outcome, is joined of words of which one is (`token_expiredForbidden`), or is a constant that tells
/// one; hexadecimal numbers may be all letters.
fn is_outcome(word: &[u8]) -> bool {
    let hexadecimal = word.len() >= 4 && word.iter().all(u8::is_ascii_hexdigit);
    is_constant(word) && !hexadecimal
        || parts_of_name(word)
            .any(|part| OUTCOMES.iter().any(|known| part.eq_ignore_ascii_case(known.as_bytes())))
}

/// The words that a name of a program is joined of: `token_expiredForbidden` has three.
fn parts_of_name(name: &[u8]) -> impl Iterator<Item = &[u8]> {
    let words = name.split(|byte| *byte == b'_');
    words.flat_map(|word| {
        word.chunk_by(|before, next| !before.is_ascii_lowercase() || !next.is_ascii_uppercase())
    })
}

/// Whether what is in brackets says more than a name does: constants, labelled values, mere marks.
fn says_more(tokens: &[&[u8]]) -> bool {
    match tokens {
        [OPEN] => false,
        [word] if is_outcome(word) => true,
        tokens => {
            tokens.iter().any(|token| is_constant(token) || *token == b"=")
                || !tokens.iter().any(|token| token.iter().any(u8::is_ascii_alphabetic))
        }
    }
}

/// Opens what is in brackets or quotation marks, over several words, where that takes enough values.
fn open_brackets(kinds: &mut [MessageKind<'_>]) {
    // The message without what is in the brackets; that, and where it is.
    let mut spans: BTreeMap<u64, Vec<(usize, Range<usize>)>> = BTreeMap::new();
    for (index, kind) in kinds.iter().enumerate() {
        for span in kind.shape.brackets() {
            spans.entry(kind.without_span(&span)).or_default().push((index, span));
        }
    }
    let mut opened: BTreeMap<usize, Vec<Range<usize>>> = BTreeMap::new();
    for members in spans.into_values() {
        let inside = |(index, span): &(usize, Range<usize>)| {
            kinds.get(*index)?.shape.tokens.get(span.clone()).map(<[&[u8]]>::to_vec)
        };
        let values: BTreeSet<Vec<&[u8]>> = members.iter().filter_map(inside).collect();
        let given = values.iter().any(|value| value.contains(&OPEN));
        let outcome = values.iter().any(|value| says_more(value));
        if values.len() > 1 && !outcome && (given || values.len() >= ENOUGH_IN_BRACKETS) {
            for (index, span) in members {
                opened.entry(index).or_default().push(span);
            }
        }
    }
    for (index, mut spans) in opened {
        spans.sort_by_key(|span| span.start);
        let Some(kind) = kinds.get_mut(index) else { continue };
        let mut tokens = Vec::with_capacity(kind.shape.tokens.len());
        let mut at = 0;
        for span in spans {
            tokens.extend_from_slice(kind.shape.tokens.get(at..span.start).unwrap_or_default());
            tokens.push(OPEN);
            at = span.end;
        }
        tokens.extend_from_slice(kind.shape.tokens.get(at..).unwrap_or_default());
        kind.shape.tokens = tokens;
    }
}

/// Opens the words in which alone messages differ, where they take many values, or are in the place of
/// what is a value in another message. Says whether there were any.
fn join_words(kinds: &mut [MessageKind<'_>], first: &mut Joined) -> bool {
    // Sorted by the rest of the message and by the value.
    let mut places: Vec<(u64, u64, usize, Range<usize>)> = Vec::new();
    for (index, kind) in kinds.iter().enumerate().filter(|(_, kind)| kind.shape.is_comparable()) {
        for span in kind.shape.values() {
            let value = kind.shape.tokens.get(span.clone()).unwrap_or_default().concat();
            places.push((kind.without_span(&span), hash(&value), index, span));
        }
    }
    places.sort_unstable_by_key(|(rest, value, index, span)| (*rest, *value, *index, span.end));
    let mut opened = Vec::new();
    for family in places.chunk_by(|(one, ..), (other, ..)| one == other) {
        let count = family.chunk_by(|(_, one, ..), (_, other, ..)| one == other).count();
        if count < 2 || !(count >= MANY || stands_for_value(family, kinds)) {
            continue;
        }
        let head = family.first().map_or(0, |(_, _, index, _)| *index);
        for (_, _, index, span) in family {
            opened.push((*index, span.clone()));
            if let (Some(one), Some(other)) = (kinds.get(head), kinds.get(*index)) {
                first.join(one.head, other.head);
            }
        }
    }
    // From the end of each message, so that the places before stay.
    opened.sort_by_key(|(index, span)| (*index, std::cmp::Reverse(span.start), span.end));
    let mut last: Option<(usize, usize)> = None;
    for (index, span) in &opened {
        let free = last.is_none_or(|(known, start)| known != *index || span.end <= start);
        if let Some(kind) = kinds.get_mut(*index).filter(|_| free) {
            kind.shape.tokens.splice(span.clone(), [OPEN]);
            last = Some((*index, span.start));
        }
    }
    !opened.is_empty()
}

/// Whether words are where other messages have a value: `closed by 10.0.0.1`, `closed by peer`. The rest
/// of the message must be long enough to be the same message.
fn stands_for_value(family: &[(u64, u64, usize, Range<usize>)], kinds: &[MessageKind<'_>]) -> bool {
    let tokens = |index: &usize, span: &Range<usize>| {
        kinds.get(*index).and_then(|kind| kind.shape.tokens.get(span.clone())).unwrap_or_default()
    };
    let head = family.first().and_then(|(_, _, index, _)| kinds.get(*index));
    let long = head.is_some_and(|kind| kind.shape.words().count() > FEWEST_WORDS);
    let mut values = family.iter().map(|(_, _, index, span)| tokens(index, span));
    long && values.clone().any(|value| value == [OPEN])
        && !values.any(|value| value.iter().any(|word| is_outcome(word) || is_function_word(word)))
}

/// Joins messages that differ in two words, where both take many values.
fn join_pairs(kinds: &[MessageKind<'_>], first: &mut Joined) {
    let mut families: BTreeMap<u64, Vec<(usize, [usize; 2])>> = BTreeMap::new();
    for (index, kind) in kinds.iter().enumerate() {
        let words: Vec<usize> = kind.shape.words().collect();
        if words.len() > MOST_WORDS || words.len() < FEWEST_WORDS + 1 {
            continue;
        }
        for (at, &one) in words.iter().enumerate() {
            for &other in words.iter().skip(at + 1) {
                let key = kind.without_pair(one, other);
                families.entry(key).or_default().push((index, [one, other]));
            }
        }
    }
    for members in families.values().filter(|members| members.len() >= MANY) {
        let values = |which: usize| {
            let tokens = members.iter().filter_map(|(index, places)| {
                kinds.get(*index)?.shape.tokens.get(*places.get(which)?).copied()
            });
            tokens.collect::<BTreeSet<&[u8]>>().len()
        };
        if values(0) < MANY || values(1) < MANY {
            continue;
        }
        let heads = members.iter().filter_map(|(index, _)| Some(kinds.get(*index)?.head));
        let _ = heads.reduce(|one, other| {
            first.join(one, other);
            other
        });
    }
}

impl Shape<'_> {
    /// The contents of each outermost pair of brackets or quotation marks that is not empty.
    fn brackets(&self) -> Vec<Range<usize>> {
        let mut spans = Vec::new();
        let mut open: Option<(usize, &[u8])> = None;
        let mut depth = 0_usize;
        for (place, token) in self.tokens.iter().enumerate() {
            match open {
                None => {
                    let close = match *token {
                        b"(" => b")".as_slice(),
                        b"[" => b"]",
                        b"{" => b"}",
                        b"\"" => b"\"",
                        _ => continue,
                    };
                    open = Some((place, close));
                    depth = 0;
                }
                Some((start, close)) if *token == close && depth == 0 => {
                    if place > start + 1 {
                        spans.push(start + 1..place);
                    }
                    open = None;
                }
                Some((_, close)) if *token == close => depth -= 1,
                Some((start, _)) => depth += usize::from(self.tokens.get(start) == Some(token)),
            }
        }
        spans
    }

    /// The places of words, also with a number joined to them (`gw:8080`), and of what is open.
    fn values(&self) -> impl Iterator<Item = Range<usize>> {
        let joined = |place: usize| {
            self.tokens.get(place + 1) == Some(&b":".as_slice())
                && self.tokens.get(place + 2) == Some(&OPEN)
        };
        self.tokens.iter().enumerate().flat_map(move |(place, token)| {
            let word = is_latin(token);
            let one = (word || *token == OPEN).then_some(place..place + 1);
            let three = (word && joined(place)).then_some(place..place + 3);
            one.into_iter().chain(three)
        })
    }

    /// The places of the words of Latin letters that are no constants.
    fn words(&self) -> impl Iterator<Item = usize> {
        let is_word = |token: &[u8]| is_latin(token) && !is_outcome(token);
        let words = self.tokens.iter().enumerate().filter(move |(_, token)| is_word(token));
        words.map(|(place, _)| place)
    }

    fn is_comparable(&self) -> bool {
        self.tokens.len() <= MOST_TOKENS && self.words().count() >= FEWEST_WORDS
    }
}

#[cfg(test)]
mod tests;
