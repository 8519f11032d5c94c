//! Codes that the dictionary does not know.

use super::rule::{Context, Rule, line_of_key};
use crate::facts::Code;
use crate::kb::Level;
use crate::source::Phrase;

pub(super) const RULE: Rule = Rule {
    id: "unknown-code",
    severity: Level::Info,
    ja: "辞書にないコード",
    en: "codes that the dictionary lacks",
    check,
};

fn check(context: &mut Context<'_>) {
    let base = context.base;
    for article in &base.articles {
        let explained = article.passages.iter().filter(|passage| passage.meaning.is_some());
        let mut told: Vec<&Code> = explained.flat_map(|passage| &passage.codes).collect();
        let declared = line_of_key(article, &["codes", "コード", "code"]);
        let named = article.codes.iter().map(|code| (code, declared));
        let found = article
            .passages
            .iter()
            // A row that says what its code means is what a dictionary would say.
            .filter(|passage| passage.meaning.is_none())
            .flat_map(|passage| passage.codes.iter().map(|code| (code, passage.line)));
        for (code, line) in named.chain(found) {
            let same = |other: &&Code| other.domain == code.domain && other.number == code.number;
            if base.codes.meaning(code).is_some() || told.iter().any(same) {
                continue;
            }
            told.push(code);
            context.report(
                article,
                line,
                Phrase::new(
                    format!("コード {} は辞書にありません", code.written),
                    format!("the dictionary does not know the code {}", code.written),
                ),
                Phrase::new(
                    "意味が分かるなら、codes/ のTOMLに書きます。shirube explain で引けるようになります",
                    "where its meaning is known, write it into a TOML file of codes/; `shirube explain` then tells it",
                ),
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::example::{found_in, knowledge_base};
    use super::*;

    #[test]
    fn the_failing_example_is_found() {
        let mut base = knowledge_base(&[("a.md", "---\ntitle: 題\ncodes: []\n---\n本文\n")]);
        let written = "9999999".to_owned();
        let code = Code { domain: None, number: 9_999_999, written, stated: true };
        if let Some(article) = base.articles.first_mut() {
            article.codes = vec![code.clone(), code];
        }
        assert_eq!(found_in(&RULE, &base), [("a.md".to_owned(), 3)]);
    }

    #[test]
    fn the_passing_example_is_not() {
        for text in [
            "2024年に90日たつと消えます。\n",
            "エラー 0x8EEE0001\n\n| コード | 意味 |\n|---|---|\n| 0x8EEE0001 | 空きがない |\n",
        ] {
            assert_eq!(found_in(&RULE, &knowledge_base(&[("a.md", text)])), [], "{text}");
        }
    }
}
