//! Whole articles, as documentation teams write them.

use std::collections::BTreeMap;

use jiff::civil::Date;
use proptest::prelude::*;
use serde::Deserialize;

use super::{Article, Passage, PassageKind, TemplateOrigin, parse};
use crate::facts::{Code, CodeDictionary};

fn read(text: &str) -> Article {
    parse("a/b.md", text, &CodeDictionary::default())
}

/// Articles with their parts (`tests/data/articles.toml`).
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Samples {
    /// Warnings as the generators of sites write them, and what only remarks.
    warnings: Vec<String>,
    remarks: Vec<String>,
    hostile: Vec<[String; 3]>,
    article: Vec<Sample>,
}

/// An article with some of its [`aspects`].
#[derive(Debug, Deserialize)]
struct Sample {
    /// The article's file, where that matters.
    path: Option<String>,
    text: String,
    #[serde(flatten)]
    aspects: BTreeMap<String, Vec<String>>,
}

fn samples() -> Samples {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/articles.toml");
    let text = std::fs::read_to_string(path).expect("it is in the repository");
    toml::from_str(&text).unwrap_or_else(|error| panic!("{error}"))
}

/// The parts of an article as the samples write them.
fn aspects(article: &Article) -> BTreeMap<&'static str, Vec<String>> {
    let day = |day: Option<Date>| day.into_iter().map(|day| day.to_string()).collect();
    let numbers = |codes: &[Code]| codes.iter().map(|code| code.number.to_string()).collect();
    let of_passages = |shown: fn(&Passage) -> String| article.passages.iter().map(shown).collect();
    let passages: Vec<String> = of_passages(in_short);
    let templates = article.templates.iter();
    let lines = templates.clone().filter(|it| it.origin == TemplateOrigin::Line);
    let messages = templates.clone().filter(|it| it.origin == TemplateOrigin::Message);
    let samples = article.samples.iter().map(|it| {
        let section = it.section.as_deref().unwrap_or("-");
        format!("{} {} {section} {}", it.line, it.shared, it.text.trim_end())
    });
    let warnings = article.warnings.iter();
    BTreeMap::from([
        ("id", vec![article.id.clone()]),
        ("title", vec![article.title.clone()]),
        ("heading", article.heading.iter().cloned().collect()),
        ("errors", article.names.clone()),
        ("product", article.product.iter().cloned().collect()),
        ("platforms", article.platforms.clone()),
        ("codes", numbers(&article.codes)),
        ("statuses", article.statuses.clone()),
        ("keywords", article.keywords.clone()),
        ("description", article.description.iter().cloned().collect()),
        ("general-cautions", article.cautions.clone()),
        ("when", article.when.clone()),
        ("patterns", article.patterns.iter().map(|it| it.line.to_string()).collect()),
        ("updated", day(article.updated)),
        ("valid-until", day(article.valid_until)),
        ("source", article.source.iter().cloned().collect()),
        ("rows", passages.iter().filter(|it| it.starts_with('R')).cloned().collect()),
        ("passages", passages),
        ("anchors", of_passages(|it| format!("{} {}", it.line, it.anchor))),
        ("names", of_passages(|it| it.names.join("/"))),
        ("cautions", of_passages(|it| format!("{}: {}", it.anchor, it.cautions.join("/")))),
        ("destructive", of_passages(|it| it.destructive.to_string())),
        ("markdown", of_passages(|it| it.markdown.clone())),
        ("asked", of_passages(|it| it.asked.join("/"))),
        ("subjects", article.passages.iter().flat_map(|it| numbers(&it.codes)).collect()),
        ("wordings", templates.map(|it| it.written.clone()).collect()),
        ("messages", messages.map(|it| format!("{} {:?}", it.passage, it.parts)).collect()),
        ("lines", lines.map(|it| it.written.clone()).collect()),
        ("samples", samples.collect()),
        ("headings", article.outline.headings.iter().map(|it| it.text.clone()).collect()),
        ("targets", article.outline.anchors.clone()),
        (
            "warnings",
            warnings
                .filter_map(|it| Some(format!("{}:{}", it.file.as_deref()?, it.line?)))
                .collect(),
        ),
    ])
}

