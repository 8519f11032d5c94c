//! The state of a knowledge base on one page of HTML, for the team that keeps it.
//!
//! 1. `facts` draws from articles, findings, samples, misses and feedback what the page says;
//! 2. `plot` gives the lines of the plots their places;
//! 3. `templates/overview.html` is filled with both. The page holds everything that it needs: no network, no script; its
//!    content security policy forbids both, and every text is escaped by the template.

mod facts;
mod plot;

use askama::Template;
use jiff::civil::DateTime;

use crate::article::Article;
use crate::check::{Age, Finding, SampleRank, SampleRun};
use crate::facts::CodeDictionary;
use crate::kb::Level;
use crate::misses::{Asked, Feedback, Helpfulness, Miss, Statistic};
// Nothing of a text from outside can turn the direction of the page.
use crate::report::view::sanitized as shown;
use crate::source::Language;
use facts::{Coverage, Freshness, Samples};

/// The sources of the page.
#[derive(Debug, Clone, Copy)]
pub struct Overview<'o> {
    /// The name of the knowledge base.
    pub name: &'o str,
    /// When the page is made, on the user's clock.
    pub now: DateTime,
    /// The language of the page.
    pub language: Language,
    /// After how long an article is stale.
    pub stale: Age,
    /// The articles.
    pub articles: &'o [&'o Article],
    /// The codes.
    pub codes: &'o CodeDictionary,
    /// The findings of the rules.
    pub findings: &'o [Finding],
    /// The samples of this run.
    pub samples: &'o [SampleRank],
    /// The runs so far, this one last.
    pub history: &'o [SampleRun],
    /// Pastes that were not answered.
    pub misses: &'o [Miss],
    /// Feedback on remedies.
    pub feedback: &'o [Feedback],
    /// The incidents that were asked about.
    pub asked: &'o [Asked],
}

/// The page, with everything that it needs.
#[must_use]
pub fn overview_html(overview: &Overview<'_>) -> String {
    let page = Page {
        overview,
        errors: told(overview, Level::Error),
        warnings: told(overview, Level::Warning),
        coverage: facts::coverage(overview),
        freshness: facts::freshness(overview),
        collisions: facts::collisions(overview),
        samples: facts::samples(overview),
        remedies: facts::remedies(overview),
        causes: facts::causes(overview),
    };
    let page = page.render();
    let mut page = page
        .expect("a template that compiles fails only where its writer does, and a string does not");
    page.push('\n');
    page
}

fn told(overview: &Overview<'_>, level: Level) -> usize {
    overview.findings.iter().filter(|finding| finding.severity == level).count()
}

#[derive(Template)]
#[template(path = "overview.html")]
struct Page<'o> {
    overview: &'o Overview<'o>,
    errors: usize,
    warnings: usize,
    coverage: Coverage<'o>,
    freshness: Freshness<'o>,
    collisions: Vec<&'o Finding>,
    samples: Samples<'o>,
    remedies: Vec<(Helpfulness, Option<String>, u64)>,
    /// The causes, each with its title where its article is there.
    causes: Vec<(Statistic, Option<String>)>,
}

#[cfg(test)]
mod tests;
