//! From the parser's events to segments.
//!
//! 1. text goes into the line buffer, with the marks of its markup;
//! 2. a line end, a block's end or an HTML tag closes the buffer into a segment (or a table cell);
//! 3. a closed line is looked at once for what site generators mean by it.

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, LinkType, Options, Parser, Tag, TagEnd};

use super::directive::{self, Fence};
use super::inline::{Inline, Mark, MarkKind};
use super::table::OpenTable;
use super::{Anchor, Document, LinkTarget, Quote, Segment, SegmentKind};

/// The Markdown that articles are written in; what is shown of them is read with the same.
pub(crate) const OPTIONS: Options = Options::ENABLE_TABLES
    .union(Options::ENABLE_FOOTNOTES)
    .union(Options::ENABLE_STRIKETHROUGH)
    .union(Options::ENABLE_TASKLISTS)
    .union(Options::ENABLE_HEADING_ATTRIBUTES);

/// Reads `source`, whose front matter is already taken away.
pub(in crate::article) fn read(source: &str) -> Document {
    let mut reader = DocumentReader::default();
    for (event, range) in Parser::new_ext(source, OPTIONS).into_offset_iter() {
        reader.at = range.start;
        reader.end = range.end;
        reader.event(event);
    }
    reader.close_table();
    reader.flush();
    reader.document
}

#[derive(Default)]
pub(super) struct DocumentReader {
    pub(super) document: Document,
    /// Where the event at hand begins and ends in the source.
    pub(super) at: usize,
    pub(super) end: usize,
    pub(super) line: Inline,
    pub(super) line_start: Option<usize>,
    pub(super) line_end: usize,
    pub(super) block: u32,
    pub(super) marks: Vec<(MarkKind, usize)>,
    pub(super) quotes: Vec<Quote>,
    /// Whether the next line is the first of a quotation.
    pub(super) quote_opens: bool,
    pub(super) admonition: Option<Quote>,
    /// Where the line began that opened the quotation or the admonition: the next line's segment
    /// takes it in, so that what is shown keeps it.
    pub(super) opening: Option<usize>,
    pub(super) lists: Vec<bool>,
    pub(super) item: Option<bool>,
    pub(super) heading: Option<u8>,
    pub(super) term: bool,
    pub(super) code: Option<String>,
    pub(super) table: Option<OpenTable>,
    /// Where the label of an open `[!INCLUDE [label](path)]` begins in the line.
    pub(super) include: Option<usize>,
    /// Whether the next text begins with the bracket that closes an include.
    pub(super) bracket: bool,
    /// How many elements are open that show a piece of a page: its headings are none of the article's.
    pub(super) demo: u32,
    /// The open `<a href>`: its place among the links, and where its text begins in the line.
    pub(super) anchor: Option<(usize, usize)>,
    /// An HTML element whose content is not text.
    pub(super) skipped: Option<&'static str>,
    /// The text of an open HTML block, with the source's bytes of its pieces.
    pub(super) html: Option<(String, Vec<(usize, usize)>)>,
}

