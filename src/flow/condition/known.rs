//! The knowledge that conditions are evaluated on.

use jiff::civil::DateTime;

use super::super::Truth;
use super::super::value::{Type, Value};

/// The facts, computed values, messages and the time that conditions are evaluated on.
pub(in crate::flow) trait Known {
    /// The value of a label; `None` where it was not pasted, or has two values.
    fn fact(&self, label: &str) -> Option<Value>;
    fn pasted(&self, label: &str) -> Truth {
        self.fact(label).is_some().into()
    }
    fn kind(&self, _label: &str) -> Option<Type> {
        None
    }
    /// The value of a label as it was pasted.
    fn written(&self, label: &str) -> Option<String>;
    fn incident(&self, message: &str) -> Truth;
    fn code(&self, written: &str) -> Truth;
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
