//! An incident as the search sees it: weighed terms, a message to align, keys.

use std::collections::BTreeMap;
use std::ops::{Range, RangeInclusive};
use std::sync::Arc;

use super::align::MessageToken;
use super::asides::Asides;
use super::asked::Asked;
use super::retrieve::expansion::{self, QueryPhrase};
use super::retrieve::statistics::Statistics;
use super::term::{Expansion, QueryTerm, insert, words_in};
use super::things::{self, Thing};
use super::weights::{BIGRAMS, GUESSED_DOMAIN, SETTLED, Weights};
use super::{named, wish};
use crate::facts::{
    Code, Incident, Kind, Products, Relation, constants, error_names, numbered_names,
    numbered_words, reasons,
};
use crate::index::{CodeKeys, Field, Snapshot, heading_key, name_key, subject_key};
use crate::record::is_typed;
use crate::text::lexicon::{ANNOUNCING, MESSAGE_WORDS, Section, WISHES};
use crate::text::{self, MEANING, Meaning, Synonyms, TokenKind, WordVectors, Worker};

/// A code of the incident, or an equivalent of it, as the index knows it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct CodeKey {
    pub(super) key: String,
    pub(super) kind: KeyKind,
    /// Its score in a passage that holds it.
    pub(super) score: f64,
    /// Its score where the front matter holds it, for all passages alike.
    pub(super) of_article: f64,
    /// How the code of the key relates to the one in the log; `None` where only the number is
    /// the same.
    pub(super) relation: Option<Relation>,
    pub(super) log: Code,
    /// The number that the key stands for.
    pub(super) number: i64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum KeyKind {
    /// A code, wherever a passage has it.
    Mentioned,
    /// A code, of the passages that are about it.
    Subject,
    /// The domain of a code, of the passages that are about the domain.
    Domain,
    Name,
    Heading,
}

/// The codes of an incident in the light of the dictionary's equivalences.
#[derive(Debug, Clone, Default)]
pub(super) struct Equivalents {
    /// A code of the log, and another form of the same error under the log's wording.
    pub(super) same: Vec<(Code, Code)>,
    /// The codes of the log that are one of several errors, and whose wording does not tell which.
    pub(super) ambiguous: Vec<Code>,
}

/// An incident, taken apart.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Query {
    pub(super) words: Vec<QueryTerm>,
    pub(super) bigrams: Vec<QueryTerm>,
    pub(super) message: Vec<MessageToken>,
    /// Keys of the `code` field, strongest first.
    pub(super) code_keys: Vec<CodeKey>,
    /// Whether some passage is about a code of the incident.
    pub(super) documented: bool,
    /// Keys of the `label` field: states and messages, folded whole.
    pub(super) labels: Vec<String>,
    pub(super) question: bool,
    /// The sentences of a question that has several, as places in its words.
    pub(super) sentences: Vec<Vec<usize>>,
    /// The texts in quotation marks, folded.
    quotations: Vec<String>,
    /// The words of the message that a question quotes.
    pub(super) quoted: Option<Vec<usize>>,
    pub(super) things: Vec<Thing>,
    /// The verb that a question wishes to be done, as a place in the words.
    pub(super) wished_verb: Option<usize>,
    /// The object of a question by its form.
    pub(super) asked: Option<Asked>,
    /// The meaning of a question, as the index holds it of passages. A log is matched by its wording: whatever
    /// tells of the same things in other words is another message.
    pub(super) meaning: Option<[u8; MEANING]>,
    pub(super) weights: Arc<Weights>,
}

