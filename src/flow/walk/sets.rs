//! Sets of facts: one for each device, and one for each row where a device has several.
//!
//! 1. facts are matched with the labels that the flow declares, whole and in one spelling;
//! 2. rows of one shape under one device (its jobs) are sets of their own, everything else that is
//!    told of the device belongs to each of them;
//! 3. what is told of no device (a dashboard, a certificate) belongs to every device;
//! 4. a label that says two things in one set says nothing, and both lines are kept.

use std::collections::{BTreeMap, HashMap};

use super::super::document::Flow;
use super::super::value::{self, Type, Value};
use crate::facts::{Fact, Operation};
use crate::source::Location;
use crate::text::fold;

#[derive(Debug, Clone)]
pub(in crate::flow) struct DeclaredValue<'f> {
    pub(in crate::flow) value: Value,
    pub(in crate::flow) fact: &'f Fact,
}

/// A label that says two things.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contradiction {
    /// The label as the flow declares it.
    pub label: String,
    /// The device, where the paste names one.
    pub device: Option<String>,
    /// The values, each once, with the place of its first occurrence.
    pub values: Vec<(String, Location)>,
}

/// The facts of one device, or of one of its rows.
#[derive(Debug, Clone, Default)]
pub(in crate::flow) struct FactSet<'f> {
    pub(in crate::flow) device: Option<&'f str>,
    /// The line of the row, where the set is one.
    pub(in crate::flow) row: Option<&'f Location>,
    /// As many as the flow declares.
    pub(in crate::flow) entries: Vec<Option<DeclaredValue<'f>>>,
    /// The facts that somebody was asked for and does not know.
    pub(in crate::flow) declined: Vec<usize>,
    pub(in crate::flow) contradictions: Vec<Contradiction>,
}

impl FactSet<'_> {
    /// The operation that waits for the device, where the set is that of its job.
    pub(in crate::flow) fn waiting(&self) -> Option<Operation> {
        let written = || self.entries.iter().flatten().map(|entry| entry.fact.value.as_str());
        let operation = written().find_map(Operation::of_field)?;
        written().any(Operation::is_waiting).then_some(operation)
    }

    /// A set that says nothing: only messages were pasted.
    pub(in crate::flow) fn empty(flow: &Flow) -> Self {
        Self { entries: vec![None; flow.facts.len()], ..Self::default() }
    }
}

/// A fact with the index of its declaration.
type Named<'f> = (usize, &'f Fact);

/// The sets that say something of the flow's own facts, in the order of the paste.
pub(in crate::flow) fn sets<'f>(flow: &Flow, facts: &'f [Fact]) -> Vec<FactSet<'f>> {
    let named = named(flow, facts);
    if named.is_empty() {
        return Vec::new();
    }
    let on_line = facts_on_line(facts);
    let mut order: Vec<Option<&str>> = Vec::new();
    let mut by_device: HashMap<Option<&str>, Vec<Named<'f>>> = HashMap::new();
    for (index, fact) in named {
        let device = fact.device.as_deref().filter(|device| !device.trim().is_empty());
        let facts = by_device.entry(device).or_insert_with(|| {
            order.push(device);
            Vec::new()
        });
        facts.push((index, fact));
    }
    let (shared, unnamed_rows) = match by_device.get(&None) {
        Some(facts) => divide(facts, &on_line),
        None => (Vec::new(), Vec::new()),
    };
    let has_others = order.iter().any(Option::is_some) || !unnamed_rows.is_empty();
    let mut sets = Vec::new();
    for device in order {
        let (own, rows) = match device {
            None => (Vec::new(), unnamed_rows.clone()),
            Some(_) => by_device.get(&device).map(|it| divide(it, &on_line)).unwrap_or_default(),
        };
        if rows.is_empty() && (device.is_some() || !has_others) {
            sets.push(set(flow, device, None, &[&own, &shared]));
        }
        for row in &rows {
            let place = row.first().map(|(_, fact)| &fact.location);
            sets.push(set(flow, device, place, &[row, &own, &shared]));
        }
    }
    sets
}

