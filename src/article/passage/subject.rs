//! The subject of a passage: the codes and the names of errors in its headings, before the colon of its item, or
//! alone in a cell of its row. Whatever a passage merely mentions is not its subject.

use super::super::codes::{self, codes_of_text};
use super::super::markdown::{MarkKind, Quote, Row, Segment, SegmentKind};
use super::rows::{self, Columns};
use super::shown::is_hidden;
use crate::facts::{
    Code, CodeDictionary, error_names, is_error_name, may_name_error, name_at_end,
    numbered_names_of_heading, reasons,
};
use crate::source::add_new;

/// A passage that quotes more names is a listing.
const MOST_NAMES: usize = 12;

/// The codes and names that a passage is about.
#[derive(Debug, Clone, Default)]
pub(super) struct Subject {
    pub(super) codes: Vec<Code>,
    /// The names of errors and of the domains of codes.
    pub(super) names: Vec<String>,
}

impl Subject {
    /// The subject of a heading, or of the name of an item.
    pub(super) fn of_heading(heading: &str, dictionary: &CodeDictionary) -> Self {
        let mut subject = Self { codes: codes_of_text(heading, dictionary), names: Vec::new() };
        if codes::shape(heading).is_some() {
            let code = codes::first_code(heading).and_then(|it| dictionary.read(it));
            add_new(&mut subject.codes, code);
        }
        // A heading may name a product besides; what is the whole heading is its subject.
        let whole = heading.trim();
        let names = error_names(heading).filter(|name| is_error_name(name) || *name == whole);
        for name in names.chain(numbered_names_of_heading(heading)) {
            if dictionary.command(name).is_none() {
                subject.add_name(name);
            }
        }
        subject
    }

    /// The names of errors within the messages that a passage quotes: a constant tells one message of a frame from another.
    /// A name that is alone is merely mentioned, and a statement (`ALTER TABLE … AUTO_INCREMENT = 1000;`) is no message.
    pub(super) fn of_wordings(segments: &[Segment]) -> Self {
        let mut subject = Self::default();
        for segment in segments.iter().filter(|segment| !is_hidden(segment)) {
            let text = segment.text.text.as_str();
            let whole =
                matches!(segment.kind, SegmentKind::Code(_)) || segment.quote == Some(Quote::Plain);
            let spans = segment.text.marks.iter().filter(|mark| mark.kind == MarkKind::Code);
            let spans = spans.filter_map(|mark| text.get(mark.range.clone()));
            for wording in
                spans.filter(|it| it.contains([' ', '=', '('])).chain(whole.then_some(text))
            {
                // A dictionary that is logged ends its entries so, too.
                if wording.trim_end().ends_with(';') && !wording.contains('{') {
                    continue;
                }
                // The domain of a code tells no message from another: its number does.
                let constant = |name: &&str| is_error_name(name) && !name.ends_with("ErrorDomain");
                for name in error_names(wording).filter(constant) {
                    if subject.names.len() < MOST_NAMES {
                        subject.add_name(name);
                    }
                }
            }
        }
        subject
    }

    /// The subject of a row: the cells that hold a code or a name and nothing else.
    pub(super) fn of_row(columns: &Columns, row: &Row, dictionary: &CodeDictionary) -> Self {
        let mut subject = Self::default();
        for (at, cell) in row.cells.iter().enumerate() {
            let (text, column) = (cell.text.trim(), columns.get(at));
            let shape = codes::shape(text);
            if shape == Some(codes::Shape::Strong) || column.codes && shape.is_some() {
                let parts = text.split(['\n', ',', '、', '/', '・']).map(str::trim);
                let codes =
                    parts.filter_map(codes::first_code).filter_map(|it| dictionary.read(it));
                add_new(&mut subject.codes, codes);
            }
            if column.codes {
                numbered_names_of_heading(text).for_each(|name| subject.add_name(name));
            } else if at == 0 {
                // The first cell of a row names it, whatever its column is called: `コンパイラの警告 C4396`.
                name_at_end(text).into_iter().for_each(|name| subject.add_name(name));
            }
            if let Some(domain) = dictionary.domain_named(text) {
                subject.add_name(&domain);
            } else if column.names && rows::is_one_word(text) {
                subject.add_name(text);
                // Of `Error.X` the name alone, too.
                error_names(text).for_each(|name| subject.add_name(name));
            } else if may_name_error(text) && dictionary.command(text).is_none() {
                subject.add_name(text);
            } else {
                // `403: token_rejectedForbidden`; other words after a status are of a sentence, and a constant in capitals
                // is a service's, whose own table has a column for it.
                let joined = reasons(text).filter(|it| it.contains('_') && !is_error_name(it));
                joined.for_each(|name| subject.add_name(name));
            }
        }
        subject
    }

    /// Adds what another part of the same place says.
    pub(super) fn add(&mut self, other: &Self) {
        add_new(&mut self.codes, other.codes.iter().cloned());
        add_new(&mut self.names, other.names.iter().cloned());
    }

    fn add_name(&mut self, name: &str) {
        add_new(&mut self.names, [name.to_owned()]);
    }
}
