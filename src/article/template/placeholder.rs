//! The variable parts of a documented wording, in any notation.
//!
//! `{profile}` `{0}` `${x}` `<プロファイル名>` `%s` `%.*ls` `%1!s!` `%S_MSG` `"xxx"` `'…'` `○○` `XXXX` `****`
//! `YYYY/MM/DD` `N件` `O_ID` `…`, italics, and included tokens are wildcards; all else is literal.

use std::ops::Range;

use super::super::Part;
use super::super::markdown::{Inline, MarkKind};

const LONGEST_NAME: usize = 40;
/// The longest name between quotation marks, in characters; what is longer is said, not named.
const LONGEST_QUOTED: usize = 80;

pub(in crate::article) fn parts(wording: &Inline) -> Vec<Part> {
    let text = wording.text.as_str();
    let marked = marked(wording);
    let mut builder = Builder::default();
    let mut marks = marked.iter().peekable();
    let mut at = 0;
    let mut previous = None;
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        while marks.peek().is_some_and(|(range, _)| range.start < at) {
            marks.next();
        }
        if let Some((range, name)) = marks.next_if(|(range, _)| range.start == at) {
            builder.wildcard(name);
            at = range.end;
            previous = None;
            continue;
        }
        let Some(first) = rest.chars().next() else { break };
        let found = match first {
            '{' | '$' => braced(rest),
            '<' | '＜' => angled(rest),
            '%' => printf(rest),
            '"' | '“' | '\'' | '‘' => quoted(rest, previous),
            'A'..='Z' => capitals(rest, previous).or_else(|| run(rest, first, previous)),
            _ => run(rest, first, previous),
        };
        match found {
            Some(found) => {
                builder.literal.push_str(found.before);
                builder.wildcard(found.name);
                builder.literal.push_str(found.after);
                at += found.length;
            }
            None if rest.starts_with("%%") => {
                builder.literal.push('%');
                at += 2;
            }
            None => {
                builder.literal.push(first);
                at += first.len_utf8();
            }
        }
        previous = text.get(..at).and_then(|before| before.chars().next_back());
    }
    builder.finish()
}

/// The parts that markup makes variable: italics within a wording, includes, names in angle brackets.
fn marked(wording: &Inline) -> Vec<(Range<usize>, &str)> {
    let whole = wording.text.trim().len();
    let variable = wording.marks.iter().filter_map(|mark| {
        let content = wording.text.get(mark.range.clone())?;
        let is_variable = match mark.kind {
            MarkKind::Code | MarkKind::Strong | MarkKind::Link => false,
            MarkKind::Include | MarkKind::Placeholder => true,
            // A message that is set in italics as a whole is a message.
            MarkKind::Emphasis => {
                content.chars().count() <= LONGEST_NAME
                    && content.len() * 2 < whole
                    && !content.contains('。')
            }
        };
        is_variable.then(|| (mark.range.clone(), content.trim_matches(['<', '>', '*'])))
    });
    let mut marked: Vec<(Range<usize>, &str)> = variable.collect();
    marked.sort_by_key(|(range, _)| range.start);
    marked
}

/// A variable part with the literal text that its notation leaves on both sides.
struct Placeholder<'t> {
    before: &'t str,
    name: &'t str,
    after: &'t str,
    length: usize,
}

impl<'t> Placeholder<'t> {
    fn named(name: &'t str, length: usize) -> Self {
        Self { before: "", name, after: "", length }
    }
}

/// Where `close` is within the next `most` characters, before a line end.
fn closing(text: &str, close: char, most: usize) -> Option<usize> {
    let mut near = text.char_indices().take(most).take_while(|(_, c)| *c != '\n');
    near.find(|(_, c)| *c == close).map(|(at, _)| at)
}

/// `{name}`, `{{name}}`, `${name}`.
fn braced(text: &str) -> Option<Placeholder<'_>> {
    let open = text.strip_prefix('$').unwrap_or(text);
    let inner = open.strip_prefix('{')?;
    let double = inner.starts_with('{');
    let inner = inner.strip_prefix('{').unwrap_or(inner);
    let end = closing(inner, '}', LONGEST_NAME)?;
    let name = inner.get(..end)?.trim();
    if name.is_empty() || name.contains(['"', ';', '{']) {
        return None;
    }
    let close = if double && inner.get(end..)?.starts_with("}}") { 2 } else { 1 };
    Some(Placeholder::named(name, text.len() - inner.len() + end + close))
}

