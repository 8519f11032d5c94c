//! Markdown from the elements of a page.
//!
//! The walk fills a [`Flow`]: finished blocks, and the line in the making. What is within a line opens and
//! closes marks in it; what is a block ends it. Depth is bounded: below [`DEEPEST`] only text is taken,
//! so that a page of a million nested elements costs no stack.

mod table;

use scraper::ElementRef;

use super::address::Addresses;
use super::site::{self, Chrome, SCRIPT, text_of};
use crate::import::escape::{self, BREAK};
use crate::source::Phrase;
use crate::text::lexicon::{PAGE_CHROME, Section};

/// Elements that are nested deeper are taken as text.
const DEEPEST: usize = 100;
static UNFOLDING: Section = PAGE_CHROME.section("heads of texts that unfold");
static BLOCKS: Section = PAGE_CHROME.section("elements that end a line");
/// A notice longer than this is no notice but a page whose theme names it so.
const LONGEST_NOTICE: usize = 3_000;
/// Among the first so many pieces of a callout is its sign.
const SIGNS: usize = 3;

pub(super) struct Writer<'p> {
    addresses: &'p Addresses,
    /// The title as it is compared: what repeats it is no heading of the text.
    title: String,
    /// The level of the last heading, for what unfolds below it.
    level: usize,
    /// By how much headings are lowered, so that the title stays the only one of its level.
    lowered: usize,
    /// Elements that were not written.
    pub(super) left_out: Vec<(Phrase, Option<String>)>,
}

/// Blocks, and the line in the making.
#[derive(Default)]
pub(super) struct Flow {
    blocks: Vec<String>,
    line: String,
    /// How many lines were ended, with or without text.
    ended: usize,
}

impl Flow {
    fn end_line(&mut self) {
        self.ended += 1;
        let text = escape::tidy(&std::mem::take(&mut self.line));
        if !text.is_empty() {
            self.blocks.push(text);
        }
    }

    fn block(&mut self, block: String) {
        self.end_line();
        if !block.trim().is_empty() {
            self.blocks.push(block);
        }
    }

    fn finish(mut self) -> Vec<String> {
        self.end_line();
        self.blocks
    }
}

impl<'p> Writer<'p> {
    pub(super) fn new(addresses: &'p Addresses, title: &str) -> Self {
        Self { addresses, title: comparable(title), level: 1, lowered: 0, left_out: Vec::new() }
    }

    pub(super) fn write(&mut self, content: ElementRef<'_>) -> String {
        let chapters = content.descendent_elements().any(|element| {
            element.value().name() == "h1" && comparable(&text_of(element)) != self.title
        });
        self.lowered = usize::from(chapters);
        let mut flow = Flow::default();
        self.children(content, &mut flow, 0);
        let mut out = flow.finish().join("\n\n");
        out.push('\n');
        out
    }

    /// The blocks of an element's content by themselves.
    pub(super) fn blocks(&mut self, element: ElementRef<'_>, depth: usize) -> Vec<String> {
        let mut flow = Flow::default();
        self.children(element, &mut flow, depth + 1);
        flow.finish()
    }

    fn children(&mut self, element: ElementRef<'_>, flow: &mut Flow, depth: usize) {
        if depth > DEEPEST {
            escape::inline(&text_of(element), &mut flow.line);
            return;
        }
        for child in element.children() {
            if let Some(text) = child.value().as_text() {
                escape::inline(text, &mut flow.line);
            } else if let Some(child) = ElementRef::wrap(child) {
                self.element(child, flow, depth + 1);
            }
        }
    }

