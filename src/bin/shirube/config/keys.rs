//! The settings, a row each.

use serde_json::Value;
use shirube::source::Phrase;
use toml::de::DeValue;

use super::hyperlink_format;
use crate::errors::phrase;

#[derive(Debug, Clone, Copy)]
pub(crate) enum Takes {
    Choice(&'static [&'static str]),
    Switch,
    /// A number, both ends included.
    Number {
        least: u16,
        greatest: u16,
    },
    /// Any words that the check finds nothing wrong with; otherwise it says what would be right.
    Text(fn(&str) -> Result<(), Phrase>),
}

#[derive(Debug)]
pub(crate) struct Key {
    /// Its name in the file; a dot is between a table and its entry.
    pub(crate) name: &'static str,
    /// The environment variable of the same meaning.
    pub(crate) variable: &'static str,
    pub(crate) flag: Option<&'static str>,
    pub(crate) kind: Takes,
    /// The default as it is shown: in Japanese, in English.
    pub(crate) default: (&'static str, &'static str),
}

const WHEN: &[&str] = &["auto", "always", "never"];

/// A row: the name, the variable, the flag, what it takes, and the default in Japanese and in English.
macro_rules! keys {
    ($($name:literal, $variable:literal, $flag:expr, $kind:expr, $ja:literal, $en:literal;)+) => {
        /// Every setting, in the order in which they are shown.
        pub(crate) static KEYS: &[Key] = &[$(Key {
            name: $name,
            variable: $variable,
            flag: $flag,
            kind: $kind,
            default: ($ja, $en),
        }),+];
    };
}

keys! {
    "language", "SHIRUBE_LANGUAGE", Some("--lang"), Takes::Choice(&["ja", "en"]),
        "ロケール、なければ ja", "the locale's, else ja";
    "color", "SHIRUBE_COLOR", Some("--color"), Takes::Choice(WHEN), "auto", "auto";
    "pager", "SHIRUBE_PAGER", Some("--no-pager"), Takes::Text(|_| Ok(())),
        "$PAGER、なければ less", "$PAGER, else less";
    "hyperlinks", "SHIRUBE_HYPERLINKS", Some("--hyperlinks"), Takes::Choice(WHEN), "never", "never";
    "hyperlink_format", "SHIRUBE_HYPERLINK_FORMAT", None, Takes::Text(hyperlink_format::check),
        "file", "file";
    "misses", "SHIRUBE_MISSES", None, Takes::Switch, "false", "false";
    "serve.port", "SHIRUBE_SERVE_PORT", Some("--port"),
        Takes::Number { least: 1, greatest: u16::MAX },
        "8417、使用中なら空いている番号", "8417, else a free one";
    "serve.history", "SHIRUBE_SERVE_HISTORY", None, Takes::Switch, "false", "false";
    "serve.token", "SHIRUBE_SERVE_TOKEN", None, Takes::Text(check_token), "なし", "none";
}

impl Takes {
    /// The value of a word, as an environment variable has it; the error is what would be right.
    pub(super) fn read(self, word: &str) -> Result<Value, Phrase> {
        match self {
            Self::Choice(choices) if choices.contains(&word) => Ok(word.into()),
            Self::Choice(_) => Err(self.right()),
            Self::Switch => word.parse::<bool>().map(Value::from).map_err(|_| self.right()),
            Self::Number { least, greatest } => {
                let number = word.parse().ok().filter(|number| (least..=greatest).contains(number));
                number.map(Value::from).ok_or_else(|| self.right())
            }
            Self::Text(check) => check(word).map(|()| word.into()),
        }
    }

    /// The value that the file has; the error is what would be right.
    pub(super) fn read_toml(self, value: &DeValue<'_>) -> Result<Value, Phrase> {
        match (value, self) {
            (DeValue::String(word), Self::Choice(_) | Self::Text(_)) => self.read(word),
            (DeValue::Boolean(switch), Self::Switch) => Ok((*switch).into()),
            (DeValue::Integer(number), Self::Number { .. }) if number.radix() == 10 => {
                self.read(number.as_str())
            }
            _ => Err(self.right()),
        }
    }

    fn right(self) -> Phrase {
        let same = |text: String| Phrase::new(text.clone(), text);
        match self {
            Self::Choice(choices) => same(choices.join(", ")),
            Self::Switch => same("true, false".to_owned()),
            Self::Number { least, greatest } => {
                phrase!("{least}〜{greatest}の数", "a number from {least} to {greatest}")
            }
            Self::Text(_) => Phrase::new("引用符で囲んだ文字列", "a string in quotation marks"),
        }
    }
}

impl Key {
    pub(crate) fn is_secret(&self) -> bool {
        self.name == "serve.token"
    }
}

/// A token that can be guessed is none.
fn check_token(token: &str) -> Result<(), Phrase> {
    if token.len() >= 16 && token.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Ok(());
    }
    Err(Phrase::new("空白のない半角16文字以上", "16 ASCII characters or more, without spaces"))
}

pub(crate) fn key(name: &str) -> Option<&'static Key> {
    KEYS.iter().find(|key| key.name == name)
}
