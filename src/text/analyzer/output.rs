//! The tokens of a text as they are made.

use std::ops::Range;

use super::super::token::{Record, Token, Tokens};

#[derive(Default)]
pub(super) struct Output {
    arena: String,
    records: Vec<Record>,
    /// Where the next word is.
    pub(super) position: u32,
}

impl Output {
    pub(super) fn clear(&mut self) {
        self.arena.clear();
        self.records.clear();
        self.position = 0;
    }

    /// Writes `term` into the arena.
    fn intern(&mut self, term: &str) -> Range<usize> {
        let start = self.arena.len();
        self.arena.push_str(term);
        start..self.arena.len()
    }

    /// Adds a token that begins `ahead` positions after the current one.
    pub(super) fn add(&mut self, token: &Token<'_>, ahead: u32) {
        let record = Record {
            term: self.intern(token.term),
            reading: self.intern(token.reading),
            range: token.range.clone(),
            position: self.position + ahead,
            position_length: token.position_length,
            kind: token.kind,
            rarity: token.rarity,
        };
        self.records.push(record);
    }

    pub(super) fn len(&self) -> usize {
        self.records.len()
    }

    pub(super) fn tokens(&self) -> Tokens<'_> {
        Tokens { arena: &self.arena, records: &self.records }
    }
}
