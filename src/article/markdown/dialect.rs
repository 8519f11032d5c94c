//! Dialects of Markdown, written as the directives that are read here. The reader and the screen
//! get the same text, and each line stays where it was.
//!
//! MkDocs: `!!! warning "title"` and its indented text. GitBook: `{% hint style="danger" %}`. kramdown:
//! `{: .warning }` before or after a block. Jekyll: `{% include warning.html content="…" %}`. Adobe:
//! `[!DNL name]`, `[!UICONTROL label]`. MDX: `import`, `export`, `{/* … */}`.

use std::borrow::Cow;

use super::Quote;
use super::directive::{admonition, attribute, fence_mark, passed, worst};

/// A text whose lines can be written anew, each with the line end that it had.
struct Text<'t> {
    lines: Vec<Cow<'t, str>>,
}

impl Text<'_> {
    /// A line without its end; after the last one, nothing.
    fn line(&self, at: usize) -> &str {
        self.lines.get(at).map_or("", |line| line.trim_end_matches(['\n', '\r']))
    }

    fn is_blank(&self, at: usize) -> bool {
        self.line(at).trim().is_empty()
    }

    fn set(&mut self, at: usize, text: &str) {
        if let Some(line) = self.lines.get_mut(at) {
            let end = line.get(line.trim_end_matches(['\n', '\r']).len()..).unwrap_or_default();
            *line = Cow::Owned(format!("{text}{end}"));
        }
    }

    /// Ends an admonition after a line: where a blank line follows, there.
    fn close_behind(&mut self, last: usize, margin: &str) {
        if last + 1 >= self.lines.len() {
            return;
        }
        if self.is_blank(last + 1) {
            self.set(last + 1, &format!("{margin}:::"));
        } else if let Some(line) = self.lines.get_mut(last) {
            line.to_mut().push_str(margin);
            line.to_mut().push_str(":::\n");
        }
    }
}

/// The text as it is read and shown; `mdx` where it may hold the lines of a program.
pub(in crate::article) fn common(text: &str, mdx: bool) -> Cow<'_, str> {
    const MARKS: &[&str] = &["!!!", "???", "{%", "{:", "[!DNL ", "[!UICONTROL "];
    let has = |mark: &&str| memchr::memmem::find(text.as_bytes(), mark.as_bytes()).is_some();
    if !mdx && !MARKS.iter().any(has) {
        return Cow::Borrowed(text);
    }
    let mut text = Text { lines: text.split_inclusive('\n').map(Cow::Borrowed).collect() };
    let (mut open, mut at) = (None, 0);
    while at < text.lines.len() {
        let line = text.line(at).trim_start().to_owned();
        if let Some(mark) = fence_mark(&line) {
            open = passed(open, mark);
        } else if open.is_none() {
            if mdx && program(&mut text, &mut at, &line) {
                continue;
            }
            let _ = indented(&mut text, at, &line)
                || tag(&mut text, at, &line)
                || attribute_list(&mut text, at, &line)
                || named(&mut text, at);
        }
        at += 1;
    }
    Cow::Owned(text.lines.concat())
}

/// The text with its fences marked `log` as documentation, and how many of these there are.
pub(crate) fn without_samples(text: &str) -> (Cow<'_, str>, usize) {
    if !text.contains("log") {
        return (Cow::Borrowed(text), 0);
    }
    let mut text = Text { lines: text.split_inclusive('\n').map(Cow::Borrowed).collect() };
    let (mut open, mut count) = (None, 0);
    for at in 0..text.lines.len() {
        let line = text.line(at);
        let start = line.trim_start_matches([' ', '>', '\t']);
        let Some(mark) = fence_mark(start) else { continue };
        let info = start.trim_start_matches(['`', '~']).trim_start();
        if open.is_none() && info.split([' ', ',', '{']).next() == Some("log") {
            let written = line.replacen("log", "text", 1);
            text.set(at, &written);
            count += 1;
        }
        open = passed(open, mark);
    }
    (Cow::Owned(text.lines.concat()), count)
}