/// `<name>`, `＜name＞`.
fn angled(text: &str) -> Option<Placeholder<'_>> {
    let (inner, close) = match text.strip_prefix('<') {
        Some(inner) => (inner, '>'),
        None => (text.strip_prefix('＜')?, '＞'),
    };
    let end = closing(inner, close, LONGEST_NAME)?;
    let name = inner.get(..end)?;
    let first = name.chars().next()?;
    let is_name = !first.is_whitespace() && !matches!(first, '/' | '=' | '<' | '!' | '0'..='9');
    (is_name && !name.contains(['<', '=']))
        .then(|| Placeholder::named(name.trim(), text.len() - inner.len() + end + close.len_utf8()))
}

/// `%s`, `%-10.3ld`, `%.*ls`, `%1!s!`, `%1`, `%S_MSG`, `%(name)s`, `%@`.
fn printf(text: &str) -> Option<Placeholder<'_>> {
    let body = text.strip_prefix('%')?;
    let converts = |letter: char| "diuoxXeEfgGcspSCnl@b".contains(letter);
    if let Some(inner) = body.strip_prefix('(') {
        let end = closing(inner, ')', LONGEST_NAME)?;
        let name = inner.get(..end)?;
        return Some(Placeholder::named(name, "%()".len() + end + 1));
    }
    let rest = body.trim_start_matches(['-', '+', '#']);
    let digits = rest.trim_start_matches(|c: char| c.is_ascii_digit());
    let has_digits = digits.len() < rest.len();
    if let Some(format) = digits.strip_prefix('!').filter(|_| has_digits)
        && let Some(end) = closing(format, '!', 12)
    {
        return Some(Placeholder::named("", text.len() - format.len() + end + 1));
    }
    let precise = digits.strip_prefix('*').unwrap_or(digits);
    let precise = match precise.strip_prefix('.') {
        Some(after) => after.trim_start_matches(|c: char| c.is_ascii_digit() || c == '*'),
        None => precise,
    };
    let sizes = ["I64", "I32", "ll", "l", "hh", "h", "z", "j", "t", "L", "q", "w"];
    let sized = sizes.iter().find_map(|size| precise.strip_prefix(size));
    let conversion = sized.filter(|after| after.starts_with(converts)).unwrap_or(precise);
    if conversion.starts_with(converts) {
        let mut rest = conversion.get(1..)?;
        if let Some(word) = rest.strip_prefix('_').filter(|_| conversion.starts_with('S')) {
            rest = word.trim_start_matches(|c: char| c.is_ascii_uppercase() || c == '_');
        } else if rest.starts_with(|c: char| c.is_ascii_alphabetic()) {
            // `100%discount` is no conversion.
            return None;
        }
        return Some(Placeholder::named("", text.len() - rest.len()));
    }
    has_digits.then(|| Placeholder::named("", text.len() - digits.len()))
}

/// A name between quotation marks, which stay.
fn quoted(text: &str, previous: Option<char>) -> Option<Placeholder<'_>> {
    let open = text.chars().next()?;
    let close = match open {
        '“' => '”',
        '‘' => '’',
        _ => open,
    };
    // An apostrophe within a word opens nothing.
    if open == '\'' && previous.is_some_and(|c| c.is_ascii_alphanumeric()) {
        return None;
    }
    let inner = text.get(open.len_utf8()..)?;
    let end = closing(inner, close, LONGEST_QUOTED)?;
    let content = inner.get(..end)?;
    if content.trim().is_empty() || content.contains(['。', '、']) {
        return None;
    }
    let name = content
        .trim_matches(|c: char| matches!(c, '{' | '}' | '<' | '>' | '＜' | '＞' | '%' | '*'));
    let length = open.len_utf8() + end + close.len_utf8();
    let name = if name.chars().count() <= LONGEST_NAME { name } else { "" };
    Some(Placeholder {
        before: text.get(..open.len_utf8())?,
        name,
        after: text.get(open.len_utf8() + end..length)?,
        length,
    })
}

