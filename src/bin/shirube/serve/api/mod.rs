//! The API for programs: one file a group of routes.

mod answer;
mod feedback;
mod operation;
mod reference;

use axum::Router;
use axum::http::HeaderValue;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse as _, Response};
use axum::routing::{get, post};

use super::App;
pub(crate) use answer::{Parameters, answered};
pub(crate) use feedback::Feedback;
pub(crate) use operation::Health;
pub(crate) use reference::{find_article, no_article};

pub(crate) fn router() -> Router<App> {
    Router::new()
        .route("/v1/answer", post(answer::answer))
        .route("/v1/explain/{*code}", get(reference::explain))
        .route("/v1/articles", get(reference::articles))
        .route("/v1/articles/{*id}", get(reference::article))
        .route("/v1/flows", get(reference::flows))
        .route("/v1/feedback", post(feedback::feedback))
        .route("/v1/statistics", get(feedback::statistics))
        .route("/health", get(operation::health))
        .route("/metrics", get(operation::metrics))
        .route("/openapi.json", get(operation::openapi))
}

fn json(document: String) -> Response {
    ([(CONTENT_TYPE, HeaderValue::from_static("application/json"))], document).into_response()
}
