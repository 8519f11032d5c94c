//! Whole articles, as documentation teams write them.

use proptest::prelude::*;
use serde::Deserialize;

use super::{Article, Part, PassageKind, TemplateOrigin, parse};
use crate::facts::CodeDictionary;

fn read(text: &str) -> Article {
    parse("a/b.md", text, &CodeDictionary::default())
}

/// The passages in short: kind, heading path, question, first line of the text.
fn passages(article: &Article) -> Vec<String> {
    article
        .passages
        .iter()
        .map(|passage| {
            let kind = match passage.kind {
                PassageKind::Section => "S",
                PassageKind::Answer => "A",
                PassageKind::Row => "R",
            };
            let question = passage.question.as_deref().unwrap_or("-");
            let text = passage.text.replace('\n', "/");
            format!("{kind} {} [{question}] {text}", passage.section.join(">"))
        })
        .collect()
}

fn wordings(article: &Article) -> Vec<&str> {
    article.templates.iter().map(|template| template.written.as_str()).collect()
}

/// Articles with what is read of them (`tests/data/articles.toml`).
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Samples {
    /// Warnings as the generators of sites write them, and what only remarks.
    warnings: Vec<String>,
    remarks: Vec<String>,
    article: Vec<Sample>,
}

/// An article; what is not told is not asked for.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Sample {
    text: String,
    title: Option<String>,
    /// The day of the last change, empty for none.
    updated: Option<String>,
    /// All passages as [`passages`] shows them, or those alone that are rows.
    passages: Option<Vec<String>>,
    rows: Option<Vec<String>>,
    /// The anchor of each passage with its cautions.
    cautions: Option<Vec<String>>,
    /// The lines that are wordings, and wordings among others.
    lines: Option<Vec<String>>,
    #[serde(default)]
    wordings: Vec<String>,
}

fn samples() -> Samples {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/articles.toml");
    let text = std::fs::read_to_string(path).expect("it is in the repository");
    toml::from_str(&text).unwrap_or_else(|error| panic!("{error}"))
}

#[test]
fn samples_are_read_as_they_say() {
    for sample in samples().article {
        let article = read(&sample.text);
        let shown = passages(&article);
        let rows = shown.iter().filter(|it| it.starts_with('R')).cloned().collect();
        let cautions = article.passages.iter();
        let cautions = cautions.map(|it| format!("{}: {}", it.anchor, it.cautions.join("/")));
        let lines = article.templates.iter().filter(|it| it.origin == TemplateOrigin::Line);
        let lines = lines.map(|it| it.written.clone()).collect();
        let told = |told: Option<Vec<String>>, read: Vec<String>| {
            assert_eq!(told.as_ref().unwrap_or(&read), &read, "{}", sample.text);
        };
        told(sample.rows, rows);
        told(sample.passages, shown);
        told(sample.cautions, cautions.collect());
        told(sample.lines, lines);
        told(sample.title.map(|it| vec![it]), vec![article.title.clone()]);
        let day = article.updated.map(|day| day.to_string()).unwrap_or_default();
        told(sample.updated.map(|it| vec![it]), vec![day]);
        let read = wordings(&article);
        assert!(sample.wordings.iter().all(|it| read.contains(&it.as_str())), "{read:?}");
    }
}

const FAQ: &str = "\
---
title: 同期が完了しない
product: BizMobile Go!
platforms: [iOS, iPadOS]
updated: 2018-07-31
messages:
  - 'InstallProfile: ({code}) プロファイル\"{profile}\"がパスワード変更を要求している可能性があります、パスワードを変更できません。'
---
# 同期が完了しない

「同期によるインストールが必要です」のまま進みません。

## 対処

> [!WARNING]
> セレクティブワイプは業務データを消します。

1. セレクティブワイプを実行してください。
2. プロファイルを分けて配信します。

※ Appleは機能ごとに分けることを勧めています。

## 例

```log
InstallProfile: (4026) プロファイル\"mori\"がパスワード変更を要求している可能性があります、パスワードを変更できません。
```
";

#[test]
fn an_article_with_front_matter_is_read() {
    let article = read(FAQ);
    assert_eq!(article.id, "a/b");
    assert_eq!(article.title, "同期が完了しない");
    assert_eq!(article.product.as_deref(), Some("BizMobile Go!"));
    assert_eq!(
        passages(&article),
        [
            "S  [-] 「同期によるインストールが必要です」のまま進みません。",
            "S 対処 [-] セレクティブワイプは業務データを消します。/セレクティブワイプを実行してください。/プロファイルを分けて配信します。/※ Appleは機能ごとに分けることを勧めています。",
        ]
    );
    let remedy = article.passages.get(1).expect("two passages");
    assert_eq!(
        remedy.cautions,
        [
            "セレクティブワイプは業務データを消します。",
            "Appleは機能ごとに分けることを勧めています。"
        ]
    );
    assert!(remedy.destructive);
    assert_eq!(remedy.line, 15);
    assert_eq!(remedy.anchor, "対処");
    assert!(remedy.markdown.starts_with("> [!WARNING]"), "{}", remedy.markdown);
    let message = article.templates.iter().find(|t| t.origin == TemplateOrigin::Message);
    let message = message.expect("the front matter's message");
    assert_eq!(message.passage, 1);
    assert!(message.parts.contains(&Part::Wildcard("profile".to_owned())));
    assert!(wordings(&article).contains(&"同期によるインストールが必要です"));
}

