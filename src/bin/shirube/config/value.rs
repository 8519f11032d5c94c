//! The value of a setting, read from a word or from the file.

use shirube::source::Phrase;
use toml::de::DeValue;

use super::keys::Takes;
use crate::errors::phrase;

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Value {
    Text(String),
    Switch(bool),
    Number(u16),
}

impl Value {
    /// Reads a word, as an environment variable has it; the error is what would be right.
    pub(super) fn of_word(word: &str, kind: Takes) -> Result<Self, Phrase> {
        match kind {
            Takes::Choice(choices) if choices.contains(&word) => Ok(Self::Text(word.to_owned())),
            Takes::Switch if word == "true" => Ok(Self::Switch(true)),
            Takes::Switch if word == "false" => Ok(Self::Switch(false)),
            Takes::Number { least, greatest } => {
                let number = word.parse().ok().filter(|number| (least..=greatest).contains(number));
                number.map(Self::Number).ok_or_else(|| right(kind))
            }
            Takes::Text(check) => check(word).map(|()| Self::Text(word.to_owned())),
            _ => Err(right(kind)),
        }
    }

    /// Reads a value of the file; the error is what would be right.
    pub(super) fn of_toml(value: &DeValue<'_>, kind: Takes) -> Result<Self, Phrase> {
        match (value, kind) {
            (DeValue::String(word), Takes::Choice(_) | Takes::Text(_)) => Self::of_word(word, kind),
            (DeValue::Boolean(switch), Takes::Switch) => Ok(Self::Switch(*switch)),
            (DeValue::Integer(number), Takes::Number { .. }) if number.radix() == 10 => {
                Self::of_word(number.as_str(), kind)
            }
            (_, kind) => Err(right(kind)),
        }
    }
}

fn right(kind: Takes) -> Phrase {
    let same = |text: String| Phrase::new(text.clone(), text);
    match kind {
        Takes::Choice(choices) => same(choices.join(", ")),
        Takes::Switch => same("true, false".to_owned()),
        Takes::Number { least, greatest } => {
            phrase!("{least}〜{greatest}の数", "a number from {least} to {greatest}")
        }
        Takes::Text(_) => Phrase::new("引用符で囲んだ文字列", "a string in quotation marks"),
    }
}

impl std::fmt::Display for Value {
    /// As the file would have it: a string of JSON is one of TOML, too.
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Text(text) => write!(formatter, "{}", serde_json::Value::from(text.as_str())),
            Self::Switch(switch) => write!(formatter, "{switch}"),
            Self::Number(number) => write!(formatter, "{number}"),
        }
    }
}
