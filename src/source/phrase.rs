//! Sentences for people, in both languages that Shirube speaks.

/// A language that Shirube answers in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash)]
pub enum Language {
    /// Japanese, the language of the shipped knowledge base.
    #[default]
    Ja,
    /// English.
    En,
}

impl Language {
    /// The ISO 639-1 tag: `ja` or `en`.
    #[must_use]
    pub const fn tag(self) -> &'static str {
        self.pick("ja", "en")
    }

    /// The one of two things that is in this language.
    #[must_use]
    pub const fn pick<T: Copy>(self, ja: T, en: T) -> T {
        match self {
            Self::Ja => ja,
            Self::En => en,
        }
    }

    /// The language that a tag or a locale name (`ja`, `ja_JP.UTF-8`, `en-US`) stands for.
    #[must_use]
    pub fn from_tag(tag: &str) -> Option<Self> {
        match tag.split(['_', '-', '.']).next()? {
            "ja" => Some(Self::Ja),
            "en" | "C" | "POSIX" => Some(Self::En),
            _ => None,
        }
    }
}

/// One sentence in every language, written where the thing that it tells arises.
///
/// ```
/// use shirube::source::{Language, Phrase};
///
/// let phrase = Phrase::new("3行が読めません", "3 lines cannot be read");
/// assert_eq!(phrase.text(Language::En), "3 lines cannot be read");
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Phrase {
    ja: String,
    en: String,
}

/// A [`Phrase`] with values in it, as `format!` has them.
macro_rules! phrase {
    ($ja:literal, $en:literal $(,)?) => {
        $crate::source::Phrase::new(format!($ja), format!($en))
    };
}

pub(crate) use phrase;

impl Phrase {
    /// A sentence in Japanese and in English.
    pub fn new(ja: impl Into<String>, en: impl Into<String>) -> Self {
        Self { ja: ja.into(), en: en.into() }
    }

    /// A sentence as `said` in each language.
    pub(crate) fn in_both(said: impl Fn(Language) -> String) -> Self {
        Self { ja: said(Language::Ja), en: said(Language::En) }
    }

    /// The sentence in `language`.
    #[must_use]
    pub fn text(&self, language: Language) -> &str {
        language.pick(&self.ja, &self.en)
    }
}
