//! An export in another engine: plain BM25 over the words that were written, nothing else.

use std::collections::{BTreeMap, HashMap};

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

/// The incidents for which words alone lead elsewhere (7 of 108): in each, Shirube knows more than words.
const OTHER: &[&str] = &[
    // Constants are names of reasons to Shirube, rare words at best to an engine that has masked them.
    "everyday/activation-lock instead of apple/app-install-reasons: {\"Identifier\":\"{name}\",\"Status\":\"ManagementRejected\"}  iPhone-現場-{num}",
    "jamf/server-log instead of apple/declarative-management: declaration com.example.wifi valid=invalid reasons=[{\"code\":\"{name}\"}] iPad-営業-{num}",
    // A row of a table that holds nothing but a code: words find what else is said of profiles and errors.
    "clomo/mdm-profile-removed instead of apple/error-codes: デバイス構成プロファイル\tエラー\t{code}\tiPad-営業-{num}",
    "intune/enrollment-ios instead of apple/push-notification-reasons: push failed  device=iPad-物流-{num}  {num} {\"reason\":\"Unregistered\",\"timestamp\":{num}}",
    // Locking on the one side, an activation lock on the other: the product is the console's.
    "everyday/activation-lock instead of clomo/command-not-received: デバイスロックを実行したが、営業部のiPhone {num}台だけロックされない。ほかの端末は成功している",
    // A state alone: the article declares it as its own, a short row of a table holds the same words.
    "mobiconnect/job-management instead of mobiconnect/device-error: 端末エラー",
    // A pair of articles on one thing, of which one is about devices without Apple's management.
    "mobiconnect/ios91-profile-overwrite instead of mobiconnect/overwrite-profile-distribution: Apple MDMが使えない端末に、上書き可能とするプロファイルをメール添付で渡す方法",
];

#[test]
fn another_engine_finds_the_same_first_articles_for_the_samples() {
    let mut bulk = Vec::new();
    export::bulk(&[Root::Embedded], Links::Within, export::INDEX, &mut bulk)
        .expect("the articles can be read");
    let engine = Engine::load(&String::from_utf8(bulk).expect("JSON is UTF-8"));
    let manual = KnowledgeBase::open(Root::Embedded).expect("it is built");
    let searcher = manual.searcher();
    let options = AnswerOptions::at(date(2026, 11, 23).at(9, 30, 0, 0));

    let mut asked = 0;
    let mut other = Vec::new();
    for article in &kb::embedded().articles {
        for sample in &article.samples {
            let answer = manual.answer(&sample.text, &options).expect("the index is sound");
            for found in answer.incidents {
                let Some(remedy) = found.remedies.first() else { continue };
                asked += 1;
                let first = engine.first(&export::query(&searcher, &found.incident));
                if first != Some(remedy.id.as_str()) {
                    let message = &found.incident.masked;
                    other.push(format!(
                        "{} instead of {}: {message}",
                        first.unwrap_or("-"),
                        remedy.id
                    ));
                }
            }
        }
    }
    assert!(asked >= 50, "{asked} incidents of samples have a remedy");
    assert_eq!(other, OTHER, "of {asked}");
}
