//! `POST /v1/answer`: what the knowledge base holds for a paste, as `shirube --json` says it.

use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::http::{HeaderMap, Uri};
use axum::response::Response;
use serde::Deserialize;
use serde::de::IgnoredAny;
use shirube::record::{self, Vocabulary};
use shirube::search::Answer;
use shirube::source::Stop;
use shirube::{AnswerOptions, Error, report};

use super::json;
use crate::serve::paste::Paste;
use crate::serve::problem::Problem;
use crate::serve::workers::By;
use crate::serve::{App, language};

/// How an answer is asked for, as the options of the command line are.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Parameters {
    pub(crate) product: Option<String>,
    limit: Option<u16>,
    /// Read by `language`, and named here so that it passes.
    #[serde(rename = "lang")]
    _lang: Option<IgnoredAny>,
    input_format: Option<String>,
    q: Option<String>,
    #[serde(default)]
    redact: bool,
}

pub(super) async fn answer(
    State(app): State<App>,
    uri: Uri,
    headers: HeaderMap,
    parameters: Result<Query<Parameters>, QueryRejection>,
    paste: Paste,
) -> Result<Response, Problem> {
    let Query(parameters) = parameters.map_err(|error| unreadable(&error))?;
    parameters.check(app.manual.searcher().vocabulary())?;
    let language = language::strict_language(&uri, &headers)?;
    if let Some((name, _)) = paste.fields.first() {
        let name = report::visible(name);
        return Err(Problem::malformed(
            format!("フォームに使えない項目があります: {name}。使えるのは text、file、q です。"),
            format!("The form has a part that there is not: {name}. There are text, file and q."),
        ));
    }
    let redacts = parameters.redact;
    let written = answered(&app, parameters, paste, move |mut answer, _, _| {
        if redacts {
            report::redact(&mut answer);
        }
        report::json(&answer, language)
    });
    Ok(json(written.await?))
}

/// Answers a paste and writes the answer, both where the processor's work is done.
pub(crate) async fn answered<T: Send + 'static>(
    app: &App,
    parameters: Parameters,
    mut paste: Paste,
    write: impl FnOnce(Answer, &Paste, &AnswerOptions) -> T + Send + 'static,
) -> Result<T, Problem> {
    let (asked, at) = (app.clone(), app.clock.now());
    let mut options = AnswerOptions::at(at);
    options.product = parameters.product;
    options.input_format = parameters.input_format;
    if let Some(limit) = parameters.limit {
        options.limit = limit.into();
    }
    paste.question = parameters.q.or(paste.question);
    let by = By { client: paste.sender.as_ref().map(|(client, _)| *client), bytes: paste.size() };
    let work = move |stop: &Stop| {
        options.stop = stop.clone();
        let mut answer = asked.manual.answer(paste.whole(), &options)?;
        if let Some(history) = &asked.history {
            history.answered(&asked.manual, &mut answer, at);
        }
        let answers = |it: &&shirube::search::IncidentAnswer| !it.remedies.is_empty();
        let found = (answer.incidents.len(), answer.incidents.iter().filter(answers).count());
        Ok::<_, Error>((found, write(answer, &paste, &options)))
    };
    let ((incidents, with_remedy), written) = app.workers.run_for(by, work).await??;
    app.metrics.answered(incidents as u64, with_remedy as u64);
    Ok(written)
}

impl Parameters {
    /// The parameters of a form, where fields that nobody filled in are empty.
    pub(crate) fn of_form(fields: &[(String, String)]) -> Self {
        let field = |name: &str| {
            let found = fields.iter().find(|(known, value)| known == name && !value.is_empty());
            found.map(|(_, value)| value.clone())
        };
        // The button that takes the scope away is beside the list of products, which sends its own choice.
        let any = fields
            .iter()
            .any(|(name, value)| name == "product" && value == AnswerOptions::ANY_PRODUCT);
        let product =
            if any { Some(AnswerOptions::ANY_PRODUCT.to_owned()) } else { field("product") };
        Self { product, input_format: field("input_format"), ..Self::default() }
    }

    /// Whether every value can be what it is.
    pub(crate) fn check(&self, vocabulary: &Vocabulary) -> Result<(), Problem> {
        if self.limit == Some(0) {
            return Err(Problem::parameter(
                "limit",
                "1 以上の数です。",
                "It is a number from 1 on.",
            ));
        }
        if let Some(name) = &self.input_format
            && !record::format_names(vocabulary).contains(&name.as_str())
        {
            let names = record::format_names(vocabulary).join(", ");
            return Err(Problem::parameter(
                "input_format",
                format!("使えるのは {names} です。付けなければ自動で見分けます。"),
                format!("It is one of {names}; without it the format is recognized."),
            ));
        }
        if self.q.as_ref().is_some_and(|question| question.trim().is_empty()) {
            return Err(Problem::parameter("q", "質問が空です。", "The question is empty."));
        }
        Ok(())
    }
}

fn unreadable(error: &QueryRejection) -> Problem {
    // serde's message names the parameter and its expected value, not the text around it.
    let why = error.body_text();
    Problem::malformed(
        format!(
            "クエリー パラメーターを読めません（{why}）。使えるものは /openapi.json にあります。"
        ),
        format!("The query parameters cannot be read ({why}). /openapi.json lists them."),
    )
}
