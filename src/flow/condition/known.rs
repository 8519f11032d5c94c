//! The knowledge that conditions are evaluated on.

use jiff::civil::DateTime;

use super::super::Truth;
use super::super::value::{Type, Value};

/// The facts, computed values, messages and the time that conditions are evaluated on.
pub(in crate::flow) trait Known {
    /// The value of a label; `None` where it was not pasted, or has two values.
    fn fact(&self, label: &str) -> Option<Value>;
    /// Whether the label was pasted.
    fn pasted(&self, label: &str) -> Truth {
        self.fact(label).is_some().into()
    }
    /// The type that the label is declared with.
    fn kind(&self, _label: &str) -> Option<Type> {
        None
    }
    /// The value of a label as it was pasted.
    fn written(&self, label: &str) -> Option<String>;
    /// Whether the message is there.
    fn incident(&self, message: &str) -> Truth;
    /// Whether the code is there.
    fn code(&self, written: &str) -> Truth;
    /// The clock.
    fn now(&self) -> Option<DateTime>;
}

/// A piece of knowledge without which a condition stays undecided.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Missing {
    /// The value of a label.
    Fact(String),
    /// The value of a label, to the second.
    Exactly(String),
    /// Whether the message is shown.
    Message(String),
    /// Whether the code is shown.
    Code(String),
    /// The current time.
    Now,
}
