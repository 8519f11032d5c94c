//! Personal data by its form, whatever precedes it: `CONTOSO\sato`, `CN=…`, tokens, telephone numbers,
//! IMEI in groups, addresses.

use super::Parts;
use super::line::{Line, is_digit, is_hiragana, is_kanji, is_kanji_digit, is_katakana, is_word};
use super::value;
use super::words::{is_product, is_product_word, is_state};
use crate::facts::mask::Mask;
use crate::text::lexicon::{self, Section};

/// Notes what has a form at a place of the line; returns where to go on.
type Form = fn(&Line, usize, &mut Parts) -> Option<usize>;

pub(super) fn find(line: &Line, parts: &mut Parts) {
    let mut at = 0;
    while let Some(it) = line.get(at) {
        let begins = !line.before(at).is_some_and(is_word);
        let end = match it {
            '\\' => domain_user(line, at, parts).or_else(|| home(line, at, parts)),
            '/' => home(line, at, parts),
            '-' => key_block(line, at, parts).or_else(|| credentials(line, at, parts)),
            '〒' => postal_code(line, at, parts),
            '+' | '(' => phone(line, at, parts),
            _ if it.is_ascii_digit() && begins => number(line, at, parts),
            _ if is_kanji_digit(it) && !line.before(at).is_some_and(is_kanji) => {
                spelled_number(line, at, parts)
            }
            _ if it.is_ascii_alphabetic() && begins => word(line, at, parts),
            _ if is_kanji(it) && !line.before(at).is_some_and(is_kanji) => address(line, at, parts),
            _ => None,
        };
        at = end.unwrap_or(at + 1).max(at + 1);
    }
}

/// A word that is a token, a part of a distinguished name, or the name of a scheme.
fn word(line: &Line, at: usize, parts: &mut Parts) -> Option<usize> {
    const FORMS: [Form; 7] =
        [distinguished, command, came_from, key_in_groups, scheme, token, hexadecimal];
    FORMS.iter().find_map(|form| form(line, at, parts))
}

/// `CONTOSO\sato`: the backslash is between two words, and before the first no path goes on.
fn domain_user(line: &Line, at: usize, parts: &mut Parts) -> Option<usize> {
    static NOBODY: Section = lexicon::PRIVATE_WORDS.section("built-in accounts");
    let domain = line.run_before(at, 40, |it| it.is_ascii_alphanumeric() || "-._".contains(it));
    let start = at - domain;
    let name = line.lower(start, at);
    let before = line.before(start);
    let user =
        at + 1 + line.run(at + 1, 64, |it| is_word(it) || "-.$".contains(it) || is_kanji(it));
    let text = line.text(at + 1, user);
    let text = text.trim_end_matches(['.', '-']);
    let end = at + 1 + text.chars().count();
    let path =
        before.is_some_and(|it| "\\/:".contains(it)) || matches!(line.get(user), Some('\\' | '/'));
    let home = line.lower(start.saturating_sub(60), start).contains("\\users\\");
    // \n and \t in a program's text, and drives.
    let escaped = text.len() < 2 || domain < 2 || matches!(name.as_str(), "nt");
    let known = NOBODY.contains(&&*name) || text.eq_ignore_ascii_case("system");
    (!path && !home && !escaped && !known && !is_product_word(text))
        .then(|| parts.push(start, end, Mask::User))
}

/// The user's part of `\Users\佐藤 太郎\Documents`, which a space or a kanji does not end, and `\\server\share`.
fn home(line: &Line, at: usize, parts: &mut Parts) -> Option<usize> {
    const HOMES: &[&str] = &["users", "home", "documents and settings", "profiles", "homes"];
    let separator = line.get(at)?;
    if separator == '\\'
        && line.get(at + 1) == Some('\\')
        && !line.before(at).is_some_and(|it| is_word(it) || it == '\\')
    {
        let length = line.run(at + 2, 160, |it| !it.is_whitespace() && !"\"'<>|、。".contains(it));
        return (line.get(at + 2).is_some_and(char::is_alphanumeric))
            .then(|| parts.push(at, at + 2 + length, Mask::Path));
    }
    let folder = HOMES.iter().find(|home| {
        line.starts_with(at + 1, home) && line.get(at + 1 + home.chars().count()) == Some(separator)
    })?;
    let start = at + 2 + folder.chars().count();
    let inner = |it: char| !"\\/:*?\"<>|'、。,;".contains(it);
    let length = line.run(start, 60, inner);
    let closed = line.get(start + length) == Some(separator);
    let word = line.run(start, 60, |it| inner(it) && !it.is_whitespace());
    // Without a separator after, a clause may go on: C:\Users\佐藤を.
    let clause = line.run(start, 60, |it| inner(it) && !it.is_whitespace() && !is_hiragana(it));
    let end = start
        + if closed && !line.text(start, start + length).contains(['で', 'を', 'が']) {
            length
        } else if clause > 0 {
            clause
        } else {
            word
        };
    let name = line.lower(start, end);
    if end == start
        || matches!(&*name, "public" | "default" | "shared" | "all users" | "administrator")
        || name.starts_with(['{', '%', '<', '$'])
    {
        return None;
    }
    Some(parts.push(start, end, Mask::User))
}

