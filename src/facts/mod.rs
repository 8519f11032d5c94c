//! What a paste says, typed: facts, codes, masks, signatures, incidents.

mod code;
mod devices;
mod fold;
mod groups;
mod hashing;
mod incident;
mod learn;
mod lines;
mod mask;
mod message;
mod moment;
mod names;
mod private;
mod products;
mod pseudonyms;
mod scan;
mod severity;
mod shape;
mod time;
mod vocabulary;

pub use code::{Code, CodeDictionary, Explanation, Relation};
pub(crate) use code::{error_names, is_error_name, may_name_error};
pub(crate) use fold::{Folded, fold};
pub(crate) use groups::{Groups, MOST_SIGNATURES, Record};
pub use incident::{Fact, Incident, Kind, Severity, Signature, Variable};
pub use lines::LineGroups;
pub use message::{Message, mask_line};
pub use moment::Moment;
pub use names::Names;
pub(crate) use private::mask_value;
pub use private::{LineRole, Private};
pub(crate) use products::{Named, Products};
pub use pseudonyms::Pseudonyms;
pub(crate) use scan::read_number;
pub(crate) use severity::read_level;
pub(crate) use time::read_time;
