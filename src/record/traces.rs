//! Stack traces: the lines that say where a program was when it failed. They go on the message that says why.
//!
//! 1. Java, .NET, JavaScript, Ruby and PowerShell print the message first and the frames after it ([`is_frame`]).
//! 2. Python prints the frames first: the exception after them is the message ([`traceback`]). Chained ones are
//!    one failure.
//! 3. Go prints an empty line between ([`skip_goroutines`]); Node prints the place in the source before the error
//!    ([`skip_excerpt`]); PowerShell 7 prints the place, the line of source and then the message ([`concise`]).

use super::cursor::Cursor;
use crate::text::lexicon::{self, Section};

/// How many lines of one trace are gone through.
const MOST_LINES: usize = 400;
/// How many exceptions of one failure are kept.
const MOST_CHAINED: usize = 8;
const TRACEBACK: &str = "Traceback (most recent call last):";

/// Whether a line of its own is one of a trace's.
pub(super) fn is_frame(text: &str) -> bool {
    static FRAMES: Section = lexicon::MESSAGE_WORDS.section("frames of traces");
    let begins = |frame: &&str| {
        let (head, further) = frame.split_once('…').unwrap_or((frame, ""));
        text.starts_with(head) && text.contains(further)
    };
    text.starts_with("at ") && text.contains(['(', ':', '.'])
        || FRAMES.iter().any(begins)
        || is_python_frame(text)
        || is_php_frame(text)
}

/// Whether a line goes on a trace that has begun: the excerpt of a script that PowerShell prints after `+`.
pub(super) fn goes_on(text: &str) -> bool {
    text.starts_with("+ ") || is_underline(text)
}

fn is_python_frame(text: &str) -> bool {
    text.starts_with("File \"") && text.contains(", line ")
}

/// `Stack trace:`, `#0 /srv/index.php(12): sync()`, `#1 {main}`.
fn is_php_frame(text: &str) -> bool {
    let numbered = text.strip_prefix('#').is_some_and(|rest| {
        let behind = rest.trim_start_matches(|c: char| c.is_ascii_digit());
        behind.len() < rest.len() && (behind.starts_with(" {main}") || behind.contains("): "))
    });
    numbered || text == "Stack trace:"
}

/// The error that PowerShell 7 prints under its place and the line of source, with the command before it; the cursor
/// passes all of it.
pub(super) fn concise(message: &str, cursor: &mut Cursor<'_>) -> Option<String> {
    const MOST: usize = 20;
    let command = message.trim_end().strip_suffix(':')?;
    let mut ahead = cursor.clone();
    ahead.line().filter(|line| line.text.trim() == "Line |")?;
    ahead.advance();
    let mut said = vec![message.trim_end()];
    for _ in 0..MOST {
        let row = ahead.line().and_then(|line| line.text.split_once('|'));
        let is_number = |text: &str| text.trim().bytes().all(|byte| byte.is_ascii_digit());
        let Some((number, text)) = row.filter(|(number, _)| is_number(number)) else { break };
        // The line of source has its number; what is under the mark is the message.
        if number.trim().is_empty() && !is_underline(text.trim()) {
            said.push(text.trim());
        }
        ahead.advance();
    }
    (said.len() > 1 && !command.is_empty()).then(|| {
        *cursor = ahead;
        said.join(" ")
    })
}

/// The line that Rust prints below `thread 'main' panicked at src/main.rs:1:2:`, and the exception that Java prints under the
/// entry of a log, with frames below it.
pub(super) fn said_below<'t>(
    message: &str,
    timed: bool,
    cursor: &mut Cursor<'t>,
) -> Option<&'t str> {
    let next = cursor.line()?.text.trim();
    let panicked = message.starts_with("thread '")
        && message.contains(" panicked at ")
        && message.ends_with(':');
    let thrown = || {
        let below = cursor.following().map_or("", |line| line.text.trim());
        timed && is_exception(next) && next.contains('.') && is_frame(below)
    };
    if next.is_empty() || !(panicked || thrown()) {
        return None;
    }
    cursor.advance();
    Some(next)
}

/// The mark under an excerpt of source.
fn is_underline(text: &str) -> bool {
    let marks = |c: char| matches!(c, '^' | '~' | ' ');
    text.contains(['^', '~']) && text.chars().all(marks)
}

