//! A call of a tool, and its answer.

use rmcp::model::{CallToolRequestParams, CallToolResult, ContentBlock, ErrorData};
use serde::de::DeserializeOwned;
use serde_json::Value;
use shirube::{AnswerOptions, Error, Paste, report};

use super::bounded::{self, Document};
use super::tools::{AnswerLog, ExplainCode, GetArticle, SearchManual};
use super::{Server, untrusted};

/// More remedies than a person reads.
const MOST_REMEDIES: usize = 10;

/// Answers a call. A tool that there is not is the client's fault; wrong arguments and whatever else is wrong with the
/// words of the call are a result that is an error (SEP-1303), which the model sees and can mend.
pub(super) fn answer(
    server: &Server,
    request: &CallToolRequestParams,
) -> Result<CallToolResult, ErrorData> {
    let document = match request.name.as_ref() {
        "answer_log" => arguments(request).and_then(|call| answer_log(server, call)),
        "search_manual" => arguments(request).and_then(|call| search_manual(server, call)),
        "explain_code" => arguments(request).and_then(|call| explain_code(server, &call)),
        "get_article" => arguments(request).and_then(|call| get_article(server, &call)),
        unknown => {
            return Err(ErrorData::invalid_params(format!("there is no tool `{unknown}`"), None));
        }
    };
    Ok(document.map_or_else(|message| failed(&message), succeeded))
}

fn answer_log(server: &Server, call: AnswerLog) -> Result<Document, String> {
    let mut options = options(server, call.product, call.limit)?;
    options.input_format = call.input_format;
    let log = Paste::from(&call.log);
    let paste = match call.question {
        Some(question) => log.with_question(question),
        None => log,
    };
    let answer = server.manual.answer(paste, &options).map_err(said)?;
    Ok(bounded::answer(answer, server.language))
}

fn search_manual(server: &Server, call: SearchManual) -> Result<Document, String> {
    let options = options(server, call.product, call.limit)?;
    let answer = server.manual.answer(Paste::question(call.question), &options);
    Ok(bounded::answer(answer.map_err(said)?, server.language))
}

fn explain_code(server: &Server, call: &ExplainCode) -> Result<Document, String> {
    let found = server.manual.explain(call.code.trim()).map_err(said)?;
    Ok(Document { json: report::explanations_json(&found, server.language), shortened: false })
}

fn get_article(server: &Server, call: &GetArticle) -> Result<Document, String> {
    let article = server.manual.article(&call.id).map_err(said)?;
    let article = article.ok_or_else(|| format!("there is no article `{}`", call.id))?;
    Ok(bounded::article(article, server.clock.now().date()))
}

/// The options of a call, if its limit is within what its schema says.
fn options(
    server: &Server,
    product: Option<String>,
    limit: Option<usize>,
) -> Result<AnswerOptions, String> {
    let mut options = AnswerOptions::at(server.clock.now());
    options.product = product;
    options.limit = limit.unwrap_or(options.limit);
    let sound = limit.is_none_or(|limit| (1..=MOST_REMEDIES).contains(&limit));
    sound.then_some(options).ok_or_else(|| format!("limit is a number from 1 to {MOST_REMEDIES}"))
}

fn arguments<T: DeserializeOwned>(request: &CallToolRequestParams) -> Result<T, String> {
    serde_json::from_value(Value::Object(request.arguments.clone().unwrap_or_default()))
        .map_err(|error| format!("{}: {error}", request.name))
}

fn said(error: Error) -> String {
    let causes = std::iter::successors(Some(&error as &dyn std::error::Error), |it| it.source());
    causes.map(ToString::to_string).collect::<Vec<_>>().join(": ")
}

fn failed(message: &str) -> CallToolResult {
    CallToolResult::error(vec![ContentBlock::text(report::visible(message).into_owned())])
}

fn succeeded(document: Document) -> CallToolResult {
    let mut preface = untrusted::PREFACE.to_owned();
    if document.shortened {
        preface.push_str(untrusted::PREFACE_SHORTENED);
    }
    let structured = serde_json::from_str(&document.json).ok();
    let content = vec![ContentBlock::text(preface), ContentBlock::text(document.json)];
    let mut result = CallToolResult::success(content);
    result.structured_content = structured;
    result.with_meta(Some(untrusted::meta(document.shortened)))
}
