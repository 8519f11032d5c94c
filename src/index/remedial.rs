//! Which passages tell what to do, rather than what is the case.

use crate::article::{Passage, PassageKind};
use crate::text::fold;

/// What headings over remedies say, folded and without spaces when compared.
const HEADINGS: &[&str] = &[
    "対処",
    "対応",
    "対策",
    "解決",
    "復旧",
    "回避",
    "処置",
    "措置",
    "手順",
    "方法",
    "修正",
    "直し方",
    "ユーザーの操作",
    "ユーザー操作",
    "ユーザーアクション",
    "推奨される操作",
    "resolution",
    "solution",
    "workaround",
    "remedy",
    "how to",
    "user action",
    "what to do",
    "recommended action",
];

/// Whether the passage's own heading, a 【対処】 mark or its form says that it tells what to do. An
/// answer and a table row hold their remedy themselves.
pub(super) fn tells_what_to_do(passage: &Passage) -> bool {
    let heading = passage.section.last().map(|heading| compact(heading)).unwrap_or_default();
    matches!(passage.kind, PassageKind::Answer | PassageKind::Row)
        || passage.markdown.contains("【対処")
        || HEADINGS.iter().any(|word| heading.contains(&compact(word)))
}

/// Folded, without spaces: writers set one between two words of katakana or leave it out.
fn compact(heading: &str) -> String {
    fold(heading).split_whitespace().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn passage(heading: &str, markdown: &str) -> Passage {
        let articles = crate::article::parse(
            "a.md",
            &format!("# 題\n\n## {heading}\n\n{markdown}\n"),
            &crate::facts::CodeDictionary::default(),
        );
        articles.passages.into_iter().next_back().expect("one section")
    }

    #[test]
    fn remedies_are_told_from_causes() {
        assert!(tells_what_to_do(&passage("対処", "再起動します。")));
        assert!(tells_what_to_do(&passage("ユーザー アクション", "再起動します。")));
        assert!(tells_what_to_do(&passage("ユーザーアクション", "再起動します。")));
        assert!(tells_what_to_do(&passage("User Action", "Restart the device.")));
        assert!(tells_what_to_do(&passage("通信", "切れています。\n\n【対処】つなぎ直します。")));
        assert!(!tells_what_to_do(&passage("原因", "設定が競合しています。")));
    }
}
