//! `shirube explain CODE`: every form of a code or a named error, its meaning, the articles that treat it.

use shirube::report;

use super::Context;
use crate::errors::{CommandError, Result, fault, phrase};
use crate::{Outcome, knowledge};

/// Explains the code that all arguments make up: `MCInstallationErrorDomain 4027` needs no quotes.
pub(crate) fn run(context: &Context, written: &str, json: bool) -> Result<Outcome> {
    let found = match knowledge::open(context)?.explain(written) {
        Ok(found) => found,
        Err(shirube::Error::NotACode { .. }) => return Err(no_code(written)),
        Err(error) => return Err(error.into()),
    };
    let nothing = found.is_empty();
    if json {
        context.output.data(&report::explanations_json(&found, context.output.language))?;
        return Ok(if nothing { Outcome::Nothing } else { Outcome::Found });
    }
    if nothing {
        context.output.note(&phrase!(
            "{written} について知られていることはありません",
            "nothing is known about {written}"
        ));
        return Ok(Outcome::Nothing);
    }
    context.show(&report::explanations(&found, &context.text_options(false)))?;
    Ok(Outcome::Found)
}

fn no_code(written: &str) -> CommandError {
    fault!(
        "「{written}」はコードとして読めません", "`{written}` is not a code";
        "書き方の例: shirube explain 4026、shirube explain 0x87D136CA。文なら shirube -q で探せます",
        "for example: shirube explain 4026, shirube explain 0x87D136CA; shirube -q searches for words"
    )
}
