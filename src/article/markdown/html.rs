//! The HTML that stands in Markdown, cut into tags and text.

use std::borrow::Cow;

/// A piece of HTML.
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

/// Reads what stands between `<` and `>` where it is a component, which begins with a capital and goes on in small
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

/// Reads what stands between `<` and `>`.
pub(super) fn tag(inner: &str) -> Option<Token<'_>> {
    let (close, inner) = match inner.strip_prefix('/') {
        Some(rest) => (true, rest),
        None => (false, inner),
    };
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

/// Decodes character references: numbers, and the names that manuals use.
pub(super) fn decode(text: &str) -> Cow<'_, str> {
    if !text.contains('&') {
        return Cow::Borrowed(text);
    }
    let mut output = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        let (before, tail) = rest.split_at(at);
        output.push_str(before);
        if let Some((character, length)) = reference(tail) {
            output.push(character);
            rest = tail.get(length..).unwrap_or_default();
        } else {
            output.push('&');
            rest = tail.get(1..).unwrap_or_default();
        }
    }
    output.push_str(rest);
    Cow::Owned(output)
}

/// The character that a reference at the beginning of `text` names, and how many bytes it takes.
fn reference(text: &str) -> Option<(char, usize)> {
    const LONGEST_NAME: usize = 10;
    let end = text.bytes().take(LONGEST_NAME).position(|byte| byte == b';')?;
    let name = text.get(1..end)?;
    let character = match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" => ' ',
        "copy" => '©',
        "reg" => '®',
        "trade" => '™',
        "hellip" => '…',
        "mdash" => '—',
        "ndash" => '–',
        "times" => '×',
        "rarr" => '→',
        "larr" => '←',
        "laquo" => '«',
        "raquo" => '»',
        "ldquo" => '“',
        "rdquo" => '”',
        "lsquo" => '‘',
        "rsquo" => '’',
        "middot" => '·',
        "yen" => '¥',
        _ => {
            let number = name.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from_u32(code)?
        }
    };
    Some((character, end + 1))
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

    #[test]
    fn references_are_decoded() {
        assert_eq!(decode("&#40;A&#x29; &amp;nbsp; &unknown; &"), "(A) &nbsp; &unknown; &");
    }
}
