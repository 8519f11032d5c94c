use proptest::prelude::*;

use super::{Normalized, compose, fold, normalize, spell};

crate::source::cases! {
    spellings: |written| normalize(written).text().to_owned();
    labels: fold;
    ranges_of_spellings: |text| {
        let (written, part) = text.split_once(" | ").expect("a text and a part of its spelling");
        let normalized = normalize(written);
        let at = normalized.text().find(part).expect("the part is in the text");
        shown(written.get(normalized.original(at..at + part.len())))
    };
}

/// Characters that the rules treat, between any others.
fn text() -> impl Strategy<Value = String> {
    let treated = "[ -~ァ-ヿぁ-ゟー・―‐々ゝゞヽヾヴㇰ-ㇿ﨑髙國﷼㍿ｦ-ﾟ！-～\u{300}-\u{36f}一三十百万数端末ヶヵケカ\u{e000}\u{e001}]{0,24}";
    // Few, so that each comes beside each.
    let beside = "[ーアァヴ一端か\u{3099}-]{0,12}";
    let counted = "[ーカケ・三々ヽ（３A]{0,12}";
    prop_oneof![treated, beside, counted, "\\PC{0,24}", any::<String>()]
}

proptest! {
    #[test]
    fn stretches_are_spelled_as_letter_by_letter(text in text()) {
        let mut letters = Vec::new();
        compose::compose(&text, 0, &mut letters);
        let mut one_by_one = Normalized { original_length: text.len(), ..Normalized::default() };
        spell::spell(&letters, &mut one_by_one);
        // An ASCII text is one run.
        let normalized = normalize(&text);
        prop_assert_eq!(normalized.text(), one_by_one.text());
        if !text.is_ascii() {
            prop_assert_eq!(normalized, one_by_one);
        }
    }

    #[test]
    fn normalizing_twice_changes_nothing(text in text()) {
        let once = normalize(&text);
        let twice = normalize(once.text());
        prop_assert_eq!(once.text(), twice.text());
    }

    #[test]
    fn every_range_stands_in_the_original(text in text()) {
        let normalized = normalize(&text);
        let bounds: Vec<usize> =
            normalized.text().char_indices().map(|(at, _)| at).chain([normalized.text().len()]).collect();
        for pair in bounds.windows(2) {
            if let [start, end] = *pair {
                let range = normalized.original(start..end);
                prop_assert!(text.get(range.clone()).is_some_and(|part| !part.is_empty()), "{:?}", range);
            }
        }
    }
}
