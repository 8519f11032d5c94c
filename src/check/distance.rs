//! How far two names are apart, for guesses at what was meant.

/// A short name is near another only by one letter: `status` is not `statuses`.
const LONG_NAME: usize = 9;

/// The name that `written` is nearly; none where nothing is near.
pub(super) fn nearest<'n>(written: &str, names: impl Iterator<Item = &'n str>) -> Option<&'n str> {
    let written = written.to_lowercase();
    names
        .map(|name| {
            let length = name.chars().count();
            let allowed = if length >= LONG_NAME { 2 } else { 1 };
            // Letters that were added, lost, changed, or swapped with their neighbour; of two characters, one
            // other makes another word.
            let distance = strsim::osa_distance(&written, &name.to_lowercase());
            (distance, allowed.min(length / 3), name)
        })
        .filter(|(distance, allowed, _)| distance <= allowed)
        .min_by_key(|(distance, ..)| *distance)
        .map(|(.., name)| name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn near_names_are_found_and_others_are_not() {
        let names = ["title", "valid_until", "id", "when"];
        for (written, near) in [
            ("titel", Some("title")),
            ("Title", Some("title")),
            ("valid-untill", Some("valid_until")),
            ("it", None),
            ("then", Some("when")),
            ("weight", None),
            ("", None),
        ] {
            assert_eq!(nearest(written, names.into_iter()), near, "{written}");
        }
        assert_eq!(nearest(&"a".repeat(100_000), names.into_iter()), None);
    }
}
