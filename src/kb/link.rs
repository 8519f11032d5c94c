//! Where a relative link of an article leads.

use percent_encoding::percent_decode_str;

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
    // Editors on Windows write `..\file.md`.
    for part in target.split(['/', '\\']) {
        match part {
            "" | "." => {}
            // Above the root is nothing that could be checked.
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
    percent_decode_str(text).decode_utf8_lossy().into_owned()
}
