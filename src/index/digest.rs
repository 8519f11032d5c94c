//! What the index keeps of one article: a pure function of the article and the analyzer.
//!
//! 1. titles, headings, texts and templates are analyzed, and every occurrence of a term is noted with
//!    who holds it;
//! 2. the occurrences are sorted and counted;
//! 3. what ranking and showing need is stored.
//!
//! Numbers count from the article's own first passage and template; the shard shifts them.

use super::layout::{PassageRecord, TemplateRecord};
use super::posting::{Holder, MOST_HOLDERS, NUMBER_SHIFT, Posting, Space};
use super::remedial::tells_what_to_do;
use super::stored::{StoredArticle, StoredPassage, StoredTemplate, StoredText, TemplateToken};
use super::words::{NotedWords, Seen};
use crate::article::{Article, Part as TemplatePart, Passage, Template, TemplateOrigin};
use crate::facts::Code;
use crate::text::{self, Kind, Meaning, MeaningReader, Worker};

/// A label or a message that is longer than this is no key.
const LONGEST_LABEL: usize = 240;
/// How much the title and the headings of a passage count in what it is about, beside its text: as much as the
/// search weighs their words.
const TITLE: f32 = 2.0;
const HEADING: f32 = 1.6;
/// A number in a wording is mostly a count or a code of that one example.
const NUMBER_IN_TEMPLATE: f32 = 0.1;
/// Bigrams that are less rare than this (in nats, by their characters) are left out: pairs of hiragana,
/// the endings of everything, which no query needs to be found.
const LEAST_BIGRAM_RARITY: f32 = 1.0;

/// A term with one of its holders and how often that one holds it; in order of key, holder, number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Entry(u128);

/// Where the parts of an [`Entry`] begin: the key, the holder's kind, and the posting, whose own number
/// stands above its frequencies.
const KEY: u32 = 64;
const HOLDER: u32 = 32;
const NUMBER: u32 = NUMBER_SHIFT;

impl Entry {
    /// One occurrence, before it is counted: the lowest bit tells texts from headings.
    fn occurrence(key: u64, holder: Holder, number: u32, in_body: bool) -> Self {
        Self(
            u128::from(key) << KEY
                | (holder as u128) << HOLDER
                | u128::from(number) << NUMBER
                | u128::from(in_body),
        )
    }

    /// What a holder has of a term, by its posting.
    pub(super) fn new(key: u64, holder: Holder, posting: Posting) -> Self {
        let posting = u128::from(posting.to_bits());
        Self(u128::from(key) << KEY | (holder as u128) << HOLDER | posting)
    }

    /// The term.
    pub(super) fn key(self) -> u64 {
        (self.0 >> KEY) as u64
    }

    /// The kind of the holder.
    pub(super) fn holder(self) -> Holder {
        match self.0 >> HOLDER & 3 {
            0 => Holder::Article,
            1 => Holder::Passage,
            _ => Holder::Template,
        }
    }

    /// The posting as it is written.
    pub(super) fn posting(self) -> u32 {
        (self.0 & 0xffff_ffff) as u32
    }

    /// The same entry of a holder whose number is greater by `base`. The sum of both must be below
    /// [`MOST_HOLDERS`].
    pub(super) fn shifted(self, base: u32) -> Self {
        Self(self.0 + (u128::from(base) << NUMBER))
    }
}

/// What the index keeps of one article.
#[derive(Debug, Default)]
pub(super) struct Digest {
    pub(super) entries: Vec<Entry>,
    pub(super) title_words: u32,
    pub(super) title_bigrams: u32,
    pub(super) passages: Vec<PassageRecord>,
    pub(super) templates: Vec<TemplateRecord>,
    /// What each passage is about, as [`Meaning::to_bytes`] says it.
    pub(super) meanings: Vec<u8>,
    pub(super) stored: Vec<u8>,
    pub(super) stored_passages: Vec<u8>,
    pub(super) stored_templates: Vec<u8>,
    pub(super) stored_text: Vec<u8>,
    pub(super) words: NotedWords,
}

/// Digests articles, in buffers that are used again; one for each thread.
#[derive(Debug)]
pub(super) struct Digester {
    worker: Worker,
    occurrences: Vec<Entry>,
    seen: Seen,
    heading: Heading,
    meanings: MeaningReader,
}

/// The terms of the last heading: the rows of a table share one.
#[derive(Debug, Default)]
struct Heading {
    text: String,
    words: Vec<u64>,
    bigrams: Vec<u64>,
    meaning: Meaning,
}

/// The keys under which the index holds a code. They tell a domain that the text itself states from one
/// that the dictionary guessed for a plain number: what states 4026 of Apple's is not meant by everybody's
/// message no. 4026.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct CodeKeys {
    /// The number in its domain, as what states the domain is found.
    pub(crate) stated: Option<String>,
    /// The same, as what leaves the domain to be guessed is found.
    pub(crate) guessed: Option<String>,
    /// The number alone, as everything is found.
    pub(crate) number: String,
}

