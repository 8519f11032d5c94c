//! Wrappings of log lines on their way: the escapes of a terminal, the `> ` of a mail.
//!
//! 1. The marks of a quotation go from the beginning of a line, however often it was quoted.
//! 2. Escape sequences (ECMA-48: CSI, OSC, and those of one character) go from anywhere.
//! 3. Lines stay lines, and where something was cut out is kept: a place in the text without the
//!    wrapping leads back to the text as it was pasted.

use std::ops::Range;

use crate::source::{Line, lines, looked_at};

const ESCAPE: char = '\u{1b}';

#[derive(Debug, Default)]
pub(super) struct Unquoted {
    pub(super) text: String,
    /// The lines (1-based) that are quoted.
    pub(super) quoted: Vec<u32>,
    /// In the order of the text.
    cuts: Vec<Cut>,
}

#[derive(Debug)]
struct Cut {
    line: u32,
    /// Where, in the line that is left.
    at: usize,
    length: usize,
}

impl Unquoted {
    /// Where a part of a line (1-based) was in the line as it was pasted.
    pub(super) fn origin(&self, line: u32, range: Range<usize>) -> Range<usize> {
        let first = self.cuts.partition_point(|cut| cut.line < line);
        let (mut start, mut end) = (range.start, range.end);
        for cut in self.cuts.iter().skip(first).take_while(|cut| cut.line == line) {
            start += if cut.at <= range.start { cut.length } else { 0 };
            end += if cut.at < range.end || range.is_empty() { cut.length } else { 0 };
        }
        start..end.max(start)
    }
}

/// The text without its wrapping; `None` where there is none.
pub(super) fn unquote(text: &str) -> Option<Unquoted> {
    let bytes = text.as_bytes();
    let quoted = text.starts_with(['>', '＞'])
        || memchr::memmem::find(bytes, b"\n>").is_some()
        || memchr::memmem::find(bytes, "\n＞".as_bytes()).is_some();
    if !quoted && memchr::memchr(0x1b, bytes).is_none() {
        return None;
    }
    let mut unquoted = Unquoted { text: String::with_capacity(text.len()), ..Default::default() };
    let mut end = 0;
    for line in lines(text) {
        // The ending of the line before.
        unquoted.text.push_str(text.get(end..line.start).unwrap_or_default());
        end = line.start + line.text.len();
        unquoted.push_line(&line);
    }
    unquoted.text.push_str(text.get(end..).unwrap_or_default());
    Some(unquoted)
}

impl Unquoted {
    fn push_line(&mut self, line: &Line<'_>) {
        let (start, cuts) = (self.text.len(), self.cuts.len());
        let mut rest = unquoted(line.text);
        if rest.len() < line.text.len() {
            self.quoted.push(line.number);
        }
        self.cut(line.number, 0, line.text.len() - rest.len());
        while let Some(at) = rest.find(ESCAPE) {
            let (before, escape) = rest.split_at_checked(at).unwrap_or((rest, ""));
            self.text.push_str(before);
            let behind = behind_escape(escape);
            self.cut(line.number, self.text.len() - start, escape.len() - behind.len());
            rest = behind;
        }
        self.text.push_str(rest);
        // Of nothing between a CR and an LF they would become one line ending.
        if self.text.len() == start && self.text.ends_with('\r') {
            self.text.push_str(line.text);
            self.cuts.truncate(cuts);
        }
    }

    fn cut(&mut self, line: u32, at: usize, length: usize) {
        if length > 0 {
            self.cuts.push(Cut { line, at, length });
        }
    }
}

/// The line without the marks of its quotation; what is indented after them stays so.
fn unquoted(line: &str) -> &str {
    let mut rest = line;
    while let Some(behind) = rest.strip_prefix(['>', '＞']) {
        rest = behind.strip_prefix(' ').filter(|behind| !behind.is_empty()).unwrap_or(behind);
    }
    rest
}

/// The text after the escape sequence that it begins with; of a cut one the escape alone goes.
fn behind_escape(text: &str) -> &str {
    let mut behind = text.chars();
    behind.next();
    let only_escape = behind.as_str();
    match behind.next() {
        Some('[') => {
            let parameters = behind.as_str().trim_start_matches(|c| matches!(c, ' '..='?'));
            let rest = parameters.strip_prefix(|c| matches!(c, '@'..='~'));
            rest.unwrap_or(only_escape)
        }
        Some(']') => {
            let body = behind.as_str();
            // Another escape before the end says that there is none: what is looked through is paid once.
            let end = memchr::memchr2(7, 0x1b, body.as_bytes());
            looked_at(end.unwrap_or(body.len()));
            let rest = end.and_then(|end| body.get(end..)).unwrap_or_default();
            let mut ends = ["\u{7}", "\u{1b}\\"].into_iter();
            ends.find_map(|end| rest.strip_prefix(end)).unwrap_or(only_escape)
        }
        Some('0'..='~') => behind.as_str(),
        _ => only_escape,
    }
}

#[cfg(test)]
crate::source::cases! {
    unquoted: |text| shown(unquote(text).map(|it| it.text));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_leads_back() {
        let text = "first\n> \u{1b}[31merror\u{1b}[0m: gone";
        let unquoted = unquote(text).expect("it is wrapped");
        let line = "> \u{1b}[31merror\u{1b}[0m: gone";
        let place = |range| line.get(unquoted.origin(2, range));
        assert_eq!(place(0..5), Some("error"));
        assert_eq!(place(7..11), Some("gone"));
        assert_eq!(unquoted.origin(1, 1..3), 1..3);
    }

    proptest::proptest! {
        #[test]
        fn lines_stay_lines_and_every_place_leads_back(
            text in "([>＞ \u{1b}\\[\\]0-9m;\u{7}あa\n\r]){0,40}",
        ) {
            if let Some(unquoted) = unquote(&text) {
                let before: Vec<_> = lines(&text).collect();
                for line in lines(&unquoted.text) {
                    let whole = unquoted.origin(line.number, 0..line.text.len());
                    let origin = before.iter().find(|known| known.number == line.number);
                    proptest::prop_assert!(origin.is_some_and(|o| o.text.get(whole).is_some()));
                }
            }
        }
    }
}
