//! Whether a Japanese sentence tells to do what a word of it says.
//!
//! The text after the word decides: a verb's form (する, して tell to act; しない, された, した端末 do not), or for a
//! noun the next verb (ワイプを実行する acts, ワイプの履歴を確認する looks). A word within a quotation that
//! is shown or said (「…」と表示されたら) tells nobody to act; one that is a button does.

use super::words::{Conjugation, Object, WORDS, Word};
use crate::text::is_kanji;
use crate::text::lexicon::{self, Section};

/// How far after a noun its verb is looked for, in letters.
const REACH: usize = 40;
/// How far before a word its object is looked for, in letters.
const CLAUSE: usize = 24;

/// Verbs that carry out what is before them, without their endings.
static ACTS: [(Conjugation, Section); 6] = [
    (Conjugation::Noun, lexicon::DESTRUCTIVE_GRAMMAR.section("acts noun")),
    (Conjugation::U, lexicon::DESTRUCTIVE_GRAMMAR.section("acts u")),
    (Conjugation::Su, lexicon::DESTRUCTIVE_GRAMMAR.section("acts su")),
    (Conjugation::Bu, lexicon::DESTRUCTIVE_GRAMMAR.section("acts bu")),
    (Conjugation::Ru, lexicon::DESTRUCTIVE_GRAMMAR.section("acts ru")),
    (Conjugation::Ra, lexicon::DESTRUCTIVE_GRAMMAR.section("acts ra")),
];

static NEEDED: Section = lexicon::DESTRUCTIVE_GRAMMAR.section("needed");

static NOT_NEEDED: Section = lexicon::DESTRUCTIVE_GRAMMAR.section("need denied");
static FIRST: Section = lexicon::DESTRUCTIVE_GRAMMAR.section("done before");
static ENDS: Section = lexicon::DESTRUCTIVE_GRAMMAR.section("ends of instructions");
static BESIDE: Section = lexicon::DESTRUCTIVE_GRAMMAR.section("beside nouns");

static SPEAKS: Section = lexicon::DESTRUCTIVE_GRAMMAR.section("mentions");

static KINDS: Section = lexicon::DESTRUCTIVE_GRAMMAR.section("generic nouns");

/// Whether the word, which is between `before` and `after`, loses something and is to be done.
pub(super) fn is_step(word: &Word, before: &str, after: &str) -> bool {
    loses(&word.object, before) && is_ordered(word.conjugation, before, after)
}

/// Whether the word, which is between `before` and `after`, is spoken of as something that may be done.
pub(super) fn is_named(word: &Word, before: &str, after: &str) -> bool {
    static HAPPENED: Section = lexicon::DESTRUCTIVE_GRAMMAR.section("happened");
    static DENIED: Section = lexicon::DESTRUCTIVE_GRAMMAR.section("denied");
    let starts = |list: &[&str]| list.iter().any(|start| after.starts_with(start));
    // 「初期化したらどうなりますか」 asks about what has not happened.
    let happened = starts(&HAPPENED) && !after.contains("どうな");
    loses(&word.object, before) && !starts(&DENIED) && !happened
}

pub(super) fn loses(object: &Object, before: &str) -> bool {
    let trimmed = before.trim_end_matches(['「', '『', '【', '[', '(', '`', '*', '“', '"', ' ']);
    let start = trimmed.rfind(['、', ',', '「', '」', '『', '』', '>', ':', ';', '→']);
    let clause = start.and_then(|at| trimmed.get(at..)).unwrap_or(trimmed);
    // プロファイルだけ消す is プロファイルを消す.
    let limited =
        ["だけを", "のみを", "だけ", "のみ"].iter().find_map(|it| clause.strip_suffix(it));
    let limited = limited.map(|head| format!("{head}を"));
    let clause = limited.as_deref().unwrap_or(clause);
    // 端末の通知を: what the word is done to is the notification.
    let phrase = clause.strip_suffix('の').or_else(|| Some(clause.rsplit_once('を')?.0));
    let done_to = phrase.map(last_segment);
    let ends_in = |part: &str, names: &[&str]| names.iter().any(|name| part.ends_with(name));
    let trifle = |part: &str| WORDS.trifles.iter().any(|name| part.contains(name.as_str()));
    let trivial =
        |names: &[&str]| done_to.is_some_and(|part| !ends_in(part, names) && trifle(part));
    match object {
        Object::Any => true,
        Object::Unless(names) => {
            done_to.is_none_or(|part| {
                part.is_empty() || ends_in(part, names) || named_whole(clause, names)
            }) && clause.strip_suffix(['に', 'へ']).is_none_or(|_| named_whole(clause, names))
        }
        Object::Direct(names) => {
            !trivial(names) && (named_whole(clause, names) || ends_in(trimmed, names))
        }
        Object::Near(names) => !trivial(names) && near(before, names),
    }
}

