//! Where errors put their codes: what a number must look like, and come after, to be one.
//!
//! A number is a code
//! 1. after an error domain: `MCInstallationErrorDomain 4027`, `Error Domain=X Code=4027`, or right before one:
//!    `-1001 (NSURLErrorDomain)`;
//! 2. in brackets after a command: `InstallProfile: (4026)`, or in brackets at the very beginning;
//! 3. after a word that announces one: エラーコード, `error code`, エラー, イベント ID;
//! 4. as a hexadecimal or signed HRESULT of a facility that exists.
//!
//! Sizes, ports, paths, rooms, times and line numbers meet none of these.

use super::{is_joined, is_word};
use crate::text::lexicon::{self, Section};

/// A code as the text has it, before the dictionary says what it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct RawCode {
    /// The first byte of the number with its sign.
    pub(crate) start: usize,
    /// The byte after it.
    pub(crate) end: usize,
    /// The bytes of the domain's name before it.
    pub(crate) domain: Option<(usize, usize)>,
    pub(crate) number: i64,
}

/// The facilities of HRESULTs that device management meets (winerror.h; 0x7D0 and 0x7D1 are the
/// management agents', MDMRegistration.h has 0x18 and 0x19; 0x20 is BITS, 0xD0 Delivery Optimization, 0xC190 the setup
/// of feature updates, 0xCAA1 to 0xCAA9 the sign-in broker).
const FACILITIES: &[u32] = &[
    0x8000, 0x8001, 0x8002, 0x8003, 0x8004, 0x8005, 0x8007, 0x8008, 0x8009, 0x800A, 0x800B, 0x800C,
    0x800F, 0x8010, 0x8018, 0x8019, 0x801C, 0x8020, 0x8024, 0x8028, 0x8031, 0x8086, 0x80CF, 0x80D0,
    0x8280, 0x82AA, 0x82AC, 0x8300, 0x8600, 0x87AF, 0x87D0, 0x87D1, 0x87D3, 0x87E1, 0x8A15, 0xC000,
    0xC190, 0xC7D1, 0xCAA1, 0xCAA2, 0xCAA3, 0xCAA5, 0xCAA7, 0xCAA8, 0xCAA9,
];

/// Prefixes that make `PREFIX-12345` a vendor's error; device names look the same otherwise.
const VENDORS: &[&[u8]] = &[b"ORA", b"TNS", b"PLS", b"RMAN"];

/// Words after which a number is a code, whatever is between: all are compared without case.
const ANNOUNCING: &[&str] =
    &["error", "err", "errno", "errorcode", "errcode", "eventid", "hresult", "ntstatus"];

static CODE_KINDS: Section = lexicon::MESSAGE_WORDS.section("kinds of codes in english");

static CODE_KINDS_JA: Section = lexicon::MESSAGE_WORDS.section("kinds of codes");

/// Brackets that people put around a number that they copy.
const OPENING: [char; 7] = ['(', '[', '<', '「', '『', '【', '"'];

/// Their other halves.
const CLOSING: [char; 7] = [')', ']', '>', '」', '』', '】', '"'];

static COUNTERS: Section = lexicon::MESSAGE_WORDS.section("counters");

/// The code whose number is the run `start..end`. What announces it is after `from`, where the
/// variable part before it ends.
pub(super) fn code_at(text: &str, from: usize, start: usize, end: usize) -> Option<RawCode> {
    let bytes = text.as_bytes();
    let run = text.get(start..end)?;
    let Some((start, number, is_hex)) = signed_number(bytes, run, start) else {
        let number = bare_hresult(run)?;
        // With a letter it is no count and no day. In English texts commits and handles look the same.
        let apart = is_apart(text, start, end)
            || is_shown(text, end)
            || Context::before(text, from, start).announced
            || stands_alone(text, start, end);
        return apart.then_some(RawCode { start, end, domain: None, number });
    };
    let behind = end_of_name(text, end);
    let shown = || is_shown(text, behind);
    let told = || is_told(text, behind);
    let alone = || stands_alone(text, start, behind);
    if goes_on(text, end) {
        // 4025番のエラー is an error, where 3番 is a place in a list.
        let announced = || Context::before(text, from, start).announced;
        let named = behind > end && run.len() >= 3;
        if !named || !(announced() || shown() || told() || alone()) {
            return None;
        }
    }
    let context = Context::before(text, from, start);
    let code = |domain| Some(RawCode { start, end, domain, number });
    if let Some(domain) = context.domain.or_else(|| domain_after(text, end)) {
        return code(Some(domain));
    }
    if is_hresult(number, run.len(), is_hex) || fails(number, run, is_hex) && !text.is_ascii() {
        return code(None);
    }
    if let Some(number) = bare_hresult(run)
        && (context.announced || shown() || told() || alone())
    {
        return Some(RawCode { start, end, domain: None, number });
    }
    // 0 is no error.
    if number == 0 || run.len() > 12 {
        return None;
    }
    let is_code = context.announced
        || run.len() >= 3 && (context.commanded || told())
        || (is_hex || (4..=6).contains(&run.len()) || number < 0 && run.len() >= 4)
            && (shown() || alone());
    code(None).filter(|_| is_code)
}

