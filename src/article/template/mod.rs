//! The wordings that an article documents.
//!
//! 1. [`source`] collects candidates: `messages:`, headings, quotations, code, table cells, lines that
//!    the text introduces as a message;
//! 2. [`placeholder`] cuts each into words and variable parts;
//! 3. [`sense`] leaves out what says nothing that a log could say: labels of buttons, names of columns.
//!
//! Rather too many than too few: the search weighs a wording by the rarity of its words.

mod placeholder;
mod quotation;
mod sense;
mod source;

use std::collections::BTreeSet;

use super::markdown::Inline;
use super::{Part, Template, TemplateOrigin};

pub(super) use placeholder::parts;
pub(super) use source::{blocks, headings, tables};

/// The longest wording, in bytes: more is prose.
const LONGEST: usize = 2_400;
/// How many wordings one passage may document; more is a listing.
const MOST_OF_A_PASSAGE: usize = 300;

/// Whether the wording's fixed words tell enough to find it in a log.
///
/// A wording that the front matter declares is taken even where they do not; a check says so.
pub fn tells(template: &Template) -> bool {
    sense::tells(&template.parts, TemplateOrigin::Code)
}

/// Whether a name is that of a state, not of a button or a topic.
pub(super) fn is_state(name: &str) -> bool {
    sense::is_state(&parts(&Inline::from(name)))
}

/// Collects templates, each wording once a passage.
pub(super) struct Collector {
    templates: Vec<Template>,
    seen: BTreeSet<(usize, String)>,
    counts: Vec<usize>,
}

impl Collector {
    pub(super) fn new(passages: usize) -> Self {
        Self { templates: Vec::new(), seen: BTreeSet::new(), counts: vec![0; passages.max(1)] }
    }

    /// Adds the wording, if it tells something.
    pub(super) fn add(
        &mut self,
        passage: usize,
        wording: &Inline,
        origin: TemplateOrigin,
        line: u32,
    ) {
        let text = wording.text.trim();
        if text.len() > LONGEST || text.len() < 3 {
            return;
        }
        let room = self.counts.get_mut(passage).filter(|count| **count < MOST_OF_A_PASSAGE);
        let Some(count) = room else { return };
        let parts = parts(wording);
        let declared = origin == TemplateOrigin::Message;
        let says = |part: &Part| matches!(part, Part::Literal(text) if !text.trim().is_empty());
        if !(declared || sense::tells(&parts, origin)) || !parts.iter().any(says) {
            return;
        }
        if self.seen.insert((passage, text.to_owned())) {
            *count += 1;
            let written = text.to_owned();
            self.templates.push(Template { passage, written, parts, origin, line });
        }
    }

    /// The templates by passage, in the order of their lines.
    pub(super) fn finish(mut self) -> Vec<Template> {
        self.templates.sort_by_key(|template| (template.passage, template.line));
        self.templates
    }
}

/// The halves of a heading in two languages, `同期に失敗しました / Sync failed`: a log has one of them.
pub(super) fn languages(heading: &str) -> Option<[&str; 2]> {
    const SEPARATORS: &[&str] = &[" / ", "／", " | ", "｜", " – ", " — "];
    let japanese = |text: &str| text.chars().any(|c| matches!(c, 'ぁ'..='ヿ' | '一'..='鿿'));
    let other = |text: &str| {
        !japanese(text) && text.split_whitespace().filter(|word| word.len() > 1).count() >= 2
    };
    let halves = SEPARATORS.iter().find_map(|separator| heading.split_once(separator));
    let inner = || {
        let (before, inner) = heading.rsplit_once(['(', '（'])?;
        Some((before, inner.strip_suffix([')', '）'])?))
    };
    let (left, right) = halves.or_else(inner)?;
    let (left, right) = (left.trim(), right.trim());
    (japanese(left) && other(right) || other(left) && japanese(right)).then_some([left, right])
}
