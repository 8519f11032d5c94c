//! Status screens: labels with their values.
//!
//! 1. A label has its value on its line (`名前<TAB>値`, `名前: 値`, `名前→値`), after one space where the label
//!    is known, or on the next line.
//! 2. They are facts, and facts are no incidents. A value that is a sentence, or that has an error code, is a
//!    message; a state that tells of something is a status, one a screen.
//! 3. A dashboard counts devices by state (「応答無 77」): the worst that any are in is the status.
//! 4. The text of a failure may be over its particulars, or under its code, without a label: all of it is one failure.

use std::borrow::Cow;

use crate::facts::{
    Code, CodeDictionary, Fact, Kind, Moment, Record, Severity, error_names, fold, is_domain,
    is_numbered_error, read_level, read_time, read_wording, resolve_time, whole_time,
};
use crate::record::cells;
use crate::record::collect::{Collector, SourceText, fact, range_in};
use crate::record::columns::{self, Role};
use crate::record::cursor::Cursor;
use crate::record::leading_time::leading_time;
use crate::record::lone_code::lone_code;
use crate::record::terms::{JOB_LABEL, Terms, severity_of_value};
use crate::record::words;
use crate::record::{prose, question};
use crate::source::Line;
use crate::text::is_hiragana;
use crate::text::lexicon::{self, FLOW_WORDS, Section};

static PRODUCT_LABELS: Section = lexicon::COLUMN_LABELS.section("labels of products");

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

/// How many lines the text of a failure has that is over its particulars.
const MOST_SAID: usize = 3;

/// A failure whose text is over the labels of its particulars (「登録できませんでした。」, 「エラーコード: 0x80180014」),
/// which the cursor passes; `None` where the labels tell of something else.
fn read_failure<'t>(cursor: &mut Cursor<'t>, collector: &Collector<'_>) -> Option<Vec<Pair<'t>>> {
    let mut ahead = cursor.clone();
    let mut said: Vec<Line<'t>> = Vec::new();
    let mut coded = None;
    loop {
        let line = ahead.line()?;
        let text = line.text.trim();
        if text.is_empty() {
            // Pages have a gap below a heading, and between a text and its code.
            let headed =
                said.last().is_some_and(|line| !is_stopped(line.text) || tells_no_more(line.text));
            ahead.advance();
            let below = ahead.line()?;
            let labelled = begins_pairs(below, collector) || is_over_pairs(&ahead, collector);
            (headed || !said.is_empty() && labelled).then_some(())?;
            continue;
        }
        if !said.is_empty() && begins_pairs(line, collector) {
            break;
        }
        if !said.is_empty() && is_over_pairs(&ahead, collector) {
            ahead.advance();
            continue;
        }
        if !said.is_empty() && is_known_number(text, collector.codes) {
            coded = Some(certain_pair(CODED, text, line));
            ahead.advance();
            break;
        }
        let enclosed = !said.is_empty() && is_code_in_brackets(text);
        (said.len() < MOST_SAID && (enclosed || is_said(line, collector)))
            .then(|| said.push(line))?;
        ahead.advance();
        if enclosed {
            break;
        }
    }
    let enclosed = said.last().is_some_and(|line| is_code_in_brackets(line.text.trim()));
    let mut particulars: Vec<Pair<'t>> = coded.into_iter().collect();
    if !enclosed && particulars.is_empty() {
        particulars = read_pairs(&mut ahead, false, collector);
        are_particulars(&particulars, collector.terms()).then_some(())?;
    }
    let coded = particulars.first().is_some_and(announces_an_error);
    let said = one_failure(said, coded)?;
    let mut pairs: Vec<Pair<'t>> = said.into_iter().map(said_pair).collect();
    pairs.extend(particulars);
    *cursor = ahead;
    Some(pairs)
}

/// Whether the line at the cursor is a heading of labels and nothing else: `Additional problem information:`
fn is_over_pairs(cursor: &Cursor<'_>, collector: &Collector<'_>) -> bool {
    let heading = cursor.line().is_some_and(|line| line.text.trim_end().ends_with([':', '：']));
    heading && cursor.following().is_some_and(|below| begins_pairs(below, collector))
}

/// A failure without particulars, whose heading says only that something failed; the cursor passes both.
fn read_headed<'t>(cursor: &mut Cursor<'t>, collector: &Collector<'_>) -> Option<Vec<Pair<'t>>> {
    let heading = cursor.line().filter(|line| tells_no_more(line.text))?;
    let said = cursor.following().filter(|said| is_said(*said, collector))?;
    let fails = read_wording(said.text) == Severity::Error && !tells_no_more(said.text);
    (fails && is_said(heading, collector)).then(|| {
        cursor.advance();
        cursor.advance();
        vec![said_pair(heading), said_pair(said)]
    })
}

/// Whether a text ends as sentences do.
fn is_stopped(text: &str) -> bool {
    text.trim_end().ends_with(['。', '.', '！', '!'])
}

/// `[MCCloudConfigurationErrorDomain – 0x80EF (33007)]`
fn is_code_in_brackets(text: &str) -> bool {
    let inner = text.strip_prefix('[').and_then(|inner| inner.strip_suffix(']'));
    inner.is_some_and(|inner| {
        let mut words = inner.split(' ');
        words.next().is_some_and(is_domain) && inner.bytes().any(|byte| byte.is_ascii_digit())
    })
}

/// Whether a text is a number and nothing else that the dictionary has as an error's: `12054` under the sentence that
/// tells of it.
fn is_known_number(text: &str, codes: &CodeDictionary) -> bool {
    let plain = (4..=6).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    plain && codes.read(text).is_some_and(|code| codes.meaning(&code).is_some())
}

