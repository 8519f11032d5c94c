//! A run of the program that sees nothing of the machine it runs on.

use std::path::{Path, PathBuf};

use assert_cmd::Command;
use tempfile::TempDir;

/// The day that every run believes it is.
const TODAY: &str = "2026-11-23";

/// A place to run in, with directories of its own for everything that the program may look for.
pub(crate) struct Run {
    directory: TempDir,
}

/// The output and exit code of a run.
pub(crate) struct Output {
    pub(crate) status: i32,
    /// Standard output.
    pub(crate) out: String,
    /// Standard error.
    pub(crate) err: String,
}

impl Output {
    /// Standard output, read as JSON.
    pub(crate) fn json(&self) -> serde_json::Value {
        let error = |error| panic!("{error}: {}{}", self.out, self.err);
        serde_json::from_str(&self.out).unwrap_or_else(error)
    }
}

impl Run {
    /// An empty working directory; the knowledge base is the one built in.
    pub(crate) fn new() -> Self {
        Self { directory: TempDir::new().expect("a temporary directory can be made") }
    }

    /// The working directory.
    pub(crate) fn path(&self) -> &Path {
        self.directory.path()
    }

    /// Writes a file below the working directory and returns its path.
    pub(crate) fn write(&self, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path().join(name);
        let parent = path.parent().expect("a file stands in a directory");
        std::fs::create_dir_all(parent).expect("a directory can be made");
        std::fs::write(&path, bytes).expect("a file can be written");
        path
    }

    /// Runs `shirube` with `arguments`, and nothing on standard input.
    pub(crate) fn run(&self, arguments: &[&str]) -> Output {
        self.paste(arguments, "")
    }

    /// Runs `shirube` with `arguments` and `paste` on standard input.
    pub(crate) fn paste(&self, arguments: &[&str], paste: impl Into<Vec<u8>>) -> Output {
        let output = self.command(arguments).write_stdin(paste).output();
        self.result(&output.expect("the program can be run"))
    }

    /// Runs with further variables in the environment.
    pub(crate) fn with(
        &self,
        variables: &[(&str, &str)],
        arguments: &[&str],
        paste: impl Into<Vec<u8>>,
    ) -> Output {
        let mut command = self.command(arguments);
        command.envs(variables.iter().copied());
        self.result(&command.write_stdin(paste).output().expect("the program can be run"))
    }

    /// The command of a run, for what `run` and `paste` do not cover.
    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(assert_cmd::cargo::cargo_bin!("shirube"));
        command
            .env_clear()
            .env("HOME", self.path().join("home"))
            .env("XDG_CACHE_HOME", crate::cache::shared())
            .env("COLUMNS", "80")
            .current_dir(self.path())
            .args(arguments);
        if !arguments.contains(&"--now") {
            command.args(["--now", TODAY]);
        }
        command
    }

    fn result(&self, output: &std::process::Output) -> Output {
        Output {
            status: output.status.code().expect("the program ends by itself"),
            out: self.normalized(&output.stdout),
            err: self.normalized(&output.stderr),
        }
    }

    /// The output with the working directory as `[DIR]`.
    fn normalized(&self, bytes: &[u8]) -> String {
        let text = String::from_utf8(bytes.to_vec()).expect("the program writes UTF-8");
        text.replace(&self.path().display().to_string(), "[DIR]")
    }
}
