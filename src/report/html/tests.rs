//! The whole page part, and that it can do nothing but be read.

use jiff::civil::date;

use super::*;
use crate::report::samples;

const OPTIONS: HtmlOptions = HtmlOptions { language: Language::Ja, today: date(2026, 11, 23) };

#[test]
fn an_answer_has_its_parts_in_order() {
    let answer = samples::answer();
    let html = answer_html(&answer, &[], &[], &OPTIONS);
    let places: Vec<usize> = [
        "class=\"conclusion\"",
        "incident-list",
        "class=\"confidence",
        "cautions-heading",
        "class=\"passage\"",
        "根拠",
        "出典",
    ]
    .iter()
    .map(|part| html.find(part).unwrap_or_else(|| panic!("{part}\n{html}")))
    .collect();
    assert!(places.is_sorted(), "{places:?}");
    assert!(html.contains("ログの 4026 は、記事の 4027 と同じエラーです。"));
    let english = HtmlOptions { language: Language::En, ..OPTIONS };
    assert!(answer_html(&answer, &[], &[], &english).contains("Before you act"));
}

#[test]
fn a_long_message_leaves_room_for_its_remedy() {
    let mut answer = samples::answer();
    answer.incidents.truncate(1);
    let html = answer_html(&answer, &[], &[], &OPTIONS);
    assert!(html.contains("対処があります") && !html.contains("whole-message"), "{html}");
    for incident in &mut answer.incidents {
        incident.incident.message = "あ".repeat(5000);
    }
    let html = answer_html(&answer, &[], &[], &OPTIONS);
    let heading = html.split("class=\"message\">").nth(1).and_then(|it| it.split("</h3>").next());
    assert!(heading.is_some_and(|it| it.chars().count() < 300 && it.ends_with('…')), "{heading:?}");
    assert!(html.contains("全文"));
}

#[test]
fn text_of_logs_and_articles_is_text() {
    let hostile = "<script>x</script>\" onload='y' &amp; \u{1b}[2J\u{202e}";
    let mut answer = samples::answer();
    for incident in &mut answer.incidents {
        incident.incident.message = hostile.into();
        incident.incident.masked = hostile.into();
        incident.incident.devices = vec![hostile.into()];
        for remedy in incident.remedies.iter_mut().chain(&mut incident.related) {
            for text in [&mut remedy.title, &mut remedy.path, &mut remedy.passage, &mut remedy.id] {
                *text = hostile.to_owned();
            }
            remedy.source = Some("javascript:alert(1)".into());
            remedy.product = Some(hostile.into());
            remedy.section = vec![hostile.into()];
            remedy.cautions = vec![hostile.into()];
        }
    }
    let pasted = PastedText { name: Some(hostile), text: hostile };
    let html = answer_html(&answer, &[pasted], &[], &OPTIONS);
    // The id of an article goes back to the server as it is, and is shown nowhere.
    let parts = html.split("data-article=\"").enumerate();
    let outside = |(index, part): (usize, &'_ str)| match part.split_once('"') {
        Some((_, rest)) if index > 0 => rest.to_owned(),
        _ => part.to_owned(),
    };
    let shown: String = parts.map(outside).collect();
    assert!(!shown.contains(['\u{1b}', '\u{202e}']), "{shown}");
    // Nothing but the content of tags is obeyed by a browser.
    let tags: Vec<&str> =
        html.split('<').skip(1).filter_map(|tag| tag.split_once('>')).map(|(tag, _)| tag).collect();
    assert!(tags.len() > 50);
    for tag in tags {
        let name = tag.split([' ', '/']).find(|part| !part.is_empty()).unwrap_or_default();
        assert_ne!(name, "script", "{tag}");
        let outside: String = tag.split('"').step_by(2).collect();
        assert!(!outside.contains("onload") && !tag.contains("href=\"javascript"), "{tag}");
    }
}

#[test]
fn addresses_hold_any_id() {
    assert_eq!(address("a/b c\"<", "対"), "/articles/a/b%20c%22%3C#%E5%AF%BE");
}
