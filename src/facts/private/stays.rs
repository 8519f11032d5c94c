//! Constants that the masks take for names: standards, products, bulletins, codes.
//!
//! Masks serve signatures, where taking a constant for a variable costs little. Who passes a log on must read what
//! happened: `CVE-2024-21412`, `0x87D136CA`, `TLS_AES_256_GCM`, `"NotNow"`.

use std::net::Ipv4Addr;

use super::line::{Line, is_word};
use super::words::{is_product, is_product_word, is_state};
use crate::facts::mask::Mask;
use crate::text::lexicon::{self, Section};

static CONSTANTS: Section = lexicon::PRIVATE_WORDS.section("constants");
static STANDARDS: Section = lexicon::PRIVATE_WORDS.section("standards");
/// Prefixes of numbers in names of articles, requests and ciphers.
const NUMBERED: &[&str] = &["kb", "rfc", "aes", "jis", "mp", "wi-fi", "wifi", "wi-fi-", "p"];
/// Parts of names of cipher suites.
const CIPHERS: &[&str] =
    &["AES", "SHA", "ECDHE", "ECDSA", "RSA", "TLS", "SSL", "GCM", "CBC", "CHACHA", "EAP", "WPA"];
static ANNOUNCING: Section = lexicon::PRIVATE_WORDS.section("before constants");

/// Whether what is under a mask at `start..end` stays, in characters of the line.
pub(super) fn stays(line: &Line, start: usize, end: usize, mask: Mask) -> bool {
    let text = line.text(start, end);
    match mask {
        Mask::Hex => text.starts_with("0x") || text.starts_with("0X") || is_hresult(&text),
        Mask::Id => is_standard(&text) || is_model(&text) || is_announced(line, start, &text),
        Mask::Name => is_wording(line, start, end, &text),
        Mask::App | Mask::File | Mask::Device | Mask::User | Mask::Certificate => {
            is_product(&text) || is_state(&text)
        }
        Mask::Ip => is_version_of_product(line, start, &text),
        Mask::Path => {
            // A closing tag, a setting of OMA-DM.
            let tag = line.before(start) == Some('<') && line.get(end) == Some('>');
            tag || text.contains("Vendor/MSFT") || is_list(&text) || is_registry(&text)
        }
        _ => false,
    }
}

/// Whether four numbers after the name of a product are its version, Company Portal 5.0.6062.0; addresses of private
/// networks never are.
fn is_version_of_product(line: &Line, start: usize, text: &str) -> bool {
    let private = text.parse::<Ipv4Addr>().is_ok_and(|it| it.is_private() || it.is_loopback());
    let head = line.text(start.saturating_sub(48), start);
    // Capitalized words after a product's name are a part of it: Intune Management Extension.
    let capital = |word: &&str| word.starts_with(|it: char| it.is_ascii_uppercase());
    let mut words =
        head.split_whitespace().rev().take_while(|word| capital(word) || is_product_word(word));
    !private && head.ends_with(' ') && words.any(is_product_word)
}

/// Eight hexadecimal digits of a facility that management agents report: 801c03ed.
fn is_hresult(text: &str) -> bool {
    static FACILITIES: Section = lexicon::PRIVATE_WORDS.section("facilities");
    let lower = text.to_ascii_lowercase();
    text.len() == 8 && FACILITIES.iter().any(|facility| lower.starts_with(facility))
}

/// The name of a standard, a product with its version, or a constant.
fn is_standard(text: &str) -> bool {
    let lower = text.to_lowercase();
    let capitals = |it: u8| it.is_ascii_uppercase() || it.is_ascii_digit() || b"_-".contains(&it);
    let is_cipher = |part: &&str| CIPHERS.iter().any(|it| part.starts_with(it));
    let constant = text.bytes().all(capitals)
        && (text.split('_').any(|part| CONSTANTS.contains(&part))
            || text.split('-').filter(is_cipher).count() > 1);
    let bulletin = lower
        .strip_prefix("ms")
        .is_some_and(|rest| rest.len() == 6 && rest.as_bytes().get(2) == Some(&b'-'));
    // KB5034441, AES256, Wi-Fi6E
    let numbered = NUMBERED.iter().any(|prefix| {
        lower.strip_prefix(prefix).is_some_and(|rest| {
            let digits = rest.trim_start_matches(|it: char| it.is_ascii_digit());
            digits.len() < rest.len() && digits.len() <= 1
        })
    });
    constant
        || bulletin
        || numbered
        || STANDARDS.iter().any(|prefix| lower.starts_with(prefix))
        || is_product(text)
}

