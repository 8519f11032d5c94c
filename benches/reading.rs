//! Decoding, reading and masking.
//!
//! The corpus is made here: 20,000 rows of a BizMobile operation log, about 250 bytes each, 40 different
//! messages, 3,000 devices, no row twice; the row's number is the only seed.

use std::fmt::Write as _;
use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use shirube::facts::mask_line;
use shirube::record::{ReadOptions, Vocabulary, read};
use shirube::source::decode;

const ROWS: u64 = 20_000;

fn log() -> String {
    let mut text = String::from(
        "日時\tテンプレート\tユーザ\t管理番号\t深刻度\t登録情報名\t説明\tオペレータ\tタイプ\n",
    );
    let wordings = [
        "がパスワード変更を要求している可能性があります、パスワードを変更できません。",
        "のインストールに失敗しました。端末の空き容量と通信状態を確認してください。",
        "は、すでに別の管理者が登録したものと競合しているため、適用できません。",
        "の応答がありません。端末の電源とネットワークの接続を確認してください。",
    ];
    for (row, wording) in (0..ROWS).zip(wordings.iter().cycle()) {
        let (minute, second, device, code) = (row / 60 % 60, row % 60, row % 3000, 4000 + row % 10);
        // Writing to a string cannot fail.
        let _ = writeln!(
            text,
            "2022年11月10日 15:{minute:02}:{second:02}\ttemplate\tuser{device}\tiPad_{device:04}\t警告\t\tInstallProfile: ({code}) プロファイル\"profile_{row:07}\"{wording}\t\tコマンド"
        );
    }
    text
}

fn reading(criterion: &mut Criterion) {
    let text = log();
    let vocabulary = Vocabulary::default();
    let options = ReadOptions::default();
    let mut group = criterion.benchmark_group("reading");
    group.throughput(Throughput::Elements(ROWS));
    group.bench_function("decode", |bencher| {
        bencher.iter(|| black_box(decode(black_box(text.as_bytes()))))
    });
    group.bench_function("read", |bencher| {
        bencher.iter(|| black_box(read(None, black_box(text.as_bytes()), &options, &vocabulary)))
    });
    group.bench_function("mask", |bencher| {
        bencher.iter(|| text.lines().map(|line| mask_line(black_box(line)).len()).sum::<usize>())
    });
    group.finish();
}

criterion_group!(benches, reading);
criterion_main!(benches);
