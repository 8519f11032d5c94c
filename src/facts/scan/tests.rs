use super::*;
use crate::facts::fold::fold;
use crate::source::cases;

/// The text with its placeholders, and the numbers of its codes.
fn masked(text: &str) -> (String, Vec<i64>) {
    let text = fold(text);
    let mut scan = Scan::default();
    scan.run(&text);
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

#[test]
fn a_cut_text_ends_before_its_ellipsis() {
    for text in ["プロファイル\"mo...", "プロファイル\"mo…", "プロファイル\"mo…\""]
    {
        let mut scan = Scan::default();
        let folded = fold(text);
        scan.run(&folded);
        assert!(scan.truncated, "{text}");
        assert_eq!(folded.get(..scan.end), Some("プロファイル\"mo"));
        assert_eq!(scan.found.iter().map(|f| f.mask.name()).collect::<Vec<_>>(), ["profile"]);
    }
}

fn domains(text: &str) -> String {
    let text = fold(text);
    let mut scan = Scan::default();
    scan.run(&text);
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
}
