//! The role of a section: told by its heading as a whole, never by a word within it.

use std::cell::RefCell;
use std::collections::{BTreeMap, HashMap};
use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use crate::text::fold;
use crate::text::lexicon::ROLES;

/// The role of a section, as far as its heading tells it.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
pub enum Role {
    /// Its heading names a subject.
    #[default]
    Subject,
    /// Steps that mend the trouble.
    Remedy,
    /// Why it happens.
    Cause,
    Symptom,
    /// The meaning of a message, a code or a term.
    Explanation,
    /// How to bring the failure about.
    Reproduction,
    /// Conditions that must be met before.
    Requirement,
    /// Changes between versions.
    ReleaseNote,
    Navigation,
}

/// How many headings are remembered, and how long they may be, in bytes.
const MOST_KNOWN: usize = 512;
const LONGEST_KNOWN: usize = 512;

/// The names with their roles, compact.
static NAMES: LazyLock<BTreeMap<String, Role>> = LazyLock::new(|| {
    ROLES.of_variants().map(|(entry, role)| (compact(&fold(entry)), role)).collect()
});

/// How titles of release notes end, compact.
static ENDINGS: LazyLock<Vec<String>> = LazyLock::new(|| {
    ROLES.entries("release note at the end").iter().map(|entry| compact(entry)).collect()
});

impl Role {
    /// The role that a heading, or the name of a column, gives to what is under it.
    pub(crate) fn of_heading(heading: &str) -> Self {
        Self::known(heading).0
    }

    /// The roles as a heading and as a title. Every passage asks for all headings above it, and every row of a table for
    /// the names of its columns, so the last ones are remembered.
    fn known(heading: &str) -> (Self, Self) {
        thread_local! {
            static KNOWN: RefCell<HashMap<Box<str>, (Role, Role)>> = RefCell::default();
        }
        if let Some(roles) = KNOWN.with_borrow(|known| known.get(heading).copied()) {
            return roles;
        }
        let roles = Self::read(heading);
        KNOWN.with_borrow_mut(|known| {
            if known.len() >= MOST_KNOWN {
                known.clear();
            }
            if heading.len() <= LONGEST_KNOWN {
                known.insert(heading.into(), roles);
            }
        });
        roles
    }

    fn read(heading: &str) -> (Self, Self) {
        let bare = bare(heading);
        let before_colon = bare.split([':', '：']).next().unwrap_or_default();
        let role = Self::of_name(&bare).or_else(|| Self::of_name(before_colon)).unwrap_or_default();
        let title = compact(heading);
        let ends = |entry: &String| title.ends_with(entry.as_str());
        match role {
            Self::Subject if ENDINGS.iter().any(ends) => (role, Self::ReleaseNote),
            role => (role, role),
        }
    }

    fn of_name(name: &str) -> Option<Self> {
        NAMES.get(&compact(name)).copied()
    }

    /// Whether a heading is the name of a role and nothing else: 対処 names no section, 対処: 鍵を作り直す does.
    pub(crate) fn is_named_by(heading: &str) -> bool {
        let letters = |text: &str| text.chars().filter(|letter| letter.is_alphabetic()).count();
        let name = bare(heading);
        // A parenthesis tells one 対処 from another.
        letters(&name) == letters(&fold(&without_elements(heading)))
            && Self::of_name(&name).is_some()
    }

    /// Whether a section of the role may tell what to do: the steps of a reproduction bring the failure about, and
    /// what a version has changed or a reader must have is no remedy.
    pub(crate) fn may_instruct(self) -> bool {
        !matches!(
            self,
            Self::Reproduction | Self::Requirement | Self::ReleaseNote | Self::Navigation
        )
    }

    /// Whether numbered items of such a section are steps: under a symptom one reads how it came about, under a cause
    /// which causes there may be.
    pub(crate) fn numbers_steps(self) -> bool {
        !matches!(self, Self::Symptom | Self::Cause)
    }

    /// The role that a page's title gives to all of it: リリースノート, Microsoft Intuneの新機能.
    pub(crate) fn of_title(title: &str) -> Self {
        Self::known(title).1
    }
}

/// Folded, without spaces: writers set one between two words of katakana or leave it out.
fn compact(heading: &str) -> String {
    fold(heading).split_whitespace().collect()
}

/// A heading without HTML elements, which are no part of its name; brackets (`＜対処＞`) are none.
fn without_elements(heading: &str) -> String {
    let mut text = String::with_capacity(heading.len());
    let mut rest = heading;
    while let Some((before, behind)) = rest.split_once('<') {
        text.push_str(before);
        let element = behind.starts_with(|c: char| c.is_ascii_alphabetic() || c == '/');
        match behind.split_once('>').filter(|_| element) {
            Some((_, after)) => rest = after,
            None => {
                text.push('<');
                rest = behind;
            }
        }
    }
    text.push_str(rest);
    text
}

/// A heading without the numbers, marks and brackets around it, and without a parenthesis after it.
fn bare(heading: &str) -> String {
    let mark = |c: char| c.is_whitespace() || c.is_numeric() || "■●◆◇□▼・*#-–—.．、)）".contains(c);
    let opening = |c: char| "【［[〔<＜《「『(（".contains(c);
    let closing = |c: char| "】］]〕>＞》」』:：。?？!！".contains(c);
    let folded = fold(&without_elements(heading));
    let mut bare = folded.trim_start_matches(mark).trim_start_matches(opening).trim();
    if let Some((head, tail)) = bare.split_once(['(', '（'])
        && tail.trim_end().ends_with([')', '）'])
        && !head.trim().is_empty()
    {
        bare = head;
    }
    bare.trim_end_matches(|c: char| closing(c) || c.is_whitespace())
        .trim_end_matches(|c: char| c.is_numeric() || c.is_whitespace() || c == '-')
        .trim_end_matches(closing)
        .trim()
        .to_owned()
}

#[cfg(test)]
crate::source::cases! {
    roles: |heading| format!("{:?}", Role::of_heading(heading));
    names_of_roles: Role::is_named_by;
    roles_of_titles: |title| format!("{:?}", Role::of_title(title));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_entry_of_the_list_gives_its_role() {
        for (entry, role) in ROLES.of_variants::<Role>() {
            assert_eq!(Role::of_heading(entry), role, "{entry}");
        }
        for ending in ROLES.entries("release note at the end") {
            assert_eq!(Role::of_title(&format!("Aの {ending}")), Role::ReleaseNote, "{ending}");
        }
    }
}
