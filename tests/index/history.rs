//! Articles that come, change and go: only these are read, and nothing of it shows in the answers.

use std::fs;
use std::path::{Path, PathBuf};

use shirube::index::{self, Snapshot};

use crate::{
    EVERY, afresh, answers, answers_to, copy_shipped, file_of_snapshot, files_of_snapshot,
    knowledge_base, options, temporary,
};

/// So many articles that one which changes stands in a shard of its own.
const LARGE: usize = 2048;

/// Many small articles.
fn large_knowledge_base(directory: &Path) {
    knowledge_base(directory);
    for number in 0..LARGE - 3 {
        let text = format!(
            "# ジョブ {number} の手順\n\n「装置 {number} の世代が壊れています」と出ます。\n\n## 対処\n\n1. 装置 {number} を止めます。\n"
        );
        fs::write(directory.join(format!("many-{number:04}.md")), text).expect("a file");
    }
}

#[test]
fn only_what_changed_is_indexed_anew() {
    let (articles, index) = (temporary(), temporary());
    large_knowledge_base(articles.path());
    let options = options(articles.path(), index.path());
    let (_, report) = index::open_or_build(&options).expect("it builds");
    assert_eq!((report.indexed, report.kept), (LARGE, 0));

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
    let dead = files_of_snapshot(index.path(), "shard-").into_iter();
    let dead = dead.filter(|file| file.extension().is_some_and(|ending| ending == "del"));
    assert_eq!(dead.count(), 1, "the shard that stands tells which of its documents are dead");
    file_of_snapshot(index.path(), "shard-001");
}

#[test]
fn articles_come_go_and_move() {
    let (articles, index) = (temporary(), temporary());
    large_knowledge_base(articles.path());
    let options = options(articles.path(), index.path());
    let build = || index::open_or_build(&options).expect("it builds").0;
    let before = answers(&build());
    let at = |name: &str| articles.path().join(name);

    // One fewer.
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
    assert_eq!(report.indexed, 2);
}

/// That an index answers with the very scores of one that is built from nothing.
fn assert_as_afresh(snapshot: &Snapshot, articles: &Path, why: &str) {
    let directory = temporary();
    let (fresh, _) = index::open_or_build(&options(articles, directory.path())).expect("it builds");
    let count =
        |snapshot: &Snapshot| (snapshot.articles(), snapshot.passages(), snapshot.templates());
    assert_eq!(count(snapshot), count(&fresh), "{why}");
    assert!(snapshot.holds_the_same_as(&fresh), "{why}");
    let (ours, theirs) = (judged_answers(snapshot), judged_answers(&fresh));
    for (ours, theirs) in ours.lines().zip(theirs.lines()) {
        assert_eq!(ours, theirs, "{why}");
    }
}

/// The snapshot's answers to some of the judged pastes, a line each.
fn judged_answers(snapshot: &Snapshot) -> String {
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/eval");
    let read = |set| fs::read_to_string(data.join(set).join("queries.tsv"));
    let sets = ["mdm", "mdm-pastes"].map(|set| read(set).expect("the judged pastes"));
    let lines = sets.iter().flat_map(|set| set.lines().step_by(2 * EVERY));
    let pastes = lines.filter_map(|line| line.split_once('\t'));
    answers_to(snapshot, pastes.map(|(_, paste)| paste))
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
        let (snapshot, report) = index::open_or_build(&options).expect("it builds");
        let all = articles_of(articles.path()).len();
        assert_eq!((report.indexed, report.indexed + report.kept), (indexed(all), all), "{why}");
        assert_as_afresh(&snapshot, articles.path(), why);
    }
}

#[test]
fn nothing_is_carried_over_from_a_damaged_shard() {
    let (articles, index) = (temporary(), temporary());
    copy_shipped(articles.path(), false);
    let options = options(articles.path(), index.path());
    index::open_or_build(&options).expect("it builds");
    for (file, name) in files_of_snapshot(index.path(), "shard-").into_iter().enumerate() {
        let name = name.file_name().expect("a name").to_owned();
        let files = files_of_snapshot(index.path(), "shard-").into_iter();
        let mut damaged = files.filter(|file| file.file_name() == Some(&name));
        let damaged = damaged.next_back().expect("every shard has the file");
        let mut bytes = fs::read(&damaged).expect("a file of the shard");
        let place = bytes.len() * (file % 10) / 10;
        bytes[place] ^= 1;
        fs::write(&damaged, bytes).expect("a file");
        add_to(&articles_of(articles.path())[5]);
        let (snapshot, report) = index::open_or_build(&options).expect("it is built anew");
        assert_eq!((report.kept, report.warnings.len()), (0, 1), "{:?}", report.warnings);
        assert_as_afresh(&snapshot, articles.path(), "damage");
    }
}

/// Writes one of many small articles in a version.
pub(crate) fn write_numbered(directory: &Path, number: usize, version: usize) {
    let text = format!(
        "# ジョブ {number} の手順\n\n「装置 {number} の世代が壊れています（第{version}版）」と出ます。\n\n## 対処\n\n1. 装置 {version} を止めます。\n"
    );
    fs::write(directory.join(format!("many-{number:04}.md")), text).expect("a file");
}

#[test]
fn no_history_shows_in_the_answers() {
    let (articles, index) = (temporary(), temporary());
    knowledge_base(articles.path());
    (0..150).for_each(|number| write_numbered(articles.path(), number, 0));
    let options = options(articles.path(), index.path());
    let mut state = 4711_usize;
    let mut random = |below: usize| {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % below
    };
    let mut most = 0;
    for edit in 1..=200 {
        let changes = if random(10) == 0 { 1 + random(90) } else { 1 };
        for _ in 0..changes {
            let number = random(160);
            let path = articles.path().join(format!("many-{number:04}.md"));
            match random(4) {
                0 if path.exists() => fs::remove_file(path).expect("it is there"),
                // Some come back as they were.
                1 => write_numbered(articles.path(), number, 0),
                _ => write_numbered(articles.path(), number, edit),
            }
        }
        let (snapshot, _) = index::open_or_build(&options).expect("it builds");
        let shards = files_of_snapshot(index.path(), "shard-").into_iter();
        most = most.max(shards.filter(|file| file.ends_with("stored.bin")).count());
        if edit % 40 == 0 {
            assert_as_afresh(&snapshot, articles.path(), &format!("edit {edit}"));
            assert_eq!(answers(&snapshot), afresh(articles.path()), "edit {edit}");
        }
    }
    assert!((2..6).contains(&most), "{most} shards at most");
}
