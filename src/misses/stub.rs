//! The article that a miss asks for, to start from.

use std::fmt::Write as _;

use jiff::civil::Date;

use super::miss::{hide_codes, show_codes, vendor_codes};
use super::{Cluster, Miss};
use crate::facts::{CodeDictionary, Kind, Message};
use crate::source::Language;
use crate::text::lexicon::{self, Section};

/// How many characters of a message are in a title.
const LONGEST_TITLE: usize = 60;

/// Examples in the place of a placeholder: values that nobody has, in the forms that
/// logs write.
static EXAMPLES: Section = lexicon::EXAMPLES.section("examples");

/// A Markdown article for a cluster of misses: front matter with what the misses tell, the headings, and a
/// sample that it must bring up from now on. The author writes the rest.
pub fn stub(cluster: &Cluster, today: Date, language: Language) -> String {
    let miss = &cluster.example;
    let title = replaced(&miss.text, |_| "…");
    let title: String = title.chars().take(LONGEST_TITLE).collect();
    let mut front = String::new();
    // Writing to a string cannot fail.
    if let Some(product) = &miss.product {
        let _ = writeln!(front, "product: {}", quoted(product));
    }
    let mut codes: Vec<String> =
        miss.codes.iter().map(|code| quoted(&code_of(miss, code))).collect();
    codes.extend(vendor_codes(&miss.text).into_iter().map(quoted));
    if !codes.is_empty() {
        let _ = writeln!(front, "codes: [{}]", codes.join(", "));
    }
    match miss.kind {
        Kind::Log => {
            let (hidden, codes) = hide_codes(&miss.text);
            let wording = Message::read(&hidden, &CodeDictionary::default()).masked;
            let _ = writeln!(front, "messages:\n  - {}", quoted(&show_codes(&wording, &codes)));
        }
        Kind::Status => {
            let _ = writeln!(front, "statuses: [{}]", quoted(&miss.text));
        }
        Kind::Question => {}
    }
    let sample = sample(miss);
    let fence = fence(&sample);
    let page = language.pick(include_str!("stub/ja.md"), include_str!("stub/en.md"));
    // From the last one on: what fills a placeholder is never read as another.
    let filled = [
        ("{sample}", format!("{fence}log\n{sample}\n{fence}")),
        ("{today}", today.to_string()),
        ("{front}", front),
        ("{title}", quoted(&title)),
    ];
    filled.into_iter().fold(page.to_owned(), |page, (name, text)| page.replacen(name, &text, 1))
}

/// The code as front matter takes it: with the command that it was reported for, or with its domain.
fn code_of(miss: &Miss, code: &crate::facts::Code) -> String {
    let number = code.number;
    match (&miss.command, &code.domain) {
        (Some(command), _) => format!("{command}/{number}"),
        (None, Some(domain)) => format!("{domain} {number}"),
        (None, None) => code.written.trim_matches(['(', ')']).to_owned(),
    }
}

/// A scalar of YAML that means nothing but its characters.
fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

/// The text with something else in place of each placeholder, given its example.
fn replaced(text: &str, by: impl Fn(&'static str) -> &'static str) -> String {
    let examples = EXAMPLES.iter().filter_map(|row| row.split_once(' '));
    examples.fold(text.to_owned(), |text, (name, example)| {
        text.replace(&format!("{{{name}}}"), by(example))
    })
}

/// The miss as a log writes it, with values in place of the placeholders.
fn sample(miss: &Miss) -> String {
    let filled = |text: &str| replaced(text, |example| example);
    let states = miss.labels.iter().filter(|(_, value)| !value.is_empty());
    let screen: Vec<String> =
        states.map(|(label, value)| format!("{}: {}", filled(label), filled(value))).collect();
    match miss.kind {
        Kind::Question => miss.text.clone(),
        Kind::Status if !screen.is_empty() => screen.join("\n"),
        Kind::Status => filled(&miss.text),
        Kind::Log => format!("2024-05-08 09:31:02  {}", filled(&miss.text)),
    }
}

/// A fence that nothing in the sample closes.
fn fence(sample: &str) -> String {
    let longest = sample.split(|it| it != '`').map(str::len).max().unwrap_or(0);
    "`".repeat((longest + 1).max(3))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::super::{clusters, miss::tests::miss};
    use super::*;
    use crate::article;

    fn written(text: &str) -> String {
        stub(&clusters(&[miss(text)]).remove(0), date(2026, 11, 25), Language::Ja)
    }

    #[test]
    fn the_article_is_well_formed_and_documents_the_message() {
        for text in [
            "InstallProfile: (4026) プロファイル\"sales\"を変更できません。",
            "it's `broken` ```` ' \" : # [x] {y} <b>失敗</b> \\ 4026",
            "- 失敗: *a* | & ! % @ 'b''c'",
        ] {
            let page = written(text);
            let article = article::parse("new.md", &page, &CodeDictionary::default());
            assert!(article.warnings.is_empty(), "{page}\n{:?}", article.warnings);
            assert!(!article.templates.is_empty(), "{page}");
            assert_eq!(article.samples.len(), 1, "{page}");
            assert_eq!(article.product.as_deref(), Some("BizMobile Go!"), "{page}");
            let sample = Message::read(&article.samples[0].text, &CodeDictionary::default());
            let kept = Message::read(&miss(text).text, &CodeDictionary::default());
            assert!(sample.masked.contains(&kept.masked), "{}\n{}", sample.masked, kept.masked);
        }
    }

    #[test]
    fn every_placeholder_has_an_example_of_its_kind() {
        let codes = CodeDictionary::default();
        for kind in ["time", "ip", "mac", "uuid", "email", "url", "path", "hex", "version", "num"] {
            let mut examples = EXAMPLES.iter().filter_map(|row| row.split_once(' '));
            let (_, example) = examples.find(|(name, _)| *name == kind).expect("listed");
            let masked = Message::read(&format!("value {example} failed"), &codes).masked;
            assert_eq!(masked, format!("value {{{kind}}} failed"), "{example}");
        }
    }
}
