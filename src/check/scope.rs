//! Whether two articles speak to the same reader.

use crate::article::Article;

/// Whether a reader could need both: their products and systems overlap, where both name one.
pub(super) fn overlap(a: &Article, b: &Article) -> bool {
    let products = match (&a.product, &b.product) {
        (Some(a), Some(b)) => a.to_lowercase() == b.to_lowercase(),
        _ => true,
    };
    let platforms = a.platforms.is_empty()
        || b.platforms.is_empty()
        || a.platforms.iter().any(|a| b.platforms.iter().any(|b| a.eq_ignore_ascii_case(b)));
    products && platforms
}
