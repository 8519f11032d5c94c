//! Lines that go on the message before them.
//!
//! 1. Traces: the frames and causes that programs write under an error, and what is indented under a line
//!    that begins with a time.
//! 2. Cut messages: a PDF, the recognized text of a screenshot, or a mail has broken one message over
//!    several lines. That shows in what is at the break: an open quotation, a character or a word that
//!    no sentence ends with, one that no line begins with; or in the whole: lines as wide as each other of
//!    which only the last ends like a sentence.
//!
//! A line that begins something of its own (a time, a level, a label, a command, a state, a bullet) goes on
//! nothing.

use std::borrow::Cow;

use unicode_width::UnicodeWidthStr as _;

use super::collect::Collector;
use super::columns::{self, Role};
use super::cursor::Cursor;
use super::leading_time::leading_time;
use super::{traces, words};
use crate::facts::read_level;
use crate::text::lexicon::{self, Section};

const MOST_LINES: usize = 200;
/// Over how many lines a message may have been cut.
const MOST_CUTS: usize = 12;
const MOST_BYTES: usize = 4096;
/// A narrower line (in columns) is a title or a label, not a line that was full.
const NARROWEST: usize = 20;
/// By how many columns the lines of one paragraph may differ: a break falls between words.
const RAGGED: usize = 8;

/// Characters that no Japanese line begins with (JIS X 4051): breaks are never put before them on purpose.
const NEVER_FIRST: &[char] = &[
    '、', '。', '」', '』', '）', '】', '〉', '》', '，', '．', '・', 'ー', 'ぁ', 'ぃ', 'ぅ', 'ぇ',
    'ぉ', 'っ', 'ゃ', 'ゅ', 'ょ', 'ァ', 'ィ', 'ゥ', 'ェ', 'ォ', 'ッ', 'ャ', 'ュ', 'ョ', 'ん', 'を',
];
/// Particles and marks that no Japanese sentence of a console ends with.
const NEVER_LAST: &[char] =
    &['が', 'を', 'は', 'に', 'で', 'と', 'の', 'も', '、', '「', '（', 'っ'];
static NEVER_LAST_WORDS: Section = lexicon::MESSAGE_WORDS.section("never last");
/// Bullets before the entries of a list.
const BULLETS: &[char] = &[
    '・', '-', '*', '•', '●', '○', '■', '□', '◆', '◇', '※', '#', '|', '>', '【', '★', '☆', '→', '+',
];

/// A message with the lines that go on it.
#[derive(Debug, Clone, Copy)]
pub(super) struct OpenRecord<'t> {
    /// The line as it is, for its width.
    pub(super) line: &'t str,
    pub(super) message: &'t str,
    /// Whether the line says for itself that a message begins: by a time, a level or a command.
    pub(super) marked: bool,
    /// Whether it has a time: what is indented under it belongs to it.
    pub(super) timed: bool,
}

/// The message with the lines from the cursor on that go on it, which the cursor passes; `None`
/// where none do.
pub(super) fn continued(
    open: OpenRecord<'_>,
    cursor: &mut Cursor<'_>,
    collector: &Collector<'_>,
) -> Option<String> {
    let trace = traces::traceback(open.message, cursor);
    if let Some(trace) = trace.or_else(|| traces::concise(open.message, cursor)) {
        return Some(trace);
    }
    traces::skip_goroutines(open.message, cursor);
    let mut joined = announced_exception(open.message, cursor);
    if joined.is_none() {
        let below = traces::said_below(open.message, open.timed, cursor);
        let below = below.map(|below| format!("{} {below}", open.message));
        joined = below.or_else(|| cut_message(open, cursor, collector));
    }
    for _ in 0..MOST_LINES {
        let Some(line) = cursor.line() else { break };
        let text = line.text.trim();
        let indented = open.timed && line.text.starts_with([' ', '\t']);
        // The bracket that closes what was indented.
        let closes = joined.is_some() && text.trim_matches(['}', ')', ']', ';', ',']).is_empty();
        let goes_on = traces::is_frame(text) || joined.is_some() && traces::goes_on(text);
        if text.is_empty() || !(indented || closes || goes_on) {
            break;
        }
        push(joined.get_or_insert_with(|| open.message.to_owned()), text, " ");
        cursor.advance();
    }
    joined
}

/// `Exception occurred while executing 'x':` with the exception on the next line, joined.
fn announced_exception(message: &str, cursor: &mut Cursor<'_>) -> Option<String> {
    let next = cursor.line().map(|line| line.text.trim()).filter(|_| message.ends_with(':'))?;
    let class = next.split([':', ' ']).next().unwrap_or_default();
    let is_class =
        (class.ends_with("Exception") || class.ends_with("Error")) && class.contains('.');
    is_class.then(|| {
        cursor.advance();
        format!("{message} {next}")
    })
}

/// Adds a part to a joined message, up to the bytes that are kept.
pub(super) fn push(joined: &mut String, part: &str, joint: &str) {
    if joined.len() + part.len() < MOST_BYTES {
        joined.push_str(joint);
        joined.push_str(part);
    }
}

