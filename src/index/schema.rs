//! The fields of the index.
//!
//! Three kinds of documents stand in a shard, an article's together and in this order: the article
//! itself, its passages, its templates. A field belongs to one kind, so a term query finds that
//! kind alone. Behind them all stand the whole texts of the articles, which no field finds.

use tantivy::schema::{
    FAST, Field, IndexRecordOption, NumericOptions, STORED, Schema, TextFieldIndexing, TextOptions,
};

use super::term_list::TERM_LIST;

/// The version of everything that is written to disk; it is raised when old files would be misread
/// or when the same articles would be indexed otherwise.
pub(crate) const FORMAT_VERSION: u32 = 6;

/// The fields, by name of what they hold.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Fields {
    /// Article: words of title, keywords and description.
    pub(crate) title: Field,
    /// Article: character bigrams of title and keywords.
    pub(crate) title_bigram: Field,
    /// Passage: words of its question and headings.
    pub(crate) heading: Field,
    /// Passage: words of its text.
    pub(crate) body: Field,
    /// Passage: character bigrams of question, headings and text.
    pub(crate) bigram: Field,
    /// Article and passage: codes as `number` and `domain/number`, folded.
    pub(crate) code: Field,
    /// Template: words.
    pub(crate) template: Field,
    /// Article: its id, and its path without the ending, as links name it.
    pub(crate) id: Field,
    /// Template and article: a state or label that stands for itself, folded whole.
    pub(crate) label: Field,
    /// The shard's document number of the article that a document belongs to.
    pub(crate) article: Field,
    /// What is shown: a stored article, passage or template.
    pub(crate) stored: Field,
}

impl Fields {
    /// The schema with its fields.
    pub(crate) fn schema() -> (Schema, Self) {
        let mut builder = Schema::builder();
        let words = || {
            TextOptions::default().set_indexing_options(
                TextFieldIndexing::default()
                    .set_tokenizer(TERM_LIST)
                    .set_index_option(IndexRecordOption::WithFreqs)
                    .set_fieldnorms(true),
            )
        };
        let keys = || {
            TextOptions::default().set_indexing_options(
                TextFieldIndexing::default()
                    .set_tokenizer(TERM_LIST)
                    .set_index_option(IndexRecordOption::Basic)
                    .set_fieldnorms(false),
            )
        };
        let fields = Self {
            title: builder.add_text_field("title", words()),
            title_bigram: builder.add_text_field("title_bigram", words()),
            heading: builder.add_text_field("heading", words()),
            body: builder.add_text_field("body", words()),
            bigram: builder.add_text_field("bigram", words()),
            code: builder.add_text_field("code", keys()),
            template: builder.add_text_field("template", words()),
            id: builder.add_text_field("id", keys()),
            label: builder.add_text_field("label", keys()),
            article: builder.add_u64_field("article", NumericOptions::default() | FAST),
            stored: builder.add_bytes_field("stored", STORED),
        };
        (builder.build(), fields)
    }
}
