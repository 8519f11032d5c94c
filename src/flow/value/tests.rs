use super::*;

/// The value after the name of its type, as it is shown and as JSON has it; after none what it may be.
fn value(text: &str) -> String {
    let (kind, written) = text.split_once(": ").unwrap_or((text, ""));
    let value = match Type::from_name(kind) {
        Some(kind) => read(kind, written),
        None => read_any(written),
    };
    format!("{value} | {} | {value:?}", value.iso())
}

crate::source::cases! {
    screen_times: |written| read(Type::Time, written);
    values_of_types: value;
}

proptest::proptest! {
    #[test]
    fn reading_never_panics(written in "\\PC{0,40}|[0-9年月日時分秒/:. T令和元RHS午後,-]{0,40}") {
        for (kind, _) in Type::NAMES {
            let _ = read(kind, &written).to_string();
        }
    }
}
