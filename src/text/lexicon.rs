//! Word lists that are data: the files of `lexicon/`, one entry a line.
//!
//! A file says at its top, in lines that begin with `#`, what the list decides and why its entries are on it.
//! `[name]` begins a section. Entries are folded ([`super::fold`]) when the list is first asked for, and never again.
//! A list is added by a file and a row of [`lists!`]; the tests find a file that has no row, an entry that
//! is twice in a section, and an empty section.

use std::collections::BTreeMap;
use std::ops::Deref;
use std::sync::OnceLock;

use serde::Deserialize;
use serde::de::value::{Error, StringDeserializer};

/// A word list of `lexicon/`.
#[derive(Debug)]
pub(crate) struct Lexicon {
    text: &'static str,
    sections: OnceLock<BTreeMap<&'static str, Vec<String>>>,
}

/// Declares the lists: the name of each and the file that it is read from.
macro_rules! lists {
    ($($(#[$reason:meta])* $name:ident = $file:literal;)*) => {
        $(
            $(#[$reason])*
            pub(crate) static $name: Lexicon = Lexicon::new(include_str!(concat!(
                env!("CARGO_MANIFEST_DIR"),
                "/lexicon/",
                $file
            )));
        )*

        #[cfg(test)]
        static LISTS: &[(&str, &Lexicon)] = &[$(($file, &$name)),*];
    };
}

lists! {
    FAMILY_NAMES = "family-names.txt";
    FAMILY_NAMES_LATIN = "family-names-latin.txt";
    GIVEN_NAMES_LATIN = "given-names-latin.txt";
    NOT_NAMES = "not-names.txt";
    PRIVATE_LABELS = "private-labels.txt";
    PRODUCT_WORDS = "product-words.txt";
    STATES = "states.txt";
    DESTRUCTIVE = "destructive.txt";
    FLOW_WORDS = "flow-words.txt";
    ROLES = "roles.txt";
    WISHES = "wishes.txt";
    ASKED = "asked.txt";
    OPPOSITES = "opposites.txt";
    OPERATIONS = "operations.txt";
    KINDS = "kinds.txt";
    ANNOUNCING = "announcing.txt";
    DESTRUCTIVE_GRAMMAR = "destructive-grammar.txt";
    DESTRUCTIVE_STEPS = "destructive-steps.txt";
    EXAMPLES = "examples.txt";
    TROUBLE = "trouble.txt";
    ARTICLE_PHRASES = "article-phrases.txt";
    FRONT_MATTER_KEYS = "front-matter-keys.txt";
    ENGLISH_FUNCTION_WORDS = "english-function-words.txt";
    MAIL_PHRASES = "mail-phrases.txt";
    PRIVATE_WORDS = "private-words.txt";
    MESSAGE_WORDS = "message-words.txt";
    QUOTED_NOUNS = "quoted-nouns.txt";
    CONSOLE_STATES = "console-states.txt";
    COLUMN_LABELS = "column-labels.txt";
    EVENT_LABELS = "event-labels.txt";
    JSON_FIELDS = "json-fields.txt";
    SEVERITY = "severity.txt";
    SPOKEN_TIMES = "spoken-times.txt";
    JUDGED = "judged.txt";
    KANA = "kana.txt";
    PRODUCT_NAMES = "product-names.txt";
    #[cfg(feature = "import")]
    PAGE_CHROME = "page-chrome.txt";
    #[cfg(feature = "import")]
    MESSAGE_COLUMNS = "message-columns.txt";
}

/// A section of a list, its entries as the file writes them and in its order; one in quotation marks keeps its spaces.
#[derive(Debug)]
pub(crate) struct Section {
    list: &'static Lexicon,
    name: &'static str,
    entries: OnceLock<Vec<&'static str>>,
}

impl Deref for Section {
    type Target = [&'static str];

    fn deref(&self) -> &Self::Target {
        self.entries.get_or_init(|| {
            let entries = self.list.written().filter(|(section, _)| *section == self.name);
            entries.map(|(_, entry)| unquoted(entry)).collect()
        })
    }
}

impl Lexicon {
    const fn new(text: &'static str) -> Self {
        Self { text, sections: OnceLock::new() }
    }

    /// The section of that name, as it is written.
    pub(crate) const fn section(&'static self, name: &'static str) -> Section {
        Section { list: self, name, entries: OnceLock::new() }
    }

    fn sections(&self) -> &BTreeMap<&'static str, Vec<String>> {
        self.sections.get_or_init(|| {
            let mut sections: BTreeMap<&'static str, Vec<String>> = BTreeMap::new();
            for (section, entry) in self.written() {
                sections.entry(section).or_default().push(super::fold(unquoted(entry)));
            }
            sections
        })
    }

    /// The entries of a section, folded, in the order of the file. What is before the first section has the
    /// empty name.
    pub(crate) fn entries(&self, section: &str) -> &[String] {
        self.sections().get(section).map_or(&[], Vec::as_slice)
    }

    /// The entries of the sections that are named after the variants of an enum, as they are written.
    pub(crate) fn of_variants<T: for<'de> Deserialize<'de>>(
        &self,
    ) -> impl Iterator<Item = (&'static str, T)> + use<T> {
        self.written().filter_map(|(section, entry)| Some((entry, variant(section)?)))
    }

    /// Every entry as the file writes it, after the name of its section: names are spelled as they are, and
    /// 渡邉 is not 渡辺.
    pub(crate) fn written(&self) -> impl Iterator<Item = (&'static str, &'static str)> + use<> {
        let mut section = "";
        self.text.lines().map(str::trim).filter_map(move |line| {
            if let Some(name) = line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
                section = name;
                return None;
            }
            (!line.is_empty() && !line.starts_with('#')).then_some((section, line))
        })
    }
}

/// The variant of an enum that a section is named after: `valid until` names `ValidUntil`.
pub(crate) fn variant<T: for<'de> Deserialize<'de>>(section: &str) -> Option<T> {
    let variant = StringDeserializer::<Error>::new(pascal_case(section));
    T::deserialize(variant).ok()
}

fn pascal_case(section: &str) -> String {
    let words = section.split(' ').filter_map(|word| word.split_at_checked(1));
    words.map(|(first, rest)| first.to_ascii_uppercase() + rest).collect()
}

fn unquoted(entry: &str) -> &str {
    entry.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')).unwrap_or(entry)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn a_list_is_read_by_sections() {
        let list = Lexicon::new("# なぜ\nあ\n\n[b]\n Ｆｏｏ  bar \n# c\nーー\n[empty]\n");
        assert_eq!(list.entries(""), ["あ"]);
        assert_eq!(list.entries("b"), ["foo bar", &crate::text::fold("ーー")]);
        assert_eq!(list.entries("empty"), [""; 0]);
    }

    #[test]
    fn every_file_is_a_list_that_says_why() {
        let directory = concat!(env!("CARGO_MANIFEST_DIR"), "/lexicon");
        let files = std::fs::read_dir(directory).expect("the package has its lists");
        let files: BTreeSet<String> = files
            .map(|file| file.expect("it can be listed").file_name().to_string_lossy().into_owned())
            .collect();
        // The build script reads the variants of kanji, too.
        let declared = LISTS.iter().map(|(file, _)| *file).chain(["kanji-variants.txt"]);
        let declared: BTreeSet<String> = declared.map(str::to_owned).collect();
        assert_eq!(files, declared);
        for (file, list) in LISTS {
            assert!(list.text.starts_with("# "), "{file} does not say why");
            let written: Vec<_> = list.written().collect();
            let once: BTreeSet<_> = written.iter().collect();
            assert_eq!(once.len(), written.len(), "{file} repeats itself");
            // Most lists are read as they are written, where two spellings are two entries.
            let folded = ["announcing.txt", "asked.txt", "destructive.txt", "operations.txt"];
            let folded = folded.contains(file)
                || ["opposites.txt", "roles.txt", "wishes.txt"].contains(file);
            let names = list.text.lines().filter(|line| line.starts_with('[')).count();
            let filled = list.sections().keys().filter(|name| !name.is_empty()).count();
            assert!(!folded || names == filled, "a section of {file} is empty");
            for (section, entries) in list.sections().iter().filter(|_| folded) {
                let once: BTreeSet<&String> = entries.iter().collect();
                assert_eq!(once.len(), entries.len(), "[{section}] of {file} repeats itself");
            }
        }
    }

    /// An entry that no code asks for decides nothing. Sections are asked for by their names, which the code has as
    /// literals, or as the variants of an enum; objects (`[of machine]`) by the operations of the same list.
    #[test]
    fn every_section_is_asked_for() {
        let source = concat!(env!("CARGO_MANIFEST_DIR"), "/src");
        let files = walkdir::WalkDir::new(source).into_iter().filter_map(Result::ok);
        let code: String = files
            .filter(|it| it.path().extension().is_some_and(|it| it == "rs"))
            .filter(|it| it.file_name() != "lexicon.rs")
            .map(|it| std::fs::read_to_string(it.path()).expect("the source is UTF-8"))
            .collect();
        for (file, list) in LISTS {
            let entries: Vec<_> = list.written().map(|(_, entry)| entry).collect();
            for section in list.sections().keys().filter(|name| !name.is_empty()) {
                let object = section.strip_prefix("of ").filter(|name| {
                    entries.iter().any(|it| it.split(' ').any(|word| word == *name))
                });
                let name = section.strip_suffix(" elsewhere").unwrap_or(section);
                let variant = format!("    {},\n", pascal_case(name));
                let of_enum = ["column-labels.txt", "event-labels.txt", "front-matter-keys.txt"]
                    .iter()
                    .chain(&["message-columns.txt", "private-labels.txt", "roles.txt"]);
                let asked = code.contains(&format!("\"{section}\""))
                    || of_enum.clone().any(|it| it == file) && code.contains(&variant)
                    || object.is_some();
                assert!(asked, "nobody asks for [{section}] of {file}");
            }
        }
    }

    #[test]
    fn a_section_is_read_as_it_is_written() {
        static MENTIONS: Section = DESTRUCTIVE_GRAMMAR.section("english mentions");
        assert_eq!(MENTIONS.first(), Some(&"not "));
        for (file, list) in LISTS {
            let quotes = list.written().filter(|(_, entry)| entry.starts_with('"'));
            assert!(
                quotes.into_iter().all(|(_, entry)| entry.len() > 2 && entry.ends_with('"')),
                "{file}"
            );
        }
    }
}
