use super::rule::{Context, rule, rule_examples};
use crate::article::{TemplateOrigin, tells};
use crate::source::phrase;

rule! {
    "template-too-short", Warning, "短すぎる文面", "messages that are too short",
    "ログに出る文を、省かずに書きます。短い状態の名前なら statuses: に書きます",
    "write the whole sentence of the log; the name of a state belongs into `statuses:`"
}

fn check(context: &mut Context<'_>) {
    for article in &context.base.articles {
        let declared = article.templates.iter().filter(|t| t.origin == TemplateOrigin::Message);
        for template in declared.filter(|template| !tells(template)) {
            let written = &template.written;
            let message = phrase!(
                "文面「{written}」は、決まった言葉が少なすぎます",
                "the message `{written}` has too few fixed words"
            );
            context.report(&article.path, template.line, message);
        }
    }
}

rule_examples! {
    failing: [("a.md", "---\nmessages:\n  - 設定 {x}\n---\n本文\n")] => [("a.md", 3)],
    passing: [("a.md", "---\nmessages:\n  - 設定 {x} を変更できません。\n---\n本文\n")],
}
