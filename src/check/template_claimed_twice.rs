use std::collections::BTreeMap;

use super::rule::{Context, rule, rule_examples};
use super::scope::overlap;
use crate::article::{Article, Part, Template, TemplateOrigin};
use crate::source::phrase;

rule! {
    "template-claimed-twice", Error,
    "2つの記事が自分のものとする文面", "wordings that two articles claim",
    "片方のmessagesから外し、そこからもう片方の記事へリンクします。製品やOSが違うなら product: や platforms: を書きます",
    "take it out of one and link to the other, or tell them apart by `product:` or `platforms:`"
}

fn check(context: &mut Context<'_>) {
    let mut claims: BTreeMap<String, Vec<(&Article, &Template)>> = BTreeMap::new();
    for article in &context.base.articles {
        // A quotation may only mention another article's message; `messages:` claims it.
        for template in article.templates.iter().filter(|t| t.origin == TemplateOrigin::Message) {
            let claims = claims.entry(fixed_words(template)).or_default();
            if !claims.iter().any(|(other, _)| other.path == article.path) {
                claims.push((article, template));
            }
        }
    }
    for claims in claims.values() {
        for (number, (article, template)) in claims.iter().enumerate() {
            let other = claims.iter().take(number).find(|(other, _)| overlap(article, other));
            let Some((Article { path, .. }, _)) = other else { continue };
            let message = phrase!(
                "この文面は {path} もmessagesに書いています",
                "{path} declares this message too"
            );
            context.report(&article.path, template.line, message);
        }
    }
}

/// The parts of a wording that every such message has, without white space.
fn fixed_words(template: &Template) -> String {
    template
        .parts
        .iter()
        .map(|part| match part {
            Part::Literal(text) => text.split_whitespace().collect::<String>(),
            Part::Wildcard(_) => "\u{1}".to_owned(),
        })
        .collect()
}

rule_examples! {
    failing: [
        ("a.md", "---\nmessages: ['{profile}: 同期が必要です']\n---\n本文\n"),
        ("b.md", "---\ntitle: 題\nmessages: ['<名前>: 同期が必要です']\n---\n本文\n"),
    ] => [("b.md", 3)],
    passing: [
        ("a.md", "---\nproduct: A\nmessages: ['{profile}: 同期が必要です']\n---\n本文\n"),
        ("b.md", "---\nproduct: B\nmessages: ['<名前>: 同期が必要です']\n---\n本文\n"),
        ("c.md", "「x: 同期が必要です」は別の記事を見てください。\n"),
    ],
}
