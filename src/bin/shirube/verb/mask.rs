//! `shirube mask [FILE…]`: the text without what belongs to people and places, line for line.
//!
//! With a map, each value has a pseudonym of its own, and `--unmask` puts the values back into a text,
//! which may be somebody's reply. Names of people and devices are known from the columns and labels that
//! they are in. The map holds what the text no longer does: it stays at home.

use std::fmt::Write as _;
use std::fs::{self, File};
use std::io::{self, BufRead as _, BufReader, BufWriter, Seek as _, Write};
use std::path::Path;

use rayon::prelude::*;
use shirube::facts::{
    CodeDictionary, LineGroups, LineRole, Message, Names, Private, Pseudonyms, Variable,
};
use shirube::record::{NameReader, ReadOptions};
use shirube::report::visible_columns;
use shirube::search::Searcher;
use shirube::source::{Phrase, TextStream};

use super::Context;
use crate::args::Mask;
use crate::errors::{CommandError, Result, fault};
use crate::input::Input;
use crate::output::write_whole;
use crate::{Outcome, input, knowledge};

/// How many lines are masked at a time on one thread.
const LINES: usize = 4096;

/// Writes every line with its variable parts masked; as many lines come out as went in.
pub(crate) fn run(context: &Context, arguments: &Mask) -> Result<Outcome> {
    if let Some(map) = &arguments.map {
        return with_map(context, arguments, map);
    }
    let searcher = knowledge::searcher(context)?;
    for paste in input::named(context, &arguments.files)? {
        if arguments.groups {
            write_groups(context, paste, signatures(arguments, &searcher))?;
        } else {
            let (mut masker, options) = (Masker::default(), context.answer_options().reading());
            each_piece(paste, |text| {
                let lines: Vec<&str> = text.lines().collect();
                let masked = masker.mask(text, &lines, &options, signatures(arguments, &searcher));
                context.output.data(&masked)
            })?;
        }
    }
    tell_of_free_text(context);
    Ok(Outcome::Found)
}

/// Free text is named as such, since no rule can mask it: whoever passes it on looks through it once more.
pub(crate) fn tell_of_free_text(context: &Context) {
    context.output.note(&Phrase::new(
        "自由文の名前は伏せられません。渡す前に目で確かめてください",
        "a name in free text that nothing announces cannot be masked; read the text before you pass it on",
    ));
}

/// The dictionary that signatures are read with, where they are asked for.
fn signatures<'s>(arguments: &Mask, searcher: &'s Searcher) -> Option<&'s CodeDictionary> {
    arguments.signatures.then(|| searcher.codes())
}

/// Hands the text of a paste over, a piece of whole lines at a time.
fn each_piece(mut paste: Input<'_>, mut take: impl FnMut(&str) -> Result<()>) -> Result<()> {
    let (context, path) = (paste.context, paste.path.clone());
    // Where the result is not the terminal, progress is shown there.
    paste.is_shown = !context.environment.shown;
    let mut stream = TextStream::new(paste);
    let unreadable = |error: io::Error| input::unreadable(path.as_deref(), &error);
    while let Some(decoded) = stream.next_piece().map_err(unreadable)? {
        context.output.warnings(&decoded.warnings);
        take(&decoded.text)?;
    }
    Ok(())
}

/// Masks a text that comes in pieces of whole lines, with what is known of the lines before.
#[derive(Default)]
struct Masker {
    reader: NameReader,
    private: Private,
    learned: Names,
}

impl Masker {
    /// The lines masked, each with its signature before it where `codes` are given for it.
    fn mask(
        &mut self,
        text: &str,
        lines: &[&str],
        options: &ReadOptions,
        codes: Option<&CodeDictionary>,
    ) -> String {
        let roles: Vec<LineRole> = lines.iter().map(|line| self.private.role(line)).collect();
        let found = lines.par_iter().zip(&roles).with_min_len(LINES);
        let found = found.map(|(line, role)| Private::variables(line, *role));
        let found: Vec<Vec<Variable>> = found.collect();
        for (kind, name) in self.reader.read(text, options).iter() {
            self.learned.add(kind, name);
        }
        for (line, variables) in lines.iter().zip(&found) {
            self.learned.learn(line, variables);
        }
        let names = &self.learned;
        let parts = lines.par_chunks(LINES).zip(found.par_chunks(LINES)).map(|(lines, found)| {
            let mut masked = String::new();
            for (line, variables) in lines.iter().zip(found) {
                if let Some(codes) = codes {
                    // Writing to a string cannot fail.
                    let _ = write!(masked, "{}\t", Message::read(line, codes).signature);
                }
                masked.push_str(&visible_columns(&names.mask(line, variables)));
                masked.push('\n');
            }
            masked
        });
        parts.collect::<Vec<String>>().concat()
    }
}

