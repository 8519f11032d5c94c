use serde::Deserialize;

use super::*;
use crate::facts::{Pseudonyms, mask_line};
use crate::source::steers;

/// A text as people paste it, with what must go of it and what must stay.
#[derive(Debug, Deserialize)]
struct Form {
    text: String,
    go: Vec<String>,
    stay: Vec<String>,
}

fn forms() -> Vec<Form> {
    include_str!("../../../tests/data/masking/forms.jsonl")
        .lines()
        .map(|line| serde_json::from_str(line).expect("a form is an object with text, go and stay"))
        .collect()
}

/// The lines of a text masked in their order, as `mask` does.
fn masked(text: &str) -> String {
    let mut private = Private::default();
    text.lines().map(|line| private.mask(line) + "\n").collect()
}

fn faults(form: &Form, masked: &str) -> Vec<String> {
    let steering = |it: &String| it.chars().all(steers);
    let left = form.go.iter().filter(|it| !steering(it) && masked.contains(it.as_str()));
    let lost = form.stay.iter().filter(|it| !masked.contains(it.as_str()));
    let left = left.map(|it| format!("left {it}: {masked}"));
    left.chain(lost.map(|it| format!("lost {it}: {masked}"))).collect()
}

#[test]
fn what_must_go_goes_and_what_must_stay_stays() {
    let forms = forms();
    let (go, stay) = (forms.iter().filter(|form| !form.go.is_empty()).count(), forms.len());
    assert!(go >= 120 && stay >= 200, "{go} of {stay}");
    let faults: Vec<String> =
        forms.iter().flat_map(|form| faults(form, &masked(&form.text))).collect();
    assert!(faults.is_empty(), "{} faults\n{}", faults.len(), faults.join("\n"));
}

#[test]
fn so_it_does_with_a_map_and_comes_back() {
    for form in forms() {
        let mut map = Pseudonyms::default();
        let masked = map.mask(&form.text);
        let faults = faults(&form, &masked);
        assert!(faults.is_empty(), "{faults:?}");
        assert!(!masked.chars().any(|it| it != '\t' && steers(it)), "{masked:?}");
        assert_eq!(map.unmask(&masked), form.text);
    }
}

#[test]
fn what_is_masked_stays_as_it_is() {
    for form in forms() {
        for line in form.text.lines() {
            let once = mask_line(line);
            assert_eq!(mask_line(&once), once, "{line}");
        }
    }
}

proptest::proptest! {
    #[test]
    fn never_panics_and_ranges_are_text(
        text in r#"([a-zA-Z]{1,6}|[0-9]{1,11}|[-:./\\@=_"'()「」…%+,;<>{} ]|氏名|担当者|パスワード|user|password|佐藤|さん|様|SSID|CN=|内線|〒|です|は|-----BEGIN |eyJ|\\Users\\|東京都|市|番地|一二三){0,30}"#,
    ) {
        let mut private = Private::default();
        let role = private.role(&text);
        let mut at = 0;
        for variable in Private::variables(&text, role) {
            proptest::prop_assert!(variable.range.start >= at);
            proptest::prop_assert!(text.get(variable.range.clone()).is_some());
            at = variable.range.end;
        }
    }
}
