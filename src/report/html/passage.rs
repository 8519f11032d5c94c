//! Markdown of articles as HTML that can do nothing but be read.
//!
//! 1. What is elsewhere on the page is left out, as on a terminal: the heading that leads here and the
//!    warnings that are before the steps. A fence marked `log` is a test and no text.
//! 2. Links lead to the page of their article, or out; an image is a link, since nothing is loaded from
//!    elsewhere.
//! 3. What comes out passes a list of harmless elements. An article is written by whoever can send a
//!    change.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use pulldown_cmark::{BlockQuoteKind, CowStr, Event, HeadingLevel, LinkType, Tag, TagEnd, html};

use super::address;
use crate::report::view::markdown::{Around, begins_item, destination, is_wide, shown, words};
use crate::report::view::visible;

const ELEMENTS: &str = "a b blockquote br caption code dd del dl dt em h3 h4 h5 h6 hr i kbd li \
    ol p pre s strong sub sup table tbody td th thead tr ul";

static HARMLESS: LazyLock<ammonia::Builder<'static>> = LazyLock::new(|| {
    let elements: HashSet<&str> = ELEMENTS.split_whitespace().collect();
    let attributes: HashMap<&str, HashSet<&str>> =
        [("a", ["href"].into()), ("ol", ["start"].into())].into();
    let classes: HashMap<&str, HashSet<&str>> =
        [("blockquote", WARNINGS.map(|(_, class)| class).into())].into();
    let mut builder = ammonia::Builder::empty();
    builder
        .tags(elements)
        .tag_attributes(attributes)
        .allowed_classes(classes)
        .url_schemes(["http", "https", "mailto"].into())
        .clean_content_tags(["script", "style", "template", "noscript", "iframe", "object"].into())
        .link_rel(Some("noopener noreferrer"));
    builder
});

/// The classes that the writer gives to quotes that warn or note.
const WARNINGS: [(BlockQuoteKind, &str); 5] = [
    (BlockQuoteKind::Note, "markdown-alert-note"),
    (BlockQuoteKind::Tip, "markdown-alert-tip"),
    (BlockQuoteKind::Important, "markdown-alert-important"),
    (BlockQuoteKind::Warning, "markdown-alert-warning"),
    (BlockQuoteKind::Caution, "markdown-alert-caution"),
];

/// `markdown` as HTML. Its headings are below the page's own, of which `level` is the last.
pub(super) fn render(markdown: &str, around: Around<'_>, level: usize) -> String {
    let markdown = visible(markdown);
    let events = shown(&markdown, around).into_iter().flatten().collect();
    let mut written = String::with_capacity(markdown.len() * 2);
    html::push_html(&mut written, plain(events, around, level).into_iter());
    HARMLESS.clean(&written).to_string()
}

fn plain<'e>(events: Vec<Event<'e>>, around: Around<'_>, level: usize) -> Vec<Event<'e>> {
    let mut shown: Vec<Event<'e>> = Vec::with_capacity(events.len());
    let mut images: Vec<bool> = Vec::new();
    let mut events = events.into_iter().peekable();
    while let Some(event) = events.next() {
        let event = match event {
            Event::SoftBreak => {
                let before = shown.last().and_then(words).and_then(|text| text.chars().next_back());
                let next = events.peek().and_then(words).and_then(|text| text.chars().next());
                if next.is_some_and(begins_item) {
                    Event::HardBreak
                } else if before.is_some_and(is_wide) && next.is_some_and(is_wide) {
                    continue;
                } else {
                    Event::SoftBreak
                }
            }
            Event::TaskListMarker(done) => Event::Text(if done { "☑ " } else { "☐ " }.into()),
            Event::Start(Tag::Heading { level: own, .. }) => {
                let level = lowered(own, level);
                Event::Start(Tag::Heading {
                    level,
                    id: None,
                    classes: Vec::new(),
                    attrs: Vec::new(),
                })
            }
            Event::End(TagEnd::Heading(own)) => Event::End(TagEnd::Heading(lowered(own, level))),
            Event::Start(Tag::Link { dest_url, .. }) => link(&dest_url, around),
            Event::Start(Tag::Image { dest_url, .. }) => {
                let out = is_outside(&dest_url);
                images.push(out);
                if !out {
                    continue;
                }
                shown.push(link(&dest_url, around));
                Event::Text("🖼 ".into())
            }
            Event::End(TagEnd::Image) => match images.pop() {
                Some(true) => Event::End(TagEnd::Link),
                _ => continue,
            },
            event => event,
        };
        shown.push(event);
    }
    shown
}

