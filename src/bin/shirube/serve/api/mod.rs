//! The API for programs: one file a group of routes.

mod answer;
mod feedback;
mod operation;
mod reference;

use axum::Router;
use axum::http::HeaderValue;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse as _, Response};

use super::App;
pub(crate) use answer::{Parameters, answered};
pub(crate) use feedback::Feedback;
pub(crate) use operation::Health;
pub(crate) use reference::{find_article, no_article};

pub(crate) fn router() -> Router<App> {
    Router::new()
        .merge(answer::router())
        .merge(reference::router())
        .merge(feedback::router())
        .merge(operation::router())
}

/// A JSON document that is written already.
fn json(document: String) -> Response {
    let kind = HeaderValue::from_static("application/json");
    ([(CONTENT_TYPE, kind)], document).into_response()
}
