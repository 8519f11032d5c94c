//! The command line, as typed.

use std::path::PathBuf;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, CommandFactory as _, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;
use shirube::check::Age;
use shirube::kb::Level;
use shirube::source::Language;

use crate::help::in_japanese;

/// Paste a log, get the remedy that the manual already holds.
///
/// Give a log in a file or on standard input; `shirube FILE` is short for `shirube search FILE`.
#[derive(Debug, Parser)]
#[command(name = "shirube", version, max_term_width = 100)]
pub(crate) struct Arguments {
    #[command(flatten)]
    pub(crate) global: Global,
    #[command(flatten)]
    pub(crate) search: Search,
    #[command(subcommand)]
    pub(crate) verb: Option<Verb>,
}

/// Options of every verb, before its name or after it.
#[derive(Debug, Args)]
pub(crate) struct Global {
    /// A knowledge base: a directory of Markdown, or `builtin`; give it again to search several as one
    #[arg(long, value_name = "DIR", global = true)]
    pub(crate) kb: Vec<PathBuf>,
    /// Where the index is kept, instead of the cache directory
    #[arg(long, value_name = "DIR", global = true)]
    pub(crate) index: Option<PathBuf>,
    /// Take the index as it is, without looking for changed articles
    #[arg(long, global = true)]
    pub(crate) no_refresh: bool,
    /// Search drafts as well
    #[arg(long, global = true)]
    pub(crate) drafts: bool,
    /// Follow symbolic links that lead out of the knowledge base
    #[arg(long, global = true)]
    pub(crate) follow_links: bool,
    /// The language of the answer
    #[arg(long, value_name = "LANG", global = true, value_parser = ["ja", "en"])]
    pub(crate) lang: Option<String>,
    /// When to use colour [default: auto]
    #[arg(long, value_name = "WHEN", global = true)]
    pub(crate) color: Option<When>,
    /// When to make the places of articles links that open an editor [default: never]
    #[arg(
        long,
        value_name = "WHEN",
        global = true,
        num_args = 0..=1,
        require_equals = true,
        default_missing_value = "auto"
    )]
    pub(crate) hyperlinks: Option<When>,
    /// Show a long answer at once, without a pager
    #[arg(long, global = true)]
    pub(crate) no_pager: bool,
    /// The time to answer for, instead of now: 2026-11-23, or with a time after it
    #[arg(long, value_name = "TIME", global = true)]
    pub(crate) now: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum When {
    Auto,
    Always,
    Never,
}

impl When {
    pub(crate) fn name(self) -> String {
        self.to_possible_value().map(|value| value.get_name().to_owned()).unwrap_or_default()
    }
}

#[derive(Debug, Subcommand)]
pub(crate) enum Verb {
    /// Find the remedies for a log or a question (the default)
    Search(Search),
    /// Build the index of a knowledge base, of what changed since the last time
    Index(Index),
    /// Look for problems in the articles, and run their samples
    Check(Check),
    /// Show every form of a code or named error, its meaning, and the articles that treat it
    Explain {
        /// The code, in any form: 4026, 0x87D136CA, -2016332107, "MCInstallationErrorDomain 4027", AUTH-0231
        #[arg(value_name = "CODE", required = true, allow_negative_numbers = true)]
        code: Vec<String>,
        /// Answer in JSON (shirube.codes/1)
        #[arg(long)]
        json: bool,
    },
    /// Show an article, or one passage of it
    Show {
        /// The article as answers name it: path/to/article, or path/to/article#section
        #[arg(value_name = "ID[#SECTION]")]
        id: String,
        /// Answer in JSON (shirube.article/1)
        #[arg(long)]
        json: bool,
    },
    /// List the articles with their dates and products
    List {
        /// Answer in JSON (shirube.articles/1)
        #[arg(long)]
        json: bool,
    },
    /// List the check flows, or go through one of them with what the screens show
    Flow(Flow),
    /// Measure the ranking on judged queries
    Eval(Eval),
    /// Show what was pasted and not answered, masked, and which remedies helped
    Misses(Misses),
    /// Write the text with its variable parts masked, line for line
    Mask(Mask),
    /// Write the beginning of a knowledge base: settings and an article to start from
    Init {
        /// Where to [default: kb, where it is found by itself]
        #[arg(value_name = "DIR")]
        directory: Option<PathBuf>,
    },
    /// Write the passages, or a search, for OpenSearch, Elasticsearch or Quickwit
    Export(Export),
    /// Speak the Model Context Protocol on standard input and output, for an assistant's client
    #[cfg(feature = "server")]
    Mcp,
    /// Show the settings that hold, and where each comes from
    Config,
    /// Turn saved pages, exports and tables into articles
    Import(Import),
    /// Serve a page in the browser and an HTTP API
    #[cfg(feature = "server")]
    Serve(Serve),
    /// Write the completions of a shell
    Completions {
        /// The shell
        shell: Shell,
    },
    /// Write the manual page
    Man {
        /// Write the pages of all verbs into this directory instead
        #[arg(value_name = "DIR")]
        directory: Option<PathBuf>,
    },
}

