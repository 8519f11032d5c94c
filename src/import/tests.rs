//! Whole documents, from bytes to articles.

use std::fs;
use std::path::Path;

use proptest::prelude::*;
use pulldown_cmark::{Event, Parser, Tag};

use super::*;
use crate::article::parse;
use crate::facts::CodeDictionary;
use crate::source::Language;

const EXAMPLES: &[&str] = &[
    "articles.json",
    "messages.csv",
    "messages.xlsx",
    "questions.txt",
    "pages/confluence_65541.html",
    "pages/flare-certificate.htm",
    "pages/gitbook.html",
    "pages/hubspot.html",
    "pages/notion 0123456789abcdef0123456789abcdef.html",
    "pages/sharepoint.html",
    "pages/wordpress-profile.html",
    "pages/zendesk-sync.html",
];

fn import(name: &str, bytes: &[u8]) -> Imported {
    read(&[SourceFile { name, bytes, from: "" }], &ImportOptions::default())
}

fn example(name: &str) -> Imported {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/import").join(name);
    let bytes = fs::read(&path).expect("the example is part of the repository");
    import(path.file_name().and_then(|name| name.to_str()).unwrap_or_default(), &bytes)
}

/// Every example gives the articles of its snapshot: of a page the title, the day, the keywords and the text, steps
/// that lose something with their caution, and nothing of the furniture around.
#[test]
fn each_example_gives_its_articles() {
    for name in EXAMPLES {
        let imported = example(name);
        let mut kinds: Vec<&str> =
            imported.left_out.iter().map(|it| it.what.text(Language::En)).collect();
        kinds.sort_unstable();
        kinds.dedup();
        let texts: Vec<String> = imported.drafts.iter().map(Draft::text).collect();
        for text in &texts {
            let article = parse("a.md", text, &CodeDictionary::default());
            assert!(article.warnings.is_empty(), "{name}: {:?}", article.warnings);
        }
        let left_out = format!("left out: {}", kinds.join(", "));
        insta::assert_snapshot!(
            name.replace(['/', ' '], "-"),
            [&*texts.join("\n"), &left_out].join("\n")
        );
    }
}

#[test]
fn a_title_is_its_words_alone() {
    for (head, title) in [
        ("<h1>同期 <b>しない</b><button>リンクをコピー</button></h1>", "同期 しない"),
        ("<title>同期しない | ヘルプセンター</title>", "同期しない"),
        ("<meta property='og:title' content='同期しない – サンプル'>", "同期しない"),
    ] {
        let imported = import("p.html", format!("{head}<main>本文</main>").as_bytes());
        assert_eq!(imported.drafts[0].title, title, "{head}");
    }
}

