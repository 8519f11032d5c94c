//! The dictionary that is embedded in the library, and the knowledge base's own words; lindera is
//! spoken to here alone.
//!
//! 1. the system dictionary, compiled by `build.rs`, is read in place from the program's own bytes;
//! 2. the knowledge base's words (`dictionary.csv`, lindera's simple form) are compiled when an
//!    analyzer is made;
//! 3. a sentence is cut into the words of both along the cheapest path.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::sync::{Arc, LazyLock};

use lindera_dictionary::builder::user_dictionary::UserDictionaryBuilderOptions;
use lindera_dictionary::dictionary::{DetailFields, Dictionary as System, UserDictionary};
use lindera_dictionary::mode::{Mode, Penalty};
use lindera_dictionary::viterbi::{Lattice, LatticeOptions, LexType, WordId};
use rustc_hash::FxHashMap;

use super::normalize::normalize;
use super::stem::stem;
use super::words;
use crate::source::{Warning, phrase};

mod embedded {
    #![allow(missing_docs, unreachable_pub, dead_code, reason = "the macro writes public items")]
    lindera_dictionary::embedded_dictionary!("/dictionary", Loader);
}

/// The system dictionary, once a process.
static SYSTEM: LazyLock<System> = LazyLock::new(|| {
    embedded::load().expect("build.rs compiled the dictionary with the very version that reads it")
});

/// The context id of a common noun in IPADIC (`left-id.def`), which the knowledge base's words are.
const COMMON_NOUN: u16 = 1285;
/// The cost of a word of the knowledge base: lindera's own, low enough to win against any split.
const USER_COST: i16 = -10_000;
/// The rarity, in nats, of a knowledge base's word that the table lacks: it is common in its field.
const USER_RARITY: f32 = 9.0;

/// The words that texts are cut into.
#[derive(Clone)]
pub(super) struct Dictionary {
    user: Option<Arc<UserDictionary>>,
    latin: Arc<BTreeSet<String>>,
}

/// A word's entry in the dictionary.
#[derive(Debug, Clone, Copy)]
pub(super) struct Lexeme<'d> {
    pub(super) class: Class,
    /// The base form in its one spelling; empty where the word is written as it is.
    pub(super) term: &'d str,
    pub(super) rarity: f32,
    /// In katakana; may be empty.
    pub(super) reading: &'d str,
}

/// The analyzer's treatment of a word; `dict/lexicon.rs` assigns the classes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Class {
    Word,
    Number,
    /// A particle, an auxiliary, a mark.
    Function,
}

/// How fine a sentence is cut.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum SegmentMode {
    Words,
    /// Into the smaller words of the system dictionary.
    Parts,
}

#[derive(Debug, Clone, Copy)]
pub(super) struct Segment {
    pub(super) start: usize,
    pub(super) end: usize,
    word: WordId,
}

impl Segment {
    pub(super) fn is_user(&self) -> bool {
        self.word.lex_type() == LexType::User
    }

    pub(super) fn is_unknown(&self) -> bool {
        self.word.is_unknown()
    }
}

impl Dictionary {
    /// The system dictionary with the words of `csv`: a word a row, `surface,part of speech,reading`, the
    /// last two as you like. A row that begins with `#` is a remark.
    pub(super) fn new(csv: &str) -> (Self, Vec<Warning>) {
        let mut warnings = Vec::new();
        let mut rows = String::new();
        let mut latin = BTreeSet::new();
        let mut surfaces = BTreeSet::new();
        let reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .comment(Some(b'#'))
            .trim(csv::Trim::All)
            .from_reader(csv.as_bytes());
        for row in reader.into_records() {
            let row = match row {
                Ok(row) => row,
                Err(error) => {
                    warnings.push(unreadable(None, &error.to_string()));
                    continue;
                }
            };
            let line = row.position().and_then(|at| u32::try_from(at.line()).ok());
            let surface = normalize(row.get(0).unwrap_or_default());
            let surface = surface.text().trim();
            if surface.is_empty() || surface.contains(['\0', ',', '"', '\n', '\r']) {
                warnings.push(unreadable(line, "surface"));
                continue;
            }
            if !surfaces.insert(surface.to_owned()) {
                continue;
            }
            if !surface.is_ascii() {
                let words = surface.split(|c: char| !c.is_ascii_alphanumeric());
                latin.extend(words.filter(|word| !word.is_empty()).map(str::to_owned));
            }
            let reading = normalize(row.get(2).unwrap_or_default());
            let reading = reading.text().replace([',', '"', '\n', '\r'], "");
            let term = known(surface).map_or_else(|| stem(surface), |lexeme| lexeme.term);
            let rarity = words::find(term).map_or(USER_RARITY, words::KnownWord::rarity) * 10.0;
            let _ = writeln!(
                rows,
                "{surface},{COMMON_NOUN},{COMMON_NOUN},{USER_COST},W,{term},{rarity:.0},{reading}"
            );
        }
        let user = (!rows.is_empty()).then(|| compile(&rows)).transpose();
        let user = user.unwrap_or_else(|error| {
            warnings.push(unreadable(None, &error));
            None
        });
        (Self { user: user.map(Arc::new), latin: Arc::new(latin) }, warnings)
    }

