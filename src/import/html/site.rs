//! Where help centres keep what, by the software that makes them.
//!
//! Zendesk Guide, MadCap Flare, WordPress, Confluence, Notion, HubSpot, GitBook and SharePoint are known by their
//! public markup; other pages by what HTML itself has (`main`, `article`) and by names that most themes share.

use scraper::{ElementRef, Html, Selector};

use crate::article::date;
use crate::source::add_new;
use crate::text::lexicon::{PAGE_CHROME, Section};

static CONTENT: Section = PAGE_CHROME.section("text");

static TITLE: Section = PAGE_CHROME.section("title");

/// Where Confluence tells a page's title to its own scripts.
static AJS_TITLE: Section = PAGE_CHROME.section("attributes of the title");
/// The heading that an export of Confluence has.
const OF_EXPORT: &str = "#title-heading.pagetitle";

static UPDATED: Section = PAGE_CHROME.section("attributes of the last change");
/// Where a day is that is that of the last change, as nothing else is told.
static SHOWN_DAY: Section = PAGE_CHROME.section("attributes of other days");

/// Chrome: parts of a page around its text, as they are told of in Japanese and in English.
pub(super) type Chrome = [&'static str; 2];

const NAVIGATION: Chrome =
    ["ナビゲーション、ヘッダー、フッター、パンくず", "navigation, headers, footers, breadcrumbs"];
const ASIDE: Chrome = ["サイドバー、ウィジェット", "side bars and widgets"];
const FORM: Chrome = ["フォーム、ボタン", "forms and buttons"];
const VOTES: Chrome = ["評価（役に立ちましたか）", "votes (was this helpful?)"];
pub(super) const SCRIPT: Chrome = ["スクリプト、スタイル", "scripts and styles"];
/// Parts beside the text that have no name.
const BESIDE: Chrome = ["本文の外のほかの部分", "other parts outside of the text"];

/// Classes and ids of chrome. A name is compared as a whole: `.nav` is not `.navy`.
static NAMES: [(Chrome, Section); 7] = [
    (NAVIGATION, PAGE_CHROME.section("navigation")),
    (["関連記事", "related articles"], PAGE_CHROME.section("related")),
    (VOTES, PAGE_CHROME.section("votes")),
    (["コメント", "comments"], PAGE_CHROME.section("comments")),
    (["共有ボタン", "buttons to share"], PAGE_CHROME.section("sharing")),
    (["ページ内の目次", "tables of contents of a page"], PAGE_CHROME.section("contents")),
    (ASIDE, PAGE_CHROME.section("aside")),
];

static VOTE_WORDS: Section = PAGE_CHROME.section("vote-words");
static PAGER_WORDS: Section = PAGE_CHROME.section("pager-words");

/// The kind of chrome that an element is, if it is any.
pub(super) fn chrome(element: ElementRef<'_>) -> Option<Chrome> {
    let value = element.value();
    match value.name() {
        "nav" | "footer" => return Some(NAVIGATION),
        // The header of the text itself holds its title.
        "header" => return Some(NAVIGATION).filter(|_| !holds_heading(element)),
        "aside" => return Some(ASIDE),
        "form" | "select" | "textarea" | "input" | "dialog" => return Some(FORM),
        // The button that folds a text open is its heading.
        "button" => return Some(FORM).filter(|_| !unfolds(element)),
        "script" | "style" | "noscript" | "template" | "link" | "meta" => return Some(SCRIPT),
        // Bodies carry the classes of the whole page.
        "body" | "html" | "main" => return None,
        // The parts of a text are never chrome by their class: `th.header`, `h2.nav`.
        "table" | "thead" | "tbody" | "tr" | "td" | "th" => return None,
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => return None,
        _ => {}
    }
    match value.attr("role") {
        Some("navigation" | "banner" | "contentinfo" | "search") => return Some(NAVIGATION),
        Some("complementary") => return Some(ASIDE),
        _ => {}
    }
    let names = value.attr("class").unwrap_or_default().split_ascii_whitespace();
    let names = names.chain(value.attr("id")).chain(value.attr("data-automation-id"));
    let known = |name: &str| {
        let is = |names: &[&str]| names.iter().any(|known| known.eq_ignore_ascii_case(name));
        NAMES.iter().find(|(_, names)| is(names)).map(|(chrome, _)| *chrome)
    };
    names.chain(value.attr("data-testid")).find_map(known).or_else(|| labelled(element))
}

/// Chrome that its words tell where its classes do not: `Was this helpful?`, the link to the next page.
fn labelled(element: ElementRef<'_>) -> Option<Chrome> {
    const LONGEST: usize = 60;
    const MOST: usize = 200;
    if !matches!(element.value().name(), "div" | "p" | "span" | "a" | "section") {
        return None;
    }
    let mut said = element.text().map(str::trim).filter(|text| !text.is_empty());
    let first = said.next()?;
    let whole = said.next().is_none();
    let length: usize = element.text().take(MOST).map(str::len).sum();
    let is = |section: &Section| {
        section.iter().any(|known| first.eq_ignore_ascii_case(known)) && length <= MOST
    };
    if whole && first.len() <= LONGEST && is(&VOTE_WORDS) {
        return Some(VOTES);
    }
    let leads = element.value().name() == "a" && !whole;
    (leads && is(&PAGER_WORDS)).then_some(NAVIGATION)
}

fn unfolds(button: ElementRef<'_>) -> bool {
    let parent = button.parent().and_then(ElementRef::wrap);
    let heads = |name| matches!(name, "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "dt" | "summary");
    parent.is_some_and(|parent| heads(parent.value().name()))
        || button.value().attr("aria-expanded").is_some()
}

fn holds_heading(element: ElementRef<'_>) -> bool {
    element.child_elements().any(|child| matches!(child.value().name(), "h1" | "h2" | "h3"))
}

/// The element that holds the text; of several that could, the one with the most.
pub(super) fn content(document: &Html) -> Option<ElementRef<'_>> {
    CONTENT.iter().find_map(|selector| {
        let selector = Selector::parse(selector).ok()?;
        let filled = document.select(&selector).map(|element| (length(element), element));
        let filled = filled.filter(|(length, _)| *length > 0);
        let most = filled.reduce(|most, next| if next.0 > most.0 { next } else { most });
        most.map(|(_, element)| element)
    })
}

/// The chrome around a page's text: the outermost parts, those that show something.
pub(super) fn around(document: &Html, content: ElementRef<'_>) -> Vec<Chrome> {
    let above: Vec<_> = content.ancestors().map(|node| node.id()).collect();
    let mut found = Vec::new();
    let mut open = vec![document.root_element()];
    while let Some(element) = open.pop() {
        for child in element.child_elements() {
            if child.id() == content.id() || child.value().name() == "head" {
                continue;
            }
            if above.contains(&child.id()) {
                open.push(child);
            } else if let Some(chrome) = chrome(child) {
                let shows = length(child) > 0 && chrome != SCRIPT;
                found.extend(shows.then_some(chrome));
            } else if length(child) > 0 && !matches!(child.value().name(), "header" | "h1") {
                // The header of an article holds its title, which is not left out.
                found.push(BESIDE);
            }
        }
    }
    found
}

fn length(element: ElementRef<'_>) -> usize {
    element.text().map(|text| text.trim().len()).sum()
}

/// The title of a page: its heading, what social sites are told, the window's title without the site's.
pub(super) fn title(document: &Html, content: ElementRef<'_>) -> Option<String> {
    let text = |element: ElementRef<'_>| Some(said(element)).filter(|text| !text.is_empty());
    let one = |selector: &str| {
        let selector = Selector::parse(selector).ok()?;
        let mut found = document.select(&selector);
        let first = found.next()?;
        // Several headings of the first level are chapters.
        if found.next().is_some() { None } else { text(first) }
    };
    let told = || {
        let title = AJS_TITLE.iter().find_map(|place| value(document, place))?;
        (!title.is_empty()).then_some(title)
    };
    let named = told().or_else(|| TITLE.iter().find_map(|selector| one(selector)));
    // An export of Confluence writes the name of the space before it: `情シス : 端末の登録`.
    let exported = first(document, OF_EXPORT).is_some();
    let named = named.map(|title| match title.split_once(" : ") {
        Some((_, page)) if exported && !page.trim().is_empty() => page.trim().to_owned(),
        _ => title,
    });
    let heading = || {
        let selector = Selector::parse("h1").ok()?;
        content.select(&selector).next().and_then(text)
    };
    let social = || {
        let title = value(document, "meta[property='og:title'] content")?;
        (!title.is_empty()).then(|| without_site(&title))
    };
    let window = || Some(without_site(&text(first(document, "head title, title")?)?));
    named.or_else(heading).or_else(|| one("h1")).or_else(social).or_else(window)
}

/// The title without the name of the site after its last bar or dash.
fn without_site(title: &str) -> String {
    for separator in [" | ", "｜", " – ", " — ", " - ", "|"] {
        if let Some((page, site)) = title.rsplit_once(separator)
            && !page.trim().is_empty()
            && !site.trim().is_empty()
        {
            return page.trim().to_owned();
        }
    }
    title.trim().to_owned()
}

/// When the page was last changed, as it is written there.
pub(super) fn updated(document: &Html, text: &str) -> Option<String> {
    let day = |place: &&str| date(&value(document, place)?).map(|day| day.to_string());
    let marked = UPDATED.iter().find_map(day).or_else(|| linked_data(text));
    marked.or_else(|| SHOWN_DAY.iter().find_map(day)).or_else(|| sentence(document))
}

/// The value of an attribute, whose name is after the selector of its element.
pub(super) fn value(document: &Html, place: &str) -> Option<String> {
    let (selector, name) = place.rsplit_once(' ')?;
    Some(first(document, selector)?.value().attr(name)?.trim().to_owned())
}

pub(super) fn first<'d>(document: &'d Html, selector: &str) -> Option<ElementRef<'d>> {
    let selector = Selector::parse(selector).ok()?;
    document.select(&selector).next()
}

