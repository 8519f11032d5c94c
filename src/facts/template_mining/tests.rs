use super::*;

fn joined(messages: &[&str]) -> Vec<usize> {
    let wordings: Vec<Wording<'_>> =
        messages.iter().map(|m| Wording { wording: m.as_bytes(), codes: &[] }).collect();
    join(&wordings)
}

fn are_one(messages: &[&str]) {
    assert_eq!(joined(messages), vec![0; messages.len()], "{messages:?}");
}

fn are_apart(messages: &[&str]) {
    assert_eq!(joined(messages), (0..messages.len()).collect::<Vec<_>>(), "{messages:?}");
}

#[test]
fn an_announced_word_that_takes_enough_values_is_a_name() {
    are_one(&[
        "session opened for user cyrus",
        "session opened for user news",
        "session opened for user root",
    ]);
    are_one(&["domain root_a is lost", "domain root_b is lost"]);
    are_one(&["relay=none, size=\u{1}", "relay=mail, size=\u{1}"]);
    are_one(&["class \"Foo\" is gone", "class \"Bar\" is gone"]);
}

#[test]
fn two_words_are_two_messages() {
    are_apart(&["user unknown", "user locked"]);
    are_apart(&["cannot open it", "cannot read it", "cannot write it"]);
    are_apart(&["backup of disk failed", "backup of disk succeeded", "backup of disk completed"]);
    are_apart(&["power=on for the host", "power=off for the host"]);
}

#[test]
fn a_word_that_takes_many_values_is_a_variable() {
    let services = ["cron", "mail", "print", "proxy", "clock"];
    let one: Vec<String> =
        services.iter().map(|name| format!("stopping {name} took too long")).collect();
    are_one(&one.iter().map(String::as_str).collect::<Vec<_>>());
    let two: Vec<String> = services
        .iter()
        .zip(services.iter().skip(1).chain(["swap"].iter()))
        .map(|(one, other)| format!("the {one} waits until {other} has come up again"))
        .collect();
    are_one(&two.iter().map(String::as_str).collect::<Vec<_>>());
}

#[test]
fn beside_a_value_a_word_is_a_value() {
    are_one(&[
        "connection closed again by \u{1} too early",
        "connection closed again by peer too early",
    ]);
    are_one(&["gw:\u{1} closed, nothing was received", "\u{1} closed, nothing was received"]);
    are_apart(&["the job \u{1} has come to its end", "the job that has come to its end"]);
}

#[test]
fn what_stands_in_brackets_may_be_a_variable() {
    are_one(&["(\u{1}) CMD (run-parts \u{1})", "(\u{1}) CMD (test -x \u{1} || run)"]);
    are_apart(&["link (up) on it", "link (down) on it"]);
    are_apart(&["Intent { flg=\u{1} cmp=\u{1} }", "Intent { act=\u{1} flg=\u{1} }"]);
}

#[test]
fn the_order_changes_nothing_but_the_indices() {
    let users = ["for user anna", "for user bea", "other", "for user carl"];
    assert_eq!(joined(&users), [0, 0, 2, 0]);
    let reversed: Vec<&str> = users.iter().rev().copied().collect();
    assert_eq!(joined(&reversed), [0, 1, 0, 0]);
}
