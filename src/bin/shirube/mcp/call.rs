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

pub(super) enum Call {
    AnswerLog(AnswerLog),
    SearchManual(SearchManual),
    ExplainCode(ExplainCode),
    GetArticle(GetArticle),
}

impl Call {
    /// Reads what the client sent. A tool that there is not is the client's fault; wrong arguments are a result that is
    /// an error (SEP-1303), which the model sees and can mend.
    pub(super) fn read(
        request: &CallToolRequestParams,
    ) -> Result<Result<Self, CallToolResult>, ErrorData> {
        let call = match request.name.as_ref() {
            "answer_log" => arguments(request).map(Self::AnswerLog),
            "search_manual" => arguments(request).map(Self::SearchManual),
            "explain_code" => arguments(request).map(Self::ExplainCode),
            "get_article" => arguments(request).map(Self::GetArticle),
            unknown => {
                let message = format!("there is no tool `{unknown}`");
                return Err(ErrorData::invalid_params(message, None));
            }
        };
        Ok(call.and_then(Self::checked).map_err(|message| failed(&message)))
    }

    /// The call, if its values are within what its schema says.
    fn checked(self) -> Result<Self, String> {
        let limit = match &self {
            Self::AnswerLog(call) => call.limit,
            Self::SearchManual(call) => call.limit,
            Self::ExplainCode(_) | Self::GetArticle(_) => None,
        };
        if limit.is_some_and(|limit| !(1..=MOST_REMEDIES).contains(&limit)) {
            return Err(format!("limit is a number from 1 to {MOST_REMEDIES}"));
        }
        Ok(self)
    }

    /// Answers it. What is wrong with the words of the call is told to the model, which can mend it.
    pub(super) fn answer(self, server: &Server) -> CallToolResult {
        let mut options = AnswerOptions::at(server.clock.now());
        let (manual, language) = (&server.manual, server.language);
        let document = match self {
            Self::AnswerLog(call) => {
                options.product = call.product;
                options.input_format = call.input_format;
                options.limit = call.limit.unwrap_or(options.limit);
                let log = Paste::from(&call.log);
                let paste = match call.question {
                    Some(question) => log.with_question(question),
                    None => log,
                };
                let answer = manual.answer(paste, &options);
                answer.map(|answer| bounded::answer(answer, language))
            }
            Self::SearchManual(call) => {
                options.product = call.product;
                options.limit = call.limit.unwrap_or(options.limit);
                let answer = manual.answer(Paste::question(call.question), &options);
                answer.map(|answer| bounded::answer(answer, language))
            }
            Self::ExplainCode(call) => manual.explain(call.code.trim()).map(|found| Document {
                json: report::explanations_json(&found, language),
                shortened: false,
            }),
            Self::GetArticle(call) => match manual.article(&call.id) {
                Ok(Some(article)) => Ok(bounded::article(article, options.today)),
                Ok(None) => return failed(&format!("there is no article `{}`", call.id)),
                Err(error) => Err(error),
            },
        };
        match document {
            Ok(document) => succeeded(document),
            Err(error) => failed(&said(&error)),
        }
    }
}

fn arguments<T: DeserializeOwned>(request: &CallToolRequestParams) -> Result<T, String> {
    let arguments = request.arguments.clone().unwrap_or_default();
    serde_json::from_value(Value::Object(arguments))
        .map_err(|error| format!("{}: {error}", request.name))
}

fn said(error: &Error) -> String {
    let mut said = error.to_string();
    let mut cause = std::error::Error::source(error);
    while let Some(error) = cause {
        said.push_str(&format!(": {error}"));
        cause = error.source();
    }
    said
}

fn failed(message: &str) -> CallToolResult {
    let message = report::visible(message).into_owned();
    CallToolResult::error(vec![ContentBlock::text(message)])
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
