//! Where articles, passages and templates are in a snapshot, and what is stored there.

use std::path::Path;

use crate::index::schema::Field;
use crate::index::schema::keys::{file_key, name_key};
use crate::index::{
    IndexError, PassageHead, Result, ShardReader, Snapshot, StoredArticle, StoredPassage,
    StoredTemplate, StoredText,
};

/// The place of an article, a passage or a template: its shard, and its number among its kind there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Address {
    pub(crate) shard: u32,
    pub(crate) number: u32,
}

/// An article's rows in the tables, without its stored text.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Extent<'s> {
    pub(crate) shard: &'s ShardReader,
    pub(crate) address: Address,
    /// The number, in its shard, of its first passage.
    pub(crate) first: u32,
    pub(crate) passages: u32,
}

impl Snapshot {
    pub(crate) fn shard(&self, address: Address) -> Result<&ShardReader> {
        self.shards().get(address.shard as usize).ok_or_else(outside)
    }

    pub(crate) fn article(&self, article: Address) -> Result<StoredArticle> {
        self.shard(article)?.article(article.number)
    }

    pub(crate) fn passage(&self, passage: Address) -> Result<StoredPassage> {
        self.shard(passage)?.passage(passage.number)
    }

    pub(crate) fn head(&self, passage: Address) -> Result<PassageHead> {
        self.shard(passage)?.head(passage.number)
    }

    pub(crate) fn anchor(&self, passage: Address) -> Result<&str> {
        self.shard(passage)?.anchor(passage.number)
    }

    pub(crate) fn text(&self, article: Address) -> Result<StoredText> {
        self.shard(article)?.text(article.number)
    }

    /// All articles, shard by shard.
    pub(crate) fn addresses(&self) -> impl Iterator<Item = Address> {
        (0..).zip(self.shards()).flat_map(|(shard, view)| {
            let alive = (0..view.articles()).filter(|&article| view.is_alive(article));
            alive.map(move |number| Address { shard, number })
        })
    }

    /// The article of an id, or of a path without its ending; of several, the first by path.
    pub(crate) fn named(&self, name: &str) -> Result<Option<(Address, StoredArticle)>> {
        self.unchanged()?;
        let mut found: Option<(Address, StoredArticle)> = None;
        for (shard, named) in self.find(Field::Name, name) {
            for number in named.articles().numbers() {
                let address = Address { shard, number };
                let article = self.article(address)?;
                if found.as_ref().is_none_or(|(_, known)| article.path < known.path) {
                    found = Some((address, article));
                }
            }
        }
        self.sound()?;
        Ok(found)
    }

    /// The articles whose file has a name, without folder and ending and in small letters.
    pub(crate) fn of_file(&self, name: &str) -> Result<Vec<(Address, StoredArticle)>> {
        let key = file_key(name);
        let found = self.find(Field::Name, &key);
        let addresses = found.flat_map(|(shard, named)| {
            let numbers = named.articles().numbers();
            numbers.map(|number| Address { shard, number }).collect::<Vec<_>>()
        });
        addresses.map(|address| Ok((address, self.article(address)?))).collect()
    }

    /// The articles whose title, or whose file's name, says that they are about the error of a name.
    pub(crate) fn about_name(&self, name: &str) -> Vec<Address> {
        let key = name_key(name);
        let found = self.find(Field::Code, &key);
        let addresses = found.flat_map(|(shard, named)| {
            let numbers = named.articles().numbers();
            numbers.map(|number| Address { shard, number }).collect::<Vec<_>>()
        });
        addresses.collect()
    }

    pub(crate) fn first_passage(&self, article: Address) -> Result<u32> {
        let record = self.shard(article)?.article_record(article.number);
        record.map(|record| record.passages).ok_or_else(outside)
    }

    /// The address of a passage by its place among its article's.
    pub(crate) fn place(&self, article: Address, place: u32) -> Result<Address> {
        let number = self.first_passage(article)?.saturating_add(place);
        Ok(Address { number, ..article })
    }

    /// Whether a passage's article says how people ask for it.
    pub(crate) fn is_asked_for(&self, passage: Address) -> bool {
        let record = self.shard(passage).ok().and_then(|it| it.passage_record(passage.number));
        record.is_some_and(|record| record.asked)
    }

    pub(crate) fn passages_of(
        &self,
        article: Address,
    ) -> Result<impl Iterator<Item = Result<StoredPassage>>> {
        let Extent { first, passages, .. } = self.extent(article)?;
        let numbers = first..first.saturating_add(passages);
        Ok(numbers.map(move |number| self.passage(Address { number, ..article })))
    }

    /// An article's rows in the tables.
    pub(crate) fn extent(&self, article: Address) -> Result<Extent<'_>> {
        let shard = self.shard(article)?;
        let record = shard.article_record(article.number).ok_or_else(outside)?;
        let next = shard.article_record(article.number + 1).ok_or_else(outside)?;
        // After the last passage is a record that says where it ends.
        let all = shard.passage_records().len().saturating_sub(1);
        let sound = record.passages <= next.passages && next.passages as usize <= all;
        let passages = next.passages.checked_sub(record.passages).filter(|_| sound);
        Ok(Extent {
            shard,
            address: article,
            first: record.passages,
            passages: passages.ok_or_else(outside)?,
        })
    }

    pub(crate) fn template(&self, template: Address) -> Result<StoredTemplate<'_>> {
        self.shard(template)?.template(template.number)
    }

    pub(crate) fn article_of_passage(&self, passage: Address) -> Result<Address> {
        let record = self.shard(passage)?.passage_record(passage.number).ok_or_else(outside)?;
        Ok(Address { number: record.article, ..passage })
    }

    pub(crate) fn article_of_template(&self, template: Address) -> Result<Address> {
        let record = self.shard(template)?.template_record(template.number).ok_or_else(outside)?;
        Ok(Address { number: record.article, ..template })
    }
}

/// An address that the snapshot does not have: one of its files is damaged.
fn outside() -> IndexError {
    IndexError::damaged(Path::new("index"), "a number lies outside of its table")
}
