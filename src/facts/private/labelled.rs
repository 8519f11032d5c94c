//! A label of a value, and the way that the value is written.

use serde::Deserialize;

/// The ways to write the value of a label, after which the sections of the list of labels are named.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub(super) enum Value {
    Secret,
    Pin,
    Account,
    Word,
    Person,
    Someone,
    Device,
    Machine,
    Serial,
    Digits,
    Phone,
    Inside,
    Network,
    Hardware,
    Address,
    Birth,
    Place,
    Cookie,
}

impl Value {
    /// Whether digits may follow the label without anything between: 内線1234, TEL03-….
    pub(super) const fn takes_digits(self) -> bool {
        matches!(
            self,
            Self::Inside | Self::Phone | Self::Pin | Self::Digits | Self::Account | Self::Place
        )
    }
}

/// The text that joins a label to its value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Joint {
    /// `:`, `=`, a tab, the bracket that closes a label.
    Sign,
    /// は.
    Topic,
    /// Brackets or quotation marks right after the label.
    Open,
    /// Spaces, or nothing before digits.
    Space,
}

/// A label with where its value begins.
#[derive(Debug, Clone, Copy)]
pub(super) struct Labelled {
    pub(super) kind: Value,
    pub(super) joint: Joint,
    /// The first character of the value.
    pub(super) start: usize,
    pub(super) label: (usize, usize),
}
