//! A paste, read.

use std::io::{self, Read};
use std::sync::Arc;

use jiff::civil::DateTime;

use super::parts::Parts;
use super::pieces::Pieces;
use super::registry::FORMATS;
use crate::facts::{CodeDictionary, Fact, Incident};
use crate::source::{self, Phrase, Warning};

/// How to read a paste.
#[derive(Debug, Clone, Default)]
pub struct ReadOptions {
    /// The format that the user says it is, one of [`format_names`]; otherwise it is recognized.
    pub input_format: Option<String>,
    /// The present, for times that are written without a year.
    pub now: Option<DateTime>,
}

/// What a paste says.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Reading {
    /// The incidents, in order of appearance.
    pub incidents: Vec<Incident>,
    /// The labels with their values that screens and tables show, in order.
    pub facts: Vec<Fact>,
    /// What could not be read.
    pub warnings: Vec<Warning>,
    /// What the paste was taken for, in order of appearance.
    pub formats: Vec<&'static str>,
    /// The encoding that the bytes were read as.
    pub encoding: &'static str,
    /// How many records there were.
    pub records: u64,
}

/// The names that [`ReadOptions::input_format`] takes.
#[must_use]
pub fn format_names() -> Vec<&'static str> {
    FORMATS.iter().map(|format| format.name()).collect()
}

/// Reads a paste.
#[must_use]
pub fn read(
    file: Option<Arc<str>>,
    bytes: &[u8],
    options: &ReadOptions,
    codes: &CodeDictionary,
) -> Reading {
    let xml = property_list(bytes);
    let decoded = source::decode(xml.as_deref().unwrap_or(bytes));
    let mut parts = Parts::new(options, codes);
    parts.read(&decoded.text, true);
    complete(parts, decoded.encoding, decoded.warnings, file, options)
}

/// Reads a paste of any size from a stream, in memory that does not grow with it. `progress` is told
/// the number of bytes read after each piece.
///
/// # Errors
///
/// Only what reading from `input` gives.
pub fn read_stream(
    file: Option<Arc<str>>,
    mut input: impl Read,
    options: &ReadOptions,
    codes: &CodeDictionary,
    mut progress: impl FnMut(u64),
) -> io::Result<Reading> {
    let mut pieces = Pieces::default();
    let mut parts = Parts::new(options, codes);
    let mut encoding = None;
    let mut warnings: Vec<Warning> = Vec::new();
    let mut total = 0;
    while let Some(piece) = pieces.next(&mut input)? {
        total += piece.bytes.len() as u64;
        let first = encoding.is_none();
        let xml = if first && piece.last { property_list(piece.bytes) } else { None };
        let decoded = source::decode_piece(xml.as_deref().unwrap_or(piece.bytes), encoding);
        for mut warning in decoded.warnings {
            warning.line = warning.line.map(|line| line.saturating_add(parts.lines()));
            warnings.push(warning);
        }
        encoding = Some(match encoding {
            Some(known) if known != decoded.encoding => "mixed",
            _ => decoded.encoding,
        });
        parts.read(&decoded.text, first && piece.last);
        progress(total);
    }
    Ok(complete(parts, encoding.unwrap_or("UTF-8"), warnings, file, options))
}

fn complete(
    parts: Parts<'_>,
    encoding: &'static str,
    mut warnings: Vec<Warning>,
    file: Option<Arc<str>>,
    options: &ReadOptions,
) -> Reading {
    if let Some(name) = &options.input_format
        && !FORMATS.iter().any(|format| format.name() == name)
    {
        warnings.push(unknown_format(name));
    }
    let mut reading = parts.finish().finish(file.as_ref());
    warnings.append(&mut reading.warnings);
    for warning in &mut warnings {
        warning.file.clone_from(&file);
    }
    Reading { warnings, encoding, ..reading }
}

/// A binary property list as XML.
fn property_list(bytes: &[u8]) -> Option<Vec<u8>> {
    if !bytes.starts_with(b"bplist0") {
        return None;
    }
    let value = plist::Value::from_reader(std::io::Cursor::new(bytes)).ok()?;
    let mut xml = Vec::new();
    value.to_writer_xml(&mut xml).ok()?;
    Some(xml)
}

fn unknown_format(name: &str) -> Warning {
    let names = format_names().join(", ");
    Warning {
        file: None,
        line: None,
        message: Phrase::new(
            format!("形式「{name}」はありません。自動で判別しました。指定できる形式: {names}"),
            format!(
                "there is no format \"{name}\"; the format was recognized instead. Formats: {names}"
            ),
        ),
    }
}

#[cfg(test)]
mod tests;
