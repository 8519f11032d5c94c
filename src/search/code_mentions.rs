//! Which articles mention a code, or an error that has a name: by its key, without ranking.

use std::collections::{BTreeMap, BTreeSet};

use super::retrieve::retriever::{articles_of, passages_of};
use super::retrieve::statistics::Statistics;
use super::searcher::Searcher;
use crate::facts::{Code, writes_error};
use crate::index::{
    Address, CodeKeys, Field, IndexError, Result, Snapshot, StoredPassage, name_key, subject_key,
};
use crate::text::TokenKind;

/// An article that names a code.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct CodeMention {
    /// The article's file, relative to the knowledge base.
    pub path: String,
    /// The first line of the passage that is about the code, or else names it, or of the article.
    pub line: u32,
    /// The article's id.
    pub id: String,
    /// The article's title.
    pub title: String,
    /// The console that the article is about.
    pub product: Option<String>,
    /// The meaning that a row of the article gives the code.
    pub meaning: Option<String>,
}

/// How many passages are read for a name that is in their text: who writes it more often has told enough.
const MOST_READ: usize = 1000;

impl Searcher {
    /// The articles that name a code, each with the first passage that does: those that are about it first, then in
    /// order of path. Where no article names it with its domain, those that write its number without one.
    ///
    /// # Errors
    ///
    /// Where the index cannot be read.
    pub fn mentions_of(&self, code: &Code) -> Result<Vec<CodeMention>, IndexError> {
        let found = self.naming(code)?;
        if found.is_empty() { self.numbering(code) } else { Ok(found) }
    }

    /// The same of a code that no table knows: whose number it is, is known only as far as it is written.
    pub(crate) fn mentions_of_unknown(&self, code: &Code) -> Result<Vec<CodeMention>> {
        if code.domain.is_some() { self.naming(code) } else { self.numbering(code) }
    }

    fn naming(&self, code: &Code) -> Result<Vec<CodeMention>> {
        self.mentions(code, &CodeKeys::same(code).collect::<Vec<_>>())
    }

    fn numbering(&self, code: &Code) -> Result<Vec<CodeMention>> {
        self.mentions(code, &[CodeKeys::of(code).number])
    }

    fn mentions(&self, code: &Code, keys: &[String]) -> Result<Vec<CodeMention>> {
        let snapshot = self.snapshot();
        snapshot.unchanged()?;
        let statistics = Statistics::new(snapshot);
        let mut found = Mentions::new(snapshot);
        // Under the same number another domain has another meaning; a table of one domain may leave it out.
        let meant = |passage: &StoredPassage| {
            let same = passage.codes.iter().filter(|it| it.number == code.number);
            let mut domains = same.filter_map(|it| it.domain.as_ref()).peekable();
            domains.peek().is_none() || domains.any(|domain| code.domain.as_ref() == Some(domain))
        };
        for key in keys {
            for passage in passages_of(&statistics.term(Field::Code, &subject_key(key))) {
                found.about(passage, meant)?;
            }
            let info = statistics.term(Field::Code, key);
            articles_of(&info).for_each(|article| found.declared(article));
            passages_of(&info).try_for_each(|passage| found.mentioned(passage))?;
        }
        let found = found.in_order()?;
        snapshot.sound()?;
        Ok(found)
    }