    /// Whether a word of the knowledge base has the Latin word `word` beside kana or kanji.
    pub(super) fn mixes(&self, word: &str) -> bool {
        !self.latin.is_empty() && self.latin.contains(word)
    }

    pub(super) fn lexeme(&self, segment: &Segment) -> Lexeme<'_> {
        let id = segment.word.id() as usize;
        match (segment.word.lex_type(), &self.user) {
            (LexType::User, Some(user)) => read(user.word_details_iter(id)),
            (LexType::Unknown, _) => read(SYSTEM.unknown_word_details_iter(id)),
            _ => read(SYSTEM.word_details_iter(id)),
        }
    }
}

/// The system dictionary's entry for a written form; of several, the cheapest.
pub(super) fn known(surface: &str) -> Option<Lexeme<'static>> {
    let lexeme = |id: WordId| read(SYSTEM.word_details_iter(id.id() as usize));
    let entries = SYSTEM.prefix_dictionary.find_surface_iter(surface);
    let lexemes = entries.map(|entry| (entry.word_cost(), lexeme(entry.word_id())));
    let words = lexemes.filter(|(_, lexeme)| lexeme.class == Class::Word);
    words.min_by_key(|&(cost, _)| cost).map(|(_, lexeme)| lexeme)
}

/// Reads the fields that `dict/lexicon.rs` writes.
fn read<'d>(mut fields: DetailFields<'d>) -> Lexeme<'d> {
    let class = match fields.next() {
        Some("W" | "L" | "X") => Class::Word,
        Some("N") => Class::Number,
        _ => return Lexeme { class: Class::Function, term: "", rarity: 0.0, reading: "" },
    };
    let term = fields.next().filter(|&term| term != "*").unwrap_or_default();
    let tenths: u16 = fields.next().and_then(|tenths| tenths.parse().ok()).unwrap_or(0);
    let reading = fields.next().filter(|&reading| reading != "*").unwrap_or_default();
    Lexeme { class, term, rarity: f32::from(tenths) / 10.0, reading }
}

/// The words of the system dictionary that were read already: a text has few different ones.
#[derive(Default)]
pub(super) struct Lexemes {
    /// For each word of the dictionary, its place in `known` plus one, or 0.
    places: Vec<u32>,
    known: Vec<Lexeme<'static>>,
}

impl Lexemes {
    pub(super) fn lexeme<'d>(
        &mut self,
        dictionary: &'d Dictionary,
        segment: &Segment,
    ) -> Lexeme<'d> {
        if segment.word.lex_type() != LexType::System {
            return dictionary.lexeme(segment);
        }
        if self.places.is_empty() {
            self.places = vec![0; SYSTEM.prefix_dictionary.word_count()];
        }
        let id = segment.word.id() as usize;
        let Some(place) = self.places.get_mut(id) else { return dictionary.lexeme(segment) };
        if let Some(known) = place.checked_sub(1).and_then(|place| self.known.get(place as usize)) {
            return *known;
        }
        let lexeme = read(SYSTEM.word_details_iter(id));
        self.known.push(lexeme);
        *place = u32::try_from(self.known.len()).unwrap_or(0);
        lexeme
    }
}

