//! Old and variant kanji (`lexicon/kanji-variants.txt`), each with the form that today's Japanese writes.

use std::sync::LazyLock;

/// Rows of variants: the first character is the form that is kept. The build script folds its dictionary so as well.
const ROWS: &str = include_str!("../../../lexicon/kanji-variants.txt");

/// The form that is kept for `c`; `c` itself where it is no variant.
pub(crate) fn modern(c: char) -> char {
    let Some(place) = (c as usize).checked_sub(FIRST) else { return c };
    match COMMON.get(place) {
        Some(&kept) => char::from_u32(u32::from(kept)).unwrap_or(c),
        None => RARE.iter().find(|&&(variant, _)| variant == c).map_or(c, |&(_, kept)| kept),
    }
}

/// The first of the kanji that nearly all texts are made of.
const FIRST: usize = 0x4e00;
const COUNT: usize = 0x5200;

/// The variants and what is kept for them.
fn pairs() -> impl Iterator<Item = (char, char)> {
    let rows = ROWS.lines().filter(|line| !line.starts_with(['#', '[']));
    rows.flat_map(str::split_whitespace).flat_map(|row| {
        let kept = row.chars().next();
        row.chars().skip(1).filter_map(move |variant| Some((variant, kept?)))
    })
}

/// The kept form of each of the common kanji, by code points.
static COMMON: LazyLock<Vec<u16>> = LazyLock::new(|| {
    let mut table: Vec<u16> =
        (0..COUNT).filter_map(|place| u16::try_from(FIRST + place).ok()).collect();
    for (variant, kept) in pairs() {
        let place = (variant as usize).checked_sub(FIRST).and_then(|place| table.get_mut(place));
        if let (Some(place), Ok(kept)) = (place, u16::try_from(kept as u32)) {
            *place = kept;
        }
    }
    table
});

/// The variants beyond them.
static RARE: LazyLock<Vec<(char, char)>> = LazyLock::new(|| {
    pairs().filter(|&(variant, _)| !(FIRST..FIRST + COUNT).contains(&(variant as usize))).collect()
});

#[cfg(test)]
mod tests {
    use super::{modern, pairs};

    #[test]
    fn a_form_that_is_kept_is_no_variant() {
        for (variant, kept) in pairs() {
            assert_eq!(modern(variant), kept, "{variant}");
            assert_eq!(modern(kept), kept, "{kept}");
        }
    }
}