fn link<'e>(target: &str, around: Around<'_>) -> Event<'e> {
    let dest_url = CowStr::from(leads(target, around.path));
    let (title, id) = ("".into(), "".into());
    Event::Start(Tag::Link { link_type: LinkType::Inline, dest_url, title, id })
}

fn is_outside(target: &str) -> bool {
    target.contains("://") || target.starts_with("mailto:")
}

/// Where a link of the article at `path` leads on the page.
fn leads(target: &str, path: &str) -> String {
    // A scheme that is not known is no place to go to; the list of harmless ones drops it.
    if is_outside(target) || target.split(['/', '#', '?']).next().unwrap_or_default().contains(':')
    {
        return target.to_owned();
    }
    let whole = destination(target, path);
    let (file, anchor) = whole.split_once('#').unwrap_or((&whole, ""));
    address(file.strip_suffix(".md").unwrap_or(file), anchor)
}

fn lowered(own: HeadingLevel, above: usize) -> HeadingLevel {
    HeadingLevel::try_from((own as usize + above).clamp(above + 1, 6)).unwrap_or(HeadingLevel::H6)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(markdown: &str) -> String {
        render(markdown, Around { path: "console/push.md", ..Around::default() }, 2)
    }

    crate::source::cases! {
        pages_of_markdown: page;
        links_on_the_page: |link| {
            let html = page(&format!("[x]({link})"));
            assert!(html.contains("rel=\"noopener noreferrer\""), "{html}");
            let address = html.split_once("href=\"").and_then(|(_, rest)| rest.split_once('"'));
            shown(address.map(|(address, _)| address.to_owned()))
        };
    }

    #[test]
    fn nothing_in_an_article_runs_or_loads() {
        let html = page(
            "<script>alert(1)</script>\n\n<img src=x onerror=alert(2)>\n\n[x](javascript:alert(3)) [y](data:text/html,a) \
             [z](jAvAsCrIpT:alert(4)) <a href=\"vbscript:x\" onclick=\"y\">w</a> <svg onload=alert(5)> \
             <iframe src=\"https://evil.example\"></iframe> <style>*{}</style> <form action=\"/v1/feedback\"><input></form>\n\n\
             ![alt](https://evil.example/pixel.png) ![local](../a.png) <b style=\"position:fixed\" class=\"x\" id=\"y\">b</b> \u{1b}[2J\u{202e}\n",
        );
        let lower = html.to_lowercase();
        let bad = "<script alert(1) <img onerror javascript: data: vbscript onclick <svg <iframe \
            <style style= <form <input class= id= src= \u{1b} \u{202e}";
        for bad in bad.split_whitespace() {
            assert!(!lower.contains(bad), "{bad}\n{html}");
        }
        assert!(html.contains("href=\"https://evil.example/pixel.png\""), "{html}");
        assert!(html.contains("local") && html.contains("<b>b</b>"), "{html}");
    }

    #[test]
    fn what_stands_elsewhere_is_left_out() {
        let cautions = ["端末を初期化します。".to_owned()];
        let around = Around { path: "a.md", heading: Some("対処"), cautions: &cautions };
        let html = render(
            "## 対処\n\n> [!WARNING]\n> 端末を初期化します。\n\n> [!WARNING]\n> 別の注意です。\n\n1. する\n\n```log\nx\n```\n",
            around,
            3,
        );
        assert!(!html.contains("<h") && !html.contains("初期化"), "{html}");
        assert!(html.contains("markdown-alert-warning") && html.contains("別の注意"), "{html}");
        assert!(html.contains("する") && !html.contains("<pre>"), "{html}");
    }
}
