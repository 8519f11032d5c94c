//! How far a long reading has come, on a terminal that somebody watches.
//!
//! Nothing is shown in the first second, and nothing stays on the screen: neither when the reading ends
//! nor when Ctrl-C ends it.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use shirube::source::Phrase;

use crate::verb::Context;

/// What lasts no longer needs no progress.
const PATIENCE: Duration = Duration::from_secs(1);
/// The status of a program that Ctrl-C ended: 128 and the number of SIGINT.
const INTERRUPTED: i32 = 130;

/// What is on the screen and has to go from it when Ctrl-C comes.
static SHOWN: Mutex<Option<ProgressBar>> = Mutex::new(None);
/// Whether Ctrl-C is for a program that this one runs.
static LEFT_ALONE: AtomicBool = AtomicBool::new(false);

/// The progress of reading one file or stream.
pub(crate) struct Progress {
    bar: Option<ProgressBar>,
}

impl Progress {
    /// The progress of reading `length` bytes, where that is known.
    pub(crate) fn new(context: &Context, name: Option<&str>, length: Option<u64>) -> Self {
        if !context.environment.watched {
            return Self::none();
        }
        let target = ProgressDrawTarget::hidden();
        let bar = ProgressBar::with_draw_target(length, target).with_style(style(length));
        let reading = match name {
            Some(name) => {
                let name = shirube::report::visible(name);
                Phrase::new(format!("{name} を読んでいます"), format!("reading {name}"))
            }
            None => Phrase::new("標準入力を読んでいます", "reading standard input"),
        };
        bar.set_message(reading.text(context.output.language).to_owned());
        Self { bar: Some(bar) }
    }

    /// No progress is shown.
    pub(crate) fn none() -> Self {
        Self { bar: None }
    }

    /// Tells how many bytes have been read.
    pub(crate) fn at(&self, bytes: u64) {
        let Some(bar) = &self.bar else { return };
        bar.set_position(bytes);
        if bar.is_hidden() && bar.elapsed() >= PATIENCE {
            watch_for_interrupt();
            *SHOWN.lock().unwrap_or_else(PoisonError::into_inner) = Some(bar.clone());
            bar.set_draw_target(ProgressDrawTarget::stderr());
            bar.tick();
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
            *SHOWN.lock().unwrap_or_else(PoisonError::into_inner) = None;
        }
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
