//! `shirube man [DIR]`: the manual pages, in English as manual pages are.

use std::fs;
use std::path::Path;

use clap_mangen::Man;
use shirube::source::{Language, Phrase};

use super::Context;
use crate::errors::CommandError;
use crate::{Outcome, args};

/// The default on the manual page: the actual one differs from machine to machine.
const KNOWLEDGE_BASE: &str = "the first of these that exists";

/// Writes the page of the program, or the pages of all verbs into a directory.
pub(crate) fn run(context: &Context, directory: Option<&Path>) -> Result<Outcome, CommandError> {
    let command = args::command(KNOWLEDGE_BASE, Language::En);
    let Some(directory) = directory else {
        let mut page = Vec::new();
        Man::new(command).render(&mut page).map_err(|error| unmade(&error))?;
        let page = String::from_utf8(page).map_err(|error| unmade(&error))?;
        context.output.data(&page)?;
        return Ok(Outcome::Found);
    };
    fs::create_dir_all(directory)
        .and_then(|()| clap_mangen::generate_to(command, directory))
        .map_err(|error| CommandError::unwritable(directory, &error))?;
    Ok(Outcome::Found)
}

fn unmade(error: &dyn std::error::Error) -> CommandError {
    CommandError::new(Phrase::new("マニュアルを作れません", "the manual page cannot be made"))
        .because(error)
}