/// Cuts sentences into words of one dictionary, in buffers that are used again.
#[derive(Default)]
pub(super) struct Segmenter {
    lattice: Lattice,
    offsets: Vec<(usize, WordId)>,
    known: KnownSentences,
}

/// Sentences that were cut before: manuals repeat themselves, and the cheapest path is dear to find.
#[derive(Default)]
struct KnownSentences {
    young: FxHashMap<Box<str>, Box<[Segment]>>,
    /// The former young generation: what is asked for again becomes young again, the rest is forgotten.
    old: FxHashMap<Box<str>, Box<[Segment]>>,
}

impl KnownSentences {
    /// How many sentences are young at most, some megabytes.
    const MOST: usize = 32 * 1024;
    /// Longer ones hardly come twice.
    const LONGEST: usize = 256;

    /// The words of a sentence that was cut before.
    fn find(&mut self, sentence: &str) -> Option<&[Segment]> {
        if !self.young.contains_key(sentence) {
            let (sentence, segments) = self.old.remove_entry(sentence)?;
            self.keep(sentence, segments);
        }
        self.young.get(sentence).map(|segments| &**segments)
    }

    fn keep(&mut self, sentence: Box<str>, segments: Box<[Segment]>) {
        if self.young.len() >= Self::MOST {
            // The old generation makes room for the young one.
            std::mem::swap(&mut self.young, &mut self.old);
            self.young.clear();
        }
        self.young.insert(sentence, segments);
    }
}

impl Segmenter {
    /// Cuts `sentence` and hands out its words in order. It must be shorter than [`LONGEST_SENTENCE`].
    pub(super) fn segment(
        &mut self,
        dictionary: &Dictionary,
        sentence: &str,
        cut: SegmentMode,
        segments: &mut Vec<Segment>,
    ) {
        let keeps = cut == SegmentMode::Words && sentence.len() <= KnownSentences::LONGEST;
        if keeps && let Some(known) = self.known.find(sentence) {
            segments.clear();
            segments.extend_from_slice(known);
            return;
        }
        let mode = match cut {
            SegmentMode::Words => Mode::Normal,
            SegmentMode::Parts => Mode::Decompose(PENALTY),
        };
        let user =
            dictionary.user.as_deref().filter(|_| cut == SegmentMode::Words).map(|user| &user.dict);
        self.lattice.set_text_with_options(
            &SYSTEM.prefix_dictionary,
            &user,
            &SYSTEM.character_definition,
            &SYSTEM.unknown_dictionary,
            &SYSTEM.connection_cost_matrix,
            sentence,
            &LatticeOptions::new(&mode),
        );
        self.lattice.tokens_offset_into(&mut self.offsets);
        segments.clear();
        for (index, &(start, word)) in self.offsets.iter().enumerate() {
            let end = self.offsets.get(index + 1).map_or(sentence.len(), |&(next, _)| next);
            segments.push(Segment { start, end, word });
        }
        if keeps {
            self.known.keep(sentence.into(), segments.as_slice().into());
        }
    }
}

/// The most bytes that are cut at once: sentences end before, and lindera's costs stay in bounds.
pub(super) const LONGEST_SENTENCE: usize = 8 * 1024;

/// The penalty on long words where subwords are wanted; kuromoji's values for its search mode.
const PENALTY: Penalty = Penalty {
    kanji_penalty_length_threshold: 2,
    kanji_penalty_length_penalty: 3000,
    other_penalty_length_threshold: 7,
    other_penalty_length_penalty: 1700,
};

/// Compiles rows of eight fields.
fn compile(rows: &str) -> Result<UserDictionary, String> {
    UserDictionaryBuilderOptions::default()
        .dictionary_fields_num(8)
        .flexible_csv(true)
        .builder()
        .build_from_reader(rows.as_bytes())
        .map_err(|error| error.to_string())
}

/// A row of the user dictionary that cannot be read.
fn unreadable(line: Option<u32>, what: &str) -> Warning {
    let message = phrase!(
        "ユーザー辞書のこの行は読めません（{what}）。「表記,品詞,読み」の形で書いてください",
        "this row of the user dictionary cannot be read ({what}); write `surface,part of speech,reading`"
    );
    Warning { file: Some("dictionary.csv".into()), line, message }
}
