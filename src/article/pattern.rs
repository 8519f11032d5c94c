//! Patterns: wordings with blanks whose values are in the remedy.
//!
//! 1. [`read`] takes them from the front matter's `patterns:`, each with its line, [`read_fence`] from a section's fence;
//! 2. [`Pattern::expression`] makes a regular expression of any form: a line with typed blanks, lines that follow each
//!    other, or an expression as it is written;
//! 3. [`compile`] bounds what an expression may cost, and [`literal`] is what must be in a text for it to match at all.
//!
//! Expressions are the `regex` crate's: linear in the text, whatever is written.

use std::collections::{BTreeMap, BTreeSet};
use std::slice;

use super::front_matter::Yaml;
use crate::source::{Phrase, phrase};
use regex::{Regex, RegexBuilder};
use regex_syntax::hir::HirKind;

const MOST: usize = 64;
/// The longest pattern as it is written, in bytes.
const LONGEST: usize = 2_048;
/// The size limit of a compiled pattern, in bytes.
const SIZE: usize = 1 << 18;
/// The longest capture of a blank that is not a code, in characters.
const BLANK: usize = 120;
/// How many lines lie between two lines of a pattern at most, where nothing is said.
const WITHIN: usize = 20;

/// A rule of the front matter's `patterns:`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Pattern {
    pub wording: Option<String>,
    /// Wordings with blanks that follow each other in one incident.
    pub lines: Vec<String>,
    /// How many lines lie between two of them at most.
    pub within: Option<usize>,
    pub regex: Option<String>,
    /// A text that it must match.
    pub sample: Option<String>,
    /// A text that it must not match.
    pub not: Option<String>,
    /// The file's line that it begins at, 1-based.
    pub line: u32,
}

impl Pattern {
    /// The regular expression that it stands for, compiled; or why it is none.
    /// Fails where it has no form or two, where it is too long or too large, and where the expression is no expression.
    pub fn compile(&self) -> Result<Regex, Phrase> {
        compile(&self.expression()?)
    }

    fn take(&mut self, key: &str, said: String) {
        match key {
            "line" => self.wording = Some(said),
            "lines" => self.lines.push(said),
            "within" => self.within = said.trim().parse().ok(),
            "regex" => self.regex = Some(said),
            "sample" => self.sample = Some(said),
            "not" => self.not = Some(said),
            _ => {}
        }
    }

    /// How many line feeds a match may have at most.
    pub(crate) fn most_lines(&self) -> usize {
        self.within.unwrap_or(WITHIN).saturating_mul(self.lines.len().saturating_sub(1))
    }

    /// Its match in a text, with what the blanks stand for.
    pub(crate) fn find(&self, text: &str) -> Option<BTreeMap<String, String>> {
        captures(&self.compile().ok()?, self.most_lines(), text)
    }

    /// Whether a line of a text has the words of the pattern's wording, and the pattern does not match: the vendor has
    /// reworded the message. A regular expression has no words.
    #[must_use]
    pub fn is_reworded_in(&self, text: &str) -> bool {
        let wording = self.wording.iter().chain(&self.lines).map(|it| without_blanks(it));
        let said = pairs(&wording.collect::<String>());
        let alike = |text: &str| {
            let common = said.intersection(&pairs(text)).count();
            said.len() >= LEAST_PAIRS && common as f64 >= ALIKE * said.len() as f64
        };
        let lines = || text.lines().filter(|_| self.lines.is_empty());
        (lines().any(alike) || !self.lines.is_empty() && alike(text)) && self.find(text).is_none()
    }

    pub(crate) fn expression(&self) -> Result<String, Phrase> {
        let forms = [self.wording.is_some(), !self.lines.is_empty(), self.regex.is_some()];
        if forms.iter().filter(|has| **has).count() != 1 {
            return Err(Phrase::new(
                "line、lines、regex のどれか1つを書きます",
                "it needs one of line, lines and regex",
            ));
        }
        let expression = match (&self.wording, &self.regex) {
            (Some(wording), _) => of_wording(wording),
            (None, Some(regex)) => regex.clone(),
            (None, None) => {
                let lines: Vec<String> = self.lines.iter().map(|it| of_wording(it)).collect();
                lines.join("(?s:.*?)")
            }
        };
        if expression.len() > LONGEST {
            return Err(phrase!(
                "パターンが長すぎます（{LONGEST}バイトまで）",
                "the pattern is too long (up to {LONGEST} bytes)"
            ));
        }
        Ok(expression)
    }
}

