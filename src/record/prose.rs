//! Prose: mails, chats and notes that people write themselves.
//!
//! 1. Their lines are cut into sentences; of these, the ones count that tell of trouble, ask, or hold a state or
//!    a fact.
//! 2. All that one paste says so is one question, however many sentences and messages it takes.
//! 3. Elsewhere a line may be a caption: a heading, a menu, a button. It says nothing.

use std::borrow::Cow;
use std::sync::LazyLock;

use aho_corasick::AhoCorasick;
use rustc_hash::FxHashSet;

use super::collect::{Collector, Said};
use super::leading_time::{leading_time, listed_device};
use super::sentences;
use super::{columns, question, words};
use crate::facts::{
    Kind, Record, Severity, error_names, fold, is_error_name, read_level, read_wording,
    tells_expiry,
};
use crate::source::{Line, looked_at};
use crate::text::is_hiragana;
use crate::text::lexicon::{self, Section};

/// A shorter question asks for something that was said before: 「再起動は？」
const SHORTEST: usize = 8;

/// Takes a line that a person wrote; `false` where a machine did. `text` is the line, or what of it was said.
pub(super) fn take(line: &Line<'_>, text: &str, collector: &mut Collector<'_>) -> bool {
    if !is_written(text, collector) {
        return false;
    }
    for sentence in sentences_of(text) {
        let facts = sentences::facts(sentence, collector.terms(), collector.now);
        // 「到着しましたら、…ご返送ください」 tells the reader what to do.
        let instructs = sentence.trim_end_matches('。').ends_with("ください");
        let asks = question::is_question(sentence) && !instructs || addresses(sentence);
        let counts = tells_of(sentence, &facts) || asks && sentence.chars().count() >= SHORTEST;
        let range = super::collect::range_in(line.text, sentence);
        let beside_records = || collector.has_records() && asks_for_help(sentence);
        let polite = is_courtesy(sentence) || asks_for_particulars(sentence) || beside_records();
        let notice = || is_notice(sentence) && !tells_trouble_besides_notice(sentence);
        if polite || notice() || is_of_plan(sentence) {
            continue;
        }
        // Who is asked for the name of the device answers with it alone: 「souko-handy-27 です」
        let named = sentence.trim_end_matches(['。', '.', '！', '!', ' ']);
        let named = named.trim_end_matches("でした").trim_end_matches("です").trim();
        let alone = (words::is_thing(named) || words::is_device_name(named)).then_some(named);
        if !counts {
            if let Some(name) = alone.or_else(|| device_of(sentence)) {
                collector.said.device.get_or_insert_with(|| name.to_owned());
            }
            collector.said.leave(sentence, (line.number, range));
            continue;
        }
        // Who asks before any trouble is told has told of what in the sentences before.
        let told = !collector.said.text.is_empty();
        let tells = tells_of(sentence, &facts);
        let quoted = collector.around.is_quoted(line.number);
        // An older mail that is quoted was asked then; it counts where nothing newer tells of anything.
        if quoted && collector.said.tells && !collector.said.quoted {
            continue;
        }
        if !quoted && tells && collector.said.quoted {
            collector.said = Said::default();
        }
        // Who tells of another device with a code of its own tells of another failure.
        let device = device_of(sentence).map(str::to_owned);
        let coded = words::error_number(sentence).is_some();
        if coded && collector.said.coded && device.is_some() && device != collector.said.device {
            emit(collector);
        }
        collector.said.coded |= coded;
        collector.said.device = collector.said.device.take().or(device);
        collector.said.quoted = quoted && (collector.said.quoted || collector.said.text.is_empty());
        collector.said.tells |= tells;
        if REFERRING.iter().any(|word| sentence.starts_with(word)) || asks && !told {
            collector.said.take_up(line.number);
        }
        for fact in &facts {
            collector.tell(fact, line.number);
        }
        collector.said.add(sentence, (line.number, range), facts, asks);
    }
    true
}

/// The device that a sentence of a person names: where sentences do, or after its label, 「支給のiPhone（端末名：KOBE-IP-019）」.
fn device_of(sentence: &str) -> Option<&str> {
    words::device_in(sentence)
        .or_else(|| columns::device_behind_label(sentence))
        .or_else(|| words::device_in_english(sentence))
}

static HISTORY: Section = lexicon::MAIL_PHRASES.section("history of tickets");

