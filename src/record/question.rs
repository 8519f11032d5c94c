//! Questions that a person typed.

use std::borrow::Cow;

use super::terms::without_remark;
use super::words::POLITE_ENDS;
use crate::facts::{Code, CodeDictionary, Groups, Incident, Kind, Record, fold};
use crate::text::is_hiragana;
use crate::text::lexicon::{self, ASKED, Section};

static ASKING: Section = lexicon::MAIL_PHRASES.section("asking");

static FIRST_WORDS: Section = lexicon::MAIL_PHRASES.section("first words of questions");

/// How people tell of what happened to them.
static MISHAPS: Section = lexicon::MAIL_PHRASES.section("mishaps");
static LOSSES: Section = lexicon::MAIL_PHRASES.section("losses");

pub(super) fn tells_mishap(sentence: &str) -> bool {
    MISHAPS.iter().chain(LOSSES.iter()).any(|mishap| sentence.contains(mishap))
}

static STATE_ENDS: Section = lexicon::MAIL_PHRASES.section("ends of states");

/// The longest question for a meaning: 「の意味を教えてください。」
const LONGEST_MEANING: usize = 16;

static PLAIN_ENDS: Section = lexicon::MAIL_PHRASES.section("plain ends");

/// A typed question as the one incident that it is.
#[must_use]
pub fn question(text: &str, codes: &CodeDictionary) -> Incident {
    single(Kind::Question, text, codes)
}

pub(super) fn entry(text: &str, codes: &CodeDictionary) -> Incident {
    single(Kind::Log, text, codes)
}

fn single(kind: Kind, text: &str, codes: &CodeDictionary) -> Incident {
    let line = text.trim().replace(['\n', '\r', '\t'], " ");
    let length = line.len();
    let bare = bare_codes(&line, codes);
    let mut groups = Groups::default();
    let mut record = Record::new(kind, Cow::Owned(line), 1, 0..length);
    record.codes.extend(bare);
    groups.add(record, codes);
    let mut incidents = groups.finish(&[None]);
    // One record was added, and one record is one incident.
    incidents.pop().unwrap_or_else(|| unreachable!("one record makes one incident"))
}

/// The codes that a text is and nothing else: `4020`, `(80180012)`, whose meaning alone it asks for: `4012って何？`, or
/// whose difference: 「4026と4027の違い」. Within a longer text a number is any number.
pub(super) fn bare_codes(text: &str, codes: &CodeDictionary) -> Vec<Code> {
    let folded = fold(text.trim());
    let comparing = ASKED.entries("comparison").iter();
    let compared = comparing.filter_map(|it| folded.find(it.as_str())).min();
    if let Some(compared) = compared.and_then(|at| folded.get(..at)) {
        let compared = compared.trim_end_matches(['の', 'は', 'で', ' ']);
        let each = compared.split(['と', '、', ',', '・', '/']).map(|it| bare_code(it, codes));
        return each.collect::<Option<Vec<Code>>>().filter(|it| it.len() > 1).unwrap_or_default();
    }
    let asked = without_task(asks_what_it_means(&folded).unwrap_or(&folded));
    bare_code(asked, codes).or_else(|| code_apart(&folded, codes)).into_iter().collect()
}

/// The only number of a text that names the only domain apart from it: 「-1202 って何？ NSURLErrorDomain のやつ」.
fn code_apart(text: &str, codes: &CodeDictionary) -> Option<Code> {
    let of_word = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | '_');
    let words = || text.split(|c| !of_word(c)).filter(|word| !word.is_empty());
    let is_number = |word: &&str| {
        let digits = word.strip_prefix('-').unwrap_or(word);
        (3..=6).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit())
    };
    let mut domains = words().filter(|word| word.ends_with("ErrorDomain"));
    let mut numbers = words().filter(is_number);
    let (domain, number) = domains.next().zip(numbers.next())?;
    let only = domains.next().is_none() && numbers.next().is_none();
    let code = codes.read(&format!("{domain} {number}")).filter(|_| only)?;
    Some(Code { written: number.to_owned(), ..code })
}

/// The code that a folded text is, in brackets or not.
fn bare_code(text: &str, codes: &CodeDictionary) -> Option<Code> {
    let number = text.trim_matches(['(', ')', '[', ']', '「', '」', ' ', '。']);
    let number = number.strip_suffix('番').unwrap_or(number);
    let digits = number.strip_prefix('-').unwrap_or(number);
    let bare =
        (3..=10).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    let begins = digits.starts_with(|c: char| c.is_ascii_digit())
        || digits.len() == 8
            && super::words::begins_hresult(digits)
            && digits.contains(|c: char| c.is_ascii_digit());
    if !bare || !begins {
        return None;
    }
    // Eight digits of which the first has the highest bit are an HRESULT without its 0x.
    let hexadecimal = digits.len() == 8 && super::words::begins_hresult(number);
    let read = if hexadecimal { codes.read(&format!("0x{number}")) } else { codes.read(number) };
    read.map(|code| Code { written: number.to_owned(), ..code })
}

/// The task after a code: 「C1900208 対応」.
static TASKS: Section = lexicon::MAIL_PHRASES.section("tasks");

/// A text without the words at its end that say what is to be done about it.
fn without_task(text: &str) -> &str {
    let bare = text.trim_end();
    let before = TASKS.iter().filter_map(|task| bare.strip_suffix(&**task));
    let before = before.min_by_key(|it| it.len()).map(str::trim_end);
    before.map_or(text, |before| before.strip_suffix('の').unwrap_or(before))
}

