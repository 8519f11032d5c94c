//! The pairs of one line: a label with its value after a tab, a mark, a gap or a space, several of them, or counts.

use super::{
    CODED, COUNTERS, Pair, certain_pair, is_count, is_label, is_of_error, names_an_error, pair,
};
use crate::facts::{Severity, fold, read_level, read_time, read_wording, resolve_time, whole_time};
use crate::record::collect::{Collector, range_in};
use crate::record::columns::{self, Role};
use crate::record::cursor::Cursor;
use crate::record::lone_code::lone_code;
use crate::record::terms::{JOB_LABEL, Terms, severity_of_value};
use crate::record::{cells, words};
use crate::source::Line;
use crate::text::is_hiragana;

/// Whether a value is what its label promises, so that both are a pair beyond doubt.
pub(super) fn fits(role: Role, value: &str, collector: &Collector<'_>) -> bool {
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

/// The pairs of a line; several where wide gaps are between them.
pub(super) fn pairs_of<'t>(line: Line<'t>, collector: &Collector<'_>) -> Vec<Pair<'t>> {
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
        let plain = !is_header(line, collector.terms())
            && is_label(label)
            && read_time(&fold(label), None).is_none();
        let pair = plain.then(|| certain_pair(label.trim(), value.trim(), line));
        return pair.into_iter().collect();
    }
    let text = words::without_list_mark(line.text);
    if let Some(pair) = gapped(text, line, collector.terms()) {
        return vec![pair];
    }
    let mut pairs = labelled_run(line);
    if pairs.is_empty() {
        pairs = known_run(text, line, collector.terms());
    }
    if pairs.is_empty() {
        pairs = slashed(text, line, collector);
    }
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

/// Whether a line is two labels beside each other, which are the header of a table.
pub(super) fn is_header(line: Line<'_>, terms: &Terms) -> bool {
    let of_columns =
        |cell: &str| columns::listed(cell) != Role::Unknown && terms.state(cell).is_none();
    let cells = line.text.split_once('\t');
    cells.is_some_and(|(label, value)| of_columns(label) && of_columns(value))
}

/// A label that is known with its value after a gap, as forms align them: 「件名　　　配布エラー」. Where a further label is
/// on the line, it is a row of such pairs, or of labels alone.
fn gapped<'t>(text: &'t str, line: Line<'t>, terms: &Terms) -> Option<Pair<'t>> {
    let (label, value) = text.split_at_checked(cells::run_start(text))?;
    // Forms set the colon apart as well: 「デバイス名　：　明石-iPad-33」.
    let value = value.trim().trim_start_matches([':', '：']).trim();
    let label = label.trim().trim_end_matches([':', '：']).trim_end();
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

/// A line of several words with a colon, each before its value: `Type: iPad13,18  ECID: 0x1C44  Name: iPad-03`.
pub(super) fn labelled_run<'t>(line: Line<'t>) -> Vec<Pair<'t>> {
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
    // Fields joined by commas, or after a sentence, are of one message: `Agent: Not set. ID: (3), Area: (Camera)`.
    let joined = |pair: &Pair<'_>| pair.value.ends_with([',', ';']) || pair.value.contains(". ");
    if pairs.iter().any(joined) {
        return Vec::new();
    }
    pairs
}

/// Known labels beside each other, each joined to its value: 「端末番号:04f45f0a1b2c ステータス:端末エラー」.
fn known_run<'t>(text: &'t str, line: Line<'t>, terms: &Terms) -> Vec<Pair<'t>> {
    const LEAST: usize = 2;
    const BETWEEN: [char; 6] = [' ', '\u{3000}', '、', ',', '，', '/'];
    let labelled = |word: &'t str| {
        let (label, value) = word.split_once([':', '：'])?;
        let known = !label.is_ascii() && terms.role(label) != Role::Unknown;
        (known && !value.is_empty()).then_some((label, value))
    };
    let words = || text.split(BETWEEN).filter(|word| !word.is_empty());
    if text.is_ascii() || words().filter_map(labelled).count() < LEAST {
        return Vec::new();
    }
    let mut pairs: Vec<Pair<'t>> = Vec::new();
    for word in words() {
        match (labelled(word), pairs.last_mut()) {
            (Some((label, value)), _) => pairs.push(certain_pair(label, value, line)),
            (None, Some(last)) => last.value = from_to(text, last.value, word),
            // A time or a program before them makes a line of a log.
            (None, None) => return Vec::new(),
        }
    }
    pairs
}

