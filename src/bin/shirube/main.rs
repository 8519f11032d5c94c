//! The command line of Shirube.
//!
//! 1. [`environment`] looks around once: arguments, clock, locale, terminal, directories;
//! 2. [`args`] reads the command line, [`config`] what is set elsewhere;
//! 3. a module of [`verb`] does what was asked, through the library's public API alone, with
//!    [`knowledge`] for the index, [`input`] for the paste and [`output`] for the two streams;
//! 4. what went wrong becomes words in [`errors`], and the exit status:
//!    0 something was answered, 1 nothing was, 2 an error.

mod args;
mod config;
mod context;
mod environment;
mod errors;
mod help;
mod input;
mod knowledge;
mod links;
#[cfg(feature = "server")]
mod mcp;
mod output;
mod pager;
mod progress;
#[cfg(feature = "server")]
mod serve;
mod usage;
mod verb;
mod watch;

use std::process::ExitCode;

use clap::{ColorChoice, FromArgMatches as _};
use jiff::civil::DateTime;
use shirube::index::Root;
use shirube::source::Language;

use crate::args::{Arguments, Global, Search, Verb, When};
use crate::config::Config;
use crate::context::Context;
use crate::environment::Environment;
use crate::errors::{Result, fault};
use crate::output::Output;

/// Building an index and answering take a tenth less time with it than with the C library's.
#[cfg(unix)]
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// The outcome of a run without error.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// Something: status 0.
    Found,
    /// Nothing: status 1.
    Nothing,
    /// Done in part: something could not be done. Status 2.
    Incomplete,
}

fn main() -> ExitCode {
    let environment = Environment::read();
    let config = Config::read(&environment);
    let language = named_language(&environment, config.as_ref().ok());
    let knowledge_base = knowledge::in_words(&knowledge::default(&environment), language);
    let help_color = if environment.color_out { ColorChoice::Auto } else { ColorChoice::Never };
    let command = args::command(&knowledge_base, language).color(help_color);
    let parsed = command
        .try_get_matches_from(&environment.arguments)
        .and_then(|matches| Arguments::from_arg_matches(&matches));
    let arguments = match parsed {
        Ok(arguments) => arguments,
        Err(error) => {
            // In English clap's own words are good.
            let told = usage::told(&error).filter(|_| language == Language::Ja);
            let Some(told) = told else { return usage(&error) };
            output(&Config::default(), &environment, language).error(&told);
            return ExitCode::from(2);
        }
    };
    let (config, misread) = match config {
        Ok(config) => (flags(config, &arguments.global), None),
        Err(error) => (Config::default(), Some(error)),
    };
    let output = output(&config, &environment, language);
    // A shell that starts wants its completions, whatever else is wrong.
    let needed = !matches!(arguments.verb, Some(Verb::Completions { .. } | Verb::Man { .. }));
    if let Some(error) = misread.filter(|_| needed) {
        output.error(&error);
        return ExitCode::from(2);
    }
    match run(arguments, environment, config, output) {
        Ok(Outcome::Found) => ExitCode::SUCCESS,
        Ok(Outcome::Nothing) => ExitCode::from(1),
        Ok(Outcome::Incomplete) => ExitCode::from(2),
        Err(error) => {
            output.error(&error);
            ExitCode::from(2)
        }
    }
}