/// The domain that follows a number, as people note an error down: `-1001 (NSURLErrorDomain)`, `4001 in
/// MCInstallationErrorDomain`. A domain with a number of its own is that number's.
fn domain_after(text: &str, end: usize) -> Option<(usize, usize)> {
    let rest = text.get(end..)?;
    let named = rest.trim_start_matches([' ', '(', '[', '<', ',']);
    let named = named.strip_prefix("in ").or_else(|| named.strip_prefix("of ")).unwrap_or(named);
    if named.len() == rest.len() {
        return None;
    }
    let is_of_name = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'.');
    let length = named.as_bytes().iter().take_while(|byte| is_of_name(byte)).count();
    let (name, after) = named.split_at_checked(length)?;
    // A full stop ends the sentence, not the name.
    let name = name.trim_end_matches('.');
    let after = after.trim_start_matches([' ', ':', '=', '(', '[', '-', '"']);
    let words = ["Code=", "code ", "error "];
    let after = words.iter().find_map(|word| after.strip_prefix(word)).unwrap_or(after);
    let own = after.trim_start_matches('-').starts_with(|c: char| c.is_ascii_digit());
    let start = text.len() - named.len();
    (name.len() > "ErrorDomain".len() && name.ends_with("ErrorDomain") && !own)
        .then_some((start, start + name.len()))
}

/// Whether a number of eight hexadecimal digits has the bit of an HRESULT that says that something failed, of whatever
/// facility. In Japanese it is told as an error; English logs write handles and addresses so.
fn fails(number: i64, run: &str, is_hex: bool) -> bool {
    is_hex && run.len() == 10 && (0x8000_0000..0x9000_0000).contains(&number)
}

/// Whether a run begins or ends what somebody says in Japanese, apart from the rest.
fn is_apart(text: &str, start: usize, end: usize) -> bool {
    let before = text.get(..start).unwrap_or_default();
    let behind = text.get(end..).unwrap_or_default();
    let ends = behind.trim_end_matches([')', '」', '。', ' ']).is_empty();
    !text.is_ascii()
        && (before.is_empty() && behind.starts_with([' ', ')', '」', '、'])
            || ends && before.ends_with([' ', '(', '「']))
}

/// Whether somebody tells that a number is shown: 「691って出る」. Consoles do not write so.
fn is_told(text: &str, end: usize) -> bool {
    static TOLD: Section = lexicon::MESSAGE_WORDS.section("after a number that is told");
    begins_after(text, end, &TOLD)
}

/// Whether a sentence says that a number is shown: 「12031 と表示されます」.
fn is_shown(text: &str, end: usize) -> bool {
    static SHOWN: Section = lexicon::MESSAGE_WORDS.section("after a number that is shown");
    begins_after(text, end, &SHOWN)
}

/// Where the name of a number ends: after 番 of 4025番.
fn end_of_name(text: &str, end: usize) -> usize {
    let behind = text.get(end..).unwrap_or_default();
    end + if behind.starts_with('番') { '番'.len_utf8() } else { 0 }
}

/// Whether one of `words` is next, after closing brackets.
fn begins_after(text: &str, end: usize, words: &[&str]) -> bool {
    let behind = text.get(end..).unwrap_or_default();
    let behind = behind.trim_start_matches(CLOSING).trim_start_matches(' ');
    words.iter().any(|word| behind.starts_with(word))
}

