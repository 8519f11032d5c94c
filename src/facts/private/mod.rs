//! Personal data in a text: masked in everything that leaves the house (`mask`, `--redact`, tickets, misses).
//!
//! 1. The masks of signatures ([`scan`](super::scan)) find addresses, identifiers and quoted names; what of them is
//!    a standard, a product or a constant [`stays`].
//! 2. [`labels`] announce values: `user=`, パスワード：, 担当者：;
//! 3. [`people`] are named before さん and 様, in sentences and in Latin letters;
//! 4. [`forms`] give the rest away: `CONTOSO\sato`, `CN=`, tokens, telephone numbers, addresses;
//! 5. [`blocks`] are lines that only the lines around them explain: keys in PEM, signatures of mails.
//!
//! Nothing here takes part in a signature: a list that learns a name changes no incident. Codes, numbers and
//! versions stay, because whoever reads on must know what happened. A name that nothing announces and no list has
//! stays too: whoever passes a text on is told so.

mod blocks;
mod forms;
mod labelled;
mod labels;
mod line;
mod people;
mod stays;
mod value;
mod words;

pub(crate) use people::is_name as is_person;

use super::fold::Folded;
use super::mask::Mask;
use super::scan::Scan;
use super::{Variable, message};
use crate::source::steers;
use blocks::{Blocks, Role};
use labelled::{Joint, Labelled};
use line::Line;

/// A part of a line that is somebody's, in characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Part {
    start: usize,
    end: usize,
    mask: Mask,
}

/// The parts found, in the order of the rules.
#[derive(Debug, Default)]
struct Parts(Vec<Part>);

impl Parts {
    /// Notes a part; returns its end.
    fn push(&mut self, start: usize, end: usize, mask: Mask) -> usize {
        if end > start {
            self.0.push(Part { start, end, mask });
        }
        end
    }

    /// The parts in their order; parts that overlap are one, of the kind of the longest, or of the one that was
    /// noted first.
    fn joined(self) -> Vec<Part> {
        let mut ranked = self.0;
        ranked.sort_by_key(|part| part.start);
        let mut joined: Vec<(usize, Part)> = Vec::with_capacity(ranked.len());
        for part in ranked {
            let length = part.end - part.start;
            match joined.last_mut() {
                Some((longest, last)) if part.start < last.end => {
                    last.end = last.end.max(part.end);
                    if length > *longest {
                        (*longest, last.mask) = (length, part.mask);
                    }
                }
                _ => joined.push((length, part)),
            }
        }
        joined.into_iter().map(|(_, part)| part).collect()
    }
}

/// Reads lines in their order, and tells of each what in it is somebody's.
///
/// ```
/// use shirube::facts::Private;
///
/// let mut private = Private::default();
/// let line = "佐藤さんの端末: user=t.sato, エラー 4026";
/// assert_eq!(private.mask(line), "{user}さんの端末: user={user}, エラー 4026");
/// ```
#[derive(Debug, Default)]
pub struct Private {
    blocks: Blocks,
}

/// The role of a line by the lines before it.
#[derive(Debug, Clone, Copy, Default)]
pub struct LineRole(Role);

impl Private {
    /// The role of the next line. Roles are told in the order of lines; [`variables`](Self::variables) may then be
    /// asked in any.
    pub fn role(&mut self, line: &str) -> LineRole {
        LineRole(self.blocks.read(line))
    }

    /// The parts of a line that are somebody's, in order, not overlapping; times are among them.
    #[must_use]
    pub fn variables(line: &str, role: LineRole) -> Vec<Variable> {
        match without_steering(line) {
            None => read_line(line, role.0),
            // A control character within a name hides none of it.
            Some((kept, origins)) => {
                let origin = |byte: usize| origins.get(byte).copied().unwrap_or(line.len());
                let written = |variable: Variable| Variable {
                    range: origin(variable.range.start)..origin(variable.range.end - 1) + 1,
                    mask: variable.mask,
                };
                read_line(&kept, role.0).into_iter().map(written).collect()
            }
        }
    }

    /// The next line with placeholders over what is somebody's.
    pub fn mask(&mut self, line: &str) -> String {
        let role = self.role(line);
        message::masked(line, &Self::variables(line, role))
    }
}

/// A line without the characters that a terminal obeys, and without the sequences that they begin (`ESC [31m`), with
/// the byte of the line that each byte was at; `None` where there are none.
fn without_steering(line: &str) -> Option<(String, Vec<usize>)> {
    const LONGEST_SEQUENCE: usize = 24;
    let steering = |it: char| steers(it) && it != '\t';
    if !line.trim_end().chars().any(steering) {
        return None;
    }
    let mut kept = String::with_capacity(line.len());
    let mut origins = Vec::with_capacity(line.len());
    let mut characters = line.char_indices().peekable();
    while let Some((at, character)) = characters.next() {
        if !steering(character) {
            kept.push(character);
            origins.extend(at..at + character.len_utf8());
            continue;
        }
        let opens = character == '\u{9b}'
            || character == '\u{1b}' && characters.next_if(|(_, next)| *next == '[').is_some();
        for _ in 0..if opens { LONGEST_SEQUENCE } else { 0 } {
            let Some((_, next)) = characters.next_if(|(_, next)| matches!(next, ' '..='~')) else {
                break;
            };
            // The final byte of a control sequence (ECMA-48, 5.4).
            if matches!(next, '@'..='~') {
                break;
            }
        }
    }
    Some((kept, origins))
}

