//! The passage of an article that has the object of a question.
//!
//! Words choose the article. Within it 何日 wants the passage with a number of days, とは the one that begins to explain
//! the name, 違い the one that has both names, どこで the one with a menu, and whoever simply tells what is wrong wants
//! the steps that the article begins with.

use super::asides::UNITS;
use super::asked::Asked;
use super::coverage::stands_in;
use super::folded::Folded;
use super::query::Query;
use super::term::QueryTerm;
use super::weights::{
    ANOTHER_NUMBER, ANSWERED_PART, BY_TOPIC, COMMON_WORD, LEAST_OF_CAUSE, LEAST_OF_SECTION,
    TELLS_NONE,
};
use super::{polarity, wish};
use crate::article::Role;
use crate::index::{PassageHead, Result, StoredPassage};
use crate::kb::decode_link;
use crate::text::fold;
use crate::text::lexicon::ASKED;

impl Asked {
    /// The score of each passage of an article for having the object; `score` is the title's. Of most passages the head, which
    /// is all that is read of them at first, tells that they are worth nothing.
    pub(super) fn worth(
        &self,
        query: &Query,
        heads: &[PassageHead],
        read: impl Fn(u32) -> Result<StoredPassage>,
        title: &str,
        score: f64,
    ) -> Result<Vec<f64>> {
        let w = &query.weights;
        let steps = |place, head: &PassageHead| -> Result<bool> {
            Ok(head.instructs && !is_table(&read(place)?))
        };
        if *self == Self::Remedy {
            let mut worth = vec![0.0; heads.len()];
            // Who has done something asks for no way to do it.
            let treats = || polarity::tells_trouble(title) || wish::denies(title);
            if query.words.iter().any(|term| term.settled) && !treats() {
                return Ok(worth);
            }
            for (place, head) in (0..).zip(heads) {
                if !head.row && steps(place, head)? {
                    let first = read(place)?;
                    for (other, (worth, head)) in (0..).zip(worth.iter_mut().zip(heads)) {
                        // Who tells what is found in a section that the steps lead to is past them.
                        let past =
                            leads_to(&first, head) && tells_more(query, &read(other)?, &first);
                        *worth = if other == place || past { w.first_steps * score } else { 0.0 };
                    }
                    break;
                }
            }
            return Ok(worth);
        }
        let worth = |(place, head): (u32, &PassageHead)| {
            Ok(match self {
                // Who asks how wants steps, whichever of the article's they are.
                Self::Way if steps(place, head)? => w.first_steps * score,
                Self::Way => 0.0,
                Self::Comparison(_) => w.asked_both * self.share(query, &read(place)?),
                // A section of what is asked for: its words are those of the answer, not of the question.
                _ if self.heads(head) => {
                    // A cause may be told anywhere; what is lost and whom to ask have sections of their own.
                    let worth = if *self == Self::Cause { w.asked } else { w.asked_both };
                    // The operation is named by the title.
                    let told = format!("{title}\n{}", text_of(&read(place)?));
                    worth * coverage(query, &told.into()).max(LEAST_OF_SECTION)
                }
                Self::Cause if head.role != Role::Cause => 0.0,
                _ => w.asked * self.share(query, &read(place)?),
            })
        };
        (0..).zip(heads).map(worth).collect()
    }

    /// Whether the heading of a passage says that it tells just what is asked for: 失われるもの, 誰に聞くか.
    pub(super) fn heads(&self, passage: &PassageHead) -> bool {
        let list = match self {
            Self::Consequence => "consequence headings",
            Self::Contact => "contact headings",
            Self::Cause => "cause headings",
            _ => return false,
        };
        let heading = passage.section.last().map(|it| fold(it)).unwrap_or_default();
        ASKED.entries(list).iter().any(|entry| heading.contains(entry.as_str()))
    }

    /// Whether a passage tells just what is asked for: the meaning of the name, or under its own heading what comes of most of
    /// what the question says.
    pub(super) fn is_told(
        &self,
        query: &Query,
        title: &str,
        head: &PassageHead,
        read: impl Fn() -> Result<StoredPassage>,
    ) -> Result<bool> {
        Ok(match self {
            Self::Definition(_) => self.is_defined(&read()?),
            Self::Consequence | Self::Contact if self.heads(head) => {
                let told = format!("{title}\n{}", text_of(&read()?));
                coverage(query, &told.into()) >= ANSWERED_PART
            }
            _ => false,
        })
    }

