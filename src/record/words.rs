//! Words that consoles show as states, and how a sentence differs from a name.

use super::terms::Terms;
use crate::facts::{Operation, Severity, fold};
use crate::text::lexicon::{self, Section};
use crate::text::{is_kanji, is_katakana};

/// The severity of a state of a console's, where the text is one, whole.
pub(super) fn state(text: &str) -> Option<Severity> {
    Terms::base().state(text)?.severity
}

/// The key that tells jobs of one state apart: what erases or locks a device is never among others.
pub(super) fn apart(command: &str) -> &'static str {
    Operation::of_field(command).map_or("", Operation::name)
}

/// Words of BizMobile's `タイプ` column.
pub(super) fn is_log_type(text: &str) -> bool {
    matches!(text, "コマンド" | "アラーム" | "イベント")
}

static SENTENCE_ENDS: Section = lexicon::MAIL_PHRASES.section("sentence ends");

/// Whether a text says something, rather than naming something.
pub(super) fn is_sentence(text: &str) -> bool {
    const LONGEST_REMARK: usize = 40;
    let text = text.trim().trim_end_matches(['。', '.', '…']);
    // 「適用に失敗しました (-10)」 ends before its remark.
    let opened = text.ends_with([')', '）']).then(|| text.rfind(['(', '（'])).flatten();
    let remark = opened.filter(|at| *at > 0 && text.len() - at <= LONGEST_REMARK);
    let text = remark.and_then(|at| text.get(..at)).map_or(text, str::trim_end);
    let text = text.trim_end_matches(['。', '.', '…', '"', ')', '」', '）']);
    if text.chars().count() < 6 {
        return false;
    }
    if text.is_ascii() {
        return text.split(' ').filter(|word| word.len() > 1).count() >= 3;
    }
    SENTENCE_ENDS.iter().any(|end| text.ends_with(end)) || text.contains(['。', '、'])
}

/// The sentence that a text quotes and says nothing besides: 「インストールできませんでした（9610）」.
pub(super) fn quoted(text: &str) -> Option<&str> {
    let inner = text.strip_prefix('「')?.strip_suffix('」')?;
    (!inner.contains(['「', '」']) && is_sentence(inner)).then_some(inner)
}

/// Whether a text is a value and says nothing: the name of some thing, a serial number, an address, a version, the path of
/// a file.
pub(super) fn is_value(text: &str) -> bool {
    let version =
        || text.contains('.') && text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    let one = !text.contains([' ', '　', '\t']) && text.is_ascii();
    let address = || text.contains('@') && text.contains('.') && !text.contains([':', '/', '=']);
    // AADSTS50076 is a constant with its number; a serial number mixes both.
    let letters = text.bytes().take_while(u8::is_ascii_alphabetic).count();
    let number = text.bytes().skip(letters).all(|byte| byte.is_ascii_digit());
    let named = text.bytes().any(|byte| byte.is_ascii_digit()) && !(letters > 3 && number);
    let serial = || {
        let plain = |byte: u8| byte.is_ascii_uppercase() || byte.is_ascii_digit();
        (10..=14).contains(&text.len()) && letters > 0 && text.bytes().all(plain)
    };
    let path = || {
        let (windows, unix) = (text.get(1..3) == Some(":\\"), text.starts_with('/'));
        windows || unix && text.matches('/').count() > 1
    };
    let thing = || serial() || is_thing(text) || is_device_name(text);
    let page = || ["http://", "https://"].iter().any(|scheme| text.starts_with(scheme));
    one && (named && thing() || address() || version() || path() || page())
}

/// Whether a text is the name of some thing, numbered as things are: `tokyo-A7`.
pub(super) fn is_thing(text: &str) -> bool {
    let has = |what: fn(&u8) -> bool| text.bytes().any(|byte| what(&byte));
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_".contains(&byte);
    (4..=32).contains(&text.len())
        && text.bytes().all(plain)
        && has(u8::is_ascii_alphabetic)
        && has(u8::is_ascii_digit)
        && text.contains('-')
        && !text.starts_with("0x")
}

