//! Operation: health, figures, description.

use axum::extract::State;
use axum::http::HeaderValue;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse as _, Response};
use schemars::JsonSchema;
use serde::Serialize;

use super::json;
use crate::serve::App;

/// That the server is there and what it answers from.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Health {
    /// `ok`: what cannot answer does not listen.
    #[schemars(extend("const" = "ok"))]
    status: &'static str,
    /// The program's version.
    version: &'static str,
    /// How many articles the live snapshot holds.
    articles: u64,
}

pub(super) async fn health(State(app): State<App>) -> Response {
    let health = Health {
        status: "ok",
        version: env!("CARGO_PKG_VERSION"),
        articles: app.manual.searcher().snapshot().articles(),
    };
    axum::Json(health).into_response()
}

pub(super) async fn metrics(State(app): State<App>) -> Response {
    let text = app.metrics.text(app.workers.busy(), app.manual.searcher().snapshot().articles());
    let kind = "application/openmetrics-text; version=1.0.0; charset=utf-8";
    ([(CONTENT_TYPE, HeaderValue::from_static(kind))], text).into_response()
}

pub(super) async fn openapi(State(app): State<App>) -> Response {
    json(app.openapi.clone())
}