/// `CN=Taro Sato,OU=…`: the values of the attributes that name people and places of a directory.
fn distinguished(line: &Line, at: usize, parts: &mut Parts) -> Option<usize> {
    static ATTRIBUTES: Section = lexicon::PRIVATE_WORDS.section("attributes");
    static BUILT_IN: Section = lexicon::PRIVATE_WORDS.section("built-in objects");
    static AUTHORITIES: Section = lexicon::PRIVATE_WORDS.section("built-in authorities");
    let length = line.run(at, 14, |it| it.is_ascii_alphabetic());
    let attribute = line.lower(at, at + length);
    if !ATTRIBUTES.contains(&&*attribute) || line.get(at + length) != Some('=') {
        return None;
    }
    // A lone letter or word with = is an assignment: only within a name that has a CN, an OU or a DC.
    let distinct = matches!(&*attribute, "cn" | "ou" | "dc");
    let before = line.before(at);
    let listed = before == Some(',')
        || before == Some('/')
        || before == Some(' ') && line.before(at - 1) == Some(',');
    if !distinct && !listed {
        return None;
    }
    let start = at + length + 1;
    let end = line.until(start, 101, |at, it| {
        let escaped = line.before(at) == Some('\\');
        "\"<>;|\t、。」)]}".contains(it)
            || matches!(it, ',' | '/' | '+') && !escaped
            || at > start && goes_on_in_prose(line, at)
    });
    let end = end - line.run_before(end, end - start, |it| it == ' ');
    let value = line.lower(start, end);
    let value = value.trim();
    let built_in = BUILT_IN.contains(&value)
        || is_product(value)
        || value.ends_with(" ca")
        || AUTHORITIES.iter().any(|it| value.contains(it));
    (!value.is_empty() && !built_in && !value.starts_with(['{', '<', '*']))
        .then(|| parts.push(start, end, Mask::Name))
}

/// Whether a sentence about a name goes on at `at`: 「 の有効期限切れ」, ` is expired`, ` (expired)`. A given name may be
/// written in hiragana, but is followed by no kanji.
fn goes_on_in_prose(line: &Line, at: usize) -> bool {
    let spaces = line.run(at, 4, |it| it == ' ');
    let word = at + spaces;
    if spaces > 0 && line.get(word) == Some('(') {
        return true;
    }
    let Some(first) = line.get(word) else { return false };
    if is_hiragana(first) && (spaces > 0 || !line.before(at).is_some_and(is_hiragana)) {
        const LONGEST_NAME: usize = 4;
        let length = line.run(word, 12, is_hiragana);
        let sentence = length > LONGEST_NAME
            || line.starts_with(word, "です")
            || line
                .get(word + length)
                .is_some_and(|it| is_kanji(it) || is_katakana(it) || it == '「');
        return sentence && "のをがはにでともへかまよだな".contains(first);
    }
    let length = line.run(word, 16, |it| it.is_ascii_lowercase());
    let english = line.text(word, word + length);
    spaces > 0
        && length > 0
        && !line.get(word + length).is_some_and(is_word)
        && (is_state(&english) || value::SAID.contains(&&*english))
}

/// `for sato from 10.0.0.7`: whoever comes from an address.
fn came_from(line: &Line, at: usize, parts: &mut Parts) -> Option<usize> {
    let head = line.lower(at.saturating_sub(6), at);
    if !["for ", "user ", "login "].iter().any(|lead| head.ends_with(lead)) {
        return None;
    }
    let end = at + line.run(at, 64, |it| is_word(it) || "-.@".contains(it));
    let address = end + " from ".len();
    let digits = line.run(address, 3, |it| it.is_ascii_digit());
    let numbers = digits > 0 && line.get(address + digits) == Some('.');
    (line.starts_with(end, " from ") && numbers).then(|| parts.push(at, end, Mask::User))
}

