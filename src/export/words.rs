//! Words, with a space between.

use crate::text::{TokenKind, Worker};

/// Lucene's whitespace tokenizer cuts words that are longer (in UTF-16 units) into pieces.
const LONGEST: usize = 255;

/// Adds a word. What would be cut in two is not: a space inside becomes a low line, and a word that is
/// too long ends early.
pub(super) fn push(words: &mut String, word: &str) {
    if !words.is_empty() {
        words.push(' ');
    }
    let mut length = 0;
    for character in word.chars() {
        length += character.len_utf16();
        if length > LONGEST {
            break;
        }
        words.push(if character.is_whitespace() { '_' } else { character });
    }
}

/// Adds the words of a text and their parts.
pub(super) fn analyze(words: &mut String, text: &str, worker: &mut Worker) {
    for token in worker.analyze(text).iter() {
        push(words, token.term);
    }
}

/// Adds the words of a wording: those that an example may have otherwise, its numbers, are left out.
pub(super) fn analyze_wording(words: &mut String, text: &str, worker: &mut Worker) {
    for token in worker.analyze(text).iter().filter(|token| token.kind != TokenKind::Number) {
        push(words, token.term);
    }
}

/// Adds the pairs of neighbouring characters of a text.
pub(super) fn bigrams(words: &mut String, text: &str, worker: &mut Worker) {
    worker.bigrams(text, |token| push(words, token.term));
}
