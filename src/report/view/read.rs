//! Counts of a reading, in words: 「ログ1行、項目3つ、質問1つ」.

use super::say;
use crate::record::Summary;
use crate::source::Language;

pub(crate) fn summary(read: &Summary, language: Language) -> String {
    let parts: Vec<String> = [
        (read.entries, "ログ", "行", "log line"),
        (read.states, "状態", "つ", "state"),
        (read.facts, "項目", "つ", "fact"),
        (read.questions, "質問", "つ", "question"),
    ]
    .into_iter()
    .filter(|(count, ..)| *count > 0)
    .map(|(count, noun, counter, english)| match language {
        Language::Ja if counter == "つ" && count > 9 => format!("{noun}{count}件"),
        Language::Ja => format!("{noun}{count}{counter}"),
        Language::En if count == 1 => format!("1 {english}"),
        Language::En => format!("{count} {english}s"),
    })
    .collect();
    if parts.is_empty() {
        return language.pick("なし", "nothing").to_owned();
    }
    parts.join(language.pick("、", ", "))
}

/// The opening of an answer: how a mail or a mixed paste was read, and that it was read in the other way. `None`
/// where a paste is nothing but a log, a screen or a question.
pub(crate) fn opening(read: &Summary, language: Language) -> Option<String> {
    if read.again {
        let other = match (read.questions > 0, language) {
            (true, Language::Ja) => "ログとしては該当がないため、質問として探しました。",
            (true, Language::En) => "Nothing answers it as a log, so it was asked as a question.",
            (false, Language::Ja) => "質問としては該当がないため、ログとして探しました。",
            (false, Language::En) => "Nothing answers it as a question, so it was read as a log.",
        };
        return Some(other.to_owned());
    }
    let sorts = [read.entries, read.states, read.questions];
    let mixed = sorts.iter().filter(|count| **count > 0).count() > 1
        || read.questions > 0 && read.facts > 0;
    (read.correspondence || mixed).then(|| {
        let summary = summary(read, language);
        say!(language, "読み取り: {summary}", "Read: {summary}")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_read_is_told_in_words() {
        let read = Summary { entries: 1, facts: 12, questions: 1, ..Summary::default() };
        assert_eq!(summary(&read, Language::Ja), "ログ1行、項目12件、質問1つ");
        assert_eq!(summary(&read, Language::En), "1 log line, 12 facts, 1 question");
        assert_eq!(summary(&Summary::default(), Language::Ja), "なし");
        assert_eq!(
            opening(&read, Language::Ja).as_deref(),
            Some("読み取り: ログ1行、項目12件、質問1つ")
        );
        let log = Summary { entries: 3, ..Summary::default() };
        assert_eq!(opening(&log, Language::Ja), None);
        assert!(opening(&Summary { again: true, ..log }, Language::En).is_some());
    }
}