    /// The articles that name an error which has a name, as [`mentions_of`](Self::mentions_of) lists them.
    pub(crate) fn mentions_of_name(&self, name: &str) -> Result<Vec<CodeMention>> {
        let snapshot = self.snapshot();
        snapshot.unchanged()?;
        let statistics = Statistics::new(snapshot);
        let mut found = Mentions::new(snapshot);
        let info = statistics.term(Field::Code, &name_key(name));
        for passage in passages_of(&info) {
            found.about(passage, |_| true)?;
        }
        articles_of(&info).for_each(|article| found.declared(article));
        // A name that is no passage's subject has no key: it is among the words.
        let words: Vec<String> = self.with_worker(|worker| {
            let tokens = worker.analyze(name);
            let words = tokens.iter().filter(|token| token.kind != TokenKind::Part);
            words.map(|token| token.term.to_owned()).collect()
        });
        let holders = words.iter().map(|word| statistics.term(Field::Word, word));
        let holders = holders.map(|info| passages_of(&info).collect::<BTreeSet<Address>>());
        let common = holders.reduce(|all, these| &all & &these).unwrap_or_default();
        // A title is no passage: an article about the name alone may write it there and nowhere else.
        let holders = words.iter().map(|word| statistics.term(Field::Word, word));
        let holders = holders.map(|info| articles_of(&info).collect::<BTreeSet<Address>>());
        let titled = holders.reduce(|all, these| &all & &these).unwrap_or_default();
        for article in titled.into_iter().take(MOST_READ) {
            if writes_error(&snapshot.article(article)?.title, name) {
                found.declared(article);
            }
        }
        for passage in common.into_iter().take(MOST_READ) {
            let stored = snapshot.passage(passage)?;
            let texts = stored.section.iter().chain(&stored.question).chain([&stored.markdown]);
            if texts.into_iter().any(|text| writes_error(text, name)) {
                found.mentioned(passage)?;
            }
        }
        let found = found.in_order()?;
        snapshot.sound()?;
        Ok(found)
    }
}

struct Mentions<'s> {
    snapshot: &'s Snapshot,
    articles: BTreeMap<Address, ArticleMention>,
}

#[derive(Default)]
struct ArticleMention {
    /// Whether the article, or a passage of it, is about the code.
    about: bool,
    /// Whether the passage merely mentions the code, and its line: the least is that of the article. `None` where the
    /// front matter alone names it.
    passage: Option<(bool, u32)>,
    /// The line and the meaning of the first row that gives one.
    meaning: Option<(u32, String)>,
}

impl<'s> Mentions<'s> {
    fn new(snapshot: &'s Snapshot) -> Self {
        Self { snapshot, articles: BTreeMap::new() }
    }

    /// Adds a passage that is about the code, with its meaning if that is `meant`.
    fn about(&mut self, passage: Address, meant: impl Fn(&StoredPassage) -> bool) -> Result<()> {
        let stored = self.add(passage, false)?;
        let place = self.articles.entry(self.snapshot.article_of_passage(passage)?).or_default();
        place.about = true;
        let meaning = meant(&stored).then_some(stored.meaning).flatten();
        let meaning = meaning.map(|meaning| (stored.line, meaning));
        place.meaning = place.meaning.take().into_iter().chain(meaning).min();
        Ok(())
    }

    /// Adds an article that names the code in its front matter.
    fn declared(&mut self, article: Address) {
        self.articles.entry(article).or_default().about = true;
    }

    fn mentioned(&mut self, passage: Address) -> Result<()> {
        self.add(passage, true).map(|_| ())
    }

    fn add(&mut self, passage: Address, mentions: bool) -> Result<StoredPassage> {
        let stored = self.snapshot.passage(passage)?;
        let place = self.articles.entry(self.snapshot.article_of_passage(passage)?).or_default();
        let this = (mentions, stored.line);
        place.passage = Some(place.passage.map_or(this, |known| known.min(this)));
        Ok(stored)
    }

    /// Those that are about the code first, then in order of path.
    fn in_order(self) -> Result<Vec<CodeMention>> {
        let mut found = Vec::with_capacity(self.articles.len());
        for (address, place) in self.articles {
            let article = self.snapshot.article(address)?;
            let mention = CodeMention {
                path: article.path,
                line: place.passage.map_or(1, |(_, line)| line),
                id: article.id,
                title: article.title,
                product: article.product,
                meaning: place.meaning.map(|(_, meaning)| meaning),
            };
            found.push((!place.about, mention));
        }
        found.sort_by(|a, b| (a.0, &a.1.path).cmp(&(b.0, &b.1.path)));
        Ok(found.into_iter().map(|(_, mention)| mention).collect())
    }
}
