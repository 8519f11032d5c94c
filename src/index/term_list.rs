//! Feeds analyzed terms to tantivy: a field's value is a list of terms, one behind the other.
//!
//! The analyzer runs outside of tantivy, once for all fields; what tantivy gets is cut at a
//! separator that no term contains.

use tantivy::tokenizer::{Token, TokenStream, Tokenizer};

/// The name under which the tokenizer is registered.
pub(crate) const TERM_LIST: &str = "term_list";

/// Stands behind each term; the analyzer drops control characters, so no term contains it.
pub(crate) const SEPARATOR: char = '\u{1f}';

/// Cuts a term list at its separators.
#[derive(Clone, Default)]
pub(crate) struct TermListTokenizer {
    token: Token,
}

/// The terms of one list.
pub(crate) struct TermListStream<'a> {
    terms: std::str::SplitTerminator<'a, char>,
    token: &'a mut Token,
}

impl Tokenizer for TermListTokenizer {
    type TokenStream<'a> = TermListStream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> TermListStream<'a> {
        self.token.reset();
        TermListStream { terms: text.split_terminator(SEPARATOR), token: &mut self.token }
    }
}

impl TokenStream for TermListStream<'_> {
    fn advance(&mut self) -> bool {
        let Some(term) = self.terms.next() else { return false };
        self.token.text.clear();
        self.token.text.push_str(term);
        self.token.position = self.token.position.wrapping_add(1);
        true
    }

    fn token(&self) -> &Token {
        self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        self.token
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn terms_come_out_as_they_went_in() {
        let mut tokenizer = TermListTokenizer::default();
        let mut stream = tokenizer.token_stream("同期\u{1f}完了 する\u{1f}");
        let mut terms = Vec::new();
        while stream.advance() {
            terms.push(stream.token().text.clone());
        }
        assert_eq!(terms, ["同期", "完了 する"]);
    }
}
