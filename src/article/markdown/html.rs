//! The HTML that is in Markdown, cut into tags and text.

use std::borrow::Cow;

use crate::source::resolve_references as decode;

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
        let Some(open) = rest.find('<') else {
            tokens.push((at, Token::Text(decode(rest))));
            break;
        };
        if open > 0 {
            tokens.push((at, Token::Text(decode(rest.get(..open).unwrap_or_default()))));
        }
        let start = at + open;
        let tail = rest.get(open..).unwrap_or_default();
        if let Some(comment) = tail.strip_prefix("<!--") {
            let Some(end) = comment.find("-->") else { break };
            at = start + "<!--".len() + end + "-->".len();
        } else if begins_tag(tail) {
            let Some(end) = tail.find('>') else {
                tokens.push((start, Token::Text(decode(tail))));
                break;
            };
            let inner = tail.get(1..end).unwrap_or_default();
            if let Some(token) = component(inner) {
                tokens.extend(token.map(|token| (start, token)));
            } else if let Some(token) = tag(inner) {
                tokens.push((start, token));
            }
            at = start + end + 1;
        } else {
            tokens.push((start, Token::Text(Cow::Borrowed("<"))));
            at = start + 1;
        }
    }
    tokens
}

/// Whether `text`, which begins with `<`, begins a tag or a declaration.
fn begins_tag(text: &str) -> bool {
    let next = text.trim_start_matches('<').chars().next();
    !text.starts_with("<<")
        && next.is_some_and(|c| c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?'))
}

/// Reads what is between `<` and `>` where it is a component, which begins with a capital and goes on in small
/// letters or has a hyphen; one that is empty is no token.
fn component(inner: &str) -> Option<Option<Token<'static>>> {
    let (closes, name) = inner.strip_prefix('/').map_or((false, inner), |name| (true, name));
    let name = name.split([' ', '\n', '\t', '/']).next().unwrap_or_default();
    let mut letters = name.chars();
    let capital = letters.next().is_some_and(|c| c.is_ascii_uppercase())
        && letters.next().is_some_and(|c| c.is_ascii_lowercase() || c.is_ascii_uppercase())
        && name.chars().any(|c| c.is_ascii_lowercase());
    let word = name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '.'));
    let hyphen = name.contains('-') && name.starts_with(|c: char| c.is_ascii_lowercase());
    if !word || !(capital && name.len() > 3 || hyphen) {
        return None;
    }
    Some(match (closes, inner.ends_with('/')) {
        (true, _) => Some(Token::CloseComponent),
        (false, true) => None,
        (false, false) => Some(Token::OpenComponent),
    })
}

/// Reads what is between `<` and `>`.
pub(super) fn tag(inner: &str) -> Option<Token<'_>> {
    let (close, inner) = inner.strip_prefix('/').map_or((false, inner), |rest| (true, rest));
    let end = inner
        .find(|c: char| !c.is_ascii_alphanumeric() && !matches!(c, '-' | '_'))
        .unwrap_or(inner.len());
    let (name, attributes) = inner.split_at(end);
    if name.is_empty() {
        return None;
    }
    let name = name.to_ascii_lowercase();
    Some(if close {
        Token::Close { name }
    } else {
        Token::Open { name, attributes: attributes.trim_end_matches('/').trim() }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn html_is_cut_into_tags_and_text() {
        let names: Vec<String> = tokens("<TD class=\"a\">1 &lt; 2<br/>x</td><!-- c -->y < z")
            .into_iter()
            .map(|(_, token)| match token {
                Token::Open { name, .. } => format!("<{name}>"),
                Token::Close { name } => format!("</{name}>"),
                Token::Text(text) => text.into_owned(),
                Token::OpenComponent => "<C>".to_owned(),
                Token::CloseComponent => "</C>".to_owned(),
            })
            .collect();
        assert_eq!(names, ["<td>", "1 < 2", "<br>", "x", "</td>", "y ", "<", " z"]);
    }
}
