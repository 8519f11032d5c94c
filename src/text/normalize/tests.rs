use proptest::prelude::*;

use super::{fold, normalize};

crate::source::cases! {
    spellings: |written| normalize(written).text().to_owned();
}

#[test]
fn a_range_leads_back_to_what_was_written() {
    let cases = [
        ("ｻｰﾊﾞｰを再起動", "サーバー", "ｻｰﾊﾞｰ"),
        ("サ―バ―", "バー", "バ―"),
        ("㍿の", "式会", "㍿"),
        ("プッシュ・サーバー", "プッシュ", "プッシュ"),
        ("プッシュ・サーバー", "サーバー", "サーバー"),
        ("プッシュ・サーバー", "プッシュサーバー", "プッシュ・サーバー"),
        ("ヴァージョンＡ", "バー", "ヴァー"),
        ("時々だ", "時時", "時々"),
        ("ABC", "bc", "BC"),
    ];
    for (written, part, expected) in cases {
        let normalized = normalize(written);
        let at = normalized.text().find(part).expect("the part stands in the text");
        let range = normalized.original(at..at + part.len());
        assert_eq!(written.get(range), Some(expected), "{written}: {part}");
    }
}

#[test]
fn labels_are_compared_without_regard_to_writing() {
    let same = [
        ("アップル・ＩＤ", "アップルID"),
        (" 最終　アクセス ", "最終 アクセス"),
        ("ｽﾃｰﾀｽ", "ステータス"),
    ];
    for (one, other) in same {
        assert_eq!(fold(one), fold(other));
    }
    assert_ne!(fold("最終アクセス"), fold("最終アクセス日時"));
}

/// Characters that the rules treat, between any others.
fn text() -> impl Strategy<Value = String> {
    let treated = "[ -~ァ-ヿぁ-ゟー・―‐々ゝゞヽヾヴㇰ-ㇿ﨑髙國﷼㍿ｦ-ﾟ！-～\u{300}-\u{36f}三十百万ヶヵ\u{e000}\u{e001}]{0,24}";
    prop_oneof![treated, "\\PC{0,24}", any::<String>()]
}

proptest! {
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
