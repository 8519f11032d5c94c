//! One article as it is indexed: a pure function of the article and the analyzer.
//!
//! 1. titles, headings, texts and templates are analyzed, and become documents of an index;
//! 2. what ranking and showing need is stored.
//!
//! Numbers count from the article's own first passage and template; the shard shifts them.

use std::collections::BTreeSet;

use crate::index::build::words::{NotedWords, Seen};
use crate::index::read::posting::MAX_NUMBER;
use crate::index::schema::SCHEMA;
use crate::index::schema::keys::{
    CodeKeys, PATTERNS_KEY, PINNED_KEY, file_key, heading_key, keys_of_subject, name_key,
};
use crate::index::schema::terms::Terms;
use crate::index::store::format::{PassageRecord, TemplateRecord};
use crate::index::store::stored::{
    AskedLines, PassageHead, StoredArticle, StoredPassage, StoredPattern, StoredTemplate,
    StoredText, TemplateToken,
};
use tantivy::TantivyDocument;

use crate::article::{
    Article, Part as TemplatePart, Passage, PassageKind, Pattern, Template, TemplateOrigin,
};
use crate::kb::link_parts;
use crate::text::{self, Meaning, MeaningReader, TokenKind, Worker};

/// So many bytes are enough for the numbers beside a text.
const LINE_AND_LENGTH: usize = 16;
/// A label or a message that is longer than this is no key.
const LONGEST_LABEL: usize = 240;
/// How much title and headings count in what a passage is about, beside its text: as in the search.
const TITLE: f32 = 2.0;
const HEADING: f32 = 1.6;
/// A number in a wording is mostly a count or a code of that one example.
const NUMBER_IN_TEMPLATE: f32 = 0.1;
/// Bigrams that are less rare than this (in nats, by their characters) are left out: pairs of hiragana,
/// the endings of everything, which no query needs to be found.
const LEAST_BIGRAM_RARITY: f32 = 1.0;

/// The terms of one document: an article, a passage or a template.
#[derive(Debug, Default)]
pub(in crate::index) struct Document {
    id: String,
    word: Terms,
    heading: Terms,
    bigram: Terms,
    codes: Vec<String>,
    labels: Vec<String>,
    names: Vec<String>,
}

impl Document {
    pub(in crate::index) fn into_tantivy(self) -> TantivyDocument {
        let fields = &SCHEMA.1;
        let keys = self.codes.iter().chain(&self.labels).chain(&self.names).chain([&self.id]);
        let bytes = [&self.word, &self.heading, &self.bigram].map(|terms| terms.as_str().len());
        // With the marks that tantivy puts between them.
        let bytes = bytes.iter().sum::<usize>() + keys.map(|key| key.len() + 8).sum::<usize>() + 32;
        let mut document = TantivyDocument::with_capacity(bytes);
        let texts = [
            (fields.word, &self.word),
            (fields.heading, &self.heading),
            (fields.bigram, &self.bigram),
        ];
        for (field, terms) in texts {
            if !terms.as_str().is_empty() {
                document.add_text(field, terms.as_str());
            }
        }
        for (field, keys) in
            [(fields.code, &self.codes), (fields.label, &self.labels), (fields.name, &self.names)]
        {
            keys.iter().for_each(|key| document.add_text(field, key));
        }
        document.add_text(fields.id, &self.id);
        document
    }
}

#[derive(Debug, Default)]
pub(in crate::index) struct IndexedArticle {
    /// The terms of the article, its passages and its templates; empty where they are in an index already.
    pub(in crate::index) article: Document,
    pub(in crate::index) passage_documents: Vec<Document>,
    pub(in crate::index) template_documents: Vec<Document>,
    pub(in crate::index) title_words: u32,
    pub(in crate::index) title_bigrams: u32,
    pub(in crate::index) passages: Vec<PassageRecord>,
    pub(in crate::index) templates: Vec<TemplateRecord>,
    /// The meaning of each passage, as [`Meaning::to_bytes`] writes it.
    pub(in crate::index) meanings: Vec<u8>,
    pub(in crate::index) stored: Vec<u8>,
    pub(in crate::index) stored_passages: Vec<u8>,
    pub(in crate::index) stored_templates: Vec<u8>,
    pub(in crate::index) stored_text: Vec<u8>,
    pub(in crate::index) words: NotedWords,
}

/// Digests articles, in buffers that are used again; one for each thread.
#[derive(Debug)]
pub(in crate::index) struct ArticleIndexer {
    worker: Worker,
    seen: Seen,
    heading: Heading,
    meanings: MeaningReader,
}