/// Whether a line is the bar at the top of a telephone's screen: a clock, with the network or how full the battery is.
pub(super) fn is_status_bar(line: &str) -> bool {
    const LONGEST: usize = 40;
    let folded = fold(line.trim());
    let mut words = folded.split_whitespace();
    let Some((hours, minutes)) = words.next().and_then(|clock| clock.split_once(':')) else {
        return false;
    };
    let number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let digits = |text: &str| matches!(text.len(), 1 | 2) && number(text);
    let mark = |word: &str| {
        matches!(word, "3G" | "4G" | "5G" | "LTE" | "5G+" | "圏外")
            || word.strip_suffix('%').is_some_and(number)
    };
    folded.split_whitespace().map(str::len).sum::<usize>() <= LONGEST
        && digits(hours)
        && digits(minutes)
        && words.any(mark)
        && folded.split_whitespace().count() <= 5
}

/// Whether a text is a single word in Latin letters.
pub(super) fn is_name(text: &str) -> bool {
    text.len() <= 24
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_-".contains(&byte))
}

pub(super) static POLITE_ENDS: Section = lexicon::MAIL_PHRASES.section("polite ends");

/// Whether a Japanese text ends as the sentences of consoles do.
pub(super) fn ends_sentence(text: &str) -> bool {
    let text = text.trim().trim_end_matches(['"', ')', '」', '）']);
    POLITE_ENDS.iter().any(|end| text.ends_with(end))
}

/// Whether a hexadecimal number of eight digits has the highest bit, which says that something failed.
pub(super) fn begins_hresult(number: &str) -> bool {
    number.starts_with(|c: char| matches!(c.to_ascii_lowercase(), '8' | '9' | 'a'..='f'))
}

/// A line without what a list puts before its entries: a bullet, `1)`, 「①」, `(2)`.
pub(super) fn without_list_mark(line: &str) -> &str {
    let text = line.trim_start();
    let bullets = ['・', '•', '●', '○', '■', '□', '◆', '◇', '※', '▪', '‣'];
    let rest = text.trim_start_matches(bullets);
    if rest.len() < text.len() {
        return rest.trim_start();
    }
    let numbered = || {
        let rest = text.strip_prefix(|c| matches!(c, '①'..='⑳'));
        let bracket = text.strip_prefix(['(', '（']).unwrap_or(text);
        let behind =
            bracket.trim_start_matches(|c: char| c.is_ascii_digit() || ('０'..='９').contains(&c));
        let few = (1..=2).contains(&bracket.chars().count().saturating_sub(behind.chars().count()));
        let closed = behind.strip_prefix([')', '）', '.', '．']).filter(|_| few);
        // `1.5` is a number.
        rest.or(closed.filter(|rest| !rest.starts_with(|c: char| c.is_ascii_digit())))
    };
    let listed = text.strip_prefix("- ").or_else(|| text.strip_prefix("* ")).or_else(numbered);
    listed.map_or(text, str::trim_start)
}

/// Where a number of eight hexadecimal digits begins that is an error's.
pub(super) fn error_number(text: &str) -> Option<usize> {
    memchr::memmem::find_iter(text.as_bytes(), b"0x").find(|at| {
        let number = text.get(at + 2..).unwrap_or_default();
        let digits = number.bytes().take_while(u8::is_ascii_hexdigit);
        digits.count() == 8 && begins_hresult(number)
    })
}

static DEVICES: Section = lexicon::MAIL_PHRASES.section("devices");

