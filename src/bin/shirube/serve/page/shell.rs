//! The shell around every page.

use std::sync::Arc;

use askama::Template;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse as _, Response};
use shirube::source::Language;

use super::assets;
use crate::serve::problem::Problem;
use crate::serve::{App, Coverage};

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

#[derive(Default)]
pub(super) struct Form {
    pub(super) text: String,
    pub(super) question: String,
    pub(super) coverage: Arc<Coverage>,
    pub(super) product: String,
    /// Whether an answer is below it.
    pub(super) asked: bool,
    pub(super) empty: bool,
    /// The most bytes that the server takes.
    pub(super) most: usize,
    pub(super) remembers: bool,
    /// The title: the first incident; empty where nothing was asked.
    pub(super) title: String,
}

impl Form {
    pub(super) fn of(app: &App) -> Self {
        let (coverage, most) = (app.coverage(), app.bodies.size);
        Self { coverage, most, remembers: app.history.is_some(), ..Self::default() }
    }
}

#[derive(Template)]
#[template(path = "page/problem.html")]
struct ProblemPart<'a> {
    language: Language,
    problem: &'a Problem,
    /// The label of the button that searches, where there is something to search for instead; and the way back.
    search: Option<(&'static str, &'static str)>,
}

impl Shell {
    pub(super) fn with_form(form: Form, content: String, language: Language) -> Self {
        let title = match form.title.as_str() {
            "" => "Shirube".to_owned(),
            title => format!("{title} · Shirube"),
        };
        Self::new(Some(form), title, content, language)
    }

    pub(super) fn with(title: &str, content: String, language: Language) -> Self {
        Self::new(None, format!("{title} · Shirube"), content, language)
    }

    pub(super) fn problem(problem: &Problem, language: Language) -> Self {
        let search = (problem.status() == StatusCode::NOT_FOUND).then_some(language.pick(
            ("マニュアルを探す", "最初のページへ"),
            ("Search the manual", "To the first page"),
        ));
        let part = ProblemPart { language, problem, search };
        let part = part.render().expect("writing to a string cannot fail");
        Self::with(problem.title(language), part, language)
    }

    fn new(form: Option<Form>, title: String, content: String, language: Language) -> Self {
        let [style, theme, script] = ["style.css", "theme.js", "page.js"].map(assets::address);
        Self { language, title, form, content, style, theme, script }
    }

    pub(super) fn response(&self) -> Response {
        Html(self.render().expect("writing to a string cannot fail")).into_response()
    }
}
