//! The meanings of the labels of columns and screens.

use std::collections::HashMap;
use std::sync::LazyLock;

use serde::Deserialize;

use super::words;
use crate::facts::fold;
use crate::text::is_hiragana;
use crate::text::lexicon::{COLUMN_LABELS, Section};

/// The content of a column or a labelled value, after which a section of the list of labels is named.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub(super) enum Role {
    Time,
    Device,
    User,
    Severity,
    /// The state of the thing that the row is about.
    State,
    Message,
    /// The MDM command or the kind of job.
    Command,
    Code,
    /// Known, and none of the above.
    Known,
    Unknown,
}

/// Labels with their roles. Compared folded, without case and spaces.
pub(super) static LABELS: LazyLock<HashMap<&str, Role>> =
    LazyLock::new(|| COLUMN_LABELS.of_variants().collect());

/// The last parts of labels by which the whole is told.
static HEADS: Section = COLUMN_LABELS.section("heads");

/// The role of a label: of one that is listed, or of its last part.
pub(super) fn role(label: &str) -> Role {
    match listed(label) {
        Role::Unknown => of_head(label).unwrap_or(Role::Unknown),
        role => role,
    }
}

/// The role of a compound, which is the thing that its last part names: インストール結果, `Server error code`,
/// `installState`. Of its times nobody knows whether they are those of the failure.
pub(super) fn of_head(label: &str) -> Option<Role> {
    const LONGEST: usize = 48;
    const MOST_WORDS: usize = 4;
    let label = label.trim();
    if label.len() > LONGEST {
        return None;
    }
    // Windows puts spaces between the nouns: サーバー エラー コード.
    let folded = match label.is_ascii() {
        true => fold(label).into_owned(),
        false => fold(label).replace(' ', ""),
    };
    let (spelled, joint) = if folded.is_ascii() {
        let spelled = spaced_words(&folded);
        let word = |word: &str| word.bytes().all(|byte| byte.is_ascii_alphabetic());
        let capital = !label.contains(' ') || label.starts_with(|c: char| c.is_ascii_uppercase());
        let words = (2..=MOST_WORDS).contains(&spelled.split(' ').count());
        (capital && words && spelled.split(' ').all(word)).then_some((spelled, " "))?
    } else {
        let noun = |c: char| c.is_alphanumeric() && (!is_hiragana(c) || c == 'の');
        folded.chars().all(noun).then(|| (folded.to_lowercase(), ""))?
    };
    let is_head = |head: &&&str| {
        spelled.strip_suffix(**head).is_some_and(|before| {
            !before.is_empty() && before.ends_with(joint) && !before.ends_with('の')
        })
    };
    let head = HEADS.iter().filter(is_head).max_by_key(|head| head.len())?;
    Some(match LABELS.get(&*head.replace(' ', "")) {
        None | Some(Role::Time) => Role::Known,
        Some(role) => *role,
    })
}

/// The words of a name in small letters, whether spaces are between them or capitals: `install state`.
fn spaced_words(name: &str) -> String {
    let mut spelled = String::with_capacity(name.len() + 4);
    let mut last = ' ';
    for letter in name.chars() {
        if letter.is_ascii_uppercase() && last.is_ascii_lowercase() {
            spelled.push(' ');
        }
        spelled.push(letter.to_ascii_lowercase());
        last = letter;
    }
    spelled
}

/// The role of a label that is listed; what a bracket or a slash adds to it (「エラー コード (16 進)」) does not change it.
pub(super) fn listed(label: &str) -> Role {
    let label = label.trim();
    if label.is_empty() || label.len() > 80 {
        return Role::Unknown;
    }
    let folded = key(label);
    let known = |label: &str| LABELS.get(label).copied();
    let remarked = || known(folded.strip_suffix(')')?.rsplit_once('(')?.0);
    let first = || known(folded.split_once('/')?.0);
    known(&folded).or_else(remarked).or_else(first).unwrap_or(Role::Unknown)
}

/// How a label is compared: folded, without case and spaces.
pub(super) fn key(label: &str) -> String {
    let mut folded = fold(label.trim()).to_lowercase();
    folded.retain(|c| c != ' ' && c != '_');
    folded
}

/// How many known labels leave no doubt that a row is a header.
const CERTAIN: usize = 3;

/// Whether a line's cells are the labels of columns: at least two are known, and all look like labels. A
/// spreadsheet's row number may be before them.
pub(super) fn is_header<'c>(cells: impl Iterator<Item = &'c str>) -> bool {
    let mut known = 0;
    let mut unknown = 0;
    let mut states = 0;
    for (place, cell) in cells.enumerate() {
        let cell = cell.trim();
        if cell.is_empty() || place == 0 && is_row_number(cell) {
            continue;
        }
        if role(cell) != Role::Unknown {
            known += 1;
            states += usize::from(words::state(cell).is_some());
        } else if cell.len() > 60
            || cell.bytes().any(|byte| byte.is_ascii_digit())
            || words::state(cell).is_some()
        {
            return false;
        } else {
            unknown += 1;
        }
    }
    // A label that is a state besides (キャンセル) names a column among labels alone.
    known - states >= if states > 0 { CERTAIN } else { 2 } && known >= unknown
}

/// The identifier directly after a label of devices: 「端末番号6f00be19d2a4のジョブ」.
pub(super) fn device_behind_label(sentence: &str) -> Option<&str> {
    let labels = LABELS.iter().filter(|(_, role)| **role == Role::Device);
    let behind = labels.filter(|(label, _)| !label.is_ascii()).filter_map(|(label, _)| {
        let behind = sentence.split_once(label)?.1.trim_start_matches([' ', ':', '：', '「', 'は']);
        let end = behind.find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '-' | '_')));
        behind.get(..end.unwrap_or(behind.len()))
    });
    let named = behind.filter(|name| words::is_device_name(name) || words::is_thing(name));
    named.min_by_key(|name| name.as_ptr() as usize)
}

pub(super) fn is_row_number(cell: &str) -> bool {
    !cell.is_empty() && cell.len() <= 6 && cell.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
crate::source::cases! {
    roles_of_columns: |label| format!("{:?}", role(label));
    headers_of_tables: |line| is_header(line.split('\t'));
}
