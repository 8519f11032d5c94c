//! Lays Markdown out for a terminal.
//!
//! 1. The parser's events fill a buffer of fragments; its roles nest (`**bold `code`**`).
//! 2. Whatever ends a block breaks the buffer into lines between the margins of the open lists
//!    and quotes, a table by [`table`](super::table).
//! 3. Where links lead is below the text, by number, so that sentences stay sentences.

use std::mem;

use pulldown_cmark::{Event, Tag, TagEnd};

use super::style::{Fragment, Role};
use super::table::{self, TableRow};
use super::wrap::{columns, wrap};
use crate::report::view::markdown::{
    Around, begins_item, destination, is_wide, shown, warns, words,
};
use crate::report::view::{sanitized, visible};

/// Lines narrower than this are no text; deeper margins are not indented any further.
const NARROWEST: usize = 12;

/// The lines of `markdown`, at most `width` columns wide where its words allow.
pub(crate) fn render(markdown: &str, width: usize, around: Around<'_>) -> Vec<Vec<Fragment>> {
    let mut screen = Screen { width, around, ..Screen::default() };
    let mut events = shown(markdown, around).into_iter().peekable();
    while let Some(event) = events.next() {
        match event {
            None => screen.flush(),
            Some(Event::Start(tag)) => screen.start(&tag),
            Some(Event::End(tag)) => screen.end(tag),
            Some(Event::SoftBreak) => {
                screen.soft_break(events.peek().and_then(Option::as_ref).and_then(words));
            }
            Some(event) => screen.inline(&event),
        }
    }
    screen.flush();
    screen.write_links();
    screen.lines
}

#[derive(Debug, Default)]
struct Margin {
    /// Before the first line; taken once it is written.
    first: Option<Fragment>,
    /// Before every other line.
    rest: String,
}

#[derive(Debug, Default)]
struct Screen<'a> {
    width: usize,
    around: Around<'a>,
    lines: Vec<Vec<Fragment>>,
    margins: Vec<Margin>,
    /// The next number of each open list; `None` for bullets.
    lists: Vec<Option<u64>>,
    inline: Vec<Fragment>,
    roles: Vec<Role>,
    /// The destinations of the open links and images.
    links: Vec<String>,
    /// The destinations of the links so far, which are below the text.
    notes: Vec<String>,
    table: Vec<TableRow>,
    in_code: bool,
}

