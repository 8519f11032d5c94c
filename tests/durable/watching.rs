//! `shirube index --watch`, as a process of its own.

use std::fs;
use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::time::Duration;

use shirube::KnowledgeBase;

use crate::manual::{Manual, answer_of};

/// How long a change may take to be live: the machine that runs the tests may be busy.
const PATIENCE: Duration = Duration::from_secs(30);

/// A watching process, and what it says.
struct Watching {
    child: Child,
    said: Receiver<String>,
}

impl Watching {
    fn start(manual: &Manual) -> Self {
        let mut command = Command::new(assert_cmd::cargo::cargo_bin!("shirube"));
        let mut child = command
            .args(["index", "--watch", "--lang", "en", "--index"])
            .arg(manual.index())
            .arg(manual.articles())
            .env_clear()
            .env("HOME", manual.articles().join("home"))
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program can be run");
        let errors = BufReader::new(child.stderr.take().expect("it is piped"));
        let (sender, said) = mpsc::channel();
        std::thread::spawn(move || {
            for line in errors.lines().map_while(Result::ok) {
                if sender.send(line).is_err() {
                    return;
                }
            }
        });
        let watching = Self { child, said };
        watching.wait_for("watching");
        watching
    }

    /// Waits for a line that holds `part`, and returns the lines up to it.
    fn wait_for(&self, part: &str) -> Vec<String> {
        let mut lines = Vec::new();
        loop {
            let Ok(line) = self.said.recv_timeout(PATIENCE) else {
                panic!("nothing was said of `{part}`, but {lines:?}");
            };
            let found = line.contains(part);
            lines.push(line);
            if found {
                return lines;
            }
        }
    }

    /// Whether nothing more is said for a moment.
    fn is_quiet(&self) -> bool {
        self.said.recv_timeout(Duration::from_secs(1)).is_err()
    }

    /// Sends the signal of Ctrl-C and waits for the end.
    fn interrupt(mut self) {
        let process = self.child.id().to_string();
        let sent = Command::new("kill").args(["-INT", &process]).status().expect("kill can be run");
        assert!(sent.success());
        self.wait_for("watching has ended");
        assert_eq!(self.child.wait().expect("it ends").code(), Some(0));
    }
}

impl Drop for Watching {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Writes a file as editors do: beside it, under another name, and then in its place.
fn replace(path: &Path, text: &str) {
    let beside = path.with_extension("md.swp");
    fs::write(&beside, text).expect("a file");
    fs::rename(&beside, path).expect("in its place");
}

#[test]
fn changes_become_live_as_they_are_made() {
    let manual = Manual::new();
    manual.build();
    let reader = KnowledgeBase::open_index(manual.index()).expect("an index");
    let watching = Watching::start(&manual);

    // A change may be seen before it is complete; the next snapshot has the rest.
    let live = |version: u32| loop {
        watching.wait_for("a new index is live");
        assert!(reader.reload().expect("it opens"), "a newer snapshot is live");
        if answer_of(&reader.searcher()).contains(&format!("第{version}版")) {
            break;
        }
    };

    manual.write_article(0, 1);
    live(1);

    let article = manual.articles().join("article-00.md");
    let text = fs::read_to_string(&article).expect("an article");
    replace(&article, &text.replace("第1版", "第2版"));
    live(2);

    // The watched directory is moved away, and another one comes in its place.
    let (articles, aside) = (manual.articles(), manual.articles().with_extension("aside"));
    fs::rename(&articles, &aside).expect("moved away");
    watching.wait_for("articles");
    fs::create_dir(&articles).expect("a directory");
    manual.write(3);
    live(3);
    // And it is followed in turn.
    manual.write_article(0, 4);
    live(4);
    assert!(watching.is_quiet(), "nothing changes any more");
    watching.interrupt();
    manual.assert_tidy();
}

#[test]
fn what_is_gone_is_told_once_and_the_index_stays() {
    let manual = Manual::new();
    let before = manual.build();
    let watching = Watching::start(&manual);
    for entry in fs::read_dir(manual.articles()).expect("a directory") {
        fs::remove_file(entry.expect("an entry").path()).expect("gone");
    }
    let said = watching.wait_for("--allow-empty");
    assert!(said.iter().any(|line| line.contains("40 articles")), "{said:?}");
    assert!(watching.is_quiet(), "it is told once");
    assert_eq!(manual.answer_of_index(), Some(before.clone()));
    manual.write(0);
    manual.write_article(3, 9);
    watching.wait_for("a new index is live");
    assert_eq!(manual.answer_of_index(), Some(before));
    watching.interrupt();
}
