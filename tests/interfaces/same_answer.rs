//! Whichever way a paste comes in, the answer is the same, byte for byte.

use std::fs;
use std::path::Path;

use serde_json::json;
use shirube::index::Root;
use shirube::source::Language;
use shirube::{AnswerOptions, KnowledgeBase, Paste, report};

use crate::program::{HttpServer, Place, TODAY, command_line, text};

/// Pastes: the examples, those of the evaluation, and some that no article answers.
const PASTES: &[&str] = &[
    "examples/logs/bizmobile-operation-log.tsv",
    "examples/logs/bizmobile-device-status.txt",
    "examples/logs/mobiconnect-jobs.csv",
    "tests/data/eval/mdm/pastes/dev-02-device-detail-locked.txt",
    "tests/data/eval/mdm/pastes/dev-03-alarm-mail.txt",
    "tests/data/eval/mdm/pastes/dev-04-error-chain.txt",
    "tests/data/eval/mdm/pastes/dev-06-phone-memo.txt",
    "tests/data/eval/mdm/pastes/dev-07-windows-event.txt",
    "tests/data/eval/mdm/pastes/dev-08-two-problems.txt",
    "tests/data/eval/mdm/pastes/dev-11-none-room-mail.txt",
    "tests/data/eval/mdm/pastes/test-01-quoted-mail.txt",
    "tests/data/eval/mdm/pastes/test-03-apple-info.txt",
    "tests/data/eval/mdm/pastes/test-04-intune-table.txt",
    "tests/data/eval/mdm/pastes/test-07-clomo-renewal.txt",
    "tests/data/eval/mdm/pastes/test-08-csv-2015.txt",
    "tests/data/eval/mdm/pastes/test-11-none-stack.txt",
    "tests/data/undocumented/base64.txt",
    "tests/data/undocumented/blank-lines.txt",
];

/// Questions, which have options of their own.
const QUESTIONS: &[&str] =
    &["同期が完了しない", "プッシュ証明書を更新したい", "how do I cook rice"];

fn paste(name: &str) -> Vec<u8> {
    fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join(name)).expect(name)
}

#[tokio::test(flavor = "multi_thread")]
async fn every_way_in_gives_the_same_answer() {
    let place = Place::new();
    let client = place.client(&[]).await;
    let http = HttpServer::start(&place);
    let manual = KnowledgeBase::open(Root::Embedded).expect("it is built");
    let today: jiff::civil::DateTime = TODAY.parse().expect("a day is a time, too");
    let options = AnswerOptions::at(today);
    let mut answered = 0;
    for name in PASTES {
        let bytes = paste(name);
        let answer = manual.answer(&bytes, &options).expect("the index is sound");
        answered += usize::from(answer.incidents.iter().any(|found| !found.remedies.is_empty()));
        let library = report::json(&answer, Language::Ja);
        assert_eq!(command_line(&place, &[], &bytes), library, "{name}");
        assert_eq!(http.answer("", &bytes), library, "{name}");
        // The protocol is UTF-8: its client has decoded what it pastes.
        let log = shirube::source::decode(&bytes).text;
        let result = client.call("answer_log", json!({ "log": log })).await;
        assert_eq!(text(&result, 1), library, "{name}");
    }
    for question in QUESTIONS {
        let answer =
            manual.answer(Paste::question(*question), &options).expect("the index is sound");
        answered += usize::from(answer.incidents.iter().any(|found| !found.remedies.is_empty()));
        let library = report::json(&answer, Language::Ja);
        assert_eq!(command_line(&place, &["-q", question], b""), library, "{question}");
        assert_eq!(http.answer(question, b""), library, "{question}");
        let result = client.call("search_manual", json!({ "question": question })).await;
        assert_eq!(text(&result, 1), library, "{question}");
    }
    assert!(PASTES.len() + QUESTIONS.len() >= 20 && answered >= 8, "{answered}");
    client.end().await;
}
