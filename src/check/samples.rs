//! The samples of a knowledge base, run: at which rank each brings up its article, and by which passage.

use xxhash_rust::xxh3::xxh3_64;

use crate::article::{Article, Part, Passage, PassageKind, Role, Sample, Template, TemplateOrigin};
use crate::facts::Code;
use crate::kb::Documents;
use crate::record::{ReadOptions, Vocabulary, read};
use crate::text::fold;

/// Among how many a sample marked `log shared` must be.
const SHARED: usize = 3;
/// A wording with fewer letters is in a paste by chance.
const TELLING: usize = 12;

/// Gives the passages that a paste brings up (`id#anchor`, or the id of an article where a flow leads to it), best
/// first, one an article.
pub type Search<'s> = dyn FnMut(&str) -> Vec<String> + 's;

/// A sample, and where it brings up its article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SampleRank {
    pub article: String,
    /// The article's file, relative to the knowledge base.
    pub path: String,
    /// The file's line that the sample begins at, 1-based.
    pub line: u32,
    /// Whether several articles treat what it shows (`log shared`).
    pub shared: bool,
    /// The rank of the article, from 1; `None` where it was not among those that came up.
    pub rank: Option<usize>,
    /// The id of the article that comes first.
    pub first: Option<String>,
    /// The passage that the article is shown by.
    pub shown: Option<String>,
    pub misplaced: Option<Misplaced>,
    /// The same for the same paste of the same article, wherever in the file it is.
    pub fingerprint: u64,
}

/// Why a passage is not the one that a sample must bring up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Misplaced {
    Section(String),
    /// The passage is about other codes; the sample's own is this.
    OtherCode(String),
    /// The sample's wording is in this section, and the passage outside of it.
    OutsideWording(String),
}

impl SampleRank {
    /// Whether the article comes up where it must, first, or among the first three where it shares, and with the
    /// passage that helps.
    pub fn passes(&self) -> bool {
        self.is_high_enough() && self.misplaced.is_none()
    }

    /// Whether the article comes up where it must, by whatever passage.
    pub fn is_high_enough(&self) -> bool {
        let allowed = if self.shared { SHARED } else { 1 };
        self.rank.is_some_and(|rank| rank <= allowed)
    }
}

/// Searches with every sample of a knowledge base, in the order of articles and lines.
pub fn run_samples(base: &Documents, search: &mut Search<'_>) -> Vec<SampleRank> {
    let vocabulary = Vocabulary::new(base.codes.clone());
    let article_of = |id: &str| id.split('#').next().unwrap_or_default().to_owned();
    let mut ranks = Vec::new();
    for article in &base.articles {
        for sample in &article.samples {
            let found = search(&sample.text);
            let place = found.iter().position(|id| article_of(id) == article.id);
            let shown = place.and_then(|place| found.get(place)).filter(|id| id.contains('#'));
            let misplaced = shown
                .and_then(|id| Some(id.split_once('#')?.1))
                .and_then(|anchor| misplaced(article, sample, anchor, &vocabulary));
            ranks.push(SampleRank {
                article: article.id.clone(),
                path: article.path.clone(),
                line: sample.line,
                shared: sample.shared,
                rank: place.map(|before| before + 1),
                first: found.first().map(|id| article_of(id)),
                shown: shown.cloned(),
                misplaced,
                fingerprint: xxh3_64(format!("{}\0{}", article.id, sample.text.trim()).as_bytes()),
            });
        }
    }
    ranks
}

/// Why the passage of that anchor is not the one that helps; `None` where it is.
fn misplaced(
    article: &Article,
    sample: &Sample,
    anchor: &str,
    vocabulary: &Vocabulary,
) -> Option<Misplaced> {
    if let Some(section) = &sample.section {
        let named = anchor == section
            || anchor.ends_with(&format!("/{section}"))
            || anchor.starts_with(&format!("{section}/"))
            || anchor.contains(&format!("/{section}/"));
        return (!named).then(|| Misplaced::Section(section.clone()));
    }
    let shown = article.passages.iter().find(|passage| passage.anchor == anchor)?;
    other_code(sample, shown, vocabulary).or_else(|| outside_wording(article, sample, shown))
}

