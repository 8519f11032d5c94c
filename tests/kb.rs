//! Answers that the shipped knowledge base must give, and claims that it must not make.

mod support;

use std::fmt::Write as _;
use std::path::PathBuf;
use std::sync::LazyLock;

use shirube::index::{self, IndexOptions, Root};
use shirube::record::{self, Reading};
use shirube::report::{self, TextOptions};
use shirube::search::{Answer, AnswerOptions, Evidence, Remedy, Searcher};
use shirube::source::{Language, Warning};

use support::TODAY;

const PASSWORD_CHANGE: &str = "bizmobile/installprofile-password-change";

/// The message of the manual, with a code and a profile of the log's own.
const MESSAGE: &str = "InstallProfile: (4026) プロファイル\"sales_20240513\"がパスワード変更を要求している可能性があります、パスワードを変更できません。";

/// The built-in knowledge base, indexed once, and what reading it could not make sense of.
static KNOWLEDGE: LazyLock<(Searcher, Vec<Warning>)> = LazyLock::new(|| {
    let options = IndexOptions::new([Root::Embedded]);
    let (snapshot, report) = index::open_or_build(&options).expect("the articles can be indexed");
    let (searcher, more) = Searcher::new(snapshot);
    (searcher, report.warnings.into_iter().chain(more).collect())
});

fn searcher() -> &'static Searcher {
    &KNOWLEDGE.0
}

fn options() -> AnswerOptions {
    AnswerOptions::at(TODAY.at(12, 0, 0, 0))
}

fn answer(paste: &[u8]) -> Answer {
    support::answer_with(searcher(), paste, &options())
}

fn ask(question: &str) -> Answer {
    let incidents = vec![record::question(question, searcher().codes())];
    let reading = Reading { incidents, ..Reading::default() };
    searcher().answer(&reading, &options()).expect("the index in memory can be read")
}

/// The remedies that are claimed, those of the first incident first.
fn claimed(answer: &Answer) -> Vec<&Remedy> {
    answer.incidents.iter().flat_map(|incident| &incident.remedies).collect()
}

fn assert_shown_first(answer: &Answer, passage: &str, asked: &str) {
    let first = claimed(answer).first().map(|remedy| remedy.passage_id.as_str());
    assert_eq!(first, Some(passage), "{asked}");
}

/// The article that is claimed first.
fn first(answer: &Answer) -> Option<&str> {
    claimed(answer).first().map(|remedy| remedy.id.as_str())
}

fn text(answer: &Answer) -> String {
    report::text(answer, &TextOptions::plain(Language::Ja, 80, TODAY))
}

fn data(path: &str) -> PathBuf {
    support::repository().join(path)
}

#[test]
fn the_shipped_articles_read_without_a_warning() {
    let warnings = &KNOWLEDGE.1;
    assert!(warnings.is_empty(), "{warnings:#?}");
}

#[test]
fn a_pasted_operation_log_brings_up_its_remedy() {
    let log = std::fs::read(data("examples/logs/bizmobile-operation-log.tsv"));
    let answer = answer(&log.expect("the example can be read"));
    assert_eq!(first(&answer), Some(PASSWORD_CHANGE));

    // The truncated row and the full rows are one incident, on two devices.
    let incident = &answer.incidents[0].incident;
    assert_eq!((incident.count, incident.device_count), (3, 2));

    let remedy = claimed(&answer)[0];
    assert!(!remedy.cautions.is_empty());
    let same_wording = |evidence: &Evidence| matches!(evidence, Evidence::Message { similarity, .. } if *similarity > 0.95);
    assert!(remedy.evidence.iter().any(same_wording), "{:?}", remedy.evidence);
    // The rows around it are harmless.
    assert!(answer.incidents.iter().skip(1).all(|other| other.remedies.is_empty()));
}

#[test]
fn the_number_of_the_log_is_the_number_of_the_article() {
    let answer = answer(MESSAGE.as_bytes());
    let shown = text(&answer);
    let caution = shown.find("⚠ 実行前に").expect("the caution is shown");
    let steps = shown.find("1. ").expect("the steps are shown");
    assert!(caution < steps, "{shown}");
    assert!(shown.contains("文言が一致・番号は異なる（ログ 4026／記事 4027）"), "{shown}");
    assert!(shown.contains("ログの 4026 は、記事の 4027 と同じエラーです。"), "{shown}");
}

