//! Patterns that match nothing, too much, or what another has already, and blanks that nothing fills.

use std::collections::BTreeSet;

use super::rule::{Context, rule, rule_examples};
use crate::article::{Article, Pattern, literal, steps};
use crate::source::{Phrase, phrase};

rule! {
    "pattern-wrong", Error,
    "一致しない、広すぎる、埋められないパターン",
    "patterns that match nothing or too much, and blanks that nothing fills"
}

/// One in so many samples of other articles may match by chance.
const ONE_IN: usize = 10;

fn check(context: &mut Context<'_>) {
    let base = context.base;
    for article in &base.articles {
        for pattern in &article.patterns {
            for (message, hint) in faults(pattern, article, &base.articles) {
                context.report_with(hint, &article.path, pattern.line, message);
            }
        }
        for (line, message, hint) in blanks(article).into_iter().chain(reworded(article)) {
            context.report_with(hint, &article.path, line, message);
        }
    }
}

type Fault = (Phrase, Phrase);

fn faults(pattern: &Pattern, article: &Article, articles: &[Article]) -> Vec<Fault> {
    if let Err(reason) = pattern.compile() {
        let hint = Phrase::new(
            "直すまで、このパターンは使いません",
            "until it is mended, the pattern is not used",
        );
        return vec![(reason, hint)];
    }
    let mut faults = Vec::new();
    match &pattern.sample {
        None if pattern.regex.is_some() => faults.push((
            Phrase::new("regex に sample がありません", "the regex has no sample"),
            Phrase::new(
                "一致するログの例を sample: に書きます",
                "write a line of a log that it matches",
            ),
        )),
        Some(sample) if pattern.find(sample).is_none() => faults.push(unmatched(pattern, sample)),
        _ => {}
    }
    if pattern.not.as_ref().is_some_and(|not| pattern.find(not).is_some()) {
        faults.push((
            Phrase::new("not の文面に一致します", "it matches a text under `not`"),
            Phrase::new("パターンを狭めます", "narrow the pattern"),
        ));
    }
    let expression = pattern.expression().unwrap_or_default();
    let others = articles.iter().filter(|other| other.id != article.id);
    let samples: Vec<&str> =
        others.clone().flat_map(|it| &it.samples).map(|it| it.text.as_str()).collect();
    let matched = samples.iter().filter(|sample| pattern.find(sample).is_some()).count();
    if literal(&expression).is_none() || matched > 0 && ONE_IN * matched >= samples.len() {
        let all = samples.len();
        let message = phrase!(
            "広すぎます（ほかの記事の例 {all}件のうち {matched}件に一致）",
            "too broad ({matched} of {all} samples of other articles match)"
        );
        let hint = Phrase::new(
            "どのログにもある言葉だけにせず、4文字以上の決まった文字を入れます",
            "hold some letters, four at least, that this message alone has",
        );
        faults.push((message, hint));
    }
    let sample = pattern.sample.as_deref().unwrap_or_default();
    let shadow = others.flat_map(|it| it.patterns.iter().map(move |other| (it, other)));
    let mut shadow = shadow.filter(|(_, other)| !sample.is_empty() && other.find(sample).is_some());
    if let Some((Article { path, .. }, _)) = shadow.next() {
        let message = phrase!(
            "sample は {path} のパターンにも一致します",
            "a pattern of {path} matches the sample, too"
        );
        faults.push((message, Phrase::new("どちらかを狭めます", "narrow one of them")));
    }
    faults
}

/// That a sample is not matched; where it has the pattern's words all the same, the vendor has reworded the message.
fn unmatched(pattern: &Pattern, sample: &str) -> Fault {
    let hint = Phrase::new("パターンか sample を直します", "mend the pattern or the sample");
    let message = if pattern.is_reworded_in(sample) {
        Phrase::new(
            "sample に一致しません。言葉はほぼ同じなので、製品が文面を変えたと考えられます",
            "it does not match its sample, whose words are nearly the same: the vendor has reworded the message",
        )
    } else {
        Phrase::new("sample に一致しません", "it does not match its sample")
    };
    (message, hint)
}

