//! Which steps lose something that cannot be brought back.
//!
//! 1. `lexicon/destructive.txt` lists the operations that lose data, a registration, a lock, ownership or every job, with
//!    what they must be done to ([`words`]);
//! 2. a sentence is a step where a word of the list is in it and the sentence tells to do it ([`japanese`],
//!    [`english`]), rather than speaks of it (`削除は不要`, `初期化された端末`, `before you wipe`);
//! 3. a step is one or several [`Operations`], so that a search can tell whether the one that is shown was asked for.

mod english;
mod japanese;
mod words;

use crate::text::{Script, fold};

/// Operations of `lexicon/destructive.txt`, as a set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Operations(u32);

impl Operations {
    pub(crate) const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Whether an operation is in both sets.
    pub(crate) const fn meets(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    const fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// These, and of `steps` that undo every job the one that undoes any: whoever asks to cancel a job is shown the passage
    /// on cancelling, which has that one and all of them.
    pub(crate) fn or_one_of_all(self, question: &str, steps: impl Fn() -> Self) -> Self {
        let all = words::operation("cancel all");
        let asked = words::WORDS.speaks_of(&fold(question), all);
        if asked && steps() == all { self.with(all) } else { self }
    }
}

/// Whether a step of `text` loses data, a registration, a lock, ownership or every job.
pub(super) fn destructive(text: &str) -> bool {
    sentences(text).any(|sentence| !of_sentence(sentence, Mode::Steps).is_empty())
}

/// Whether a step of `text` carries out one of the operations.
pub(crate) fn has_step_of(text: &str, operations: Operations) -> bool {
    !operations.is_empty()
        && sentences(text).any(|sentence| of_sentence(sentence, Mode::Steps).meets(operations))
}

/// The operations that steps of `text` carry out.
pub(crate) fn steps(text: &str) -> Operations {
    operations(text, Mode::Steps)
}

/// The operations that `text` speaks of as something that may be done: those that a question asks about.
pub(crate) fn named(text: &str) -> Operations {
    operations(text, Mode::Named)
}

/// The operations whose words are in `text`, whatever they are done to: what a heading is about.
pub(crate) fn mentioned(text: &str) -> Operations {
    operations(text, Mode::Mentioned)
}

/// The longest sentence that is looked at, in bytes: a step is a sentence, not a dump.
const LONGEST_SENTENCE: usize = 2_000;

/// The sentences of a text that may have a word of an operation.
fn sentences(text: &str) -> impl Iterator<Item = &str> {
    let sentences = text.split(['\n', '。', '！', '？']).flat_map(|line| line.split(". "));
    sentences.filter(|sentence| {
        sentence.len() <= LONGEST_SENTENCE && words::WORDS.may_stand_in(sentence)
    })
}

fn operations(text: &str, mode: Mode) -> Operations {
    let found = sentences(text).map(|sentence| of_sentence(sentence, mode));
    found.fold(Operations::default(), Operations::with)
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Mode {
    Steps,
    Named,
    Mentioned,
}

fn of_sentence(sentence: &str, mode: Mode) -> Operations {
    let folded = fold(sentence);
    let (plain, asides) = without_asides(&folded);
    let asides = asides.into_iter().map(|aside| of_plain(aside, mode));
    asides.fold(of_plain(&plain, mode), Operations::with)
}

/// A sentence without its parentheses, and their text: アンインストール(削除)してください is one order.
fn without_asides(sentence: &str) -> (String, Vec<&str>) {
    let mut plain = String::with_capacity(sentence.len());
    let mut asides = Vec::new();
    let mut rest = sentence;
    while let Some((before, behind)) = rest.split_once('(') {
        plain.push_str(before);
        let Some((aside, after)) = behind.split_once(')') else {
            rest = behind;
            continue;
        };
        asides.push(aside);
        rest = after;
    }
    plain.push_str(rest);
    (plain, asides)
}

fn of_plain(sentence: &str, mode: Mode) -> Operations {
    let mut found = Operations::default();
    if !words::WORDS.stands_in(sentence) {
        return found;
    }
    let mut at = 0;
    while let Some(rest) = sentence.get(at..).filter(|rest| !rest.is_empty()) {
        let spared = words::WORDS.spared_at(rest);
        if spared > 0 {
            at += spared;
            continue;
        }
        let before = sentence.get(..at).unwrap_or_default();
        // The longest word at this place, and the operation that is meant by the longest one that loses something.
        let (mut longest, mut meant) = (0, None);
        for word in words::WORDS.at(rest) {
            longest = longest.max(word.stem.len());
            if meant.is_some_and(|meant| !word.operation.meets(meant)) {
                continue;
            }
            let after = rest.get(word.stem.len()..).unwrap_or_default();
            if is_meant(word, before, after, mode) {
                found = found.with(word.operation);
                // A mention of 初期化 leaves open what is initialized.
                if mode == Mode::Mentioned {
                    continue;
                }
                break;
            }
            if japanese::loses(&word.object, before) {
                meant = Some(word.operation);
            }
        }
        at += longest.max(rest.chars().next().map_or(1, char::len_utf8));
    }
    found
}

/// Whether the word, which is between `before` and `after`, is a step, or asked about.
fn is_meant(word: &words::Word, before: &str, after: &str, mode: Mode) -> bool {
    let latin = word.stem.starts_with(|letter: char| letter.is_ascii());
    match (mode, latin) {
        (Mode::Mentioned, _) => true,
        (Mode::Steps, false) => japanese::is_step(word, before, after),
        (Mode::Steps, true) => {
            english::is_step(word, before, after) || latin_in_japanese(word, before, after)
        }
        (Mode::Named, false) => japanese::is_named(word, before, after),
        (Mode::Named, true) => english::is_named(word, before, after),
    }
}

/// Whether a Latin word is in a Japanese sentence that tells to do it: `dsregcmd /leave` を実行します. A command with
/// its switch tells so by itself.
fn latin_in_japanese(word: &words::Word, before: &str, after: &str) -> bool {
    let japanese = after.chars().filter_map(Script::of).any(|script| script != Script::Latin);
    if !japanese {
        return word.stem.contains('/') && english::is_named(word, before, after);
    }
    let lost = match word.object {
        words::Object::Any => true,
        _ => english::is_named(word, before, "") && word.stem.contains('/'),
    };
    lost && japanese::is_ordered(word.conjugation, before, after)
}

#[cfg(test)]
mod tests {
    use super::*;

    const DESTRUCTIVE: &str = include_str!("../../../tests/data/steps/destructive.txt");
    const HARMLESS: &str = include_str!("../../../tests/data/steps/harmless.txt");

    #[test]
    fn a_mention_is_of_all_that_its_word_may_be_done_to() {
        assert!(named("端末を初期化したい").meets(mentioned("遠隔初期化を取り消したい")));
        assert!(!named("端末を初期化したい").meets(mentioned("アプリのアンインストール")));
    }

    #[test]
    fn a_word_may_stand_in_whatever_folds_to_it() {
        let texts = [DESTRUCTIVE, HARMLESS].into_iter().flat_map(str::lines);
        let with = texts.clone().filter(|text| words::WORDS.stands_in(&fold(text)));
        assert!(with.clone().count() > 300);
        let missed: Vec<_> = with.filter(|text| !words::WORDS.may_stand_in(text)).collect();
        assert_eq!(missed, [""; 0]);
        let respelt = "ワイフ\u{309a} フオーマット ﾘｾｯﾄ Ｗｉｐｅ アン・インストール 初期狀態に戻す フォ-マット";
        for text in respelt.split(' ') {
            assert!(words::WORDS.may_stand_in(text), "{text}");
        }
        let harmless = "[保存] をクリックし、アプリ（ＰＣ）を開きます！　Read the notes.";
        assert!(!words::WORDS.may_stand_in(harmless));
    }

    #[test]
    fn steps_are_marked_where_they_lose_something() {
        for (bank, loses) in [(DESTRUCTIVE, true), (HARMLESS, false)] {
            let steps = bank.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
            let wrong: Vec<_> = steps.clone().filter(|step| destructive(step) != loses).collect();
            assert!(steps.count() >= 240);
            assert_eq!(wrong, [""; 0], "losing: {loses}");
        }
    }
}