#[derive(Debug, Args, Default, PartialEq)]
pub(crate) struct Search {
    /// The logs; `-` or none reads standard input. A file named like a verb is given as ./search
    #[arg(value_name = "FILE")]
    pub(crate) files: Vec<PathBuf>,
    /// A typed question; with files or a pipe, a question about them: what it names comes first
    // Codes are signed, so a question may begin with a hyphen: -2016341112 とは.
    #[arg(short, long, value_name = "TEXT", allow_hyphen_values = true)]
    pub(crate) query: Option<String>,
    /// The console that the log comes from, where neither its form nor its words tell; `any`: every console
    #[arg(long, value_name = "NAME")]
    pub(crate) product: Option<String>,
    /// How many remedies to show for an incident [default: 3]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    pub(crate) limit: Option<u16>,
    /// Answer in JSON (shirube.answer/1)
    #[arg(long)]
    pub(crate) json: bool,
    /// Show the parts of each score
    #[arg(long)]
    pub(crate) explain: bool,
    /// The form of the log, instead of guessing it
    #[arg(long, value_name = "NAME")]
    pub(crate) input_format: Option<String>,
    /// Show the log with its variable parts masked: names, devices, addresses, numbers
    #[arg(long)]
    pub(crate) redact: bool,
    /// Write the devices with what is told of each into a CSV file
    #[arg(long, value_name = "FILE.csv")]
    pub(crate) devices: Option<PathBuf>,
    /// Keep what is not answered, masked, for `shirube misses` [default: false]
    #[arg(long, value_name = "BOOL", num_args = 0..=1, require_equals = true, default_missing_value = "true")]
    pub(crate) misses: Option<bool>,
}

#[derive(Debug, Args)]
pub(crate) struct Index {
    /// The knowledge base; the same as --kb
    #[arg(value_name = "KB")]
    pub(crate) directory: Option<PathBuf>,
    /// Go on as the articles change, until Ctrl-C
    #[arg(long)]
    pub(crate) watch: bool,
    /// Build everything anew
    #[arg(long)]
    pub(crate) full: bool,
    /// Compare the content of articles whose size and time are as before
    #[arg(long)]
    pub(crate) verify: bool,
    /// Let the index become empty where every article is gone
    #[arg(long)]
    pub(crate) allow_empty: bool,
}

