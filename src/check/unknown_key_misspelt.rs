use super::distance::nearest;
use super::rule::{Context, rule, rule_examples};
use crate::article::known_keys;
use crate::source::phrase;

rule! {
    "unknown-key-misspelt", Warning,
    "書き間違いらしいフロントマターのキー", "keys of front matter that look misspelt"
}

fn check(context: &mut Context<'_>) {
    for article in &context.base.articles {
        for (key, line) in &article.outline.keys {
            if let Some(meant) = meant(key) {
                let message = phrase!(
                    "キー「{key}」は使われません。「{meant}」の書き間違いではありませんか",
                    "the key `{key}` is not used; is `{meant}` meant?"
                );
                let hint = phrase!(
                    "「{meant}」に直します。ほかのツールのためのキーなら、shirube.tomlの[severity]でこの規則をoffにできます",
                    "write `{meant}`; if another tool reads the key, turn the rule off in shirube.toml"
                );
                context.report_with(hint, &article.path, *line, message);
            }
        }
    }
}

/// The key of Shirube's own that an unknown key is nearly.
fn meant(key: &str) -> Option<&'static str> {
    if known_keys().iter().any(|known| known.name.eq_ignore_ascii_case(key)) {
        return None;
    }
    nearest(key, known_keys().iter().filter(|known| known.own).map(|known| known.name))
}

rule_examples! {
    failing: [("a.md", "---\ntitel: 題\nkeyword: x\nvalid-untill: 2030-01-01\nキワード: y\n---\n本文\n")]
        => [("a.md", 2), ("a.md", 3), ("a.md", 4), ("a.md", 5)],
    passing: [("a.md", "---\ntitle: 題\nstatus: draft\nauthor: x\nweight: 3\nms.topic: y\ntags: z\n---\n本文\n")],
}
