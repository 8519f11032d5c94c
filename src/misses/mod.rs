//! Misses and feedback: pastes that were not answered, and remedies that helped; kept where the user asked for it, masked.
//!
//! 1. [`Miss::among`] takes of an answer the incidents that were not answered, with people and places masked;
//!    a [`Feedback`] is what a person said of a remedy;
//! 2. a [`Store`] appends both to files of bounded size, which several processes may share (`kb::journal`, `line`);
//! 3. [`clusters`] puts the misses together that are one problem, and counts them;
//! 4. [`outcomes`] counts for each article how often it helped and how often it was shown in vain;
//! 5. [`last_times`] and [`statistics`] say what solved an incident last time, and what was asked, answered and solved by
//!    product and cause, where a server was told to remember;
//! 6. `stub` writes the article to start from.

mod cluster;
mod feedback;
mod history;
mod line;
mod miss;
mod store;
mod stub;

pub use cluster::{Cluster, clusters};
pub use feedback::{Closing, Feedback, Helpfulness, outcomes};
pub use history::{Asked, LONGEST_NOTE, Statistic, last_times, masked_note, statistics};
pub use miss::Miss;
pub use store::{Entries, Kept, Store};
pub use stub::stub;
