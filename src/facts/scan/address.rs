//! Addresses: URLs, e-mail, hosts, paths, IP, MAC, UUID, UDID.

use super::super::mask::Mask;
use super::super::time::{read_clock, read_time};
use super::number;
use super::{Scan, is_joined, is_word};
use crate::text::lexicon::{self, Section};

static HOST_ENDINGS: Section = lexicon::MESSAGE_WORDS.section("top-level domains");

static SECRET_KEYS: Section = lexicon::MESSAGE_WORDS.section("keys of secrets");

/// Reads what begins with the word `start..end`, which a joint follows, as an address, a time or a
/// secret. `None` where it is none.
pub(super) fn read(text: &str, start: usize, end: usize, scan: &mut Scan) -> Option<usize> {
    let bytes = text.as_bytes();
    let first = *bytes.get(start)?;
    if first.is_ascii_digit() {
        let rest = text.get(start..)?;
        if let Some(timed) = read_time(rest, None) {
            return Some(scan.push(start, start + timed.len, Mask::Time));
        }
        if let Some(length) = read_clock(rest.as_bytes()) {
            return Some(scan.push(start, start + length, Mask::Time));
        }
    }
    let word = bytes.get(start..end)?;
    let joint = *bytes.get(end)?;
    match joint {
        b':' if bytes.get(end..end + 3) == Some(b"://") => {
            let length = url_length(bytes.get(end..).unwrap_or_default());
            return Some(scan.push(start, end + length, Mask::Url));
        }
        // The letter of a drive is alone, also where the digits before it are masked already.
        b':' if word.len() == 1
            && !start.checked_sub(1).is_some_and(|before| is_joined(bytes.get(before)))
            && matches!(bytes.get(end + 1), Some(b'\\' | b'/')) =>
        {
            let length = path_length(bytes.get(end + 1..).unwrap_or_default());
            return Some(scan.push(start, end + 1 + length, Mask::Path));
        }
        b':' | b'=' if is_secret_key(word) => return secret(bytes, end, scan),
        _ => {}
    }
    hardware(bytes, start, scan)
        .or_else(|| email(bytes, start, end, scan))
        .or_else(|| host(bytes, start, scan))
        .or_else(|| relative_path(bytes, start, end, scan))
}

fn is_secret_key(word: &[u8]) -> bool {
    SECRET_KEYS.iter().any(|key| word.eq_ignore_ascii_case(key.as_bytes()))
}

fn secret(bytes: &[u8], joint: usize, scan: &mut Scan) -> Option<usize> {
    let mut start = joint + 1;
    while matches!(bytes.get(start), Some(b' ' | b'"' | b'\'')) {
        start += 1;
    }
    if bytes.get(start..start + 7).is_some_and(|word| word.eq_ignore_ascii_case(b"bearer ")) {
        start += 7;
    }
    let value = bytes.get(start..)?;
    let length =
        value.iter().take_while(|&&byte| byte > b' ' && byte < 128 && !b"\"',;)&".contains(&byte));
    let end = start + length.count();
    // A word alone is a state (`password: required`), a secret has more than letters.
    let given = bytes.get(start..end)?.iter().any(|byte| !byte.is_ascii_alphabetic());
    (given && end > start + 2).then(|| scan.push(start, end, Mask::Secret))
}

/// The length of a URL that begins with `://`.
fn url_length(bytes: &[u8]) -> usize {
    let is_end = |byte: &u8| *byte <= b' ' || *byte >= 128 || b"\"'<>|)]}`".contains(byte);
    let length = bytes.iter().position(is_end).unwrap_or(bytes.len());
    trim_punctuation(bytes, length)
}

/// The length of a path that begins with its separator. Letters of any language are a part of it.
fn path_length(bytes: &[u8]) -> usize {
    let is_end = |byte: &u8| *byte <= b' ' || b"\"'<>|)]},;=`".contains(byte);
    let length = bytes.iter().position(is_end).unwrap_or(bytes.len());
    // A query goes on as a URL does: /devices?limit=5&all=true
    let query = memchr::memchr(b'?', bytes.get(..length).unwrap_or_default());
    let length = query.map_or(length, |at| at + url_length(bytes.get(at..).unwrap_or_default()));
    // Japanese goes on without a space after a path: only a whole ASCII path is cut there.
    let wide = bytes.get(..length).unwrap_or_default().iter().position(|byte| *byte >= 128);
    let separates = |byte: &u8| b"/\\.".contains(byte);
    let goes_on = |at: usize| bytes.get(at..length).is_some_and(|it| it.iter().any(separates));
    let length = wide.filter(|at| !goes_on(*at)).unwrap_or(length);
    trim_punctuation(bytes, length)
}

/// The length of the letters, digits and joints at the beginning.
fn word_with(bytes: &[u8], joints: &[u8]) -> usize {
    let belongs = |byte: &&u8| byte.is_ascii_alphanumeric() || joints.contains(byte);
    bytes.iter().take_while(belongs).count()
}

fn trim_punctuation(bytes: &[u8], mut length: usize) -> usize {
    while length > 0 && bytes.get(length - 1).is_some_and(|byte| b".,:;!?".contains(byte)) {
        length -= 1;
    }
    length
}

/// A path that begins with `/` or `~` at `at`; returns where to go on.
pub(super) fn path(bytes: &[u8], at: usize, scan: &mut Scan) -> usize {
    let before = at.checked_sub(1).and_then(|before| bytes.get(before));
    let opens = before.is_none_or(|byte| !is_joined(Some(byte)) && *byte != b'/' && *byte < 128);
    let length = path_length(bytes.get(at..).unwrap_or_default());
    let body = bytes.get(at + 1..at + length.max(1)).unwrap_or_default();
    if !opens || body.is_empty() || !body.iter().any(u8::is_ascii_alphanumeric) {
        return at + 1;
    }
    scan.push(at, at + length, Mask::Path)
}

