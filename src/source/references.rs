//! Character references of HTML and XML: numbers, and the names that pages and manuals use.

use std::borrow::Cow;

use quick_xml::escape::resolve_html5_entity;

pub(crate) fn resolve_references(text: &str) -> Cow<'_, str> {
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
    let character = match name.strip_prefix('#') {
        Some(number) => {
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from_u32(code)?
        }
        // Where a line may break is nothing to a reader of its words.
        None if name == "nbsp" => ' ',
        None => resolve_html5_entity(name)?.chars().next()?,
    };
    Some((character, end + 1))
}

#[cfg(test)]
crate::source::cases! {
    references: |text| resolve_references(text).into_owned();
}
