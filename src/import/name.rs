//! File names that are safe on every system, from titles that anybody may have written.

/// A name longer than this many bytes is cut; file systems take 255, and more is added after it.
const LONGEST: usize = 120;

/// Names that Windows keeps for devices, whatever their ending.
const RESERVED: &[&str] = &[
    "con", "prn", "aux", "nul", "com1", "com2", "com3", "com4", "com5", "com6", "com7", "com8",
    "com9", "lpt1", "lpt2", "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9",
];

/// A title as a file name begins: letters and digits of any script, joined by `-`; it may be empty.
pub(super) fn slug(title: &str) -> String {
    let mut name = String::new();
    let mut gap = false;
    for character in title.chars().flat_map(char::to_lowercase) {
        if character.is_alphanumeric() || character == 'ー' {
            if gap && !name.is_empty() {
                name.push('-');
            }
            gap = false;
            if name.len() + character.len_utf8() > LONGEST {
                break;
            }
            name.push(character);
        } else {
            gap = true;
        }
    }
    let name = name.trim_end_matches('-');
    // The README of a folder speaks to the team, and is no article.
    if RESERVED.contains(&name) || name == "readme" { format!("{name}-1") } else { name.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    crate::source::cases! {
        names_of_titles: slug;
    }

    #[test]
    fn a_name_is_not_too_long() {
        let long = slug(&"証".repeat(300));
        assert!(long.len() <= LONGEST && long.len() > LONGEST - 4, "{}", long.len());
    }
}
