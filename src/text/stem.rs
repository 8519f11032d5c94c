//! The long mark at the end of a loanword, a matter of house style (サーバー, サーバ).

use super::normalize::character::{LONG_MARK, is_katakana};

/// The shortest word that loses its mark, in characters: コピー keeps it, サーバー does not. The limit
/// is Lucene's (`JapaneseKatakanaStemFilter`) and JIS Z 8301's older rule of three sounds.
const SHORTEST: usize = 4;

/// The word without the long mark at its end, where it is long enough and all katakana.
pub(crate) fn stem(word: &str) -> &str {
    match word.strip_suffix(LONG_MARK) {
        Some(stem) if word.chars().count() >= SHORTEST && word.chars().all(is_katakana) => stem,
        _ => word,
    }
}

#[cfg(test)]
crate::source::cases! {
    stems: |word| stem(word).to_string();
}
