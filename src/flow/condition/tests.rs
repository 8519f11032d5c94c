use jiff::civil::{DateTime, date};

use super::*;
use crate::flow::Truth::{self, True, Unknown};
use crate::flow::value::{self, Type, Value};
use crate::source::Language;
use crate::source::cases;

struct World(&'static [(&'static str, Type, &'static str)]);

impl Known for World {
    fn fact(&self, label: &str) -> Option<Value> {
        let found = self.0.iter().find(|(name, ..)| *name == label);
        found.map(|(_, kind, written)| value::read(*kind, written))
    }

    fn written(&self, label: &str) -> Option<String> {
        self.0.iter().find(|(name, ..)| *name == label).map(|(_, _, text)| (*text).to_owned())
    }

    fn incident(&self, message: &str) -> Truth {
        if message.contains("無効") { True } else { Unknown }
    }

    fn code(&self, written: &str) -> Truth {
        (written == "4026").into()
    }

    fn now(&self) -> Option<DateTime> {
        Some(date(2024, 5, 8).at(12, 0, 0, 0))
    }
}

const WORLD: World = World(&[
    ("要求", Type::Time, "2024-05-08 10:00:29"),
    ("アクセス", Type::Time, "2024-05-08 10:00:40"),
    ("分まで", Type::Time, "2024/05/08 10:00"),
    ("登録日時", Type::Time, "2024/05/01 10:00"),
    ("失効日", Type::Time, ""),
    ("ステータス", Type::Text, "ＰＵＳＨ送信中"),
    ("台数", Type::Number, "236"),
    ("OS", Type::Version, "8.4.1"),
    ("完了", Type::Truth, "FALSE"),
    ("アラーム", Type::Messages, "なし"),
]);

fn parse(written: &str) -> Condition {
    Condition::parse(written).unwrap_or_else(|error| panic!("{written}: {error:?}"))
}

#[test]
fn conditions_hold_or_not_or_are_unknown() {
    cases::check("conditions", |written| format!("{:?}", parse(written).evaluate(&WORLD)));
}

#[test]
fn reasons_carry_the_values_that_decided() {
    let cases: [(&str, &[&str]); 6] = [
        (
            "「アクセス」>「要求」",
            &["「アクセス」（2024-05-08 10:00:40）が「要求」（2024-05-08 10:00:29）より後"],
        ),
        (
            "not 「アクセス」<「要求」",
            &[
                "「アクセス」（2024-05-08 10:00:40）が「要求」（2024-05-08 10:00:29）と同じか、それより後",
            ],
        ),
        ("「ステータス」 = 『実行中』|『PUSH送信中』", &["「ステータス」は「ＰＵＳＨ送信中」"]),
        ("「失効日」が空 または 「台数」 > 1", &["「失効日」が空欄"]),
        ("「台数」 > 1 かつ 「完了」=FALSE", &["「台数」（236）が1より大きい", "「完了」はFALSE"]),
        (
            "現在 - 「登録日時」 >= 6日",
            &["「登録日時」（2024-05-01 10:00）から6日以上たっている（現在 2024-05-08 12:00:00）"],
        ),
    ];
    for (written, expected) in cases {
        let reasons = parse(written).reasons(&WORLD);
        let texts: Vec<&str> = reasons.iter().map(|reason| reason.text(Language::Ja)).collect();
        assert_eq!(texts, expected, "{written}");
    }
}

#[test]
fn what_is_missing_is_told() {
    let cases: [(&str, &[Missing]); 5] = [
        ("「別の日」 < 現在", &[Missing::Fact("別の日".to_owned())]),
        (
            "「分まで」>「要求」",
            &[Missing::Exactly("分まで".to_owned()), Missing::Fact("要求".to_owned())],
        ),
        (
            "事象 \"x\" または 「別の日」が空",
            &[Missing::Message("x".to_owned()), Missing::Fact("別の日".to_owned())],
        ),
        ("「アクセス」>「要求」", &[]),
        ("「台数」 = 1 かつ 「別の日」が空", &[]),
    ];
    for (written, expected) in cases {
        assert_eq!(parse(written).missing(&WORLD), expected, "{written}");
    }
}

fn schema(label: &str) -> Declared {
    match WORLD.0.iter().find(|(name, ..)| *name == label) {
        Some((_, kind, _)) => Declared::As(*kind),
        None => Declared::Unknown(Some("要求".to_owned())),
    }
}

#[test]
fn errors_of_name_type_and_sense_are_found_with_their_place() {
    let cases = [
        ("「要求」 > 5", "日時と数は比べられません", "「要求」 > 5"),
        ("「台数」 > 1 かつ 「要求」 < 6日", "日時と期間は比べられません", "「要求」 < 6日"),
        ("「要求」 > \"2024-05-08\"", "日時と文字は比べられません", "「要求」 > \"2024-05-08\""),
        ("「要望」 < 現在", "項目「要望」は、どこにも決められていません", "「要望」"),
        ("「要望」が空", "項目「要望」は、どこにも決められていません", "「要望」が空"),
        ("「ステータス」 > 『a』", "文字は > では比べられません", "「ステータス」 > 『a』"),
        ("「台数」 ≒ 5", "数は ≒ では比べられません", "「台数」 ≒ 5"),
        ("「アラーム」 = 『a』", "文面と文字は比べられません", "「アラーム」 = 『a』"),
        ("現在 + 「要求」 > 1日", "日時 + 日時 は計算できません", "現在 + 「要求」"),
        (
            "「要求」<「アクセス」かつ「要求」>「アクセス」",
            "この条件は、けっして成り立ちません",
            "",
        ),
        ("「台数」 > 5 かつ 「台数」 < 3", "この条件は、けっして成り立ちません", ""),
        ("「失効日」が空 かつ 「失効日」 < 現在", "この条件は、けっして成り立ちません", ""),
        (
            "「ステータス」=『a』 かつ 「ステータス」=『b』",
            "この条件は、けっして成り立ちません",
            "",
        ),
        ("事象『a』 かつ not 事象『a』", "この条件は、けっして成り立ちません", ""),
    ];
    for (written, message, place) in cases {
        let problems = parse(written).problems(&schema);
        let first = problems.first().unwrap_or_else(|| panic!("{written} has no problem"));
        assert_eq!(first.message.text(Language::Ja), message, "{written}");
        if !place.is_empty() {
            assert_eq!(written.get(first.span.clone()), Some(place), "{written}");
        }
    }
    for written in [
        "「要求」<「アクセス」または「要求」>「アクセス」",
        "「台数」 > 3 かつ 「台数」 < 5",
        "「OS」 < 9.1",
        "現在 - 「要求」 > 6日",
        "「失効日」が空 または 「失効日」 < 現在",
    ] {
        assert_eq!(parse(written).problems(&schema), [], "{written}");
    }
}

#[test]
fn what_does_not_parse_is_told_with_place_and_hint() {
    let cases = [
        ("", 0),
        ("「要求」", "「要求」".len()),
        ("「要求」 >", "「要求」 >".len()),
        ("「要求」 > 「アクセス", "「要求」 > 「アクセス".len()),
        ("(「要求」 > 現在", "(「要求」 > 現在".len()),
        ("「要求」 > 現在 現在", "「要求」 > 現在 ".len()),
        ("「要求」 > 2024-13-01", "「要求」 > ".len()),
        ("事象 要求", "事象 ".len()),
        ("「」 > 1", "「".len()),
    ];
    for (written, at) in cases {
        let error = Condition::parse(written).expect_err(written);
        assert_eq!(error.span.start, at, "{written}: {error:?}");
        assert!(!error.hint.text(Language::Ja).is_empty());
    }
    let deep = format!("{}「a」 > 1{}", "(".repeat(2000), ")".repeat(1000));
    assert!(Condition::parse(&deep).is_err());
    let nots = format!("{}「a」 > 1", "not ".repeat(900));
    assert!(Condition::parse(&nots).is_err());
    assert!(Condition::parse(&"「a」 > 1 かつ ".repeat(1000)).is_err());
}

#[test]
fn types_are_inferred_where_nothing_declares_them() {
    let cases = [
        ("現在 - 登録日時 > 6日", "登録日時", Some(Type::Time)),
        ("登録日時 + 6日 < 現在", "登録日時", Some(Type::Time)),
        ("残り > 6日", "残り", Some(Type::Duration)),
        ("状態 = \"x\"", "状態", Some(Type::Text)),
        ("完了 = TRUE", "完了", Some(Type::Truth)),
        ("台数 > 5", "台数", Some(Type::Number)),
        ("a > b", "a", None),
    ];
    for (written, label, expected) in cases {
        assert_eq!(parse(written).inferred(label), expected, "{written}");
    }
}

proptest::proptest! {
    #[test]
    fn conditions_never_panic(
        written in "\\PC{0,60}|([「」a月()<>=|+0-9\"『』~ -]|現在|かつ|または|でない|not |事象|コード|が空|2024-05-0|6日){0,24}"
    ) {
        if let Ok(condition) = Condition::parse(&written) {
            let _ = condition.evaluate(&WORLD);
            let _ = condition.reasons(&WORLD);
            let _ = condition.missing(&WORLD);
            let _ = condition.problems(&schema);
        }
        let _ = Formula::parse(&written);
    }
}
