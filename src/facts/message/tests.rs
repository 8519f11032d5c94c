use super::*;
use crate::facts::mask_line;

fn signature(text: &str) -> Signature {
    Message::read(text, &CodeDictionary::default()).signature
}

// Signatures are kept in tickets and in other tools: these values may change only with a stated reason.
crate::source::cases! {
    signatures: |text| signature(text).to_string();
}

#[test]
fn variables_are_ranges_of_the_text_as_written() {
    let text = "ＩＰ：１０．０．０．１ が応答しません（４０２６）";
    let message = Message::read(text, &CodeDictionary::default());
    let shown: Vec<_> =
        message.variables.iter().map(|v| (v.mask, text.get(v.range.clone()))).collect();
    assert_eq!(shown, [("ip", Some("１０．０．０．１")), ("code", Some("４０２６"))]);
}

/// Messages that fuzzing found.
#[test]
fn masking_twice_is_masking_once() {
    for text in ["212q:/:\u{18}", "x212q:/a b", "½1", "1½1 ㎏3½¼5", "''''F//'''''''')כ '4"] {
        let once = mask_line(text);
        assert_eq!(mask_line(&once), once, "{text}");
    }
}

proptest::proptest! {
    #[test]
    fn masking_what_is_masked_changes_nothing(
        text in r#"([a-zA-Z]{1,6}|[0-9]{1,11}|0x[0-9a-f]{1,9}|[-:./\\@=_"'()「」…%+,;{} ]|\{(num|ip|profile)\}|プロファイル|エラー|コード|件|年|月|日){0,30}"#,
    ) {
        let once = mask_line(&text);
        proptest::prop_assert_eq!(mask_line(&once), once);
    }
}
