//! The words of a shard that a question's words may stand for, with their readings.
//!
//! 1. an article notes its words that have a vector, or that a slip or a reading may lead to;
//! 2. a shard keeps every word with each of its readings once, and of each article which of these it
//!    has: so what one article brought can be told from what the others did;
//! 3. what a snapshot joins is the list of each shard, in which a word has one reading.

use rayon::prelude::*;
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use crate::text::{Token, TokenKind, WordVector, WordVectors};

/// The words of one article that are kept, each once, with their readings.
#[derive(Debug, Clone, Default)]
pub(in crate::index) struct NotedWords {
    letters: String,
    /// Where the letters of a word and those of its reading end.
    words: Vec<(usize, usize)>,
}

/// The facts about the words that articles have: most come again in the next one.
#[derive(Debug, Default)]
pub(in crate::index) struct Seen {
    words: FxHashMap<String, SeenWord>,
    /// The number of the article that is read.
    article: u64,
}

#[derive(Debug)]
struct SeenWord {
    vector: Option<WordVector>,
    /// Whether a slip may lead to it.
    loanword: bool,
    /// Whether it has more than one letter.
    long: bool,
    /// The article that had it last.
    article: u64,
}

impl SeenWord {
    fn new(word: &str) -> Self {
        Self {
            vector: WordVectors::shipped().of(word),
            loanword: word.chars().all(|letter| ('ァ'..='ー').contains(&letter)),
            long: word.chars().nth(1).is_some(),
            article: 0,
        }
    }
}

/// So many words are kept from one article to the next.
const MOST_SEEN: usize = 1 << 16;

impl Seen {
    /// Begins with another article, which has noted nothing yet.
    pub(in crate::index) fn begin(&mut self) {
        self.article += 1;
        if self.words.len() > MOST_SEEN {
            self.words.clear();
        }
    }
}

impl NotedWords {
    /// Notes a word that the article did not have before, and says which vector it has.
    pub(in crate::index) fn note(
        &mut self,
        token: &Token<'_>,
        seen: &mut Seen,
    ) -> Option<WordVector> {
        if !matches!(token.kind, TokenKind::Word | TokenKind::Part) {
            return None;
        }
        let Seen { words, article } = seen;
        if let Some(word) = words.get_mut(token.term) {
            return self.note_once(token, word, *article);
        }
        let mut word = SeenWord::new(token.term);
        let vector = self.note_once(token, &mut word, *article);
        words.insert(token.term.to_owned(), word);
        vector
    }

    fn note_once(
        &mut self,
        token: &Token<'_>,
        word: &mut SeenWord,
        article: u64,
    ) -> Option<WordVector> {
        let first = std::mem::replace(&mut word.article, article) != article;
        let telling = !token.reading.is_empty() || word.vector.is_some() || word.loanword;
        if first && telling && word.long {
            self.push(token.term, token.reading);
        }
        word.vector
    }

    fn push(&mut self, word: &str, reading: &str) {
        self.letters.push_str(word);
        let end = self.letters.len();
        self.letters.push_str(reading);
        self.words.push((end, self.letters.len()));
    }

    fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        let starts = [0].into_iter().chain(self.words.iter().map(|&(_, end)| end));
        starts.zip(&self.words).map(|(start, &(middle, end))| {
            let part = |range| self.letters.get(range).unwrap_or_default();
            (part(start..middle), part(middle..end))
        })
    }
}

#[derive(Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(in crate::index) struct ShardWords<'w> {
    /// Every word with each reading that an article has it with, in order, each pair once.
    #[serde(borrow)]
    pairs: Vec<(&'w str, &'w str)>,
    /// Which pairs each article has, in order: the number of the first, then how many on each next is.
    articles: Vec<Vec<u32>>,
}

/// The words of a shard that is being put together, each with each of its readings once, numbered as they come.
#[derive(Debug, Default)]
pub(in crate::index) struct WordNumbers {
    /// The numbers of a word, of each reading one.
    numbers: FxHashMap<String, Vec<u32>>,
    pairs: Vec<(String, String)>,
    /// The numbers of each article.
    articles: Vec<Vec<u32>>,
}

impl WordNumbers {
    pub(in crate::index) fn add(&mut self, words: &NotedWords) {
        let numbers = words.iter().map(|(word, reading)| self.number(word, reading)).collect();
        self.articles.push(numbers);
    }

    fn number(&mut self, word: &str, reading: &str) -> u32 {
        let is_read_so =
            |&&number: &&u32| self.pairs.get(number as usize).is_some_and(|it| it.1 == reading);
        let known = self.numbers.get(word).and_then(|known| known.iter().find(is_read_so));
        if let Some(&known) = known {
            return known;
        }
        let number = u32::try_from(self.pairs.len()).unwrap_or(u32::MAX);
        self.pairs.push((word.to_owned(), reading.to_owned()));
        self.numbers.entry(word.to_owned()).or_default().push(number);
        number
    }

    /// The bytes of the [`ShardWords`], which are numbered by their letters.
    pub(in crate::index) fn into_bytes(self) -> Vec<u8> {
        let Self { pairs, mut articles, .. } = self;
        let letters = pairs.iter().map(|(word, reading)| (word.as_str(), reading.as_str()));
        let mut pairs: Vec<((&str, &str), u32)> = letters.zip(0..).collect();
        pairs.sort_unstable();
        let mut places = vec![0; pairs.len()];
        for (place, &(_, number)) in (0..).zip(&pairs) {
            if let Some(of_number) = places.get_mut(number as usize) {
                *of_number = place;
            }
        }
        for numbers in &mut articles {
            for number in &mut *numbers {
                *number = places.get(*number as usize).copied().unwrap_or(0);
            }
            numbers.sort_unstable();
            let mut before = 0;
            for number in numbers {
                (*number, before) = (*number - before, *number);
            }
        }
        let pairs = pairs.into_iter().map(|(letters, _)| letters).collect();
        ShardWords { pairs, articles }.to_bytes()
    }
}

