//! The head of an incident: its message, count, times and device.

use super::{Fragment, Role, Screen};
use crate::report::view::incident::{circumstances, codes, label, message, narrowed};
use crate::search::IncidentAnswer;

/// Writes the head: message, count, times, device.
pub(crate) fn write(
    screen: &mut Screen<'_>,
    answer: &IncidentAnswer,
    number: Option<(usize, usize)>,
) {
    let language = screen.language();
    let incident = &answer.incident;
    let mut label = label(incident.kind, language).to_owned();
    if let Some((index, total)) = number {
        label.push_str(&format!(" {index}/{total}"));
    }
    let message = Fragment::new(message(incident), Role::Code);
    screen.labelled(0, &format!("{label}: "), Role::Strong, &[message]);
    screen.facts(2, &circumstances(answer, language));
    if let Some(narrowed) = narrowed(answer, language) {
        let undo = language.pick("（外すには --product any）", " (--product any takes this away)");
        screen.text(2, &format!("{narrowed}{undo}"), Role::Plain);
    }
    for (code, meaning) in codes(answer, language) {
        screen.entry(2, language.pick("コード ", "Code "), format!("{code}: {meaning}"));
    }
}
