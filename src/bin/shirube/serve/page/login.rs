//! Where a person gives the token for a session: a cookie that no script reads and no other site gets.

use askama::Template;
use axum::body::Body;
use axum::extract::{Query, State};
use axum::http::header::{HeaderValue, LOCATION, SET_COOKIE};
use axum::http::{HeaderMap, StatusCode, Uri};
use axum::response::{IntoResponse as _, Response};
use serde::Deserialize;
use shirube::source::Language;

use super::shell::Shell;
use crate::serve::guard::{COOKIE_NAME, slow_guess};
use crate::serve::problem::Problem;
use crate::serve::{App, body, language};

#[derive(Default, Deserialize)]
struct Given {
    token: String,
}

#[derive(Template)]
#[template(path = "page/login.html")]
struct Entrance {
    language: Language,
    wrong: bool,
}

/// The page that asks for the token; `wrong` says that one was given that is not it.
pub(super) fn page(language: Language, wrong: bool) -> Response {
    let content = Entrance { language, wrong }.render().expect("writing to a string cannot fail");
    Shell::with(language.pick("トークン", "Token"), content, language).response()
}

pub(super) async fn ask(uri: Uri, headers: HeaderMap) -> Response {
    page(language::preferred(&uri, &headers), false)
}

pub(super) async fn enter(
    State(app): State<App>,
    uri: Uri,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Problem> {
    let language = language::preferred(&uri, &headers);
    // Whoever has not given the token takes nothing of what others share.
    let bytes = body::read_small(body).await?;
    // A form is written as a query is.
    let form = format!("/?{}", String::from_utf8_lossy(&bytes)).parse().unwrap_or_default();
    let given = Query::<Given>::try_from_uri(&form).map(|given| given.0.token).unwrap_or_default();
    if app.guard.refuses(Some(given.trim())) {
        slow_guess(&app.guard).await;
        let mut response = page(language, true);
        *response.status_mut() = StatusCode::UNAUTHORIZED;
        return Ok(response);
    }
    let session = app.guard.sessions.open();
    let secure = if is_behind_tls(&headers) { "; Secure" } else { "" };
    let cookie = format!(
        "{COOKIE_NAME}={session}; Path=/; HttpOnly; SameSite=Strict; Max-Age=31536000{secure}"
    );
    let mut response =
        (StatusCode::SEE_OTHER, [(LOCATION, HeaderValue::from_static("/"))]).into_response();
    if let Ok(cookie) = HeaderValue::from_str(&cookie) {
        response.headers_mut().insert(SET_COOKIE, cookie);
    }
    Ok(response)
}

/// Whether the proxy in front says that the browser speaks TLS.
fn is_behind_tls(headers: &HeaderMap) -> bool {
    let says = |name: &str, expected: &str| {
        let values = headers.get_all(name).iter().filter_map(|value| value.to_str().ok());
        values.map(str::to_ascii_lowercase).any(|value| value.contains(expected))
    };
    says("x-forwarded-proto", "https") || says("forwarded", "proto=https")
}
