//! The settings, a row each.

use shirube::source::Phrase;

use super::hyperlink_format;

/// The values that a setting takes.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Kind {
    /// One of these words.
    Choice(&'static [&'static str]),
    /// Yes or no.
    Switch,
    /// A number, both ends included.
    Number { least: u16, greatest: u16 },
    /// Any words that the check finds nothing wrong with; otherwise it says what would be right.
    Text(fn(&str) -> Result<(), Phrase>),
}

/// A setting.
#[derive(Debug)]
pub(crate) struct Key {
    /// Its name in the file; a dot stands between a table and its entry.
    pub(crate) name: &'static str,
    /// The environment variable of the same meaning.
    pub(crate) variable: &'static str,
    /// The flag of the same meaning.
    pub(crate) flag: Option<&'static str>,
    pub(crate) kind: Kind,
    /// The default as it is shown: in Japanese, in English.
    pub(crate) default: (&'static str, &'static str),
    /// Whether it is shown to nobody.
    pub(crate) secret: bool,
}

const WHEN: &[&str] = &["auto", "always", "never"];

/// Every setting, in the order in which they are shown.
pub(crate) static KEYS: &[Key] = &[
    Key {
        name: "language",
        variable: "SHIRUBE_LANGUAGE",
        flag: Some("--lang"),
        kind: Kind::Choice(&["ja", "en"]),
        default: ("ロケール、なければ ja", "the locale's, else ja"),
        secret: false,
    },
    Key {
        name: "color",
        variable: "SHIRUBE_COLOR",
        flag: Some("--color"),
        kind: Kind::Choice(WHEN),
        default: ("auto", "auto"),
        secret: false,
    },
    Key {
        name: "pager",
        variable: "SHIRUBE_PAGER",
        flag: Some("--no-pager"),
        kind: Kind::Text(|_| Ok(())),
        default: ("$PAGER、なければ less", "$PAGER, else less"),
        secret: false,
    },
    Key {
        name: "hyperlinks",
        variable: "SHIRUBE_HYPERLINKS",
        flag: Some("--hyperlinks"),
        kind: Kind::Choice(WHEN),
        default: ("never", "never"),
        secret: false,
    },
    Key {
        name: "hyperlink_format",
        variable: "SHIRUBE_HYPERLINK_FORMAT",
        flag: None,
        kind: Kind::Text(hyperlink_format::check),
        default: ("file", "file"),
        secret: false,
    },
    Key {
        name: "misses",
        variable: "SHIRUBE_MISSES",
        flag: None,
        kind: Kind::Switch,
        default: ("false", "false"),
        secret: false,
    },
    Key {
        name: "serve.port",
        variable: "SHIRUBE_SERVE_PORT",
        flag: Some("--port"),
        kind: Kind::Number { least: 1, greatest: u16::MAX },
        default: ("8417、使用中なら空いている番号", "8417, else a free one"),
        secret: false,
    },
    Key {
        name: "serve.history",
        variable: "SHIRUBE_SERVE_HISTORY",
        flag: None,
        kind: Kind::Switch,
        default: ("false", "false"),
        secret: false,
    },
    Key {
        name: "serve.token",
        variable: "SHIRUBE_SERVE_TOKEN",
        flag: None,
        kind: Kind::Text(check_token),
        default: ("なし", "none"),
        secret: true,
    },
];

/// A token that can be guessed is none.
fn check_token(token: &str) -> Result<(), Phrase> {
    if token.len() >= 16 && token.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Ok(());
    }
    Err(Phrase::new("空白のない半角16文字以上", "16 ASCII characters or more, without spaces"))
}

/// The setting of a name.
pub(crate) fn key(name: &str) -> Option<&'static Key> {
    KEYS.iter().find(|key| key.name == name)
}
