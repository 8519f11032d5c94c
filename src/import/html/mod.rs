//! Saved pages of a help centre, whatever software made them.
//!
//! 1. `site` knows where each software keeps the title, the text and the day of a page, and what is
//!    its chrome;
//! 2. `address` finds the page's own address, and makes links whole with it;
//! 3. `writer` walks the text and writes Markdown; what it meets and does not write, it tells.

mod address;
mod site;
mod writer;

use scraper::{ElementRef, Html};

use super::messages::{self, Column};
use super::{Collector, Draft, Source, escape};
use crate::article::date;
use crate::source::Phrase;
use address::Addresses;
pub(super) use address::{host, zendesk_key};
use writer::Writer;

pub(super) const SOURCE: Source = Source { recognizes, read };

fn recognizes(name: &str, text: &str) -> bool {
    let page = [".html", ".htm", ".xhtml"].iter().any(|ending| name.ends_with(ending));
    let start: String = text.trim_start().chars().take(200).collect::<String>().to_lowercase();
    page || !name.contains('.') && (start.starts_with("<!doctype html") || start.contains("<html"))
}

/// Facts about a page beside its text.
pub(super) struct Page<'p> {
    pub(super) file: &'p str,
    /// The page's key; its address, where it is `None`.
    pub(super) key: Option<String>,
    pub(super) title: Option<&'p str>,
    pub(super) address: Option<&'p str>,
    pub(super) updated: Option<&'p str>,
    pub(super) keywords: Vec<String>,
}

/// Takes in a whole page.
fn read(reader: &mut Collector<'_>, file: &str, text: &str) {
    let document = Html::parse_document(text);
    let addresses = Addresses::of(&document, text, file, reader.options.base.as_deref());
    let Some(content) = site::content(&document) else {
        let what = Phrase::new("本文の見つからないページ", "pages without a text");
        return reader.leave_out(file, what, Some(String::new()));
    };
    for [ja, en] in site::around(&document, content) {
        reader.leave_out(file, Phrase::new(ja, en), None);
    }
    let title = site::title(&document, content);
    let updated = site::updated(&document, text);
    let address = addresses.own();
    let page = Page {
        file,
        key: site::confluence(&document, file).or_else(|| site::notion(&document, file)),
        title: title.as_deref(),
        address: address.as_deref(),
        updated: updated.as_deref(),
        keywords: site::keywords(&document),
    };
    let drafts = reader.imported.drafts.len();
    take(reader, &page, content, &addresses);
    if let Some(draft) = reader.imported.drafts.get_mut(drafts) {
        add_properties(draft, &site::properties(&document));
    }
}

/// Takes over a page's table of properties: as front matter where a key is known, else as a list at the end.
fn add_properties(draft: &mut Draft, properties: &[(String, Vec<String>)]) {
    let mut others = Vec::new();
    for (name, values) in properties {
        let first = values.first().map(|value| value.trim_start_matches('@')).unwrap_or_default();
        match messages::named(name) {
            Some(Column::Product) => draft.product = Some(first.to_owned()),
            Some(Column::Platform) => draft.platforms = values.clone(),
            Some(Column::Code) => draft.codes.extend(values.iter().cloned()),
            Some(Column::Keyword) => draft.keywords.extend(values.iter().cloned()),
            Some(Column::Updated) if date(first).is_some() => draft.updated = date(first),
            Some(Column::Link) if first.contains("://") => draft.source = Some(first.to_owned()),
            Some(Column::Message) => draft.messages.extend(values.iter().cloned()),
            _ => others.push((name.as_str(), values.join("、"))),
        }
    }
    let others: Vec<(&str, &str)> =
        others.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let japanese = !draft.title.is_ascii() || others.iter().any(|(name, _)| !name.is_ascii());
    if !others.is_empty() {
        draft.body.push('\n');
        draft.body.push_str(messages::others(&others, japanese).trim_end());
        draft.body.push('\n');
    }
    draft.sort_messages();
}

/// Takes in a text that is alone, such as the body of an article in an export.
pub(super) fn take_fragment(reader: &mut Collector<'_>, page: &Page<'_>, html: &str) {
    let document = Html::parse_document(html);
    let base = page.address.or(reader.options.base.as_deref()).map(str::to_owned);
    let addresses = Addresses::at(base.as_deref());
    let content = site::first(&document, "body").unwrap_or_else(|| document.root_element());
    take(reader, page, content, &addresses);
}

fn take(
    reader: &mut Collector<'_>,
    page: &Page<'_>,
    content: ElementRef<'_>,
    addresses: &Addresses,
) {
    let mut title = page.title.map(one_line).unwrap_or_default();
    let mut writer = Writer::new(addresses, &title);
    let body = escape::sealed(&writer.write(content));
    for (what, detail) in writer.left_out {
        reader.leave_out(page.file, what, detail);
    }
    if title.is_empty() {
        let name = page.file.rsplit('/').next().unwrap_or_default();
        title = name.rsplit_once('.').map_or(name, |(stem, _)| stem).to_owned();
    }
    if body.trim().is_empty() {
        let what = Phrase::new("本文のないページ", "pages without a text");
        return reader.leave_out(page.file, what, Some(title));
    }
    let named = || page.address.map(|it| address::zendesk(it).unwrap_or_else(|| it.to_owned()));
    let key = page.key.clone().or_else(named);
    let key = key.unwrap_or_else(|| format!("file:{}", page.file));
    let mut draft = reader.draft(page.file, key, title);
    draft.source = page.address.filter(|address| address.contains("://")).map(str::to_owned);
    draft.updated = page.updated.and_then(date);
    draft.keywords.clone_from(&page.keywords);
    draft.body = body;
    reader.imported.drafts.push(draft);
}

fn one_line(text: &str) -> String {
    let visible: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    visible.split_whitespace().collect::<Vec<_>>().join(" ")
}