/// `net use \\server\share secret`, `net user name secret`: a command that takes a secret without a label.
fn command(line: &Line, at: usize, parts: &mut Parts) -> Option<usize> {
    let user = line.starts_with(at, "net user ");
    if !user && !line.starts_with(at, "net use ") {
        return None;
    }
    let word = |from: usize| {
        let start = line.skip_spaces(from);
        let quoted = line.get(start) == Some('"');
        let length = match quoted {
            true => 2 + line.run(start + 1, 80, |it| it != '"'),
            false => line.run(start, 160, |it| it.is_ascii_graphic()),
        };
        (start, start + length)
    };
    let mut end = at + if user { 9 } else { 8 };
    let mut named = user;
    for _ in 0..4 {
        let (start, to) = word(end);
        let text = line.text(start, to);
        let last = line.ends(to) || line.get(line.skip_spaces(to)) == Some('/');
        end = to;
        match text.as_str() {
            "" => break,
            "*" => {}
            _ if text.starts_with("\\\\") => named = true,
            _ if text.starts_with('/') || text.ends_with(':') => {}
            // A word of a sentence is followed by others.
            _ if !named || !last && !value::is_mixed(&text) && !user => break,
            _ if user && named && !value::USER_WORDS.contains(&&*text) => {
                parts.push(start, to, Mask::User);
                let (from, secret) = word(to);
                let told = line.get(from) != Some('/') && line.get(from) != Some('*');
                let last = line.ends(secret) || line.get(line.skip_spaces(secret)) == Some('/');
                if told && last {
                    parts.push(from, secret, Mask::Secret);
                }
                break;
            }
            _ => {
                parts.push(start, to, Mask::Secret);
                break;
            }
        }
    }
    // The words before are read by their own forms as well.
    None
}

/// `Basic dXNlcjpwYXNz`, `Bearer eyJ…`: what follows the scheme.
fn scheme(line: &Line, at: usize, parts: &mut Parts) -> Option<usize> {
    let schemes = ["Basic ", "Bearer ", "Digest ", "NTLM ", "Negotiate ", "ApiKey "];
    let scheme = schemes.iter().find(|it| line.starts_with(at, it))?;
    let start = at + scheme.chars().count();
    let (end, value) = line.piece(start, 4096, is_token);
    let mixed = value.bytes().any(|it| it.is_ascii_digit() || b"=+/".contains(&it))
        || value.bytes().skip(1).any(|it| it.is_ascii_uppercase())
            && value.bytes().any(|it| it.is_ascii_lowercase());
    (end >= start + 6 && mixed && !is_product(&value)).then(|| parts.push(start, end, Mask::Secret))
}

fn is_token(character: char) -> bool {
    character.is_ascii_alphanumeric() || "+/=._-~".contains(character)
}

/// Tokens that begin as their issuers have them begin, and long runs of base64.
fn token(line: &Line, at: usize, parts: &mut Parts) -> Option<usize> {
    static PREFIXES: Section = lexicon::PRIVATE_WORDS.section("prefixes of tokens");
    let (end, value) = line.piece(at, 8192, is_token);
    let trimmed = value.trim_end_matches(['.', '/', '-']);
    let known = PREFIXES.iter().filter_map(|row| row.split_once(' ')).any(|(prefix, least)| {
        trimmed.starts_with(prefix) && least.parse().is_ok_and(|least| trimmed.len() >= least)
    });
    if known || is_random(trimmed) {
        return Some(parts.push(at, at + trimmed.len(), Mask::Secret));
    }
    // Not again from each of its words.
    (end > at + 64 && !value.contains(['/', '.'])).then_some(end)
}

/// Whether a text is as mixed as what a generator of keys makes.
fn is_random(value: &str) -> bool {
    let count = |holds: fn(&u8) -> bool| value.bytes().filter(holds).count();
    let (upper, lower, digits) =
        (count(u8::is_ascii_uppercase), count(u8::is_ascii_lowercase), count(u8::is_ascii_digit));
    value.len() >= 32
        && upper >= 5
        && lower >= 5
        && digits >= 3
        && !value.contains(['.', '_', '-'])
        && !value.starts_with('/')
        && value.bytes().filter(|it| *it == b'/').count() <= 3
}

