//! How the address of a link to a line of a file is made.

use shirube::source::Phrase;

const NAMED: &[(&str, &str)] = &[
    // Every terminal that knows links opens it; the line is lost.
    ("file", "file://{host}{path}"),
    // https://sw.kovidgoyal.net/kitty/kittens/hyperlinked_grep/
    ("kitty", "file://{host}{path}#{line}"),
    // https://code.visualstudio.com/docs/configure/command-line#_opening-vs-code-with-urls
    ("vscode", "vscode://file{path}:{line}"),
    // https://macromates.com/blog/2007/the-textmate-url-scheme/
    ("textmate", "txmt://open?url=file://{path}&line={line}"),
    // https://macvim.org/docs/gui_mac.txt.html#mvim%3A%2F%2F
    ("macvim", "mvim://open?url=file://{path}&line={line}"),
];

/// The parts of a format, as the message about a wrong one lists them.
const CHOICES: &str =
    "file, kitty, vscode, textmate, macvim, SCHEME://…{path}… ({path} {line} {host})";

/// The form that a name stands for, or the form itself.
pub(crate) fn form(written: &str) -> &str {
    NAMED.iter().find(|(name, _)| *name == written).map_or(written, |(_, form)| form)
}

/// Whether a form can make an address.
pub(crate) fn check(written: &str) -> Result<(), Phrase> {
    let form = form(written);
    let scheme = form.split_once("://").map_or("", |(scheme, _)| scheme);
    let mut rest = form.replace("{path}", "").replace("{line}", "").replace("{host}", "");
    rest.retain(|c| !c.is_ascii_graphic() || matches!(c, '{' | '}'));
    let named = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte));
    if named && form.contains("{path}") && rest.is_empty() {
        Ok(())
    } else {
        Err(Phrase::new(CHOICES, CHOICES))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_forms_of_ones_own() {
        for (name, _) in NAMED {
            assert_eq!(check(name), Ok(()), "{name}");
            assert!(CHOICES.contains(name), "{name}");
        }
        assert_eq!(check("idea://open?file={path}&line={line}"), Ok(()));
        for wrong in
            ["emacs", "file://{line}", "x y://{path}", "a://{path}{column}", "a://{path}\u{7}"]
        {
            assert!(check(wrong).is_err(), "{wrong}");
        }
    }
}
