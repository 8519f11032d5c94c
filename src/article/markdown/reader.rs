//! From the parser's events to segments.
//!
//! 1. text goes into the line buffer, with the marks of its markup;
//! 2. a line end, a block's end or an HTML tag closes the buffer into a segment (or a table cell);
//! 3. a closed line is looked at once for what site generators mean by it.

use pulldown_cmark::{CodeBlockKind, Event, LinkType, Options, Parser, Tag, TagEnd};

use super::directive::{self, Fence};
use super::html::{self, Token};
use super::inline::{Inline, Mark, MarkKind};
use super::table::{Row, Table};
use super::{Document, LinkTarget, Quote, Segment, SegmentKind};

/// Reads `source`, whose front matter is already taken away.
pub(in crate::article) fn read(source: &str) -> Document {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES;
    let mut reader = Reader::default();
    for (event, range) in Parser::new_ext(source, options).into_offset_iter() {
        reader.at = range.start;
        reader.end = range.end;
        reader.event(event);
    }
    reader.close_table();
    reader.flush();
    reader.document
}

/// A table that is being read.
#[derive(Default)]
struct OpenTable {
    table: Table,
    row: Row,
    start: usize,
    /// Whether the row at hand is the header.
    header: bool,
    /// Tables within a cell are read as its text.
    nested: usize,
    html: bool,
    in_cell: bool,
}

#[derive(Default)]
struct Reader {
    document: Document,
    /// Where the event at hand begins and ends in the source.
    at: usize,
    end: usize,
    line: Inline,
    line_start: Option<usize>,
    line_end: usize,
    block: u32,
    marks: Vec<(MarkKind, usize)>,
    quotes: Vec<Quote>,
    /// Whether the next line is the first of a quotation.
    quote_opens: bool,
    admonition: Option<Quote>,
    /// Where the line began that opened the quotation or the admonition: the next line's segment
    /// takes it in, so that what is shown keeps it.
    opening: Option<usize>,
    lists: Vec<bool>,
    item: Option<bool>,
    heading: Option<u8>,
    term: bool,
    code: Option<String>,
    table: Option<OpenTable>,
    /// Where the label of an open `[!INCLUDE [label](path)]` begins in the line.
    include: Option<usize>,
    /// Whether the next text begins with the bracket that closes an include.
    bracket: bool,
    /// An HTML element whose content is not text.
    skipped: Option<&'static str>,
    /// The text of an open HTML block, with the source's bytes of its pieces.
    html: Option<(String, Vec<(usize, usize)>)>,
}

