//! Long answers, shown a screenful at a time.
//!
//! The pager is the user's own: the setting `pager`, else `$PAGER`, else `less`. It is asked for where an answer
//! is longer than the screen, and only where standard output is one.

use std::ffi::OsString;
use std::io::{self, Write as _};
use std::process::{Command, Stdio};

use shirube::source::Language;

use crate::config::Config;
use crate::environment::Environment;
use crate::progress;

const USUAL: &str = "less";
/// How `less` behaves where nobody says: it ends if one screen is enough, shows colours, and leaves the
/// answer on the screen. Git has chosen the same.
const LESS: &str = "FRX";

/// The prompt of `less`, in the form of its `-P`: without characters that have a meaning there.
const fn prompt(language: Language) -> &'static str {
    language.pick("q で終わる  スペースで次へ", "q quits  Space goes on")
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Pager {
    pub(crate) program: OsString,
    arguments: Vec<OsString>,
    rows: usize,
    variables: Vec<(&'static str, String)>,
    /// Whether somebody has asked for this pager by name, who should know if it is not there.
    pub(crate) chosen: bool,
}

impl Pager {
    /// The pager of the user, where there is a screen and the user wants one.
    pub(crate) fn new(
        config: &Config,
        environment: &Environment,
        language: Language,
    ) -> Option<Self> {
        let rows = environment.height.filter(|_| environment.shown && !environment.dumb)?;
        let set = config.pager().map(str::to_owned);
        let set = set.or_else(|| Some(environment.pager.as_ref()?.to_str()?.to_owned()));
        let chosen = set.is_some();
        let command = set.unwrap_or_else(|| USUAL.to_owned());
        let mut words = command.split_whitespace().map(OsString::from);
        let program = words.next()?;
        let less = format!("{LESS}Ps{}$", prompt(language));
        let less = (!environment.less_is_set).then_some(("LESS", less));
        // Output is UTF-8 in any locale.
        let charset = (!environment.less_charset_is_set).then(|| ("LESSCHARSET", "utf-8".into()));
        let variables = less.into_iter().chain(charset).collect();
        Some(Self { program, arguments: words.collect(), rows, variables, chosen })
    }

    /// Whether `text` is longer than the screen; the last line is left to the shell's next prompt.
    pub(crate) fn is_needed(&self, text: &str) -> bool {
        text.lines().count() >= self.rows
    }

    /// Shows `text`, and waits until the user has seen enough of it. An error means that nothing was shown.
    pub(crate) fn show(&self, text: &str) -> io::Result<()> {
        let mut command = Command::new(&self.program);
        command.args(&self.arguments).envs(self.variables.iter().cloned()).stdin(Stdio::piped());
        // Ctrl-C is for the pager, which stays.
        let _ignored = progress::leave_interrupts_alone();
        let mut child = command.spawn()?;
        if let Some(mut input) = child.stdin.take() {
            // Who has seen enough closes the pipe.
            let _ = input.write_all(text.as_bytes());
        }
        child.wait().map(|_| ())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(unix)]
    #[test]
    fn the_text_goes_to_the_program_with_its_arguments() {
        let place = tempfile::tempdir().expect("a temporary directory");
        let shown = place.path().join("shown");
        let pager = Pager {
            program: "tee".into(),
            arguments: vec![shown.clone().into_os_string()],
            rows: 3,
            variables: vec![("LESS", LESS.to_owned())],
            chosen: true,
        };
        assert!(!pager.is_needed("一\n二\n"));
        assert!(pager.is_needed("一\n二\n三\n"));
        pager.show("一\n二\n三\n").expect("tee runs");
        assert_eq!(std::fs::read_to_string(shown).expect("tee has written it"), "一\n二\n三\n");
        let missing = Pager { program: "/nowhere/pager".into(), ..pager };
        assert_eq!(missing.show("x").expect_err("no such program").kind(), io::ErrorKind::NotFound);
    }
}