impl DocumentReader {
    fn event(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.finish(tag),
            Event::Text(text) => self.text(&text),
            Event::Code(text) => {
                let start = self.line.text.len();
                self.push(&text.replace('\n', " "));
                self.mark(MarkKind::Code, start);
            }
            Event::Html(text) => match &mut self.html {
                Some((buffer, pieces)) => {
                    pieces.push((buffer.len(), self.at));
                    buffer.push_str(&text);
                }
                None => self.html_block(&text, &[]),
            },
            Event::InlineHtml(text) => self.inline_html(&text),
            Event::InlineMath(text) | Event::DisplayMath(text) => self.push(&text),
            Event::SoftBreak | Event::HardBreak => self.line_break(),
            Event::Rule => self.end_block(),
            Event::FootnoteReference(_) | Event::TaskListMarker(_) => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::Paragraph => self.next_block(),
            Tag::Heading { level, id, .. } => {
                self.close_table();
                self.end_block();
                self.heading = Some(level as u8);
                // An admonition that nobody ended is not about the next section.
                self.admonition = None;
                self.demo = 0;
                let offset = self.at;
                self.line_start = Some(offset);
                let anchor = id.map(|id| Anchor { name: id.to_string(), offset });
                self.document.anchors.extend(anchor);
            }
            Tag::BlockQuote(_) => self.open_quote(),
            Tag::CodeBlock(kind) => {
                self.end_block();
                self.line_start = Some(self.at);
                self.code = Some(match kind {
                    CodeBlockKind::Fenced(info) => info.to_string(),
                    CodeBlockKind::Indented => String::new(),
                });
            }
            Tag::HtmlBlock => {
                self.next_block();
                self.html = Some((String::new(), Vec::new()));
            }
            Tag::List(first) => self.open_list(first.is_some()),
            Tag::Item => self.open_item(),
            Tag::Table(_) if self.table.is_none() => {
                self.end_block();
                self.table = Some(OpenTable { start: self.at, ..OpenTable::default() });
            }
            Tag::TableHead if self.in_markdown_table() => self.open_row(true),
            Tag::TableRow if self.in_markdown_table() => self.open_row(false),
            Tag::TableCell if self.in_markdown_table() => self.open_cell(),
            Tag::Emphasis => self.open_mark(MarkKind::Emphasis),
            Tag::Strong => self.open_mark(MarkKind::Strong),
            Tag::Link { link_type, dest_url, .. } => self.open_link(link_type, &dest_url),
            Tag::Image { dest_url, .. } => self.link(&dest_url),
            Tag::FootnoteDefinition(_) => self.end_block(),
            _ => {}
        }
    }

    fn finish(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::HtmlBlock => {
                if let Some((buffer, pieces)) = self.html.take() {
                    self.html_block(&buffer, &pieces);
                    self.close_preformatted();
                }
                self.next_block();
            }
            TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::Item | TagEnd::FootnoteDefinition => {
                self.next_block();
                self.heading = None;
            }
            TagEnd::BlockQuote(_) => {
                self.end_block();
                self.opening = None;
                self.quotes.pop();
            }
            TagEnd::CodeBlock => {
                self.line_end = self.end;
                self.close_preformatted();
            }
            TagEnd::List(_) => self.close_list(),
            TagEnd::Table if self.in_markdown_table() => self.close_table(),
            TagEnd::TableHead | TagEnd::TableRow if self.in_markdown_table() => self.close_row(),
            TagEnd::TableCell if self.in_markdown_table() => self.close_cell(),
            TagEnd::TableCell => self.line.text.push(' '),
            TagEnd::Emphasis | TagEnd::Strong => self.close_mark(),
            TagEnd::Link => match self.include.take() {
                Some(start) => {
                    self.mark(MarkKind::Include, start);
                    self.bracket = true;
                }
                None => {
                    self.name_link();
                    self.close_mark();
                }
            },
            _ => {}
        }
    }

    fn text(&mut self, mut text: &str) {
        if std::mem::take(&mut self.bracket) {
            text = text.strip_prefix(']').unwrap_or(text);
        }
        if self.code.is_some() {
            self.line.text.push_str(text);
            self.line_end = self.end;
        } else {
            self.push(text);
        }
    }

    pub(super) fn push(&mut self, text: &str) {
        if self.skipped.is_some() || text.is_empty() {
            return;
        }
        if self.line_start.is_none() && !text.trim().is_empty() {
            self.line_start = Some(self.at);
        }
        self.line_end = self.line_end.max(self.end);
        self.line.text.push_str(text);
    }

    pub(super) fn open_mark(&mut self, kind: MarkKind) {
        self.marks.push((kind, self.line.text.len()));
    }

    pub(super) fn close_mark(&mut self) {
        if let Some((kind, start)) = self.marks.pop() {
            self.mark(kind, start);
        }
    }

    pub(super) fn mark(&mut self, kind: MarkKind, start: usize) {
        let end = self.line.text.len();
        if start < end {
            self.line.marks.push(Mark { range: start..end, kind });
        }
    }

    fn open_link(&mut self, link_type: LinkType, target: &str) {
        if let Some(length) = directive::include_opening(&self.line.text) {
            let start = self.line.text.len() - length;
            self.line.text.truncate(start);
            self.include = Some(start);
            self.document.includes = true;
            if self.line_start.is_none() {
                self.line_start = Some(self.at);
            }
            return;
        }
        self.open_mark(MarkKind::Link);
        if self.heading.is_some() && target.starts_with("#tab/") {
            // docfx writes tabs as first-level headings; they divide the section at hand.
            self.heading = Some(6);
        } else if !matches!(link_type, LinkType::Autolink | LinkType::Email) {
            self.link(target);
        }
    }

    pub(super) fn link(&mut self, target: &str) {
        let (target, text) = (target.to_owned(), String::new());
        self.document.links.push(LinkTarget { target, text, offset: self.at });
    }

    /// Notes the text of the Markdown link that ends here.
    fn name_link(&mut self) {
        let start = self.marks.last().map_or(usize::MAX, |(_, start)| *start);
        let text = self.line.text.get(start..).unwrap_or_default().trim();
        let mut links = self.document.links.iter_mut().rev();
        if let Some(link) = links.find(|link| link.offset == self.at) {
            text.clone_into(&mut link.text);
        }
    }

    pub(super) fn line_break(&mut self) {
        if self.heading.is_some() {
            self.line.text.push(' ');
        } else {
            self.flush();
        }
    }

    pub(super) fn next_block(&mut self) {
        self.flush();
        self.block += 1;
    }

    pub(super) fn end_block(&mut self) {
        self.next_block();
        self.heading = None;
    }

    pub(super) fn open_quote(&mut self) {
        self.end_block();
        self.quotes.push(Quote::Plain);
        self.quote_opens = true;
    }

    pub(super) fn open_list(&mut self, numbered: bool) {
        self.end_block();
        self.lists.push(numbered);
    }

    pub(super) fn open_item(&mut self) {
        self.end_block();
        self.item = Some(self.lists.last().copied().unwrap_or_default());
    }

    pub(super) fn close_list(&mut self) {
        self.end_block();
        self.lists.pop();
    }

    /// Closes the line buffer: into the cell that is open, or into a segment.
    pub(super) fn flush(&mut self) {
        if self.table.as_ref().is_some_and(|table| table.in_cell) {
            if !self.line.text.trim_end_matches([' ', '\n']).is_empty() {
                self.line.text.push('\n');
            }
            return;
        }
        let kind = match self.heading {
            Some(level) => SegmentKind::Heading(level),
            None if self.term => SegmentKind::Term,
            None => SegmentKind::Line,
        };
        self.close_segment(kind);
    }

    pub(super) fn close_segment(&mut self, kind: SegmentKind) {
        let mut text = std::mem::take(&mut self.line);
        let range = self.line_start.take().unwrap_or(self.at)..self.line_end;
        self.line_end = 0;
        self.marks.iter_mut().for_each(|(_, start)| *start = 0);
        self.include = self.include.map(|_| 0);
        if !matches!(kind, SegmentKind::Code(_)) {
            // The shortcode of an admonition is a directive, which comes next.
            let directive = kind == SegmentKind::Line && directive::fence(&text.text).is_some();
            if !directive && let Some(stripped) = directive::strip_shortcodes(&text.text) {
                text = Inline::from(stripped.as_str());
            }
            text = text.trimmed();
            if text.text.is_empty() {
                return;
            }
            if kind == SegmentKind::Line && self.directive(&mut text) {
                self.opening = self.quotes.last().or(self.admonition.as_ref()).map(|_| range.start);
                return;
            }
        }
        let start = self.opening.take().unwrap_or(range.start).min(range.start);
        self.add_segment(kind, start..range.end.max(start), text);
    }

    pub(super) fn add_segment(&mut self, kind: SegmentKind, range: Range<usize>, text: Inline) {
        let item = self.item.take();
        self.document.segments.push(Segment {
            kind,
            range,
            block: self.block,
            text,
            quote: self.admonition.or(self.quotes.last().copied()),
            depth: u16::try_from(self.lists.len()).unwrap_or(u16::MAX),
            item: item.is_some(),
            numbered: item.unwrap_or_default(),
        });
    }

    /// Understands a line that a site generator reads; whether nothing of it is left.
    fn directive(&mut self, text: &mut Inline) -> bool {
        if std::mem::take(&mut self.quote_opens)
            && let Some(open) = self.quotes.last_mut()
            && let Some((quote, length)) =
                directive::alert(&text.text).or_else(|| directive::label(&text.text))
        {
            *open = quote;
            *text = text.slice(length..text.text.len()).trimmed();
            return text.text.is_empty();
        }
        if let Some(after) = directive::layout(&text.text) {
            let length = text.text.len() - after.len();
            *text = text.slice(length..text.text.len()).trimmed();
            return text.text.is_empty();
        }
        let Some(fence) = directive::fence(&text.text) else { return false };
        match fence {
            Fence::Open(quote, _) => self.admonition = Some(quote),
            Fence::Close => self.admonition = None,
            Fence::Image(_) | Fence::Other => {}
        }
        let (Fence::Open(_, said) | Fence::Image(said)) = fence else { return true };
        *text = Inline::from(said);
        text.text.is_empty()
    }
}