/// Stands for the label of a text that has none.
const SAID: &str = "";
/// The same of a code. No text has a zero, so it is no label of anything.
const CODED: &str = "\0";

/// Whether a line is text without a label, a time, a level or a mark of a program.
fn is_said(line: Line<'_>, collector: &Collector<'_>) -> bool {
    const LONGEST: usize = 400;
    let text = line.text.trim();
    let first = text.split([' ', ':', '：']).next().unwrap_or_default();
    !text.is_empty()
        && text.len() <= LONGEST
        && !text.contains('\t')
        && !text.starts_with(['{', '<', '[', '(', '$', '#', '|', '>', '"', '-', '*', '+'])
        && !text.starts_with(|c: char| c.is_ascii_digit())
        // `Failed to …` is a sentence; `ERROR …`, `Error: …` and 「警告 …」 begin with a level.
        && (read_level(first).is_none() || is_word(first) && !text.contains(':'))
        && words::command_start(text).is_none()
        && words::state(text).is_none()
        && lone_label(line, collector.terms(), false).is_none()
        && leading_time(text, collector.now).is_none()
        && collector.around.around(line.number).is_none()
        && pairs_of(line, collector).is_empty()
}

/// Whether a text is a word as sentences begin with one, with one capital.
fn is_word(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_alphabetic())
        && text.bytes().skip(1).all(|byte| byte.is_ascii_lowercase())
}

/// The lines that tell of one failure: a heading, which has no full stop, may be over the sentence that tells of it,
/// the name of its error under that, and what to do at the end. `None` where they tell of no failure, or of two. The
/// sentence over a lone code is of the code, whatever its words are.
fn one_failure(said: Vec<Line<'_>>, coded: bool) -> Option<Vec<Line<'_>>> {
    let mut told: Vec<Line<'_>> = Vec::new();
    let (mut open, mut named) = (true, false);
    let last = said.last().map(|line| line.number);
    for line in said {
        let stopped = is_stopped(line.text) && !tells_no_more(line.text);
        let of_code = coded && Some(line.number) == last && words::is_sentence(line.text);
        let names = names_a_code(line.text) && !named;
        let fails = !is_code_in_brackets(line.text.trim())
            && (read_wording(line.text) == Severity::Error || names_a_code(line.text));
        named |= names;
        match (fails, told.is_empty()) {
            (true, _) if open || names => open = !stopped,
            (true, _) => return None,
            (false, true) if of_code => {}
            // A title that tells of nothing.
            (false, true) if !stopped => continue,
            (false, true) => return None,
            // A button, or a door to particulars that were not opened.
            (false, false) if prose::is_caption(line.text) => continue,
            (false, false) => {}
        }
        told.push(line);
    }
    (!told.is_empty()).then_some(told)
}

static UNSPECIFIC: Section = lexicon::SEVERITY.section("unspecific");

fn tells_no_more(text: &str) -> bool {
    let text = fold(text.trim()).to_lowercase();
    let text = text.trim_end_matches(['。', '.', '!']);
    // After an interjection: 「おっと、…」, `Oops! …`
    let said = text.rsplit(['、', ',', '!']).next().unwrap_or(text);
    UNSPECIFIC.contains(&said.trim())
}

/// Whether a text begins with the name of an error that has a number: `AADSTS50105: …`
fn names_a_code(text: &str) -> bool {
    let name = text.trim().split(':').next().unwrap_or_default();
    is_numbered_error(name.as_bytes())
}

/// Labels by which a service finds one request again: they are particulars of a failure.
static OF_REQUESTS: Section = lexicon::COLUMN_LABELS.section("labels of requests");

/// Whether labels tell the particulars of one failure: its code, its text, the request that failed; and no state.
fn are_particulars(pairs: &[Pair<'_>], terms: &Terms) -> bool {
    let requested = || {
        let label = |pair: &Pair<'_>| fold(pair.label).to_lowercase().replace(' ', "");
        pairs.iter().any(|pair| OF_REQUESTS.contains(&label(pair).as_str()))
    };
    let particular = match failures(pairs).as_slice() {
        [] => requested(),
        [failure] => {
            let of_error = |pair: &&Pair<'_>| names_an_error(pair.label);
            (failure.texts.iter().all(of_error) || pairs.first().is_some_and(announces_an_error))
                && !(failure.texts.is_empty() && failure.codes.is_empty())
        }
        _ => false,
    };
    particular && states(pairs, terms).is_empty()
}

/// The text of a failure under its code, where the labels tell nothing else of it; the cursor passes it.
fn read_said_below<'t>(
    pairs: &[Pair<'t>],
    cursor: &mut Cursor<'t>,
    collector: &Collector<'_>,
) -> Option<Pair<'t>> {
    let coded = match failures(pairs).as_slice() {
        [failure] => failure.texts.is_empty() && states(pairs, collector.terms()).is_empty(),
        _ => false,
    };
    let line = cursor.line().filter(|line| coded && is_said(*line, collector))?;
    // A sentence that nothing else is under is of the code, whatever its words are.
    let last = cursor.following().is_none_or(|below| below.text.trim().is_empty());
    let told = one_failure(vec![line], false).is_some() || last && words::is_sentence(line.text);
    told.then(|| cursor.advance())?;
    Some(said_pair(line))
}

/// The pairs from the cursor on, which it passes.
fn read_pairs<'t>(
    ahead: &mut Cursor<'t>,
    english: bool,
    collector: &Collector<'_>,
) -> Vec<Pair<'t>> {
    let terms = collector.terms();
    let mut pairs: Vec<Pair<'t>> = Vec::new();
    while let Some(line) = ahead.line() {
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
            found = counts(line, pairs.last(), below);
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

/// Whether the line at the cursor is a label of any name: between labels that are known each line has its value on the
/// next.
fn is_in_turn(cursor: &Cursor<'_>, pairs: &[Pair<'_>], collector: &Collector<'_>) -> bool {
    const MOST: usize = 6;
    // A value has a line of its own where its label has.
    let apart = |pair: &Pair<'_>| pair.shown == pair.value && !pair.value.is_empty();
    if !pairs.last().is_some_and(apart) {
        return false;
    }
    for (place, line) in cursor.ahead().enumerate().take(MOST + 1) {
        let label = lone_label(line, collector.terms(), true).is_some();
        if place > 0 && label {
            return place % 2 == 0;
        }
        let short = !line.text.trim().is_empty() && line.text.chars().count() <= 40;
        if !short || words::is_sentence(line.text) || !pairs_of(line, collector).is_empty() {
            return false;
        }
    }
    false
}

