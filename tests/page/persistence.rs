//! Persistence: a history in the browser, counts at the server, the language, the colours.

use crate::browser::{with_page, with_page_over};
use crate::server::remember;

const LOG: &str = include_str!("../../examples/logs/bizmobile-operation-log.tsv");

#[test]
#[ignore = "needs chromium and chromedriver"]
fn the_history_is_masked_and_asks_again() {
    with_page(async |page| {
        page.ask(LOG).await;
        let kept = page.run("return localStorage.getItem('shirube.history')", Vec::new()).await;
        let kept = kept.as_str().expect("something is kept");
        assert!(kept.contains("InstallProfile") && kept.contains("4026"), "{kept}");
        assert!(!kept.contains("mori"), "{kept}");
        page.go("/").await;
        page.click("#history-button").await;
        page.click("#history-list button").await;
        page.find("#answer-heading").await;
        assert!(page.text(".incident .remedy").await.contains("パスワード変更を要求している"));
        // Asked again, it is the same entry.
        page.until("return JSON.parse(localStorage.getItem('shirube.history')).length === 1").await;
        // It is called by its incident, and its columns are columns.
        assert!(page.text("#incident-1 .message").await.starts_with("InstallProfile"));
        let entry = "const it = JSON.parse(localStorage.getItem('shirube.history'))[0]; return it.title.startsWith('InstallProfile') && it.text.includes('\t')";
        page.until(entry).await;
    });
}

#[test]
#[ignore = "needs chromium and chromedriver"]
fn what_is_kept_is_called_masked_and_answered_alike() {
    let log = "2026-11-26 09:20:44 BIZ-IPAD-0312 EraseDevice: 端末応答待ち\n\
               2026-11-26 10:00:00 BIZ-IPAD-0313 プロファイル\"本社\"がパスワード変更を要求している可能性があります、パスワードを変更できません。 InstallProfile: (4026)\n";
    with_page(async |page| {
        page.ask(log).await;
        let alert = page.text("#answer [role=alert]").await;
        assert!(alert.contains("初期化が実行待ち") && alert.contains("BIZ-IPAD-0312"), "{alert}");
        let conclusion = page.text(".conclusion").await;
        let flows = page.count(".flow").await;
        page.go("/").await;
        page.click("#history-button").await;
        let listed = page.text("#history-list").await;
        assert!(!listed.contains("BIZ-IPAD") && listed.contains("ほか1件"), "{listed}");
        page.click("#history-list button").await;
        page.find("#answer-heading").await;
        assert_eq!(
            (page.text(".conclusion").await, page.count(".flow").await),
            (conclusion, flows)
        );
    });
}

#[test]
#[ignore = "needs chromium and chromedriver"]
fn who_wants_no_history_has_none() {
    with_page(async |page| {
        page.ask(LOG).await;
        page.click("#history-button").await;
        page.click("#history-on").await;
        page.until("return localStorage.getItem('shirube.history') === null").await;
        page.click("#history button").await;
        page.ask(LOG).await;
        page.until("return localStorage.getItem('shirube.history') === null").await;
    });
}

#[test]
#[ignore = "needs chromium and chromedriver"]
fn whether_it_helped_is_counted_at_the_server() {
    with_page(async |page| {
        page.ask(LOG).await;
        page.click(".remedy [data-helped=\"false\"]").await;
        page.until(
            "return document.querySelector('[data-helped=\"false\"]').ariaPressed === 'true'",
        )
        .await;
        let figures = page.server.get("/metrics").body;
        assert!(figures.contains("shirube_feedback_total{helped=\"no\"} 1"), "{figures}");
    });
}

#[test]
#[ignore = "needs chromium and chromedriver"]
fn what_solved_it_is_noted_and_said_the_next_time() {
    with_page_over(remember, &["--port", "0"], async |page| {
        page.ask(LOG).await;
        page.type_into(".remedy .feedback input", "INC-4711 <img src=x onerror=alert(1)>").await;
        page.click(".remedy [data-helped=\"true\"]").await;
        page.until(
            "return document.querySelector('[data-helped=\"true\"]').ariaPressed === 'true'",
        )
        .await;
        page.ask(LOG).await;
        let said = page.text(".last-time").await;
        assert!(said.starts_with("前回 11月23日: この対処で解決 ｜ INC-4711 <img"), "{said}");
        assert_eq!(page.count(".last-time img").await, 0);
    });
}

#[test]
#[ignore = "needs chromium and chromedriver"]
fn the_other_language_keeps_what_was_pasted() {
    with_page(async |page| {
        page.ask(LOG).await;
        page.click("#language-link").await;
        page.find("html[lang=en]").await;
        assert!(page.text(".incident .remedy").await.contains("Before you act"));
        let text = page.find("#text").await.prop("value").await.expect("it has one");
        assert_eq!(text.as_deref(), Some(LOG));
        page.go("/").await;
        page.find("html[lang=en]").await;
    });
}

#[test]
#[ignore = "needs chromium and chromedriver"]
fn the_colours_are_kept() {
    with_page(async |page| {
        let before =
            page.run("return getComputedStyle(document.body).backgroundColor", Vec::new()).await;
        page.click("#theme-button").await;
        page.go("/").await;
        let after =
            page.run("return getComputedStyle(document.body).backgroundColor", Vec::new()).await;
        assert_ne!(before, after);
    });
}

#[test]
#[ignore = "needs chromium and chromedriver"]
fn without_its_script_the_form_still_answers() {
    with_page(async |page| {
        page.paste(LOG).await;
        // The browser sends the form by itself where nobody listens.
        page.run(
            "HTMLFormElement.prototype.submit.call(document.getElementById('ask'))",
            Vec::new(),
        )
        .await;
        page.find("#answer-heading").await;
        page.until("return performance.getEntriesByType('navigation')[0].name.endsWith('/answer')")
            .await;
        assert!(page.text(".incident .remedy").await.contains("パスワード変更を要求している"));
    });
}
