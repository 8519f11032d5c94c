//! Explanation of a code, as JSON: `shirube.codes/1`.
//! Each field has its description beside it.

use serde::Serialize;

use super::document;
use crate::facts::Explanation;
use crate::knowledge_base::ExplainedCode;
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
    /// The meaning of the code.
    meaning: Option<&'a str>,
    /// The constant's name in the vendor's headers.
    name: Option<&'a str>,
    /// Why it is listed although another number was asked for.
    note: Option<&'a str>,
    /// Every form that it is written in.
    forms: &'a [String],
    /// Where the meaning was published.
    source: Option<&'a str>,
    /// The articles that name it.
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
}

/// Every meaning that a code may have, each with its articles, as one JSON document with a line feed
/// at its end.
#[must_use]
pub fn explanations_json(found: &[ExplainedCode], language: Language) -> String {
    let codes = found.iter().map(|it| code(&it.explanation, &it.articles, language));
    let wire = WireCodes { schema: "shirube.codes/1", codes: codes.collect() };
    document(&wire)
}

fn code<'a>(
    explanation: &'a Explanation,
    articles: &'a [Treatment],
    language: Language,
) -> WireExplanation<'a> {
    let said = |phrase: &'a Option<Phrase>| phrase.as_ref().map(|phrase| phrase.text(language));
    WireExplanation {
        domain: explanation.code.domain.as_deref(),
        number: explanation.code.number,
        domain_meaning: said(&explanation.domain),
        meaning: said(&explanation.meaning),
        name: explanation.name.as_deref(),
        note: said(&explanation.note),
        forms: &explanation.forms,
        source: explanation.source.as_deref(),
        articles: articles.iter().map(treatment).collect(),
    }
}

fn treatment(article: &Treatment) -> WireTreatment<'_> {
    WireTreatment {
        id: &article.id,
        title: &article.title,
        product: article.product.as_deref(),
        path: &article.path,
        line: article.line,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::Code;

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
        };
        let found = [ExplainedCode { explanation, articles: vec![article] }];
        let written = explanations_json(&found, Language::Ja);
        assert!(!written.contains('\u{1b}'));
        let read: serde_json::Value = serde_json::from_str(&written).expect("it is JSON");
        assert_eq!(
            read,
            serde_json::json!({"schema": "shirube.codes/1", "codes": [{
                "domain": "D", "number": 7, "domain_meaning": null, "meaning": "意味\u{1b}",
                "name": null, "note": null, "forms": ["7", "D 7"], "source": null,
                "articles": [{"id": "a", "title": "題", "product": null, "path": "a.md", "line": 3}],
            }]})
        );
    }
}
