//! Errors: the fault, its cause, and the command to type next.

use std::error::Error;
use std::path::Path;

use shirube::report::visible;
use shirube::source::{Language, Phrase, Warning};

/// A [`Phrase`] with values in it, as `format!` has them.
macro_rules! phrase {
    ($ja:literal, $en:literal $(,)?) => {
        shirube::source::Phrase::new(format!($ja), format!($en))
    };
}

/// A [`CommandError`] with values in its texts; after a semicolon, with a hint.
macro_rules! fault {
    ($ja:literal, $en:literal $(,)?) => {
        $crate::errors::CommandError::new($crate::errors::phrase!($ja, $en))
    };
    ($ja:literal, $en:literal; $hint_ja:literal, $hint_en:literal $(,)?) => {
        $crate::errors::fault!($ja, $en).hint(format!($hint_ja), format!($hint_en))
    };
}

pub(crate) use {fault, phrase};

/// An error that ends the run with status 2.
#[derive(Debug)]
pub(crate) struct CommandError {
    message: Phrase,
    causes: Vec<String>,
    hints: Vec<Phrase>,
}

/// The result of a part of a run.
pub(crate) type Result<T, E = CommandError> = std::result::Result<T, E>;

impl CommandError {
    pub(crate) fn new(message: Phrase) -> Self {
        Self { message, causes: Vec::new(), hints: Vec::new() }
    }

    pub(crate) fn at(place: &Warning) -> Self {
        let said = |language| located(place, language);
        Self::new(Phrase::new(said(Language::Ja), said(Language::En)))
    }

    /// Why, down to the first cause.
    pub(crate) fn because(mut self, error: &dyn Error) -> Self {
        let mut cause = Some(error);
        while let Some(error) = cause {
            let said = error.to_string();
            // Some errors repeat their cause in their own text.
            if !self.causes.last().is_some_and(|last| last.ends_with(&said)) {
                self.causes.push(said);
            }
            cause = error.source();
        }
        self
    }

    /// Adds the command to type next.
    pub(crate) fn hint(mut self, ja: impl Into<String>, en: impl Into<String>) -> Self {
        self.hints.push(Phrase::new(ja, en));
        self
    }

    pub(crate) fn unreadable(path: &Path, error: &std::io::Error) -> Self {
        let path = path.display();
        fault!("{path} を読めません", "cannot read {path}").because(error)
    }

    pub(crate) fn unwritable(path: &Path, error: &std::io::Error) -> Self {
        let path = path.display();
        fault!("{path} に書けません", "cannot write {path}").because(error)
    }

    /// The lines for standard error.
    pub(crate) fn text(&self, language: Language, color: bool) -> String {
        let labels = (("エラー", "原因", "ヒント"), ("error", "cause", "hint"));
        let (error, cause, hint) = language.pick(labels.0, labels.1);
        let mut text = labelled(error, "1;31", self.message.text(language), color);
        for said in &self.causes {
            text.push_str(&labelled(cause, "1", said, color));
        }
        for said in &self.hints {
            text.push_str(&labelled(hint, "36", said.text(language), color));
        }
        text
    }
}

/// The line of a warning: what, where, and what to do about it.
pub(crate) fn warning(warning: &Warning, language: Language, color: bool) -> String {
    labelled(language.pick("注意", "warning"), "1;33", &located(warning, language), color)
}

/// `FILE:LINE: what`; the line alone for standard input.
pub(crate) fn located(warning: &Warning, language: Language) -> String {
    let said = warning.message.text(language);
    match (&warning.file, warning.line, language) {
        (Some(file), Some(line), _) => format!("{file}:{line}: {said}"),
        (Some(file), None, _) => format!("{file}: {said}"),
        (None, Some(line), Language::Ja) => format!("{line}行目: {said}"),
        (None, Some(line), Language::En) => format!("line {line}: {said}"),
        (None, None, _) => said.to_owned(),
    }
}

pub(crate) fn note(said: &str, language: Language, color: bool) -> String {
    labelled(language.pick("お知らせ", "note"), "36", said, color)
}

fn labelled(label: &str, style: &str, said: &str, color: bool) -> String {
    let said = visible(said);
    if color {
        format!("\u{1b}[{style}m{label}:\u{1b}[0m {said}\n")
    } else {
        format!("{label}: {said}\n")
    }
}
