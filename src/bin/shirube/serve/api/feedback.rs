//! `POST /v1/feedback`: whether a remedy solved the problem. It is counted by the signature of the incident and
//! the id of the article; nothing else is kept.

use axum::Router;
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::routing::post;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use shirube::facts::Signature;
use shirube::misses;

use super::find_article;
use crate::serve::App;
use crate::serve::problem::Problem;

pub(super) fn router() -> Router<App> {
    Router::new().route("/v1/feedback", post(feedback))
}

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
}

async fn feedback(State(app): State<App>, request: Request) -> Result<StatusCode, Problem> {
    let (parts, body) = request.into_parts();
    let whole = app.bodies.read(&parts, body).await?;
    let said: Feedback = serde_json::from_slice(&whole.bytes).map_err(|_| unreadable())?;
    let signature = signature(&said.signature).ok_or_else(unreadable)?;
    let Some(store) = app.misses.clone() else { return Err(no_place()) };
    // An article that is counted under its path would be another one to whoever reads the counts.
    let article = find_article(&app, said.article).await?.id;
    let helped = said.helped;
    let feedback = misses::Feedback { at: app.clock.now(), signature, article, helped };
    let kept = tokio::task::spawn_blocking(move || store.record_feedback(&feedback)).await;
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
        "本文は JSON で、signature（16 桁の 16 進数）、article（記事の id）、helped（true か false）を書きます。",
        "The body is JSON with signature (16 hexadecimal digits), article (an id) and helped (true or false).",
    )
}

fn no_place() -> Problem {
    tracing::error!(
        "there is no directory to keep what is said of remedies in: neither XDG_STATE_HOME nor HOME is set"
    );
    Problem::internal()
}
