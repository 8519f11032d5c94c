//! By keyboard alone, and with what a screen reader needs.

use crate::browser::{CONTROL, ENTER, ESCAPE, Page, RELEASE, TAB, with_page};

/// Presses Tab until the focus is on an element.
async fn tab_to(page: &Page, selector: &str) {
    for _ in 0..60 {
        let script = "return document.activeElement.matches(arguments[0])";
        if page.run(script, vec![selector.into()]).await == true {
            return;
        }
        page.press(TAB).await;
    }
    panic!("Tab does not lead to {selector}, but to {}", page.focused().await);
}

#[test]
#[ignore = "needs chromium and chromedriver"]
fn everything_is_reached_by_keyboard_alone() {
    with_page(async |page| {
        page.press(TAB).await;
        assert_eq!(page.focused().await, "a.skip");
        page.press(ENTER).await;
        tab_to(page, "#text").await;
        page.press("InstallProfile: (4026) プロファイル\"a\"がパスワード変更を要求している可能性があります、パスワードを変更できません。").await;
        page.press(&format!("{CONTROL}{ENTER}{RELEASE}")).await;
        page.find("#answer-heading").await;
        page.until("return document.activeElement.id === 'answer-heading'").await;
        tab_to(page, ".incident-list a").await;
        page.press(ENTER).await;
        page.until("return document.activeElement.id === 'incident-1'").await;
        tab_to(page, ".evidence summary").await;
        page.press(ENTER).await;
        page.until("return document.querySelector('.evidence').open").await;
        tab_to(page, "[data-copy^=\"mail\"]").await;
        page.press(ENTER).await;
        page.until("return document.getElementById('toast').classList.contains('shown')").await;
        tab_to(page, "[data-helped=\"true\"]").await;
        page.press(" ").await;
        page.until("return document.activeElement.ariaPressed === 'true'").await;
        page.go("/").await;
        tab_to(page, "#history-button").await;
        page.press(ENTER).await;
        page.until("return document.getElementById('history').open").await;
        page.press(ESCAPE).await;
        page.until("return !document.getElementById('history').open").await;
        assert_eq!(page.focused().await, "#history-button");
    });
}

#[test]
#[ignore = "needs chromium and chromedriver"]
fn a_screen_reader_finds_landmarks_and_names() {
    with_page(async |page| {
        page.ask("同期によるインストールが必要です\nInstallProfile: (4026) プロファイル\"a\"がパスワード変更を要求している可能性があります、パスワードを変更できません。\n").await;
        for landmark in [
            "header.top",
            "main",
            "nav[aria-label]",
            ".overview nav[aria-label]",
            "[role=status]",
            ".lines[role=region][aria-label]",
        ] {
            assert!(page.count(landmark).await > 0, "{landmark}");
        }
        let nameless = "const named = (it) => it.ariaLabel || it.textContent.trim() || document.querySelector(`label[for='${it.id}']`) || it.closest('label'); \
             return [...document.querySelectorAll('button, a, input, textarea, select, summary')].filter((it) => !named(it)).map((it) => it.outerHTML);";
        assert_eq!(page.run(nameless, Vec::new()).await, serde_json::json!([]));
        let levels = "return [...document.querySelectorAll('main :is(h1, h2, h3, h4, h5, h6)')].map((it) => Number(it.tagName[1]))";
        let levels: Vec<u64> =
            serde_json::from_value(page.run(levels, Vec::new()).await).expect("numbers");
        assert!(levels.windows(2).all(|pair| pair[1] <= pair[0] + 1), "{levels:?}");
        let broken = "return [...document.querySelectorAll('[aria-labelledby], [aria-describedby], [for]')].flatMap((it) => \
             [it.getAttribute('aria-labelledby'), it.getAttribute('aria-describedby'), it.getAttribute('for')]).filter((id) => id && !document.getElementById(id));";
        assert_eq!(page.run(broken, Vec::new()).await, serde_json::json!([]));
        let twice = "const ids = [...document.querySelectorAll('[id]')].map((it) => it.id); return ids.filter((id, at) => ids.indexOf(id) !== at)";
        assert_eq!(page.run(twice, Vec::new()).await, serde_json::json!([]));
    });
}
