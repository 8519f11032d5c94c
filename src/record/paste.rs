//! Walks over the lines of a paste and lets each format take its own.

use super::cells::Delimiter;
use super::collect::{Collector, record_at};
use super::cursor::Cursor;
use super::formats::{html, row};
use super::reading::is_short;
use super::registry::{BLOCKS, FORMATS, Format, HTML, JSON, LINES};
use super::{
    Again, CustomFormat, ReadOptions, correspondence, custom, pattern, prose, unquote, words,
};
use crate::facts::Kind;
use crate::source::{Budget, Line, lines};

/// A longer line is no row of a table and no entry of a log.
const LONGEST_LINE: usize = 1 << 16;

/// Reads every line of `text`, and returns how many there are. `whole` says that the text is all of the
/// paste.
pub(super) fn walk(
    text: &str,
    options: &ReadOptions,
    collector: &mut Collector<'_>,
    whole: bool,
) -> u32 {
    let chosen = options.input_format.as_deref();
    let unquoted = unquote::unquote(text);
    let plain = unquoted.as_ref().map_or(text, |unquoted| &unquoted.text);
    let mut cursor = Cursor::new(plain, &options.stop);
    collector.single_line =
        whole && cursor.line().is_some_and(|line| !line.text.trim().is_empty()) && cursor.is_last();
    if whole && !collector.single_line {
        collector.around = correspondence::read(cursor.text, collector.now);
        let marked = unquoted.as_ref().map(|unquoted| unquoted.quoted.clone());
        collector.around.marked = marked.unwrap_or_default();
    }
    match collector.layout.take() {
        Some(layout) if layout.delimiter == Delimiter::Elements => {
            html::read_rows(Some(layout), &mut cursor, collector);
        }
        Some(layout) => row::read_rows(&layout, &mut cursor, collector),
        None => {}
    }
    let budget = Budget::of(plain.len());
    while let Some(line) = cursor.line() {
        if line.text.trim().is_empty() {
            cursor.advance();
            continue;
        }
        if budget.is_spent() {
            read_plainly(&mut cursor, collector);
            break;
        }
        if line.text.len() > LONGEST_LINE {
            read_long_line(&line, &mut cursor, collector);
            continue;
        }
        let cursor = &mut cursor;
        let read = chosen.is_some_and(|name| take_chosen(name, options, cursor, collector))
            || options.formats.iter().any(|own| take_own(own.as_ref(), cursor, collector))
            || BLOCKS.iter().any(|format| take(format, cursor, collector))
            || take_pattern(None, cursor, collector)
            || FORMATS.iter().any(|format| take(format, cursor, collector));
        if !read {
            // The last format reads any line; a line that it leaves would be read for ever.
            cursor.advance();
        }
    }
    prose::emit(collector);
    if whole && collector.tells_nothing() {
        lose_nothing(plain, collector);
    }
    if whole && collector.may_be_question() {
        let lines = cursor.text.lines().map(str::trim).filter(|line| !line.is_empty());
        let text = lines.collect::<Vec<_>>().join(" ");
        collector.reading.again = is_short(&text).then_some(Again::AsQuestion(text));
    }
    if let Some(unquoted) = &unquoted {
        collector.restore_places(unquoted);
    }
    cursor.count
}

/// Reads what is left of a paste whose forms have cost more work than any that is known: as plain lines, and that they
/// were is told.
fn read_plainly(cursor: &mut Cursor<'_>, collector: &mut Collector<'_>) {
    if let Some(line) = cursor.line() {
        collector.warn_of_work(line.number);
    }
    while let Some(line) = cursor.line() {
        if line.text.trim().is_empty() {
            cursor.advance();
        } else {
            cursor.cut_line(LONGEST_LINE);
            take(&LINES, cursor, collector);
        }
    }
}

/// Reads the lines plainly that a format has taken for facts and nothing more, though they say that something failed:
/// an error must not be lost.
fn lose_nothing(text: &str, collector: &mut Collector<'_>) {
    for line in lines(text) {
        let shown = line.text.trim();
        let fails = || words::is_sentence(shown) && prose::tells_trouble(shown);
        if shown.len() <= LONGEST_LINE
            && !prose::is_caption(shown)
            && (fails() || words::error_number(shown).is_some())
        {
            collector.record(record_at(Kind::Log, line.text, shown, line.number));
        }
    }
}

/// Reads a line that only a page or a value can be; of any other only the beginning says something, and
/// that there was more is told.
fn read_long_line<'t>(line: &Line<'t>, cursor: &mut Cursor<'t>, collector: &mut Collector<'_>) {
    if !(take(&HTML, cursor, collector) || take(&JSON, cursor, collector)) {
        collector.warn_of_length(line.number);
        cursor.cut_line(LONGEST_LINE);
        take(&LINES, cursor, collector);
    }
}

/// Reads what is of a format that is data, or of the one that is named.
fn take_pattern(
    named: Option<&str>,
    cursor: &mut Cursor<'_>,
    collector: &mut Collector<'_>,
) -> bool {
    let vocabulary = collector.vocabulary;
    let read = pattern::read(&vocabulary.formats, named, cursor, collector);
    collector.note_format(read)
}

fn take(format: &Format, cursor: &mut Cursor<'_>, collector: &mut Collector<'_>) -> bool {
    let read = (format.read)(cursor, collector);
    collector.note_format(read.then_some(format.name))
}

/// Reads what is of a format of one's own.
fn take_own(
    format: &dyn CustomFormat,
    cursor: &mut Cursor<'_>,
    collector: &mut Collector<'_>,
) -> bool {
    let read = custom::read(format, cursor, collector);
    collector.note_format(read.then(|| format.name()))
}

/// Reads what is of the format of a name.
fn take_chosen(
    name: &str,
    options: &ReadOptions,
    cursor: &mut Cursor<'_>,
    collector: &mut Collector<'_>,
) -> bool {
    if let Some(own) = options.formats.iter().find(|own| own.name() == name) {
        return take_own(own.as_ref(), cursor, collector);
    }
    match BLOCKS.iter().chain(FORMATS).find(|format| format.name == name) {
        Some(format) => take(format, cursor, collector),
        None => take_pattern(Some(name), cursor, collector),
    }
}
