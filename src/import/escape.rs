//! Text from outside as Markdown: it says what it said, and does nothing else.
//!
//! 1. [`inline`] escapes what would be markup within a line, [`line`] a whole line of its own;
//! 2. [`tidy`] lays out the lines of a paragraph: white space is one space, none between the characters
//!    of Japanese text that was broken into lines, and no line begins like a list or a heading;
//! 3. [`sealed`] reads the finished Markdown as an article is read and escapes what is raw HTML there,
//!    so that it does not depend on the steps before.

use std::collections::BTreeSet;

use pulldown_cmark::{Event, Parser};
use unicode_width::UnicodeWidthChar as _;

use crate::article::MARKDOWN_OPTIONS;

/// Stands for `<br>` in a paragraph in the making; no text from outside holds it.
pub(super) const BREAK: char = '\u{1}';

/// Escapes what is markup within a line.
pub(super) fn inline(text: &str, out: &mut String) {
    let mut before = out.chars().next_back();
    let mut rest = text.chars().peekable();
    while let Some(character) = rest.next() {
        let after = rest.peek().copied();
        let escaped = match character {
            '\\' | '*' | '`' | '~' | '[' | ']' | '<' | '|' => true,
            // Within a word an underscore is no emphasis.
            '_' => {
                !(before.is_some_and(char::is_alphanumeric)
                    && after.is_some_and(char::is_alphanumeric))
            }
            '{' => after == Some('#') || after == Some('.'),
            '&' => after.is_some_and(|next| next == '#' || next.is_ascii_alphabetic()),
            _ => false,
        };
        match character {
            // A no-break space is only spacing here; what has no width breaks words apart.
            '\u{a0}' => out.push(' '),
            '\u{feff}' | '\u{200b}' | '\u{ad}' => continue,
            it if it.is_control() && !matches!(it, '\n' | '\t' | '\r') => continue,
            it => out.extend(escaped.then_some('\\').into_iter().chain([it])),
        }
        before = Some(character);
    }
}

/// A text as one line of Markdown, for a heading.
pub(super) fn line(text: &str) -> String {
    let mut out = String::new();
    inline(text, &mut out);
    tidy(&out.replace(BREAK, " ")).replace("\\\n", " ")
}

/// A text that was written as plain text: its lines stay, its lists stay lists.
pub(super) fn plain(text: &str) -> String {
    let mut blocks: Vec<String> = Vec::new();
    let mut open = false;
    for line in crate::source::lines(text) {
        let text = line.text.trim_matches([' ', '\t', '　']);
        if text.is_empty() {
            open = false;
            continue;
        }
        let (marker, content) = list_marker(text);
        let mut escaped = String::new();
        inline(content, &mut escaped);
        let item = marker.is_some();
        let line = marker.unwrap_or_default() + &tidy(&escaped);
        match blocks.last_mut() {
            Some(block) if open && item => block.push_str(&format!("\n{line}")),
            // Lines are kept apart: a manual's line ends mean something.
            Some(block) if open => block.push_str(&format!("\\\n{line}")),
            _ => blocks.push(line),
        }
        open = true;
    }
    sealed(&blocks.join("\n\n"))
}

/// The marker of a list item, as Markdown writes it, and what follows.
fn list_marker(line: &str) -> (Option<String>, &str) {
    for bullet in ["- ", "* ", "・", "●", "•"] {
        if let Some(rest) = line.strip_prefix(bullet) {
            return (Some("- ".to_owned()), rest.trim_start());
        }
    }
    let digits: String = line.chars().take_while(char::is_ascii_digit).take(4).collect();
    let rest = line.get(digits.len()..).unwrap_or_default();
    for end in [". ", "．", ") ", "）", "."] {
        if let Some(content) = rest.strip_prefix(end).filter(|_| !digits.is_empty()) {
            // 1.5 is a number.
            if !(end == "." && content.starts_with(|c: char| c.is_ascii_digit())) {
                return (Some(format!("{digits}. ")), content.trim_start());
            }
        }
    }
    (None, line)
}

/// The lines of a paragraph from escaped text, in which [`BREAK`] ends a line.
pub(super) fn tidy(text: &str) -> String {
    let lines: Vec<String> = text.split(BREAK).map(|line| beginning(&spaced(line))).collect();
    let first = lines.iter().position(|line| !line.is_empty()).unwrap_or(lines.len());
    let last = lines.iter().rposition(|line| !line.is_empty()).map_or(first, |last| last + 1);
    let mut out = String::new();
    for line in lines.get(first..last).unwrap_or_default() {
        if line.is_empty() {
            // Two breaks in a row set a new paragraph.
            if !out.ends_with("\n\n") {
                out.push_str("\n\n");
            }
            continue;
        }
        if !out.is_empty() && !out.ends_with('\n') {
            out.push_str("\\\n");
        }
        out.push_str(line);
    }
    out
}