/// Writes each line after its incident's key, which the last line may change: lines wait in a file.
fn write_groups(context: &Context, paste: Input<'_>, codes: Option<&CodeDictionary>) -> Result<()> {
    let mut groups = LineGroups::new();
    let mut waiting = BufWriter::new(tempfile::tempfile().map_err(unkept)?);
    let (mut masker, options) = (Masker::default(), context.answer_options().reading());
    each_piece(paste, |text| {
        let lines: Vec<&str> = text.lines().collect();
        let masked = masker.mask(text, &lines, &options, codes);
        for line in lines {
            groups.add(line);
        }
        waiting.write_all(masked.as_bytes()).map_err(unkept)
    })?;
    let mut keyed = String::new();
    let mut masked = rewound(waiting)?.lines();
    for key in groups.finish() {
        let line = masked.next().transpose().map_err(unkept)?;
        let _ = writeln!(keyed, "{key}\t{}", line.unwrap_or_default());
        if keyed.len() > 1 << 20 {
            context.output.data(&keyed)?;
            keyed.clear();
        }
    }
    context.output.data(&keyed)
}

fn rewound(written: BufWriter<File>) -> Result<BufReader<File>> {
    let mut file = written.into_inner().map_err(|error| unkept(error.into_error()))?;
    file.rewind().map_err(unkept)?;
    Ok(BufReader::new(file))
}

fn unkept(error: io::Error) -> CommandError {
    fault!("一時ファイルを使えません", "a temporary file cannot be written and read")
        .because(&error)
}

/// Masks with the pseudonyms of the map and those that are new, or puts the values back.
fn with_map(context: &Context, arguments: &Mask, path: &Path) -> Result<Outcome> {
    let mut map = read_map(path, arguments.unmask)?;
    let mut waiting = BufWriter::new(tempfile::tempfile().map_err(unkept)?);
    for paste in input::named(context, &arguments.files)? {
        let (mut reader, options) = (NameReader::default(), context.answer_options().reading());
        let mut private = Private::default();
        each_piece(paste, |text| {
            let result = if arguments.unmask {
                map.unmask(text)
            } else {
                for (kind, name) in reader.read(text, &options).iter() {
                    map.learn(kind, name);
                }
                map.mask_piece(text, &mut private)
            };
            waiting.write_all(result.as_bytes()).map_err(unkept)
        })?;
    }
    // The map first: a masked text that nobody can unmask is of no use. A half-written one would lose the values of
    // earlier texts; it is for its owner's eyes alone.
    if !arguments.unmask {
        write_whole(path, &map.to_text(), false)
            .map_err(|error| CommandError::unwritable(path, &error))?;
    }
    let mut waited = rewound(waiting)?;
    let mut text = String::new();
    // An unmasked text is exact in a file and sanitized on a terminal.
    let write = |text: &str| match (arguments.unmask, context.environment.shown) {
        (true, true) => context.output.data(&visible_columns(text)),
        (true, false) => context.output.exact(text),
        (false, _) => context.output.data(text),
    };
    while waited.read_line(&mut text).map_err(unkept)? > 0 {
        if text.len() > 1 << 20 {
            write(&text)?;
            text.clear();
        }
    }
    write(&text)?;
    if !arguments.unmask {
        tell_of_free_text(context);
    }
    Ok(Outcome::Found)
}

/// The map of a file; an empty one where there is none yet and none is needed.
fn read_map(path: &Path, needed: bool) -> Result<Pseudonyms> {
    let text = match fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound && !needed => {
            return Ok(Pseudonyms::default());
        }
        Err(error) => return Err(CommandError::unreadable(path, &error)),
    };
    Pseudonyms::from_text(&text).map_err(|line| {
        let shown = path.display();
        fault!(
            "{shown}:{line}: 仮名の対応表の行ではありません",
            "{shown}:{line}: not a line of a map of pseudonyms";
            "対応表は shirube mask --map が書いたファイルです（1行に 仮名<TAB>値）",
            "a map is a file that shirube mask --map wrote (pseudonym<TAB>value a line)"
        )
    })
}
