//! Names of errors that have no number: `DeviceCapReached`, `AUTH-0231`, `T_C_NOT_SIGNED`.

/// The longest name, in bytes: what is longer is a token or a path.
const LONGEST: usize = 64;
/// Fewer digits number versions and devices (`AES-256` has a name, but is no error's).
const LEAST_DIGITS: usize = 3;

/// The words of a text that may be the name of an error, in order.
pub(crate) fn error_names(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !(c.is_ascii_alphanumeric() || c == '_' || c == '-'))
        .map(|word| word.trim_matches('-'))
        .filter(|word| may_name_error(word))
}

/// Whether a word by itself has the form of an error's name: three words or more in one, each with a capital; or
/// capitals with digits or words behind joints.
pub(crate) fn is_error_name(word: &str) -> bool {
    has_form(word, 3)
}

/// Whether a word can be an error's name where it stands for itself: `TopicDisallowed`. Two words in one are as
/// often a product's name (MobiConnect).
pub(crate) fn may_name_error(word: &str) -> bool {
    has_form(word, 2)
}

fn has_form(word: &str, least_words: usize) -> bool {
    if word.len() > LONGEST || !word.starts_with(|first: char| first.is_ascii_alphabetic()) {
        return false;
    }
    let bytes = word.as_bytes();
    if bytes.iter().all(u8::is_ascii_alphanumeric) {
        let humps = bytes.windows(2).filter(|pair| {
            pair.first().is_some_and(u8::is_ascii_uppercase)
                && pair.get(1).is_some_and(u8::is_ascii_lowercase)
        });
        return humps.count() >= least_words;
    }
    let vendor = |byte: &u8| {
        byte.is_ascii_uppercase() || byte.is_ascii_digit() || matches!(byte, b'-' | b'_')
    };
    if !bytes.iter().all(vendor) {
        return false;
    }
    let capitals = bytes.iter().filter(|byte| byte.is_ascii_uppercase()).count();
    let digits = bytes.iter().filter(|byte| byte.is_ascii_digit()).count();
    capitals >= 2 && (digits >= LEAST_DIGITS || bytes.contains(&b'_') && capitals >= 4)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_errors_have_a_form() {
        for name in ["DeviceCapReached", "AUTH-0231", "T_C_NOT_SIGNED", "TP-401-07", "RDB-0A000"] {
            assert!(is_error_name(name), "{name}");
        }
        for other in
            ["MobiConnect", "iPhone", "UTF-8", "AES-256x", "error", "4026", "0x80180018", "", "LAN"]
        {
            assert!(!is_error_name(other), "{other}");
        }
        assert!(
            may_name_error("TopicDisallowed")
                && !may_name_error("iPad")
                && !may_name_error("Error")
        );
        let found: Vec<&str> = error_names("登録の失敗（DeviceCapReached, AUTH-0231）").collect();
        assert_eq!(found, ["DeviceCapReached", "AUTH-0231"]);
    }
}
