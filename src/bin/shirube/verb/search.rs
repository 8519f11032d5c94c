//! `shirube [search] [FILE…]`: the remedies for a log or a question.

use std::path::Path;

use shirube::flow::{Conclusion, Step};
use shirube::record::{Summary, Vocabulary};
use shirube::search::Answer;
use shirube::source::{Language, Phrase};
use shirube::{Paste, report};

use super::mask::tell_of_free_text;
use super::{Context, misses};
use crate::args::Search;
use crate::errors::{Result, fault, phrase};
use crate::{Outcome, input, knowledge};

pub(crate) fn run(context: &Context, arguments: &Search) -> Result<Outcome> {
    let output = &context.output;
    let manual = knowledge::open(context)?;
    let mut options = context.answer_options();
    options.product.clone_from(&arguments.product);
    options.input_format.clone_from(&arguments.input_format);
    options.limit = arguments.limit.map_or(options.limit, usize::from);
    let mut answer = manual.answer(paste(context, arguments)?, &options)?;
    let wanted = arguments.misses.unwrap_or_else(|| context.config.is_on("misses"));
    misses::keep(context, wanted, &answer);
    if arguments.redact {
        report::redact(&mut answer);
        tell_of_free_text(context);
    }
    if let Some(file) = &arguments.devices {
        write_devices(context, file, &answer)?;
    }
    if arguments.json {
        output.data(&report::json(&answer, output.language))?;
    } else {
        if arguments.explain && arguments.query.is_none() {
            output.note(&taken_for(&answer.read, manual.searcher().vocabulary()));
        }
        output.warnings(&answer.warnings);
        context.show(&report::text(&answer, &context.text_options(arguments.explain)))?;
    }
    let answered = answer.incidents.iter().any(|incident| !incident.remedies.is_empty());
    let decided = answer
        .flows
        .iter()
        .any(|flow| flow.conclusion == Conclusion::Cause || flow.steps.iter().any(Step::answers));
    Ok(if answered || decided { Outcome::Found } else { Outcome::Nothing })
}

fn write_devices(context: &Context, file: &Path, answer: &Answer) -> Result<()> {
    let table = report::devices_csv(answer, context.output.language);
    std::fs::write(file, table).map_err(|error| {
        let shown = file.display();
        fault!(
            "端末の一覧を {shown} に書けません", "cannot write the list of devices to {shown}";
            "フォルダーがあるか、ほかのプログラムで開いていないかを確かめてください",
            "see that the directory exists and that no other program has the file open"
        )
        .because(&error)
    })?;
    // Of more devices than are counted exactly a log names the first.
    let cut = answer.incidents.iter().any(|it| {
        it.answered_by.is_none()
            && u64::try_from(it.incident.devices.len()).unwrap_or(0) < it.incident.device_count
    });
    if cut {
        context.output.note(&Phrase::new(
            "端末がとくに多い事象は、先頭の8192台だけを書きました（台数の列に全体の数があります）",
            "of an incident of very many devices the first 8,192 are written (the last column says how many there are)",
        ));
    }
    Ok(())
}

/// The input formats that were recognized; `--input-format` overrules them.
fn taken_for(read: &Summary, vocabulary: &Vocabulary) -> Phrase {
    let named = |language| {
        let labelled = |name: &&'static str| match vocabulary.formats.label(name) {
            Some(label) => format!("{name} ({})", label.text(language)),
            None => (*name).to_owned(),
        };
        let names: Vec<String> = read.formats.iter().map(labelled).collect();
        if names.is_empty() { "-".to_owned() } else { names.join(", ") }
    };
    let (ja, en) = (named(Language::Ja), named(Language::En));
    let (encoding, records) = (read.encoding, read.records);
    phrase!(
        "入力の形式: {ja}、文字コード: {encoding}、レコード: {records}件（違うときは --input-format で指定できます）",
        "taken for: {en}; encoding: {encoding}; records: {records} (--input-format overrules it)"
    )
}

/// The files, or standard input where none is named, and the question.
fn paste<'c>(context: &'c Context, arguments: &Search) -> Result<Paste<'c>> {
    let Some(question) = &arguments.query else {
        return input::paste(context, &arguments.files);
    };
    let log = if arguments.files.is_empty() {
        input::piped(context)
    } else {
        input::paste(context, &arguments.files)?
    };
    Ok(log.with_question(question))
}
