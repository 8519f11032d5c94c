//! A small knowledge base in numbered versions, and what is asked of it.

use std::fs;
use std::path::{Path, PathBuf};

use shirube::index::{self, IndexOptions, Root, Snapshot};
use shirube::search::Searcher;
use tempfile::TempDir;

use crate::support;

/// How many articles there are; every second one names the version.
const ARTICLES: u32 = 40;

/// Touches several articles, so that an answer put together of two versions would show it.
const PASTE: &str = "2024/05/08 09:00:00 ジョブ 2 が中断しました。保存先の空き容量が足りません\n\
    2024/05/08 09:00:01 ジョブ 4 が中断しました。サーバーへの接続に失敗しました\n";

/// A knowledge base and its index, in a directory of their own.
pub(crate) struct Manual {
    directory: TempDir,
}

impl Manual {
    /// The articles in their first version, without an index.
    pub(crate) fn new() -> Self {
        let manual = Self { directory: tempfile::tempdir().expect("a temporary directory") };
        fs::create_dir(manual.articles()).expect("a directory");
        manual.write(0);
        manual
    }

    pub(crate) fn articles(&self) -> PathBuf {
        self.directory.path().join("articles")
    }

    pub(crate) fn index(&self) -> PathBuf {
        self.directory.path().join("index")
    }

    /// Writes all articles in a version.
    pub(crate) fn write(&self, version: u32) {
        for number in 0..ARTICLES {
            self.write_article(number, version);
        }
    }

    /// Writes one article in a version.
    pub(crate) fn write_article(&self, number: u32, version: u32) {
        let path = self.articles().join(format!("article-{number:02}.md"));
        fs::write(path, article(number, version)).expect("a file");
    }

    /// How the index is built from here.
    pub(crate) fn options(&self) -> IndexOptions {
        options(&self.articles(), &self.index())
    }

    /// Builds the index and returns what it answers.
    pub(crate) fn build(&self) -> String {
        let built = index::open_or_build(&self.options());
        answer(built.expect("the index can be built").0)
    }

    /// The answer from the articles as they are, without an index on disk.
    pub(crate) fn answer_of_articles(&self) -> String {
        let options = IndexOptions::new([Root::Directory(self.articles())]);
        answer(index::open_or_build(&options).expect("articles can be indexed").0)
    }

    /// The answer of the index on disk; `None` where there is none.
    pub(crate) fn answer_of_index(&self) -> Option<String> {
        Snapshot::open(&self.index()).expect("no damage").map(answer)
    }

    /// The names in the directory of the index, sorted.
    pub(crate) fn names(&self) -> Vec<String> {
        let Ok(entries) = fs::read_dir(self.index()) else { return Vec::new() };
        let name = |entry: fs::DirEntry| entry.file_name().to_string_lossy().into_owned();
        let mut names: Vec<String> = entries.map(|entry| name(entry.expect("an entry"))).collect();
        names.sort();
        names
    }

    /// That nothing is left but whole snapshots, at most two, and what names them.
    pub(crate) fn assert_tidy(&self) {
        let names = self.names();
        let (snapshots, others): (Vec<&String>, Vec<&String>) =
            names.iter().partition(|name| name.starts_with("snapshot-"));
        assert_eq!(others, ["CURRENT", "writer.lock"], "{names:?}");
        assert!(snapshots.len() <= 2, "{names:?}");
        let found = index::verify(&self.index()).expect("readable").expect("a snapshot");
        assert!(found.damage.is_empty(), "{:?}", found.damage);
    }
}

/// The options of a build whose point is the index on disk.
pub(crate) fn options(articles: &Path, index: &Path) -> IndexOptions {
    let mut options = IndexOptions::new([Root::Directory(articles.to_path_buf())]);
    options.directory = Some(index.to_path_buf());
    options.publish = true;
    options
}

/// The answer of a snapshot, whole.
pub(crate) fn answer(snapshot: Snapshot) -> String {
    answer_of(&support::searcher(snapshot))
}

/// The answer of a searcher, whole.
pub(crate) fn answer_of(searcher: &Searcher) -> String {
    format!("{:#?}", support::answer(searcher, PASTE))
}

fn article(number: u32, version: u32) -> String {
    match number {
        0 => format!(
            "# 保存先の空き容量が足りない（第{version}版）\n\n「ジョブ 3 が中断しました。保存先の空き容量が足りません」と出ます。\n\n## 対処\n\n1. 第{version}版の手順で、不要な世代を調べます。\n"
        ),
        1 => format!(
            "# サーバーに接続できない（第{version}版）\n\n「ジョブ 3 が中断しました。サーバーへの接続に失敗しました」と出ます。\n\n## 対処\n\n1. 第{version}版の手順で、回線を調べます。\n"
        ),
        _ => format!(
            "# 設定その{number}\n\n設定その{number}を変えます（第{}版）。\n\n## 手順\n\n1. 画面{number}を開きます。\n2. 値を{number}にします。\n",
            if number.is_multiple_of(2) { version } else { 0 },
        ),
    }
}
