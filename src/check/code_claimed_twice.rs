//! One code that two articles declare as theirs.

use std::collections::BTreeMap;

use super::rule::{Context, line_of_key, rule};
use super::scope::overlap;
use crate::article::Article;
use crate::source::Phrase;

rule! {
    "code-claimed-twice", Warning,
    "2つの記事が自分のものとするコード", "codes that two articles claim"
}

fn check(context: &mut Context<'_>) {
    let mut claims: BTreeMap<(Option<&str>, i64), Vec<&Article>> = BTreeMap::new();
    for article in &context.base.articles {
        for code in &article.codes {
            let others = claims.entry((code.domain.as_deref(), code.number)).or_default();
            // A product's own article on a code is told before one for all products.
            let same = |other: &&&Article| {
                other.product.is_some() == article.product.is_some() && overlap(article, other)
            };
            if let Some(other) = others.iter().find(same) {
                context.report(
                    article,
                    line_of_key(article, &["codes", "コード", "code"]),
                    Phrase::new(
                        format!("コード {} は {} もcodesに書いています", code.written, other.path),
                        format!("{} declares the code {} too", other.path, code.written),
                    ),
                    Phrase::new(
                        "文面が違うなら messages: で区別します。同じ事象なら1つの記事にまとめます",
                        "tell them apart by `messages:`, or join the articles",
                    ),
                );
            }
            others.push(article);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::example::{found_in, knowledge_base};
    use super::*;
    use crate::facts::Code;
    use crate::kb::Documents;

    /// Two articles that declare these numbers, of these products.
    fn claiming(claims: [(i64, Option<&str>); 2]) -> Documents {
        let text = "---\ntitle: 題\ncodes: []\n---\n本文\n";
        let mut base = knowledge_base(&[("a.md", text), ("b.md", text)]);
        for (article, (number, product)) in base.articles.iter_mut().zip(claims) {
            let written = number.to_string();
            article.codes = vec![Code { domain: None, number, written, stated: false }];
            article.product = product.map(str::to_owned);
        }
        base
    }

    #[test]
    fn the_failing_example_is_found() {
        for product in [None, Some("A")] {
            let base = claiming([(4026, product), (4026, product)]);
            assert_eq!(found_in(&RULE, &base), [("b.md".to_owned(), 3)]);
        }
    }

    #[test]
    fn the_passing_example_is_not() {
        assert_eq!(found_in(&RULE, &claiming([(4026, Some("A")), (4026, Some("B"))])), []);
        assert_eq!(found_in(&RULE, &claiming([(4026, None), (4026, Some("A"))])), []);
        assert_eq!(found_in(&RULE, &claiming([(4026, None), (4027, None)])), []);
    }
}
