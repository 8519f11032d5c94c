//! Vectors of passages: a question finds the article that tells the same in other words, a log does not.

mod support;

use shirube::record;
use shirube::search::Weights;

const LOST: (&str, &str) = (
    "lost.md",
    "# 携帯端末を紛失したとき\n\n遠隔で施錠し、位置を調べ、見つからなければ初期化します。\n",
);
/// It has a word of the question's, and is about something else.
const EXPENSES: (&str, &str) = (
    "expenses.md",
    "# 経理への申請\n\n出張の宿泊費、電車の代金、会議の茶菓の代金は、領収書を添えて経理に申請します。\n",
);

const QUESTION: &str = "出張の電車でスマホを落としてしまったのですが";

/// The articles for a question or a paste, best first, with `meaning` as that weight.
fn found(paste: &str, typed: bool, meaning: Option<f64>) -> Vec<(String, f64)> {
    let mut weights = Weights::default();
    if let Some(meaning) = meaning {
        assert!(weights.set("meaning", meaning));
    }
    let searcher = support::knowledge_base(&[LOST, EXPENSES]).weighed(weights);
    let incident = if typed {
        record::question(paste, searcher.codes())
    } else {
        let read = support::read(&searcher, paste);
        read.incidents.into_iter().next().expect("a line is an incident")
    };
    searcher.ranking(&incident, 10).expect("the index can be read")
}

#[test]
fn a_question_finds_what_is_told_in_other_words() {
    let first = |meaning| found(QUESTION, true, meaning).first().map(|(id, _)| id.clone());
    assert_eq!(first(None).as_deref(), Some("lost"));
    assert_eq!(first(Some(0.0)).as_deref(), Some("expenses"));
}

#[test]
fn a_log_is_matched_by_its_words_alone() {
    let log = "2024-06-01 10:00:00 ERROR [1024] 電車でスマホを落としてしまった";
    let ranked = found(log, false, None);
    assert_eq!(ranked.first().map(|(id, _)| id.as_str()), Some("expenses"));
    assert_eq!(ranked, found(log, false, Some(0.0)));
}

#[test]
fn words_that_nothing_is_known_of_have_no_meaning() {
    let question = "zqxvfoo は wqzbar ですか";
    assert_eq!(found(question, true, None), found(question, true, Some(0.0)));
}
