//! One error of a chain, as Apple's frameworks tell it: a description, the domain and its code.

use crate::facts::{Code, fold, read_number};
use crate::record::collect::Collector;
use crate::source::Line;

#[derive(Debug, Clone, Copy)]
pub(super) struct Value<'t> {
    pub(super) text: &'t str,
    pub(super) line: Line<'t>,
}

#[derive(Debug, Default)]
pub(super) struct Link<'t> {
    pub(super) description: Option<Value<'t>>,
    /// The description in English, where it is beside that of the device's language.
    pub(super) english: Option<Value<'t>>,
    pub(super) domain: Option<Value<'t>>,
    pub(super) code: Option<Value<'t>>,
}

impl Link<'_> {
    pub(super) fn read_code(&self, collector: &Collector<'_>) -> Option<Code> {
        let written = self.code?.text;
        let (number, _) = read_number(&fold(written))?;
        Some(collector.codes.identify(self.domain.map(|domain| domain.text), number, written))
    }
}