/// That the passage is a row of other codes than those that the sample has.
fn other_code(sample: &Sample, shown: &Passage, vocabulary: &Vocabulary) -> Option<Misplaced> {
    let subject = shown.codes.get(..shown.subject_codes).unwrap_or_default();
    if shown.kind != PassageKind::Row || subject.is_empty() {
        return None;
    }
    let reading = read(None, sample.text.as_bytes(), &ReadOptions::default(), vocabulary);
    let same = |code: &Code, message: &str| {
        let others = vocabulary.codes.equivalents(code, message);
        let mut numbers = others.iter().map(|other| other.number).chain([code.number]);
        numbers.any(|number| subject.iter().any(|of| of.number == number))
    };
    let mut read = reading
        .incidents
        .iter()
        .flat_map(|incident| incident.codes.iter().map(|code| (code, incident.message.as_str())));
    let first = read.next()?;
    let has = [first].into_iter().chain(read).any(|(code, message)| same(code, message));
    (!has).then(|| Misplaced::OtherCode(first.0.written.clone()))
}

/// That the sample's wording is in a section that the passage is no part of. A remedy may be beside the wording
/// that it is for.
fn outside_wording(article: &Article, sample: &Sample, shown: &Passage) -> Option<Misplaced> {
    let text = fold(&sample.text);
    let holders = || {
        let templates = article.templates.iter().filter(|template| {
            matches!(template.origin, TemplateOrigin::Quote | TemplateOrigin::Code)
                && stands_in(template, &text)
        });
        templates.filter_map(|template| article.passages.get(template.passage))
    };
    let first = holders().next()?;
    let beside = |holder: &Passage| holder.section.first() == shown.section.first();
    (shown.role != Role::Remedy && !holders().any(beside))
        .then(|| Misplaced::OutsideWording(first.section.join(" › ")))
}

/// Whether all words of a template are in a folded text, in order.
fn stands_in(template: &Template, text: &str) -> bool {
    let mut rest = text;
    let mut letters = 0;
    for part in &template.parts {
        let Part::Literal(words) = part else { continue };
        let words = fold(words);
        letters += words.chars().count();
        let Some((_, behind)) = rest.split_once(words.as_str()) else { return false };
        rest = behind;
    }
    letters >= TELLING
}

#[cfg(test)]
mod tests {
    use super::super::example::knowledge_base;
    use super::*;

    #[test]
    fn a_row_of_another_code_is_not_the_passage() {
        let table = "| コード | 対処 |\n|---|---|\n| 0x80180014 | 待ちます |\n| 0x80180018 | 割り当てます |\n";
        let text = format!("# c\n\n{table}\n```log\nMDM enroll failed 0x80180014\n```\n");
        let base = knowledge_base(&[("c.md", &text)]);
        let misplaced = |row: &str| {
            let anchors: Vec<&str> =
                base.articles[0].passages.iter().map(|it| it.anchor.as_str()).collect();
            assert!(anchors.contains(&row), "{anchors:?}");
            let ranks = run_samples(&base, &mut |_: &str| vec![format!("c#{row}")]);
            (ranks[0].misplaced.clone(), ranks[0].passes())
        };
        assert_eq!(misplaced("0x80180014"), (None, true));
        let other = Misplaced::OtherCode("0x80180014".to_owned());
        assert_eq!(misplaced("0x80180018"), (Some(other), false));
    }

    #[test]
    fn every_sample_has_its_rank() {
        let base = knowledge_base(&[
            ("a.md", "本文\n\n```log\none\n```\n\n```log shared\ntwo\n```\n"),
            ("b.md", "本文\n\n```log\none\n```\n"),
        ]);
        let mut search = |paste: &str| match paste.trim() {
            "one" => vec!["a".to_owned(), "b".to_owned()],
            _ => vec!["x".to_owned(), "y".to_owned(), "a".to_owned()],
        };
        let ranks = run_samples(&base, &mut search);
        let told =
            |it: &SampleRank| format!("{}:{} {:?} {}", it.article, it.line, it.rank, it.passes());
        let told: Vec<String> = ranks.iter().map(told).collect();
        assert_eq!(told, ["a:3 Some(1) true", "a:7 Some(3) true", "b:3 Some(2) false"]);
        assert_eq!(ranks.iter().filter(|it| it.fingerprint == ranks[0].fingerprint).count(), 1);
    }
}