#[derive(Debug, Args)]
pub(crate) struct Misses {
    /// Only what no article answers by now
    #[arg(long)]
    pub(crate) open: bool,
    /// Write an article to start from: for the problem whose signature begins so, or for the first without an answer
    #[arg(long, value_name = "SIGNATURE", num_args = 0..=1, default_missing_value = "", conflicts_with = "json")]
    pub(crate) stub: Option<String>,
    /// Close the problem whose signature begins so: nobody will write an article for it
    #[arg(long, value_name = "SIGNATURE", requires = "reason", conflicts_with_all = ["json", "stub"])]
    pub(crate) close: Option<String>,
    /// Write what a server was asked, by product and cause, with what was answered and solved, as CSV
    #[arg(long, conflicts_with_all = ["open", "stub", "close", "json"])]
    pub(crate) statistics: bool,
    /// Why it is closed
    #[arg(long, value_name = "TEXT", requires = "close")]
    pub(crate) reason: Option<String>,
    /// Answer in JSON (shirube.misses/1)
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, Args)]
pub(crate) struct Check {
    /// The knowledge base; the same as --kb
    #[arg(value_name = "KB")]
    pub(crate) directory: Option<PathBuf>,
    /// How the findings are written
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub(crate) format: FindingsFormat,
    /// Leave out what is less severe; whatever is left then ends in status 1
    #[arg(long, value_name = "SEVERITY", value_parser = severity())]
    pub(crate) min_severity: Option<Level>,
    /// Name every article without a date, product or source, instead of counting them
    #[arg(long)]
    pub(crate) all: bool,
    /// After how long without a change an article is stale: 24m, 2y, 90d
    #[arg(long, value_name = "AGE", default_value = "36m")]
    pub(crate) stale: Age,
    /// Write the state of the knowledge base as one page of HTML, and remember the ranks of its samples
    #[arg(long, value_name = "FILE")]
    pub(crate) report: Option<PathBuf>,
    /// Compare the ranking with an index from before instead, by the samples and the judged queries
    #[arg(long, value_name = "INDEX", conflicts_with = "report")]
    pub(crate) against: Option<PathBuf>,
    /// Judged queries, `id<TAB>text` a line: articles that none of them brings up are told; or, with --against, compared
    #[arg(long, value_name = "FILE")]
    pub(crate) queries: Option<PathBuf>,
    /// Which articles answer which of the queries, in TREC's form
    #[arg(long, value_name = "FILE", requires_all = ["against", "queries"])]
    pub(crate) qrels: Option<PathBuf>,
}