/// Whether a number is all that a text says, is told to be an error after it, or closes a sentence of trouble in
/// brackets: `(4005)`, `4008エラー`, `インストールに失敗しました (4022)`.
fn stands_alone(text: &str, start: usize, end: usize) -> bool {
    let before = text.get(..start).unwrap_or_default().trim_end();
    let behind = text.get(end..).unwrap_or_default();
    let open = before.ends_with(OPENING);
    // `The certificate is not trusted. (12010)`
    let head = before.trim_end_matches(|c| matches!(c, ' ' | '.') || OPENING.contains(&c));
    let tail = behind.trim_start_matches(CLOSING);
    let rest = tail.trim_matches([' ', '.', '。', '!', '?']);
    let rest = HEARSAY.iter().find_map(|said| rest.strip_suffix(&**said)).unwrap_or(rest);
    let closes = open && tail.len() < behind.len();
    if rest.starts_with("エラー") {
        return true;
    }
    rest.is_empty()
        && (head.is_empty()
            || closes
                && ((4..=6).contains(&(end - start)) || is_signed(text, start))
                && STATED.iter().any(|ending| head.ends_with(ending))
            || closes && TROUBLE.iter().any(|ending| head.to_lowercase().ends_with(ending))
            || closes
                && (4..=6).contains(&(end - start))
                && !is_year(text, start, end)
                && FAILURES.iter().any(|word| head.contains(&**word)))
}

/// The failures that a sentence tells, in whatever form, before a code in brackets: 「入らず失敗扱い (4030)」.
static FAILURES: Section = lexicon::MESSAGE_WORDS.section("failures before codes");

fn is_year(text: &str, start: usize, end: usize) -> bool {
    let digits = text.get(start..end).unwrap_or_default();
    digits.len() == 4 && (digits.starts_with("19") || digits.starts_with("20"))
}

/// How somebody passes on what they were told: 「4019だそうです」.
static HEARSAY: Section = lexicon::MESSAGE_WORDS.section("passed on");

/// Whether a number has a sign, which no count has.
fn is_signed(text: &str, start: usize) -> bool {
    text.get(start..).is_some_and(|number| number.starts_with('-'))
}

/// How a console's sentence ends that tells how things are; what was done may have a number of its own.
static STATED: Section = lexicon::MESSAGE_WORDS.section("ends of statements");

/// How a sentence ends that tells of trouble, without its full stop.
static TROUBLE: Section = lexicon::MESSAGE_WORDS.section("ends of trouble");

/// `ORA-00942`, `MCInstallationErrorDomain-4028`.
pub(super) fn vendor_code(word: &[u8], start: usize) -> Option<RawCode> {
    let joint = word.iter().position(|byte| *byte == b'-')?;
    let (prefix, rest) = word.split_at_checked(joint)?;
    let digits = std::str::from_utf8(rest.get(1..)?).ok()?;
    let domain = || std::str::from_utf8(prefix).is_ok_and(is_domain);
    if !(3..=6).contains(&digits.len()) || !VENDORS.contains(&prefix) && !domain() {
        return None;
    }
    let number = digits.parse().ok()?;
    Some(RawCode { start, end: start + word.len(), domain: Some((start, start + joint)), number })
}

/// A number in any form: decimal with a sign, hexadecimal with `0x`. The second is whether it is
/// hexadecimal.
pub(crate) fn read_number(text: &str) -> Option<(i64, bool)> {
    if let Some(digits) = text.strip_prefix("0x").or_else(|| text.strip_prefix("0X")) {
        let fits =
            (1..=8).contains(&digits.len()) && digits.bytes().all(|it| it.is_ascii_hexdigit());
        let number = i64::from_str_radix(digits, 16).ok().filter(|_| fits);
        return number.map(|number| (number, true));
    }
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    let fits = (1..=10).contains(&digits.len()) && digits.bytes().all(|it| it.is_ascii_digit());
    text.parse().ok().filter(|_| fits).map(|number| (number, false))
}

fn signed_number(bytes: &[u8], run: &str, start: usize) -> Option<(usize, i64, bool)> {
    let (number, is_hex) = read_number(run)?;
    let minus = start.checked_sub(1).filter(|&at| bytes.get(at) == Some(&b'-')).filter(|&at| {
        let before = at.checked_sub(1).and_then(|before| bytes.get(before));
        !is_joined(before) && before.is_none_or(|byte| *byte != b'-')
    });
    match minus {
        Some(at) if !is_hex => Some((at, -number, false)),
        _ => Some((start, number, is_hex)),
    }
}

