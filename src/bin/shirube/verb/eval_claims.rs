//! `shirube eval --claims BANK.jsonl`: judges what a person is shown for judged pastes and questions.
//!
//! Each case is answered as `shirube --json` answers it, at one fixed time, so that no figure depends on the
//! day; a case with documents of its own is asked of those, indexed in memory.

use std::fs;
use std::path::Path;

use clap::Parser as _;
use rayon::prelude::*;
use shirube::eval::{Case, Judged, cases, judge, judged_without_answer};
use shirube::{KnowledgeBase, Paste, report};

use super::Context;
use super::eval::parsed;
use crate::args::{Arguments, Eval};
use crate::errors::Result;
use crate::{Outcome, knowledge, moment};

/// When every case is asked, unless `--now` tells another time.
const NOW: &str = "2026-11-28T10:00:00";

pub(super) fn run(context: &Context, arguments: &Eval) -> Result<Outcome> {
    let mut all: Vec<Case> = Vec::new();
    for bank in &arguments.claims {
        all.extend(parsed(bank, cases)?);
    }
    if let Some(only) = &arguments.only {
        all.retain(|case| case.id.starts_with(only) || case.kind.starts_with(only));
    }
    let manual = knowledge::open(context)?;
    let judged: Vec<Judged> = all
        .par_iter()
        .map(|case| match answer(context, &manual, case) {
            Ok(answer) => judge(case, &answer),
            Err(reason) => judged_without_answer(case, &reason),
        })
        .collect();
    let written = if arguments.json {
        report::pastes_judged_json(&judged)
    } else {
        report::pastes_judged(&judged, &context.text_options(false))
    };
    context.output.data(&written)?;
    let right = judged.iter().all(|case| case.failures.is_empty());
    Ok(if right { Outcome::Found } else { Outcome::Nothing })
}

fn answer(context: &Context, manual: &KnowledgeBase, case: &Case) -> Result<String, String> {
    let typed = std::iter::once("shirube").chain(case.arguments.iter().map(String::as_str));
    let arguments = Arguments::try_parse_from(typed).map_err(|error| error.to_string())?;
    let search = arguments.search;
    let now = arguments.global.now.as_ref().or(context.global.now.as_ref());
    let now = now.map_or(NOW, String::as_str);
    let mut options = shirube::AnswerOptions::at(moment(now).map_err(|_| format!("--now {now}"))?);
    options.product.clone_from(&search.product);
    options.limit = search.limit.map_or(options.limit, usize::from);
    options.input_format.clone_from(&search.input_format);
    let own = case.documents.as_ref().map(|documents| {
        let directory = tempfile::tempdir().map_err(|error| error.to_string())?;
        for (name, text) in documents {
            write(&directory.path().join(name), text)?;
        }
        KnowledgeBase::open(directory.path()).map_err(|error| error.to_string())
    });
    let own = own.transpose()?;
    let manual = own.as_ref().unwrap_or(manual);
    let paste = if case.is_question {
        Paste::question(String::from_utf8_lossy(&case.paste))
    } else {
        Paste::from(&case.paste)
    };
    let answer = manual.answer(paste, &options).map_err(|error| error.to_string())?;
    Ok(report::json(&answer, context.output.language))
}

/// Writes a document of a case, in the folders that its name has.
fn write(path: &Path, text: &str) -> Result<(), String> {
    let written =
        path.parent().map_or(Ok(()), fs::create_dir_all).and_then(|()| fs::write(path, text));
    written.map_err(|error| format!("{}: {error}", path.display()))
}
