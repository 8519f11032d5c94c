//! How far two names are apart, for guesses at what was meant.

/// A short name is near another only by one letter: `status` is not `statuses`.
const LONG_NAME: usize = 9;
/// Longer names are not compared.
const FAR: usize = 40;

/// The name that `written` is nearly; none where nothing is near.
pub(super) fn nearest<'n>(written: &str, names: impl Iterator<Item = &'n str>) -> Option<&'n str> {
    let written = written.to_lowercase();
    names
        .map(|name| {
            let length = name.chars().count();
            let allowed = if length >= LONG_NAME { 2 } else { 1 };
            // Of two characters, one other makes another word.
            (distance(&written, &name.to_lowercase()), allowed.min(length / 3), name)
        })
        .filter(|(distance, allowed, _)| distance <= allowed)
        .min_by_key(|(distance, ..)| *distance)
        .map(|(.., name)| name)
}

/// How many letters were added, lost, changed, or swapped with their neighbour.
fn distance(a: &str, b: &str) -> usize {
    let a: Vec<char> = a.chars().collect();
    let b: Vec<char> = b.chars().collect();
    if a.len() > FAR || b.len() > FAR {
        return FAR;
    }
    let width = b.len() + 1;
    let mut table = vec![0_usize; (a.len() + 1) * width];
    for i in 0..=a.len() {
        for j in 0..=b.len() {
            let at = |i: usize, j: usize| table.get(i * width + j).copied().unwrap_or(FAR);
            let value = if i == 0 || j == 0 {
                i + j
            } else {
                let changed = usize::from(a.get(i - 1) != b.get(j - 1));
                let mut best =
                    (at(i - 1, j) + 1).min(at(i, j - 1) + 1).min(at(i - 1, j - 1) + changed);
                if i > 1 && j > 1 && a.get(i - 1) == b.get(j - 2) && a.get(i - 2) == b.get(j - 1) {
                    best = best.min(at(i - 2, j - 2) + 1);
                }
                best
            };
            if let Some(cell) = table.get_mut(i * width + j) {
                *cell = value;
            }
        }
    }
    table.last().copied().unwrap_or(FAR)
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
