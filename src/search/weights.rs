//! The one table of weights, each with its reason: first those of the rank, then those of the confidence in it, then
//! the bounds of what may be claimed.
//!
//! Scores are in nats of rarity: a word that one passage in a thousand holds weighs about 7. All
//! evidence is brought to that unit, so that the weights below are plain factors.
//!
//! `benches/README.md` tells how they were chosen and what each is worth: `shirube eval --without NAME`
//! takes one away, `--weight NAME=VALUE` sets it; `scripts/measure.py --vary` tries the neighbourhood.

macro_rules! weights {
    ($($(#[$reason:meta])* $name:ident = $value:expr;)*) => {
        /// The weights of the kinds of evidence. The default is the one that the program searches with;
        /// another is for measuring.
        #[derive(Debug, Clone, PartialEq)]
        pub struct Weights {
            $($(#[$reason])* pub(super) $name: f64,)*
        }

        impl Default for Weights {
            fn default() -> Self {
                Self { $($name: $value,)* }
            }
        }

        impl Weights {
            /// The names of all weights.
            pub const NAMES: &'static [&'static str] = &[$(stringify!($name),)*];

            /// The weight of that name.
            #[must_use]
            pub fn get(&self, name: &str) -> Option<f64> {
                match name {
                    $(stringify!($name) => Some(self.$name),)*
                    _ => None,
                }
            }

            /// Sets the weight of that name; whether there is one.
            ///
            /// ```
            /// let mut weights = shirube::search::Weights::default();
            /// assert!(weights.set("title", 1.0) && !weights.set("tilte", 1.0));
            /// assert_eq!(weights.get("title"), Some(1.0));
            /// ```
            pub fn set(&mut self, name: &str, value: f64) -> bool {
                let place = match name {
                    $(stringify!($name) => &mut self.$name,)*
                    _ => return false,
                };
                *place = value;
                true
            }
        }
    };
}

weights! {
    /// BM25's saturation: the usual 1.2. A second mention says less than the first.
    saturation = 1.2;
    /// BM25's length normalization for passages. Passages are short and of like length (a long one is
    /// a procedure, not chatter), so less than the usual 0.75.
    length_body = 0.5;
    /// The same for headings and titles, where length is style.
    length_heading = 0.3;
    /// A word of the article's title stands for the whole article.
    title = 2.0;
    /// A word of the passage's question or headings stands for the passage.
    heading = 1.6;
    /// A word of the text.
    body = 1.0;
    /// A piece of a compound says less than the compound, and comes on top of it.
    part = 0.4;
    /// Character bigrams catch what the dictionary splits badly; most repeat what the words say.
    bigram = 0.25;
    /// A synonym is never better than the word that was written.
    synonym = 0.8;
    /// A general word that means the same, where the team's synonyms say nothing of either: the dictionary
    /// does not know the field.
    thesaurus = 0.6;
    /// A loanword that differs by a slip of the finger is the word that was meant.
    misspelt = 0.8;
    /// A neighbour in meaning brings this much of its cosine.
    neighbour = 0.8;
    /// The same where the knowledge base has the word itself: whoever uses the manual's word mostly means it.
    neighbour_held = 0.4;
    /// A question and a passage about the very same thing, by the directions of their words' vectors: as much as
    /// two rare words that they share.
    meaning = 16.0;
    /// A variable part (a name, a date, a count) may still be a word of the manual.
    variable = 0.08;
    /// A number that is not a code.
    number = 0.35;
    /// How much the passages near the best one count beside it: a log's words may be in the heading
    /// table and the remedy below it.
    article = 0.35;
    /// The same wording beats everything else: twice the weight of the same words in any order.
    message = 2.0;
    /// A part of a log line before or after the wording costs this much of what a word inside costs:
    /// headers and trailers are the log's, not the message's.
    outside = 0.3;
    /// The same code, in nats, where the log has a plain number: as telling as a rare word, less than a
    /// wording. The number counts as a word besides.
    code_exact = 9.0;
    /// The same code where the log states its domain, by name or in an encoded form: as telling as two rare
    /// words. It does not count as a word besides, so that hexadecimal, signed and plain forms weigh the same.
    code_stated = 20.0;
    /// On top of that where the passage is about the code, as its row, or under its heading, rather than merely
    /// mentioning it.
    code_subject = 10.0;
    /// The row of the domain of a code that no passage is about: less than any row of the cause itself, more than
    /// the row of an error that carries it.
    code_domain = 24.0;
    /// A code that carries another one (an error chain, `RAWResult: … Result: …`) counts this much: the last is the cause.
    code_carried = 0.65;
    /// A heading, typed whole, is a name: more than any words.
    heading_whole = 60.0;
    /// Factor on a wording whose code is a placeholder, where another passage is about the very code: it is the frame
    /// around all codes.
    frame = 0.3;
    /// A passage that has the object of a question, in nats: as much as a label that matches whole.
    asked = 12.0;
    /// A passage that has both of what is compared: a section about one of two has its name for a heading.
    asked_both = 28.0;
    /// The first steps of an article, as a share of its title's score, for whoever tells a trouble.
    first_steps = 0.15;
    /// Factor on a page about changes from version to version.
    release_note = 0.6;
    /// Another number or form of the same error.
    code_same = 8.0;
    /// The same number in another domain or in none: weak.
    code_number = 2.5;
    /// A state or label that matches whole.
    status = 12.0;
    /// An article that declares the state as its own (`statuses:`).
    status_declared = 16.0;
}

/// How many bigrams a query keeps, the rarest by their characters: a long log must stay fast, and the
/// words carry most of it.
pub(super) const BIGRAMS: usize = 32;
/// How many neighbours a word has at most, and how near they must be (cosine). Farther ones are
/// about the same subject rather than the same thing.
pub(super) const NEIGHBOURS: usize = 15;
pub(super) const NEAREST: f64 = 0.4;
/// Words of little meaning (こと, 方法) have neighbours everywhere.
pub(super) const LEAST_RARITY_BY_MEANING: f64 = 1.5;
/// Pseudo-passages by which the dictionary's word costs smooth the rarity of a word, so that in
/// thirty articles a common word is not rare for want of passages.
pub(super) const PRIOR_PASSAGES: f64 = 300.0;

/// The weight of words that a question tells to be done, beside those that it asks about: they are the trouble's story.
pub(super) const SETTLED: f64 = 0.6;

/// Below this nothing is claimed.
pub(super) const THRESHOLD: f64 = 0.5;

/// A wording of fewer nats by the dictionary (about four rare words) is too common to rest on.
pub(super) const TELLING_WORDING: f64 = 24.0;
/// The weight of words around it: more than for rank, for a label in a message is not the message.
pub(super) const AROUND: f64 = 0.7;
/// The least evidence of the words of a log alone: they are the program's own and the same in many messages.
pub(super) const LOG_BAR: f64 = 9.8;
/// From this lead on the next article is far behind.
pub(super) const FAR: f64 = 0.4;
/// How fast words alone become sure above the bar. The fit that the factors come from had 1; but it has even
/// chances a whole point below the bar, and of what is above more are right than it says.
pub(super) const STEEPNESS: f64 = 2.0;
/// Factor on the confidence in a wording where only one of the log and the article tells of trouble.
pub(super) const HARMLESS: f64 = 0.3;
/// Factor on the confidence in words where a question names its error by a code that the article lacks.
pub(super) const ANOTHER: f64 = 0.5;
/// The same where a question wishes for a verb that the article lacks: there are others for the same operation.
pub(super) const ANOTHER_VERB: f64 = 0.6;
/// A quoted message is there where so much of it is.
pub(super) const QUOTED: f64 = 0.5;
/// Factor where the frame of the wording is the same, and the values in it are not.
pub(super) const FRAME: f64 = 0.2;
/// How like a wording must be to be even: half a wording in a question is words in common.
pub(super) const LIKE: f64 = 0.62;
pub(super) const LIKE_QUESTION: f64 = 0.8;
/// The evidence of a question's words: their scores where they are and by themselves, in nats, how much of the
/// question they cover, and how far the next article is behind. A logistic regression on the questions to both
/// cities; the bar is where four of five are right, so that what nothing answers stays below.
pub(super) const PLACED: f64 = 0.055;
pub(super) const RARE: f64 = 0.075;
pub(super) const COVERED: f64 = 1.8;
pub(super) const LED: f64 = 4.4;
pub(super) const QUESTION_BAR: f64 = 4.6;
/// From this on words tell enough by themselves that covering all of them says something: a short question is covered by
/// any passage about its subject.
pub(super) const RARE_ENOUGH: f64 = 12.0;
/// The evidence that the question names the article's console: the others cannot be meant, and the few articles of one
/// console are told apart by fewer words. Fitted on the judged questions of `kb/`.
pub(super) const NAMED: f64 = 0.85;
/// The same of those that another one is ahead of: it says as much for that one.
pub(super) const NAMED_BEHIND: f64 = 0.4;
/// The evidence of the words of a log, in nats, at which a claim is even: they are in the rows of many tables, and what matches
/// there is a meaning, not a message.
pub(super) const TELLING_LOG: f64 = 11.0;
/// Words that cover nothing of what is asked are not believed; from this share on, as sure as the rest.
pub(super) const UNCOVERED: f64 = 0.25;

/// The factor on words of another way to ask than the one which has most of the question's: two ways often tell the same
/// trouble.
pub(super) const ANOTHER_WAY: f64 = 0.3;

/// The least confidence of a claim that rests on ways to ask: of what was less sure, what nothing documents was a good part.
pub(super) const ASKED_BAR: f64 = 0.56;
/// And words that are not the passage's own do not make a person sure, unless it has this much of the question itself.
pub(super) const ASKED_AT_MOST: f64 = 0.85;
pub(super) const NEARLY_ALL: f64 = 0.9;

/// Words alone must make so sure of what answers a line as if it were a question, which nobody asked.
pub(super) const UNASKED: f64 = 0.66;
/// And do not make a person sure.
pub(super) const UNASKED_AT_MOST: f64 = 0.85;

/// The highest confidence of an article that may not be claimed.
pub(super) const UNCLAIMED: f64 = THRESHOLD / 2.0;

/// How sure a question makes that says a heading, an utterance or a name whole, where its words tell too little by
/// themselves.
pub(super) const SAID_WHOLE: f64 = 0.7;
/// Mere words that make as sure as this are a person's own for the error of a row.
pub(super) const TOLD_WHOLE: f64 = 0.9;
/// A remedy that is as sure as this is meant: no choice of what else may be is asked for.
pub(super) const MEANT: f64 = 0.9;
/// A wording is in the log whole where this much of it is, and this much of the log's is the wording's.
pub(super) const FULL_WORDING: f64 = 0.7;
pub(super) const FULL_MESSAGE: f64 = 0.7;
/// A wording that is covered so far is what was written and meant, rather than words in common.
pub(super) const WORDED: f64 = 0.85;
/// A wording that is as like as this is the log's own.
pub(super) const EXACT_WORDING: f64 = 0.93;
/// Another wording that is as like as this, and no more than a look-alike beside the exact one.
pub(super) const LOOKS_ALIKE: f64 = 0.35;
/// From here on two wordings are so much alike that they are taken for each other.
pub(super) const CONFUSED: f64 = 0.5;
/// A milder passage must have this much of the words that the one which loses something has.
pub(super) const AS_WELL: f64 = 0.6;
/// The wording of a row is the log's, rather than words in common with it.
pub(super) const ROW_WORDING: f64 = 0.7;
/// So much of what is called harmless must be in the log.
pub(super) const HARMLESS_WORDING: f64 = 0.9;
/// Words that come to less than this share of those of an article that is no answer are none either.
pub(super) const NEARLY_AS_MANY: f64 = 0.7;
/// Mere words must make so sure of what has expired.
pub(super) const EXPIRED_WORDS: f64 = 0.89;
/// A living article with this share of the words has as good as all that the expired one has.
pub(super) const AS_MUCH: f64 = 0.95;
/// Two words are an object and a verb, as in many headings.
pub(super) const NAMING_WORDS: usize = 3;
/// The margin of coverage by which an expired passage alone has what was asked.
pub(super) const ALONE: f64 = 0.1;
/// The share of a section of causes, whatever words it has: its article is what was asked about.
pub(super) const LEAST_OF_CAUSE: f64 = 0.5;
/// The same of a section that its heading says to be of what is asked for.
pub(super) const LEAST_OF_SECTION: f64 = 0.6;
/// So much of a question must be in a section that answers it, or in its title.
pub(super) const ANSWERED_PART: f64 = 0.6;
/// Factor on the share of a passage that does not tell what was asked for.
pub(super) const TELLS_NONE: f64 = 0.3;
/// The share of a pointer's score that counts beside a passage with evidence of its own.
pub(super) const POINTER_BESIDE: f64 = 0.6;
/// Factor on a pointer's score where its target is there.
pub(super) const POINTER_FOLLOWED: f64 = 0.5;
/// A wildcard that the message leaves empty speaks a little against the template, in nats: of two
/// wordings that differ in a placeholder alone, the one that the message fills is meant.
pub(super) const UNFILLED: f64 = 0.5;
/// The power of its similarity that a wording counts by.
pub(super) const LIKENESS: f64 = 2.0;
/// The same for a question: who asks quotes a wording or does not, and half a wording is words in common.
pub(super) const LIKENESS_OF_QUESTION: f64 = 3.0;
/// From this coverage of both sides on, a wording that the article names as a message is the message's own.
pub(super) const NAMED_WORDING: f64 = 0.6;
/// The same for a heading or a line, and for whoever asks in sentences of their own.
pub(super) const SENTENCE_WORDING: f64 = 0.8;
/// The least information of a wording, in nats: about one rare word.
pub(super) const TELLING: f64 = 6.0;
/// So much of the pairs of the wording must be in the message.
pub(super) const READ_WORDING: f64 = 0.85;
/// A wording that covers less than this of both sides is no evidence to show.
pub(super) const SHOWN_WORDING: f64 = 0.25;
/// Less than this many nats are no words.
pub(super) const LEAST_MASS: f64 = 0.5;
/// A sentence that tells this much, in nats, may be what is asked; the others are the story around it.
pub(super) const SENTENCE_TELLS: f64 = 10.0;
/// A thing that tells less, in nats, may go by another name.
pub(super) const THING_TELLS: f64 = 3.0;
/// A thing is there where half of it is: neighbours in meaning bring less.
pub(super) const THING_HELD: f64 = 0.5;
/// Words beside a code that come to less, in nats, bear nothing out: 「が出ます」.
pub(super) const LEAST_BESIDE: f64 = 12.0;
/// A word beside a code that tells less, in nats, is anybody's (朝, 何度), or the field's (端末, 配信): none of another system.
pub(super) const BESIDE_TELLS: f64 = 5.0;
/// Words that are as common as this say nothing by themselves: できる, なる, ない.
pub(super) const COMMON_WORD: f64 = 2.0;
/// The share of a stated code's score that a passage gets for a number whose domain is a guess.
pub(super) const GUESSED_DOMAIN: f64 = 0.1;
/// An article with this share of the best one's score is nearly as good.
pub(super) const NEARLY_AS_GOOD: f64 = 0.7;
/// How sure a pattern that matches makes its article.
pub(super) const MATCHING: f64 = 0.97;
/// And one whose steps lose something: a pattern alone makes nobody sure of that.
pub(super) const MATCHING_LOSS: f64 = 0.85;
/// From this confidence on, nine remedies in ten are right.
pub(super) const HIGH: f64 = 0.9;
/// From this confidence on, more remedies are right than wrong by far.
pub(super) const MEDIUM: f64 = 0.6;
/// From this coverage of both wordings on, they are one wording.
pub(crate) const SAME_WORDING: f64 = 0.95;
/// A passage that has a number of the unit that was asked for, near nothing that was asked about.
pub(super) const ANOTHER_NUMBER: f64 = 0.3;
/// A sentence about a name (「…は」) tells what it means half as surely as a row or a heading.
pub(super) const BY_TOPIC: f64 = 0.5;
/// How sure the very code makes, or the name of an error; another number of the same error; and a number alone, or the
/// code of another command, which are weak.
pub(super) const BY_CODE: f64 = 0.85;
pub(super) const BY_SAME_CODE: f64 = 0.8;
pub(super) const BY_NUMBER: f64 = 0.1;
/// And the domain of a code that nothing treats.
pub(super) const BY_DOMAIN: f64 = 0.55;
/// How sure a state makes that the article declares.
pub(super) const BY_STATUS: f64 = 0.95;
/// The share of the confidence in a guessed domain that is left where no other word bears it out.
pub(super) const NOT_BORNE_OUT: f64 = 0.4;
/// How fast a wording becomes sure around [`LIKE`].
pub(super) const WORDING_STEEPNESS: f64 = 14.0;
/// From this lead on two articles are no tie, and the share of the confidence that a tie takes.
pub(super) const NO_TIE: f64 = 0.15;
pub(super) const TIE: f64 = 0.25;
/// Nothing is certain.
pub(super) const MOST_SURE: f64 = 0.99;
