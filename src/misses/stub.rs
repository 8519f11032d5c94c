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
    let [remedy, when, steps, first_step, cause, why, sample_heading, retitle] =
        language.pick(INSTRUCTIONS_JA, INSTRUCTIONS_EN);
    let mut page = String::from("---\n");
    let title = replaced(&miss.text, |_| "…");
    let title: String = title.chars().take(LONGEST_TITLE).collect();
    // Writing to a string cannot fail.
    let _ = writeln!(page, "title: {} # {retitle}", quoted(&title));
    if let Some(product) = &miss.product {
        let _ = writeln!(page, "product: {}", quoted(product));
    }
    let mut codes: Vec<String> =
        miss.codes.iter().map(|code| quoted(&code_of(miss, code))).collect();
    codes.extend(vendor_codes(&miss.text).into_iter().map(quoted));
    if !codes.is_empty() {
        let _ = writeln!(page, "codes: [{}]", codes.join(", "));
    }
    match miss.kind {
        Kind::Log => {
            let (hidden, codes) = hide_codes(&miss.text);
            let wording = Message::read(&hidden, &CodeDictionary::default()).masked;
            let wording = show_codes(&wording, &codes);
            let _ = writeln!(page, "messages:\n  - {}", quoted(&wording));
        }
        Kind::Status => {
            let _ = writeln!(page, "statuses: [{}]", quoted(&miss.text));
        }
        Kind::Question => {}
    }
    let _ = write!(
        page,
        "updated: {today}\n---\n\n## {remedy}\n\n{when}\n\n{steps}\n\n1. {first_step}\n\n\
         ## {cause}\n\n{why}\n",
    );
    let sample = sample(miss);
    let fence = fence(&sample);
    let _ = write!(page, "\n## {sample_heading}\n\n{fence}log\n{sample}\n{fence}\n");
    page
}

/// The headings and the instructions between the lines that are to be filled.
const INSTRUCTIONS_JA: [&str; 8] = [
    "対処",
    "（どんなときの対処かを書きます。データや登録が失われる手順には、先に > [!WARNING] を付けます）",
    "【対処】",
    "（最初にすること）",
    "原因",
    "（なぜ起きるかを書きます。分からなければ、この節を消します）",
    "ログの例",
    "何が起きているかを、利用者の言葉で書き直します",
];
const INSTRUCTIONS_EN: [&str; 8] = [
    "Remedy",
    "(When this helps. Steps that lose data or registration need a > [!WARNING] before them.)",
    "Steps:",
    "(the first thing to do)",
    "Cause",
    "(Why it happens; leave the section out where nobody knows.)",
    "Sample",
    "say what happens in the user's words",
];

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
        let cluster = clusters(&[miss(text)]).remove(0);
        stub(&cluster, date(2026, 11, 25), Language::Ja)
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
