//! The answer as a part of a page, for a person at a browser.
//!
//! 1. [`answer`] and [`flow`] lay out what `report::view` says, with the very words of the terminal;
//! 2. [`pasted`] marks in the pasted text what matched;
//! 3. [`passage`] makes harmless HTML of an article's Markdown;
//! 4. the templates under `templates/page/` put it together; they escape everything that is not HTML by
//!    its type.
//!
//! The page around it, with its forms and its files, belongs to whoever serves it. It is expected to have
//! addresses of the form `/articles/ID`.

mod answer;
mod flow;
mod letters;
mod passage;
mod pasted;

use askama::Template;
use jiff::civil::Date;

use super::view::markdown::Around;
use super::view::{self, remedy};
use crate::flow::Flow;
use crate::search::{Answer, ArticleText};
use crate::source::{Language, encoded_path};

/// How HTML is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HtmlOptions {
    /// The language of the fixed words.
    pub language: Language,
    /// The day that ages are counted from.
    pub today: Date,
}

/// A pasted text, or a file, as it was decoded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PastedText<'t> {
    /// The name that the reading gave it; `None` for text.
    pub name: Option<&'t str>,
    /// Its text.
    pub text: &'t str,
}

/// Text that is HTML already, and harmless.
#[derive(Debug, Clone, Default)]
struct Html(String);

impl std::fmt::Display for Html {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl askama::filters::HtmlSafe for Html {}

/// The answer as HTML: the incidents with their remedies, what `pasted` says with its marks, and the
/// check flows, which `flows` describe.
///
/// Nothing in it runs or loads anything, whatever log and articles say.
#[must_use]
pub fn answer_html(
    answer: &Answer,
    pasted: &[PastedText<'_>],
    flows: &[Flow],
    options: &HtmlOptions,
) -> String {
    written(&answer::page(answer, pasted, flows, options))
}

/// The title of a page with the answer: its first incident, and how many more there are.
#[must_use]
pub fn answer_title(answer: &Answer, language: Language) -> String {
    answer::title(answer, language)
}

/// An article as HTML, with its cautions before its text.
#[must_use]
pub fn article_html(article: &ArticleText, options: &HtmlOptions) -> String {
    let around = Around { path: &article.path, ..Around::default() };
    let (text, contents) = if article.passage_id.is_some() {
        (html(&article.markdown, around, 1), Vec::new())
    } else {
        let titled = Around { heading: Some(article.title.trim()), ..around };
        with_contents(html(&article.markdown, titled, 1))
    };
    let HtmlOptions { language, today } = *options;
    written(&ArticlePage { language, today, article, around, contents, text })
}

#[derive(Template)]
#[template(path = "page/article.html")]
struct ArticlePage<'a> {
    language: Language,
    today: Date,
    article: &'a ArticleText,
    around: Around<'a>,
    /// The headings: where they are, and their words.
    contents: Vec<(String, Html)>,
    text: Html,
}

fn written(template: &impl Template) -> String {
    template.render().expect("writing to a string cannot fail")
}

fn html(markdown: &str, around: Around<'_>, level: usize) -> Html {
    Html(passage::render(markdown, around, level))
}

/// The cautions of a remedy from the article at `path`, with the one that nobody wrote down.
fn cautions(written: &[String], destructive: bool, path: &str, language: Language) -> Vec<Html> {
    let around = Around { path, ..Around::default() };
    let cautions = remedy::cautions(written, destructive, language).into_iter();
    cautions.map(|caution| html(caution, around, 4)).collect()
}

/// Gives every heading a name to be led to by, and lists them. What is given is harmless HTML without any `id`.
fn with_contents(text: Html) -> (Html, Vec<(String, Html)>) {
    let mut named = String::with_capacity(text.0.len());
    let mut contents = Vec::new();
    let mut rest = text.0.as_str();
    while let Some((at, tag)) =
        ["<h3>", "<h4>"].iter().filter_map(|tag| Some((rest.find(tag)?, *tag))).min()
    {
        let (before, behind) = rest.split_at(at);
        let behind = behind.strip_prefix(tag).unwrap_or(behind);
        let end = behind.find("</h").unwrap_or(behind.len());
        let (heading, behind) = behind.split_at(end);
        let name = format!("section-{}", contents.len() + 1);
        let level = tag.trim_matches(['<', '>']);
        named.push_str(&format!("{before}<{level} id=\"{name}\">{heading}"));
        // A link within a link is none.
        let words = Html(
            heading
                .split('<')
                .map(|part| part.split_once('>').map_or(part, |(_, it)| it))
                .collect(),
        );
        contents.push((name, words));
        rest = behind;
    }
    named.push_str(rest);
    (Html(named), contents)
}

/// A link, where it is one that a browser may follow.
fn outside(link: Option<&str>) -> Option<&str> {
    link.filter(|link| link.starts_with("https://") || link.starts_with("http://"))
}

fn address(id: &str, anchor: &str) -> String {
    let hash = if anchor.is_empty() { "" } else { "#" };
    format!("/articles/{}{hash}{}", encoded_path(id), encoded_path(anchor))
}

#[cfg(test)]
mod tests;
