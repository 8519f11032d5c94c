//! Reads any pasted form into records, and the records into incidents.
//!
//! 1. [`source::decode`](crate::source::decode) makes text of bytes.
//! 2. `paste` walks over the lines; each format of the `registry` takes the lines that are its own, and
//!    the last takes any line. Formats whose entries are regular are data (`pattern`).
//! 3. A format tells cells and labels apart with `cells`, `columns` and `words`, and hands records
//!    over: a message or a state with its time, device and severity.
//! 4. [`facts`](crate::facts) masks and groups them.
//!
//! Reading never fails. What could not be read is a warning with its line.
//!
//! ```
//! use shirube::record::{ReadOptions, Vocabulary, read};
//!
//! let log = "2022/11/10 15:43:37\tiPad07\tInstallProfile: (4026) プロファイル\"base\"を変更できません。\n";
//! let reading = read(None, log.as_bytes(), &ReadOptions::default(), &Vocabulary::default());
//! assert_eq!(reading.incidents[0].codes[0].number, 4026);
//! ```

mod cells;
mod collect;
mod columns;
mod correspondence;
mod cursor;
mod custom;
mod documents;
mod formats;
mod joining;
mod layout;
mod leading_time;
mod lone_code;
mod model;
mod names;
mod parts;
mod paste;
mod pattern;
mod property_list;
mod prose;
mod question;
mod reading;
mod registry;
mod sentences;
mod terms;
mod traces;
mod unquote;
mod words;
#[cfg(test)]
mod work;

pub use custom::{CustomFormat, Entry};
#[cfg(feature = "import")]
pub(crate) use documents::open_document;
#[doc(hidden)]
pub use model::{Again, PastedText, ReadOptions, Reading};
#[doc(hidden)]
pub use names::NameReader;
#[doc(hidden)]
pub use pattern::{FormatProblem, Formats};
pub(crate) use question::is_question as is_typed;
#[doc(hidden)]
pub use question::question;
pub use reading::Summary;
#[doc(hidden)]
pub use reading::{Reader, format_names, read};
#[doc(hidden)]
pub use terms::Vocabulary;
pub(crate) use terms::states_in_conditions;
