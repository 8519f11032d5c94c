//! Links within the knowledge base that lead nowhere: articles, headings, images, other files.

use std::collections::BTreeMap;

use super::rule::{Context, rule, rule_examples};
use crate::article::Article;
use crate::kb::{Documents, decode_link, resolve_link};
use crate::source::{Phrase, phrase};

rule! {
    "dead-link", Error, "行き先のないリンク", "links that lead nowhere",
    "パスは、この記事のあるフォルダーから書きます。移したファイルなら、リンクも直します",
    "a path begins in the folder of this article; where the file has moved, change the link"
}

fn check(context: &mut Context<'_>) {
    let base = context.base;
    let anchors: BTreeMap<&str, Option<Anchors>> = base
        .articles
        .iter()
        // An include may bring any anchor.
        .map(|article| {
            let known = (!article.outline.includes).then(|| Anchors::of(article));
            (article.path.as_str(), known)
        })
        .collect();
    for article in &base.articles {
        for link in &article.outline.links {
            let mut parts = link.target.splitn(2, '#');
            let (target, anchor) = (parts.next().unwrap_or_default(), parts.next());
            let Some(path) = resolve_link(&article.path, target) else { continue };
            match (anchors.get(path.as_str()), anchor) {
                (None, _) if is_missing(base, &path) => {
                    let message = match base.files.iter().find(|it| it.eq_ignore_ascii_case(&path))
                    {
                        Some(file) => phrase!(
                            "リンク先の {path} はありません。{file} とは大文字と小文字が違います",
                            "there is no {path}; {file} has other capitals"
                        ),
                        None => phrase!("リンク先の {path} はありません", "there is no {path}"),
                    };
                    context.report(&article.path, link.line, message);
                }
                (Some(Some(known)), Some(anchor)) if !known.leads(anchor) => {
                    let message = phrase!(
                        "{path} に「#{anchor}」という見出しはありません",
                        "{path} has no heading `#{anchor}`"
                    );
                    let hint = Phrase::new(
                        "見出しのアンカーは、小文字にして、空白を - に変え、記号を除いたものです",
                        "a heading's anchor is its text in lower case, with `-` for spaces and without punctuation",
                    );
                    context.report_with(hint, &article.path, link.line, message);
                }
                _ => {}
            }
        }
    }
}

fn letters(anchor: &str) -> String {
    anchor.chars().filter(|c| c.is_alphanumeric()).collect()
}

const PICTURES: &[&str] = &["png", "jpg", "jpeg", "gif", "svg", "webp"];

fn holds_pictures(base: &Documents) -> bool {
    base.files.iter().any(|file| {
        file.rsplit('.')
            .next()
            .is_some_and(|it| PICTURES.contains(&it.to_ascii_lowercase().as_str()))
    })
}

/// Whether a file is known not to be there.
fn is_missing(base: &Documents, path: &str) -> bool {
    let named = path.rsplit('/').next().is_some_and(|name| name.contains('.'));
    let lower = path.to_lowercase();
    // A copy of the texts alone has none of its pictures.
    let ending = lower.rsplit('.').next().unwrap_or_default();
    if PICTURES.contains(&ending) && !holds_pictures(base) {
        return false;
    }
    // VitePress, VuePress and MkDocs make `a.html` of `a.md`; an address may lack its scheme.
    let page = lower.ends_with(".html") || lower.ends_with(".htm") || lower.ends_with(".aspx");
    let address = lower.split('/').any(|part| part.starts_with("www."));
    // Site generators publish what is in these folders at the root.
    let published = ["static/", "public/", "docs/", "content/", ".vuepress/public/"]
        .iter()
        .any(|folder| base.files.contains(&format!("{folder}{path}")));
    // A generator's address leaves out the page's own ending: `entry.server` is `entry.server.md`.
    let written = [".md", ".mdx"].iter().any(|it| base.files.contains(&format!("{path}{it}")));
    // Without an ending it may be a folder, or a page that a site generator makes.
    named && !page && !address && !published && !written && !base.files.contains(path)
}

/// The anchors of an article, each with how many places have it.
struct Anchors(BTreeMap<String, u32>);

impl Anchors {
    fn of(article: &Article) -> Self {
        let mut counts = BTreeMap::new();
        for anchor in &article.outline.anchors {
            *counts.entry(anchor.to_lowercase()).or_default() += 1;
        }
        Self(counts)
    }

    /// Whether one of the anchors is meant; of several headings of one text, the later ones have numbers.
    fn leads(&self, anchor: &str) -> bool {
        let anchor = decode_link(anchor).to_lowercase();
        // HTML's own name for the beginning of a page.
        if anchor == "top" {
            return true;
        }
        let repeated = || {
            let (base, number) = anchor.rsplit_once('-')?;
            let number: u32 = number.parse().ok()?;
            let count = *self.0.get(base)?;
            // Some generators count from the first repetition, some from the first heading.
            Some(count > 1 && number <= count)
        };
        anchor.is_empty()
            || anchor.starts_with("tab/")
            || self.0.contains_key(&anchor)
            // Generators agree on the letters of an anchor, and on nothing else: VuePress writes `_1-準備`.
            || self.0.keys().any(|known| letters(known) == letters(&anchor))
            || repeated().unwrap_or(false)
    }
}

rule_examples! {
    failing: [
        ("a/x.md", "[a](../b/none.md)\n\n[b](y.md#無い)\n\n[c](#無い)\n\n![d](../img/図.png)\n\n[e](y.md#題-2)\n"),
        ("a/y.md", "# 題\n\n本文 <img src=\"y.png\">\n"),
        ("a/z.md", "[a](Y.md)\n"),
    ] => [("a/x.md", 1), ("a/x.md", 3), ("a/x.md", 5), ("a/x.md", 7), ("a/x.md", 9), ("a/y.md", 3), ("a/z.md", 1)],
    passing: [
        ("a/x.md", "[a](y.md#失効日が-空欄のとき) [b](y.md#n) [c](#%E9%A1%8C) [d](https://example.com/x.md) [f](../../z.md) [g](..\\a\\y.md) [h](#top) [i](v.server)\n\n## 題\n\n本文\n\n## 題\n\n[2つめ](#題-1)\n"),
        ("a/v.server.md", "# 題\n\n本文\n"),
        ("a/z.md", "[!INCLUDE[x](z.txt)]\n\n[a](#どこか)\n"),
        ("a/y.md", "# 題\n\n## 失効日が 空欄のとき\n\n<a name=\"n\"></a>本文\n"),
        ("a/w.md", "![e](x.png) ![f](<../img/図 1.png>) [g](mailto:a@example.com) [h]({{site.url}}/x.png) [i](page) [j](/top.png)\n"),
    ],
}
