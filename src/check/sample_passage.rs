use super::rule::{Context, rule, rule_examples};
use super::samples::Misplaced;
use crate::source::phrase;

rule! {
    "sample-passage", Warning,
    "記事の別の箇所を見つけるログの例", "samples that bring up another passage of their article",
    "示したい箇所に文面やコードを書きます。その箇所でよければ「log #見出し」で指定します",
    "write the wording or the code where the passage is that helps, or name that passage: `log #heading`"
}

fn check(context: &mut Context<'_>) {
    let misplaced = context.samples.iter().filter(|sample| sample.is_high_enough());
    for (sample, misplaced) in misplaced.filter_map(|it| Some((it, it.misplaced.as_ref()?))) {
        let shown = sample.shown.as_deref().unwrap_or_default();
        let message = match misplaced {
            Misplaced::Section(wanted) => phrase!(
                "このログの例では、「#{wanted}」ではなく {shown} が示されます",
                "this sample brings up {shown} instead of `#{wanted}`"
            ),
            Misplaced::OtherCode(code) => phrase!(
                "このログの例では、別のコードの {shown} が示されます（例のコードは {code}）",
                "this sample brings up {shown}, which is another code's (its own is {code})"
            ),
            Misplaced::OutsideWording(section) => phrase!(
                "このログの例では、文面のある「{section}」の外の {shown} が示されます",
                "this sample brings up {shown}, outside of “{section}”, which has its wording"
            ),
        };
        context.report(&sample.path, sample.line, message);
    }
}

rule_examples! {
    failing: [
        ("a.md", "# a\n\n## 対処\n\n1. 待ちます。\n\n## 原因\n\n回線です。\n\n```log #対処\n@a#原因\n```\n"),
        ("b.md", "# b\n\n## 証明書のエラー\n\n「証明書を検証できませんでした」と出ます。\n\n## 再現手順\n\n1. 時計を進めます。\n\n```log\n証明書を検証できませんでした @b#再現手順\n```\n"),
    ] => [("a.md", 11), ("b.md", 11)],
    passing: [
        ("a.md", "# a\n\n## 対処\n\n1. 待ちます。\n\n## 原因\n\n回線です。\n\n```log #対処\n@a#対処\n```\n\n```log\n@a#原因\n```\n"),
        ("b.md", "# b\n\n## 現れ方\n\n「証明書を検証できませんでした」と出ます。\n\n## 対処\n\n1. 時計を合わせます。\n\n```log\n証明書を検証できませんでした @b#対処\n```\n"),
        ("c.md", "# c\n\n| コード | 対処 |\n|---|---|\n| 0x80180014 | 待ちます |\n| 0x80180018 | 割り当てます |\n\n```log\nerror 0x80180014 @c#0x80180014\n```\n"),
    ],
}
