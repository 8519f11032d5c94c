//! Quotations within a text: `「」`, `『』`, `“”`, `"…"`.

use std::ops::Range;

/// The longest quotation, in characters; a mark without its partner ends here.
const LONGEST: usize = 300;

/// The bytes between the marks of each outermost quotation.
pub(super) fn quotations(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    if !text.contains(['「', '『', '“', '"']) {
        return found;
    }
    let mut characters = text.char_indices();
    while let Some((at, open)) = characters.next() {
        let close = match open {
            '「' => '」',
            '『' => '』',
            '“' => '”',
            '"' => '"',
            _ => continue,
        };
        let start = at + open.len_utf8();
        let mut depth = 1_usize;
        let mut ahead = characters.clone().take(LONGEST);
        let end = ahead.find_map(|(at, character)| {
            if character == close {
                depth -= 1;
            } else if character == open {
                depth += 1;
            } else if character == '\n' {
                return Some(None);
            }
            (depth == 0).then_some(Some(at))
        });
        if let Some(Some(end)) = end {
            found.push(start..end);
            while characters.next().is_some_and(|(at, _)| at < end) {}
        }
    }
    found
}

#[cfg(test)]
crate::source::cases! {
    quotations: |text| listed(super::quotations(text).into_iter().filter_map(|it| text.get(it)));
}
