//! Reading grows with the text and no faster: counted for texts of every format, and for texts that open, quote,
//! label or announce something and never go on.

use std::collections::BTreeMap;

use crate::record::formats::samples;
use crate::record::{ReadOptions, Vocabulary, read};
use crate::source::total_looked_at;

/// Bytes of the shortest text, and how often it is doubled.
const LENGTH: usize = 1 << 10;
const DOUBLED: usize = 3;
/// How many times the text may grow when the work doubles, and how many times a plain log's it may be a byte.
const FASTEST: f64 = 2.2;
const MOST: f64 = 20.0;

/// Openers, quotation marks, labels and announcements of every format.
fn pieces() -> Vec<String> {
    let file: BTreeMap<String, Vec<String>> =
        toml::from_str(include_str!("../../tests/data/openers.toml")).expect("it is TOML");
    file.into_values().flatten().collect()
}

/// How many bytes are looked at to read a text.
fn looked_at(text: &[u8], vocabulary: &Vocabulary) -> u64 {
    let before = total_looked_at();
    let _ = read(None, text, &ReadOptions::default(), vocabulary);
    total_looked_at() - before
}

/// A text that a pattern makes, of about so many bytes.
struct Pattern {
    name: String,
    head: &'static str,
    piece: String,
}

impl Pattern {
    fn of_length(&self, bytes: usize) -> Vec<u8> {
        let times = (bytes / self.piece.len()).max(1);
        format!("{}{}", self.head, self.piece.repeat(times)).into_bytes()
    }
}

/// Texts that repeat each of the pieces: on lines of their own, in one line, inside a page and a table,
/// and beside each of some others; and the samples of every format, one after the other.
fn patterns(vocabulary: &Vocabulary) -> Vec<Pattern> {
    let mut patterns = Vec::new();
    let mut add = |head, piece: String| {
        let name = format!("{head}{piece:?}").chars().take(90).collect();
        patterns.push(Pattern { name, head, piece });
    };
    let pieces = pieces();
    for (place, piece) in pieces.iter().enumerate() {
        add("", format!("{piece}\n"));
        add("", piece.clone());
        add("<table><tr><td>", piece.clone());
        add("日時,端末名,メッセージ\n", format!("a,{piece}\n"));
        for step in [1, 5, 11] {
            let other = &pieces[(place + step) % pieces.len()];
            add("", format!("{piece}{other}\n{other}\n"));
        }
    }
    add("[", "{\"msg\":\"push failed\"},".to_owned());
    for paste in samples::pastes(vocabulary) {
        add("", format!("{}\n", paste.trim_end()));
    }
    patterns
}

/// A line that is like no other: each is a message of its own.
fn distinct_lines(bytes: usize) -> Vec<u8> {
    let mut text = String::new();
    let mut number = 1_u64;
    while text.len() < bytes {
        number = number.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        let word: String =
            (0..8_u8).map(|at| char::from(b'a' + ((number >> (at * 7)) % 26) as u8)).collect();
        text.push_str(&format!("the {word} could not {word}ise the x{word}\n"));
    }
    text.into_bytes()
}

fn random_bytes(bytes: usize) -> Vec<u8> {
    let mut state = 0x9E37_79B9_7F4A_7C15_u64;
    let mut next = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state >> 56) as u8
    };
    // Without what tells a binary file, which is not read at all.
    (0..bytes).map(|_| next()).map(|byte| if byte < 0x20 { b' ' } else { byte }).collect()
}

/// How many times the work grows when a text doubles, and how much it is a byte.
fn measure(from: usize, vocabulary: &Vocabulary, text: &dyn Fn(usize) -> Vec<u8>) -> (f64, f64) {
    let texts = (0..=DOUBLED).map(|step| text(from << step));
    #[expect(clippy::cast_precision_loss, reason = "counts are far below 2^52")]
    let works = texts.map(|text| (text.len() as f64, looked_at(&text, vocabulary) as f64));
    let works: Vec<(f64, f64)> = works.collect();
    // A whole number of pieces is not always twice as long: what counts is the mean over all doublings, and the last.
    let ratio = |from: usize, to: usize| match (works.get(from), works.get(to)) {
        (Some(short), Some(long)) => (long.1 / short.1) / (long.0 / short.0),
        _ => 0.0,
    };
    let mean = 2.0 * ratio(0, DOUBLED).powf(1.0 / f64::from(DOUBLED as u8));
    let growth = mean.max(2.0 * ratio(DOUBLED - 1, DOUBLED));
    (growth, works.last().map_or(0.0, |(bytes, work)| work / bytes))
}

/// The complaint about how the work for a text grows; `None` where it grows with the text.
fn complaint(
    name: &str,
    plain: f64,
    vocabulary: &Vocabulary,
    text: &dyn Fn(usize) -> Vec<u8>,
) -> Option<String> {
    let (mut growth, mut each) = measure(LENGTH, vocabulary, text);
    if growth > FASTEST {
        // Work that begins at some length is a step; what grows faster goes on to.
        (growth, each) = measure(LENGTH << (DOUBLED + 1), vocabulary, text);
    }
    let factor = each / plain;
    (growth > FASTEST || factor > MOST)
        .then(|| format!("{name}: ×{growth:.2} when doubled, {factor:.1} × a plain log"))
}

#[test]
fn work_grows_with_the_text_and_no_faster() {
    let vocabulary = Vocabulary::default();
    let log = "2024-05-08 10:00:01 the disk of the device is full\n".repeat(320);
    #[expect(clippy::cast_precision_loss, reason = "counts are far below 2^52")]
    let plain = looked_at(log.as_bytes(), &vocabulary) as f64 / log.len() as f64;
    assert!(plain > 0.0, "nothing is counted");
    let patterns = patterns(&vocabulary);
    assert!(patterns.len() >= 200);
    let wrong = |patterns: &[Pattern]| -> Vec<String> {
        let of =
            |it: &Pattern| complaint(&it.name, plain, &vocabulary, &|bytes| it.of_length(bytes));
        patterns.iter().filter_map(of).collect()
    };
    // Each thread counts for itself.
    let mut wrong: Vec<String> = std::thread::scope(|scope| {
        let parts = patterns.chunks(patterns.len().div_ceil(4));
        let threads: Vec<_> = parts.map(|part| scope.spawn(move || wrong(part))).collect();
        threads.into_iter().flat_map(|thread| thread.join().expect("reading ends")).collect()
    });
    wrong.extend(complaint("distinct lines", plain, &vocabulary, &distinct_lines));
    wrong.extend(complaint("random bytes", plain, &vocabulary, &random_bytes));
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
