//! The knowledge base without a paste: codes, articles, check flows.

use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, Uri};
use axum::response::Response;
use shirube::search::ArticleText;
use shirube::{Error, report};

use super::json;
use crate::serve::problem::Problem;
use crate::serve::{App, language};

pub(super) async fn explain(
    State(app): State<App>,
    uri: Uri,
    headers: HeaderMap,
    code: Result<Path<String>, PathRejection>,
) -> Result<Response, Problem> {
    let Path(code) = code.map_err(|_| unreadable())?;
    let language = language::strict_language(&uri, &headers)?;
    let found = app.ask(move |manual| manual.explain(&code)).await?;
    let found = found.map_err(|error| match error {
        Error::NotACode { .. } => Problem::missing(
            "コードとして読めません。書き方の例: 4026、0x87D136CA、MCInstallationErrorDomain 4027",
            "That is not a code. For example: 4026, 0x87D136CA, MCInstallationErrorDomain 4027",
        ),
        error => Problem::from(error),
    })?;
    if found.is_empty() {
        return Err(Problem::missing(
            "このコードについて知られていることはありません。",
            "Nothing is known about this code.",
        ));
    }
    Ok(json(report::explanations_json(&found, language)))
}

pub(super) async fn articles(State(app): State<App>) -> Result<Response, Problem> {
    Ok(json(report::articles_json(&app.ask(|manual| manual.articles()).await??)))
}

pub(super) async fn article(
    State(app): State<App>,
    id: Result<Path<String>, PathRejection>,
) -> Result<Response, Problem> {
    let Path(id) = id.map_err(|_| unreadable())?;
    Ok(json(report::article_json(&find_article(&app, id).await?, app.clock.now().date())))
}

pub(crate) async fn find_article(app: &App, id: String) -> Result<ArticleText, Problem> {
    app.ask(move |manual| manual.article(&id)).await??.ok_or_else(no_article)
}

pub(super) async fn flows(State(app): State<App>) -> Result<Response, Problem> {
    Ok(json(app.ask(|manual| report::flow_list_json(manual.searcher().flows())).await?))
}

pub(crate) fn no_article() -> Problem {
    Problem::missing(
        "この記事はありません。名前が変わったか、なくなりました。",
        "There is no such article: it has another name now, or is gone.",
    )
}

fn unreadable() -> Problem {
    Problem::malformed("アドレスが UTF-8 ではありません。", "The address is not UTF-8.")
}
