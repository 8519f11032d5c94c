//! The samples of a knowledge base, run: at which rank each brings up its article.

use xxhash_rust::xxh3::xxh3_64;

use crate::article::Documents;

/// Among how many a sample marked `log shared` must stand.
const SHARED: usize = 3;

/// Gives the ids of the articles that a paste brings up, best first.
pub type Search<'s> = dyn FnMut(&str) -> Vec<String> + 's;

/// A sample, and where it brings up its article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SampleRank {
    /// The id of the article.
    pub article: String,
    /// The article's file, relative to the knowledge base.
    pub path: String,
    /// The file's line that the sample begins at, 1-based.
    pub line: u32,
    /// Whether several articles treat what it shows (`log shared`).
    pub shared: bool,
    /// The rank of the article, from 1; `None` where it was not among those that came up.
    pub rank: Option<usize>,
    /// The id of the article that comes first.
    pub first: Option<String>,
    /// The same for the same paste of the same article, wherever in the file it stands.
    pub fingerprint: u64,
}

impl SampleRank {
    /// Whether the article comes up where it must: first, or among the first three where it shares.
    #[must_use]
    pub fn passes(&self) -> bool {
        let allowed = if self.shared { SHARED } else { 1 };
        self.rank.is_some_and(|rank| rank <= allowed)
    }
}

/// Searches with every sample of a knowledge base, in the order of articles and lines.
pub fn run_samples(base: &Documents, search: &mut Search<'_>) -> Vec<SampleRank> {
    let mut ranks = Vec::new();
    for article in &base.articles {
        for sample in &article.samples {
            let found = search(&sample.text);
            let rank = found.iter().position(|id| *id == article.id).map(|before| before + 1);
            ranks.push(SampleRank {
                article: article.id.clone(),
                path: article.path.clone(),
                line: sample.line,
                shared: sample.shared,
                rank,
                first: found.into_iter().next(),
                fingerprint: xxh3_64(format!("{}\0{}", article.id, sample.text.trim()).as_bytes()),
            });
        }
    }
    ranks
}

#[cfg(test)]
mod tests {
    use super::super::example::knowledge_base;
    use super::*;

    #[test]
    fn every_sample_has_its_rank() {
        let base = knowledge_base(&[
            ("a.md", "本文\n\n```log\none\n```\n\n```log shared\ntwo\n```\n"),
            ("b.md", "本文\n\n```log\none\n```\n"),
        ]);
        let mut search = |paste: &str| match paste.trim() {
            "one" => vec!["a".to_owned(), "b".to_owned()],
            _ => vec!["x".to_owned(), "y".to_owned(), "a".to_owned()],
        };
        let ranks = run_samples(&base, &mut search);
        let told: Vec<_> =
            ranks.iter().map(|it| (it.article.as_str(), it.line, it.rank, it.passes())).collect();
        assert_eq!(
            told,
            [("a", 3, Some(1), true), ("a", 7, Some(3), true), ("b", 3, Some(2), false)]
        );
        assert_eq!(ranks.iter().filter(|it| it.fingerprint == ranks[0].fingerprint).count(), 1);
    }
}
