//! Mails and chats: which of their lines surround the question and the log.
//!
//! 1. A paste of several lines is correspondence where one of them greets, thanks, signs, is the head of a
//!    quoted mail, or says who wrote when.
//! 2. Of such a paste the lines around are told by line: greetings, introductions, addresses, heads, stamps, and what
//!    follows the farewell.
//! 3. What is left is read as everywhere; the sentences of people are put together (`prose`).
//!
//! Header names after RFC 5322, separators as mail programs write them, stamps as Teams, Slack and LINE do.

use jiff::civil::DateTime;

use super::leading_time::leading_time;
use super::{columns, prose, question, words};
use crate::source::{Line, lines};
use crate::text::lexicon::{self, Section};

/// A longer paste is a log, whatever is around it: only its single lines are told.
const LONGEST: usize = 1 << 17;
/// How many lines a signature or an introduction has at most.
const MOST_SIGNED: usize = 14;

/// The lines of a paste that are around it.
#[derive(Debug, Default)]
pub(super) struct Correspondence {
    /// Whether the paste is a mail or a chat.
    pub(super) found: bool,
    /// The lines around (1-based, in order), each with the byte that a message begins at after a stamp.
    around: Vec<(u32, Option<usize>)>,
    /// Of an older mail: the lines (1-based, in order) that marks quote, and the one that it begins at.
    pub(super) marked: Vec<u32>,
    quoted_from: Option<u32>,
}

impl Correspondence {
    /// Where a line around goes on with something that was said; `None` where it is no line around.
    pub(super) fn around(&self, line: u32) -> Option<Option<usize>> {
        let place = self.around.binary_search_by_key(&line, |&(number, _)| number).ok()?;
        self.around.get(place).map(|&(_, behind)| behind)
    }

    pub(super) fn is_quoted(&self, line: u32) -> bool {
        self.quoted_from.is_some_and(|from| line >= from)
            || self.marked.binary_search(&line).is_ok()
    }
}

/// The part that a line plays in a mail or a chat.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    /// A greeting or an introduction; the farewell.
    Greeting,
    Farewell,
    /// A field of the head of a mail, who wrote what is quoted, a rule, what a chat shows besides.
    Head,
    /// Who said something when; the byte that it begins at, where that is after.
    Attribution(Option<usize>),
    /// `-- `: a signature follows.
    Signature,
    Blank,
    Text,
}

pub(super) fn read(text: &str, now: Option<DateTime>) -> Correspondence {
    if text.len() > LONGEST {
        return Correspondence::default();
    }
    let all: Vec<Line<'_>> = lines(text).collect();
    let mut parts: Vec<Part> = all.iter().map(|line| part_of(line.text.trim())).collect();
    keep_lone_heads(&all, &mut parts);
    stamp_clocks(&all, &mut parts);
    stamp_speakers(&all, &mut parts);
    let asks = || {
        let several = all.iter().filter(|line| !line.text.trim().is_empty()).count() > 1;
        let addresses = |line: &Line<'_>| prose::addresses(without_farewell(line.text.trim()));
        let passes_on = |line: &Line<'_>| prose::passes_on(line.text.trim());
        several && all.iter().any(|line| addresses(line) || passes_on(line))
    };
    // A day is a line between the messages of two days: 2026/11/20(金).
    if parts.iter().any(|part| matches!(part, Part::Attribution(_))) {
        for (line, part) in all.iter().zip(&mut parts) {
            if *part == Part::Text && is_day(line.text.trim()) {
                *part = Part::Head;
            }
        }
    }
    // A rule alone may be anything's; that of a signature is over a number or an address.
    // Between labels it is a form's.
    let labels = all.iter().filter(|line| line.text.contains([':', '：'])).count();
    let signed = labels < 2 || all.iter().any(|line| is_contact(line.text.trim()));
    let mail = parts.iter().any(|part| match part {
        Part::Text | Part::Blank => false,
        Part::Signature => signed,
        _ => true,
    });
    if !mail && !asks() {
        return Correspondence::default();
    }
    let mut around = Vec::new();
    // How many lines may still be signature, and whether a sentence has been seen since the last head.
    let mut signed = 0;
    let mut opening = MOST_SIGNED;
    // Who asks for help before anything is told (「至急お願いします」) signs nothing yet.
    let mut begun = false;
    for (line, part) in all.iter().zip(&parts) {
        let shown = line.text.trim();
        let mut take = |behind| around.push((line.number, behind));
        match part {
            Part::Blank => {}
            Part::Head => {
                (signed, opening) = (0, MOST_SIGNED);
                take(None);
            }
            Part::Attribution(behind) => {
                (signed, opening) = (0, 0);
                take(*behind);
            }
            Part::Greeting => take(None),
            Part::Farewell if !begun => take(None),
            Part::Farewell | Part::Signature => {
                signed = MOST_SIGNED;
                take(None);
            }
            Part::Text if signed > 0 && !says_something(line.text, now) => {
                signed -= 1;
                take(None);
            }
            Part::Text
                if is_contact(shown) || is_signer(shown) || opening > 0 && introduces(shown) =>
            {
                take(None)
            }
            Part::Text => {
                begun = true;
                signed = 0;
                opening = opening.saturating_sub(4);
            }
        }
    }
    let older = all.iter().find(|line| is_older(line.text.trim())).map(|line| line.number);
    Correspondence { found: true, around, quoted_from: older, ..Correspondence::default() }
}

