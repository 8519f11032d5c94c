//! A server that sees nothing of the machine it runs on, and what it says.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use tempfile::TempDir;
use ureq::http;

/// The day that every server believes it is.
const TODAY: &str = "2026-11-23";

/// A server over the built-in knowledge base, or over one of the test's own.
pub(crate) struct Server {
    directory: TempDir,
    process: Child,
    address: String,
}

pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: http::HeaderMap,
    pub(crate) body: String,
}

impl Answer {
    /// The body as JSON.
    pub(crate) fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {}", self.body))
    }

    /// A header, empty where there is none.
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().expect("headers are ASCII"))
    }

    /// Checks that the answer is a problem of a status and kind, told in both languages.
    pub(crate) fn is_problem(&self, status: u16, kind: &str) {
        assert_eq!(self.status, status, "{}", self.body);
        assert_eq!(self.header("content-type"), "application/problem+json", "{}", self.body);
        let problem = self.json();
        assert_eq!(problem["type"], format!("urn:shirube:problem:{kind}"));
        assert_eq!(problem["status"], status);
        for language in ["ja", "en"] {
            for part in ["title", "detail"] {
                let said = problem[language][part].as_str().unwrap_or_default();
                assert!(said.chars().count() >= 5, "{language} {part}: {said}");
            }
        }
        assert_ne!(problem["ja"]["title"], problem["en"]["title"]);
    }
}

impl Server {
    /// A server on a free port of this machine.
    pub(crate) fn start() -> Self {
        Self::with(&["--port", "0"])
    }

    /// A server with arguments of its own.
    pub(crate) fn with(arguments: &[&str]) -> Self {
        Self::prepared(arguments, |_| {})
    }

    /// A server whose directory is prepared before it starts.
    pub(crate) fn prepared(arguments: &[&str], prepare: impl FnOnce(&Path)) -> Self {
        let directory = TempDir::new().expect("a temporary directory can be made");
        prepare(directory.path());
        let log = std::fs::File::create(directory.path().join("log")).expect("a log can be kept");
        let mut process = command(directory.path())
            .arg("serve")
            .args(arguments)
            .args(["--now", TODAY, "--log", "info"])
            .stdout(Stdio::piped())
            .stderr(log)
            .spawn()
            .expect("the program can be run");
        let out = process.stdout.take().expect("the output is piped");
        let mut line = String::new();
        BufReader::new(out).read_line(&mut line).expect("the address is UTF-8");
        let Some(address) = line.trim().strip_prefix("http://") else {
            let log = std::fs::read_to_string(directory.path().join("log")).unwrap_or_default();
            panic!("the server did not start: {line}{log}");
        };
        let address = address.trim_end_matches('/').to_owned();
        Self { directory, process, address }
    }

    /// `127.0.0.1:PORT`.
    pub(crate) fn address(&self) -> &str {
        &self.address
    }

    /// The directory that the server was started in.
    pub(crate) fn path(&self) -> &Path {
        self.directory.path()
    }

    /// The address of a path.
    pub(crate) fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// Asks for a path.
    pub(crate) fn get(&self, path: &str) -> Answer {
        self.get_with(path, &[])
    }

    /// Asks for a path, with headers.
    pub(crate) fn get_with(&self, path: &str, headers: &[(&str, &str)]) -> Answer {
        let mut request = agent().get(self.url(path));
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        answer(request.call().expect("the server answers"))
    }

    /// Sends a body.
    pub(crate) fn post(&self, path: &str, body: impl AsRef<[u8]>) -> Answer {
        self.post_with(path, &[("content-type", "text/plain")], body)
    }

    /// Sends a body, with headers.
    pub(crate) fn post_with(
        &self,
        path: &str,
        headers: &[(&str, &str)],
        body: impl AsRef<[u8]>,
    ) -> Answer {
        let mut request = agent().post(self.url(path));
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        answer(request.send(body.as_ref()).expect("the server answers"))
    }

    /// Sends bytes as they are, and reads until the server closes the connection.
    pub(crate) fn raw(&self, bytes: &[u8]) -> String {
        let mut stream = TcpStream::connect(&self.address).expect("the server listens");
        stream.set_read_timeout(Some(Duration::from_secs(60))).expect("a limit can be set");
        stream.write_all(bytes).expect("the server reads");
        let mut read = Vec::new();
        let _ = stream.read_to_end(&mut read);
        String::from_utf8_lossy(&read).into_owned()
    }

