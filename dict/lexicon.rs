//! Rewrites IPADIC's entries into the words that the analyzer speaks of.
//!
//! 1. every entry is brought into the one spelling that texts are brought into, too;
//! 2. every entry gets a class: a word, a light word, a negation, a number, or nothing worth keeping;
//! 3. entries that differ by their okurigana alone become one term ([`Terms`]);
//! 4. loanwords and spellings that people use and IPADIC lacks are added ([`loanwords`], [`variants`]),
//!    and a loanword with several spellings becomes one term (シュミレーション, シミュレーション);
//! 5. every term gets its rarity from its place among chiVe's words, most frequent first, and spellings
//!    of one word that chiVe writes in one way become one term ([`Ranks`]).
//!
//! The fields kept of an entry: surface, context ids, cost, class, term, rarity, reading.

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::fmt::Write as _;

use crate::normalize::character::{
    is_hiragana, is_kanji, is_kanji_numeral, is_katakana, to_katakana,
};
use crate::normalize::normalize;
use crate::ranks::Ranks;
use crate::stem::stem;
use crate::variants::{loanwords, variants};

/// The context id of a common noun (`left-id.def`).
pub(crate) const COMMON_NOUN: u16 = 1285;
/// The context id of a number.
const NUMBER: u16 = 1295;
/// The characters that stand for a Latin word and for a number in the lattice, see `text::analyzer`.
const PLACEHOLDERS: [(char, u16); 2] = [('\u{e000}', COMMON_NOUN), ('\u{e001}', NUMBER)];

/// An entry of IPADIC, in the one spelling.
#[derive(Debug, Clone)]
pub(crate) struct Entry {
    pub(crate) surface: String,
    pub(crate) context: (u16, u16),
    pub(crate) cost: i16,
    /// The part of speech and its subdivision.
    pub(crate) speech: (String, String),
    /// The conjugation form: 連用形.
    pub(crate) form: String,
    pub(crate) base: String,
    pub(crate) reading: String,
}

/// The use that the analyzer makes of an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Class {
    /// A word that carries meaning.
    Word,
    /// A word that carries little: こと, これ, なる.
    Light,
    /// ない, ん, ぬ: a word of its own that must never be lost.
    Negation,
    /// A kanji numeral.
    Number,
    /// Particles, auxiliaries, marks.
    Function,
}

/// The compiled form of IPADIC.
pub(crate) struct Lexicon {
    /// The rewritten entries, as CSV.
    pub(crate) csv: String,
    /// chiVe's words as the analyzer knows them, each with the row of its vector and its rarity in tenths
    /// of a nat.
    pub(crate) words: BTreeMap<String, (u16, u16)>,
}

/// Reads IPADIC's entries as `scripts/build_ipadic.py` writes them: what a line that begins with a tab tells
/// belongs to all lines below it.
pub(crate) fn read(lines: &str) -> Result<Vec<Entry>, Box<dyn Error>> {
    let spelled = |text: &str| normalize(text).text().to_owned();
    let mut entries = Vec::new();
    let mut shared = ((0, 0), (String::new(), String::new()), String::new());
    for line in lines.lines() {
        let mut fields = line.split('\t');
        let surface = fields.next().unwrap_or_default();
        let mut field = || fields.next().unwrap_or_default();
        if surface.is_empty() {
            let context = (field().parse()?, field().parse()?);
            shared = (context, (field().to_owned(), field().to_owned()), field().to_owned());
            continue;
        }
        let (context, speech, form) = shared.clone();
        let cost = field().parse()?;
        let base = Some(field()).filter(|base| !base.is_empty()).unwrap_or(surface);
        let reading = match field() {
            "" => spelled(&surface.chars().map(to_katakana).collect::<String>()),
            reading => spelled(reading),
        };
        let (surface, base) = (spelled(surface), spelled(base));
        // 三か月 is a number and a counter; as a word it would not meet 3か月.
        let mut letters = surface.chars();
        if letters.next().is_some_and(is_kanji_numeral) && letters.next() == Some('か') {
            continue;
        }
        entries.push(Entry { surface, context, cost, speech, form, base, reading });
    }
    Ok(entries)
}