impl Reader {
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
                None => self.html_text(&text),
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
            Tag::Paragraph => self.begin_block(),
            Tag::Heading { level, id, .. } => {
                self.close_table();
                self.end_block();
                self.heading = Some(level as u8);
                self.document.anchors.extend(id.map(|id| id.to_string()));
            }
            Tag::BlockQuote(_) => {
                self.end_block();
                self.quotes.push(Quote::Plain);
                self.quote_opens = true;
            }
            Tag::CodeBlock(kind) => {
                self.end_block();
                self.line_start = Some(self.at);
                self.code = Some(match kind {
                    CodeBlockKind::Fenced(info) => info.to_string(),
                    CodeBlockKind::Indented => String::new(),
                });
            }
            Tag::HtmlBlock => {
                self.begin_block();
                self.html = Some((String::new(), Vec::new()));
            }
            Tag::List(first) => {
                self.end_block();
                self.lists.push(first.is_some());
            }
            Tag::Item => {
                self.end_block();
                self.item = Some(self.lists.last().copied().unwrap_or_default());
            }
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
            Tag::FootnoteDefinition(_) => self.end_block(),
            _ => {}
        }
    }

    fn finish(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::HtmlBlock => {
                if let Some((buffer, pieces)) = self.html.take() {
                    self.html_block(&buffer, &pieces);
                }
                self.end_line_of_block();
            }
            TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::Item | TagEnd::FootnoteDefinition => {
                self.end_line_of_block();
                self.heading = None;
            }
            TagEnd::BlockQuote(_) => {
                self.end_block();
                self.opening = None;
                self.quotes.pop();
            }
            TagEnd::CodeBlock => {
                self.line_end = self.end;
                let info = self.code.take().unwrap_or_default();
                self.close_segment(SegmentKind::Code(info));
                self.end_block();
            }
            TagEnd::List(_) => {
                self.end_block();
                self.lists.pop();
            }
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
                None => self.close_mark(),
            },
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        let mut text = text;
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

    fn push(&mut self, text: &str) {
        if self.skipped.is_some() || text.is_empty() {
            return;
        }
        if self.line_start.is_none() && !text.trim().is_empty() {
            self.line_start = Some(self.at);
        }
        self.line_end = self.line_end.max(self.end);
        self.line.text.push_str(text);
    }

    fn open_mark(&mut self, kind: MarkKind) {
        self.marks.push((kind, self.line.text.len()));
    }

    fn close_mark(&mut self) {
        if let Some((kind, start)) = self.marks.pop() {
            self.mark(kind, start);
        }
    }

    fn mark(&mut self, kind: MarkKind, start: usize) {
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
            let target = target.to_owned();
            self.document.links.push(LinkTarget { target, offset: self.at });
        }
    }

    /// A line end within a block.
    fn line_break(&mut self) {
        if self.heading.is_some() {
            self.line.text.push(' ');
        } else {
            self.flush();
        }
    }

    fn begin_block(&mut self) {
        self.flush();
        self.block += 1;
    }

    fn end_line_of_block(&mut self) {
        self.flush();
        self.block += 1;
    }

    fn end_block(&mut self) {
        self.end_line_of_block();
        self.heading = None;
    }

    /// Closes the line buffer: into the cell that is open, or into a segment.
    fn flush(&mut self) {
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

    fn close_segment(&mut self, kind: SegmentKind) {
        let mut text = std::mem::take(&mut self.line);
        let range = self.line_start.take().unwrap_or(self.at)..self.line_end;
        self.line_end = 0;
        self.marks.iter_mut().for_each(|(_, start)| *start = 0);
        self.include = self.include.map(|_| 0);
        if !matches!(kind, SegmentKind::Code(_)) {
            if let Some(stripped) = directive::strip_shortcodes(&text.text) {
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
        let item = self.item.take();
        let start = self.opening.take().unwrap_or(range.start).min(range.start);
        self.document.segments.push(Segment {
            kind,
            range: start..range.end.max(start),
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
            && let Some((quote, length)) = directive::alert(&text.text)
        {
            *open = quote;
            *text = text.slice(length..text.text.len()).trimmed();
            return text.text.is_empty();
        }
        match directive::fence(&text.text) {
            None => false,
            Some(Fence::Open(quote, title)) => {
                self.admonition = Some(quote);
                let title = title.to_owned();
                *text = Inline::from(title.as_str());
                text.text.is_empty()
            }
            Some(Fence::Close) => {
                self.admonition = None;
                true
            }
            Some(Fence::Image(alt)) => {
                let alt = alt.to_owned();
                *text = Inline::from(alt.as_str());
                text.text.is_empty()
            }
            Some(Fence::Other) => true,
        }
    }
}

/// Tables.
impl Reader {
    fn open_row(&mut self, header: bool) {
        let at = self.at;
        self.close_row();
        if let Some(open) = &mut self.table {
            open.header = header;
            open.row = Row { cells: Vec::new(), range: at..at };
        }
    }

    fn open_cell(&mut self) {
        self.line = Inline::default();
        self.line_start = None;
        if let Some(open) = &mut self.table {
            open.in_cell = true;
        }
    }

    fn close_cell(&mut self) {
        let Some(open) = &mut self.table else { return };
        if std::mem::take(&mut open.in_cell) {
            open.row.cells.push(std::mem::take(&mut self.line).trimmed());
        }
        self.line_start = None;
        self.marks.iter_mut().for_each(|(_, start)| *start = 0);
    }

    fn close_row(&mut self) {
        self.close_cell();
        let end = self.end;
        let Some(open) = &mut self.table else { return };
        let mut row = std::mem::take(&mut open.row);
        if row.cells.is_empty() {
            return;
        }
        row.range.end = end.max(row.range.start);
        if open.header && open.table.header.is_empty() {
            open.table.header = row.cells;
        } else {
            open.table.rows.push(row);
        }
        open.header = false;
    }

    /// Whether the table at hand is Markdown's own; one within a cell of HTML is text.
    fn in_markdown_table(&self) -> bool {
        self.table.as_ref().is_some_and(|open| !open.html)
    }

    fn close_table(&mut self) {
        self.close_row();
        let Some(open) = self.table.take() else { return };
        self.line_start = Some(open.start);
        self.line_end = self.end;
        self.line = Inline::default();
        if open.table.header.is_empty() && open.table.rows.is_empty() {
            self.line_start = None;
            return;
        }
        let item = self.item.take();
        self.document.segments.push(Segment {
            kind: SegmentKind::Table(open.table),
            range: open.start..self.end.max(open.start),
            block: self.block,
            text: Inline::default(),
            quote: self.admonition.or(self.quotes.last().copied()),
            depth: u16::try_from(self.lists.len()).unwrap_or(u16::MAX),
            item: item.is_some(),
            numbered: item.unwrap_or_default(),
        });
        self.line_start = None;
        self.line_end = 0;
        self.block += 1;
    }
}

/// HTML.
impl Reader {
    fn html_block(&mut self, text: &str, pieces: &[(usize, usize)]) {
        for (at, token) in html::tokens(text) {
            let piece = pieces.partition_point(|(start, _)| *start <= at).saturating_sub(1);
            if let Some((start, source)) = pieces.get(piece) {
                self.at = source + (at - start);
                self.end = self.end.max(self.at);
            }
            self.token(token, false);
        }
    }

    fn html_text(&mut self, text: &str) {
        for (_, token) in html::tokens(text) {
            self.token(token, false);
        }
    }

    fn inline_html(&mut self, text: &str) {
        if text.starts_with("<!") || text.starts_with("<?") {
            return;
        }
        let inner = text.strip_prefix('<').and_then(|text| text.strip_suffix('>'));
        if let Some(token) = inner.and_then(html::tag) {
            self.token(token, true);
        }
    }

    fn token(&mut self, token: Token<'_>, inline: bool) {
        match token {
            Token::Text(text) => self.html_lines(&text),
            Token::Open { name, attributes } => self.open_element(&name, attributes, inline),
            Token::Close { name } => self.close_element(&name),
        }
    }

    /// Text of an HTML block: a line end is a space.
    fn html_lines(&mut self, text: &str) {
        if self.skipped.is_some() {
            return;
        }
        let mut words = text.split_whitespace().peekable();
        let leading = text.starts_with(char::is_whitespace);
        if leading && !self.line.text.is_empty() && !self.line.text.ends_with(['\n', ' ']) {
            self.line.text.push(' ');
        }
        while let Some(word) = words.next() {
            self.push(word);
            if words.peek().is_some() || text.ends_with(char::is_whitespace) {
                self.push(" ");
            }
        }
    }

    fn open_element(&mut self, name: &str, attributes: &str, inline: bool) {
        for key in ["name", "id"] {
            if let Some(anchor) = directive::attribute(attributes, key).filter(|_| name != "img") {
                self.document.anchors.push(anchor.to_owned());
            }
        }
        match name {
            "script" => self.skipped = Some("script"),
            "style" => self.skipped = Some("style"),
            "br" => self.line_break(),
            "a" => {
                if let Some(target) = directive::attribute(attributes, "href") {
                    let target = target.to_owned();
                    self.document.links.push(LinkTarget { target, offset: self.at });
                }
            }
            "img" => self.push(directive::attribute(attributes, "alt").unwrap_or_default()),
            "em" | "i" | "var" => self.open_mark(MarkKind::Emphasis),
            "b" | "strong" => self.open_mark(MarkKind::Strong),
            "code" | "kbd" | "samp" => self.open_mark(MarkKind::Code),
            "table" => self.open_html_table(),
            "tr" | "th" | "td" => self.open_html_cell(name),
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                self.end_block();
                self.heading = name.get(1..).and_then(|level| level.parse().ok());
            }
            "dt" | "summary" => {
                self.end_block();
                self.term = true;
            }
            "dd" => {
                self.end_block();
                self.term = false;
            }
            "li" => {
                self.end_block();
                self.item = Some(self.lists.last().copied().unwrap_or_default());
            }
            "ul" | "ol" => {
                self.end_block();
                self.lists.push(name == "ol");
            }
            "blockquote" => {
                self.end_block();
                self.quotes.push(Quote::Plain);
            }
            "p" | "div" | "section" | "article" | "pre" | "hr" | "dl" | "details" | "thead"
            | "tbody" | "center" | "header" | "footer" | "figure" | "nav" | "main" => {
                self.end_line_of_block();
            }
            _ if inline && attributes.is_empty() && !ELEMENTS.contains(&name) => {
                let start = self.line.text.len();
                self.push("<");
                self.push(name);
                self.push(">");
                self.mark(MarkKind::Placeholder, start);
            }
            _ => {}
        }
    }

    fn close_element(&mut self, name: &str) {
        if self.skipped.is_some_and(|skipped| skipped == name) {
            self.skipped = None;
        }
        match name {
            "em" | "i" | "var" | "b" | "strong" | "code" | "kbd" | "samp" => self.close_mark(),
            "td" | "th" if self.at_cell_level() => self.close_cell(),
            "tr" if self.at_cell_level() => self.close_row(),
            "table" => match &mut self.table {
                Some(open) if open.nested > 0 => open.nested -= 1,
                Some(open) if open.html => self.close_table(),
                _ => {}
            },
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "p" | "div" | "li" | "pre" => {
                self.end_line_of_block();
                self.heading = None;
            }
            "dt" | "summary" => {
                self.end_block();
                self.term = false;
            }
            "dl" | "details" => {
                self.end_block();
                self.term = false;
                self.end_of_terms();
            }
            "ul" | "ol" => {
                self.end_block();
                self.lists.pop();
            }
            "blockquote" => {
                self.end_block();
                self.quotes.pop();
            }
            _ => {}
        }
    }

    fn end_of_terms(&mut self) {
        self.line_start = None;
        if self.table.is_none() {
            self.document.segments.push(Segment {
                kind: SegmentKind::TermEnd,
                range: self.at..self.at,
                block: self.block,
                text: Inline::default(),
                quote: None,
                depth: 0,
                item: false,
                numbered: false,
            });
        }
    }

    fn at_cell_level(&self) -> bool {
        self.table.as_ref().is_some_and(|open| open.html && open.nested == 0)
    }

    fn open_html_table(&mut self) {
        if let Some(open) = &mut self.table {
            open.nested += usize::from(open.html);
            return;
        }
        self.end_block();
        self.table = Some(OpenTable { start: self.at, html: true, ..OpenTable::default() });
    }

    fn open_html_cell(&mut self, name: &str) {
        match &self.table {
            Some(open) if open.html && open.nested == 0 => {}
            Some(_) => return self.flush(),
            None => return,
        }
        match name {
            "tr" => self.open_row(false),
            _ => {
                self.close_cell();
                if let Some(open) = &mut self.table {
                    // A row of header cells is the header; a row that only begins with one is not.
                    let all_headers = open.row.cells.is_empty() || open.header;
                    open.header = name == "th" && all_headers;
                }
                self.open_cell();
            }
        }
    }
}

/// Inline elements of HTML that only say how a text looks.
const ELEMENTS: &[&str] = &[
    "abbr", "acronym", "b", "bdi", "bdo", "big", "button", "caption", "center", "cite", "col",
    "colgroup", "data", "del", "dfn", "font", "iframe", "input", "ins", "label", "link", "mark",
    "meta", "object", "option", "param", "q", "rp", "rt", "ruby", "s", "select", "small", "source",
    "span", "strike", "strong", "sub", "sup", "svg", "tbody", "textarea", "tfoot", "thead", "time",
    "tt", "u", "video", "wbr",
];
