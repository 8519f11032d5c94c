//! Incidents: the records of one problem in one paste.

use std::fmt;
use std::ops::Range;

use super::{Code, Moment};
use crate::source::{Location, Span, named};

named! {
    /// The kind of paste that an incident was read from.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
    #[non_exhaustive]
    pub enum Kind {
        /// A message of a log.
        #[default]
        Log = "log",
        /// A state that a screen or a job row shows.
        Status = "status",
        /// A question that a person typed.
        Question = "question",
    }
}

named! {
    /// How bad the log says it is; the order is from harmless to severe.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
    #[non_exhaustive]
    pub enum Severity {
        /// The log does not say.
        #[default]
        Unknown = "unknown",
        /// Harmless.
        Info = "info",
        /// Something to look at.
        Warning = "warning",
        /// Something failed.
        Error = "error",
    }
}

impl Severity {
    /// How soon such an incident wants to be looked at. What a log does not call harmless may not be.
    pub(crate) fn urgency(self) -> u8 {
        match self {
            Self::Error => 3,
            Self::Warning => 2,
            Self::Unknown => 1,
            Self::Info => 0,
        }
    }
}

/// A stable hash of a masked message with its command and codes.
///
/// The same message has the same signature on any machine and any day; it is a function of the
/// message and the built-in masks alone, never of the knowledge base.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Signature(pub u64);

impl fmt::Display for Signature {
    /// Sixteen lower-case hexadecimal digits.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{:016x}", self.0)
    }
}

/// A label with its value, as a status screen or a table cell shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fact {
    /// The label as written, without trailing punctuation.
    pub label: String,
    /// The value as written; empty where the label is there without one.
    pub value: String,
    /// The device that the fact is about, where the paste says so.
    pub device: Option<String>,
    /// Where the label is.
    pub location: Location,
}

/// A variable part of a message: a name, a date, a count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Variable {
    /// The bytes of [`Incident::message`] that vary, half-open.
    pub range: Range<usize>,
    /// The placeholder that stands for them: `profile`, `device`, `time`, `num` ….
    pub mask: &'static str,
}

/// The records of one problem in one paste.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Incident {
    /// The smallest signature of the full messages of the incident.
    pub signature: Signature,
    /// The kind of paste that it was read from.
    pub kind: Kind,
    /// The message as pasted (decoded, one line), the fullest of the group.
    pub message: String,
    /// The message with typed placeholders over its variable parts.
    pub masked: String,
    /// The variable parts of `message`, in order, not overlapping.
    pub variables: Vec<Variable>,
    /// Whether even the fullest message of the group is cut off (`…`).
    pub truncated: bool,
    /// The MDM command that the message reports on: `InstallProfile`.
    pub command: Option<String>,
    /// The codes in order of appearance; of an error chain the last is the cause.
    pub codes: Vec<Code>,
    /// The states and labels that the incident stands for; for [`Kind::Status`] at least one.
    pub facts: Vec<Fact>,
    /// How bad the log says it is.
    pub severity: Severity,
    /// The console that the record format belongs to (`BizMobile Go!`), where it is known.
    pub product: Option<String>,
    /// How many records it counts.
    pub count: u64,
    /// Whether `count` and `device_count` are exact rather than estimated.
    pub exact: bool,
    /// The earliest time of its records.
    pub first_seen: Option<Moment>,
    /// The latest time of its records.
    pub last_seen: Option<Moment>,
    /// How many devices report it.
    pub device_count: u64,
    /// The devices, in order of appearance; of more than are counted exactly, the first.
    pub devices: Vec<String>,
    /// The first twenty places, in order of appearance.
    pub locations: Vec<Location>,
    /// Where `message` itself is.
    pub span: Span,
}
