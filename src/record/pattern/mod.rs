//! Log formats that are data: `formats/NAME.toml`, one file a format.
//!
//! 1. [`file`] is what may be in such a file; [`expand`] writes the shorthands of its patterns out.
//! 2. [`compile`] makes regular expressions of the patterns (bounded in size, matched in linear time) and
//!    fields of their groups. A file that makes no sense is told with its line, and it alone is left out.
//! 3. [`read`] reads the entries at a cursor. Which formats may have a line is told by the byte that it begins with
//!    ([`openers`]) and their patterns, which are compiled when they are first asked; after some lines by one set of all.
//! 4. [`check`] runs the samples that are in the files.
//!
//! The shipped files are in `kb/formats/`. A knowledge base adds its own, which come first; one of the same
//! name takes the shipped one's place.

mod check;
mod compile;
mod file;
mod openers;
mod read;
#[cfg(test)]
mod tests;

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, LazyLock, OnceLock};

use include_dir::{Dir, include_dir};
use regex::RegexSet;

use crate::source::{Phrase, Warning};
pub use check::FormatProblem;
use compile::PatternFormat;
pub(super) use read::read;

static SHIPPED: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/kb/formats");

/// The log formats that are data, in the order that they are tried in.
#[derive(Debug, Clone)]
pub struct Formats(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    formats: Vec<Arc<PatternFormat>>,
    /// How often it was asked which formats may have a line.
    asked: AtomicUsize,
    /// The patterns of first lines in one automaton, with their formats; for those who ask often.
    openings: OnceLock<Option<(RegexSet, Vec<usize>)>>,
}

/// So many lines are asked about one format after the other: compiling all of them takes longer.
const FEW_LINES: usize = 64;

impl Default for Formats {
    fn default() -> Self {
        static READ: LazyLock<Formats> = LazyLock::new(|| {
            let read = |(path, text): (String, _)| compile::compile(&path, text, false).ok();
            let formats = shipped().filter_map(read);
            Formats::new(Vec::new(), formats.map(Arc::new).collect())
        });
        READ.clone()
    }
}

/// The shipped files: path and text.
fn shipped() -> impl Iterator<Item = (String, &'static str)> {
    SHIPPED.files().filter_map(|file| {
        Some((format!("kb/formats/{}", file.path().display()), file.contents_utf8()?))
    })
}

impl Formats {
    /// The shipped formats under those of a knowledge base, given as pairs of path and text.
    pub fn parse<'f>(files: impl IntoIterator<Item = (&'f str, &'f str)>) -> (Self, Vec<Warning>) {
        let mut warnings = Vec::new();
        let mut own: Vec<Arc<PatternFormat>> = Vec::new();
        for (path, text) in files {
            let is_shipped = shipped().any(|(_, shipped)| shipped == text);
            match compile::compile(path, text, !is_shipped) {
                Ok(format) => {
                    own.retain(|known| known.name != format.name);
                    own.push(Arc::new(format));
                }
                Err(mut told) => warnings.append(&mut told),
            }
        }
        if own.is_empty() {
            return (Self::default(), warnings);
        }
        let shipped = Self::default();
        (Self::new(own, shipped.0.formats.clone()), warnings)
    }

    /// The names of the formats, in the order that they are tried in.
    pub fn names(&self) -> impl Iterator<Item = &'static str> {
        self.0.formats.iter().map(|format| format.name)
    }

    /// The name of a format for people; `None` for a format that is not in this set.
    #[must_use]
    pub fn label(&self, name: &str) -> Option<&Phrase> {
        self.get(name).map(|format| &format.label)
    }

    fn new(own: Vec<Arc<PatternFormat>>, mut shipped: Vec<Arc<PatternFormat>>) -> Self {
        shipped.retain(|format| own.iter().all(|own| own.name != format.name));
        let formats = [in_order(own), in_order(shipped)].concat();
        Self(Arc::new(Inner { formats, asked: AtomicUsize::new(0), openings: OnceLock::new() }))
    }

    /// The formats of which an entry may begin with the line, in the order that they are tried in.
    fn that_may_have(&self, line: &str) -> Vec<&PatternFormat> {
        let inner = &*self.0;
        let often = inner.asked.fetch_add(1, Ordering::Relaxed) >= FEW_LINES;
        let openings = often.then(|| inner.openings.get_or_init(|| inner.openings())).into_iter();
        let Some((set, owners)) = openings.flatten().next() else {
            let opens = |format: &&PatternFormat| format.openings().any(|it| it.is_match(line));
            return inner.formats.iter().map(AsRef::as_ref).filter(opens).collect();
        };
        let mut places: Vec<usize> =
            set.matches(line).iter().filter_map(|it| owners.get(it).copied()).collect();
        places.dedup();
        places.into_iter().filter_map(|place| inner.formats.get(place).map(AsRef::as_ref)).collect()
    }

    #[cfg(test)]
    pub(super) fn sample_pastes(&self) -> impl Iterator<Item = String> {
        let samples = self.0.formats.iter().flat_map(|format| &format.samples);
        samples.map(|(sample, _)| sample.text.clone())
    }

    fn get(&self, name: &str) -> Option<&PatternFormat> {
        self.0.formats.iter().find(|format| format.name == name).map(AsRef::as_ref)
    }
}

impl Inner {
    /// One set of all; `None` where it becomes too large, and each format is asked.
    fn openings(&self) -> Option<(RegexSet, Vec<usize>)> {
        let openings = (0..).zip(&self.formats);
        let openings = openings
            .flat_map(|(place, format)| format.openings().map(move |it| (&it.expression, place)));
        let (expressions, owners): (Vec<&String>, Vec<usize>) = openings.unzip();
        Some((RegexSet::new(expressions).ok()?, owners))
    }
}

/// The formats by name, but each before those that it names under `before`.
fn in_order(mut formats: Vec<Arc<PatternFormat>>) -> Vec<Arc<PatternFormat>> {
    formats.sort_by_key(|format| format.name);
    let mut ordered: Vec<Arc<PatternFormat>> = Vec::with_capacity(formats.len());
    for format in formats {
        let place =
            ordered.iter().position(|other| format.before.iter().any(|name| name == other.name));
        ordered.insert(place.unwrap_or(ordered.len()), format);
    }
    ordered
}
