//! Words of a question that tell nothing of what it is about: how many, how often, when, who speaks in a chat; and what it
//! tells to be done already.

use std::ops::Range;

use super::polarity;
use super::wish::{self, EVEN, REPEATED};
use crate::text::lexicon::{ASKED, MESSAGE_WORDS, Section, WISHES};
use crate::text::{is_hiragana, is_kanji, is_katakana};

pub(super) static COUNTERS: Section = MESSAGE_WORDS.section("counters");
pub(super) static UNITS: Section = ASKED.section("units of manuals");

/// A question, with where its phrases of time and frequency are, and what it tells to be done.
pub(super) struct Asides<'q> {
    question: &'q str,
    passing: Vec<Range<usize>>,
    settled: Vec<Range<usize>>,
    over: Vec<Range<usize>>,
}

impl<'q> Asides<'q> {
    /// Of a question that names these states.
    pub(super) fn of(question: &'q str, states: &[&str]) -> Self {
        let phrases = WISHES.entries("passing").iter();
        let phrases = phrases.flat_map(|it| question.match_indices(it.as_str()));
        let passing = phrases.map(|(at, it)| at..at + it.len()).collect();
        Self { question, passing, settled: settled(question), over: over(question, states) }
    }

    /// Whether a word tells nothing of what the question is about.
    pub(super) fn holds(&self, word: &str) -> bool {
        self.counts(word) || self.passes(word) || self.repeats(word) || self.speaks(word)
    }

    /// Whether a word is told of as done or as well, wherever it is written.
    pub(super) fn settles(&self, word: &str) -> bool {
        self.lies_in(word, &self.settled) || self.is_over(word)
    }

    /// Whether a state, or a word of one, is told of as what was before.
    pub(super) fn is_over(&self, state: &str) -> bool {
        self.lies_in(state, &self.over)
    }

    /// Whether a word is the name of who speaks in a chat: 「10:14 新井: まず何をすればいい？」
    fn speaks(&self, word: &str) -> bool {
        self.everywhere(word, |before, behind| {
            let behind = behind.strip_prefix("さん").unwrap_or(behind).trim_start();
            before.trim_end().ends_with(char::is_numeric) && behind.starts_with([':', '：'])
        })
    }

    /// Whether a word counts something: 2個, 3台.
    fn counts(&self, word: &str) -> bool {
        (COUNTERS.contains(&word) || UNITS.contains(&word))
            && self.everywhere(word, |before, _| before.ends_with(char::is_numeric))
    }

    /// Whether a word is a part of what merely tells when or how often: 何 and 度 of 何度.
    fn passes(&self, word: &str) -> bool {
        self.lies_in(word, &self.passing)
    }

    /// Whether a word is a verb of what was repeated in vain: 「何度やり直しても終わらない」 is about what does not end.
    fn repeats(&self, word: &str) -> bool {
        self.everywhere(word, |before, behind| {
            let behind = behind.strip_prefix('し').unwrap_or(behind);
            REPEATED.iter().any(|often| before.contains(often))
                && EVEN.iter().any(|even| behind.starts_with(even))
        })
    }

    fn lies_in(&self, word: &str, ranges: &[Range<usize>]) -> bool {
        self.everywhere(word, |before, _| {
            let (start, end) = (before.len(), before.len() + word.len());
            ranges.iter().any(|it| it.start <= start && end <= it.end)
        })
    }

    /// Whether a word is written, and everywhere between such texts before and after it.
    fn everywhere(&self, word: &str, told: impl Fn(&str, &str) -> bool) -> bool {
        let mut places = self.question.match_indices(word).peekable();
        !word.is_empty()
            && places.peek().is_some()
            && places.all(|(at, _)| {
                let before = self.question.get(..at).unwrap_or_default();
                told(before, self.question.get(at + word.len()..).unwrap_or_default())
            })
    }
}

static CONTRASTS: Section = WISHES.section("contrasts");
static AFTER_POLITE: Section = WISHES.section("ends before a contrast");
static WELL: Section = WISHES.section("told to be well");
static CARRIED_OUT: Section = WISHES.section("told to be done");

/// The clauses of a question, as bytes, each with whether it is set against what follows.
fn clauses(question: &str) -> Vec<(Range<usize>, bool)> {
    let mut clauses = Vec::new();
    let mut start = 0;
    for (at, c) in question.char_indices() {
        let Some(clause) = question.get(start..at) else { continue };
        let behind = question.get(at..).unwrap_or_default();
        let mark = matches!(c, '。' | '！' | '!' | '\n' | '、');
        let contrast = CONTRASTS.iter().any(|it| behind.starts_with(it))
            || c == 'が' && AFTER_POLITE.iter().any(|it| clause.ends_with(it));
        if mark || contrast {
            clauses.push((start..at, contrast));
            start = at + c.len_utf8();
        }
    }
    clauses.push((start..question.len(), false));
    clauses
}

static EARLIER: Section = WISHES.section("told of before");

