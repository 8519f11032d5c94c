//! Where an article that is looked for is in two rankings.

use std::cmp::Ordering;

use super::trec::{Judgements, Run};

/// Something that is to bring up an article, and where it did so before and does so now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RankChange {
    /// The id of a query, or the place of a sample.
    pub name: String,
    /// The article that is looked for; of several the one that comes first now, else before.
    pub article: String,
    /// Its rank before, from 1; `None` where it did not come up.
    pub before: Option<usize>,
    pub now: Option<usize>,
}

impl RankChange {
    /// Whether it is higher now (`Greater`), lower (`Less`), or where it was.
    pub fn direction(&self) -> Ordering {
        // A passage that is not found ranks below everything.
        let depth = |rank: Option<usize>| rank.unwrap_or(usize::MAX);
        depth(self.before).cmp(&depth(self.now))
    }
}

/// Compares, for every judged query, the rank of the first relevant article in two runs; in order of the
/// queries' ids.
pub fn rank_changes(judgements: &Judgements, before: &Run, now: &Run) -> Vec<RankChange> {
    let compared = judgements.0.iter().filter_map(|(query, relevant)| {
        let first = |run: &Run| {
            let (_, found) = run.0.iter().find(|(id, _)| id == query)?;
            let mut found = found.iter().enumerate();
            found
                .find(|(_, it)| relevant.get(&it.article).is_some_and(|grade| *grade > 0))
                .map(|(place, it)| (place + 1, it.article.clone()))
        };
        let (was, is) = (first(before), first(now));
        let any = || relevant.iter().find(|(_, grade)| **grade > 0).map(|(id, _)| id.clone());
        let article = is.as_ref().or(was.as_ref()).map(|(_, article)| article.clone());
        Some(RankChange {
            name: query.clone(),
            article: article.or_else(any)?,
            before: was.map(|(rank, _)| rank),
            now: is.map(|(rank, _)| rank),
        })
    });
    compared.collect()
}

#[cfg(test)]
mod tests {
    use super::super::trec::tests::run;
    use super::*;

    #[test]
    fn what_does_not_come_up_is_worse_than_what_does() {
        let judgements = Judgements::parse("a 0 x 1\nb 0 x 1\nc 0 x 1\nc 0 y 0\nd 0 x 0\n");
        let judgements = judgements.expect("well formed");
        let before = run(&[("a", &["x"]), ("b", &["y"]), ("c", &["y", "x"])]);
        let now = run(&[("a", &["y"]), ("b", &["y", "z", "x"]), ("c", &["y", "x"])]);
        let told: Vec<String> = rank_changes(&judgements, &before, &now)
            .iter()
            .map(|it| format!("{} {:?} {:?} {:?}", it.name, it.before, it.now, it.direction()))
            .collect();
        let expected = ["a Some(1) None Less", "b None Some(3) Greater", "c Some(2) Some(2) Equal"];
        assert_eq!(told, expected);
    }
}
