//! `shirube explain`.

use crate::run::Run;

#[test]
fn a_bare_number_may_be_either_of_two_errors() {
    let result = Run::new().run(&["explain", "4026"]);
    assert_eq!(result.status, 0, "{}", result.err);
    insta::assert_snapshot!(result.out, @"
    MCInstallationErrorDomain 4026
      意味:   削除日が過去である（公表されている表での意味）
      分野:   プロファイルのインストール
      書き方: 4026、MCInstallationErrorDomain 4026、DMCInstallationErrorDomain
              4026、0x87D136CA、-2016332086、2278635210
      公表元: Apple, MDM Protocol Reference (Error Codes); NSURLError.h, errno.h,
              FoundationErrors.h
      扱う記事:
        ・Apple（iOS、iPadOS、macOS）のプロファイルのエラーコード
          apple/error-codes.md:84
        ・パスワード変更を要求している可能性があるというエラーでプロファイルが
          インストールされない（BizMobile Go!）
          bizmobile/installprofile-password-change.md:1

    MCInstallationErrorDomain 4027
      関係:   端末は、表の4027（パスコードの変更が必要）を4026として報告することがあ
              る
      意味:   パスコードの変更を必要とするプロファイルである
      分野:   プロファイルのインストール
      書き方: 4027、MCInstallationErrorDomain 4027、DMCInstallationErrorDomain
              4027、0x87D136CB、-2016332085、2278635211
      公表元: Apple, MDM Protocol Reference (Error Codes); NSURLError.h, errno.h,
              FoundationErrors.h
      扱う記事:
        ・Apple（iOS、iPadOS、macOS）のプロファイルのエラーコード
          apple/error-codes.md:85
        ・パスワード変更を要求している可能性があるというエラーでプロファイルが
          インストールされない（BizMobile Go!）
          bizmobile/installprofile-password-change.md:16
    ");
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
          windows/enrollment-codes.md:55
    ");
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