/// The terms of the ways to ask for a passage: how many there are, and what they are about.
#[derive(Debug, Default)]
struct Asked {
    words: u32,
    bigrams: u32,
    meaning: Meaning,
    lines: AskedLines,
}

/// The terms of the last heading: the rows of a table share one.
#[derive(Debug, Default)]
struct Heading {
    text: String,
    words: Terms,
    bigrams: Terms,
    /// How many words and bigrams it has.
    lengths: (u32, u32),
    meaning: Meaning,
}

impl ArticleIndexer {
    pub(in crate::index) fn new(worker: Worker) -> Self {
        Self {
            worker,
            seen: Seen::default(),
            heading: Heading::default(),
            meanings: MeaningReader::default(),
        }
    }

    /// Digests one article with its whole text. Passages and templates beyond [`MAX_NUMBER`] are left out.
    pub(in crate::index) fn indexed(
        &mut self,
        article: &Article,
        text: &StoredText,
    ) -> IndexedArticle {
        self.seen.begin();
        self.heading = Heading::default();
        let mut indexed = IndexedArticle::default();
        let title = self.article(article, &mut indexed);
        self.passages(article, &title, &mut indexed);
        self.templates(article, &mut indexed);
        indexed.stored_text.reserve(text.markdown.len() + LINE_AND_LENGTH);
        encode_behind(&mut indexed.stored_text, text);
        indexed
    }

    /// Digests what stands for the whole article, and says what that is about.
    fn article(&mut self, article: &Article, indexed: &mut IndexedArticle) -> Meaning {
        // The name of an error that its file alone has is a word of its title as well.
        let titled = |name: &str| {
            let titles = [Some(article.title.as_str()), article.heading.as_deref()];
            titles.into_iter().flatten().any(|title| title.contains(name))
        };
        let names = article.names.iter().filter(|name| !titled(name)).map(String::as_str);
        let keywords: Vec<&str> =
            article.keywords.iter().map(String::as_str).chain(names).collect();
        let keywords = keywords.join("\n");
        let heading = article.heading.as_deref();
        let title = [
            Some(article.title.as_str()),
            heading,
            article.description.as_deref(),
            Some(keywords.as_str()),
        ];
        let title = title.into_iter().flatten().collect::<Vec<_>>().join("\n");
        let path = article.path.rsplit_once('.').map_or(&*article.path, |(path, _)| path);
        let document = &mut indexed.article;
        document.id = article.id.clone();
        document.codes = article.codes.iter().flat_map(CodeKeys::declared).collect();
        document.codes.extend(article.names.iter().map(|name| name_key(name)));
        let titles = [Some(article.title.as_str()), heading].into_iter().flatten();
        document.codes.extend(titles.filter_map(heading_key));
        if !article.patterns.is_empty() {
            document.codes.push(PATTERNS_KEY.to_owned());
        }
        if article.pinned {
            document.codes.push(PINNED_KEY.to_owned());
        }
        document.names = vec![article.id.clone(), path.to_owned()];
        document.names.extend(link_parts(&article.path).last().map(|name| file_key(name)));
        document.labels = article.statuses.iter().filter_map(|status| label(status)).collect();
        let (words, meaning) = self.words(&title, &mut indexed.article.word, &mut indexed.words);
        indexed.title_words = words;
        indexed.title_bigrams = self.bigrams_of_last(&title, &mut indexed.article.bigram);
        indexed.stored = encode(&stored_article(article));
        meaning
    }

    fn passages(&mut self, article: &Article, title: &Meaning, indexed: &mut IndexedArticle) {
        for passage in article.passages.iter().take(MAX_NUMBER as usize) {
            let mut document = Document {
                id: format!("{}#{}", article.id, passage.anchor),
                codes: passage
                    .codes
                    .iter()
                    .flat_map(CodeKeys::written)
                    .chain(keys_of_subject(passage))
                    .collect(),
                ..Document::default()
            };
            let (heading_words, heading_bigrams) =
                self.heading(passage, &mut document, &mut indexed.words);
            let (mut words, mut meaning) =
                self.words(&passage.text, &mut document.word, &mut indexed.words);
            let mut bigrams = self.bigrams_of_last(&passage.text, &mut document.bigram);
            let mut stored = stored_passage(passage);
            if !passage.asked.is_empty() {
                let title = &indexed.article.word;
                let asked = self.asked(passage, title, &mut document, &mut indexed.words);
                words = words.saturating_add(asked.words);
                bigrams = bigrams.saturating_add(asked.bigrams);
                meaning.add(&asked.meaning, 1.0);
                stored.asked = asked.lines;
            }
            meaning.add(&self.heading.meaning, HEADING);
            meaning.add(title, TITLE);
            indexed.meanings.extend(meaning.to_bytes());
            indexed.passages.push(PassageRecord {
                article: 0,
                words,
                bigrams: heading_bigrams + bigrams,
                heading_words: u16::try_from(heading_words).unwrap_or(u16::MAX),
                remedial: !passage.points,
                leads: passage.leads,
                asked: !passage.asked.is_empty(),
                stored: indexed.stored_passages.len() as u64,
            });
            encode_behind(&mut indexed.stored_passages, &stored);
            indexed.passage_documents.push(document);
        }
    }

