//! `shirube explain`.

use crate::run::Run;

#[test]
fn a_bare_number_may_be_either_of_two_errors() {
    let result = Run::new().run(&["explain", "4026"]);
    assert_eq!(result.status, 0, "{}", result.err);
    insta::assert_snapshot!(result.out);
}

#[test]
fn every_form_is_the_same_code() {
    let run = Run::new();
    let plain = run.run(&["explain", "4026"]).out;
    for form in [
        "（４０２６）",
        "(4026)",
        "0x87D136CA",
        "-2016332086",
        "2278635210",
        "MCInstallationErrorDomain 4026",
        "InstallProfile/4026",
    ] {
        let result = run.run(&["explain", form]);
        assert_eq!((result.status, &result.out), (0, &plain), "{form}: {}", result.err);
    }
    // The parts of a code need no quotes.
    assert_eq!(run.run(&["explain", "MCInstallationErrorDomain", "4026"]).out, plain);
}

#[test]
fn options_behind_a_code_are_options() {
    let run = Run::new();
    let before = run.run(&["explain", "--lang", "en", "-2016332107"]);
    assert_eq!(before.status, 0, "{}", before.err);
    assert_eq!(run.run(&["explain", "-2016332107", "--lang", "en"]).out, before.out);
}

#[test]
fn a_code_of_windows_in_english() {
    let result = Run::new().run(&["explain", "--lang", "en", "0x80180018"]);
    assert_eq!(result.status, 0, "{}", result.err);
    insta::assert_snapshot!(result.out, @"
    MDM enrolment 0x80180018
      Meaning:   the state of the user's licence blocks the enrolment
                 (MENROLL_E_USERLICENSE)
      Domain:    enrolling in MDM
      Forms:     0x80180018, -2145910760, 2149056536
      Published: Microsoft, MDMRegistration.h (MDM registration error values)
      Articles:
        ・WindowsのMDM登録のエラーコード
          windows/enrollment-codes.md:142
    ");
}

#[test]
fn the_name_of_a_constant_is_its_code() {
    let run = Run::new();
    let code = run.run(&["explain", "0x80180018"]);
    assert_eq!(run.run(&["explain", "MENROLL_E_USERLICENSE"]).out, code.out);
}

#[test]
fn a_code_that_is_none() {
    let result = Run::new().run(&["explain", "同期"]);
    assert_eq!((result.status, result.out.as_str()), (2, ""));
    insta::assert_snapshot!(result.err, @"
    エラー: 「同期」はコードとして読めません
    ヒント: 書き方の例: shirube explain 4026、shirube explain 0x87D136CA。文なら shirube -q で探せます
    ");
}

#[test]
fn a_code_that_nothing_is_known_of() {
    let result = Run::new().run(&["explain", "999999"]);
    assert_eq!((result.status, result.out.as_str()), (1, ""));
    insta::assert_snapshot!(result.err, @"お知らせ: 999999 について知られていることはありません");
}

#[test]
fn errors_that_articles_name_are_explained_from_them() {
    let run = Run::new();
    run.write(
        "manual/a-exchange.md",
        "# 端末の交換\n\n交換のあとに AUTH-0231 と表示されることがあります。番号 XY-7788 も同じです。\n",
    );
    run.write(
        "manual/login.md",
        "---\nproduct: 製品\n---\n# ログインできない\n\n## AUTH-0231 が出る\n\n時刻を合わせます。\n\n## 番号の表\n\n\
         | コード | 意味 | 対処 |\n|---|---|---|\n| AUTH-0231 | 時計が5分よりずれている | 時刻を合わせます |\n\
         | E-5102 | 証明書の期限が切れた | 更新します |\n| GateShutTooLate | 門が閉じた | 待ちます |\n",
    );
    let explain = |arguments: &[&str]| {
        run.run(&[["--kb", "manual", "explain"].as_slice(), arguments].concat())
    };
    let result = explain(&["AUTH-0231"]);
    assert_eq!(result.status, 0, "{}", result.err);
    insta::assert_snapshot!(result.out, @"
    AUTH-0231
      意味: 時計が5分よりずれている
      扱う記事:
        ・ログインできない（製品）
          login.md:8
        ・端末の交換
          a-exchange.md:3
    ");
    for form in ["auth-0231", "（ＡＵＴＨ－０２３１）", "`AUTH-0231`"] {
        let other = explain(&[form]);
        assert_eq!(
            (other.status, other.out.lines().nth(1)),
            (0, result.out.lines().nth(1)),
            "{form}"
        );
    }
    let english = explain(&["--lang", "en", "E-5102"]);
    insta::assert_snapshot!(english.out, @"
    E-5102
      Meaning: 証明書の期限が切れた
      Articles:
        ・ログインできない (製品)
          login.md:15
    ");
    // Known to no table, written in an article.
    insta::assert_snapshot!(explain(&["XY-7788"]).out, @"
    XY-7788
      意味: 不明
      扱う記事:
        ・端末の交換
          a-exchange.md:3
    ");
    let json = explain(&["--json", "GateShutTooLate"]).json();
    let named = &json["named_codes"][0];
    assert_eq!(
        (&json["schema"], &json["codes"]),
        (&"shirube.codes/1".into(), &serde_json::json!([]))
    );
    assert_eq!(
        (&named["name"], &named["meaning"]),
        (&"GateShutTooLate".into(), &"門が閉じた".into())
    );
    assert_eq!(
        (&named["articles"][0]["id"], &named["articles"][0]["line"]),
        (&"login".into(), &16.into())
    );
    // A number alone is found, but means what its domain says in that domain alone.
    run.write(
        "manual/other.md",
        "# 表\n\n| コード | 意味 |\n|---|---|\n| `GateErrorDomain 60123` | 門が重い |\n",
    );
    let number = explain(&["60123"]);
    assert!(number.out.contains("不明") && number.out.contains("other.md:5"), "{}", number.out);
    let stated = explain(&["GateErrorDomain", "60123"]);
    assert!(stated.out.contains("門が重い") && stated.out.contains("other.md:5"), "{}", stated.out);

    // A code that has a meaning, as programs read it; and an error that two articles tell in two ways.
    let json = run.run(&["explain", "--json", "MCInstallationErrorDomain", "4026"]).out;
    insta::assert_snapshot!(json);
    run.write(
        "manual/z.md",
        "# 表\n\n| コード | 意味 |\n|---|---|\n| AUTH-0231 | 門番がいない |\n",
    );
    let both = explain(&["AUTH-0231"]).out;
    assert!(both.contains("・表\n      意味: 門番がいない\n      z.md:5"), "{both}");

    // Of the form of a code, but nobody's; and a word that an article holds.
    let nothing = explain(&["AUTH-0232"]);
    assert_eq!((nothing.status, nothing.out.as_str()), (1, ""), "{}", nothing.err);
    for word in ["表示", "GateShut", "login"] {
        let refused = explain(&[word]);
        assert_eq!((refused.status, refused.out.as_str()), (2, ""), "{word}");
        assert!(refused.err.contains("コードとして読めません"), "{}", refused.err);
    }
}

#[test]
fn errors_of_the_shipped_tables_are_explained() {
    let run = Run::new();
    insta::assert_snapshot!(run.run(&["explain", "DeviceCapReached"]).out, @"
    DeviceCapReached
      意味: 利用者が登録できる台数の上限に達した
      扱う記事:
        ・IntuneにiPhone・iPadを登録できないときのエラー（Microsoft Intune）
          intune/enrollment-ios.md:19
    ");
    insta::assert_snapshot!(run.run(&["explain", "ConfigurationUtilityKit.error", "612"]).out, @"
    ConfigurationUtilityKit.error 612
      意味:   端末を使うサービスに接続できなかった
      書き方: 612、ConfigurationUtilityKit.error 612
      扱う記事:
        ・Apple Configurator（cfgutil）のエラー
          apple/configurator.md:38
    ");
}

#[test]
fn an_article_that_names_an_error_in_its_title_alone_treats_it() {
    let run = Run::new();
    run.write("manual/sign-in.md", "# AUTH-7005 が出るとき\n\n## 対処\n\n1. 時刻を合わせます。\n");
    let result = run.run(&["explain", "AUTH-7005", "--kb", "manual"]);
    assert_eq!(result.status, 0, "{}", result.err);
    assert!(result.out.contains("sign-in.md:1"), "{}", result.out);
}
