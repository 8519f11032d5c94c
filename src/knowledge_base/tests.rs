//! The handle: what is asked of it, and what a newer snapshot changes.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use jiff::civil::date;
use tempfile::TempDir;

use super::*;
use crate::facts::Kind;
use crate::record;

const FULL: &str = "2024/05/08 ジョブ 12 が中断しました。保存先の空き容量が足りません";

fn options() -> AnswerOptions {
    AnswerOptions::at(date(2026, 11, 23).at(9, 30, 0, 0))
}

/// A knowledge base with an index beside it.
fn written() -> TempDir {
    let place = TempDir::new().expect("a temporary directory");
    article(place.path(), "disk.md", "不要な世代を調べます。");
    place
}

fn article(place: &Path, name: &str, step: &str) {
    let text = format!(
        "---\nupdated: 2024-05-01\n---\n# 保存先の空き容量が足りない\n\n「ジョブ 3 が中断しました。保存先の空き容量が足りません」と出ます。\n\n## 対処\n\n1. {step}\n\n```log\n9:00 ジョブ 5 が中断しました。保存先の空き容量が足りません\n```\n"
    );
    let path = place.join("manual").join(name);
    fs::create_dir_all(path.parent().expect("it is below a directory")).expect("it can be made");
    fs::write(path, text).expect("an article can be written");
    let settings = place.join("manual/shirube.toml");
    fs::write(settings, "samples = true\n").expect("settings can be written");
}

fn index_options(place: &Path) -> IndexOptions {
    let mut options = IndexOptions::new([Root::Directory(place.join("manual"))]);
    options.directory = Some(place.join("index"));
    options
}

fn step(answer: &Answer) -> &str {
    let remedy = answer.incidents.first().and_then(|incident| incident.remedies.first());
    remedy.map_or("", |remedy| remedy.passage.as_str())
}

#[test]
fn one_paste_has_one_answer_however_it_comes() {
    let place = written();
    let manual = KnowledgeBase::open(index_options(place.path())).expect("the index is built");
    let answer = manual.answer(FULL, &options()).expect("the index is sound");
    assert!(step(&answer).contains("不要な世代"), "{answer:?}");
    let stream = Paste::default().with_stream(None, FULL.as_bytes());
    assert_eq!(manual.answer(stream, &options()).expect("the index is sound"), answer);
    let read_only = KnowledgeBase::open_index(place.path().join("index")).expect("there is one");
    assert_eq!(read_only.answer(FULL, &options()).expect("the index is sound"), answer);
}

/// A log of two incidents, of which `disk.md` answers the one and `network.md` the other.
const TWO: &str = "2024/05/08 10:00:00 srv1 ジョブ 12 が中断しました。保存先の空き容量が足りません\n\
    2024/05/08 10:00:01 srv2 経路 7 を確立できません。相手の証明書が期限切れです\n";

fn two_articles() -> TempDir {
    let place = written();
    let text = "---\nupdated: 2024-05-01\n---\n# 経路を確立できない\n\n\
        「経路 3 を確立できません。相手の証明書が期限切れです」と出ます。\n\n## 対処\n\n1. 証明書を更新します。\n";
    fs::write(place.path().join("manual/network.md"), text).expect("an article can be written");
    place
}

#[test]
fn a_question_about_a_log_says_what_of_it_comes_first() {
    let place = two_articles();
    let manual = KnowledgeBase::open(place.path().join("manual")).expect("the index is built");
    let log = manual.answer(TWO, &options()).expect("the index is sound");
    assert_eq!(log.incidents.len(), 2, "{log:?}");
    for incident in &log.incidents {
        let wanted = &incident.incident.message;
        // Its own words are a question that its article answers.
        let both = Paste::from(TWO).with_question(format!("{wanted}のはなぜですか"));
        let both = manual.answer(both, &options()).expect("the index is sound");
        assert_eq!(&both.incidents[0].incident.message, wanted);
        let kinds: Vec<Kind> = both.incidents.iter().map(|it| it.incident.kind).collect();
        assert_eq!(kinds.iter().filter(|kind| **kind == Kind::Question).count(), 1, "{kinds:?}");
        assert_eq!((both.incidents.len(), both.read.questions, both.read.entries), (3, 1, 2));
    }
    // A question that only points at a code has its answer there.
    let log = "2024/05/08 10:00:01 OpenRoute: (4711) 経路 7 を確立できません。相手の証明書が期限切れです\n";
    let both = manual.answer(Paste::from(log).with_question("4711 はどうする"), &options());
    let kinds: Vec<_> = both.expect("sound").incidents.iter().map(|it| it.incident.kind).collect();
    assert_eq!(kinds, [Kind::Log]);
    let alone = manual.answer(Paste::question("空き容量が足りない"), &options());
    let empty = Paste::default().with_text(b"\n".as_slice()).with_question("空き容量が足りない");
    assert_eq!(manual.answer(empty, &options()).ok(), alone.ok(), "an empty log is none");
}