/// So much of a wording's pairs of letters must be in a text for the text to be the same message, reworded.
const ALIKE: f64 = 0.9;
/// A wording of fewer pairs is in many a text by chance.
const LEAST_PAIRS: usize = 8;

/// A wording without its blanks: what stands for a value is no word.
fn without_blanks(wording: &str) -> String {
    let mut pieces = wording.split('{');
    let first = pieces.next().unwrap_or_default().to_owned();
    pieces.fold(first, |said, piece| said + piece.split_once('}').map_or(piece, |it| it.1))
}

/// The letters of a text, two by two.
pub(crate) fn pairs(text: &str) -> BTreeSet<(char, char)> {
    let letters: Vec<char> = text.chars().filter(|it| it.is_alphanumeric()).collect();
    letters.iter().copied().zip(letters.iter().skip(1).copied()).collect()
}

/// The captures of an expression's named groups, where it matches within so many line feeds.
pub(crate) fn captures(
    regex: &Regex,
    most_lines: usize,
    text: &str,
) -> Option<BTreeMap<String, String>> {
    let found = regex.captures(text)?;
    let whole = found.get(0)?.as_str();
    if whole.bytes().filter(|byte| *byte == b'\n').count() > most_lines.max(1) {
        return None;
    }
    let names = regex.capture_names().flatten();
    let held = names.filter_map(|name| Some((name, found.name(name)?.as_str().trim())));
    Some(held.map(|(name, value)| (name.to_owned(), value.to_owned())).collect())
}

/// Compiles an expression within its bounds; or says why it is none.
pub(crate) fn compile(expression: &str) -> Result<Regex, Phrase> {
    RegexBuilder::new(expression).size_limit(SIZE).dfa_size_limit(SIZE).build().map_err(|error| {
        let reason = error.to_string();
        let reason = reason.lines().last().unwrap_or_default().to_owned();
        phrase!(
            "パターンを正規表現として読めません（{reason}）",
            "the pattern is no regular expression ({reason})"
        )
    })
}

/// The expression of a wording with blanks: `{device}: 失敗しました ({code})`.
fn of_wording(wording: &str) -> String {
    let mut expression = String::new();
    let mut named: Vec<&str> = Vec::new();
    let mut rest = wording.trim();
    while let Some((before, behind)) = rest.split_once('{') {
        let Some((name, after)) = behind.split_once('}') else { break };
        literal_of(before, &mut expression);
        let is_name = !name.is_empty()
            && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
        // A name that comes again may stand for something else.
        let again = named.contains(&name);
        let blank = match name {
            "code" => "[0-9A-Za-z_.-]{1,60}".to_owned(),
            "num" => "[0-9][0-9.,]{0,30}".to_owned(),
            _ if after.is_empty() => format!(r"[^\n]{{1,{BLANK}}}"),
            _ => format!(r"[^\n]{{1,{BLANK}}}?"),
        };
        if is_name && !again && !name.starts_with(|first: char| first.is_ascii_digit()) {
            expression.push_str(&format!("(?P<{name}>{blank})"));
            named.push(name);
        } else {
            expression.push_str(&format!("(?:{blank})"));
        }
        rest = after;
    }
    literal_of(rest, &mut expression);
    expression
}

/// Adds text literally; spaces may be any.
fn literal_of(text: &str, expression: &mut String) {
    for (number, piece) in text.split('…').enumerate() {
        if number > 0 {
            expression.push_str(&format!(r"[^\n]{{0,{BLANK}}}?"));
        }
        for (number, word) in piece.split([' ', '\u{3000}', '\t']).enumerate() {
            if number > 0 {
                expression.push_str(r"\s*");
            }
            expression.push_str(&regex::escape(word));
        }
    }
}

/// The longest literal that must be in every text which an expression matches; `None` where there is none that tells
/// anything. Nothing within a group, a class, an alternative or a repetition is taken.
pub(crate) fn literal(expression: &str) -> Option<String> {
    const SHORTEST: usize = 4;
    let whole = regex_syntax::parse(expression).ok()?;
    let parts = match whole.kind() {
        HirKind::Concat(parts) => parts.as_slice(),
        _ => slice::from_ref(&whole),
    };
    let literals = parts.iter().filter_map(|part| match part.kind() {
        HirKind::Literal(literal) => str::from_utf8(&literal.0).ok(),
        _ => None,
    });
    let longest =
        literals.reduce(|best, next| if next.len() > best.len() { next } else { best })?;
    (longest.chars().count() >= SHORTEST).then(|| longest.to_owned())
}

