//! A Markdown text as a flat list of lines that know what they are.
//!
//! 1. [`reader`] walks the parser's events and closes a segment at each line end;
//! 2. [`cells`] reads tables, [`elements`] the HTML that is in Markdown as what it means, cut into
//!    tags by [`html`];
//! 3. [`dialect`] writes what other programs add to Markdown as directives that are known here;
//! 4. [`directive`] understands what docfx, Hugo, Jekyll and Docusaurus add to Markdown.

mod cells;
mod dialect;
mod directive;
mod elements;
mod html;
mod inline;
mod reader;
mod table;

use std::ops::Range;

pub(super) use dialect::common;
pub(crate) use dialect::without_samples;
pub(crate) use directive::tidy;
pub(super) use inline::{Inline, MarkKind};
pub(crate) use reader::OPTIONS;
pub(super) use reader::read;
pub(super) use table::{Row, Table};

#[derive(Debug, Clone, PartialEq, Default)]
pub(super) enum SegmentKind {
    /// A heading with its level, 1 to 6, and 7 for what only looks like one.
    Heading(u8),
    /// A line of a paragraph or a list item.
    #[default]
    Line,
    /// A term that is explained: `<dt>`, `<summary>`.
    Term,
    /// The end of the explanation: `</dl>`, `</details>`.
    TermEnd,
    /// A code block with its info string; each line of it follows the other in the text.
    Code(String),
    Table(Table),
}

/// The kind of a block quote or an admonition.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Quote {
    Plain,
    /// A note, a tip: read on.
    Note,
    /// `[!WARNING]`, `[!CAUTION]`, `:::danger`.
    Warning,
}

/// A line of a text, or a block that is not made of lines.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Segment {
    pub(super) kind: SegmentKind,
    /// The bytes of the source that it was read from, half-open.
    pub(super) range: Range<usize>,
    /// The paragraph, item or cell that it belongs to; lines of one block share the number.
    pub(super) block: u32,
    /// The text; of a table empty.
    pub(super) text: Inline,
    pub(super) quote: Option<Quote>,
    /// How many lists it is in.
    pub(super) depth: u16,
    /// Whether it begins a list item.
    pub(super) item: bool,
    /// Whether the list item has a number.
    pub(super) numbered: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct LinkTarget {
    pub(super) target: String,
    /// The text that is linked; empty of an image.
    pub(super) text: String,
    pub(super) offset: usize,
}

/// A name that a link can point at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Anchor {
    pub(super) name: String,
    pub(super) offset: usize,
}

#[derive(Debug, Default)]
pub(super) struct Document {
    pub(super) segments: Vec<Segment>,
    pub(super) links: Vec<LinkTarget>,
    /// The names that a link can point at, besides the headings: `<a name>`, `{#id}`.
    pub(super) anchors: Vec<Anchor>,
    /// Whether a generator puts text from other files into it.
    pub(super) includes: bool,
}
