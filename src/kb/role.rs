//! The one rule of which files are articles, and what the others are.

use serde::{Deserialize, Serialize};

use crate::article::without_ending;

/// The part that a file plays in a knowledge base.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(crate) enum FileRole {
    /// A Markdown document.
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_path_says_the_role() {
        for (path, role) in [
            ("a.md", Some(FileRole::Article)),
            ("A.MD", Some(FileRole::Article)),
            ("a/b.markdown", Some(FileRole::Article)),
            ("a/page.mdx", Some(FileRole::Article)),
            ("a/README.md", Some(FileRole::Article)),
            ("README.md", None),
            ("readme.md", None),
            ("ReadMe.markdown", None),
            ("flows/x.md", Some(FileRole::Flow)),
            ("flows/a/x.markdown", Some(FileRole::Flow)),
            ("a/flows/x.md", Some(FileRole::Article)),
            ("codes/x.toml", Some(FileRole::Codes)),
            ("formats/x.toml", Some(FileRole::Format)),
            ("a/codes/x.toml", None),
            ("shirube.toml", Some(FileRole::Settings)),
            ("a/shirube.toml", None),
            ("synonyms.txt", Some(FileRole::Synonyms)),
            ("dictionary.csv", Some(FileRole::Dictionary)),
            ("a.png", None),
            ("a.md.imported", None),
            ("md", None),
        ] {
            assert_eq!(FileRole::of(path), role, "{path}");
        }
    }
}