    /// The server's standard error so far.
    pub(crate) fn log(&self) -> String {
        std::fs::read_to_string(self.path().join("log")).expect("the log is UTF-8")
    }

    /// A client that keeps its connection.
    pub(crate) fn agent() -> ureq::Agent {
        agent()
    }

    /// Sends a paste and returns the status and the body, or why there is none.
    pub(crate) fn ask(
        agent: &ureq::Agent,
        url: &str,
        paste: &str,
    ) -> Result<(u16, String), String> {
        let sent = agent.post(url).header("content-type", "text/plain").send(paste);
        let mut response = sent.map_err(|error| error.to_string())?;
        let body = response.body_mut().read_to_string().map_err(|error| error.to_string())?;
        Ok((response.status().as_u16(), body))
    }

    /// The bytes of memory that are the server's own; 0 where the system does not tell.
    pub(crate) fn memory(&self) -> usize {
        let path = format!("/proc/{}/status", self.process.id());
        let status = std::fs::read_to_string(path).unwrap_or_default();
        let line = status.lines().find_map(|line| line.strip_prefix("RssAnon:"));
        let kibibytes = line.and_then(|line| line.trim().trim_end_matches(" kB").parse().ok());
        kibibytes.unwrap_or(0) << 10
    }

    /// The time that the server has had a core for; zero where the system does not tell.
    pub(crate) fn processor_time(&self) -> Duration {
        let path = format!("/proc/{}/stat", self.process.id());
        let stat = std::fs::read_to_string(path).unwrap_or_default();
        // Behind the name, which may hold anything: user and system time are the 12th and 13th fields, in
        // ticks of which Linux shows a hundred a second (proc(5), `_SC_CLK_TCK`).
        let fields: Vec<&str> =
            stat.rsplit(')').next().unwrap_or_default().split_whitespace().collect();
        let ticks = |at: usize| fields.get(at).and_then(|it| it.parse::<u64>().ok()).unwrap_or(0);
        Duration::from_millis((ticks(11) + ticks(12)) * 10)
    }

    /// Runs the program where the server runs.
    pub(crate) fn run(&self, arguments: &[&str], paste: &[u8]) -> String {
        let mut process = command(self.path())
            .args(arguments)
            .args(["--now", TODAY])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("the program can be run");
        let mut input = process.stdin.take().expect("the input is piped");
        input.write_all(paste).expect("the program reads");
        drop(input);
        let output = process.wait_with_output().expect("the program ends");
        String::from_utf8(output.stdout).expect("the program writes UTF-8")
    }

    /// Tells the server to stop, and returns whether it ended well.
    #[cfg(unix)]
    pub(crate) fn stop(mut self, signal: &str) -> bool {
        let id = self.process.id().to_string();
        let told = Command::new("kill").args([signal, &id]).status().expect("kill can be run");
        assert!(told.success());
        self.process.wait().expect("the server ends").success()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// Lets a server that starts in a directory remember.
pub(crate) fn remember(directory: &Path) {
    let settings = directory.join("home/.config/shirube");
    std::fs::create_dir_all(&settings).expect("a directory can be made");
    std::fs::write(settings.join("config.toml"), "[serve]\nhistory = true\n").expect("written");
}

/// The program in an environment of its own.
fn command(directory: &Path) -> Command {
    let program = std::env::var("SHIRUBE_LOAD_PROGRAM");
    let program = program.unwrap_or_else(|_| env!("CARGO_BIN_EXE_shirube").to_owned());
    let mut command = Command::new(program);
    command
        .env_clear()
        .env("HOME", directory.join("home"))
        .env("XDG_CACHE_HOME", crate::cache::shared())
        .env("XDG_STATE_HOME", directory.join("state"))
        .current_dir(directory);
    command
}

fn agent() -> ureq::Agent {
    let settings = ureq::Agent::config_builder()
        .http_status_as_error(false)
        .timeout_global(Some(Duration::from_secs(60)));
    settings.build().into()
}

fn answer(response: http::Response<ureq::Body>) -> Answer {
    let (parts, mut body) = response.into_parts();
    let body = body.with_config().limit(64 << 20).read_to_string().expect("answers are UTF-8");
    Answer { status: parts.status.as_u16(), headers: parts.headers, body }
}
