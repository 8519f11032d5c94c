//! Verbose errors of Apple's frameworks, as iOS's console and Apple Configurator print them (`NSError:` with
//! `Desc`, `Domain` and `Code` on lines of their own), and the pairs `ErrorDomain=…`, `ErrorCode=…`.
//!
//! 1. A block goes on as long as its lines are fields; one link follows another after
//!    `...Underlying error:`, and the last is the cause.
//! 2. After a message (`…: NSError:`) the block is a part of it: one failure is one incident.
//! 3. A block that begins or ends anywhere still reads: people copy what fits the screen.
//!
//! The labels are those of the MCProfile and DMC frameworks' verbose descriptions.

use std::borrow::Cow;
use std::ops::Range;

use super::error_chain::{Link, Value};
use super::screen::names_an_error;
use crate::facts::{Code, Kind, Record, Severity, fold, read_number, read_wording};
use crate::record::collect::{Collector, range_in};
use crate::record::columns::{self, Role};
use crate::record::cursor::Cursor;
use crate::record::lone_code::lone_code;

/// How many lines a block may have.
const MOST_LINES: usize = 400;
/// Announces a block at the end of a message.
const ANNOUNCEMENT: &str = "NSError:";

/// Blocks by themselves.
pub(in crate::record) fn read<'t>(cursor: &mut Cursor<'t>, collector: &mut Collector<'_>) -> bool {
    let Some(block) = read_block(cursor, collector) else { return false };
    let Some(place) = block.place() else { return false };
    let range: Range<usize> = range_in(place.line.text, place.text);
    let mut record = Record::new(Kind::Log, Cow::Borrowed(""), place.line.number, range);
    block.complete(&mut record, collector);
    collector.record(record);
    true
}

/// The block that goes on a message, which the cursor passes.
pub(in crate::record) fn behind<'t>(
    message: &'t str,
    cursor: &mut Cursor<'t>,
    collector: &mut Collector<'_>,
) -> Option<Block<'t>> {
    let announced = message.ends_with(ANNOUNCEMENT);
    let line = cursor.line()?;
    // Most lines begin no field: nothing is looked ahead for.
    if !announced && field(line.text).is_none() {
        return labelled(message, cursor, collector);
    }
    let mut block = read_block(cursor, collector)?;
    // The domain may be at the end of the message: `failed: ErrorDomain: X`.
    if let Some(link) = block.links.first_mut().filter(|link| link.domain.is_none())
        && let Some(text) = domain_at_end(message)
    {
        link.domain = Some(Value { text, line });
    }
    Some(block)
}

/// The code under the message of a failure, with a Japanese label (`エラーコード: 0x87D13B9F`) or in brackets
/// (`(MCInstallationErrorDomain 4001)`) or alone with its domain, and its text; the cursor passes them.
fn labelled<'t>(
    message: &str,
    cursor: &mut Cursor<'t>,
    collector: &Collector<'_>,
) -> Option<Block<'t>> {
    let mut link = Link::default();
    let mut ahead = cursor.clone();
    while let Some(line) = ahead.line() {
        let value = |text| Some(Value { text, line });
        let text = line.text.trim();
        if let Some((field, said)) = japanese_field(text) {
            let slot = if field == Field::Code { &mut link.code } else { &mut link.description };
            if slot.is_some() {
                break;
            }
            *slot = value(said);
        } else if let Some((domain, code)) = lone_code(text, collector) {
            if link.code.is_some() {
                break;
            }
            (link.domain, link.code) = (domain.and_then(value), value(code));
        } else {
            break;
        }
        ahead.advance();
    }
    link.code?;
    if read_wording(message) != Severity::Error {
        return None;
    }
    *cursor = ahead;
    Some(Block { links: vec![link] })
}