impl Query {
    /// Takes an incident apart and weighs its terms.
    pub(super) fn new(
        incident: &Incident,
        equivalents: &Equivalents,
        context: &QueryContext<'_>,
        worker: &mut Worker,
        statistics: &Statistics<'_>,
    ) -> Self {
        let question = incident.kind == Kind::Question;
        let weights = context.weights;
        let source = Source::new(incident);
        let mut taken = source.take_words(context.synonyms, statistics, weights, worker);
        // Where it is damaged, the answer says so.
        if question && let Ok(vocabulary) = context.snapshot.vocabulary() {
            expansion::add_read(&source.text, vocabulary, weights, &mut taken.words);
            for term in taken.words.values_mut() {
                term.alternatives.extend(expansion::misspelt(term, vocabulary, weights));
                let held = statistics.frequency(Field::Word, &term.text) > 0;
                if !held {
                    term.alternatives.extend(expansion::misconverted(term, vocabulary, weights));
                }
                if held || !things::is_abbreviation(term) {
                    let near = expansion::by_meaning(term, held, vocabulary, weights);
                    term.alternatives.extend(near);
                }
            }
        }
        let bigrams = rarest_bigrams(source.take_bigrams(weights, worker)).into_values();

        let words = taken.words.into_values().map(|term| weigh(term, Field::Word, statistics));
        let mut words: Vec<QueryTerm> = words.collect();
        let announcing = ANNOUNCING.entries("");
        let states: Vec<&str> = incident.facts.iter().map(|fact| fact.value.as_str()).collect();
        let asides = Asides::of(if question { &incident.message } else { "" }, &states);
        let said = if question { text::fold(&incident.message) } else { String::new() };
        let of_console = context.products.words_of_names(&said);
        for term in &mut words {
            term.announces = announcing.contains(&term.folded);
            let lists = ["generic", "passing", "telling", "people", "asking for it"];
            term.generic |= question
                && (lists.iter().any(|list| WISHES.entries(list).contains(&term.folded))
                    || context.products.is_name(&term.folded)
                    || asides.holds(&term.written)
                    || is_speech(term));
            term.of_console = of_console.contains(&term.folded.as_str());
            term.settled = question && asides.settles(&term.written);
            if term.settled {
                term.score *= SETTLED;
                term.weight *= SETTLED;
            }
        }
        let is_held = |key: &str| statistics.frequency(Field::Code, key) > 0;
        let mut code_keys = code_keys_of(incident, equivalents, &taken.numbers, &is_held, weights);
        code_keys.extend(named_keys_of(incident, statistics, weights));
        code_keys.sort_by(|a, b| b.score.total_cmp(&a.score).then_with(|| a.key.cmp(&b.key)));
        let is_documented = |key: &CodeKey| {
            key.kind == KeyKind::Subject
                && key.relation == Some(Relation::Exact)
                && statistics.frequency(Field::Code, &key.key) > 0
        };
        let typed = question && is_typed(&incident.message);
        // A program's English line that was read as a question names what varies.
        let own = typed || question && !incident.message.is_ascii();
        let asked = question.then(|| Asked::of(&incident.message).of_any_console(context.products));
        Self {
            documented: code_keys.iter().any(is_documented),
            meaning: question.then(|| meaning_of(&words)).flatten(),
            // A console's sentences are one message.
            sentences: if typed { sentences(&incident.message, &words) } else { Vec::new() },
            quotations: quotations(&incident.message).map(bare).collect(),
            quoted: question.then(|| quoted(&incident.message, &words)).flatten(),
            things: if own { things::of(&incident.message, &words) } else { Vec::new() },
            wished_verb: things::wished_verb(&incident.message, &words).filter(|_| own),
            message: taken.message.iter().map(|word| word.weigh(&words)).collect(),
            words,
            bigrams: bigrams.map(|term| weigh(term, Field::Bigram, statistics)).collect(),
            code_keys,
            labels: labels_of(incident, &asides, asked.as_ref(), context.products),
            question,
            asked,
            weights: Arc::clone(context.weights),
        }
    }
}

impl Query {
    /// Whether a wording is quoted: whoever quotes it means it, whatever is said around it.
    pub(super) fn quotes(&self, wording: &str) -> bool {
        !self.quotations.is_empty() && self.quotations.contains(&bare(wording))
    }
}

/// A wording as two of them are compared: folded, without the marks around it.
fn bare(wording: &str) -> String {
    text::fold(wording.trim_matches(|c: char| !c.is_alphanumeric()))
}

/// The text of an incident, which knows what varies in it.
struct Source<'i> {
    incident: &'i Incident,
    text: String,
}

