//! The form, and what it is answered with.

use std::fmt::Write as _;
use std::sync::Arc;

use axum::extract::State;
use axum::http::header::{HeaderValue, SET_COOKIE};
use axum::http::{HeaderMap, Uri};
use axum::response::{Html, IntoResponse as _, Response};
use shirube::facts::{Private, Pseudonyms};
use shirube::record::{NameReader, ReadOptions};
use shirube::report::{self, HtmlOptions, PastedText};
use shirube::source::{Language, decode, lines};

use super::shell::{Form, Shell};
use crate::serve::api::{Parameters, answered};
use crate::serve::paste::Paste;
use crate::serve::problem::Problem;
use crate::serve::{App, language};

/// The most bytes of a paste that the form shows again, where the browser sent it by itself.
const REPEATED: usize = 256 << 10;
/// The most bytes of masked text that the browser may keep.
const KEPT: usize = 32 << 10;

pub(super) async fn home(State(app): State<App>, uri: Uri, headers: HeaderMap) -> Response {
    let language = language::preferred(&uri, &headers);
    let mut response = Shell::with_form(Form::of(&app), String::new(), language).response();
    remember(&mut response, &uri, language);
    response
}

/// Who has picked a language keeps it on the pages that follow.
fn remember(response: &mut Response, uri: &Uri, language: Language) {
    let cookie = language.pick(
        "shirube_lang=ja; Path=/; SameSite=Lax; Max-Age=31536000",
        "shirube_lang=en; Path=/; SameSite=Lax; Max-Age=31536000",
    );
    if uri.query().is_some_and(|query| query.contains("lang=")) {
        response.headers_mut().append(SET_COOKIE, HeaderValue::from_static(cookie));
    }
}

pub(super) async fn answer(
    State(app): State<App>,
    uri: Uri,
    headers: HeaderMap,
    paste: Paste,
) -> Result<Response, Problem> {
    let language = language::preferred(&uri, &headers);
    if paste.files.is_empty() && paste.question.is_none() {
        let form = Form { empty: true, ..Form::of(&app) };
        return Ok(Shell::with_form(form, String::new(), language).response());
    }
    // The page's script wants the part below the form alone.
    let part = headers.contains_key("x-shirube-part");
    let parameters = Parameters::of_form(&paste.fields);
    parameters.check(app.manual.searcher().vocabulary())?;
    let mut form = Form {
        product: parameters.product.clone().unwrap_or_default(),
        question: paste.question.clone().unwrap_or_default(),
        asked: true,
        ..Form::of(&app)
    };
    let flows = Arc::clone(app.manual.searcher().flows());
    let written = answered(&app, parameters, paste, move |answer, paste, options| {
        let decoded: Vec<_> = paste.files.iter().map(|file| decode(&file.bytes)).collect();
        let texts: Vec<PastedText<'_>> = (paste.files.iter().zip(&decoded))
            .map(|(file, decoded)| PastedText { name: file.name.as_deref(), text: &decoded.text })
            .collect();
        let html = HtmlOptions { language, today: options.today };
        let mut content = report::answer_html(&answer, &texts, &flows, &html);
        let title = report::answer_title(&answer, language);
        content.push_str(&masked(&texts, paste.question.as_deref(), &title));
        let first = texts.iter().find(|text| text.name.is_none() && text.text.len() <= REPEATED);
        let text = first.map(|text| text.text.to_owned()).unwrap_or_default();
        (content, text, title)
    });
    let (content, text, title) = written.await?;
    if part {
        return Ok(Html(content).into_response());
    }
    form.text = text;
    form.title = title;
    let mut response = Shell::with_form(form, content, language).response();
    remember(&mut response, &uri, language);
    Ok(response)
}

/// The paste, the question and the title without people and places: all that the browser may keep of them.
fn masked(texts: &[PastedText<'_>], question: Option<&str>, title: &str) -> String {
    let mut pseudonyms = Pseudonyms::default();
    let mut kept = String::new();
    for text in texts {
        let beginning = beginning(text.text, KEPT.saturating_sub(kept.len()));
        for (kind, name) in NameReader::default().read(beginning, &ReadOptions::default()).iter() {
            pseudonyms.learn(kind, name);
        }
        let mut private = Private::default();
        for line in lines(beginning) {
            kept.push_str(&pseudonyms.mask_piece(line.text, &mut private));
            kept.push('\n');
        }
    }
    let question = question.map(|question| pseudonyms.mask(question)).unwrap_or_default();
    let mut html = String::new();
    let title = pseudonyms.mask(title);
    for (id, text) in
        [("masked-text", &kept), ("masked-question", &question), ("masked-title", &title)]
    {
        // Writing to a string cannot fail.
        let _ = write!(html, "<pre id=\"{id}\" hidden>\n{}</pre>", escaped(text));
    }
    html
}

/// The whole lines that a text of at most `most` bytes begins with.
fn beginning(text: &str, most: usize) -> &str {
    if text.len() <= most {
        return text;
    }
    let end = text.floor_char_boundary(most);
    let head = text.get(..end).unwrap_or_default();
    head.rfind('\n').and_then(|end| head.get(..=end)).unwrap_or_default()
}

/// Text within an element.
fn escaped(text: &str) -> String {
    report::visible_columns(text).replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
