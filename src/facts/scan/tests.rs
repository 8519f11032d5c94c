use super::*;
use crate::facts::fold::fold;

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
    let cases = [
        (
            "InstallProfile: (4026) プロファイル\"mori_20221110\"がパスワード変更を要求しています。",
            "InstallProfile: ({code}) プロファイル\"{profile}\"がパスワード変更を要求しています。",
        ),
        ("プロファイル「営業部 標準」を削除", "プロファイル「{profile}」を削除"),
        ("「パスワードの変更を許可」がオフ", "「パスワードの変更を許可」がオフ"),
        (
            "Wi-Fi_本社2F: 同期によるインストールが必要です",
            "{profile}: 同期によるインストールが必要です",
        ),
        ("from 10.0.0.1:8080 to 192.168.1.20", "from {ip} to {ip}"),
        ("fe80::1ff:fe23:4567:890a up", "{ip} up"),
        ("mac 04:f4:5f:07:a7:a9 joined", "mac {mac} joined"),
        ("device 04f45f07a7a9 joined", "device {hex} joined"),
        ("id 123e4567-e89b-12d3-a456-426614174000", "id {uuid}"),
        ("udid 00008030-001A2B3C4D5E6F70", "udid {udid}"),
        ("see https://mdm.example.jp/a?b=1 now", "see {url} now"),
        ("mail taro.mori@example.co.jp。", "mail {email}。"),
        ("open /var/log/mdm.log failed", "open {path} failed"),
        ("open C:\\Data\\x.mdf failed", "open {path} failed"),
        ("java.io.IOException at org.apache.Foo", "java.io.IOException at org.apache.Foo"),
        ("connect mdm.example.jp:443 failed", "connect {host} failed"),
        ("blk_-6952295868487656571 gone", "{id} gone"),
        ("at 2022-11-10 15:43:44 and 15:44", "at {time} and {time}"),
        ("iOS9.1 took 12.5 ms, 1,234 rows, 80%", "iOS{num} took {num} ms, {num} rows, {num}%"),
        ("serial AB12CG34EH56", "serial {id}"),
        ("password=Sekret-99 token: required", "password={secret} token: required"),
        ("電話 03-1234-5678", "電話 {phone}"),
        ("オブジェクト名 'IX_Orders_1' が無効です", "オブジェクト名 '{name}' が無効です"),
        (
            "Code=4020 \"この画面からインストールできません\"",
            "Code={code} \"この画面からインストールできません\"",
        ),
        ("don't panic, it's 5", "don't panic, it's {num}"),
    ];
    for (text, expected) in cases {
        assert_eq!(masked(text).0, expected, "{text}");
    }
}

#[test]
fn codes_are_known_by_where_they_stand() {
    let cases: &[(&str, &[i64])] = &[
        ("InstallProfile: (4026) x", &[4026]),
        ("ＩｎｓｔａｌｌＰｒｏｆｉｌｅ：（４０２６）", &[4026]),
        ("(4026)", &[4026]),
        ("エラーコード: 4026", &[4026]),
        ("エラーコードは４０２６です", &[4026]),
        ("エラー: 107、重大度: 14、状態: 2。", &[107]),
        ("Microsoft SQL Server、エラー: -1", &[-1]),
        ("Error 4026 occurred", &[4026]),
        ("exit code 137", &[137]),
        ("MCInstallationErrorDomain 4027", &[4027]),
        ("MCInstallationErrorDomain:4008 mismatch", &[4008]),
        ("[MCInstallationErrorDomain – 0xFAA (4010)]", &[4010]),
        ("NSURLErrorDomain:-1200 TLS", &[-1200]),
        ("(NSURLErrorDomain error -1009.)", &[-1009]),
        ("Error Domain=CPProfileManager Code=-212 \"x\"", &[-212]),
        ("failed 0x87D136CA here", &[0x87D1_36CA]),
        ("登録エラー -2145910765", &[-2_145_910_765]),
        ("失敗 2278635213", &[2_278_635_213]),
        ("ORA-00942: 表またはビュー", &[942]),
    ];
    for (text, codes) in cases {
        assert_eq!(masked(text).1, *codes, "{text}");
    }
}

#[test]
fn numbers_that_are_no_codes() {
    for text in [
        "GET /users/4026 HTTP/1.1 200 4026",
        "会議は4027号室です",
        "エラーが4026件あります",
        "エラー 3件",
        "4026 bytes",
        "port 4026",
        "パスコード: 4026",
        "バーコード 4026",
        "管理番号: 4026",
        "zip code 4026",
        "line 4026: ok",
        "04:02:06 4026",
        "iPad (4026)",
        "kernel: [4026.123456] usb 1-1",
        "address 0x80123456",
        "Error 12.5 percent",
        "(0x0)",
    ] {
        assert_eq!(masked(text).1, [0_i64; 0], "{text}");
    }
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
fn what_announces_a_code_makes_it_one() {
    let cases: [(&str, &[i64]); 11] = [
        ("イベントID 10589", &[10589]),
        ("イベント ID: 76", &[76]),
        ("Event ID: 4625 logged", &[4625]),
        ("device id 4625 logged", &[]),
        ("エラー 801c03ed", &[0x801c_03ed]),
        ("エラー deadbeef", &[]),
        ("commit 801c03ed", &[]),
        ("エラーコード 80180014", &[0x8018_0014]),
        ("エラー 80070005 が出ました", &[0x8007_0005]),
        ("エラー 12345678", &[12_345_678]),
        ("伝票 80180014", &[]),
    ];
    for (text, codes) in cases {
        assert_eq!(masked(text).1, codes, "{text}");
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