/// The patterns of a front matter's YAML, whose first line is the file's second; with what makes no sense.
pub(super) fn read(yaml: &str) -> (Vec<Pattern>, Vec<(u32, Phrase)>) {
    let (tree, _) = Yaml::of(yaml, 2);
    let lists =
        tree.entries().iter().filter(|(key, _)| matches!(&*key.text, "patterns" | "パターン"));
    let rules = lists.flat_map(|(_, list)| match list {
        Yaml::List(rules) => rules.as_slice(),
        _ => &[],
    });
    let mut patterns: Vec<Pattern> = Vec::new();
    for rule in rules.map(Yaml::entries).filter(|rule| !rule.is_empty()) {
        let line = rule.first().map_or(1, |(key, _)| key.line);
        let mut pattern = Pattern { line, ..Pattern::default() };
        for (key, value) in rule {
            value.scalars().into_iter().for_each(|said| pattern.take(&key.text, said.text));
        }
        patterns.push(pattern);
    }
    let mut problems = Vec::new();
    if patterns.len() > MOST {
        let line = patterns.get(MOST).map_or(1, |pattern| pattern.line);
        let message = phrase!(
            "patterns は{MOST}個までです。あとは使いません",
            "there are more than {MOST} patterns; the others are not used"
        );
        problems.push((line, message));
        patterns.truncate(MOST);
    }
    problems.extend(patterns.iter().filter_map(|it| Some((it.line, it.compile().err()?))));
    (patterns, problems)
}

/// The patterns of a fence, one or a list, which begins at this line of the file; with what makes no sense.
pub(super) fn read_fence(text: &str, fence: u32) -> (Vec<Pattern>, Vec<(u32, Phrase)>) {
    let is_list = text.trim_start().starts_with("- ");
    let mut yaml = String::from("patterns:\n");
    for (number, line) in text.lines().enumerate() {
        yaml.push_str(match number {
            _ if is_list => "  ",
            0 => "  - ",
            _ => "    ",
        });
        yaml.push_str(line);
        yaml.push('\n');
    }
    // The line that `read` takes for the file's third line is the first below the fence's mark.
    let line = |line: u32| (fence + line).saturating_sub(2);
    let (mut patterns, problems) = read(&yaml);
    patterns.iter_mut().for_each(|pattern| pattern.line = line(pattern.line));
    (patterns, problems.into_iter().map(|(at, problem)| (line(at), problem)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    const YAML: &str = "title: 題\npatterns:\n  - line: '{device}: ライセンスの割り当てに失敗しました ({code})'\n  - lines: ['token expired', 'sync failed: {name}']\n    within: 3\n  - regex: 'responseCode=(?<code>\\d{3}).{0,80}DEP service'\n    sample: 'responseCode=500, DEP service'\n    not: 'DEP service'\n";

    #[test]
    fn every_form_is_read_with_its_line() {
        let (patterns, problems) = read(YAML);
        assert_eq!(problems, []);
        let lines: Vec<u32> = patterns.iter().map(|pattern| pattern.line).collect();
        assert_eq!(lines, [4, 5, 7], "{patterns:?}");
        let found = patterns[0].find("iPad-07: ライセンスの割り当てに失敗しました (9610)");
        let found = found.expect("it matches");
        assert_eq!((found["device"].as_str(), found["code"].as_str()), ("iPad-07", "9610"));
        let found = patterns[1].find("token expired\nretrying\nsync failed: iPad-02");
        assert_eq!(found.expect("within three lines")["name"], "iPad-02");
        assert_eq!(patterns[1].find("token expired\na\nb\nc\nd\nsync failed: iPad-02"), None);
        assert_eq!(patterns[2].not.as_deref(), Some("DEP service"));
    }

    crate::source::cases! {
        literals_of_patterns: |expression| shown(literal(expression));
    }

    #[test]
    fn hostile_patterns_end_soon() {
        for yaml in
            ["patterns: [[[[[[", "patterns:\n  - line: '{{{{}}}}{a}{a}{1}{'\n", "patterns: x"]
        {
            let _ = read(yaml);
        }
    }
}