/// A name in capitals that says of itself that it stands for a value: `O_ID`, `FILE_NAME`, `P_ID2`.
fn capitals(text: &str, previous: Option<char>) -> Option<Placeholder<'_>> {
    const KINDS: [&str; 6] = ["_ID", "_NAME", "_NO", "_NUMBER", "_VALUE", "_COUNT"];
    if previous.is_some_and(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '@')) {
        return None;
    }
    let is_part = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let name = text.get(..text.find(|c| !is_part(c)).unwrap_or(text.len()))?;
    let stem = name.trim_end_matches(|c: char| c.is_ascii_digit());
    let capital = !stem.contains(|c: char| c.is_ascii_lowercase());
    (capital && name.len() <= LONGEST_NAME && KINDS.iter().any(|kind| stem.ends_with(kind)))
        .then(|| Placeholder::named(name, name.len()))
}

/// Characters that stand for others: `○○`, `XXXX`, `****`, `YYYY/MM/DD`, `N件`, `…`.
fn run(text: &str, first: char, previous: Option<char>) -> Option<Placeholder<'static>> {
    let is_word = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let length_of = |accept: &dyn Fn(char) -> bool| -> (usize, usize) {
        let taken = text.chars().take_while(|c| accept(*c));
        taken.fold((0, 0), |(count, bytes), c| (count + 1, bytes + c.len_utf8()))
    };
    let same = |least: usize| {
        let (count, bytes) = length_of(&|c| c == first);
        (count >= least).then(|| Placeholder::named("", bytes))
    };
    match first {
        '○' | '〇' | '●' | '◯' | '×' | '✕' | '△' => same(2),
        '*' | '＊' | '#' | '＃' | '＿' => same(3),
        '…' => same(1),
        '.' | '・' if text.starts_with("...") || text.starts_with("・・・") => same(3),
        'X' | 'x' | 'Ｘ' | 'Y' | 'y' | 'N' | 'n' | 'M' if previous.is_none_or(|c| !is_word(c)) => {
            let (count, bytes) = length_of(&|c| c == first);
            let after = text.get(bytes..)?;
            let next = after.chars().next();
            if matches!(first, 'Y' | 'y') {
                let (_, bytes) = length_of(&|c| "YyMmDdHhSs/-:年月日時分秒".contains(c));
                return (count >= 4).then(|| Placeholder::named("time", bytes));
            }
            if next.is_some_and(is_word) {
                return None;
            }
            if count >= 2 && matches!(first, 'X' | 'x' | 'Ｘ') {
                return Some(Placeholder::named("", bytes));
            }
            let is_counter = |next| "件個台分秒回日時番行列%".contains(next);
            let counter = after.trim_start().starts_with(is_counter);
            (count == 1 && matches!(first, 'N' | 'n' | 'X') && counter)
                .then(|| Placeholder::named("num", bytes))
        }
        _ => None,
    }
}

#[derive(Default)]
struct Builder {
    parts: Vec<Part>,
    literal: String,
}

impl Builder {
    fn wildcard(&mut self, name: &str) {
        if !self.literal.is_empty() {
            self.parts.push(Part::Literal(std::mem::take(&mut self.literal)));
        }
        match self.parts.last_mut() {
            // Two placeholders side by side are one variable part.
            Some(Part::Wildcard(before)) if before.is_empty() => name.clone_into(before),
            Some(Part::Wildcard(_)) => {}
            _ => self.parts.push(Part::Wildcard(name.to_owned())),
        }
    }

    fn finish(mut self) -> Vec<Part> {
        if !self.literal.is_empty() {
            self.parts.push(Part::Literal(self.literal));
        }
        self.parts
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The parts in short: literals as they are, wildcards as `‹name›`.
    fn short(parts: &[Part]) -> String {
        let shown = parts.iter().map(|part| match part {
            Part::Literal(text) => text.clone(),
            Part::Wildcard(name) => format!("‹{name}›"),
        });
        shown.collect()
    }

    crate::source::cases! {
        placeholders: |text| short(&parts(&Inline::from(text)));
    }

    proptest! {
        #[test]
        fn any_wording_is_cut(text in "[ -~○…「」“”あ漢＜＞Ｘ]{0,80}") {
            let _ = parts(&Inline::from(text.as_str()));
        }
    }
}
