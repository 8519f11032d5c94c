//! `shirube man [DIR]`: the manual pages, in the language of the run.

use std::fs;
use std::path::Path;

use clap_mangen::Man;

use super::Context;
use crate::errors::{CommandError, Result, fault};
use crate::{Outcome, args};

/// Writes the page of the program, or the pages of all verbs into a directory.
pub(crate) fn run(context: &Context, directory: Option<&Path>) -> Result<Outcome> {
    let language = context.output.language;
    // The actual one differs from machine to machine.
    let knowledge_base =
        language.pick("次のうち、最初に見つかったもの", "the first of these that exists");
    let command = args::command(knowledge_base, language);
    let Some(directory) = directory else {
        let mut page = Vec::new();
        Man::new(command).render(&mut page).map_err(|error| unmade(&error))?;
        context.output.data(&String::from_utf8(page).map_err(|error| unmade(&error))?)?;
        return Ok(Outcome::Found);
    };
    fs::create_dir_all(directory)
        .and_then(|()| clap_mangen::generate_to(command, directory))
        .map_err(|error| CommandError::unwritable(directory, &error))?;
    Ok(Outcome::Found)
}

fn unmade(error: &dyn std::error::Error) -> CommandError {
    fault!("マニュアルを作れません", "the manual page cannot be made").because(error)
}
