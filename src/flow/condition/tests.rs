use jiff::civil::{DateTime, date};

use super::*;
use crate::flow::Truth::{self, True, Unknown};
use crate::flow::value::{self, Type, Value};
use crate::source::{Language, cases};

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

fn problems(written: &str) -> String {
    let told = match Condition::parse(written) {
        Ok(condition) => condition.problems(&schema),
        Err(error) => {
            assert!(!error.hint.text(Language::Ja).is_empty());
            vec![error]
        }
    };
    cases::listed(told.iter().map(|it| {
        let place = written.get(it.span.clone()).unwrap_or_default();
        format!("{} @{} {place}", it.message.text(Language::Ja), it.span.start)
    }))
}

crate::source::cases! {
    conditions: |written| format!("{:?}", parse(written).evaluate(&WORLD));
    reasons_of_conditions: |written| {
        listed(parse(written).reasons(&WORLD, True).iter().map(|it| it.text(Language::Ja)))
    };
    missing_of_conditions: |written| format!("{:?}", parse(written).missing(&WORLD));
    problems_of_conditions: problems;
    types_of_conditions: |written| {
        let label = written.split(' ').find(|word| word.chars().all(char::is_alphabetic));
        let label = label.filter(|it| *it != "現在").unwrap_or("登録日時");
        format!("{label} {:?}", parse(written).inferred(label))
    };
}

fn schema(label: &str) -> Declared {
    match WORLD.0.iter().find(|(name, ..)| *name == label) {
        Some((_, kind, _)) => Declared::As(*kind),
        None => Declared::Unknown(Some("要求".to_owned())),
    }
}

#[test]
fn a_condition_has_a_depth() {
    let deep = format!("{}「a」 > 1{}", "(".repeat(2000), ")".repeat(1000));
    assert!(Condition::parse(&deep).is_err());
    assert!(Condition::parse(&format!("{}「a」 > 1", "not ".repeat(900))).is_err());
    assert!(Condition::parse(&"「a」 > 1 かつ ".repeat(1000)).is_err());
}

proptest::proptest! {
    #[test]
    fn conditions_never_panic(
        written in "\\PC{0,60}|([「」a月()<>=|+0-9\"『』~ -]|現在|かつ|または|でない|not |事象|コード|が空|2024-05-0|6日){0,24}"
    ) {
        if let Ok(condition) = Condition::parse(&written) {
            let _ = condition.evaluate(&WORLD);
            let _ = condition.reasons(&WORLD, True);
            let _ = condition.missing(&WORLD);
            let _ = condition.problems(&schema);
        }
        let _ = Formula::parse(&written);
    }
}
