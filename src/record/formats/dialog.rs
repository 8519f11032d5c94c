//! Error dialogs of Windows: one dialog is one failure, its title, text and code together.
//!
//! 1. Ctrl+C in a task dialog writes sections: `[Window Title]`, `[Main Instruction]`, `[Content]`, and the buttons.
//! 2. Ctrl+C in a message box writes title, text and buttons between rules.
//! 3. Who selects a dialog by hand gets its lines, the buttons last.
//!
//! The forms are those of `TaskDialogIndirect` and `MessageBox` (learn.microsoft.com).

use std::borrow::Cow;

use super::screen;
use crate::facts::{Kind, Record, Severity, read_level, read_wording};
use crate::record::collect::{Collector, range_in};
use crate::record::cursor::Cursor;
use crate::record::leading_time::leading_time;
use crate::record::{prose, words};
use crate::source::Line;
use crate::text::lexicon::{self, Section};

const MOST_LINES: usize = 40;
/// How many lines one has that was selected by hand.
const MOST_SELECTED: usize = 10;

pub(in crate::record) fn read<'t>(cursor: &mut Cursor<'t>, collector: &mut Collector<'_>) -> bool {
    let Some(first) = cursor.line().filter(|_| !collector.single_line) else { return false };
    let text = first.text.trim();
    let found = if section(text) == Some(Part::Title) {
        read_sections(cursor)
    } else if is_rule(text) {
        read_box(cursor)
    } else if collector.has_only("dialog") {
        read_selected(cursor, collector)
    } else {
        None
    };
    let Some(dialog) = found else { return false };
    dialog.emit(&first, collector);
    true
}

/// A dialog: the lines of its title, and those of its text.
#[derive(Debug, Default)]
struct Shown<'t> {
    title: Vec<&'t str>,
    text: Vec<Line<'t>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Title,
    Text,
}

static TITLES: Section = lexicon::MAIL_PHRASES.section("titles of dialogs");
static TEXTS: Section = lexicon::MAIL_PHRASES.section("texts of dialogs");

fn section(line: &str) -> Option<Part> {
    let name = line.strip_prefix('[')?.strip_suffix(']')?;
    Some(match name {
        name if TITLES.contains(&name) => Part::Title,
        name if TEXTS.contains(&name) => Part::Text,
        _ => return None,
    })
}

/// The rule of a message box has 27 dashes; nobody counts them.
fn is_rule(line: &str) -> bool {
    line.len() >= 20 && line.bytes().all(|byte| byte == b'-')
}

fn read_sections<'t>(cursor: &mut Cursor<'t>) -> Option<Shown<'t>> {
    let mut ahead = cursor.clone();
    let mut shown = Shown::default();
    let mut part = Part::Title;
    for _ in 0..MOST_LINES {
        let Some(line) = ahead.line() else { break };
        let text = line.text.trim();
        if text.starts_with('[') && prose::are_buttons(text) {
            ahead.advance();
            break;
        }
        match section(text) {
            Some(next) => part = next,
            None if text.is_empty() => {}
            None if part == Part::Title => shown.title.push(text),
            None => shown.text.push(line),
        }
        ahead.advance();
    }
    shown.into_whole(cursor, ahead)
}

fn read_box<'t>(cursor: &mut Cursor<'t>) -> Option<Shown<'t>> {
    let mut ahead = cursor.clone();
    let mut shown = Shown::default();
    let mut rules = 0;
    for _ in 0..MOST_LINES {
        let line = ahead.line()?;
        let text = line.text.trim();
        ahead.advance();
        match rules {
            _ if is_rule(text) => rules += 1,
            _ if text.is_empty() => {}
            1 => shown.title.push(text),
            2 => shown.text.push(line),
            _ if !prose::are_buttons(text) => return None,
            _ => {}
        }
        if rules == 4 || rules == 3 && ahead.line().is_none() {
            return shown.into_whole(cursor, ahead);
        }
    }
    None
}

/// A few lines that end in the buttons of a dialog; none of them is the entry of a log, a label of many or a table. Where
/// two have labels, it is a screen.
fn read_selected<'t>(cursor: &mut Cursor<'t>, collector: &Collector<'_>) -> Option<Shown<'t>> {
    let mut ahead = cursor.clone();
    let mut shown = Shown::default();
    let mut labels = 0;
    for _ in 0..MOST_SELECTED {
        let line = ahead.line()?;
        let text = line.text.trim();
        ahead.advance();
        if text.is_empty() || words::is_status_bar(text) {
            continue;
        }
        if prose::are_buttons(text) {
            match ahead.line().map(|line| line.text.trim()) {
                // Each may have a line of its own.
                Some(below) if prose::are_buttons(below) => continue,
                Some(below) if !below.is_empty() => return None,
                _ => return shown.into_whole(cursor, ahead),
            }
        }
        let logged = text.contains('\t')
            || text.starts_with(['{', '<', '[', '$', '|', '>'])
            || leading_time(text, collector.now).is_some()
            || collector.around.around(line.number).is_some();
        labels += usize::from(screen::holds_pair(line, collector));
        if logged || labels > 1 {
            return None;
        }
        if shown.text.is_empty() && (prose::is_caption(text) || read_level(text).is_some()) {
            shown.title.push(text);
        } else {
            shown.text.push(line);
        }
    }
    None
}

impl<'t> Shown<'t> {
    /// The dialog, which the cursor passes; `None` where it tells of nothing wrong.
    fn into_whole(mut self, cursor: &mut Cursor<'t>, behind: Cursor<'t>) -> Option<Self> {
        let wrong = |text: &str| read_wording(text) == Severity::Error || text.contains("0x");
        // Names over the text (of a shop, an app, a device) are its title.
        let named = |line: &Line<'_>| {
            let text = line.text.trim();
            text.chars().count() <= 30 && !wrong(text) && !words::ends_sentence(text)
        };
        let names = self.text.iter().take_while(|line| named(line)).count();
        if names < self.text.len() {
            self.title.extend(self.text.drain(..names).map(|line| line.text.trim()));
        }
        let tells = self.text.iter().any(|line| wrong(line.text))
            || !self.text.is_empty() && self.title.iter().any(|title| wrong(title));
        tells.then(|| {
            *cursor = behind;
            self
        })
    }

    fn emit(&self, first: &Line<'t>, collector: &mut Collector<'_>) {
        let said: Vec<&str> = self.text.iter().map(|line| line.text.trim()).collect();
        let place = self.text.first().unwrap_or(first);
        let range = range_in(place.text, place.text.trim());
        let mut record = Record::new(Kind::Log, Cow::Owned(said.join(" ")), place.number, range);
        record.severity = self.title.iter().find_map(|title| read_level(title));
        if record.severity.is_none() && read_wording(&record.message) != Severity::Error {
            // A code alone, under a title that says what it is of.
            record.severity = Some(Severity::Error);
        }
        collector.record(record);
    }
}
