//! A browser with a page open, and what a person does with it.

use std::io::{BufRead as _, BufReader, Read as _};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::time::{Duration, Instant};

use fantoccini::elements::Element;
use fantoccini::{Client, ClientBuilder, Locator};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::server::Server;

/// How long anything on the page may take; the machine may be busy with other tests.
const PATIENCE: Duration = Duration::from_secs(180);

/// The keys of the WebDriver protocol.
pub(crate) const TAB: &str = "\u{e004}";
pub(crate) const ENTER: &str = "\u{e007}";
pub(crate) const ESCAPE: &str = "\u{e00c}";
pub(crate) const CONTROL: &str = "\u{e009}";
/// Lets go of the keys that are held.
pub(crate) const RELEASE: &str = "\u{e000}";

/// A page in a browser of its own, over a server of its own.
pub(crate) struct Page {
    pub(crate) server: Server,
    client: Option<Client>,
    driver: Child,
    _profile: TempDir,
}

/// Runs a test on the page in the window of a desktop, and once more on the screen of a telephone.
pub(crate) fn with_page(test: impl AsyncFn(&Page)) {
    with_desktop(&test);
    with_telephone(&test);
}

/// Runs a test in the window of a desktop, 1280 pixels wide.
pub(crate) fn with_desktop(test: impl AsyncFnOnce(&Page)) {
    with_page_over(|_| {}, &["--port", "0"], test);
}

/// The same on the screen of a telephone, 390 pixels wide.
pub(crate) fn with_telephone(test: impl AsyncFnOnce(&Page)) {
    run(|_| {}, &["--port", "0"], telephone(), test);
}

fn telephone() -> Value {
    // No window of a desktop may be so narrow.
    let metrics = json!({ "width": 390, "height": 844, "pixelRatio": 1.0, "touch": true });
    json!({ "mobileEmulation": { "deviceMetrics": metrics } })
}

/// The same over a server that is prepared first.
pub(crate) fn with_page_over(
    prepare: impl FnOnce(&Path),
    arguments: &[&str],
    test: impl AsyncFnOnce(&Page),
) {
    run(prepare, arguments, json!({}), test);
}

fn run(
    prepare: impl FnOnce(&Path),
    arguments: &[&str],
    options: Value,
    test: impl AsyncFnOnce(&Page),
) {
    let runtime = tokio::runtime::Runtime::new().expect("threads can be started");
    runtime.block_on(async {
        let mut page = Page::open(Server::prepared(arguments, prepare), options).await;
        test(&page).await;
        if let Some(client) = page.client.take() {
            client.close().await.expect("the browser ends");
        }
    });
}

/// ChromeDriver with the port that it listens on, and what it goes on to tell. It takes a free port of IPv4 and
/// wants the same of IPv6, where another may have it: then it ends at once, and the next one has better luck.
fn start_driver() -> (Child, u16, BufReader<ChildStdout>) {
    const TRIES: usize = 5;
    for _ in 0..TRIES {
        let mut driver = Command::new("chromedriver")
            .arg("--port=0")
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("chromedriver can be run (Debian: apt install chromium chromium-driver)");
        let mut output = BufReader::new(driver.stdout.take().expect("the output is piped"));
        let port = output.by_ref().lines().map_while(Result::ok).find_map(|line| {
            let port = line.split("on port ").nth(1)?.trim_end_matches('.').parse::<u16>();
            port.ok().filter(|port| *port > 0)
        });
        if let Some(port) = port {
            return (driver, port, output);
        }
        driver.wait().expect("it has ended");
    }
    panic!("chromedriver ended {TRIES} times without telling its port");
}

impl Page {
    async fn open(server: Server, mut options: Value) -> Self {
        let (driver, port, _output) = start_driver();
        let profile = TempDir::new().expect("a temporary directory can be made");
        let data = format!("--user-data-dir={}", profile.path().display());
        let arguments = [
            "--headless=new",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--disable-dev-shm-usage",
            "--window-size=1280,900",
            &data,
        ];
        options["args"] = json!(arguments);
        let options = json!({ "goog:chromeOptions": options });
        let Value::Object(options) = options else { unreachable!("it was written as an object") };
        let client = ClientBuilder::new(HttpConnector::new())
            .capabilities(options)
            .connect(&format!("http://127.0.0.1:{port}"))
            .await
            .expect("Chromium can be started");
        let page = Self { server, client: Some(client), driver, _profile: profile };
        page.go("/?lang=ja").await;
        page
    }