/// Whether under the line at the cursor, and others with a label, there is a pair beyond doubt, or the labels are those of
/// a form: three of them, two that are known.
fn leads_to_pairs(cursor: &Cursor<'_>, collector: &Collector<'_>) -> bool {
    const MOST: usize = 6;
    let (mut labels, mut known) = (Vec::new(), 0);
    // PowerShell's lists have their colons under each other: `Version         : 11.2`.
    let colon = |line: Line<'_>| line.text.find(" :");
    let aligned = cursor.line().and_then(colon);
    let mut padded = 0;
    for (place, line) in cursor.ahead().enumerate().take(MOST) {
        if place > 0 && begins_pairs(line, collector) {
            return true;
        }
        let found = labelled_beside(line, collector.terms()).map(|pair| pair.label);
        let Some(label) = found.filter(|label| !labels.contains(label)) else { break };
        labels.push(label);
        known += usize::from(collector.terms().role(label) != Role::Unknown);
        padded += usize::from(aligned.is_some() && colon(line) == aligned);
    }
    labels.len() > 2 && (known > 1 || padded == labels.len())
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
    let is_pair = |pair: &[Line<'_>]| match pair {
        [label, value] => is_label(label) && !is_label(value) && !value.text.trim().is_empty(),
        _ => false,
    };
    lines.len() == 2 * LEAST && lines.chunks(2).all(is_pair)
}

/// Whether a value is what its label promises, so that both are a pair beyond doubt.
fn fits(role: Role, value: &str, collector: &Collector<'_>) -> bool {
    match role {
        Role::Time => is_time(value, collector),
        Role::State => collector.terms().state(value).is_some(),
        Role::Severity => read_level(value).is_some(),
        Role::Code => collector.codes.read(value).is_some(),
        Role::Message => words::command_start(&fold(value)) == Some(0),
        Role::Device if words::is_thing(value) || words::is_device_name(value) => true,
        Role::Device | Role::User | Role::Command | Role::Known => {
            is_time(value, collector)
                || severity_of_value(collector.terms(), value).is_some()
                || collector.terms().is_job(value)
        }
        Role::Unknown => false,
    }
}

fn is_time(value: &str, collector: &Collector<'_>) -> bool {
    whole_time(value, None).is_some()
        || resolve_time(&fold(value.trim()), collector.now.unwrap_or_default()).is_some()
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
    let pairs: Vec<Pair<'_>> = rows
        .iter()
        .map(|row| Pair {
            label: &row.label,
            value: &row.value,
            place: SourceText { text: "", line: row.line, column: row.column },
            shown: &row.shown,
            certain: true,
        })
        .collect();
    emit(&pairs, collector);
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

/// The pairs of a line; several where wide gaps are between them.
fn pairs_of<'t>(line: Line<'t>, collector: &Collector<'_>) -> Vec<Pair<'t>> {
    let text = line.text.trim();
    let code = lone_code(text, collector).filter(|_| !collector.single_line);
    let code = code.map(|(domain, code)| match domain {
        None => code,
        // 「HTTP 403」 of `HTTP 403 Forbidden`.
        Some(domain) if text.starts_with(domain) => {
            text.get(..range_in(text, code).end).unwrap_or(text)
        }
        Some(_) => text,
    });
    if let Some(value) = code.or_else(|| is_error_constant(text).then_some(text)) {
        return vec![certain_pair(CODED, value, line)];
    }
    if let Some((label, value)) = line.text.split_once('\t') {
        if value.contains('\t') {
            let labelled = labelled_run(line);
            return if labelled.is_empty() { counted(line) } else { labelled };
        }
        let plain = is_label(label) && read_time(&fold(label), None).is_none();
        let pair = plain.then(|| certain_pair(label.trim(), value.trim(), line));
        return pair.into_iter().collect();
    }
    let text = words::without_list_mark(line.text);
    if let Some(pair) = gapped(text, line, collector.terms()) {
        return vec![pair];
    }
    let mut pairs = labelled_run(line);
    if !pairs.is_empty() {
        return pairs;
    }
    for part in text.split(['\u{3000}']).flat_map(|part| part.split("  ")) {
        if part.trim().is_empty() {
            continue;
        }
        match joined_pair(part, line, collector.terms()) {
            Some(pair) => pairs.push(pair),
            // 「値」 went on after the gap: 登録日時：２０２４／０２／０１　１１：４０
            None => match pairs.last_mut() {
                Some(last) => last.value = from_to(line.text, last.value, part.trim()),
                None => return spaced(text, line, collector),
            },
        }
    }
    pairs
}

/// A label that is known with its value after a gap, as forms align them: 「件名　　　配布エラー」. Where a further label is
/// on the line, it is a row of such pairs, or of labels alone.
fn gapped<'t>(text: &'t str, line: Line<'t>, terms: &Terms) -> Option<Pair<'t>> {
    let (label, value) = text.split_at_checked(cells::run_start(text))?;
    let (label, value) = (label.trim().trim_end_matches([':', '：']), value.trim());
    let first = |part: &str| part.trim().split([' ', ':', '：']).next().unwrap_or_default().len();
    let labels = |part: &str| {
        let word = part.trim().get(..first(part)).unwrap_or_default();
        !word.is_ascii() && terms.role(word) != Role::Unknown && terms.state(word).is_none()
    };
    let known = !label.is_ascii() && terms.role(label) != Role::Unknown;
    let alone =
        !value.is_empty() && !value.split('\u{3000}').flat_map(|part| part.split("  ")).any(labels);
    (known && alone && terms.state(label).is_none()).then(|| certain_pair(label, value, line))
}

/// Whether a line is several labels with their values.
pub(super) fn is_labelled_run(line: &Line<'_>) -> bool {
    !labelled_run(*line).is_empty()
}

/// A line of several words with a colon, each before its value: `Type: iPad13,18  ECID: 0x1C44  Name: iPad-03`.
fn labelled_run<'t>(line: Line<'t>) -> Vec<Pair<'t>> {
    const LEAST: usize = 3;
    let text = line.text.trim();
    let label = |word: &str| {
        word.strip_suffix(':').is_some_and(|name| {
            name.len() > 1
                && name.starts_with(|first: char| first.is_ascii_uppercase())
                && name.bytes().all(|byte| byte.is_ascii_alphanumeric())
                && read_level(name).is_none()
        })
    };
    let words = || text.split_ascii_whitespace();
    // Most lines have no such word.
    if !words().next().is_some_and(label) || words().filter(|word| label(word)).count() < LEAST {
        return Vec::new();
    }
    let mut pairs: Vec<Pair<'t>> = Vec::new();
    for word in words() {
        match pairs.last_mut() {
            _ if label(word) => pairs.push(certain_pair(word.trim_end_matches(':'), "", line)),
            Some(last) if last.value.is_empty() => last.value = word,
            Some(last) => last.value = from_to(text, last.value, word),
            None => {}
        }
    }
    pairs
}

