//! The devices of an answer as a table to copy: a row for each device and each thing told of it.

use std::collections::HashMap;

use super::view::advice;
use super::view::flow::verdict;
use crate::search::{Answer, IncidentAnswer};
use crate::source::{Language, Phrase};

/// The devices with what is told of each, as CSV that a spreadsheet opens: with a byte order mark, since
/// it would be read in the encoding of the system otherwise.
///
/// Of more devices than are counted exactly a log names the first; the last column says how many there are.
#[must_use]
pub fn devices_csv(answer: &Answer, language: Language) -> String {
    let mut table = String::from("\u{feff}");
    let head = language.pick(
        ["端末", "結果", "注意", "対処", "確認フロー・事象", "台数"],
        ["device", "result", "caution", "remedy", "check flow or incident", "devices"],
    );
    row(&mut table, &head);
    for advice in advice::blocks(&answer.flows).into_iter().flatten() {
        let result = verdict(advice.deciding(), language);
        let remedy = advice.remedies().first().and_then(|step| step.remedy.as_ref());
        let remedy = remedy.map(ToString::to_string).unwrap_or_default();
        let waiting = advice.lead.waiting.map(|it| it.warning().text(language).to_owned());
        let waiting = waiting.unwrap_or_default();
        let (title, count) = (&advice.lead.title, advice.lead.device_count.to_string());
        for device in &advice.lead.devices {
            row(&mut table, &[device, &result, &waiting, &remedy, title, &count]);
        }
    }
    let waiting = answer
        .waiting
        .iter()
        .flat_map(|it| it.devices.iter().map(|device| (device.as_str(), it.operation.warning())));
    let waiting: HashMap<&str, Phrase> = waiting.collect();
    for answer in answer.incidents.iter().filter(|it| it.answered_by.is_none()) {
        incident(&mut table, answer, &waiting, language);
    }
    table
}

fn incident(
    table: &mut String,
    answer: &IncidentAnswer,
    waiting: &HashMap<&str, Phrase>,
    language: Language,
) {
    let nothing = language.pick("該当記事なし", "no article");
    let first = answer.remedies.first();
    let title = first.map_or(nothing, |remedy| remedy.title.as_str());
    let passage = first.map_or("", |remedy| remedy.passage_id.as_str());
    let (message, count) = (&answer.incident.masked, answer.incident.device_count.to_string());
    for device in &answer.incident.devices {
        let waits = waiting.get(device.as_str()).map_or("", |warning| warning.text(language));
        row(table, &[device, title, waits, passage, message, &count]);
    }
}

/// One row; a cell that a spreadsheet would run as a formula begins with an apostrophe.
pub(super) fn row(table: &mut String, cells: &[&str; 6]) {
    let cells = cells.map(|cell| {
        let formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r']);
        format!("\"{}{}\"", if formula { "'" } else { "" }, cell.replace('"', "\"\""))
    });
    table.push_str(&format!("{}\r\n", cells.join(",")));
}