    fn element(&mut self, element: ElementRef<'_>, flow: &mut Flow, depth: usize) {
        let name = element.value().name();
        if let Some(notice) = notice(element) {
            return self.notice(element, notice, flow, depth);
        }
        if let Some(chrome) = site::chrome(element) {
            return self.leave_out(element, chrome);
        }
        match name {
            "br" => flow.line.push(BREAK),
            "q" => {
                flow.line.push('“');
                self.children(element, flow, depth);
                flow.line.push('”');
            }
            "hr" => flow.end_line(),
            "strong" | "b" => self.emphasis(element, "**", flow, depth),
            "em" | "i" | "cite" | "dfn" => self.emphasis(element, "*", flow, depth),
            "code" | "kbd" | "samp" | "tt" => code_span(&text_of(element), &mut flow.line),
            "pre" | "listing" | "xmp" => flow.block(fence(element)),
            "a" => self.link(element, flow, depth),
            "img" => self.image(element, flow),
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                let level = name.as_bytes().get(1).map_or(2, |digit| usize::from(digit - b'0'));
                self.heading(element, (level + self.lowered).max(2), flow, depth);
            }
            "dt" if asks(&text_of(element)) => {
                self.heading(element, self.level + 1, flow, depth);
            }
            "dt" => {
                flow.end_line();
                self.emphasis(element, "**", flow, depth);
                flow.end_line();
            }
            // The summary that unfolds a text is its heading.
            "summary" => self.heading(element, self.level + 1, flow, depth),
            // A toggle in Notion is a list of one.
            "ul" if has_class(element, &["toggle"]) => {
                flow.end_line();
                for item in element.child_elements() {
                    self.children(item, flow, depth + 1);
                }
                flow.end_line();
            }
            "ul" | "ol" | "menu" => {
                let list = self.list(element, depth);
                flow.block(list);
            }
            // An item without its list.
            "li" => {
                let item = self.item(element, "- ", depth);
                flow.block(item);
            }
            "blockquote" => {
                let blocks = self.blocks(element, depth);
                flow.block(quoted(&blocks.join("\n\n")));
            }
            "table" => {
                flow.end_line();
                for block in table::blocks(self, element, depth) {
                    flow.block(block);
                }
            }
            "iframe" | "video" | "audio" | "object" | "embed" | "source" | "track" => {
                self.media(element);
            }
            "svg" | "canvas" | "math" | "map" | "head" | "title" | "rt" | "rp" => {}
            _ if has_class(element, &UNFOLDING) => {
                self.heading(element, self.level + 1, flow, depth);
            }
            _ if BLOCKS.contains(&name) => {
                flow.end_line();
                self.children(element, flow, depth);
                flow.end_line();
            }
            _ => self.children(element, flow, depth),
        }
    }

    fn leave_out(&mut self, element: ElementRef<'_>, chrome @ [ja, en]: Chrome) {
        // Nobody misses an element that shows nothing; scripts are counted even so.
        if chrome == SCRIPT || element.text().any(|text| !text.trim().is_empty()) {
            self.left_out.push((Phrase::new(ja, en), None));
        }
    }

    fn media(&mut self, element: ElementRef<'_>) {
        let value = element.value();
        let target = ["src", "data-src", "data"].into_iter().find_map(|name| value.attr(name));
        let nested = || element.descendent_elements().find_map(|inner| inner.value().attr("src"));
        let address = target.or_else(nested).and_then(|target| self.addresses.link(target));
        let what = Phrase::new("動画、埋め込み", "videos and embedded pages");
        self.left_out.push((what, address));
    }

    /// Marks are set only where Markdown takes them for marks: beside letters of any script.
    fn emphasis(&mut self, element: ElementRef<'_>, mark: &str, flow: &mut Flow, depth: usize) {
        let (ended, start) = (flow.ended, flow.line.len());
        self.children(element, flow, depth);
        if flow.ended != ended {
            return;
        }
        let inner = flow.line.split_off(start);
        let text = inner.trim();
        let outer = flow.line.chars().next_back();
        let ends = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        let sound = ends(text.chars().next())
            && ends(text.chars().next_back())
            && !text.contains([BREAK, '*'])
            && outer != Some('*');
        if sound {
            let before = inner.len() - inner.trim_start().len();
            let (head, rest) = inner.split_at(before);
            let (middle, tail) = rest.split_at(text.len());
            flow.line.push_str(&format!("{head}{mark}{middle}{mark}{tail}"));
        } else {
            flow.line.push_str(&inner);
        }
    }

    fn link(&mut self, element: ElementRef<'_>, flow: &mut Flow, depth: usize) {
        let (ended, start) = (flow.ended, flow.line.len());
        self.children(element, flow, depth);
        let href = element.value().attr("href");
        let target = href.and_then(|href| self.addresses.link(href));
        let Some(target) = target else {
            // Places in the page, and scripts, lead nowhere for a reader of the article.
            let relative = |href: &&str| !href.starts_with('#') && !href.contains(':');
            if let Some(href) = href.map(str::trim).filter(relative) {
                let what = Phrase::new(
                    "行き先の分からないリンク（文字は残しました。--base-url でもとのアドレスを指定できます）",
                    "links that lead nowhere (their text is kept; --base-url names the original address)",
                );
                self.left_out.push((what, Some(href.chars().take(200).collect())));
            }
            return;
        };
        if flow.ended != ended {
            // A link around whole blocks is named by its address, below them.
            let mut text = String::new();
            escape::inline(&target, &mut text);
            return flow.block(format!("[{text}]({target})"));
        }
        let inner = flow.line.split_off(start);
        let text = inner.trim_matches(['\n', ' ', '\t', '\r', BREAK]).to_owned();
        if text.is_empty() {
            return flow.line.push_str(&inner);
        }
        let text = text.replace(BREAK, " ");
        let before = if inner.starts_with([' ', '\n']) { " " } else { "" };
        let after = if inner.ends_with([' ', '\n']) { " " } else { "" };
        // A link within a link is none.
        if text.contains("](") {
            flow.line.push_str(&inner);
        } else {
            flow.line.push_str(&format!("{before}[{text}]({target}){after}"));
        }
    }

    fn image(&mut self, element: ElementRef<'_>, flow: &mut Flow) {
        let value = element.value();
        // Signs of a page's own that stand for nothing.
        if has_class(element, &["emoticon", "expand-control-image"]) {
            return;
        }
        let sources = ["data-image-src", "data-src", "data-lazy-src", "data-original", "src"];
        let mut sources = sources.into_iter().filter_map(|name| value.attr(name));
        let target = sources.find_map(|it| self.addresses.image(it));
        let mut alt = String::new();
        escape::inline(value.attr("alt").unwrap_or_default(), &mut alt);
        let alt = escape::tidy(&alt).replace("\\\n", " ");
        match target {
            Some(target) => flow.line.push_str(&format!("![{alt}]({target})")),
            None => {
                let what =
                    Phrase::new("ページに埋め込まれた画像", "images that are embedded in the page");
                self.left_out.push((what, Some(alt.clone()).filter(|alt| !alt.is_empty())));
                flow.line.push_str(&alt);
            }
        }
    }

    fn heading(&mut self, element: ElementRef<'_>, level: usize, flow: &mut Flow, depth: usize) {
        flow.end_line();
        let text = self.blocks(element, depth).join(" ").replace("\\\n", " ").replace('\n', " ");
        if text.trim().is_empty() || comparable(&text_of(element)) == self.title {
            return;
        }
        let level = level.min(6);
        // Headings of one rank are on one level: what unfolds is not below what unfolded before.
        if matches!(element.value().name().as_bytes(), [b'h', b'1'..=b'6']) {
            self.level = level;
        }
        flow.block(format!("{} {}", "#".repeat(level), text.trim()));
    }

    fn list(&mut self, element: ElementRef<'_>, depth: usize) -> String {
        let ordered = element.value().name() == "ol";
        let start = element.value().attr("start").and_then(|start| start.parse::<u32>().ok());
        let mut number = start.unwrap_or(1).min(999_999_999);
        let mut out = String::new();
        for child in element.child_elements() {
            let nested = matches!(child.value().name(), "ul" | "ol");
            let text = if nested && !out.is_empty() {
                // A list within a list belongs to the item before.
                let list = self.list(child, depth + 1);
                indented(&list, if ordered { 3 } else { 2 }, true)
            } else if site::chrome(child).is_some() {
                continue;
            } else {
                let marker = if ordered { format!("{number}. ") } else { "- ".to_owned() };
                let item = self.item(child, &marker, depth);
                if !item.is_empty() {
                    number = number.saturating_add(1);
                }
                item
            };
            if !text.trim().is_empty() {
                if !out.is_empty() {
                    out.push('\n');
                }
                out.push_str(&text);
            }
        }
        out
    }

    /// An item: its first block after the marker, the others indented below.
    fn item(&mut self, element: ElementRef<'_>, marker: &str, depth: usize) -> String {
        if depth > DEEPEST {
            return format!("{marker}{}", escape::line(&text_of(element)));
        }
        let blocks = self.blocks(element, depth);
        let mut out = String::new();
        for (index, block) in blocks.iter().enumerate() {
            let is_list =
                block.starts_with("- ") || block.starts_with(|c: char| c.is_ascii_digit());
            match index {
                0 => out.push_str(block),
                1 if is_list && blocks.len() == 2 => out.push_str(&format!("\n{block}")),
                _ => out.push_str(&format!("\n\n{block}")),
            }
        }
        if out.is_empty() {
            out
        } else {
            format!("{marker}{}", indented(&out, marker.len(), false))
        }
    }

    fn notice(&mut self, element: ElementRef<'_>, mark: &str, flow: &mut Flow, depth: usize) {
        let mut blocks = self.blocks(element, depth);
        // The sign that a notice begins with says what its mark says.
        if blocks.first().is_some_and(|it| !it.contains(char::is_alphanumeric)) {
            blocks.remove(0);
        }
        let text = blocks.join("\n\n");
        if !text.trim().is_empty() {
            flow.block(quoted(&format!("[!{mark}]\n{text}")));
        }
    }
}