/// Whether a line says what was done with a ticket, after its time or a dash: `– Priority changed from Normal to High`.
pub(super) fn is_history(line: &str) -> bool {
    let said = line.trim_start_matches(['–', '-', '—', '|', ' ']);
    let begin = |entry: &str| said.get(..entry.len());
    HISTORY.iter().any(|entry| begin(entry).is_some_and(|it| it.eq_ignore_ascii_case(entry)))
}

static PLANS: Section = lexicon::MAIL_PHRASES.section("times of plans");

/// Whether a sentence says what will not work while something that was announced goes on.
fn is_of_plan(sentence: &str) -> bool {
    PLANS.iter().any(|plan| sentence.starts_with(plan))
}

static NOTICES: Section = lexicon::MAIL_PHRASES.section("notices");

/// Whether a sentence is of those that a service puts into every mail: 「このメールは自動送信です。返信できません。」
pub(super) fn is_notice(sentence: &str) -> bool {
    static ANY: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| {
        AhoCorasick::builder().ascii_case_insensitive(true).build(NOTICES.iter()).ok()
    });
    looked_at(sentence.len());
    ANY.as_ref().is_some_and(|any| any.is_match(sentence))
}

/// Whether a notice tells of trouble that is none of its own words: 「返信できません」 tells of none.
pub(super) fn tells_trouble_besides_notice(sentence: &str) -> bool {
    let mut said = sentence.to_owned();
    for notice in NOTICES.iter() {
        said = said.replace(notice, " ");
    }
    tells_trouble(&said)
}

static HEADINGS_OF_LISTS: Section = lexicon::MAIL_PHRASES.section("headings of lists");

/// Whether a line is over a list of what is to be solved and tells of nothing itself.
pub(super) fn is_over_list(line: &str) -> bool {
    let said = line.trim().trim_end_matches([':', '：', '。', '.']);
    HEADINGS_OF_LISTS.iter().any(|heading| heading.eq_ignore_ascii_case(said))
}

static SYMPTOMS: Section = lexicon::MAIL_PHRASES.section("symptoms");

/// Whether a sentence tells of trouble, of a state, or holds a code.
fn tells_of(sentence: &str, facts: &[sentences::Told]) -> bool {
    !facts.is_empty()
        || tells_trouble(sentence)
        || question::tells_mishap(sentence)
        || tells_expiry(sentence)
        || SYMPTOMS.iter().any(|symptom| sentence.contains(symptom))
        // 「PromptingForLogin で止まったままです。」
        || words::says_that_it_stays(sentence)
        || error_names(sentence).any(is_error_name)
        || words::error_number(sentence).is_some()
}

/// Emits what was said, as one incident: a state that somebody tells of, or a question.
pub(super) fn emit(collector: &mut Collector<'_>) {
    let mut said = std::mem::take(&mut collector.said);
    // Where a mail tells nothing itself (「標題の件です」), its subject does.
    if let Some((subject, place)) = said.subject.take()
        && !collector.has_records()
    {
        let coded = words::error_number(&subject).is_some();
        if !said.tells && (coded || tells_trouble(&subject)) || coded && !said.coded {
            let text = std::mem::take(&mut said.text);
            said.text = format!("{subject} {text}").trim_end().to_owned();
            said.place = Some(place);
        }
    }
    let Some((line, range)) = said.place else { return };
    // 「これ何ですか」 beside a log asks what the log says.
    let told = collector.has_records() && !said.coded && said.facts.is_empty();
    // A sentence over the machine's own words (`… shows this:`) tells nothing besides.
    let introduces = said.text.ends_with([':', '：']);
    if told && (introduces || !said.tells && points(&said.text)) {
        return;
    }
    let state = sentences::worst(&said.facts).filter(|severity| *severity != Severity::Info);
    let kind = if state.is_some() && !said.asks { Kind::Status } else { Kind::Question };
    let mut record = Record::new(kind, Cow::Owned(said.text), line, range);
    record.severity = state.filter(|_| kind == Kind::Status);
    record.codes.extend(question::bare_codes(&record.message, collector.codes));
    let device = device_of(&record.message).map(str::to_owned).or(said.device);
    record.device = device.map(Cow::Owned);
    complete(&mut record, &said.facts, line);
    collector.record(record);
}

/// Gives a record what its sentences tell: facts, and the console that alone has such a state.
pub(super) fn complete(record: &mut Record<'_>, told: &[sentences::Told], line: u32) {
    let fact = |told: &sentences::Told| super::collect::fact(&told.label, &told.value, None, line);
    record.facts.extend(told.iter().map(fact));
    let product = told.iter().find_map(|told| told.state.and_then(|state| state.product));
    record.product = record.product.or(product);
}

