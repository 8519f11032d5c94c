use super::*;
use crate::source::cases;

fn shown(text: &str) -> Option<(String, usize)> {
    let now = jiff::civil::date(2023, 1, 5).at(0, 0, 0, 0);
    read_time(text, Some(now)).map(|timed| (timed.moment.to_string(), timed.len))
}

#[test]
fn reads_the_forms_of_consoles_and_logs() {
    cases::check("times", |text| cases::shown(shown(text).map(|(time, _)| time)));
}

#[test]
fn takes_the_time_and_no_more() {
    assert_eq!(shown("2022/11/10 15:43:37 4026").map(|(_, len)| len), Some(19));
    assert_eq!(shown("2022年11月10日 森").map(|(_, len)| len), Some("2022年11月10日".len()));
}

proptest::proptest! {
    #[test]
    fn never_panics(text in "[0-9年月日/: .T+Z午後令和元JanNov-]{0,40}") {
        let _ = shown(&text);
        let _ = read_clock(text.as_bytes());
    }
}
