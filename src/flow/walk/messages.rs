//! Which messages and codes a paste shows, and for which device.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::super::document::{Check, Flow};
use super::super::{Condition, Truth};
use crate::facts::{Fact, Incident, Kind};
use crate::source::Location;
use crate::text::fold;

/// The paste's messages, prepared once for all flows.
pub(in crate::flow) struct Paste<'f> {
    pub(in crate::flow) facts: &'f [Fact],
    pub(in crate::flow) incidents: &'f [Incident],
    /// The messages of the incidents in their one spelling, made once for all flows.
    texts: Vec<String>,
    devices: Arc<Vec<HashSet<&'f str>>>,
}

impl<'f> Paste<'f> {
    pub(in crate::flow) fn new(facts: &'f [Fact], incidents: &'f [Incident]) -> Self {
        let texts = incidents.iter().map(|incident| plain(&incident.message)).collect();
        let named = |it: &'f Incident| it.devices.iter().map(String::as_str).collect();
        let devices = Arc::new(incidents.iter().map(named).collect());
        Self { facts, incidents, texts, devices }
    }
}

/// The messages and codes that a flow asks for, with where the paste shows them.
pub(in crate::flow) struct Messages<'f> {
    incidents: &'f [Incident],
    devices: Arc<Vec<HashSet<&'f str>>>,
    shown: HashMap<String, Shown<'f>>,
    /// The messages that the checks ask for. What a flow is about (`when:`) is no alarm.
    of_checks: Vec<String>,
    /// The incidents of a log that the flow does not ask for by name.
    logged: Vec<usize>,
}

#[derive(Default)]
struct Shown<'f> {
    incidents: Vec<usize>,
    facts: Vec<&'f Fact>,
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
                    places.facts.push(fact);
                }
            }
            shown.insert(message.to_owned(), places);
        }
        let logged = incidents.iter().zip(asked).enumerate();
        let logged = logged.filter(|(_, (it, asked))| it.kind == Kind::Log && !asked);
        let logged = logged.map(|(index, _)| index).collect();
        let of_checks = of_checks(flow).flat_map(Condition::messages);
        let of_checks = of_checks.map(str::to_owned).collect();
        Self { incidents, devices: Arc::clone(&paste.devices), shown, of_checks, logged }
    }

    /// Whether the paste shows the message for the device; that it does not is no proof of absence.
    pub(in crate::flow) fn message(&self, message: &str, device: Option<&str>) -> Truth {
        let shown =
            self.shown.get(message).is_some_and(|shown| self.place(shown, device).is_some());
        if shown { Truth::True } else { Truth::Unknown }
    }

    /// The first message that a check asks for and the paste shows for the device, with its place.
    pub(in crate::flow) fn any(&self, device: Option<&str>) -> Option<(&str, &Location)> {
        let shown = |message| Some((message, self.place(self.shown.get(message)?, device)?));
        self.of_checks.iter().map(String::as_str).find_map(shown)
    }

    fn place<'m>(&'m self, shown: &'m Shown<'f>, device: Option<&str>) -> Option<&'m Location> {
        let of_device = |fact: &&&Fact| {
            let told = fact.device.as_deref();
            told.is_none() || device.is_none() || told == device
        };
        let fact = shown.facts.iter().find(of_device).map(|fact| &fact.location);
        let concerns = |index: &&usize| self.concerns(**index, device);
        let incident = || shown.incidents.iter().find(concerns);
        fact.or_else(|| Some(&self.incidents.get(*incident()?)?.span.location))
    }

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

    /// Whether an incident is told of the device: by name, or of no device at all.
    fn concerns(&self, index: usize, device: Option<&str>) -> bool {
        let named = self.devices.get(index);
        named.is_some_and(|named| {
            named.is_empty() || device.is_none_or(|device| named.contains(device))
        })
    }
}

fn conditions(flow: &Flow) -> impl Iterator<Item = &Condition> {
    flow.when.iter().map(|condition| &condition.value).chain(of_checks(flow))
}

fn of_checks(flow: &Flow) -> impl Iterator<Item = &Condition> {
    flow.checks.iter().flat_map(Check::conditions)
}

/// A message in its one spelling, without the spaces that a screen may put into it.
fn plain(message: &str) -> String {
    fold(message).chars().filter(|character| *character != ' ').collect()
}