/// The clauses of a question that tell of a state that was before (「先週は結果通知待ち、」), where another follows.
fn over(question: &str, states: &[&str]) -> Vec<Range<usize>> {
    let names_other = |clause: &str, behind: &str| {
        states.iter().any(|it| clause.contains(it))
            && states.iter().any(|it| behind.contains(it) && !clause.contains(it))
    };
    let is_over = |range: &Range<usize>| {
        let clause = question.get(range.clone()).unwrap_or_default();
        let behind = question.get(range.end..).unwrap_or_default();
        EARLIER.iter().any(|it| clause.trim_start().starts_with(it)) && names_other(clause, behind)
    };
    clauses(question).into_iter().map(|(range, _)| range).filter(is_over).collect()
}

/// The clauses of a question before its last that tell what was done or is well (「証明書は更新できましたが」, 「回線も確認済みで
/// す。」): whoever tells it rules it out, and asks about the rest.
fn settled(question: &str) -> Vec<Range<usize>> {
    let clauses = clauses(question);
    let text = |range: &Range<usize>| question.get(range.clone()).unwrap_or_default();
    let tells = |it: &(Range<usize>, bool)| text(&it.0).contains(char::is_alphanumeric);
    let last = clauses.iter().rposition(tells).unwrap_or(0);
    let denied: Vec<&str> = clauses.iter().filter_map(|(it, _)| denied_verb(text(it))).collect();
    let mut settled = Vec::new();
    for (place, (range, contrast)) in clauses.into_iter().enumerate() {
        let clause = text(&range);
        if place < last && is_settled(clause) || denied.iter().any(|verb| affirms(clause, verb)) {
            settled.push(range);
        } else if place < last && contrast {
            let done = operation_done(clause);
            settled.extend(done.map(|it| range.start + it.start..range.start + it.end));
        }
    }
    settled
}

static DENYING: Section = WISHES.section("denying");

/// The kanji of the verb that a clause ends in denying: 来 of 「指示が来ない」.
fn denied_verb(clause: &str) -> Option<&str> {
    let stem = DENYING.iter().find_map(|end| clause.trim_end().strip_suffix(end))?;
    let stem = stem.trim_end_matches(is_hiragana);
    let verb = stem.get(stem.trim_end_matches(is_kanji).len()..)?;
    (verb.chars().count() == 1).then_some(verb)
}

/// Whether a clause ends in telling that what is denied elsewhere does happen: 「携帯の回線なら来る」 tells where all is well.
fn affirms(clause: &str, verb: &str) -> bool {
    let Some((_, end)) = clause.trim_end().rsplit_once(verb) else { return false };
    end.chars().count() <= LONGEST_END
        && end.chars().all(is_hiragana)
        && !DENYING.iter().any(|it| end.contains(it))
}

/// The longest end of a verb, as of 届きました.
const LONGEST_END: usize = 5;

/// The operation that a clause before a contrast tells to be done: 「タップ方式で適用したのに」 asks for no way to apply.
fn operation_done(clause: &str) -> Option<Range<usize>> {
    // 「端末を紛失しましたが」 tells the trouble itself.
    if polarity::tells_trouble(clause) {
        return None;
    }
    let done = CARRIED_OUT.iter().filter_map(|end| clause.strip_suffix(end));
    let before = done.min_by_key(|it| it.len())?;
    let noun = before.trim_end_matches(|c: char| is_kanji(c) || is_katakana(c));
    Some(noun.len()..before.len()).filter(|it| !it.is_empty())
}

/// Whether a clause tells that something was done, or is well.
fn is_settled(clause: &str) -> bool {
    let clause = clause.trim();
    let bare = ["んです", "のです", "です", "だ"].iter().find_map(|end| clause.strip_suffix(end));
    let ends = |list: &[&str]| {
        list.iter().any(|end| clause.ends_with(end) || bare.is_some_and(|it| it.ends_with(end)))
    };
    // 「再起動はしたが」: the topic is set against another.
    let done = || clause.contains(['は', 'も']) && ends(&CARRIED_OUT);
    let well = || done() || wish::reports_success(bare.unwrap_or(clause));
    ends(&WELL) || well() && !polarity::tells_trouble(clause)
}

#[cfg(test)]
crate::source::cases! {
    counters_of_questions: |it| { let (question, word) = two(it); Asides::of(question, &[]).counts(word) };
    words_that_pass: |it| { let (question, word) = two(it); Asides::of(question, &[]).passes(word) };
    verbs_that_repeat: |it| { let (question, word) = two(it); Asides::of(question, &[]).repeats(word) };
    speakers_of_chats: |it| { let (chat, word) = two(it); Asides::of(chat, &[]).speaks(word) };
    clauses_that_are_settled: |question| {
        let settled = settled(question).into_iter().filter_map(|it| question.get(it));
        listed(settled.map(str::to_owned))
    };
    clauses_that_are_over: |question| {
        let over = over(question, &["端末応答待ち", "結果通知待ち", "要求タイムアウト"]).into_iter();
        listed(over.filter_map(|it| question.get(it)).map(str::to_owned))
    };
}
