//! Status screens: labels with their values.
//!
//! 1. `line`: a label has its value on its line (`名前<TAB>値`, `名前: 値`, `名前→値`), after one space where the label
//!    is known, or on the next line.
//! 2. `told`: they are facts, and facts are no incidents. A value that is a sentence, or that has an error code, is a
//!    message; a state that tells of something is a status, one a screen.
//! 3. A dashboard counts devices by state (「応答無 77」): the worst that any are in is the status.
//! 4. `failure`: its text may be over its particulars, or under its code, without a label: all of it is one failure.

mod failure;
mod line;
mod told;

use crate::facts::{Severity, fold, read_level, read_wording};
use crate::record::collect::{Collector, SourceText};
use crate::record::columns::{self, Role};
use crate::record::cursor::Cursor;
use crate::record::terms::{Terms, severity_of_value};
use crate::record::words;
use crate::source::Line;
use crate::text::lexicon::{FLOW_WORDS, Section};
use failure::{read_failure, read_headed, read_said_below};
use line::{counts, fits, is_header, labelled_beside, labelled_run, pairs_of, tile};
use told::emit;

#[derive(Debug, Clone, Copy)]
struct Pair<'t> {
    label: &'t str,
    value: &'t str,
    place: SourceText<'t>,
    /// The text that a person sees of them.
    shown: &'t str,
    /// Whether the line says for itself that it is a label with a value.
    certain: bool,
}

pub(in crate::record) fn read<'t>(cursor: &mut Cursor<'t>, collector: &mut Collector<'_>) -> bool {
    let mut ahead = cursor.clone();
    if ahead.line().is_some_and(|line| collector.has_given_up("screen", line.number)) {
        return false;
    }
    let failure = read_failure(&mut ahead, collector);
    if let Some(pairs) = failure.or_else(|| read_headed(&mut ahead, collector)) {
        *cursor = ahead;
        emit(&pairs, collector);
        return true;
    }
    let titles = usize::from(ahead.line().is_some_and(|line| is_title(line.text)));
    let english =
        (0..=titles).any(|titles| is_english(ahead.ahead().skip(titles), collector.terms()));
    let mut pairs = read_pairs(&mut ahead, english, collector);
    // One pair with an unknown label is a message: 「エラー: 応答なし」.
    let certain = pairs.iter().filter(|pair| pair.certain).count();
    let unknown = pairs.iter().filter(|pair| !pair.certain && !pair.value.is_empty()).count();
    if certain == 0 && unknown < 3 {
        collector.give_up("screen", ahead.line());
        return false;
    }
    pairs.extend(read_said_below(&pairs, &mut ahead, collector));
    *cursor = ahead;
    emit(&pairs, collector);
    true
}

/// Stands for the label of a text that has none.
const SAID: &str = "";
/// The same of a code. No text has a zero, so it is no label of anything.
const CODED: &str = "\0";

/// The pairs from the cursor on, which it passes.
fn read_pairs<'t>(
    ahead: &mut Cursor<'t>,
    english: bool,
    collector: &Collector<'_>,
) -> Vec<Pair<'t>> {
    let terms = collector.terms();
    let mut pairs: Vec<Pair<'t>> = Vec::new();
    while let Some(line) = ahead.line() {
        if !pairs.is_empty() && is_header(line, terms) {
            break;
        }
        let below = ahead.following();
        // OS may be a label where others are.
        let latin = english || !pairs.is_empty();
        let lone_label = |line: Line<'t>| lone_label(line, terms, latin);
        let beside = || !pairs.is_empty() || leads_to_pairs(ahead, collector);
        let mut found = pairs_of(line, collector);
        // 「原因：」 has its value below, as a label without a colon.
        let open = matches!(found.as_slice(), [only] if only.value.is_empty());
        if open && !line.text.contains('\t') && lone_label(line).is_some() {
            found.clear();
        }
        if found.is_empty() {
            found = counts(ahead, pairs.last(), below);
        }
        if found.is_empty()
            && let Some(tile) = tile(ahead, pairs.last())
        {
            pairs.push(tile);
            ahead.advance();
            ahead.advance();
            continue;
        }
        if found.is_empty() {
            found.extend(labelled_beside(line, terms).filter(|_| beside()));
        }
        if !found.is_empty() {
            pairs.extend(found);
        } else if let Some(label) = lone_label(line) {
            // The value is on the next line, or there is none.
            let value = below.filter(|below| {
                let text = below.text.trim();
                // 準拠 is a label, and a state under 「コンプライアンス」.
                let labels = lone_label(*below).is_some();
                let labels = labels && severity_of_value(terms, text).is_none();
                !text.is_empty() && !labels && !text.contains('\t')
            });
            let Some(value) = value.filter(|value| pairs_of(*value, collector).is_empty()) else {
                if pairs.is_empty() && below.is_none_or(|below| !begins_pairs(below, collector)) {
                    break;
                }
                pairs.push(pair(label, line));
                ahead.advance();
                // A value that is empty is an empty line, where the next label is under it.
                let mut under = ahead.clone();
                under.advance();
                let empty = below.is_some_and(|below| below.text.trim().is_empty());
                if empty && under.line().is_some_and(|line| lone_label(line).is_some()) {
                    *ahead = under;
                }
                continue;
            };
            let shown = words::without_list_mark(value.text).trim();
            let of_error = || names_an_error(label) && words::is_sentence(shown);
            let certain = english
                || fits(terms.role(label), shown, collector)
                || terms.role(label) == Role::Message && of_error();
            let told = match terms.role(label) {
                Role::Message | Role::State => true,
                Role::Known => line.text.trim().ends_with([':', '：']),
                _ => false,
            };
            if !certain && !told && words::is_sentence(shown) {
                break;
            }
            pairs.push(Pair { label, value: shown, shown, certain, ..said_pair(value) });
            ahead.advance();
        } else if let Some(value) = below.filter(|_| is_in_turn(ahead, &pairs, collector)) {
            pairs.push(Pair { label: line.text.trim(), ..said_pair(value) });
            ahead.advance();
        } else if is_title(line.text)
            && below.is_some_and(|below| {
                begins_pairs(below, collector) || english && lone_label(below).is_some()
            })
        {
            // A title may be over pairs, and further ones between them.
            if pairs.is_empty() {
                pairs.push(pair(line.text.trim(), line));
            }
        } else {
            break;
        }
        ahead.advance();
    }
    pairs
}

