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
mod tests {
    use super::*;

    #[test]
    fn outermost_quotations_are_found() {
        let cases: [(&str, &[&str]); 7] = [
            ("「同期が必要です」と表示", &["同期が必要です"]),
            ("『「制限」で失敗しました。』と「次」", &["「制限」で失敗しました。", "次"]),
            ("「外「内」外」", &["外「内」外"]),
            ("“Access denied” or \"no\"", &["Access denied", "no"]),
            ("「閉じない", &[]),
            ("閉じない「から「閉じる」", &["閉じる"]),
            ("", &[]),
        ];
        for (text, expected) in cases {
            let found: Vec<&str> =
                quotations(text).into_iter().filter_map(|range| text.get(range)).collect();
            assert_eq!(found, expected, "{text}");
        }
    }
}
