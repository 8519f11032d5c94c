//! The formats that a paste may have, one row each.

use super::collect::Collector;
use super::formats;
use super::paste::Cursor;

/// A form of paste.
pub(super) trait Format: Sync {
    /// The name that people choose it by.
    fn name(&self) -> &'static str;

    /// Reads the lines at the cursor that are of this format, and returns whether there were any. A
    /// format that returns `false` has not moved the cursor and not collected anything.
    fn read<'t>(&self, cursor: &mut Cursor<'t>, collector: &mut Collector<'_>) -> bool;
}

/// Every format; the first that reads the line at the cursor has it. The last reads any line.
pub(super) static FORMATS: &[&dyn Format] = &[
    &formats::mail::Mail,
    &formats::json::Json,
    &formats::error_chain::ErrorChain,
    &formats::windows_event::WindowsEvents,
    &formats::syslog::Syslog,
    &formats::device_log::Logcat,
    &formats::device_log::UnifiedLog,
    &formats::bizmobile::OperationLog,
    &formats::mobiconnect::Jobs,
    &formats::table::Delimited,
    &formats::table::Copied,
    &formats::clomo::Reports,
    &formats::screen::Screen,
    &formats::line::Lines,
];
