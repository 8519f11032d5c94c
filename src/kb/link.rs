//! Where a relative link of an article leads.

/// The file of the knowledge base that a relative link points at; `None` for what lies elsewhere:
/// other sites, paths from a site's root, what a site generator fills in.
pub(crate) fn resolve_link(from: &str, target: &str) -> Option<String> {
    if target.is_empty() {
        return Some(from.to_owned());
    }
    let target = decode_link(target.split('?').next().unwrap_or_default());
    let elsewhere = target.is_empty()
        || target.starts_with(['/', '~', '\\'])
        || target.split('/').next().is_some_and(|first| first.contains(':'))
        || ["{{", "{%", "${"].iter().any(|mark| target.contains(mark));
    if elsewhere {
        return None;
    }
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    for part in target.split('/') {
        match part {
            "" | "." => {}
            // Above the root stands nothing that could be checked.
            ".." => {
                parts.pop()?;
            }
            _ => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

/// Decodes `%E3%81%82`.
pub(crate) fn decode_link(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        let mut ahead = rest.clone();
        let hex = |byte: Option<u8>| byte.and_then(|byte| char::from(byte).to_digit(16));
        match (byte, hex(ahead.next()), hex(ahead.next())) {
            (b'%', Some(high), Some(low)) => {
                bytes.extend(u8::try_from(high * 16 + low));
                rest = ahead;
            }
            _ => bytes.push(byte),
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}