/// The name of an admonition as `:::` has it.
fn opening(quote: Quote, title: &str) -> String {
    let name = if quote == Quote::Warning { "warning" } else { "note" };
    format!(":::{name} {title}").trim_end().to_owned()
}

/// MkDocs: `!!! type "title"`, and under it what is indented by four.
fn indented(text: &mut Text<'_>, at: usize, line: &str) -> bool {
    /// Deeper ones are no admonition: each level is written anew.
    const DEEPEST: usize = 24;
    let marks = ["!!! ", "???+ ", "??? "];
    let Some(rest) = marks.iter().find_map(|mark| line.strip_prefix(mark)) else { return false };
    let rest = rest.trim();
    let end = rest.find(|c: char| c.is_whitespace() || c == '"').unwrap_or(rest.len());
    let (name, title) = rest.split_at(end);
    let margin = text.line(at).len() - line.len();
    let is_name = !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
    if !is_name || margin > DEEPEST {
        return false;
    }
    let quote = match name.to_ascii_lowercase().as_str() {
        "error" => Quote::Warning,
        name => admonition(name).unwrap_or(Quote::Note),
    };
    let title = title.trim().trim_matches('"');
    let blanks = " ".repeat(margin);
    let inner = " ".repeat(margin + 4);
    let mut last = at;
    let mut next = at + 1;
    while next < text.lines.len() {
        if text.line(next).starts_with(&inner) {
            last = next;
        } else if !text.is_blank(next) {
            break;
        }
        next += 1;
    }
    for line in at + 1..=last {
        let dedented = text.line(line).strip_prefix(&inner).map(|rest| format!("{blanks}{rest}"));
        if let Some(dedented) = dedented {
            text.set(line, &dedented);
        }
    }
    text.set(at, &format!("{blanks}{}", opening(quote, title)));
    text.close_behind(last, &blanks);
    true
}

/// A line that is one tag of GitBook or Jekyll.
fn tag(text: &mut Text<'_>, at: usize, line: &str) -> bool {
    const BLOCKS: &[&str] = &["hint", "callout", "alert", "admonition"];
    let tag = line.trim_end().strip_prefix("{%").and_then(|rest| rest.split_once("%}"));
    let Some((inner, behind)) = tag else { return false };
    let inner = inner.trim().trim_matches('-').trim();
    let (name, arguments) = inner.split_once(char::is_whitespace).unwrap_or((inner, ""));
    let is_block = |name: &str| BLOCKS.contains(&name) || admonition(name).is_some();
    let written = if name == "include" || name == "include_relative" {
        let Some(content) = attribute(arguments, "content") else { return false };
        let before = arguments.split("content").next().unwrap_or_default();
        labelled(worst(before), content)
    } else if name.strip_prefix("end").is_some_and(is_block) && behind.trim().is_empty() {
        ":::".to_owned()
    } else if is_block(name) {
        let quote = worst(inner).unwrap_or(Quote::Note);
        match behind.split_once("{%") {
            // A whole one on a line.
            Some((said, _)) => labelled(Some(quote), said.trim()),
            None => opening(quote, attribute(arguments, "title").unwrap_or(behind.trim())),
        }
    } else {
        return false;
    };
    text.set(at, &written);
    true
}

/// A sentence that an admonition of one line says.
fn labelled(quote: Option<Quote>, said: &str) -> String {
    let label = if quote == Some(Quote::Warning) { "【注意】" } else { "" };
    format!("{label}{said}")
}

