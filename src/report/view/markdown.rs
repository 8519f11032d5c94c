//! Markdown as terminal and page show it: what is said elsewhere, what begins an item, what is a test, where links lead.

use pulldown_cmark::{BlockQuoteKind, CodeBlockKind, Event, Options, Parser, Tag, TagEnd};
use unicode_width::UnicodeWidthChar;

use crate::article::{MARKDOWN_OPTIONS, linked};

/// Marks of items in documents without Markdown lists: a line that begins with one stays a line.
const ITEM_MARKS: &str = "・※◆■●○◎□▼▶→⇒①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳【(（";

#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Around<'a> {
    /// The article's file, from which relative links start.
    pub(crate) path: &'a str,
    /// The heading that leads to the passage.
    pub(crate) heading: Option<&'a str>,
    /// The cautions that are before the steps.
    pub(crate) cautions: &'a [String],
}

impl<'a> Around<'a> {
    /// The context of a passage that its heading path leads to.
    pub(crate) fn of(path: &'a str, section: &'a [String], cautions: &'a [String]) -> Self {
        Self { path, heading: section.last().map(String::as_str), cautions }
    }
}

/// The events of a passage as it is shown; `None` for a block left out: a warning told before the steps, or a test.
pub(crate) fn shown<'m>(markdown: &'m str, around: Around<'_>) -> Vec<Option<Event<'m>>> {
    let parser = Parser::new_ext(markdown, MARKDOWN_OPTIONS | Options::ENABLE_GFM);
    let mut shown = Vec::new();
    let mut left_out = 0_usize;
    for (event, range) in parser.into_offset_iter() {
        if left_out > 0 {
            left_out += usize::from(matches!(event, Event::Start(_)));
            left_out -= usize::from(matches!(event, Event::End(_)));
            continue;
        }
        let source = markdown.get(range).unwrap_or_default();
        left_out = usize::from(match &event {
            Event::Start(Tag::BlockQuote(Some(kind))) => warns(*kind) && is_said(source, around),
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(kind))) => {
                crate::article::hides(kind)
            }
            _ => false,
        });
        shown.push(Some(event).filter(|_| left_out == 0));
    }
    leave_out_heading(&mut shown, around.heading);
    shown
}

/// Leaves out the heading at the beginning where it is the one that leads here.
fn leave_out_heading(events: &mut Vec<Option<Event<'_>>>, heading: Option<&str>) {
    let begins = |event: &Event<'_>| matches!(event, Event::Start(Tag::Heading { .. }));
    let Some(start) = events.iter().position(Option::is_some) else { return };
    let behind = events.iter().skip(start).flatten();
    if !behind.clone().next().is_some_and(begins) {
        return;
    }
    let Some(length) = behind.clone().position(|it| matches!(it, Event::End(TagEnd::Heading(_))))
    else {
        return;
    };
    let text: String = behind.take(length).filter_map(words).collect();
    if heading == Some(text.trim()) {
        events.drain(start..=start + length);
    }
}

pub(crate) fn words<'e>(event: &'e Event<'_>) -> Option<&'e str> {
    match event {
        Event::Text(text) | Event::Code(text) => Some(text),
        _ => None,
    }
}

/// Whether a line that begins with the character is the item of a list without Markdown.
pub(crate) fn begins_item(character: char) -> bool {
    ITEM_MARKS.contains(character)
}

/// Whether a character takes two columns, as Japanese does: lines are broken between two of them.
pub(crate) fn is_wide(character: char) -> bool {
    character.width() == Some(2)
}

/// Whether the cautions before the steps hold the whole of a warning.
fn is_said(source: &str, around: Around<'_>) -> bool {
    let warning = bare(source);
    let said: String = around.cautions.iter().map(|caution| bare(caution)).collect();
    said.contains(&warning)
}

/// The words of a warning, without what marks them.
fn bare(text: &str) -> String {
    let text = text.replace("[!WARNING]", "").replace("[!CAUTION]", "");
    text.chars().filter(|c| !c.is_whitespace() && !"><*_`#".contains(*c)).collect()
}

pub(crate) fn warns(kind: BlockQuoteKind) -> bool {
    matches!(kind, BlockQuoteKind::Warning | BlockQuoteKind::Caution)
}

/// Where a link of the article at `path` leads: an address as it is, another article or a heading by
/// its path in the knowledge base.
pub(crate) fn destination(link: &str, path: &str) -> String {
    if link.contains("://") || link.starts_with("mailto:") || path.is_empty() {
        return link.to_owned();
    }
    if link.starts_with('#') {
        return format!("{path}{link}");
    }
    linked(link, path)
}

#[cfg(test)]
crate::source::cases! {
    destinations_of_links: |link| destination(link, "console/push.md");
}