/// The text of an element on one line.
fn said(element: ElementRef<'_>) -> String {
    text_of(element).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The last day that a line beside the text names, where Confluence, HubSpot and SharePoint write who changed the page.
fn sentence(document: &Html) -> Option<String> {
    static LINES: Section = PAGE_CHROME.section("last change");
    const LONGEST: usize = 400;
    LINES.iter().find_map(|selector| {
        let text: String = text_of(first(document, selector)?).chars().take(LONGEST).collect();
        let words = text.char_indices().filter(|(at, _)| {
            let before = text.get(..*at).and_then(|before| before.chars().next_back());
            before.is_none_or(|before| !before.is_alphanumeric())
        });
        let days = words.filter_map(|(at, _)| date(text.get(at..)?));
        days.max().map(|day| day.to_string())
    })
}

/// The number of a page of Confluence, which its title and its place do not change; `None` where it is none.
pub(super) fn confluence(document: &Html, file: &str) -> Option<String> {
    let digits = |text: &str| text.len() >= 4 && text.bytes().all(|byte| byte.is_ascii_digit());
    if let Some(id) = value(document, "meta[name='ajs-page-id'] content").filter(|id| digits(id)) {
        return Some(format!("confluence:{id}"));
    }
    first(document, OF_EXPORT)?;
    let name = file.rsplit('/').next()?;
    let id = name.split('.').next()?.rsplit(['_', '-']).next()?;
    digits(id).then(|| format!("confluence:{id}"))
}

/// The id of a page of Notion: its article's, or what its file's name ends with.
pub(super) fn notion(document: &Html, file: &str) -> Option<String> {
    const DIGITS: usize = 32;
    let page = first(document, "article.page")?;
    let stem = file.rsplit('/').next()?.rsplit_once('.')?.0;
    let named = [page.value().attr("id"), stem.rsplit([' ', '-', '_']).next()];
    named.into_iter().flatten().find_map(|id| {
        let id: String = id.chars().filter(|c| *c != '-').collect();
        let whole = id.len() == DIGITS && id.bytes().all(|byte| byte.is_ascii_hexdigit());
        whole.then(|| format!("notion:{}", id.to_ascii_lowercase()))
    })
}

/// The properties of a page of Notion: names and values.
pub(super) fn properties(document: &Html) -> Vec<(String, Vec<String>)> {
    let parsed = ["table.properties tr", "th", "td", ".selected-value"].map(Selector::parse);
    let [Ok(row), Ok(name), Ok(cell), Ok(chosen)] = parsed else { return Vec::new() };
    let rows = document.select(&row).filter_map(|row| {
        let name = said(row.select(&name).next()?);
        let cell = row.select(&cell).next()?;
        let mut values: Vec<String> = cell.select(&chosen).map(said).collect();
        if values.is_empty() {
            values.push(said(cell));
        }
        values.retain(|value| !value.is_empty());
        (!name.is_empty() && !values.is_empty()).then_some((name, values))
    });
    rows.collect()
}

/// `"dateModified": "2024-05-08…"` of schema.org's description.
fn linked_data(text: &str) -> Option<String> {
    let (_, rest) = text.split_once("\"dateModified\"")?;
    let value = rest.trim_start().strip_prefix(':')?.trim_start().strip_prefix('"')?;
    date(value.split('"').next()?).map(|day| day.to_string())
}

/// The words that the page is tagged with.
pub(super) fn keywords(document: &Html) -> Vec<String> {
    const MOST: usize = 20;
    let Ok(selector) = Selector::parse("meta[name='keywords'], meta[property='article:tag']")
    else {
        return Vec::new();
    };
    let told = document.select(&selector).filter_map(|meta| meta.value().attr("content"));
    let told = told.flat_map(|content| content.split([',', '、'])).map(str::trim);
    let mut words = Vec::new();
    add_new(&mut words, told.filter(|word| !word.is_empty()).map(str::to_owned));
    words.truncate(MOST);
    words
}

/// The text of an element, with nothing of its scripts and buttons.
pub(super) fn text_of(element: ElementRef<'_>) -> String {
    let shown = element.descendants().filter(|node| {
        let parent = node.parent().and_then(ElementRef::wrap).map(|it| it.value().name());
        !matches!(parent, Some("script" | "style" | "rt" | "button"))
    });
    shown.filter_map(|node| node.value().as_text().map(|text| text.to_string())).collect()
}
