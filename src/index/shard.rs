//! Builds one shard: the documents of some articles, as one file.

use std::path::Path;

use tantivy::directory::RamDirectory;
use tantivy::tokenizer::TokenizerManager;
use tantivy::{Directory as _, Index, TantivyDocument};
use xxhash_rust::xxh3::xxh3_64;

use super::IndexError;
use super::manifest::{FileEntry, Part, ShardEntry};
use super::remedial::tells_what_to_do;
use super::schema::Fields;
use super::stored::{StoredArticle, StoredPassage, StoredTemplate, StoredText, TemplateToken};
use super::term_list::{SEPARATOR, TERM_LIST, TermListTokenizer};
use super::vocabulary::WordList;
use crate::article::{Article, Part as TemplatePart, Passage, Template, TemplateOrigin};
use crate::facts::Code;
use crate::text::{self, Kind, Worker};

/// What tantivy may use while it builds a shard, in bytes; a shard is far smaller.
const MEMORY: usize = 256 << 20;
/// A label or a message that is longer than this is no key.
const LONGEST_LABEL: usize = 240;

/// A shard in memory, with what the manifest says of it.
#[derive(Debug, Clone)]
pub(crate) struct Shard {
    pub(crate) entry: ShardEntry,
    pub(crate) bytes: Vec<u8>,
}

/// The part of a shard that holds its word list; tantivy's files have longer names.
const WORDS: &str = "words";

impl Shard {
    /// The words of the shard's articles.
    pub(crate) fn words(&self) -> WordList {
        let part = self.entry.parts.iter().find(|part| part.name == WORDS);
        let bytes = part.and_then(|part| self.bytes.get(part.start..part.end));
        bytes.and_then(WordList::from_bytes).unwrap_or_default()
    }
}

/// The keys under which a code is found: its number, and its number in its domain.
pub(crate) fn code_keys(code: &Code) -> impl Iterator<Item = String> {
    let number = format!("#{}", code.number);
    let qualified = code.domain.as_ref().map(|domain| format!("{}{number}", domain.to_lowercase()));
    qualified.into_iter().chain([number])
}

/// Builds a shard of articles, which are in order of path, each with its whole text.
pub(crate) fn build(
    number: usize,
    fingerprint: u64,
    articles: &[(Article, StoredText)],
    worker: &mut Worker,
) -> Result<Shard, IndexError> {
    let (schema, fields) = Fields::schema();
    let directory = RamDirectory::create();
    let tokenizers = TokenizerManager::default();
    tokenizers.register(TERM_LIST, TermListTokenizer::default());
    let mut writer = Index::builder()
        .schema(schema)
        .tokenizers(tokenizers)
        .single_segment_index_writer(directory.clone(), MEMORY)?;

    let first_text = articles.iter().map(|(article, _)| documents_of(article)).sum();
    let mut documents =
        Documents { fields, worker, words: WordList::default(), next: 0, next_text: first_text };
    let mut entry = ShardEntry {
        file: FileEntry { name: format!("shard-{number:03}"), size: 0, checksum: 0 },
        fingerprint,
        parts: Vec::new(),
        articles: articles.len() as u64,
        passages: 0,
        templates: 0,
    };
    for (article, _) in articles {
        entry.passages += article.passages.len() as u64;
        entry.templates += article.templates.len() as u64;
        documents.article(article, |document| writer.add_document(document))?;
    }
    let mut owner = 0;
    for (article, text) in articles {
        let mut document = TantivyDocument::default();
        document.add_u64(fields.article, owner);
        document.add_bytes(fields.stored, &encode(text));
        writer.add_document(document)?;
        owner += documents_of(article);
    }
    let words = documents.words.to_bytes();
    let index = writer.finalize()?;
    let bytes = pack(&index, &directory, words, &mut entry)?;
    entry.file.size = bytes.len() as u64;
    entry.file.checksum = xxh3_64(&bytes);
    Ok(Shard { entry, bytes })
}