impl<'w> ShardWords<'w> {
    fn to_bytes(&self) -> Vec<u8> {
        postcard::to_stdvec(self).expect("strings and numbers in vectors always serialize")
    }

    pub(in crate::index) fn from_bytes(bytes: &'w [u8]) -> Option<Self> {
        postcard::from_bytes(bytes).ok()
    }

    pub(in crate::index) fn noted(&self) -> Option<Vec<NotedWords>> {
        let articles = (0..self.articles.len()).map(|article| {
            let mut noted = NotedWords::default();
            for number in self.numbers(article) {
                let (word, reading) = self.pairs.get(number?)?;
                noted.push(word, reading);
            }
            Some(noted)
        });
        articles.collect()
    }

    /// The numbers of the pairs of an article; `None` where they are beyond all numbers.
    fn numbers(&self, article: usize) -> impl Iterator<Item = Option<usize>> {
        let mut number = Some(0_usize);
        self.articles.get(article).into_iter().flatten().map(move |&gap| {
            number = number?.checked_add(gap as usize);
            number
        })
    }
}

/// The words of a shard in order, by the bytes of [`ShardWords`]: of a word that is read in several ways, the
/// reading that comes first in the alphabet. Where `alive` is told, only the words of such articles.
pub(in crate::index) fn list<'w>(
    bytes: &'w [u8],
    alive: Option<&dyn Fn(usize) -> bool>,
) -> Option<Vec<(&'w str, &'w str)>> {
    let mut pairs = match alive {
        // They are at the beginning; which article has which is passed over.
        None => postcard::take_from_bytes::<Vec<(&str, &str)>>(bytes).ok()?.0,
        Some(alive) => {
            let words = ShardWords::from_bytes(bytes)?;
            let mut held = vec![false; words.pairs.len()];
            for article in (0..words.articles.len()).filter(|&article| alive(article)) {
                for number in words.numbers(article) {
                    *held.get_mut(number?)? = true;
                }
            }
            words
                .pairs
                .into_iter()
                .zip(held)
                .filter_map(|(pair, held)| held.then_some(pair))
                .collect()
        }
    };
    pairs.dedup_by_key(|(word, _)| *word);
    Some(pairs)
}

/// The list of all shards, of the lists of each.
pub(in crate::index) fn join<'w>(lists: Vec<Vec<(&'w str, &'w str)>>) -> Vec<(&'w str, &'w str)> {
    let mut words = lists.concat();
    // Runs that are in order already are merged.
    words.par_sort();
    words.dedup_by_key(|(word, _)| *word);
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    fn noted(words: &[(&str, &str)]) -> NotedWords {
        let mut noted = NotedWords::default();
        for (word, reading) in words {
            noted.push(word, reading);
        }
        noted
    }

    fn bytes_of(articles: &[NotedWords]) -> Vec<u8> {
        let mut words = WordNumbers::default();
        articles.iter().for_each(|it| words.add(it));
        words.into_bytes()
    }

    #[test]
    fn what_an_article_noted_comes_back() {
        let articles = [
            noted(&[("端末", "タンマツ"), ("更新", "コウシン")]),
            noted(&[]),
            noted(&[("更新", "アップデート"), ("サーバー", ""), ("端末", "タンマツ")]),
        ];
        let bytes = bytes_of(&articles);
        let words = ShardWords::from_bytes(&bytes).expect("it was just written");
        let back = words.noted().expect("it was just written");
        assert_eq!(back.len(), articles.len());
        for (article, back) in articles.iter().zip(&back) {
            let mut letters: Vec<_> = article.iter().collect();
            letters.sort_unstable();
            assert_eq!(back.iter().collect::<Vec<_>>(), letters);
        }
        // Neither does it show that they came back.
        assert_eq!(bytes_of(&back), bytes);
        let all = list(&bytes, None).expect("it was just written");
        assert_eq!(all, [("サーバー", ""), ("更新", "アップデート"), ("端末", "タンマツ")]);
        let first = list(&bytes, Some(&|article| article == 0)).expect("it was just written");
        assert_eq!(first, [("更新", "コウシン"), ("端末", "タンマツ")]);
    }

    #[test]
    fn a_word_without_its_first_reading_has_the_next() {
        let readings = ["アップデート", "コウシン"].map(|reading| noted(&[("更新", reading)]));
        let bytes = bytes_of(&readings);
        let words = ShardWords::from_bytes(&bytes).expect("it was just written");
        let back = words.noted().expect("it was just written");
        assert_eq!(list(&bytes_of(&back[1..]), None), Some(vec![("更新", "コウシン")]));
    }

    #[test]
    fn the_shards_do_not_show_in_the_list_of_all() {
        let lists = [vec![("端末", "タンマツ"), ("更新", "コ")], vec![("更新", "ア")]];
        let joined = [("更新", "ア"), ("端末", "タンマツ")];
        assert_eq!(join(lists.to_vec()), joined);
        assert_eq!(join(lists.into_iter().rev().collect()), joined);
    }

    #[test]
    fn numbers_beyond_the_pairs_are_damage() {
        for gaps in [vec![1], vec![0, 1], vec![u32::MAX, u32::MAX]] {
            let words =
                ShardWords { pairs: vec![("端末", "タンマツ")], articles: vec![gaps] };
            assert!(words.noted().is_none(), "{words:?}");
            assert!(list(&words.to_bytes(), Some(&|_| true)).is_none(), "{words:?}");
        }
    }
}
