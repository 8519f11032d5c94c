//! Mails and chats: the lines around a log are no record, and what people say is one question.
//!
//! Which lines those are `correspondence` tells, of a paste as a whole; the sentences of people `prose` takes.

use super::line;
use crate::record::collect::{Collector, SourceText, range_in};
use crate::record::cursor::Cursor;
use crate::record::{correspondence, prose, question, words};

pub(in crate::record) fn read<'t>(cursor: &mut Cursor<'t>, collector: &mut Collector<'_>) -> bool {
    let mut any = false;
    while let Some(line) = cursor.line() {
        let Some(behind) = collector.around.around(line.number) else { break };
        if let Some(subject) = correspondence::subject(line.text.trim())
            && !collector.around.is_quoted(line.number)
        {
            let place = (line.number, range_in(line.text, subject));
            collector.said.subject.get_or_insert((subject.to_owned(), place));
        }
        let said = behind.and_then(|at| line.text.trim().get(at..));
        let said = said.filter(|said| !correspondence::is_chat_mark(said.trim()));
        if let Some(said) = said
            && !prose::take(&line, said, collector)
        {
            line::emit_text(&SourceText::from(&line), said.trim(), None, collector);
        }
        any = true;
        cursor.advance();
    }
    any
}

pub(in crate::record) fn read_prose<'t>(
    cursor: &mut Cursor<'t>,
    collector: &mut Collector<'_>,
) -> bool {
    let Some(line) = cursor.line().filter(|_| collector.around.found) else { return false };
    if is_set_apart(cursor) && !collector.said.text.is_empty() {
        return false;
    }
    let taken = prose::take(&line, line.text.trim(), collector);
    if taken {
        cursor.advance();
    }
    taken
}

/// Whether the line at the cursor is of a few indented ones in a mail, as one sets a machine's words apart.
fn is_set_apart(cursor: &Cursor<'_>) -> bool {
    const MOST_LINES: usize = 3;
    const LEAST_WORDS: usize = 3;
    let indented = |text: &str| text.starts_with("  ") || text.starts_with('\t');
    let says = |text: &str| {
        let bare = text.trim();
        bare.is_ascii()
            && bare.split(' ').count() >= LEAST_WORDS
            && words::without_list_mark(bare) == bare
            && !question::is_question(bare)
    };
    if !cursor.line().is_some_and(|line| indented(line.text) && says(line.text)) {
        return false;
    }
    let mut below = cursor.ahead().skip(1).take(MOST_LINES);
    below.any(|line| !line.text.trim().is_empty() && !indented(line.text))
}
