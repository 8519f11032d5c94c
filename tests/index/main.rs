//! Damage that an index on disk survives; nothing but its articles shows in its answers.

mod history;
mod other_tools;
#[path = "../support/mod.rs"]
mod support;

use std::fs;
use std::path::{Path, PathBuf};

use shirube::index::{self, IndexError, IndexOptions, Root, Snapshot};
use shirube::report;
use shirube::search::{AnswerOptions, Applies, Searcher, Weights};
use shirube::source::Language;

const PASTE: &str = "2024/05/08 ジョブ 12 が中断しました。保存先の空き容量が足りません";

/// Writes a knowledge base of a few articles.
fn knowledge_base(directory: &Path) {
    let articles = [
        (
            "disk.md",
            "# 保存先の空き容量が足りない\n\n「ジョブ 3 が中断しました。保存先の空き容量が足りません」と出ます。\n\n## 対処\n\n1. 不要な世代を調べます。\n",
        ),
        (
            "network.md",
            "# サーバーに接続できない\n\n「サーバーへの接続に失敗しました」と出ます。\n\n## 対処\n\n1. 回線を調べます。\n",
        ),
        (
            "sub/license.md",
            "# ライセンスの数を超えた\n\n「ライセンスの上限を超えています」と出ます。\n",
        ),
    ];
    for (path, text) in articles {
        let path = directory.join(path);
        fs::create_dir_all(path.parent().expect("below the directory")).expect("a directory");
        fs::write(path, text).expect("a file");
    }
}

fn options(articles: &Path, index: &Path) -> IndexOptions {
    let mut options = IndexOptions::new([Root::Directory(articles.to_path_buf())]);
    options.directory = Some(index.to_path_buf());
    options
}

fn answer(snapshot: Snapshot) -> String {
    format!("{:?}", support::answer(&support::searcher(snapshot), PASTE))
}

/// The files of the newest snapshot whose names, within it, begin so.
fn files_of_snapshot(index: &Path, prefix: &str) -> Vec<PathBuf> {
    let current = fs::read_to_string(index.join("CURRENT")).expect("a snapshot is published");
    let snapshot = index.join(current.trim());
    let files = walkdir::WalkDir::new(&snapshot).sort_by_file_name().into_iter();
    let files = files.map(|file| file.expect("an entry").into_path());
    let named = |path: &PathBuf| {
        let name = path.strip_prefix(&snapshot).expect("it stands in there");
        path.is_file() && name.to_string_lossy().starts_with(prefix)
    };
    files.filter(named).collect()
}

/// The first of them.
fn file_of_snapshot(index: &Path, prefix: &str) -> PathBuf {
    files_of_snapshot(index, prefix).into_iter().next().expect("the file is there")
}

#[test]
fn answers_do_not_depend_on_threads_or_history() {
    let (articles, one, many) = (temporary(), temporary(), temporary());
    knowledge_base(articles.path());
    let build = |threads: usize, index: &Path| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("a pool");
        pool.install(|| index::open_or_build(&options(articles.path(), index)))
            .expect("it builds")
            .0
    };
    let first = answer(build(1, one.path()));
    assert!(first.contains("disk"), "{first}");
    assert_eq!(first, answer(build(8, many.path())));

    // Another article comes and goes.
    let extra = articles.path().join("extra.md");
    fs::write(&extra, "# 保存先の空き容量を増やす\n\n保存先の空き容量が足りません。\n")
        .expect("a file");
    assert_ne!(first, answer(build(2, one.path())));
    fs::remove_file(&extra).expect("it was written");
    assert_eq!(first, answer(build(2, one.path())));
}

/// How many of the judged pastes are answered: every one would take a minute without optimization.
const EVERY: usize = 5;

/// Writes the shipped articles one after another, from the last or from the first.
fn copy_shipped(directory: &Path, reversed: bool) {
    let shipped = Path::new(env!("CARGO_MANIFEST_DIR")).join("kb");
    let mut files: Vec<_> = walkdir::WalkDir::new(&shipped)
        .sort_by_file_name()
        .into_iter()
        .map(|entry| entry.expect("the shipped files can be listed"))
        .filter(|entry| entry.file_type().is_file())
        .map(walkdir::DirEntry::into_path)
        .collect();
    if reversed {
        files.reverse();
    }
    for file in files {
        let target = directory.join(file.strip_prefix(&shipped).expect("it stands in there"));
        fs::create_dir_all(target.parent().expect("below the directory")).expect("a directory");
        fs::copy(&file, target).expect("a file");
    }
}

