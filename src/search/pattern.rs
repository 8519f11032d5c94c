//! Which articles' patterns match an incident, and what their blanks stand for.
//!
//! 1. the patterns of all articles that have any are gathered when the first incident comes;
//! 2. one automaton looks for a literal of each: only a pattern whose literal is in the message is compiled, once,
//!    and tried, so that ten thousand patterns cost a line what a few do;
//! 3. the values fill the blanks of the articles' passages ([`fill`]).

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use aho_corasick::AhoCorasick;
use regex::Regex;

use super::retrieve::retriever::articles_of;
use super::retrieve::statistics::Statistics;
use crate::article::{captures, compile, literal};
use crate::index::{Address, Field, PATTERNS_KEY, Result, Snapshot};

/// The placeholder where nothing was captured.
const NOTHING: &str = "○○";
/// The text for the device where an incident has several.
const DEVICES: &str = "一覧の端末";

#[derive(Debug)]
pub(super) struct Patterns {
    compiled: Vec<Compiled>,
    /// Finds the literals; `None` where there are none.
    literals: Option<AhoCorasick>,
    of_literal: Vec<usize>,
    /// The patterns without a literal: they are tried on every message.
    always: Vec<usize>,
}

#[derive(Debug)]
struct Compiled {
    article: Address,
    expression: String,
    /// The expression, compiled when it is first tried: ten thousand would keep the first answer waiting.
    regex: OnceLock<Option<Regex>>,
    most_lines: usize,
}

impl Compiled {
    fn captures(&self, message: &str) -> Option<Captured> {
        let regex = self.regex.get_or_init(|| compile(&self.expression).ok()).as_ref()?;
        captures(regex, self.most_lines, message)
    }
}

pub(super) type Captured = BTreeMap<String, String>;

impl Patterns {
    pub(super) fn new(snapshot: &Snapshot) -> Result<Self> {
        let info = Statistics::new(snapshot).term(Field::Code, PATTERNS_KEY);
        let mut all = Vec::new();
        for article in articles_of(&info) {
            for pattern in snapshot.article(article)?.patterns {
                all.push((article, pattern.expression, pattern.most_lines as usize));
            }
        }
        Ok(Self::of(all))
    }

    fn of(all: Vec<(Address, String, usize)>) -> Self {
        let (mut compiled, mut literals) = (Vec::new(), Vec::new());
        let (mut of_literal, mut always) = (Vec::new(), Vec::new());
        for (article, expression, most_lines) in all {
            match literal(&expression) {
                Some(literal) => {
                    literals.push(literal);
                    of_literal.push(compiled.len());
                }
                None => always.push(compiled.len()),
            }
            compiled.push(Compiled { article, expression, regex: OnceLock::new(), most_lines });
        }
        let literals = (!literals.is_empty()).then(|| AhoCorasick::new(&literals).ok()).flatten();
        if literals.is_none() {
            always.append(&mut of_literal);
        }
        Self { compiled, literals, of_literal, always }
    }

    /// The articles with a pattern that matches, each with what its first one captures.
    pub(super) fn matching(&self, message: &str) -> BTreeMap<Address, Captured> {
        let mut tried: BTreeSet<usize> = self.always.iter().copied().collect();
        if let Some(literals) = &self.literals {
            let found = literals.find_overlapping_iter(message);
            tried.extend(found.filter_map(|it| self.of_literal.get(it.pattern().as_usize())));
        }
        let mut matching = BTreeMap::new();
        for pattern in tried.into_iter().filter_map(|place| self.compiled.get(place)) {
            if !matching.contains_key(&pattern.article)
                && let Some(captured) = pattern.captures(message)
            {
                matching.insert(pattern.article, captured);
            }
        }
        matching
    }
}

/// Fills the blanks `{{name}}` of a passage, and says which values are in it now. What was captured is text, whatever it
/// holds.
pub(super) fn fill(markdown: &str, captured: &Captured, several: bool) -> (String, Vec<String>) {
    let (mut filled, mut values) = (String::with_capacity(markdown.len()), Vec::new());
    let mut rest = markdown;
    while let Some((before, behind)) = rest.split_once("{{") {
        filled.push_str(before);
        let Some((name, after)) = behind.split_once("}}") else {
            filled.push_str("{{");
            rest = behind;
            continue;
        };
        match captured.get(name.trim()) {
            _ if several && name.trim() == "device" => filled.push_str(DEVICES),
            Some(value) if !value.is_empty() => {
                let value = escaped(value);
                filled.push_str(&value);
                values.push(value);
            }
            _ => filled.push_str(NOTHING),
        }
        rest = after;
    }
    filled.push_str(rest);
    (filled, values)
}

/// A value as plain text within Markdown.
fn escaped(value: &str) -> String {
    let mut escaped = String::with_capacity(value.len());
    for character in value.chars().filter(|character| !character.is_control()) {
        if character.is_ascii_punctuation() && !matches!(character, '-' | '.' | '/' | ':' | '@') {
            escaped.push('\\');
        }
        escaped.push(character);
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address(number: u32) -> Address {
        Address { shard: 0, number }
    }

    #[test]
    fn only_what_holds_the_literal_is_tried() {
        let all = vec![
            (address(1), r"license failed \((?P<code>\d+)\)".to_owned(), 0),
            (address(2), r"[0-9]+x".to_owned(), 0),
            (address(3), r"never said".to_owned(), 0),
        ];
        let patterns = Patterns::of(all);
        assert_eq!(patterns.always, [1]);
        let matching = patterns.matching("iPad: license failed (9610)");
        assert_eq!(matching.keys().collect::<Vec<_>>(), [&address(1)]);
        assert_eq!(matching[&address(1)]["code"], "9610");
        assert_eq!(patterns.matching("12x").keys().collect::<Vec<_>>(), [&address(2)]);
    }

    #[test]
    fn values_are_text_whatever_they_hold() {
        let captured = Captured::from([("device".to_owned(), "a*b](javascript:x)<i>".to_owned())]);
        let (filled, values) = fill("{{device}} の {{code}}。{{", &captured, false);
        assert_eq!(filled, r"a\*b\]\(javascript:x\)\<i\> の ○○。{{");
        assert_eq!(values.len(), 1);
        assert_eq!(fill("{{ device }}", &captured, true).0, "一覧の端末");
    }

    #[test]
    fn ten_thousand_patterns_cost_a_line_little() {
        let all = (0..10_000).map(|number| {
            (address(number), format!(r"(?P<device>\S+): error {number:05} of the service"), 0)
        });
        let patterns = Patterns::of(all.collect());
        assert!(patterns.always.is_empty());
        let line = "iPad-07: error 04711 of the service";
        assert_eq!(patterns.matching(line).keys().collect::<Vec<_>>(), [&address(4711)]);
        // The automaton proposes one of them, whatever their number.
        let literals = patterns.literals.as_ref().expect("each has a literal");
        assert_eq!(literals.find_overlapping_iter(line).count(), 1);
        assert_eq!(patterns.compiled.iter().filter(|it| it.regex.get().is_some()).count(), 1);
    }
}