/// Rewrites IPADIC's entries. `frequent` is chiVe's words with the rows of their vectors, the most frequent
/// first; `loan` is SudachiDict's loanwords, each with its normalized form.
pub(crate) fn rewrite(
    mut entries: Vec<Entry>,
    frequent: &[(String, u16)],
    loan: &[(String, String)],
) -> Lexicon {
    let spelled = |word: &str| normalize(word).text().to_owned();
    let forms = loan.iter().map(|(word, form)| (spelled(word), spelled(form))).collect();
    let own = entries.len();
    entries.extend(loanwords(&entries, &forms));
    for entry in entries.iter_mut().filter(|entry| entry.speech.0 == "名詞") {
        if let Some(form) = forms.get(&entry.base) {
            entry.base.clone_from(form);
        }
    }
    let terms = Terms::of(&entries);
    let mut written: Vec<(Entry, Class, String)> = Vec::new();
    for entry in entries.iter().cloned().chain(variants(&entries, own)) {
        let class = class(&entry);
        let term = match class {
            Class::Negation => "ない".to_owned(),
            Class::Function => String::new(),
            _ => terms.term(&entry),
        };
        written.push((entry, class, term));
    }

    let mut ranks = Ranks::of(&written, frequent);
    let mut lines = BTreeSet::new();
    for (entry, class, term) in &written {
        let term = ranks.merged(term);
        let rarity = rarity(*class, ranks.rank(entry, term), &entry.speech);
        lines.insert(line(entry, *class, term, rarity));
    }
    let mut csv = String::with_capacity(lines.len() * 64);
    for line in lines {
        csv.push_str(&line);
    }
    for (placeholder, context) in PLACEHOLDERS {
        let _ = writeln!(csv, "{placeholder},{context},{context},3000,W,,0,");
    }
    let speech = ("名詞".to_owned(), String::new());
    let words = std::mem::take(&mut ranks.words)
        .into_iter()
        .map(|(term, (row, rank))| (term, (row, rarity(Class::Word, Some(rank), &speech))))
        .collect();
    Lexicon { csv, words }
}

/// Rewrites the entries for unknown words: their parts of speech become classes.
pub(crate) fn rewrite_unknown(definition: &str) -> String {
    let mut rewritten = String::new();
    for line in definition.lines() {
        let fields: Vec<&str> = line.split(',').collect();
        let [category, left, right, cost, speech, ..] = fields.as_slice() else { continue };
        let class = if *speech == "記号" { 'F' } else { 'W' };
        let _ = writeln!(rewritten, "{category},{left},{right},{cost},{class},,0,");
    }
    rewritten
}

/// The use that the analyzer makes of an entry.
fn class(entry: &Entry) -> Class {
    // Verbs and adjectives that say politely what is said without them.
    const POLITE: &[&str] = &[
        "する",
        "為る",
        "いたす",
        "致す",
        "くださる",
        "下さる",
        "いただく",
        "頂く",
        "ござる",
        "おる",
        "申し上げる",
        "まいる",
        "ちょうだい",
    ];
    const LIGHT_VERBS: &[&str] =
        &["ある", "いる", "なる", "できる", "出来る", "おこなう", "行う", "よる", "つく"];
    if matches!(entry.base.as_str(), "ない" | "無い") && entry.speech.0 != "助詞"
        || entry.speech.0 == "助動詞" && matches!(entry.base.as_str(), "ん" | "ぬ" | "まい")
        || entry.base == "無し" && entry.speech.0 == "名詞"
    {
        return Class::Negation;
    }
    match (entry.speech.0.as_str(), entry.speech.1.as_str()) {
        ("名詞", "数") => Class::Number,
        ("名詞", "非自立" | "代名詞") if is_like(&entry.surface) => Class::Function,
        ("名詞", "非自立" | "代名詞") | ("連体詞", _) | ("形容詞", "非自立") => {
            Class::Light
        }
        ("名詞", "特殊" | "接続詞的" | "動詞非自立的" | "引用文字列") => {
            Class::Function
        }
        ("動詞", "自立") if POLITE.contains(&entry.base.as_str()) => Class::Function,
        ("動詞", "自立") if LIGHT_VERBS.contains(&entry.base.as_str()) => Class::Light,
        ("動詞", "自立") | ("名詞" | "形容詞" | "副詞" | "感動詞", _) => Class::Word,
        ("接頭詞", _) if matches!(entry.surface.as_str(), "お" | "ご" | "御") => {
            Class::Function
        }
        ("接頭詞", _) => Class::Word,
        ("記号", "アルファベット") => Class::Word,
        _ => Class::Function,
    }
}

/// Whether a dependent noun is an auxiliary in all but name: よう, の, ん.
fn is_like(surface: &str) -> bool {
    matches!(surface, "よう" | "の" | "ん" | "そう" | "みたい")
}

