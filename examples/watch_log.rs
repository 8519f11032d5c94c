//! Watches a log as it grows and answers each incident once, when it first shows:
//!
//! ```sh
//! cargo run --example watch_log -- /var/log/mdm.log
//! cargo run --example watch_log -- --once examples/logs/bizmobile-operation-log.tsv
//! ```
//!
//! 1. What was written since the last look is read, up to its last line end;
//! 2. each incident is known by its signature, which is the same in every part of every log;
//! 3. a newer index is taken up between two looks, where somebody has published one.

use std::collections::BTreeSet;
use std::error::Error;
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::Path;
use std::time::Duration;

use shirube::facts::Signature;
use shirube::index::Root;
use shirube::{AnswerOptions, KnowledgeBase};

/// How long to wait between two looks.
const PAUSE: Duration = Duration::from_secs(1);

#[expect(
    clippy::disallowed_methods,
    reason = "an example is a binary: arguments and clock are its own"
)]
fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments: Vec<_> = std::env::args_os().skip(1).collect();
    let once = arguments.first().is_some_and(|argument| argument == "--once");
    if once {
        arguments.remove(0);
    }
    let path = arguments.first().ok_or("name a log")?;
    let manual = KnowledgeBase::open(Root::Embedded)?;
    let mut watched = Watched::default();
    loop {
        let options = AnswerOptions::at(jiff::ZonedDateTime::now().datetime());
        watched.look(Path::new(path), &manual, &options, &mut io::stdout().lock())?;
        if once {
            return Ok(());
        }
        std::thread::sleep(PAUSE);
        manual.reload()?;
    }
}

/// How far a log has been read, and what of it has been told.
#[derive(Default)]
struct Watched {
    /// Bytes, up to a line end.
    read: u64,
    told: BTreeSet<Signature>,
}

impl Watched {
    fn look(
        &mut self,
        path: &Path,
        manual: &KnowledgeBase,
        options: &AnswerOptions,
        out: &mut impl Write,
    ) -> Result<(), Box<dyn Error>> {
        let mut file = File::open(path)?;
        // A log that is shorter than what was read of it has begun anew.
        if file.metadata()?.len() < self.read {
            self.read = 0;
        }
        file.seek(SeekFrom::Start(self.read))?;
        let mut news = Vec::new();
        file.read_to_end(&mut news)?;
        // A line that is still being written is read when it is whole.
        let whole = news.iter().rposition(|byte| *byte == b'\n').map_or(0, |last| last + 1);
        news.truncate(whole);
        self.read += whole as u64;
        for found in manual.answer(&news, options)?.incidents {
            if !self.told.insert(found.incident.signature) {
                continue;
            }
            if let Some(remedy) = found.remedies.first() {
                writeln!(out, "{}\n  {}", found.incident.masked, remedy.title)?;
            }
        }
        Ok(())
    }
}