    /// Adds the ways to ask for a passage, and notes of each the terms that neither the passage nor the title has.
    fn asked(
        &mut self,
        passage: &Passage,
        title: &Terms,
        document: &mut Document,
        noted: &mut NotedWords,
    ) -> Asked {
        let own: BTreeSet<String> =
            document.word.iter().chain(title.iter()).map(str::to_owned).collect();
        let mut asked = Asked::default();
        for line in &passage.asked {
            let mut terms = Terms::default();
            let (words, meaning) = self.words(line, &mut terms, noted);
            asked.words = asked.words.saturating_add(words);
            let bigrams = self.bigrams_of_last(line, &mut document.bigram);
            asked.bigrams = asked.bigrams.saturating_add(bigrams);
            asked.meaning.add(&meaning, 1.0);
            document.word.append(&terms);
            asked.lines.push(line, terms.iter().filter(|term| !own.contains(*term)));
        }
        asked
    }

    /// The words and bigrams of the passage's headings and question, and how many they are.
    fn heading(
        &mut self,
        passage: &Passage,
        document: &mut Document,
        noted: &mut NotedWords,
    ) -> (u32, u32) {
        let text = passage.heading();
        if text != self.heading.text {
            let Heading { words, bigrams, meaning, lengths, .. } = &mut self.heading;
            words.clear();
            bigrams.clear();
            *meaning = Meaning::default();
            *lengths = (0, 0);
            self.meanings.begin();
            for token in self.worker.analyze(&text).iter() {
                words.push(token.term);
                lengths.0 += 1;
                if let Some(vector) = noted.note(&token, &mut self.seen) {
                    self.meanings.add(meaning, vector, &token);
                }
            }
            self.worker.bigrams_of_last(LEAST_BIGRAM_RARITY, |term| {
                bigrams.push(term);
                lengths.1 += 1;
            });
            self.heading.text = text;
        }
        document.word.append(&self.heading.words);
        document.heading.append(&self.heading.words);
        document.bigram.append(&self.heading.bigrams);
        self.heading.lengths
    }

    fn templates(&mut self, article: &Article, indexed: &mut IndexedArticle) {
        for template in article.templates.iter().take(MAX_NUMBER as usize) {
            let anchor = article.passages.get(template.passage).map(|passage| &passage.anchor);
            let mut document = Document {
                id: anchor.map_or(article.id.clone(), |anchor| format!("{}#{anchor}", article.id)),
                labels: label(&template.written).into_iter().collect(),
                ..Document::default()
            };
            let (tokens, words) = self.template(template, &mut document.word);
            let stored = indexed.stored_templates.len() as u64;
            indexed.templates.push(TemplateRecord { article: 0, words, stored });
            let stored = StoredTemplate {
                passage: u32::try_from(template.passage).unwrap_or(u32::MAX),
                written: &template.written,
                tokens,
                declared: matches!(
                    template.origin,
                    TemplateOrigin::Message | TemplateOrigin::Code | TemplateOrigin::Quote
                ),
                wording: is_wording(template),
                of_article: matches!(
                    template.origin,
                    TemplateOrigin::Message | TemplateOrigin::Title
                ),
            };
            encode_behind(&mut indexed.stored_templates, &stored);
            indexed.template_documents.push(document);
        }
    }

