//! Paste, drop, question, flow.

use crate::browser::{CONTROL, ENTER, RELEASE, with_page, with_telephone};

const LOG: &str = include_str!("../../examples/logs/bizmobile-operation-log.tsv");
/// A screen whose dates decide the flows: the certificate has expired, and the device has not answered.
const DECIDED: &str = "デバイス状態\n登録状態\tチェックイン済\n最終アクセス\t2024年05月10日 10:21:48\n\
    最終同期完了\t2024年05月10日 18:02:11\nデバイス情報を要求\t2024年05月14日 10:21:30\n\
    セキュリティチェック\t2024年05月10日 10:21:48\n失効日\t2024年03月11日 08:59:59\n\
    同期状態\t同期によるインストールが必要です\n";
/// A mail whose subject alone is not enough to choose an article by, and whose question is.
const MAIL: &str = "件名: iPadが同期できません\nお世話になっております。総務の鈴木です。\n\
    昨日から営業部のiPad 3台で「同期が完了しない」状態が続いています。\n\
    どうすれば直りますか？\nよろしくお願いいたします。\n";

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
        page.click("[data-copy^=\"text-1\"]").await;
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
        // Of the cases of a check one at most was taken. Beside it the others are folded, and the remedy comes first.
        let taken = "return [...document.querySelectorAll('.step')].every((step) => \
             step.querySelectorAll('.taken').length <= 1 && !(step.querySelector('.taken') && step.querySelector('.other-cases[open]'))) \
             && document.querySelectorAll('.other-cases li').length > 5 \
             && document.querySelector('.flow .remedy').compareDocumentPosition(document.querySelector('.flow .path')) === 4";
        page.until(taken).await;
        assert!(page.text(".flow .remedy").await.contains("出典"));
    });
}

