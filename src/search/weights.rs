//! The one table of weights, each with its reason.
//!
//! Scores are in nats of rarity: a word that one passage in a thousand holds weighs about 7. All
//! evidence is brought to that unit, so that the weights below are plain factors.

/// BM25's saturation: the usual 1.2. A second mention says less than the first.
pub(super) const SATURATION: f64 = 1.2;
/// BM25's length normalization for passages. Passages are short and of like length (a long one is
/// a procedure, not chatter), so less than the usual 0.75.
pub(super) const LENGTH_BODY: f64 = 0.5;
/// The same for headings and titles, where length is style.
pub(super) const LENGTH_HEADING: f64 = 0.3;

/// A word of the article's title stands for the whole article.
pub(super) const TITLE: f64 = 2.0;
/// A word of the passage's question or headings stands for the passage.
pub(super) const HEADING: f64 = 1.6;
/// A word of the text.
pub(super) const BODY: f64 = 1.0;

/// A piece of a compound says less than the compound, and comes on top of it.
pub(super) const PART: f64 = 0.4;
/// Character bigrams catch what the dictionary splits badly; most repeat what the words say.
pub(super) const BIGRAM: f64 = 0.25;
/// How many bigrams a query keeps, the rarest by their characters: a long log must stay fast, and the
/// words carry most of it.
pub(super) const BIGRAMS: usize = 48;
/// A synonym is never better than the word that was written.
pub(super) const SYNONYM: f64 = 0.6;
/// A loanword that differs by a slip of the finger is the word that was meant.
pub(super) const MISSPELT: f64 = 0.8;
/// A neighbour in meaning brings this much of its cosine.
pub(super) const NEIGHBOUR: f64 = 0.8;
/// How many neighbours a word has at most, and how near they must be (cosine). Farther ones are
/// about the same subject rather than the same thing.
pub(super) const NEIGHBOURS: usize = 15;
pub(super) const NEAREST: f64 = 0.45;
/// Words of little meaning (こと, 方法) have neighbours everywhere.
pub(super) const LEAST_RARITY_BY_MEANING: f64 = 1.5;
/// A variable part (a name, a date, a count) may still be a word of the manual.
pub(super) const VARIABLE: f64 = 0.08;
/// A number that is no code.
pub(super) const NUMBER: f64 = 0.35;

/// How much the article as a whole counts beside its best passage: a log's words may stand in the
/// heading table and the remedy below it.
pub(super) const ARTICLE: f64 = 0.35;

/// The same wording beats everything else: twice the weight of the same words in any order.
pub(super) const MESSAGE: f64 = 2.0;
/// A part of a log line before or behind the wording costs this much of what a word inside costs:
/// headers and trailers are the log's, not the message's.
pub(super) const OUTSIDE: f64 = 0.3;

/// The same code, in nats: as telling as a rare word, less than a wording.
pub(super) const CODE_EXACT: f64 = 9.0;
/// Another number or form of the same error.
pub(super) const CODE_SAME: f64 = 8.0;
/// The same number in another domain or in none: weak.
pub(super) const CODE_NUMBER: f64 = 2.5;
/// A state or label that matches whole.
pub(super) const STATUS: f64 = 12.0;
/// An article that declares the state as its own (`statuses:`).
pub(super) const STATUS_DECLARED: f64 = 16.0;

/// Pseudo-passages by which the dictionary's word costs smooth the rarity of a word, so that in
/// thirty articles a common word is not rare for want of passages.
pub(super) const PRIOR_PASSAGES: f64 = 300.0;
