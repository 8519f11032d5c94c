use super::rule::{Context, rule, rule_examples};
use crate::source::{Phrase, phrase};

rule! {
    "sample-rank", Error,
    "自分の記事を見つけられないログの例", "samples that do not bring up their article",
    "記事にこの文面を書く（messages: か「」）、もう片方の記事から外す、または複数の記事で扱うなら「log shared」にします",
    "document the wording (`messages:` or a quotation), take it out of the other article, or mark the fence `log shared` where several treat it"
}

fn check(context: &mut Context<'_>) {
    for sample in context.samples.iter().filter(|sample| !sample.is_high_enough()) {
        let message = match (sample.rank, &sample.first) {
            (Some(rank), Some(first)) => phrase!(
                "このログの例では、この記事は{rank}番目です。1番目は {first} です",
                "for this sample the article comes {rank}, {first} comes first"
            ),
            (None, Some(first)) => phrase!(
                "このログの例では、この記事は見つかりません。1番目は {first} です",
                "this sample does not bring up the article; {first} comes first"
            ),
            _ => Phrase::new(
                "このログの例では、どの記事も見つかりません",
                "this sample brings up no article",
            ),
        };
        context.report(&sample.path, sample.line, message);
    }
}

rule_examples! {
    failing: [
        ("a.md", "本文\n\n```log\n@b @a\n```\n\n```log\n@b\n```\n\n```log\nx\n```\n"),
        ("b.md", "本文\n\n```log shared\n@c @d @e @b\n```\n"),
    ] => [("a.md", 3), ("a.md", 7), ("a.md", 11), ("b.md", 3)],
    passing: [
        ("a.md", "本文\n\n```log\n@a @b\n```\n"),
        ("b.md", "本文\n\n```log shared\n@c @d @b\n```\n"),
    ],
}
