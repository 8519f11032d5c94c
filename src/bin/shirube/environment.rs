//! The environment of this run: the only place that reads the clock, the environment variables,
//! the working directory and the terminal.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::io::IsTerminal as _;
use std::path::{Path, PathBuf};

use jiff::civil::{Date, DateTime};
use shirube::index::Root;
use shirube::misses::Store;
use shirube::source::Language;

/// Lines longer than this are hard to read, however wide the window is.
const WIDEST: usize = 120;
/// The width of what is no terminal.
const USUAL: usize = 80;

#[derive(Debug, Clone)]
pub(crate) struct Environment {
    /// The arguments, the program's name first.
    pub(crate) arguments: Vec<OsString>,
    /// The present, in the local time that logs are written in.
    pub(crate) now: DateTime,
    /// The language that the locale names, if it names one.
    pub(crate) language: Option<Language>,
    pub(crate) width: usize,
    /// How many lines the screen has, where standard output is one.
    pub(crate) height: Option<usize>,
    /// Whether the terminal can do nothing but print.
    pub(crate) dumb: bool,
    /// The pager of all programs, `$PAGER`.
    pub(crate) pager: Option<OsString>,
    /// Whether `$LESS` says how `less` is to behave.
    pub(crate) less_is_set: bool,
    /// Whether `$LESSCHARSET` says which characters `less` is to expect.
    pub(crate) less_charset_is_set: bool,
    pub(crate) host: String,
    /// Whether standard input is a keyboard.
    pub(crate) typed: bool,
    /// Whether standard output is a terminal.
    pub(crate) shown: bool,
    /// Whether somebody watches standard error, for whom progress is shown.
    pub(crate) watched: bool,
    /// Whether colour is welcome on standard output.
    pub(crate) color_out: bool,
    /// Whether colour is welcome on standard error.
    pub(crate) color_err: bool,
    /// The environment variables that are Shirube's own: `SHIRUBE_…`.
    pub(crate) variables: BTreeMap<String, OsString>,
    /// Where the user's settings are kept.
    pub(crate) config: Option<PathBuf>,
    /// Where data that can be made again is kept.
    pub(crate) cache: Option<PathBuf>,
    /// Where the user's own data is kept.
    pub(crate) data: Option<PathBuf>,
    /// Where is kept what happened, which cannot be made again.
    pub(crate) state: Option<PathBuf>,
    pub(crate) working_directory: PathBuf,
}

/// The clock of a run that lasts.
#[cfg(feature = "server")]
#[derive(Debug, Clone, Copy)]
pub(crate) struct Clock {
    /// The time that stands still, where the user named one.
    fixed: Option<DateTime>,
}

#[cfg(feature = "server")]
impl Clock {
    #[expect(
        clippy::disallowed_methods,
        reason = "this is the one place that may look; everything else is told"
    )]
    pub(crate) fn now(self) -> DateTime {
        self.fixed.unwrap_or_else(|| to_seconds(jiff::ZonedDateTime::now().datetime()))
    }
}

/// No log is written to a fraction of a second that an answer would tell.
fn to_seconds(now: DateTime) -> DateTime {
    now.with().subsec_nanosecond(0).build().unwrap_or(now)
}

