//! Answers a log with the knowledge base that the library carries, a line a remedy:
//!
//! ```sh
//! cargo run --example answer_log -- examples/logs/bizmobile-operation-log.tsv
//! ```

use std::error::Error;
use std::fs::File;
use std::io::{self, Write};

use shirube::index::Root;
use shirube::{AnswerOptions, KnowledgeBase, Paste};

#[expect(
    clippy::disallowed_methods,
    reason = "an example is a binary: arguments and clock are its own"
)]
fn main() -> Result<(), Box<dyn Error>> {
    let path = std::env::args_os().nth(1).ok_or("name a log")?;
    // A program of its own would keep the index: IndexOptions with a directory.
    let manual = KnowledgeBase::open(Root::Embedded)?;
    let options = AnswerOptions::at(jiff::ZonedDateTime::now().datetime());
    let log = Paste::default().with_stream(None, File::open(path)?);
    let answer = manual.answer(log, &options)?;

    let mut out = io::stdout().lock();
    for incident in &answer.incidents {
        writeln!(out, "{} times: {}", incident.incident.count, incident.incident.masked)?;
        for remedy in &incident.remedies {
            writeln!(
                out,
                "  {:.2}  {}  ({}:{})",
                remedy.confidence, remedy.title, remedy.path, remedy.line
            )?;
            for caution in &remedy.cautions {
                writeln!(out, "        before you act: {caution}")?;
            }
        }
        if incident.remedies.is_empty() {
            writeln!(out, "  no article answers this")?;
        }
    }
    Ok(())
}