/// The last part of a clause that is split at its particles.
fn last_segment(phrase: &str) -> &str {
    phrase.rsplit(['を', 'に', 'へ', 'で', 'は', 'が', 'の', 'ら']).next().unwrap_or(phrase)
}

/// Whether one of the parts of a clause is called by one of the names.
fn named_whole(clause: &str, names: &[&str]) -> bool {
    let clause = clause.replace("から", "を");
    let parts = clause.split(['を', 'に', 'へ', 'で', 'は', 'が', 'の', 'と']);
    let mut parts = parts.map(str::trim_end).filter(|part| !part.is_empty());
    parts.any(|part| names.iter().any(|name| part.ends_with(name)))
}

fn near(before: &str, names: &[&str]) -> bool {
    let start = before.char_indices().rev().take(CLAUSE).last().map_or(0, |(at, _)| at);
    let clause = before.get(start..).unwrap_or(before);
    names.iter().any(|name| clause.contains(name))
}

pub(super) fn is_ordered(conjugation: Conjugation, before: &str, after: &str) -> bool {
    if let Some((inside, outside)) = quotation(before, after) {
        // 「端末を初期化してください」と表示されたら
        static SAID: Section = lexicon::DESTRUCTIVE_GRAMMAR.section("quoted to be said");
        if SAID.iter().any(|start| outside.starts_with(start)) {
            return false;
        }
        if inside.is_empty() || conjugation != Conjugation::Noun || inside.chars().count() <= 6 {
            let label = outside.trim_start_matches("ボタン").trim();
            return if label.is_empty() { before.contains('>') } else { noun(before, outside) };
        }
    }
    let of_noun = || conjugation == Conjugation::Noun && noun(before, after);
    verb(conjugation, after).unwrap_or_else(of_noun)
}

/// The rest of the quotation after the word, and the text after the quotation.
fn quotation<'s>(before: &str, after: &'s str) -> Option<(&'s str, &'s str)> {
    for (open, close) in
        [('「', '」'), ('『', '』'), ('[', ']'), ('【', '】'), ('"', '"'), ('`', '`')]
    {
        let opened = match before.rfind(open) {
            Some(at) if open == close => before.matches(open).count() % 2 == 1 && at < before.len(),
            Some(at) => before.get(at..).is_some_and(|rest| !rest.contains(close)),
            None => false,
        };
        if opened && let Some(at) = after.find(close) {
            let (inside, outside) = after.split_at(at);
            return Some((inside, outside.get(close.len_utf8()..).unwrap_or_default()));
        }
    }
    None
}

/// Whether a verb's form tells to act; `None` where no verb is here.
fn verb(conjugation: Conjugation, after: &str) -> Option<bool> {
    let form = plain(conjugation, after)?;
    static NOT: Section = lexicon::DESTRUCTIVE_GRAMMAR.section("no instruction");
    static DO: Section = lexicon::DESTRUCTIVE_GRAMMAR.section("instruction");
    if let Some(rest) = form.strip_prefix("させ") {
        return Some(!rest.starts_with(['な', 'ず', 'ま']) || rest.starts_with("ます"));
    }
    if NOT.iter().any(|start| form.starts_with(start)) && !form.starts_with("してもら") {
        return Some(false);
    }
    if DO.iter().any(|start| form.starts_with(start)) {
        return Some(true);
    }
    if let Some(rest) = form.strip_prefix("する") {
        static TOLD: Section = lexicon::DESTRUCTIVE_GRAMMAR.section("told to");
        let ends = rest.is_empty()
            || rest.starts_with(['」', '』', ')', '*', '.', '→', '>'])
            || rest == "こと"
            || rest == "こと.";
        return Some(ends || TOLD.iter().any(|start| rest.starts_with(start)));
    }
    if form == "し" || form.strip_prefix('し').is_some_and(|rest| rest.starts_with(is_kanji)) {
        return Some(true);
    }
    let is_verb = form.starts_with(['し', 'さ', 'せ', 'す'])
        || ["でき", "出来"].iter().any(|start| form.starts_with(start));
    is_verb.then_some(false)
}

