use super::*;
use crate::source::cases;

#[test]
fn times_are_read_in_every_form_of_a_screen() {
    cases::check("screen-times", |written| read(Type::Time, written).to_string());
    for written in [
        "4026",
        "昨日",
        "2022/13/10",
        "9.1",
        "2022-11-10 に更新",
        "Rx.1.2",
        "R4.11",
        "11月10日 15:43",
        "Nov 10 15:43:37",
    ] {
        assert_eq!(read(Type::Time, written), Value::Unreadable, "{written}");
    }
}

#[test]
fn other_types_are_read_where_they_are_asked_for() {
    let day = 86_400_000;
    let cases = [
        (Type::Duration, "6日", Value::Duration(Interval::exact(6 * day))),
        (Type::Duration, "１日１２時間", Value::Duration(Interval::exact(day + day / 2))),
        (Type::Duration, "6", Value::Unreadable),
        (Type::Number, "１，２３４", Value::Number(1234.0)),
        (Type::Number, "236台", Value::Number(236.0)),
        (Type::Number, "1FFF", Value::Unreadable),
        (Type::Version, "8.4.1", Value::Version(vec![8, 4, 1])),
        (Type::Version, "iOS 9.0", Value::Version(vec![9])),
        (Type::Truth, "ＴＲＵＥ", Value::Truth(true)),
        (Type::Truth, "いいえ", Value::Truth(false)),
        (Type::Truth, "有効", Value::Truth(true)),
        (Type::Text, "有効", Value::Text("有効".into())),
        (Type::Text, "TRUE", Value::Text("true".into())),
        (Type::Text, "", Value::Empty),
        (Type::Time, "　", Value::Empty),
        (Type::Time, "-", Value::Empty),
        (Type::Messages, "なし", Value::None),
        (Type::Truth, "なし", Value::Truth(false)),
    ];
    for (kind, written, expected) in cases {
        assert_eq!(read(kind, written), expected, "{written}");
    }
}

#[test]
fn values_are_shown_as_exact_as_they_are_known() {
    let shown = |kind, written: &str| read(kind, written).to_string();
    assert_eq!(shown(Type::Duration, "6日3時間5分"), "6日3時間");
    assert_eq!(shown(Type::Duration, "0秒"), "0秒");
    assert_eq!(shown(Type::Version, "8.4.1"), "8.4.1");
    let iso = |kind, written: &str| read(kind, written).iso();
    assert_eq!(iso(Type::Time, "2022/1/2 3:04"), "2022-01-02T03:04");
    assert_eq!(iso(Type::Duration, "1日30分"), "PT24H30M");
    assert_eq!(read_any("2022/1/2").to_string(), "2022-01-02");
    assert_eq!(read_any("12").to_string(), "12");
    assert_eq!(read_any("応答無").to_string(), "応答無");
}

proptest::proptest! {
    #[test]
    fn reading_never_panics(written in "\\PC{0,40}|[0-9年月日時分秒/:. T令和元RHS午後,-]{0,40}") {
        for (kind, _) in Type::NAMES {
            let _ = read(kind, &written).to_string();
        }
    }
}