    /// Whether the consequence of an operation is asked for, and a passage tells what is lost.
    pub(super) fn tells_losses(&self, passage: &StoredPassage) -> bool {
        *self == Self::Consequence && self.heads(passage)
    }

    /// Whether a passage is the answer by itself, so that no remedy takes its place: who asks for a cause is told the cause.
    pub(super) fn is_answered_by(&self, passage: &StoredPassage) -> bool {
        *self == Self::Cause && passage.role == Role::Cause
            || self.heads(passage)
            || self.is_defined(passage)
    }

    /// Whether the meaning of a name is asked for, and a passage tells it.
    pub(super) fn is_defined(&self, passage: &StoredPassage) -> bool {
        matches!(self, Self::Definition(name) if defined(name, passage) >= 1.0)
    }

    /// How much of what is asked for a passage has, in 0..=1.
    fn share(&self, query: &Query, passage: &StoredPassage) -> f64 {
        match self {
            Self::Consequence => return tells_of(query, passage, "consequence told"),
            Self::Contact => return tells_of(query, passage, "contact told"),
            Self::Validity => return tells_of(query, passage, "validity told"),
            _ => {}
        }
        let lines = || lines_of(passage);
        let text = Folded::from(text_of(passage));
        match self {
            Self::Quantity(unit) => {
                let counts = |line: &String| has_quantity(line, unit.as_deref());
                // A row of a table has its heading above.
                let heading = passage.section.last().map(|it| fold(it)).unwrap_or_default();
                let line = |line: String| coverage(query, &format!("{heading}\n{line}").into());
                let held = lines().filter(counts).map(line);
                // A number near nothing that was asked about is another number.
                held.fold(0.0, f64::max).max(if has_quantity(&text, unit.as_deref()) {
                    ANOTHER_NUMBER
                } else {
                    0.0
                })
            }
            Self::Definition(name) => defined(name, passage),
            Self::Comparison(names) => {
                let heading = passage.section.last().map(|it| fold(it)).unwrap_or_default();
                // A section that one of them heads is about that one.
                let held = |it: &&String| text.contains(it.as_str()) && !names.contains(&heading);
                let held = names.iter().filter(held).count();
                coverage(query, &text) * (1 + held) as f64 / (1 + names.len()) as f64
            }
            Self::Place => {
                // A menu near nothing that was asked about is another place.
                let named = ASKED.entries("menus").iter().any(|mark| text.contains(mark.as_str()));
                if named { coverage(query, &text) } else { 0.0 }
            }
            Self::Cause => coverage(query, &text).max(LEAST_OF_CAUSE),
            Self::Consequence | Self::Contact | Self::Validity | Self::Way | Self::Remedy => 0.0,
        }
    }
}

fn leads_to(passage: &StoredPassage, other: &PassageHead) -> bool {
    let anchors = passage.links.iter().filter_map(|link| link.target.strip_prefix('#'));
    anchors.into_iter().any(|anchor| decode_link(anchor).to_lowercase() == other.anchor)
}

/// Whether a passage has a telling word of a question that another lacks.
fn tells_more(query: &Query, passage: &StoredPassage, other: &StoredPassage) -> bool {
    let (text, other) = (text_of(passage), text_of(other));
    let telling = |term: &&QueryTerm| {
        let word = term.weight > query.weights.part && term.rarity > COMMON_WORD;
        word && !term.generic && !term.of_console
    };
    let mut words = query.words.iter().filter(telling);
    words.any(|term| {
        (text.contains(&term.folded) || text.contains(&term.text)) && !stands_in(term, &other)
    })
}

/// Whether a passage is a table as a whole: what its cells tell to do is each for one row.
pub(super) fn is_table(passage: &StoredPassage) -> bool {
    // A long one is cut.
    let cut = |line: &str| line.trim().is_empty() || line.trim() == "…";
    let mut lines = passage.markdown.lines().filter(|line| !cut(line));
    lines.next_back().is_some_and(|last| last.trim_start().starts_with('|'))
}