#[test]
fn a_sentence_that_introduces_a_log_is_no_incident_beside_its_answer() {
    let place = two_articles();
    let manual = KnowledgeBase::open(place.path().join("manual")).expect("the index is built");
    let kinds = |mail: &str| -> Vec<Kind> {
        let answer = manual.answer(mail, &options()).expect("the index is sound");
        answer.incidents.iter().map(|it| it.incident.kind).collect()
    };
    let log = TWO.lines().next().expect("there are two lines");
    let mail = |sentence: &str| format!("お疲れ様です。\n{sentence}\n\n{log}\n");
    assert_eq!(kinds(&mail("今朝から以下のエラーが出て困っています。")), [Kind::Log]);
    // Another trouble beside it is a question of its own, and so is one about a log that nothing answers.
    assert_eq!(kinds(&mail("今朝から印刷もできなくなって困っています。")).len(), 2);
    let unknown = "お疲れ様です。\n以下のエラーが出て困っています。\n\n2024/05/08 10:00:00 srv1 ERROR xyzzy\n";
    assert!(kinds(unknown).contains(&Kind::Question));
}

#[test]
fn a_stream_that_breaks_is_named() {
    struct Broken;
    impl std::io::Read for Broken {
        fn read(&mut self, _: &mut [u8]) -> std::io::Result<usize> {
            Err(std::io::Error::other("the wire is cut"))
        }
    }
    let place = written();
    let manual = KnowledgeBase::open(place.path().join("manual")).expect("the index is built");
    let paste = Paste::default().with_stream(Some("monday.log".into()), Broken);
    let error = manual.answer(paste, &options()).expect_err("it cannot be read");
    let Error::Paste { file, source } = error else { panic!("{error}") };
    assert_eq!(
        (file.as_deref(), source.to_string().as_str()),
        (Some("monday.log"), "the wire is cut")
    );
}

#[test]
fn a_newer_snapshot_is_taken_up_by_every_clone_and_by_no_answer_under_way() {
    let place = written();
    let options = options();
    KnowledgeBase::open(index_options(place.path())).expect("the index is built");
    let manual = KnowledgeBase::open_index(place.path().join("index")).expect("there is one");
    let (clone, under_way) = (manual.clone(), manual.searcher());
    assert!(!manual.reload().expect("nothing has changed"));

    article(place.path(), "disk.md", "古い記録を移します。");
    assert!(!manual.reload().expect("nothing is published yet"));
    KnowledgeBase::open(index_options(place.path())).expect("the index is refreshed");
    assert!(manual.reload().expect("the newer snapshot is sound"));
    assert!(!clone.reload().expect("the clone has it already"));

    let answer = clone.answer(FULL, &options).expect("the index is sound");
    assert!(step(&answer).contains("古い記録"), "{answer:?}");
    let reading = record::read(None, FULL.as_bytes(), &options.reading(), under_way.vocabulary());
    let old = under_way.answer(&reading, &options).expect("the snapshot is kept");
    assert!(step(&old).contains("不要な世代"), "{old:?}");
}

#[test]
fn a_newer_snapshot_that_cannot_be_read_leaves_the_older_one() {
    let place = written();
    let manual = KnowledgeBase::open(index_options(place.path())).expect("the index is built");
    let index = place.path().join("index");
    fs::write(index.join("CURRENT"), "nonsense").expect("a file can be written");
    assert!(!manual.reload().expect("the newest sound snapshot stands in"));
    assert!(!manual.report().warnings.is_empty(), "the damage is told");
    let snapshot = index.join("snapshot-000001");
    fs::rename(&snapshot, index.join("elsewhere")).expect("a directory can be renamed");
    fs::write(index.join("CURRENT"), "more nonsense").expect("a file can be written");
    assert!(matches!(manual.reload(), Err(Error::Index(IndexError::Damaged { .. }))));
    fs::remove_file(place.path().join("index/CURRENT")).expect("a file can be removed");
    assert!(!manual.reload().expect("what is gone is not newer"));
    assert!(!step(&manual.answer(FULL, &options()).expect("the index is sound")).is_empty());
}

