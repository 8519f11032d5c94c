//! The settings of this run, each with its origin: flag beats environment beats file.
//!
//! 1. `keys` lists the settings, a row each, with the words that they take;
//! 2. [`Config::read`] takes the variables of the environment and the user's own file (`file`);
//! 3. [`Config::set`] lays a flag on top.
//!
//! The environment means the variables that are Shirube's own. What is said to all programs (the locale,
//! `NO_COLOR`, `$PAGER`) comes after the file: who writes a file for this program means this program.

mod file;
mod hyperlink_format;
mod keys;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use clap::ValueEnum as _;
use serde_json::Value;
use shirube::source::Language;

pub(crate) use self::hyperlink_format::form as hyperlink_form;
pub(crate) use self::keys::{KEYS, Key};
use crate::args::When;
use crate::environment::Environment;
use crate::errors::{CommandError, Result, fault};

#[derive(Debug, Clone, Default)]
pub(crate) struct Config {
    values: BTreeMap<&'static str, (Value, Origin)>,
    /// The user's own file, whether it is there or not.
    path: Option<PathBuf>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Origin {
    Flag(&'static str),
    Variable(&'static str),
    /// A line of the user's file, 1-based.
    File(u32),
}

impl Config {
    pub(crate) fn read(environment: &Environment) -> Result<Self> {
        let path =
            environment.config.as_ref().map(|config| config.join("shirube").join("config.toml"));
        let mut config = Self { values: BTreeMap::new(), path };
        if let Some(path) = &config.path {
            for (name, value, line) in entries(path)? {
                config.values.insert(name, (value, Origin::File(line)));
            }
        }
        for key in KEYS {
            let Some(word) = environment.variables.get(key.variable) else { continue };
            let value = key.kind.read(&word.to_string_lossy()).map_err(|right| {
                let variable = key.variable;
                let (ja, en) = (right.text(Language::Ja), right.text(Language::En));
                fault!(
                    "環境変数 {variable} の値が正しくありません。使えるもの: {ja}",
                    "the variable {variable} has a wrong value; it takes {en}"
                )
            })?;
            config.values.insert(key.name, (value, Origin::Variable(key.variable)));
        }
        Ok(config)
    }

    pub(crate) fn set(&mut self, name: &'static str, flag: &'static str, value: Value) {
        debug_assert!(keys::key(name).is_some(), "there is no setting {name}");
        self.values.insert(name, (value, Origin::Flag(flag)));
    }

    /// The value of a setting and its origin; `None` where it is not set.
    pub(crate) fn get(&self, key: &Key) -> Option<&(Value, Origin)> {
        self.values.get(key.name)
    }

    pub(crate) fn path(&self) -> Option<&Path> {
        self.path.as_deref()
    }

    pub(crate) fn language(&self) -> Option<Language> {
        Language::from_tag(self.text("language")?)
    }

    pub(crate) fn color(&self) -> When {
        self.when("color").unwrap_or(When::Auto)
    }

    /// The command that long answers are shown with; an empty one is none.
    pub(crate) fn pager(&self) -> Option<&str> {
        self.text("pager")
    }

    pub(crate) fn hyperlinks(&self) -> When {
        self.when("hyperlinks").unwrap_or(When::Never)
    }

    pub(crate) fn hyperlink_form(&self) -> &str {
        hyperlink_form(self.text("hyperlink_format").unwrap_or("file"))
    }

    pub(crate) fn serve_port(&self) -> Option<u16> {
        self.values.get("serve.port")?.0.as_u64()?.try_into().ok()
    }

    pub(crate) fn is_on(&self, name: &str) -> bool {
        self.values.get(name).is_some_and(|(value, _)| *value == true)
    }

    pub(crate) fn text(&self, name: &str) -> Option<&str> {
        self.values.get(name)?.0.as_str()
    }

    fn when(&self, name: &str) -> Option<When> {
        When::from_str(self.text(name)?, false).ok()
    }
}

/// The settings of the file; empty where there is no file.
fn entries(path: &Path) -> Result<Vec<file::Setting>> {
    match std::fs::read_to_string(path) {
        Ok(text) => file::read(path, &text),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(Vec::new()),
        Err(error) => Err(CommandError::unreadable(path, &error)),
    }
}
