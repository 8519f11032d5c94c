//! The program in a place of its own, and a client of the protocol that talks to it.

use std::io::{BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{Child, Stdio};

use rmcp::RoleClient;
use rmcp::ServiceExt as _;
use rmcp::model::{CallToolRequestParams, CallToolResult};
use rmcp::service::RunningService;
use rmcp::transport::TokioChildProcess;
use serde_json::Value;
use tempfile::TempDir;

/// The day that every run believes it is.
pub(crate) const TODAY: &str = "2026-11-23";

/// A working directory, and an environment that holds nothing else.
pub(crate) struct Place {
    directory: TempDir,
}

impl Place {
    pub(crate) fn new() -> Self {
        Self { directory: TempDir::new().expect("a temporary directory can be made") }
    }

    pub(crate) fn path(&self) -> &Path {
        self.directory.path()
    }

    /// A run with an environment of its own.
    pub(crate) fn command(&self, arguments: &[&str]) -> std::process::Command {
        let mut command = std::process::Command::new(assert_cmd::cargo::cargo_bin!("shirube"));
        command
            .env_clear()
            .env("HOME", self.path().join("home"))
            .env("XDG_CACHE_HOME", crate::cache::shared())
            .current_dir(self.path())
            .args(arguments)
            .args(["--now", TODAY]);
        command
    }

    /// The official client, connected with `shirube mcp` as its child.
    pub(crate) async fn client(&self, arguments: &[&str]) -> Client {
        let all = [&["mcp"], arguments].concat();
        let child = TokioChildProcess::new(tokio::process::Command::from(self.command(&all)));
        let child = child.expect("the program can be run");
        Client { service: ().serve(child).await.expect("both speak the protocol") }
    }
}

/// A client of the protocol.
pub(crate) struct Client {
    pub(crate) service: RunningService<RoleClient, ()>,
}

impl Client {
    /// Calls a tool.
    pub(crate) async fn call(&self, tool: &'static str, arguments: Value) -> CallToolResult {
        self.try_call(tool, arguments).await.expect("the call is understood")
    }

    /// Calls a tool in a way that the server may refuse.
    pub(crate) async fn try_call(
        &self,
        tool: &'static str,
        arguments: Value,
    ) -> Result<CallToolResult, rmcp::ServiceError> {
        let Value::Object(arguments) = arguments else { panic!("arguments are an object") };
        self.service.call_tool(CallToolRequestParams::new(tool).with_arguments(arguments)).await
    }

    pub(crate) async fn end(self) {
        self.service.cancel().await.expect("the program ends");
    }
}

/// `shirube serve` on a free port of this machine; it ends with the value.
pub(crate) struct HttpServer {
    process: Child,
    address: String,
}

impl HttpServer {
    pub(crate) fn start(place: &Place) -> Self {
        let mut process = place
            .command(&["serve", "--port", "0", "--log", "error"])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("the program can be run");
        let mut line = String::new();
        let out = process.stdout.take().expect("it is piped");
        BufReader::new(out).read_line(&mut line).expect("the address is UTF-8");
        let address = line.trim().trim_end_matches('/').to_owned();
        assert!(address.starts_with("http://"), "{line}");
        Self { process, address }
    }

    /// The answer to a paste, or to a question where there is one.
    pub(crate) fn answer(&self, question: &str, paste: &[u8]) -> String {
        self.answer_of(question, None, paste)
    }

    /// The same where the user names the console.
    pub(crate) fn answer_of(&self, question: &str, product: Option<&str>, paste: &[u8]) -> String {
        let mut request = ureq::post(format!("{}/v1/answer", self.address)).query("lang", "ja");
        if !question.is_empty() {
            request = request.query("q", question);
        }
        if let Some(product) = product {
            request = request.query("product", product);
        }
        let mut answer = request.send(paste).expect("the server answers");
        answer.body_mut().read_to_string().expect("it answers in UTF-8")
    }
}

impl Drop for HttpServer {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// The answer of the command line, as JSON.
pub(crate) fn command_line(place: &Place, arguments: &[&str], paste: &[u8]) -> String {
    let mut child = place
        .command(&[&["--json"], arguments].concat())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("the program can be run");
    child.stdin.take().expect("it is piped").write_all(paste).expect("the program reads");
    let output = child.wait_with_output().expect("the program ends");
    String::from_utf8(output.stdout).expect("the program writes UTF-8")
}

/// The text of a part of a result.
pub(crate) fn text(result: &CallToolResult, part: usize) -> &str {
    let text = result.content.get(part).and_then(|content| content.as_text());
    text.map_or("", |text| text.text.as_str())
}