impl CodeKeys {
    pub(crate) fn of(code: &Code) -> Self {
        let number = format!("#{}", code.number);
        let domain = code.domain.as_ref().map(|domain| domain.to_lowercase());
        let qualified = domain.map(|domain| format!("{domain}{number}"));
        let guessed = qualified.as_ref().map(|qualified| format!("?{qualified}"));
        // A number that is nobody else's needs no domain.
        let stated = qualified.or_else(|| code.stated.then(|| number.clone()));
        Self { stated, guessed, number }
    }

    /// The keys that a passage which writes the code is found under.
    pub(crate) fn written(code: &Code) -> impl Iterator<Item = String> {
        let keys = Self::of(code);
        let own = if code.stated { keys.stated } else { keys.guessed };
        own.into_iter().chain([keys.number])
    }

    /// The keys that an article which declares the code in its front matter is found under: whose number
    /// it is, its writers knew.
    pub(crate) fn declared(code: &Code) -> impl Iterator<Item = String> {
        let keys = Self::of(code);
        keys.stated.into_iter().chain([keys.number])
    }

    /// The keys by which the same code is looked for: a plain number may be the one that others state.
    pub(crate) fn same(code: &Code) -> impl Iterator<Item = String> {
        let keys = Self::of(code);
        keys.stated.into_iter().chain(keys.guessed.filter(|_| !code.stated))
    }
}

impl Digester {
    pub(super) fn new(worker: Worker) -> Self {
        Self {
            worker,
            occurrences: Vec::new(),
            seen: Seen::default(),
            heading: Heading::default(),
            meanings: MeaningReader::default(),
        }
    }

    /// Digests one article with its whole text. Passages and templates beyond [`MOST_HOLDERS`] are left out.
    pub(super) fn digest(&mut self, article: &Article, text: &StoredText) -> Digest {
        self.occurrences.clear();
        self.seen.clear();
        self.heading = Heading::default();
        let mut digest = Digest::default();
        let title = self.article(article, &mut digest);
        self.passages(article, &title, &mut digest);
        self.templates(article, &mut digest);
        digest.stored_text = encode(text);
        digest.entries = self.count();
        digest
    }

    /// Digests what stands for the whole article, and says what that is about.
    fn article(&mut self, article: &Article, digest: &mut Digest) -> Meaning {
        let keywords = article.keywords.join("\n");
        let title =
            [Some(article.title.as_str()), article.description.as_deref(), Some(keywords.as_str())];
        let title = title.into_iter().flatten().collect::<Vec<_>>().join("\n");
        let (words, meaning) = self.words(&title, Holder::Article, 0, &mut digest.words);
        digest.title_words = words;
        digest.title_bigrams = self.bigrams_of_last(Holder::Article, 0);
        for key in article.codes.iter().flat_map(CodeKeys::declared) {
            self.note(Space::Code.key(&key), Holder::Article, 0);
        }
        let path = article.path.rsplit_once('.').map_or(&*article.path, |(path, _)| path);
        for name in [article.id.as_str(), path] {
            self.note(Space::Name.key(name), Holder::Article, 0);
        }
        for label in article.statuses.iter().filter_map(|status| label(status)) {
            self.note(Space::Label.key(&label), Holder::Article, 0);
        }
        digest.stored = encode(&stored_article(article));
        meaning
    }

    fn passages(&mut self, article: &Article, title: &Meaning, digest: &mut Digest) {
        for (number, passage) in (0..MOST_HOLDERS).zip(&article.passages) {
            let (heading_words, heading_bigrams) = self.heading(passage, number, &mut digest.words);
            let (words, mut meaning) =
                self.words(&passage.text, Holder::Passage, number, &mut digest.words);
            meaning.add(&self.heading.meaning, HEADING);
            meaning.add(title, TITLE);
            digest.meanings.extend(meaning.to_bytes());
            let bigrams = self.bigrams_of_last(Holder::Passage, number);
            for key in passage.codes.iter().flat_map(CodeKeys::written) {
                self.note(Space::Code.key(&key), Holder::Passage, number);
            }
            digest.passages.push(PassageRecord {
                article: 0,
                words,
                bigrams: heading_bigrams + bigrams,
                heading_words: u16::try_from(heading_words).unwrap_or(u16::MAX),
                remedial: tells_what_to_do(passage),
                stored: digest.stored_passages.len() as u64,
            });
            digest.stored_passages.extend(encode(&stored_passage(passage)));
        }
    }

    /// The words and bigrams of the passage's headings and question, and how many they are.
    fn heading(&mut self, passage: &Passage, number: u32, noted: &mut NotedWords) -> (u32, u32) {
        let text = passage.heading();
        if text != self.heading.text {
            let Heading { words, bigrams, meaning, .. } = &mut self.heading;
            words.clear();
            bigrams.clear();
            *meaning = Meaning::default();
            self.meanings.begin();
            for token in self.worker.analyze(&text).iter() {
                let key = Space::Word.key(token.term);
                words.push(key);
                if let Some(vector) = noted.note(key, &token, &mut self.seen) {
                    self.meanings.add(meaning, vector, &token);
                }
            }
            self.worker.bigrams_of_last(|token| {
                if token.rarity >= LEAST_BIGRAM_RARITY {
                    bigrams.push(Space::Bigram.key(token.term));
                }
            });
            self.heading.text = text;
        }
        for &key in &self.heading.words {
            self.occurrences.push(Entry::occurrence(key, Holder::Passage, number, false));
        }
        for &key in &self.heading.bigrams {
            self.occurrences.push(Entry::occurrence(key, Holder::Passage, number, true));
        }
        (length(&self.heading.words), length(&self.heading.bigrams))
    }

