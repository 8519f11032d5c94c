//! Problems of a request, as `application/problem+json` (RFC 9457), in both languages.

use std::sync::Arc;

use crate::errors::phrase;
use axum::Json;
use axum::http::header::{CONTENT_TYPE, HeaderName, HeaderValue, RETRY_AFTER};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use schemars::JsonSchema;
use serde::Serialize;
use shirube::Error;
use shirube::source::{Language, Phrase};

/// A request that was not answered: the status, what happened and what to do about it.
#[derive(Debug, Clone)]
pub(crate) struct Problem(Box<Parts>);

#[derive(Debug, Clone)]
struct Parts {
    status: StatusCode,
    /// The last part of the problem's `type`, which programs compare.
    kind: &'static str,
    title: Phrase,
    detail: Phrase,
    headers: Vec<(HeaderName, HeaderValue)>,
}

impl Problem {
    pub(crate) fn new(
        status: StatusCode,
        kind: &'static str,
        title: Phrase,
        detail: Phrase,
    ) -> Self {
        Self(Box::new(Parts { status, kind, title, detail, headers: Vec::new() }))
    }

    /// A request that cannot be made sense of.
    pub(crate) fn malformed(ja: impl Into<String>, en: impl Into<String>) -> Self {
        Self::new(
            StatusCode::BAD_REQUEST,
            "malformed",
            Phrase::new("リクエストを読み取れません", "The request cannot be read"),
            Phrase::new(ja, en),
        )
    }

    /// A parameter with a value that it cannot have.
    pub(crate) fn parameter(name: &str, ja: impl Into<String>, en: impl Into<String>) -> Self {
        Self::new(
            StatusCode::BAD_REQUEST,
            "parameter",
            phrase!(
                "パラメーター {name} の値が使えません",
                "The parameter {name} cannot have this value"
            ),
            Phrase::new(ja, en),
        )
    }

    /// Something that is not there.
    pub(crate) fn missing(ja: impl Into<String>, en: impl Into<String>) -> Self {
        Self::new(
            StatusCode::NOT_FOUND,
            "not-found",
            Phrase::new("見つかりません", "Not found"),
            Phrase::new(ja, en),
        )
    }

    /// More work than the server takes on at once.
    pub(crate) fn busy() -> Self {
        let busy = Self::new(
            StatusCode::SERVICE_UNAVAILABLE,
            "busy",
            Phrase::new("混み合っています", "The server is busy"),
            Phrase::new(
                "受け付けられる数を超えました。少し待ってから、もう一度送ってください。",
                "There are more requests than can be taken on. Wait a moment and send it again.",
            ),
        );
        busy.with(RETRY_AFTER, HeaderValue::from_static("1"))
    }

    /// Something that is wrong on the server's side; the reason is in its log.
    pub(crate) fn internal() -> Self {
        Self::new(
            StatusCode::INTERNAL_SERVER_ERROR,
            "internal",
            Phrase::new("サーバー内部のエラーです", "The server failed"),
            Phrase::new(
                "管理者はサーバーのログを確かめてください。",
                "Its administrator finds the reason in its log.",
            ),
        )
    }

    /// Adds a header to the response.
    pub(crate) fn with(mut self, name: HeaderName, value: HeaderValue) -> Self {
        self.0.headers.push((name, value));
        self
    }

    pub(crate) fn status(&self) -> StatusCode {
        self.0.status
    }

    pub(crate) fn title(&self, language: Language) -> &str {
        self.0.title.text(language)
    }

    pub(crate) fn detail(&self, language: Language) -> &str {
        self.0.detail.text(language)
    }

    /// The response for a program; `language` picks the sentences of `title` and `detail`.
    pub(crate) fn json(&self, language: Language) -> Response {
        let said = |language| Sentences {
            title: self.0.title.text(language).to_owned(),
            detail: self.0.detail.text(language).to_owned(),
        };
        let Sentences { title, detail } = said(language);
        let document = Document {
            kind: format!("urn:shirube:problem:{}", self.0.kind),
            title,
            status: self.0.status.as_u16(),
            detail,
            ja: said(Language::Ja),
            en: said(Language::En),
        };
        let kind = HeaderValue::from_static("application/problem+json");
        (self.0.status, [(CONTENT_TYPE, kind)], Json(document)).into_response()
    }

    /// Adds the problem's own headers.
    pub(crate) fn extend(&self, headers: &mut HeaderMap) {
        for (name, value) in &self.0.headers {
            headers.insert(name, value.clone());
        }
    }
}

/// The problem travels with the response, until the outermost layer knows for whom to write it.
impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let mut response = self.0.status.into_response();
        response.extensions_mut().insert(Arc::new(self));
        response
    }
}

/// The library could not answer.
impl From<Error> for Problem {
    fn from(error: Error) -> Self {
        match error {
            Error::Index(error) => tracing::error!(error = %error, "the index cannot be read"),
            // The others may hold words of the request.
            _ => tracing::error!("an answer failed"),
        }
        Self::internal()
    }
}

/// A problem as it is written out.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Problem")]
pub(crate) struct Document {
    /// The kind of problem: `urn:shirube:problem:` and a word.
    #[serde(rename = "type")]
    kind: String,
    /// A description, in the language of the request.
    title: String,
    /// The status of the response.
    status: u16,
    /// Why, and what to do about it, in the language of the request.
    detail: String,
    /// The same in Japanese.
    ja: Sentences,
    /// The same in English.
    en: Sentences,
}

#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "ProblemSentences")]
struct Sentences {
    /// The fault.
    title: String,
    /// Why, and what to do about it.
    detail: String,
}
