//! Feedback of people on the remedies that they were shown.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::DateTime;
use serde::{Deserialize, Serialize};

use super::line::{digits, second};
use crate::facts::Signature;

/// Whether a remedy solved the problem, as the person said who was shown it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Feedback {
    /// When it was said, on the user's clock.
    #[serde(with = "second")]
    pub at: DateTime,
    #[serde(with = "digits")]
    pub signature: Signature,
    pub article: String,
    pub helped: bool,
    /// A masked note for whoever meets it next, as a ticket's number; empty where there is none.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
}

/// Why nobody will write an article for a problem.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Closing {
    /// When it was closed, on the user's clock.
    #[serde(with = "second")]
    pub at: DateTime,
    #[serde(with = "digits")]
    pub signature: Signature,
    pub reason: String,
}

/// How often an article helped, and how often it was shown in vain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Helpfulness {
    pub article: String,
    /// How often it solved the problem.
    pub helped: u64,
    /// How often it did not.
    pub in_vain: u64,
    /// The incidents that it did not solve, in order of signature.
    pub unsolved: Vec<Signature>,
    /// When something was last said of it.
    pub last: DateTime,
}

/// The outcomes of all articles that something was said of, those first that were shown in vain most often.
pub fn outcomes(feedback: &[Feedback]) -> Vec<Helpfulness> {
    let mut articles: BTreeMap<&str, Vec<&Feedback>> = BTreeMap::new();
    for said in feedback {
        articles.entry(&said.article).or_default().push(said);
    }
    let mut outcomes: Vec<Helpfulness> = articles
        .into_iter()
        .filter_map(|(article, said)| {
            let helped = said.iter().filter(|said| said.helped).count();
            let unsolved: BTreeSet<Signature> =
                said.iter().filter(|said| !said.helped).map(|said| said.signature).collect();
            Some(Helpfulness {
                article: article.to_owned(),
                helped: helped as u64,
                in_vain: (said.len() - helped) as u64,
                unsolved: unsolved.into_iter().collect(),
                last: said.iter().map(|said| said.at).max()?,
            })
        })
        .collect();
    // The sort is stable: equals stay in order of id.
    outcomes.sort_by_key(|outcome| {
        (std::cmp::Reverse(outcome.in_vain), std::cmp::Reverse(outcome.helped))
    });
    outcomes
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::super::history::tests::said;
    use super::*;

    #[test]
    fn what_was_shown_in_vain_comes_first() {
        let outcomes = outcomes(&[
            said(1, 7, "a", true),
            said(3, 9, "b", false),
            said(2, 8, "b", false),
            said(1, 8, "b", true),
        ]);
        let told: Vec<_> =
            outcomes.iter().map(|it| (it.article.as_str(), it.helped, it.in_vain)).collect();
        assert_eq!(told, [("b", 1, 2), ("a", 1, 0)]);
        assert_eq!(outcomes[0].unsolved, [Signature(8), Signature(9)]);
        assert_eq!(outcomes[0].last, date(2026, 11, 3).at(9, 0, 0, 0));
    }
}