/// Whether the line is a label of any name: between known ones each line has its value on the next.
fn is_in_turn(cursor: &Cursor<'_>, pairs: &[Pair<'_>], collector: &Collector<'_>) -> bool {
    const MOST: usize = 6;
    // A value has a line of its own where its label has.
    let apart = |pair: &Pair<'_>| pair.shown == pair.value && !pair.value.is_empty();
    if !pairs.last().is_some_and(apart) {
        return false;
    }
    let mut lines = 0;
    for (place, line) in cursor.ahead().enumerate().take(MOST + 1) {
        let label = lone_label(line, collector.terms(), true).is_some();
        // A list ends in a value.
        if place > 0 && (label || line.text.trim().is_empty()) {
            return place % 2 == 0;
        }
        let short = !line.text.trim().is_empty() && line.text.chars().count() <= 40;
        let says = words::is_sentence(line.text) && !is_named_in_english(line.text, place);
        if !short || says || !pairs_of(line, collector).is_empty() {
            return false;
        }
        lines += 1;
    }
    lines % 2 == 0 && lines <= MOST
}

/// Whether the line in a place is an English label of some words (`Security patch level`), or an amount.
fn is_named_in_english(line: &str, place: usize) -> bool {
    const MOST_WORDS: usize = 4;
    let line = line.trim();
    let word = |word: &str| word.bytes().all(|byte| byte.is_ascii_alphabetic());
    let label = line.starts_with(|first: char| first.is_ascii_uppercase())
        && line.split(' ').count() <= MOST_WORDS
        && line.split(' ').all(word)
        && read_wording(line) == Severity::Unknown;
    let amount = line.is_ascii() && line.starts_with(|first: char| first.is_ascii_digit());
    label || amount && !place.is_multiple_of(2)
}

/// Whether under the line at the cursor, and others with a label, there is a pair beyond doubt, or the labels are those of
/// a form: three of them, two that are known, or all in line with each other.
fn leads_to_pairs(cursor: &Cursor<'_>, collector: &Collector<'_>) -> bool {
    const MOST: usize = 6;
    let (mut labels, mut known) = (Vec::new(), 0);
    // PowerShell's lists have their colons under each other: `Version         : 11.2`.
    let colon = |line: Line<'_>| line.text.find(" :");
    let aligned = cursor.line().and_then(colon);
    let (mut padded, mut indented) = (0, 0);
    for (place, line) in cursor.ahead().enumerate().take(MOST) {
        if place > 0 && begins_pairs(line, collector) {
            return true;
        }
        let found = labelled_beside(line, collector.terms()).map(|pair| pair.label);
        let Some(label) = found.filter(|label| !labels.contains(label)) else { break };
        labels.push(label);
        known += usize::from(collector.terms().role(label) != Role::Unknown);
        padded += usize::from(aligned.is_some() && colon(line) == aligned);
        indented += usize::from(line.text.starts_with("  "));
    }
    labels.len() > 2 && (known > 1 || [padded, indented].contains(&labels.len()))
}

/// Whether a line is, beyond doubt, a label with its value.
pub(super) fn holds_pair(line: Line<'_>, collector: &Collector<'_>) -> bool {
    let whole = |pair: &Pair<'_>| pair.certain && pair.label != CODED && !pair.value.is_empty();
    pairs_of(line, collector).iter().any(whole)
}

