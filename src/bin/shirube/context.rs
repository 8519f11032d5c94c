//! The context that every verb is given: what was typed, what is set, where the output goes.

use shirube::index::Root;
use shirube::report::{Links, TextOptions};
use shirube::{AnswerOptions, kb};

use crate::args::Global;
use crate::config::Config;
use crate::environment::Environment;
use crate::errors::{Result, phrase};
use crate::links::ArticleLinks;
use crate::output::Output;
use crate::pager::Pager;

#[derive(Debug)]
pub(crate) struct Context {
    pub(crate) global: Global,
    pub(crate) environment: Environment,
    pub(crate) config: Config,
    pub(crate) output: Output,
    pager: Option<Pager>,
    links: Option<ArticleLinks>,
}

impl Context {
    pub(crate) fn new(
        global: Global,
        environment: Environment,
        config: Config,
        output: Output,
    ) -> Self {
        let pager = Pager::new(&config, &environment, output.language);
        Self { global, environment, config, output, pager, links: None }
    }

    /// Makes the places of the articles of `roots` links, where the user wants that.
    pub(crate) fn link(&mut self, roots: &[Root]) {
        if self.output.links {
            let (form, host) = (self.config.hyperlink_form(), self.environment.host.as_str());
            self.links = Some(ArticleLinks::new(self.environment.directories(roots), form, host));
        }
    }

    /// Shows an answer, with the user's pager where it is longer than the screen.
    pub(crate) fn show(&self, text: &str) -> Result<()> {
        let Some(pager) = self.pager.as_ref().filter(|pager| pager.is_needed(text)) else {
            return self.output.data(text);
        };
        let Err(error) = pager.show(text) else { return Ok(()) };
        if pager.chosen {
            let name = pager.program.display();
            self.output.note(&phrase!(
                "ページャー {name} を使えません（{error}）",
                "the pager {name} cannot be used ({error})"
            ));
        }
        self.output.data(text)
    }

    pub(crate) fn followed_links(&self) -> kb::Links {
        if self.global.follow_links { kb::Links::Everywhere } else { kb::Links::Within }
    }

    pub(crate) fn answer_options(&self) -> AnswerOptions {
        AnswerOptions::at(self.environment.now)
    }

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
