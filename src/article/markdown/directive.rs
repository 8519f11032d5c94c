//! Directives of site generators in Markdown.
//!
//! docfx: `> [!NOTE]`, `[!INCLUDE [label](path)]`, `::: moniker … :::`, `:::image alt-text="…":::`,
//! `<xref:id>`. Docusaurus: `:::warning`. Hugo: `{{< note >}}`, `{{% … %}}`. Jekyll: `{% include … %}`.
//! A directive itself tells a reader nothing; what is between two of them stays.

use super::Quote;
use crate::text::lexicon::{ARTICLE_PHRASES, Section};

/// A directive that takes up a whole line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Fence<'t> {
    /// Opens an admonition, with the rest of the line as its title.
    Open(Quote, &'t str),
    Close,
    /// An image or a video with its text.
    Image(&'t str),
    /// Layout and versions: nothing to read.
    Other,
}

/// Reads a line that begins with `:::`, or that is nothing but the shortcode of an admonition.
pub(super) fn fence(line: &str) -> Option<Fence<'_>> {
    colons(line).or_else(|| shortcode(line.trim()))
}

fn colons(line: &str) -> Option<Fence<'_>> {
    let rest = line.trim().strip_prefix(":::")?.trim_start_matches(':').trim_start();
    if rest.is_empty() {
        return Some(Fence::Close);
    }
    let end = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '-').unwrap_or(rest.len());
    let (name, after) = rest.split_at(end);
    let title = after.trim().trim_start_matches('[').trim_end_matches([']', ':']);
    let name = name.to_ascii_lowercase();
    // Zenn has `:::message alert`, Qiita `:::note warn`.
    let kind = title.split_whitespace().next().unwrap_or_default();
    let is_kind = matches!(kind, "alert" | "warn" | "info");
    if matches!(name.as_str(), "message" | "note") && (is_kind || name == "message") {
        let warns = matches!(kind, "alert" | "warn");
        let quote = if warns { Quote::Warning } else { Quote::Note };
        let title =
            if is_kind { title.strip_prefix(kind).unwrap_or_default().trim() } else { title };
        return Some(Fence::Open(quote, title));
    }
    Some(match name.as_str() {
        "image" | "video" => Fence::Image(attribute(after, "alt-text").unwrap_or_default()),
        _ => admonition(&name).map_or(Fence::Other, |quote| Fence::Open(quote, title)),
    })
}

pub(super) fn admonition(name: &str) -> Option<Quote> {
    match name {
        "warning" | "danger" | "caution" | "attention" => Some(Quote::Warning),
        "note" | "tip" | "info" | "important" => Some(Quote::Note),
        _ => None,
    }
}

/// The worst kind that any of the words names.
pub(super) fn worst(text: &str) -> Option<Quote> {
    let words = text.split(|c: char| !c.is_ascii_alphanumeric());
    let kinds = words.filter_map(|word| admonition(&word.to_ascii_lowercase()));
    kinds.reduce(|quote, kind| if kind == Quote::Warning { kind } else { quote })
}

/// Shortcodes whose kind is in their arguments, as Hugo's themes have them: `{{% notice warning %}}`
/// (Relearn), `{{% alert color="warning" %}}` (Docsy), `{{< hint danger >}}` (Book), `{{< callout type="info" >}}`.
const KIND_IN_ARGUMENTS: &[&str] = &["notice", "alert", "hint", "callout", "admonition"];

/// Reads a text that is one shortcode, where that opens or ends an admonition.
fn shortcode(text: &str) -> Option<Fence<'_>> {
    let inner = text.strip_prefix("{{<").and_then(|rest| rest.strip_suffix(">}}"));
    let inner = inner.or_else(|| text.strip_prefix("{{%")?.strip_suffix("%}}"))?.trim();
    // An element that ends in a slash has no content.
    if near(inner).len() < inner.len() || inner.contains("}}") || inner.ends_with('/') {
        return None;
    }
    let (name, arguments) = inner.split_once(char::is_whitespace).unwrap_or((inner, ""));
    let (closes, name) = name.strip_prefix('/').map_or((false, name), |name| (true, name.trim()));
    let name = name.to_ascii_lowercase();
    let quote = if KIND_IN_ARGUMENTS.contains(&name.as_str()) {
        worst(arguments)
    } else {
        Some(admonition(&name)?)
    };
    if closes {
        return Some(Fence::Close);
    }
    let title = attribute(arguments, "title");
    // `{{% notice warning "title" %}}`; what follows `=` is another attribute.
    let quoted = || arguments.split('"').nth(1).filter(|_| !arguments.contains('='));
    Some(Fence::Open(quote.unwrap_or(Quote::Note), title.or_else(quoted).unwrap_or_default()))
}

