//! HTML, cut into tags and text. It need not be whole: only tags matter, not whether they are closed.

use super::looked_at;

/// A tag, a comment or a declaration.
#[derive(Debug)]
pub(crate) struct Tag<'t> {
    /// In lower case; of a comment nothing.
    pub(crate) name: String,
    pub(crate) closes: bool,
    /// The text between `<`, or `</`, and `>`.
    pub(crate) inner: &'t str,
}

#[derive(Debug)]
pub(crate) enum Piece<'t> {
    Text(&'t str),
    Tag(Tag<'t>),
}

/// The tag that a text begins with, or else the text up to the next `<`; with its length, which is 0 at the end. A tag
/// that is longer than `longest` is text.
pub(crate) fn piece_at(text: &str, longest: usize) -> (Piece<'_>, usize) {
    if let Some((tag, length)) = tag_at(text, longest) {
        return (Piece::Tag(tag), length);
    }
    let behind = text.as_bytes().get(1..).unwrap_or_default();
    let length = memchr::memchr(b'<', behind).map_or(text.len(), |at| at + 1);
    // Both ends are ASCII marks: the cut is a character boundary.
    (Piece::Text(text.get(..length).unwrap_or(text)), length)
}

/// The tag that a text begins with, and its length.
pub(crate) fn tag_at(text: &str, longest: usize) -> Option<(Tag<'_>, usize)> {
    let inner = text.strip_prefix('<')?;
    if let Some(comment) = inner.strip_prefix("!--") {
        let length = comment.find("-->").map_or(text.len(), |at| at + "<!---->".len());
        return Some((Tag { name: String::new(), closes: false, inner: comment }, length));
    }
    let (closes, inner) = inner.strip_prefix('/').map_or((false, inner), |inner| (true, inner));
    if !inner.starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '!' | '?')) {
        return None;
    }
    let length = tag_length(text.as_bytes(), longest)?;
    let inner = text.get(text.len() - inner.len()..length - 1)?;
    let end = inner.find([' ', '/', '\n', '\r', '\t']).unwrap_or(inner.len());
    Some((Tag { name: inner.get(..end)?.to_ascii_lowercase(), closes, inner }, length))
}

/// A tag ends after the `>` that no value of an attribute holds.
fn tag_length(bytes: &[u8], longest: usize) -> Option<usize> {
    let mut quote = None;
    for (at, &byte) in bytes.iter().enumerate().take(longest).skip(1) {
        looked_at(1);
        match (quote, byte) {
            (None, b'>') => return Some(at + 1),
            (None, b'"' | b'\'') if bytes.get(at - 1) == Some(&b'=') => quote = Some(byte),
            (Some(open), _) if byte == open => quote = None,
            (None, b'<') => return None,
            _ => {}
        }
    }
    None
}