    pub(crate) fn client(&self) -> &Client {
        self.client.as_ref().expect("it is there until the test ends")
    }

    /// Goes to a path of the server.
    pub(crate) async fn go(&self, path: &str) {
        self.client().goto(&self.server.url(path)).await.expect("the page opens");
    }

    /// The first element of a selector, once it is there.
    pub(crate) async fn find(&self, selector: &str) -> Element {
        let wait = self.client().wait().at_most(PATIENCE);
        wait.for_element(Locator::Css(selector))
            .await
            .unwrap_or_else(|error| panic!("{selector}: {error}"))
    }

    /// How many elements of a selector there are.
    pub(crate) async fn count(&self, selector: &str) -> usize {
        self.client().find_all(Locator::Css(selector)).await.expect("the selector is one").len()
    }

    /// The text that is shown of an element.
    pub(crate) async fn text(&self, selector: &str) -> String {
        self.find(selector).await.text().await.expect("it has a text")
    }

    pub(crate) async fn click(&self, selector: &str) {
        self.find(selector)
            .await
            .click()
            .await
            .unwrap_or_else(|error| panic!("{selector}: {error}"));
    }

    /// Types into an element.
    pub(crate) async fn type_into(&self, selector: &str, text: &str) {
        self.find(selector).await.send_keys(text).await.expect("it can be typed into");
    }

    /// Presses keys where the focus is.
    pub(crate) async fn press(&self, keys: &str) {
        let focused = self.client().active_element().await.expect("something has the focus");
        focused.send_keys(keys).await.expect("keys can be pressed");
    }

    /// The result of a script.
    pub(crate) async fn run(&self, script: &str, arguments: Vec<Value>) -> Value {
        self.client().execute(script, arguments).await.expect("the script runs")
    }

    /// Puts text into the box as pasting does, which typing would do a key at a time.
    pub(crate) async fn paste(&self, text: &str) {
        let script = "const box = document.getElementById('text'); box.focus(); box.value = arguments[0]; \
                      box.dispatchEvent(new Event('input', { bubbles: true }));";
        self.run(script, vec![text.into()]).await;
    }

    /// Pastes text and asks.
    pub(crate) async fn ask(&self, text: &str) {
        // The heading that is waited for is that of the new answer.
        self.run("document.getElementById('answer').replaceChildren()", Vec::new()).await;
        self.paste(text).await;
        self.click("button.primary").await;
        self.find("#answer-heading").await;
    }

    /// Waits until a script returns something true.
    pub(crate) async fn until(&self, script: &str) {
        let begun = Instant::now();
        while self.run(script, Vec::new()).await != Value::Bool(true) {
            assert!(begun.elapsed() < PATIENCE, "not in time: {script}");
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    /// The focused element, as a selector.
    pub(crate) async fn focused(&self) -> String {
        let script = "const it = document.activeElement; \
                      return it.id ? '#' + it.id : it.tagName.toLowerCase() + [...it.classList].map((name) => '.' + name).join('');";
        self.run(script, Vec::new()).await.as_str().expect("it is text").to_owned()
    }

    /// A picture of what the window shows.
    pub(crate) async fn picture(&self) -> Vec<u8> {
        self.client().screenshot().await.expect("a picture can be taken")
    }
}

impl Drop for Page {
    fn drop(&mut self) {
        // A test that failed has not closed its browser, which outlives its driver.
        let browser = self.client.as_ref().and_then(Client::capabilities);
        let browser = browser.and_then(|told| told.get("goog:processID")).and_then(Value::as_u64);
        if let Some(id) = browser {
            let _ = Command::new("kill").args(["-TERM", &id.to_string()]).status();
        }
        let id = self.driver.id().to_string();
        let _ = Command::new("kill").args(["-TERM", &id]).status();
        let _ = self.driver.wait();
    }
}
