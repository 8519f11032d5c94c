//! The fields of a shard's tantivy index; `docs/index.md` says what each is for.

pub(in crate::index) mod keys;
pub(in crate::index) mod terms;

use std::sync::LazyLock;

use tantivy::schema::{
    Field as FieldId, IndexRecordOption, Schema, TextFieldIndexing, TextOptions,
};
use tantivy::tokenizer::TokenizerManager;

use crate::index::schema::terms::TermTokenizer;

/// The field of a term; the same letters in two fields are two terms.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Field {
    /// A word of a title, a heading, a text or a template.
    Word,
    /// A pair of characters of a title, a heading or a text.
    Bigram,
    /// A code as `number` and `domain/number`, folded.
    Code,
    /// A state or label that stands for itself, folded whole.
    Label,
    /// An article's id, or its path without the ending, as links name it.
    Name,
}

#[derive(Debug, Clone, Copy)]
pub(in crate::index) struct Fields {
    /// Words of titles, of headings and texts, of wordings.
    pub(in crate::index) word: FieldId,
    /// Words of headings once more.
    pub(in crate::index) heading: FieldId,
    /// Pairs of characters of titles, headings and texts.
    pub(in crate::index) bigram: FieldId,
    pub(in crate::index) code: FieldId,
    /// States and messages, folded whole.
    pub(in crate::index) label: FieldId,
    pub(in crate::index) name: FieldId,
    /// The id of the passage or article, for who opens the shard with other tools: a fast field.
    pub(in crate::index) id: FieldId,
}

/// The name of the tokenizer that takes terms as the analyzer has cut them.
const TERMS: &str = "shirube_terms";

pub(in crate::index) static SCHEMA: LazyLock<(Schema, Fields)> = LazyLock::new(|| {
    let indexing = |tokenizer, option| {
        // Lengths are in the tables of passages, exact: field norms are rounded.
        let indexing = TextFieldIndexing::default().set_tokenizer(tokenizer).set_fieldnorms(false);
        TextOptions::default().set_indexing_options(indexing.set_index_option(option))
    };
    let terms = indexing(TERMS, IndexRecordOption::WithFreqs);
    let keys = indexing("raw", IndexRecordOption::Basic);
    let mut schema = Schema::builder();
    let fields = Fields {
        word: schema.add_text_field("word", terms.clone()),
        heading: schema.add_text_field("heading", terms.clone()),
        bigram: schema.add_text_field("bigram", terms),
        code: schema.add_text_field("code", keys.clone()),
        label: schema.add_text_field("label", keys.clone()),
        name: schema.add_text_field("name", keys),
        id: schema.add_text_field("id", TextOptions::default().set_fast("raw")),
    };
    (schema.build(), fields)
});

/// tantivy's own tokenizers and ours.
pub(in crate::index) fn tokenizers() -> TokenizerManager {
    let tokenizers = TokenizerManager::default();
    tokenizers.register(TERMS, TermTokenizer::default());
    tokenizers
}