/// A model of a maker: SM-G991Q, SO-51A, iPhone12,1, UP1A.231005.007.
fn is_model(text: &str) -> bool {
    let bytes = text.as_bytes();
    let Some((maker, number)) = text.split_once('-') else {
        // A build of Android: two letters, a digit, a letter.
        return matches!(bytes, [a, b, c, d] if a.is_ascii_uppercase() && b.is_ascii_uppercase() && c.is_ascii_digit() && d.is_ascii_uppercase());
    };
    let capitals = maker.bytes().all(|it| it.is_ascii_uppercase());
    let carrier = (1..=2).contains(&maker.len())
        && matches!(number.as_bytes(), [a, b, c] if a.is_ascii_digit() && b.is_ascii_digit() && c.is_ascii_uppercase());
    let samsung = maker == "SM"
        && matches!(number.as_bytes(), [a, b, ..] if a.is_ascii_uppercase() && b.is_ascii_digit())
        && number.len() <= 6;
    let sharp = maker == "SH" && number.starts_with('M') && number.len() == 3;
    capitals && (carrier || samsung || sharp)
}

/// Whether a word that announces errors is right before an identifier of capitals and digits.
fn is_announced(line: &Line, start: usize, text: &str) -> bool {
    let of_shape = |it: char| it.is_ascii_uppercase() || it.is_ascii_digit() || "-_".contains(it);
    // A list of them is announced once: エラー AV-8023、TP-401-07.
    let gap = line.run_before(start, 60, |it| of_shape(it) || " :=([#は「\"、,/・と".contains(it));
    let head = line.lower((start - gap).saturating_sub(16), start - gap);
    let behind = line.skip_spaces(start + text.chars().count());
    let announced = ANNOUNCING.iter().any(|word| head.ends_with(&word.to_lowercase()));
    text.chars().all(of_shape)
        && text.len() <= 20
        && (announced || line.starts_with(behind, "エラー") || line.starts_with(behind, "error"))
}

/// A quotation that is a key, a constant or a piece of wording rather than a name that somebody gave.
fn is_wording(line: &Line, start: usize, end: usize, text: &str) -> bool {
    let behind = line.skip_spaces(end + 1);
    // A key of JSON or of a dictionary.
    if line.get(behind) == Some(':') && matches!(line.before(start), Some('"' | '\''))
        || is_state(text)
        || is_product(text)
    {
        return true;
    }
    // A quoted number is a number: errorCode="4026".
    let number = text.trim_start_matches(['-', '+']);
    let plain = number.len() <= 11 && number.bytes().all(|it| it.is_ascii_digit() || it == b'.');
    if plain || number.starts_with("0x") && number.len() <= 18 {
        return true;
    }
    let letters = text.bytes().all(|it| it.is_ascii_alphabetic() || b" .-".contains(&it));
    if !letters || text.is_empty() {
        return is_standard(text) && text.is_ascii() && text.contains('_');
    }
    let words: Vec<&str> = text.split(' ').collect();
    let capitals = text.bytes().filter(u8::is_ascii_uppercase).count();
    match words.as_slice() {
        // NotNow, MCInstallationErrorDomain, com.apple.mdm, ERROR
        [word] => {
            let small = word.bytes().any(|it| it.is_ascii_lowercase());
            capitals >= 2 && small || word.split('.').count() > 2 || capitals >= 3 && !small
        }
        // Access denied, not found
        [_, rest @ ..] => {
            rest.iter().all(|word| !word.starts_with(|it: char| it.is_ascii_uppercase()))
        }
        [] => true,
    }
}

/// `iOS/iPadOS/macOS`: things of one kind side by side, no path.
fn is_list(text: &str) -> bool {
    !text.starts_with(['/', '~', '.', '\\'])
        && text.contains('/')
        && !text.contains(['\\', '.', '%', ':', '@'])
        && text.split('/').all(|part| {
            !part.is_empty()
                && (is_product(part)
                    || part.starts_with(|it: char| it.is_ascii_uppercase())
                        && part.bytes().all(|it| it.is_ascii_alphabetic() || it == b'-'))
        })
        && !text.to_lowercase().contains("users/")
}

/// A key of the registry, as long as it names no user.
fn is_registry(text: &str) -> bool {
    ["HKLM", "HKEY_LOCAL_MACHINE", "HKCU", "HKEY_CURRENT_USER", "HKCR", "HKEY_CLASSES_ROOT"]
        .iter()
        .any(|hive| text.starts_with(hive))
        && !text.contains("S-1-5-21")
        && !text.chars().any(|it| !it.is_ascii() && !is_word(it))
}
