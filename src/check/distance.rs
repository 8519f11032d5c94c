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
crate::source::cases! {
    nearest_names: |written| {
        shown(nearest(written, ["title", "valid_until", "id", "when"].into_iter()))
    };
}