#[test]
fn an_export_of_zendesk() {
    // The same article, saved as a page after its title was changed, is the same article.
    let page = "<link rel=canonical href=https://support.example.jp/hc/ja/articles/360001111-other>\
                <main>x</main>";
    assert_eq!(
        import("a.html", page.as_bytes()).drafts[0].key,
        example("articles.json").drafts[0].key
    );
    let torn = import("a.json", br#"{"id":1,"title":"t","body":"<p>b</p>"}{"id":2,"ti"#);
    assert_eq!((torn.drafts.len(), torn.warnings.len()), (1, 1));
}

#[test]
fn a_table_of_messages() {
    // Tabs, English heads, another order, a merged cell, two rows of one message.
    let table = "Severity\tAction\tMessage\tDescription\n\
                 error\tDo x.\tThe device {0} did not answer in time.\tOne\n\tDo y.\t\tTwo\n";
    let imported = import("t.tsv", table.as_bytes());
    let [draft] = imported.drafts.as_slice() else { panic!("{imported:#?}") };
    assert!(draft.body.contains("Do x.") && draft.body.contains("Do y."), "{}", draft.body);
    assert!(draft.body.starts_with("## Action\n"));
    let unknown = import("u.csv", b"a,b\n1,2\n");
    assert_eq!((unknown.drafts.len(), unknown.left_out.len()), (0, 1));
}

#[test]
fn a_page_of_confluence_keeps_its_key() {
    // The same page, saved from the server under another name, is the same page.
    let page = "<head><meta name=ajs-page-id content=65541><meta name=ajs-page-title content='新しい題'></head>\
                <div class=wiki-content><h1>はじめに</h1><p>本文</p></div>";
    let saved = import("other/x.html", page.as_bytes());
    assert_eq!(
        (saved.drafts[0].key.as_str(), saved.drafts[0].title.as_str()),
        ("confluence:65541", "新しい題")
    );
}

#[test]
fn a_page_of_notion_keeps_its_key() {
    let name = "pages/notion 0123456789abcdef0123456789abcdef.html";
    let bytes =
        fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/import").join(name))
            .expect("it is there");
    let moved =
        import("エクスポート 2/別の場所/notion 0123456789abcdef0123456789abcdef.html", &bytes);
    assert_eq!(moved.drafts[0].key, example(name).drafts[0].key);
}

#[test]
fn a_saved_picture_keeps_its_place() {
    let page = "<link rel=canonical href=https://e.com/hc/1><main><p>図<img src='./題_files/a.png' alt=図1>\
                <img src='../b.png'></main>";
    let text = import("題.html", page.as_bytes()).drafts[0].text();
    assert!(
        text.contains("(./題_files/a.png)") && text.contains("(https://e.com/b.png)"),
        "{text}"
    );
}

#[test]
fn tables_of_any_head() {
    let table = |text: &str| import("t.csv", text.as_bytes());
    let codes = table(
        "エラー番号,エラー内容,対応\nE-77,端末を登録できませんでした。,もう一度登録します。\n",
    );
    let [draft] = codes.drafts.as_slice() else { panic!("{codes:#?}") };
    assert_eq!(
        (draft.codes.as_slice(), draft.messages.as_slice()),
        (&["E-77".to_owned()][..], &["端末を登録できませんでした。".to_owned()][..])
    );
    assert_eq!(draft.body, "## 対処\n\nもう一度登録します。\n");
    let questions = table("質問,回答,分類\n同期しないときは？,再起動します。,同期\n");
    let [draft] = questions.drafts.as_slice() else { panic!("{questions:#?}") };
    assert_eq!(
        (draft.title.as_str(), draft.body.as_str()),
        ("同期しないときは？", "Q. 同期しないときは？\n\nA. 再起動します。\n")
    );
    let letters = table("件名,本文\n保守のお知らせ,5月8日に止まります。\n");
    assert_eq!(letters.drafts[0].title, "保守のお知らせ");
    let only_codes = table("コード,意味,対処\n4711,空きがない,消します。\n");
    assert_eq!(
        (only_codes.drafts[0].title.as_str(), only_codes.drafts[0].codes.as_slice()),
        ("4711: 空きがない", &["4711".to_owned()][..])
    );

    let text = "番,出る文,やること,控え\n12,接続が切れました。,つなぎ直します。,済\n";
    assert_eq!(table(text).drafts.len(), 0);
    let columns = [(Column::Message, "出る文"), (Column::Remedy, "やること"), (Column::Row, "番")];
    let columns = columns.map(|(column, heading)| (column, heading.to_owned())).to_vec();
    let options = ImportOptions { columns, ..ImportOptions::default() };
    let told = read(&[SourceFile { name: "t.csv", bytes: text.as_bytes(), from: "" }], &options);
    assert_eq!(told.drafts[0].body, "## 対処\n\nつなぎ直します。\n\n## その他\n\n- 控え: 済\n");
}

fn of_form(name: &str, file: &str, text: &str) -> Imported {
    let options = ImportOptions { form: Form::named(name), ..ImportOptions::default() };
    read(&[SourceFile { name: file, bytes: text.as_bytes(), from: "" }], &options)
}

#[test]
fn apples_yaml_gives_requirements_and_reasons() {
    let yaml = "title: Lock\ndescription: Locks it.\npayload:\n  requesttype: DeviceLock\n  supportedOS:\n    iOS:\n      introduced: '4.0'\n      supervised: false\n      userenrollment:\n        mode: allowed\npayloadkeys:\n- key: Message\n  type: <string>\n  presence: optional\n  content: Shown.\n  subkeys:\n  - key: A\n    type: <integer>\nreasons:\n- value: Error.X\n  description: It\n    failed.\n";
    let imported = of_form("apple-device-management", "mdm/lock.yaml", yaml);
    let [draft] = imported.drafts.as_slice() else { panic!("{imported:#?}") };
    assert_eq!(
        (draft.key.as_str(), draft.title.as_str()),
        ("apple:DeviceLock:Lock", "Lock (DeviceLock)")
    );
    for told in ["| iOS | 4.0 | false | — | allowed |", "| Message.A |", "| Error.X | It failed. |"]
    {
        assert!(draft.body.contains(told), "{told}: {}", draft.body);
    }
    // Without the name of the form YAML is no document.
    assert_eq!(import("mdm/lock.yaml", yaml.as_bytes()).drafts.len(), 0);
    let deep = format!("title: x\npayload: {}", "[".repeat(5_000));
    assert_eq!(of_form("apple-device-management", "a.yaml", &deep).drafts.len(), 0);
}

#[test]
fn intunes_table_gives_an_article_a_code_and_tells_forms_that_disagree() {
    let table = "# x\n\n| エラー コード (16 進) | エラー コード (10 進) | エラー メッセージ/コード | 説明 |\n|---|---|---|---|\n| 0x87D1041C | -2016345060 | 検出できませんでした。 | **利用者**が消した。 |\n| 0x80073CF3 | -2147009296 | 競合。 | 依存。 |\n";
    let imported = of_form("intune-errors", "codes.md", table);
    let titles: Vec<&str> = imported.drafts.iter().map(|it| it.title.as_str()).collect();
    assert_eq!(titles, ["0x87D1041C: 検出できませんでした", "0x80073CF3: 競合"]);
    assert_eq!(imported.drafts[0].codes, ["0x87D1041C", "-2016345060"]);
    assert_eq!(imported.drafts[0].body, "## 説明\n\n検出できませんでした。\n\n利用者が消した。\n");
    let table = "|状態コード|16 進数のエラー コード|エラー メッセージ|\n|---|---|---|\n|-2016281101|0x87D1FDF3|要求が見つかりません|\n";
    let other = of_form("intune-errors", "codes.md", table);
    let titles: Vec<&str> = other.drafts.iter().map(|it| it.title.as_str()).collect();
    assert_eq!(titles, ["0x87D1FDF3: 要求が見つかりません"]);
    let [warning] = imported.warnings.as_slice() else { panic!("{:?}", imported.warnings) };
    assert!(warning.line == Some(6) && warning.message.text(Language::En).contains("-2147009293"));
}

#[test]
fn androids_document_gives_its_lists() {
    let json = r#"{"revision":"20260514","documentationLink":"https://developers.google.com/android/management","schemas":{"NonComplianceDetail":{"properties":{"nonComplianceReason":{"description":"Why.","type":"string","enum":["A_B","PENDING"],"enumDescriptions":["One.","Two."]},"color":{"enum":["RED"],"enumDescriptions":["x"]}}}}}"#;
    let imported = of_form("android-management", "a.json", json);
    let [draft] = imported.drafts.as_slice() else { panic!("{imported:#?}") };
    assert_eq!(draft.title, "NonComplianceDetail.nonComplianceReason");
    assert_eq!(draft.updated.map(|day| day.to_string()).as_deref(), Some("2026-05-14"));
    assert!(draft.body.contains("| PENDING | Two. |"), "{}", draft.body);
}

/// Pages that mean harm, and pages that nobody cared for.
const HOSTILE: &[&str] = &[
    "<main><p>&lt;script&gt;alert(1)&lt;/script&gt;</p></main>",
    "<main><p>&lt;<b></b>script&gt;alert(1)&lt;<i></i>/script&gt;</p></main>",
    "<main><p><span>&lt;</span><span>img src=x onerror=alert(1)&gt;</span></p></main>",
    "<title>x\n---\ncaution: なし\nmessages: ['*']\n---</title><main>a</main>",
    "<main><p>---</p><p>messages: ['*']</p><p>---</p><script>evil()</script></main>",
    "<main><a href='javascript:alert(1)'>x</a><a href='data:text/html,x'>y</a><img src='javascript:x' alt='z'></main>",
    "<main><a href='https://e.com/)](javascript:alert(1)'>x</a></main>",
    "<main><pre><code class='language-log'>失敗しました</code></pre></main>",
    "<main><pre>```\n</pre><p>`` ` ```</p><pre>~~~\n```log\nx\n```</pre></main>",
    "<main><p>[!INCLUDE [x](y)] :::zone\n::: <br>::: moniker<br># x<br>1. y<br>> z</p></main>",
    "<main><table><tr><td colspan=99999 rowspan=99999>a<td>b<tr><td>c<td>d</table></main>",
    "<main><table><tr><td>a<td><table><tr><td>b<td>c</table></table></main>",
    "<main><ul>x<li>a<ul><li>b</ul><ol><li>c</ol></ul></main>",
    "<main><h1></h1><h2><a href=https://e.com><img src=https://e.com/x.png></a></h2><p>x</main>",
    "<main><svg><script>alert(1)</script></svg><noscript><img src=x></noscript>a</main>",
    "<main><![CDATA[x]]><?php echo 1 ?><!-- c --><!---->a</main>",
];

/// Asserts that no HTML, script, sample or key of the page has got into an article.
fn assert_harmless(imported: &Imported) {
    const KEYS: &[&str] = &["title", "source", "updated", "keywords", "import"];
    for draft in &imported.drafts {
        let text = draft.text();
        let article = parse("a.md", &text, &CodeDictionary::default());
        assert!(article.warnings.is_empty(), "{:?}\n{text}", article.warnings);
        assert!(article.samples.is_empty() && !article.outline.includes, "{text}");
        assert!(article.cautions.is_empty(), "{text}");
        assert!(article.outline.keys.iter().all(|(key, _)| KEYS.contains(&key.as_str())), "{text}");
        for event in Parser::new(&text) {
            match event {
                Event::Html(html) | Event::InlineHtml(html) => panic!("{html} in\n{text}"),
                Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => {
                    let scheme = dest_url.split(':').next().unwrap_or_default().to_lowercase();
                    let runs = ["javascript", "data", "vbscript", "file"];
                    assert!(!runs.contains(&scheme.as_str()), "{text}");
                }
                _ => {}
            }
        }
    }
}

#[test]
fn hostile_pages_do_no_harm() {
    for page in HOSTILE {
        let imported = import("p.html", page.as_bytes());
        assert_harmless(&imported);
        assert_eq!(imported.drafts.len(), 1, "{page}");
    }
}

#[test]
fn a_page_of_any_depth_is_read() {
    for tag in [
        "div",
        "b",
        "ul><li",
        "blockquote",
        "table><tr><td",
        "span",
        "a href='https://e.com'",
        "h2",
        "dl><dt",
    ] {
        let page = format!("<main>{}本文", format!("<{tag}>").repeat(5_000));
        let imported = import("p.html", page.as_bytes());
        let text = imported.drafts.first().map(Draft::text).unwrap_or_default();
        assert!(text.contains("本文"), "{tag}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn any_page_is_harmless(
        pieces in proptest::collection::vec(
            prop_oneof![
                "[a-zあ-ん<>&;`*_|#\\-\\[\\]()!:\"'= \n\\\\]{0,12}",
                proptest::sample::select(vec![
                    "<p>", "</p>", "<b>", "</b>", "<li>", "<ul>", "</ul>", "<ol>", "<table>", "<tr>", "<td>",
                    "</table>", "<pre>", "</pre>", "<code>", "</code>", "<a href='x'>",
                    "<a href='https://e.com/'>", "</a>", "<br>", "<h2>", "</h2>", "<blockquote>",
                    "<div class=note>", "</div>", "&lt;", "&gt;", "&amp;", "<img src='x'>", "---\n", "<script>",
                    "</script>", "<dt>", "<dd>", "<summary>", "<em>", "</em>", "\u{1}",
                ]).prop_map(str::to_owned),
            ],
            0..40,
        )
    ) {
        assert_harmless(&import("p.html", format!("<main>{}", pieces.concat()).as_bytes()));
    }

    #[test]
    fn any_bytes_are_read(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        for name in ["a.html", "a.json", "a.csv", "a.txt", "a"] {
            for draft in &import(name, &bytes).drafts {
                let article = parse("a.md", &draft.text(), &CodeDictionary::default());
                prop_assert!(!article.outline.keys.is_empty(), "{:?}", draft);
            }
        }
    }
}
