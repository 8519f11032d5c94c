//! Whole screens, as a support person sees them.

use jiff::civil::date;

use super::view::steers;
use super::{TextOptions, text};
use crate::report::samples;
use crate::search::Answer;
use crate::source::Language;

fn shown(language: Language, width: usize, color: bool, explain: bool) -> String {
    let options = TextOptions { color, explain, ..plain(language, width) };
    text(&samples::answer(), &options)
}

/// Without colours, links and reasons.
fn plain(language: Language, width: usize) -> TextOptions<'static> {
    let today = date(2026, 11, 23);
    TextOptions::plain(language, width, today)
}

#[test]
fn at_80_columns() {
    insta::assert_snapshot!(shown(Language::Ja, 80, false, false), @r#"
    2件の事象のうち、1件に対処があります。

    事象 1/2: InstallProfile: (4026) プロファイル"sales_20221110"がパスワード変更を
              要求している可能性があります、パスワードを変更できません。
      2回 ｜ 2022-11-10 15:43:37 〜 15:43:44 ｜ 端末 sales_iPhone07
      log.tsv 2、3行目 ｜ 深刻度 警告
      コード 4026: プロファイルにパスコードの変更が必要（MCInstallationErrorDomain）

    1 【対処】プロファイルのインストールが「パスワード変更を要求」で失敗する
      対象: BizMobile Go!・iOS・iPadOS ｜ 更新 2018-07-31（8年前）
      確度: 高
      ⚠ 実行前に
        ・セレクティブワイプは端末の業務データと構成を消します。

      一致した箇所: 原因
        端末は、次のメッセージを返します。

        ・パスワードの変更を要求するプロファイルです。
        ・端末は変更を許していません。
        …

      対処
      1. 対象のデバイスにセレクティブワイプを実行します。
      2. パスワードペイロードを別のプロファイルに分けて作り直し、もう一度配信しま
         す。

      ペイロード │ 置き場所
      ───────────┼───────────────────────
      パスワード │ 専用のプロファイル
      制限       │ これまでのプロファイル

      根拠: 文言が一致・番号は異なる（ログ 4026／記事 4027）・コマンドが一致
            （InstallProfile）
            ログの 4026 は、記事の 4027 と同じエラーです。
      出典: bizmobile/installprofile-password-change.md:24
            https://support.example.jp/faq/installprofile-password-change

    確かに当てはまる記事を選べません（1件）
      ・起動しました␛[2J<U+202E>  1回 ｜ 9行目
    "#);
}

#[test]
fn at_40_columns() {
    insta::assert_snapshot!(shown(Language::Ja, 40, false, false), @r#"
    2件の事象のうち、1件に対処があります。

    事象 1/2: InstallProfile: (4026)
              プロファイル"sales_20221110"が
              パスワード変更を要求している可
              能性があります、パスワードを変
              更できません。
      2回 ｜ 2022-11-10 15:43:37 〜 15:43:44
      端末 sales_iPhone07
      log.tsv 2、3行目 ｜ 深刻度 警告
      コード 4026: プロファイルにパスコード
             の変更が必要
             （MCInstallationErrorDomain）

    1 【対処】プロファイルのインストールが
      「パスワード変更を要求」で失敗する
      対象: BizMobile Go!・iOS・iPadOS
      更新 2018-07-31（8年前）
      確度: 高
      ⚠ 実行前に
        ・セレクティブワイプは端末の業務
          データと構成を消します。

      一致した箇所: 原因
        端末は、次のメッセージを返します。

        ・パスワードの変更を要求する
          プロファイルです。
        …

      対処
      1. 対象のデバイスにセレクティブワイプ
         を実行します。
      2. パスワードペイロードを別の
         プロファイルに分けて作り直し、もう
         一度配信します。

      ペイロード │ 置き場所
      ───────────┼───────────────────────
      パスワード │ 専用のプロファイル
      制限       │ これまでのプロファイル

      根拠: 文言が一致・番号は異なる（ログ
            4026／記事 4027）・コマンドが一
            致（InstallProfile）
            ログの 4026 は、記事の 4027 と同
            じエラーです。
      出典: bizmobile/installprofile-password-change.md:24
            https://support.example.jp/faq/installprofile-password-change

    確かに当てはまる記事を選べません（1件）
      ・起動しました␛[2J<U+202E>  1回 ｜ 9行
        目
    "#);
}

#[test]
fn at_120_columns_in_english() {
    insta::assert_snapshot!(shown(Language::En, 120, false, false), @r#"
    1 of 2 incidents have a remedy.

    Incident 1/2: InstallProfile: (4026) プロファイル"sales_20221110"がパスワード変更を要求している可能性があります、
                  パスワードを変更できません。
      2 times | 2022-11-10 15:43:37 〜 15:43:44 | device sales_iPhone07 | log.tsv lines 2, 3 | severity warning
      Code 4026: the profile requires a passcode change (MCInstallationErrorDomain)

    1 [Remedy] プロファイルのインストールが「パスワード変更を要求」で失敗する
      For: BizMobile Go!, iOS, iPadOS | updated 2018-07-31 (8 years ago)
      Confidence: high
      ⚠ Before you act
        ・セレクティブワイプは端末の業務データと構成を消します。

      Matched: 原因
        端末は、次のメッセージを返します。

        ・パスワードの変更を要求するプロファイルです。
        ・端末は変更を許していません。
        …

      対処
      1. 対象のデバイスにセレクティブワイプを実行します。
      2. パスワードペイロードを別のプロファイルに分けて作り直し、もう一度配信します。

      ペイロード │ 置き場所
      ───────────┼───────────────────────
      パスワード │ 専用のプロファイル
      制限       │ これまでのプロファイル

      Why: same wording; the number differs (log 4026 / article 4027); same command (InstallProfile)
           The 4026 of the log is the 4027 of the article.
      Source: bizmobile/installprofile-password-change.md:24
              https://support.example.jp/faq/installprofile-password-change

    No article can be chosen with certainty for these (1):
      ・起動しました␛[2J<U+202E>  once | line 9
    "#);
}

#[test]
fn with_the_parts_of_the_score() {
    insta::assert_snapshot!(shown(Language::En, 80, false, true), @r#"
    1 of 2 incidents have a remedy.

    Incident 1/2: InstallProfile: (4026) プロファイル"sales_20221110"がパスワード変
                  更を要求している可能性があります、パスワードを変更できません。
      2 times | 2022-11-10 15:43:37 〜 15:43:44 | device sales_iPhone07
      log.tsv lines 2, 3 | severity warning
      Code 4026: the profile requires a passcode change (MCInstallationErrorDomain)

    1 [Remedy] プロファイルのインストールが「パスワード変更を要求」で失敗する
      For: BizMobile Go!, iOS, iPadOS | updated 2018-07-31 (8 years ago)
      Confidence: high
      ⚠ Before you act
        ・セレクティブワイプは端末の業務データと構成を消します。

      Matched: 原因
        端末は、次のメッセージを返します。

        ・パスワードの変更を要求するプロファイルです。
        ・端末は変更を許していません。
        …

      対処
      1. 対象のデバイスにセレクティブワイプを実行します。
      2. パスワードペイロードを別のプロファイルに分けて作り直し、もう一度配信しま
         す。

      ペイロード │ 置き場所
      ───────────┼───────────────────────
      パスワード │ 専用のプロファイル
      制限       │ これまでのプロファイル

      Why: same wording; the number differs (log 4026 / article 4027); same command
           (InstallProfile)
           The 4026 of the log is the 4027 of the article.
        score 12.35  confidence 0.97  applies yes
        message 0.98
          log     InstallProfile: (4026) プロファイル"sales_20221110"がパスワード変
                  更を要求している可能性があります、パスワードを変更できません。
          article InstallProfile: ({code}) プロファイル"{profile}"がパスワード変更を
                  要求している可能性があります、パスワードを変更できません。
        code same
          log     (4026)
          article 4027
        command InstallProfile
      Source: bizmobile/installprofile-password-change.md:24
              https://support.example.jp/faq/installprofile-password-change

      Near, without a claim that it helps
      ・iOS 9.1へ更新した端末のプロファイルを上書きする (steps of another product:
        MobiConnect)
        These steps stopped working after 31 December 2015
        mobiconnect/ios91-profile-overwrite.md:1

    No article can be chosen with certainty for these (1):
      ・起動しました␛[2J<U+202E>  once | line 9
    "#);
}

#[test]
fn colour_changes_nothing_but_the_colour() {
    let colored = shown(Language::Ja, 80, true, false);
    let mut plain = String::new();
    for (index, part) in colored.split('\u{1b}').enumerate() {
        let text = if index == 0 { Some(part) } else { part.split_once('m').map(|(_, text)| text) };
        plain.push_str(text.expect("an escape ends with m"));
    }
    assert_eq!(plain, shown(Language::Ja, 80, false, false));
    assert!(colored.contains("\u{1b}[1;33m⚠ 実行前に\u{1b}[0m"));
}

#[test]
fn an_expired_remedy_opens_with_that() {
    let mut answer = samples::answer();
    answer.incidents.truncate(1);
    answer.incidents[0].related = Vec::new();
    answer.incidents[0].remedies = vec![samples::expired()];
    let options = plain(Language::Ja, 80);
    insta::assert_snapshot!(text(&answer, &options), @r#"
    事象: InstallProfile: (4026) プロファイル"sales_20221110"がパスワード変更を要求
          している可能性があります、パスワードを変更できません。
      2回 ｜ 2022-11-10 15:43:37 〜 15:43:44 ｜ 端末 sales_iPhone07
      log.tsv 2、3行目 ｜ 深刻度 警告
      コード 4026: プロファイルにパスコードの変更が必要（MCInstallationErrorDomain）

    1 【説明】iOS 9.1へ更新した端末のプロファイルを上書きする
      この手順は2015年12月31日で使えなくなりました
      対象: MobiConnect（他製品の手順）
      確度: 低

      上書き可能とするプロファイルを配信します。

      根拠: 共通する語（プロファイル、上書き）
      出典: mobiconnect/ios91-profile-overwrite.md:1
    "#);
}

#[test]
fn nothing_of_a_log_steers_the_terminal() {
    assert!(!shown(Language::Ja, 80, false, true).chars().any(steers));
}

#[test]
fn an_empty_answer_says_so() {
    let options = plain(Language::En, 80);
    insta::assert_snapshot!(text(&Answer::default(), &options), @"
    No article answers this.
      There is no incident in the paste.
    ");
}

#[test]
fn of_a_message_that_fills_pages_the_beginning_is_shown() {
    let mut answer = samples::answer();
    for incident in &mut answer.incidents {
        incident.incident.message = "端末".repeat(30_000);
    }
    let options = plain(Language::Ja, 80);
    let shown = text(&answer, &options);
    assert!(shown.contains('…') && shown.chars().count() < 20_000, "{}", shown.chars().count());
}