fn severity() -> impl TypedValueParser<Value = Level> {
    let levels = [Level::Info, Level::Warning, Level::Error];
    let named = move |name: String| levels.into_iter().find(|level| level.name() == name);
    let names = PossibleValuesParser::new(levels.map(Level::name));
    names.map(move |name| named(name).unwrap_or(Level::Info))
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum FindingsFormat {
    Text,
    Json,
    Sarif,
    Github,
}

#[derive(Debug, Args)]
pub(crate) struct Import {
    /// Folders or files: saved pages, Zendesk's JSON, tables (CSV, TSV, xlsx), Q/A text; or apple-device-management DIR,
    /// intune-errors FILE.md, android-management FILE.json
    #[arg(value_name = "SOURCE", required = true)]
    pub(crate) sources: Vec<PathBuf>,
    /// The directory that the articles are written into
    #[arg(long, value_name = "DIR", default_value = "imported")]
    pub(crate) into: PathBuf,
    /// The console that the articles are about
    #[arg(long, value_name = "NAME")]
    pub(crate) product: Option<String>,
    /// A system that the articles are about; give it again for several
    #[arg(long, value_name = "NAME")]
    pub(crate) platform: Vec<String>,
    /// Headings of a table: message=HEADING,code=HEADING,remedy=HEADING
    #[arg(long, value_name = "NAME=HEADING", value_delimiter = ',', value_parser = column)]
    pub(crate) columns: Vec<(shirube::import::Column, String)>,
    /// Set aside the articles whose documents are not there any more
    #[arg(long)]
    pub(crate) retire: bool,
    /// Where the pages were saved from, where they do not tell their address
    #[arg(long, value_name = "URL")]
    pub(crate) base_url: Option<String>,
    /// Tell what would be written, and write nothing
    #[arg(long)]
    pub(crate) dry_run: bool,
}

/// A column of a table by its heading: `code=エラー番号`.
fn column(text: &str) -> Result<(shirube::import::Column, String), String> {
    let names = || shirube::import::column_names().map(|(name, _)| name).collect::<Vec<_>>();
    let told = || format!("NAME=HEADING, {}", names().join(" | "));
    let (name, heading) = text.split_once('=').ok_or_else(told)?;
    let found = shirube::import::column_names().find(|(known, _)| *known == name.trim());
    let (_, column) = found.ok_or_else(told)?;
    Ok((column, heading.trim().to_owned()))
}

#[derive(Debug, Args)]
pub(crate) struct Flow {
    /// The flow; without it all are listed
    #[arg(value_name = "ID")]
    pub(crate) id: Option<String>,
    /// Values of the screens; `-` or none reads standard input, and a terminal is asked
    #[arg(value_name = "FILE")]
    pub(crate) facts: Vec<PathBuf>,
    /// Draw the flow in Mermaid's language
    #[arg(long, requires = "id", conflicts_with_all = ["json", "facts"])]
    pub(crate) mermaid: bool,
    /// Answer in JSON
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, Args)]
pub(crate) struct Eval {
    /// The queries, `id<TAB>text` a line
    #[arg(long, value_name = "FILE", required_unless_present_any = ["from", "claims"])]
    pub(crate) queries: Option<PathBuf>,
    /// Which articles, or passages (`id#anchor`), answer which query, in TREC's form
    #[arg(long, value_name = "FILE", required_unless_present = "claims")]
    pub(crate) qrels: Option<PathBuf>,
    /// Judge all that a person is shown, by a bank of judged pastes (JSON lines); repeats
    #[arg(long, value_name = "BANK", conflicts_with_all = ["queries", "qrels", "unanswerable", "run", "compare", "from", "show", "weight", "without"])]
    pub(crate) claims: Vec<PathBuf>,
    /// Rank and judge passages instead of articles
    #[arg(long)]
    pub(crate) passages: bool,
    /// Queries that no article answers, `id<TAB>text` a line: every claim on them is wrong
    #[arg(long, value_name = "FILE")]
    pub(crate) unanswerable: Option<PathBuf>,
    /// Only the queries whose ids begin so
    #[arg(long, value_name = "PREFIX")]
    pub(crate) only: Option<String>,
    /// Write the ranking in TREC's form
    #[arg(long, value_name = "FILE")]
    pub(crate) run: Option<PathBuf>,
    /// Compare with an older ranking in TREC's form, query by query
    #[arg(long, value_name = "FILE")]
    pub(crate) compare: Option<PathBuf>,
    /// Measure a ranking in TREC's form instead of searching
    #[arg(long, value_name = "FILE", conflicts_with_all = ["run", "show", "weight", "without"])]
    pub(crate) from: Option<PathBuf>,
    /// Show what one query brings up, and why
    #[arg(long, value_name = "ID", conflicts_with = "json")]
    pub(crate) show: Option<String>,
    /// Measure in JSON (shirube.eval/1)
    #[arg(long)]
    pub(crate) json: bool,
    /// Set a weight of the ranking; repeats
    #[arg(long, value_name = "NAME=VALUE", value_parser = weight)]
    pub(crate) weight: Vec<(String, f64)>,
    /// Take a weight of the ranking away; repeats
    #[arg(long, value_name = "NAME")]
    pub(crate) without: Vec<String>,
}

#[derive(Debug, Args)]
pub(crate) struct Mask {
    /// The logs; `-` or none reads standard input
    #[arg(value_name = "FILE")]
    pub(crate) files: Vec<PathBuf>,
    /// Write `signature<TAB>masked` a line
    #[arg(long)]
    pub(crate) signatures: bool,
    /// Write the key of the line's incident and a tab before it
    #[arg(long)]
    pub(crate) groups: bool,
    /// Give each value a pseudonym of its own and keep both in FILE, which is made if it is not there
    #[arg(long, value_name = "FILE", conflicts_with_all = ["signatures", "groups"])]
    pub(crate) map: Option<PathBuf>,
    /// Put the values of the map back into the text
    #[arg(long, requires = "map")]
    pub(crate) unmask: bool,
}

#[derive(Debug, Args)]
pub(crate) struct Export {
    /// Write the passages in the form of the bulk interface
    #[arg(long, required_unless_present = "query", conflicts_with = "query")]
    pub(crate) bulk: bool,
    /// Write the search for a log line or a question instead, as the engine takes it
    #[arg(long, value_name = "TEXT")]
    pub(crate) query: Option<String>,
    /// Write passages.ndjson and mapping.json into this directory, instead of the passages to standard output
    #[arg(long, value_name = "DIR", requires = "bulk")]
    pub(crate) out: Option<PathBuf>,
    /// The name of the index in the engine
    #[arg(long, value_name = "NAME", default_value = shirube::export::INDEX, value_parser = index_name)]
    pub(crate) index_name: String,
}