/// The part of a text from one of its words to a later one.
fn from_to<'t>(text: &'t str, first: &'t str, last: &str) -> &'t str {
    text.get(range_in(text, first).start..range_in(text, last).end).unwrap_or(first)
}

/// The count of a dashboard's tile, which has a line of its own: under its level or state, or over it. Beside a tile a
/// label may have any name.
fn tile<'t>(cursor: &Cursor<'t>, above: Option<&Pair<'t>>) -> Option<Pair<'t>> {
    let (line, below) = (cursor.line()?, cursor.following()?);
    let beside = above.is_some_and(|above| is_count(above.value)) || {
        let mut next = cursor.clone();
        next.advance();
        next.advance();
        let label = next.line().is_some_and(|label| is_label(label.text) && !is_count(label.text));
        label && is_count(below.text) && next.following().is_some_and(|count| is_count(count.text))
    };
    let names = |text: &str| {
        let text = text.trim();
        read_level(text).is_some()
            || words::state(text).is_some()
            || beside && is_label(text) && !is_count(text) && !words::is_sentence(text)
    };
    let (label, value) = match (is_count(line.text), is_count(below.text)) {
        (false, true) => (line, below),
        (true, false) => (below, line),
        _ => return None,
    };
    names(label.text).then(|| certain_pair(label.text.trim(), value.text.trim(), label))
}

/// Whether a text is a count and nothing else: `0`, 「12台」.
fn is_count(text: &str) -> bool {
    columns::is_row_number(fold(text.trim()).trim_end_matches(COUNTERS))
}

const COUNTERS: [char; 3] = ['台', '件', '名'];

/// Counts of levels and states, several beside or under each other (「エラー 12 / 警告 3」), which are no codes.
fn counts<'t>(line: Line<'t>, above: Option<&Pair<'t>>, below: Option<Line<'t>>) -> Vec<Pair<'t>> {
    let found = counted(line);
    let Some(first) = found.first() else { return found };
    let of_levels = |label: &str| read_level(label).is_some() || words::state(label).is_some();
    let other = |pair: &Pair<'t>| {
        pair.label != first.label && (of_levels(pair.label) || !of_levels(first.label))
    };
    let several = found.iter().any(other)
        || above.is_some_and(|above| other(above) && columns::is_row_number(&fold(above.value)))
        || below.is_some_and(|below| counted(below).first().is_some_and(other));
    if several { found } else { Vec::new() }
}

/// The pair of a line beside another's: there a label may have any name, and its value any length.
fn labelled_beside<'t>(line: Line<'t>, terms: &Terms) -> Option<Pair<'t>> {
    const MOST_WORDS: usize = 3;
    let text = words::without_list_mark(line.text).trim();
    let aligned = || {
        // 「担当　　　細野」: what has a further gap is a row.
        let (label, value) = text.split_at_checked(cells::run_start(text))?;
        let value = value.trim_start();
        (cells::run_start(value) == value.len()).then_some((label, value))
    };
    let (label, value, joined) = match text.split_once([':', '：']) {
        Some((label, value)) => (label.trim_end(), value, true),
        None => aligned().map(|(label, value)| (label, value, false))?,
    };
    let word = |word: &str| word.bytes().all(|byte| byte.is_ascii_alphabetic() || byte == b'_');
    // `mdmd: …` is a program, `C:\…` a path, `Exception: …` a message.
    let english = (!joined || value.starts_with([' ', '\t']))
        && label.starts_with(|first: char| first.is_ascii_uppercase())
        && label.split(' ').all(word)
        && label.split(' ').count() <= MOST_WORDS
        && (terms.role(label) != Role::Unknown || read_wording(label) == Severity::Unknown);
    // 「エラー：」 before a sentence is the label of what went wrong.
    let of_error = joined && is_of_error(label) && words::is_sentence(value);
    let form = is_noun(label);
    let value = value.trim();
    (!value.is_empty() && (english || of_error || form)).then(|| certain_pair(label, value, line))
}