impl Environment {
    #[expect(
        clippy::disallowed_methods,
        reason = "this is the one place that may look; everything else is told"
    )]
    pub(crate) fn read() -> Self {
        let variable = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty());
        let home = variable("HOME").or_else(|| variable("USERPROFILE")).map(PathBuf::from);
        // The XDG specification: a path that is not absolute is ignored. Windows has directories of its own: what goes with
        // the user to other machines (`APPDATA`), and what stays (`LOCALAPPDATA`).
        let directory = |name: &str, of_windows: &str, fallback: &str| {
            let windows = || if cfg!(windows) { variable(of_windows) } else { None };
            let absolute = |path: OsString| Some(PathBuf::from(path)).filter(|it| it.is_absolute());
            variable(name)
                .and_then(absolute)
                .or_else(|| windows().and_then(absolute))
                .or_else(|| Some(home.as_ref()?.join(fallback)))
        };
        let dumb = variable("TERM").is_some_and(|terminal| terminal == "dumb");
        let plain = variable("NO_COLOR").is_some() || dumb;
        Self {
            arguments: std::env::args_os().collect(),
            now: to_seconds(jiff::ZonedDateTime::now().datetime()),
            language: ["LC_ALL", "LC_MESSAGES", "LANG"]
                .into_iter()
                .find_map(variable)
                .and_then(|locale| language_of(&locale.to_string_lossy())),
            width: width(variable("COLUMNS")),
            height: terminal_size::terminal_size().map(|(_, height)| usize::from(height.0)),
            dumb,
            // An empty one is no pager at all, as in other programs.
            pager: std::env::var_os("PAGER"),
            less_is_set: std::env::var_os("LESS").is_some(),
            less_charset_is_set: std::env::var_os("LESSCHARSET").is_some(),
            host: host(variable("HOSTNAME").or_else(|| variable("COMPUTERNAME"))),
            typed: std::io::stdin().is_terminal(),
            shown: std::io::stdout().is_terminal(),
            watched: std::io::stderr().is_terminal() && !dumb,
            color_out: std::io::stdout().is_terminal() && !plain,
            color_err: std::io::stderr().is_terminal() && !plain,
            variables: std::env::vars_os()
                .filter_map(|(name, value)| Some((name.into_string().ok()?, value)))
                .filter(|(name, value)| name.starts_with("SHIRUBE_") && !value.is_empty())
                .collect(),
            config: directory("XDG_CONFIG_HOME", "APPDATA", ".config"),
            cache: directory("XDG_CACHE_HOME", "LOCALAPPDATA", ".cache"),
            data: directory("XDG_DATA_HOME", "APPDATA", ".local/share"),
            state: directory("XDG_STATE_HOME", "LOCALAPPDATA", ".local/state"),
            working_directory: std::env::current_dir().unwrap_or_default(),
        }
    }

    pub(crate) fn today(&self) -> Date {
        self.now.date()
    }

    /// The clock from now on; it stops where the user named a time.
    #[cfg(feature = "server")]
    pub(crate) fn clock(&self, named: bool) -> Clock {
        Clock { fixed: named.then_some(self.now) }
    }

    /// The store of questions without an answer and of remedies that helped, where there is a place for it.
    pub(crate) fn store(&self) -> Option<Store> {
        self.state.as_ref().map(|state| Store::new(state.join("shirube")))
    }

    /// `path` from the root, so that it names the same directory wherever it is used.
    pub(crate) fn absolute(&self, path: &Path) -> PathBuf {
        let whole = self.working_directory.join(path);
        whole.canonicalize().unwrap_or(whole)
    }

    /// The knowledge bases that are directories, from the root of the file system.
    pub(crate) fn directories(&self, roots: &[Root]) -> Vec<PathBuf> {
        let directories = roots.iter().filter_map(|root| match root {
            Root::Directory(directory) => Some(self.absolute(directory)),
            Root::Embedded => None,
        });
        directories.collect()
    }
}

/// The language that a locale names. The locales `C` and `POSIX` name none: they are what a
/// machine has whose user has chosen nothing.
fn language_of(locale: &str) -> Option<Language> {
    match locale.split(['.', '@']).next() {
        Some("C" | "POSIX") | None => None,
        Some(name) => Language::from_tag(name),
    }
}

/// The name of this machine, as far as it can be in an address; an empty one is this machine, too.
fn host(variable: Option<OsString>) -> String {
    let told = variable.and_then(|name| name.into_string().ok());
    let known = || std::fs::read_to_string("/proc/sys/kernel/hostname").ok();
    let name = told.or_else(known).unwrap_or_default().trim().to_owned();
    let sound = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-.".contains(&byte));
    if sound { name } else { String::new() }
}

fn width(columns: Option<OsString>) -> usize {
    let told = columns.and_then(|columns| columns.to_str()?.parse().ok());
    let measured = || terminal_size::terminal_size().map(|(width, _)| usize::from(width.0));
    told.or_else(measured).unwrap_or(USUAL).min(WIDEST)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_locale_names_a_language_or_none() {
        for (locale, language) in [
            ("ja_JP.UTF-8", Some(Language::Ja)),
            ("en_US.UTF-8", Some(Language::En)),
            ("C.UTF-8", None),
            ("C", None),
            ("POSIX", None),
            ("de_DE.UTF-8", None),
        ] {
            assert_eq!(language_of(locale), language, "{locale}");
        }
    }

    #[test]
    fn a_line_is_never_too_long_to_read() {
        assert_eq!(width(Some("72".into())), 72);
        assert_eq!(width(Some("400".into())), WIDEST);
    }
}
