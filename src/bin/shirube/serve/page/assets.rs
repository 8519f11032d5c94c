//! The files of the page, in the program; an address names its content, so browsers may keep it for good.

use std::sync::LazyLock;

use axum::extract::Path;
use axum::http::HeaderValue;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::{IntoResponse as _, Response};
use xxhash_rust::xxh3::xxh3_64;

use crate::serve::problem::Problem;

struct Asset {
    name: &'static str,
    kind: &'static str,
    text: &'static str,
    address: String,
}

static ASSETS: LazyLock<Vec<Asset>> = LazyLock::new(|| {
    let script = "text/javascript; charset=utf-8";
    let files = [
        ("style.css", "text/css; charset=utf-8", include_str!("assets/style.css")),
        ("theme.js", script, include_str!("assets/theme.js")),
        ("page.js", script, include_str!("assets/page.js")),
    ];
    let asset = |(name, kind, text): (&'static str, &'static str, &'static str)| Asset {
        name,
        kind,
        text,
        address: format!("/assets/{:016x}/{name}", xxh3_64(text.as_bytes())),
    };
    files.into_iter().map(asset).collect()
});

pub(super) fn address(name: &str) -> &'static str {
    ASSETS.iter().find(|asset| asset.name == name).map_or("", |asset| &asset.address)
}

pub(super) async fn file(Path((_, name)): Path<(String, String)>) -> Result<Response, Problem> {
    let asset = ASSETS.iter().find(|asset| asset.name == name).ok_or_else(|| {
        Problem::missing("この名前のファイルはありません。", "There is no file of this name.")
    })?;
    Ok(kept(asset.kind, asset.text))
}

pub(super) async fn icon() -> Response {
    kept("image/svg+xml", include_str!("assets/favicon.svg"))
}

fn kept(kind: &'static str, text: &'static str) -> Response {
    let headers = [
        (CONTENT_TYPE, HeaderValue::from_static(kind)),
        (CACHE_CONTROL, HeaderValue::from_static("public, max-age=31536000, immutable")),
    ];
    (headers, text).into_response()
}
