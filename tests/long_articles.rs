//! Articles of hundreds of passages: of a release history or a list of errors the part is shown that helps,
//! wherever it is.

mod support;

use std::fmt::Write as _;

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

/// The first article for a question, and the text that is shown of it.
fn first(question: &str) -> (String, String) {
    let short = "# 投影機の貸し出し\n\n投影機は総務課が貸し出します。前の日までに申し込みます。\n";
    let articles = [("history.md", history()), ("lending.md", short.to_owned())];
    let answer = support::ask(&support::knowledge_base(&articles), question);
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