fn run(
    arguments: Arguments,
    mut environment: Environment,
    config: Config,
    output: Output,
) -> Result<Outcome> {
    if let Some(now) = &arguments.global.now {
        environment.now = moment(now)?;
    }
    let mut context = Context::new(arguments.global, environment, config, output);
    // A knowledge base that is not there is told of when it is opened.
    context.link(&knowledge::roots(&context, None).unwrap_or_default());
    if matches!(arguments.verb, Some(Verb::Check(_))) {
        // A check names files from where the user is.
        context.link(&[Root::Directory(context.environment.working_directory.clone())]);
    }
    let search = arguments.search;
    match arguments.verb.unwrap_or_else(|| Verb::Search(Search::default())) {
        Verb::Search(behind) => verb::search::run(&context, &search.and(behind)),
        _ if search != Search::default() => Err(fault!(
            "検索のオプションは、このコマンドでは使えません",
            "options of the search do not go with this verb";
            "コマンドの名前の後ろに、そのコマンドのオプションを書きます: shirube help",
            "write the verb's own options behind its name: shirube help"
        )),
        Verb::Import(arguments) => verb::import::run(&context, &arguments),
        Verb::Index(arguments) => verb::index::run(&context, &arguments),
        Verb::Explain { code, json } => verb::explain::run(&context, &code.join(" "), json),
        Verb::Show { id, json } => verb::show::show(&context, &id, json),
        Verb::List { json } => verb::show::list(&context, json),
        Verb::Flow(arguments) => verb::flow::run(&context, &arguments),
        Verb::Check(arguments) => verb::check(&context, &arguments),
        Verb::Eval(arguments) => verb::eval(&context, &arguments),
        Verb::Init { directory } => verb::init::run(&context, directory.as_deref()),
        Verb::Export(arguments) => verb::export::run(&context, &arguments),
        #[cfg(feature = "server")]
        Verb::Mcp => verb::mcp::run(&context),
        Verb::Config => verb::config::run(&context),
        #[cfg(feature = "server")]
        Verb::Serve(arguments) => verb::serve::run(&context, &arguments),
        Verb::Completions { shell } => verb::completions::run(&context, shell),
        Verb::Man { directory } => verb::man::run(&context, directory.as_deref()),
        Verb::Misses(arguments) => verb::misses::run(&context, &arguments),
        Verb::Mask(arguments) => verb::mask::run(&context, &arguments),
    }
}

/// Tells wrong usage, or the help that was asked for; clap knows the stream and the status.
fn usage(error: &clap::Error) -> ExitCode {
    // Where nobody listens, there is nobody to tell.
    let _ = error.print();
    ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2))
}

/// Lays the flags over what the environment and the file set.
fn flags(mut config: Config, global: &Global) -> Config {
    let flags = [
        ("language", "--lang", global.lang.clone()),
        ("color", "--color", global.color.map(When::name)),
        ("hyperlinks", "--hyperlinks", global.hyperlinks.map(When::name)),
        ("pager", "--no-pager", global.no_pager.then(String::new)),
    ];
    for (name, flag, word) in flags {
        if let Some(word) = word {
            config.set(name, flag, word.into());
        }
    }
    config
}

fn output(config: &Config, environment: &Environment, language: Language) -> Output {
    let wanted = |when: When, welcome: bool| match when {
        When::Always => true,
        When::Never => false,
        When::Auto => welcome,
    };
    let colored = |welcome: bool| wanted(config.color(), welcome);
    Output {
        language,
        width: environment.width,
        color: colored(environment.color_out),
        links: wanted(config.hyperlinks(), environment.shown && !environment.dumb),
        color_err: colored(environment.color_err),
    }
}

/// The language that `--lang`, the settings or the locale name; what none names is Japanese, as the
/// knowledge base is. The flag is looked for before the command line is read, since the help and the
/// errors of reading it are in that language too.
fn named_language(environment: &Environment, config: Option<&Config>) -> Language {
    let arguments: Vec<&str> =
        environment.arguments.iter().filter_map(|argument| argument.to_str()).collect();
    let behind = arguments.windows(2).find_map(|pair| match pair {
        ["--lang", tag] => Language::from_tag(tag),
        _ => None,
    });
    let joined = || {
        arguments.iter().find_map(|argument| Language::from_tag(argument.strip_prefix("--lang=")?))
    };
    let set = || config.and_then(Config::language);
    behind.or_else(joined).or_else(set).or(environment.language).unwrap_or_default()
}

/// The time of `--now`: a date, or a date and time.
pub(crate) fn moment(text: &str) -> Result<DateTime> {
    text.parse().map_err(|error: jiff::Error| {
        fault!(
            "--now の日時を読めません: {text}", "--now is not a time: {text}";
            "例: --now 2026-11-23", "for example: --now 2026-11-23"
        )
        .because(&error)
    })
}
