//! Terms on their way into the index.
//!
//! tantivy takes text and a tokenizer. The analyzer has cut the text already, so its terms are put after each
//! other, and the tokenizer takes them apart again.

use tantivy::tokenizer::{Token, TokenStream, Tokenizer};

/// The terms of a document's field, each after its length: any characters come out as they went in.
#[derive(Debug, Clone, Default)]
pub(in crate::index) struct Terms(String);

impl Terms {
    /// Adds a term; one of a megabyte is none.
    pub(in crate::index) fn push(&mut self, term: &str) {
        if let Some(mark) = mark(term.len()) {
            self.0.push(mark);
            self.0.push_str(term);
        }
    }

    /// Makes room for the terms of a text, which are about as long.
    pub(in crate::index) fn expect(&mut self, text: &str) {
        self.0.reserve(text.len() + text.len() / 2);
    }

    pub(in crate::index) fn append(&mut self, other: &Self) {
        self.0.push_str(&other.0);
    }

    pub(in crate::index) fn clear(&mut self) {
        self.0.clear();
    }

    pub(in crate::index) fn iter(&self) -> impl Iterator<Item = &str> {
        let mut rest = self.0.as_str();
        std::iter::from_fn(move || {
            let mark = rest.chars().next()?;
            let (term, behind) = rest.get(mark.len_utf8()..)?.split_at_checked(length(mark))?;
            rest = behind;
            Some(term)
        })
    }

    /// As [`TermTokenizer`] reads them.
    pub(in crate::index) fn as_str(&self) -> &str {
        &self.0
    }
}

/// The first number that is no character, and how many there are: what stands for surrogates in UTF-16.
const SURROGATES: u32 = 0xd800;
const HOW_MANY: u32 = 0x800;

/// The character that says a length.
fn mark(length: usize) -> Option<char> {
    let number = u32::try_from(length).ok()?;
    char::from_u32(if number < SURROGATES { number } else { number.checked_add(HOW_MANY)? })
}

fn length(mark: char) -> usize {
    let number = u32::from(mark);
    (if number < SURROGATES { number } else { number - HOW_MANY }) as usize
}

/// Takes [`Terms`] apart.
#[derive(Debug, Clone, Default)]
pub(in crate::index) struct TermTokenizer {
    token: Token,
}

pub(in crate::index) struct TermStream<'a> {
    rest: &'a str,
    token: &'a mut Token,
}

impl Tokenizer for TermTokenizer {
    type TokenStream<'a> = TermStream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> TermStream<'a> {
        self.token.reset();
        TermStream { rest: text, token: &mut self.token }
    }
}

impl TokenStream for TermStream<'_> {
    fn advance(&mut self) -> bool {
        let mut characters = self.rest.chars();
        let Some(mark) = characters.next() else { return false };
        let Some((term, rest)) = characters.as_str().split_at_checked(length(mark)) else {
            return false;
        };
        self.rest = rest;
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
        let long = ["a".repeat(0xd7ff), "b".repeat(0xd800), "c".repeat(0xe001)];
        let mut terms = vec!["端末", "", "\0", "a b", "\n", "更新"];
        terms.extend(long.iter().map(String::as_str));
        let mut joined = Terms::default();
        terms.iter().for_each(|term| joined.push(term));
        let mut tokenizer = TermTokenizer::default();
        let mut stream = tokenizer.token_stream(joined.as_str());
        let mut out = Vec::new();
        stream.process(&mut |token| out.push(token.text.clone()));
        assert_eq!(out, terms);
        assert_eq!(joined.iter().collect::<Vec<_>>(), terms);
    }
}
