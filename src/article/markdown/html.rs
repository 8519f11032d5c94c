//! The HTML that is in Markdown, cut into tags and text.

use std::borrow::Cow;

use crate::source::markup::{Piece, Tag, piece_at};
use crate::source::resolve_references;

/// An image may be in its tag.
pub(super) const LONGEST_TAG: usize = usize::MAX;

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Token<'t> {
    /// `<name attributes>`, the name in lower case.
    Open { name: String, attributes: &'t str },
    /// `</name>`, the name in lower case.
    Close { name: String },
    /// `<Demo>`, a component of a site generator.
    OpenComponent,
    /// `</Demo>`.
    CloseComponent,
    /// Text between tags, with its references decoded.
    Text(Cow<'t, str>),
}

/// Cuts `text` into tokens with the bytes that they begin at; comments and declarations are left out.
pub(super) fn tokens(text: &str) -> Vec<(usize, Token<'_>)> {
    let mut tokens = Vec::new();
    let mut at = 0;
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        let (piece, length) = piece_at(rest, LONGEST_TAG);
        let token = match piece {
            Piece::Text(text) => Some(Token::Text(resolve_references(text))),
            Piece::Tag(tag) => component(&tag).unwrap_or_else(|| element(tag)),
        };
        tokens.extend(token.map(|token| (at, token)));
        at += length;
    }
    tokens
}

/// A component's tag, by a capital and small letters or a hyphen in its name; an empty one is no token.
fn component(tag: &Tag<'_>) -> Option<Option<Token<'static>>> {
    let name = tag.inner.get(..tag.name.len())?;
    let mut letters = name.chars();
    let capital = letters.next().is_some_and(|c| c.is_ascii_uppercase())
        && letters.next().is_some_and(|c| c.is_ascii_lowercase() || c.is_ascii_uppercase())
        && name.chars().any(|c| c.is_ascii_lowercase());
    let word = name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '.'));
    let hyphen = name.contains('-') && name.starts_with(|c: char| c.is_ascii_lowercase());
    if !word || !(capital && name.len() > 3 || hyphen) {
        return None;
    }
    Some(match (tag.closes, tag.inner.ends_with('/')) {
        (true, _) => Some(Token::CloseComponent),
        (false, true) => None,
        (false, false) => Some(Token::OpenComponent),
    })
}

/// A tag of HTML; `None` of a comment or a declaration.
pub(super) fn element(tag: Tag<'_>) -> Option<Token<'_>> {
    let Tag { name, closes, inner } = tag;
    if !name.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return None;
    }
    let attributes = inner.get(name.len()..)?.trim_end_matches('/').trim();
    Some(if closes { Token::Close { name } } else { Token::Open { name, attributes } })
}

#[cfg(test)]
crate::source::cases! {
    tokens_of_html: |html| listed(tokens(html).into_iter().map(|(_, token)| match token {
        Token::Open { name, .. } => format!("<{name}>"),
        Token::Close { name } => format!("</{name}>"),
        Token::Text(text) => text.into_owned(),
        Token::OpenComponent => "<C>".to_owned(),
        Token::CloseComponent => "</C>".to_owned(),
    }));
}