/// The subject of a question for a meaning: 「4012」 of 「4012って何のエラー？」.
fn asks_what_it_means(text: &str) -> Option<&str> {
    let asking = ASKED.entries("definition").iter().filter_map(|asking| text.find(asking.as_str()));
    let (subject, question) = text.split_at_checked(asking.min()?)?;
    // A question that goes on is about more than the number, and one with another number compares the two.
    let alone = question.chars().count() <= LONGEST_MEANING
        && !question.contains(|c: char| c.is_ascii_digit());
    alone.then_some(subject)
}

/// Whether a polite sentence is before the code of an error, as consoles put it: 「インストールできませんでした（0x80070BC9）」.
fn says_before_its_code(text: &str) -> bool {
    let said = super::words::error_number(text).and_then(|at| text.get(..at));
    let said = said.map(|said| said.trim_end_matches([' ', '（', '(', '。', ':', '：']));
    said.is_some_and(|said| POLITE_ENDS.iter().any(|end| said.ends_with(end)))
}

/// Whether a line by itself reads as typed rather than pasted.
pub(crate) fn is_question(text: &str) -> bool {
    let text = text.trim();
    let count = text.chars().count();
    if !(4..=300).contains(&count) || text.contains('\t') {
        return false;
    }
    if (ASKING.iter().any(|word| text.contains(word)) || asks_how(text) || tells_mishap(text))
        && !text.contains(['{', '=', '<'])
    {
        return true;
    }
    if text.is_ascii() {
        let first = text.split(' ').next().unwrap_or_default().to_ascii_lowercase();
        return FIRST_WORDS.contains(&first.as_str()) && text.contains(' ');
    }
    // Codes, commands and quoted names are copied, not typed.
    if text.contains(['"', '[', '=', '<', '_', '\\'])
        || super::words::command_start(text).is_some()
        || ends_with_code(without_remark(text))
        || says_before_its_code(text)
    {
        return false;
    }
    let bare = without_host(without_remark(text)).trim_end_matches(['。', ')', '）', '」', ' ']);
    let kana = text.chars().filter(|c| is_hiragana(*c)).count();
    let ends = |ends: &[&str]| ends.iter().any(|end| bare.ends_with(end));
    // A clause of a person's: plain forms, particles, more than a label.
    let particle = |c| matches!(c, 'が' | 'を' | 'に' | 'は' | 'で' | 'と');
    let clause = kana >= 4 && count >= 8 && text.chars().any(particle);
    let plain = kana >= 2 && count >= 5 && ends(&PLAIN_ENDS);
    let keywords = is_keywords(bare) && !ends(&STATE_ENDS);
    (clause || plain || keywords) && !ends(&POLITE_ENDS)
}

/// Whether a text ends with a code after a colon, as consoles put it: 「…に失敗しました。エラー コード: 0x8018002b」.
fn ends_with_code(text: &str) -> bool {
    let behind = text.rsplit_once([':', '：']).map(|(_, behind)| fold(behind.trim()).into_owned());
    behind.is_some_and(|behind| {
        let code = behind.trim_matches(['(', ')', '。', '.', ' ']);
        let digits = code.strip_prefix("0x").or_else(|| code.strip_prefix('-')).unwrap_or(code);
        digits.len() >= 3
            && digits.bytes().all(|byte| byte.is_ascii_hexdigit())
            && digits.bytes().any(|byte| byte.is_ascii_digit())
    })
}

/// Whether a text asks how something is done: 捨て方, 申請のしかた; but not 管理者の方, した方がよい.
fn asks_how(text: &str) -> bool {
    let before = text.match_indices('方').filter_map(|(at, _)| text.get(..at)?.chars().next_back());
    let mut before = before.filter(|&c| is_hiragana(c));
    before.any(|c| !matches!(c, 'の' | 'た' | 'る'))
        || text.contains("仕方")
        || text.contains("しかた")
}

/// How many words people type beside each other at most.
const KEYWORDS: usize = 6;

/// So many digits are a code, an amount or a name, and copied.
const COPIED_DIGITS: usize = 4;

/// Whether a text is a few words with spaces between them, as they are typed into a search box. A row that was
/// copied has states, names of devices and long numbers among its cells.
fn is_keywords(text: &str) -> bool {
    let is_keyword = |word: &str| {
        let japanese = word.chars().any(|c| is_hiragana(c) || !c.is_ascii() && c.is_alphabetic());
        let name = word.chars().all(|c| c.is_ascii_alphabetic() || c == '-');
        (japanese || name)
            && word.chars().filter(char::is_ascii_digit).count() < COPIED_DIGITS
            && !word.contains(['。', '、', '：', ':', '「', '」', '（', '(', '/'])
            && super::words::state(word).is_none()
    };
    let words = || text.split_whitespace();
    (2..=KEYWORDS).contains(&words().count())
        && words().all(is_keyword)
        && words().any(|word| !word.is_ascii())
}

/// The text without Latin letters after its last sentence, where consoles put names of devices.
fn without_host(text: &str) -> &str {
    match text.rsplit_once('。') {
        Some((sentence, host)) if host.is_ascii() => sentence,
        _ => text,
    }
}

#[cfg(test)]
crate::source::cases! {
    typed: is_question;
    questions: |text| {
        let incident = question(text, &CodeDictionary::default());
        let code = incident.codes.first().map(|code| code.number & 0xFFFF_FFFF);
        format!("{:?} {} {}", incident.kind, incident.message, shown(code))
    };
}
