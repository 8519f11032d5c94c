//! `shirube mask [FILE…]`: the text without what belongs to people and places, line for line.
//!
//! With a map, each value has a pseudonym of its own, and `--unmask` puts the values back into a text,
//! which may be somebody's reply. Names of people and devices are known from the columns and labels that
//! they stand in. The map holds what the text no longer does: it stays at home.

use std::fmt::Write as _;
use std::fs::{self, File};
use std::io::{self, BufRead as _, BufReader, BufWriter, Seek as _, Write};
use std::path::Path;

use rayon::prelude::*;
use shirube::facts::{CodeDictionary, LineGroups, Message, Names, Pseudonyms};
use shirube::record::{NameReader, Vocabulary};
use shirube::source::{Phrase, TextStream};

use super::Context;
use crate::args::Mask;
use crate::errors::CommandError;
use crate::input::Paste;
use crate::progress::Progress;
use crate::{Outcome, input, knowledge};

/// How many lines are masked at a time on one thread.
const LINES: usize = 4096;

/// Writes every line with its variable parts masked; as many lines come out as went in.
pub(crate) fn run(context: &Context, arguments: &Mask) -> Result<Outcome, CommandError> {
    if let Some(map) = &arguments.map {
        return with_map(context, arguments, map);
    }
    let searcher = knowledge::searcher(context)?;
    for paste in input::named(&arguments.files)? {
        if arguments.groups {
            write_groups(context, arguments, &paste, searcher.codes())?;
        } else {
            let (mut reader, options) =
                (NameReader::default(), context.read_options(None, &Vocabulary::default())?);
            each_piece(context, &paste, |text| {
                let names = reader.read(text, &options);
                let lines: Vec<&str> = text.lines().collect();
                let masked = masked(&lines, names, arguments.signatures, searcher.codes());
                context.output.data(&masked)
            })?;
        }
    }
    Ok(Outcome::Found)
}

/// Hands the text of a paste over, a piece of whole lines at a time.
fn each_piece(
    context: &Context,
    paste: &Paste,
    mut take: impl FnMut(&str) -> Result<(), CommandError>,
) -> Result<(), CommandError> {
    let mut stream = TextStream::new(paste.open(context)?);
    // What is written while it is read shows on a terminal how far it has come.
    let progress =
        if context.environment.shown { Progress::none() } else { paste.progress(context) };
    while let Some(decoded) = stream.next_piece().map_err(|error| paste.unreadable(&error))? {
        context.output.warnings(&decoded.warnings);
        take(&decoded.text)?;
        progress.at(stream.bytes());
    }
    Ok(())
}

/// The lines masked, each with its signature before it where that is asked for.
fn masked(lines: &[&str], names: &Names, signatures: bool, codes: &CodeDictionary) -> String {
    let parts = lines.par_chunks(LINES).map(|lines| {
        let mut masked = String::new();
        for line in lines {
            let message = Message::read(line, codes);
            if signatures {
                // Writing to a string cannot fail.
                let _ = write!(masked, "{}\t", message.signature);
            }
            masked.push_str(&names.mask(line, &message.variables));
            masked.push('\n');
        }
        masked
    });
    parts.collect::<Vec<String>>().concat()
}

/// Writes each line with the key of its incident, which the last line may still change: until then the
/// masked lines wait in a file.
fn write_groups(
    context: &Context,
    arguments: &Mask,
    paste: &Paste,
    codes: &CodeDictionary,
) -> Result<(), CommandError> {
    let mut groups = LineGroups::new();
    let mut waiting = BufWriter::new(tempfile::tempfile().map_err(|error| unkept(&error))?);
    let (mut reader, options) =
        (NameReader::default(), context.read_options(None, &Vocabulary::default())?);
    each_piece(context, paste, |text| {
        let names = reader.read(text, &options);
        let lines: Vec<&str> = text.lines().collect();
        let masked = masked(&lines, names, arguments.signatures, codes);
        for line in lines {
            groups.add(line);
        }
        waiting.write_all(masked.as_bytes()).map_err(|error| unkept(&error))
    })?;
    let mut keyed = String::new();
    let mut masked = rewound(waiting)?.lines();
    for key in groups.finish() {
        let line = masked.next().transpose().map_err(|error| unkept(&error))?;
        let _ = writeln!(keyed, "{key}\t{}", line.unwrap_or_default());
        if keyed.len() > 1 << 20 {
            context.output.data(&keyed)?;
            keyed.clear();
        }
    }
    context.output.data(&keyed)
}

/// What was written, to be read from its beginning.
fn rewound(written: BufWriter<File>) -> Result<BufReader<File>, CommandError> {
    let mut file = written.into_inner().map_err(|error| unkept(error.error()))?;
    file.rewind().map_err(|error| unkept(&error))?;
    Ok(BufReader::new(file))
}

fn unkept(error: &io::Error) -> CommandError {
    CommandError::new(Phrase::new(
        "一時ファイルを使えません",
        "a temporary file cannot be written and read",
    ))
    .because(error)
}

/// Masks with the pseudonyms of the map and those that are new, or puts the values back.
fn with_map(context: &Context, arguments: &Mask, path: &Path) -> Result<Outcome, CommandError> {
    let mut map = read_map(path, arguments.unmask)?;
    let mut waiting = BufWriter::new(tempfile::tempfile().map_err(|error| unkept(&error))?);
    for paste in input::named(&arguments.files)? {
        let (mut reader, options) =
            (NameReader::default(), context.read_options(None, &Vocabulary::default())?);
        each_piece(context, &paste, |text| {
            let result = if arguments.unmask {
                map.unmask(text)
            } else {
                for (kind, name) in reader.read(text, &options).iter() {
                    map.learn(kind, name);
                }
                map.mask(text)
            };
            waiting.write_all(result.as_bytes()).map_err(|error| unkept(&error))
        })?;
    }
    // The map first: a masked text that nobody can unmask is of no use.
    if !arguments.unmask {
        write_map(path, &map)?;
    }
    let mut waited = rewound(waiting)?;
    let mut text = String::new();
    while waited.read_line(&mut text).map_err(|error| unkept(&error))? > 0 {
        if text.len() > 1 << 20 {
            context.output.data(&text)?;
            text.clear();
        }
    }
    context.output.data(&text)?;
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
