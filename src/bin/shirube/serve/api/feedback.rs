//! `POST /v1/feedback`: whether a remedy solved the problem. It is counted by the signature of the incident and
//! the id of the article; nothing else is kept, but a masked note where the server is told to remember. Then
//! `GET /v1/statistics` counts what was asked, answered and solved.

use axum::extract::{Request, State};
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderMap, HeaderValue, StatusCode, Uri};
use axum::response::{IntoResponse as _, Response};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use shirube::facts::Signature;
use shirube::{misses, report};

use super::find_article;
use crate::serve::problem::Problem;
use crate::serve::{App, language};

/// A person's feedback on a remedy.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Feedback {
    /// The signature of the incident, as the answer gives it.
    #[schemars(regex(pattern = "^[0-9a-f]{16}$"))]
    signature: String,
    /// The id of the article.
    article: String,
    /// Whether the problem is solved.
    helped: bool,
    /// A note for whoever meets it next, as a ticket's number; kept masked, where the server is told to remember.
    #[serde(default)]
    #[schemars(length(max = 200))]
    note: String,
}

pub(super) async fn feedback(
    State(app): State<App>,
    request: Request,
) -> Result<StatusCode, Problem> {
    let (parts, body) = request.into_parts();
    let (bytes, _held) = app.bodies.read(&parts, body).await?;
    let said: Feedback = serde_json::from_slice(&bytes).map_err(|_| unreadable())?;
    let signature = signature(&said.signature).ok_or_else(unreadable)?;
    if said.note.chars().count() > misses::LONGEST_NOTE {
        return Err(unreadable());
    }
    if app.history.is_none() && !said.note.is_empty() {
        return Err(Problem::no_history());
    }
    let Some(store) = app.misses.clone() else { return Err(no_place()) };
    // An article that is counted under its path would be another one to whoever reads the counts.
    let article = find_article(&app, said.article).await?.id;
    let helped = said.helped;
    let note = misses::masked_note(&said.note);
    let feedback = misses::Feedback { at: app.clock.now(), signature, article, helped, note };
    let kept = tokio::task::spawn_blocking(move || store.feedback.record(&[feedback])).await;
    match kept {
        Ok(Ok(())) => {
            app.metrics.feedback(helped);
            Ok(StatusCode::NO_CONTENT)
        }
        Ok(Err(error)) => {
            tracing::error!(error = %error, "what was said of a remedy cannot be kept");
            Err(Problem::internal())
        }
        Err(_) => Err(Problem::internal()),
    }
}

/// Sixteen lower-case hexadecimal digits.
fn signature(text: &str) -> Option<Signature> {
    let digits = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
    let sound = text.len() == 16 && text.bytes().all(digits);
    sound.then(|| u64::from_str_radix(text, 16).ok()).flatten().map(Signature)
}

fn unreadable() -> Problem {
    Problem::malformed(
        "本文は JSON で、signature（16 桁の 16 進数）、article（記事の id）、helped（true か false）、任意で note（200 文字まで）を書きます。",
        "The body is JSON with signature (16 hexadecimal digits), article (an id), helped (true or false) and, optionally, note (up to 200 characters).",
    )
}

pub(super) async fn statistics(
    State(app): State<App>,
    uri: Uri,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let language = language::strict_language(&uri, &headers)?;
    let store =
        app.misses.clone().filter(|_| app.history.is_some()).ok_or_else(Problem::no_history)?;
    let asked = app.clone();
    let table = app.workers.run(move || {
        if let Some(history) = &asked.history {
            history.settle();
        }
        let kept = store
            .read()
            .inspect_err(|error| tracing::error!(error = %error, "what was asked cannot be read"));
        let kept = kept.map_err(|_| Problem::internal())?;
        let rows = misses::statistics(&kept.asked, &kept.feedback);
        let articles = asked.manual.articles().unwrap_or_default();
        Ok::<_, Problem>(report::statistics_csv(&rows, &articles, language))
    });
    let kind = HeaderValue::from_static("text/csv; charset=utf-8");
    Ok(([(CONTENT_TYPE, kind)], table.await??).into_response())
}

fn no_place() -> Problem {
    tracing::error!(
        "there is no directory to keep what is said of remedies in: neither XDG_STATE_HOME nor HOME is set"
    );
    Problem::internal()
}
