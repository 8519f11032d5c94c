//! How sure a person may be of a remedy: a word, not a number.

use super::answer::{Evidence, Remedy};
use super::weights::{HIGH, MEDIUM, SAME_WORDING};
use crate::facts::Relation;
use crate::source::named;

named! {
    /// How sure a person may be that a remedy is the right one.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
    pub(crate) enum Level {
        Low = "low",
        Medium = "medium",
        High = "high",
    }
}

impl Remedy {
    /// How sure a person may be. A remedy that destroys something and rests on a near match is never more than half sure.
    pub(crate) fn level(&self) -> Level {
        let told = match self.confidence {
            value if value >= HIGH => Level::High,
            value if value >= MEDIUM => Level::Medium,
            _ => Level::Low,
        };
        if self.destructive && self.rests_on_a_near_match() {
            return told.min(Level::Medium);
        }
        told
    }

    /// Whether nothing that was pasted is, to the letter or by the dictionary, what the article
    /// treats: another code, or a wording that differs in more than its variable parts.
    fn rests_on_a_near_match(&self) -> bool {
        let mut identical = false;
        let mut near_code = false;
        for evidence in &self.evidence {
            match evidence {
                Evidence::Message { similarity, .. } => identical |= *similarity >= SAME_WORDING,
                Evidence::Status { log, article, .. } => identical |= log == article,
                Evidence::Code { relation: Relation::Near, .. } => near_code = true,
                Evidence::Code { .. } => identical = true,
                _ => {}
            }
        }
        let other_code = near_code && !self.evidence.iter().any(Evidence::is_the_code);
        !identical || other_code
    }
}

impl Evidence {
    /// Whether it is the very code of the log, or another number of the same error.
    pub(crate) fn is_the_code(&self) -> bool {
        matches!(self, Self::Code { relation: Relation::Exact | Relation::Same, .. })
    }
}
