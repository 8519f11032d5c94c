//! The formats that a paste may have, one row each.

use super::collect::Collector;
use super::cursor::Cursor;
use super::formats;

/// A form of paste.
pub(super) trait Format: Sync {
    /// The name that people choose it by.
    fn name(&self) -> &'static str;

    /// Reads the lines at the cursor that are of this format, and returns whether there were any. A
    /// format that returns `false` has not moved the cursor and not collected anything.
    fn read<'t>(&self, cursor: &mut Cursor<'t>, collector: &mut Collector<'_>) -> bool;

    /// The samples that [`test_format`](formats::samples::test_format) tries it on.
    #[cfg(test)]
    fn samples(&self) -> &'static [formats::samples::Sample];
}

/// Formats whose beginning says what they are; they come before the formats that are data (`pattern`).
pub(super) static BLOCKS: &[&dyn Format] = &[
    &formats::dialog::Dialog,
    &formats::mail::Mail,
    &formats::json::Json,
    &formats::error_chain::ErrorChain,
    &formats::windows_event::WindowsEvents,
    &formats::html::HtmlTables,
    &formats::ns_error::NsErrors,
    &formats::terminal::Terminal,
    &formats::dsregcmd::Dsregcmd,
];

/// The other formats; the first that reads the line at the cursor has it. The last reads any line.
pub(super) static FORMATS: &[&dyn Format] = &[
    &formats::bizmobile::OperationLog,
    &formats::mobiconnect::Jobs,
    &formats::table::Delimited,
    &formats::copied::Copied,
    &formats::screen::Screen,
    &formats::mail::Prose,
    &formats::line::Lines,
];