/// A pair with others between slashes, which may be a code or the name of a device: 「結果: NG / コード -2016332090 / iPad-12」.
fn slashed<'t>(text: &'t str, line: Line<'t>, collector: &Collector<'_>) -> Vec<Pair<'t>> {
    let named = |part: &'t str| {
        let code = lone_code(part, collector).map(|(_, code)| certain_pair(CODED, code, line));
        let device = || words::is_device_name(part).then(|| certain_pair("端末名", part, line));
        code.or_else(device)
    };
    let parts = text.split('／').flat_map(|part| part.split(" / "));
    let mut parts = parts.flat_map(|part| part.split(" | ")).map(str::trim);
    let first = parts.next().and_then(|part| joined_pair(part, line, collector.terms()));
    let Some(first) = first.filter(|first| !first.value.is_empty()) else { return Vec::new() };
    let others = parts.map(|it| named(it).or_else(|| joined_pair(it, line, collector.terms())));
    let others = others.collect::<Option<Vec<_>>>().unwrap_or_default();
    let known =
        |pair: &Pair<'_>| pair.certain || collector.terms().role(pair.label) != Role::Unknown;
    let told = others.iter().any(known);
    if told { [first].into_iter().chain(others).collect() } else { Vec::new() }
}

/// The part of a text from one of its words to a later one.
fn from_to<'t>(text: &'t str, first: &'t str, last: &str) -> &'t str {
    text.get(range_in(text, first).start..range_in(text, last).end).unwrap_or(first)
}

/// The count of a dashboard's tile, which has a line of its own: under its level or state, or over it. Beside a tile a
/// label may have any name.
pub(super) fn tile<'t>(cursor: &Cursor<'t>, above: Option<&Pair<'t>>) -> Option<Pair<'t>> {
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

/// Counts of levels and states, several beside or under each other (「エラー 12 / 警告 3」), which are no codes.
pub(super) fn counts<'t>(
    cursor: &Cursor<'t>,
    above: Option<&Pair<'t>>,
    below: Option<Line<'t>>,
) -> Vec<Pair<'t>> {
    const LEAST: usize = 3;
    let Some(line) = cursor.line() else { return Vec::new() };
    // A column of names, each with its count, and nothing else: a summary, whatever its names are.
    let column = cursor.ahead().map_while(counted_words).take(LEAST).count();
    let beside = above.is_some_and(|above| is_count(above.value));
    let counts = |pair: &Pair<'t>| column >= LEAST || beside && !is_of_error(pair.label);
    if let Some(pair) = counted_words(line).filter(counts) {
        return vec![pair];
    }
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
pub(super) fn labelled_beside<'t>(line: Line<'t>, terms: &Terms) -> Option<Pair<'t>> {
    const MOST_WORDS: usize = 3;
    let text = words::without_list_mark(line.text).trim();
    let aligned = || {
        // 「担当　　　細野」: what has a further gap is a row.
        let (label, value) = text.split_at_checked(cells::run_start(text))?;
        let value = value.trim_start();
        (cells::run_start(value) == value.len()).then_some((label, value))
    };
    // The colon after a gap is one of the value's: `Event Time      2:05:48 PM`.
    let joined = text.split_once([':', '：']).map(|(label, value)| (label.trim_end(), value));
    let joined = joined.filter(|(label, _)| cells::run_start(label) == label.len());
    let (label, value) = joined.or_else(aligned)?;
    let joined = joined.is_some();
    let word = |word: &str| {
        word.bytes().all(|byte| byte.is_ascii_alphabetic() || matches!(byte, b'_' | b'(' | b')'))
    };
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
    let marks: &[char] = &[' ', '\u{3000}', '/', '／', ':', '：', '|', '、'];
    let between: &[char] = if text.contains('\t') { &['\t'] } else { marks };
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

/// `Not applicable   17`: a name of some words with its count, in a column of such.
fn counted_words(line: Line<'_>) -> Option<Pair<'_>> {
    const LONGEST: usize = 60;
    const MOST_WORDS: usize = 4;
    let text = line.text.trim();
    let (label, count) = text.rsplit_once([' ', '\t', '\u{3000}'])?;
    let label = label.trim_end().trim_end_matches([':', '：']);
    let named = text.len() <= LONGEST
        && label.split_whitespace().count() <= MOST_WORDS
        && label.chars().all(|c| c.is_alphabetic() || matches!(c, ' ' | '・' | '-' | 'ー'))
        && columns::role(label) != Role::Code;
    // 「エラー 4001」 has its code.
    let coded = is_of_error(label) && count.chars().filter(|c| c.is_numeric()).count() > 3;
    (named && !coded && is_count(count)).then(|| certain_pair(label, count, line))
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
    let marked = || part.split_at_checked(part.find([':', '：', '→', '⇒'])?);
    let (label, value) = bracketed.or_else(stored).or_else(marked)?;
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