/// Whether a person wrote a line: sentences, without anything that machines begin their lines with.
fn is_written(text: &str, collector: &Collector<'_>) -> bool {
    let text = text.trim();
    let first = text.split([' ', ':', '：', ']']).next().unwrap_or_default();
    // `MDM Enroll: Failed (Unknown Win32 Error code: 0x80180014)`
    let coded = text.is_ascii()
        && text.ends_with(')')
        && text.rsplit_once('(').is_some_and(|(said, inner)| {
            // `… is not trusted. (12010)`
            let number = inner.trim_end_matches(')');
            let plain = (4..=6).contains(&number.len())
                && number.bytes().all(|byte| byte.is_ascii_digit())
                && read_wording(said) == Severity::Error;
            plain || words::error_number(inner).is_some()
        });
    !text.contains('\t')
        && !coded
        && !text.starts_with(['{', '[', '<', '$', '#', '|', '"'])
        && (read_level(first.trim_start_matches('[')).is_none()
            // 「エラー 0x80180005 です」 says somebody.
            || text.trim_end_matches('。').ends_with("です"))
        && words::command_start(text).is_none()
        && words::state(text).is_none()
        && words::quoted(text).is_none()
        && !reports_of_name(text)
        && leading_time(text, collector.now).is_none()
        && listed_device(text, collector.now).is_none()
        && !(text.is_ascii() && text.contains(['=', '{', '_', '\\']))
}

/// Whether a program says something of what it names before a colon: `vpn_kyushu: 同期によるインストールが必要です`.
fn reports_of_name(text: &str) -> bool {
    let is_name = |name: &str| {
        name.len() > 2
            && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_-.".contains(&byte))
    };
    let told = text.split_once([':', '：']).filter(|(name, _)| is_name(name));
    told.is_some_and(|(_, told)| read_wording(told) >= Severity::Warning)
}

fn sentences_of(text: &str) -> impl Iterator<Item = &str> {
    let ends = |c: char| matches!(c, '。' | '？' | '！');
    text.split_inclusive(ends).map(str::trim).filter(|sentence| !sentence.is_empty())
}

pub(super) fn tells_trouble(text: &str) -> bool {
    matches!(read_wording(text), Severity::Error)
}

static POINTING: Section = lexicon::MAIL_PHRASES.section("pointing");

fn points(text: &str) -> bool {
    const LONGEST: usize = 60;
    let said = text.to_lowercase();
    said.chars().count() <= LONGEST && POINTING.iter().any(|word| said.contains(word))
}

static REFERRING: Section = lexicon::MAIL_PHRASES.section("referring back");

static COURTESIES: Section = lexicon::MAIL_PHRASES.section("courtesies");

/// Whether a sentence is said out of courtesy and tells nothing of a problem.
pub(super) fn is_courtesy(line: &str) -> bool {
    let told = line.trim_end_matches(['。', '.', '！', '!', '、', ' ']);
    // 「お世話になっております。同期できません。」 goes on.
    let single = !told.contains('。') && told.chars().count() <= 40;
    let begins = COURTESIES.iter().any(|courtesy| told.starts_with(courtesy));
    let thanks = told.ends_with("ありがとうございます") || told.ends_with("ありがとうございました");
    single && (begins || thanks) && !tells_trouble(told)
}

/// Nouns of what who helps needs to know, and how it is asked for.
static PARTICULARS: Section = lexicon::MAIL_PHRASES.section("particulars");
static ASKED_FOR: Section = lexicon::MAIL_PHRASES.section("asked for");

/// The object of a request for particulars or help, with its particle.
fn object_of_request(sentence: &str) -> Option<&str> {
    let told = sentence.trim_end_matches(['。', '.', ' ', '！', '!', '？', '?']);
    ASKED_FOR.iter().find_map(|verb| told.strip_suffix(verb))
}

/// Whether somebody who helps asks for particulars (「端末のシリアル番号を教えてください」): that is no trouble of theirs.
fn asks_for_particulars(sentence: &str) -> bool {
    let object = object_of_request(sentence);
    let object = object.map(|object| object.trim_end_matches(['を', 'は', 'が']));
    object.is_some_and(|object| PARTICULARS.iter().any(|noun| object.ends_with(noun)))
}

/// Nouns of what who helps is asked to do, and what may be before them.
static HELP: Section = lexicon::MAIL_PHRASES.section("help");
static BEFORE_HELP: Section = lexicon::MAIL_PHRASES.section("before help");

