//! Facts of a paste, typed: codes, masks, signatures, incidents.
//!
//! 1. `fold` gives a message one form, with the way back;
//! 2. `scan` finds its variable parts and its codes in one pass, and `code` reads these by the dictionary;
//! 3. `message` puts a placeholder (`mask`) for each variable part: what is left is the message's signature;
//! 4. `groups` makes one incident of the records of one signature, with their `time`, `severity` and `devices`, and
//!    `template_mining` joins signatures that differ in variable words;
//! 5. `private`, `names` and `pseudonyms` take out what must not leave the house.

mod blank;
mod code;
mod devices;
mod fold;
mod groups;
mod incident;
mod lines;
mod mask;
mod message;
mod names;
mod operation;
mod private;
mod products;
mod pseudonyms;
mod scan;
mod severity;
mod shape;
mod spoken_time;
mod template_mining;
mod time;

pub(crate) use blank::called_blank;
#[doc(hidden)]
pub use code::CodeDictionary;
pub use code::{Code, Explanation, Relation};
pub(crate) use code::{
    bits_of_code, constants, ends_in_word, error_names, is_error_name, may_name_error, name_at_end,
    names_of_title, numbered_names, numbered_names_of_heading, numbered_words, reasons, typed_name,
    writes_error,
};
pub(crate) use fold::{Folded, fold};
pub(crate) use groups::{Groups, MOST_SIGNATURES, Record};
pub use incident::{Fact, Incident, Kind, Severity, Signature, Variable};
#[doc(hidden)]
pub use lines::LineGroups;
#[doc(hidden)]
pub use message::Message;
#[doc(hidden)]
pub use names::Names;
pub use operation::Operation;
#[doc(hidden)]
pub use private::{LineRole, Private, mask_line};
pub(crate) use private::{is_person, mask_value};
pub(crate) use products::{Named, Products};
#[doc(hidden)]
pub use pseudonyms::Pseudonyms;
pub(crate) use scan::{announced_in_japanese, is_domain, is_numbered_error, read_number};
pub(crate) use severity::{denies, read_level, read_wording, tells_expiry};
pub(crate) use spoken_time::{read_spoken, resolve as resolve_time};
pub use time::Moment;
pub(crate) use time::{read_time, whole_time};
