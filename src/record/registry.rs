//! The formats that a paste may have, one row each.

use super::collect::Collector;
use super::cursor::Cursor;
use super::formats::{
    bizmobile, copied, dialog, dsregcmd, error_chain, html, json, line, mail, mobiconnect,
    ns_error, screen, table, terminal, windows_event,
};

#[derive(Debug)]
pub(super) struct Format {
    /// The name that people choose it by; its samples are in `tests/data/formats/NAME.toml`.
    pub(super) name: &'static str,
    /// Reads the lines at the cursor that are of this format, and returns whether there were any. A
    /// format that returns `false` has not moved the cursor and not collected anything.
    pub(super) read: for<'t> fn(&mut Cursor<'t>, &mut Collector<'_>) -> bool,
}

/// Formats whose beginning says what they are; they come before the formats that are data (`pattern`).
pub(super) static BLOCKS: &[Format] = &[
    Format { name: "dialog", read: dialog::read },
    Format { name: "mail", read: mail::read },
    JSON,
    Format { name: "error-chain", read: error_chain::read },
    Format { name: "windows-event", read: windows_event::read },
    HTML,
    Format { name: "ns-error", read: ns_error::read },
    Format { name: "terminal", read: terminal::read },
    Format { name: "dsregcmd", read: dsregcmd::read },
];

/// The other formats; the first that reads the line at the cursor has it. The last reads any line.
pub(super) static FORMATS: &[Format] = &[
    Format { name: "bizmobile", read: bizmobile::read },
    Format { name: "mobiconnect", read: mobiconnect::read },
    Format { name: "table", read: table::read },
    Format { name: "columns", read: copied::read },
    Format { name: "screen", read: screen::read },
    Format { name: "prose", read: mail::read_prose },
    LINES,
];

/// The formats that may have a line of any length.
pub(super) const JSON: Format = Format { name: "json", read: json::read };
pub(super) const HTML: Format = Format { name: "html", read: html::read };
pub(super) const LINES: Format = Format { name: "lines", read: line::read };
