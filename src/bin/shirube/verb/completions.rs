//! `shirube completions SHELL`: the script that completes the command line.

use clap_complete::Shell;

use super::Context;
use crate::errors::{Result, fault};
use crate::{Outcome, args};

pub(crate) fn run(context: &Context, shell: Shell) -> Result<Outcome> {
    let mut command = args::command("", context.output.language);
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut command, "shirube", &mut script);
    let script = String::from_utf8(script).map_err(|error| {
        fault!("補完を作れません", "the completions cannot be made").because(&error)
    })?;
    context.output.data(&script)?;
    Ok(Outcome::Found)
}