/// Lines moved to the right, but the first where it is after a marker.
fn indented(text: &str, by: usize, first: bool) -> String {
    let margin = " ".repeat(by);
    let lines = text.split('\n').enumerate().map(|(at, line)| match line {
        "" => String::new(),
        line if at == 0 && !first => line.to_owned(),
        line => format!("{margin}{line}"),
    });
    lines.collect::<Vec<_>>().join("\n")
}

fn quoted(text: &str) -> String {
    let lines = text.split('\n').map(|line| match line {
        "" => ">".to_owned(),
        line => format!("> {line}"),
    });
    if text.trim().is_empty() { String::new() } else { lines.collect::<Vec<_>>().join("\n") }
}

/// A code span: as many marks as its content needs.
fn code_span(text: &str, out: &mut String) {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let text: String = text.chars().filter(|c| !c.is_control()).collect();
    if text.is_empty() {
        return;
    }
    let marks = "`".repeat(longest_run(&text) + 1);
    let pad = if text.starts_with('`') || text.ends_with('`') { " " } else { "" };
    out.push_str(&format!("{marks}{pad}{text}{pad}{marks}"));
}

/// A fence. It is marked with no language: `log` would make a test of it.
fn fence(element: ElementRef<'_>) -> String {
    let mut text = String::new();
    for node in element.descendants() {
        if let Some(part) = node.value().as_text() {
            text.extend(part.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')));
        } else if node.value().as_element().is_some_and(|element| element.name() == "br") {
            text.push('\n');
        }
    }
    let text = text.trim_matches('\n').trim_end();
    if text.trim().is_empty() {
        return String::new();
    }
    let marks = "`".repeat((longest_run(text) + 1).max(3));
    format!("{marks}\n{text}\n{marks}")
}

fn longest_run(text: &str) -> usize {
    text.split(|c| c != '`').map(str::len).max().unwrap_or_default()
}

/// Whether a text is a question, as the terms of a list of questions are.
fn asks(text: &str) -> bool {
    let text = text.trim().trim_end_matches(['。', '.']);
    text.ends_with(['?', '？']) || text.ends_with("か")
}

/// The mark of a notice: what its class or a theme calls a warning or a note.
fn notice(element: ElementRef<'_>) -> Option<&'static str> {
    let value = element.value();
    let blocks = ["div", "p", "section", "aside", "blockquote", "table", "figure"];
    if !blocks.contains(&value.name()) {
        return None;
    }
    let class = value.attr("class")?;
    // Notion tells the kind of a callout by its sign alone; Confluence's "note" bears the sign of a warning.
    if value.name() == "figure" && has_class(element, &["callout"]) {
        let said: String = element.text().take(SIGNS).collect();
        let warns =
            said.trim_start().starts_with(['⚠', '🚨', '❗', '‼', '🛑', '🚫', '⛔', '☠', '❌']);
        return Some(if warns { "WARNING" } else { "NOTE" });
    }
    if has_class(element, &["confluence-information-macro"]) {
        let warns = has_class(
            element,
            &["confluence-information-macro-warning", "confluence-information-macro-note"],
        );
        return Some(if warns { "WARNING" } else { "NOTE" });
    }
    let words = class.split(|c: char| !c.is_ascii_alphanumeric()).map(str::to_ascii_lowercase);
    let mark = words.into_iter().find_map(|word| match word.as_str() {
        "warning" | "caution" | "danger" | "attention" => Some("WARNING"),
        "note" | "info" | "tip" | "hint" | "notice" | "memo" => Some("NOTE"),
        _ => None,
    })?;
    let length: usize = element.text().map(str::len).sum();
    let inner = |inner: ElementRef<'_>| matches!(inner.value().name(), "h1" | "h2");
    (length < LONGEST_NOTICE && !element.descendent_elements().any(inner)).then_some(mark)
}

fn has_class(element: ElementRef<'_>, names: &[&str]) -> bool {
    element.value().classes().any(|class| names.iter().any(|name| name.eq_ignore_ascii_case(class)))
}

/// A text without what a heading may have more or less of than a title.
fn comparable(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).collect()
}