/// A `-----BEGIN …-----` whose block goes on in the same line.
fn key_block(line: &Line, at: usize, parts: &mut Parts) -> Option<usize> {
    if !line.starts_with(at, "-----BEGIN ") {
        return None;
    }
    let head = at + 11 + line.run(at + 11, 60, |it| it != '-');
    let start = head + line.run(head, 5, |it| it == '-');
    let body = line.run(start, usize::MAX, |it| it != '-');
    let text = line.text(start, start + body);
    (text.trim().len() >= 8).then(|| parts.push(start, start + body, Mask::Secret))
}

/// `-u name:secret`, as curl and others take both.
fn credentials(line: &Line, at: usize, parts: &mut Parts) -> Option<usize> {
    if line.before(at).is_some_and(|it| !it.is_whitespace()) {
        return None;
    }
    if let Some(end) = option_of_secret(line, at, parts) {
        return Some(end);
    }
    let option = ["-u ", "--user ", "--proxy-user "].iter().find(|it| line.starts_with(at, it))?;
    let start = at + option.chars().count();
    let (end, value) = line.piece(start, 120, |it| !it.is_whitespace());
    value.contains(':').then(|| parts.push(start, end, Mask::Secret))
}

/// `mysql -psecret`, `sshpass -p secret`: `-p` is a port or a path to other commands.
fn option_of_secret(line: &Line, at: usize, parts: &mut Parts) -> Option<usize> {
    static COMMANDS: Section = lexicon::PRIVATE_WORDS.section("commands with secrets");
    const FARTHEST: usize = 160;
    let head = line.lower(at.saturating_sub(FARTHEST), at);
    let mut commands = COMMANDS.iter().filter_map(|row| row.split_once(' '));
    let (_, option) = commands.find(|(command, option)| {
        line.starts_with(at, option)
            && head.split([' ', '/', '\\']).any(|it| it.starts_with(command))
    })?;
    let start = line.skip_spaces(at + option.chars().count());
    let length = line.run(start, 80, |it| it.is_ascii_graphic());
    (!line.text(start, start + length).starts_with('-'))
        .then(|| parts.push(start, start + length, Mask::Secret))
}

/// `0011.2233.4455`, and hexadecimal with its joints.
fn hexadecimal(line: &Line, at: usize, parts: &mut Parts) -> Option<usize> {
    let group = |from: usize| line.run(from, 5, |it| it.is_ascii_hexdigit());
    // Teams 23320.3021.2567.4799 is a version.
    let cisco = line.before(at) != Some('.')
        && group(at) == 4
        && line.get(at + 4) == Some('.')
        && group(at + 5) == 4
        && line.get(at + 9) == Some('.')
        && group(at + 10) == 4
        && !line
            .get(at + 14)
            .is_some_and(|it| is_word(it) || it == '.' && line.get(at + 15).is_some_and(is_word));
    if cisco {
        return Some(parts.push(at, at + 14, Mask::Mac));
    }
    // HP writes 001122-334455.
    let six = |from: usize| line.run(from, 7, |it| it.is_ascii_hexdigit()) == 6;
    let halves = six(at)
        && line.get(at + 6) == Some('-')
        && six(at + 7)
        && !line.get(at + 13).is_some_and(|it| is_word(it) || it == '-');
    halves.then(|| parts.push(at, at + 13, Mask::Mac))
}

/// BitLocker's recovery key: eight groups of six digits.
fn recovery_key(line: &Line, at: usize, parts: &mut Parts) -> Option<usize> {
    const LENGTH: usize = 8 * 6 + 7;
    let (end, text) = line.piece(at, LENGTH, |it| it.is_ascii_digit() || it == '-');
    let groups = text.split('-').filter(|group| group.len() == 6).count();
    (groups == 8 && end == at + LENGTH && !line.get(end).is_some_and(is_word))
        .then(|| parts.push(at, end, Mask::Secret))
}

/// A recovery key of FileVault, six groups of four, or a product's, five of five: capitals and digits.
fn key_in_groups(line: &Line, at: usize, parts: &mut Parts) -> Option<usize> {
    let (end, text) =
        line.piece(at, 30, |it| it.is_ascii_uppercase() || it.is_ascii_digit() || it == '-');
    let sizes: Vec<usize> = text.split('-').map(str::len).collect();
    let known = matches!(&*sizes, [4, 4, 4, 4, 4, 4] | [5, 5, 5, 5, 5]);
    let free = !line.get(end).is_some_and(is_word) && line.before(at) != Some('-');
    (known && free).then(|| parts.push(at, end, Mask::Secret))
}

