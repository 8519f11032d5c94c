//! Articles of hundreds of passages: of a release history or a list of errors the part is shown that helps,
//! wherever it stands.

use std::fmt::Write as _;
use std::fs;

use jiff::civil::date;
use shirube::index::{self, IndexOptions, Root};
use shirube::record;
use shirube::search::{AnswerOptions, Searcher};

/// How many sections the long article has.
const SECTIONS: usize = 300;
/// Which of them tells of the projector.
const PROJECTOR: usize = 217;

/// A history of changes that says the same of every version but one.
fn history() -> String {
    let mut text = "# 共同印刷所の変更の履歴\n\n".to_owned();
    for section in 0..SECTIONS {
        let _ = write!(text, "## 版 {section}\n\n");
        if section == PROJECTOR {
            text.push_str("投影機に画面が映らないときは、投影機の入力を切り替えます。\n\n");
        } else {
            text.push_str("用紙の設定を改め、用紙の在庫を画面に出すようにしました。\n\n");
        }
    }
    text
}

fn searcher() -> Searcher {
    let directory = tempfile::tempdir().expect("a directory");
    let short = "# 投影機の貸し出し\n\n投影機は総務課が貸し出します。前の日までに申し込みます。\n";
    for (name, text) in [("history.md", history()), ("lending.md", short.to_owned())] {
        fs::write(directory.path().join(name), text).expect("an article");
    }
    let roots = vec![Root::Directory(directory.path().to_path_buf())];
    let (snapshot, _) =
        index::open_or_build(&IndexOptions::new(roots)).expect("the articles can be indexed");
    Searcher::new(snapshot).0
}

/// The first article for a question, and the text that is shown of it.
fn first(question: &str) -> (String, String) {
    let searcher = searcher();
    let incidents = vec![record::question(question, searcher.codes())];
    let reading = record::Reading { incidents, ..record::Reading::default() };
    let options = AnswerOptions::on(date(2026, 11, 23));
    let answer = searcher.answer(&reading, &options).expect("the index can be read");
    let incident = answer.incidents.into_iter().next().expect("a question is an incident");
    let found = incident.remedies.into_iter().chain(incident.related).next();
    found.map(|remedy| (remedy.id, remedy.passage)).expect("words in common")
}

#[test]
fn the_part_that_holds_the_words_is_shown() {
    let (article, passage) = first("投影機に画面が映らない");
    assert_eq!(article, "history");
    assert!(passage.contains("入力を切り替えます"), "{passage}");
}
