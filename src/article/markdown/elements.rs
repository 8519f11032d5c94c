//! Reading the elements of HTML that are in Markdown: each does what its Markdown would do.

use super::directive;
use super::html::{self, LONGEST_TAG, Token};
use super::inline::MarkKind;
use super::reader::DocumentReader;
use super::table::OpenTable;
use super::{Anchor, Segment, SegmentKind};
use crate::source::markup::tag_at;
use crate::text::lexicon::{self, Section};

impl DocumentReader {
    /// Reads a block of HTML; the pieces say where its text is in the source.
    pub(super) fn html_block(&mut self, text: &str, pieces: &[(usize, usize)]) {
        for (at, token) in html::tokens(text) {
            let piece = pieces.partition_point(|(start, _)| *start <= at).saturating_sub(1);
            if let Some((start, source)) = pieces.get(piece) {
                self.at = source + (at - start);
                self.end = self.end.max(self.at);
            }
            self.token(token, false);
        }
    }

    pub(super) fn inline_html(&mut self, text: &str) {
        if let Some(token) = tag_at(text, LONGEST_TAG).and_then(|(tag, _)| html::element(tag)) {
            self.token(token, true);
        }
    }

    fn token(&mut self, token: Token<'_>, inline: bool) {
        if self.code.is_some() {
            return self.preformatted(token);
        }
        match token {
            Token::Text(text) => self.html_lines(&text),
            Token::Open { name, attributes } => self.open_element(&name, attributes, inline),
            Token::Close { name } => self.close_element(&name),
            Token::OpenComponent => self.demo += 1,
            Token::CloseComponent => self.demo = self.demo.saturating_sub(1),
        }
    }

    /// Text of a `<pre>`: a line end is one, and elements do to it no more than colour.
    fn preformatted(&mut self, token: Token<'_>) {
        match token {
            Token::Text(text) => {
                self.line.text.push_str(&text);
                self.line_end = self.line_end.max(self.at + text.len()).min(self.end.max(self.at));
            }
            Token::Open { name, .. } if name == "br" => self.line.text.push('\n'),
            Token::Close { name } if name == "pre" => self.close_preformatted(),
            _ => {}
        }
    }

    /// Ends a `<pre>`, be it by its end tag or with the block of HTML that it is in.
    pub(super) fn close_preformatted(&mut self) {
        if let Some(info) = self.code.take() {
            self.line_end = self.line_end.max(self.at);
            self.close_segment(SegmentKind::Code(info));
            self.end_block();
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
        let anchors = ["name", "id"].map(|key| directive::attribute(attributes, key));
        for anchor in anchors.into_iter().flatten().filter(|_| name != "img") {
            self.document.anchors.push(Anchor { name: anchor.to_owned(), offset: self.at });
        }
        match name {
            "script" => self.skipped = Some("script"),
            "style" => self.skipped = Some("style"),
            "br" => self.line_break(),
            "a" => {
                if let Some(target) = directive::attribute(attributes, "href") {
                    self.anchor = Some((self.document.links.len(), self.line.text.len()));
                    self.link(target);
                }
            }
            "img" => {
                if let Some(target) = directive::attribute(attributes, "src") {
                    self.link(target);
                }
                self.push(directive::attribute(attributes, "alt").unwrap_or_default());
            }
            "em" | "i" | "var" => self.open_mark(MarkKind::Emphasis),
            "b" | "strong" => self.open_mark(MarkKind::Strong),
            "code" | "kbd" | "samp" => self.open_mark(MarkKind::Code),
            "table" => self.open_html_table(),
            "tr" | "th" | "td" => self.open_html_cell(name),
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" if self.demo > 0 => self.next_block(),
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                self.end_block();
                self.line_start = Some(self.at);
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
            "li" => self.open_item(),
            "ul" | "ol" => self.open_list(name == "ol"),
            "blockquote" | "aside" => self.open_quote(),
            // As a fence without a language: it is set so because a program prints it.
            "pre" if !inline && self.table.is_none() => {
                self.end_block();
                self.line_start = Some(self.at);
                self.code = Some(String::new());
            }
            "pre" | "template" => {
                self.next_block();
                self.demo += 1;
            }
            "p" | "div" | "section" | "article" | "hr" | "dl" | "details" | "thead" | "tbody"
            | "center" | "header" | "footer" | "figure" | "nav" | "main" => {
                self.next_block();
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
        if matches!(name, "pre" | "template") {
            self.demo = self.demo.saturating_sub(1);
        }
        match name {
            "a" => {
                if let Some((link, start)) = self.anchor.take()
                    && let Some(text) = self.line.text.get(start..)
                    && let Some(link) = self.document.links.get_mut(link)
                {
                    text.trim().clone_into(&mut link.text);
                }
            }
            "em" | "i" | "var" | "b" | "strong" | "code" | "kbd" | "samp" => self.close_mark(),
            "td" | "th" if self.at_cell_level() => self.close_cell(),
            "tr" if self.at_cell_level() => self.close_row(),
            "table" => match &mut self.table {
                Some(open) if open.nested > 0 => open.nested -= 1,
                Some(open) if open.html => self.close_table(),
                _ => {}
            },
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "p" | "div" | "li" | "pre" => {
                self.next_block();
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
            "ul" | "ol" => self.close_list(),
            "blockquote" | "aside" => {
                self.end_block();
                self.quote_opens = false;
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
                ..Segment::default()
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
        if name == "tr" {
            return self.open_row(false);
        }
        self.close_cell();
        if let Some(open) = &mut self.table {
            // A row of header cells is the header; a row that only begins with one is not.
            let all_headers = open.row.cells.is_empty() || open.header;
            open.header = name == "th" && all_headers;
        }
        self.open_cell();
    }
}

static ELEMENTS: Section = lexicon::ARTICLE_PHRASES.section("elements of html");
