use super::*;
use crate::facts::mask_line;

fn signature(text: &str) -> Signature {
    Message::read(text, &CodeDictionary::default()).signature
}

#[test]
fn one_message_has_one_signature_however_it_is_written() {
    let written = "InstallProfile: (4026) プロファイル\"mori_20221110\"がパスワード変更を要求している可能性があります、パスワードを変更できません。";
    for same in [
        "InstallProfile: (4026) プロファイル\"営業部 標準\"がパスワード変更を要求している可能性があります、パスワードを変更できません",
        "ＩｎｓｔａｌｌＰｒｏｆｉｌｅ：（４０２６）プロファイル“ｍｏｒｉ”がパスワード変更を要求している可能性があります、パスワードを変更できません",
        "InstallProfile: (4026) ﾌﾟﾛﾌｧｲﾙ\"x\"がﾊﾟｽﾜｰﾄﾞ変更を要求している可能性があります､ﾊﾟｽﾜｰﾄﾞを変更できません｡",
    ] {
        assert_eq!(signature(same), signature(written), "{same}");
    }
    for other in [
        "InstallProfile: (4027) プロファイル\"mori_20221110\"がパスワード変更を要求している可能性があります、パスワードを変更できません。",
        "InstallProfile: (4026) プロファイル\"mori_20221110\"がパスワード変更を要求しています。",
    ] {
        assert_ne!(signature(other), signature(written), "{other}");
    }
}

/// Signatures are kept in tickets and in other tools: this value may change only with a stated reason.
#[test]
fn a_signature_is_the_same_on_any_machine_and_any_day() {
    assert_eq!(
        signature("InstallProfile: (4026) プロファイル\"x\"").to_string(),
        "5afd7a93aacf6966"
    );
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