#[test]
fn it_is_found_in_every_disguise() {
    let cases = [
        ("no code", MESSAGE.replace("(4026) ", "")),
        ("another code", MESSAGE.replace("4026", "4999")),
        ("the article's code", MESSAGE.replace("4026", "4027")),
        ("another profile", MESSAGE.replace("sales_20240513", "本社_iPad 標準 (2026年度)")),
        ("no profile", MESSAGE.replace("sales_20240513", "")),
        (
            "full width",
            "ＩｎｓｔａｌｌＰｒｏｆｉｌｅ：　（４０２６）　プロファイル＂ｓａｌｅｓ＿１＂がパスワード変更を要求している可能性があります、パスワードを変更できません。".to_owned(),
        ),
        (
            "half-width kana",
            "InstallProfile: (4026) ﾌﾟﾛﾌｧｲﾙ\"sales\"がﾊﾟｽﾜｰﾄﾞ変更を要求している可能性があります､ﾊﾟｽﾜｰﾄﾞを変更できません｡".to_owned(),
        ),
        ("cut off", MESSAGE.replace("、パスワードを変更できません。", "...")),
        ("a line of its console", format!("2024年05月14日 10:21:48  sales  佐藤  sato_iPhone12  {MESSAGE}")),
        ("in a sentence", format!("ログに「{MESSAGE}」と出ました。どうすればいいですか")),
    ];
    for (name, paste) in cases {
        assert_eq!(first(&answer(paste.as_bytes())), Some(PASSWORD_CHANGE), "{name}");
    }
}

