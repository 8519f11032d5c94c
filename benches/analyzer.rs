//! How fast texts become words.
//!
//! Corpus: the sentences below, which are in the manner of MDM manuals and logs (kanji, loanwords,
//! identifiers, full-width forms), joined to texts of about 64 KiB; no random numbers. `manual` is
//! Japanese prose, `log` is tab-separated rows.

use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use shirube::text::{Analyzer, normalize};

const MANUAL: &[&str] = &[
    "管理画面からプロファイルを変更し、手動で同期を行ったあとも同期完了にならない場合は、次の順序で原因を絞り込みます。\n",
    "「デバイス情報を要求」は、MDMサーバがPushリクエストを最後に送信した日時です。\n",
    "証明書の有効期限が切れている場合は、Apple Push Certificates Portalで更新してからアップロードしてください。\n",
    "パスコードロック中の端末には、構成プロファイルをインストールできません。ロックを解除すると自動的に再開されます。\n",
    "取り消したライセンスは、切り替えの完了後に別のユーザーへ割り当てられます（最大で３０分かかります）。\n",
    "※ 初期化を行なうと、端末内のデータはすべて消去され、元に戻すことはできません。\n",
    "コントロール パネルの［ネットワークとインターネット］から、ウィンドウの右下にある「詳細設定」をクリックします。\n",
    "この問題を解決するには、SQL Server 構成マネージャーを使用してサービスを再起動し、エラー ログを確認します。\n",
];

const LOG: &[&str] = &[
    "2022年11月10日 15:43:37\tuser_20221110\t森\tmori_iPhone11s\tInstallProfile: (4026) プロファイル\"user_20221110\"がパスワード変更を要求している可能性があります。\n",
    "2022/11/10 15:44:02\tadmin01\t営業部\tipad-0231\tDeviceInformation: 成功\n",
    "2022-11-10T15:44:09+09:00 mdmd[211]: MCInstallationErrorDomain 4027 0x87D136CA の更新に失敗しました\n",
];

/// The sentences, joined to a text of about 64 KiB.
fn text(sentences: &[&str]) -> String {
    let mut text = String::new();
    for sentence in sentences.iter().cycle() {
        if text.len() >= 64 * 1024 {
            break;
        }
        text.push_str(sentence);
    }
    text
}

fn analyzer(criterion: &mut Criterion) {
    let (analyzer, _) = Analyzer::new("構成プロファイル\nPush証明書\n");
    let mut worker = analyzer.worker();
    let mut group = criterion.benchmark_group("analyzer");
    for (name, sentences) in [("manual", MANUAL), ("log", LOG)] {
        let text = text(sentences);
        group.throughput(Throughput::Bytes(text.len() as u64));
        group.bench_function(format!("normalize/{name}"), |bencher| {
            bencher.iter(|| normalize(black_box(&text)));
        });
        group.bench_function(format!("analyze/{name}"), |bencher| {
            bencher.iter(|| worker.analyze(black_box(&text)).len());
        });
        group.bench_function(format!("bigrams/{name}"), |bencher| {
            bencher.iter(|| {
                let mut count = 0;
                worker.bigrams(black_box(&text), |_| count += 1);
                count
            });
        });
    }
    group.finish();
}

criterion_group!(benches, analyzer);
criterion_main!(benches);
