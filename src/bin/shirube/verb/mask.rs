//! `shirube mask [FILE…]`: the text without what belongs to people and places, line for line.

use shirube::facts::Message;
use shirube::source;

use super::Context;
use crate::args::Mask;
use crate::errors::CommandError;
use crate::{Outcome, input, knowledge};

/// Writes every line with its variable parts masked; as many lines come out as went in.
pub(crate) fn run(context: &Context, arguments: &Mask) -> Result<Outcome, CommandError> {
    let searcher = knowledge::searcher(context)?;
    for paste in input::read(&arguments.files, &context.environment, &context.output)? {
        let decoded = source::decode(&paste.bytes);
        context.output.warnings(&decoded.warnings);
        let mut masked = String::with_capacity(decoded.text.len());
        for line in decoded.text.lines() {
            let message = Message::read(line, searcher.codes());
            if arguments.signatures {
                masked.push_str(&message.signature.to_string());
                masked.push('\t');
            }
            masked.push_str(&message.masked);
            masked.push('\n');
        }
        context.output.data(&masked)?;
    }
    Ok(Outcome::Found)
}
