//! Notices: articles that are above the answers of their product while they last, such as one on an outage.

use std::collections::BTreeSet;

use super::answer::{IncidentAnswer, Notice};
use super::options::AnswerOptions;
use super::retrieve::retriever::articles_of;
use super::retrieve::statistics::Statistics;
use super::searcher::Searcher;
use crate::index::{Field, PINNED_KEY, Result};

/// How many notices are above an answer.
const MOST: usize = 3;

impl Searcher {
    /// The notices for what was answered, those that end first on top. One without a last day is none: nobody would
    /// take it down.
    pub(super) fn notices(
        &self,
        incidents: &[IncidentAnswer],
        options: &AnswerOptions,
    ) -> Result<Vec<Notice>> {
        let info = Statistics::new(self.snapshot()).term(Field::Code, PINNED_KEY);
        let mut products: BTreeSet<&str> = options.product.as_deref().into_iter().collect();
        for answer in incidents {
            products.extend(answer.incident.product.as_deref());
            products.extend(answer.scope.iter().flat_map(|it| &it.products).map(String::as_str));
            products.extend(answer.remedies.iter().filter_map(|it| it.product.as_deref()));
        }
        let mut notices = Vec::new();
        for address in articles_of(&info) {
            let article = self.snapshot().article(address)?;
            let last = article.valid_until.filter(|last| *last >= options.today);
            let Some(valid_until) = last else { continue };
            if article.product.as_deref().is_some_and(|product| !products.contains(product)) {
                continue;
            }
            let text = self.snapshot().text(address)?;
            notices.push(Notice {
                id: article.id,
                title: article.title,
                product: article.product,
                valid_until,
                text: text.markdown,
                path: article.path,
                line: text.line,
            });
        }
        notices
            .sort_by(|one, other| (one.valid_until, &one.id).cmp(&(other.valid_until, &other.id)));
        notices.truncate(MOST);
        Ok(notices)
    }
}
