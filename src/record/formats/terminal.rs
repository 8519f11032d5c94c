//! The frame that a terminal or the text of an issue puts around a log: prompts with their commands, the
//! summary that `cfgutil` repeats after its error, headings of Markdown, labels over a block, the head of an answer of
//! HTTP, what a program says that it is doing. It is no record.
//!
//! The prompts are those that bash, zsh, cmd.exe and PowerShell have by default.

use crate::facts::{Kind, Severity, read_wording};
use crate::record::collect::{Collector, record_at};
use crate::record::cursor::Cursor;
use crate::record::formats::ns_error;
use crate::record::words;
use crate::text::lexicon::{MESSAGE_WORDS, Section};

/// Prompts, and the answers of `cfgutil`.
pub(in crate::record) fn read<'t>(cursor: &mut Cursor<'t>, collector: &mut Collector<'_>) -> bool {
    // A command that was pasted alone may be what is asked about.
    if collector.single_line {
        return false;
    }
    let mut any = false;
    while let Some(line) = cursor.line() {
        let text = line.text.trim();
        let next = cursor.following().map_or("", |line| line.text.trim());
        if is_prompt(text) || is_progress(text) || is_heading(text, next) {
            cursor.advance();
        } else if let Some(body) = behind_head(text, cursor) {
            *cursor = body;
        } else if text.starts_with("cfgutil: error: ") {
            cursor.advance();
            let mut record = record_at(Kind::Log, line.text, text, line.number);
            if let Some(block) = ns_error::behind(text, cursor, collector) {
                block.complete(&mut record, collector);
            }
            collector.record(record);
            skip_summary(cursor);
        } else {
            break;
        }
        any = true;
    }
    any
}

/// Whether a line is a prompt, with or without a command after it.
fn is_prompt(line: &str) -> bool {
    if line.len() > 1000 {
        return false;
    }
    // $ command
    if let Some(command) = line.strip_prefix("$ ").or_else(|| line.strip_prefix("% ")) {
        return command.starts_with(|c: char| c.is_ascii_alphabetic() || "./~".contains(c));
    }
    // PS C:\Users\a> command, C:\adb>command
    if line.strip_prefix("PS>").is_some_and(|command| command.starts_with(' ')) {
        return true;
    }
    let path = line.strip_prefix("PS ").unwrap_or(line);
    let mut letters = path.bytes();
    let drive = letters.next().is_some_and(|byte| byte.is_ascii_alphabetic());
    if drive && path.get(1..3) == Some(":\\") {
        let head = path.split_once('>').map(|(head, _)| head);
        return head.is_some_and(|head| {
            !head.ends_with(' ') && !head.contains(['<', '"', '|', '*', '?', ','])
        });
    }
    is_unix_prompt(line)
}

/// `user@host:~$ command`, `[user@host dir]# command`, `user@host dir % command`, `sh-3.2# command`,
/// `host:~ user$ command` (bash on a Mac), `~/dir % command`.
fn is_unix_prompt(line: &str) -> bool {
    let shell = ["sh-", "bash-", "zsh-"].iter().any(|shell| line.starts_with(shell));
    if !shell && !line.contains(['@', '~']) {
        return false;
    }
    let Some(end) = line.find(['$', '#', '%']) else { return false };
    let (Some(head), Some(behind)) = (line.get(..end), line.get(end + 1..)) else { return false };
    let head = head.trim_end().trim_start_matches(['[', '(']);
    let name = |text: &str| {
        !text.is_empty()
            && text.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_.:~/[]() ".contains(&b))
    };
    let at_host = head.split_once('@').is_some_and(|(user, place)| {
        !user.contains(' ')
            && name(user)
            && name(place)
            && place.split(' ').count() <= 2
            && !place.contains(": ")
    });
    // The place is the home directory, or in it.
    let at_home = || {
        let (place, user) = head.split_once(' ').unwrap_or((head, ""));
        let path = place.split_once(':').map_or(place, |(_, path)| path);
        (path == "~" || path.starts_with("~/")) && name(place) && !user.contains(' ')
    };
    (shell && !head.contains(' ') || at_host || at_home())
        && (behind.is_empty() || behind.starts_with(' '))
}

