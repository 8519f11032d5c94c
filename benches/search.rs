//! Indexing and searching: the shipped knowledge base alone, and beside a large manual.
//!
//! Corpora, both without randomness, so without a seed:
//!
//! - `kb/` as the binary carries it;
//! - `kb/` together with the Markdown documents below the directory that the environment variable
//!   `SHIRUBE_BENCH_MANUALS` names. The figures of `benches/README.md` are those of Microsoft's Japanese SQL
//!   Server and Intune manuals (16,436 documents, CC BY 4.0), which are no part of the repository. Without
//!   the variable this half is passed over with a message.
//!
//! Pastes: one line of an operation log, a typed question, the log of `examples/logs`, and 200 lines with 10
//! problems. For the spread among lines, all lines of `tests/data/eval/mdm` and
//! `tests/data/eval/vendor-errors` are answered one after another; the percentiles are printed.

#![expect(clippy::print_stderr, reason = "a bench speaks on the terminal")]
#![expect(clippy::disallowed_methods, reason = "a bench reads the clock and its own variable")]

use std::fmt::Write as _;
use std::hint::black_box;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use criterion::{Criterion, criterion_group, criterion_main};
use jiff::civil::date;
use shirube::index::{self, IndexOptions, Inventory, Root, Snapshot};
use shirube::kb::Links;
use shirube::record::{self, ReadOptions, Reading};
use shirube::search::{AnswerOptions, Searcher};

const LINE: &str = "2024/05/08 09:30:55 InstallProfile: (4026) プロファイル\"sales_base_0508\"がパスワード変更を要求している可能性があります、パスワードを変更できません。";
const QUESTION: &str = "プロファイルを変えたのに同期が完了にならない";
const LOG: &[u8] = include_bytes!("../examples/logs/bizmobile-operation-log.tsv");
const LINES: [&str; 2] = [
    include_str!("../tests/data/eval/mdm/queries.tsv"),
    include_str!("../tests/data/eval/vendor-errors/queries.tsv"),
];
/// The variable that names a directory of many Markdown documents.
const MANUALS: &str = "SHIRUBE_BENCH_MANUALS";

/// Ten problems of an operation log, without their times and devices.
const PROBLEMS: [&str; 10] = [
    "InstallProfile: (4026) プロファイル\"sales_base\"がパスワード変更を要求している可能性があります、パスワードを変更できません。",
    "InstallProfile: (4001) プロファイル\"camera_off\"のインストールに失敗しました。",
    "InstallApplication: (12064) アプリのライセンスが見つかりません。",
    "EraseDevice: (12021) コマンドの形式が正しくありません。",
    "ProfileList: 端末がロックされているため実行できませんでした。",
    "Apple Push証明書が無効もしくは有効期限が切れています",
    "エージェントへの接続に失敗しました",
    "DeviceLock: (12078) MDMの通信がタイムアウトしました。",
    "セレクティブワイプに失敗しました。端末の応答がありません。",
    "アプリ配信の上限を超えています。",
];

fn options() -> AnswerOptions {
    AnswerOptions::at(date(2026, 11, 23).at(12, 0, 0, 0))
}

/// 200 rows of an operation log with [`PROBLEMS`], on 40 devices.
fn two_hundred_lines() -> String {
    let mut log = String::new();
    for row in 0..200 {
        let problem = PROBLEMS[row % PROBLEMS.len()];
        let (minute, second, device) = (row / 60, row % 60, row % 40);
        let _ =
            writeln!(log, "2024/05/08 09:{minute:02}:{second:02}\tdevice_{device:03}\t{problem}");
    }
    log
}

/// A corpus that can be searched.
struct Corpus {
    name: &'static str,
    searcher: Searcher,
}

impl Corpus {
    fn new(name: &'static str, snapshot: Snapshot) -> Self {
        Self { name, searcher: Searcher::new(snapshot).0 }
    }

    fn read(&self, paste: &[u8]) -> Reading {
        record::read(None, paste, &ReadOptions::default(), self.searcher.vocabulary())
    }

    fn bench(&self, criterion: &mut Criterion) {
        let answer = |reading: &Reading| {
            self.searcher.answer(black_box(reading), &options()).expect("a sound index")
        };
        let incidents = vec![record::question(QUESTION, self.searcher.codes())];
        let question = Reading { incidents, ..Reading::default() };
        let many = two_hundred_lines();
        for (paste, reading) in [
            ("line", self.read(LINE.as_bytes())),
            ("question", question),
            ("log", self.read(LOG)),
            ("200-lines", self.read(many.as_bytes())),
        ] {
            let name = format!("{}/{paste}", self.name);
            criterion.bench_function(&name, |bencher| bencher.iter(|| answer(&reading)));
        }
        let name = format!("{}/200-lines-with-reading", self.name);
        criterion.bench_function(&name, |bencher| {
            bencher.iter(|| answer(&self.read(black_box(many.as_bytes()))));
        });
    }

    /// Answers each line once to warm up and once to measure, and prints how the times are spread.
    fn print_spread(&self) {
        let lines = LINES.iter().flat_map(|table| table.lines());
        let lines = lines.filter_map(|row| Some(row.split_once('\t')?.1));
        let readings: Vec<Reading> = lines.map(|line| self.read(line.as_bytes())).collect();
        let one = rayon::ThreadPoolBuilder::new().num_threads(1).build().expect("a thread");
        let mut times: Vec<Duration> = one.install(|| {
            let answer =
                |reading| self.searcher.answer(reading, &options()).expect("a sound index");
            readings.iter().for_each(|reading| drop(black_box(answer(reading))));
            let timed = readings.iter().map(|reading| {
                let start = Instant::now();
                drop(black_box(answer(reading)));
                start.elapsed()
            });
            timed.collect()
        });
        times.sort_unstable();
        let at =
            |percent: usize| times.get(times.len() * percent / 100).copied().unwrap_or_default();
        let (name, count, last) =
            (self.name, times.len(), times.last().copied().unwrap_or_default());
        eprintln!(
            "{name}: {count} lines in one thread: p50 {:.2?}, p90 {:.2?}, p99 {:.2?}, longest {last:.2?}",
            at(50),
            at(90),
            at(99)
        );
    }
}

fn benches(criterion: &mut Criterion) {
    let roots = [Root::Embedded];
    let inventory =
        Inventory::take(&roots, Links::Within).expect("the embedded files can be listed");
    criterion.bench_function("kb/index", |bencher| {
        bencher.iter(|| index::build_in_memory(black_box(&roots), &inventory).expect("it builds"));
    });
    let (snapshot, _) = index::build_in_memory(&roots, &inventory).expect("it builds");
    let shipped = Corpus::new("kb", snapshot);
    shipped.print_spread();
    shipped.bench(criterion);

    let Some(manuals) = std::env::var_os(MANUALS).map(PathBuf::from) else {
        eprintln!(
            "passed over: kb beside a large manual; {MANUALS} names no directory of Markdown documents"
        );
        return;
    };
    let directory = tempfile::tempdir().expect("a temporary directory");
    let mut options = IndexOptions::new([Root::Embedded, Root::Directory(manuals)]);
    options.directory = Some(directory.path().to_path_buf());
    let start = Instant::now();
    let (snapshot, report) = index::open_or_build(&options).expect("the manuals can be indexed");
    eprintln!("mixed: {} articles indexed in {:.2?}", report.indexed, start.elapsed());
    let mixed = Corpus::new("mixed", snapshot);
    mixed.print_spread();
    mixed.bench(criterion);
}

criterion_group!(search, benches);
criterion_main!(search);