/// The words of an incident's text.
struct Taken {
    words: BTreeMap<String, QueryTerm>,
    message: Vec<MessageWord>,
    /// Numbers that nothing announces as codes, but that are as long as codes are.
    numbers: Vec<i64>,
}

/// A word of the message before its rarity over the live passages is known.
struct MessageWord {
    term: String,
    weight: f64,
    rarity: f64,
    code: bool,
}

impl MessageWord {
    /// Weighs the word by the query's words, which are in order of their terms.
    fn weigh(&self, words: &[QueryTerm]) -> MessageToken {
        let known = words.binary_search_by(|word| word.text.as_str().cmp(&self.term));
        let known = known.ok().and_then(|place| words.get(place));
        let score = known.map_or(0.0, |word| word.score / word.weight.max(f64::MIN_POSITIVE));
        MessageToken {
            term: self.term.clone(),
            weight: self.weight * self.rarity,
            mass: self.weight * score,
            code: self.code,
        }
    }
}

impl<'i> Source<'i> {
    fn new(incident: &'i Incident) -> Self {
        let mut text = incident.message.clone();
        for fact in &incident.facts {
            // A state is in the message already; its label may not.
            if !text.contains(&fact.value) {
                text.push(' ');
                text.push_str(&fact.value);
            }
        }
        Self { incident, text }
    }

    fn varies(&self, range: &Range<usize>) -> bool {
        self.incident.variables.iter().any(|variable| overlaps(&variable.range, range))
            || self.is_of_numbered_name(range)
    }

    /// Whether a word is joined to a number, as names of devices are: 受付 of 受付-01. Before a code is what announces it.
    fn is_of_numbered_name(&self, range: &Range<usize>) -> bool {
        let behind = self.text.get(range.end..).unwrap_or_default();
        let Some(number) = behind.strip_prefix(['-', '_', '－']) else { return false };
        let digits = number.chars().take_while(char::is_ascii_digit).count();
        let start = self.text.len() - number.len();
        let word = self.text.get(range.clone()).unwrap_or_default();
        digits > 0 && !word.is_ascii() && self.code(&(start..start + digits)).is_none()
    }

    /// The code of the incident that the bytes are in.
    fn code(&self, range: &Range<usize>) -> Option<&Code> {
        let written = self.text.get(range.clone()).filter(|written| !written.is_empty())?;
        self.incident.codes.iter().find(|code| code.written.contains(written))
    }

    /// Whether a word is the domain of a code that is found by its key.
    fn names_keyed_domain(&self, word: &str, statistics: &Statistics<'_>) -> bool {
        self.incident.codes.iter().any(|code| {
            code.domain.as_ref().is_some_and(|domain| domain.eq_ignore_ascii_case(word))
                && is_keyed(code, statistics)
        })
    }

    fn take_words(
        &self,
        synonyms: &Synonyms,
        statistics: &Statistics<'_>,
        w: &Weights,
        worker: &mut Worker,
    ) -> Taken {
        let mut words = BTreeMap::new();
        let mut message = Vec::new();
        let mut numbers = Vec::new();
        let question = self.incident.kind == Kind::Question;
        let mut in_domain = false;
        let tokens: Vec<_> = worker.analyze(&self.text).iter().collect();
        for token in &tokens {
            let variable = self.varies(&token.range);
            let code = self.code(&token.range).filter(|_| variable);
            let keyed = code.is_some_and(|code| is_keyed(code, statistics));
            let code = code.is_some();
            let written = self.text.get(token.range.clone()).unwrap_or_default();
            if token.kind != TokenKind::Part {
                in_domain = self.names_keyed_domain(written, statistics);
            }
            if token.kind == TokenKind::Number && !code && CODE_DIGITS.contains(&token.term.len()) {
                numbers.extend(token.term.parse::<i64>());
            }
            let weight = match token.kind {
                _ if code => 1.0,
                TokenKind::Part => w.part,
                TokenKind::Number => w.number,
                _ => 1.0,
            };
            let weight = if variable && !code { weight * w.variable } else { weight };
            let rarity = f64::from(token.rarity);
            if token.kind != TokenKind::Part {
                // In a wording a code is a variable part like any other.
                let weight = if code { w.variable } else { weight };
                message.push(MessageWord { term: token.term.to_owned(), weight, rarity, code });
            }
            // A code that is found by its key is no word, and a piece of its domain's name no subject: all forms of
            // a code weigh the same.
            if keyed || in_domain && token.kind == TokenKind::Part {
                continue;
            }
            let term = insert(&mut words, token.term, written, weight, rarity);
            term.code |= code;
            if question && term.reading.is_empty() {
                token.reading.clone_into(&mut term.reading);
            }
            term.identifier |= variable && is_identifier(token.term);
            term.host |=
                variable && question && (is_host(token.term) || is_port(&self.text, &token.range));
        }
        let general = QueryPhrase::of(&tokens, &self.text, |range| self.varies(range));
        for alternative in synonyms.expand(&tokens) {
            // A synonym of several words together counts for each of them.
            let terms: Vec<String> =
                alternative.terms.iter().map(|(term, _)| term.to_string()).collect();
            for token in alternative.replaces.iter().filter_map(|&place| tokens.get(place)) {
                if let Some(term) = words.get_mut(token.term) {
                    term.alternatives.push(Expansion { terms: terms.clone(), factor: w.synonym });
                }
            }
        }
        drop(tokens);
        for phrase in general {
            phrase.expand(synonyms, statistics, w, worker, &mut words);
        }
        Taken { words, message, numbers }
    }