/// `35.681236, 139.767125`: two numbers of at least four decimals in the ranges of a latitude and a longitude.
fn coordinates(line: &Line, at: usize, parts: &mut Parts) -> Option<usize> {
    const LEAST_DECIMALS: usize = 4;
    let start = at - usize::from(line.before(at) == Some('-'));
    let (_, text) =
        line.piece(at, 30, |it| it.is_ascii_digit() || matches!(it, '.' | ',' | ' ' | '-'));
    let text = text.trim_end_matches([' ', ',', '.', '-']);
    let (latitude, longitude) = text.split_once(',')?;
    let within = |number: &str, most: f64| {
        let decimals = number.split_once('.').map_or(0, |(_, decimals)| decimals.len());
        decimals >= LEAST_DECIMALS && number.parse::<f64>().is_ok_and(|it| it.abs() <= most)
    };
    (within(latitude.trim(), 90.0) && within(longitude.trim(), 180.0))
        .then(|| parts.push(start, at + text.len(), Mask::Id))
}

/// Forms that begin with a digit: a hardware address, a telephone number, an IMEI or a card in groups, a long number.
fn number(line: &Line, at: usize, parts: &mut Parts) -> Option<usize> {
    const FORMS: [Form; 7] =
        [recovery_key, key_in_groups, coordinates, hexadecimal, phone, grouped, street];
    FORMS.iter().find_map(|form| form(line, at, parts))
}

/// A Japanese telephone number, or one with a country before it.
fn phone(line: &Line, at: usize, parts: &mut Parts) -> Option<usize> {
    if line.before(at).is_some_and(|it| is_digit(it) || "-.,/:#".contains(it)) {
        return None;
    }
    let (_, text) = line.piece(at, 22, |it| it.is_ascii_digit() || "-() +.ー".contains(it));
    let mut kept = text.trim_end_matches(['-', '(', ' ', '+', '.', 'ー']);
    if !kept.contains('(') {
        kept = kept.trim_end_matches(')');
    }
    let end = at + kept.chars().count();
    let count = kept.bytes().filter(u8::is_ascii_digit).count();
    let whole = !line.get(end).is_some_and(|it| is_word(it) || it == '-');
    let groups = kept.split(|it: char| !it.is_ascii_digit()).filter(|it| !it.is_empty()).count();
    let called = match kept.strip_prefix('(').unwrap_or(kept).as_bytes() {
        [b'+', ..] => {
            (9..=15).contains(&count)
                && kept.as_bytes().get(1).is_some_and(u8::is_ascii_digit)
                && groups <= 6
        }
        [b'0', b'5' | b'7' | b'8' | b'9', b'0', ..] => count == 11 && groups <= 4,
        [b'0', second, ..] if *second != b'0' => {
            (count == 10 || count == 11 && groups > 1)
                && groups <= 4
                && (groups > 1 || kept.len() == 10)
        }
        _ => false,
    };
    let dated = kept.contains('.') && groups > 3;
    (called && whole && !dated && !kept.starts_with(')')).then(|| parts.push(at, end, Mask::Phone))
}

/// 15 digits in the groups of an IMEI, 16 of a card, 12 in fours.
fn grouped(line: &Line, at: usize, parts: &mut Parts) -> Option<usize> {
    static GROUPS: Section = lexicon::PRIVATE_WORDS.section("groups of digits");
    let (_, text) = line.piece(at, 24, |it| it.is_ascii_digit() || matches!(it, ' ' | '-' | '/'));
    let kept = text.trim_end_matches([' ', '-', '/']);
    let end = at + kept.len();
    let sizes: Vec<String> = kept.split([' ', '-', '/']).map(|it| it.len().to_string()).collect();
    let plain = sizes.len() == 1 && (15..=20).contains(&kept.len());
    let free = !line.get(end).is_some_and(is_word)
        && !line.before(at).is_some_and(|it| it == '.' || it == '-');
    (free && (plain || GROUPS.contains(&&*sizes.join(" ")))).then(|| parts.push(at, end, Mask::Id))
}

/// 〇九〇ー一二三四ー五六七八: at least ten digits.
fn spelled_number(line: &Line, at: usize, parts: &mut Parts) -> Option<usize> {
    let (_, text) = line.piece(at, 24, |it| {
        is_kanji_digit(it) || matches!(it, '-' | 'ー' | ' ' | '(' | ')' | 'の')
    });
    let count = text.chars().filter(|it| is_kanji_digit(*it)).count();
    let kept = text.trim_end_matches(['-', 'ー', ' ', '(', ')', 'の']).chars().count();
    (count >= 10).then(|| parts.push(at, at + kept, Mask::Phone))
}