fn japanese_field(text: &str) -> Option<(Field, &str)> {
    const LONGEST: usize = 200;
    // Latin labels are fields of their own.
    let whole = text.len() <= LONGEST && !text.starts_with(|first: char| first.is_ascii());
    let (label, value) = text.split_once([':', '：']).filter(|_| whole)?;
    let value = value.trim();
    match columns::role(label) {
        Role::Code => read_number(&fold(value)).map(|_| (Field::Code, value)),
        Role::Message => names_an_error(label).then_some((Field::Description, value)),
        _ => None,
    }
}

fn domain_at_end(message: &str) -> Option<&str> {
    let (label, domain) = message.rsplit_once([':', '='])?;
    let domain = domain.trim();
    (label.trim_end().ends_with("Domain") && !domain.is_empty() && !domain.contains(' '))
        .then_some(domain)
}

#[derive(Debug, Default)]
pub(in crate::record) struct Block<'t> {
    links: Vec<Link<'t>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Field {
    /// `NSError:`
    Opening,
    /// `...Underlying error:`
    Underlying,
    Description,
    Domain,
    Code,
    /// `(Domain: X Code: 1)`, both in one line.
    Both,
    /// Suggestions and types.
    Other,
    /// A list in brackets, which may go on over lines.
    Parameters,
}

impl<'t> Block<'t> {
    /// Where the cause is.
    fn place(&self) -> Option<Value<'t>> {
        let links = || self.links.iter().rev();
        let described = links().find_map(|link| link.description);
        described.or_else(|| links().find_map(|link| link.code.or(link.domain)))
    }

    /// Gives a record what the block says: the codes in order, and after its message the cause.
    pub(in crate::record) fn complete<'r>(&self, record: &mut Record<'r>, collector: &Collector<'_>)
    where
        't: 'r,
    {
        for code in self.links.iter().filter_map(|link| link.read_code(collector)) {
            let is_same = |known: &Code| known.number == code.number && known.domain == code.domain;
            if !record.codes.iter().any(is_same) {
                record.codes.push(code);
            }
        }
        record.severity = Some(Severity::Error);
        let head = record.message.trim_end();
        let head = head.strip_suffix(ANNOUNCEMENT).unwrap_or(head).trim_end().to_owned();
        let cause = self.links.iter().rev().find_map(|link| link.description);
        record.message = match cause.map(|cause| cause.text).filter(|cause| !head.contains(cause)) {
            Some(cause) if head.is_empty() => Cow::Borrowed(cause),
            Some(cause) => Cow::Owned(format!("{head} {cause}")),
            None if head.is_empty() => {
                let cause = self.links.iter().rev().find(|link| link.code.is_some());
                let part = |value: Option<Value<'t>>| value.map_or("", |value| value.text);
                let shown = cause.map(|link| format!("{} {}", part(link.domain), part(link.code)));
                Cow::Owned(shown.unwrap_or_default().trim().to_owned())
            }
            None => Cow::Owned(head),
        };
    }

    fn take(&mut self, field: Field, value: Value<'t>) {
        let Some(link) = self.links.last_mut() else { return };
        let again = match field {
            Field::Underlying => true,
            // Pairs of a domain and a code follow one another without a word between them.
            Field::Domain => link.domain.is_some(),
            Field::Code => link.code.is_some(),
            Field::Both => link.code.is_some() || link.domain.is_some(),
            _ => false,
        };
        if again {
            self.links.push(Link::default());
        }
        let Some(link) = self.links.last_mut() else { return };
        let said = Some(value).filter(|value| !value.text.is_empty());
        match field {
            Field::Description => link.description = link.description.or(said),
            Field::Domain => link.domain = said,
            Field::Code => link.code = said,
            Field::Both => {
                if let Some((domain, code)) = value.text.split_once(' ') {
                    let code = code.rsplit([' ', ':', '=']).next().unwrap_or(code);
                    link.domain = Some(Value { text: domain.trim_end_matches(','), ..value });
                    link.code = Some(Value { text: code, ..value });
                }
            }
            Field::Opening | Field::Underlying | Field::Other | Field::Parameters => {}
        }
    }
}