#[test]
fn it_is_found_in_every_encoding() {
    let (shift_jis, _, lossy) = encoding_rs::SHIFT_JIS.encode(MESSAGE);
    assert!(!lossy);
    let (euc_jp, _, _) = encoding_rs::EUC_JP.encode(MESSAGE);
    let utf_16: Vec<u8> =
        std::iter::once(0xfeff).chain(MESSAGE.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    let marked = [b"\xEF\xBB\xBF", MESSAGE.as_bytes()].concat();
    for (name, bytes) in [
        ("Shift_JIS", shift_jis.as_ref()),
        ("EUC-JP", euc_jp.as_ref()),
        ("UTF-16", &utf_16),
        ("UTF-8 with a mark", &marked),
    ] {
        assert_eq!(first(&answer(bytes)), Some(PASSWORD_CHANGE), "{name}");
    }
}

#[test]
fn it_is_found_among_three_hundred_harmless_rows() {
    let mut csv = String::from(
        "日時,テンプレート,ユーザ,管理番号,深刻度,登録情報名,説明,オペレータ,タイプ\r\n",
    );
    for row in 0..300 {
        let time = format!("2024年05月14日 {:02}:{:02}:00", 8 + row / 60, row % 60);
        if row == 150 {
            let quoted = MESSAGE.replace('"', "\"\"");
            let _ = write!(csv, "{time},sales,佐藤,sato_iPhone12,,,\"{quoted}\",,コマンド\r\n");
        }
        let _ = write!(
            csv,
            "{time},sales,鈴木,suzuki_iPad{row:03},,,DeviceInformation: 正常に完了しました。,,コマンド\r\n"
        );
    }
    let (bytes, _, lossy) = encoding_rs::SHIFT_JIS.encode(&csv);
    assert!(!lossy);
    let answer = answer(&bytes);
    assert_eq!(first(&answer), Some(PASSWORD_CHANGE));
    let answered = answer.incidents.iter().filter(|incident| !incident.remedies.is_empty());
    assert_eq!(answered.count(), 1);
}

#[test]
fn a_bare_state_brings_up_the_order_of_checks_and_no_wipe() {
    for paste in
        ["同期によるインストールが必要です", "sales_20240513: 同期によるインストールが必要です"]
    {
        let answer = answer(paste.as_bytes());
        let remedy = claimed(&answer)[0];
        assert_eq!(remedy.id, "bizmobile/profile-sync-required", "{paste}");
        assert!(!remedy.destructive, "{paste}");
    }
}

#[test]
fn two_alarms_have_two_remedies() {
    for (alarm, article, destructive) in [
        (
            "Apple Push証明書を更新してください。無効もしくは有効期限が切れています",
            "bizmobile/push-certificate",
            false,
        ),
        ("Apple Push証明書が無効になっています", "bizmobile/push-certificate-invalid", true),
    ] {
        let answer = answer(alarm.as_bytes());
        assert_eq!(first(&answer), Some(article), "{alarm}");
        assert_eq!(claimed(&answer)[0].destructive, destructive, "{alarm}");
    }
}

/// Restarting comes before what takes a device out of the management.
#[test]
fn what_loses_something_comes_last() {
    let answer = ask(
        "CLOMOの端末が疎通しない。SIMカードの抜き差しや再起動、上書きでのインストールはどの順に試しますか",
    );
    assert_eq!(first(&answer), Some("clomo/device-token-expired"));
    let remedy = claimed(&answer)[0];
    assert!(!remedy.destructive && remedy.passage.contains("再起動"), "{}", remedy.passage);
    let last = &answer.incidents[0].last_resort[0];
    assert!(last.destructive && last.passage.contains("アンインストール"), "{}", last.passage);
    assert!(!remedy.passage.contains(&last.passage) && !last.cautions.is_empty());
    let shown = text(&answer);
    assert!(shown.contains("最後の手段") && !shown.contains(&last.passage), "{shown}");
}

#[test]
fn nothing_is_lost_unasked() {
    for question in [
        "パスワードを忘れました",
        "ワイプ",
        "端末をもう一度登録したい",
        "InstallProfile: (4026) プロファイル\"ka...",
    ] {
        for answer in [ask(question), answer(question.as_bytes())] {
            let destructive: Vec<_> =
                claimed(&answer).into_iter().filter(|it| it.destructive).collect();
            assert!(destructive.is_empty(), "{question}: {destructive:?}");
        }
    }
    for asked in ["セレクティブワイプするとどうなりますか", "ジョブを全部キャンセルしたい"]
    {
        let answer = ask(asked);
        assert!(claimed(&answer).iter().any(|it| it.destructive), "{asked}");
    }
}

#[test]
fn an_expired_procedure_says_so_first() {
    let answer = ask("iOS9.1にアップデートした端末でプロファイルを上書きする手順");
    assert_eq!(first(&answer), Some("mobiconnect/ios91-profile-overwrite"));
    let shown = text(&answer);
    let mut lines = shown.split("\n\n").nth(1).unwrap_or_default().lines();
    assert!(lines.next().is_some_and(|line| line.starts_with("1 【対処】")), "{shown}");
    let under = lines.find(|line| !line.starts_with("    "));
    assert_eq!(under, Some("  この手順は2015年12月31日で使えなくなりました"), "{shown}");
}

#[test]
fn nothing_is_claimed_about_what_nothing_documents() {
    let mut pastes: Vec<PathBuf> = std::fs::read_dir(data("tests/data/undocumented"))
        .expect("the pastes can be listed")
        .map(|entry| entry.expect("the entry can be read").path())
        .collect();
    pastes.sort();
    assert!(pastes.len() >= 50);
    let mut claims = String::new();
    for paste in pastes {
        let answer = answer(&std::fs::read(&paste).expect("the paste can be read"));
        for remedy in claimed(&answer) {
            let name = paste.file_name().unwrap_or_default().to_string_lossy();
            let _ = writeln!(claims, "{name}: {} at {:.2}", remedy.id, remedy.confidence);
        }
    }
    assert!(claims.is_empty(), "claimed without ground:\n{claims}");
}

/// Words that everybody uses, wishes, greetings and harmless rows: hardly one in fifty is claimed.
#[test]
fn what_nothing_documents_is_hardly_claimed() {
    let bank = std::fs::read_to_string(data("tests/data/eval/undocumented/unanswerable.tsv"))
        .expect("the bank can be read");
    let lines: Vec<&str> = bank.lines().filter_map(|line| Some(line.split_once('\t')?.1)).collect();
    assert_eq!(lines.len(), 150);
    let mut claims = Vec::new();
    for line in &lines {
        if let Some(remedy) = claimed(&answer(line.as_bytes())).first() {
            claims.push(format!("{line}: {} at {:.2}", remedy.passage_id, remedy.confidence));
        }
    }
    assert!(claims.len() <= lines.len() / 50, "{claims:#?}");
}

/// The articles treat what these speak of, and have nothing of the thing that is asked about.
#[test]
fn a_thing_that_no_article_has_is_not_answered_by_the_rest() {
    for asked in [
        "機種変更したら写真が消えた",
        "機種変更の見積もりがほしい",
        "退職者のメールボックスを引き継ぎたい",
        "アクティベーションロックのメールアドレスが分からない",
        "OneDriveの同期が完了しない",
        "テザリングの速度が遅い",
        "契約台数を超えたらどうなりますか",
        "Androidの仕事用プロファイルを週末だけ自動で止めたい",
        "Jamfの契約を更新する担当の窓口はどこ",
        "仕事用プロファイルだけ消したい",
    ] {
        let answer = ask(asked);
        let claimed: Vec<&str> = claimed(&answer).iter().map(|it| it.passage_id.as_str()).collect();
        assert_eq!(claimed, [""; 0], "{asked}");
    }
}

/// A short question tells little; but all of it is in the manual, as a quotation, a name that is explained, a heading in
/// other words.
#[test]
fn a_short_question_that_the_manual_says_whole_is_answered() {
    for (asked, passage) in [
        ("端末なくしました", "everyday/device-lost-or-stolen#まずロックする"),
        ("最終アクセスの意味は", "bizmobile/device-status-times#3つの日時の意味"),
        ("同期が終わらない", "bizmobile/sync-not-complete#確認の順序"),
        ("コマンドが届かない端末がある", "clomo/command-not-received#確認の順序"),
    ] {
        assert_shown_first(&ask(asked), passage, asked);
    }
}

/// Who asks for a cause, a consequence, a contact, a difference, a name's meaning or a place is told just that, and no
/// steps in its place.
#[test]
fn a_question_is_answered_by_what_it_asks_for() {
    for (asked, passage) in [
        ("MDM機能が破損する原因は何ですか", "clomo/mdm-function-broken#原因"),
        ("初期化するとどうなる", "everyday/wipe-sent-by-mistake#失われるもの"),
        (
            "違うアカウントで作ったPush証明書は取り消したほうがいいですか",
            "everyday/push-certificate-other-apple-account#失われるもの",
        ),
        ("紛失した端末に誰へ連絡すればいい", "everyday/device-lost-or-stolen#誰に聞くか"),
        (
            "who should decide whether to wipe a stolen phone",
            "everyday/device-lost-or-stolen#誰に聞くか",
        ),
        (
            "モビコネクトの一括キャンセルと普通のキャンセルは何が違う",
            "mobiconnect/job-management#ジョブのキャンセル",
        ),
        ("iprofiles.apple.comは何の宛先ですか", "apple/network-ports#許可する宛先"),
        ("端末エラーってどんなときに出ますか", "mobiconnect/device-error#対処"),
        (
            "BizMobileで応答無の台数を見る画面はどこですか",
            "bizmobile/sync-not-complete#ダッシュボードで件数を見る",
        ),
        (
            "wipeしたのに端末が消えない",
            "everyday/wipe-sent-by-mistake#消去を送ったのに端末が消えないとき",
        ),
    ] {
        assert_shown_first(&ask(asked), passage, asked);
    }
}

/// A difference is told where both things are, and by the passage of one of them to nobody; two codes are named by their
/// numbers alone.
#[test]
fn a_difference_is_told_where_both_things_are() {
    for (asked, passage) in [
        (
            "要求タイムアウトとセッションタイムアウトの違い",
            "mobiconnect/job-timeout#3種類のタイムアウト",
        ),
        ("4026と4027は同じエラーですか", "apple/error-codes#4026と4027が同じエラーのとき"),
    ] {
        assert_shown_first(&ask(asked), passage, asked);
    }
    // The words of 端末エラー are there, and no such error.
    for asked in [
        "PUSHタイムアウトと応答無の違い",
        "要求タイムアウトと端末エラーの違い",
        "MobiConnectで端末エラーとセッションタイムアウトの違いは",
    ] {
        assert_eq!(first(&ask(asked)), None, "{asked}");
    }
}

/// The number at the end of a device's name is no code, and what is before it no word of the question.
#[test]
fn a_name_with_a_number_is_neither_code_nor_word() {
    for name in ["受付-01", "iPad-受付-12", "総務-3"] {
        let asked = format!("{name}の同期が終わらない");
        let told = ask(&asked);
        assert!(told.incidents.iter().all(|it| it.incident.codes.is_empty()), "{asked}");
        assert_shown_first(&told, "bizmobile/sync-not-complete#確認の順序", &asked);
        let pasted = answer(format!("{name} に接続できませんでした").as_bytes());
        assert_eq!(first(&pasted), None, "{name}");
    }
}

/// Shared devices are called by where they are.
#[test]
fn a_place_with_a_number_is_a_device() {
    for pasted in [
        "受付-01が同期要求中のままです",
        "2026/11/27 10:22 受付-01 リモートロック 端末応答待ち",
        "受付-01,ホーム画面レイアウト,失敗,0x87D136CC",
    ] {
        let read = answer(pasted.as_bytes());
        assert_eq!(read.incidents[0].incident.devices, ["受付-01"], "{pasted}");
    }
}

/// A screen that was copied into one line is read as the screen.
#[test]
fn labels_beside_each_other_are_read() {
    let read = answer("端末番号:acfd00b31c07 ステータス:端末エラー エラーコード:12035".as_bytes());
    assert_eq!(first(&read), Some("mobiconnect/device-error"));
    assert_eq!(read.incidents[0].incident.devices, ["acfd00b31c07"]);
    let read = answer(
        "Agent: Nothing was set. ID: (3c11), Area: (Camera), Mode: (Merge), Result: (No)."
            .as_bytes(),
    );
    assert_eq!(read.incidents.len(), 1);
}

/// A report of success has the words of the article of what did not succeed.
#[test]
fn a_report_of_success_claims_nothing() {
    for said in ["BizMobile Go!で同期完了になりました", "紛失モードを解除できました"]
    {
        assert_eq!(first(&ask(said)), None, "{said}");
    }
    let asked = "同期完了になりましたが反映されません";
    assert_shown_first(&ask(asked), "bizmobile/sync-not-complete#確認の順序", asked);
}

/// Around what somebody quotes, or around the message of a row, a question says more than the manual.
#[test]
fn a_message_within_a_question_is_that_message() {
    for (asked, passage) in [
        (
            "Setup stops at \"iPhone Locked to Owner\" after we wiped the old iPhone of a driver who left the company",
            "everyday/activation-lock#ロックを解除する",
        ),
        (
            "ログに KeyStore doesn't contain any default private key って出てます",
            "jamf/server-log#ldapとシングルサインオン/generating-metadata-without-signing-key-keystore-doesnt-cont",
        ),
        (
            "Intuneで「評価されていない」って出てる端末、どうするん",
            "intune/compliance-states#状態の意味/評価されていない",
        ),
        (
            "intune Is active が非準拠、何日つながらないとなるの",
            "intune/compliance-states#既定のコンプライアンスポリシーで非準拠になるとき/is-active",
        ),
    ] {
        assert_shown_first(&ask(asked), passage, asked);
    }
}

/// When a number came up, and what was being done, bears against no error: only a word that tells of another system does.
#[test]
fn a_number_within_a_sentence_is_the_error_that_the_manual_has_under_it() {
    let passage = "apple/mdm-error-codes#アプリのエラー/mcmdmerrordomain-12024";
    for asked in [
        "プロファイルを配信したら「エラー【12024】」と出て止まりました",
        "ある端末だけ、昨日から何度やっても 12024 のエラーで止まってしまいます",
    ] {
        assert_shown_first(&ask(asked), passage, asked);
    }
    for asked in [
        "経費精算システムでエラー12024が出ました",
        "注文番号 80180018 のノートPCがまだ届いていません",
        "会計ソフトの入力中にエラー12024と出て止まりました",
    ] {
        assert_eq!(first(&ask(asked)), None, "{asked}");
    }
}

/// The manual of a team has numbers that no dictionary knows; what happened beside one says nothing of whose it is.
#[test]
fn a_number_of_a_heading_is_an_error_of_its_own() {
    let text = "# VPNの困りごと\n\n## 証明書が見つからない (0x44010412)\n\n証明書を配り直します。\n\n\
                ## サーバーが混んでいる (エラー 651)\n\n5分待ってから、つなぎ直します。\n";
    let kb = support::knowledge_base(&[("vpn.md", text)]);
    for (pasted, passage) in [
        ("エラー 651 でつながりません", "vpn#サーバーが混んでいる-エラー-651"),
        ("店のPCで 0x44010412 と出ました", "vpn#証明書が見つからない-0x44010412"),
    ] {
        assert_shown_first(&support::answer(&kb, pasted), passage, pasted);
    }
    assert_eq!(first(&support::answer(&kb, "経費精算システムでエラー651が出ました")), None);
}

/// A section about one of two things is not about how they differ.
#[test]
fn a_difference_is_told_where_both_are() {
    let passage = "mobiconnect/job-timeout#3種類のタイムアウト";
    for asked in [
        "要求タイムアウトとセッションタイムアウトの違い",
        "PUSHタイムアウトと要求タイムアウトは別物ですか",
    ] {
        assert_shown_first(&ask(asked), passage, asked);
    }
}

/// Two passages may have the words of a way to ask: where the surer one loses nothing, the other is a guess.
#[test]
fn a_guess_that_loses_something_gives_way_to_what_is_surer() {
    let asked = "Push証明書の期限を過ぎてしまった。全台の再チェックインが必要？";
    let answer = ask(asked);
    assert_shown_first(&answer, "bizmobile/push-certificate#失効日が過ぎているとき", asked);
    assert!(answer.incidents.iter().flat_map(|it| &it.remedies).all(|it| !it.destructive));
    let living = "タップ方式の要求は成功なのに、端末を見ると設定が入っていない";
    let expired = "mobiconnect/feature-set-tap-install#タップ方式の成功の意味";
    assert_shown_first(&ask(living), expired, living);
}

/// A state is one whoever's it is said to be, and in whatever letters.
#[test]
fn a_state_is_told_beside_the_name_of_its_console() {
    for (asked, passage) in [
        ("モビコネクトで端末エラーになった", "mobiconnect/device-error#対処"),
        ("MobiConnectの端末エラー", "mobiconnect/device-error#対処"),
        ("どうきしんこうちゅうのままおわらない", "bizmobile/sync-not-complete#確認の順序"),
    ] {
        assert_shown_first(&ask(asked), passage, asked);
    }
}

/// A row that is known by its message may be told in its words; the meaning of a code is the writer's.
#[test]
fn a_row_without_a_code_is_told_in_the_words_of_its_message() {
    let told = "MacにBootstrapトークンが無いというJamfの行";
    assert_eq!(first(&ask(told)), Some("jamf/server-log"), "{told}");
    let meaning = "アプリのVPPライセンスが見つからない";
    assert_eq!(first(&ask(meaning)), None, "{meaning}");
}

/// An operation that was done, or is named to be undone, is not the one that somebody wishes for.
#[test]
fn who_wishes_for_something_after_an_operation_is_answered() {
    for (asked, passage) in [
        (
            "初期化が済んだiPadを、もう一度使える状態に戻したい",
            "everyday/wipe-sent-by-mistake#消えてしまった後にすること",
        ),
        (
            "ロストモードを外す操作は端末でできますか",
            "everyday/device-lost-or-stolen#紛失モードにする",
        ),
        (
            "プッシュ用の証明書を別のアップルIDで作って管理画面に入れてしまい、全台が反応しない",
            "everyday/push-certificate-other-apple-account#もとのアカウントで更新し直す",
        ),
    ] {
        assert_shown_first(&ask(asked), passage, asked);
    }
}

/// Who tells what was done, or where all is well, asks about the rest.
#[test]
fn what_is_done_is_not_asked_about() {
    for (asked, passage) in [
        (
            "Push証明書は更新できましたが端末が応答しません",
            "everyday/all-devices-silent#何台がいつから応答しないか",
        ),
        (
            "遠隔設定フィーチャーセットをタップ方式で送って成功になったのに、プロファイルが入っていない",
            "mobiconnect/feature-set-tap-install#タップ方式の成功の意味",
        ),
        (
            "閉域網の端末だけCLOMOのコマンドが来ない。普通の回線に替えたら来た",
            "clomo/command-not-received#ポートやfqdnの利用が制限されている",
        ),
        (
            "日時は3つとも新しくなってるのに同期完了にならず同期進行中のまま",
            "bizmobile/sync-not-complete#すべて更新されているのに同期完了にならない",
        ),
    ] {
        assert_shown_first(&ask(asked), passage, asked);
    }
}

/// How long somebody waited, and a slip of who chose the kanji, change nothing.
#[test]
fn a_state_is_told_whatever_is_said_around_it() {
    for (asked, passage) in [
        (
            "どんなに待っても応答無のまま",
            "bizmobile/sync-not-complete#最終アクセスが更新されていない",
        ),
        ("動機が完了しない", "bizmobile/sync-not-complete#確認の順序"),
    ] {
        assert_shown_first(&ask(asked), passage, asked);
    }
}

/// An article that sends its reader to the best one leaves no doubt of that one.
#[test]
fn an_article_that_leads_to_another_is_no_rival() {
    for (asked, passage) in [
        (
            "セキュリティチェックだけ古い",
            "bizmobile/sync-not-complete#セキュリティチェックが更新されていない",
        ),
        (
            "退職者のiPhoneを返してもらったがロックがかかってる",
            "everyday/activation-lock#ロックを解除する",
        ),
    ] {
        assert_shown_first(&ask(asked), passage, asked);
    }
}

/// A port varies in a log, and is what a question is about.
#[test]
fn a_port_is_what_a_question_is_about() {
    let asked = "ポート2197って端末側で必要ですか";
    assert_shown_first(&ask(asked), "apple/network-ports#開けるポート", asked);
}

/// The log beside a question has a row of its own: a table of other errors is no answer.
#[test]
fn a_question_beside_a_log_gets_no_table_of_errors() {
    let paste = "Macに構成プロファイルを送ると失敗します。MDMのコマンド履歴は下のとおりです。\n\
                 Domain : NSCocoaErrorDomain\nCode   : 3840\n\
                 Desc   : The data couldn’t be read because it isn’t in the correct format.\n";
    let answer = answer(paste.as_bytes());
    let table = "apple/error-codes#プロファイルのインストールのエラー";
    assert!(claimed(&answer).iter().all(|it| it.passage_id != table), "{paste}");
}

/// Whose device it is changes nothing.
#[test]
fn people_are_no_part_of_what_is_asked() {
    for (asked, passage) in [
        ("院長の携帯に間違えて消去を送っちゃった", "everyday/wipe-sent-by-mistake#届く前に止める"),
        (
            "店長がiPhoneの暗証番号を失念して開けない",
            "everyday/passcode-forgotten#データを残したまま解除する",
        ),
    ] {
        assert_shown_first(&ask(asked), passage, asked);
    }
}

/// A mail tells what it asks about in the sentences before, and whose it is in a line of its own.
#[test]
fn a_mail_is_read_with_what_it_tells_before_it_asks() {
    for (mail, passage) in [
        (
            "総務の橋本です。\n3月末で退職する社員からiPhoneを回収しました。4月に入る新人に渡す予定です。\n\
             渡す前に気をつけることはありますか。\n",
            "everyday/leaver-and-replacement#消す前に確かめる",
        ),
        (
            "MobiConnectの件です。\n構成プロファイルの適用を登録したのですが、3日前からずっとPUSH送信中です。\n\
             何を確認すればよいでしょうか。よろしくお願いいたします。\n",
            "mobiconnect/job-status#push送信中",
        ),
        (
            "Hi team,\n\nA driver found his old iPhone after we wiped it, and now setup stops at \"iPhone Locked to Owner\".\n\
             What are our options?\n\nThanks,\nKenji\n",
            "everyday/activation-lock#ロックを解除する",
        ),
    ] {
        let answer = answer(mail.as_bytes());
        assert_eq!(answer.incidents.len(), 1, "{mail}");
        assert_shown_first(&answer, passage, mail);
    }
    let answer = answer(
        "CLOMOの件です。\n今日起動したiPhoneに、パスコード解除のコマンドが届きません。\nどうすればよいでしょうか。\n"
            .as_bytes(),
    );
    let scope = answer.incidents.first().and_then(|it| it.scope.clone()).expect("it is of CLOMO");
    assert_eq!(scope.products, ["CLOMO"]);
}

/// Whoever asks to cancel one job is shown how, with the caution on cancelling all.
#[test]
fn one_job_may_be_cancelled() {
    for asked in ["ジョブをキャンセルしたい", "登録した要求を1件だけ取り下げたい MobiConnect"]
    {
        let answer = ask(asked);
        let first = claimed(&answer).first().map(|it| it.passage_id.clone());
        assert_eq!(
            first.as_deref(),
            Some("mobiconnect/job-management#ジョブのキャンセル"),
            "{asked}"
        );
    }
}

#[test]
fn the_same_paste_gets_the_same_bytes() {
    let log = std::fs::read(data("examples/logs/bizmobile-operation-log.tsv"))
        .expect("the example can be read");
    let once = report::json(&answer(&log), Language::Ja);
    assert_eq!(once, report::json(&answer(&log), Language::Ja));
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(96))]

    #[test]
    fn any_paste_gets_an_answer(paste in proptest::collection::vec(proptest::num::u8::ANY, 0..400)) {
        let answer = answer(&paste);
        let _ = text(&answer);
        let _ = report::json(&answer, Language::Ja);
    }

    #[test]
    fn any_question_gets_an_answer(question in "[ -~ぁ-んァ-ヶ一-龠（）「」…０-９\\t\\n]{0,120}") {
        let answer = ask(&question);
        let _ = text(&answer);
    }
}