    fn take_bigrams(&self, w: &Weights, worker: &mut Worker) -> BTreeMap<String, QueryTerm> {
        let mut bigrams = BTreeMap::new();
        worker.bigrams(&self.text, |token| {
            let weight = if self.varies(&token.range) { w.bigram * w.variable } else { w.bigram };
            insert(&mut bigrams, token.term, "", weight, f64::from(token.rarity));
        });
        bigrams
    }
}

/// Whether the knowledge base has a code that the log states under that code's own key.
fn is_keyed(code: &Code, statistics: &Statistics<'_>) -> bool {
    let key = CodeKeys::of(code).stated.filter(|_| code.stated);
    key.is_some_and(|key| statistics.frequency(Field::Code, &key) > 0)
}

/// Whether a word mixes letters with at least [`DIGITS`] digits, as vendors name their errors.
fn is_identifier(term: &str) -> bool {
    term.chars().filter(char::is_ascii_digit).count() >= DIGITS
        && term.chars().any(|letter| letter.is_ascii_alphabetic())
}

/// Whether a word is the name of a host or an address, with dots within.
fn is_host(term: &str) -> bool {
    let mut parts = term.split('.');
    parts.clone().count() > 2 && parts.all(|part| part.bytes().any(|it| it.is_ascii_alphanumeric()))
}

/// Whether a number is a port's: ポート2197, 5223番ポート.
fn is_port(text: &str, range: &Range<usize>) -> bool {
    static PORTS: [&str; 4] = ["ポート", "port", "tcp", "udp"];
    let number = text.get(range.clone()).unwrap_or_default();
    let before = text.get(..range.start).unwrap_or_default().trim_end().to_lowercase();
    let behind = text.get(range.end..).unwrap_or_default();
    let behind = behind.strip_prefix('番').unwrap_or(behind).trim_start().to_lowercase();
    number.bytes().all(|it| it.is_ascii_digit())
        && PORTS.iter().any(|it| before.ends_with(it) || behind.starts_with(it))
}

/// Whether a word is a run of kana that no passage holds and nothing stands for: people's speech (「だめなやつ」).
fn is_speech(term: &QueryTerm) -> bool {
    let held = term.known || !term.alternatives.is_empty();
    !held && !term.written.is_empty() && term.written.chars().all(text::is_hiragana)
}

/// Fewer digits number the devices of a kind (nas02, iPhone11).
const DIGITS: usize = 3;

/// How many digits a number has that may be a code without a word that says so.
const CODE_DIGITS: RangeInclusive<usize> = 4..=6;

/// The meaning of a question's words; `None` where none of them has a vector.
fn meaning_of(words: &[QueryTerm]) -> Option<[u8; MEANING]> {
    let vectors = WordVectors::shipped();
    let mut meaning = Meaning::default();
    for term in words {
        if let Some(vector) = vectors.of(&term.text) {
            meaning.add_word(vector, (term.weight * term.rarity) as f32);
        }
    }
    Some(meaning.to_bytes()).filter(|bytes| *bytes != [0; MEANING])
}

