//! Operations that wait for a device: told first.

use super::screen::Screen;
use super::style::{Fragment, Role};
use super::words::{either, say};
use crate::search::Waiting;
use crate::source::Language;

/// How many devices are named.
const NAMED: usize = 10;

/// The warnings, before anything that brings a device online.
pub(super) fn write(screen: &mut Screen<'_>, waiting: &[Waiting], language: Language) {
    for it in waiting {
        let warning = it.operation.warning();
        screen.text(0, &format!("⚠ {}", warning.text(language)), Role::Caution);
        if let Some(names) = named(it, language) {
            let label = either(language, "端末: ", "Devices: ");
            screen.labelled(2, label, Role::Plain, &[Fragment::plain(&names)]);
        }
    }
}

/// The devices, where the paste names some.
pub(super) fn named(waiting: &Waiting, language: Language) -> Option<String> {
    if waiting.devices.is_empty() {
        return None;
    }
    let shown: Vec<&str> = waiting.devices.iter().take(NAMED).map(String::as_str).collect();
    let mut names = shown.join(either(language, "、", ", "));
    if let Some(rest) = waiting.devices.len().checked_sub(NAMED).filter(|rest| *rest > 0) {
        names.push_str(&say!(language, " ほか{rest}台", " and {rest} more"));
    }
    Some(names)
}
