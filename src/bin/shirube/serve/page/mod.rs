//! The page for people: one form, the answer below it, articles to read on.
//!
//! 1. [`form`] answers what was pasted: as a whole page where a browser sends the form by itself, as the
//!    part below the form where the page's script does;
//! 2. [`articles`] shows an article;
//! 3. [`login`] asks for the token, where one is needed;
//! 4. [`assets`] holds the files of the page, which are in the program.
//!
//! The HTML of answers comes from the library, with the words of the terminal. Everything works without
//! the script; with it, files can be dropped, texts copied, and what was asked is kept in the browser.
//! There is no build step: three small files are easier to review than what would build them.

mod articles;
mod assets;
mod form;
mod login;
mod shell;

use axum::Router;
use axum::response::Response;
use axum::routing::{get, post};
use shirube::source::Language;

use super::App;
use super::problem::Problem;
use shell::Shell;

pub(crate) fn router() -> Router<App> {
    Router::new()
        .route("/", get(form::home))
        .route("/answer", post(form::answer).get(form::home))
        .route("/articles/{*id}", get(articles::article))
        .route("/login", post(login::enter).get(login::ask))
        .route("/assets/{hash}/{name}", get(assets::file))
        .route("/favicon.svg", get(assets::icon))
}

/// A problem as a page; one that a token solves asks for it.
pub(crate) fn problem(problem: &Problem, language: Language) -> Response {
    let mut response = if problem.status() == axum::http::StatusCode::UNAUTHORIZED {
        login::page(language, false)
    } else {
        Shell::problem(problem, language).response()
    };
    *response.status_mut() = problem.status();
    response
}
