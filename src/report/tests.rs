//! Whole screens, as a support person sees them.

use jiff::civil::date;

use super::view::steers;
use super::{TextOptions, text};
use crate::report::samples;
use crate::search::Answer;
use crate::source::Language;

fn shown(language: Language, width: usize, color: bool, explain: bool) -> String {
    text(&samples::answer(), &TextOptions { color, explain, ..plain(language, width) })
}

fn plain(language: Language, width: usize) -> TextOptions<'static> {
    TextOptions::plain(language, width, date(2026, 11, 23))
}

#[test]
fn whole_screens() {
    for (name, language, width, explain) in [
        ("at_80_columns", Language::Ja, 80, false),
        ("at_40_columns", Language::Ja, 40, false),
        ("at_120_columns_in_english", Language::En, 120, false),
        ("with_the_parts_of_the_score", Language::En, 80, true),
    ] {
        insta::assert_snapshot!(name, shown(language, width, false, explain));
    }
}

#[test]
fn colour_changes_nothing_but_the_colour() {
    let colored = shown(Language::Ja, 80, true, false);
    let mut plain = String::new();
    for (index, part) in colored.split('\u{1b}').enumerate() {
        let text = if index == 0 { Some(part) } else { part.split_once('m').map(|(_, text)| text) };
        plain.push_str(text.expect("an escape ends with m"));
    }
    assert_eq!(plain, shown(Language::Ja, 80, false, false));
    assert!(colored.contains("\u{1b}[1;33m⚠ 実行前に\u{1b}[0m"));
}

#[test]
fn an_expired_remedy_opens_with_that() {
    let mut answer = samples::answer();
    answer.incidents.truncate(1);
    answer.incidents[0].related = Vec::new();
    answer.incidents[0].remedies = vec![samples::expired()];
    insta::assert_snapshot!(text(&answer, &plain(Language::Ja, 80)));
}

#[test]
fn nothing_of_a_log_steers_the_terminal() {
    assert!(!shown(Language::Ja, 80, false, true).chars().any(steers));
}

#[test]
fn an_empty_answer_says_so() {
    insta::assert_snapshot!(text(&Answer::default(), &plain(Language::En, 80)));
}

#[test]
fn of_a_message_that_fills_pages_the_beginning_is_shown() {
    let mut answer = samples::answer();
    for incident in &mut answer.incidents {
        incident.incident.message = "端末".repeat(30_000);
    }
    let shown = text(&answer, &plain(Language::Ja, 80));
    assert!(shown.contains('…') && shown.chars().count() < 20_000, "{}", shown.chars().count());
}
