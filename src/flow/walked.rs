//! A flow with the decisions of its walks.

use jiff::civil::DateTime;

use super::Formula;
use super::document::Flow;
use super::value::Value;
use super::walk::{self, Decision, FactSet, Knowledge, Messages, Paste};

pub(super) struct Walked<'w, 'f> {
    pub(super) flow: &'w Flow,
    pub(super) messages: Messages<'f>,
    pub(super) rows: Vec<DecidedSet<'f>>,
}

pub(super) struct DecidedSet<'f> {
    pub(super) set: FactSet<'f>,
    pub(super) decisions: Vec<Decision>,
    /// The checks that another flow answers otherwise.
    pub(super) disputes: Vec<(usize, Disputed)>,
}

/// Another flow's answer to the same question: which flow, which set, which check.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Disputed {
    pub(super) flow: usize,
    pub(super) row: usize,
    pub(super) check: usize,
}

impl<'w, 'f> Walked<'w, 'f> {
    /// Walks the flow with each set; with `always`, also where its own conditions do not hold.
    pub(super) fn new(
        flow: &'w Flow,
        paste: &Paste<'f>,
        now: Option<DateTime>,
        always: bool,
    ) -> Self {
        let messages = Messages::new(flow, paste);
        let mut sets = walk::sets(flow, paste.facts);
        if sets.is_empty() && (always || !paste.incidents.is_empty()) {
            // A message alone may be what a flow is about.
            sets.push(FactSet::empty(flow));
        }
        let mut rows = Vec::with_capacity(sets.len());
        for mut set in sets {
            set.contradictions.extend(knowledge(flow, &set, &messages, now).disputed_quiet());
            let knowledge = knowledge(flow, &set, &messages, now);
            if !always && !walk::applies(&Knowledge { applying: true, ..knowledge }) {
                continue;
            }
            let decisions = walk::walk(&knowledge);
            rows.push(DecidedSet { set, decisions, disputes: Vec::new() });
        }
        Self { flow, messages, rows }
    }

    pub(super) fn knowledge<'k>(
        &'k self,
        row: &'k DecidedSet<'f>,
        now: Option<DateTime>,
    ) -> Knowledge<'k, 'f> {
        knowledge(self.flow, &row.set, &self.messages, now)
    }
}

const fn knowledge<'k, 'f>(
    flow: &'k Flow,
    set: &'k FactSet<'f>,
    messages: &'k Messages<'f>,
    now: Option<DateTime>,
) -> Knowledge<'k, 'f> {
    Knowledge { flow, set, messages, now, assume: true, applying: false, derive: true }
}

/// The least and the greatest value of a formula over all rows; `None` where one has none.
pub(super) fn range(
    it: &Walked<'_, '_>,
    rows: &[&DecidedSet<'_>],
    now: Option<DateTime>,
    formula: &Formula,
) -> Option<(Value, Value)> {
    let low = |value: &Value| match value {
        Value::Time(at) | Value::Duration(at) => Some(at.low),
        _ => None,
    };
    let mut range: Option<(Value, Value)> = None;
    for row in rows {
        let value = formula.evaluate(&it.knowledge(row, now))?;
        low(&value)?;
        range = Some(match range {
            None => (value.clone(), value),
            Some((least, greatest)) if low(&value) < low(&least) => (value, greatest),
            Some((least, greatest)) if low(&value) > low(&greatest) => (least, value),
            Some(range) => range,
        });
    }
    range
}
