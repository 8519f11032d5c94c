//! Problems of a request, as `application/problem+json` (RFC 9457), in both languages.

use std::sync::Arc;

use crate::errors::phrase;
use axum::Json;
use axum::http::header::{
    ACCEPT_ENCODING, CONNECTION, CONTENT_TYPE, HeaderName, HeaderValue, LINK, RETRY_AFTER,
    WWW_AUTHENTICATE,
};
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

    pub(crate) fn malformed(ja: impl Into<String>, en: impl Into<String>) -> Self {
        Self::new(
            StatusCode::BAD_REQUEST,
            "malformed",
            Phrase::new("リクエストを読み取れません", "The request cannot be read"),
            Phrase::new(ja, en),
        )
    }

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

    pub(crate) fn missing(ja: impl Into<String>, en: impl Into<String>) -> Self {
        Self::new(
            StatusCode::NOT_FOUND,
            "not-found",
            Phrase::new("見つかりません", "Not found"),
            Phrase::new(ja, en),
        )
    }

    fn with(mut self, name: HeaderName, value: HeaderValue) -> Self {
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
        let said =
            |language| Sentences { title: self.title(language), detail: self.detail(language) };
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

    pub(crate) fn extend(&self, headers: &mut HeaderMap) {
        for (name, value) in &self.0.headers {
            headers.insert(name, value.clone());
        }
    }
}

/// Declares the problems that are always told alike: the status, the kind and, in both languages, the title and the detail;
/// headers of the response may follow.
macro_rules! problems {
    ($($(#[$about:meta])* $name:ident = $status:ident, $kind:literal $(, $header:expr => $value:literal)*;
        $title_ja:literal, $title_en:literal;
        $detail_ja:literal, $detail_en:literal;
    )+) => {
        impl Problem {
            $(
                $(#[$about])*
                pub(crate) fn $name() -> Self {
                    let title = Phrase::new($title_ja, $title_en);
                    let detail = Phrase::new($detail_ja, $detail_en);
                    let problem = Self::new(StatusCode::$status, $kind, title, detail);
                    problem$(.with($header, HeaderValue::from_static($value)))*
                }
            )+
        }
    };
}

problems! {
    /// More work than the server takes on at once.
    busy = SERVICE_UNAVAILABLE, "busy", RETRY_AFTER => "1";
        "混み合っています", "The server is busy";
        "受け付けられる数を超えました。少し待ってから、もう一度送ってください。",
        "There are more requests than can be taken on. Wait a moment and send it again.";

    /// Something that is wrong on the server's side; the reason is in its log.
    internal = INTERNAL_SERVER_ERROR, "internal";
        "サーバー内部のエラーです", "The server failed";
        "管理者はサーバーのログを確かめてください。", "Its administrator finds the reason in its log.";

    /// An answer that takes longer than whoever asks waits.
    late = SERVICE_UNAVAILABLE, "too-slow", RETRY_AFTER => "5";
        "時間内に答えられませんでした", "There was no answer in time";
        "ログを短くするか、少し待ってから、もう一度送ってください。",
        "Shorten the log, or wait a moment, and send it again.";

    /// A body that does not arrive in time. Its rest would be taken for the next request.
    too_slow = REQUEST_TIMEOUT, "too-slow", CONNECTION => "close";
        "本文が届くのが遅すぎます", "The body arrives too slowly";
        "接続を確かめて、もう一度送ってください。", "Check the connection and send it again.";

    /// A compressed body, which would be read as text.
    packed = UNSUPPORTED_MEDIA_TYPE, "packed", ACCEPT_ENCODING => "identity";
        "圧縮された本文は受け取れません", "A packed body is not taken";
        "Content-Encoding を付けず、展開した本文を送ってください。",
        "Send the body unpacked, without Content-Encoding.";

    foreign_host = MISDIRECTED_REQUEST, "foreign-host";
        "このサーバーの名前ではありません", "This is not the server's name";
        "Host ヘッダーが無いか、許可されていない名前です。起動のときに --allow-host で名前を指定できます。",
        "There is no Host header, or a name that is not allowed. --allow-host allows a name when the server is started.";

    foreign_origin = FORBIDDEN, "foreign-origin";
        "ほかのサイトからは使えません", "Other sites may not ask";
        "ほかのサイトのページから送られたリクエストです。Shirube のページから使ってください。",
        "The request comes from a page of another site. Use the page of Shirube.";

    no_token = UNAUTHORIZED, "no-token", WWW_AUTHENTICATE => "Bearer realm=\"shirube\"";
        "トークンが必要です", "A token is needed";
        "Authorization: Bearer のあとに、管理者から受け取ったトークンを付けてください。",
        "Send the token that the administrator gave you behind Authorization: Bearer.";

    no_history = CONFLICT, "history";
        "記録がありません", "There is no history";
        "このサーバーは記録を残していません。残すには、サーバーの設定ファイルの [serve] に history = true と書いて起動し直します。",
        "This server keeps no history. Write history = true under [serve] in its settings and start it again.";

    no_method = METHOD_NOT_ALLOWED, "method";
        "このメソッドは使えません", "The method is not allowed";
        "使えるメソッドは Allow ヘッダーと /openapi.json にあります。",
        "The Allow header and /openapi.json name those that are.";

    no_address = NOT_FOUND, "not-found", LINK => "</openapi.json>; rel=\"service-desc\"";
        "見つかりません", "Not found";
        "このアドレスには何もありません。", "There is nothing at this address.";
}

/// The problem travels with the response, until the outermost layer knows for whom to write it.
impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let mut response = self.0.status.into_response();
        response.extensions_mut().insert(Arc::new(self));
        response
    }
}

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
pub(crate) struct Document<'a> {
    /// The kind of problem: `urn:shirube:problem:` and a word.
    #[serde(rename = "type")]
    kind: String,
    /// A description, in the language of the request.
    title: &'a str,
    /// The status of the response.
    status: u16,
    /// Why, and what to do about it, in the language of the request.
    detail: &'a str,
    /// The same in Japanese.
    ja: Sentences<'a>,
    /// The same in English.
    en: Sentences<'a>,
}

#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "ProblemSentences")]
struct Sentences<'a> {
    /// The fault.
    title: &'a str,
    /// Why, and what to do about it.
    detail: &'a str,
}