#[test]
fn an_article_is_whole_without_its_file() {
    let place = written();
    article(place.path(), "b/second.md", "二つ目です。");
    let manual = KnowledgeBase::open(index_options(place.path())).expect("the index is built");
    fs::remove_dir_all(place.path().join("manual")).expect("a directory can be removed");
    let article = manual.article("disk").expect("the index is sound").expect("it is there");
    assert_eq!((article.path.as_str(), article.line), ("disk.md", 4));
    assert!(article.markdown.starts_with("# 保存先"), "{}", article.markdown);
    assert!(article.markdown.ends_with("足りません\n```\n"), "{}", article.markdown);
    assert_eq!(article.updated, Some(date(2024, 5, 1)));
    let second = manual.article("b/second").expect("the index is sound").expect("it is there");
    assert!(second.markdown.contains("二つ目です。"), "{}", second.markdown);
    assert_eq!(manual.article("third").expect("the index is sound"), None);
    let articles = manual.searcher().articles().expect("the index is sound");
    let ids: Vec<&str> = articles.iter().map(|article| article.id.as_str()).collect();
    assert_eq!(ids, ["b/second", "disk"]);
}

#[test]
fn every_article_that_ships_comes_back_as_it_was_written() {
    let manual = KnowledgeBase::open(Root::Embedded).expect("it is built");
    let entries = manual.searcher().articles().expect("the index is sound");
    assert_eq!(entries.len() as u64, manual.searcher().snapshot().articles());
    for entry in entries {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("kb").join(&entry.path);
        let file = fs::read_to_string(path).expect("the article is a file of kb/");
        let article = manual.article(&entry.id).expect("the index is sound").expect("it is there");
        assert!(file.ends_with(&article.markdown) && !article.markdown.is_empty(), "{}", entry.id);
        let above = file.lines().count() - article.markdown.lines().count();
        assert_eq!(article.line as usize, above + 1, "{}", entry.id);
    }
}

#[test]
fn formats_are_those_of_the_code_and_of_the_knowledge_base() {
    let formats = KnowledgeBase::open(Root::Embedded).expect("it is built").formats();
    assert!(formats.contains(&"lines") && formats.contains(&"bizmobile"), "{formats:?}");
}

/// A question to a small manual (`tests/data/shown.toml`).
#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Shown {
    articles: BTreeMap<String, String>,
    ask: String,
    shown: Option<String>,
    matched: Option<String>,
    role: Option<String>,
    #[serde(default)]
    holds: Vec<String>,
    #[serde(default)]
    lacks: Vec<String>,
    /// The names of errors that are told.
    names: Option<Vec<String>>,
}

#[derive(Debug, serde::Deserialize)]
struct ShownCases {
    case: Vec<Shown>,
}

#[test]
fn the_section_that_helps_is_shown() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/shown.toml");
    let text = fs::read_to_string(path).expect("the file is there");
    let cases: ShownCases = toml::from_str(&text).expect("the cases are well-formed");
    let mut wrong = String::new();
    for case in &cases.case {
        let place = TempDir::new().expect("a temporary directory");
        for (name, text) in &case.articles {
            fs::write(place.path().join(name), text).expect("an article can be written");
        }
        let mut options_of_index = IndexOptions::new([Root::Directory(place.path().to_owned())]);
        let index = TempDir::new().expect("a temporary directory");
        options_of_index.directory = Some(index.path().to_owned());
        let manual = KnowledgeBase::open(options_of_index).expect("the index is built");
        let answer = manual.answer(case.ask.as_str(), &options()).expect("the index is sound");
        let incident = answer.incidents.first().expect("something was read");
        let near = incident.remedies.iter().chain(&incident.related);
        let first = near.into_iter().next().expect("something is near");
        let role = format!("{:?}", first.role).to_lowercase();
        let matched = first.matched.as_ref().map(|it| it.passage_id.clone());
        let names: Vec<String> = incident.named_codes.iter().map(|it| it.name.clone()).collect();
        let right = case.shown.as_ref().is_none_or(|it| *it == first.passage_id)
            && (case.matched.is_none() || case.matched == matched)
            && case.role.as_ref().is_none_or(|it| *it == role)
            && case.names.as_ref().is_none_or(|it| *it == names)
            && case.holds.iter().all(|it| first.passage.contains(it.as_str()))
            && !case.lacks.iter().any(|it| first.passage.contains(it.as_str()));
        if !right {
            let id = &first.passage_id;
            let passage = &first.passage;
            wrong.push_str(&format!(
                "\n{}: {id} as {role} from {matched:?}, {names:?}: {passage}",
                case.ask
            ));
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}
