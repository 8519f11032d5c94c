use super::rule::{Context, rule, rule_examples};
use crate::article::PassageKind;
use crate::facts::bits_of_code;
use crate::source::phrase;

rule! {
    "code-forms-disagree", Warning,
    "16進数と10進数が食い違うコード", "codes whose hexadecimal and decimal forms disagree"
}

fn check(context: &mut Context<'_>) {
    for article in &context.base.articles {
        for row in article.passages.iter().filter(|passage| passage.kind == PassageKind::Row) {
            let subjects = row.codes.iter().take(row.subject_codes);
            let mut hexadecimal =
                subjects.clone().filter_map(|it| Some((it, bits_of_code(&it.written, true)?)));
            let mut decimal =
                subjects.filter_map(|it| Some((it, bits_of_code(&it.written, false)?)));
            let (Some((hex, one)), Some((dec, other))) = (hexadecimal.next(), decimal.next())
            else {
                continue;
            };
            // With several forms of either nobody can tell which two belong together.
            if one == other || hexadecimal.next().is_some() || decimal.next().is_some() {
                continue;
            }
            let (hex, dec, right) = (&hex.written, &dec.written, one.cast_signed());
            let message = phrase!(
                "{hex} と {dec} は同じ番号ではありません",
                "{hex} and {dec} are not the same number"
            );
            let hint = phrase!(
                "{hex} は、10進数では {right} です。どちらが正しいかを確かめます",
                "{hex} is {right} in decimal; find out which of the two is right"
            );
            context.report_with(hint, &article.path, row.line, message);
        }
    }
}

rule_examples! {
    failing: [
        ("a.md", "# 題\n\n| 16 進 | 10 進 | 意味 |\n|---|---|---|\n| 0x80073CF3 | -2147009296 | 失敗 |\n"),
    ] => [("a.md", 5)],
    passing: [
        ("a.md", "# 題\n\n| 16 進 | 10 進 | 意味 |\n|---|---|---|\n| 0x80073CF3 | -2147009293 | 失敗 |\n| 0x80180014 | 4005 | 別 |\n"),
    ],
}
