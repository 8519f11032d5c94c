//! Operations that wait for a device: a wipe, a lock, lost mode.
//!
//! 1. A row or a block of a screen that names such an operation beside the state of a job that has not
//!    ended;
//! 2. a dashboard that counts the devices with waiting commands;
//! 3. a sentence that says so.

use std::collections::{BTreeMap, HashSet};

use crate::facts::{Fact, Kind, Operation};
use crate::record::Reading;
use crate::source::Location;

/// How many facts before and after an operation may belong to its block of a screen.
const NEAR: usize = 12;
/// How many lines such a block may be long.
const LINES: u32 = 8;
/// How long a state that names its operation may be, in bytes.
const LONGEST_STATE: usize = 60;
const MOST_PLACES: usize = 20;

/// An operation that waits for devices.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiting {
    /// The operation.
    pub operation: Operation,
    /// How many devices it waits for; 0 where the paste does not tell.
    pub device_count: u64,
    /// The devices that the paste names, in order of appearance.
    pub devices: Vec<String>,
    /// The first places.
    pub locations: Vec<Location>,
}

/// Everything that waits, the gravest first.
pub(super) fn waiting(reading: &Reading) -> Vec<Waiting> {
    let mut found: BTreeMap<Operation, Waiting> = BTreeMap::new();
    let mut seen: HashSet<(Operation, &str)> = HashSet::new();
    let mut add = |operation: Operation, device: Option<&str>, place: &Location| {
        let waiting = found.entry(operation).or_insert_with(|| Waiting {
            operation,
            device_count: 0,
            devices: Vec::new(),
            locations: Vec::new(),
        });
        if waiting.locations.len() < MOST_PLACES && !waiting.locations.contains(place) {
            waiting.locations.push(place.clone());
        }
        waiting.devices.extend(device.map(str::to_owned));
    };
    let facts = &reading.facts;
    for (index, fact) in facts.iter().enumerate() {
        // ワイプ：保留中; 状態：ワイプの保留中
        let labelled =
            Operation::of_field(&fact.label).filter(|_| Operation::is_waiting(&fact.value));
        let said = || {
            let short = fact.value.len() <= LONGEST_STATE;
            short.then(|| Operation::said_waiting(&fact.value)).flatten()
        };
        let told = labelled.or_else(said);
        let Some(operation) = told.or_else(|| Operation::of_field(&fact.value)) else { continue };
        if told.is_some() || is_waiting(facts, index) {
            let device = fact.device.as_deref().filter(|it| seen.insert((operation, *it)));
            add(operation, device, &fact.location);
        }
    }
    for incident in &reading.incidents {
        if incident.kind != Kind::Status
            && let Some(operation) = Operation::said_waiting(&incident.message)
        {
            add(operation, None, &incident.span.location);
        }
    }
    for (operation, fact) in counted(facts) {
        add(operation, None, &fact.location);
    }
    for waiting in found.values_mut() {
        waiting.device_count = u64::try_from(waiting.devices.len()).unwrap_or(u64::MAX);
    }
    found.into_values().collect()
}

/// Whether a fact's job has not ended, by its row or, alone on its line, by the block around it.
fn is_waiting(facts: &[Fact], index: usize) -> bool {
    let Some(fact) = facts.get(index) else { return false };
    let around = facts.get(index.saturating_sub(NEAR)..).unwrap_or_default();
    let around = || around.iter().take(2 * NEAR).filter(|it| it.device == fact.device);
    let on_line = || around().filter(|it| it.location == fact.location);
    if on_line().count() > 1 {
        return on_line().any(|it| Operation::is_waiting(&it.value));
    }
    around().any(|it| {
        it.location.file == fact.location.file
            && it.location.line.abs_diff(fact.location.line) <= LINES
            && Operation::is_waiting(&it.value)
    })
}

/// The counts of a dashboard of waiting commands: at least two operations with a number each, and one that is
/// not zero.
fn counted(facts: &[Fact]) -> Vec<(Operation, &Fact)> {
    let counts: Vec<(Operation, &Fact, u64)> = facts
        .iter()
        .filter_map(|fact| {
            let number = fact.value.trim().trim_end_matches('台').parse().ok()?;
            Some((Operation::of_field(&fact.label)?, fact, number))
        })
        .collect();
    let mut operations: Vec<Operation> = counts.iter().map(|(operation, ..)| *operation).collect();
    operations.sort_unstable();
    operations.dedup();
    if operations.len() < 2 {
        return Vec::new();
    }
    let some = counts.into_iter().filter(|(_, _, number)| *number > 0);
    some.map(|(operation, fact, _)| (operation, fact)).collect()
}

#[cfg(test)]
crate::source::cases! {
    waiting_operations_of_pastes: |paste| {
        use crate::record::{ReadOptions, Vocabulary, read};
        let reading = read(None, paste.as_bytes(), &ReadOptions::default(), &Vocabulary::default());
        let waiting = waiting(&reading).into_iter();
        listed(waiting.map(|it| format!("{:?} {}", it.operation, it.devices.join(","))))
    };
}