/// The sentences of a text, as places of their words; none where it is one.
fn sentences(text: &str, words: &[QueryTerm]) -> Vec<Vec<usize>> {
    let mut before = ' ';
    let ends = |c: char| {
        let end =
            matches!(c, '。' | '？' | '！' | '?' | '!') || c == ' ' && text::is_hiragana(before);
        before = c;
        end
    };
    let parts: Vec<&str> = text.split(ends).filter(|part| !part.trim().is_empty()).collect();
    if parts.len() < 2 {
        return Vec::new();
    }
    parts.into_iter().map(|part| words_in(part, words)).collect()
}

/// The words of the message that a text quotes, in one piece or several; `None` where it quotes names or nothing.
fn quoted(text: &str, words: &[QueryTerm]) -> Option<Vec<usize>> {
    static ENDS: Section = MESSAGE_WORDS.section("ends of quoted messages");
    let is_sentence = |quoted: &&str| {
        let bare = quoted.trim_end_matches(['。', '！', '!', '.']);
        ENDS.iter().any(|end| bare.ends_with(end))
            || bare.is_ascii() && bare.split_whitespace().count() >= LEAST_OF_SENTENCE
    };
    let quoted: Vec<&str> = quotations(text).filter(is_sentence).collect();
    (!quoted.is_empty()).then(|| quoted.into_iter().flat_map(|it| words_in(it, words)).collect())
}

/// The sentences in Latin letters of a text in Japanese: a program's words.
pub(super) fn latin_sentences(text: &str) -> impl Iterator<Item = &str> {
    let parts = text.split(|c: char| !c.is_ascii()).filter(|_| !text.is_ascii());
    let parts = parts.map(|part| part.trim_matches(|c: char| !c.is_ascii_alphanumeric()));
    parts.filter(|part| part.split_whitespace().count() >= LEAST_OF_SENTENCE)
}

/// Fewer words in Latin letters are a name.
const LEAST_OF_SENTENCE: usize = 3;

pub(super) fn quotations(text: &str) -> impl Iterator<Item = &str> {
    const MARKS: [(char, char); 4] = [('「', '」'), ('『', '』'), ('"', '"'), ('“', '”')];
    MARKS.into_iter().flat_map(move |(begin, end)| {
        let mut rest = text;
        std::iter::from_fn(move || {
            let (_, behind) = rest.split_once(begin)?;
            let (quoted, behind) = behind.split_once(end)?;
            rest = behind;
            Some(quoted)
        })
    })
}

/// At most [`BIGRAMS`] of them.
fn rarest_bigrams(bigrams: BTreeMap<String, QueryTerm>) -> BTreeMap<String, QueryTerm> {
    let mut order: Vec<_> = bigrams.into_iter().collect();
    let worth = |term: &QueryTerm| term.weight * term.rarity;
    // The sort is stable: what is equally rare stays in the order of its characters.
    order.sort_by(|(_, a), (_, b)| worth(b).total_cmp(&worth(a)));
    order.truncate(BIGRAMS);
    order.into_iter().collect()
}

/// Gives a term its rarity over the live passages.
fn weigh(mut term: QueryTerm, field: Field, statistics: &Statistics<'_>) -> QueryTerm {
    let frequency = statistics.frequency(field, &term.text);
    term.known = frequency > 0;
    if (term.identifier || term.host) && term.known {
        term.weight = 1.0;
    }
    term.score = term.weight * statistics.rarity(frequency, term.rarity);
    term
}