/// Whether a cell names a device: by what it is called after, with something that tells it from the next
/// (iPad-総務-2, mori_iPhone11s), or by a serial number or a MAC address. A pseudonym names what it stands for.
pub(super) fn is_device_name(cell: &str) -> bool {
    let cell = cell.trim();
    if cell.is_empty() || cell.len() > 60 || is_sentence(cell) {
        return false;
    }
    if cell.starts_with("<device-") || cell.starts_with("<id-") {
        return cell.ends_with('>');
    }
    let folded = fold(cell).to_lowercase();
    let one = !folded.contains([' ', '、', '。', ':', '"']);
    // The word for a computer is separate: PC-TOYAMA-3, yamada-pc01.
    let computer = folded.split(['-', '_', '.']).any(|part| {
        let name = part.trim_end_matches(|c: char| c.is_ascii_digit());
        matches!(name, "pc" | "mbp" | "mba" | "mac" | "nb" | "note" | "lt" | "tab" | "pad")
    });
    let called = computer || DEVICES.iter().any(|name| folded.contains(name));
    let numbered = folded.contains(['-', '_']) || folded.bytes().any(|byte| byte.is_ascii_digit());
    let letters = folded.bytes().any(|byte| byte.is_ascii_alphabetic());
    let digits = folded.bytes().filter(u8::is_ascii_digit).count();
    let serial = !folded.starts_with("0x")
        && (10..=17).contains(&folded.len())
        && letters
        && digits >= 3
        && folded.bytes().all(|byte| byte.is_ascii_alphanumeric());
    one && (called && numbered || serial || is_numbered_place(&folded))
}

static COUNTED: Section = lexicon::MAIL_PHRASES.section("counted");

/// Whether a name is a place's in Japanese with a number after a joint, as shared devices are called: 受付-01.
fn is_numbered_place(name: &str) -> bool {
    let Some((place, number)) = name.rsplit_once(['-', '_']) else { return false };
    let letters = |c: char| is_kanji(c) || is_katakana(c) || c.is_ascii_alphanumeric() || c == '-';
    let places = place.chars().filter(|c| is_kanji(*c) || is_katakana(*c)).count();
    let counted = COUNTED.iter().any(|it| place.ends_with(it));
    (1..=3).contains(&number.len())
        && number.bytes().all(|byte| byte.is_ascii_digit())
        && places > 1
        && place.chars().all(letters)
        && !counted
}

/// The device that a message names: as programs do (`device=iPad-14`), or at its end, as people and lists put it:
/// 「… 0x800F0922 KYOTO-NB-12」, 「…（HIMEJI-NB-02）」.
pub(super) fn device_in(message: &str) -> Option<&str> {
    device_of_field(message).or_else(|| device_at_end(message)).or_else(|| device_within(message))
}

/// The one device that a Japanese sentence names before a particle: 「11月20日、iPad-熊本-07 で…と表示された」.
fn device_within(message: &str) -> Option<&str> {
    const PARTICLES: &[char] = &['で', 'が', 'は', 'に', 'の', 'も', 'だ'];
    let mut words = message.split([' ', '、', '。', '\u{3000}']).filter(|word| !word.is_empty());
    let mut found = None;
    let mut last = words.next()?;
    for next in words.chain([""]) {
        // 「PC-07で…」, 「受付-01が…」 have no space before their particle.
        let ascii = last.find(|c: char| !c.is_ascii()).unwrap_or(last.len());
        let digit = |at: &usize| last.as_bytes().get(at - 1).is_some_and(u8::is_ascii_digit);
        let mut particles = last.match_indices(PARTICLES).map(|(at, _)| at).filter(|at| *at > 0);
        let end = if ascii == 0 { particles.find(digit).unwrap_or(0) } else { ascii };
        let (head, behind) = last.split_at_checked(end).unwrap_or((last, ""));
        let (name, particle) =
            if behind.starts_with(PARTICLES) { (head, behind) } else { (last, next) };
        let jointed = name.contains(['-', '_']) && name.bytes().any(|byte| byte.is_ascii_digit());
        if jointed && particle.starts_with(PARTICLES) && is_device_name(name) {
            found.replace(name).is_none().then_some(())?;
        }
        last = next;
    }
    found
}

