//! A paste, read.

use std::io::{self, Read};
use std::sync::Arc;

use jiff::civil::DateTime;
use rayon::prelude::*;

use super::Vocabulary;
use super::custom::CustomFormat;
use super::parts::{self, Parts};
use super::registry::{BLOCKS, FORMATS, Format};
use crate::facts::{Fact, Incident};
use crate::source::{self, Phrase, Pieces, Warning};

/// How to read a paste.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct ReadOptions {
    /// The format that the user says it is, one of [`names`](Self::names); otherwise it is recognized.
    pub input_format: Option<String>,
    /// The present, for times that are written without a year.
    pub now: Option<DateTime>,
    /// Formats of one's own, which are tried before the built-in ones.
    pub formats: Vec<Arc<dyn CustomFormat>>,
}

impl ReadOptions {
    /// The names of all formats: one's own, then those of [`format_names`].
    #[must_use]
    pub fn names(&self, vocabulary: &Vocabulary) -> Vec<&'static str> {
        self.formats.iter().map(|format| format.name()).chain(format_names(vocabulary)).collect()
    }
}

/// What a paste says.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Reading {
    /// The incidents, in order of appearance.
    pub incidents: Vec<Incident>,
    /// The labels with their values that screens and tables show, in order.
    pub facts: Vec<Fact>,
    /// What could not be read.
    pub warnings: Vec<Warning>,
    /// What the paste was taken for, in order of appearance.
    pub formats: Vec<&'static str>,
    /// The encoding that the bytes were read as.
    pub encoding: &'static str,
    /// How many records there were.
    pub records: u64,
    /// The texts of short pastes: what stands around an incident may say which console it is of.
    pub texts: Vec<PastedText>,
}

/// The decoded text of a short file.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct PastedText {
    /// The file; `None` for standard input.
    pub file: Option<Arc<str>>,
    /// Its text.
    pub text: Arc<str>,
}

/// A longer paste is a log, not what somebody writes about one.
const SHORT: usize = 64 << 10;

/// The names of the formats, in the order that they are tried in: those that are written in code, and those
/// of the vocabulary.
#[must_use]
pub fn format_names(vocabulary: &Vocabulary) -> Vec<&'static str> {
    let name = |format: &&dyn Format| format.name();
    let (before, behind) = (BLOCKS.iter().map(name), FORMATS.iter().map(name));
    before.chain(vocabulary.formats.names()).chain(behind).collect()
}

/// Reads a paste.
#[must_use]
pub fn read(
    file: Option<Arc<str>>,
    bytes: &[u8],
    options: &ReadOptions,
    vocabulary: &Vocabulary,
) -> Reading {
    let mut reader = Reader::new(options, vocabulary);
    reader.read(file, bytes);
    reader.finish()
}

/// Reads several files, or streams of any length, as one paste: an incident that stands in two of them
/// is one.
///
/// ```
/// use shirube::record::{ReadOptions, Reader, Vocabulary};
///
/// let (options, vocabulary) = (ReadOptions::default(), Vocabulary::default());
/// let mut reader = Reader::new(&options, &vocabulary);
/// reader.read(Some("monday.log".into()), b"15:43:37 disk is full\n");
/// reader.read(Some("tuesday.log".into()), b"09:12:08 disk is full\n");
/// assert_eq!(reader.finish().incidents[0].count, 2);
/// ```
#[derive(Debug)]
pub struct Reader<'o> {
    options: &'o ReadOptions,
    vocabulary: &'o Vocabulary,
    parts: Parts<'o>,
    encoding: Option<&'static str>,
    warnings: Vec<Warning>,
    texts: Vec<PastedText>,
}

impl<'o> Reader<'o> {
    /// A reader that has read nothing yet.
    #[must_use]
    pub fn new(options: &'o ReadOptions, vocabulary: &'o Vocabulary) -> Self {
        let parts = Parts::new(options, vocabulary);
        Self { options, vocabulary, parts, encoding: None, warnings: Vec::new(), texts: Vec::new() }
    }

    /// Reads a file that is in memory.
    pub fn read(&mut self, file: Option<Arc<str>>, bytes: &[u8]) {
        self.begin(file.clone());
        let xml = property_list(bytes);
        self.read_piece(xml.as_deref().unwrap_or(bytes), file.as_ref(), None, true);
    }

