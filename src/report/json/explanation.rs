//! Explanation of a code, as JSON: `shirube.codes/1`.
//! Each field has its description beside it.

use serde::Serialize;

use super::document;
use crate::knowledge_base::{Explained, ExplainedCode, ExplainedName};
use crate::search::Treatment;
use crate::source::{Language, Phrase};

#[derive(Serialize)]
#[cfg_attr(feature = "server", derive(schemars::JsonSchema), schemars(rename = "Codes"))]
pub(crate) struct WireCodes<'a> {
    /// The name and version of the shape; a change that breaks it raises the number.
    #[cfg_attr(feature = "server", schemars(extend("const" = "shirube.codes/1")))]
    schema: &'static str,
    /// Everything that the written code may be; itself first.
    codes: Vec<WireExplanation<'a>>,
    /// The errors that have this name instead of a number.
    named_codes: Vec<WireExplainedName<'a>>,
}

#[derive(Serialize)]
#[cfg_attr(feature = "server", derive(schemars::JsonSchema), schemars(rename = "ExplainedCode"))]
struct WireExplanation<'a> {
    /// The domain; null where the number alone was written.
    domain: Option<&'a str>,
    /// The number.
    number: i64,
    /// The subject of the domain.
    domain_meaning: Option<&'a str>,
    /// The meaning of the code; of a code that no table has, the one that an article gives it.
    meaning: Option<&'a str>,
    /// The constant's name in the vendor's headers.
    name: Option<&'a str>,
    /// Why it is listed although another number was asked for.
    note: Option<&'a str>,
    /// Every form that it is written in.
    forms: &'a [String],
    /// Where the meaning was published.
    source: Option<&'a str>,
    /// The articles that name it: those that are about it first.
    articles: Vec<WireTreatment<'a>>,
}

#[derive(Serialize)]
#[cfg_attr(feature = "server", derive(schemars::JsonSchema), schemars(rename = "ExplainedName"))]
struct WireExplainedName<'a> {
    /// The name, as it was asked for.
    name: &'a str,
    /// The meaning that an article gives it.
    meaning: Option<&'a str>,
    /// The articles that name it: those that are about it first.
    articles: Vec<WireTreatment<'a>>,
}

#[derive(Serialize)]
#[cfg_attr(feature = "server", derive(schemars::JsonSchema), schemars(rename = "Treatment"))]
struct WireTreatment<'a> {
    /// The article.
    id: &'a str,
    /// Its title.
    title: &'a str,
    /// The console that it is about.
    product: Option<&'a str>,
    /// Its file in the knowledge base.
    path: &'a str,
    /// The line that names the code, from 1.
    line: u32,
    /// The meaning that a row of the article gives the code.
    meaning: Option<&'a str>,
}

/// Every meaning that a code may have, each with its articles, as one JSON document with a line feed
/// at its end.
#[must_use]
pub fn explanations_json(found: &Explained, language: Language) -> String {
    let codes = found.codes.iter().map(|it| code(it, language));
    let named_codes = found.named_codes.iter().map(named);
    let wire = WireCodes {
        schema: "shirube.codes/1",
        codes: codes.collect(),
        named_codes: named_codes.collect(),
    };
    document(&wire)
}

fn named(found: &ExplainedName) -> WireExplainedName<'_> {
    WireExplainedName {
        name: &found.name,
        meaning: found.meaning(),
        articles: found.articles.iter().map(treatment).collect(),
    }
}

fn code(found: &ExplainedCode, language: Language) -> WireExplanation<'_> {
    let explanation = &found.explanation;
    let said = |phrase| Option::<&Phrase>::map(phrase, |phrase| phrase.text(language));
    WireExplanation {
        domain: explanation.code.domain.as_deref(),
        number: explanation.code.number,
        domain_meaning: said(explanation.domain.as_ref()),
        meaning: said(explanation.meaning.as_ref()).or_else(|| found.meaning_of_articles()),
        name: explanation.name.as_deref(),
        note: said(explanation.note.as_ref()),
        forms: &explanation.forms,
        source: explanation.source.as_deref(),
        articles: found.articles.iter().map(treatment).collect(),
    }
}

fn treatment(article: &Treatment) -> WireTreatment<'_> {
    WireTreatment {
        id: &article.id,
        title: &article.title,
        product: article.product.as_deref(),
        path: &article.path,
        line: article.line,
        meaning: article.meaning.as_deref(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::{Code, Explanation};

    #[test]
    fn a_code_with_its_articles() {
        let explanation = Explanation {
            code: Code { domain: Some("D".into()), number: 7, written: "7".into(), stated: false },
            domain: None,
            meaning: Some(Phrase::new("意味\u{1b}", "meaning")),
            name: None,
            note: None,
            forms: vec!["7".into(), "D 7".into()],
            source: None,
        };
        let article = Treatment {
            path: "a.md".into(),
            line: 3,
            id: "a".into(),
            title: "題".into(),
            product: None,
            meaning: Some("行の意味".into()),
        };
        let named = ExplainedName { name: "E-5102".into(), articles: vec![article.clone()] };
        let codes = vec![ExplainedCode { explanation, articles: vec![article] }];
        let found = Explained { codes, named_codes: vec![named] };
        let written = explanations_json(&found, Language::Ja);
        assert!(!written.contains('\u{1b}'));
        let read: serde_json::Value = serde_json::from_str(&written).expect("it is JSON");
        assert_eq!(
            read,
            serde_json::json!({"schema": "shirube.codes/1", "codes": [{
                "domain": "D", "number": 7, "domain_meaning": null, "meaning": "意味\u{1b}",
                "name": null, "note": null, "forms": ["7", "D 7"], "source": null,
                "articles": [{"id": "a", "title": "題", "product": null, "path": "a.md", "line": 3, "meaning": "行の意味"}],
            }], "named_codes": [{
                "name": "E-5102", "meaning": "行の意味",
                "articles": [{"id": "a", "title": "題", "product": null, "path": "a.md", "line": 3, "meaning": "行の意味"}],
            }]})
        );
    }
}