/// `conf/server.xml`, `a/b/c`: two joints, or a file's ending after one.
fn relative_path(bytes: &[u8], start: usize, end: usize, scan: &mut Scan) -> Option<usize> {
    let token = bytes.get(start..)?;
    let length = trim_punctuation(token, word_with(token, b"_-./\\+%@"));
    let token = token.get(..length)?;
    let separators = token.iter().filter(|byte| b"/\\".contains(byte)).count();
    if separators == 0 || start + length <= end {
        return None;
    }
    // 5/8/2024 and 3/4 are read as numbers.
    if token.iter().all(|byte| byte.is_ascii_digit() || *byte == b'/') {
        return None;
    }
    let last = token.rsplit(|byte| b"/\\".contains(byte)).next().unwrap_or_default();
    let ending = last.iter().rposition(|byte| *byte == b'.').and_then(|dot| last.get(dot + 1..));
    let has_ending = ending.is_some_and(|ending| {
        (1..=5).contains(&ending.len()) && ending.iter().any(u8::is_ascii_alphabetic)
    });
    (separators >= 2 || has_ending).then(|| scan.push(start, start + length, Mask::Path))
}

fn email(bytes: &[u8], start: usize, end: usize, scan: &mut Scan) -> Option<usize> {
    let token = bytes.get(start..)?;
    let local = word_with(token, b"._+-");
    let domain = token.get(local..)?.strip_prefix(b"@")?;
    let length = trim_punctuation(domain, word_with(domain, b".-"));
    (length > 0 && start + local >= end)
        .then(|| scan.push(start, start + local + 1 + length, Mask::Email))
}

fn host(bytes: &[u8], start: usize, scan: &mut Scan) -> Option<usize> {
    let token = bytes.get(start..)?;
    let length = trim_punctuation(token, word_with(token, b".-_"));
    let name = token.get(..length)?;
    let dot = name.iter().rposition(|byte| *byte == b'.')?;
    let ending = name.get(dot + 1..)?;
    let known = HOST_ENDINGS.iter().any(|known| ending.eq_ignore_ascii_case(known.as_bytes()));
    // 213-229.sh.example.at: numbered, dotted, and a country at the end.
    let dots = name.iter().filter(|byte| **byte == b'.').count();
    let numbered = name.first().is_some_and(u8::is_ascii_digit) || name.contains(&b'-');
    let country = ending.len() == 2 && ending.iter().all(u8::is_ascii_lowercase);
    let is_host = dot > 0 && (known || dots >= 2 && numbered && country);
    is_host.then(|| scan.push(start, port(bytes, start + length), Mask::Host))
}

fn port(bytes: &[u8], end: usize) -> usize {
    if !matches!(bytes.get(end), Some(b':' | b'#' | b'/')) {
        return end;
    }
    let digits = number::digits(bytes, end + 1);
    if (1..=5).contains(&digits) && !is_word(bytes.get(end + 1 + digits)) {
        end + 1 + digits
    } else {
        end
    }
}

/// IP, MAC, UUID and UDID: groups of hexadecimal digits and joints.
fn hardware(bytes: &[u8], start: usize, scan: &mut Scan) -> Option<usize> {
    let token = bytes.get(start..)?;
    let belongs = |byte: &&u8| byte.is_ascii_hexdigit() || b":.-".contains(byte);
    let length = token.iter().take_while(belongs).count();
    if length < 7 || is_word(token.get(length)) {
        return None;
    }
    let length = trim_punctuation(token, length);
    let token = token.get(..length)?;
    let end = start + length;
    if let Some(length) = ip_v4(token) {
        return Some(scan.push(start, port(bytes, start + length), Mask::Ip));
    }
    let groups = |joint: u8| token.split(move |byte| *byte == joint).map(<[u8]>::len);
    if groups(b'-').eq([8, 4, 4, 4, 12]) {
        return Some(scan.push(start, end, Mask::Uuid));
    }
    if groups(b'-').eq([8, 16]) {
        return Some(scan.push(start, end, Mask::Udid));
    }
    // Hardware addresses have six groups, or more on other networks than Ethernet.
    let pairs = |joint| groups(joint).count() >= 6 && groups(joint).all(|length| length == 2);
    if pairs(b':') || pairs(b'-') {
        return Some(scan.push(start, end, Mask::Mac));
    }
    let colons = groups(b':').count();
    let short = groups(b':').all(|length| length <= 4) && !token.contains(&b'-');
    let doubled = memchr::memmem::find(token, b"::").is_some();
    (short && (colons == 8 || (doubled && colons > 3))).then(|| scan.push(start, end, Mask::Ip))
}

fn ip_v4(token: &[u8]) -> Option<usize> {
    let mut at = 0;
    for part in 0..4 {
        let count = number::digits(token, at);
        if !(1..=3).contains(&count) {
            return None;
        }
        let digits = token.get(at..at + count)?.iter();
        if digits.fold(0_u32, |sum, byte| sum * 10 + u32::from(byte - b'0')) > 255 {
            return None;
        }
        at += count;
        if part < 3 {
            if token.get(at) != Some(&b'.') {
                return None;
            }
            at += 1;
        }
    }
    // Five parts are a version or an object identifier.
    let more = token.get(at) == Some(&b'.') && token.get(at + 1).is_some_and(u8::is_ascii_digit);
    (!more && !is_word(token.get(at))).then_some(at)
}
