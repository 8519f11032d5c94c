//! Which articles may help at all: tantivy proposes, ranking decides.
//!
//! More are proposed than are shown, by four roads: the words of passages, the words of titles, the
//! wordings of templates, and keys (codes, labels), so that none can crowd out another.

use std::collections::BTreeSet;

use tantivy::collector::TopDocs;
use tantivy::query::{BooleanQuery, BoostQuery, Occur, Query as TantivyQuery, TermQuery};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocAddress, DocSet as _, TERMINATED, Term};

use super::query::{Query, QueryTerm};
use super::statistics::Statistics;
use crate::index::{IndexError, Snapshot};

/// How many passages are proposed by their words.
const PASSAGES: usize = 160;
/// How many articles are proposed by their titles.
const TITLES: usize = 40;
/// How many templates are aligned with the message.
const TEMPLATES: usize = 64;
/// How many documents a key proposes; a key that more share tells nothing.
const KEYED: usize = 400;
/// How many words are asked for; the rarest of a long message find what all of it would.
const ROAD_WORDS: usize = 12;

/// What the roads led to.
#[derive(Debug, Default)]
pub(super) struct Candidates {
    /// The articles' own documents, in order of address.
    pub(super) articles: BTreeSet<DocAddress>,
    /// The templates to align, in order of address.
    pub(super) templates: BTreeSet<DocAddress>,
    /// The templates and articles that hold one of the query's labels whole.
    pub(super) labelled: BTreeSet<DocAddress>,
}

/// Collects the candidates for a query whose terms are weighed.
pub(super) fn collect(
    snapshot: &Snapshot,
    query: &Query,
    statistics: &Statistics<'_>,
) -> Result<Candidates, IndexError> {
    let fields = snapshot.fields();
    let mut candidates = Candidates::default();

    let words = rarest(&query.words);
    let bigrams = rarest(&query.bigrams);
    let mut passages: Vec<(Occur, Box<dyn TantivyQuery>)> = Vec::new();
    push(&mut passages, fields.body, &words, 1.0);
    push(&mut passages, fields.heading, &words, 1.5);
    push(&mut passages, fields.bigram, &bigrams, 0.5);
    for address in top(snapshot, passages, PASSAGES, statistics)? {
        candidates.articles.insert(article_of(snapshot, address)?);
    }

    let mut titles: Vec<(Occur, Box<dyn TantivyQuery>)> = Vec::new();
    push(&mut titles, fields.title, &words, 1.0);
    push(&mut titles, fields.title_bigram, &bigrams, 0.5);
    candidates.articles.extend(top(snapshot, titles, TITLES, statistics)?);

    let mut templates: Vec<(Occur, Box<dyn TantivyQuery>)> = Vec::new();
    push(&mut templates, fields.template, &rarest(&query.words), 1.0);
    candidates.templates.extend(top(snapshot, templates, TEMPLATES, statistics)?);

    for label in &query.labels {
        let found = keyed(snapshot, fields.label, label)?;
        candidates.labelled.extend(found.iter().copied());
    }
    candidates.templates.extend(candidates.labelled.iter().copied());
    for key in &query.code_keys {
        for address in keyed(snapshot, fields.code, &key.key)? {
            candidates.articles.insert(article_of(snapshot, address)?);
        }
    }
    for &address in &candidates.templates {
        candidates.articles.insert(article_of(snapshot, address)?);
    }
    // A label may be an article's own; that is no template.
    let articles = &candidates.articles;
    candidates.templates.retain(|address| !articles.contains(address));
    Ok(candidates)
}

/// The document of the article that a document belongs to.
pub(super) fn article_of(
    snapshot: &Snapshot,
    address: DocAddress,
) -> Result<DocAddress, IndexError> {
    let reader = snapshot.searcher().segment_reader(address.segment_ord);
    let column = reader.fast_fields().u64("article")?;
    let doc_id = column.first(address.doc_id).and_then(|doc| u32::try_from(doc).ok());
    Ok(DocAddress { doc_id: doc_id.unwrap_or(address.doc_id), ..address })
}

/// The terms that tell most, at most [`ROAD_WORDS`].
fn rarest(terms: &[QueryTerm]) -> Vec<&QueryTerm> {
    let mut rarest: Vec<_> = terms
        .iter()
        .filter(|term| term.score > 0.0 && (term.known || !term.alternatives.is_empty()))
        .collect();
    rarest.sort_by(|a, b| b.score.total_cmp(&a.score).then_with(|| a.text.cmp(&b.text)));
    rarest.truncate(ROAD_WORDS);
    rarest
}

fn push(
    clauses: &mut Vec<(Occur, Box<dyn TantivyQuery>)>,
    field: Field,
    terms: &[&QueryTerm],
    boost: f64,
) {
    for term in terms {
        let query =
            TermQuery::new(Term::from_field_text(field, &term.text), IndexRecordOption::WithFreqs);
        clauses.push(boosted(query, boost * term.weight));
        let alternatives = term.alternatives.iter();
        for alternative in alternatives.filter(|alternative| alternative.terms.len() == 1) {
            for text in &alternative.terms {
                let query = TermQuery::new(
                    Term::from_field_text(field, text),
                    IndexRecordOption::WithFreqs,
                );
                clauses.push(boosted(query, boost * term.weight * alternative.factor));
            }
        }
    }
}

fn boosted(query: TermQuery, boost: f64) -> (Occur, Box<dyn TantivyQuery>) {
    (Occur::Should, Box::new(BoostQuery::new(Box::new(query), boost as f32)))
}

fn top(
    snapshot: &Snapshot,
    clauses: Vec<(Occur, Box<dyn TantivyQuery>)>,
    limit: usize,
    statistics: &Statistics<'_>,
) -> Result<Vec<DocAddress>, IndexError> {
    if clauses.is_empty() {
        return Ok(Vec::new());
    }
    let collector = TopDocs::with_limit(limit).order_by_score();
    let query = BooleanQuery::new(clauses);
    let searcher = snapshot.searcher();
    let found = searcher.search_with_statistics_provider(&query, &collector, statistics)?;
    Ok(found.into_iter().map(|(_, address)| address).collect())
}

/// The documents that hold a key, at most [`KEYED`].
pub(super) fn keyed(
    snapshot: &Snapshot,
    field: Field,
    key: &str,
) -> Result<Vec<DocAddress>, IndexError> {
    let term = Term::from_field_text(field, key);
    let mut found = Vec::new();
    for (segment_ord, reader) in (0u32..).zip(snapshot.searcher().segment_readers()) {
        let index = reader.inverted_index(field)?;
        let postings = index.read_postings(&term, IndexRecordOption::Basic);
        let Some(mut postings) = postings.map_err(tantivy::TantivyError::from)? else { continue };
        let mut doc_id = postings.doc();
        while doc_id != TERMINATED && found.len() < KEYED {
            found.push(DocAddress { segment_ord, doc_id });
            doc_id = postings.advance();
        }
    }
    Ok(found)
}
