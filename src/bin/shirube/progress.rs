//! How far a long reading or building has come, on a terminal that somebody watches.
//!
//! Nothing is shown in the first second, and nothing stays on the screen: neither when the work ends
//! nor when Ctrl-C ends it. Where nobody watches, building an index writes a line a second instead.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use shirube::index::{OnProgress, Progress as IndexProgress};
use shirube::source::{Language, Phrase};

use crate::context::Context;
use crate::errors::phrase;
use crate::output::Output;

/// Work that is done sooner needs no progress bar.
const PATIENCE: Duration = Duration::from_secs(1);
/// The status of a program that Ctrl-C ended: 128 and the number of SIGINT.
const INTERRUPTED: i32 = 130;

/// The bar on the screen, which has to go when Ctrl-C comes.
static SHOWN: Mutex<Option<ProgressBar>> = Mutex::new(None);
/// Whether Ctrl-C is for a program that this one runs.
static LEFT_ALONE: AtomicBool = AtomicBool::new(false);

/// The progress of reading one file or stream.
pub(crate) struct Progress(ProgressBar);

impl Progress {
    /// The progress of reading `length` bytes, where that is known; `None` where nobody watches.
    pub(crate) fn new(context: &Context, name: Option<&str>, length: Option<u64>) -> Option<Self> {
        if !context.environment.watched {
            return None;
        }
        let target = ProgressDrawTarget::hidden();
        let bar = ProgressBar::with_draw_target(length, target).with_style(style(length));
        let reading = match name {
            Some(name) => {
                let name = shirube::report::visible(name);
                phrase!("{name} を読んでいます", "reading {name}")
            }
            None => Phrase::new("標準入力を読んでいます", "reading standard input"),
        };
        bar.set_message(reading.text(context.output.language).to_owned());
        Some(Self(bar))
    }

    /// Tells how many bytes have been read.
    pub(crate) fn at(&self, bytes: u64) {
        self.0.set_position(bytes);
        show(&self.0);
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        clear(&self.0);
    }
}

/// Shows a bar whose work has lasted long enough.
fn show(bar: &ProgressBar) {
    if bar.is_hidden() && !bar.is_finished() && bar.elapsed() >= PATIENCE {
        watch_for_interrupt();
        *SHOWN.lock().unwrap_or_else(PoisonError::into_inner) = Some(bar.clone());
        bar.set_draw_target(ProgressDrawTarget::stderr());
        bar.tick();
    }
}

fn clear(bar: &ProgressBar) {
    bar.finish_and_clear();
    *SHOWN.lock().unwrap_or_else(PoisonError::into_inner) = None;
}

pub(crate) struct Building {
    output: Output,
    watched: bool,
    bar: ProgressBar,
    /// The second that the last line was written in.
    told: AtomicU64,
}

impl Building {
    /// An observer that shows a bar on a terminal, and writes a line a second anywhere else.
    pub(crate) fn observer(context: &Context) -> OnProgress {
        let building = Self {
            output: context.output,
            watched: context.environment.watched,
            bar: ProgressBar::with_draw_target(None, ProgressDrawTarget::hidden()),
            told: AtomicU64::new(0),
        };
        OnProgress::new(move |step| building.tell(step))
    }

    fn tell(&self, step: IndexProgress<'_>) {
        match step {
            IndexProgress::Waiting if self.told.fetch_max(1, Ordering::Relaxed) == 0 => {
                self.output.note(&Phrase::new(
                    "ほかのプロセスが索引を作っています。終わるのを待ちます",
                    "another process is building the index; waiting for its end",
                ));
            }
            IndexProgress::Indexing { done, of } => {
                self.bar.set_length(of as u64);
                self.bar.set_position(done as u64);
                let count = format!("{done}/{of}");
                self.say(
                    "{msg}  {wide_bar}  {pos}/{len}  {eta}",
                    &Phrase::new("記事を読んでいます", "reading the articles"),
                    &count,
                );
            }
            IndexProgress::Writing { .. } | IndexProgress::Verifying => {
                self.say("{msg}", &Phrase::new("索引を保存しています", "writing the index"), "")
            }
            IndexProgress::Live => {
                clear(&self.bar);
                // Whoever watches the articles builds again.
                self.bar.set_draw_target(ProgressDrawTarget::hidden());
                self.bar.reset();
                self.told.store(0, Ordering::Relaxed);
            }
            _ => {}
        }
    }

    fn say(&self, template: &str, what: &Phrase, count: &str) {
        if self.watched {
            let what = what.text(self.output.language);
            if self.bar.message() != what {
                let style = ProgressStyle::with_template(template);
                self.bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
                self.bar.set_message(what.to_owned());
            }
            show(&self.bar);
            return;
        }
        let second = self.bar.elapsed().as_secs();
        if self.told.fetch_max(second, Ordering::Relaxed) < second {
            let space = if count.is_empty() { "" } else { " " };
            self.output.note(&Phrase::new(
                format!("{}{space}{count}", what.text(Language::Ja)),
                format!("{}{space}{count}", what.text(Language::En)),
            ));
        }
    }
}

impl Drop for Building {
    fn drop(&mut self) {
        clear(&self.bar);
    }
}

fn style(length: Option<u64>) -> ProgressStyle {
    let template = match length {
        Some(_) => "{msg}  {percent:>3}%  {bytes}/{total_bytes}  {bytes_per_sec}",
        None => "{msg}  {bytes}  {bytes_per_sec}",
    };
    ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar())
}

/// Until the guard is dropped, Ctrl-C does nothing to this program: it is for the one that it runs.
pub(crate) fn leave_interrupts_alone() -> impl Drop {
    struct Guard;
    impl Drop for Guard {
        fn drop(&mut self) {
            LEFT_ALONE.store(false, Ordering::Relaxed);
        }
    }
    watch_for_interrupt();
    LEFT_ALONE.store(true, Ordering::Relaxed);
    Guard
}

/// From now on Ctrl-C clears the screen before it ends the program.
#[expect(
    clippy::exit,
    clippy::disallowed_methods,
    reason = "Ctrl-C is answered on a thread of its own, which cannot return from main"
)]
fn watch_for_interrupt() {
    // A second file finds the handler there already.
    let _ = ctrlc::set_handler(|| {
        if LEFT_ALONE.load(Ordering::Relaxed) {
            return;
        }
        if let Some(bar) = SHOWN.lock().unwrap_or_else(PoisonError::into_inner).take() {
            bar.finish_and_clear();
        }
        std::process::exit(INTERRUPTED);
    });
}
