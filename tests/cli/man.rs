//! `shirube man`.

use crate::run::Run;

#[test]
fn writes_a_page_or_a_directory_of_pages() {
    let run = Run::new();
    let page = run.run(&["man"]);
    assert_eq!(page.status, 0);
    assert!(page.out.contains(".TH shirube 1"), "{}", page.out);
    assert!(page.out.contains("記事を、日付と製品とともに一覧にします"), "{}", page.out);
    let english = run.run(&["man", "--lang", "en"]);
    assert!(
        english.out.contains("List the articles with their dates and products"),
        "{}",
        english.out
    );

    assert_eq!(run.run(&["man", "pages"]).status, 0);
    for name in ["shirube.1", "shirube-search.1", "shirube-explain.1"] {
        assert!(run.path().join("pages").join(name).is_file(), "{name}");
    }
}