fn read_line(line: &str, role: Role) -> Vec<Variable> {
    let folded = Folded::new(line);
    let characters = Line::new(folded.text());
    let mut parts = Parts::default();
    read_role(&characters, role, &mut parts);
    masks(folded.text(), &characters, &mut parts, Only::Placeholders);
    labels::find(&characters, &mut parts);
    forms::find(&characters, &mut parts);
    masks(folded.text(), &characters, &mut parts, Only::Values);
    people::find(&characters, &mut parts);
    let bytes = |part: &Part| characters.byte(part.start)..characters.byte(part.end);
    message::variables(&folded, parts.joined().into_iter().map(|part| (bytes(&part), part.mask)))
}

/// A value with placeholders over what is somebody's, where `label` says what it is.
pub(crate) fn mask_value(label: &str, value: &str) -> String {
    let head = format!("{label}: ");
    let line = format!("{head}{value}");
    let masked = mask_line(&line);
    // Labels are words of a console; where one is masked itself the value is masked alone.
    masked.strip_prefix(&head).map_or_else(|| mask_line(value), str::to_owned)
}

/// Whether a value that is where names do is a state, a role or a product.
pub(super) fn names_nobody(value: &str) -> bool {
    // 3名: how many there are.
    let counted = value.trim_end_matches(['名', '人', '台', '件', '個', '回']);
    let count = counted.len() < value.len() && counted.bytes().all(|it| it.is_ascii_digit());
    count || words::NOT_NAMES.contains(value) || words::is_state(value) || words::is_product(value)
}

/// The parts of a masked value that are as much somebody's where nothing announces them.
pub(super) fn to_learn<'v>(mask: &str, value: &'v str) -> Vec<&'v str> {
    let value = value.trim();
    let letters = value.chars().count();
    let mixed = value.is_ascii()
        && value.bytes().any(|it| it.is_ascii_alphabetic())
        && value.bytes().any(|it| !it.is_ascii_alphabetic());
    let certain = match mask {
        // A name of kanji, with or without a given name; a login name that is no word.
        "user" => {
            let words: Vec<&str> = value.split(' ').collect();
            let kanji = value.chars().all(|it| line::is_kanji(it) || it == ' ');
            if kanji && words.len() <= 2 && letters <= 8 {
                let family = words.iter().take(1).copied();
                let names = family.chain(std::iter::once(value));
                return names
                    .filter(|name| name.chars().count() >= 2 && !words::NOT_NAMES.contains(name))
                    .collect();
            }
            mixed && letters >= 4
        }
        "device" | "network" => mixed && letters >= 4 && !words::is_product(value),
        "secret" => mixed && (6..=256).contains(&letters),
        _ => false,
    };
    if certain { vec![value] } else { Vec::new() }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Only {
    Placeholders,
    Values,
}

/// A line with typed placeholders over what in it is somebody's, and over times. Codes, numbers, versions and names of
/// products stay: they say what happened, and of nobody.
///
/// Masking what is masked changes nothing.
///
/// ```
/// let masked = shirube::facts::mask_line("Error 4026 on 10.0.0.7 at 15:43:37, user=sato");
/// assert_eq!(masked, "Error 4026 on {ip} at {time}, user={user}");
/// ```
#[must_use]
pub fn mask_line(line: &str) -> String {
    // A placeholder can pair quotation marks anew, and what they enclose is masked in turn. Every round leaves
    // less to mask; two are the rule.
    const MOST_ROUNDS: usize = 16;
    let mut masked = Private::default().mask(line);
    for _ in 0..MOST_ROUNDS {
        let again = Private::default().mask(&masked);
        if again == masked {
            break;
        }
        masked = again;
    }
    masked
}

/// The masks of signatures, but for constants. Placeholders come first: nothing is put over them.
fn masks(text: &str, line: &Line, parts: &mut Parts, only: Only) {
    let mut scan = Scan::default();
    scan.run(text);
    for found in &scan.found {
        let (start, end) = (line.index(found.start), line.index(found.end));
        let placeholder = text.as_bytes().get(found.start) == Some(&b'{')
            && text.get(found.start + 1..found.end.saturating_sub(1)) == Some(found.mask.name());
        let told = found.mask.identifies() || found.mask == Mask::Time;
        let wanted = (placeholder || told) && placeholder == (only == Only::Placeholders);
        if wanted && !stays::stays(line, start, end, found.mask) {
            parts.push(start, end, found.mask);
        }
    }
}

fn read_role(line: &Line, role: Role, parts: &mut Parts) {
    match role {
        Role::Plain => {}
        Role::Key => {
            let length = line.chars.len();
            let start = line.run(0, length, |it| it.is_whitespace() || it == '>' || it == '|');
            let end = length - line.run_before(length, length, char::is_whitespace);
            parts.push(start, end, Mask::Secret);
        }
        Role::Signed => {
            let (start, end) = blocks::signed(line);
            parts.push(start, end, Mask::User);
        }
        Role::Value(kind) => {
            let mut start = line.run(0, line.chars.len(), char::is_whitespace);
            if line.get(start) == Some('<') {
                let tag = line.run(start, 40, |it| it != '>');
                start += tag + 1;
            }
            let label = Labelled { kind, joint: Joint::Sign, start, label: (start, start) };
            if let Some(part) = value::read(line, &label) {
                parts.push(part.start, part.end, part.mask);
            }
        }
    }
}

#[cfg(test)]
mod tests;