    /// Reads a stream of any length, in memory that does not grow with it. While one piece is read from
    /// `input`, the one before is taken apart; `progress` is told the number of bytes behind each.
    ///
    /// # Errors
    ///
    /// Only what reading from `input` gives.
    pub fn read_stream(
        &mut self,
        file: Option<Arc<str>>,
        mut input: impl Read + Send,
        mut progress: impl FnMut(u64),
    ) -> io::Result<()> {
        self.begin(file.clone());
        let mut pieces = Pieces::default();
        let mut piece = pieces.next(&mut input, Vec::new())?;
        if let Some(only) = piece.as_ref().filter(|piece| piece.last) {
            let xml = property_list(&only.bytes);
            let bytes = xml.as_deref().unwrap_or(&only.bytes);
            self.read_piece(bytes, file.as_ref(), None, true);
            progress(only.bytes.len() as u64);
            return Ok(());
        }
        let (mut total, mut known, mut spare) = (0, None, Vec::new());
        while let Some(current) = piece {
            let free = std::mem::take(&mut spare);
            let (encoding, next) = rayon::join(
                || self.read_piece(&current.bytes, file.as_ref(), known, false),
                || pieces.next(&mut input, free),
            );
            known = Some(encoding);
            if current.cut {
                self.parts.go_on_in_line();
            }
            total += current.bytes.len() as u64;
            progress(total);
            spare = current.bytes;
            piece = next?;
        }
        Ok(())
    }

    /// Everything that was read.
    #[must_use]
    pub fn finish(self) -> Reading {
        let mut warnings = self.warnings;
        let mut reading = self.parts.finish();
        warnings.append(&mut reading.warnings);
        let encoding = self.encoding.unwrap_or("UTF-8");
        Reading { warnings, encoding, texts: self.texts, ..reading }
    }

    fn begin(&mut self, file: Option<Arc<str>>) {
        if let Some(name) = &self.options.input_format
            && !self.options.names(self.vocabulary).contains(&name.as_str())
        {
            self.warnings.push(unknown_format(
                name,
                &self.options.names(self.vocabulary),
                file.clone(),
            ));
        }
        self.parts.begin(file);
    }

    /// Reads a piece of a file, `whole` if it is all of it, of which the pieces before were in the
    /// encoding `known`. Returns its encoding.
    fn read_piece(
        &mut self,
        bytes: &[u8],
        file: Option<&Arc<str>>,
        known: Option<&'static str>,
        whole: bool,
    ) -> &'static str {
        // Nearly every log is UTF-8: its parts are decoded side by side, and nothing is copied.
        let plain: Option<Vec<&str>> = (known.is_none_or(|known| !known.starts_with("UTF-16")))
            .then(|| parts::cut(bytes).into_par_iter().map(source::plain_utf_8).collect())
            .flatten();
        let encoding = match plain {
            Some(parts) => {
                if whole && bytes.len() <= SHORT {
                    self.keep(file, parts.concat());
                }
                self.parts.read(&parts, whole);
                "UTF-8"
            }
            None => {
                let decoded = source::decode_piece(bytes, known);
                for mut warning in decoded.warnings {
                    warning.file = file.cloned();
                    warning.line = warning.line.map(|line| line.saturating_add(self.parts.lines()));
                    self.warnings.push(warning);
                }
                if whole && bytes.len() <= SHORT {
                    self.keep(file, decoded.text.to_string());
                }
                self.parts.read(&parts::cut_text(&decoded.text), whole);
                decoded.encoding
            }
        };
        self.encoding = Some(match self.encoding {
            Some(known) if known != encoding => "mixed",
            _ => encoding,
        });
        encoding
    }
}

impl Reader<'_> {
    fn keep(&mut self, file: Option<&Arc<str>>, text: String) {
        self.texts.push(PastedText { file: file.cloned(), text: text.into() });
    }
}

/// A binary property list as XML.
fn property_list(bytes: &[u8]) -> Option<Vec<u8>> {
    if !bytes.starts_with(b"bplist0") {
        return None;
    }
    let value = plist::Value::from_reader(std::io::Cursor::new(bytes)).ok()?;
    let mut xml = Vec::new();
    value.to_writer_xml(&mut xml).ok()?;
    Some(xml)
}

fn unknown_format(name: &str, names: &[&str], file: Option<Arc<str>>) -> Warning {
    let names = names.join(", ");
    Warning {
        file,
        line: None,
        message: Phrase::new(
            format!("形式「{name}」はありません。自動で判別しました。指定できる形式: {names}"),
            format!(
                "there is no format \"{name}\"; the format was recognized instead. Formats: {names}"
            ),
        ),
    }
}

#[cfg(test)]
mod tests;
