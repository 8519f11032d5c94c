//! Paste, drop, question, flow.

use crate::browser::{CONTROL, ENTER, RELEASE, with_page};

const LOG: &str = include_str!("../../examples/logs/bizmobile-operation-log.tsv");
/// A screen whose dates decide the flows: the certificate has expired, and the device has not answered.
const DECIDED: &str = "デバイス状態\n登録状態\tチェックイン済\n最終アクセス\t2024年05月10日 10:21:48\n\
    最終同期完了\t2024年05月10日 18:02:11\nデバイス情報を要求\t2024年05月14日 10:21:30\n\
    セキュリティチェック\t2024年05月10日 10:21:48\n失効日\t2024年03月11日 08:59:59\n\
    同期状態\t同期によるインストールが必要です\n";

#[test]
#[ignore = "needs chromium and chromedriver"]
fn a_paste_shows_its_incidents_marks_and_remedies() {
    with_page(async |page| {
        page.ask(LOG).await;
        let answer = page.server.post("/v1/answer", LOG).json();
        let incidents = answer["incidents"].as_array().expect("a list");
        assert_eq!(page.count(".incident-list li").await, incidents.len());
        let first = page.text(".incident .remedy").await;
        assert!(first.contains("パスワード変更を要求している"), "{first}");
        assert!(first.contains("確度") && first.contains("実行前に"), "{first}");
        let order = "const card = document.querySelector('.remedy'); const before = (one, other) => \
             !!(card.querySelector(one).compareDocumentPosition(card.querySelector(other)) & Node.DOCUMENT_POSITION_FOLLOWING); \
             return before('.cautions', '.passage') && before('.passage', '.evidence');";
        page.until(order).await;
        let code = page.text("mark.mark-code").await;
        assert_eq!(code, "(4026)");
        // The marked part is the very text that the incident's message is.
        let marked = "return [...document.querySelectorAll('mark[data-incident=\"1\"]')].map((mark) => mark.textContent).join('')";
        let marked = page.run(marked, Vec::new()).await;
        let message = page.text("#incident-1 .message").await;
        assert_eq!(marked.as_str(), Some(message.as_str()));
        assert_eq!(page.text("#status").await, page.text("#answer-heading").await);
        assert!(!page.find(".evidence table").await.is_displayed().await.expect("it is there"));
        page.click(".evidence summary").await;
        let evidence = page.text(".evidence table").await;
        assert!(evidence.contains("4026") && evidence.contains("4027"), "{evidence}");
    });
}

#[test]
#[ignore = "needs chromium and chromedriver"]
fn the_page_says_what_the_terminal_says() {
    with_page(async |page| {
        page.ask(LOG).await;
        page.click("[data-copy^=\"mail-1\"]").await;
        page.until("return document.getElementById('toast').classList.contains('shown')").await;
        page.find("#text").await.clear().await.expect("it can be cleared");
        page.type_into("#text", &format!("{CONTROL}v{RELEASE}")).await;
        let copied =
            page.find("#text").await.prop("value").await.expect("it has one").unwrap_or_default();
        let terminal = page.server.run(&["--lang", "ja"], LOG.as_bytes());
        assert!(copied.lines().count() > 5, "{copied}");
        // The lines may be broken elsewhere.
        let words = |text: &str| text.split_whitespace().collect::<String>();
        assert!(words(&terminal).contains(&words(&copied)), "{copied}\n{terminal}");
    });
}

#[test]
#[ignore = "needs chromium and chromedriver"]
fn a_ticket_is_copied_masked() {
    with_page(async |page| {
        page.ask(LOG).await;
        page.click("[data-copy=\"ticket-1\"]").await;
        page.until("return document.getElementById('toast').classList.contains('shown')").await;
        page.find("#text").await.clear().await.expect("it can be cleared");
        page.type_into("#text", &format!("{CONTROL}v{RELEASE}")).await;
        let copied =
            page.find("#text").await.prop("value").await.expect("it has one").unwrap_or_default();
        assert!(copied.contains("{profile}") && copied.contains("対処:"), "{copied}");
        assert!(!copied.contains("mori"), "{copied}");
    });
}

