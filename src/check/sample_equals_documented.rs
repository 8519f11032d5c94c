use super::rule::{Context, rule, rule_examples};
use crate::article::{Part, Template};
use crate::source::phrase;

rule! {
    "sample-equals-documented", Warning,
    "記事の文面と同じログの例", "samples that repeat the documented wording",
    "名前・日時・番号などを変え、実際に届く形（前後の列を含む）にします。同じ文面では、ゆれても見つかることを確かめられません",
    "change names, times and numbers, and give it the form in which it arrives; the same wording proves nothing"
}

fn check(context: &mut Context<'_>) {
    for article in &context.base.articles {
        for sample in &article.samples {
            let text = sample.text.trim();
            let repeated = article.templates.iter().find(|template| repeats(text, template));
            let Some(Template { line, .. }) = repeated else { continue };
            let message = phrase!(
                "このログの例は、{line}行目の文面と同じです",
                "this sample repeats the wording of line {line}"
            );
            context.report(&article.path, sample.line, message);
        }
    }
}

/// Whether the sample is the wording, or holds it with its variable parts as documented.
fn repeats(sample: &str, template: &Template) -> bool {
    const SHORTEST: usize = 8;
    let varies = template.parts.iter().any(|part| matches!(part, Part::Wildcard(_)))
        || template.written.contains(|c: char| c.is_ascii_digit());
    sample == template.written
        || varies
            && template.written.chars().count() >= SHORTEST
            && sample.contains(template.written.as_str())
}

rule_examples! {
    failing: [
        ("a.md", "「同期が必要です」と出ます。\n\n```log\n同期が必要です\n```\n"),
        ("b.md", "「端末\"mori\"は応答しません」と出ます。\n\n```log\n15:43 端末\"mori\"は応答しません\n```\n"),
    ] => [("a.md", 3), ("b.md", 3)],
    passing: [
        ("a.md", "「同期が必要です」と出ます。\n\n```log\n2022-11-10 端末1 同期が必要です\n```\n"),
        ("b.md", "「端末\"mori\"は応答しません」と出ます。\n\n```log\n15:43 端末\"sato\"は応答しません\n```\n"),
    ],
}
