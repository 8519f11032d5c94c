//! The history of a server that was told to remember: what was asked, and what solved it last time.
//!
//! Of a paste nothing is kept but signatures and ids; of what people write, a masked note.

use std::collections::{BTreeMap, HashMap};

use jiff::civil::DateTime;
use serde::{Deserialize, Serialize};

use super::Feedback;
use super::line::{digits, second};
use super::miss::{hide_codes, show_codes};
use crate::facts::{Private, Signature};
use crate::search::{Answer, IncidentAnswer, LastTime, tells_trouble};
use crate::source::steers;

/// How many characters a note may have: a ticket's number and a sentence.
pub const LONGEST_NOTE: usize = 200;
/// How many incidents of one paste are kept; the answer has those that matter first.
const MOST_OF_ONE_PASTE: usize = 50;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Asked {
    /// When it was asked, on the server's clock.
    #[serde(with = "second")]
    pub at: DateTime,
    #[serde(with = "digits")]
    pub signature: Signature,
    /// The console, where it is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub product: Option<String>,
    /// The article that answers it, or the nearest.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub article: Option<String>,
    pub answered: bool,
}

impl Asked {
    /// The incidents of an answer that tell of trouble or have a remedy, at most fifty.
    pub fn of(answer: &Answer, at: DateTime) -> Vec<Self> {
        let matters = |it: &&IncidentAnswer| !it.remedies.is_empty() || tells_trouble(&it.incident);
        let incidents = answer.incidents.iter().filter(matters).take(MOST_OF_ONE_PASTE);
        let asked = incidents.map(|it| {
            let first = it.remedies.first().or_else(|| it.related.first());
            Self {
                at,
                signature: it.incident.signature,
                product: it.incident.product.clone().or_else(|| first?.product.clone()),
                article: first.map(|remedy| remedy.id.clone()),
                answered: !it.remedies.is_empty(),
            }
        });
        asked.collect()
    }
}

/// A note as it is kept: on one line, without people and places. A ticket's number has the form of a code, and stays.
pub fn masked_note(note: &str) -> String {
    let plain = note.replace(|it: char| it.is_control() || steers(it), " ");
    let (hidden, codes) = hide_codes(&plain);
    let masked = show_codes(&Private::default().mask(&hidden), &codes);
    masked.split_whitespace().collect::<Vec<&str>>().join(" ").chars().take(LONGEST_NOTE).collect()
}

/// The remedy that solved each incident last; one of which somebody said later that it did not help is none.
pub fn last_times(feedback: &[Feedback]) -> HashMap<Signature, LastTime> {
    let mut last: HashMap<Signature, LastTime> = HashMap::new();
    for said in feedback {
        let Feedback { at, signature, article, helped, note } = said;
        if *helped {
            let (article, note) = (article.clone(), note.clone());
            last.insert(*signature, LastTime { at: *at, title: article.clone(), article, note });
        } else if last.get(signature).is_some_and(|it| it.article == *article) {
            last.remove(signature);
        }
    }
    last
}

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Statistic {
    /// The console; empty where it is not known.
    pub product: String,
    /// The id of the article; empty where none is near.
    pub article: String,
    /// How many incidents were asked about.
    pub asked: u64,
    /// How many of them got a remedy.
    pub answered: u64,
    /// How often somebody said that the remedy solved it.
    pub solved: u64,
}

/// The statistics by product and cause, those first that were asked about most often.
pub fn statistics(asked: &[Asked], feedback: &[Feedback]) -> Vec<Statistic> {
    let mut rows: BTreeMap<(&str, &str), Statistic> = BTreeMap::new();
    let mut products: HashMap<Signature, &str> = HashMap::new();
    for it in asked {
        let product = it.product.as_deref().unwrap_or_default();
        products.insert(it.signature, product);
        let row = rows.entry((product, it.article.as_deref().unwrap_or_default())).or_default();
        row.asked += 1;
        row.answered += u64::from(it.answered);
    }
    for said in feedback.iter().filter(|said| said.helped) {
        let product = products.get(&said.signature).copied().unwrap_or_default();
        rows.entry((product, &said.article)).or_default().solved += 1;
    }
    let named = rows.into_iter().map(|((product, article), row)| Statistic {
        product: product.to_owned(),
        article: article.to_owned(),
        ..row
    });
    let mut rows: Vec<Statistic> = named.collect();
    // The sort is stable: equals stay in order of product and id.
    rows.sort_by_key(|row| std::cmp::Reverse((row.asked, row.solved)));
    rows
}

#[cfg(test)]
pub(super) mod tests {
    use jiff::civil::date;

    use super::*;

    pub(crate) fn said(day: i8, signature: u64, article: &str, helped: bool) -> Feedback {
        Feedback {
            at: date(2026, 11, day).at(9, 0, 0, 0),
            signature: Signature(signature),
            article: article.to_owned(),
            helped,
            note: format!("INC-{day}"),
        }
    }

    #[test]
    fn the_last_remedy_that_helped_is_remembered() {
        let last = last_times(&[
            said(1, 7, "a", true),
            said(2, 7, "b", true),
            said(3, 7, "a", false),
            said(1, 8, "a", true),
            said(2, 8, "a", false),
        ]);
        let it = &last[&Signature(7)];
        assert_eq!((it.article.as_str(), it.note.as_str()), ("b", "INC-2"));
        assert!(!last.contains_key(&Signature(8)), "it was taken back");
    }

    crate::source::cases! {
        notes_that_are_kept: masked_note;
    }

    #[test]
    fn a_note_is_short_and_steers_nothing() {
        assert_eq!(masked_note(&"あ".repeat(100_000)).chars().count(), LONGEST_NOTE);
        assert_eq!(masked_note(" \u{202e} \n"), "");
    }

    #[test]
    fn causes_are_counted_by_product() {
        let asked = |signature, product: &str, article: Option<&str>, answered| Asked {
            at: date(2026, 11, 20).at(9, 0, 0, 0),
            signature: Signature(signature),
            product: Some(product.to_owned()),
            article: article.map(str::to_owned),
            answered,
        };
        let asked = [
            asked(1, "Intune", Some("a"), true),
            asked(2, "Intune", Some("a"), false),
            asked(3, "Jamf Pro", None, false),
        ];
        let rows = statistics(&asked, &[said(20, 1, "a", true), said(20, 9, "z", true)]);
        let told: Vec<_> = rows
            .iter()
            .map(|it| (it.product.as_str(), it.article.as_str(), it.asked, it.answered, it.solved))
            .collect();
        let expected = [("Intune", "a", 2, 1, 1), ("Jamf Pro", "", 1, 0, 0), ("", "z", 0, 0, 1)];
        assert_eq!(told, expected);
    }
}