/// The lines of a passage, folded. The text of a caution beside the steps belongs to the caution.
fn lines_of(passage: &StoredPassage) -> impl Iterator<Item = String> {
    passage.markdown.lines().filter(|it| !it.starts_with('>')).map(fold)
}

fn text_of(passage: &StoredPassage) -> String {
    let headings = passage.section.iter().map(|it| fold(it));
    headings.chain(lines_of(passage)).collect::<Vec<_>>().join("\n")
}

/// How far a passage says what a folded name means, in 0..=1: the heading, the row or the item that has the name does; a
/// sentence that begins with it says something of it.
fn defined(name: &str, passage: &StoredPassage) -> f64 {
    let begins = |line: &str| {
        let line = fold(line);
        let line = line.trim_start_matches(|c: char| !c.is_alphanumeric());
        // A row may be about several names: `deviceenrollment.apple.com`、`iprofiles.apple.com`.
        let (names, _) = line.split_once('|').unwrap_or_default();
        let bare = |it: &str| it.trim_matches(|c: char| !c.is_alphanumeric()) == name;
        if names.contains('、') && names.split('、').any(bare) {
            return 1.0;
        }
        let behind = line.strip_prefix(name).unwrap_or_default();
        match behind.trim_start_matches([' ', '*', '`', '」']).chars().next() {
            Some('|' | ':') => 1.0,
            Some('は') => BY_TOPIC,
            _ => 0.0,
        }
    };
    if name.is_empty() {
        return 0.0;
    }
    let heading = passage.section.last().is_some_and(|it| fold(it) == name);
    let lines = passage.markdown.lines().filter(|it| !it.starts_with('>'));
    let told = if heading { 1.0 } else { lines.map(begins).fold(0.0, f64::max) };
    // CSVの内部設定適用状況: what is before の says whose it is.
    match name.rsplit_once('の') {
        Some((_, own)) if told == 0.0 && own.chars().count() > 2 => defined(own, passage),
        _ => told,
    }
}

/// How much of the question is in a passage, its cautions among it, that tells in one of the listed words what was asked for.
fn tells_of(query: &Query, passage: &StoredPassage, list: &str) -> f64 {
    let parts = passage.section.iter().chain(&passage.cautions).chain([&passage.markdown]);
    let text = Folded::from(parts.map(|part| fold(part)).collect::<Vec<_>>().join("\n"));
    let tells = ASKED.entries(list).iter().any(|told| text.contains(told.as_str()));
    coverage(query, &text) * if tells { 1.0 } else { TELLS_NONE }
}

/// The share of the weight of a question's words that a text has, as they are or by the team's synonyms.
pub(super) fn coverage(query: &Query, text: &Folded) -> f64 {
    let (mut all, mut held) = (0.0, 0.0);
    for term in query.words.iter().filter(|term| !term.generic) {
        all += term.score;
        let said = |terms: &[String]| terms.iter().all(|it| text.contains(it));
        let others = || term.alternatives.iter().filter(|it| said(&it.terms));
        let best = || others().map(|it| it.factor).fold(0.0, f64::max);
        held += term.score * if text.contains(&term.folded) { 1.0 } else { best() };
    }
    if all > 0.0 { held / all } else { 0.0 }
}

fn has_quantity(text: &str, unit: Option<&str>) -> bool {
    let mut rest = text;
    while let Some(at) = rest.find(|c: char| c.is_ascii_digit()) {
        let from = rest.get(at..).unwrap_or_default();
        let behind = from.trim_start_matches(|c: char| c.is_ascii_digit() || c == ',' || c == '.');
        let unit_follows = match unit {
            Some(unit) => behind.trim_start().starts_with(unit),
            None => UNITS.iter().any(|unit| behind.trim_start().starts_with(unit)),
        };
        if unit_follows {
            return true;
        }
        rest = behind;
    }
    false
}

#[cfg(test)]
crate::source::cases! {
    quantities: |it| {
        let (text, unit) = two(it);
        has_quantity(text, Some(unit).filter(|unit| !unit.is_empty()))
    };
}
