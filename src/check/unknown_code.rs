use super::rule::{Context, line_of_codes, rule, rule_examples};
use crate::facts::Code;
use crate::source::phrase;

rule! {
    "unknown-code", Info,
    "記事が扱うと書いていて、辞書にないコード", "codes that an article says it treats and the dictionary lacks",
    "意味が分かるなら、codes/ のTOMLに書きます。shirube explain で引けるようになります",
    "where its meaning is known, write it into a TOML file of codes/; `shirube explain` then tells it"
}

fn check(context: &mut Context<'_>) {
    let base = context.base;
    for article in &base.articles {
        // A mere mention needs no explanation: an HTTP status, a ticket's number, a line of a log.
        let explained = article.passages.iter().filter(|passage| passage.meaning.is_some());
        let mut told: Vec<&Code> = explained.flat_map(|passage| &passage.codes).collect();
        for code in &article.codes {
            let same = |other: &&Code| other.domain == code.domain && other.number == code.number;
            if base.codes.meaning(code).is_some() || told.iter().any(same) {
                continue;
            }
            told.push(code);
            let code = &code.written;
            let message = phrase!(
                "コード {code} は辞書にありません",
                "the dictionary does not know the code {code}"
            );
            context.report(&article.path, line_of_codes(article), message);
        }
    }
}

rule_examples! {
    failing: [("a.md", "---\ntitle: 題\ncodes: [9999999, 9999999]\n---\n本文\n")] => [("a.md", 3)],
    passing: [
        ("a.md", "2024年に90日たつと消えます。\n"),
        ("b.md", "HTTP 403 が返るときは、エラー 0x8EEE0002 と EXT-4711 を見ます。\n"),
        ("c.md", "エラー 0x8EEE0001\n\n| コード | 意味 |\n|---|---|\n| 0x8EEE0001 | 空きがない |\n"),
    ],
}