/// How rare a word is, in tenths of a nat; see `text::Token::rarity`.
///
/// The word of rank r makes up about 1 / 13r of a language (Zipf's law, for some hundred thousand words),
/// and stands in about 100 / 13r of passages of a hundred words: ln(N / n) is ln r - 2. Of the words
/// without a rank, verbs and their like are spellings of common words, nouns are rare.
fn rarity(class: Class, rank: Option<usize>, speech: &(String, String)) -> u16 {
    let absent = match (speech.0.as_str(), speech.1.as_str()) {
        ("名詞", "固有名詞") => 11.0,
        ("名詞", _) => 10.0,
        _ => 7.0,
    };
    #[expect(clippy::cast_precision_loss, reason = "ranks go to 200,000")]
    let nats = rank.map_or(absent, |rank| (rank as f32 + 1.0).ln() - 2.0);
    let bounded = match class {
        Class::Function => 0.0,
        Class::Light => nats.clamp(0.5, 1.5),
        Class::Negation => 2.0,
        Class::Number => 3.0,
        Class::Word => nats.clamp(1.5, 11.0),
    };
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to 110")]
    let tenths = (bounded * 10.0).round() as u16;
    tenths
}

/// The row of the compiled dictionary.
fn line(entry: &Entry, class: Class, term: &str, rarity: u16) -> String {
    let class = match class {
        Class::Word => 'W',
        Class::Light => 'L',
        Class::Negation => 'X',
        Class::Number => 'N',
        Class::Function => 'F',
    };
    let (left, right) = entry.context;
    let quoted = |field: &str| match field.contains([',', '"']) {
        true => format!("\"{}\"", field.replace('"', "\"\"")),
        false => field.to_owned(),
    };
    let (surface, term) = (quoted(&entry.surface), quoted(term));
    let reading = if class == 'W' { quoted(&entry.reading) } else { String::new() };
    format!("{surface},{left},{right},{},{class},{term},{rarity},{reading}\n", entry.cost)
}

/// The term of every entry: one for all the ways to write the kana that follow its kanji.
///
/// Okurigana are a matter of taste inside compounds (取り消し, 取消し, 取消: all three are right by the
/// notice 送り仮名の付け方) and of habit elsewhere (行う, 行なう). What does not change is the kanji and
/// the reading: entries with the same kanji and the same reading are one word, and a verb is the noun
/// that its continuative form makes. The reading keeps 組み合わせ away from 組合.
struct Terms {
    groups: BTreeMap<(String, String), String>,
    continuative: BTreeMap<String, String>,
    adjectives: BTreeSet<String>,
}

impl Terms {
    fn of(entries: &[Entry]) -> Self {
        let adjectives = entries.iter().filter(|entry| entry.speech.0 == "形容詞");
        let mut terms = Self {
            groups: BTreeMap::new(),
            continuative: BTreeMap::new(),
            adjectives: adjectives.map(|entry| entry.base.clone()).collect(),
        };
        for entry in entries.iter().filter(|entry| entry.speech.0 == "動詞") {
            if entry.form == "連用形" {
                terms.continuative.insert(entry.base.clone(), entry.reading.clone());
            }
        }
        for entry in entries.iter().filter(|entry| entry.speech.1 != "固有名詞") {
            let Some(key) = terms.key(entry) else { continue };
            let kept = terms.groups.entry(key).or_insert_with(|| entry.base.clone());
            let order = |word: &str| (word.chars().count(), word.to_owned());
            if order(&entry.base) < order(kept) {
                kept.clone_from(&entry.base);
            }
        }
        terms
    }

    /// The kanji of an entry and the reading of the noun that it is or makes.
    fn key(&self, entry: &Entry) -> Option<(String, String)> {
        let kanji: String = entry.base.chars().filter(|&c| !is_hiragana(c)).collect();
        if !kanji.chars().any(is_kanji) {
            return None;
        }
        let reading = match entry.speech.0.as_str() {
            "動詞" => self.continuative.get(&entry.base)?.clone(),
            // Only the base form has the reading of the whole word.
            "形容詞" if entry.surface != entry.base => {
                return self.adjective(&entry.base, kanji);
            }
            _ => entry.reading.clone(),
        };
        Some((kanji, reading))
    }

    /// An inflected adjective is known by its base form; there is nothing to merge it with.
    fn adjective(&self, base: &str, kanji: String) -> Option<(String, String)> {
        self.continuative.get(base).map(|reading| (kanji, reading.clone()))
    }

    fn term(&self, entry: &Entry) -> String {
        // 正しく is an adverb to IPADIC, and 正しい in another form to everybody else.
        if entry.speech.0 == "副詞"
            && let Some(adjective) = entry.base.strip_suffix('く').map(|root| format!("{root}い"))
            && self.adjectives.contains(&adjective)
        {
            return adjective;
        }
        let noun = entry.speech.0 == "名詞" || entry.speech.0 == "副詞";
        let term = match self.key(entry).and_then(|key| self.groups.get(&key)) {
            Some(term) if entry.speech.1 != "固有名詞" => term.clone(),
            _ if noun && entry.base.chars().all(|c| is_hiragana(c) || is_katakana(c)) => {
                entry.base.chars().map(to_katakana).collect()
            }
            _ => entry.base.clone(),
        };
        stem(&term).to_owned()
    }
}