#[test]
#[ignore = "needs chromium and chromedriver"]
fn who_does_not_know_is_asked_the_next_question() {
    with_page(async |page| {
        page.ask(
            "最終アクセス\t2024年05月10日 10:21:48\nデバイス情報を要求\t2024年05月14日 10:21:30\n",
        )
        .await;
        let asked = page.text(".walk p strong").await;
        page.click(".walk .quiet").await;
        let other = "return [...document.querySelectorAll('.walk p strong')].every((it) => it.textContent !== arguments[0])";
        page.until(&other.replace("arguments[0]", &format!("{asked:?}"))).await;
        let text = page.find("#text").await.prop("value").await.expect("it has one");
        assert!(text.is_some_and(|text| text.contains("\tわからない")), "{asked}");
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
        // The article has contents, a search, and a way back to the answer as it was.
        assert!(page.count(".contents a").await > 1);
        page.find(".article-nav input[type=search]").await;
        page.click(".contents li:last-child a").await;
        page.until("return location.hash.startsWith('#section-') && document.querySelector(location.hash) !== null").await;
        page.click("[data-back]").await;
        page.find("#answer-heading").await;
        assert!(page.text(".incident .remedy").await.contains("パスワード変更を要求している"));
        page.until("return document.getElementById('text').value.includes('InstallProfile')").await;
        page.until("return document.title.includes('InstallProfile')").await;
        // So has the browser's own way back, and a reload.
        page.click(".remedy .source a").await;
        page.find("article.whole").await;
        page.client().back().await.expect("there is a way back");
        page.find("#answer-heading").await;
        page.client().refresh().await.expect("it can be loaded again");
        page.find("#answer-heading").await;
        page.until("return document.getElementById('text').value.includes('InstallProfile')").await;
        // Whoever begins anew has an empty form.
        page.click("a.brand").await;
        page.find("#covers").await;
        assert_eq!(page.count("#answer-heading").await, 0);
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

#[test]
#[ignore = "needs chromium and chromedriver"]
fn the_list_follows_what_is_read() {
    let log = "2026-11-26 09:12:01 InstallApplication: (12024) アプリのインストールに失敗しました\n\
               2026-11-26 10:00:00 プロファイル\"本社\"がパスワード変更を要求している可能性があります、パスワードを変更できません。 InstallProfile: (4026)\n";
    with_page(async |page| {
        page.ask(log).await;
        for place in [1, 0] {
            let incident = format!("[...document.querySelectorAll('article.incident')][{place}]");
            page.run(&format!("{incident}.scrollIntoView()"), Vec::new()).await;
            page.until(&format!("return {incident}.id === 'incident-' + document.querySelector('.incident-list [aria-current]')?.dataset.incident")).await;
        }
    });
}

#[test]
#[ignore = "needs chromium and chromedriver"]
fn while_it_works_something_moves() {
    with_page(async |page| {
        let moving = "return document.getAnimations().some((it) => it.animationName === 'looking' && it.playState === 'running')";
        page.run("window.fetched = window.fetch; window.fetch = (...asked) => new Promise((go) => { window.go = () => go(window.fetched(...asked)); })", Vec::new()).await;
        page.paste(LOG).await;
        page.click("button.primary").await;
        page.until(moving).await;
        assert!(page.text("#status").await.contains("調べています"));
        page.run("window.go()", Vec::new()).await;
        page.find("#answer-heading").await;
        page.until(&moving.replace("return ", "return !")).await;
    });
}

#[test]
#[ignore = "needs chromium and chromedriver"]
fn a_log_and_a_question_are_asked_together() {
    with_page(async |page| {
        page.paste(LOG).await;
        page.type_into("#q", "パスワード変更を要求しているとは何ですか").await;
        page.click("button.primary").await;
        page.find("#answer-heading").await;
        page.until("return document.getElementById('text').value.length > 0 && document.getElementById('q').value.length > 0").await;
        assert!(page.text("#incident-1 .message").await.contains("InstallProfile"));
        let labels =
            "return [...document.querySelectorAll('.eyebrow')].map((it) => it.textContent)";
        let labels = page.run(labels, Vec::new()).await.to_string();
        assert!(labels.contains("質問") && labels.contains("事象"), "{labels}");
        assert!(page.count(".pasted").await > 0, "the log is shown beside its answer");
    });
}

#[test]
#[ignore = "needs chromium and chromedriver"]
fn nothing_to_ask_is_told_and_examples_are_offered() {
    with_page(async |page| {
        assert!(page.text("#covers").await.contains("BizMobile Go!"));
        assert_eq!(page.count("#covers [data-example]").await, 3);
        page.click("button.primary").await;
        assert!(page.text("#needed").await.contains("ログか質問"));
        page.click("#covers [data-example]").await;
        page.find("#answer-heading").await;
        assert!(page.count(".remedy").await > 0, "an example has an answer");
        page.until("return document.getElementById('covers').hidden").await;
        page.until("return document.getElementById('needed').hidden").await;
    });
}

#[test]
#[ignore = "needs chromium and chromedriver"]
fn the_conclusion_comes_first_and_the_title_names_the_incident() {
    with_page(async |page| {
        page.ask(LOG).await;
        let conclusion = page.text(".conclusion").await;
        assert!(
            conclusion.contains("確度: 高") && conclusion.contains("まず注意を読み"),
            "{conclusion}"
        );
        page.until("return document.title.startsWith('InstallProfile: (4026)')").await;
        // Of a row of a table the meaning and the step are told, not the title of the table alone.
        page.ask("InstallApplication: (12024) アプリのインストールに失敗しました\n").await;
        let conclusion = page.text(".conclusion").await;
        assert!(
            conclusion.contains("マニフェスト") && conclusion.contains("まず:"),
            "{conclusion}"
        );
        page.ask("関係のない文です。xyzzy plugh\n").await;
        page.until(
            "return document.querySelector('.conclusion').textContent.includes('当てはまる記事')",
        )
        .await;
    });
}

#[test]
#[ignore = "needs chromium and chromedriver"]
fn on_a_telephone_the_first_screen_holds_the_first_remedy() {
    with_telephone(async |page| {
        page.ask(LOG).await;
        page.until("const it = document.querySelector('.remedy h4').getBoundingClientRect(); return it.top > 0 && it.bottom < innerHeight").await;
        // Incidents with an article are above those without.
        page.ask(MAIL).await;
        page.until("const it = document.querySelector('.incident .remedy h4').getBoundingClientRect(); return it.top > 0 && it.bottom < innerHeight").await;
        page.until("return document.querySelector('.incident-list li .state-found') !== null")
            .await;
    });
}

#[test]
#[ignore = "needs chromium and chromedriver"]
fn a_flow_is_walked_on_the_page() {
    let screen = include_str!("../../examples/logs/bizmobile-device-status.txt");
    with_page(async |page| {
        page.ask(screen).await;
        assert!(page.text(".verdict").await.contains("未確認"));
        page.type_into(".walk input", "2024年03月11日 08:59:59").await;
        page.press(ENTER).await;
        page.find(".verdict-cause").await;
        page.until(
            "return document.getElementById('text').value.includes('失効日\\t2024年03月11日')",
        )
        .await;
        // The page shows the answer to the text in the form.
        let pasted =
            page.find("#text").await.prop("value").await.expect("it has one").unwrap_or_default();
        let answer = page.server.post("/v1/answer", &pasted).json();
        assert_eq!(answer["flows"][0]["conclusion"], "cause");
        assert!(page.text(".conclusion").await.starts_with("原因"));
        assert!(page.text(".incident-list").await.contains("確認フロー"));
    });
}

#[test]
#[ignore = "needs chromium and chromedriver"]
fn incidents_of_one_kind_are_one_card_and_severities_can_be_picked() {
    let mut log = String::new();
    for (number, error) in ["4026", "4027", "4028", "4029"].iter().enumerate() {
        for device in 0..3 {
            log.push_str(&format!(
                "2024/05/14 10:2{device}:48\tmori\t森\ttablet_{number}{device}\tInstallProfile: ({error}) プロファイル\"p\"がパスワード変更を要求している可能性があります、パスワードを変更できません。\n"
            ));
        }
    }
    log.push_str(
        "2024/05/14 10:31:48\tmori\t森\ttablet_x\tDeviceInformation: 正常に完了しました。\n",
    );
    with_page(async |page| {
        page.ask(&log).await;
        let answer = page.server.post("/v1/answer", log.as_str()).json();
        let incidents = answer["incidents"].as_array().expect("a list").len();
        assert_eq!(page.count(".incident-list li").await, incidents);
        let rows = page.count(".alike tbody tr").await;
        assert!(
            rows >= 3 && page.count("article.incident").await == incidents - rows + 1,
            "{rows}"
        );
        let table = page.text(".alike table").await;
        assert!(
            table.contains("4026") && table.contains("4028") && table.contains("tablet_"),
            "{table}"
        );
        // A row of the list leads to the row of the table.
        page.click(&format!(".incident-list a[data-incident=\"{rows}\"]")).await;
        page.click("[data-copy=\"devices\"]").await;
        page.until("return document.getElementById('toast').classList.contains('shown')").await;
        page.until(
            "return document.getElementById('devices').textContent.includes('\"tablet_00\"')",
        )
        .await;
        page.click(".severities [data-severity=\"info\"]").await;
        page.until("return [...document.querySelectorAll('.incident-list li[data-severity]')].filter((it) => !it.hidden).length === 1").await;
        page.click(".severities [data-severity=\"\"]").await;
        page.until("return [...document.querySelectorAll('.incident-list li[data-severity]')].every((it) => !it.hidden)").await;
    });
}

#[test]
#[ignore = "needs chromium and chromedriver"]
fn a_customer_gets_a_letter_and_a_colleague_an_address() {
    with_page(async |page| {
        page.ask(LOG).await;
        let letter = "return document.getElementById('mail-1-1').textContent";
        let letter = page.run(letter, Vec::new()).await;
        let letter = letter.as_str().expect("it is text");
        assert!(
            letter.contains("■ ご注意") && letter.contains("1. （当窓口からの連絡後に）"),
            "{letter}"
        );
        assert!(!letter.contains(".md") && !letter.contains("根拠"), "{letter}");
        let ticket =
            page.run("return document.getElementById('ticket-1').textContent", Vec::new()).await;
        assert!(ticket.as_str().is_some_and(|it| it.contains("承認者:")), "{ticket}");
        let handover =
            page.run("return document.getElementById('handover-1').textContent", Vec::new()).await;
        assert!(handover.as_str().is_some_and(|it| it.contains("次にすること")), "{handover}");
        page.click(".remedy a.share").await;
        page.find("article.whole").await;
        assert!(page.text("article.whole .passage").await.contains("別のプロファイルに分けて"));
        assert!(page.text("article.whole").await.contains("記事の全体を読む"));
        page.client().refresh().await.expect("its address stands for itself");
        page.find("article.whole .cautions").await;
    });
}

#[test]
#[ignore = "needs chromium and chromedriver"]
fn an_address_that_leads_nowhere_offers_a_search() {
    with_page(async |page| {
        page.go("/articles/nothing").await;
        assert!(page.text(".problem").await.contains("記事はありません"));
        page.type_into("#problem-q", "同期が完了しない").await;
        page.press(ENTER).await;
        page.find("#answer-heading").await;
        assert!(page.count(".remedy, .related li").await > 0);
    });
}