/// Whether a text is one noun in Japanese, as the labels of forms are.
fn is_noun(text: &str) -> bool {
    const LONGEST: usize = 10;
    !text.is_ascii()
        && text.chars().count() <= LONGEST
        && text.chars().all(|c| c.is_alphanumeric() && (!is_hiragana(c) || c == 'の'))
        && read_level(text).is_none()
        && words::state(text).is_none()
}

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

/// `ERR_CONNECTION_TIMED_OUT`, `INSTALL_FAILED_INVALID_APK`
fn is_error_constant(text: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'_';
    text.contains('_')
        && text.bytes().all(plain)
        && (text.starts_with("ERR_") || read_wording(&text.replace('_', " ")) == Severity::Error)
}

/// `IOS<TAB>0<TAB>ANDROID<TAB>0`, 「成功 120 / 失敗 0」: names and counts in turns, and nothing else.
fn counted(line: Line<'_>) -> Vec<Pair<'_>> {
    const LONGEST: usize = 120;
    let text = line.text.trim();
    let ends = text.trim_end_matches(COUNTERS).chars().next_back().is_some_and(char::is_numeric);
    if text.len() > LONGEST || !ends {
        return Vec::new();
    }
    let between: &[char] = match text.contains('\t') {
        true => &['\t'],
        false => &[' ', '\u{3000}', '/', '／', ':', '：', '|', '、'],
    };
    let words: Vec<&str> = text.split(between).map(str::trim).filter(|it| !it.is_empty()).collect();
    let counted = words.chunks(2).map(|turn| {
        let [label, value] = turn else { return None };
        let named = is_label(label)
            && columns::role(label) != Role::Code
            && !fold(label).bytes().any(|byte| byte.is_ascii_digit());
        let counts = columns::is_row_number(fold(value).trim_end_matches(COUNTERS));
        (named && counts).then(|| certain_pair(label, value, line))
    });
    counted.collect::<Option<Vec<_>>>().unwrap_or_default()
}

/// Labels that are known, each with its value after a single space: 「端末番号 04f45f0a1b2c ステータス 端末エラー」.
/// Between them may be, without its label, a state or the kind of a job.
fn spaced<'t>(text: &'t str, line: Line<'t>, collector: &Collector<'_>) -> Vec<Pair<'t>> {
    let terms = collector.terms();
    // Any other label may begin a sentence: 「ログ > オペレーション で…」.
    if let Some((label, value)) = text.split_once(' ')
        && terms.role(label) == Role::Message
        && names_an_error(label)
        && words::is_sentence(value)
    {
        return vec![certain_pair(label, value.trim(), line)];
    }
    let words = text.split([' ', '\t', '\u{3000}']);
    let mut words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    if !(2..=MOST_WORDS).contains(&words.len()) || text.is_ascii() || text.contains(['。', '、'])
    {
        return Vec::new();
    }
    words.reverse();
    let mut pairs: Vec<Pair<'t>> = Vec::new();
    let mut names = 0;
    while let Some(word) = words.pop() {
        let role = if word.is_ascii() { Role::Unknown } else { terms.role(word) };
        let loose = if terms.state(word).is_some_and(|state| !state.ordinary) {
            terms.state(word).map(|state| state.label)
        } else {
            terms.is_job(word).then_some(JOB_LABEL)
        };
        let count = words.last().copied().filter(|count| is_count(count));
        if let (Some(value), Some(_)) = (count, terms.state(word)) {
            pairs.push(certain_pair(word, value, line));
            words.pop();
        } else if let (Some(label), true) = (loose, role == Role::Unknown) {
            // The kind of a job alone is a word that somebody looks for: 「リモートロック 期限」.
            pairs.push(Pair { value: word, certain: label != JOB_LABEL, ..pair(label, line) });
        } else if role != Role::Unknown {
            let mut value: Option<&'t str> = None;
            while let Some(next) = words.last() {
                // 端末エラー may be a label of an article's, and after ステータス it is the state.
                let state = value.is_none() && terms.state(next).is_some();
                let ends = !next.is_ascii() && !state && terms.role(next) != Role::Unknown
                    || value.is_some() && !next.starts_with(|c: char| c.is_ascii_digit());
                if ends {
                    break;
                }
                value = Some(value.map_or(*next, |value| from_to(text, value, next)));
                words.pop();
            }
            let Some(value) = value else { return Vec::new() };
            let certain = fits(role, value, collector);
            pairs.push(Pair { value, certain, ..pair(word, line) });
        } else {
            names += 1;
        }
    }
    let certain = pairs.iter().any(|pair| pair.certain);
    // A name or two (of a device, of a person) may be among them; more is a sentence.
    let state = pairs.last().is_some_and(|pair| terms.state(pair.value).is_some());
    let row = certain && names <= pairs.len() && (state || !words::is_sentence(text));
    if row { pairs } else { Vec::new() }
}

/// More words are a text.
const MOST_WORDS: usize = 24;

