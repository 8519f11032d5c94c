//! The one rule of which files are articles, and what the others are.

use percent_encoding::percent_decode_str;
use serde::{Deserialize, Serialize};

use crate::article::without_ending;

/// The part that a file plays in a knowledge base.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Serialize, Deserialize)]
pub(crate) enum FileRole {
    /// A Markdown document.
    #[default]
    Article,
    /// Codes, `codes/*.toml`.
    Codes,
    /// A log format, `formats/*.toml`.
    Format,
    /// A check flow: Markdown, but no article.
    Flow,
    Synonyms,
    /// The user dictionary in lindera's simple form.
    Dictionary,
    Settings,
}

impl FileRole {
    /// The role of a path below the root, with `/` between its parts; `None` where it plays none.
    ///
    /// Any Markdown document is an article, but for the check flows and the README of the root, which speaks to
    /// the team. Below the root a README is the first page of its folder, as GitBook and GitHub show it.
    pub(crate) fn of(path: &str) -> Option<Self> {
        match path {
            "synonyms.txt" => return Some(Self::Synonyms),
            "dictionary.csv" => return Some(Self::Dictionary),
            "shirube.toml" => return Some(Self::Settings),
            _ => {}
        }
        let folder = path.split_once('/').map(|(folder, _)| folder);
        if let Some(stem) = without_ending(path) {
            return match folder {
                Some("flows") => Some(Self::Flow),
                None if stem.eq_ignore_ascii_case("readme") => None,
                _ => Some(Self::Article),
            };
        }
        let is_toml = path.rsplit_once('.').is_some_and(|(_, it)| it.eq_ignore_ascii_case("toml"));
        match folder {
            Some("codes") if is_toml => Some(Self::Codes),
            Some("formats") if is_toml => Some(Self::Format),
            _ => None,
        }
    }
}

/// The file of the knowledge base that a relative link points at; `None` for what lies elsewhere:
/// other sites, paths from a site's root, what a site generator fills in.
pub(crate) fn resolve_link(from: &str, target: &str) -> Option<String> {
    if target.is_empty() {
        return Some(from.to_owned());
    }
    let target = decode_link(target.split('?').next().unwrap_or_default());
    let elsewhere = target.is_empty()
        || target.starts_with(['/', '~', '\\'])
        || target.split('/').next().is_some_and(|first| first.contains(':'))
        || ["{{", "{%", "${"].iter().any(|mark| target.contains(mark));
    if elsewhere {
        return None;
    }
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    // Editors on Windows write `..\file.md`.
    for part in target.split(['/', '\\']) {
        match part {
            "" | "." => {}
            // Above the root is nothing that could be checked.
            ".." => {
                parts.pop()?;
            }
            _ => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

/// The parts of a link's path or of a file's, without ending and in small letters, as far as they name a page: sites show
/// `errors/E4105/index.md` at `/errors/e4105/`, and `e4104.md` at `e4104.html`.
pub(crate) fn link_parts(path: &str) -> Vec<String> {
    let path = decode_link(path.split(['?', '#']).next().unwrap_or_default()).to_lowercase();
    let parts = path.split(['/', '\\']).filter(|part| !matches!(*part, "" | "." | ".."));
    let mut parts: Vec<String> = parts.map(str::to_owned).collect();
    if let Some(last) = parts.last_mut() {
        let of_site =
            |ending: &str| matches!(ending, "html" | "htm" | "xhtml" | "aspx" | "php" | "jsp");
        let stem = without_ending(last)
            .or_else(|| last.rsplit_once('.').filter(|(_, it)| of_site(it)).map(|(stem, _)| stem));
        *last = stem.unwrap_or(last).to_owned();
    }
    if parts.len() > 1
        && parts.last().is_some_and(|it| matches!(it.as_str(), "index" | "_index" | "readme"))
    {
        parts.pop();
    }
    parts
}

/// Decodes `%E3%81%82`.
pub(crate) fn decode_link(text: &str) -> String {
    percent_decode_str(text).decode_utf8_lossy().into_owned()
}

#[cfg(test)]
crate::source::cases! {
    roles_of_files: |path| format!("{:?}", FileRole::of(path));
    parts_of_links: |path| listed(link_parts(path));
}
