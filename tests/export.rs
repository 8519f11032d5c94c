//! An export in other engines, Lucene and one of our own: plain BM25 over the words that were written, nothing else.

use std::collections::{BTreeMap, HashMap};
use std::io::Write as _;
use std::process::{Command, Stdio};

use jiff::civil::date;
use serde_json::Value;
use shirube::export;
use shirube::index::Root;
use shirube::kb::{self, Links};
use shirube::{AnswerOptions, KnowledgeBase};

/// Lucene's BM25 with its usual parameters, as OpenSearch and Elasticsearch rank a field of the type `text`.
const K1: f64 = 1.2;
const B: f64 = 0.75;

/// An engine with one shard that knows `match` queries under a `bool`.
struct Engine {
    /// The article of each document, in order of arrival.
    articles: Vec<String>,
    fields: BTreeMap<String, Field>,
}

#[derive(Default)]
struct Field {
    /// By word: the documents that hold it, and how often.
    postings: HashMap<String, BTreeMap<usize, f64>>,
    /// How many words the document has, for those that have the field.
    lengths: BTreeMap<usize, f64>,
}

impl Engine {
    fn load(bulk: &str) -> Self {
        let mut engine = Self { articles: Vec::new(), fields: BTreeMap::new() };
        for line in bulk.lines().skip(1).step_by(2) {
            let document: Value = serde_json::from_str(line).expect("a document is JSON");
            let number = engine.articles.len();
            engine.articles.push(document["id"].as_str().unwrap_or_default().to_owned());
            for (name, value) in document.as_object().expect("a document is an object") {
                let words = name.ends_with("_words") || name == "bigrams";
                let Some(text) = value.as_str().filter(|text| words && !text.is_empty()) else {
                    continue;
                };
                let field = engine.fields.entry(name.clone()).or_default();
                for word in text.split_whitespace() {
                    let of_word = field.postings.entry(word.to_owned()).or_default();
                    *of_word.entry(number).or_default() += 1.0;
                    *field.lengths.entry(number).or_default() += 1.0;
                }
            }
        }
        engine
    }

    /// The article of the best document.
    fn first(&self, query: &Value) -> Option<&str> {
        let mut scores: BTreeMap<usize, f64> = BTreeMap::new();
        for clause in query["query"]["bool"]["should"].as_array()? {
            let (name, said) = clause["match"].as_object()?.iter().next()?;
            let Some(field) = self.fields.get(name) else { continue };
            let boost = said["boost"].as_f64()?;
            for word in said["query"].as_str()?.split_whitespace() {
                field.add(word, boost, &mut scores);
            }
        }
        // Equal scores stay in order of arrival.
        let best = scores.iter().max_by(|(a, x), (b, y)| x.total_cmp(y).then(b.cmp(a)))?;
        self.articles.get(*best.0).map(String::as_str)
    }
}

impl Field {
    fn add(&self, word: &str, boost: f64, scores: &mut BTreeMap<usize, f64>) {
        let Some(postings) = self.postings.get(word) else { return };
        let documents = self.lengths.len() as f64;
        let holders = postings.len() as f64;
        let rarity = (1.0 + (documents - holders + 0.5) / (holders + 0.5)).ln();
        let average = self.lengths.values().sum::<f64>() / documents;
        for (document, frequency) in postings {
            let length = self.lengths.get(document).copied().unwrap_or_default();
            let saturated = frequency / (frequency + K1 * (1.0 - B + B * length / average));
            *scores.entry(*document).or_default() += boost * rarity * saturated;
        }
    }
}

/// The incidents for which words alone lead elsewhere (8 of 108): in each, Shirube knows more than words.
const OTHER: &[&str] = &[
    // Constants are names of reasons to Shirube, rare words at best to an engine that has masked them.
    "jamf/server-log instead of apple/declarative-management: declaration com.example.wifi valid=invalid reasons=[{\"code\":\"{name}\"}] iPad-営業-{num}",
    "jamf/server-log instead of apple/enrollment-errors: msg=error syncing phase=sync err=DEP HTTP error: {code} Forbidden: T_C_NOT_SIGNED",
    // A row of a table that holds nothing but a code: words find what else is said of profiles and errors.
    "clomo/mdm-profile-removed instead of apple/error-codes: デバイス構成プロファイル\tエラー\t{code}\tiPad-営業-{num}",
    "intune/enrollment-ios instead of apple/push-notification-reasons: push failed  device=iPad-物流-{num}  {num} {\"reason\":\"Unregistered\",\"timestamp\":{num}}",
    // Locking on the one side, an activation lock on the other: the product is the console's.
    "everyday/activation-lock instead of clomo/command-not-received: デバイスロックを実行したが、営業部のiPhone {num}台だけロックされない。ほかの端末は成功している",
    // Whoever leaves and whoever loses are people of a company: the one article is about people, the other about the device.
    "everyday/leaver-and-replacement instead of everyday/device-lost-or-stolen: 社員が電車の中で端末をなくした",
    // A state alone: the article declares it as its own, a short row of a table holds the same words.
    "mobiconnect/job-management instead of mobiconnect/device-error: 端末エラー",
    // A pair of articles on one thing, of which one is about devices without Apple's management.
    "mobiconnect/ios91-profile-overwrite instead of mobiconnect/overwrite-profile-distribution: Apple MDMが使えない端末に、上書き可能とするプロファイルをメール添付で渡す方法",
];

