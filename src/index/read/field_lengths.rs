//! How long the fields of a shard's documents are, close together: a query asks for tens of thousands of them, wherever
//! its words are, and the records that hold them are twelve times as large.

use std::collections::BTreeMap;

use crate::index::schema::Field;
use crate::index::store::format::{ArticleRecord, PassageRecord, TemplateRecord};

/// The lengths of the fields, by the numbers of the documents.
#[derive(Debug)]
pub(in crate::index) struct FieldLengths {
    passage_words: Lengths,
    passage_bigrams: Lengths,
    heading_words: Lengths,
    title_words: Lengths,
    title_bigrams: Lengths,
    template_words: Lengths,
}

impl FieldLengths {
    pub(in crate::index) fn new(
        passages: &[[u8; PassageRecord::SIZE]],
        articles: &[[u8; ArticleRecord::SIZE]],
        templates: &[[u8; TemplateRecord::SIZE]],
    ) -> Self {
        let passage = || passages.iter().map(PassageRecord::read);
        let article = || articles.iter().map(ArticleRecord::read);
        let template = templates.iter().map(TemplateRecord::read);
        Self {
            passage_words: passage().map(|it| it.words).collect(),
            passage_bigrams: passage().map(|it| it.bigrams).collect(),
            heading_words: passage().map(|it| it.heading_words.into()).collect(),
            title_words: article().map(|it| it.title_words).collect(),
            title_bigrams: article().map(|it| it.title_bigrams).collect(),
            template_words: template.map(|it| it.words).collect(),
        }
    }

    /// How many terms of a field a passage has: words of its text, bigrams of text and headings.
    pub(in crate::index) fn of_passage(&self, field: Field, passage: u32) -> Option<u32> {
        let lengths = match field {
            Field::Bigram => &self.passage_bigrams,
            _ => &self.passage_words,
        };
        lengths.get(passage)
    }

    pub(in crate::index) fn of_heading(&self, passage: u32) -> Option<u32> {
        self.heading_words.get(passage)
    }

    pub(in crate::index) fn of_title(&self, field: Field, article: u32) -> Option<u32> {
        let lengths = match field {
            Field::Bigram => &self.title_bigrams,
            _ => &self.title_words,
        };
        lengths.get(article)
    }

    pub(in crate::index) fn of_template(&self, template: u32) -> Option<u32> {
        self.template_words.get(template)
    }
}

/// The lengths of one field in two bytes each.
#[derive(Debug)]
struct Lengths {
    short: Vec<u16>,
    /// Those that two bytes do not hold.
    long: BTreeMap<u32, u32>,
}

impl FromIterator<u32> for Lengths {
    fn from_iter<I: IntoIterator<Item = u32>>(lengths: I) -> Self {
        let mut long = BTreeMap::new();
        let short = (0..).zip(lengths).map(|(number, length)| {
            let short = u16::try_from(length).unwrap_or(u16::MAX);
            if short == u16::MAX {
                long.insert(number, length);
            }
            short
        });
        Self { short: short.collect(), long }
    }
}

impl Lengths {
    fn get(&self, document: u32) -> Option<u32> {
        match *self.short.get(document as usize)? {
            u16::MAX => self.long.get(&document).copied(),
            short => Some(short.into()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_of_any_size_come_back() {
        let all = [0, 1, 65_534, 65_535, 65_536, u32::MAX];
        let lengths: Lengths = all.into_iter().collect();
        assert_eq!((0..).map_while(|number| lengths.get(number)).collect::<Vec<u32>>(), all);
    }
}
