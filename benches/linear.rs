//! How the time to read a paste grows with it: for each kind of text the time at one size and at twice that,
//! the ratio, and the factor to a plain log. No figure decides anything; `record::work` has the test.

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use shirube::record::{ReadOptions, Vocabulary, read};

/// Bytes of the smaller text.
const LENGTH: usize = 1 << 20;

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
];

#[expect(clippy::disallowed_methods, reason = "a bench is what reads a clock")]
fn time(text: &str, vocabulary: &Vocabulary) -> Duration {
    let start = Instant::now();
    let reading = read(None, text.as_bytes(), &ReadOptions::default(), vocabulary);
    let passed = start.elapsed();
    assert!(reading.records < u64::MAX);
    passed
}

fn text(name: &str, piece: &str, bytes: usize) -> String {
    let body = piece.repeat(bytes / piece.len());
    match name {
        "json array in one line" => format!("[{}]", body.trim_end_matches(',')),
        "ampersands in a cell" | "references and tags" => {
            format!("<table><tr><td>{body}</td></tr></table>")
        }
        "open quotes" => format!("日時,端末名,メッセージ\n{body}"),
        _ => body,
    }
}

fn main() {
    let vocabulary = Vocabulary::default();
    let mut table = String::from(
        "| text | 1 MiB, ms | 2 MiB, ms | ratio | times a plain log |\n|---|---|---|---|---|\n",
    );
    let mut plain = 0.0;
    for (name, piece) in TEXTS {
        let [once, twice] = [LENGTH, 2 * LENGTH]
            .map(|bytes| time(&text(name, piece, bytes), &vocabulary).as_secs_f64() * 1e3);
        if plain == 0.0 {
            plain = twice;
        }
        let (ratio, factor) = (twice / once, twice / plain);
        let _ = writeln!(table, "| {name} | {once:.1} | {twice:.1} | {ratio:.2} | {factor:.1} |");
    }
    #[expect(clippy::print_stdout, reason = "the table is what the bench is for")]
    {
        print!("{table}");
    }
}