    /// The template's words to align, and how many it is found by.
    fn template(
        &mut self,
        template: &Template,
        terms: &mut Terms,
    ) -> (Vec<TemplateToken<'static>>, u32) {
        let mut tokens = Vec::new();
        let mut words = 0;
        for part in &template.parts {
            let TemplatePart::Literal(text) = part else {
                tokens.push(TemplateToken::Wildcard);
                continue;
            };
            for token in self.worker.analyze(text).iter() {
                terms.push(token.term);
                words += 1;
                if token.kind == TokenKind::Part {
                    continue;
                }
                let factor = if token.kind == TokenKind::Number { NUMBER_IN_TEMPLATE } else { 1.0 };
                let term = token.term.to_owned().into();
                tokens.push(TemplateToken::Word { term, rarity: token.rarity * factor });
            }
        }
        (tokens, words)
    }

    /// Notes the words of a title or a text, and says how many they are and what they are about.
    fn words(&mut self, text: &str, terms: &mut Terms, noted: &mut NotedWords) -> (u32, Meaning) {
        let mut meaning = Meaning::default();
        self.meanings.begin();
        terms.expect(text);
        let tokens = self.worker.analyze(text);
        for token in tokens.iter() {
            terms.push(token.term);
            if let Some(vector) = noted.note(&token, &mut self.seen) {
                self.meanings.add(&mut meaning, vector, &token);
            }
        }
        (u32::try_from(tokens.len()).unwrap_or(u32::MAX), meaning)
    }

    /// Notes the bigrams of the title or text whose words were noted last, and says how many they are.
    fn bigrams_of_last(&mut self, text: &str, terms: &mut Terms) -> u32 {
        let mut bigrams = 0;
        terms.expect(text);
        self.worker.bigrams_of_last(LEAST_BIGRAM_RARITY, |term| {
            terms.push(term);
            bigrams += 1;
        });
        bigrams
    }
}

/// Whether a template is what a program says, rather than the cell of a table or the number of an error.
fn is_wording(template: &Template) -> bool {
    if matches!(template.origin, TemplateOrigin::Cell | TemplateOrigin::Title) {
        return false;
    }
    let words = template.written.split(|c: char| !c.is_alphabetic());
    let said = words.filter(|word| word.chars().count() >= 2).count();
    said > usize::from(template.written.contains("ErrorDomain"))
}

fn label(text: &str) -> Option<String> {
    let folded = text::fold(text);
    (!folded.is_empty() && folded.len() <= LONGEST_LABEL).then_some(folded)
}

fn encode<T: serde::Serialize>(value: &T) -> Vec<u8> {
    postcard::to_stdvec(value).expect("plain data always serializes")
}

fn encode_behind<T: serde::Serialize>(bytes: &mut Vec<u8>, value: &T) {
    *bytes =
        postcard::to_extend(value, std::mem::take(bytes)).expect("plain data always serializes");
}

/// A pattern that is no pattern was told when its article was read.
fn stored_pattern(pattern: &Pattern) -> Option<StoredPattern> {
    pattern.compile().ok()?;
    let most_lines = u32::try_from(pattern.most_lines()).unwrap_or(u32::MAX);
    Some(StoredPattern { expression: pattern.expression().ok()?, most_lines })
}

fn stored_article(article: &Article) -> StoredArticle {
    StoredArticle {
        id: article.id.clone(),
        path: article.path.clone(),
        title: article.title.clone(),
        product: article.product.clone(),
        platforms: article.platforms.clone(),
        codes: article.codes.clone(),
        statuses: article.statuses.clone(),
        cautions: article.cautions.clone(),
        when: article.when.clone(),
        updated: article.updated,
        valid_until: article.valid_until,
        source: article.source.clone(),
        owner: article.owner.clone(),
        reviewed: article.reviewed,
        harmless: article.harmless,
        patterns: article.patterns.iter().filter_map(stored_pattern).collect(),
        release_note: article.is_release_note(),
        passages: u32::try_from(article.passages.len()).unwrap_or(u32::MAX).min(MAX_NUMBER),
    }
}

fn stored_passage(passage: &Passage) -> StoredPassage {
    StoredPassage {
        head: PassageHead {
            anchor: passage.anchor.clone(),
            section: passage.section.clone(),
            question: passage.question.clone(),
            role: passage.role,
            destructive: passage.destructive,
            instructs: passage.instructs,
            points: passage.points,
            row: passage.kind == PassageKind::Row,
        },
        markdown: passage.markdown.clone(),
        cautions: passage.cautions.clone(),
        codes: passage.codes.clone(),
        line: passage.line,
        of_error: passage.of_error,
        links: passage.links.clone(),
        meaning: passage.meaning.clone(),
        asked: AskedLines::default(),
    }
}