#[test]
fn a_log_fence_is_a_sample_and_nothing_else() {
    let article = read(FAQ);
    let sample = article.samples.first().expect("a sample");
    assert!(sample.text.starts_with("InstallProfile: (4026)"));
    assert!(!sample.shared);
    assert_eq!(sample.line, 25);
    let everything = format!("{:?} {:?}", article.passages, article.templates);
    assert!(!everything.contains("mori"), "{everything}");
    let shared = read("# a\n\n```log shared\nx\n```\n");
    assert!(shared.samples.first().is_some_and(|sample| sample.shared));
    let named = read("# a\n\n```log shared #対処\nx\n```\n");
    let section = named.samples.first().and_then(|sample| sample.section.as_deref());
    assert_eq!(section, Some("対処"));
}

#[test]
fn questions_and_answers_are_passages() {
    let cases = [
        "Q. どこで入手できますか？\n\nA. 添付ファイルです。\n\nQ. 再利用できますか？\n\nA. できません。\n",
        "Q どこで入手できますか？\nA 添付ファイルです。\n\nQ 再利用できますか？\nA できません。\n",
        "**Q1. どこで入手できますか？**\n\nA1. 添付ファイルです。\n\n**Q2. 再利用できますか？**\n\nA2. できません。\n",
        "質問1：どこで入手できますか？\n\n回答：添付ファイルです。\n\n質問2：再利用できますか？\n\n回答：できません。\n",
        "- Q: どこで入手できますか？\n- A: 添付ファイルです。\n- Q: 再利用できますか？\n- A: できません。\n",
        "<dl><dt>どこで入手できますか？</dt><dd>添付ファイルです。</dd>\n<dt>再利用できますか？</dt><dd>できません。</dd></dl>\n",
        "## どこで入手できますか？\n\n添付ファイルです。\n\n## 再利用できますか？\n\nできません。\n",
        "<details><summary>どこで入手できますか？</summary>\n\n添付ファイルです。\n\n</details>\n<details><summary>再利用できますか？</summary>\n\nできません。\n\n</details>\n",
    ];
    for text in cases {
        let article = read(&format!("# FAQ\n\n{text}"));
        let questions: Vec<(PassageKind, Option<&str>, bool, bool)> = article
            .passages
            .iter()
            .map(|passage| {
                (
                    passage.kind,
                    passage.question.as_deref(),
                    passage.text.contains("添付ファイルです。"),
                    passage.text.contains("できません。"),
                )
            })
            .collect();
        let expected = [
            (PassageKind::Answer, Some("どこで入手できますか？"), true, false),
            (PassageKind::Answer, Some("再利用できますか？"), false, true),
        ];
        assert_eq!(questions, expected, "{text}");
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
    assert_eq!(section.text, "一覧です。\n状態コード エラー メッセージ 対処");
    assert!(section.markdown.lines().count() < 30, "{}", section.markdown);
    let row = article.passages.get(27).expect("a row");
    assert_eq!(row.kind, PassageKind::Row);
    assert_eq!(row.anchor, "4026");
    assert_eq!(row.line, 33);
    assert_eq!(
        row.text,
        "状態コード 4026\nエラー メッセージ 理由26で失敗しました。\n対処 再起動\n更新"
    );
    assert_eq!(
        row.markdown,
        "- **状態コード**: 4026\n- **エラー メッセージ**: 理由26で失敗しました。\n- **対処**: 再起動\\\n  更新"
    );
    let template = article.templates.iter().find(|t| t.written == "理由26で失敗しました。");
    assert_eq!(template.map(|t| (t.passage, t.origin)), Some((27, TemplateOrigin::Cell)));
}

#[test]
fn a_table_of_attributes_stays_whole() {
    let text = "\
---
title: EXAMPLE_8689 | Example Docs
ms.date: 04/21/2020
---
# <a name=\"example_8689\"></a>EXAMPLE_8689
 [!INCLUDE [Example Server](../includes/a.md)]

## <a name=\"details\"></a>詳細

| 属性 | 値 |
| :--- | :--- |
|製品名|Example Server|
|イベント ID|8689|
|メッセージ テキスト|ヒントで指定されたデータベース '%.*ls' は存在しません。|

## <a name=\"action\"></a>ユーザーの操作

[!INCLUDE[ssNoVersion](../includes/b.md)] のデータベースがあることを確かめます。
";
    let article = read(text);
    assert_eq!(article.title, "EXAMPLE_8689");
    assert_eq!(article.updated.map(|d| d.to_string()).as_deref(), Some("2020-04-21"));
    assert_eq!(
        passages(&article),
        [
            "S 詳細 [-] 属性 値/製品名 Example Server/イベント ID 8689/メッセージ テキスト ヒントで指定されたデータベース '%.*ls' は存在しません。",
            "S ユーザーの操作 [-] ssNoVersion のデータベースがあることを確かめます。",
        ]
    );
    // The row that gives the number makes it a code of the passage.
    let codes = article.passages.first().map(|passage| passage.codes.as_slice());
    assert_eq!(codes.into_iter().flatten().map(|code| code.number).collect::<Vec<_>>(), [8689]);
    assert!(
        wordings(&article).contains(&"ヒントで指定されたデータベース '%.*ls' は存在しません。")
    );
    assert_eq!(
        article.passages.last().map(|p| p.markdown.as_str()),
        Some("ssNoVersion のデータベースがあることを確かめます。")
    );
    assert!(article.outline.anchors.contains(&"details".to_owned()));
}

#[test]
fn anchors_of_headings_name_them_in_the_original_language() {
    let article = read(
        "# <a name=\"mdm-auto-enroll-failed\"></a>MDM の自動登録に失敗しました\n\n\
         ## <a name=\"user-action\"></a>対処 {#what-to-do}\n\n登録し直します。\n\n\
         ## <a name=\"event-76\"></a>Event 76\n\n<a name=\"here\"></a>記録です。\n",
    );
    assert_eq!(article.keywords, ["mdm auto enroll failed"]);
    assert!(wordings(&article).contains(&"mdm auto enroll failed"));
    let names: Vec<_> = article.passages.iter().map(|passage| passage.names.join("/")).collect();
    assert_eq!(
        names,
        ["what to do/user action", ""],
        "what a heading says itself is no other name"
    );
}

#[test]
fn what_does_not_parse_is_a_warning_and_the_text_is_read() {
    let article = read("---\ntitle: [\n---\n# 題\n\n本文\n");
    assert_eq!(article.title, "題");
    assert_eq!(passages(&article), ["S  [-] 本文"]);
    let warning = article.warnings.first().expect("a warning");
    assert_eq!(warning.file.as_deref(), Some("a/b.md"));
    assert!(warning.line.is_some());
}

#[test]
fn a_caution_is_one_in_every_dialect() {
    const SAID: &str = "端末のデータが消えます。";
    for text in &samples().warnings {
        let article = read(&format!("# 題\n\n## 手順\n\n{text}\n次の手順です。\n"));
        let passage = article.passages.last().expect("a passage");
        let caution = passage.cautions.join("/");
        assert!(caution.contains(SAID), "{text:?}: {caution:?}");
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
fn a_page_that_is_shown_has_no_heading_of_the_article() {
    for demo in [
        "```html\n<h1>見本</h1>\n```\n",
        "<pre>\n<h1>見本</h1>\n</pre>\n",
        "<DemoBox>\n<h1>見本</h1>\n</DemoBox>\n",
        "<demo-box>\n<h1>見本</h1>\n</demo-box>\n",
        "<template>\n<h2>見本</h2>\n</template>\n",
    ] {
        let article = read(&format!("# 題\n\n{demo}\n本文です。\n\n## 次\n\n続きます。\n"));
        let headings: Vec<&str> =
            article.outline.headings.iter().map(|heading| heading.text.as_str()).collect();
        assert_eq!(headings, ["題", "次"], "{demo}");
    }
    let article = read("# 題\n\n<div>\n<h2>本物</h2>\n\n本文\n</div>\n");
    assert_eq!(article.outline.headings.len(), 2);
}

#[test]
fn hostile_texts_end_soon() {
    let many = 30_000;
    let cases = [
        "> ".repeat(many),
        "- ".repeat(many),
        "[".repeat(many),
        "「".repeat(many),
        "<a ".repeat(many),
        "<td><table>".repeat(many),
        "</dl>".repeat(many),
        "<!--".repeat(many),
        "{{<".repeat(many),
        "{{%%".repeat(many),
        "*a ".repeat(many),
        "`a".repeat(many),
        "[!INCLUDE [".repeat(many),
        "Q. a\n\n".repeat(many),
        "Q a\n\nQ. a\n\n".repeat(many),
        "【対処】a\n\n".repeat(many),
        "- a\n  - 【対処】b\n".repeat(many),
        "# a\n\n".repeat(many),
        format!("|a|b|\n|-|-|\n{}", "|1|2|\n".repeat(many)),
        format!("| コード |{}\n|-|\n", "|".repeat(many)),
        format!("---\na: {}\n---\n", "[".repeat(many)),
        "％%".repeat(many),
        "\"'".repeat(many),
        "再登録".repeat(many),
        "!!! a\n".repeat(many),
        format!("!!! a\n{}", "    b\n".repeat(many)),
        "{: .warning }\n".repeat(many),
        "a\n{: .warning }\n\n".repeat(many),
        "{% hint %}\n".repeat(many),
        "[!DNL a".repeat(many),
        "<Demo>".repeat(many),
    ];
    for text in cases {
        // Quadratic work on these would take hours.
        let _ = read(&text);
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
