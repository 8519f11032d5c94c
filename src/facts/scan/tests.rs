use super::*;
use crate::facts::fold::fold;
use crate::source::cases;

fn scanned(text: &str) -> (String, Scan) {
    let text = fold(text).into_owned();
    let mut scan = Scan::default();
    scan.run(&text);
    (text, scan)
}

/// The text with its placeholders, and the numbers of its codes.
fn masked(text: &str) -> (String, Vec<i64>) {
    let (text, scan) = scanned(text);
    let mut shown = String::new();
    let mut at = 0;
    for found in &scan.found {
        shown.push_str(text.get(at..found.start).expect("ranges lie between characters"));
        shown.push('{');
        shown.push_str(found.mask.name());
        shown.push('}');
        at = found.end;
    }
    shown.push_str(text.get(at..).expect("ranges lie between characters"));
    (shown, scan.codes.iter().map(|code| code.number).collect())
}

fn domains(text: &str) -> String {
    let (text, scan) = scanned(text);
    let named = |code: &RawCode| {
        let (start, end) = code.domain?;
        Some(format!("{} {}", text.get(start..end)?, code.number))
    };
    cases::listed(scan.codes.iter().filter_map(named))
}

cases! {
    masks: |text| masked(text).0;
    codes_of_messages: |text| format!("{:?}", masked(text).1);
    domains_of_codes: domains;
    ends_of_cut_texts: |text| {
        let (text, scan) = scanned(text);
        let masks = listed(scan.found.iter().map(|found| found.mask.name()));
        format!("{} {} {masks}", scan.truncated, shown(text.get(..scan.end)))
    };
}
