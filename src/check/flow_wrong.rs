//! Check flows and conditions that cannot be read, or that lead nowhere.

use super::rule::{Context, line_of_key, rule};
use crate::flow::{self, Condition, Declared, Gravity};
use crate::kb::{self, Level};
use crate::source::Phrase;

rule! { "flow-wrong", Error, "確認フローと条件の間違い", "mistakes in check flows and conditions" }

fn check(context: &mut Context<'_>) {
    let base = context.base;
    // A team's own flows may lead to shipped articles.
    let mut articles = base.articles.clone();
    if base.settings.base {
        articles.extend(kb::embedded().articles.iter().cloned());
    }
    let told = context.severity;
    for flow in base.resources.parsed_flows() {
        for problem in flow::check(&flow, &articles) {
            // A small fault of a flow is never worse than a warning.
            let mild = problem.gravity == Gravity::Warning && told == Level::Error;
            context.severity = if mild { Level::Warning } else { told };
            let hint = problem.hint.unwrap_or_else(|| {
                Phrase::new(
                    "確認フローの書き方は、docs/checks.md の flow-wrong にあります",
                    "docs/checks.md tells under flow-wrong how a flow is written",
                )
            });
            context.report_at(&problem.path, problem.line, problem.message, hint);
        }
    }
    context.severity = told;
    for article in &base.articles {
        for written in &article.when {
            // Nothing declares what an article's conditions name; types and contradictions show even so.
            let problems = match Condition::parse(written) {
                Ok(condition) => condition.problems(&|_| Declared::Any),
                Err(error) => vec![error],
            };
            for problem in problems {
                let line = line_of_key(article, &["when", "条件"]);
                context.report(article, line, problem.message, problem.hint);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::example::{found_in, knowledge_base};
    use super::*;
    use crate::kb::{Documents, TextFile};

    /// A flow of one check, and an article with a condition.
    fn base(case: &str, when: &str) -> Documents {
        let article = format!("---\ntitle: 題\nwhen: ['{when}']\n---\n本文\n");
        let mut base = knowledge_base(&[("a.md", &article)]);
        let text = format!(
            "# 題\n\n## 使う項目\n\n| 項目 | 型 |\n|---|---|\n| 台数 | 数 |\n\n## 1 先\n\n- {case}\n"
        );
        base.resources.flows = vec![TextFile { layer: 1, path: "flows/f.md".to_owned(), text }];
        base
    }

    #[test]
    fn the_failing_example_is_found() {
        let base = base("「台数」> 1 → 原因: 多い [対処](../b.md)", "「台数」>");
        let places = [("a.md".to_owned(), 3), ("flows/f.md".to_owned(), 11)];
        assert_eq!(found_in(&RULE, &base), places);
        for never in ["「台数」> 1 かつ「台数」< 1", "現在 > 5"] {
            let base = self::base("「台数」> 1 → 原因: 多い [対処](../a.md)", never);
            assert_eq!(found_in(&RULE, &base), [("a.md".to_owned(), 3)], "{never}");
        }
    }

    #[test]
    fn the_passing_example_is_not() {
        let base = base("「台数」> 1 → 原因: 多い [対処](../a.md)", "「台数」> 1");
        assert_eq!(found_in(&RULE, &base), []);
    }
}
