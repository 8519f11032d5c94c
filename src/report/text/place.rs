//! Places of articles that a terminal opens: OSC 8 links.
//!
//! The form is that of <https://gist.github.com/egmontkob/eb114294efbcd5adb1944c9f3cb5feda>. What is
//! around a link is text for a terminal as everything else; the address is written by itself and must not
//! hold anything that could end it early.

use super::style::{Fragment, Role};
use crate::report::view::remedy;

/// Knows the address that opens a line of an article.
pub trait Links: std::fmt::Debug + Sync {
    /// The address of a line (from 1) of the article at `path`, which is relative to its knowledge base;
    /// `None` where nothing can open it. Addresses that hold anything but visible ASCII are not used.
    fn address(&self, path: &str, line: u32) -> Option<String>;
}

/// A place as it is shown: `bizmobile/a.md:12`.
pub(crate) fn place(path: &str, line: u32, links: Option<&dyn Links>) -> Fragment {
    let address = links.and_then(|links| links.address(path, line)).filter(|it| is_harmless(it));
    let shown = remedy::place(path, line);
    Fragment { address: address.map(Into::into), ..Fragment::new(shown, Role::Link) }
}

/// Anything else may end the address, and what follows would be obeyed.
fn is_harmless(address: &str) -> bool {
    !address.is_empty() && address.bytes().all(|byte| byte.is_ascii_graphic())
}

#[cfg(test)]
mod tests {
    use super::super::style::write_line;
    use super::*;
    use crate::report::view::visible;

    #[derive(Debug)]
    struct Fixed(&'static str);

    impl Links for Fixed {
        fn address(&self, path: &str, line: u32) -> Option<String> {
            Some(self.0.replace("{path}", path).replace("{line}", &line.to_string()))
        }
    }

    fn written(path: &str, links: Option<&dyn Links>) -> String {
        let mut out = String::new();
        write_line(&[place(path, 12, links)], false, &mut out);
        out
    }

    #[test]
    fn a_place_is_a_link_where_links_are_wanted() {
        assert_eq!(written("a/b.md", None), "a/b.md:12\n");
        assert_eq!(
            written("a/b.md", Some(&Fixed("x://{path}#{line}"))),
            "\u{1b}]8;;x://a/b.md#12\u{1b}\\a/b.md:12\u{1b}]8;;\u{1b}\\\n"
        );
    }

    #[test]
    fn an_address_that_could_steer_the_terminal_is_left_out() {
        for path in ["\u{1b}\\\u{1b}[2J", "a\u{7}b", "a b", "手順.md", "\u{9c}"] {
            let line = written(path, Some(&Fixed("x://{path}")));
            assert_eq!(line, format!("{}:12\n", visible(path)));
        }
    }
}