/// The facts whose label the flow declares.
fn named<'f>(flow: &Flow, facts: &'f [Fact]) -> Vec<Named<'f>> {
    let mut names: HashMap<String, usize> = HashMap::new();
    for (index, fact) in flow.facts.iter().enumerate() {
        for name in std::iter::once(&fact.label).chain(&fact.aliases) {
            names.entry(fold(name)).or_insert(index);
        }
    }
    // A thousand rows write eleven labels.
    let mut known: HashMap<&str, Option<usize>> = HashMap::new();
    facts
        .iter()
        .filter_map(|fact| {
            let index = known
                .entry(fact.label.as_str())
                .or_insert_with(|| names.get(&fold(&fact.label)).copied());
            index.map(|index| (index, fact))
        })
        .collect()
}

fn facts_on_line(facts: &[Fact]) -> HashMap<&Location, usize> {
    let mut count = HashMap::new();
    for fact in facts {
        *count.entry(&fact.location).or_insert(0) += 1;
    }
    count
}

/// Divides what is told of one device into what is alone and the rows of a table.
fn divide<'f>(
    facts: &[Named<'f>],
    on_line: &HashMap<&Location, usize>,
) -> (Vec<Named<'f>>, Vec<Vec<Named<'f>>>) {
    let mut lines: BTreeMap<&Location, Vec<Named<'f>>> = BTreeMap::new();
    for named in facts {
        lines.entry(&named.1.location).or_default().push(*named);
    }
    let shape =
        |line: &[Named<'_>]| -> Vec<usize> { line.iter().map(|(index, _)| *index).collect() };
    let mut shapes: BTreeMap<Vec<usize>, usize> = BTreeMap::new();
    for line in lines.values() {
        *shapes.entry(shape(line)).or_insert(0) += 1;
    }
    let mut alone = Vec::new();
    let mut rows = Vec::new();
    for (place, line) in lines {
        let is_row = on_line.get(place).is_some_and(|count| *count >= 2)
            && shapes.get(&shape(&line)).is_some_and(|count| *count >= 2);
        if is_row {
            rows.push(line);
        } else {
            alone.extend(line);
        }
    }
    (alone, rows)
}

/// One set; what an earlier layer says, a later one does not.
fn set<'f>(
    flow: &Flow,
    device: Option<&'f str>,
    row: Option<&'f Location>,
    layers: &[&Vec<Named<'f>>],
) -> FactSet<'f> {
    let mut entries: Vec<Option<DeclaredValue<'f>>> = vec![None; flow.facts.len()];
    let (mut declined, mut contradictions) = (Vec::new(), Vec::new());
    for (index, declared) in flow.facts.iter().enumerate() {
        let told = layers.iter().map(|layer| {
            let mut told: Vec<DeclaredValue<'f>> = Vec::new();
            for (_, fact) in layer.iter().filter(|(named, _)| *named == index) {
                if value::is_not_known(&fact.value) {
                    declined.push(index);
                    continue;
                }
                let value = value::read(declared.kind, &fact.value);
                match told.iter_mut().find(|entry| entry.value.may_be(&value)) {
                    // 9:05:12 says more than 9:05, and nothing else.
                    Some(entry) if value.is_narrower(&entry.value) => {
                        *entry = DeclaredValue { value, fact }
                    }
                    Some(_) => {}
                    None => told.push(DeclaredValue { value, fact }),
                }
            }
            told
        });
        let Some(mut told) = told.into_iter().find(|told| !told.is_empty()) else { continue };
        if told.len() > 1 && declared.kind != Type::Messages {
            contradictions.push(Contradiction {
                label: declared.label.clone(),
                device: device.map(str::to_owned),
                values: told
                    .iter()
                    .map(|entry| (entry.fact.value.clone(), entry.fact.location.clone()))
                    .collect(),
            });
            continue;
        }
        // Of several messages those that say something outweigh an empty field.
        told.sort_by_key(|entry| matches!(entry.value, Value::Empty | Value::None));
        if let Some(slot) = entries.get_mut(index) {
            *slot = told.into_iter().next();
        }
    }
    FactSet { device, row, entries, declined, contradictions }
}