/// kramdown: a line of attributes, which belongs to the block above or, after a blank line, to the one below.
fn attribute_list(text: &mut Text<'_>, at: usize, line: &str) -> bool {
    /// Higher blocks are not looked through: the attributes are for layout.
    const HIGHEST: usize = 200;
    let inner = line.trim_end().strip_prefix("{:").and_then(|rest| rest.strip_suffix('}'));
    let Some(inner) = inner.filter(|it| !it.contains(['{', '}'])) else { return false };
    text.set(at, "");
    let Some(quote) = worst(inner) else { return true };
    if at > 0 && !text.is_blank(at - 1) {
        let first = (at.saturating_sub(HIGHEST)..at).rev().find(|&it| text.is_blank(it));
        let block = first.map_or(0, |blank| blank + 1);
        let begins = text.line(block).trim_start().to_owned();
        let is_far = first.is_none() && at > HIGHEST;
        if is_far || begins.starts_with(['#', '|', '【']) {
            return true;
        }
        match first {
            Some(blank) => {
                text.set(blank, &opening(quote, ""));
                text.set(at, ":::");
            }
            None => {
                let written = labelled(Some(quote), &begins);
                text.set(block, &written);
            }
        }
    } else if at + 1 < text.lines.len() && !text.is_blank(at + 1) {
        let below = at + 1..text.lines.len();
        if let Some(end) = below.take(HIGHEST).find(|&it| text.is_blank(it)) {
            text.set(at, &opening(quote, ""));
            text.set(end, ":::");
        } else if at + HIGHEST > text.lines.len() {
            text.set(at, &opening(quote, ""));
        }
    }
    true
}

/// Adobe's marks of names: `[!DNL Experience Manager]` is read as the name.
fn named(text: &mut Text<'_>, at: usize) -> bool {
    const MARKS: &[&str] = &["[!DNL ", "[!UICONTROL "];
    let line = text.line(at);
    if !MARKS.iter().any(|mark| line.contains(mark)) {
        return false;
    }
    let mut written = String::with_capacity(line.len());
    let mut rest = line;
    while let Some(open) = rest.find("[!") {
        let (before, tail) = rest.split_at(open);
        if !tail.contains(']') {
            break;
        }
        written.push_str(before);
        let inner = MARKS.iter().find_map(|mark| tail.strip_prefix(mark));
        match inner.and_then(|inner| inner.split_once(']')) {
            Some((name, after)) => {
                written.push_str(name.trim());
                rest = after;
            }
            None => {
                written.push_str("[!");
                rest = tail.get("[!".len()..).unwrap_or_default();
            }
        }
    }
    written.push_str(rest);
    text.set(at, &written);
    true
}

/// MDX: takes away the lines that are a program; `at` then is after them.
fn program(text: &mut Text<'_>, at: &mut usize, line: &str) -> bool {
    /// A longer one is text after all.
    const LONGEST: usize = 200;
    let imports = line.starts_with("import ") && line.contains(['\'', '"']);
    let exports = ["export const ", "export default ", "export function ", "export let "];
    let last = if imports {
        *at
    } else if exports.iter().any(|start| line.starts_with(start)) {
        let mut depth = 0_i64;
        let end = (*at..text.lines.len()).take(LONGEST).find(|&it| {
            let opens = text.line(it).matches(['{', '(', '[']).count();
            let closes = text.line(it).matches(['}', ')', ']']).count();
            depth += i64::try_from(opens).unwrap_or(0) - i64::try_from(closes).unwrap_or(0);
            depth <= 0
        });
        end.unwrap_or(*at)
    } else if line.starts_with("{/*") {
        let closed = |&it: &usize| text.line(it).contains("*/}");
        (*at..text.lines.len()).take(LONGEST).find(closed).unwrap_or(*at)
    } else {
        return false;
    };
    for line in *at..=last {
        text.set(line, "");
    }
    *at = last + 1;
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    crate::source::cases! {
        dialects: |text| common(text, false).into_owned();
        mdx: |text| common(text, true).into_owned();
        without_samples: |text| {
            let (written, count) = super::without_samples(text);
            format!("{count}: {written}")
        };
    }

    proptest::proptest! {
        #[test]
        fn no_line_is_lost(text in "(\\?\\?\\? a\n|!!! note\n|    x\n|\n|\\{: \\.warning \\}\n|x\n|```\n|\\{% hint %\\}\n){0,20}") {
            let written = common(&text, true);
            proptest::prop_assert!(written.lines().count() >= text.lines().count());
        }
    }
}
