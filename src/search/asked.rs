//! The form of a question: the kind of object that it asks for.

use crate::facts::Products;
use crate::text::fold;
use crate::text::lexicon::ASKED;

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Asked {
    /// A number; of that unit, where the question names one.
    Quantity(Option<String>),
    Definition(String),
    /// The difference of two things, by their folded names; none where these cannot be told.
    Comparison(Vec<String>),
    Place,
    Contact,
    /// The consequence of an act, and whether it may be done.
    Consequence,
    Validity,
    Cause,
    Way,
    /// Steps, as far as anybody can tell.
    Remedy,
}

impl Asked {
    pub(super) fn of(question: &str) -> Self {
        let text = fold(question);
        let found = |section| {
            let entries = ASKED.entries(section).iter();
            entries.filter_map(|entry| Some((text.find(entry.as_str())?, entry))).min()
        };
        // 「誰にも触らせたくない」 asks for nobody.
        let behind = |(at, words): (usize, &String)| text.get(at + words.len()..);
        if found("contact").and_then(behind).is_some_and(|behind| !behind.starts_with('も')) {
            return Self::Contact;
        }
        if let Some((_, words)) = found("quantity") {
            // 何台 and 台数は count in the same unit.
            let unit = words.strip_prefix('何').or_else(|| words.strip_suffix("数は"));
            return Self::Quantity(unit.map(str::to_owned));
        }
        if let Some((at, _)) = found("comparison") {
            return Self::Comparison(compared(text.get(..at).unwrap_or_default()));
        }
        if let Some((at, words)) = found("definition") {
            let name = if at > 0 { text.get(..at) } else { text.get(words.len()..) };
            let name = name.unwrap_or_default().trim_matches(|c: char| !c.is_alphanumeric());
            // 最終アクセスって何の日時ですか、「最終アクセス」の欄は何ですか
            let name = name.strip_suffix("って").unwrap_or(name);
            let named =
                ASKED.entries("named things").iter().find_map(|it| name.strip_suffix(&**it));
            let name = named.map_or(name, |it| it.trim_matches(|c: char| !c.is_alphanumeric()));
            // 原因は何ですか asks for no meaning of 原因.
            let of_cause = || ASKED.entries("cause headings").iter().any(|it| name.ends_with(it));
            return if of_cause() { Self::Cause } else { Self::Definition(name.to_owned()) };
        }
        if found("place").is_some() {
            return Self::Place;
        }
        if found("validity").is_some() {
            return Self::Validity;
        }
        if found("consequence").is_some() {
            return Self::Consequence;
        }
        if found("cause").is_some() {
            return Self::Cause;
        }
        if found("way").is_some() { Self::Way } else { Self::Remedy }
    }

    /// The same without the console whose things are compared: 「MobiConnectで端末エラーと応答無の違い」.
    pub(super) fn of_any_console(mut self, products: &Products) -> Self {
        if let Self::Comparison(names) = &mut self
            && let Some(first) = names.first_mut()
            && let Some(own) = products.after_name(first)
        {
            *first = own.to_owned();
        }
        self
    }
}

/// The names of two things, from the end of what is before 「の違い」: 「モビコネのAとBの違い」 compares A and B.
fn compared(before: &str) -> Vec<String> {
    let is_end = |c: char| !c.is_alphanumeric() || c == 'の';
    let before = before.trim_end_matches(is_end);
    let topic = ASKED.entries("topics").iter().find_map(|it| before.strip_suffix(it.as_str()));
    let before = topic.unwrap_or(before);
    let Some((first, second)) = before.rsplit_once('と') else { return Vec::new() };
    let name =
        |it: &str| it.trim_matches(is_end).rsplit(is_end).next().unwrap_or_default().to_owned();
    [first, second].map(name).into_iter().filter(|it| it.chars().count() > 1).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    crate::source::cases! {
        things_compared: |text| listed(compared(&fold(text)));
        objects_of_questions: |question| format!("{:?}", Asked::of(question));
    }

    #[test]
    fn every_entry_asks_for_what_its_section_says() {
        for (kind, before, behind) in [
            ("quantity", "ログは", " 残る"),
            ("definition", "端末 ", " "),
            ("comparison", "端末 ", " "),
            ("place", "端末 ", " "),
            ("contact", "紛失は", " "),
            ("cause", "", " 端末が消える"),
            ("way", "", " 登録"),
            ("validity", "端末は", " "),
            ("consequence", "端末を消し", " "),
        ] {
            for entry in ASKED.entries(kind) {
                let asked = format!("{:?}", Asked::of(&format!("{before}{entry}{behind}")));
                assert!(asked.to_lowercase().starts_with(kind), "{entry}: {asked}");
            }
        }
    }
}
