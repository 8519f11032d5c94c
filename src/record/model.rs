//! How a paste is to be read, and what is read of it.

use std::sync::Arc;

use jiff::civil::DateTime;

use super::custom::CustomFormat;
use crate::facts::{Fact, Incident};
use crate::source::{Stop, Warning};

/// How to read a paste.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct ReadOptions {
    /// The format that the user says it is, one of [`names`](Self::names); otherwise it is recognized.
    pub input_format: Option<String>,
    /// The present, for times that are written without a year.
    pub now: Option<DateTime>,
    /// Formats of one's own, which are tried before the built-in ones.
    pub formats: Vec<Arc<dyn CustomFormat>>,
    /// Given where nobody waits for the reading any more: it ends with what has been read until then.
    pub stop: Stop,
}

/// The reading of a paste.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Reading {
    /// The incidents, in order of appearance.
    pub incidents: Vec<Incident>,
    /// The labels with their values that screens and tables show, in order.
    pub facts: Vec<Fact>,
    /// Warnings: parts that could not be read.
    pub warnings: Vec<Warning>,
    /// The formats that the paste was taken for, in order of appearance.
    pub formats: Vec<&'static str>,
    /// The encoding that the bytes were read as.
    pub encoding: &'static str,
    /// How many records there were.
    pub records: u64,
    /// The texts of short pastes: what is around an incident may say which console it is of.
    pub texts: Vec<PastedText>,
    /// The text, where it may be read in another way: a paste as a question, a question as a paste.
    pub again: Option<Again>,
}

/// A text that may be read in another way, where the one way has found nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Again {
    /// A paste that may be a question.
    AsQuestion(String),
    /// A question that may be a line of a log.
    AsPaste(String),
}

/// The decoded text of a short file.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct PastedText {
    /// The file; `None` for standard input.
    pub file: Option<Arc<str>>,
    /// Its text.
    pub text: Arc<str>,
}
