//! An article as a page, to read on from a remedy.

use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, Uri};
use axum::response::Response;
use shirube::report::{self, HtmlOptions};

use super::shell::Shell;
use crate::serve::api::{find_article, no_article};
use crate::serve::problem::Problem;
use crate::serve::{App, language};

pub(super) async fn article(
    State(app): State<App>,
    uri: Uri,
    headers: HeaderMap,
    id: Result<Path<String>, PathRejection>,
) -> Result<Response, Problem> {
    let language = language::preferred(&uri, &headers);
    let Path(id) = id.map_err(|_| no_article())?;
    let article = find_article(&app, id).await?;
    let options = HtmlOptions { language, today: app.clock.now().date() };
    Ok(Shell::with(&article.title, report::article_html(&article, &options), language).response())
}