/// The value of `name="…"` in a tag or a directive.
pub(super) fn attribute<'t>(text: &'t str, name: &str) -> Option<&'t str> {
    let mut rest = text;
    while let Some(at) = rest.find(name) {
        let before = rest.get(..at).and_then(|text| text.chars().next_back());
        rest = rest.get(at + name.len()..)?;
        if before.is_some_and(|c| c.is_alphanumeric() || c == '-') {
            continue;
        }
        if let Some(value) = rest.trim_start().strip_prefix('=') {
            let value = value.trim_start();
            return match value.chars().next() {
                Some(quote @ ('"' | '\'')) => value.get(1..)?.split(quote).next(),
                _ => value.split(|c: char| c.is_whitespace() || c == '>').next(),
            };
        }
    }
    None
}

/// The kind that `[!NOTE]` at the beginning of a quotation names, and how many bytes it takes.
pub(super) fn alert(line: &str) -> Option<(Quote, usize)> {
    let inner = line.strip_prefix("[!")?;
    let end = inner.find(']')?;
    let name: String = inner.chars().take_while(char::is_ascii_alphabetic).collect();
    let quote = match name.to_ascii_uppercase().as_str() {
        "WARNING" | "CAUTION" | "DANGER" => Quote::Warning,
        "INCLUDE" | "" => return None,
        _ => Quote::Note,
    };
    Some((quote, "[!".len() + end + "]".len()))
}

static WARNING_SIGNS: Section = ARTICLE_PHRASES.section("signs of warnings");
static NOTE_SIGNS: Section = ARTICLE_PHRASES.section("signs of notes");
static WARNING_WORDS: Section = ARTICLE_PHRASES.section("titles of warnings");
static NOTE_WORDS: Section = ARTICLE_PHRASES.section("titles of notes");

/// The kind whose entry fits, with the entry's length.
fn listed(
    [warnings, notes]: [&Section; 2],
    fits: impl Fn(&&&str) -> bool,
) -> Option<(Quote, usize)> {
    let warning = warnings.iter().find(&fits).map(|entry| (Quote::Warning, entry.len()));
    warning.or_else(|| notes.iter().find(&fits).map(|entry| (Quote::Note, entry.len())))
}

/// The kind that the first line of a quotation names in words or by a sign, and how many bytes that takes:
/// `**警告**`, `注意：`, ⚠️.
pub(super) fn label(line: &str) -> Option<(Quote, usize)> {
    let starts = |sign: &&&str| line.starts_with(**sign);
    if let Some((quote, length)) = listed([&WARNING_SIGNS, &NOTE_SIGNS], starts) {
        let rest = line.get(length..).unwrap_or_default();
        return Some((quote, line.len() - rest.trim_start_matches(['\u{fe0f}', ' ', '　']).len()));
    }
    let inner = line.trim_start_matches(['【', '［', '[']);
    let begins = |word: &&&str| {
        inner.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word))
    };
    let (quote, length) = listed([&WARNING_WORDS, &NOTE_WORDS], begins)?;
    let rest = inner.get(length..).unwrap_or_default();
    let after = rest.trim_start_matches(['】', '］', ']', ':', '：', '!', '！', ' ', '　']);
    let ends = rest.is_empty() || rest.starts_with(['】', '］', ']', ':', '：', '!', '！']);
    ends.then_some((quote, line.len() - after.len()))
}

/// Whether `text` ends with the opening of `[!INCLUDE [label](path)]`; the bytes to take away.
pub(super) fn include_opening(text: &str) -> Option<usize> {
    let body = text.trim_end_matches([' ', '-']);
    let start = body.len().checked_sub("[!include".len())?;
    let opening = body.get(start..)?;
    opening.eq_ignore_ascii_case("[!include").then_some(text.len() - start)
}

/// The beginning of `text` that a directive must close in: a line of a megabyte stays linear.
fn near(text: &str) -> &str {
    const LONGEST_DIRECTIVE: usize = 1_000;
    text.get(..text.floor_char_boundary(LONGEST_DIRECTIVE)).unwrap_or_default()
}

/// The text before and after the first `close` in `text`, if that is near.
fn split_near<'t>(text: &'t str, close: &str) -> Option<(&'t str, &'t str)> {
    let at = near(text).find(close)?;
    Some((text.get(..at)?, text.get(at + close.len()..)?))
}

