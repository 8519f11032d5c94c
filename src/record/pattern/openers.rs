//! The bytes that a text which fits a pattern may begin with: told by the pattern's syntax, without compiling it.

use regex_syntax::hir::{Class, Hir, HirKind, Look};

/// A set of bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Openers {
    bytes: [u64; 4],
    /// Whether any text may fit: the pattern is not held to the beginning, or fits nothing at all.
    any: bool,
}

impl Openers {
    pub(super) fn of(pattern: &str) -> Self {
        let any = Self { any: true, ..Self::default() };
        let Ok(pattern) = regex_syntax::parse(pattern) else { return any };
        if !pattern.properties().look_set_prefix().contains(Look::Start) {
            return any;
        }
        let mut openers = Self::default();
        if openers.add(&pattern) { any } else { openers }
    }

    pub(super) fn take_in(&self, text: &str) -> bool {
        let first = text.as_bytes().first();
        self.any
            || first.is_some_and(|&byte| self.bytes[usize::from(byte / 64)] & 1 << (byte % 64) != 0)
    }

    /// Adds the bytes that what fits a part may begin with; returns whether nothing fits it, too.
    fn add(&mut self, part: &Hir) -> bool {
        match part.kind() {
            HirKind::Empty | HirKind::Look(_) => true,
            HirKind::Literal(literal) => match literal.0.first() {
                Some(&first) => self.add_range(first, first),
                None => true,
            },
            HirKind::Class(Class::Bytes(class)) => {
                class.iter().any(|range| self.add_range(range.start(), range.end()))
            }
            // Letters are in the order of their first bytes.
            HirKind::Class(Class::Unicode(class)) => {
                class.iter().any(|range| self.add_range(first(range.start()), first(range.end())))
            }
            HirKind::Repetition(repeated) => self.add(&repeated.sub) | (repeated.min == 0),
            HirKind::Capture(group) => self.add(&group.sub),
            HirKind::Concat(parts) => parts.iter().all(|part| self.add(part)),
            HirKind::Alternation(parts) => {
                parts.iter().fold(false, |nothing, part| self.add(part) | nothing)
            }
        }
    }

    /// Adds bytes that something begins with, so that not nothing fits it: returns `false`.
    fn add_range(&mut self, first: u8, last: u8) -> bool {
        (first..=last).for_each(|byte| self.bytes[usize::from(byte / 64)] |= 1 << (byte % 64));
        false
    }
}

/// The first byte of a letter in UTF-8.
fn first(letter: char) -> u8 {
    letter.encode_utf8(&mut [0; 4]).bytes().next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    crate::source::cases! {
        beginnings_of_patterns: |it| {
            let (pattern, text) = two(it);
            Openers::of(pattern).take_in(text)
        };
    }

    proptest::proptest! {
        #[test]
        fn what_fits_begins_so(text in "[-<>\\[a-c0-9 端末]{0,6}") {
            for pattern in ["^(?:<?!)?[a-b]", "^(?:端|[0-9]+)末?", "^ *[^0-9]", "^(?:-|<)(?:b|c)", "^a*b?$"] {
                let fits = regex::Regex::new(pattern).expect("it is one").is_match(&text);
                proptest::prop_assert!(!fits || Openers::of(pattern).take_in(&text), "{pattern} {text}");
            }
        }
    }
}