/// A label and its value with a mark between them.
fn joined_pair<'t>(part: &'t str, line: Line<'t>, terms: &Terms) -> Option<Pair<'t>> {
    let bracketed = part.trim_start().strip_prefix('【').and_then(|part| part.split_once('】'));
    let bracketed = bracketed.filter(|(_, value)| !value.trim().is_empty());
    // A table of two columns, stored: 「ステータス,PUSHタイムアウト」.
    let stored = || {
        let (label, value) = part.split_once(',')?;
        let known = |it: &str| terms.role(it.trim()) != Role::Unknown;
        (known(label) && !known(value) && !value.contains(',')).then_some((label, value))
    };
    let (label, value) = bracketed
        .or_else(stored)
        .or_else(|| part.split_at_checked(part.find([':', '：', '→', '⇒'])?))?;
    let value = value.trim_start_matches([':', '：', '→', '⇒']).trim();
    let label = label.trim();
    let role = terms.role(label);
    if role == Role::Unknown {
        // Only Japanese labels: `Exception: x` and `mdmd: y` are messages.
        let plain = is_label(label)
            && !label.is_ascii()
            && !fold(label).bytes().any(|byte| byte.is_ascii_digit() || byte == b'_')
            && !words::is_sentence(label)
            && read_level(label).is_none()
            && !words::is_sentence(value);
        let certain = terms.state(value).is_some_and(|state| !state.ordinary);
        return plain.then_some(Pair { value, certain, ..pair(label, line) });
    }
    // `Device: x` in running English is no label; an error's text may have any length.
    let of_error = role == Role::Message && names_an_error(label);
    let short = !label.is_ascii() || of_error || value.split(' ').count() <= 4;
    // `OSUpdateStatus: x` may be a program's.
    let certain = !label.is_ascii()
        || matches!(role, Role::Message | Role::Code)
        || columns::listed(label) != Role::Unknown;
    short.then_some(Pair { value, certain, ..pair(label, line) })
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

/// A label of a line, without its value.
fn pair<'t>(label: &'t str, line: Line<'t>) -> Pair<'t> {
    Pair {
        label,
        value: "",
        place: SourceText::from(&line),
        shown: line.text.trim(),
        certain: false,
    }
}

/// A label with its value, of a line that says for itself that it is one.
fn certain_pair<'t>(label: &'t str, value: &'t str, line: Line<'t>) -> Pair<'t> {
    Pair { value, certain: true, ..pair(label, line) }
}

