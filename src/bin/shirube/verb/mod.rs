//! What can be asked of the program, one file a verb.

mod check;
mod completions;
mod config;
mod eval;
mod explain;
mod flow;
mod index;
mod man;
mod mask;
mod search;

pub(crate) use check::run as check;
pub(crate) use completions::run as completions;
pub(crate) use config::run as config;
pub(crate) use eval::run as eval;
pub(crate) use explain::run as explain;
pub(crate) use flow::run as flow;
pub(crate) use index::run as index;
pub(crate) use man::run as man;
pub(crate) use mask::run as mask;
pub(crate) use search::run as search;

use shirube::record::{self, ReadOptions};
use shirube::report::TextOptions;
use shirube::source::Phrase;

use crate::args::Global;
use crate::config::Config;
use crate::environment::Environment;
use crate::errors::CommandError;
use crate::output::Output;

/// What every verb is given.
#[derive(Debug)]
pub(crate) struct Context {
    pub(crate) global: Global,
    pub(crate) environment: Environment,
    pub(crate) config: Config,
    pub(crate) output: Output,
}

impl Context {
    /// How pastes are read in this run.
    pub(crate) fn read_options(&self, format: Option<&str>) -> Result<ReadOptions, CommandError> {
        let known = record::format_names();
        if let Some(format) = format.filter(|format| !known.contains(format)) {
            let known = known.join(", ");
            return Err(CommandError::new(Phrase::new(
                format!("「{format}」というログの形式はありません"),
                format!("there is no log format `{format}`"),
            ))
            .hint(
                format!("--input-format に使えるもの: {known}（付けなければ自動で見分けます）"),
                format!("--input-format takes: {known} (without it the format is recognized)"),
            ));
        }
        Ok(ReadOptions { input_format: format.map(str::to_owned), now: Some(self.environment.now) })
    }

    /// How the library's reports are written for this run.
    pub(crate) fn text_options(&self, explain: bool) -> TextOptions {
        TextOptions {
            language: self.output.language,
            width: self.output.width,
            color: self.output.color,
            today: self.environment.today(),
            explain,
        }
    }
}