/// The kind, heading path, question and text of a passage.
fn in_short(passage: &Passage) -> String {
    let kind = match passage.kind {
        PassageKind::Section => "S",
        PassageKind::Answer => "A",
        PassageKind::Row => "R",
    };
    let question = passage.question.as_deref().unwrap_or("-");
    format!("{kind} {} [{question}] {}", passage.section.join(">"), passage.text.replace('\n', "/"))
}

#[test]
fn samples_are_read_as_they_say() {
    for sample in samples().article {
        let path = sample.path.as_deref().unwrap_or("a/b.md");
        let read = aspects(&parse(path, &sample.text, &CodeDictionary::default()));
        for (aspect, told) in sample.aspects {
            let read = read.get(aspect.as_str()).unwrap_or_else(|| panic!("{aspect}"));
            assert_eq!(*read, told, "{aspect} of {}", sample.text);
        }
    }
}

#[test]
fn rows_with_codes_are_passages() {
    let mut text =
        "# コード\n\n一覧です。\n\n| 状態コード | エラー メッセージ | 対処 |\n|---|---|---|\n"
            .to_owned();
    for code in 0..300 {
        text.push_str(&format!(
            "| {} | 理由{code}で失敗しました。 | 再起動<br />更新 |\n",
            4000 + code
        ));
    }
    let article = read(&text);
    assert_eq!(article.passages.len(), 301);
    let section = article.passages.first().expect("the section");
    assert!(section.markdown.lines().count() < 30, "{}", section.markdown);
    let row = article.passages.get(27).expect("a row");
    let template = article.templates.iter().find(|t| t.written == "理由26で失敗しました。");
    insta::assert_debug_snapshot!((&section.text, row, template));
}

#[test]
fn a_caution_is_one_in_every_dialect() {
    const SAID: &str = "端末のデータが消えます。";
    for text in &samples().warnings {
        let article = read(&format!("# 題\n\n## 手順\n\n{text}\n次の手順です。\n"));
        let passage = article.passages.last().expect("a passage");
        let caution = passage.cautions.join("/");
        assert!(caution.contains(SAID), "{text:?}: {caution:?}");
        assert!(!caution.starts_with("注意\n"), "{text:?}: its title says no more than its mark");
        assert!(!caution.contains("次の手順"), "{text:?}: {caution:?}");
        assert!(passage.text.contains("次の手順です。"), "{text:?}");
        assert!(passage.markdown.contains(SAID), "{text:?}: {}", passage.markdown);
        for mark in ["!!!", "???", "{%", "{:", ":::"] {
            assert!(!passage.markdown.contains(mark), "{text:?}: {}", passage.markdown);
        }
    }
    for text in &samples().remarks {
        let article = read(&format!("# 題\n\n## 手順\n\n{text}\n次の手順です。\n"));
        let passage = article.passages.last().expect("a passage");
        assert!(passage.cautions.is_empty(), "{text:?}: {:?}", passage.cautions);
        assert!(passage.text.contains(SAID), "{text:?}");
    }
}

#[test]
fn hostile_texts_end_soon() {
    for [beginning, repeated, end] in samples().hostile {
        let _ = read(&format!("{beginning}{}{end}", repeated.repeat(30_000)));
    }
}

proptest! {
    #[test]
    fn no_markdown_panics(pieces in prop::collection::vec(prop::sample::select(vec![
        "# ", "\n", "\n\n", "- ", "1. ", "> ", "|", "|-|-|\n", "```log\n", "```", "Q. ", "A. ", "【対処】", "【注意】", "※",
        "<table>", "<tr>", "<td>", "</td>", "</table>", "<dl>", "<dt>", "<dd>", "</dl>", "<br>", "<p>", "<a name=x>",
        "[!INCLUDE [", "](x)]", "[!NOTE]", ":::warning", ":::", "「", "」", "*", "`", "{x}", "%s", "---\n", "a: ", "コード",
        "4026", "0x87D136CA", "初期化してください。", "  ", "\t", "\u{0}", "あ", "<script>", "</script>", "<summary>", "</details>",
    ]), 0..60)) {
        let _ = read(&pieces.concat());
    }
}
