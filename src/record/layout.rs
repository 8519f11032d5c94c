//! A table's columns, by the labels of its header.

use std::borrow::Cow;

use jiff::civil::DateTime;

use super::cells::Delimiter;
use super::columns::{self, Role};
use super::words;
use crate::facts::{Moment, Severity, read_level, read_wording, whole_time};
use crate::text::lexicon::{COLUMN_LABELS, Section};

/// Labels of columns that tell what was sent, or what came of it.
const DETAILS: &[&str] = &["詳細", "概要", "detail", "details"];

/// Labels of columns that people write in beside the result.
const REMARKS: &[&str] =
    &["comment", "comments", "remarks", "note", "notes", "備考", "コメント", "メモ"];

static OF_SETTINGS: Section = COLUMN_LABELS.section("labels of settings");

static DEVICE_NUMBERS: Section = COLUMN_LABELS.section("labels of device numbers");

fn is_serial(label: &str) -> bool {
    matches!(&*columns::key(label), "シリアル番号" | "serialnumber" | "シリアル")
}

/// Whether a label is over what went wrong.
fn is_trouble(label: &str) -> bool {
    matches!(label, "エラー" | "Error" | "error" | "ERROR")
}

/// A table's columns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Layout {
    pub(super) delimiter: Delimiter,
    pub(super) product: Option<&'static str>,
    pub(super) labels: Vec<String>,
    roles: Vec<Role>,
}

