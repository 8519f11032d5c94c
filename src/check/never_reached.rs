//! Articles that no judged question brings up.

use super::rule::{Context, rule};

rule! {
    "never-reached", Info,
    "どの質問にも出てこない記事", "articles that no judged question brings up",
    "この記事で解決した問い合わせを評価に加えます。それでも出てこなければ、問い合わせの言葉を記事に書きます",
    "add an inquiry that the article has solved to the judged set; where it still does not come up, write the inquiry's words into the article"
}

fn check(context: &mut Context<'_>) {
    let Some(reached) = &context.options.reached else { return };
    context.report_articles(
        |article| !reached.contains(&article.id),
        "評価の質問とログのどれにも、この記事は出てきません",
        "none of the judged questions and logs brings up this article",
    );
}

#[cfg(test)]
mod tests {
    use crate::check::example::knowledge_base;
    use crate::check::{CheckOptions, run};

    /// The files that are told where judged questions bring up the articles `reached`.
    fn found(reached: Option<&[&str]>) -> Vec<String> {
        let base = knowledge_base(&[("a.md", "# 題\n\n本文\n"), ("b.md", "# 題\n\n本文\n")]);
        let reached = reached.map(|ids| ids.iter().map(|id| (*id).to_owned()).collect());
        let options = CheckOptions { reached, ..CheckOptions::default() };
        let findings = run(&base, &options, &[]).into_iter();
        let of_rule = findings.filter(|finding| finding.rule == super::RULE.id);
        of_rule.filter_map(|finding| Some(finding.location.file?.to_string())).collect()
    }

    #[test]
    fn the_failing_example_is_found() {
        assert_eq!(found(Some(&["a"])), ["b.md"]);
    }

    #[test]
    fn the_passing_example_is_not() {
        assert_eq!(found(Some(&["a", "b"])), [""; 0]);
        assert_eq!(found(None), [""; 0], "no questions were given");
    }
}
