//! Whole documents, from bytes to articles.

use std::fs;
use std::path::Path;

use proptest::prelude::*;
use pulldown_cmark::{Event, Parser, Tag};

use super::*;
use crate::article::parse;
use crate::facts::CodeDictionary;
use crate::source::Language;

/// The examples; the folder of some names their form.
const EXAMPLES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/import");

fn bytes_of(name: &str) -> Vec<u8> {
    fs::read(Path::new(EXAMPLES).join(name)).expect("the example is part of the repository")
}

fn import(name: &str, bytes: &[u8]) -> Imported {
    read(&[SourceFile { name, bytes, from: "" }], &ImportOptions::default())
}

fn example(name: &str) -> Imported {
    let bytes = bytes_of(name);
    let (folder, file) = name.split_once('/').unwrap_or(("", name));
    let options = ImportOptions { form: Form::named(folder), ..ImportOptions::default() };
    read(&[SourceFile { name: file, bytes: &bytes, from: "" }], &options)
}

/// Every example gives the articles of its snapshot: of a page the title, the day, the keywords and the text, steps
/// that lose something with their caution, and nothing of the furniture around.
#[test]
fn each_example_gives_its_articles() {
    let files = walkdir::WalkDir::new(EXAMPLES).into_iter().filter_map(Result::ok);
    let files: Vec<_> = files.filter(|it| it.file_type().is_file()).collect();
    assert!(files.len() > 20, "{files:?}");
    for file in files.iter().filter(|it| it.file_name() != "hostile.txt") {
        let name = file.path().strip_prefix(EXAMPLES).ok().and_then(Path::to_str);
        let name = name.expect("a path in UTF-8 below the folder");
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
        let warnings = imported.warnings.iter().map(|it| {
            format!("line {}: {}", it.line.unwrap_or_default(), it.message.text(Language::En))
        });
        let told: Vec<String> = texts.into_iter().chain([left_out]).chain(warnings).collect();
        insta::assert_snapshot!(name.replace(['/', ' '], "-"), told.join("\n"));
    }
}

crate::source::cases! {
    titles_of_pages: |page| import("p.html", page.as_bytes()).drafts[0].title.clone();
}

#[test]
fn a_torn_export_is_read_as_far_as_it_goes() {
    let torn = import("a.json", br#"{"id":1,"title":"t","body":"<p>b</p>"}{"id":2,"ti"#);
    assert_eq!((torn.drafts.len(), torn.warnings.len()), (1, 1));
}

/// The same page, under another name, with another title or in another place, is the same page.
#[test]
fn a_page_keeps_its_key() {
    let key = |imported: Imported| imported.drafts[0].key.clone();
    let zendesk = "<link rel=canonical href=https://support.example.jp/hc/ja/articles/360001111-other>\
                   <main>x</main>";
    assert_eq!(key(import("a.html", zendesk.as_bytes())), key(example("articles.json")));
    let confluence = "<head><meta name=ajs-page-id content=65541><meta name=ajs-page-title content='新しい題'></head>\
                      <div class=wiki-content><h1>はじめに</h1><p>本文</p></div>";
    let saved = import("other/x.html", confluence.as_bytes());
    assert_eq!(saved.drafts[0].title, "新しい題");
    assert_eq!(key(saved), "confluence:65541");
    let notion = "pages/notion 0123456789abcdef0123456789abcdef.html";
    let moved = "エクスポート 2/別の場所/notion 0123456789abcdef0123456789abcdef.html";
    assert_eq!(key(import(moved, &bytes_of(notion))), key(example(notion)));
}

#[test]
fn a_column_is_what_it_is_told_to_be() {
    let text = "番,出る文,やること,控え\n12,接続が切れました。,つなぎ直します。,済\n";
    assert_eq!(import("t.csv", text.as_bytes()).drafts.len(), 0);
    let columns = [(Column::Message, "出る文"), (Column::Remedy, "やること"), (Column::Row, "番")];
    let columns = columns.map(|(column, heading)| (column, heading.to_owned())).to_vec();
    let options = ImportOptions { columns, ..ImportOptions::default() };
    let told = read(&[SourceFile { name: "t.csv", bytes: text.as_bytes(), from: "" }], &options);
    assert_eq!(told.drafts[0].body, "## 対処\n\nつなぎ直します。\n\n## その他\n\n- 控え: 済\n");
}

/// Without the name of the form YAML is no document.
#[test]
fn a_form_that_is_not_named_is_unknown() {
    let bytes = bytes_of("apple-device-management/lock.yaml");
    assert_eq!(import("mdm/lock.yaml", &bytes).drafts.len(), 0);
}

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
    // Pages that mean harm, and pages that nobody cared for.
    for page in include_str!("../../tests/data/import/hostile.txt").lines() {
        let imported = import("p.html", page.replace('␤', "\n").as_bytes());
        assert_harmless(&imported);
        assert_eq!(imported.drafts.len(), 1, "{page}");
    }
}

#[test]
fn a_page_of_any_depth_is_read() {
    let tags = "div|b|ul><li|blockquote|table><tr><td|span|a href='https://e.com'|h2|dl><dt";
    for tag in tags.split('|') {
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
