//! The verbs of the program, one file each.

mod against;
mod check;
mod completions;
mod config;
mod eval;
mod eval_claims;
mod explain;
mod export;
mod flow;
mod import;
mod index;
mod init;
mod man;
mod mask;
#[cfg(feature = "server")]
mod mcp;
mod misses;
mod search;
#[cfg(feature = "server")]
mod serve;
mod show;

pub(crate) use check::run as check;
pub(crate) use completions::run as completions;
pub(crate) use config::run as config;
pub(crate) use eval::run as eval;
pub(crate) use explain::run as explain;
pub(crate) use export::run as export;
pub(crate) use flow::run as flow;
pub(crate) use import::run as import;
pub(crate) use index::run as index;
pub(crate) use init::run as init;
pub(crate) use man::run as man;
pub(crate) use mask::run as mask;
#[cfg(feature = "server")]
pub(crate) use mcp::run as mcp;
pub(crate) use misses::run as misses;
pub(crate) use search::run as search;
#[cfg(feature = "server")]
pub(crate) use serve::run as serve;
pub(crate) use show::{list, show};

use shirube::AnswerOptions;
use shirube::index::Root;
use shirube::kb;
use shirube::report::{Links, TextOptions};
use shirube::source::Phrase;

use crate::args::Global;
use crate::config::Config;
use crate::environment::Environment;
use crate::errors::CommandError;
use crate::knowledge;
use crate::links::ArticleLinks;
use crate::output::Output;
use crate::pager::Pager;

/// The context that every verb is given.
#[derive(Debug)]
pub(crate) struct Context {
    pub(crate) global: Global,
    pub(crate) environment: Environment,
    pub(crate) config: Config,
    pub(crate) output: Output,
    pager: Option<Pager>,
    /// Links to articles, where the terminal is wanted to show them.
    links: Option<ArticleLinks>,
}

impl Context {
    /// The context of a run whose command line has been read.
    pub(crate) fn new(
        global: Global,
        environment: Environment,
        config: Config,
        output: Output,
    ) -> Self {
        let pager = Pager::new(&config, &environment, output.language);
        let mut context = Self { global, environment, config, output, pager, links: None };
        // A knowledge base that is not there is told of when it is opened.
        let roots = knowledge::roots(&context, None).unwrap_or_default();
        context.link(&roots);
        context
    }

    /// Makes the places of the articles of `roots` links, where the user wants that.
    pub(crate) fn link(&mut self, roots: &[Root]) {
        if self.output.links {
            let (form, host) = (self.config.hyperlink_form(), self.environment.host.as_str());
            let absolute = roots.iter().map(|root| match root {
                Root::Directory(directory) => Root::Directory(self.environment.absolute(directory)),
                Root::Embedded => Root::Embedded,
            });
            self.links = Some(ArticleLinks::new(&absolute.collect::<Vec<_>>(), form, host));
        }
    }

    /// Shows an answer, with the user's pager where it is longer than the screen.
    pub(crate) fn show(&self, text: &str) -> Result<(), CommandError> {
        let Some(pager) = self.pager.as_ref().filter(|pager| pager.is_needed(text)) else {
            return self.output.data(text);
        };
        let Err(error) = pager.show(text) else { return Ok(()) };
        if pager.is_chosen() {
            let name = pager.name();
            self.output.note(&Phrase::new(
                format!("ページャー {name} を使えません（{error}）"),
                format!("the pager {name} cannot be used ({error})"),
            ));
        }
        self.output.data(text)
    }

    /// Which symbolic links of a knowledge base are followed.
    pub(crate) fn followed_links(&self) -> kb::Links {
        if self.global.follow_links { kb::Links::Everywhere } else { kb::Links::Within }
    }

    /// How an answer is asked for in this run.
    pub(crate) fn answer_options(&self) -> AnswerOptions {
        AnswerOptions::at(self.environment.now())
    }

    /// How the library's reports are written for this run.
    pub(crate) fn text_options(&self, explain: bool) -> TextOptions<'_> {
        TextOptions {
            language: self.output.language,
            width: self.output.width,
            color: self.output.color,
            today: self.environment.today(),
            explain,
            links: self.links.as_ref().map(|links| links as &dyn Links),
        }
    }
}
