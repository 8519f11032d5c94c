//! From one Markdown text to an article.
//!
//! 1. the front matter is taken off and read;
//! 2. the text is read into segments;
//! 3. its headings divide it into sections, these into passages;
//! 4. the wordings that it documents are collected;
//! 5. the fences marked `log` become samples;
//! 6. the article's own properties are settled: front matter first, then the text.

use std::borrow::Cow;
use std::sync::Arc;

use super::codes;
use super::front_matter::{self, FrontMatter, Scalar};
use super::lines::Lines;
use super::markdown::{self, Document, Inline, SegmentKind};
use super::outline::outline;
use super::passage::{self, Passages, is_pattern, is_sample};
use super::pattern;
use super::template::{self, Collector};
use super::{Article, Passage, PassageKind, Role, Sample, TemplateOrigin, UNFILLED};
use crate::facts::{Code, CodeDictionary, names_of_title};
use crate::source::{Phrase, Warning, add_new, line_of, phrase};
use crate::text::fold;

/// Reads an article. It never fails: what makes no sense is told in [`Article::warnings`].
///
/// `path` is relative to the knowledge base; `codes` reads the codes that the article names.
pub fn parse(path: &str, text: &str, codes: &CodeDictionary) -> Article {
    let path = path.replace('\\', "/");
    let (yaml, _) = front_matter::split(text);
    let matter = yaml.map(front_matter::read).unwrap_or_default();
    let (mut patterns, mut problems) = yaml.map(pattern::read).unwrap_or_default();
    let (body, first_line) = body(&path, text);
    let lines = Lines::new(&body, first_line.saturating_sub(1));
    let document = markdown::read(&body);

    let heading = document.segments.iter().position(|s| matches!(s.kind, SegmentKind::Heading(_)));
    // The first heading is the title where it is of the first level, or says what the front matter says.
    let is_title = |segment: &markdown::Segment| {
        segment.kind == SegmentKind::Heading(1) || matter.title.as_ref() == Some(&segment.text.text)
    };
    let title_heading = heading.filter(|index| document.segments.get(*index).is_some_and(is_title));
    let sections = passage::sections(&document, title_heading);
    let mut found = passage::passages(&document, &sections, &lines, codes);
    if found.passages.is_empty() {
        found.passages.push(Passage { line: 1, ..Passage::default() });
    }
    let title = title(&matter, &document, heading, &path);
    let shown = title_heading.and_then(|index| document.segments.get(index));
    let shown = shown.map(|segment| segment.text.text.trim().to_owned());
    let shown = shown.filter(|it| !it.is_empty() && fold(it) != fold(&title));
    let mut collector = Collector::new(found.passages.len());
    let remedy = remedy_passage(&found.passages);
    let messages = matter.messages.iter().map(|message| (message.text.as_str(), message.line));
    let wordings = patterns.iter().filter_map(|it| Some((it.wording.as_deref()?, it.line)));
    for (wording, line) in messages.chain(wordings) {
        collector.add(remedy, &Inline::from(wording), TemplateOrigin::Message, line);
    }
    of_sections(&document, &lines, &found, &mut collector, (&mut patterns, &mut problems));
    let titled = sections.iter().find(|it| it.heading.is_some() && it.heading == title_heading);
    let names = titled.map(|section| section.names.clone()).unwrap_or_default();
    let halves = template::languages(&title).into_iter().flatten().map(str::to_owned);
    let titles = names.iter().cloned().chain([title.clone()]).chain(shown.clone()).chain(halves);
    for title in titles {
        collector.add(0, &Inline::from(title.as_str()), TemplateOrigin::Title, 1);
    }
    template::headings(&mut collector, &document, &sections, &found, &lines);
    template::blocks(&mut collector, &document, &sections, &found, &lines);
    template::tables(&mut collector, &document, &found, &lines);

    let mut warnings = Vec::new();
    let file: Arc<str> = Arc::from(path.as_str());
    let mut warn = |line: u32, message: Phrase| {
        warnings.push(Warning { file: Some(Arc::clone(&file)), line: Some(line), message });
    };
    for (line, message) in matter.problems.into_iter().chain(problems) {
        warn(line, message);
    }
    // The author of a stub has not answered what it asks.
    let unfilled = found.passages.iter().any(|it| UNFILLED.iter().any(|ask| it.text.contains(ask)));
    let mut article = matter.article;
    article.keywords.extend(names);
    article.codes = read_codes(&matter.codes, codes, &mut article.keywords, &mut warn);
    article.cautions.extend(notes(&body));
    Article {
        id: matter.id.unwrap_or_else(|| default_id(&path)),
        names: names_of_errors(&title, shown.as_deref(), &path),
        heading: shown,
        outline: outline(&document, &sections, &lines, article.outline.keys),
        title,
        patterns,
        updated: article.updated.or_else(|| date_of(&document)),
        draft: article.draft || unfilled,
        passages: found.passages,
        templates: collector.finish(),
        samples: samples(&document, &lines),
        warnings,
        path,
        ..article
    }
}