/// Reads the block at the cursor, and passes it where there is one.
fn read_block<'t>(cursor: &mut Cursor<'t>, collector: &mut Collector<'_>) -> Option<Block<'t>> {
    let first = cursor.line().filter(|line| !collector.has_given_up("ns-error", line.number))?;
    field(first.text)?;
    let mut ahead = cursor.clone();
    let mut block = Block { links: vec![Link::default()] };
    let mut open_list = false;
    for _ in 0..MOST_LINES {
        let Some(line) = ahead.line() else { break };
        let text = line.text.trim();
        if open_list {
            open_list = !text.starts_with(')');
            ahead.advance();
            continue;
        }
        let Some((field, value)) = field(text) else {
            // A log cuts a long chain anywhere.
            if ahead.is_last() && is_cut(text) {
                ahead.advance();
            }
            break;
        };
        if field == Field::Parameters {
            open_list = value.ends_with('(');
        }
        block.take(field, Value { text: value, line });
        ahead.advance();
    }
    block.links.retain(|link| link.code.is_some() || link.description.is_some());
    if block.links.iter().all(|link| link.code.is_none()) {
        collector.give_up("ns-error", ahead.line());
        return None;
    }
    *cursor = ahead;
    Some(block)
}

/// Whether a line is the beginning of a field's label: `...Underlying err`, `US De`.
fn is_cut(text: &str) -> bool {
    const LABELS: &[&str] = &["US Desc", "US Sugg", "Domain", "Params", "Underlying error:"];
    let text = text.trim_start_matches('.').trim_start();
    text.len() > 1 && LABELS.iter().any(|label| label.starts_with(text))
}

fn field(line: &str) -> Option<(Field, &str)> {
    let text = line.trim();
    // A cheap test that rejects nearly every line of a log.
    text.starts_with(['D', 'S', 'U', 'C', 'T', 'P', 'E', 'L', 'N', 'u', 'e', '.', '('])
        .then_some(())?;
    let object = text.strip_prefix("NSError").and_then(|rest| rest.strip_suffix(':'));
    if object.is_some_and(|address| address.is_empty() || address.starts_with(" 0x")) {
        return Some((Field::Opening, ""));
    }
    if text.trim_start_matches('.').trim_start().eq_ignore_ascii_case("underlying error:") {
        return Some((Field::Underlying, ""));
    }
    if let Some(inner) = text.strip_prefix("(Domain: ").and_then(|rest| rest.strip_suffix(')')) {
        return Some((Field::Both, inner)).filter(|(_, inner)| inner.contains(" Code: "));
    }
    let at = text.find([':', '='])?;
    let (label, value) = text.split_at_checked(at)?;
    // Two labels that end in a colon more are no fields: `Code::Type`.
    let value = value.get(1..).filter(|value| !value.starts_with([':', '=']))?;
    let value = value.strip_prefix('>').unwrap_or(value).trim();
    // `errorCode = 4028;` of a dictionary that was printed.
    let value = value.strip_suffix(';').unwrap_or(value);
    let field = match label.trim_end() {
        "Desc" | "US Desc" | "LocalizedDescription" | "USEnglishDescription" => Field::Description,
        "Sugg" | "US Sugg" | "Type" => Field::Other,
        "Params" => Field::Parameters,
        "Domain" | "ErrorDomain" | "errorDomain" | "Error Domain" | "Error domain" => Field::Domain,
        "Code" | "ErrorCode" | "errorCode" | "Error Code" | "Error code" => Field::Code,
        _ => return None,
    };
    let plain = match field {
        // `Error Domain=X Code=1 "…"` says all of it in one line, which is a message.
        Field::Domain => !value.contains(' ') && !value.is_empty(),
        Field::Code => read_number(value).is_some(),
        _ => true,
    };
    plain.then_some((field, value))
}