/// Whether somebody asks for help and says nothing else (「至急ご確認をお願いできますか」).
pub(super) fn asks_for_help(sentence: &str) -> bool {
    let Some(object) = object_of_request(sentence) else { return false };
    let object =
        object.trim_end_matches('、').trim_end_matches("ほど").trim_end_matches(['を', 'の']);
    // 「至急お願いします」
    if BEFORE_HELP.contains(&object) {
        return true;
    }
    HELP.iter().filter_map(|noun| object.strip_suffix(noun)).any(|before| {
        let before = before.trim_end_matches(['ご', '御']);
        before.is_empty() || BEFORE_HELP.contains(&before)
    })
}

/// Whether a person speaks to a person: asks, or asks for something.
pub(super) fn addresses(line: &str) -> bool {
    static ENDS: Section = lexicon::MAIL_PHRASES.section("requests");
    let told = line.trim_end_matches(['。', '.', ' ', '！', '!']);
    !line.contains(['\t', '=', '{'])
        && !line.is_ascii()
        && ENDS.iter().any(|end| told.ends_with(end))
}

/// Whether a person passes on what another one said: 「ロックが効かないとのこと。」
pub(super) fn passes_on(line: &str) -> bool {
    static ENDS: Section = lexicon::MAIL_PHRASES.section("passed on");
    let told = line.trim_end_matches(['。', '.', ' ']);
    ENDS.iter().any(|end| told.ends_with(end))
}

static TROUBLES: Section = lexicon::MAIL_PHRASES.section("captions of trouble");
/// A longer line is no caption, unless it is a row of them.
const LONGEST_CAPTION: usize = 20;
/// A caption of a menu.
const LONGEST_ENTRY: usize = 16;

static BUTTONS: Section = lexicon::MAIL_PHRASES.section("buttons");

/// Whether a line is a row of buttons, in brackets or not, with their access keys (`はい(Y)`) or not.
pub(super) fn are_buttons(text: &str) -> bool {
    let is_button = |word: &str| {
        let word = word.trim().trim_matches(['[', ']']).trim().trim_end_matches(['。', '.']);
        let without_key = word.strip_suffix(')').and_then(|word| word.rsplit_once('('));
        is_button(without_key.map_or(word, |(word, _)| word))
    };
    let parts = |gap: &'static [&'static str]| {
        let mut parts: Vec<&str> = vec![text];
        for mark in gap {
            parts = parts.iter().flat_map(|part| part.split(mark)).collect();
        }
        parts.retain(|part| !part.trim().is_empty());
        !parts.is_empty() && parts.into_iter().all(is_button)
    };
    let text = text.trim();
    let head = text.trim_start_matches(['[', ' ']);
    // Most lines begin with none. Words of a button may have spaces between them, where the gaps between are wider.
    if text.len() > 120 || text.len() > SHORTEST_ROW && !begins_button(head) {
        return false;
    }
    // Recognized text has spaces where the picture has none: 「Ｏ Ｋ」, `Try  Again`.
    let recognized = || {
        let words: Vec<&str> = text.split_whitespace().collect();
        is_button(&words.join(" ")) || text.len() <= 12 && is_button(&words.concat())
    };
    parts(&["  ", "\u{3000}", "] ["]) || parts(&[" ", "\u{3000}"]) || recognized()
}

/// Whether a word is on a button; Android writes them in capitals.
fn is_button(word: &str) -> bool {
    let folded = fold(word);
    BUTTONS.iter().any(|button| button.eq_ignore_ascii_case(&folded))
}

/// A shorter text may be one button, with spaces between its letters.
const SHORTEST_ROW: usize = 12;

/// Whether the first word of a text is the first of a button: most lines of a log are told by that.
fn begins_button(text: &str) -> bool {
    static FIRST_WORDS: LazyLock<FxHashSet<String>> = LazyLock::new(|| {
        BUTTONS.iter().map(|button| first_word(button).to_ascii_lowercase()).collect()
    });
    FIRST_WORDS.contains(&*fold(first_word(text)).to_ascii_lowercase())
}

fn first_word(text: &str) -> &str {
    let end = text.find([' ', '\u{3000}', '(', '（', ']', '。', '.', '\t']);
    end.and_then(|end| text.get(..end)).unwrap_or(text)
}

