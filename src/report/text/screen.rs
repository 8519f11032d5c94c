//! Lines in the making: indented, wrapped to the width, coloured or not.

use jiff::civil::Date;

use super::place::{self, Links};
use super::style::{Fragment, Role, write_line};
use super::wrap::{columns, wrap};
use crate::report::view::{sanitized, separator};
use crate::source::Language;

/// How the answer is written for a person.
#[derive(Debug, Clone, Copy)]
pub struct TextOptions<'l> {
    /// The language of the fixed words.
    pub language: Language,
    /// How many columns the screen has.
    pub width: usize,
    /// Whether roles are shown in colour.
    pub color: bool,
    /// The day that ages are counted from.
    pub today: Date,
    /// Whether the parts of each score are shown.
    pub explain: bool,
    /// The maker of links to articles; `None` shows their places as text.
    pub links: Option<&'l dyn Links>,
}

impl TextOptions<'_> {
    /// Without colours, links and the parts of the score.
    #[must_use]
    pub const fn plain(language: Language, width: usize, today: Date) -> Self {
        Self { language, width, color: false, today, explain: false, links: None }
    }
}

/// A screen narrower than this is treated as if it were this wide.
const NARROWEST: usize = 20;

/// Collects the lines of a report.
pub(crate) struct Screen<'l> {
    pub(crate) options: TextOptions<'l>,
    out: String,
}

impl<'l> Screen<'l> {
    pub(crate) fn new(options: &TextOptions<'l>) -> Self {
        let options = TextOptions { width: options.width.max(NARROWEST), ..*options };
        Self { options, out: String::new() }
    }

    pub(crate) const fn language(&self) -> Language {
        self.options.language
    }

    /// A line of an article, to be opened where that is wanted.
    pub(crate) fn place(&self, path: &str, line: u32) -> Fragment {
        place::place(path, line, self.options.links)
    }

    pub(crate) fn width_after(&self, indent: usize) -> usize {
        self.options.width.saturating_sub(indent).max(NARROWEST / 2)
    }

    pub(crate) fn line(&mut self, line: &[Fragment]) {
        write_line(line, self.options.color, &mut self.out);
    }

    /// A row that other programs cut at its tabs.
    pub(crate) fn columns(&mut self, cells: &[&str]) {
        self.out.push_str(&cells.iter().map(|cell| sanitized(cell)).collect::<Vec<_>>().join("\t"));
        self.out.push('\n');
    }

    /// An empty line, unless there is one already.
    pub(crate) fn blank(&mut self) {
        if !self.out.is_empty() && !self.out.ends_with("\n\n") {
            self.out.push('\n');
        }
    }

    /// One text in one role, wrapped.
    pub(crate) fn text(&mut self, indent: usize, text: &str, role: Role) {
        self.labelled(indent, "", Role::Plain, &[Fragment::new(text, role)]);
    }

    /// A label, and the fragments after it, wrapped under their own beginning. A label that would
    /// leave too little room is written into the text instead.
    pub(crate) fn labelled(&mut self, indent: usize, label: &str, role: Role, text: &[Fragment]) {
        let hanging = indent + columns(label);
        let label = Fragment::new(label, role);
        if hanging * 2 > self.options.width {
            return self.wrapped(indent, &[], &[&[label], text].concat());
        }
        self.wrapped(hanging, &[Fragment::plain(" ".repeat(indent)), label], text);
    }

    /// A label and a text, both plain.
    pub(crate) fn entry(&mut self, indent: usize, label: &str, text: impl Into<String>) {
        self.labelled(indent, label, Role::Plain, &[Fragment::plain(text)]);
    }

    /// Short facts side by side, as many on a line as fit.
    pub(crate) fn facts(&mut self, indent: usize, facts: &[String]) {
        self.facts_between(indent, facts, separator(self.language()));
    }

    /// The same with another separator.
    pub(crate) fn facts_between(&mut self, indent: usize, facts: &[String], separator: &str) {
        let width = self.width_after(indent);
        let mut line = String::new();
        for fact in facts {
            if !line.is_empty() && columns(&line) + columns(separator) + columns(fact) > width {
                self.text(indent, &line, Role::Plain);
                line.clear();
            }
            if !line.is_empty() {
                line.push_str(separator);
            }
            line.push_str(fact);
        }
        if !line.is_empty() {
            self.text(indent, &line, Role::Plain);
        }
    }

    /// Lines that are laid out already, indented.
    pub(crate) fn lines(&mut self, indent: usize, lines: Vec<Vec<Fragment>>) {
        for line in lines {
            self.line(&[vec![Fragment::plain(" ".repeat(indent))], line].concat());
        }
    }

    pub(crate) fn finish(self) -> String {
        let mut out = self.out;
        out.truncate(out.trim_end_matches('\n').len());
        if !out.is_empty() {
            out.push('\n');
        }
        out
    }

    fn wrapped(&mut self, hanging: usize, first: &[Fragment], text: &[Fragment]) {
        for (index, line) in wrap(text, self.width_after(hanging)).into_iter().enumerate() {
            let margin = [Fragment::plain(" ".repeat(hanging))];
            let margin = if index == 0 && !first.is_empty() { first } else { &margin };
            self.line(&[margin, &line].concat());
        }
    }
}