/// The message of Python's trace that `message` announces: what is before it, and the exceptions after the
/// frames. The cursor passes all of it; `None` where there is none.
pub(super) fn traceback(message: &str, cursor: &mut Cursor<'_>) -> Option<String> {
    let head = message.trim_end().strip_suffix(TRACEBACK)?.trim_end();
    let mut ahead = cursor.clone();
    let mut said: Vec<&str> = Some(head).filter(|head| !head.is_empty()).into_iter().collect();
    for _ in 0..MOST_CHAINED {
        let Some(exception) = behind_frames(&mut ahead) else { break };
        if !said.contains(&exception) {
            said.push(exception);
        }
        *cursor = ahead.clone();
        if !leads_on(&mut ahead) {
            break;
        }
    }
    (said.len() > usize::from(!head.is_empty())).then(|| said.join(" "))
}

/// The exception after the frames at the cursor, which passes it.
fn behind_frames<'t>(cursor: &mut Cursor<'t>) -> Option<&'t str> {
    let (mut framed, mut flat, mut source) = (false, false, false);
    for _ in 0..MOST_LINES {
        let line = cursor.line()?;
        let text = line.text.trim();
        let indented = line.text.starts_with([' ', '\t']);
        if is_python_frame(text) {
            (framed, flat, source) = (true, !indented, true);
        } else if text.is_empty() || !framed {
            return None;
        } else if !indented && !is_underline(text) {
            // Where a paste has lost its indentation, one line of source is under each frame.
            if !(flat && source) || is_exception(text) {
                cursor.advance();
                return Some(text);
            }
            source = false;
        }
        cursor.advance();
    }
    None
}

/// `PermissionError: …`, `requests.exceptions.SSLError: …`, `KeyboardInterrupt`.
fn is_exception(text: &str) -> bool {
    let class = text.split(':').next().unwrap_or_default();
    let name = class.rsplit('.').next().unwrap_or_default();
    let plain = class.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"._".contains(&byte));
    let ends = ["Error", "Exception", "Warning", "Interrupt", "Exit"];
    plain
        && name.starts_with(|c: char| c.is_ascii_uppercase())
        && ends.iter().any(|end| name.ends_with(end))
}

/// Whether the lines at the cursor lead to another trace of the same failure; they are skipped where they do.
fn leads_on(cursor: &mut Cursor<'_>) -> bool {
    const LEADS: &[&str] = &[
        "During handling of the above exception, another exception occurred:",
        "The above exception was the direct cause of the following exception:",
    ];
    cursor.pass_blank();
    if !cursor.line().is_some_and(|line| LEADS.contains(&line.text.trim())) {
        return false;
    }
    cursor.advance();
    cursor.pass_blank();
    let begins = cursor.line().is_some_and(|line| line.text.trim().ends_with(TRACEBACK));
    cursor.advance();
    begins
}

/// Skips what Go prints after a panic: the goroutines with their frames.
pub(super) fn skip_goroutines(message: &str, cursor: &mut Cursor<'_>) {
    if !message.contains("panic: ") && !message.starts_with("fatal error: ") {
        return;
    }
    let is_head = |line: &str| line.starts_with("goroutine ") && line.trim().ends_with("]:");
    let mut ahead = cursor.clone();
    ahead.pass_blank();
    while ahead.line().is_some_and(|line| is_head(line.text)) {
        while ahead.line().is_some_and(|line| !line.text.trim().is_empty()) {
            ahead.advance();
        }
        *cursor = ahead.clone();
        ahead.pass_blank();
    }
}

/// Skips Node's excerpt before an error, if there is one: `/app/sync.js:12`, the line of source, a mark.
pub(super) fn skip_excerpt(cursor: &mut Cursor<'_>) -> bool {
    const MOST: usize = 4;
    let is_place = |text: &str| {
        let place = text.rsplit_once(':');
        place.is_some_and(|(path, line)| {
            path.ends_with(['s', 'x'])
                && path.contains(['/', '\\'])
                && !path.contains(' ')
                && !line.is_empty()
                && line.bytes().all(|byte| byte.is_ascii_digit())
        })
    };
    if !cursor.line().is_some_and(|line| is_place(line.text.trim())) {
        return false;
    }
    let mut below = cursor.ahead().skip(1).take(MOST);
    let Some(mark) = below.find(|line| is_underline(line.text.trim())) else { return false };
    cursor.pass(mark.number);
    cursor.pass_blank();
    true
}
