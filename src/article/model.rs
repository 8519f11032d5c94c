//! The parts of an article.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{Pattern, Role};
use crate::facts::Code;
use crate::source::Warning;

/// The requests of a stub to its author, in both languages: an article that still has one answers nothing.
pub(crate) const UNFILLED: &[&str] = &["（最初にすること）", "(the first thing to do)"];

/// One Markdown document of the knowledge base.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Article {
    /// The front matter's `id`, or the path without `.md`.
    pub id: String,
    /// The file, relative to the knowledge base, with `/` between its parts.
    pub path: String,
    /// The front matter's title, the first heading, or the file's name.
    pub title: String,
    /// The first heading, where the front matter gives another title: what the reader sees is a name, too.
    pub heading: Option<String>,
    /// The names of errors that its titles or its file's name say it is about: `C2065`, `AUTH-0231`.
    pub names: Vec<String>,
    /// The console that the article is about; `None` applies everywhere.
    pub product: Option<String>,
    /// The systems that the article is about; empty applies everywhere.
    pub platforms: Vec<String>,
    /// The codes that the front matter names.
    pub codes: Vec<Code>,
    /// The states that this article, and no other, explains.
    pub statuses: Vec<String>,
    /// Words that people search the article by: the front matter's, and those of the anchors that the title
    /// carries, which in a translated manual are the original's.
    pub keywords: Vec<String>,
    /// The front matter's `description`.
    pub description: Option<String>,
    /// Cautions before acting on any passage of the article.
    pub cautions: Vec<String>,
    /// Conditions over facts, as the front matter writes them.
    pub when: Vec<String>,
    /// Whether what it documents is no trouble, so that nothing is to be done.
    pub harmless: bool,
    /// Wordings with blanks whose values are in its passages.
    pub patterns: Vec<Pattern>,
    /// Whether it is above the answers of its product while it is valid.
    pub pinned: bool,
    /// When the article was last changed.
    pub updated: Option<Date>,
    /// The last day that the article's procedure works on.
    pub valid_until: Option<Date>,
    /// Where the article comes from, a link.
    pub source: Option<String>,
    /// Whether it is not for readers yet: the front matter says so, or a stub was not filled in.
    pub draft: bool,
    /// Who keeps it.
    pub owner: Option<String>,
    /// When somebody last found it right.
    pub reviewed: Option<Date>,
    /// The passages, which are ranked and shown, in order.
    pub passages: Vec<Passage>,
    /// The wordings that the article documents.
    pub templates: Vec<Template>,
    /// The article's own tests.
    pub samples: Vec<Sample>,
    /// Notes for the checks alone.
    pub outline: Outline,
    /// Warnings: parts that could not be read.
    pub warnings: Vec<Warning>,
}

/// The structure of an article that its checks look at.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Outline {
    /// The front matter's keys as written, each with its line, 1-based.
    pub keys: Vec<(String, u32)>,
    pub headings: Vec<Heading>,
    /// The links and the images, in order.
    pub links: Vec<Link>,
    /// The targets of links: the headings' anchors, `<a name>`, `{#id}`.
    pub anchors: Vec<String>,
    /// Whether a site generator puts text from other files into the article.
    pub includes: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    pub text: String,
    /// Its level, 1 to 6; 7 for a line that is set as a heading (`■概要`).
    pub level: u8,
    /// The file's line, 1-based.
    pub line: u32,
    /// Whether nothing is under it.
    pub empty: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// Where it points, as written.
    pub target: String,
    /// The file's line, 1-based.
    pub line: u32,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum PassageKind {
    /// The text under a heading.
    #[default]
    Section,
    Answer,
    Row,
}