/// The names of errors that the titles or the file's name say the article is about, each once.
fn names_of_errors(title: &str, heading: Option<&str>, path: &str) -> Vec<String> {
    let file = without_ending(path).unwrap_or(path);
    let file = file.rsplit('/').next().unwrap_or_default();
    // A file's name is one where it is that and nothing else: `NG0100.md`.
    let of_file = names_of_title(file).into_iter().filter(|name| *name == file);
    let titles = [Some(title), heading].into_iter().flatten();
    let mut names: Vec<String> = Vec::new();
    for name in titles.flat_map(names_of_title).chain(of_file) {
        if !names.iter().any(|known| known.eq_ignore_ascii_case(name)) {
            names.push(name.to_owned());
        }
    }
    names
}

/// Takes in the patterns of sections: the wording of each, or its sample, stands for the passage that its fence is in.
fn of_sections(
    document: &Document,
    lines: &Lines<'_>,
    found: &Passages,
    collector: &mut Collector,
    (patterns, problems): (&mut Vec<pattern::Pattern>, &mut Vec<(u32, Phrase)>),
) {
    for (index, segment) in document.segments.iter().enumerate().filter(|(_, it)| is_pattern(it)) {
        let passage = found.of_segment.get(index).copied().flatten().unwrap_or_default();
        let fence = lines.number(segment.range.start);
        let (own, wrong) = pattern::read_fence(&segment.text.text, fence);
        for pattern in &own {
            for wording in pattern.wording.iter().chain(&pattern.sample) {
                let wording = Inline::from(wording.as_str());
                collector.add(passage, &wording, TemplateOrigin::Message, pattern.line);
            }
        }
        patterns.extend(own);
        problems.extend(wrong);
    }
}

/// The Markdown after the front matter as it is read, and the file's line that it begins at, 1-based.
pub(crate) fn body<'t>(path: &str, text: &'t str) -> (Cow<'t, str>, u32) {
    let (_, start) = front_matter::split(text);
    let is_mdx = path.to_ascii_lowercase().ends_with(".mdx");
    let body = text.get(start..).unwrap_or(text);
    (markdown::common(body, is_mdx), line_of(text, start))
}

/// The line below which a team writes what it knows beside an imported article.
pub(crate) const NOTES: &str = "<!-- notes -->";

/// The team's notes on an article, which are told before acting on any of its passages: without headings.
fn notes(body: &str) -> Option<String> {
    const LONGEST: usize = 600;
    let notes = body.lines().skip_while(|line| line.trim_end() != NOTES).skip(1);
    let lines: Vec<&str> = notes.filter(|line| !line.starts_with('#')).collect();
    let text = lines.join("\n");
    let text: String = text.trim().chars().take(LONGEST).collect();
    (!text.is_empty()).then_some(text)
}

/// The path without its ending.
fn default_id(path: &str) -> String {
    without_ending(path).unwrap_or(path).to_owned()
}

/// A path without the ending of a Markdown document; `None` where it has another.
pub(crate) fn without_ending(path: &str) -> Option<&str> {
    let (stem, ending) = path.rsplit_once('.')?;
    ["md", "markdown", "mdx"].iter().any(|it| ending.eq_ignore_ascii_case(it)).then_some(stem)
}