/// Whether what follows makes the digits a part of something longer, or a count.
fn goes_on(text: &str, end: usize) -> bool {
    let bytes = text.as_bytes();
    let next = bytes.get(end);
    let after = bytes.get(end + 1);
    if matches!(next, Some(b'.' | b':' | b',' | b'/' | b'-'))
        && after.is_some_and(u8::is_ascii_digit)
    {
        return true;
    }
    let rest = text.get(end..).unwrap_or_default();
    let rest = rest.strip_prefix(' ').unwrap_or(rest);
    let is_wide = rest.starts_with(|letter: char| !letter.is_ascii());
    is_wide && COUNTERS.iter().any(|counter| rest.starts_with(counter))
        || rest.starts_with('%')
        || ["bytes", "KB", "MB", "GB", "ms", "times", "errors"]
            .iter()
            .any(|unit| rest.starts_with(unit) && !is_word(rest.as_bytes().get(unit.len())))
}

/// Whether a number is 32 bits, hexadecimal or decimal, with a known facility of an HRESULT.
fn is_hresult(number: i64, run: usize, is_hex: bool) -> bool {
    let Some(bits) = as_bits(number) else { return false };
    // Of the null facility only what winerror.h defines: flags have the highest bit as well.
    let defined =
        bits >> 16 != 0x8000 || matches!(bits & 0xFFFF, 0x0001..=0x001D | 0x4001..=0x4035 | 0xFFFF);
    // Signed, the greatest (0xC…) have a digit less.
    let long = run == 10 || run == 9 && number < 0;
    (if is_hex { run == 10 } else { long && bits >= 0x8000_0000 })
        && FACILITIES.contains(&(bits >> 16))
        && defined
}

/// An HRESULT whose `0x` was left out: `801c03ed`, `80180014`. Nobody numbers eighty million errors.
pub(crate) fn bare_hresult(run: &str) -> Option<i64> {
    let number = i64::from_str_radix(run, 16).ok().filter(|_| run.len() == 8)?;
    is_hresult(number, 10, true).then_some(number)
}

/// The 32 bits that a number, signed or not, stands for.
fn as_bits(number: i64) -> Option<u32> {
    u32::try_from(number).ok().or_else(|| i32::try_from(number).ok().map(i32::cast_unsigned))
}

/// The text before a number.
#[derive(Default)]
struct Context {
    domain: Option<(usize, usize)>,
    announced: bool,
    commanded: bool,
}

impl Context {
    fn before(text: &str, from: usize, start: usize) -> Self {
        let mut context = Self::default();
        let Some(before) = text.get(from..start) else { return context };
        let bare =
            before.trim_end_matches([' ', ':', '=', '(', '[', '<', '#', '/', '"', '\'', '>', '-']);
        let between = before.get(bare.len()..).unwrap_or_default();
        if between.len() > 16 {
            return context;
        }
        // NSURLErrorDomain の -1005, NSURLErrorDomain、ErrorCode は -1005
        let bare = bare.strip_suffix(['の', 'は']).map_or(bare, str::trim_end);
        if bare.is_empty() {
            context.commanded = from == 0 && between.trim() == "(";
            return context;
        }
        let word = last_word(bare);
        if word.is_empty() {
            // NSURLErrorDomainエラー-1009
            let head = ["エラー", "コード"].iter().fold(bare, |head, it| head.trim_end_matches(it));
            let (head, name) = (head.trim_end(), last_word(head.trim_end()));
            context.domain =
                is_domain(name).then(|| (from + head.len() - name.len(), from + head.len()));
            context.announced = announced_in_japanese(bare);
            return context;
        }
        let word_start = bare.len() - word.len();
        if is_domain(word) {
            context.domain = Some((from + word_start, from + bare.len()));
            return context;
        }
        let lower = word.to_ascii_lowercase();
        let is_code_word = matches!(lower.as_str(), "code" | "error" | "errorcode");
        let head = bare.get(..word_start).unwrap_or_default();
        let head = head.trim_end_matches([' ', ',', '、', '(', ':', '-']);
        if is_code_word {
            let earlier = last_word(head);
            if is_domain(earlier) || domain_is_assigned(head) {
                context.domain = Some((from + head.len() - earlier.len(), from + head.len()));
                return context;
            }
            // The name may have a digit in it, which is a variable part of its own: sqlite3.
            let whole = text.get(..from + head.len()).unwrap_or_default();
            let name = last_word(whole);
            if is_enclosed_name(whole, name) {
                context.domain = Some((whole.len() - name.len(), whole.len()));
                return context;
            }
        }
        // exitCode = 1618
        let joined = lower.strip_suffix("code").filter(|kind| !kind.is_empty());
        context.announced = ANNOUNCING.contains(&lower.as_str())
            || joined.is_some_and(|kind| CODE_KINDS.contains(&kind))
            || (lower == "id"
                && (head.ends_with("イベント") || last_word(head).eq_ignore_ascii_case("event")))
            || (lower == "code"
                && (head.is_empty()
                    || head.ends_with(['。', '、', '.', ';'])
                    || between.contains('=')
                    || CODE_KINDS.iter().any(|kind| last_word(head).eq_ignore_ascii_case(kind))));
        context.commanded = between.contains(':') && between.ends_with('(') && is_camel_case(word);
        context
    }
}

