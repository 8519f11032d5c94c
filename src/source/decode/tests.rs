use super::*;

const SAMPLE: &str = "日時\t説明\n2022年11月10日\tプロファイルを変更できません、ﾃﾞﾊﾞｲｽ\n";

#[test]
fn reads_every_encoding_that_consoles_write() {
    let utf_16 = |little: bool| -> Vec<u8> {
        let units = SAMPLE.encode_utf16();
        units.flat_map(|u| if little { u.to_le_bytes() } else { u.to_be_bytes() }).collect()
    };
    let cases: Vec<(Vec<u8>, &str)> = vec![
        (SAMPLE.as_bytes().to_vec(), "UTF-8"),
        ([b"\xEF\xBB\xBF", SAMPLE.as_bytes()].concat(), "UTF-8"),
        ([b"\xFF\xFE".to_vec(), utf_16(true)].concat(), "UTF-16LE"),
        ([b"\xFE\xFF".to_vec(), utf_16(false)].concat(), "UTF-16BE"),
        (utf_16(true), "UTF-16LE"),
        (utf_16(false), "UTF-16BE"),
        (SHIFT_JIS.encode(SAMPLE).0.into_owned(), "Shift_JIS"),
        (EUC_JP.encode(SAMPLE).0.into_owned(), "EUC-JP"),
    ];
    for (bytes, encoding) in cases {
        let decoded = decode(&bytes);
        assert_eq!(decoded.text, SAMPLE, "{encoding}");
        assert_eq!(decoded.encoding, encoding);
        assert!(decoded.warnings.is_empty(), "{encoding}: {:?}", decoded.warnings);
    }
}

#[test]
fn reads_mail_in_iso_2022_jp() {
    let bytes = ISO_2022_JP.encode("同期が完了しない").0.into_owned();
    assert_eq!(decode(&bytes).text, "同期が完了しない");
}

#[test]
fn reads_mixed_encodings_line_by_line() {
    let mut bytes = "同期が完了しない\n".as_bytes().to_vec();
    bytes.extend_from_slice(&SHIFT_JIS.encode("端末エラー\n").0);
    let decoded = decode(&bytes);
    assert_eq!(decoded.text, "同期が完了しない\n端末エラー\n");
    assert_eq!(decoded.encoding, "mixed");
    assert!(decoded.warnings.is_empty());
}

#[test]
fn names_the_line_of_what_cannot_be_read() {
    let mut bytes = "一行目\n同期".as_bytes().to_vec();
    bytes.extend_from_slice(b"\xFF\xFF\n");
    let decoded = decode(&bytes);
    assert_eq!(decoded.text, "一行目\n同期\u{FFFD}\u{FFFD}\n");
    assert_eq!(decoded.warnings.iter().map(|w| w.line).collect::<Vec<_>>(), [Some(2)]);
}

#[test]
fn zero_bytes_become_spaces_with_a_warning() {
    let decoded = decode("a\nプロ\0ファイル".as_bytes());
    assert_eq!(decoded.text, "a\nプロ ファイル");
    assert_eq!(decoded.warnings.iter().map(|w| w.line).collect::<Vec<_>>(), [Some(2)]);
}

proptest::proptest! {
        #[test]
        fn keeps_any_text(text in ".*") {
let text = text.replace(['\0', '\u{1B}', '\u{FEFF}'], "");
            let decoded = decode(text.as_bytes()).text;
            proptest::prop_assert_eq!(decoded, text.as_str());
        }
    }
