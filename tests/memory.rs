//! Memory to read a paste and to answer it is bounded by its size, whatever it is: the peak, as an allocator counts it.
#![expect(clippy::print_stderr, reason = "the figures are told with --nocapture")]

use peak_alloc::PeakAlloc;
use shirube::index::Root;
use shirube::report;
use shirube::source::Language;
use shirube::{AnswerOptions, KnowledgeBase, Paste};

/// Counts what is allocated; the unsafe part of it is the crate's.
#[global_allocator]
static ALLOCATOR: PeakAlloc = PeakAlloc;

/// The memory that any paste may take, and how often its answer may be held.
const ALWAYS: usize = 64 << 20;
const FACTOR: usize = 4;

/// Bytes of a text; the bounds do not depend on it, the time of the test does.
const LENGTH: usize = 1 << 18;

/// Lines that no two are alike.
fn distinct_lines() -> String {
    let mut number = 1_u64;
    let mut text = String::new();
    while text.len() < LENGTH {
        number = number.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        let letter =
            |at: u64| char::from(b'a' + u8::try_from((number >> (at * 7)) % 26).unwrap_or(0));
        let word: String = (0..8).map(letter).collect();
        text.push_str(&format!("the {word} could not {word}ise the x{word}\n"));
    }
    text
}

/// A binary property list that refers to itself: eight levels of ten references, two hundred bytes.
fn bomb() -> Vec<u8> {
    let mut bytes = b"bplist00".to_vec();
    let mut offsets = Vec::new();
    for level in 0..8_u8 {
        offsets.push(u8::try_from(bytes.len()).expect("it is short"));
        bytes.push(0xAA);
        bytes.extend([level + 1; 10]);
    }
    offsets.push(u8::try_from(bytes.len()).expect("it is short"));
    bytes.extend(b"\x55x: y!");
    let table = bytes.len() as u64;
    bytes.extend(&offsets);
    bytes.extend([0, 0, 0, 0, 0, 0, 1, 1]);
    for number in [offsets.len() as u64, 0, table] {
        bytes.extend(number.to_be_bytes());
    }
    bytes
}

fn pastes() -> Vec<(&'static str, Vec<u8>)> {
    let of = |piece: &str| piece.repeat(LENGTH / piece.len()).into_bytes();
    vec![
        ("a bomb", bomb()),
        ("distinct lines", distinct_lines().into_bytes()),
        ("a plain log", of("2024-05-08 10:00:01 ERROR the disk of the device is full\n")),
        ("wide labels", of("あい：\n")),
        (
            "ampersands",
            format!("<table><tr><td>{}</td></tr></table>", "&".repeat(LENGTH)).into_bytes(),
        ),
        ("tags that nest", of("<div><table><tr><td>")),
        ("JSON that nests", of("[{\"a\":")),
        (
            "a JSON array in one line",
            format!("[{}1]", "{\"msg\":\"push failed\"},".repeat(LENGTH / 24)).into_bytes(),
        ),
        (
            "entities",
            of("<!DOCTYPE x [<!ENTITY a \"&b;&b;\">]>\n<plist><string>&a;</string></plist>\n"),
        ),
        (
            "quotes that never close",
            format!("日時,端末名,メッセージ\n{}", "a,\"b\n".repeat(LENGTH / 5)).into_bytes(),
        ),
        ("UTF-16", [b"\xFF\xFE".as_slice(), &b"a\0\n\0".repeat(LENGTH / 4)].concat()),
        ("facts", of("端末名 a 状態 b\n")),
    ]
}

#[test]
fn memory_is_bounded_by_the_paste() {
    let manual = KnowledgeBase::open(Root::Embedded).expect("it is built");
    let options = AnswerOptions::at(jiff::civil::date(2026, 11, 23).at(9, 30, 0, 0));
    // Tables that are built once and kept are no paste's.
    let _ = manual
        .answer(Paste::default().with_text("同期が完了しない\n".as_bytes()), &options)
        .expect("it is answered");
    let mut wrong = Vec::new();
    for (name, bytes) in pastes() {
        ALLOCATOR.reset_peak_usage();
        let before = ALLOCATOR.current_usage();
        let answer =
            manual.answer(Paste::default().with_text(bytes), &options).expect("it is answered");
        let written = report::json(&answer, Language::Ja);
        let peak = ALLOCATOR.peak_usage().saturating_sub(before);
        eprintln!("{name}: {} KiB, answered {} KiB", peak >> 10, written.len() >> 10);
        if peak > ALWAYS + FACTOR * written.len() {
            wrong.push(format!("{name}: {peak} bytes for an answer of {}", written.len()));
        }
        if name == "a bomb" {
            assert!(!answer.warnings.is_empty(), "it is told that the list was not expanded");
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