/// The word of ASCII letters, digits, `_` and `.` at the end.
fn last_word(text: &str) -> &str {
    let bytes = text.as_bytes();
    let belongs = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'.');
    let start = bytes.iter().rposition(|byte| !belongs(byte)).map_or(0, |at| at + 1);
    // A byte of a longer character ends the word: the cut is after a whole character.
    text.get(start..).unwrap_or_default()
}

/// Whether a word has the form of a domain of errors: `MCInstallationErrorDomain`, `MDMClientError`,
/// `DeviceManagement.error`, `com.apple.softwareupdateservices.errors`.
pub(crate) fn is_domain(word: &str) -> bool {
    let begins = word.bytes().next().is_some_and(|byte| byte.is_ascii_alphabetic());
    let camel_error =
        word.strip_suffix("Error").is_some_and(|head| head.len() > 1 && !head.contains('.'));
    // NSUnderlyingError=0x60000… is an address in memory.
    begins
        && word != "NSUnderlyingError"
        && (word.strip_suffix("ErrorDomain").is_some_and(|head| !head.is_empty())
            || camel_error
            || word.strip_suffix(".error").is_some_and(|head| !head.is_empty())
            || word.strip_suffix(".errors").is_some_and(|head| head.contains('.')))
}

/// `Domain=CPProfileManager`, for names that do not say themselves that they are domains.
fn domain_is_assigned(head: &str) -> bool {
    let word = last_word(head);
    let before = head.get(..head.len() - word.len()).unwrap_or_default();
    !word.is_empty() && (before.ends_with("Domain=") || before.ends_with("Domain: "))
}

/// `(com.apple.utilities.sqlite3 error 11)`: Cocoa writes the domain after the bracket, whatever its name.
fn is_enclosed_name(head: &str, word: &str) -> bool {
    let before = head.get(..head.len() - word.len()).unwrap_or_default();
    let labels = word.split('.').filter(|label| !label.is_empty()).count();
    before.ends_with('(') && labels >= 3 && word.starts_with(|c: char| c.is_ascii_alphabetic())
}

/// `InstallProfile`: at least two capitals, small letters, nothing else.
fn is_camel_case(word: &str) -> bool {
    let capitals = word.bytes().filter(u8::is_ascii_uppercase).count();
    let small = word.bytes().filter(u8::is_ascii_lowercase).count();
    capitals >= 2 && small >= 2 && capitals + small == word.len()
}

/// Whether a text ends in a word that announces a code: エラー, 結果コード, 終了番号.
pub(crate) fn announced_in_japanese(bare: &str) -> bool {
    let bare = bare.strip_suffix('は').unwrap_or(bare).trim_end();
    if bare.ends_with("エラー") {
        return true;
    }
    let head = bare.strip_suffix("コード").or_else(|| bare.strip_suffix("番号"));
    let Some(head) = head.map(str::trim_end) else { return false };
    if CODE_KINDS_JA.iter().any(|kind| head.ends_with(kind)) {
        return true;
    }
    // コード alone, as a label; バーコード, 管理番号 and 部屋番号 are none.
    bare.ends_with("コード")
        && (head.is_empty() || head.ends_with(['。', '、', '(', '「', ',', ' ', '\t', ':']))
}
