//! Indexing and searching the shipped knowledge base.
//!
//! Corpus: `kb/` as the binary carries it. Pastes: one line of an operation log, a typed question,
//! and the log of `examples/logs`. No randomness, so no seed.

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use jiff::civil::date;
use shirube::index::{self, Inventory, Root};
use shirube::record::{self, ReadOptions, Reading};
use shirube::search::{SearchOptions, Searcher};

const LINE: &str = "2024/05/08 09:30:55 InstallProfile: (4026) プロファイル\"sales_base_0508\"がパスワード変更を要求している可能性があります、パスワードを変更できません。";
const QUESTION: &str = "プロファイルを変えたのに同期が完了にならない";
const LOG: &[u8] = include_bytes!("../examples/logs/bizmobile-operation-log.tsv");

fn benches(criterion: &mut Criterion) {
    let roots = [Root::Embedded];
    let inventory = Inventory::take(&roots).expect("the embedded files can be listed");
    criterion.bench_function("index/kb", |bencher| {
        bencher.iter(|| index::build_in_memory(black_box(&roots), &inventory).expect("it builds"));
    });

    let (snapshot, _) = index::build_in_memory(&roots, &inventory).expect("it builds");
    let (searcher, _) = Searcher::new(snapshot);
    let options = SearchOptions {
        product: None,
        limit: 3,
        now: Some(date(2026, 11, 23).at(12, 0, 0, 0)),
        today: date(2026, 11, 23),
    };
    let answer = |reading: &Reading| searcher.answer(reading, &options).expect("it is in memory");
    let read = |bytes| record::read(None, bytes, &ReadOptions::default(), searcher.codes());

    let line = read(LINE.as_bytes());
    criterion.bench_function("search/line", |bencher| bencher.iter(|| answer(black_box(&line))));
    let incidents = vec![record::question(QUESTION, searcher.codes())];
    let question = Reading { incidents, ..Reading::default() };
    criterion
        .bench_function("search/question", |bencher| bencher.iter(|| answer(black_box(&question))));
    let log = read(LOG);
    criterion.bench_function("search/log", |bencher| bencher.iter(|| answer(black_box(&log))));
}

criterion_group!(search, benches);
criterion_main!(search);
