//! The paste of a request: the body as it is, or the parts of a form.
//!
//! A body of any other type than `multipart/form-data` is the paste itself, whatever the client calls
//! it: a log in JSON is a log. In a form, `text` is pasted text, `file` a file (as often as there are
//! files), and `q` a question about them, or alone. Empty parts are what a browser sends for fields that nobody filled in.

use std::sync::Arc;

use axum::body::{Body, Bytes};
use axum::extract::{FromRequest, Multipart, Request};
use axum::http::header::CONTENT_TYPE;

use super::App;
use super::body::MemoryPermit;
use super::problem::Problem;
use super::share::Client;

const MOST_PARTS: usize = 64;

#[derive(Debug, Default)]
pub(crate) struct Paste {
    pub(crate) files: Vec<PastedFile>,
    pub(crate) question: Option<String>,
    /// Other parts of a form, by name.
    pub(crate) fields: Vec<(String, String)>,
    /// Who sent it, with the memory that it takes until it is answered.
    pub(crate) sender: Option<(Client, MemoryPermit)>,
}

#[derive(Debug)]
pub(crate) struct PastedFile {
    /// `None` for text.
    pub(crate) name: Option<Arc<str>>,
    pub(crate) bytes: Bytes,
}

impl Paste {
    /// Everything as the library takes it.
    pub(crate) fn whole(&self) -> shirube::Paste<'_> {
        let files = self.files.iter();
        let paste = files.fold(shirube::Paste::default(), |paste, file| match &file.name {
            Some(name) => paste.with_file(Arc::clone(name), &*file.bytes),
            None => paste.with_text(&*file.bytes),
        });
        match &self.question {
            Some(question) => paste.with_question(question),
            None => paste,
        }
    }

    fn text(bytes: Bytes) -> Self {
        Self { files: vec![PastedFile { name: None, bytes }], ..Self::default() }
    }

    pub(crate) fn size(&self) -> usize {
        self.files.iter().map(|file| file.bytes.len()).sum()
    }
}

impl FromRequest<App> for Paste {
    type Rejection = Problem;

    async fn from_request(request: Request, app: &App) -> Result<Self, Problem> {
        let (parts, body) = request.into_parts();
        let (bytes, held) = app.bodies.read(&parts, body).await?;
        let sender = Some((Client::of(&parts), held));
        let kind = parts.headers.get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
        if !kind.is_some_and(|kind| kind.trim_start().starts_with("multipart/form-data")) {
            return Ok(Self { sender, ..Self::text(bytes) });
        }
        let request = Request::from_parts(parts, Body::from(bytes));
        let form = Multipart::from_request(request, app).await.map_err(|_| {
            Problem::malformed(
                "multipart/form-data に boundary がありません。",
                "multipart/form-data has no boundary.",
            )
        })?;
        Ok(Self { sender, ..fields(form).await? })
    }
}

async fn fields(mut form: Multipart) -> Result<Paste, Problem> {
    let mut paste = Paste::default();
    let broken = |_| {
        Problem::malformed(
            "multipart/form-data の区切りが壊れています。",
            "The parts of multipart/form-data are broken.",
        )
    };
    let mut count = 0;
    while let Some(field) = form.next_field().await.map_err(broken)? {
        count += 1;
        if count > MOST_PARTS {
            return Err(Problem::malformed(
                format!("フォームの項目は {MOST_PARTS} 個までです。"),
                format!("A form has at most {MOST_PARTS} parts."),
            ));
        }
        let name = field.name().unwrap_or_default().to_owned();
        let file = field.file_name().map(Arc::from);
        let bytes = field.bytes().await.map_err(broken)?;
        match name.as_str() {
            "file" | "text" | "q" if bytes.is_empty() => {}
            "file" => paste.files.push(PastedFile { name: file, bytes }),
            "text" => paste.files.push(PastedFile { name: None, bytes }),
            "q" => paste.question = Some(words(&bytes)),
            _ => paste.fields.push((name, words(&bytes))),
        }
    }
    Ok(paste)
}

fn words(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).trim().to_owned()
}
