//! Takes what belongs to people and places out of an answer, before anyone sees it.

use crate::facts::Incident;
use crate::search::{Answer, Evidence, Remedy};

/// Replaces the variable parts of the log by their placeholders, and the names of devices by
/// numbers, so that the answer can be passed on. Codes, times and line numbers stay.
pub fn redact(answer: &mut Answer) {
    for answer in &mut answer.incidents {
        let incident = &mut answer.incident;
        redact_incident(incident);
        let remedies = answer.remedies.iter_mut().chain(&mut answer.last_resort);
        for remedy in remedies.chain(&mut answer.related) {
            redact_evidence(remedy, &incident.masked);
        }
    }
}

fn redact_incident(incident: &mut Incident) {
    incident.message.clone_from(&incident.masked);
    incident.variables.clear();
    incident.facts.clear();
    for (index, device) in incident.devices.iter_mut().enumerate() {
        *device = format!("{{device-{}}}", index + 1);
    }
}

/// The log's side of the evidence; the article's side holds nothing of the log.
fn redact_evidence(remedy: &mut Remedy, masked: &str) {
    for evidence in &mut remedy.evidence {
        match evidence {
            Evidence::Message { log, .. } => masked.clone_into(log),
            Evidence::Status { log, article, .. } => log.clone_from(article),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::{json, samples};
    use crate::source::Language;

    #[test]
    fn nothing_of_people_or_devices_is_left() {
        let mut answer = samples::answer();
        let before = json(&answer, Language::Ja);
        redact(&mut answer);
        let after = json(&answer, Language::Ja);
        for name in ["sales_20221110", "sales_iPhone07"] {
            assert!(before.contains(name), "{name}");
            assert!(!after.contains(name), "{name}");
        }
        assert!(after.contains("{device-1}"));
    }
}