    fn templates(&mut self, article: &Article, digest: &mut Digest) {
        for (number, template) in (0..MOST_HOLDERS).zip(&article.templates) {
            let (tokens, words) = self.template(template, number);
            if let Some(label) = label(&template.written) {
                self.note(Space::Label.key(&label), Holder::Template, number);
            }
            let stored = digest.stored_templates.len() as u64;
            digest.templates.push(TemplateRecord { article: 0, words, stored });
            let stored = StoredTemplate {
                passage: u32::try_from(template.passage).unwrap_or(u32::MAX),
                written: template.written.clone(),
                tokens,
                declared: matches!(
                    template.origin,
                    TemplateOrigin::Message | TemplateOrigin::Code | TemplateOrigin::Quote
                ),
            };
            digest.stored_templates.extend(encode(&stored));
        }
    }

    /// The template's words to align, and how many it is found by.
    fn template(&mut self, template: &Template, number: u32) -> (Vec<TemplateToken>, u32) {
        let mut tokens = Vec::new();
        let mut words = 0;
        for part in &template.parts {
            let TemplatePart::Literal(text) = part else {
                tokens.push(TemplateToken::Wildcard);
                continue;
            };
            for token in self.worker.analyze(text).iter() {
                let term = Space::Word.key(token.term);
                let holder = Holder::Template;
                self.occurrences.push(Entry::occurrence(term, holder, number, true));
                words += 1;
                if token.kind == Kind::Part {
                    continue;
                }
                let factor = if token.kind == Kind::Number { NUMBER_IN_TEMPLATE } else { 1.0 };
                tokens.push(TemplateToken::Word { term, rarity: token.rarity * factor });
            }
        }
        (tokens, words)
    }

    fn note(&mut self, key: u64, holder: Holder, number: u32) {
        self.occurrences.push(Entry::occurrence(key, holder, number, true));
    }

    /// Notes the words of a title or a text, and says how many they are and what they are about.
    fn words(
        &mut self,
        text: &str,
        holder: Holder,
        number: u32,
        noted: &mut NotedWords,
    ) -> (u32, Meaning) {
        let mut meaning = Meaning::default();
        self.meanings.begin();
        let tokens = self.worker.analyze(text);
        for token in tokens.iter() {
            let key = Space::Word.key(token.term);
            self.occurrences.push(Entry::occurrence(key, holder, number, true));
            if let Some(vector) = noted.note(key, &token, &mut self.seen) {
                self.meanings.add(&mut meaning, vector, &token);
            }
        }
        (u32::try_from(tokens.len()).unwrap_or(u32::MAX), meaning)
    }

    /// Notes the bigrams of the title or text whose words were noted last, and says how many they are.
    fn bigrams_of_last(&mut self, holder: Holder, number: u32) -> u32 {
        let before = self.occurrences.len();
        let occurrences = &mut self.occurrences;
        self.worker.bigrams_of_last(|token| {
            if token.rarity >= LEAST_BIGRAM_RARITY {
                let key = Space::Bigram.key(token.term);
                occurrences.push(Entry::occurrence(key, holder, number, true));
            }
        });
        u32::try_from(self.occurrences.len() - before).unwrap_or(u32::MAX)
    }

    /// Sorts the occurrences and makes one entry of all that a holder has of a term.
    fn count(&mut self) -> Vec<Entry> {
        self.occurrences.sort_unstable();
        let holder = |entry: &Entry| entry.0 >> NUMBER;
        let groups = self.occurrences.chunk_by(|one, other| holder(one) == holder(other));
        groups
            .map(|group| {
                let in_heading = group.partition_point(|entry| entry.0 & 1 == 0);
                let of = |count| u32::try_from(count).unwrap_or(u32::MAX);
                let number = group.first().map_or(0, |entry| entry.posting() >> NUMBER);
                let posting = Posting::new(number, of(in_heading), of(group.len() - in_heading));
                let term = group.first().map_or(0, |entry| entry.0 >> HOLDER << HOLDER);
                Entry(term | u128::from(posting.to_bits()))
            })
            .collect()
    }
}

fn length(keys: &[u64]) -> u32 {
    u32::try_from(keys.len()).unwrap_or(u32::MAX)
}

fn label(text: &str) -> Option<String> {
    let folded = text::fold(text);
    (!folded.is_empty() && folded.len() <= LONGEST_LABEL).then_some(folded)
}

fn encode<T: serde::Serialize>(value: &T) -> Vec<u8> {
    postcard::to_stdvec(value).expect("plain data always serializes")
}

fn stored_article(article: &Article) -> StoredArticle {
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
        passages: u32::try_from(article.passages.len()).unwrap_or(u32::MAX).min(MOST_HOLDERS),
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
    }
}
