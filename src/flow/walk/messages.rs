//! Which messages and codes a paste shows, and for which device.

use std::collections::HashMap;

use super::super::document::{Flow, When};
use super::super::{Condition, Truth};
use crate::facts::{Fact, Incident, Kind};
use crate::text::fold;

/// The paste's messages, prepared once for all flows.
pub(in crate::flow) struct Paste<'f> {
    pub(in crate::flow) facts: &'f [Fact],
    incidents: &'f [Incident],
    /// The messages of the incidents in their one spelling, made once for all flows.
    texts: Vec<String>,
}

impl<'f> Paste<'f> {
    pub(in crate::flow) fn new(facts: &'f [Fact], incidents: &'f [Incident]) -> Self {
        let texts = incidents.iter().map(|incident| plain(&incident.message)).collect();
        Self { facts, incidents, texts }
    }

    pub(in crate::flow) const fn has_incidents(&self) -> bool {
        !self.incidents.is_empty()
    }
}

/// The messages and codes that a flow asks for, with where the paste shows them.
pub(in crate::flow) struct Messages<'f> {
    incidents: &'f [Incident],
    shown: HashMap<String, Shown<'f>>,
    /// The incidents of a log that the flow does not ask for by name.
    logged: Vec<usize>,
}

#[derive(Default)]
struct Shown<'f> {
    incidents: Vec<usize>,
    /// The devices whose facts hold the message; `None` where it is told of no device.
    devices: Vec<Option<&'f str>>,
}

impl<'f> Messages<'f> {
    pub(in crate::flow) fn new(flow: &Flow, paste: &Paste<'f>) -> Self {
        let Paste { facts, incidents, .. } = *paste;
        let mut shown: HashMap<String, Shown<'f>> = HashMap::new();
        let mut asked = vec![false; incidents.len()];
        for message in conditions(flow).flat_map(Condition::messages) {
            if shown.contains_key(message) {
                continue;
            }
            let folded = plain(message);
            let mut places = Shown::default();
            for (index, text) in paste.texts.iter().enumerate() {
                if text.contains(&folded) {
                    places.incidents.push(index);
                    if let Some(asked) = asked.get_mut(index) {
                        *asked = true;
                    }
                }
            }
            // Folding lengthens nothing but ligatures (㍿), which no message of a console has.
            let may_hold = |fact: &&Fact| fact.value.len() >= folded.len();
            for fact in facts.iter().filter(may_hold) {
                if plain(&fact.value).contains(&folded) {
                    places.devices.push(fact.device.as_deref());
                }
            }
            shown.insert(message.to_owned(), places);
        }
        let logged = incidents
            .iter()
            .enumerate()
            .filter(|(index, incident)| {
                incident.kind == Kind::Log && asked.get(*index) != Some(&true)
            })
            .map(|(index, _)| index)
            .collect();
        Self { incidents, shown, logged }
    }

    /// Whether the paste shows the message for the device; that it does not is no proof of absence.
    pub(in crate::flow) fn message(&self, message: &str, device: Option<&str>) -> Truth {
        let shown = self.shown.get(message).is_some_and(|shown| {
            shown.incidents.iter().any(|index| self.concerns(*index, device))
                || shown.devices.iter().any(|it| it.is_none() || device.is_none() || *it == device)
        });
        if shown { Truth::True } else { Truth::Unknown }
    }

    /// Whether the paste shows the code for the device.
    pub(in crate::flow) fn code(&self, written: &str, device: Option<&str>) -> Truth {
        let folded = fold(written);
        let parts: Vec<&str> = folded.split(['/', ' ']).filter(|part| !part.is_empty()).collect();
        let number = parts.last().copied().unwrap_or_default();
        let owner = (parts.len() > 1).then(|| parts.first().copied()).flatten();
        let shown = self.incidents.iter().enumerate().any(|(index, incident)| {
            let command = incident.command.as_deref().map(fold);
            incident.codes.iter().any(|code| {
                let same_number =
                    code.number.to_string() == number || fold(&code.written) == folded;
                let same_owner = owner.is_none_or(|owner| {
                    code.domain.as_deref().map(fold).as_deref() == Some(owner)
                        || command.as_deref() == Some(owner)
                });
                same_number && same_owner
            }) && self.concerns(index, device)
        });
        if shown { Truth::True } else { Truth::Unknown }
    }

    /// The incidents of a log that concern the device and that the flow does not ask for by name.
    pub(in crate::flow) fn log(&self, device: Option<&str>) -> Vec<usize> {
        self.logged.iter().copied().filter(|index| self.concerns(*index, device)).collect()
    }

    /// Whether an incident is told of the device: by name, or of no device at all. Of many devices only
    /// the first are named; whether it concerns another one is not known.
    fn concerns(&self, index: usize, device: Option<&str>) -> bool {
        self.incidents.get(index).is_some_and(|incident| {
            device.is_none()
                || incident.devices.is_empty()
                || incident.devices.iter().any(|it| Some(it.as_str()) == device)
        })
    }
}

/// Every condition of a flow.
fn conditions(flow: &Flow) -> impl Iterator<Item = &Condition> {
    let cases = flow.checks.iter().flat_map(|check| &check.cases).map(|case| &case.when);
    let cases = cases.filter_map(|when| match when {
        When::Condition(condition) => Some(&condition.value),
        _ => None,
    });
    flow.when.iter().map(|condition| &condition.value).chain(cases)
}

/// A message in its one spelling, without the spaces that a screen may put into it.
fn plain(message: &str) -> String {
    fold(message).chars().filter(|character| *character != ' ').collect()
}
