//! A table's columns, by the labels of its header.

use std::borrow::Cow;

use jiff::civil::DateTime;

use super::cells::Delimiter;
use super::columns::{self, Role};
use super::words;
use crate::facts::{Moment, fold, read_time};

/// A table's columns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Layout {
    pub(super) delimiter: Delimiter,
    pub(super) product: Option<&'static str>,
    pub(super) labels: Vec<String>,
    roles: Vec<Role>,
}

impl Layout {
    /// The columns that a header names.
    pub(super) fn new(
        delimiter: Delimiter,
        product: Option<&'static str>,
        labels: &[Cow<'_, str>],
    ) -> Self {
        let labels: Vec<String> = labels.iter().map(|label| label.trim().to_owned()).collect();
        let mut roles: Vec<Role> = labels.iter().map(|label| columns::role(label)).collect();
        // 詳細 of a job list names what was sent; only where nothing else tells, it is the message.
        let told = roles.contains(&Role::State)
            || roles.iter().filter(|role| **role == Role::Message).count() > 1;
        for (role, label) in roles.iter_mut().zip(&labels) {
            if told
                && *role == Role::Message
                && matches!(label.as_str(), "詳細" | "概要" | "detail" | "details")
            {
                *role = Role::Known;
            }
        }
        Self { delimiter, product, labels, roles }
    }

    /// Whether a row without a time in its place was written for other columns: a time stands in one that
    /// the header calls something else.
    pub(super) fn is_wrong_for(&self, cells: &[Cow<'_, str>], now: Option<DateTime>) -> bool {
        let mut labelled = self.cells(Role::Time, cells).peekable();
        let is_time = |cell: &str| {
            let folded = fold(cell);
            read_time(&folded, now)
                .is_some_and(|timed| timed.has_clock && timed.len == folded.len())
        };
        let others = self.roles.iter().zip(cells).filter(|(role, _)| {
            !matches!(role, Role::Time | Role::Known | Role::Unknown | Role::State)
        });
        labelled.peek().is_some() && others.map(|(_, cell)| cell.trim()).any(is_time)
    }

    /// Whether the rows tell facts besides their messages: the state of something, or times of a device.
    pub(super) fn tells_facts(&self) -> bool {
        let message = self.roles.contains(&Role::Message) || self.roles.contains(&Role::Code);
        self.roles.contains(&Role::State) || !message
    }

    /// The message of a row without one: its state and its codes, or all cells but who and when.
    pub(super) fn telling(&self, cells: &[Cow<'_, str>]) -> String {
        let of = |wanted: &[Role]| {
            let roles = self.roles.iter().zip(cells);
            let wanted =
                roles.filter(|(role, _)| wanted.contains(role)).map(|(_, cell)| cell.trim());
            wanted.filter(|cell| !cell.is_empty()).collect::<Vec<_>>().join(" ")
        };
        let told = of(&[Role::State, Role::Command, Role::Code]);
        if self.roles.contains(&Role::State) && !told.is_empty() {
            return told;
        }
        of(&[Role::State, Role::Command, Role::Code, Role::Message, Role::Known, Role::Unknown])
    }

    /// The sentence of a row of which no label says where its message stands.
    pub(super) fn sentence<'c>(&self, cells: &'c [Cow<'_, str>]) -> Option<&'c str> {
        // Where a console shows the text of a row beside its table, it is copied behind the last column.
        let mut beyond = cells.iter().skip(self.roles.len()).map(|cell| cell.trim());
        if let Some(text) = beyond.find(|cell| words::is_sentence(cell)) {
            return Some(text);
        }
        if self.roles.iter().any(|role| matches!(role, Role::Message | Role::State | Role::Code)) {
            return None;
        }
        let unknown = self.roles.iter().zip(cells).filter(|(role, _)| **role == Role::Unknown);
        let mut cells = unknown.map(|(_, cell)| cell.trim());
        cells.find(|cell| words::command_start(cell).is_some() || words::is_sentence(cell))
    }

    /// The time of a row of which no column is called one: of the first cell that is a time, as under 最終更新.
    pub(super) fn other_time(
        &self,
        cells: &[Cow<'_, str>],
        now: Option<DateTime>,
    ) -> Option<Moment> {
        let known = self.roles.iter().zip(cells).filter(|(role, _)| **role == Role::Known);
        let whole = |cell: &str| {
            let folded = fold(cell.trim());
            let timed = read_time(&folded, now)?;
            (timed.has_clock && timed.len == folded.len()).then_some(timed.moment)
        };
        let named = self.roles.contains(&Role::Time);
        known.filter(|_| !named).find_map(|(_, cell)| whole(cell))
    }

    pub(super) fn cells<'c>(
        &self,
        role: Role,
        cells: &'c [Cow<'_, str>],
    ) -> impl Iterator<Item = &'c str> {
        self.roles
            .iter()
            .zip(cells)
            .filter(move |(known, _)| **known == role)
            .map(|(_, cell)| cell.trim())
            .filter(|cell| !cell.is_empty())
    }
}