/// `### What happened`, `**Steps to reproduce**`, `client:` over a gap or a fence: a few words, no trouble.
fn is_heading(line: &str, next: &str) -> bool {
    let marked = line.strip_prefix('#').map(|rest| rest.trim_start_matches('#'));
    let bold = || line.strip_suffix(':').unwrap_or(line).strip_prefix("**")?.strip_suffix("**");
    let over = next.is_empty() || next.starts_with("```");
    let label = || line.strip_suffix(':').filter(|label| over && label.is_ascii());
    let marked = marked.filter(|rest| rest.starts_with(' ')).or_else(bold).map(str::trim);
    let Some(words) = marked.or_else(label) else { return false };
    let lower = words.to_ascii_lowercase();
    !words.is_empty()
        && words.len() <= 60
        && !words.bytes().any(|byte| byte.is_ascii_digit())
        && !["fail", "error", "exception"].iter().any(|word| lower.contains(word))
        && !words::is_sentence(words)
}

/// The body after the head of an answer of HTTP (RFC 9112): `HTTP/1.1 410`, its fields, an empty line, and JSON.
fn behind_head<'t>(line: &str, cursor: &Cursor<'t>) -> Option<Cursor<'t>> {
    const MOST_FIELDS: usize = 60;
    let status = line.strip_prefix("HTTP/")?.split_once(' ')?.1;
    let code = status.split(' ').next().unwrap_or_default();
    (code.len() == 3 && code.bytes().all(|byte| byte.is_ascii_digit())).then_some(())?;
    let mut ahead = cursor.clone();
    for _ in 0..MOST_FIELDS {
        ahead.advance();
        let text = ahead.line()?.text.trim();
        if text.starts_with(['{', '[']) {
            return Some(ahead);
        }
        let name = text.split_once(':').map_or("", |(name, _)| name);
        let field = !name.is_empty()
            && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
        if !field && !text.is_empty() {
            return None;
        }
    }
    None
}

/// `Waiting for the device [1/1] [*****]  100%`, `0%...20%...100%`, `Retrieving the list of items...`
fn is_progress(line: &str) -> bool {
    let counts = line.ends_with('%') && line.bytes().all(|byte| b"0123456789%. ".contains(&byte));
    let doing = line.len() <= 80
        && line.is_ascii()
        && line.starts_with(|first: char| first.is_ascii_uppercase())
        && line.strip_suffix("...").is_some_and(|told| {
            let verb = told.split(' ').next().unwrap_or_default();
            verb.len() > 5 && verb.ends_with("ing") && read_wording(told) == Severity::Unknown
        });
    let bar = line.ends_with('%') && ["[*", "[=", "[#", "[ "].iter().any(|it| line.contains(it));
    counts && !line.is_empty() || doing || bar || PROGRESS.contains(&line) || is_attached(line)
}

static PROGRESS: Section = MESSAGE_WORDS.section("progress of programs");

/// `HVA1X2C3    device`: a device that adb lists and that is as it should be.
fn is_attached(line: &str) -> bool {
    let name = line.strip_suffix("device").filter(|name| name.ends_with(['\t', ' ']));
    name.map(str::trim_end).is_some_and(|name| {
        name.len() >= 6
            && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b".:-".contains(&byte))
            && name.bytes().any(|byte| byte.is_ascii_digit())
    })
}

/// Skips the summary that `cfgutil` repeats after an error.
fn skip_summary(cursor: &mut Cursor<'_>) {
    while let Some(line) = cursor.line() {
        let text = line.text.trim();
        let again = text.starts_with('"') && text.contains("\" failed on ")
            || text.starts_with("Operation \"")
                && ["\" failed on ", "\" succeeded on "].iter().any(|end| text.contains(end))
            || text.starts_with("--- ") && text.ends_with(" ---");
        if !(text.is_empty() || again || is_progress(text)) {
            break;
        }
        cursor.advance();
    }
}
