//! A paste, read.

use std::sync::Arc;

use jiff::civil::DateTime;

use super::collect::Collector;
use super::paste;
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
    let decoded = source::decode(bytes);
    let mut collector = Collector::new(options, codes);
    paste::walk(&decoded.text, options, &mut collector);
    let mut warnings = decoded.warnings;
    if let Some(name) = &options.input_format
        && !FORMATS.iter().any(|format| format.name() == name)
    {
        warnings.push(unknown_format(name));
    }
    let mut reading = collector.finish(file.as_ref());
    warnings.append(&mut reading.warnings);
    for warning in &mut warnings {
        warning.file.clone_from(&file);
    }
    Reading { warnings, encoding: decoded.encoding, ..reading }
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
