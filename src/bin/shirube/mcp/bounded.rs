//! Keeps an answer within what a model can read.

use crate::errors::phrase;
use shirube::report;
use shirube::search::{Answer, ArticleText};
use shirube::source::{Language, Warning};

/// How many bytes a document may have: some thirty thousand tokens.
pub(super) const MOST_BYTES: usize = 128 * 1024;

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Document {
    pub(super) json: String,
    pub(super) shortened: bool,
}

/// The answer as the command line writes it. Where that is too long, the incidents that matter least are left out,
/// and a warning says how many.
pub(super) fn answer(mut answer: Answer, language: Language) -> Document {
    let mut json = report::json(&answer, language);
    let (all, shortened) = (answer.incidents.len(), json.len() > MOST_BYTES);
    // The size of an incident does not depend on the others, so half of them take about half.
    while json.len() > MOST_BYTES && !answer.incidents.is_empty() {
        let count = answer.incidents.len();
        cut(&mut answer, (count * MOST_BYTES / json.len()).min(count - 1));
        let left_out = all - answer.incidents.len();
        answer.warnings.retain(|warning| !is_ours(warning));
        answer.warnings.push(left_out_warning(left_out));
        json = report::json(&answer, language);
    }
    if json.len() > MOST_BYTES {
        // Flows and warnings alone are too much.
        answer.flows.clear();
        answer.reached.clear();
        answer.warnings.retain(is_ours);
        json = report::json(&answer, language);
    }
    Document { json, shortened }
}

/// Keeps the first incidents, and in the flows what refers to them.
fn cut(answer: &mut Answer, keep: usize) {
    answer.incidents.truncate(keep);
    for step in answer.flows.iter_mut().flat_map(|flow| &mut flow.steps) {
        step.incidents.retain(|incident| *incident < keep);
    }
}

const LEFT_OUT: &str = "further incidents are left out";

fn is_ours(warning: &Warning) -> bool {
    warning.file.is_none() && warning.message.text(Language::En).contains(LEFT_OUT)
}

fn left_out_warning(count: usize) -> Warning {
    Warning {
        file: None,
        line: None,
        message: phrase!(
            "長すぎるため、ほかの{count}件の事象を省きました。ログを分けて渡してください",
            "{count} {LEFT_OUT}, since the answer is too long; give the log in parts"
        ),
    }
}

/// The article as the other interfaces write it; a Markdown that is too long ends early, at a line.
pub(super) fn article(mut article: ArticleText, today: jiff::civil::Date) -> Document {
    let mut json = report::article_json(&article, today);
    let (mut keep, shortened) = (MOST_BYTES, json.len() > MOST_BYTES);
    while json.len() > MOST_BYTES && keep > 0 {
        keep /= 2;
        let end = article.markdown.floor_char_boundary(keep);
        article.markdown.truncate(end);
        article.markdown.truncate(article.markdown.rfind('\n').map_or(end, |at| at + 1));
        json = report::article_json(&article, today);
    }
    Document { json, shortened }
}
