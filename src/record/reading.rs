//! A paste, read.

use std::io::{self, Read};
use std::sync::Arc;

use rayon::prelude::*;

use super::Vocabulary;
use super::documents::{self, Opened};
use super::formats::html;
use super::model::{Again, PastedText, ReadOptions, Reading};
use super::parts::{self, Parts};
use super::property_list;
use super::question::{entry, question};
use super::registry::{BLOCKS, FORMATS};
use crate::facts::{CodeDictionary, Kind};
use crate::source::{self, Phrase, Pieces, Warning};

impl ReadOptions {
    /// The names of all formats: one's own, then those of [`format_names`].
    #[must_use]
    pub fn names(&self, vocabulary: &Vocabulary) -> Vec<&'static str> {
        self.formats.iter().map(|format| format.name()).chain(format_names(vocabulary)).collect()
    }
}

/// Counts of the parts that were read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct Summary {
    /// The entries of logs.
    pub entries: u64,
    /// The states that screens, job lists and sentences show.
    pub states: u64,
    /// The labels with their values.
    pub facts: u64,
    /// The questions of people.
    pub questions: u64,
    /// Whether it was a mail or a chat.
    pub correspondence: bool,
    /// Whether it was read in the other way, as the first way had found nothing.
    pub again: bool,
    /// How many records there were.
    pub records: u64,
    /// The formats that it was taken for, in order of appearance.
    pub formats: Vec<&'static str>,
    /// The encoding that the bytes were read as; empty for a question.
    pub encoding: &'static str,
}

impl Reading {
    /// A question that a person typed.
    #[must_use]
    pub fn of_question(text: &str, codes: &CodeDictionary) -> Self {
        let incidents = vec![question(text, codes)];
        let again = is_short(text).then(|| Again::AsPaste(text.to_owned()));
        Self { incidents, records: 1, again, ..Self::default() }
    }

    /// The other way to read it; `None` where there is none.
    #[must_use]
    pub fn otherwise(&self, codes: &CodeDictionary) -> Option<Self> {
        let incident = match self.again.as_ref()? {
            Again::AsQuestion(text) => question(text, codes),
            Again::AsPaste(text) => entry(text, codes),
        };
        Some(Self {
            incidents: vec![incident],
            records: 1,
            facts: self.facts.clone(),
            warnings: self.warnings.clone(),
            texts: self.texts.clone(),
            ..Self::default()
        })
    }

    /// Counts of the parts that were read.
    #[must_use]
    pub fn summary(&self) -> Summary {
        let count = |kind| {
            let of_kind = self.incidents.iter().filter(|incident| incident.kind == kind);
            of_kind.map(|incident| incident.count).sum()
        };
        Summary {
            entries: count(Kind::Log),
            states: count(Kind::Status),
            facts: self.facts.len() as u64,
            questions: count(Kind::Question),
            correspondence: self.formats.contains(&"mail") || self.formats.contains(&"prose"),
            again: false,
            records: self.records,
            formats: self.formats.clone(),
            encoding: self.encoding,
        }
    }
}

/// A longer text is no question.
const LONGEST_QUESTION: usize = 300;

pub(super) fn is_short(text: &str) -> bool {
    (2..=LONGEST_QUESTION).contains(&text.trim().chars().count())
}

/// A longer paste is a log, not what somebody writes about one.
const SHORT: usize = 64 << 10;

/// The names of the formats, in the order that they are tried in: those that are written in code, and those
/// of the vocabulary.
#[must_use]
pub fn format_names(vocabulary: &Vocabulary) -> Vec<&'static str> {
    let (before, behind) = (BLOCKS.iter().map(|it| it.name), FORMATS.iter().map(|it| it.name));
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

/// Reads several files, or streams of any length, as one paste: an incident that is in two of them
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
        self.read_whole(bytes, file.as_ref());
    }

    /// Reads the bytes of a file that is in memory as a whole: a mail and a workbook are opened first, and what
    /// is no text is told.
    fn read_whole(&mut self, bytes: &[u8], file: Option<&Arc<str>>) {
        let told = |message| Warning { file: file.cloned(), line: None, message };
        match documents::open(bytes) {
            Opened::Refused(reason) => self.warnings.push(told(reason)),
            Opened::Text(text, notes) => {
                self.warnings.extend(notes.into_iter().map(told));
                self.read_piece(text.as_bytes(), file, None, true);
            }
            Opened::AsTheyAre => {
                if let Some(text) = page_text(bytes) {
                    self.read_piece(text.as_bytes(), file, None, true);
                    return;
                }
                let expanded = property_list::expand(bytes);
                let text = expanded.as_ref().map(|(text, _)| text.as_slice());
                self.read_piece(text.unwrap_or(bytes), file, None, true);
                self.warnings.extend(expanded.and_then(|(_, warning)| warning).map(told));
            }
        }
    }

    /// Reads a stream of any length, in memory that does not grow with it. While one piece is read from
    /// `input`, the one before is taken apart.
    ///
    /// # Errors
    ///
    /// Only what reading from `input` gives.
    pub fn read_stream(
        &mut self,
        file: Option<Arc<str>>,
        mut input: impl Read + Send,
    ) -> io::Result<()> {
        self.begin(file.clone());
        let mut pieces = Pieces::default();
        let mut piece = pieces.next(&mut input, Vec::new())?;
        if let Some(only) = piece.as_ref().filter(|piece| piece.last) {
            self.read_whole(&only.bytes, file.as_ref());
            return Ok(());
        }
        if let Some(first) = &piece {
            if let Some(message) = documents::refusal(&first.bytes) {
                self.warnings.push(Warning { file, line: None, message });
                return Ok(());
            }
            if documents::wants_whole(&first.bytes) {
                let mut bytes = first.bytes.clone();
                while let Some(next) = pieces.next(&mut input, Vec::new())?
                    && bytes.len() <= documents::LARGEST
                {
                    bytes.extend_from_slice(&next.bytes);
                }
                self.read_whole(&bytes, file.as_ref());
                return Ok(());
            }
        }
        let (mut known, mut spare) = (None, Vec::new());
        while let Some(current) = piece.filter(|_| !self.options.stop.is_stopped()) {
            let free = std::mem::take(&mut spare);
            let (encoding, next) = rayon::join(
                || self.read_piece(&current.bytes, file.as_ref(), known, false),
                || pieces.next(&mut input, free),
            );
            known = Some(encoding);
            if current.cut {
                self.parts.go_on_in_line();
            }
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
        let names = self.options.names(self.vocabulary);
        let unknown = |name: &&String| !names.contains(&name.as_str());
        if let Some(name) = self.options.input_format.as_ref().filter(unknown) {
            self.warnings.push(unknown_format(name, &names, file.clone()));
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

    fn keep(&mut self, file: Option<&Arc<str>>, text: String) {
        self.texts.push(PastedText { file: file.cloned(), text: text.into() });
    }
}

/// The text of a page without a table; `None` where the bytes are no such page.
pub(super) fn page_text(bytes: &[u8]) -> Option<String> {
    let head = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes).trim_ascii_start();
    head.starts_with(b"<").then(|| html::plain_text(&source::decode(bytes).text)).flatten()
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
