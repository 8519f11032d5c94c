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
fn masks_what_varies() {
    cases::check("masks", |text| masked(text).0);
}

#[test]
fn codes_are_known_by_where_they_stand() {
    cases::check("codes-of-messages", |text| format!("{:?}", masked(text).1));
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

#[test]
fn a_domain_may_follow_its_number() {
    let domain_of = |text: &str| {
        let text = fold(text);
        let mut scan = Scan::default();
        scan.run(&text);
        let named = |code: &RawCode| {
            let (start, end) = code.domain?;
            Some((text.get(start..end)?.to_owned(), code.number))
        };
        scan.codes.iter().filter_map(named).collect::<Vec<_>>()
    };
    let url = |number| vec![("NSURLErrorDomain".to_owned(), number)];
    for text in [
        "-1001 NSURLErrorDomain が出る",
        "エラー -1001（NSURLErrorDomain）です",
        "failed with -1001 in NSURLErrorDomain.",
    ] {
        assert_eq!(domain_of(text), url(-1001), "{text}");
    }
    assert_eq!(domain_of("1234 NSURLErrorDomain -1009"), url(-1009));
    assert_eq!(domain_of("thread 12, NSURLErrorDomain error -1009"), url(-1009));
    assert_eq!(domain_of("3台 NSURLErrorDomain"), []);
}

#[test]
fn codes_of_the_sign_in_broker_need_no_prefix() {
    assert_eq!(masked("CAA5004B").1, [0xCAA5_004B]);
    assert_eq!(masked("0xCAA30194").1, [0xCAA3_0194]);
    assert_eq!(masked("-895156149").1, [-895_156_149]);
    assert_eq!(masked("CAB5004B").1, [0; 0]);
}