/// The message that was cut over lines, which the cursor passes; `None` where it was not.
fn cut_message(
    open: OpenRecord<'_>,
    cursor: &mut Cursor<'_>,
    collector: &Collector<'_>,
) -> Option<String> {
    if open.line.len() > MOST_BYTES {
        return None;
    }
    let mut ended = is_finished(open.message);
    let mut joined = Cow::Borrowed(open.message);
    let mut ahead = cursor.clone();
    // The message up to the last break that shows for itself, or up to the end of a paragraph.
    let mut sure: Option<(String, Cursor<'_>)> = None;
    // Most messages are followed by something of its own: their width is not asked for.
    let mut widest = None;
    for _ in 0..MOST_CUTS {
        let Some(line) = ahead.line() else { break };
        let next = line.text.trim();
        // A character that no line begins with continues even a line that looks like a whole sentence.
        let at_end = next.is_empty() || ended && !next.starts_with(NEVER_FIRST);
        if at_end || begins_something(next, collector) {
            break;
        }
        let shown = shows_break(&joined, next);
        let joint = joint(&joined, next);
        let width = next.width();
        let before = widest.unwrap_or_else(|| open.line.trim_end().width());
        let fits = width <= before + RAGGED;
        push(joined.to_mut(), next, joint);
        ahead.advance();
        ended = words::ends_sentence(next) || next.ends_with(['。', '.']);
        let paragraph = open.marked && fits && ended && is_wide(&joined);
        if shown || paragraph {
            sure = Some((joined.clone().into_owned(), ahead.clone()));
        }
        if !(ended || shown || fits && width >= NARROWEST) {
            break;
        }
        widest = Some(before.max(width));
    }
    let (joined, behind) = sure?;
    *cursor = behind;
    Some(joined)
}

/// Whether nothing can go on a message: it ends like a sentence, or with an ellipsis.
fn is_finished(message: &str) -> bool {
    let message = message.trim_end();
    message.len() < NARROWEST
        || message.ends_with(['。', '.', '…', '!', '！', '?', '？', ';', '}', '>', '|'])
        || words::ends_sentence(message) && !has_open_quotation(message)
}

/// Whether what is on both sides of a break shows that there was none.
fn shows_break(before: &str, next: &str) -> bool {
    if has_open_quotation(before) && next.contains(['"', '”', '」', '』']) {
        return true;
    }
    let (Some(last), Some(first)) = (before.chars().next_back(), next.chars().next()) else {
        return false;
    };
    if before.width() < NARROWEST {
        return false;
    }
    if is_wide_letter(last) || NEVER_LAST.contains(&last) {
        return NEVER_FIRST.contains(&first) || NEVER_LAST.contains(&last) && is_wide_letter(first);
    }
    let word = before.rsplit([' ', '(', '"']).next().unwrap_or_default();
    let goes_on =
        last == ',' || NEVER_LAST_WORDS.iter().any(|known| known.eq_ignore_ascii_case(word));
    goes_on && before.width() >= 2 * NARROWEST && first.is_ascii_lowercase()
}

/// The joint between two parts of a message: Japanese is broken within words, English between them.
pub(super) fn joint(before: &str, next: &str) -> &'static str {
    let last = before.chars().next_back();
    let first = next.chars().next();
    let latin = |c: Option<char>| c.is_some_and(|c| c.is_ascii());
    let within_name = has_open_quotation(before) && is_wide(before);
    if latin(last) && latin(first) && !within_name { " " } else { "" }
}

fn has_open_quotation(text: &str) -> bool {
    let count = |mark: char| text.matches(mark).count();
    memchr::memchr_iter(b'"', text.as_bytes()).count() % 2 == 1
        || count('「') > count('」')
        || count('『') > count('』')
        || count('“') > count('”')
}

fn is_wide(text: &str) -> bool {
    text.chars().any(is_wide_letter)
}

fn is_wide_letter(letter: char) -> bool {
    matches!(letter, 'ぁ'..='ゖ' | 'ァ'..='ヺ' | 'ー' | '々' | '一'..='鿿' | 'ｦ'..='ﾟ')
}

pub(super) fn begins_something(line: &str, collector: &Collector<'_>) -> bool {
    if line.starts_with(['[', '<', '{', '(']) || line.contains('\t') || line.starts_with(BULLETS) {
        return true;
    }
    let word = line.split([' ', ':', '：']).next().unwrap_or_default();
    let labelled = word.len() < line.len() && columns::role(word) != Role::Unknown;
    labelled
        || read_level(word).is_some()
        || words::state(line).is_some()
        || words::command_start(line) == Some(0)
        || leading_time(line, collector.now).is_some()
}

#[cfg(test)]
mod tests {
    use crate::record::{ReadOptions, Vocabulary, read};
    use unicode_width::UnicodeWidthStr as _;

    fn messages(paste: &str) -> Vec<String> {
        let reading = read(None, paste.as_bytes(), &ReadOptions::default(), &Vocabulary::default());
        reading.incidents.into_iter().map(|incident| incident.message).collect()
    }

    /// The text in lines of at most so many columns.
    fn in_columns(text: &str, width: usize) -> Vec<String> {
        let mut lines = vec![String::new()];
        for letter in text.chars() {
            let line = lines.last_mut().expect("there is one");
            if line.width() + usize::from(!letter.is_ascii()) >= width {
                lines.push(letter.to_string());
            } else {
                line.push(letter);
            }
        }
        lines
    }

    #[test]
    fn a_message_that_was_cut_over_lines_is_one_again() {
        let whole = "InstallProfile: (4026) プロファイル\"mori_20221110\"がパスワード変更を要求している可能性があります、パスワードを変更できません。";
        for width in 30..90 {
            let cut = in_columns(whole, width);
            for (head, ending) in [("", "\n"), ("2022年11月10日 15:43:37  ", "\r\n")] {
                let paste = format!("{head}{}{ending}別の文面です。\n", cut.join(ending));
                assert_eq!(messages(&paste), [whole, "別の文面です。"], "{paste}");
            }
        }
    }
}