impl Screen<'_> {
    fn start(&mut self, tag: &Tag<'_>) {
        match tag {
            Tag::Paragraph | Tag::HtmlBlock => self.open_block(),
            Tag::FootnoteDefinition(name) => {
                self.open_block();
                let first = Some(Fragment::plain(format!("[^{name}]: ")));
                self.margins.push(Margin { first, rest: "  ".to_owned() });
            }
            Tag::Heading { .. } => {
                self.open_block();
                self.roles.push(Role::Strong);
            }
            Tag::BlockQuote(kind) => {
                self.open_block();
                let (first, rest) = match kind {
                    Some(kind) if warns(*kind) => (Fragment::new("⚠ ", Role::Caution), "  "),
                    _ => (Fragment::plain("│ "), "│ "),
                };
                self.margins.push(Margin { first: Some(first), rest: rest.to_owned() });
            }
            Tag::CodeBlock(_) => {
                self.open_block();
                self.in_code = true;
            }
            Tag::List(first) => {
                self.flush();
                if self.lists.is_empty() {
                    self.open_block();
                }
                self.lists.push(*first);
            }
            Tag::Item => {
                self.flush();
                let mark = match self.lists.last_mut() {
                    Some(Some(number)) => {
                        *number += 1;
                        format!("{}. ", *number - 1)
                    }
                    _ => "・".to_owned(),
                };
                let rest = " ".repeat(columns(&mark));
                self.margins.push(Margin { first: Some(Fragment::plain(mark)), rest });
            }
            Tag::Table(_) => self.open_block(),
            Tag::TableHead | Tag::TableRow => self.table.push(TableRow::new()),
            Tag::Emphasis => self.roles.push(Role::Emphasis),
            Tag::Strong => self.roles.push(Role::Strong),
            Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. } => {
                self.links.push(sanitized(&destination(dest_url, self.around.path)));
            }
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Paragraph | TagEnd::HtmlBlock => self.flush(),
            TagEnd::Heading(_) => {
                self.roles.pop();
                self.flush();
            }
            TagEnd::CodeBlock => {
                self.in_code = false;
                if let Some(last) = self.inline.last_mut() {
                    last.text.truncate(last.text.trim_end_matches('\n').len());
                }
                self.flush();
            }
            TagEnd::BlockQuote(_) | TagEnd::Item => {
                self.flush();
                self.margins.pop();
            }
            TagEnd::List(_) => {
                self.flush();
                self.lists.pop();
            }
            TagEnd::TableCell => {
                let cell = mem::take(&mut self.inline);
                if let Some(row) = self.table.last_mut() {
                    row.push(cell);
                }
            }
            TagEnd::Table => {
                for line in table::render(&mem::take(&mut self.table), self.inner_width()) {
                    self.write(line);
                }
            }
            TagEnd::Emphasis | TagEnd::Strong => {
                self.roles.pop();
            }
            TagEnd::Link => self.end_link(),
            TagEnd::Image => {
                self.links.pop();
            }
            _ => {}
        }
    }

    /// Refers to where a link leads, unless its text is the address.
    fn end_link(&mut self) {
        let Some(address) = self.links.pop() else { return };
        if let Some(text) = self.inline.last_mut().filter(|text| text.text == address) {
            text.role = Role::Link;
            return;
        }
        let number = match self.notes.iter().position(|note| *note == address) {
            Some(index) => index + 1,
            None => {
                self.notes.push(address);
                self.notes.len()
            }
        };
        self.inline.push(Fragment::new(format!("[{number}]"), Role::Faint));
    }

    fn write_links(&mut self) {
        let notes = mem::take(&mut self.notes);
        if !notes.is_empty() {
            self.open_block();
        }
        for (index, note) in notes.into_iter().enumerate() {
            let number = Fragment::new(format!("[{}] ", index + 1), Role::Faint);
            self.write(vec![number, Fragment::new(note, Role::Link)]);
        }
    }

    fn inline(&mut self, event: &Event<'_>) {
        let role = self.roles.last().copied().unwrap_or_default();
        match event {
            Event::Text(text) if self.in_code => self.push(text, Role::Code),
            Event::Text(text) => self.push(text, role),
            Event::Code(text) => self.push(text, Role::Code),
            Event::HardBreak => self.push("\n", role),
            Event::Html(html) | Event::InlineHtml(html) => self.html(html, role),
            Event::FootnoteReference(name) => self.push(&format!("[^{name}]"), role),
            Event::TaskListMarker(done) => self.push(if *done { "[x] " } else { "[ ] " }, role),
            Event::Rule => {
                self.open_block();
                self.write(vec![Fragment::new("─".repeat(self.inner_width()), Role::Faint)]);
            }
            _ => {}
        }
    }

    /// A terminal shows no HTML: tags are left out, and a line break is one.
    fn html(&mut self, html: &str, role: Role) {
        if html.trim_start().to_ascii_lowercase().starts_with("<br") {
            self.push("\n", role);
            return;
        }
        let mut text = String::new();
        let mut depth = 0_usize;
        for character in html.chars() {
            match character {
                '<' => depth += 1,
                '>' if depth > 0 => depth -= 1,
                _ if depth == 0 => text.push(character),
                _ => {}
            }
        }
        self.push(&text, role);
    }

    /// A line of the source ended inside a paragraph: no space between wide characters, and a
    /// line of its own for what begins with the mark of an item.
    fn soft_break(&mut self, next: Option<&str>) {
        let first = next.and_then(|text| text.chars().next());
        let last = self.inline.last().and_then(|part| part.text.chars().next_back());
        let role = self.roles.last().copied().unwrap_or_default();
        if first.is_some_and(begins_item) {
            self.push("\n", role);
        } else if !(first.is_some_and(is_wide) && last.is_some_and(is_wide)) {
            self.push(" ", role);
        }
    }

    fn push(&mut self, text: &str, role: Role) {
        let text = visible(text);
        match self.inline.last_mut() {
            Some(last) if last.role == role => last.text.push_str(&text),
            _ => self.inline.push(Fragment::new(text, role)),
        }
    }

    /// Ends what is in the buffer, and leaves a line free unless a list is open.
    fn open_block(&mut self) {
        self.flush();
        let begins = self.margins.last().is_some_and(|margin| margin.first.is_some());
        if self.lists.is_empty() && !begins && !self.lines.is_empty() {
            let margin = self.margins.iter().map(|margin| margin.rest.as_str()).collect::<String>();
            self.lines.push(vec![Fragment::plain(margin)]);
        }
    }

    fn flush(&mut self) {
        let inline = mem::take(&mut self.inline);
        if inline.iter().all(|part| part.text.trim().is_empty()) {
            return;
        }
        let mut lines = wrap(&inline, self.inner_width());
        // Blocks of HTML and code bring line feeds of their own.
        lines.drain(..lines.iter().take_while(|line| line.is_empty()).count());
        while lines.pop_if(|line| line.is_empty()).is_some() {}
        for line in lines {
            self.write(line);
        }
    }

    fn write(&mut self, line: Vec<Fragment>) {
        let mut whole = Vec::with_capacity(line.len() + self.margins.len());
        for margin in &mut self.margins {
            whole.push(margin.first.take().unwrap_or_else(|| Fragment::plain(&*margin.rest)));
        }
        whole.extend(line);
        self.lines.push(whole);
    }

    fn inner_width(&self) -> usize {
        let margins: usize = self.margins.iter().map(|margin| columns(&margin.rest)).sum();
        self.width.saturating_sub(margins).max(NARROWEST)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::style::write_line;
    use super::*;

    /// The text beside a heading and a caution that are said elsewhere.
    fn laid_out(markdown: &str, width: usize) -> String {
        let cautions = ["データが消えます。".to_owned()];
        let around = Around { heading: Some("対処"), cautions: &cautions, ..Around::default() };
        let mut out = String::new();
        for line in render(markdown, width, around) {
            write_line(&line, false, &mut out);
        }
        out
    }

    crate::source::cases! {
        markdown_on_the_screen: |markdown| laid_out(markdown, 36);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(512))]

        #[test]
        fn never_panics(
            markdown in prop_oneof![any::<String>(), "[\\-*>|#`\\[\\]()<br>\\n 1.あ]{0,60}"],
            width in 0_usize..100,
        ) {
            laid_out(&markdown, width);
        }
    }
}
