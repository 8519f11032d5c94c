//! Reads a form of log that Shirube does not know by itself:
//!
//! ```sh
//! cargo run --example custom_format
//! ```

use std::error::Error;
use std::io::{self, Write};
use std::sync::Arc;

use shirube::facts::Severity;
use shirube::index::Root;
use shirube::record::{CustomFormat, Entry};
use shirube::{AnswerOptions, KnowledgeBase};

/// A gateway's line: `<level>|<device>|<seconds of the day>|<message>`.
#[derive(Debug)]
struct Gateway;

impl CustomFormat for Gateway {
    fn name(&self) -> &'static str {
        "gateway"
    }

    fn entry<'t>(&self, text: &'t str) -> Option<Entry<'t>> {
        let mut cells = text.lines().next()?.splitn(4, '|');
        let (level, device) = (cells.next()?, cells.next()?);
        let _seconds: u32 = cells.next()?.parse().ok()?;
        let mut entry = Entry::new(cells.next()?);
        entry.device = Some(device.into());
        entry.severity = match level {
            "E" => Some(Severity::Error),
            "I" => Some(Severity::Info),
            _ => return None,
        };
        Some(entry)
    }
}

const LOG: &str = "\
I|mdm-gw-2|33120|checkin accepted
E|iPad-0042|33121|InstallProfile: (4026) プロファイル\"base\"がパスワード変更を要求している可能性があります、パスワードを変更できません。
E|iPad-0077|33180|InstallProfile: (4026) プロファイル\"base\"がパスワード変更を要求している可能性があります、パスワードを変更できません。
";

fn main() -> Result<(), Box<dyn Error>> {
    let manual = KnowledgeBase::open(Root::Embedded)?;
    let mut options = AnswerOptions::at(jiff::civil::date(2026, 11, 23).at(9, 30, 0, 0));
    options.formats.push(Arc::new(Gateway));
    let answer = manual.answer(LOG, &options)?;
    let mut out = io::stdout().lock();
    for found in answer.incidents {
        let devices = found.incident.devices.join(", ");
        writeln!(out, "{:?} on {devices}: {}", found.incident.severity, found.incident.masked)?;
        if let Some(remedy) = found.remedies.first() {
            writeln!(out, "  {}", remedy.title)?;
        }
    }
    Ok(())
}
