//! The text of a failure: over its particulars, over or under its code, or under a heading, without a label.

use super::line::pairs_of;
use super::told::{failures, states};
use super::{
    CODED, Pair, announces_an_error, begins_pairs, certain_pair, lone_label, names_an_error,
    read_pairs, said_pair,
};
use crate::facts::{
    CodeDictionary, Severity, fold, is_domain, is_numbered_error, read_level, read_wording,
};
use crate::record::collect::Collector;
use crate::record::columns;
use crate::record::cursor::Cursor;
use crate::record::leading_time::leading_time;
use crate::record::terms::Terms;
use crate::record::{prose, words};
use crate::source::Line;
use crate::text::lexicon::{self, Section};

/// How many lines the text of a failure has that is over its particulars.
const MOST_SAID: usize = 4;

/// A failure whose text is over the labels of its particulars (「登録できませんでした。」, 「エラーコード: 0x80180014」),
/// which the cursor passes; `None` where the labels tell of something else.
pub(super) fn read_failure<'t>(
    cursor: &mut Cursor<'t>,
    collector: &Collector<'_>,
) -> Option<Vec<Pair<'t>>> {
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
            if !said.is_empty() && !labelled && pass_headings(&mut ahead, collector) {
                continue;
            }
            let labelled = labelled || gives_code(below.text);
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

/// Passes headings and hints over the particulars that a service finds a request by (「トラブルシューティングの詳細」, 「この情報を管理者に
/// 送信してください。」), and returns whether there are such.
fn pass_headings(cursor: &mut Cursor<'_>, collector: &Collector<'_>) -> bool {
    const MOST: usize = 4;
    let mut ahead = cursor.clone();
    for _ in 0..MOST {
        let Some(line) = ahead.line() else { return false };
        let of_request = |pair: &Pair<'_>| {
            OF_REQUESTS.contains(&&*columns::key(pair.label))
                || names_an_error(pair.label)
                || columns::role(pair.label) == columns::Role::Message
        };
        let pairs = pairs_of(line, collector);
        if let Some(first) = pairs.first() {
            if of_request(first) {
                *cursor = ahead;
                return true;
            }
            return false;
        }
        if read_wording(line.text) == Severity::Error || gives_code(line.text) {
            return false;
        }
        ahead.advance();
    }
    false
}

/// Whether a sentence gives the code of a failure that was told before: `Contact your administrator with the error code
/// 80180014.`
fn gives_code(text: &str) -> bool {
    let folded = fold(text).to_lowercase();
    ["error code", "エラー コード", "エラーコード"].iter().any(|label| {
        folded.split_once(label).is_some_and(|(before, code)| {
            let code = code.trim_start_matches([' ', ':', '「', '(']);
            !before.trim().is_empty() && code.starts_with(|c: char| c.is_ascii_hexdigit())
        })
    })
}

/// A failure without particulars, whose heading says only that something failed; the cursor passes both.
pub(super) fn read_headed<'t>(
    cursor: &mut Cursor<'t>,
    collector: &Collector<'_>,
) -> Option<Vec<Pair<'t>>> {
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

/// Whether a text is nothing but an error's number by the dictionary: `12054` under its sentence.
fn is_known_number(text: &str, codes: &CodeDictionary) -> bool {
    let plain = (4..=6).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    plain && codes.read(text).is_some_and(|code| codes.meaning(&code).is_some())
}

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
    let coded_in = said.iter().filter(|line| gives_code(line.text)).count();
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
            // A list of things to tell whoever helps is of the same failure.
            (true, false) if coded_in == 1 && gives_code(line.text) => {}
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
    let particular = match failures(pairs).as_slice() {
        [] => pairs.iter().any(|pair| OF_REQUESTS.contains(&&*columns::key(pair.label))),
        [failure] => {
            let of_error = |pair: &&Pair<'_>| names_an_error(pair.label);
            let of_request = |pair: &Pair<'_>| OF_REQUESTS.contains(&&*columns::key(pair.label));
            (failure.texts.iter().all(of_error)
                || pairs.first().is_some_and(announces_an_error)
                || pairs.iter().any(of_request))
                && !(failure.texts.is_empty() && failure.codes.is_empty())
        }
        _ => false,
    };
    particular && states(pairs, terms).is_empty()
}

/// The text of a failure under its code, where the labels tell nothing else of it; the cursor passes it.
pub(super) fn read_said_below<'t>(
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