#[test]
fn neither_threads_nor_the_order_of_files_show_in_the_answers() {
    let pastes = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/eval/mdm/queries.tsv");
    let pastes = fs::read_to_string(pastes).expect("the judged pastes");
    let answers = |threads: usize, reversed: bool| {
        let (articles, index) = (temporary(), temporary());
        copy_shipped(articles.path(), reversed);
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("a pool");
        pool.install(|| {
            let (snapshot, _) =
                index::open_or_build(&options(articles.path(), index.path())).expect("it builds");
            let searcher = support::searcher(snapshot);
            let lines = pastes.lines().step_by(EVERY).filter_map(|line| line.split_once('\t'));
            let answer = |(_, paste): (&str, &str)| {
                report::json(&support::answer(&searcher, paste), Language::Ja)
            };
            lines.map(answer).collect::<String>()
        })
    };
    let one = answers(1, false);
    assert!(one.contains("bizmobile/"), "something is answered");
    assert!(one == answers(8, true), "the answers of 8 threads and reversed files differ");
}

#[test]
fn an_article_applies_where_its_conditions_hold() {
    let (articles, index) = (temporary(), temporary());
    let article = "---\nwhen: 「残り」 < 10\n---\n# 残りが少ない\n\n「保存先の残りが少なくなっています」と出ます。\n";
    fs::write(articles.path().join("low.md"), article).expect("a file");
    let (snapshot, _) =
        index::open_or_build(&options(articles.path(), index.path())).expect("built");
    let searcher = support::searcher(snapshot);
    let applies = |screen: &str| {
        let paste = format!("{screen}保存先の残りが少なくなっています");
        let answer = support::answer(&searcher, paste);
        let last = answer.incidents.into_iter().next_back().expect("the message");
        last.remedies.into_iter().chain(last.related).next().expect("the article").applies
    };
    assert_eq!(applies(""), Applies::Unknown);
    assert_eq!(applies("残り: 3\n状態: 注意\n\n"), Applies::Yes);
    assert_eq!(applies("残り: 30\n状態: 注意\n\n"), Applies::No);
}

#[test]
fn a_fresh_snapshot_is_taken_as_it_is() {
    let (articles, index) = (temporary(), temporary());
    knowledge_base(articles.path());
    let options = options(articles.path(), index.path());
    let (_, report) = index::open_or_build(&options).expect("it builds");
    assert_eq!((report.indexed, report.kept), (3, 0));
    let (_, report) = index::open_or_build(&options).expect("it opens");
    assert_eq!((report.indexed, report.kept), (0, 0));
}

#[test]
fn damage_is_mended_and_told() {
    let (articles, index) = (temporary(), temporary());
    knowledge_base(articles.path());
    let options = options(articles.path(), index.path());
    let before = answer(index::open_or_build(&options).expect("it builds").0);

    let shard = file_of_snapshot(index.path(), "shard-");
    let half = fs::metadata(&shard).expect("a file").len() / 2;
    fs::File::options().write(true).open(&shard).and_then(|file| file.set_len(half)).expect("cut");
    assert!(matches!(Snapshot::open(index.path()), Err(IndexError::Damaged { .. })));

    let (snapshot, report) = index::open_or_build(&options).expect("it is built anew");
    assert_eq!(report.warnings.len(), 1, "{:?}", report.warnings);
    assert_eq!(before, answer(snapshot));
}

