//! `shirube mask`.

use crate::run::Run;

const LOG: &str = include_str!("../../examples/logs/bizmobile-operation-log.tsv");

#[test]
fn as_many_lines_come_out_as_went_in() {
    let result = Run::new().paste(&["mask"], LOG);
    assert_eq!(result.status, 0, "{}", result.err);
    assert_eq!(result.out.lines().count(), LOG.lines().count());
    assert!(!result.out.contains("sales_20240513"), "{}", result.out);
    assert!(!result.out.contains("2024年"), "{}", result.out);
}

#[test]
fn names_in_columns_do_not_leave_the_house() {
    let run = Run::new();
    for arguments in [&["mask"][..], &["mask", "--groups"], &["mask", "--map", "map.tsv"]] {
        let result = run.paste(arguments, LOG);
        for name in ["佐藤", "高橋", "鈴木", "sato_iPhone12", "\"sa..."] {
            assert!(!result.out.contains(name), "{arguments:?} {name}: {}", result.out);
        }
    }
    let masked = run.paste(&["mask"], LOG).out;
    assert_eq!(run.paste(&["mask"], masked.as_str()).out, masked);
}

#[test]
fn the_same_message_has_the_same_signature() {
    let run = Run::new();
    let result = run.paste(
        &["mask", "--signatures"],
        "プロファイル\"a\"を変更できません\nプロファイル\"b\"を変更できません\n別の文面\n",
    );
    let signatures: Vec<&str> =
        result.out.lines().filter_map(|line| line.split('\t').next()).collect();
    assert_eq!(signatures[0], signatures[1]);
    assert_ne!(signatures[0], signatures[2]);
    assert!(signatures.iter().all(|signature| signature.len() == 16));
}

#[test]
fn lines_of_one_incident_have_one_key() {
    let log = "session opened for user cyrus\nsession opened for user news\nsession opened for user root\ndisk full\n";
    let result = Run::new().paste(&["mask", "--groups"], log);
    let keys: Vec<&str> = result.out.lines().filter_map(|line| line.split('\t').next()).collect();
    assert_eq!(keys.len(), 4, "{}", result.out);
    assert_eq!([keys[0], keys[0]], [keys[1], keys[2]]);
    assert_ne!(keys[0], keys[3]);
}

#[test]
fn what_a_map_masked_comes_back() {
    let run = Run::new();
    let log = "connect 10.0.0.7 failed, <ip-1> is no address\r\nconnect 10.0.0.9 failed";
    let masked = run.paste(&["mask", "--map", "map.tsv"], log);
    assert_eq!(masked.status, 0, "{}", masked.err);
    assert!(!masked.out.contains("10.0.0"), "{}", masked.out);
    let back = run.paste(&["mask", "--map", "map.tsv", "--unmask"], masked.out.as_str());
    assert_eq!(back.out, log);
    // The map is kept: a value has the pseudonym that it had.
    let again = run.paste(&["mask", "--map", "map.tsv"], log);
    assert_eq!(again.out, masked.out);
}

#[test]
fn a_file_that_is_no_map_is_left_alone() {
    let run = Run::new();
    let path = run.write("map.tsv", "<ip-1>\t10.0.0.1\nnotes\n");
    let result = run.paste(&["mask", "--map", "map.tsv"], "10.0.0.2");
    assert_eq!((result.status, result.out.as_str()), (2, ""));
    assert!(result.err.contains("map.tsv:2"), "{}", result.err);
    let kept = std::fs::read_to_string(path).expect("it is still there");
    assert_eq!(kept, "<ip-1>\t10.0.0.1\nnotes\n");
    let missing = run.paste(&["mask", "--map", "none.tsv", "--unmask"], "<ip-1>");
    assert_eq!(missing.status, 2);
}

/// Texts as people paste them, with what must go of them and what must stay.
fn forms() -> Vec<(String, Vec<String>, Vec<String>)> {
    let words = |value: &serde_json::Value| -> Vec<String> {
        let list = value.as_array().expect("a list of words");
        list.iter().map(|it| it.as_str().expect("a word").to_owned()).collect()
    };
    include_str!("../data/masking/forms.jsonl")
        .lines()
        .map(|line| {
            let form: serde_json::Value = serde_json::from_str(line).expect("JSON");
            let text = form["text"].as_str().expect("a text").to_owned();
            (text, words(&form["go"]), words(&form["stay"]))
        })
        .collect()
}

#[test]
fn every_form_in_one_paste_is_masked_and_codes_stay() {
    let run = Run::new();
    let forms = forms();
    let paste: String = forms.iter().map(|(text, _, _)| format!("{text}\n\n")).collect();
    for arguments in [&["mask"][..], &["mask", "--map", "map.tsv"]] {
        let result = run.paste(arguments, paste.as_str());
        assert_eq!(result.out.lines().count(), paste.lines().count());
        let (mut lines, mut faults) = (result.out.lines(), Vec::new());
        for (text, go, stay) in &forms {
            let masked: Vec<&str> = lines.by_ref().take(text.lines().count() + 1).collect();
            let masked = masked.join("\n");
            let left = go.iter().filter(|word| masked.contains(word.as_str()));
            let lost = stay.iter().filter(|word| !masked.contains(word.as_str()));
            faults.extend(left.map(|word| format!("left {word}: {masked}")));
            faults.extend(lost.map(|word| format!("lost {word}: {masked}")));
        }
        assert!(faults.is_empty(), "{arguments:?}\n{}", faults.join("\n"));
        assert!(result.err.contains("自由文の名前は伏せられません"), "{}", result.err);
    }
}

#[test]
fn nothing_steers_the_terminal() {
    let hostile = "a\tb \u{1b}]0;title\u{7} \u{9b}2J \u{202e}x\u{2066} over\rwritten\n";
    let run = Run::new();
    for arguments in [&["mask"][..], &["mask", "--groups"], &["mask", "--map", "map.tsv"]] {
        let out = run.paste(arguments, hostile).out;
        let steering = |it: char| {
            it.is_control() && !matches!(it, '\n' | '\t') || matches!(it, '\u{202e}' | '\u{2066}')
        };
        assert!(!out.contains(steering), "{arguments:?} {out:?}");
        assert!(out.contains("a\tb"), "{out:?}");
    }
    let masked = run.paste(&["mask", "--map", "map.tsv"], hostile).out;
    assert_eq!(run.paste(&["mask", "--map", "map.tsv", "--unmask"], masked.as_str()).out, hostile);
}
