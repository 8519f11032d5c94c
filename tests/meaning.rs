//! Other words than the manual's: a question finds the article that tells the same by the vectors of passages, and by the ways to
//! ask that the article notes; a log does not.

mod support;

use shirube::record::{self, Reading};
use shirube::search::{AnswerOptions, Evidence, Remedy, Weights};

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

/// Ways to ask for the second section.
const ASKED: (&str, &str) = (
    "wipe.md",
    "# 遠隔消去の指示\n\n## 送る前に\n\n対象の管理番号を二人で確かめます。\n\n## 届く前に止める\n\n【対処】\n\n\
     1. 指示の一覧で待機中の行を選び、取り消します。\n\n```asked\nうっかり別人のスマホをリセットしちゃった\n\
     社長がまっさらになると困る\n新人がボタンを連打した\n経理から電話が来た\n```\n",
);

/// The remedies for a question or a paste.
fn remedies(text: &str, typed: bool) -> Vec<Remedy> {
    let searcher = support::knowledge_base(&[ASKED, EXPENSES]);
    let reading = match typed {
        true => Reading::of_question(text, searcher.codes()),
        false => support::read(&searcher, text),
    };
    let answer = searcher.answer(&reading, &AnswerOptions::on(support::TODAY));
    let incidents = answer.expect("the index can be read").incidents;
    incidents.into_iter().flat_map(|incident| incident.remedies).collect()
}

#[test]
fn a_question_finds_the_section_that_notes_how_people_ask() {
    let found = remedies("うっかり別人のスマホをリセットしてしまいました", true);
    let first = found.first().expect("the article says that people ask so");
    assert_eq!(first.section, ["届く前に止める"]);
    assert!(!first.passage.contains("うっかり"), "{}", first.passage);
    let asked = first.evidence.iter().find_map(|it| match it {
        Evidence::Text { asked, .. } => asked.as_deref(),
        _ => None,
    });
    assert_eq!(asked, Some("うっかり別人のスマホをリセットしちゃった"));
    assert!(first.confidence < 0.9, "how people ask is a guess: {}", first.confidence);
}

#[test]
fn a_word_of_each_way_to_ask_is_little_of_a_question() {
    let covered = |question: &str| {
        let found = remedies(question, true);
        let evidence = found.into_iter().flat_map(|it| it.evidence);
        let covered = evidence.filter_map(|it| match it {
            Evidence::Text { coverage, .. } => Some(coverage),
            _ => None,
        });
        covered.fold(0.0, f64::max)
    };
    let of_one = covered("うっかり別人のスマホをリセットしてしまいました");
    let of_four = covered("社長のスマホを経理の新人に渡したい");
    assert!(of_one > 0.8 && of_four < 0.4, "{of_one} {of_four}");
}

#[test]
fn a_log_has_none_of_the_ways_to_ask() {
    let log = "2024-06-01 10:00:00 ERROR [1024] うっかり別人のスマホをリセットしちゃった";
    let found = remedies(log, false);
    let of_way = |it: &Evidence| matches!(it, Evidence::Text { asked: Some(_), .. });
    assert!(!found.iter().flat_map(|it| &it.evidence).any(of_way), "{found:?}");
}
