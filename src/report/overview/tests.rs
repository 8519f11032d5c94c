//! The page as a browser gets it.

use jiff::civil::date;

use super::*;
use crate::article::parse;
use crate::check::{CheckOptions, run, run_samples};
use crate::facts::Signature;
use crate::kb::Documents;
use crate::misses::Asked;
use crate::record::{self, ReadOptions, Vocabulary};
use crate::search::{Answer, IncidentAnswer};

/// A knowledge base in which something of everything is wrong, and a hostile title.
fn base() -> Documents {
    let mut base = Documents::default();
    let texts = [
        ("a.md", include_str!("../../../tests/data/overview/a.md")),
        ("b.md", include_str!("../../../tests/data/overview/b.md")),
        ("c.md", include_str!("../../../tests/data/overview/c.md")),
    ];
    base.articles = texts.iter().map(|(path, text)| parse(path, text, &base.codes)).collect();
    base
}

fn misses(log: &str) -> Vec<Miss> {
    let reading =
        record::read(None, log.as_bytes(), &ReadOptions::default(), &Vocabulary::default());
    let incidents = reading.incidents.into_iter().map(IncidentAnswer::of);
    let answer = Answer { incidents: incidents.collect(), ..Answer::default() };
    Miss::among(&answer, date(2026, 11, 20).at(9, 0, 0, 0), "")
}

fn page(language: Language) -> String {
    let base = base();
    let mut search = |_: &str| vec!["a".to_owned(), "b".to_owned()];
    let samples = run_samples(&base, &mut search);
    let findings = run(&base, &CheckOptions::default(), &samples);
    let now = date(2026, 11, 23).at(12, 0, 0, 0);
    let mut before = SampleRun::new(date(2026, 11, 1).at(12, 0, 0, 0), &samples);
    for rank in before.ranks.values_mut() {
        *rank = Some(1);
    }
    let history = [before, SampleRun::new(now, &samples)];
    let mut misses = misses("ERROR エラーコード 4027 が発生しました <img src=x>");
    misses.extend(self::misses("ERROR エラーコード 9999 が発生しました"));
    let said = |helped| Feedback {
        at: now,
        signature: Signature(1),
        article: "a".into(),
        helped,
        note: String::new(),
    };
    let articles: Vec<&Article> = base.articles.iter().collect();
    overview_html(&Overview {
        name: "kb\u{202e}<b>",
        now,
        language,
        stale: Age::months(24),
        articles: &articles,
        codes: &base.codes,
        findings: &findings,
        samples: &samples,
        history: &history,
        misses: &misses,
        feedback: &[said(true), said(true), said(false)],
        asked: &[Asked {
            at: now,
            signature: Signature(1),
            product: Some("<i>Console</i>".into()),
            article: Some("a".into()),
            answered: true,
        }],
    })
}

#[test]
fn the_page_says_what_the_team_wants_to_know() {
    let page = page(Language::En);
    // Each after what it tells.
    crate::source::cases::check("facts_of_the_overview", |fact| {
        page.contains(fact.split_once(": ").expect("a fact is after its reason").1)
    });
    assert!(self::page(Language::Ja).contains("ナレッジベースのレポート"));
}

#[test]
fn the_page_needs_nothing_and_obeys_nobody() {
    let page = page(Language::Ja);
    assert!(page.contains("default-src 'none'"));
    // Nothing is fetched, nothing runs.
    let foreign =
        "<script <link <img <iframe http:// https:// url( @import javascript: <b>\u{202e}";
    for foreign in foreign.split(' ').chain([" onload"]) {
        assert!(!page.contains(foreign), "{foreign}");
    }
    assert!(
        page.contains("A &#60;script&#62;alert(1)&#60;/script&#62;"),
        "titles are shown as they are"
    );
    assert!(page.contains("kb&#60;U+202E&#62;&#60;b&#62;"));
}

#[test]
fn the_page_is_the_same_bytes_each_time() {
    assert_eq!(page(Language::Ja), page(Language::Ja));
}

#[test]
fn a_knowledge_base_without_anything_has_a_page() {
    let base = Documents::default();
    let page = overview_html(&Overview {
        name: "",
        now: date(2026, 11, 23).at(12, 0, 0, 0),
        language: Language::Ja,
        stale: Age::months(24),
        articles: &[],
        codes: &base.codes,
        findings: &[],
        samples: &[],
        history: &[],
        misses: &[],
        feedback: &[],
        asked: &[],
    });
    assert!(page.contains("misses = true"));
    assert!(!page.contains("NaN") && !page.contains("inf"), "{page}");
}