/// A verb's ending as if the verb were a noun with する; `None` where it is no ending of that conjugation.
fn plain(conjugation: Conjugation, after: &str) -> Option<String> {
    let mut letters = after.chars();
    let first = letters.next();
    let rest = letters.as_str();
    let put = |head: &str| Some(format!("{head}{rest}"));
    match (conjugation, first?) {
        (Conjugation::Noun, _) => Some(after.to_owned()),
        (Conjugation::Su, 'し')
        | (Conjugation::Ku, 'き')
        | (Conjugation::U, 'い')
        | (Conjugation::Bu, 'び')
        | (Conjugation::Ra, 'り') => put("し"),
        (Conjugation::Su, 'す')
        | (Conjugation::Ku, 'く')
        | (Conjugation::U, 'う')
        | (Conjugation::Bu, 'ぶ')
        | (Conjugation::Ra | Conjugation::Ru, 'る') => put("する"),
        (Conjugation::Ku, 'い') | (Conjugation::U | Conjugation::Ra, 'っ') => put("し"),
        (Conjugation::Bu, 'ん') => {
            let rest = rest.strip_prefix('で').map(|rest| format!("して{rest}"));
            rest.or_else(|| Some("した".to_owned()))
        }
        (Conjugation::Su, 'さ')
        | (Conjugation::Ku, 'か')
        | (Conjugation::U, 'わ')
        | (Conjugation::Bu, 'ば')
        | (Conjugation::Ra, 'ら') => {
            if rest.starts_with('な') {
                put("し")
            } else {
                put("さ")
            }
        }
        (Conjugation::Ru, 'て' | 'た' | 'ま' | 'な' | '、') => Some(format!("し{after}")),
        (Conjugation::Ru, 'ら' | 'れ') => put("さ"),
        (_, 'せ' | 'け' | 'え' | 'べ' | 'れ') => put("でき"),
        (Conjugation::Su, '直') => put("し直"),
        _ => None,
    }
}

/// Whether what follows a noun tells to do it.
fn noun(before: &str, after: &str) -> bool {
    let mut tail = after.trim_start_matches(['」', '』', '】', ')', ']', '`', '*', '"', ' ']);
    while let Some(rest) = KINDS.iter().find_map(|kind| tail.strip_prefix(kind)) {
        tail = rest.trim_start_matches(['」', '』', '】', ')', ']', '`', '*', '"', ' ']);
    }
    let tail = tail.trim_end_matches(['」', '』', '】', ')', ']', '.', ' ', '*', ':', '`']);
    if tail.is_empty() {
        // 端末を初期化 is an order, 端末の初期化 alone only names it.
        return before.trim_end_matches(['「', '『', '*', '`']).ends_with('を');
    }
    if FIRST.iter().any(|it| tail.starts_with(it)) {
        return ENDS.iter().any(|end| tail.ends_with(end))
            && !tail.contains("され")
            && !tail.contains("表示");
    }
    if BESIDE.iter().any(|it| tail.starts_with(it)) {
        return false;
    }
    let mut at = 0;
    for (index, _) in tail.char_indices().take(REACH) {
        if index < at {
            continue;
        }
        let Some(rest) = tail.get(index..) else { break };
        if let Some(needed) = NEEDED.iter().find(|word| rest.starts_with(**word)) {
            let behind = rest.get(needed.len()..).unwrap_or_default();
            return !NOT_NEEDED.iter().any(|start| behind.starts_with(start));
        }
        let mut acts = ACTS.iter().flat_map(|(how, stems)| stems.iter().map(move |it| (it, how)));
        if let Some((stem, conjugation)) = acts.find(|(stem, _)| rest.starts_with(**stem)) {
            let behind = rest.get(stem.len()..).unwrap_or_default();
            if let Some(told) = verb(*conjugation, behind) {
                return told;
            }
            // ワイプを実行、: a noun that ends its clause.
            if *conjugation == Conjugation::Noun
                && (behind.is_empty() || behind.starts_with(['、', ',', ')']))
                && index > 0
            {
                return true;
            }
            at = index + stem.len();
            continue;
        }
        if SPEAKS.iter().any(|word| rest.starts_with(word)) {
            return false;
        }
    }
    false
}
