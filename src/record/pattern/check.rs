//! Runs the samples of format files, and tells what of them does not come out.

use std::cmp::Reverse;

use super::Formats;
use super::compile::{Pattern, PatternFormat, build, expand};
use super::file::{SampleEntry, SampleText};
use crate::facts::{CodeDictionary, Incident, Severity};
use crate::record::{ReadOptions, Vocabulary, read};
use crate::source::{Phrase, lines};

/// Something that is wrong with a format file.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct FormatProblem {
    /// The file, as it was given.
    pub path: String,
    /// Its line, 1-based.
    pub line: u32,
    /// The fault.
    pub message: Phrase,
    /// The way to mend it.
    pub hint: Phrase,
}

impl Formats {
    /// Reads the samples of the formats that are in the files of these paths, with all formats, and tells
    /// what does not come out; `codes` reads the codes in them.
    #[must_use]
    pub fn check(
        &self,
        codes: &CodeDictionary,
        is_own: &dyn Fn(&str) -> bool,
    ) -> Vec<FormatProblem> {
        let mut vocabulary = Vocabulary::new(codes.clone());
        vocabulary.formats = self.clone();
        let own = self.0.formats.iter().filter(|format| is_own(&format.path));
        own.flat_map(|format| self.check_format(format, &vocabulary)).collect()
    }

    fn check_format(&self, format: &PatternFormat, vocabulary: &Vocabulary) -> Vec<FormatProblem> {
        let mut problems = Vec::new();
        if format.samples.is_empty() {
            problems.push(format.problem(
                1,
                Phrase::new(
                    format!("形式「{}」に sample がありません", format.name),
                    format!("the format \"{}\" has no sample", format.name),
                ),
                Phrase::new(
                    "[[sample]] にログの例と、読み取る値を書いてください",
                    "write an example of the log and what must come out of it under [[sample]]",
                ),
            ));
        }
        for (sample, line) in &format.samples {
            problems.extend(self.check_sample(format, sample, *line, vocabulary));
        }
        problems
    }

    fn check_sample(
        &self,
        format: &PatternFormat,
        sample: &SampleText,
        line: u32,
        vocabulary: &Vocabulary,
    ) -> Vec<FormatProblem> {
        let options = ReadOptions {
            now: Some(jiff::civil::date(2024, 6, 1).at(0, 0, 0, 0)),
            ..ReadOptions::default()
        };
        let reading = read(None, sample.text.as_bytes(), &options, vocabulary);
        if !reading.formats.contains(&format.name) {
            return vec![self.why_not(format, sample, line, &reading.formats)];
        }
        let mut problems = Vec::new();
        let found: Vec<SampleEntry> = reading.incidents.iter().map(as_entry).collect();
        for (place, wanted) in sample.entry.iter().enumerate() {
            let wanted = normal(wanted, &vocabulary.codes);
            let came = found.get(place);
            if came != Some(&wanted) {
                let (number, wanted, came) = (place + 1, shown(Some(&wanted)), shown(came));
                let told = Phrase::new(
                    format!("サンプルの{number}件目は {wanted} のはずですが、{came} になります"),
                    format!("entry {number} of the sample should be {wanted}, and is {came}"),
                );
                problems.push(format.problem(line, told, hint_to_mend()));
            }
        }
        if !sample.entry.is_empty() && found.len() > sample.entry.len() {
            let (found, wanted) = (found.len(), sample.entry.len());
            let told = Phrase::new(
                format!("サンプルから{wanted}件のはずですが、{found}件になります"),
                format!("the sample should give {wanted} entries, and gives {found}"),
            );
            problems.push(format.problem(line, told, hint_to_mend()));
        }
        problems.extend(self.also_taken(format, sample, line));
        problems
    }

    /// The other formats that lines of the sample fit as well.
    fn also_taken(
        &self,
        format: &PatternFormat,
        sample: &SampleText,
        line: u32,
    ) -> Option<FormatProblem> {
        let taken = |other: &PatternFormat, text: &str| {
            let patterns = other.patterns.iter().chain(&other.begins);
            patterns.into_iter().any(|pattern| pattern.is_match(text.trim()))
        };
        let comes_behind = |other: &PatternFormat| format.before.iter().any(|it| it == other.name);
        let takes = |other: &PatternFormat| {
            lines(&sample.text).any(|line| taken(other, line.text) && format.opens(line.text))
        };
        let others = self.0.formats.iter().filter(|it| it.name != format.name && !comes_behind(it));
        let others: Vec<&str> = others.filter(|it| takes(it)).map(|it| it.name).collect();
        let (names, listed) = (others.join(", "), others.join("\", \""));
        let told = Phrase::new(
            format!("サンプルの行は、形式 {names} にも読めます"),
            format!("lines of the sample would also be taken by {names}"),
        );
        let hint = Phrase::new(
            format!(
                "パターンを狭めるか、before = [\"{listed}\"] と書いて先に試すようにしてください"
            ),
            format!("make the pattern narrower, or have it tried first by before = [\"{listed}\"]"),
        );
        (!others.is_empty()).then(|| format.problem(line, told, hint))
    }

