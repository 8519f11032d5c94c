//! The process that builds, to be killed, starved or raced.

use std::io::{BufRead as _, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};

use shirube::index::{self, OnProgress, Progress};

use crate::manual::{Manual, options};

const ARTICLES: &str = "SHIRUBE_TEST_ARTICLES";
const INDEX: &str = "SHIRUBE_TEST_INDEX";
const REBUILD: &str = "SHIRUBE_TEST_REBUILD";
const STOP: &str = "SHIRUBE_TEST_STOP";

/// Written by the indexer when it has stopped at its step.
const STOPPED: &str = "the indexer has stopped";

/// The steps at which an indexer can be stopped, by name; all that change anything in the directory, and the
/// files of a snapshot each by itself.
pub(crate) const STEPS: &[&str] = &[
    "cleaning",
    "writing resources.bin",
    "writing inventory.bin",
    "writing vocabulary.bin",
    "writing shard",
    "writing manifest.json",
    "verifying",
    "naming",
    "switching",
    "live",
    "removing",
];

fn name(step: Progress<'_>) -> String {
    match step {
        Progress::Cleaning { .. } => "cleaning".to_owned(),
        Progress::Writing { file, .. } if file.starts_with("shard") => "writing shard".to_owned(),
        Progress::Writing { file, .. } => format!("writing {file}"),
        Progress::Verifying => "verifying".to_owned(),
        Progress::Naming => "naming".to_owned(),
        Progress::Switching => "switching".to_owned(),
        Progress::Live => "live".to_owned(),
        Progress::Removing { .. } => "removing".to_owned(),
        _ => "another".to_owned(),
    }
}

/// A process that builds the index of a manual.
pub(crate) struct Indexer {
    child: Child,
}

impl Indexer {
    /// Starts one that runs to its end.
    pub(crate) fn start(manual: &Manual, rebuild: bool) -> Self {
        Self::spawn(command(manual, rebuild))
    }

    /// Starts one whose files may have so many blocks; a larger write fails as it does on a full disk.
    pub(crate) fn start_with_file_limit(manual: &Manual, blocks: u32) -> Self {
        let mut command = Command::new("sh");
        // Where the signal is ignored, the write returns an error.
        command.args(["-c", &format!("trap '' XFSZ; ulimit -f {blocks}; exec \"$@\""), "sh"]);
        Self::spawn_under(command, manual, true)
    }

    /// Starts one of whose system calls of a name one fails, as strace is told by `fails`; the file `told` names it.
    pub(crate) fn start_with_failing_call(
        manual: &Manual,
        rebuild: bool,
        call: &str,
        fails: &str,
        told: &Path,
    ) -> Self {
        let mut command = Command::new("strace");
        command.args(["-f", "-qq", "-e", &format!("trace={call}"), "-e"]);
        command.arg(format!("inject={call}:{fails}")).arg("-o").arg(told);
        Self::spawn_under(command, manual, rebuild)
    }

    /// Starts one by another program, which is given its command.
    fn spawn_under(mut command: Command, manual: &Manual, rebuild: bool) -> Self {
        let inner = self::command(manual, rebuild);
        command.arg(inner.get_program()).args(inner.get_args());
        command.envs(inner.get_envs().filter_map(|(name, value)| Some((name, value?))));
        Self::spawn(command)
    }

    /// Starts one that stops at the `nth` time of a step, and waits until it does; `None` where it came to
    /// its end before.
    pub(crate) fn start_and_stop_at(
        manual: &Manual,
        rebuild: bool,
        step: &str,
        nth: u32,
    ) -> Option<Self> {
        let mut command = command(manual, rebuild);
        command.env(STOP, format!("{nth} {step}"));
        let mut indexer = Self::spawn(command);
        let output = indexer.child.stdout.take().expect("it is piped");
        let stopped =
            BufReader::new(output).lines().any(|line| line.is_ok_and(|line| line == STOPPED));
        if stopped {
            return Some(indexer);
        }
        assert!(indexer.wait().success(), "an indexer that nobody stops builds the index");
        None
    }

    fn spawn(mut command: Command) -> Self {
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null());
        Self { child: command.spawn().expect("this program can be run again") }
    }

    /// Kills it with SIGKILL where it has stopped.
    pub(crate) fn kill(self) {
        assert!(self.kill_unless_over(), "it was killed, and did not end by itself");
    }

    /// Kills it with SIGKILL, wherever it is, and returns whether it was not over before.
    pub(crate) fn kill_unless_over(mut self) -> bool {
        self.child.kill().expect("it is a child of this process");
        !self.wait().success()
    }

    /// Waits for its end.
    pub(crate) fn wait(&mut self) -> ExitStatus {
        self.child.wait().expect("it ends")
    }

    /// Whether it still runs.
    pub(crate) fn runs(&mut self) -> bool {
        self.child.try_wait().expect("its state can be asked").is_none()
    }
}

#[expect(clippy::disallowed_methods, reason = "the indexer is this very program")]
fn command(manual: &Manual, rebuild: bool) -> Command {
    let program = std::env::current_exe().expect("the program that runs has a path");
    let mut command = Command::new(program);
    command
        .args(["--exact", "indexer::indexer", "--ignored", "--nocapture", "--test-threads=1"])
        .env(ARTICLES, manual.articles())
        .env(INDEX, manual.index());
    if rebuild {
        command.env(REBUILD, "1");
    }
    command
}

/// The indexer itself: no test, but what the tests start.
#[test]
#[ignore = "it is started by the other tests"]
#[expect(clippy::disallowed_methods, reason = "the indexer is told by its environment")]
fn indexer() {
    let variable = |name| std::env::var_os(name).map(PathBuf::from);
    let (Some(articles), Some(directory)) = (variable(ARTICLES), variable(INDEX)) else { return };
    let mut options = options(&articles, &directory);
    options.rebuild = variable(REBUILD).is_some();
    if let Ok(stop) = std::env::var(STOP) {
        let (nth, step) = stop.split_once(' ').expect("a number and a step");
        let (nth, step) = (nth.parse::<u32>().expect("a number"), step.to_owned());
        let seen = AtomicU32::new(0);
        options.on_progress = OnProgress::new(move |it| {
            if name(it) == step && seen.fetch_add(1, Ordering::Relaxed) == nth {
                let mut output = std::io::stdout();
                writeln!(output, "\n{STOPPED}").and_then(|()| output.flush()).expect("a pipe");
                loop {
                    std::thread::park();
                }
            }
        });
    }
    index::open_or_build(&options).expect("the index can be built");
}