/// The one device that an English sentence names after a preposition or in brackets: `the profile on RIGA-IPHONE-14 is gone`,
/// `My new MacBook (OSL-MBA-07) shows this`.
pub(super) fn device_in_english(message: &str) -> Option<&str> {
    const BEFORE: [&str; 6] = ["on", "of", "for", "from", "device", "to"];
    if message.len() > 400 {
        return None;
    }
    let mut found = None;
    let mut last = "";
    for word in message.split(' ') {
        let bare = word.trim_end_matches(['.', ',', ';', ':', '!', '?']);
        let inner = bare.strip_prefix('(').and_then(|bare| bare.strip_suffix(')'));
        let name = inner.unwrap_or(bare);
        let jointed = name.contains(['-', '_']) && name.bytes().any(|byte| byte.is_ascii_digit());
        let plain = !name.contains(['.', '/', '=', ':', '\\', '"']);
        let placed = inner.is_some() || BEFORE.contains(&last);
        if jointed && plain && placed && name.is_ascii() && is_device_name(name) {
            found.replace(name).is_none().then_some(())?;
        }
        last = bare;
    }
    found
}

/// The device whose name a message begins with: `iPad-14 InstallProfile: (4026) …`
pub(super) fn device_at_beginning(message: &str) -> Option<&str> {
    let (name, _) = message.split_once([' ', '\u{3000}'])?;
    let inner = name.strip_prefix('[').and_then(|name| name.strip_suffix(']'));
    let name = inner.unwrap_or(name);
    let plain = !name.contains(['.', '/', '=', ':', '\\', '、', '「', '[', '(', '<', '"']);
    let jointed = name.contains(['-', '_']) && name.bytes().any(|byte| byte.is_ascii_digit());
    (plain && jointed && is_device_name(name)).then_some(name)
}

/// Whether a sentence ends in saying that something stays as it was: 「端末応答待ちのままです。」
pub(super) fn says_that_it_stays(message: &str) -> bool {
    message.rsplit_once("のまま").is_some_and(|(_, end)| !end.contains('、'))
}

fn device_of_field(message: &str) -> Option<&str> {
    let at = message.find("device")?;
    let (key, value) = message.get(at..)?.split_once('=')?;
    let value = value.split(char::is_whitespace).next()?.trim_matches(['"', ',', ';']);
    let whole = matches!(key, "device" | "device_name" | "deviceName");
    (whole && is_device_name(value)).then_some(value)
}

/// A name with a joint and a number, so that no word of the message is taken for one.
fn device_at_end(message: &str) -> Option<&str> {
    let told = message.trim_end_matches(['。', '.', ' ', ')', '）', ']']);
    let before =
        told.trim_end_matches(|c| !matches!(c, ' ' | '\u{3000}' | '(' | '（' | '[' | '\t'));
    let name = told.get(before.len()..).filter(|_| !before.is_empty())?;
    let jointed = name.contains(['-', '_']) && name.bytes().any(|byte| byte.is_ascii_digit());
    let named = jointed && !name.contains(['.', '/', '=', ':', '\\', '、', '「', '】']);
    (named && is_device_name(name)).then_some(name)
}

/// `InstallProfile: (4026)`: where a message begins that reports on a command.
pub(super) fn command_start(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    memchr::memchr_iter(b':', bytes).find_map(|colon| {
        let rest = bytes.get(colon + 1..)?;
        let rest = rest.strip_prefix(b" ").unwrap_or(rest);
        let digits =
            rest.strip_prefix(b"(")?.iter().take_while(|byte| byte.is_ascii_digit()).count();
        if digits < 3 || rest.get(digits + 1) != Some(&b')') {
            return None;
        }
        let start = bytes.get(..colon)?.iter().rposition(|byte| !byte.is_ascii_alphabetic());
        let start = start.map_or(0, |at| at + 1);
        // A command is a name, `InstallProfile`; `fetching configuration: (34006)` is none.
        let name = bytes.get(start..colon)?;
        let is_name = name.first().is_some_and(u8::is_ascii_uppercase);
        (is_name && name.len() > 3).then_some(start)
    })
}

#[cfg(test)]
crate::source::cases! {
    states_of_consoles: |text| format!("{:?}", state(text));
    sentences: is_sentence;
    names_of_devices: is_device_name;
    commands: |text| command_start(text).and_then(|at| text.get(at..)).unwrap_or("–").to_owned();
}
