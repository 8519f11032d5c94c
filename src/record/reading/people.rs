//! Pastes of people: mails with signatures and quoted threads, chats, screens of the consoles, tables with further
//! columns, facts in sentences. Each with all that is read of it.

use super::*;

/// A paste, its incidents (`kind severity device message`), and facts that must be among those that are read.
type Case = (&'static str, &'static [&'static str], &'static [(&'static str, &'static str)]);

fn check(cases: &[Case]) {
    let now = jiff::civil::date(2026, 11, 28).at(10, 0, 0, 0);
    let options = ReadOptions { now: Some(now), ..ReadOptions::default() };
    for (paste, incidents, facts) in cases {
        let reading = read(None, paste.as_bytes(), &options, &Vocabulary::default());
        let shown = reading.incidents.iter().map(|incident| {
            let device = incident.devices.first().map_or("-", String::as_str);
            format!("{:?} {:?} {device} {}", incident.kind, incident.severity, incident.message)
        });
        assert_eq!(shown.collect::<Vec<_>>(), *incidents, "{paste}");
        for fact in *facts {
            let found =
                reading.facts.iter().any(|it| (it.label.as_str(), it.value.as_str()) == *fact);
            assert!(found, "{fact:?} of {paste} in {:#?}", reading.facts);
        }
    }
}

#[test]
fn mails_are_one_question_and_their_logs() {
    check(&[
        (
            "株式会社みどり\n情シス ご担当者様\n\nいつもお世話になっております。\nさくら銀行の三浦でございます。\n\n\
             昨日からiPad 5台で、構成プロファイルの適用が終わりません。\nジョブのステータスは結果通知待ちのままです。\n\
             お手数ですが、ご確認をお願いいたします。\n\n---------------------------\n三浦 綾子\nさくら銀行 事務企画部\n\
             〒100-0001 東京都千代田区1-1\nTEL: 03-1234-5678 / FAX: 03-1234-5679\nE-mail: miura@example.co.jp\n\
             ---------------------------\n\n2026年11月20日(金) 9:12 情シス <it@example.co.jp>:\n\n\
             > 三浦様\n>\n> お世話になっております。\n> 資料を拝見しました。\n>\n> 情シス\n",
            &[
                "Status Warning - 昨日からiPad 5台で、構成プロファイルの適用が終わりません。 ジョブのステータスは結果通知待ちのままです。",
            ],
            &[("ステータス", "結果通知待ち")],
        ),
        (
            "中村さん\n\nお疲れさまです。転送します。\n\n差出人: 大木 一郎\n送信日時: 2026年11月19日 18:03\n宛先: 情シス\n\
             件名: 【至急】証明書\n\n管理画面に下記が出ています。\n\n\
             2026/11/19 17:58:00\tメジャー\tApple Push証明書を更新してください。無効もしくは有効期限が切れています\n\n大木\n",
            &["Log Error - Apple Push証明書を更新してください。無効もしくは有効期限が切れています"],
            &[],
        ),
        ("ありがとうございました。解決しました。\n以上です。\n", &[], &[]),
        (
            "お疲れさまです。\n総務の林です。\n明日の会議は15時から4026会議室です。\nよろしくお願いいたします。\n",
            &[],
            &[],
        ),
        (
            "お世話になります。\n下記の端末です。\n・kubo_iPhone13\n・abe_iPad01\n状況：同期確認中\nご対応お願いします。\n",
            &["Status Warning - 同期確認中"],
            &[("状況", "同期確認中")],
        ),
        (
            "件名：プロファイルが入らない\n報告者：営業部 斎藤\n端末：saito_iPad03\n発生日時：2026/11/20 10:15\n\
             内容：プロファイルの追加後、同期が完了しない\n",
            &["Log Error saito_iPad03 プロファイルの追加後、同期が完了しない"],
            &[("端末", "saito_iPad03"), ("発生日時", "2026/11/20 10:15")],
        ),
        (
            "Hi team,\n\n2026-11-18 09:12:30 ERROR disk is gone\n\nBest regards,\nKen Sato\nExample Inc.\nTel: +81 3 5555 0101\n",
            &["Log Error - disk is gone"],
            &[],
        ),
    ]);
}

#[test]
fn chats_are_what_is_said_in_them() {
    check(&[
        (
            "[11/20 9:02] 久保 健\nMobiConnectのジョブがPUSH要求中で止まってます\n[11/20 9:03] 安倍\n何台ですか？\n\
             [11/20 9:05] 久保 健\n3台です\n",
            &["Status Warning - MobiConnectのジョブがPUSH要求中で止まってます"],
            &[("ステータス", "PUSH要求中")],
        ),
        (
            "久保健  9:02 AM\niPhoneの同期状態が「応答無」のままなんですけど\n安倍  9:04 AM\n電源は？\n久保健  9:05 AM\n\
             入ってます :ok:\n2 replies\n",
            &["Question Unknown - iPhoneの同期状態が「応答無」のままなんですけど"],
            &[("同期状態", "応答無")],
        ),
        (
            "2026/11/20(金)\n9:02\t久保\t端末応答待ちから進まない\n9:04\t安倍\t再起動した？\n9:09\t久保\tしました！\n既読\n",
            &["Question Unknown - 端末応答待ちから進まない"],
            &[("ステータス", "端末応答待ち")],
        ),
        (
            "[2026/11/20 9:02] 久保: iPadのリモートロックがPUSHタイムアウトになりました\n[2026/11/20 9:03] 安倍: 了解です\n",
            &["Status Error - iPadのリモートロックがPUSHタイムアウトになりました"],
            &[("ステータス", "PUSHタイムアウト"), ("要求識別", "リモートロック")],
        ),
        (
            "田中 10:12\n```\n2026-11-18 09:12:30 ERROR sync failed: device not found\n```\n佐藤 10:15\n確認します\n",
            &["Log Error - sync failed: device not found"],
            &[],
        ),
        (
            "MobiConnectでジョブが全然進みません。\nPUSH送信中のままです。\nどこを見ればいいですか？\n",
            &[
                "Question Unknown - MobiConnectでジョブが全然進みません。 PUSH送信中のままです。 どこを見ればいいですか？",
            ],
            &[("ステータス", "PUSH送信中")],
        ),
    ]);
}

#[test]
fn screens_are_facts() {
    check(&[
        (
            "デバイス詳細\nデバイス状態\t\n登録状態\tチェックイン済\n最終アクセス\t2026年11月10日 08:12:00\n\
             チェックイン日\t2026年04月01日\nデバイス情報を要求\t2026年11月25日 07:30:00\n",
            &[],
            &[("登録状態", "チェックイン済"), ("最終アクセス", "2026年11月10日 08:12:00")],
        ),
        (
            "登録状態 チェックイン済\n同期状態 応答無\n最終アクセス 2026/11/10 08:12\n",
            &["Status Error - 応答無"],
            &[("最終アクセス", "2026/11/10 08:12")],
        ),
        (
            "デバイス同期情報\n同期完了 120\n同期要求中 3\n同期進行中 0\n応答無 0\n\nデバイス登録情報\nチェックイン済 118\n\
             チェックイン待ち 0\n解除済 5\n",
            &["Status Warning - 同期要求中"],
            &[("応答無", "0"), ("解除済", "5")],
        ),
        (
            "デバイス同期情報\n同期完了\t310\n同期要求中\t0\n応答無\t0\n",
            &[],
            &[("同期完了", "310")],
        ),
        ("管理者ロック中\nIOS\t0\tANDROID\t3\n", &[], &[("ANDROID", "3")]),
        (
            "BizMobile Go! ダッシュボード 操作 表示 構成 設定 ログ ヘルプ\n同期状態\nプロファイル\n\
             vpn_2026: 同期によるインストールが必要です\nログを確認する\n",
            &["Log Warning - vpn_2026: 同期によるインストールが必要です"],
            &[],
        ),
        (
            "ユニット詳細 > Apple関連設定 > Apple情報\nPush証明書の失効日\t\nシリアル情報\t\n",
            &[],
            &[("Push証明書の失効日", "")],
        ),
        (
            "管理要求の詳細\n登録日時\t2026/11/20 09:00\n要求識別\t遠隔初期化\n端末番号\t04f45f0aaaaa\n所有者名\t谷口\n\
             ステータス\tPUSH送達確認済\n",
            &["Status Warning 04f45f0aaaaa PUSH送達確認済"],
            &[("要求識別", "遠隔初期化")],
        ),
        (
            "CLOMO PANEL\nデバイス名\teigyo-iPhone07\nOS\tiOS 18.1\n最終応答\t2026/10/30 11:20\nステータス\t管理中\n",
            &[],
            &[("最終応答", "2026/10/30 11:20")],
        ),
        (
            "同期状態：同期進行中（iPhone 12台）\n同期状態：応答無（iPhone 5台）\n",
            &["Status Warning - 同期進行中", "Status Error - 応答無"],
            &[],
        ),
        (
            "端末番号 04f45f0a1b2c 要求識別 アプリ配信 ステータス 端末エラー エラーコード 12008\n",
            &["Status Error 04f45f0a1b2c 端末エラー"],
            &[("エラーコード", "12008")],
        ),
        (
            "最終アクセス\n11/10 08:12\nデバイス情報を要求\n昨日の17:20\n",
            &[],
            &[("最終アクセス", "2026/11/10 08:12"), ("デバイス情報を要求", "2026/11/27 17:20")],
        ),
        (
            "- 最終アクセス: 2026/11/10 08:12\n- セキュリティチェック → 2026/11/10 08:12\n",
            &[],
            &[("セキュリティチェック", "2026/11/10 08:12")],
        ),
        ("エラーメッセージ\nコマンドを送信しました\n", &["Log Info - コマンドを送信しました"], &[]),
    ]);
}

#[test]
fn tables_of_jobs_have_further_columns() {
    check(&[
        (
            "2026/11/26 09:10\tアプリ配信\t名刺管理\t04f45f0c0001\t石井\t端末エラー\t\n\
             2026/11/26 09:11\tアプリ配信\t名刺管理\t04f45f0c0002\t石井\t成功\t\n",
            &["Status Error 04f45f0c0001 端末エラー"],
            &[("ステータス", "成功")],
        ),
        (
            "2026/11/26 09:10 アプリ配信 名刺管理 04f45f0c0001 石井 端末エラー\n\
             2026/11/26 09:12 遠隔監視 位置情報 04f45f0c0003 石井 リトライ待機中\n",
            &["Status Error 04f45f0c0001 端末エラー", "Status Warning 04f45f0c0003 リトライ待機中"],
            &[("要求識別", "遠隔監視")],
        ),
        (
            "1\t端末番号\tステータス\t登録日時\t備考\n2\t04f45f0c0001\t実行中\t2026/11/26 9:10\t\n\
             3\t04f45f0c0002\t予約待機中\t2026/11/26 9:12\t再送\n",
            &["Status Warning 04f45f0c0001 実行中", "Status Warning 04f45f0c0002 予約待機中"],
            &[("備考", "再送")],
        ),
        (
            "| No | 端末番号 | 要求識別 | ステータス | 担当 |\n|---|---|---|---|---|\n\
             | 1 | 04f45f0c0001 | アプリ配信 | PUSHタイムアウト | 林 |\n| 2 | 04f45f0c0002 | アプリ配信 | 成功 | 森 |\n",
            &["Status Error 04f45f0c0001 PUSHタイムアウト"],
            &[("担当", "林")],
        ),
        (
            "デバイス名,ユーザー名,プラットフォーム,状態,エラー コード\niPad-営業-7,鈴木,iOS,失敗,0x87D13B9F\n\
             iPad-営業-8,田中,iOS,インストール済み,\n",
            &["Log Error iPad-営業-7 失敗 0x87D13B9F"],
            &[("状態", "インストール済み")],
        ),
        (
            "yamada-PC01\tデバイス構成\tエラー\t0x87d1fde8\n",
            &["Log Error yamada-PC01 デバイス構成\tエラー\t0x87d1fde8"],
            &[],
        ),
    ]);
}

#[test]
fn sentences_tell_facts_and_states() {
    check(&[
        (
            "リモートロック 端末応答待ち 登録日時 2024/05/01 09:00\n",
            &["Status Warning - 端末応答待ち"],
            &[("要求識別", "リモートロック"), ("登録日時", "2024/05/01 09:00")],
        ),
        (
            "最終アクセスは3日前、セキュリティチェックは11/1のままで、デバイス情報を要求は今朝8時半です。\n",
            &[],
            &[
                ("最終アクセス", "2026/11/25"),
                ("セキュリティチェック", "2026/11/01"),
                ("デバイス情報を要求", "2026/11/28 08:30"),
            ],
        ),
        (
            "ジョブのステータスが予約待機中から変わりません。\n",
            &["Status Warning - ジョブのステータスが予約待機中から変わりません。"],
            &[("ステータス", "予約待機中")],
        ),
        (
            "「要求タイムアウト」と表示されました。\n",
            &["Status Error - 「要求タイムアウト」と表示されました。"],
            &[("ステータス", "要求タイムアウト")],
        ),
        (
            "実行中からセッションタイムアウトに変わりました\n",
            &["Status Error - 実行中からセッションタイムアウトに変わりました"],
            &[("ステータス", "セッションタイムアウト")],
        ),
        (
            "Push証明書の失効日が空欄になっています\n",
            &["Log Unknown - Push証明書の失効日が空欄になっています"],
            &[("Push証明書の失効日", "")],
        ),
        (
            "アプリの更新が成功しています。バックアップを実行中に電源が切れました\n",
            &["Log Error - アプリの更新が成功しています。バックアップを実行中に電源が切れました"],
            &[],
        ),
    ]);
}

#[test]
fn what_was_read_is_summed_up() {
    let paste = "お世話になっております。\n端末応答待ちのままです。どうすればよいでしょうか。\n\
        2026/11/20 09:00:00\tエラー\t同期に失敗しました。\n";
    let reading = read(None, paste.as_bytes(), &ReadOptions::default(), &Vocabulary::default());
    let summary = reading.summary();
    assert_eq!(
        (summary.entries, summary.states, summary.facts, summary.questions, summary.correspondence),
        (1, 0, 1, 1, true)
    );
    assert_eq!(reading.again, None);
}

#[test]
fn a_line_that_may_be_a_question_is_kept_as_one() {
    let again = |paste: &str| {
        read(None, paste.as_bytes(), &ReadOptions::default(), &Vocabulary::default()).again
    };
    assert_eq!(again("同期が完了しません\n"), Some(Again::AsQuestion("同期が完了しません".into())));
    for paste in ["2026/11/20 09:00 同期が完了しません\n", "同期が完了しました\n", "PUSH送信中\n"]
    {
        assert_eq!(again(paste), None, "{paste}");
    }
}