fn begins_pairs(line: Line<'_>, collector: &Collector<'_>) -> bool {
    pairs_of(line, collector).iter().any(|pair| pair.certain)
        || lone_label(line, collector.terms(), false).is_some()
}

/// The label that a line is and nothing else. Latin ones are words of any list, but where the lines around them are an
/// English screen.
fn lone_label<'t>(line: Line<'t>, terms: &Terms, english: bool) -> Option<&'t str> {
    let label = words::without_list_mark(line.text).trim().trim_end_matches([':', '：']);
    let of_script = !label.is_ascii() || english;
    (of_script && terms.role(label) != Role::Unknown).then_some(label)
}

/// Whether an English screen begins here: of the lines every second is a label that is known, three of them at least.
fn is_english<'t>(lines: impl Iterator<Item = Line<'t>>, terms: &Terms) -> bool {
    const LEAST: usize = 3;
    let is_label = |line: &Line<'_>| lone_label(*line, terms, true).is_some();
    let lines: Vec<Line<'_>> = lines.take(2 * LEAST).collect();
    let is_pair = |[label, value]: &[Line<'_>; 2]| {
        is_label(label) && !is_label(value) && !value.text.trim().is_empty()
    };
    lines.len() == 2 * LEAST && lines.as_chunks().0.iter().all(is_pair)
}

/// A label and its value that were told apart already.
pub(super) struct Labelled {
    pub(super) label: String,
    pub(super) value: String,
    /// `label: value`.
    pub(super) shown: String,
    /// Where they begin: the line (1-based) and the byte of it.
    pub(super) line: u32,
    pub(super) column: usize,
}

pub(super) fn emit_labelled(rows: &[Labelled], collector: &mut Collector<'_>) {
    let pairs = rows.iter().map(|row| Pair {
        label: &row.label,
        value: &row.value,
        place: SourceText { text: "", line: row.line, column: row.column },
        shown: &row.shown,
        certain: true,
    });
    emit(&pairs.collect::<Vec<_>>(), collector);
}

/// A line without a value that a screen puts over its pairs: a heading, the name of the console.
fn is_title(line: &str) -> bool {
    let line = line.trim();
    let named = !line.is_ascii()
        || line.len() > 1
            && line.bytes().all(|byte| byte.is_ascii_alphabetic() || b" !".contains(&byte));
    !line.is_empty()
        && line.chars().count() <= 24
        && !line.contains(['\t', ':', '：', '。', '、', '>', '=', '(', '?', '？'])
        && !words::is_sentence(line)
        && words::state(line).is_none()
        && read_level(line).is_none()
        && named
}

/// Whether a line is several labels with their values.
pub(super) fn is_labelled_run(line: &Line<'_>) -> bool {
    !labelled_run(*line).is_empty()
}

/// Whether a text is a count and nothing else: `0`, 「12台」.
fn is_count(text: &str) -> bool {
    columns::is_row_number(fold(text.trim()).trim_end_matches(COUNTERS))
}

const COUNTERS: [char; 3] = ['台', '件', '名'];

/// Whether a label is the level of what went wrong: 「エラー」, `Error`.
fn is_of_error(label: &str) -> bool {
    !label.is_empty() && read_level(label) == Some(Severity::Error)
}

/// The role of the value under a label: a text without one, and one under a level, is a message.
fn role_of(label: &str) -> Role {
    match label {
        SAID => Role::Message,
        CODED => Role::Code,
        label if is_of_error(label) => Role::Message,
        label => columns::role(label),
    }
}

/// Whether a label of a text says that the text is an error's: `ErrorText`, エラー内容, 失敗理由.
pub(super) fn names_an_error(label: &str) -> bool {
    let label = label.to_ascii_lowercase();
    let words = ["reason", "failure", "cause", "原因"];
    words.iter().any(|word| label.starts_with(word))
        || ["error", "エラー", "失敗"].iter().any(|word| label.contains(word))
}

fn announces_an_error(pair: &Pair<'_>) -> bool {
    pair.label == CODED
        || columns::role(pair.label) == Role::Code
            && !matches!(&*columns::key(pair.label), "code" | "コード")
}

fn pair<'t>(label: &'t str, line: Line<'t>) -> Pair<'t> {
    let (place, shown) = (SourceText::from(&line), line.text.trim());
    Pair { label, value: "", place, shown, certain: false }
}

/// A label with its value, of a line that says for itself that it is one.
fn certain_pair<'t>(label: &'t str, value: &'t str, line: Line<'t>) -> Pair<'t> {
    Pair { value, certain: true, ..pair(label, line) }
}

fn said_pair(line: Line<'_>) -> Pair<'_> {
    Pair { value: line.text.trim(), ..pair(SAID, line) }
}

fn is_label(label: &str) -> bool {
    let label = label.trim();
    !label.is_empty() && label.chars().count() <= 40 && !label.contains(['。', '、', '"', '「'])
}

pub(super) static NONE: Section = FLOW_WORDS.section("none");
