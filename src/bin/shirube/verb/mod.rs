//! What can be asked of the program, one file a verb.

mod check;
mod completions;
mod eval;
mod explain;
mod index;
mod man;
mod search;

pub(crate) use check::run as check;
pub(crate) use completions::run as completions;
pub(crate) use eval::run as eval;
pub(crate) use explain::run as explain;
pub(crate) use index::run as index;
pub(crate) use man::run as man;
pub(crate) use search::run as search;

use shirube::report::TextOptions;

use crate::args::Global;
use crate::environment::Environment;
use crate::output::Output;

/// What every verb is given.
#[derive(Debug)]
pub(crate) struct Context {
    pub(crate) global: Global,
    pub(crate) environment: Environment,
    pub(crate) output: Output,
}

impl Context {
    /// How the library's reports are written for this run.
    pub(crate) fn text_options(&self, explain: bool) -> TextOptions {
        TextOptions {
            language: self.output.language,
            width: self.output.width,
            color: self.output.color,
            today: self.environment.today,
            explain,
        }
    }
}