/// Whether a line is a heading, a menu's entry or path, or a button: no state, trouble or sentence.
pub(super) fn is_caption(text: &str) -> bool {
    let text = text.trim();
    if are_buttons(text) || is_over_list(text) {
        return true;
    }
    if text.is_ascii() {
        // `Home  Devices  Errors  Help` is a menu, wherever its entries lead.
        let row = text.split("  ").filter(|entry| !entry.trim().is_empty()).count() > 3;
        return is_english_menu(text) && (row || read_wording(text) == Severity::Unknown);
    }
    if words::ends_sentence(text) {
        return false;
    }
    let text = without_count(text);
    // Four digits beside each other are a code, an amount or a name.
    let long_number = || text.as_bytes().windows(4).any(|it| it.iter().all(u8::is_ascii_digit));
    if text.contains(['。', '、', '"', '(', '（', '=', '…', '？', '?', '!', '！', '：', ':', '{'])
        && !text.starts_with("BizMobile Go!")
        || text.ends_with("...")
        || TROUBLES.iter().any(|trouble| text.ends_with(trouble))
        || long_number()
        || text.contains("0x")
    {
        return false;
    }
    let path = text.contains(" > ") || text.contains('＞') || text.contains('›');
    let entries = text.split([' ', '　', '|', '｜', '/']).filter(|entry| !entry.is_empty());
    let menu = entries.clone().count() > 2
        && entries.clone().all(|entry| entry.chars().count() <= LONGEST_ENTRY);
    let bullet = text.starts_with(['・', '•', '●', '■', '□', '◆', '▼', '▶']);
    let short = text.chars().count() <= LONGEST_CAPTION;
    // The end of a clause is none of a caption's.
    let clause = text.ends_with(['が', 'を', 'に', 'は', 'で', 'と', 'た', 'い', 'て'])
        && text.chars().filter(|c| is_hiragana(*c)).count() > 3;
    // Looking for words of trouble costs the most, so it comes last.
    (path || menu || bullet || short)
        && !clause
        && (read_wording(text) == Severity::Unknown || entries.clone().all(is_heading))
}

/// A heading without the count of what is under it: 「ジョブ一覧 (3件)」.
fn without_count(text: &str) -> &str {
    let counted = text.strip_suffix([')', '）']).and_then(|text| text.rsplit_once(['(', '（']));
    let count = |count: &str| {
        let digits = count.trim_end_matches(['件', '台', '名']);
        (1..=3).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit())
    };
    let heading = counted.filter(|(heading, inner)| count(inner) && !tells_trouble(heading));
    heading.map_or(text, |(heading, _)| heading.trim_end())
}

/// Whether a caption tells of no trouble: 「エラーログ」 is a log, whatever is in it.
fn is_heading(caption: &str) -> bool {
    JAPANESE_HEADINGS.iter().any(|noun| caption.ends_with(noun))
        || read_wording(caption) == Severity::Unknown
}

static JAPANESE_HEADINGS: Section = lexicon::MAIL_PHRASES.section("nouns of japanese headings");

static HEADINGS: Section = lexicon::MAIL_PHRASES.section("nouns of headings");

/// `Home > Devices | Windows > TOKYO-LT-118`, `Overview  Hardware  Discovered apps  Policies`, `Device status`: a path, names
/// beside each other, or a heading. A row of a table has values among its words.
fn is_english_menu(text: &str) -> bool {
    let capital = |entry: &str| entry.starts_with(|first: char| first.is_ascii_uppercase());
    let short =
        |entry: &str| entry.len() <= 2 * LONGEST_CAPTION && !entry.contains([':', '=', '"']);
    let path = || text.split(" > ").all(|entry| capital(entry.trim()) && short(entry));
    let word = |word: &str| word.bytes().skip(1).all(|byte| byte.is_ascii_lowercase());
    let entries = || text.split("  ").flat_map(|part| part.split('|')).map(str::trim);
    let entries = || entries().filter(|entry| !entry.is_empty());
    let noun = || text.rsplit(' ').next().unwrap_or_default().to_ascii_lowercase();
    // A word alone is an entry of a menu, as `Dashboard` is.
    let heading = || {
        text.split(' ').count() <= 3
            && text.split(' ').all(word)
            && (text.len() > 3 && !text.contains(' ') || HEADINGS.contains(&&*noun()))
    };
    text.contains(" > ") && path()
        || capital(text) && heading()
        || entries().count() > 3
            && entries().all(|entry| capital(entry) && short(entry) && entry.split(' ').all(word))
}

#[cfg(test)]
crate::source::cases! {
    captions: is_caption;
}
