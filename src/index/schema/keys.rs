//! The keys under which a passage is found by what it is about, beside those of the codes that are in it.
//!
//! All are terms of the field of codes: they match whole or not at all.

use crate::article::{Passage, Role};
use crate::facts::Code;
use crate::text::fold;

/// The keys under which the index holds a code. They tell a domain that the text states from one that the
/// dictionary guessed for a plain number: Apple's 4026 is not meant by everybody's message no. 4026.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct CodeKeys {
    /// The number in its domain, as what states the domain is found.
    pub(crate) stated: Option<String>,
    /// The same, as what leaves the domain to be guessed is found.
    pub(crate) guessed: Option<String>,
    /// The number alone, as everything is found.
    pub(crate) number: String,
}

impl CodeKeys {
    pub(crate) fn of(code: &Code) -> Self {
        let number = format!("#{}", code.number);
        let domain = code.domain.as_ref().map(|domain| domain.to_lowercase());
        let qualified = domain.map(|domain| format!("{domain}{number}"));
        // Of a number that is no domain's the domain is unknown on both sides: 「エラー 651」.
        let guessed = format!("?{}", qualified.as_ref().unwrap_or(&number));
        let guessed = (qualified.is_some() || !code.stated).then_some(guessed);
        // A number that is nobody else's needs no domain.
        let stated = qualified.or_else(|| code.stated.then(|| number.clone()));
        Self { stated, guessed, number }
    }

    /// The keys that a passage which writes the code is found under.
    pub(crate) fn written(code: &Code) -> impl Iterator<Item = String> {
        let keys = Self::of(code);
        let own = if code.stated { keys.stated } else { keys.guessed };
        own.into_iter().chain([keys.number])
    }

    /// The keys of a code that an article declares in its front matter: its writers knew whose it is.
    pub(crate) fn declared(code: &Code) -> impl Iterator<Item = String> {
        let keys = Self::of(code);
        keys.stated.into_iter().chain([keys.number])
    }

    /// The keys by which the same code is looked for: a plain number may be the one that others state.
    pub(crate) fn same(code: &Code) -> impl Iterator<Item = String> {
        let keys = Self::of(code);
        keys.stated.into_iter().chain(keys.guessed.filter(|_| !code.stated))
    }
}

/// The longest heading that is a name, in characters.
const LONGEST_HEADING: usize = 120;
/// The shortest, without punctuation.
const SHORTEST_HEADING: usize = 4;

/// The key of a code that is what a passage is about, from the key of the code.
pub(crate) fn subject_key(key: &str) -> String {
    format!("!{key}")
}

/// The key that articles with patterns are found by.
pub(crate) const PATTERNS_KEY: &str = "!patterns";
/// The key that articles are found by which are above answers.
pub(crate) const PINNED_KEY: &str = "!pinned";

/// The key of an error, or of a domain of errors, that has a name.
pub(crate) fn name_key(name: &str) -> String {
    format!("={}", name.to_lowercase())
}

/// The key of an article by its file's name without folder and ending, in small letters: how links of other forms name it.
pub(crate) fn file_key(name: &str) -> String {
    format!("*/{name}")
}

/// The key of a heading, which whoever types it whole means. `None` for what is too short to be meant, or too long.
pub(crate) fn heading_key(heading: &str) -> Option<String> {
    let letters: String = fold(heading).chars().filter(|it| it.is_alphanumeric()).collect();
    let length = letters.chars().count();
    (SHORTEST_HEADING..=LONGEST_HEADING).contains(&length).then(|| format!("§{letters}"))
}

/// The keys that a passage is found under as the one that is about it.
pub(in crate::index) fn keys_of_subject(passage: &Passage) -> impl Iterator<Item = String> {
    let codes = passage.codes.iter().take(passage.subject_codes);
    let codes = codes.flat_map(CodeKeys::written).map(|key| subject_key(&key));
    let names = passage.subject_names.iter().map(|name| name_key(name));
    // 原因 and 対処 name no section by themselves.
    let own = passage.opens.iter().filter(|it| !Role::is_named_by(it));
    let headings = own.chain(&passage.question).filter_map(|heading| heading_key(heading));
    codes.chain(names).chain(headings)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_heading_is_known_however_it_is_punctuated() {
        assert_eq!(heading_key("「同期」が 終わらない。"), heading_key("同期が終わらない"));
        assert_eq!(heading_key("同期"), None);
        assert_ne!(heading_key("同期が終わらない"), heading_key("同期が始まらない"));
    }

    #[test]
    fn a_number_without_a_domain_is_that_of_another_without_one() {
        let code = |stated| Code { domain: None, number: 651, written: "651".to_owned(), stated };
        assert_eq!(CodeKeys::written(&code(false)).collect::<Vec<String>>(), ["?#651", "#651"]);
        assert!(CodeKeys::same(&code(false)).any(|key| key == "?#651"));
        assert!(!CodeKeys::same(&code(true)).any(|key| key == "?#651"));
    }

    #[test]
    fn a_passage_is_about_its_heading_and_its_row() {
        let text = "# 題\n\n## 上限に達した (0x801C03EB)\n\n0x80180014 とは違います。\n\n### 対処\n\n消します。\n\n\
            ## 表\n\n| コード | 意味 |\n|---|---|\n| DeviceCapReached | 上限 |\n| 0x80180014 | 版 |\n";
        let codes = crate::facts::CodeDictionary::default();
        let article = crate::article::parse("a.md", text, &codes);
        let keys: Vec<Vec<String>> =
            article.passages.iter().map(|it| keys_of_subject(it).collect()).collect();
        let code = |number: i64| subject_key(&format!("#{number}"));
        assert!(keys[0].contains(&code(0x801C_03EB)) && !keys[0].contains(&code(0x8018_0014)));
        assert!(keys[1].contains(&code(0x801C_03EB)), "{keys:?}");
        assert!(!keys[1].iter().any(|key| key == "§対処"), "{keys:?}");
        let keys_of = |heading: &str| {
            let text = format!("# 題\n\n## {heading}\n\n直します。\n");
            let article = crate::article::parse("a.md", &text, &codes);
            keys_of_subject(&article.passages[0]).collect::<Vec<_>>()
        };
        assert_eq!(keys_of("対処: 鍵を作り直す"), ["§対処鍵を作り直す"]);
        assert_eq!(keys_of("1. 対処"), [""; 0]);
        assert!(keys.iter().any(|keys| keys.contains(&name_key("DeviceCapReached"))), "{keys:?}");
        let row = |keys: &&Vec<String>| keys.contains(&code(0x8018_0014));
        assert_eq!(keys.iter().filter(row).count(), 1, "{keys:?}");
    }
}