/// Puts the files of a finished segment behind each other.
fn pack(
    index: &Index,
    directory: &RamDirectory,
    words: Vec<u8>,
    entry: &mut ShardEntry,
) -> Result<Vec<u8>, IndexError> {
    let mut names = vec!["meta.json".to_owned()];
    let files = index.load_metas()?.list_segment_files();
    let mut files: Vec<_> =
        files.into_iter().filter_map(|file| file.into_os_string().into_string().ok()).collect();
    files.sort();
    names.extend(
        files.into_iter().filter(|file| directory.exists(Path::new(file)).unwrap_or(false)),
    );
    let mut packed = Vec::new();
    for name in names {
        let path = Path::new(&name);
        let start = packed.len();
        if name == "meta.json" {
            let meta = directory.atomic_read(path).map_err(tantivy::TantivyError::from)?;
            packed.extend_from_slice(&meta);
        } else {
            let file = directory.open_read(path).map_err(tantivy::TantivyError::from)?;
            packed.extend_from_slice(&file.read_bytes().map_err(IndexError::io(path))?);
        }
        entry.parts.push(Part { name, start, end: packed.len() });
    }
    let start = packed.len();
    packed.extend_from_slice(&words);
    entry.parts.push(Part { name: WORDS.to_owned(), start, end: packed.len() });
    Ok(packed)
}

/// Turns articles into documents, numbered as they are added.
struct Documents<'w> {
    fields: Fields,
    worker: &'w mut Worker,
    words: WordList,
    next: u64,
    next_text: u64,
}

/// How many documents an article, its passages and its templates are.
fn documents_of(article: &Article) -> u64 {
    1 + article.passages.len() as u64 + article.templates.len() as u64
}

impl Documents<'_> {
    /// The article, its passages, its templates, in this order.
    fn article(
        &mut self,
        article: &Article,
        mut add: impl FnMut(TantivyDocument) -> tantivy::Result<()>,
    ) -> Result<(), IndexError> {
        let fields = self.fields;
        let number = self.next;

        let mut document = TantivyDocument::default();
        let title = [
            Some(article.title.as_str()),
            article.description.as_deref(),
            Some(&article.keywords.join("\n")),
        ];
        let title = title.into_iter().flatten().collect::<Vec<_>>().join("\n");
        document.add_text(fields.title, self.words(&title));
        document.add_text(fields.title_bigram, self.bigrams(&title));
        document.add_text(fields.code, keys(article.codes.iter().flat_map(code_keys)));
        let path = article.path.rsplit_once('.').map_or(&*article.path, |(path, _)| path);
        let names = [article.id.as_str(), path].map(str::to_owned);
        document.add_text(fields.id, keys(names.into_iter()));
        document.add_text(fields.label, keys(article.statuses.iter().filter_map(|s| label(s))));
        document.add_bytes(fields.stored, &encode(&stored_article(article, self.next_text)));
        self.next_text += 1;
        self.add(number, document, &mut add)?;

        for passage in &article.passages {
            let mut document = TantivyDocument::default();
            let mut heading = passage.section.join("\n");
            if let Some(question) = &passage.question {
                heading.push('\n');
                heading.push_str(question);
            }
            document.add_text(fields.heading, self.words(&heading));
            document.add_text(fields.body, self.words(&passage.text));
            heading.push('\n');
            heading.push_str(&passage.text);
            document.add_text(fields.bigram, self.bigrams(&heading));
            document.add_text(fields.code, keys(passage.codes.iter().flat_map(code_keys)));
            document.add_bytes(fields.stored, &encode(&stored_passage(passage)));
            self.add(number, document, &mut add)?;
        }

        for template in &article.templates {
            let mut document = TantivyDocument::default();
            let (tokens, words) = self.template(template);
            document.add_text(fields.template, words);
            document.add_text(fields.label, keys(label(&template.written).into_iter()));
            let stored = StoredTemplate {
                passage: u32::try_from(template.passage).unwrap_or(u32::MAX),
                written: template.written.clone(),
                tokens,
                declared: matches!(
                    template.origin,
                    TemplateOrigin::Message | TemplateOrigin::Code | TemplateOrigin::Quote
                ),
            };
            document.add_bytes(fields.stored, &encode(&stored));
            self.add(number, document, &mut add)?;
        }
        Ok(())
    }

    fn add(
        &mut self,
        article: u64,
        mut document: TantivyDocument,
        add: &mut impl FnMut(TantivyDocument) -> tantivy::Result<()>,
    ) -> Result<(), IndexError> {
        document.add_u64(self.fields.article, article);
        add(document)?;
        self.next += 1;
        Ok(())
    }

    fn words(&mut self, text: &str) -> String {
        let mut list = String::with_capacity(text.len() + text.len() / 2);
        for token in self.worker.analyze(text).iter() {
            push(&mut list, token.term);
            self.words.note(&token);
        }
        list
    }

    fn bigrams(&mut self, text: &str) -> String {
        let mut list = String::with_capacity(text.len() * 2);
        self.worker.bigrams(text, |token| push(&mut list, token.term));
        list
    }

    /// The template's words to align, and to be found by.
    fn template(&mut self, template: &Template) -> (Vec<TemplateToken>, String) {
        let mut tokens = Vec::new();
        let mut list = String::new();
        for part in &template.parts {
            match part {
                TemplatePart::Wildcard(_) => tokens.push(TemplateToken::Wildcard),
                TemplatePart::Literal(text) => {
                    for token in self.worker.analyze(text).iter() {
                        push(&mut list, token.term);
                        if token.kind == Kind::Part {
                            continue;
                        }
                        let number = token.kind == Kind::Number;
                        let factor = if number { NUMBER_IN_TEMPLATE } else { 1.0 };
                        let term = xxh3_64(token.term.as_bytes());
                        tokens.push(TemplateToken::Word { term, rarity: token.rarity * factor });
                    }
                }
            }
        }
        (tokens, list)
    }
}

