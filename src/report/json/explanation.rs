//! Explanation of a code, as JSON: `shirube.codes/1`.
//! Each field has its description beside it.

use super::{document, each, wire};
use crate::facts::Explanation;
use crate::knowledge_base::{Explained, ExplainedError};
use crate::search::CodeMention;
use crate::source::{Language, Phrase};

wire! {
    pub(crate) struct WireCodes<'a> as "Codes" version "shirube.codes/1", of(found: &'a Explained, language: Language) {
        /// Everything that the written code may be; itself first.
        codes: Vec<WireExplanation<'a>> =
            each(&found.codes, |it| WireExplanation::of(it, language)),
        /// The errors that have this name instead of a number.
        named_codes: Vec<WireExplainedName<'a>> = each(&found.named_codes, WireExplainedName::of),
    }

    struct WireExplanation<'a> as "ExplainedCode",
    of(found: &'a ExplainedError<Explanation>, language: Language) {
        /// The domain; null where the number alone was written.
        domain: Option<&'a str> = found.error.code.domain.as_deref(),
        /// The number.
        number: i64 = found.error.code.number,
        /// The subject of the domain.
        domain_meaning: Option<&'a str> = said(&found.error.domain, language),
        /// The meaning of the code; of a code that no table has, the one that an article gives it.
        meaning: Option<&'a str> =
            said(&found.error.meaning, language).or(found.meaning_of_articles()),
        /// The constant's name in the vendor's headers.
        name: Option<&'a str> = found.error.name.as_deref(),
        /// Why it is listed although another number was asked for.
        note: Option<&'a str> = said(&found.error.note, language),
        /// Every form that it is written in.
        forms: &'a [String] = &found.error.forms,
        /// Where the meaning was published.
        source: Option<&'a str> = found.error.source.as_deref(),
        /// The articles that name it: those that are about it first.
        articles: Vec<WireCodeMention<'a>> = each(&found.articles, WireCodeMention::of),
    }

    struct WireExplainedName<'a> as "ExplainedName", of(found: &'a ExplainedError<String>) {
        /// The name, as it was asked for.
        name: &'a str = &found.error,
        /// The meaning that an article gives it.
        meaning: Option<&'a str> = found.meaning_of_articles(),
        /// The articles that name it: those that are about it first.
        articles: Vec<WireCodeMention<'a>> = each(&found.articles, WireCodeMention::of),
    }

    struct WireCodeMention<'a> as "Treatment", of(article: &'a CodeMention) {
        /// The article.
        id: &'a str = &article.id,
        /// Its title.
        title: &'a str = &article.title,
        /// The console that it is about.
        product: Option<&'a str> = article.product.as_deref(),
        /// Its file in the knowledge base.
        path: &'a str = &article.path,
        /// The line that names the code, from 1.
        line: u32 = article.line,
        /// The meaning that a row of the article gives the code.
        meaning: Option<&'a str> = article.meaning.as_deref(),
    }
}

/// Every meaning that a code may have, each with its articles, as one JSON document with a line feed
/// at its end.
#[must_use]
pub fn explanations_json(found: &Explained, language: Language) -> String {
    document(&WireCodes::of(found, language))
}

fn said(phrase: &Option<Phrase>, language: Language) -> Option<&str> {
    phrase.as_ref().map(|phrase| phrase.text(language))
}