/// The samples of an article that none of its patterns matches, though one has their words.
fn reworded(article: &Article) -> Vec<(u32, Phrase, Phrase)> {
    let unmatched = article.samples.iter().filter(|sample| {
        article.patterns.iter().all(|pattern| pattern.find(&sample.text).is_none())
    });
    let alike = unmatched.filter_map(|sample| {
        let pattern = article.patterns.iter().find(|it| it.is_reworded_in(&sample.text))?;
        let line = pattern.line;
        let message = phrase!(
            "{line}行目のパターンと言葉はほぼ同じですが、一致しません。製品が文面を変えたと考えられます",
            "it has nearly the words of the pattern of line {line}, which does not match: the vendor has reworded the message"
        );
        let hint = Phrase::new("新しい文面のパターンを加えます", "add a pattern of the new wording");
        Some((sample.line, message, hint))
    });
    alike.collect()
}

/// Blanks of an article's passages that no pattern fills, or that are where something is lost.
fn blanks(article: &Article) -> Vec<(u32, Phrase, Phrase)> {
    let mut found = Vec::new();
    if article.patterns.is_empty() {
        return found;
    }
    let regexes = article.patterns.iter().filter_map(|pattern| pattern.compile().ok());
    let named: BTreeSet<String> = regexes
        .flat_map(|regex| regex.capture_names().flatten().map(str::to_owned).collect::<Vec<_>>())
        .collect();
    for passage in &article.passages {
        for (number, line) in (0..).zip(passage.markdown.lines()) {
            let names = line.split("{{").skip(1).filter_map(|behind| behind.split_once("}}"));
            let names: Vec<&str> = names.map(|(name, _)| name.trim()).collect();
            let at = passage.line.saturating_add(number);
            for name in names.iter().filter(|name| !named.contains(**name)) {
                let message = phrase!(
                    "{{{{{name}}}}} を埋めるパターンがありません",
                    "no pattern fills {{{{{name}}}}}"
                );
                let hint = phrase!(
                    "パターンに {{{name}}} を書くか、本文から外します",
                    "write {{{name}}} into a pattern, or take it out of the text"
                );
                found.push((at, message, hint));
            }
            if !names.is_empty() && !steps(&with_device(line)).is_empty() {
                let message = Phrase::new(
                    "データや登録を失う手順に、ログから取った値が入ります",
                    "a value of the log is in a step that loses data or a registration",
                );
                let hint = Phrase::new(
                    "対象は、読む人が確かめて選ぶように書きます",
                    "let the reader look up and choose what it is done to",
                );
                found.push((at, message, hint));
            }
        }
    }
    found
}

/// A line whose blanks are filled: what is done to a name is done to a device.
fn with_device(line: &str) -> String {
    let mut filled = String::new();
    let mut rest = line;
    while let Some((before, behind)) = rest.split_once("{{") {
        filled.push_str(before);
        filled.push_str("端末");
        rest = behind.split_once("}}").map_or("", |(_, after)| after.trim_start());
    }
    filled.push_str(rest);
    filled
}

rule_examples! {
    failing: [
        ("a.md", "---\ntitle: 題\npatterns:\n  - regex: '('\n---\n本文\n"),
        ("b.md", "---\ntitle: 題\npatterns:\n  - regex: 'license (?<code>\\d+)'\n    sample: 'licence 9'\n---\n本文\n"),
        ("c.md", "---\ntitle: 題\npatterns:\n  - regex: 'zz'\n    sample: 'zz'\n---\n本文\n"),
        ("d.md", "---\ntitle: 題\npatterns:\n  - line: '{device}: 同期に失敗'\n---\n{{name}} を見ます。\n\n1. {{device}} を初期化します。\n"),
        ("e.md", "---\ntitle: 題\npatterns:\n  - line: '{device}: 割り当てに失敗しました'\n    sample: 'iPad-07: 割り当てに、失敗しました'\n---\n本文\n"),
        ("f.md", "---\ntitle: 題\npatterns:\n  - line: '{device}: 設定の割り当てに失敗しました'\n---\n本文\n\n```log\niPad-07 ｜ 設定の割り当て に失敗しました\niPad-07: 設定の割り当てに、失敗しました\n```\n"),
    ] => [("a.md", 4), ("b.md", 4), ("c.md", 4), ("d.md", 6), ("d.md", 8), ("e.md", 4), ("f.md", 8)],
    passing: [(
        "a.md",
        "---\ntitle: 題\npatterns:\n  - line: '{device}: ライセンスの割り当てに失敗しました ({code})'\n    sample: 'iPad-07: ライセンスの割り当てに失敗しました (9610)'\n    not: 'ライセンスの割り当てが済みました'\n---\n{{device}} のライセンスを見ます（{{code}}）。\n",
    )],
}