/// The states that are not over, the message, and the name whose meaning is asked for, folded whole.
fn labels_of(
    incident: &Incident,
    asides: &Asides<'_>,
    asked: Option<&Asked>,
    products: &Products,
) -> Vec<String> {
    let states = incident.facts.iter().filter(|fact| !asides.is_over(&fact.value));
    let states = states.map(|fact| text::fold(&fact.value));
    let said: Vec<String> =
        [text::fold(&incident.message)].into_iter().chain(core_of(incident)).collect();
    let own = said.iter().filter_map(|it| products.after_name(it)).map(str::to_owned);
    let labels = states.chain(own.collect::<Vec<_>>()).chain(said);
    let named = asked.and_then(|asked| match asked {
        Asked::Definition(name) => Some(name.clone()),
        _ => None,
    });
    let labels = labels.chain(named);
    let mut labels: Vec<String> = labels.filter(|label| !label.is_empty()).collect();
    labels.sort();
    labels.dedup();
    labels
}

/// The reported trouble, without the words that report it.
fn core_of(incident: &Incident) -> Option<String> {
    (incident.kind == Kind::Question).then(|| wish::core(&incident.message)).flatten()
}

/// The statistics that the knowledge base's words are looked up in.
pub(super) struct QueryContext<'w> {
    pub(super) synonyms: &'w Synonyms,
    pub(super) snapshot: &'w Snapshot,
    pub(super) products: &'w Products,
    pub(super) weights: &'w Arc<Weights>,
}

/// The keys of the incident's codes and their equivalents, and of the numbers that may be codes.
fn code_keys_of(
    incident: &Incident,
    equivalents: &Equivalents,
    numbers: &[i64],
    is_held: &impl Fn(&str) -> bool,
    w: &Weights,
) -> Vec<CodeKey> {
    let mut keys: BTreeMap<String, CodeKey> = BTreeMap::new();
    let mut note = |key: String, kind, score, relation, log: &Code, number| {
        let of_article = if matches!(kind, KeyKind::Mentioned) { score } else { 0.0 };
        let log = log.clone();
        let new = CodeKey { key: key.clone(), kind, score, of_article, relation, log, number };
        let known = keys.entry(key).or_insert_with(|| new.clone());
        if known.score < new.score {
            *known = new;
        }
    };
    for (place, code) in incident.codes.iter().enumerate() {
        // Errors that carry each other end with the cause.
        let cause = place + 1 == incident.codes.len();
        let carried = if cause { 1.0 } else { w.code_carried };
        let of_chain = |code: &Code| {
            code.stated
                && code.domain.as_ref().is_some_and(|domain| domain.ends_with("ErrorDomain"))
        };
        let result = !cause && of_chain(code) && incident.codes.last().is_some_and(of_chain);
        let score = carried * if code.stated { w.code_stated } else { w.code_exact };
        let documented = CodeKeys::same(code).any(|key| is_held(&subject_key(&key)));
        let ambiguous = equivalents.ambiguous.contains(code);
        for key in CodeKeys::same(code) {
            let about = subject_key(&key);
            let exact = Some(Relation::Exact);
            // The head of an error chain says that something failed, not what.
            let kind = if result { KeyKind::Mentioned } else { KeyKind::Subject };
            let subject = match (result, code.stated) {
                (true, _) => 0.0,
                // Whose number it is, the words beside it tell.
                (false, false) => GUESSED_DOMAIN * w.code_subject,
                (false, true) => w.code_subject,
            };
            note(about, kind, score + subject, exact, code, code.number);
            // Whoever merely names one of several errors under this number may mean the other.
            let (score, relation) = if ambiguous { (w.code_number, None) } else { (score, exact) };
            note(key, KeyKind::Mentioned, score, relation, code, code.number);
        }
        if let Some(domain) = code.domain.as_ref().filter(|_| code.stated && !documented) {
            let (near, score) = (Some(Relation::Near), carried * w.code_domain);
            note(name_key(domain), KeyKind::Domain, score, near, code, code.number);
        }
        let number = CodeKeys::of(code).number;
        note(number, KeyKind::Mentioned, w.code_number, None, code, code.number);
    }
    for (log, other) in &equivalents.same {
        // The wording bore the equivalence out: whoever writes the other number means this error.
        let CodeKeys { stated, guessed, number: _ } = CodeKeys::of(other);
        for key in stated.into_iter().chain(guessed) {
            let (about, same) = (subject_key(&key), Some(Relation::Same));
            note(about, KeyKind::Subject, w.code_same + w.code_subject, same, log, other.number);
            note(key, KeyKind::Mentioned, w.code_same, same, log, other.number);
        }
    }
    for &number in numbers {
        let code = Code { domain: None, number, written: number.to_string(), stated: false };
        note(CodeKeys::of(&code).number, KeyKind::Mentioned, w.code_number, None, &code, number);
    }
    keys.into_values().collect()
}

