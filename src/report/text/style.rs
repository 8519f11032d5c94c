//! Roles of text, and their styles on a terminal with colour.

use crate::report::view::harmless;
use std::rc::Rc;

/// The role of a piece of a screen. Without colour all look alike: none alone bears a meaning.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Role {
    #[default]
    Plain,
    /// Text that leads the eye: a title, a heading, strong emphasis.
    Strong,
    Emphasis,
    /// Code, a label of a screen, a message.
    Code,
    /// A link or a path, which stays whole so that it can be copied.
    Link,
    Faint,
    Caution,
    Expired,
    Good,
}

impl Role {
    /// The parameters of the terminal's SGR sequence (ECMA-48, 8.3.117). Only the sixteen colours
    /// that the user's theme defines, so that it is readable on light and on dark.
    const fn parameters(self) -> Option<&'static str> {
        match self {
            Self::Plain => None,
            Self::Strong => Some("1"),
            Self::Emphasis => Some("3"),
            Self::Code => Some("36"),
            Self::Link => Some("34"),
            Self::Faint => Some("2"),
            Self::Caution => Some("1;33"),
            Self::Expired => Some("1;31"),
            Self::Good => Some("32"),
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Fragment {
    pub(crate) text: String,
    pub(crate) role: Role,
    /// Where a terminal leads whoever clicks on it.
    pub(crate) address: Option<Rc<str>>,
}

impl Fragment {
    /// A piece of a line; whatever the text holds, it steers nothing.
    pub(crate) fn new(text: impl Into<String>, role: Role) -> Self {
        Self { text: harmless(text.into()), role, address: None }
    }

    pub(crate) fn plain(text: impl Into<String>) -> Self {
        Self::new(text, Role::Plain)
    }
}

/// Writes a line and its end; trailing blanks are left out.
pub(crate) fn write_line(line: &[Fragment], color: bool, out: &mut String) {
    let blank = |fragment: &&Fragment| fragment.text.trim_end().is_empty();
    let used = line.len() - line.iter().rev().take_while(blank).count();
    for (index, fragment) in line.iter().take(used).enumerate() {
        let text = if index + 1 == used { fragment.text.trim_end() } else { &fragment.text };
        let mut linked = String::new();
        let text = match &fragment.address {
            Some(address) => {
                write_link(text, address, &mut linked);
                &linked
            }
            None => text,
        };
        match fragment.role.parameters().filter(|_| color) {
            Some(parameters) => {
                out.push_str("\u{1b}[");
                out.push_str(parameters);
                out.push('m');
                out.push_str(text);
                out.push_str("\u{1b}[0m");
            }
            None => out.push_str(text),
        }
    }
    out.push('\n');
}

/// Writes text that leads to an address: an OSC 8 link.
fn write_link(text: &str, address: &str, out: &mut String) {
    for part in ["\u{1b}]8;;", address, "\u{1b}\\", text, "\u{1b}]8;;\u{1b}\\"] {
        out.push_str(part);
    }
}