/// Chats that show the clock under the name of who speaks.
fn stamp_clocks(all: &[Line<'_>], parts: &mut [Part]) {
    for (place, (name, clock)) in all.iter().zip(all.iter().skip(1)).enumerate() {
        let dated = || is_dated(clock.text) && !name.text.contains('@');
        if (is_clock(clock.text.trim()) || dated()) && is_name(name.text) {
            parts.iter_mut().skip(place).take(2).for_each(|part| *part = Part::Attribution(None));
        }
    }
}

/// Whether a line is a day with a clock and nothing else: `Nov 25, 2026, 11:02`.
fn is_dated(line: &str) -> bool {
    let text = line.trim();
    text.len() <= 40 && crate::facts::whole_time(text, None).is_some_and(|timed| timed.has_clock)
}

/// A chat that was copied without its clock: 「新井: …」, 「沢田: …」. Several lines begin with somebody's name, and one of
/// them says what a person says: lists of places (岡山: 3台) look the same otherwise.
fn stamp_speakers(all: &[Line<'_>], parts: &mut [Part]) {
    let said: Vec<Option<&str>> = all.iter().map(|it| said_by_somebody(it.text.trim())).collect();
    let speakers = said.iter().flatten().count();
    let typed = |said: &&str| question::is_question(said) || prose::addresses(said);
    if speakers < 2 || !said.iter().flatten().any(typed) {
        return;
    }
    for ((line, part), said) in all.iter().zip(parts).zip(said) {
        if let (Part::Text, Some(said)) = (*part, said) {
            *part = Part::Attribution(at(line.text.trim(), said));
        }
    }
}

/// The text after the name of a person of the list, or with さん, and a colon.
fn said_by_somebody(line: &str) -> Option<&str> {
    let (name, said) = line.split_once([':', '：'])?;
    let name = name.trim();
    // Few lines come as far as the lists.
    let short = name.chars().count() <= 12 && is_name(name);
    (short && (name.ends_with("さん") || crate::facts::is_person(name))).then(|| said.trim())
}

/// A field of a head by itself may be a label: 「日時：」 of a screen, 「To: iPad-03」.
fn keep_lone_heads(all: &[Line<'_>], parts: &mut [Part]) {
    let greets = parts.contains(&Part::Greeting);
    let mut place = 0;
    while place < all.len() {
        let block = all.iter().skip(place).map_while(|line| field(line.text.trim()));
        let block: Vec<(String, &str)> = block.collect();
        let mut people = block.iter().filter(|(name, _)| PEOPLE.contains(&name.as_str()));
        // Of a mail that was copied by hand the subject alone may be over the greeting.
        let subject = |(name, _): &(String, &str)| matches!(&**name, "件名" | "subject");
        let head = block.len() >= 2 && people.clone().next().is_some()
            || people.any(|(_, value)| value.contains('@'))
            || block.len() == 1 && greets && place == 0 && block.iter().any(subject);
        for part in parts.iter_mut().skip(place).take(block.len()) {
            *part = if head { Part::Head } else { Part::Text };
        }
        place += block.len().max(1);
    }
}

fn part_of(line: &str) -> Part {
    // Chats put a space of no width into an empty line.
    if line.chars().all(|c| matches!(c, '\u{200B}' | '\u{FEFF}')) {
        return Part::Blank;
    }
    // Nothing of this is long; most lines of a log are told by that.
    if line.len() > 240 {
        return Part::Text;
    }
    if is_signature_mark(line) {
        return Part::Signature;
    }
    if FAREWELLS.contains(&bare(line).as_str()) || is_farewell(line) || prose::asks_for_help(line) {
        return Part::Farewell;
    }
    if GREETINGS.contains(&bare(line).as_str())
        || prose::is_courtesy(line)
        || greets_and_introduces(line)
        || is_addressee(line)
    {
        return Part::Greeting;
    }
    if is_separator(line) || is_fence(line) || is_attribution(line) || is_chat_mark(line) {
        return Part::Head;
    }
    stamp(line).unwrap_or(Part::Text)
}

/// The text in lower case without the marks around it.
fn bare(line: &str) -> String {
    line.trim_matches(|c: char| "-_=*＊ 。．.!！,、　♪〜～".contains(c)).to_ascii_lowercase()
}

static GREETINGS: Section = lexicon::MAIL_PHRASES.section("greetings");

static FAREWELLS: Section = lexicon::MAIL_PHRASES.section("farewells");

static CLOSINGS: Section = lexicon::MAIL_PHRASES.section("closings");

fn is_farewell(line: &str) -> bool {
    let told = line.trim_end_matches(['。', '.', '！', '!', ' ']);
    let single = !told.contains('。') && told.chars().count() <= 48;
    single && CLOSINGS.iter().any(|closing| told.ends_with(closing)) && !prose::tells_trouble(told)
}

/// 「何を確認すればよいでしょうか。よろしくお願いいたします。」 without the sentence that closes.
fn without_farewell(line: &str) -> &str {
    let said = line.trim_end_matches('。').rsplit_once('。');
    said.filter(|(_, last)| is_farewell(last)).map_or(line, |(said, _)| said)
}

/// `佐藤様`, `株式会社みなと 御中`, `各位`, `Dear Mr. Sato,`
fn is_addressee(line: &str) -> bool {
    let told = line.trim_end_matches(['、', ',', ' ', '　']);
    let short = told.chars().count() <= 30 && !told.contains(['。', '、', ':', '：', '\t']);
    static TITLES: Section = lexicon::MAIL_PHRASES.section("titles of addressees");
    let sentence = words::is_sentence(told) || words::state(told).is_some();
    let dear = told.starts_with("Dear ") || told.starts_with("Hi ") || told.starts_with("Hello ");
    short
        && !sentence
        && (TITLES.iter().any(|title| told.ends_with(title)) || dear && line.ends_with(','))
}

/// 「東陽商会の川口です。」, 「情報システム部の佐藤と申します」
fn introduces(line: &str) -> bool {
    let told = line.trim_end_matches(['。', ' ']);
    static ENDS: Section = lexicon::MAIL_PHRASES.section("ends of introductions");
    let name = ENDS.iter().find_map(|end| told.strip_suffix(end));
    let mail = name.is_some_and(|name| {
        let particles = ['は', 'が', 'を', 'に', 'で', '、', '。', '「'];
        name.chars().count() <= 30 && !name.contains(particles) && !prose::tells_trouble(name)
    });
    mail && words::state(told).is_none()
}

/// 「お世話になっております。東陽商会の川口です。」, 「開発推進室の森です。CLOMOの件でご相談です。」: sentences that say nothing but who
/// writes, and about what.
fn greets_and_introduces(line: &str) -> bool {
    static MATTERS: Section = lexicon::MAIL_PHRASES.section("announcing the matter");
    let sentences = || line.split('。').map(str::trim).filter(|sentence| !sentence.is_empty());
    let announces =
        |told: &str| MATTERS.iter().any(|end| told.ends_with(end)) && !prose::tells_trouble(told);
    let of_house = |told: &str| told.contains('の') && introduces(told);
    let mut greeted = false;
    sentences().count() > 1
        && sentences().all(|told| {
            let opens = prose::is_courtesy(told) || of_house(told);
            let goes_on = greeted && (introduces(told) || announces(told));
            greeted |= opens;
            opens || goes_on
        })
}

/// A telephone number, an address of a house, of a mail, of a page: what signatures are made of.
fn is_contact(line: &str) -> bool {
    let lower = line.to_ascii_lowercase();
    static MARKS: Section = lexicon::MAIL_PHRASES.section("marks of contacts");
    let mut behind = MARKS.iter().filter_map(|mark| lower.strip_prefix(mark));
    let marked = lower.starts_with('〒')
        || behind.any(|rest| rest.starts_with([' ', ':', '：', '.', '　', '/', '0', '(']));
    let address =
        !line.contains(' ') && line.contains('@') && line.contains('.') && line.is_ascii();
    let page = lower.starts_with("http") && !line.contains(' ');
    line.len() <= 160
        && (marked && line.bytes().any(|byte| byte.is_ascii_digit() || byte == b'@')
            || address
            || page)
}

/// 「情報システム部 河合」: the name of a person after the department.
fn is_signer(line: &str) -> bool {
    static DEPARTMENTS: Section = lexicon::MAIL_PHRASES.section("ends of departments");
    let Some((house, name)) = line.split_once([' ', '\u{3000}']) else { return false };
    let short = line.chars().count() <= 24;
    short
        && DEPARTMENTS.iter().any(|end| house.ends_with(end))
        && crate::facts::is_person(name.trim())
}

/// `-- ` (RFC 3676), or a rule of one letter.
fn is_signature_mark(line: &str) -> bool {
    let mut letters = line.chars();
    let first = letters.next();
    let rule = first.is_some_and(|first| "-_=*─━－＿＝＊―—~〜+/".contains(first));
    let same = letters.all(|letter| Some(letter) == first);
    rule && same && line.chars().count() >= 2
}

/// Whether an older mail begins after a line.
fn is_older(line: &str) -> bool {
    let separates =
        // A forwarded mail is about the mail that it sends on.
        || is_separator(line) && bare(line).contains("message") && !bare(line).contains("forwarded")
            || is_separator(line) && bare(line).contains("元のメッセージ");
    line.len() <= 240 && (is_attribution(line) || separates())
}

fn is_separator(line: &str) -> bool {
    static SEPARATORS: Section = lexicon::MAIL_PHRASES.section("separators");
    SEPARATORS.contains(&&*bare(line))
}

/// "```" with at most the name of a language.
fn is_fence(line: &str) -> bool {
    line.strip_prefix("```").is_some_and(|rest| {
        rest.len() <= 12 && rest.bytes().all(|byte| byte.is_ascii_alphanumeric())
    })
}

/// `On Wed, 8 May 2024 at 10:00, Mori <mori@example.com> wrote:`, `2024年5月8日(水) 10:00 森 <…>:`
fn is_attribution(line: &str) -> bool {
    static ENDS: Section = lexicon::MAIL_PHRASES.section("ends of attributions");
    (line.starts_with("On ") && line.ends_with(" wrote:"))
        || (line.ends_with(">:") && line.contains('<') && line.contains('@'))
        || ENDS.iter().any(|it| line.ends_with(it))
}

/// Whether a line is a mark that chat programs show between messages.
pub(super) fn is_chat_mark(line: &str) -> bool {
    static MARKS: Section = lexicon::MAIL_PHRASES.section("chat marks");
    let lower = line.to_ascii_lowercase();
    let is_count = |text: &str| text.trim().bytes().all(|byte| byte.is_ascii_digit());
    let read = lower.strip_prefix("既読").is_some_and(is_count);
    let replies = lower.ends_with("件の返信")
        || lower.starts_with("返信 ") && lower.ends_with('件')
        || lower.ends_with(" replies")
        || lower.ends_with(" reply");
    // The name of a channel of Slack's.
    let channel = lower.len() <= 40
        && lower.strip_prefix('#').is_some_and(|name| {
            name.starts_with(char::is_alphabetic)
                && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_'))
        });
    MARKS.contains(&lower.as_str()) || read || channel || replies && lower.len() <= 24
}

static PEOPLE: Section = lexicon::MAIL_PHRASES.section("fields of people");
static FIELDS: Section = lexicon::MAIL_PHRASES.section("fields");

pub(super) fn subject(line: &str) -> Option<&str> {
    let (name, value) = field(line)?;
    (matches!(&*name, "件名" | "subject") && !value.is_empty()).then_some(value)
}

/// A field of the head of a mail: its name in lower case, and its value.
fn field(line: &str) -> Option<(String, &str)> {
    if line.len() > 400 || line.contains('\t') {
        return None;
    }
    let (name, value) = line.split_once([':', '：'])?;
    let name = name.trim_matches(['*', ' ', '　']).to_ascii_lowercase();
    (PEOPLE.contains(&name.as_str()) || FIELDS.contains(&name.as_str()))
        .then_some((name, value.trim()))
}

/// Who said something when, as chat programs write it: `森 太郎  10:32`, `[9:02] 久保`, `10:32 森 太郎`,
/// `[11/20 9:02] 久保: …`, and the three cells of LINE.
fn stamp(line: &str) -> Option<Part> {
    if let Some(inner) = line.strip_prefix('[') {
        let (clock, behind) = inner.split_once(']')?;
        let clock = clock.trim();
        let clock = clock.rsplit_once(' ').map_or(clock, |(_, clock)| clock);
        return is_clock(clock).then(|| said_behind(line, behind.trim())).flatten();
    }
    // LINE's export keeps its three cells apart by tabs.
    if let Some((clock, rest)) = line.split_once('\t') {
        let (name, said) = rest.split_once('\t')?;
        let named = is_clock(clock.trim()) && is_name(name.trim()) && !said.contains('\t');
        return named.then(|| Part::Attribution(at(line, said)));
    }
    let words: Vec<&str> = line.split_whitespace().collect();
    let clocks = words.iter().filter(|word| is_clock(word)).count();
    let of_time = |it: &&str| is_clock(it) || BESIDE_CLOCKS.contains(it) || is_day(it);
    let names: Vec<&str> = words.iter().copied().filter(|word| !of_time(word)).collect();
    let whole = clocks == 1
        && (1..=4).contains(&names.len())
        && words.len() <= 9
        && is_name(&names.join(" "));
    whole.then_some(Part::Attribution(None))
}

/// The text after a stamp in brackets: a name, or a name with a message.
fn said_behind(line: &str, behind: &str) -> Option<Part> {
    if is_name(behind.trim_end_matches([':', '：'])) {
        return Some(Part::Attribution(None));
    }
    let (name, said) = behind.split_once([':', '：'])?;
    is_name(name.trim()).then(|| Part::Attribution(at(line, said.trim())))
}

/// Where a piece of a line begins in it; `None` where it is empty.
fn at(line: &str, piece: &str) -> Option<usize> {
    let start = (piece.as_ptr() as usize).checked_sub(line.as_ptr() as usize)?;
    (!piece.trim().is_empty() && start < line.len()).then_some(start)
}

fn is_clock(text: &str) -> bool {
    let text = text.trim_end_matches(['A', 'P', 'M', 'a', 'p', 'm']).trim_end();
    let text = text.strip_prefix("午前").or_else(|| text.strip_prefix("午後")).unwrap_or(text);
    let text = text.trim_start();
    let Some((hours, minutes)) = text.split_once(':') else { return false };
    let minutes = minutes.split_once(':').map_or(minutes, |(minutes, _)| minutes);
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    hours.len() <= 2 && minutes.len() == 2 && digits(hours) && digits(minutes)
}

/// `2026/11/20`, `11/20`, `昨日`, `(金)` beside a clock.
fn is_day(text: &str) -> bool {
    let dated = text.bytes().filter(u8::is_ascii_digit).count() >= 2
        && text.chars().all(|c| c.is_ascii_digit() || "/-.年月日()（）月火水木金土日".contains(c));
    let named = text.trim_end_matches([',', '、']);
    let ordinal =
        ["st", "nd", "rd", "th"].iter().find_map(|end| named.strip_suffix(end)).unwrap_or(named);
    let counted =
        || (1..=2).contains(&ordinal.len()) && ordinal.bytes().all(|byte| byte.is_ascii_digit());
    dated || DAYS.contains(&&*named.to_lowercase()) || counted()
}

static DAYS: Section = lexicon::MAIL_PHRASES.section("days");
static BESIDE_CLOCKS: Section = lexicon::MAIL_PHRASES.section("beside clocks");

/// The name of a person: letters alone, a few words, no state, no level, no sentence.
fn is_name(name: &str) -> bool {
    let name = name.trim();
    !name.is_empty()
        && name.chars().count() <= 24
        && name.split_whitespace().count() <= 4
        && name.chars().all(|c| c.is_alphabetic() || " 　.・@（）()".contains(c))
        && words::state(name).is_none()
        && columns::role(name) == columns::Role::Unknown
        && !words::is_sentence(name)
        && !prose::tells_trouble(name)
        && crate::facts::read_level(name).is_none()
}

/// Whether a line in the place of a signature belongs to a log all the same.
fn says_something(line: &str, now: Option<DateTime>) -> bool {
    let text = line.trim();
    line.contains('\t')
        || words::command_start(text).is_some()
        || leading_time(text, now).is_some()
        || prose::tells_trouble(text) && !is_contact(text)
        || text.starts_with(['{', '<', '['])
}

#[cfg(test)]
crate::source::cases! {
    parts_of_mails: |line| format!("{:?}", part_of(line));
}