/// The unit that is ranked and shown.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Passage {
    /// The heading path as an anchor, unique in the article; empty for the text before any heading.
    pub anchor: String,
    /// The heading path, without the title.
    pub section: Vec<String>,
    /// The words of the anchors that its heading carries, where they are not the heading's own.
    pub names: Vec<String>,
    pub kind: PassageKind,
    /// The question, of a Q/A pair or of a heading that asks.
    pub question: Option<String>,
    /// The Markdown of the passage alone, as it is shown.
    pub markdown: String,
    /// The plain text of the passage, as it is indexed: no markup, no samples.
    pub text: String,
    /// How people ask for it, in words that it need not have: indexed with it, never shown.
    pub asked: Vec<String>,
    /// Cautions before acting on this passage, besides the article's own.
    pub cautions: Vec<String>,
    /// Whether a step of the passage loses data or registration.
    pub destructive: bool,
    /// The lines with such steps, for the checks alone.
    pub(crate) losing: Vec<LosingLine>,
    /// The codes that are in the passage, its headings' and its row's first.
    pub codes: Vec<Code>,
    /// How many of these, from the first on, the passage is about; the others are merely mentioned.
    pub subject_codes: usize,
    /// The names of errors and of domains that the passage is about.
    pub subject_names: Vec<String>,
    /// Whether it is a row of a table that stands for an error: by a code, by the name of one, or by its message.
    pub of_error: bool,
    /// The headings that begin with this passage: its own, and those above it without a text of their own.
    pub opens: Vec<String>,
    /// The role that its heading tells.
    pub role: Role,
    /// Whether it says what to do: by its heading, its steps, its row's cell, a request.
    pub instructs: bool,
    /// Whether it says nothing but where to look.
    pub points: bool,
    /// Whether it would, were what is at the addresses that it names a page of the knowledge base, or had the error whose
    /// row it is a page of its own.
    pub leads: bool,
    /// Where it leads within the knowledge base.
    pub links: Vec<PassageLink>,
    /// Of a row the cell that says what its code means.
    pub meaning: Option<String>,
    /// The file's line that it begins at, 1-based.
    pub line: u32,
}

/// A line with a step that loses data or registration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct LosingLine {
    pub(crate) text: String,
    /// The same with its marks.
    pub(crate) source: String,
    /// Whether it is a step with a number.
    pub(crate) numbered: bool,
    /// The file's line, 1-based.
    pub(crate) line: u32,
}

/// The mark of a target that is the page of an error, by the error's name.
pub(crate) const OF_NAME: char = '=';

/// A link of a passage to another place of the knowledge base.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PassageLink {
    /// Where it points, as written; of a row without a link the name of its error after `=`.
    pub target: String,
    /// The line, item or row that it is in.
    pub words: String,
    /// The text that is linked.
    pub text: String,
    /// Whether it is the name of its row, or begins its line or item: of several the one to what that is about.
    pub heads: bool,
}

impl Article {
    /// When the article was last right: the day of its last change, or the later one on which somebody found it right.
    pub(crate) fn last_right(&self) -> Option<Date> {
        self.updated.max(self.reviewed)
    }

    /// Whether the article tells what has changed from one version to the next, by its title or its file's name.
    pub(crate) fn is_release_note(&self) -> bool {
        let name = self.path.rsplit('/').next().unwrap_or_default();
        let name = name.split('.').next().unwrap_or_default().replace(['-', '_'], " ");
        // `whats-new-in-1610`, `whats-new-archive`.
        let begun = name.split(' ').take(2).collect::<Vec<_>>().join(" ");
        [self.title.as_str(), &name, &begun]
            .iter()
            .any(|it| Role::of_title(it) == Role::ReleaseNote)
    }
}

impl Passage {
    /// The context of the passage, as it is indexed: headings, their names, the question, a line each.
    pub(crate) fn heading(&self) -> String {
        let lines = self.section.iter().chain(&self.names).chain(&self.question);
        lines.map(String::as_str).collect::<Vec<_>>().join("\n")
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TemplateOrigin {
    /// The front matter's `messages`.
    Message,
    /// A code span or a fence.
    Code,
    /// A quotation: `「」`, `『』`, `“”`, a block quote.
    Quote,
    Title,
    Heading,
    Cell,
    /// A line of running text.
    Line,
}

/// A piece of a template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    /// Words that are in every such message.
    Literal(String),
    /// A variable part, with the name of its placeholder (`profile`), or an empty name.
    Wildcard(String),
}

/// A message wording that an article documents, with its variable parts as wildcards.
#[derive(Debug, Clone, PartialEq)]
pub struct Template {
    /// The index of the passage that the wording is in.
    pub passage: usize,
    /// The wording as the article writes it.
    pub written: String,
    /// The wording in pieces.
    pub parts: Vec<Part>,
    pub origin: TemplateOrigin,
    /// The file's line that it is in, 1-based.
    pub line: u32,
}

/// A fence marked `log`: a paste that must bring up its article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sample {
    pub text: String,
    /// Whether the article need only be among the first three (`log shared`).
    pub shared: bool,
    /// The section that it must bring up (`log #anchor`), as in a link; `None` where the wording and the codes say it.
    pub section: Option<String>,
    /// The file's line that the fence begins at, 1-based.
    pub line: u32,
}
