//! Breaks text into lines by display width, with the Japanese rules of line breaking (kinsoku).
//!
//! 1. Every character gets its width on a terminal: two columns for what is wide, none for what
//!    combines. Characters of ambiguous width count as one column, as terminals draw them unless
//!    told otherwise.
//! 2. A line takes as many characters as fit, and is then cut at the last place where a break is
//!    allowed: after a space, or beside a wide character unless kinsoku forbids it. Words in katakana
//!    stay whole where that leaves no great gap.
//! 3. A word that is longer than the line is cut where the line ends; a link never is, since a
//!    link that cannot be copied is worth nothing.

use std::rc::Rc;

use super::style::{Fragment, Role};
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// Characters that no line begins with: JIS X 4051's closing brackets, hyphens, dividing
/// punctuation, middle dots, full stops, commas, iteration marks, the long mark, small kana.
const NEVER_FIRST: &str = "、。，．,.・：；:;？！?!‼⁇⁈⁉ヽヾゝゞ々〻ー゛゜´｀\
     」』）］｝〉》】〕〗〙〟’”)]}»｣､｡･ｰﾞﾟ\
     ぁぃぅぇぉっゃゅょゎゕゖァィゥェォッャュョヮヵヶㇰㇱㇲㇳㇴㇵㇶㇷㇸㇹㇺㇻㇼㇽㇾㇿｧｨｩｪｫｬｭｮｯ\
     ‐–〜～…‥％%℃°′″";

/// Characters that no line ends with: opening brackets and prefixed marks.
const NEVER_LAST: &str = "「『（［｛〈《【〔〖〘〝‘“([{«｢￥¥＄$#＃№※⚠";

/// Units that stay with the number before them.
const COUNTERS: &str = "年月日時分秒回件台個行目番号版";

/// A line may be this part of its characters short, to keep a word whole.
const LARGEST_GAP: usize = 3;

/// The columns that `text` takes on a terminal.
pub(crate) fn columns(text: &str) -> usize {
    text.width()
}

/// Breaks `fragments` into lines of at most `width` columns. A line feed ends a line.
pub(crate) fn wrap(fragments: &[Fragment], width: usize) -> Vec<Vec<Fragment>> {
    let cells: Vec<Cell<'_>> = fragments
        .iter()
        .flat_map(|fragment| fragment.text.chars().map(|character| Cell::new(character, fragment)))
        .collect();
    let mut lines = Vec::new();
    for paragraph in cells.split(|cell| cell.character == '\n') {
        let mut rest = paragraph;
        loop {
            let (line, after) = rest.split_at(line_end(rest, width.max(2)));
            lines.push(fragments_of(trim_end(line)));
            rest = trim_start(after);
            if rest.is_empty() {
                break;
            }
        }
    }
    lines
}

#[derive(Clone, Copy)]
struct Cell<'f> {
    character: char,
    role: Role,
    address: Option<&'f Rc<str>>,
    columns: usize,
}

impl<'f> Cell<'f> {
    fn new(character: char, fragment: &'f Fragment) -> Self {
        let columns = character.width().unwrap_or(0);
        Self { character, role: fragment.role, address: fragment.address.as_ref(), columns }
    }

    /// Whether a line may break beside the character without a space: ideographs, kana, and
    /// whatever else is wide; half-width kana are kana.
    fn stands_alone(self) -> bool {
        self.columns == 2 || matches!(self.character, '\u{ff61}'..='\u{ff9f}')
    }
}

