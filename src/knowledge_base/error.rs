//! Errors of an open knowledge base.

use std::io;
use std::sync::Arc;

use crate::index::IndexError;

/// Why a question to a [`KnowledgeBase`](super::KnowledgeBase) has no answer.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The index cannot be built, opened or read.
    #[error(transparent)]
    Index(#[from] IndexError),
    /// The stream that the paste comes from cannot be read to its end.
    #[error("the paste cannot be read")]
    Paste {
        /// The name of the file or stream; `None` where it has none.
        file: Option<Arc<str>>,
        /// Why.
        source: io::Error,
    },
    /// There is no format of the name that the options give.
    #[error("there is no log format `{name}`; there are: {}", known.join(", "))]
    UnknownFormat {
        /// The name.
        name: String,
        /// The names that there are.
        known: Vec<&'static str>,
    },
    /// The text is not a code in any form.
    #[error("`{text}` is not a code")]
    NotACode {
        /// The text.
        text: String,
    },
}