/// 〒100-0001, with the address after it.
fn postal_code(line: &Line, at: usize, parts: &mut Parts) -> Option<usize> {
    let start = line.skip_spaces(at + 1);
    let length = line.run(start, 9, |it| is_digit(it) || it == '-' || it == 'ー');
    if length < 3 {
        return None;
    }
    let end = start + length;
    let behind = line.skip_spaces(end);
    let (place, text) = line.piece(behind, 80, is_address);
    let told = text.contains(['都', '道', '府', '県', '市', '区', '町', '村']);
    let end = if told { trimmed(line, behind, place) } else { end };
    Some(parts.push(at, end, Mask::Address))
}

fn is_address(character: char) -> bool {
    is_kanji(character)
        || is_katakana(character)
        || character.is_ascii_alphanumeric()
        || "-ー ヶケノの・#F".contains(character)
}

/// The characters of an address from `at` on; が within a name is one of them: 霞が関, 自由が丘.
fn address_run(line: &Line, at: usize) -> usize {
    const LONGEST: usize = 60;
    let named = |from: usize| {
        line.get(from) == Some('が')
            && line.get(from + 1).is_some_and(|it| "関丘谷浜原崎峰沢岡".contains(it))
    };
    line.until(at, LONGEST, |at, it| !is_address(it) && !named(at)) - at
}

/// The end of an address without what is no part of it: the next label, spaces.
fn trimmed(line: &Line, start: usize, end: usize) -> usize {
    let is_next = |at: &usize| {
        line.get(*at) == Some(' ') && line.is_label(at + 1)
            || [" TEL", " 電話"].iter().any(|label| line.starts_with(*at, label))
    };
    let to = (start..end).find(is_next).unwrap_or(end);
    to - line.run_before(to, 80, |it| it == ' ' || it == 'の')
}

/// 東京都千代田区丸の内1-2-3: a run that names a city or a ward and goes on to a number of a lot.
fn address(line: &Line, at: usize, parts: &mut Parts) -> Option<usize> {
    let length = address_run(line, at);
    let text = line.text(at, at + length);
    let city = text.find(['市', '区', '町', '村', '郡'])?;
    let mut lot = None;
    for (place, it) in text.char_indices().filter(|(place, it)| *place > city && (is_digit(*it))) {
        let rest = text.get(place..)?;
        let digits = rest.chars().take_while(|it| is_digit(*it)).count();
        let behind: String = rest.chars().skip(digits).take(3).collect();
        let second = behind.starts_with(['-', 'ー']) && behind.chars().nth(1).is_some_and(is_digit);
        if second || ["丁目", "番", "号"].iter().any(|unit| behind.starts_with(unit)) {
            lot = Some(place);
            break;
        }
        if !it.is_ascii_digit() && digits == 0 {
            break;
        }
    }
    let lot = lot?;
    // A place is named right before its lot, not a sentence earlier.
    let between = text.get(city..lot)?.chars().count();
    (between <= 16).then(|| parts.push(at, trimmed(line, at, at + length), Mask::Address))
}

/// `1-2-3 Marunouchi, Chiyoda-ku, Tokyo 100-0005`, `12 Baker Street`.
fn street(line: &Line, at: usize, parts: &mut Parts) -> Option<usize> {
    static STREETS: Section = lexicon::PRIVATE_WORDS.section("streets");
    let (_, text) = line.piece(at, 100, |it| it.is_ascii_alphanumeric() || " ,.-'".contains(it));
    let lot = text.find(' ')?;
    if !text.get(..lot)?.bytes().all(|it| it.is_ascii_digit() || it == b'-' || it == b',') {
        return None;
    }
    let japanese =
        ["-ku", "-shi", "-cho", "-machi", "-gun", "-ken"].iter().any(|it| text.contains(it))
            && text.contains(',');
    let words: Vec<&str> = text.split([' ', ',']).collect();
    let named = words.iter().skip(1).take(4).position(|word| STREETS.contains(word));
    let capital =
        words.get(1).is_some_and(|word| word.starts_with(|it: char| it.is_ascii_uppercase()));
    let end = text.trim_end_matches([' ', ',', '.']).len();
    (capital && (japanese || named.is_some_and(|place| place > 0)))
        .then(|| parts.push(at, at + end, Mask::Address))
}