/// A text without a label.
fn said_pair(line: Line<'_>) -> Pair<'_> {
    Pair { value: line.text.trim(), ..pair(SAID, line) }
}

fn is_label(label: &str) -> bool {
    let label = label.trim();
    !label.is_empty() && label.chars().count() <= 40 && !label.contains(['。', '、', '"', '「'])
}

/// Emits the pairs of screens: where the first label comes again with a device's, each device has a screen of its own.
fn emit(pairs: &[Pair<'_>], collector: &mut Collector<'_>) {
    let Some(first) = pairs.first().filter(|first| first.label != SAID) else {
        return emit_screen(pairs, collector);
    };
    let begins: Vec<usize> = (0..pairs.len())
        .filter(|&at| pairs.get(at).is_some_and(|it| it.label == first.label))
        .collect();
    let devices = pairs.iter().filter(|pair| columns::role(pair.label) == Role::Device).count();
    if begins.len() < 2 || devices != begins.len() {
        return emit_screen(pairs, collector);
    }
    let ends = begins.iter().skip(1).copied().chain([pairs.len()]);
    for (begin, end) in begins.iter().zip(ends) {
        emit_screen(pairs.get(*begin..end).unwrap_or_default(), collector);
    }
}

/// Emits the pairs of one screen: facts, the messages among them, and the states that tell of something.
fn emit_screen(pairs: &[Pair<'_>], collector: &mut Collector<'_>) {
    let value_of = |role| {
        let of_role = |pair: &&Pair<'_>| columns::role(pair.label) == role;
        let count = |pair: &Pair<'_>| role == Role::Device && is_count(pair.value);
        pairs.iter().find(|pair| of_role(pair) && !pair.value.is_empty() && !count(pair))
    };
    let ticket = pairs.iter().any(|pair| OF_TICKETS.contains(&&*columns::key(pair.label)));
    let mut frame = Frame {
        device: value_of(Role::Device).map(|pair| pair.value),
        time: value_of(Role::Time)
            .and_then(|pair| read_time(&fold(pair.value), collector.now))
            .map(|timed| timed.moment),
        severity: value_of(Role::Severity).and_then(|pair| read_level(pair.value)),
        product: product_of(pairs),
    };
    let command = value_of(Role::Command);
    if let Some(user) = value_of(Role::User) {
        collector.user(user.value);
    }
    let mut facts: Vec<Fact> = Vec::with_capacity(pairs.len());
    for pair in pairs.iter().filter(|pair| ![SAID, CODED].contains(&pair.label)) {
        let value = collector.resolved(pair.value, pair.place.line);
        let fact = fact(pair.label, &value, frame.device, pair.place.line);
        collector.fact(fact.clone());
        facts.push(fact);
    }
    let mut told = states(pairs, collector.terms());
    let mut failures = failures(pairs);
    if frame.time.is_none() && !failures.is_empty() {
        frame.time = only_time(pairs, collector);
    }
    // A form has one text; its title says the same in short.
    let titles = failures.iter().all(|failure| failure.texts.is_empty());
    // A state that is a sentence (「失敗しました」) is the text of the only code.
    let stated = sentence_of_state(pairs, &failures, collector.terms());
    if let ([failure], Some(pair)) = (failures.as_mut_slice(), stated) {
        failure.texts.push(pair);
    }
    for failure in &mut failures {
        // Beside a state or a code, a name (詳細: VPN_2026) tells of nothing.
        if !told.is_empty() || !failure.codes.is_empty() {
            failure.texts.retain(|pair| {
                is_message(pair.value) || read_wording(pair.value) != Severity::Unknown
            });
        }
    }
    // Beside the text of a failure, a state that any console has (失敗, 未準拠) says the same in short; that of a
    // ticket (対応中) is no device's.
    if ticket || failures.iter().any(|failure| !failure.texts.is_empty()) {
        // Beside a code, too, that of a failed job does.
        let coded =
            failures.iter().any(|failure| !failure.texts.is_empty() && !failure.codes.is_empty());
        told.retain(|state| {
            state.product.is_some() && !(coded && state.severity == Some(Severity::Error))
        });
    }
    let terms = collector.terms();
    let of_states = pairs.iter().filter(|pair| terms.role(pair.label) == Role::State);
    let mut severities = of_states.filter_map(|pair| severity_of_value(terms, pair.value));
    let failed = severities.find(|severity| *severity == Severity::Error);
    // The code of a state is the same failure.
    let of_state = |failure: &Failure<'_, '_>| !told.is_empty() && failure.texts.is_empty();
    let codes: Vec<Code> = failures
        .iter()
        .filter(|failure| of_state(failure))
        .flat_map(|failure| &failure.codes)
        .filter_map(|pair| collector.codes.read(pair.value))
        .collect();
    let mut said: Vec<Record<'_>> = failures
        .iter()
        .filter(|failure| !of_state(failure))
        .flat_map(|failure| failure.records(collector.codes))
        .collect();
    if titles {
        let others = pairs.iter().filter(|pair| role_of(pair.label) != Role::Code);
        let others = others.filter(|pair| stated.is_none_or(|stated| stated.label != pair.label));
        let others = others.filter_map(|pair| Some(record_of(Kind::Log, pair, message_of(pair)?)));
        said.extend(others);
    }
    // A wish in a ticket is no trouble, though a console's 「…してください」 is.
    if ticket {
        let requested = pairs.iter().any(|pair| REQUESTED.contains(&&*columns::key(pair.value)));
        said.retain(|record| {
            let message = &record.message;
            let end = message.trim_end_matches(['。', '.', ' ']);
            let wished = requested || WISHED.iter().any(|wish| end.ends_with(wish));
            read_wording(message) == Severity::Error
                || !record.codes.is_empty()
                || words::error_number(message).is_some()
                || question::is_question(message)
                || !wished
        });
    }
    for mut record in said {
        record.severity = frame.severity.or(record.severity).or(failed);
        frame.complete(&mut record);
        collector.record(record);
    }
    let command = command.map(|command| Cow::Borrowed(words::apart(command.value)));
    for mut state in told {
        frame.complete(&mut state);
        state.distinction = command.clone().or(state.distinction);
        state.facts.clone_from(&facts);
        state.codes.clone_from(&codes);
        collector.record(state);
    }
}

static OF_TICKETS: Section = lexicon::COLUMN_LABELS.section("labels of tickets");

/// The kinds of tickets that want something done, and how the sentences of these end.
static REQUESTED: Section = lexicon::COLUMN_LABELS.section("kinds of requests");
static WISHED: Section = lexicon::MAIL_PHRASES.section("ends of wishes");
/// Labels of what is to be done: that is no failure.
static OF_REMEDIES: Section = lexicon::COLUMN_LABELS.section("labels of remedies");

/// The state that is told in a sentence, on a screen whose only failure has no other text.
fn sentence_of_state<'p, 't>(
    pairs: &'p [Pair<'t>],
    failures: &[Failure<'_, '_>],
    terms: &Terms,
) -> Option<&'p Pair<'t>> {
    let only = failures.len() == 1 && failures.iter().all(|failure| failure.texts.is_empty());
    let told =
        |pair: &&Pair<'_>| terms.role(pair.label) == Role::State && message_of(pair).is_some();
    pairs.iter().filter(|_| only).find(told)
}

/// A failure as a screen tells it: its texts, and the codes beside them.
#[derive(Default)]
struct Failure<'p, 't> {
    texts: Vec<&'p Pair<'t>>,
    codes: Vec<&'p Pair<'t>>,
}

/// The failures of a screen. The next begins where a label comes again.
fn failures<'p, 't>(pairs: &'p [Pair<'t>]) -> Vec<Failure<'p, 't>> {
    let mut failures: Vec<Failure<'p, 't>> = Vec::new();
    let mut labels: Vec<&str> = Vec::new();
    for pair in pairs.iter().filter(|pair| message_of(pair).is_some()) {
        let role = role_of(pair.label);
        if !matches!(role, Role::Message | Role::Code) {
            continue;
        }
        if failures.is_empty() || labels.contains(&pair.label) {
            failures.push(Failure::default());
            labels.clear();
        }
        // A text without a label goes on.
        if pair.label != SAID {
            labels.push(pair.label);
        }
        if let Some(failure) = failures.last_mut() {
            if role == Role::Code { &mut failure.codes } else { &mut failure.texts }.push(pair);
        }
    }
    failures
}

impl<'t> Failure<'_, 't> {
    /// One record with the texts and the codes; where there is no text, one of each code's line.
    fn records(&self, dictionary: &CodeDictionary) -> Vec<Record<'t>> {
        let Some(first) = self.texts.first() else {
            // However many ways its code is written in, it is one.
            let Some((first, others)) = self.codes.split_first() else { return Vec::new() };
            let mut record = record_of(Kind::Log, first, first.shown);
            record.severity = announces_an_error(first).then_some(Severity::Error);
            record.codes.extend(others.iter().filter_map(|pair| dictionary.read(pair.value)));
            return vec![record];
        };
        let mut record = record_of(Kind::Log, first, first.value);
        let mut texts: Vec<&str> = self.texts.iter().map(|pair| pair.value).collect();
        for code in &self.codes {
            if announces_an_error(code) {
                record.severity = Some(Severity::Error);
            }
            match dictionary.read(code.value) {
                Some(code) if error_names(&code.written).next().is_none() => {
                    record.codes.push(code)
                }
                // The name of an error is a word of its message.
                _ => texts.push(code.value),
            }
        }
        if texts.len() > 1 {
            record.message = Cow::Owned(texts.join(" "));
        }
        vec![record]
    }
}