/// Removes shortcodes: `{{< … >}}`, `{{% … %}}`, `{% … %}`.
pub(super) fn strip_shortcodes(text: &str) -> Option<String> {
    if !text.contains("{{<") && !text.contains("{{%") && !text.contains("{%") {
        return None;
    }
    let mut output = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('{') {
        let (before, tail) = rest.split_at(at);
        output.push_str(before);
        let marks = [("{{<", ">}}"), ("{{%", "%}}"), ("{%", "%}")];
        let mut opened = marks.iter().filter(|(open, _)| tail.starts_with(open));
        let close = opened.find_map(|(_, close)| Some(near(tail).find(close)? + close.len()));
        if let Some(after) = close.and_then(|end| tail.get(end..)) {
            rest = after;
        } else {
            output.push('{');
            rest = tail.get(1..).unwrap_or_default();
        }
    }
    output.push_str(rest);
    Some(output)
}

pub(super) fn fence_mark(line: &str) -> Option<&'static str> {
    ["```", "~~~"].into_iter().find(|mark| line.starts_with(mark))
}

/// The mark of the fence that is open after a line with `mark`.
pub(super) fn passed(open: Option<&'static str>, mark: &'static str) -> Option<&'static str> {
    match open {
        None => Some(mark),
        Some(known) => open.filter(|_| known != mark),
    }
}

/// The Markdown as a person reads it: without anchors, comments, includes' paths and layout lines.
pub(crate) fn tidy(markdown: &str) -> String {
    let mut output = String::with_capacity(markdown.len());
    let mut fenced = None;
    let mut lines = markdown.lines().peekable();
    while let Some(line) = lines.next() {
        let start = line.trim_start_matches([' ', '>']);
        let mark = fence_mark(start);
        if let Some(mark) = mark {
            fenced = passed(fenced, mark);
        }
        if fenced.is_some() || mark.is_some() {
            output.push_str(line);
        } else if let Some(directive) = fence(start) {
            // A title is a paragraph of its own.
            let titled = matches!(directive, Fence::Open(..));
            match directive {
                Fence::Open(Quote::Warning, "") => output.push_str("**⚠ 注意**"),
                Fence::Open(Quote::Warning, title) => output.push_str(&format!("**⚠ {title}**")),
                Fence::Open(_, title) if !title.is_empty() => {
                    output.push_str(&format!("**{title}**"));
                }
                Fence::Image(text) if !text.is_empty() => output.push_str(&format!("![{text}]")),
                _ => continue,
            }
            if titled && lines.peek().is_some_and(|next| !next.trim().is_empty()) {
                output.push('\n');
            }
        } else {
            tidy_line(line, &mut output);
        }
        output.truncate(output.trim_end_matches([' ', '\t']).len());
        output.push('\n');
    }
    output.truncate(output.trim_end().len());
    output
}

/// Copies a line, without what only a site generator reads.
fn tidy_line(line: &str, output: &mut String) {
    let stripped = strip_shortcodes(line);
    let mut rest = stripped.as_deref().unwrap_or(line);
    while let Some(at) = rest.find(['[', '<']) {
        let (before, tail) = rest.split_at(at);
        output.push_str(before);
        let read = include(tail).or_else(|| Some(("", invisible(tail)?)));
        // The bracket itself.
        let (said, after) = read.unwrap_or_else(|| tail.split_at(1));
        output.push_str(said);
        rest = after;
    }
    output.push_str(rest);
}

/// The label of an include at the beginning of `text`, and what follows it.
fn include(text: &str) -> Option<(&str, &str)> {
    let inner = after_head(text, "[!include")?.trim_start_matches([' ', '-']).strip_prefix('[')?;
    let (label, after) = split_near(inner, "]")?;
    let after = split_near(after.strip_prefix('(')?, ")")?.1;
    Some((label.trim(), after.trim_start_matches(' ').strip_prefix(']')?))
}

/// The text after `[!div class="…"]`, which only sets the style of the next line.
pub(super) fn layout(text: &str) -> Option<&str> {
    let after = after_head(text, "[!div").filter(|after| after.starts_with([' ', ']']))?;
    split_near(after, "]").map(|(_, after)| after)
}

/// The text after `head`, in any case.
fn after_head<'t>(text: &'t str, head: &str) -> Option<&'t str> {
    let (start, after) = text.split_at_checked(head.len())?;
    start.eq_ignore_ascii_case(head).then_some(after)
}

/// The text after an element that a reader does not see: `<a name="…"></a>`, `<!-- … -->`, `[!div …]`.
fn invisible(text: &str) -> Option<&str> {
    if let Some(after) = layout(text) {
        return Some(after);
    }
    if let Some(comment) = text.strip_prefix("<!--") {
        return split_near(comment, "-->").map(|(_, after)| after);
    }
    let (attributes, after) = split_near(after_head(text, "<a ")?, ">")?;
    if attribute(attributes, "href").is_some() {
        return None;
    }
    Some(after_head(after, "</a>").unwrap_or(after))
}

#[cfg(test)]
crate::source::cases! {
    fences: |line| format!("{:?}", fence(line));
    tidied: tidy;
}
