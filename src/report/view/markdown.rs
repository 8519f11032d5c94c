//! Markdown as terminal and page both show it: what is said elsewhere already, what begins an item, what is a test.

use pulldown_cmark::BlockQuoteKind;
use unicode_width::UnicodeWidthChar;

/// Marks that begin an item in documents that know no Markdown lists: a line that begins with one
/// stays a line.
const ITEM_MARKS: &str = "・※◆■●○◎□▼▶→⇒①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳【(（";

/// The context of a passage.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Around<'a> {
    /// The article's file, from which relative links start.
    pub(crate) path: &'a str,
    /// The heading that leads to the passage.
    pub(crate) heading: Option<&'a str>,
    /// The cautions that stand before the steps.
    pub(crate) cautions: &'a [String],
}

impl<'a> Around<'a> {
    /// The context of a passage that its heading path leads to.
    pub(crate) fn of(path: &'a str, section: &'a [String], cautions: &'a [String]) -> Self {
        Self { path, heading: section.last().map(String::as_str), cautions }
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
pub(crate) fn is_said(source: &str, around: Around<'_>) -> bool {
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

/// Whether the information string of a fence marks a test: `log`, `log shared`.
pub(crate) fn is_sample(information: &str) -> bool {
    information.split([' ', ',', '{']).next() == Some("log")
}