#[test]
fn what_is_no_trouble_needs_nothing_to_be_done() {
    for paste in [
        "RemoveProfile: Error MDMErrorDomain 12075 (iPad-営業-04)",
        "2026-05-08 11:15:20,310 [WARN ] [neralPool-3] [JAMFPushProxyConnection  ] - Jamf Push Proxy returned status of: 400",
    ] {
        let answer = answer(paste.as_bytes());
        let remedies = claimed(&answer);
        assert!(remedies.first().is_some_and(|it| it.harmless), "{paste}: {:?}", first(&answer));
        assert!(remedies.iter().all(|it| !it.destructive), "{paste}");
        let text = text(&answer);
        assert!(text.contains("【対応は要りません】"), "{text}");
    }
    // Another constant in the same words may be trouble.
    for paste in [
        "2026-05-08 11:15:20,310 [WARN ] [neralPool-3] [JAMFPushProxyConnection  ] - Jamf Push Proxy connection refused by the certificate",
        "RemoveProfile: Error MDMErrorDomain 12013 (iPad-営業-04)",
    ] {
        let answer = answer(paste.as_bytes());
        assert!(claimed(&answer).iter().all(|it| !it.harmless), "{paste}: {:?}", first(&answer));
    }
}

/// Every link of the check flows leads to a passage under the heading of its anchor.
#[test]
fn every_remedy_of_the_check_flows_is_found() {
    let cases = searcher().flows().iter().flat_map(|flow| &flow.checks).flat_map(|it| &it.cases);
    for link in cases.filter_map(|case| case.verdict.remedy.as_ref()) {
        let found = searcher().passage_of(link).expect("the index in memory can be read");
        let found = found.unwrap_or_else(|| panic!("{link:?} leads nowhere"));
        assert!(!found.passage.is_empty(), "{link:?}");
        if let (Some(anchor), Some(heading)) = (&link.anchor, found.section.last()) {
            let letters = |text: &str| {
                text.to_lowercase().chars().filter(|c| c.is_alphanumeric()).collect::<String>()
            };
            assert_eq!(letters(heading), letters(anchor), "{link:?}");
        }
    }
}