#[test]
#[ignore = "needs chromium and chromedriver"]
fn a_dropped_file_is_asked() {
    with_page(async |page| {
        // In Shift_JIS, as a console of old exports it: the browser must hand over the bytes as they are.
        let script = "const bytes = new Uint8Array(arguments[0]); const carried = new DataTransfer(); \
             carried.items.add(new File([bytes], 'export.csv')); \
             document.dispatchEvent(new DragEvent('dragenter', { dataTransfer: carried, bubbles: true, cancelable: true })); \
             const shown = document.body.classList.contains('dropping'); \
             document.dispatchEvent(new DragEvent('drop', { dataTransfer: carried, bubbles: true, cancelable: true })); \
             return shown;";
        let (bytes, _, _) = encoding_rs::SHIFT_JIS.encode(LOG);
        let shown = page.run(script, vec![serde_json::json!(bytes.as_ref())]).await;
        assert_eq!(shown, true);
        page.find("#answer-heading").await;
        assert_eq!(page.text(".pasted summary").await, "export.csv");
        assert_eq!(page.text("mark.mark-code").await, "(4026)");
    });
}

#[test]
#[ignore = "needs chromium and chromedriver"]
fn a_question_is_asked_with_enter() {
    with_page(async |page| {
        page.type_into("#q", "同期が完了しない").await;
        page.press(ENTER).await;
        page.find("#answer-heading").await;
        assert_eq!(page.text("#incident-1 .eyebrow").await, "質問");
        assert!(page.count(".remedy, .related li").await > 0);
        assert_eq!(page.count(".pasted").await, 0);
    });
}

#[test]
#[ignore = "needs chromium and chromedriver"]
fn a_flow_is_drawn_with_the_case_that_decided() {
    with_page(async |page| {
        page.ask(DECIDED).await;
        let answer = page.server.post("/v1/answer", DECIDED).json();
        let flows = answer["flows"].as_array().expect("a list");
        assert_eq!(page.count(".flow").await, flows.len());
        let steps = flows.iter().flat_map(|flow| flow["steps"].as_array().expect("a list"));
        let steps: Vec<_> = steps.filter(|step| step["state"] != "skipped").collect();
        assert_eq!(page.count(".step").await, steps.len());
        let decided = page.text(".step-cause .taken").await;
        let cause = steps.iter().find(|step| step["state"] == "cause").expect("a cause");
        assert!(decided.contains(cause["text"].as_str().expect("it is text")), "{decided}");
        // Of the cases of a check one at most was taken, and the others are shown as well.
        let taken = "return [...document.querySelectorAll('.cases')].every((list) => list.querySelectorAll('.taken').length <= 1) \
             && document.querySelectorAll('.cases li:not(.taken)').length > 5";
        page.until(taken).await;
        assert!(page.text(".flow .remedy").await.contains("出典"));
    });
}

#[test]
#[ignore = "needs chromium and chromedriver"]
fn an_article_is_read_on_and_the_way_back_leads_to_the_form() {
    with_page(async |page| {
        page.ask(LOG).await;
        page.click(".remedy .source a").await;
        page.find("article.whole").await;
        assert!(
            page.client().current_url().await.expect("it has one").path().starts_with("/articles/")
        );
        page.client().back().await.expect("there is a way back");
        page.find("#text").await;
    });
}

#[test]
#[ignore = "needs chromium and chromedriver"]
fn an_error_is_told_in_words() {
    with_page(async |page| {
        page.run("document.getElementById('product').replaceChildren(); const it = document.createElement('input'); it.name = 'input_format'; it.value = 'word'; document.getElementById('ask').append(it);", Vec::new()).await;
        page.paste("x").await;
        page.click("button.primary").await;
        let told = page.text(".problem").await;
        assert!(told.contains("input_format") && told.contains("windows-event"), "{told}");
    });
}