/// A number in a wording is mostly a count or a code of that one example.
const NUMBER_IN_TEMPLATE: f32 = 0.1;

fn push(list: &mut String, term: &str) {
    list.push_str(term);
    list.push(SEPARATOR);
}

fn keys(keys: impl Iterator<Item = String>) -> String {
    let mut list = String::new();
    for key in keys {
        push(&mut list, &key);
    }
    list
}

fn label(text: &str) -> Option<String> {
    let folded = text::fold(text);
    (!folded.is_empty() && folded.len() <= LONGEST_LABEL).then_some(folded)
}

fn encode<T: serde::Serialize>(value: &T) -> Vec<u8> {
    postcard::to_stdvec(value).expect("plain data always serializes")
}

fn stored_article(article: &Article, text: u64) -> StoredArticle {
    StoredArticle {
        id: article.id.clone(),
        path: article.path.clone(),
        title: article.title.clone(),
        product: article.product.clone(),
        platforms: article.platforms.clone(),
        codes: article.codes.iter().map(Into::into).collect(),
        statuses: article.statuses.clone(),
        cautions: article.cautions.clone(),
        when: article.when.clone(),
        updated: article.updated.map(|date| date.to_string()),
        valid_until: article.valid_until.map(|date| date.to_string()),
        source: article.source.clone(),
        passages: u32::try_from(article.passages.len()).unwrap_or(u32::MAX),
        templates: u32::try_from(article.templates.len()).unwrap_or(u32::MAX),
        text: u32::try_from(text).unwrap_or(u32::MAX),
    }
}

fn stored_passage(passage: &Passage) -> StoredPassage {
    StoredPassage {
        anchor: passage.anchor.clone(),
        section: passage.section.clone(),
        question: passage.question.clone(),
        markdown: passage.markdown.clone(),
        cautions: passage.cautions.clone(),
        destructive: passage.destructive,
        codes: passage.codes.iter().map(Into::into).collect(),
        line: passage.line,
        remedial: tells_what_to_do(passage),
    }
}
