//! `shirube index [KB]`: builds the index anew.

use shirube::source::{Language, Phrase};

use super::Context;
use crate::args::KnowledgeBase;
use crate::errors::CommandError;
use crate::{Outcome, knowledge};

/// Builds the index, whatever stands there.
pub(crate) fn run(context: &Context, arguments: &KnowledgeBase) -> Result<Outcome, CommandError> {
    let roots = knowledge::roots(context, arguments.directory.as_deref())?;
    let manual = knowledge::opened(context, roots, true)?;
    context.output.warnings(&manual.report().warnings);
    let searcher = manual.searcher();
    let size = |language| knowledge::size(searcher.snapshot(), language);
    context.output.note(&Phrase::new(
        format!("索引を作りました（{}）", size(Language::Ja)),
        format!("the index is built ({})", size(Language::En)),
    ));
    Ok(Outcome::Found)
}