/// White space as one space, and none where Japanese text was broken into lines.
fn spaced(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    let mut gap: Option<bool> = None;
    for character in line.chars() {
        if matches!(character, ' ' | '\t' | '\n' | '\r') {
            gap = Some(gap.unwrap_or_default() || character == '\n');
            continue;
        }
        if let Some(broken) = gap.take() {
            let wide = |c: char| c.width() == Some(2);
            let joined = broken && wide(character) && out.chars().next_back().is_some_and(wide);
            if !out.is_empty() && !joined {
                out.push(' ');
            }
        }
        out.push(character);
    }
    out
}

/// Escapes what would make the line a heading, a list, a quotation, a rule or a fence.
fn beginning(line: &str) -> String {
    let escape_at = |at: usize| {
        let (head, tail) = line.split_at(at);
        format!("{head}\\{tail}")
    };
    match line.chars().next() {
        Some('#' | '>' | '=' | '-' | '+' | ':') => {
            let text = line.trim_start_matches(['-', '+']);
            let word = text.len() < line.len() && !text.is_empty() && !text.starts_with(' ');
            // -16 and +81 are numbers.
            if word { line.to_owned() } else { escape_at(0) }
        }
        Some('0'..='9') => {
            let digits = line.len() - line.trim_start_matches(|c: char| c.is_ascii_digit()).len();
            match line.get(digits..).unwrap_or_default().as_bytes() {
                [b'.' | b')'] | [b'.' | b')', b' ', ..] => escape_at(digits),
                _ => line.to_owned(),
            }
        }
        _ => line.to_owned(),
    }
}

/// Markdown in which no HTML is left, whatever the text was made of.
pub(super) fn sealed(markdown: &str) -> String {
    let mut markdown = markdown.to_owned();
    // Each round leaves fewer tags; what is left after these is no markup that anybody wrote.
    const ROUNDS: usize = 8;
    for _ in 0..ROUNDS {
        let events = Parser::new_ext(&markdown, MARKDOWN_OPTIONS).into_offset_iter();
        let html = events.filter(|(it, _)| matches!(it, Event::Html(_) | Event::InlineHtml(_)));
        let places = html.flat_map(|(_, range)| {
            let text = markdown.get(range.clone()).unwrap_or_default();
            text.match_indices('<').map(move |(at, _)| range.start + at)
        });
        let places: BTreeSet<usize> = places.collect();
        if places.is_empty() {
            return markdown;
        }
        for place in places.into_iter().rev() {
            markdown.insert(place, '\\');
        }
    }
    markdown.replace('<', "＜")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The visible text of Markdown, and its markup.
    fn seen(markdown: &str) -> (String, Vec<String>) {
        let mut text = String::new();
        let mut markup = Vec::new();
        for event in Parser::new_ext(markdown, MARKDOWN_OPTIONS) {
            match event {
                Event::Text(part) => text.push_str(&part),
                Event::SoftBreak | Event::HardBreak => text.push('\n'),
                Event::Start(tag) => markup.push(format!("{tag:?}")),
                Event::End(_) => {}
                other => markup.push(format!("{other:?}")),
            }
        }
        (text, markup)
    }

    crate::source::cases! {
        escaped: |text| {
            let mut escaped = String::new();
            inline(text, &mut escaped);
            let (said, markup) = seen(&tidy(&escaped));
            assert_eq!(markup, ["Paragraph"], "{text}");
            said
        };
        sealed_pages: |markdown| {
            let sealed = sealed(markdown);
            let (_, markup) = seen(&sealed);
            assert!(!markup.iter().any(|it| it.contains("Html")), "{sealed}: {markup:?}");
            sealed
        };
        white_space_of_pages: tidy;
        plain_texts: plain;
    }

    proptest! {
        #[test]
        fn nothing_becomes_markup(text in "[ -~あ漢「」\\n]{0,60}") {
            let sealed = plain(&text);
            let (_, markup) = seen(&sealed);
            let harmless = |it: &String| it == "Paragraph" || it == "Item" || it.starts_with("List(");
            prop_assert!(markup.iter().all(harmless), "{}: {:?}", sealed, markup);
        }

        #[test]
        fn nothing_is_raw_html(markdown in "[<>/a-c \"=!\\-`\\\\&;\\n]{0,60}") {
            let (_, markup) = seen(&sealed(&markdown));
            prop_assert!(!markup.iter().any(|it| it.contains("Html(")), "{:?}", markup);
        }
    }
}