impl Layout {
    pub(super) fn new(
        delimiter: Delimiter,
        product: Option<&'static str>,
        labels: &[Cow<'_, str>],
    ) -> Self {
        let labels: Vec<String> = labels.iter().map(|label| label.trim().to_owned()).collect();
        let listed: Vec<Role> = labels.iter().map(|label| columns::listed(label)).collect();
        // 「管理状態」 beside 「状態」 is a fact and nothing more.
        let headed = |label: &str| match columns::of_head(label) {
            Some(role) if listed.contains(&role) => Role::Known,
            role => role.unwrap_or(Role::Unknown),
        };
        let told = |(role, label): (&Role, &String)| match role {
            Role::Unknown => headed(label),
            role => *role,
        };
        let mut roles: Vec<Role> = listed.iter().zip(&labels).map(told).collect();
        // A serial number is the name of a device where no column has another.
        if !roles.contains(&Role::Device) {
            let serial = labels.iter().position(|label| is_serial(label));
            if let Some(role) = serial.and_then(|at| roles.get_mut(at)) {
                *role = Role::Device;
            }
        }
        // 管理番号 beside 端末名 is the number that the house gives it.
        let numbered = |label: &String| DEVICE_NUMBERS.contains(&&*columns::key(label));
        let named = |(role, label): (&Role, &String)| *role == Role::Device && !numbered(label);
        if roles.iter().zip(&labels).any(named) {
            for (role, label) in roles.iter_mut().zip(&labels) {
                if *role == Role::Device && numbered(label) {
                    *role = Role::Known;
                }
            }
        }
        // 詳細 of a job list names what was sent; only where nothing else tells, it is the message.
        let told = roles.contains(&Role::State)
            || roles.iter().filter(|role| **role == Role::Message).count() > 1;
        for (role, label) in roles.iter_mut().zip(&labels) {
            if told && *role == Role::Message && DETAILS.contains(&label.as_str()) {
                *role = Role::Known;
            }
        }
        Self { delimiter, product, labels, roles }
    }

    /// Whether a row without a time in its place was written for other columns: a time is in one that
    /// the header calls something else.
    pub(super) fn is_wrong_for(&self, cells: &[Cow<'_, str>], now: Option<DateTime>) -> bool {
        let mut labelled = self.cells(Role::Time, cells).peekable();
        let is_time = |cell: &str| whole_time(cell, now).is_some_and(|timed| timed.has_clock);
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
            // Which setting failed tells more than that one did.
            let labelled = self.labels.iter().zip(cells);
            let setting =
                labelled.filter(|(label, _)| OF_SETTINGS.contains(&&*columns::key(label)));
            let parts = setting.map(|(_, cell)| cell.trim()).chain([told.as_str()]);
            return parts.collect::<Vec<_>>().join(" ");
        }
        of(&[Role::State, Role::Command, Role::Code, Role::Message, Role::Known, Role::Unknown])
    }

    /// The sentence of a row of which no label says where its message is.
    pub(super) fn sentence<'c>(&self, cells: &'c [Cow<'_, str>]) -> Option<&'c str> {
        // Where a console shows the text of a row beside its table, it is copied after the last column.
        let mut beyond = cells.iter().skip(self.roles.len()).map(|cell| cell.trim());
        let says =
            |cell: &&str| words::is_sentence(cell) || read_wording(cell) != Severity::Unknown;
        if let Some(text) = beyond.find(says) {
            return Some(text);
        }
        // 「エラー」 is the level of an entry elsewhere; over sentences it is the label of what went wrong.
        let mut labelled = self.labels.iter().zip(cells);
        let named = labelled.find(|(label, cell)| is_trouble(label) && words::is_sentence(cell));
        if let Some((_, cell)) = named {
            return Some(cell.trim());
        }
        if self.roles.iter().any(|role| matches!(role, Role::State | Role::Code)) {
            // Beside a state the details are a message where they say what failed.
            let bad =
                |state: &str| words::state(state).or(read_level(state)) == Some(Severity::Error);
            let failed = self.cells(Role::State, cells).any(bad);
            let mut details =
                self.labels.iter().zip(cells).map(|(label, cell)| (label, cell.trim()));
            let told = details.find(|(label, cell)| {
                let wrong = || failed || read_wording(cell) == Severity::Error;
                let key = columns::key(label);
                (DETAILS.contains(&&*key) || failed && REMARKS.contains(&&*key))
                    && (words::command_start(cell) == Some(0)
                        || words::is_sentence(cell) && wrong())
            });
            return told.map(|(_, cell)| cell);
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
        let known = self.roles.iter().zip(cells);
        let known = known.filter(|(role, _)| matches!(role, Role::Known | Role::Unknown));
        let named = self.roles.contains(&Role::Time);
        let mut times = known.filter(|_| !named).filter_map(|(_, cell)| whole_time(cell, now));
        times.find(|timed| timed.has_clock).map(|timed| timed.moment)
    }

    /// The level of a row, where no column is called so: of a cell that is a level and nothing else.
    pub(super) fn other_level(&self, cells: &[Cow<'_, str>]) -> Option<Severity> {
        if self.roles.contains(&Role::Severity) {
            return None;
        }
        let others = self.roles.iter().zip(cells);
        let mut others = others.filter(|(role, _)| matches!(role, Role::Known | Role::Unknown));
        others.find_map(|(_, cell)| read_level(cell.trim()))
    }

    /// The message of a row: of several such cells the first that says something.
    pub(super) fn message<'c>(&self, cells: &'c [Cow<'_, str>]) -> Option<&'c str> {
        let first = self.cells(Role::Message, cells).next();
        let Some(named) = first.filter(|cell| words::is_name(cell)) else {
            return first.or_else(|| self.sentence(cells));
        };
        // 「Policy」 under Event names what the next column tells of.
        let mut told = self.cells(Role::Message, cells).filter(|cell| words::is_sentence(cell));
        told.next().or_else(|| self.sentence(cells)).or(Some(named))
    }

    /// The cells of codes: of columns that are called so, or of the one over what went wrong.
    pub(super) fn codes<'c>(&self, cells: &'c [Cow<'_, str>]) -> impl Iterator<Item = &'c str> {
        let named = self.roles.contains(&Role::Code);
        self.roles.iter().zip(&self.labels).zip(cells).filter_map(move |((role, label), cell)| {
            let over_codes = *role == Role::Code || !named && is_trouble(label);
            let cell = cell.trim();
            (over_codes && !cell.is_empty()).then_some(cell)
        })
    }

    pub(super) fn cells<'c>(
        &self,
        role: Role,
        cells: &'c [Cow<'_, str>],
    ) -> impl Iterator<Item = &'c str> {
        let own = self.roles.iter().zip(cells).filter(move |(known, _)| **known == role);
        // `-` says that there is none.
        own.map(|(_, cell)| cell.trim()).filter(|cell| cell.chars().any(char::is_alphanumeric))
    }
}