/// The incidents of the samples that have a remedy: the search for each, the article of the remedy, the message.
fn samples() -> Vec<(Value, String, String)> {
    let manual = KnowledgeBase::open(Root::Embedded).expect("it is built");
    let searcher = manual.searcher();
    let options = AnswerOptions::at(date(2026, 11, 23).at(9, 30, 0, 0));
    let mut asked = Vec::new();
    for article in &kb::embedded().articles {
        for sample in &article.samples {
            let answer = manual.answer(&sample.text, &options).expect("the index is sound");
            for found in answer.incidents {
                let Some(remedy) = found.remedies.first() else { continue };
                let query = export::query(&searcher, &found.incident);
                asked.push((query, remedy.id.clone(), found.incident.masked));
            }
        }
    }
    asked
}

fn exported() -> String {
    let mut bulk = Vec::new();
    export::bulk(&[Root::Embedded], Links::Within, export::INDEX, &mut bulk)
        .expect("the articles can be read");
    String::from_utf8(bulk).expect("JSON is UTF-8")
}

#[test]
fn another_engine_finds_the_same_first_articles_for_the_samples() {
    let engine = Engine::load(&exported());
    let asked = samples();
    let mut other = Vec::new();
    for (query, id, message) in &asked {
        let first = engine.first(query);
        if first != Some(id.as_str()) {
            other.push(format!("{} instead of {id}: {message}", first.unwrap_or("-")));
        }
    }
    assert!(asked.len() >= 50, "{} incidents of samples have a remedy", asked.len());
    assert_eq!(other, OTHER, "of {}", asked.len());
}

/// How many incidents Lucene may tell otherwise than exact BM25: it keeps the length of a field in one byte.
const ROUNDED: usize = 2;

#[test]
#[ignore = "needs Java and Lucene"]
fn lucene_finds_what_plain_bm25_finds() {
    let bulk = exported();
    let engine = Engine::load(&bulk);
    let asked = samples();
    let mut lines = String::new();
    for line in bulk.lines().skip(1).step_by(2) {
        let document: Value = serde_json::from_str(line).expect("a document is JSON");
        lines.push_str(&format!("document\t{}", document["id"].as_str().unwrap_or_default()));
        for (name, value) in document.as_object().expect("a document is an object") {
            let words = name.ends_with("_words") || name == "bigrams";
            if let Some(text) = value.as_str().filter(|text| words && !text.is_empty()) {
                lines.push_str(&format!("\t{name}\t{text}"));
            }
        }
        lines.push('\n');
    }
    for (query, _, _) in &asked {
        lines.push_str("query");
        for clause in query["query"]["bool"]["should"].as_array().expect("a list") {
            for (name, said) in clause["match"].as_object().expect("an object") {
                let words = said["query"].as_str().expect("it is text");
                lines.push_str(&format!("\t{name}\t{}\t{words}", said["boost"]));
            }
        }
        lines.push('\n');
    }
    let found = lucene(&lines);
    assert_eq!(found.len(), asked.len());
    let firsts = found.iter().zip(&asked);
    let exact = firsts.clone().filter(|(found, asked)| engine.first(&asked.0) == Some(found));
    let right = firsts.clone().filter(|(found, asked)| **found == asked.1).count();
    let exact = exact.count();
    assert!(exact + ROUNDED >= asked.len(), "{exact} of {} as exact BM25", asked.len());
    assert!(right + OTHER.len() + ROUNDED >= asked.len(), "{right} of {} as Shirube", asked.len());
}

/// The answers of Lucene in the jars of `LUCENE_JARS`.
fn lucene(lines: &str) -> Vec<String> {
    #[expect(
        clippy::disallowed_methods,
        reason = "the other engine lies outside of the repository"
    )]
    let jars = std::env::var("LUCENE_JARS").expect("LUCENE_JARS names the jars, as java -cp does");
    let mut java = Command::new("java")
        .args(["-cp", &jars, "benches/lucene/Loaded.java"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("java can be run");
    let mut input = java.stdin.take().expect("the input is piped");
    input.write_all(lines.as_bytes()).expect("it reads");
    drop(input);
    let output = java.wait_with_output().expect("it ends");
    assert!(output.status.success(), "{output:?}");
    let text = String::from_utf8(output.stdout).expect("it writes UTF-8");
    text.lines().map(str::to_owned).collect()
}
