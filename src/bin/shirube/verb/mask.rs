//! `shirube mask [FILE…]`: the text without what belongs to people and places, line for line.
//!
//! With a map, each value has a pseudonym of its own, and `--unmask` puts the values back into a text,
//! which may be somebody's reply. The map holds what the text no longer does: it stays at home.

use std::fmt::Write as _;
use std::fs;
use std::io;
use std::path::Path;

use shirube::facts::{LineGroups, Message, Pseudonyms};
use shirube::source::{self, Phrase};

use super::Context;
use crate::args::Mask;
use crate::errors::CommandError;
use crate::{Outcome, input, knowledge};

/// Writes every line with its variable parts masked; as many lines come out as went in.
pub(crate) fn run(context: &Context, arguments: &Mask) -> Result<Outcome, CommandError> {
    if let Some(map) = &arguments.map {
        return with_map(context, arguments, map);
    }
    let searcher = knowledge::searcher(context)?;
    for paste in input::read(&arguments.files, &context.environment, &context.output)? {
        let decoded = source::decode(&paste.bytes);
        context.output.warnings(&decoded.warnings);
        let mut masked = String::with_capacity(decoded.text.len());
        let mut keys = keys(&decoded.text, arguments.groups).into_iter();
        for line in decoded.text.lines() {
            let message = Message::read(line, searcher.codes());
            if let Some(key) = keys.next() {
                // Writing to a string cannot fail.
                let _ = write!(masked, "{key}\t");
            }
            if arguments.signatures {
                let _ = write!(masked, "{}\t", message.signature);
            }
            masked.push_str(&message.masked);
            masked.push('\n');
        }
        context.output.data(&masked)?;
    }
    Ok(Outcome::Found)
}

/// For each line, the key of its incident, as text; none where nobody asked.
fn keys(text: &str, asked: bool) -> Vec<String> {
    let mut groups = LineGroups::new();
    for line in text.lines().filter(|_| asked) {
        groups.add(line);
    }
    groups.finish().iter().map(ToString::to_string).collect()
}

/// Masks with the pseudonyms of the map and those that are new, or puts the values back.
fn with_map(context: &Context, arguments: &Mask, path: &Path) -> Result<Outcome, CommandError> {
    let mut map = read_map(path, arguments.unmask)?;
    let mut results = Vec::new();
    for paste in input::read(&arguments.files, &context.environment, &context.output)? {
        let decoded = source::decode(&paste.bytes);
        context.output.warnings(&decoded.warnings);
        results.push(if arguments.unmask {
            map.unmask(&decoded.text)
        } else {
            map.mask(&decoded.text)
        });
    }
    // The map first: a masked text that nobody can unmask is of no use.
    if !arguments.unmask {
        write_map(path, &map)?;
    }
    for result in results {
        context.output.data(&result)?;
    }
    Ok(Outcome::Found)
}

/// The map of a file; an empty one where there is none yet and none is needed.
fn read_map(path: &Path, needed: bool) -> Result<Pseudonyms, CommandError> {
    let text = match fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound && !needed => {
            return Ok(Pseudonyms::default());
        }
        Err(error) => return Err(CommandError::unreadable(path, &error)),
    };
    Pseudonyms::from_text(&text).map_err(|line| {
        let shown = path.display();
        CommandError::new(Phrase::new(
            format!("{shown}:{line}: 仮名の対応表の行ではありません"),
            format!("{shown}:{line}: not a line of a map of pseudonyms"),
        ))
        .hint(
            "対応表は shirube mask --map が書いたファイルです（1行に 仮名<TAB>値）",
            "a map is a file that shirube mask --map wrote (pseudonym<TAB>value a line)",
        )
    })
}

/// Writes the map whole or not at all: a half-written map would lose the values of earlier texts.
fn write_map(path: &Path, map: &Pseudonyms) -> Result<(), CommandError> {
    let unwritable = |error: &io::Error| CommandError::unwritable(path, error);
    let directory = path.parent().filter(|parent| !parent.as_os_str().is_empty());
    // Made for its owner's eyes alone.
    let mut file = tempfile::NamedTempFile::new_in(directory.unwrap_or(Path::new(".")))
        .map_err(|error| unwritable(&error))?;
    io::Write::write_all(&mut file, map.to_text().as_bytes())
        .map_err(|error| unwritable(&error))?;
    file.persist(path).map_err(|error| unwritable(&error.error))?;
    Ok(())
}