#[test]
fn an_index_of_a_future_format_is_named() {
    let (articles, index) = (temporary(), temporary());
    knowledge_base(articles.path());
    index::open_or_build(&options(articles.path(), index.path())).expect("it builds");
    fs::write(file_of_snapshot(index.path(), "manifest"), r#"{"format": 4000}"#).expect("a file");
    let error = Snapshot::open(index.path()).expect_err("it cannot be read");
    assert!(matches!(error, IndexError::Format { found: 4000, .. }), "{error}");
}

#[test]
fn an_older_format_is_replaced_without_a_word() {
    let (articles, index) = (temporary(), temporary());
    knowledge_base(articles.path());
    let options = options(articles.path(), index.path());
    index::open_or_build(&options).expect("it builds");
    let manifest = file_of_snapshot(index.path(), "manifest");
    fs::write(&manifest, r#"{"format": 0}"#).expect("a file");
    let (_, report) = index::open_or_build(&options).expect("it is built anew");
    assert_eq!((report.indexed, report.warnings.len()), (3, 0), "{:?}", report.warnings);
    fs::write(file_of_snapshot(index.path(), "manifest"), r#"{"format": 4000}"#).expect("a file");
    let (_, report) = index::open_or_build(&options).expect("it is built anew");
    assert_eq!((report.indexed, report.warnings.len()), (3, 1), "{:?}", report.warnings);
}

#[test]
fn an_empty_knowledge_base_is_no_index() {
    let (articles, index) = (temporary(), temporary());
    let error = index::open_or_build(&options(articles.path(), index.path()));
    assert!(matches!(error, Err(IndexError::Empty { .. })), "{error:?}");
    assert!(Snapshot::open(index.path()).expect("nothing is there").is_none());
}

#[test]
fn a_reader_keeps_its_snapshot_while_others_are_built() {
    let (articles, index) = (temporary(), temporary());
    knowledge_base(articles.path());
    let options = options(articles.path(), index.path());
    let (old, _) = index::open_or_build(&options).expect("it builds");
    let before = answer(old.clone());
    for round in 0..4 {
        let text = format!("# 題 {round}\n\n保存先の空き容量が足りません {round}。\n");
        fs::write(articles.path().join("changing.md"), text).expect("a file");
        index::open_or_build(&options).expect("it builds");
    }
    assert_eq!(before, answer(old));
}

/// The snapshot's answers to pastes, a line each.
fn answers_to<'p>(snapshot: &Snapshot, pastes: impl IntoIterator<Item = &'p str>) -> String {
    let searcher = support::searcher(snapshot.clone());
    let options = AnswerOptions::on(support::TODAY).with_limit(20);
    let answer = |paste| format!("{:?}\n", support::answer_with(&searcher, paste, &options));
    pastes.into_iter().map(answer).collect()
}

/// The snapshot's answers to pastes of several kinds.
fn answers(snapshot: &Snapshot) -> String {
    let told = ["装置 7 の世代が壊れています", "装置 8 の世代が壊れています"];
    answers_to(snapshot, [PASTE, told[0], told[1], "ジョブ 3 手順", "エラー 4711"])
}

/// The answers of a build from nothing.
fn afresh(articles: &Path) -> String {
    let directory = temporary();
    answers(&index::open_or_build(&options(articles, directory.path())).expect("it builds").0)
}

#[test]
fn what_all_articles_depend_on_is_noticed() {
    let (articles, index) = (temporary(), temporary());
    knowledge_base(articles.path());
    let article = "# 窓口\n\n鯖缶が落ちたときは AcmeErrorDomain 4711 が出ます。\n";
    fs::write(articles.path().join("acme.md"), article).expect("a file");
    let options = options(articles.path(), index.path());
    let (_, report) = index::open_or_build(&options).expect("it builds");
    assert_eq!(report.indexed, 4);
    let code = "[[domain]]\nname = \"AcmeErrorDomain\"\nja = \"アクメ\"\nen = \"Acme\"\n\n[[code]]\ndomain = \"AcmeErrorDomain\"\nnumber = 4711\nja = \"落ちた\"\nen = \"down\"\n";
    for (name, text) in [
        ("dictionary.csv", "鯖缶,名詞,サバカン\n"),
        ("synonyms.txt", "鯖缶, サーバー管理者\n"),
        ("codes/acme.toml", code),
    ] {
        let path = articles.path().join(name);
        fs::create_dir_all(path.parent().expect("below the directory")).expect("a directory");
        for text in [text, ""] {
            fs::write(&path, text).expect("a file");
            let (snapshot, report) = index::open_or_build(&options).expect("it builds");
            assert_eq!((report.indexed, report.kept), (4, 0), "{name}");
            assert_eq!(answers(&snapshot), afresh(articles.path()), "{name}");
        }
    }
}

fn temporary() -> tempfile::TempDir {
    tempfile::tempdir().expect("a temporary directory")
}

#[test]
fn what_was_looked_up_by_other_weights_does_not_show() {
    let searcher = support::knowledge_base(&[
        ("title.md", "# 証明書の更新\n\n期限の前に手続きします。\n"),
        ("text.md", "# 期限\n\n証明書を更新します。証明書は年に一度です。\n"),
    ]);
    let question = shirube::record::question("証明書の更新", searcher.codes());
    let scores = |searcher: &Searcher| searcher.ranking(&question, 2).expect("it is in memory");
    let before = scores(&searcher);
    let mut weights = Weights::default();
    assert!(weights.set("title", 0.1));
    let other = searcher.clone().weighed(weights);
    assert_ne!(scores(&other), before);
    assert_eq!(scores(&searcher), before);
    assert_eq!(scores(&other.weighed(Weights::default())), before);
}