/// The names of an index that OpenSearch and Elasticsearch both take.
fn index_name(name: &str) -> Result<String, String> {
    let sound =
        |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '-' | '_' | '.');
    if name.chars().all(sound)
        && !name.starts_with(['-', '_', '.'])
        && (1..=255).contains(&name.len())
    {
        return Ok(name.to_owned());
    }
    Err("[a-z0-9][a-z0-9._-]*".to_owned())
}

#[cfg(feature = "server")]
#[derive(Debug, Args)]
pub(crate) struct Serve {
    /// The port; 0 takes any that is free [default: 8417, on this machine else any]
    #[arg(long, value_name = "N")]
    pub(crate) port: Option<u16>,
    /// Open the page in the browser
    #[arg(long)]
    pub(crate) open: bool,
    /// Listen on an address that other machines reach, such as 0.0.0.0; this needs a token
    #[arg(long, value_name = "ADDRESS")]
    pub(crate) listen: Option<std::net::IpAddr>,
    /// The file that holds the token that clients must send, instead of the setting serve.token
    #[arg(long, value_name = "FILE")]
    pub(crate) token_file: Option<PathBuf>,
    /// A name that the server may be called by, beside localhost and addresses; give it again for more
    #[arg(long, value_name = "NAME")]
    pub(crate) allow_host: Vec<String>,
    /// The largest paste, in MiB
    #[arg(long, value_name = "MIB", default_value_t = 16, value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub(crate) max_paste: u16,
    /// How many seconds a paste may take to arrive, and an answer to be found
    #[arg(long, value_name = "SECONDS", default_value_t = 30, value_parser = clap::value_parser!(u16).range(1..=3600))]
    pub(crate) timeout: u16,
    /// How many requests may wait for their turn
    #[arg(long, value_name = "N", default_value_t = 512)]
    pub(crate) queue: u16,
    /// Level of the log on standard error, in JSON [default: warn on a terminal, else info]
    #[arg(long, value_name = "LEVEL")]
    pub(crate) log: Option<LogLevel>,
}

#[cfg(feature = "server")]
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum LogLevel {
    Error,
    Warn,
    Info,
}

fn weight(written: &str) -> Result<(String, f64), String> {
    let (name, value) = written.split_once('=').ok_or("NAME=VALUE: title=2.0")?;
    match value.trim().parse::<f64>() {
        Ok(value) if value.is_finite() && value >= 0.0 => Ok((name.trim().to_owned(), value)),
        _ => Err(format!("`{value}` is no weight: 0, 0.5, 2")),
    }
}

impl Search {
    /// The options before the verb and after it, together: `shirube --limit 1 search log.tsv`.
    pub(crate) fn and(self, other: Self) -> Self {
        let mut files = self.files;
        files.extend(other.files);
        Self {
            files,
            query: other.query.or(self.query),
            product: other.product.or(self.product),
            limit: other.limit.or(self.limit),
            json: self.json || other.json,
            explain: self.explain || other.explain,
            input_format: other.input_format.or(self.input_format),
            redact: self.redact || other.redact,
            devices: other.devices.or(self.devices),
            misses: other.misses.or(self.misses),
        }
    }
}

/// The command line with what only this moment knows: its language, and which knowledge base is
/// searched by default.
pub(crate) fn command(knowledge_base: &str, language: Language) -> clap::Command {
    if language == Language::Ja {
        return in_japanese(Arguments::command(), knowledge_base);
    }
    Arguments::command().after_help(format!(
        "Knowledge base without --kb: {knowledge_base}\n\
         (kb/ in the working directory, else $XDG_DATA_HOME/shirube/kb, else the one built in)\n\n\
         Exit status: 0 something was answered, 1 nothing was, 2 an error."
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_is_consistent() {
        command("kb", Language::En).debug_assert();
        command("kb", Language::Ja).debug_assert();
    }
}
