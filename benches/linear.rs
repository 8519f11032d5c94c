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

/// A name, and what the text repeats. Behind them come the samples of all format files.
const TEXTS: &[(&str, &str)] = &[
    ("plain log", "2024-05-08 10:00:01 ERROR the disk of the device is full\n"),
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
    ("table", "日時\t端末名\tメッセージ\n2024-05-08 10:00:01\t端末1\t更新に失敗しました\n"),
    ("rows", "2024-05-08 10:00:01,端末1,警告,更新に失敗しました (12021)\n"),
    ("question", "端末の同期が終わらないのはなぜですか。"),
    ("mail", "From: a@example.com\nSubject: 端末\n\n端末の更新に失敗しました。\n"),
    (
        "event viewer",
        "ログの名前: System\nソース: disk\nイベント ID: 7\nレベル: エラー\n説明:\nディスクに不良があります。\n",
    ),
    ("dialog", "エラー\n端末を登録できませんでした。\nOK\n"),
    (
        "error chain",
        "Error Domain=MCErrorDomain Code=4001 \"失敗\" UserInfo={NSUnderlyingError=0x1}\n",
    ),
    ("terminal", "$ cfgutil list\nError: no device\n"),
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

/// The formats that are data, each with all of its samples.
fn formats() -> Vec<(String, String)> {
    let directory = concat!(env!("CARGO_MANIFEST_DIR"), "/kb/formats");
    let files = std::fs::read_dir(directory).expect("the repository has it");
    let mut files: Vec<_> = files.map(|file| file.expect("it can be read").path()).collect();
    files.sort();
    let format = |path: &std::path::PathBuf| {
        let text = std::fs::read_to_string(path).expect("it can be read");
        let format: toml::Table = text.parse().expect("a test reads it, too");
        let samples = format.get("sample").and_then(toml::Value::as_array).into_iter().flatten();
        let samples = samples.filter_map(|sample| sample.get("text")?.as_str());
        let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        (name, samples.collect())
    };
    files.iter().map(format).collect()
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
    let formats = formats();
    let formats = formats.iter().map(|(name, sample)| (name.as_str(), sample.as_str()));
    for (name, piece) in TEXTS.iter().copied().chain(formats) {
        if plain.is_some() && only.as_ref().is_some_and(|only| !name.contains(only.as_str())) {
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
