//! `shirube [search] [FILE…]`: the remedies for a log or a question.

use shirube::report::{self, TextOptions};
use shirube::search::Answer;

use super::Context;
use crate::args::Search;
use crate::errors::CommandError;
use crate::{Outcome, input};

/// Answers the logs or the question.
pub(crate) fn run(context: &Context, arguments: &Search) -> Result<Outcome, CommandError> {
    let output = &context.output;
    let _pastes = input::read(&arguments.files, &context.environment, output)?;
    let answer = Answer::default();
    if arguments.json {
        output.data(&report::json(&answer, output.language))?;
    } else {
        output.warnings(&answer.warnings);
        let options = TextOptions {
            language: output.language,
            width: output.width,
            color: output.color,
            today: context.environment.today,
            explain: arguments.explain,
        };
        output.data(&report::text(&answer, &options))?;
    }
    let answered = answer.incidents.iter().any(|incident| !incident.remedies.is_empty());
    Ok(if answered { Outcome::Found } else { Outcome::Nothing })
}