/// The path of the knowledge base that a link of the file at `path` leads to.
pub(crate) fn linked(link: &str, path: &str) -> String {
    let mut parts: Vec<&str> = path.split('/').collect();
    parts.pop();
    if link.starts_with('/') {
        parts.clear();
    }
    for part in link.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    parts.join("/")
}

/// The front matter's title, the first heading, the first short line, or the file's name.
fn title(matter: &FrontMatter, document: &Document, heading: Option<usize>, path: &str) -> String {
    let text = |index: usize| document.segments.get(index).map(|s| s.text.text.clone());
    let heading = heading.and_then(text);
    if let Some(title) = &matter.title {
        return without_site_name(title, heading.as_deref()).to_owned();
    }
    const LONGEST_TITLE: usize = 300;
    let first_line = || {
        let first = document.segments.first().filter(|it| it.kind == SegmentKind::Line);
        let text = first.map(|segment| segment.text.text.clone());
        text.filter(|it| it.len() <= LONGEST_TITLE && front_matter::sole_date(it).is_none())
    };
    heading.or_else(first_line).unwrap_or_else(|| {
        default_id(path).rsplit('/').next().unwrap_or_default().replace(['-', '_'], " ")
    })
}

/// Drops the name of the site: what a page's title says after its last bar, `同期 | ヘルプセンター`.
///
/// The bar is kept where the page's own heading has it too: then it is part of the title.
fn without_site_name<'t>(title: &'t str, heading: Option<&str>) -> &'t str {
    let title = title.trim();
    match title.rsplit_once(['|', '｜']) {
        Some((page, site))
            if !page.trim().is_empty()
                && !site.trim().is_empty()
                && !heading.is_some_and(|heading| heading.contains(site.trim())) =>
        {
            page.trim()
        }
        _ => title,
    }
}

/// The day on which the text says that it was last changed, or the date that is above it.
fn date_of(document: &Document) -> Option<jiff::civil::Date> {
    let line = |segment: &markdown::Segment| front_matter::date_of_text(&segment.text.text);
    let dateline =
        || document.segments.iter().take(3).find_map(|s| front_matter::sole_date(&s.text.text));
    let mut lines = document.segments.iter().filter(|s| s.kind == SegmentKind::Line);
    lines.find_map(line).or_else(dateline)
}

/// The passage that a wording of the front matter speaks for: the first that tells what to do.
fn remedy_passage(passages: &[Passage]) -> usize {
    let first = |tells: fn(&Passage) -> bool| passages.iter().position(tells);
    first(|passage| passage.role == Role::Remedy && passage.instructs)
        .or_else(|| first(|passage| passage.kind == PassageKind::Answer))
        .or_else(|| first(|passage| passage.instructs))
        .unwrap_or_default()
}

/// The codes of the front matter, with a warning for what is none. A vendor's own name of an error (TP-401-07)
/// is a word to find the article by.
fn read_codes(
    written: &[Scalar],
    dictionary: &CodeDictionary,
    keywords: &mut Vec<String>,
    warn: &mut impl FnMut(u32, Phrase),
) -> Vec<Code> {
    let mut read: Vec<Code> = Vec::new();
    for Scalar { text, line } in written {
        match dictionary.read(text) {
            Some(code) => add_new(&mut read, [code]),
            None if codes::is_name(text) => keywords.push(text.clone()),
            None => {
                let message = phrase!(
                    "「{text}」はコードとして読めません。4026、InstallProfile/4026、0x87D136CA のように書いてください",
                    "`{text}` is not a code; write it like 4026, InstallProfile/4026 or 0x87D136CA"
                );
                warn(*line, message);
            }
        }
    }
    read
}

/// The fences marked `log`.
fn samples(document: &Document, lines: &Lines<'_>) -> Vec<Sample> {
    let fences = document.segments.iter().filter(|it| is_sample(it));
    let read = |segment: &markdown::Segment| {
        let SegmentKind::Code(info) = &segment.kind else { return None };
        let mut words = info.split_whitespace();
        Some(Sample {
            text: segment.text.text.clone(),
            shared: words.clone().any(|word| word == "shared"),
            section: words.find_map(|word| word.strip_prefix('#')).map(str::to_lowercase),
            line: lines.number(segment.range.start),
        })
    };
    fences.filter_map(read).collect()
}