/// A name that more passages are about is the product's, or a chapter's.
const NAMED_BY_MOST: u64 = 12;

/// The keys of errors that have a name, and of headings that were typed whole.
fn named_keys_of(incident: &Incident, statistics: &Statistics<'_>, w: &Weights) -> Vec<CodeKey> {
    let mut keys: BTreeMap<String, CodeKey> = BTreeMap::new();
    let is_rare = |key: &str| (1..=NAMED_BY_MOST).contains(&statistics.frequency(Field::Code, key));
    let mut note = |key: String, kind, score, of_article, written: &str| {
        let frequency = statistics.frequency(Field::Code, &key);
        if !is_rare(&key) {
            return;
        }
        // Of several names in one message the one that fewest passages are about is the error's.
        let score = score - (frequency as f64).ln();
        let log = Code { domain: None, number: 0, written: written.to_owned(), stated: true };
        let relation = Some(Relation::Exact);
        let new = CodeKey { key: key.clone(), kind, score, of_article, relation, log, number: 0 };
        keys.entry(key).or_insert(new);
    };
    // The domain of a code is no name of its own: the row of the number comes first.
    let is_domain = |name: &str| {
        let mut domains = incident.codes.iter().filter_map(|code| code.domain.as_ref());
        name.ends_with("ErrorDomain") || domains.any(|domain| domain.eq_ignore_ascii_case(name))
    };
    let message = incident.message.as_str();
    // Letters and digits in one are as often a model's: as telling as a number without its domain.
    let joined = error_names(message).chain(constants(message));
    // Beside an error's number what is joined of words alone is a program's identifier, a method of the stack; and what the
    // knowledge base is about is its product.
    let numbered = numbered_names(message).next().is_some();
    let joined = joined
        .filter(|name| !numbered || name.bytes().any(|byte| byte.is_ascii_digit()))
        .filter(|name| !statistics.is_of_most(&text::fold(name)));
    let joined = joined.chain(reasons(message)).map(|name| (name, w.code_stated));
    // A word that nothing announces is one where a page or a passage is about it.
    let numbered = numbered_names(message).chain(numbered_words(message));
    let names = joined.chain(numbered.map(|name| (name, w.code_number)));
    let names =
        names.filter(|(name, _)| incident.command.as_deref() != Some(*name) && !is_domain(name));
    let names: Vec<(&str, f64)> = names.filter(|(name, _)| is_rare(&name_key(name))).collect();
    let end = |name: &str| name.as_ptr() as usize + name.len();
    let last = names.iter().map(|(name, _)| end(name)).max();
    for (name, score) in names {
        // Names that carry each other end with the cause, as codes do.
        let carried = if Some(end(name)) == last { 1.0 } else { w.code_carried };
        // The word itself is in the title, and is scored there.
        let of_article = carried * score;
        note(name_key(name), KeyKind::Name, carried * (score + w.code_subject), of_article, name);
    }
    let states = incident.facts.iter().map(|fact| fact.value.as_str());
    let core = core_of(incident);
    for whole in states.chain([incident.message.as_str()]).chain(core.as_deref()) {
        if let Some(key) = heading_key(whole) {
            note(key, KeyKind::Heading, w.heading_whole, w.heading_whole, whole);
        }
    }
    // Of what the words around a name leave, the longest name is meant.
    let is_known = |whole: &String| heading_key(whole).is_some_and(|key| is_rare(&key));
    let asked_about = named::asked_about(incident).into_iter().find(is_known);
    if let Some((key, whole)) = asked_about.and_then(|it| Some((heading_key(&it)?, it))) {
        note(key, KeyKind::Heading, w.heading_whole, w.heading_whole, &whole);
    }
    keys.into_values().collect()
}

fn overlaps(a: &Range<usize>, b: &Range<usize>) -> bool {
    a.start < b.end && b.start < a.end
}
