//! The shell around every page.

use std::sync::Arc;

use askama::Template;
use axum::response::{Html, IntoResponse as _, Response};
use shirube::source::Language;

use super::assets;

/// A whole page.
#[derive(Template)]
#[template(path = "page/shell.html")]
pub(super) struct Shell {
    language: Language,
    title: String,
    /// The form at the top; `None` where something else is shown alone.
    form: Option<Form>,
    /// The part below the form: HTML that the library or a template wrote.
    content: String,
    style: &'static str,
    theme: &'static str,
    script: &'static str,
}

/// The values of the form.
#[derive(Default)]
pub(super) struct Form {
    pub(super) text: String,
    pub(super) question: String,
    /// The consoles that articles are about.
    pub(super) products: Arc<[String]>,
    pub(super) product: String,
    /// Whether an answer stands below it.
    pub(super) asked: bool,
}

#[derive(Template)]
#[template(path = "page/problem.html")]
struct ProblemPart<'a> {
    title: &'a str,
    detail: &'a str,
}

impl Shell {
    /// A page with the form, and what it was answered with.
    pub(super) fn with_form(form: Form, content: String, language: Language) -> Self {
        Self::new(Some(form), "Shirube".to_owned(), content, language)
    }

    /// A page that shows something else.
    pub(super) fn with(title: &str, content: String, language: Language) -> Self {
        Self::new(None, format!("{title} · Shirube"), content, language)
    }

    /// A page that says what went wrong.
    pub(super) fn problem(title: &str, detail: &str, language: Language) -> Self {
        Self::with(title, problem_part(title, detail), language)
    }

    fn new(form: Option<Form>, title: String, content: String, language: Language) -> Self {
        let [style, theme, script] = ["style.css", "theme.js", "page.js"].map(assets::address);
        Self { language, title, form, content, style, theme, script }
    }

    pub(super) fn response(&self) -> Response {
        let page = self.render().expect("writing to a string cannot fail");
        Html(page).into_response()
    }

    const fn say<'t>(&self, ja: &'t str, en: &'t str) -> &'t str {
        match self.language {
            Language::Ja => ja,
            Language::En => en,
        }
    }

    const fn other(&self) -> (&'static str, &'static str) {
        match self.language {
            Language::Ja => ("en", "English"),
            Language::En => ("ja", "日本語"),
        }
    }
}

/// A problem, as the part below the form.
pub(super) fn problem_part(title: &str, detail: &str) -> String {
    let part = ProblemPart { title, detail };
    part.render().expect("writing to a string cannot fail")
}
