//! Check flows and conditions that cannot be read, or that lead nowhere.

use super::rule::{Context, line_of_key, rule, rule_examples};
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
            context.report_with(hint, &problem.path, problem.line, problem.message);
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
                context.report_with(problem.hint, &article.path, line, problem.message);
            }
        }
    }
}

rule_examples! {
    failing: [
        ("a.md", "---\ntitle: 題\nwhen: ['「台数」>']\n---\n本文\n"),
        ("c.md", "---\ntitle: 題\nwhen: ['「台数」> 1 かつ「台数」< 1']\n---\n本文\n"),
        ("d.md", "---\ntitle: 題\nwhen: ['現在 > 5']\n---\n本文\n"),
        ("flows/f.md", "# 題\n\n## 使う項目\n\n| 項目 | 型 |\n|---|---|\n| 台数 | 数 |\n\n## 1 先\n\n- 「台数」> 1 → 原因: 多い [対処](../b.md)\n"),
    ] => [("a.md", 3), ("c.md", 3), ("d.md", 3), ("flows/f.md", 11)],
    passing: [("a.md", "---\ntitle: 題\nwhen: ['「台数」> 1']\n---\n本文\n"), ("flows/f.md", "# 題\n\n## 使う項目\n\n| 項目 | 型 |\n|---|---|\n| 台数 | 数 |\n\n## 1 先\n\n- 「台数」> 1 → 原因: 多い [対処](../a.md)\n")],
}
