//! For whom a response is written: problems become JSON for programs and a page for people, in the
//! language that they ask in, and every response carries the headers that a browser is strict by.

use std::sync::Arc;

use axum::extract::Request;
use axum::http::header::{
    ACCEPT, ACCEPT_LANGUAGE, CACHE_CONTROL, CONTENT_LANGUAGE, CONTENT_SECURITY_POLICY, HeaderName,
    HeaderValue, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{HeaderMap, Uri};
use axum::middleware::Next;
use axum::response::Response;
use shirube::source::Language;

use super::guard::cookies;
use super::page;
use super::problem::Problem;

/// Nothing comes from anywhere else, and nothing but the files of the program runs. A form leads here
/// alone, and no other page may frame this one.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; \
                      connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; \
                      require-trusted-types-for 'script'; trusted-types shirube";

/// The language of a request: `lang`, else the one picked on the page, else the browser's, else Japanese.
pub(crate) fn preferred(uri: &Uri, headers: &HeaderMap) -> Language {
    let asked = uri.query().and_then(|query| {
        query.split('&').find_map(|pair| Language::from_tag(pair.strip_prefix("lang=")?))
    });
    let spoken = || {
        let tags = headers.get(ACCEPT_LANGUAGE)?.to_str().ok()?;
        tags.split(',').find_map(|tag| Language::from_tag(tag.split(';').next()?.trim()))
    };
    let picked = || cookies(headers, "shirube_lang").find_map(Language::from_tag);
    asked.or_else(picked).or_else(spoken).unwrap_or_default()
}

/// The language of an answer of the API, which takes no word that is none.
pub(crate) fn strict_language(uri: &Uri, headers: &HeaderMap) -> Result<Language, Problem> {
    let pairs = uri.query().into_iter().flat_map(|query| query.split('&'));
    let asked: Vec<&str> = pairs.filter_map(|pair| pair.strip_prefix("lang=")).collect();
    if asked.len() > 1 || asked.iter().any(|tag| !matches!(*tag, "ja" | "en")) {
        return Err(Problem::parameter("lang", "ja か en です。", "It is ja or en."));
    }
    Ok(preferred(uri, headers))
}

/// Writes problems out, and adds the headers.
pub(crate) async fn speak(request: Request, next: Next) -> Response {
    let language = preferred(request.uri(), request.headers());
    let person = request
        .headers()
        .get(ACCEPT)
        .and_then(|accept| accept.to_str().ok())
        .is_some_and(|accept| accept.contains("text/html"));
    let mut response = next.run(request).await;
    if let Some(problem) = response.extensions_mut().remove::<Arc<Problem>>() {
        let allowed = response.headers().get(axum::http::header::ALLOW).cloned();
        response = if person { page::problem(&problem, language) } else { problem.json(language) };
        problem.extend(response.headers_mut());
        if let Some(allowed) = allowed {
            response.headers_mut().insert(axum::http::header::ALLOW, allowed);
        }
        response.headers_mut().insert(CONTENT_LANGUAGE, HeaderValue::from_static(language.tag()));
    }
    let headers = response.headers_mut();
    for (name, value) in [
        (CONTENT_SECURITY_POLICY, POLICY),
        (X_CONTENT_TYPE_OPTIONS, "nosniff"),
        // Without a referrer a browser does not tell the origin of a form either, not even to its own site.
        (REFERRER_POLICY, "same-origin"),
        (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
        (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    // An answer is for whoever asked.
    headers.entry(CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    response
}
