//! Hostile logs and articles: nothing of them runs, loads or steers.

use crate::browser::{Page, with_page, with_page_over};

const HOSTILE: &str = "<script>window.ran = 1</script> <img src=x onerror=\"window.ran = 2\"> \
    [a](javascript:window.ran=3) </textarea></pre></code><svg onload=\"window.ran = 4\"> \
    \u{1b}[31m\u{1b}]0;title\u{7}\u{202e} {{ say }} ${window.ran = 5} &lt;b&gt; ' \" `";

/// Checks that nothing ran, and that nothing came from elsewhere.
async fn is_unharmed(page: &Page) {
    tokio::time::sleep(std::time::Duration::from_millis(300)).await;
    assert_eq!(page.run("return window.ran ?? null", Vec::new()).await, serde_json::Value::Null);
    assert!(page.client().get_alert_text().await.is_err());
    let foreign = "return performance.getEntriesByType('resource').map((it) => it.name).filter((it) => !it.startsWith(location.origin))";
    assert_eq!(page.run(foreign, Vec::new()).await, serde_json::json!([]));
    for element in [
        "#answer script",
        "#answer img",
        "#answer svg",
        "#answer iframe",
        "#answer [style]",
        "#answer [onclick]",
        "a[href^='javascript' i]",
    ] {
        assert_eq!(page.count(element).await, 0, "{element}");
    }
    // The title names the incident, and whatever that holds is text in it.
    assert!(page.client().title().await.expect("it has one").ends_with("Shirube"));
}

#[test]
#[ignore = "needs chromium and chromedriver"]
fn more_than_the_server_takes_is_refused_before_it_is_held() {
    with_page_over(
        |_| {},
        &["--port", "0", "--max-paste", "1"],
        async |page| {
            let paste = "const data = new DataTransfer(); data.setData('text/plain', 'あ'.repeat(arguments[0])); \
                     const event = new ClipboardEvent('paste', { clipboardData: data, cancelable: true }); \
                     return !document.getElementById('text').dispatchEvent(event);";
            assert_eq!(page.run(paste, vec![400_000.into()]).await, true);
            let said = page.text("#too-large").await;
            assert!(said.contains("1 MiB") && said.contains("shirube"), "{said}");
            assert_eq!(page.run(paste, vec![300_000.into()]).await, false);
            page.until("return document.getElementById('too-large').hidden").await;
            // Nor is it sent, whichever way it came into the box.
            page.paste(&"a".repeat(1_100_000)).await;
            page.click("button.primary").await;
            page.until("return !document.getElementById('too-large').hidden").await;
            assert_eq!(page.count("#answer-heading, .problem").await, 0);
        },
    );
}

#[test]
#[ignore = "needs chromium and chromedriver"]
fn nothing_in_a_log_runs() {
    with_page(async |page| {
        let log = format!(
            "2024/05/08 10:00:00 ERROR {HOSTILE}\n端末「{HOSTILE}」の同期に失敗しました (4026) {HOSTILE}\n"
        );
        page.ask(&log).await;
        is_unharmed(page).await;
        let shown = page.text(".lines").await;
        assert!(
            shown.contains("<script>window.ran = 1</script>") && shown.contains('␛'),
            "{shown}"
        );
        assert!(!shown.contains('\u{202e}'), "{shown}");
        // The browser sends the form by itself: the text is in the box again.
        page.run(
            "HTMLFormElement.prototype.submit.call(document.getElementById('ask'))",
            Vec::new(),
        )
        .await;
        page.until("return performance.getEntriesByType('navigation')[0].name.endsWith('/answer') && document.readyState === 'complete'")
            .await;
        is_unharmed(page).await;
        page.click("#history-button").await;
        page.find("#history-list button").await;
        is_unharmed(page).await;
        page.type_into("#history-list button", "\u{e00c}").await;
        page.run("document.getElementById('text').value = ''", Vec::new()).await;
        page.type_into("#q", "<img src=x onerror=window.ran=6> はどうすればよいですか").await;
        page.click("button.primary").await;
        page.until("return document.querySelector('#incident-1 .eyebrow')?.textContent.startsWith('質問') ?? false").await;
        is_unharmed(page).await;
    });
}

#[test]
#[ignore = "needs chromium and chromedriver"]
fn nothing_in_an_article_runs() {
    let article = format!(
        "---\nproduct: '{}'\nsource: 'javascript:window.ran=7'\ncaution: '<img src=x onerror=window.ran=8>'\n---\n# 保存先の空き容量が足りない <script>window.ran = 9</script>\n\n「ジョブ 3 が中断しました。保存先の空き容量が足りません」と出ます。\n\n## 対処 <img src=x onerror=window.ran=10>\n\n1. 開く {HOSTILE}\n2. [押す](javascript:window.ran=11) <a href=\"javascript:window.ran=12\" onclick=\"window.ran=13\">x</a>\n\n<style>body {{ display: none }}</style>\n<iframe src=\"https://evil.example/\"></iframe>\n\n![pixel](https://evil.example/pixel.png)\n",
        "<b onclick=window.ran=14>P</b>"
    );
    let prepare = |place: &std::path::Path| {
        std::fs::create_dir(place.join("manual")).expect("a directory can be made");
        std::fs::write(place.join("manual/disk.md"), &article).expect("written");
    };
    with_page_over(prepare, &["--port", "0", "--kb", "manual", "--index", "index"], async |page| {
        page.ask("ジョブ 12 が中断しました。保存先の空き容量が足りません\n").await;
        assert!(page.text(".remedy").await.contains("開く"));
        is_unharmed(page).await;
        let links = page.client().find_all(fantoccini::Locator::Css(".remedy a[href]")).await;
        for link in links.expect("there are links") {
            let target = link.attr("href").await.expect("it is there").unwrap_or_default();
            assert!(target.starts_with('/') || target.starts_with("https://"), "{target}");
        }
        page.click(".remedy .source a").await;
        page.find("article.whole").await;
        assert_eq!(
            page.run("return window.ran ?? null", Vec::new()).await,
            serde_json::Value::Null
        );
    });
}

#[test]
#[ignore = "needs chromium and chromedriver"]
fn a_paste_of_five_megabytes_is_answered_and_shown_in_part() {
    // Without optimization, on a busy machine, this takes its time.
    with_page_over(
        |_| {},
        &["--port", "0", "--timeout", "600"],
        async |page| {
            let script = "const line = 'x'.repeat(99) + '\\n'; const box = document.getElementById('text'); \
             box.value = line.repeat(25000) + arguments[0] + '\\n' + line.repeat(25000);";
            let line = format!(
                "InstallProfile: (4026) プロファイル\"a\"がパスワード変更を要求している可能性があります、パスワードを変更できません。 {HOSTILE}"
            );
            page.run(script, vec![line.into()]).await;
            page.click("button.primary").await;
            page.find("#answer-heading").await;
            is_unharmed(page).await;
            assert!(page.count(".line").await < 2000);
            assert!(page.text(".lines").await.contains("InstallProfile"));
            // The page stays quick: it answers a click.
            page.click("#theme-button").await;
            page.find("html[data-theme]").await;
            let one_line = "document.getElementById('text').value = 'y'.repeat(5000000)";
            page.run(one_line, Vec::new()).await;
            page.run("document.getElementById('answer').replaceChildren()", Vec::new()).await;
            page.click("button.primary").await;
            page.find("#answer-heading").await;
            is_unharmed(page).await;
        },
    );
}
