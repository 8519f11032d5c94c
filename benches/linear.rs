//! How the time to read a paste grows with it: for each kind of text the times at one length and at those that
//! doubling gives, the mean ratio, and the factor to a plain log. No figure decides anything; `record::work` has
//! the test. A word after `--` picks the kinds whose names hold it.
#![expect(clippy::disallowed_methods, reason = "a bench reads the clock and its own arguments")]

use std::time::Instant;

use shirube::record::{ReadOptions, Vocabulary, read};

/// Bytes of the smallest text.
const LENGTH: usize = 1 << 16;
/// How often it is doubled.
const DOUBLED: u32 = 3;

/// A name, and what the text repeats.
const TEXTS: &[(&str, &str)] = &[
    ("plain log", "2024-05-08 10:00:01 ERROR the disk of the device is full\n"),
    ("syslog", "Oct 11 22:14:16 mymachine kernel[7]: disk sda is gone\n"),
    (
        "cmtrace",
        "<![LOG[The service did not answer.]LOG]!><time=\"08:12:41.770\" date=\"9-14-2023\" component=\"Health\" context=\"\" type=\"3\" thread=\"1\" file=\"\">\n",
    ),
    (
        "logfmt",
        "level=info ts=2024-05-11T04:18:01.421Z caller=endpoint.go:186 op=GetCACert error=null took=88.1\n",
    ),
    ("logcat", "05-08 10:00:01.123  1234  5678 E DevicePolicy: cannot install package\n"),
    ("json lines", "{\"level\":50,\"time\":1531171082399,\"msg\":\"push failed\"}\n"),
    ("json lines without a message", "{\"a\":1,\"b\":\"c\"}\n"),
    ("json array in one line", "{\"msg\":\"push failed\"},"),
    ("wide label", "あい：\n"),
    ("ampersands in a cell", "&"),
    ("unterminated escape", "\u{1b}]"),
    ("references and tags", "&#32;<b>"),
    ("open brackets", "(\n"),
    ("open braces", "{\n"),
    ("open dictionaries", "<dict>\n"),
    ("open quotes", "a,\"b\n"),
    ("ns-error fields", "Desc : x\n"),
    ("open entries", "<![LOG[\n"),
    ("mail quotations", "> "),
    ("labels", "端末名 状態 "),
    ("events that end nowhere", "<Event xmlns='x'><System>\n"),
    ("closed tags", "</td></tr>"),
    ("random bytes", ""),
    ("distinct lines", ""),
];

/// A line that no other line is like: grouping and template learning see as many messages as there are lines.
fn distinct_line(number: usize) -> String {
    const LETTERS: &[u8] = b"abcdefghijklmnopqrstuvwxyz";
    let mut word = String::new();
    let mut rest = number.wrapping_mul(2_654_435_761) % (1 << 31);
    while rest > 0 {
        word.extend(LETTERS.get(rest % LETTERS.len()).map(|letter| char::from(*letter)));
        rest /= LETTERS.len();
    }
    format!("the {word} of x{word} failed to {word}ise\n")
}

/// Bytes that say nothing, the same in each run.
fn random_bytes(length: usize) -> Vec<u8> {
    let mut state = 0x9E37_79B9_7F4A_7C15_u64;
    let mut next = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        u8::try_from(state >> 56).unwrap_or_default()
    };
    (0..length).map(|_| next()).collect()
}

fn text(name: &str, piece: &str, bytes: usize) -> Vec<u8> {
    let body = || piece.repeat(bytes / piece.len().max(1));
    let text = match name {
        "json array in one line" => format!("[{}]", body().trim_end_matches(',')),
        "ampersands in a cell" | "references and tags" => {
            format!("<table><tr><td>{}</td></tr></table>", body())
        }
        "open quotes" => format!("日時,端末名,メッセージ\n{}", body()),
        "random bytes" => return random_bytes(bytes),
        "distinct lines" => {
            let mut text = String::new();
            for number in 1.. {
                if text.len() >= bytes {
                    break;
                }
                text.push_str(&distinct_line(number));
            }
            text
        }
        _ => body(),
    };
    text.into_bytes()
}

fn time(text: &[u8], vocabulary: &Vocabulary) -> f64 {
    // The least of three: whatever else the machine does only adds.
    let once = || {
        let start = Instant::now();
        let reading = read(None, text, &ReadOptions::default(), vocabulary);
        let passed = start.elapsed();
        assert!(reading.records < u64::MAX);
        passed.as_secs_f64() * 1e3
    };
    (0..3).map(|_| once()).fold(f64::INFINITY, f64::min)
}

fn main() {
    let only = std::env::args().skip(1).find(|argument| !argument.starts_with('-'));
    let vocabulary = Vocabulary::default();
    print(
        "| text | ms of each length | ratio when doubled | times a plain log |\n|---|---|---|---|",
    );
    let mut plain = None;
    for (name, piece) in TEXTS {
        if plain.is_some() && only.as_ref().is_some_and(|only| !name.contains(only)) {
            continue;
        }
        let times: Vec<f64> = (0..=DOUBLED)
            .map(|step| time(&text(name, piece, LENGTH << step), &vocabulary))
            .collect();
        let [first, .., last] = times.as_slice() else { continue };
        let growth = (last / first).powf(1.0 / f64::from(DOUBLED));
        let factor = last / *plain.get_or_insert(*last);
        let told: Vec<String> = times.iter().map(|time| format!("{time:.1}")).collect();
        let told = told.join(", ");
        print(&format!("| {name} | {told} | {growth:.2} | {factor:.1} |"));
    }
}

#[expect(clippy::print_stdout, reason = "the table is what the bench is for")]
fn print(line: &str) {
    println!("{line}");
}