/// The time of a failure on whose screen one time is, whatever its label is called.
fn only_time(pairs: &[Pair<'_>], collector: &Collector<'_>) -> Option<Moment> {
    let times = pairs.iter().filter_map(|pair| whole_time(pair.value, collector.now));
    let mut times = times.filter(|timed| timed.has_clock).map(|timed| timed.moment);
    times.next().filter(|_| times.next().is_none())
}

/// The part that all records of one screen share.
struct Frame<'t> {
    device: Option<&'t str>,
    time: Option<Moment>,
    severity: Option<Severity>,
    product: Option<&'static str>,
}

impl<'t> Frame<'t> {
    fn complete(&self, record: &mut Record<'t>) {
        record.product = self.product.or(record.product);
        record.time = self.time;
        record.device = self.device.map(Cow::Borrowed);
    }
}

fn product_of(pairs: &[Pair<'_>]) -> Option<&'static str> {
    pairs.iter().find_map(|pair| {
        let label = fold(pair.label);
        let mut labels = PRODUCT_LABELS.iter().filter_map(|row| row.split_once(' '));
        labels.find(|(known, _)| *known == label).map(|(_, product)| product)
    })
}

fn record_of<'t>(kind: Kind, pair: &Pair<'t>, message: &'t str) -> Record<'t> {
    let (line, range) = pair.place.place_of(message);
    Record::new(kind, Cow::Borrowed(message), line, range)
}

/// The message of a pair: its value, or with an error code the whole line.
fn message_of<'t>(pair: &Pair<'t>) -> Option<&'t str> {
    if pair.value == pair.label || is_nothing(pair.value) {
        return None;
    }
    match role_of(pair.label) {
        _ if OF_REMEDIES.contains(&&*columns::key(pair.label)) => None,
        Role::Code => Some(pair.shown),
        Role::Time | Role::Device | Role::User => None,
        Role::Message if pair.label == SAID || !is_count(pair.value) => Some(pair.value),
        // A success is a fact.
        _ => Some(pair.value).filter(|value| {
            is_message(value)
                && whole_time(value, None).is_none()
                && read_wording(value) != Severity::Info
        }),
    }
}

pub(super) static NONE: Section = FLOW_WORDS.section("none");

/// Whether a value says that there is nothing: no text, no code, a code that is nought.
fn is_nothing(value: &str) -> bool {
    let value = fold(value).to_lowercase();
    NONE.contains(&value.trim_matches(['(', ')', '<', '>', '[', ']', ' ']))
        || value.chars().all(|c| !c.is_alphanumeric() || matches!(c, '0' | 'x'))
}

/// Whether a value is a sentence, or reports on a command.
fn is_message(value: &str) -> bool {
    words::is_sentence(value) || words::command_start(&fold(value)).is_some()
}

/// The states of a screen that tell of something, each by its label: what is as it should be is a fact and nothing more.
fn states<'t>(pairs: &[Pair<'t>], terms: &Terms) -> Vec<Record<'t>> {
    let mut told: Vec<Record<'t>> = worst_count(pairs, terms).into_iter().collect();
    let primary =
        |pair: &Pair<'_>| matches!(pair.label, "ステータス" | "同期状態" | "状態" | "Status");
    let tells = |pair: &&Pair<'_>| {
        if pair.value.is_empty() || message_of(pair).is_some() {
            return false;
        }
        let of_states = terms.role(pair.label) == Role::State;
        let severity = severity_of_value(terms, pair.value);
        match terms.state(pair.value) {
            Some(state) => (of_states || !state.ordinary) && state.severity != Some(Severity::Info),
            // A word that nobody knows, under a label that tells how things are.
            None => of_states && primary(pair) && severity != Some(Severity::Info),
        }
    };
    let mut candidates: Vec<&Pair<'t>> = pairs.iter().filter(tells).collect();
    candidates.sort_by_key(|pair| (terms.state(pair.value).is_none(), !primary(pair)));
    let Some(first) = candidates.first().copied() else { return told };
    // One device has one state; a list of states repeats its label.
    for pair in candidates.into_iter().filter(|pair| pair.label == first.label) {
        let (message, state) = match terms.named_state(pair.value) {
            Some((name, state)) => (name, Some(state)),
            None => (pair.value, None),
        };
        if told.iter().any(|known| known.message == message) {
            continue;
        }
        let severity = severity_of_value(terms, pair.value);
        told.push(status(pair, message, severity, state.and_then(|state| state.product)));
    }
    told
}

fn status<'t>(
    pair: &Pair<'t>,
    message: &'t str,
    severity: Option<Severity>,
    product: Option<&'static str>,
) -> Record<'t> {
    let distinction = Some(Cow::Borrowed(pair.label));
    Record { severity, product, distinction, ..record_of(Kind::Status, pair, message) }
}

/// A dashboard counts devices by state: the worst that any are in, with its count.
fn worst_count<'t>(pairs: &[Pair<'t>], terms: &Terms) -> Option<Record<'t>> {
    let counted = pairs.iter().filter_map(|pair| {
        let state = terms.state(pair.label)?;
        let any = is_count(pair.value)
            && pair.value.contains(|c: char| c.is_numeric() && !matches!(c, '0' | '０'));
        // Devices that were deregistered are counted, and nothing is wrong with them.
        let bad = state.severity > Some(Severity::Info) && !state.ordinary;
        (any && bad).then_some((pair, state))
    });
    let worst =
        counted.reduce(|worst, next| if next.1.severity > worst.1.severity { next } else { worst });
    worst.map(|(pair, state)| status(pair, pair.label, state.severity, state.product))
}
