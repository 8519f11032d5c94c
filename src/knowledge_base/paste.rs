//! A paste: a log in any form, a question, or both.

use std::borrow::Cow;
use std::fmt;
use std::io::Read;
use std::sync::Arc;

use super::Error;
use crate::record::{ReadOptions, Reader, Reading, Vocabulary};

/// A paste: the log or the screen, as text, bytes, streams or several files; the question that somebody
/// types; or both, where the question tells which part of the log is meant.
///
/// ```
/// use shirube::Paste;
///
/// let text = Paste::from("4026 プロファイルを変更できません");
/// let files = Paste::default().with_file("monday.log", b"...".as_slice()).with_file("tuesday.log", b"...".as_slice());
/// let both = Paste::from(std::fs::read("Cargo.toml")?).with_question("iPad07 はなぜ同期しない？");
/// let stream = Paste::default().with_stream(None, std::io::stdin());
/// # Ok::<(), std::io::Error>(())
/// ```
#[derive(Default)]
pub struct Paste<'p> {
    pub(super) parts: Vec<Part<'p>>,
    pub(super) question: Option<String>,
}

pub(super) struct Part<'p> {
    /// `None` for what was pasted or typed.
    name: Option<Arc<str>>,
    source: Source<'p>,
}

enum Source<'p> {
    Bytes(Cow<'p, [u8]>),
    Stream(Box<dyn Read + Send + 'p>),
}

impl<'p> Paste<'p> {
    /// A question, and no log.
    #[must_use]
    pub fn question(question: impl Into<String>) -> Self {
        Self::default().with_question(question)
    }

    /// The same paste with a question about it.
    #[must_use]
    pub fn with_question(self, question: impl Into<String>) -> Self {
        Self { question: Some(question.into()), ..self }
    }

    /// The same paste with a file, which is read in the encoding that it is in.
    #[must_use]
    pub fn with_file(self, name: impl Into<Arc<str>>, bytes: impl Into<Cow<'p, [u8]>>) -> Self {
        self.with(Some(name.into()), Source::Bytes(bytes.into()))
    }

    /// The same paste with text or bytes that have no name.
    #[must_use]
    pub fn with_text(self, bytes: impl Into<Cow<'p, [u8]>>) -> Self {
        self.with(None, Source::Bytes(bytes.into()))
    }

    /// The same paste with a stream of any length, which is read in memory that does not grow with it.
    #[must_use]
    pub fn with_stream(self, name: Option<Arc<str>>, stream: impl Read + Send + 'p) -> Self {
        self.with(name, Source::Stream(Box::new(stream)))
    }

    fn with(mut self, name: Option<Arc<str>>, source: Source<'p>) -> Self {
        self.parts.push(Part { name, source });
        self
    }

    pub(super) fn read(
        self,
        options: &ReadOptions,
        vocabulary: &Vocabulary,
    ) -> Result<Reading, Error> {
        let mut reader = Reader::new(options, vocabulary);
        for Part { name, source } in self.parts {
            match source {
                Source::Bytes(bytes) => reader.read(name, &bytes),
                Source::Stream(stream) => reader
                    .read_stream(name.clone(), stream)
                    .map_err(|source| Error::Paste { file: name, source })?,
            }
        }
        Ok(reader.finish())
    }
}

impl fmt::Debug for Paste<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Pasted text is nobody's to log.
        let names: Vec<_> = self.parts.iter().map(|part| part.name.as_deref()).collect();
        let asks = self.question.is_some();
        formatter.debug_struct("Paste").field("parts", &names).field("asks", &asks).finish()
    }
}

/// Text, bytes, and whatever else lends them.
impl<'p, Bytes: AsRef<[u8]> + ?Sized> From<&'p Bytes> for Paste<'p> {
    fn from(bytes: &'p Bytes) -> Self {
        Self::default().with_text(bytes.as_ref())
    }
}

impl From<String> for Paste<'_> {
    fn from(text: String) -> Self {
        text.into_bytes().into()
    }
}

impl From<Vec<u8>> for Paste<'_> {
    fn from(bytes: Vec<u8>) -> Self {
        Self::default().with_text(bytes)
    }
}
