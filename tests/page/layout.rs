//! How it looks: nothing runs out of the window on a telephone, words are readable in both themes, and
//! `SHIRUBE_SCREENSHOTS=DIR` keeps the pictures of the README.

use std::path::PathBuf;

use crate::browser::{Page, with_desktop, with_page, with_telephone};

const LOG: &str = include_str!("../../examples/logs/bizmobile-operation-log.tsv");
const SCREEN: &str = include_str!("../../examples/logs/bizmobile-device-status.txt");

async fn keep(page: &Page, name: &str) {
    let Some(directory) = std::env::var_os("SHIRUBE_SCREENSHOTS") else { return };
    let path = PathBuf::from(directory).join(format!("{name}.png"));
    std::fs::write(path, page.picture().await).expect("the picture can be written");
}

async fn theme(page: &Page, theme: &str) {
    page.run("document.documentElement.dataset.theme = arguments[0]", vec![theme.into()]).await;
}

#[test]
#[ignore = "needs chromium and chromedriver"]
fn japanese_is_set_as_japanese() {
    with_page(async |page| {
        page.ask(LOG).await;
        let style = "return [getComputedStyle(document.body).lineBreak, getComputedStyle(document.querySelector('.remedy h4')).wordBreak]";
        assert_eq!(page.run(style, Vec::new()).await, serde_json::json!(["strict", "auto-phrase"]));
        let broken = "return [...document.querySelectorAll('.codes dt, .code')].filter((it) => it.getClientRects().length > 1).map((it) => it.textContent)";
        assert_eq!(page.run(broken, Vec::new()).await, serde_json::json!([]));
        let placeholder = "const parts = (color) => color.match(/[0-9.]+/g).map(Number); \
             const light = ([r, g, b]) => { const [x, y, z] = [r, g, b].map((it) => it / 255).map((it) => it <= 0.04045 ? it / 12.92 : ((it + 0.055) / 1.055) ** 2.4); return 0.2126 * x + 0.7152 * y + 0.0722 * z; }; \
             const box = document.getElementById('q'); const one = getComputedStyle(box, '::placeholder'); \
             const [bright, dark] = [light(parts(one.color)), light(parts(getComputedStyle(box).backgroundColor))].sort((a, b) => b - a); \
             return one.opacity === '1' && (bright + 0.05) / (dark + 0.05) >= 4.5";
        for colours in ["light", "dark"] {
            theme(page, colours).await;
            assert_eq!(page.run(placeholder, Vec::new()).await, true, "{colours}");
        }
    });
}

#[test]
#[ignore = "needs chromium and chromedriver"]
fn it_fits_a_desktop() {
    with_desktop(async |page| look_at(page, "desktop").await);
}

#[test]
#[ignore = "needs chromium and chromedriver"]
fn it_fits_a_telephone() {
    with_telephone(async |page| look_at(page, "telephone").await);
}

async fn look_at(page: &Page, device: &str) {
    for (shown, paste) in [("answer", LOG), ("flow", SCREEN)] {
        page.go("/").await;
        page.run("sessionStorage.clear()", Vec::new()).await;
        if shown == "answer" {
            keep(page, &format!("{device}-form")).await;
        }
        page.ask(paste).await;
        let wide =
            "return document.documentElement.scrollWidth - document.documentElement.clientWidth";
        assert_eq!(page.run(wide, Vec::new()).await, 0, "{device} {shown}");
        if shown == "flow" {
            page.run("document.querySelectorAll('.flow')[1].scrollIntoView()", Vec::new()).await;
        } else if device == "telephone" {
            page.run("document.querySelector('.remedy').scrollIntoView()", Vec::new()).await;
        }
        for colours in ["light", "dark"] {
            theme(page, colours).await;
            is_readable(page, colours).await;
            keep(page, &format!("{device}-{shown}-{colours}")).await;
        }
    }
}

/// Every text stands out from what is behind it by 4.5 to 1 (WCAG 2.2, 1.4.3).
async fn is_readable(page: &Page, colours: &str) {
    let script = r"
        const parts = (color) => (color.match(/[0-9.]+/g) ?? []).map(Number);
        const light = ([r, g, b]) => {
            const [x, y, z] = [r, g, b].map((it) => it / 255).map((it) => it <= 0.04045 ? it / 12.92 : ((it + 0.055) / 1.055) ** 2.4);
            return 0.2126 * x + 0.7152 * y + 0.0722 * z;
        };
        const behind = (it) => {
            for (; it; it = it.parentElement) {
                const color = parts(getComputedStyle(it).backgroundColor);
                if (color.length === 3 || color[3] === 1) return color;
            }
            return [255, 255, 255];
        };
        const poor = [];
        for (const it of document.querySelectorAll('main *, .top *')) {
            const own = [...it.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim());
            const style = getComputedStyle(it);
            if (!own || it.closest('[aria-hidden=true], [hidden], .unseen') || it.offsetParent === null) continue;
            const [one, other] = [light(parts(style.color)), light(behind(it))].sort((a, b) => b - a);
            const contrast = (one + 0.05) / (other + 0.05);
            if (contrast < 4.5) poor.push(`${it.tagName}.${it.className} ${style.color} ${contrast.toFixed(2)} ${it.textContent.trim().slice(0, 20)}`);
        }
        return [...new Set(poor)].slice(0, 20);";
    let poor = page.run(script, Vec::new()).await;
    assert_eq!(poor, serde_json::json!([]), "{colours}");
}
