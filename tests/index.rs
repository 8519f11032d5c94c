//! What an index on disk survives, and that nothing but its articles shows in its answers.

use std::fs;
use std::path::{Path, PathBuf};

use jiff::civil::date;
use shirube::index::{self, IndexError, IndexOptions, Root, Snapshot};
use shirube::record::{self, ReadOptions};
use shirube::report;
use shirube::search::{Applies, SearchOptions, Searcher};
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
    let (searcher, _) = Searcher::new(snapshot);
    let reading =
        record::read(None, PASTE.as_bytes(), &ReadOptions::default(), searcher.vocabulary());
    let options = SearchOptions { product: None, limit: 3, now: None, today: date(2026, 11, 23) };
    format!("{:?}", searcher.answer(&reading, &options).expect("a sound index"))
}

/// The one file of the newest snapshot whose name begins so.
fn file_of_snapshot(index: &Path, prefix: &str) -> PathBuf {
    let current = fs::read_to_string(index.join("CURRENT")).expect("a snapshot is published");
    let files = fs::read_dir(index.join(current.trim())).expect("its directory");
    let mut files = files.map(|file| file.expect("an entry").path());
    files
        .find(|path| {
            path.file_name().is_some_and(|name| name.to_string_lossy().starts_with(prefix))
        })
        .expect("the file is there")
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
            let (searcher, _) = Searcher::new(snapshot);
            let today = date(2026, 11, 23);
            let options = SearchOptions { product: None, limit: 3, now: None, today };
            let lines = pastes.lines().step_by(EVERY).filter_map(|line| line.split_once('\t'));
            let answer = |(_, paste): (&str, &str)| {
                let bytes = paste.as_bytes();
                let reading =
                    record::read(None, bytes, &ReadOptions::default(), searcher.vocabulary());
                report::json(&searcher.answer(&reading, &options).expect("sound"), Language::Ja)
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
    let (searcher, _) = Searcher::new(snapshot);
    let applies = |screen: &str| {
        let paste = format!("{screen}保存先の残りが少なくなっています");
        let reading =
            record::read(None, paste.as_bytes(), &ReadOptions::default(), searcher.vocabulary());
        let options =
            SearchOptions { product: None, limit: 3, now: None, today: date(2026, 11, 23) };
        let answer = searcher.answer(&reading, &options).expect("a sound index");
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

/// How many articles are just enough that they stand in two shards.
const LARGE: usize = 2048;

/// Many small articles, in two shards.
fn large_knowledge_base(directory: &Path) {
    knowledge_base(directory);
    for number in 0..LARGE - 3 {
        let text = format!(
            "# ジョブ {number} の手順\n\n「装置 {number} の世代が壊れています」と出ます。\n\n## 対処\n\n1. 装置 {number} を止めます。\n"
        );
        fs::write(directory.join(format!("many-{number:04}.md")), text).expect("a file");
    }
}

/// What the snapshot says to pastes of several kinds.
fn answers(snapshot: &Snapshot) -> String {
    let (searcher, _) = Searcher::new(snapshot.clone());
    let options = SearchOptions { product: None, limit: 20, now: None, today: date(2026, 11, 23) };
    let told = ["装置 7 の世代が壊れています", "装置 8 の世代が壊れています"];
    let pastes = [PASTE, told[0], told[1], "ジョブ 3 手順", "エラー 4711"];
    let mut answers = String::new();
    for paste in pastes {
        let reading =
            record::read(None, paste.as_bytes(), &ReadOptions::default(), searcher.vocabulary());
        let answer = searcher.answer(&reading, &options).expect("a sound index");
        answers.push_str(&format!("{answer:?}\n"));
    }
    answers
}

/// What a build from nothing says.
fn afresh(articles: &Path) -> String {
    let directory = temporary();
    answers(&index::open_or_build(&options(articles, directory.path())).expect("it builds").0)
}

#[test]
fn only_what_changed_is_indexed_anew() {
    let (articles, index) = (temporary(), temporary());
    large_knowledge_base(articles.path());
    let options = options(articles.path(), index.path());
    let (_, report) = index::open_or_build(&options).expect("it builds");
    assert_eq!((report.indexed, report.kept), (LARGE, 0));
    file_of_snapshot(index.path(), "shard-001");

    // The content counts, not the time.
    let path = articles.path().join("many-0007.md");
    let text = fs::read(&path).expect("it was written");
    fs::write(&path, &text).expect("a file");
    let file = fs::File::options().write(true).open(&path).expect("it was written");
    let later = std::time::SystemTime::UNIX_EPOCH + std::time::Duration::from_secs(2_000_000_000);
    file.set_modified(later).expect("a time");
    let (_, report) = index::open_or_build(&options).expect("it builds");
    assert_eq!((report.indexed, report.kept), (0, LARGE));
    let (_, report) = index::open_or_build(&options).expect("it is fresh by now");
    assert_eq!((report.indexed, report.kept), (0, 0));

    fs::write(&path, "# 装置の世代\n\n「装置 7 の世代が壊れています」と、ときどき出ます。\n")
        .expect("a file");
    let (snapshot, report) = index::open_or_build(&options).expect("it builds");
    assert_eq!((report.indexed, report.kept), (1, LARGE - 1));
    assert_eq!(answers(&snapshot), afresh(articles.path()));
    assert_as_afresh(articles.path(), index.path(), "one of many changed");
}

#[test]
fn articles_come_go_and_move() {
    let (articles, index) = (temporary(), temporary());
    large_knowledge_base(articles.path());
    let options = options(articles.path(), index.path());
    let build = || index::open_or_build(&options).expect("it builds").0;
    let before = answers(&build());
    let at = |name: &str| articles.path().join(name);

    // One fewer, and all are in one shard.
    fs::remove_file(at("many-0007.md")).expect("it was written");
    let without = build();
    assert_eq!(without.articles(), LARGE as u64 - 1);
    assert_eq!(answers(&without), afresh(articles.path()));
    assert!(!answers(&without).contains("many-0007"));

    fs::rename(at("many-0008.md"), at("sub/renamed.md")).expect("it was written");
    let renamed = answers(&build());
    assert_eq!(renamed, afresh(articles.path()));
    assert!(renamed.contains("sub/renamed") && !renamed.contains("many-0008"));

    fs::rename(at("sub/renamed.md"), at("many-0008.md")).expect("it was renamed");
    let text = "# ジョブ 7 の手順\n\n「装置 7 の世代が壊れています」と出ます。\n\n## 対処\n\n1. 装置 7 を止めます。\n";
    fs::write(at("many-0007.md"), text).expect("a file");
    let (snapshot, report) = index::open_or_build(&options).expect("it builds");
    assert_eq!(answers(&snapshot), before);
    assert_eq!(report.indexed, 2, "the one shard held the articles of both");
    assert_as_afresh(articles.path(), index.path(), "one shard became two");
}

/// That an index has the very bytes of one that is built from nothing.
fn assert_as_afresh(articles: &Path, index: &Path, why: &str) {
    let directory = temporary();
    index::open_or_build(&options(articles, directory.path())).expect("it builds");
    let file = |index: &Path, name: &str| fs::read(file_of_snapshot(index, name)).expect("a file");
    let manifest = file(directory.path(), "manifest");
    let shards = manifest.windows(6).filter(|bytes| bytes == b"shard-").count();
    assert!(shards > 0, "{why}");
    let shards = (0..shards).map(|number| format!("shard-{number:03}"));
    for name in shards.chain(["inventory", "resources", "vocabulary"].map(str::to_owned)) {
        let (ours, fresh) = (file(index, &name), file(directory.path(), &name));
        assert!(ours == fresh, "{why}: {name} is another");
    }
    assert!(file(index, "manifest") == manifest, "{why}: the manifest is another");
}

/// The articles, in order of path.
fn articles_of(directory: &Path) -> Vec<PathBuf> {
    let entries = walkdir::WalkDir::new(directory).sort_by_file_name().into_iter();
    let paths = entries.map(|entry| entry.expect("they can be listed").into_path());
    let article = |path: &PathBuf| {
        path.extension().is_some_and(|extension| extension == "md")
            && !path.starts_with(directory.join("flows"))
            && *path != directory.join("README.md")
    };
    paths.filter(article).collect()
}

/// Adds a line to an article.
fn add_to(article: &Path) {
    let mut text = fs::read_to_string(article).expect("an article");
    text.push_str("\n端末の更新に失敗しました。エラー 4711 と、空き容量の不足が記録されます。\n");
    fs::write(article, text).expect("a file");
}

/// A change of articles, and how many it lets be read.
type Change = (&'static str, fn(&Path), fn(usize) -> usize);

const CHANGES: &[Change] = &[
    ("the first changes", |kb| add_to(&articles_of(kb)[0]), |_| 1),
    ("the last changes", |kb| articles_of(kb).last().into_iter().for_each(|it| add_to(it)), |_| 1),
    ("three change", |kb| articles_of(kb)[4..7].iter().for_each(|it| add_to(it)), |_| 3),
    ("one comes before all", |kb| add_file(kb, "0.md", "# 容量\n\n不足です。\n"), |_| 1),
    ("one comes behind all", |kb| add_file(kb, "~.md", "# 鯖\n\n「鯖が落ちた」\n"), |_| 1),
    ("one becomes empty", |kb| fs::write(&articles_of(kb)[3], "").expect("a file"), |_| 1),
    (
        "one is renamed",
        |kb| fs::rename(&articles_of(kb)[2], kb.join("m.md")).expect("it is there"),
        |_| 1,
    ),
    ("the first goes", |kb| fs::remove_file(&articles_of(kb)[0]).expect("it is there"), |_| 0),
    (
        "the last goes",
        |kb| articles_of(kb).last().into_iter().for_each(|it| fs::remove_file(it).expect("there")),
        |_| 0,
    ),
    (
        "two swap their places",
        |kb| {
            let (one, other) = (&articles_of(kb)[1], &articles_of(kb)[9]);
            let texts = [one, other].map(|it| fs::read(it).expect("an article"));
            fs::write(one, &texts[1]).and_then(|()| fs::write(other, &texts[0])).expect("files");
        },
        |_| 2,
    ),
    (
        "all but one change",
        |kb| articles_of(kb)[1..].iter().for_each(|it| add_to(it)),
        |all| all - 1,
    ),
    ("all change", |kb| articles_of(kb).iter().for_each(|it| add_to(it)), |all| all),
];

fn add_file(directory: &Path, name: &str, text: &str) {
    fs::write(directory.join(name), text).expect("a file");
}

#[test]
fn what_is_carried_over_is_what_a_fresh_build_makes() {
    let (articles, index) = (temporary(), temporary());
    copy_shipped(articles.path(), false);
    let options = options(articles.path(), index.path());
    index::open_or_build(&options).expect("it builds");
    for (why, change, indexed) in CHANGES {
        change(articles.path());
        let (_, report) = index::open_or_build(&options).expect("it builds");
        let all = articles_of(articles.path()).len();
        assert_eq!((report.indexed, report.indexed + report.kept), (indexed(all), all), "{why}");
        assert_as_afresh(articles.path(), index.path(), why);
    }
}

#[test]
fn nothing_is_carried_over_from_a_damaged_shard() {
    let (articles, index) = (temporary(), temporary());
    copy_shipped(articles.path(), false);
    let options = options(articles.path(), index.path());
    index::open_or_build(&options).expect("it builds");
    for part in [0, 1, 4, 9] {
        let shard = file_of_snapshot(index.path(), "shard-");
        let mut bytes = fs::read(&shard).expect("a shard");
        let place = bytes.len() * part / 10;
        bytes[place] ^= 1;
        fs::write(&shard, bytes).expect("a file");
        add_to(&articles_of(articles.path())[5]);
        let (_, report) = index::open_or_build(&options).expect("it is built anew");
        assert_eq!((report.kept, report.warnings.len()), (0, 1), "{:?}", report.warnings);
        assert_as_afresh(articles.path(), index.path(), "damage");
    }
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