    /// Why a sample is not read by its format: another comes first, or the pattern cannot match.
    fn why_not(
        &self,
        format: &PatternFormat,
        sample: &SampleText,
        line: u32,
        taken: &[&str],
    ) -> FormatProblem {
        let mut texts = lines(&sample.text).map(|line| line.text.trim());
        let first = texts.find(|line| !line.is_empty()).unwrap_or_default();
        if format.opens(first) {
            let taken = taken.join(", ");
            return format.problem(
                line,
                Phrase::new(
                    format!("サンプルは形式 {taken} として読まれます"),
                    format!("the sample is read as {taken}"),
                ),
                Phrase::new(
                    format!("before = [\"{taken}\"] と書くと、先に試します"),
                    format!("before = [\"{taken}\"] has it tried first"),
                ),
            );
        }
        let text = format.text_of(sample);
        let patterns = format.begins.iter().chain(&format.patterns);
        let nearest = patterns.map(|pattern| stops(pattern, text));
        let nearest = nearest.max_by_key(|stop| (stop.taken, Reverse(stop.line)));
        let Some(stop) = nearest else {
            return format.problem(
                line,
                Phrase::new("サンプルを読めません", "the sample is not read"),
                hint_to_mend(),
            );
        };
        let (before, behind) = text.split_at_checked(stop.taken).unwrap_or((text, ""));
        let behind: String = behind.chars().take(40).collect();
        let before: String =
            before.chars().rev().take(40).collect::<Vec<_>>().into_iter().rev().collect();
        format.problem(stop.line, Phrase::new(
            format!("パターンがサンプルに合いません。「{before}」までは合い、残りの「{behind}」が「{}」に合いません", stop.rest),
            format!("the pattern does not match the sample: it takes \"{before}\", and then `{}` cannot match \"{behind}\"", stop.rest),
        ), hint_to_mend())
    }
}

fn hint_to_mend() -> Phrase {
    Phrase::new("パターンかサンプルを直してください", "mend the pattern or the sample")
}

/// How far a pattern goes in a text.
struct Stop {
    /// How many bytes of the text what matches takes.
    taken: usize,
    /// The part of the pattern that does not match.
    rest: String,
    line: u32,
}

/// The longest beginning of the pattern that still matches the text.
fn stops(pattern: &Pattern, text: &str) -> Stop {
    let whole = pattern.text.as_str();
    let mut ends: Vec<usize> = whole.char_indices().map(|(at, _)| at).collect();
    ends.reverse();
    for end in ends {
        let Some((head, rest)) = whole.split_at_checked(end) else { continue };
        // A head that ends in an alternative, or lacks what repeats, would match anything.
        if head.ends_with(['|', '(']) || rest.starts_with(['?', '*', '+', '{']) {
            continue;
        }
        let Ok(regex) = build(&expand(head)) else { continue };
        if let Some(found) = regex.find(text) {
            return Stop { taken: found.end(), rest: rest.to_owned(), line: pattern.line };
        }
    }
    Stop { taken: 0, rest: whole.to_owned(), line: pattern.line }
}

impl PatternFormat {
    fn opens(&self, line: &str) -> bool {
        let line = line.trim();
        match &self.begins {
            Some(begins) => begins.is_match(line),
            None => self.patterns.iter().any(|pattern| pattern.is_match(line)),
        }
    }

    /// The text that its patterns are tried on: the first line, or with `ends` everything.
    fn text_of<'s>(&self, sample: &'s SampleText) -> &'s str {
        let text = sample.text.trim();
        if self.ends.is_some() { text } else { text.lines().next().unwrap_or_default() }
    }

    fn problem(&self, line: u32, message: Phrase, hint: Phrase) -> FormatProblem {
        FormatProblem { path: self.path.clone(), line, message, hint }
    }
}

fn as_entry(incident: &Incident) -> SampleEntry {
    let level = Some(incident.severity).filter(|level| *level != Severity::Unknown);
    SampleEntry {
        message: incident.message.clone(),
        time: incident.first_seen.map(|time| time.to_string()),
        level: level.map(|level| level.name().to_owned()),
        device: incident.devices.first().cloned(),
        codes: incident.codes.iter().map(code_text).collect(),
    }
}

fn code_text(code: &crate::facts::Code) -> String {
    match &code.domain {
        Some(domain) => format!("{domain} {}", code.number),
        None => code.number.to_string(),
    }
}

/// The expected entry, with its codes in the one form that they are compared in.
fn normal(wanted: &SampleEntry, codes: &CodeDictionary) -> SampleEntry {
    let read =
        |written: &String| codes.read(written).map_or(written.clone(), |code| code_text(&code));
    SampleEntry { codes: wanted.codes.iter().map(read).collect(), ..wanted.clone() }
}

fn shown(entry: Option<&SampleEntry>) -> String {
    let Some(entry) = entry else { return "–".to_owned() };
    let part = |value: &Option<String>| value.clone().unwrap_or_else(|| "-".to_owned());
    let codes = entry.codes.join(", ");
    format!(
        "[{} {} {} {} [{codes}]]",
        part(&entry.time),
        part(&entry.device),
        part(&entry.level),
        entry.message
    )
}
