//! Notices: told above everything else.

use super::markdown::{Around, render};
use super::screen::Screen;
use super::style::Role;
use super::words::say;
use crate::search::Notice;
use crate::source::Language;

/// The notices, each with its text.
pub(super) fn write(screen: &mut Screen<'_>, notices: &[Notice], language: Language) {
    for notice in notices {
        screen.text(0, &heading(notice, language), Role::Caution);
        let around =
            Around { path: &notice.path, heading: Some(&notice.title), ..Around::default() };
        screen.lines(2, render(&notice.text, screen.width_behind(2), around));
        screen.blank();
    }
}

/// The title of a notice with the day that it ends on.
pub(super) fn heading(notice: &Notice, language: Language) -> String {
    let (title, last) = (&notice.title, notice.valid_until);
    say!(language, "【お知らせ】{title}（{last} まで）", "Notice: {title} (until {last})")
}
