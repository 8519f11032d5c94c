//! Where the links of an article lead, for a reader who has no page to click on.

use crate::article::linked;

/// Where a link of the article at `path` leads: an address as it is, another article or a heading by
/// its path in the knowledge base.
pub(crate) fn destination(link: &str, path: &str) -> String {
    if link.contains("://") || link.starts_with("mailto:") || path.is_empty() {
        return link.to_owned();
    }
    if link.starts_with('#') {
        return format!("{path}{link}");
    }
    linked(link, path)
}

#[cfg(test)]
crate::source::cases! {
    destinations_of_links: |link| destination(link, "console/push.md");
}