/// How many cells go on the line that begins with the first.
fn line_end(cells: &[Cell<'_>], width: usize) -> usize {
    let mut used = 0;
    let fitting = cells
        .iter()
        .take_while(|cell| {
            used += cell.columns;
            used <= width
        })
        .count();
    if fitting == cells.len() {
        return fitting;
    }
    let allowed = |at: &usize| may_break(cells, *at);
    if let Some(last) = (1..=fitting).rev().find(allowed) {
        let earliest = fitting - fitting / LARGEST_GAP;
        let whole = |at: &usize| allowed(at) && !inside_katakana(cells, *at);
        return (earliest..=last).rev().find(whole).unwrap_or(last);
    }
    let in_link = |at: usize| cells.get(at).is_some_and(|cell| cell.role == Role::Link);
    if in_link(fitting) && fitting.checked_sub(1).is_none_or(in_link) {
        return (fitting + 1..cells.len()).find(allowed).unwrap_or(cells.len());
    }
    // A combining mark stays with its base.
    let mut at = fitting.max(1);
    while cells.get(at).is_some_and(|cell| cell.columns == 0) {
        at += 1;
    }
    at
}

fn may_break(cells: &[Cell<'_>], at: usize) -> bool {
    let Some((before, after)) =
        at.checked_sub(1).and_then(|last| cells.get(last).zip(cells.get(at)))
    else {
        return true;
    };
    if before.character == ' ' || after.character == ' ' {
        return true;
    }
    let together = before.role == Role::Link && after.role == Role::Link
        || after.columns == 0
        || NEVER_FIRST.contains(after.character)
        || NEVER_LAST.contains(before.character)
        || before.character.is_numeric() && COUNTERS.contains(after.character);
    !together && (before.stands_alone() || after.stands_alone())
}

/// Whether a break before the cell at `at` would tear a word in katakana apart.
fn inside_katakana(cells: &[Cell<'_>], at: usize) -> bool {
    let katakana = |cell: Option<&Cell<'_>>| {
        cell.is_some_and(|cell| matches!(cell.character, 'ァ'..='ヺ' | 'ー'..='ヿ'))
    };
    katakana(at.checked_sub(1).and_then(|last| cells.get(last))) && katakana(cells.get(at))
}

fn trim_start<'c, 'f>(cells: &'c [Cell<'f>]) -> &'c [Cell<'f>] {
    let blanks = cells.iter().take_while(|cell| cell.character == ' ').count();
    cells.get(blanks..).unwrap_or_default()
}

fn trim_end<'c, 'f>(cells: &'c [Cell<'f>]) -> &'c [Cell<'f>] {
    let blanks = cells.iter().rev().take_while(|cell| cell.character == ' ').count();
    cells.get(..cells.len() - blanks).unwrap_or_default()
}

fn fragments_of(cells: &[Cell<'_>]) -> Vec<Fragment> {
    cells
        .chunk_by(|left, right| left.role == right.role && left.address == right.address)
        .map(|chunk| {
            let text: String = chunk.iter().map(|cell| cell.character).collect();
            let first = chunk.first();
            Fragment {
                text,
                role: first.map_or(Role::Plain, |cell| cell.role),
                address: first.and_then(|cell| cell.address).cloned(),
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::report::view::sanitized;

    fn wrapped(text: &str, width: usize) -> Vec<String> {
        wrap(&[Fragment::plain(text)], width)
            .into_iter()
            .map(|line| line.into_iter().map(|fragment| fragment.text).collect())
            .collect()
    }

    crate::source::cases! {
        wrapped_lines: |text| {
            let (width, text) = text.split_once(": ").expect("the width is before the text");
            listed(wrapped(text, width.parse().expect("it is a number")))
        };
    }

    #[test]
    fn keeps_links_whole_and_roles_apart() {
        let lines = wrap(
            &[
                Fragment::plain("詳細 "),
                Fragment::new("https://example.com/a/long/path", Role::Link),
            ],
            10,
        );
        assert_eq!(lines[0], [Fragment::plain("詳細")]);
        assert_eq!(lines[1], [Fragment::new("https://example.com/a/long/path", Role::Link)]);

        let lines =
            wrap(&[Fragment::plain("<"), Fragment::new("https://example.com/a", Role::Link)], 10);
        assert_eq!(lines.len(), 1);
    }

    proptest! {
        #[test]
        fn loses_nothing_but_blanks(text in any::<String>(), width in 0_usize..60) {
            let together: String = wrapped(&text, width).concat();
            let bare = |text: &str| text.chars().filter(|c| !matches!(c, ' ' | '\n')).collect::<String>();
            prop_assert_eq!(bare(&together), bare(&sanitized(&text)));
        }

        #[test]
        fn stays_within_the_width(text in "[あ-んア-ンa-z。「」 ー0-9]{0,80}", width in 2_usize..60) {
            for line in wrapped(&text, width) {
                prop_assert!(columns(&line) <= width, "{} at {}", line, width);
            }
        }
    }
}
