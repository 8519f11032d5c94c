//! Log formats that are data: `formats/NAME.toml`, one file a format.
//!
//! 1. [`file`] is what may stand in such a file; [`expand`] writes the shorthands of its patterns out.
//! 2. [`compile`] makes regular expressions of the patterns (bounded in size, matched in linear time) and
//!    fields of their groups. A file that makes no sense is told with its line, and it alone is left out.
//! 3. [`read`] reads the entries at a cursor: one set of all patterns says which formats may have a line.
//! 4. [`check`] runs the samples that stand in the files.
//!
//! The shipped files are in `kb/formats/`. A knowledge base adds its own, which come first; one of the same
//! name takes the shipped one's place.

mod check;
mod compile;
mod expand;
mod file;
mod read;
#[cfg(test)]
mod tests;

use std::sync::{Arc, LazyLock};

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
    /// The patterns of first lines, all in one automaton.
    openings: Option<RegexSet>,
    /// Of each opening the format.
    owners: Vec<usize>,
}

impl Default for Formats {
    /// The shipped ones.
    fn default() -> Self {
        static READ: LazyLock<Formats> = LazyLock::new(|| {
            let files = SHIPPED.files().filter_map(|file| {
                Some((format!("kb/formats/{}", file.path().display()), file.contents_utf8()?))
            });
            let compiled = files.filter_map(|(path, text)| compile::compile(&path, text).ok());
            Formats::new(Vec::new(), compiled.map(Arc::new).collect())
        });
        READ.clone()
    }
}

impl Formats {
    /// The shipped formats under those of a knowledge base, given as pairs of path and text.
    pub fn parse<'f>(files: impl IntoIterator<Item = (&'f str, &'f str)>) -> (Self, Vec<Warning>) {
        let mut warnings = Vec::new();
        let mut own: Vec<Arc<PatternFormat>> = Vec::new();
        for (path, text) in files {
            match compile::compile(path, text) {
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
        let mut openings = Vec::new();
        let mut owners = Vec::new();
        for (place, format) in formats.iter().enumerate() {
            for opening in format.openings() {
                openings.push(opening.regex.as_str().to_owned());
                owners.push(place);
            }
        }
        // A set that becomes too large is done without: each format is tried then.
        let openings = RegexSet::new(&openings).ok();
        Self(Arc::new(Inner { formats, openings, owners }))
    }

    /// The texts of the samples.
    #[cfg(test)]
    pub(super) fn sample_pastes(&self) -> impl Iterator<Item = String> {
        let samples = self.0.formats.iter().flat_map(|format| &format.samples);
        samples.map(|(sample, _)| sample.text.clone())
    }

    fn get(&self, name: &str) -> Option<&PatternFormat> {
        self.0.formats.iter().find(|format| format.name == name).map(AsRef::as_ref)
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
