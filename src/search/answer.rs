//! The answer to a paste, before it is written as text, JSON or HTML.

use jiff::civil::{Date, DateTime};

use super::scope::Scope;
use super::waiting::Waiting;
use crate::article::Role;
use crate::facts::{Incident, Relation};
use crate::flow::{FlowAnswer, FlowRemedy, Link};
use crate::record::Summary;
use crate::source::{Span, Warning, named};

/// The answer to a paste.
#[derive(Debug, Clone, PartialEq, Default)]
#[non_exhaustive]
pub struct Answer {
    /// Articles that are shown above the answer while they last.
    pub notices: Vec<Notice>,
    /// The incidents, those that matter first.
    pub incidents: Vec<IncidentAnswer>,
    /// The wipes, locks and the like that wait for a device: told before anything that brings it online.
    pub waiting: Vec<Waiting>,
    /// The check flows, walked on the facts that were pasted, causes first.
    pub flows: Vec<FlowAnswer>,
    /// The passages that the flows lead to, by their links ([`passage_of`](Self::passage_of)).
    pub reached: Vec<(Link, FlowRemedy)>,
    /// Warnings: parts of the paste that could not be read.
    pub warnings: Vec<Warning>,
    /// Counts of the parts that were read.
    pub read: Summary,
}

impl Answer {
    /// Whether there is neither a remedy nor a flow that says anything.
    pub(super) fn is_empty_handed(&self) -> bool {
        self.flows.is_empty() && self.incidents.iter().all(|incident| incident.remedies.is_empty())
    }

    /// An answer of flows alone.
    #[must_use]
    pub fn of_flows(flows: Vec<FlowAnswer>) -> Self {
        Self { flows, ..Self::default() }
    }

    /// The passage that a flow's link leads to.
    #[must_use]
    pub fn passage_of(&self, link: &Link) -> Option<&FlowRemedy> {
        self.reached.iter().find(|(known, _)| known == link).map(|(_, remedy)| remedy)
    }
}

/// An article that is pinned, and the last day that it is.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Notice {
    /// The article's id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// The console that it is about; `None` where it is for everybody.
    pub product: Option<String>,
    /// The last day that it is shown.
    pub valid_until: Date,
    /// Its Markdown.
    pub text: String,
    /// Its file, relative to the knowledge base.
    pub path: String,
    /// The line of that file that the Markdown begins at, 1-based.
    pub line: u32,
}

/// An incident with what the knowledge base holds for it.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct IncidentAnswer {
    /// The incident.
    pub incident: Incident,
    /// The meaning of each of the incident's codes, as many as codes.
    pub meanings: Vec<Option<crate::source::Phrase>>,
    /// The consoles and systems that the answer is narrowed to; `None` where nothing says what the incident is of.
    pub scope: Option<Scope>,
    /// Where a wish names no object, the consoles that it may be about, in order; then nothing is claimed, and the
    /// nearest articles are under [`related`](Self::related).
    pub choice: Option<Vec<String>>,
    /// The errors of the incident that have a name instead of a number, as far as anybody knows them.
    pub named_codes: Vec<NamedCode>,
    /// The remedies, best first; empty where nothing is claimed.
    pub remedies: Vec<Remedy>,
    /// The steps of remedies that lose something, where milder ones come first: for when those did not help. Each
    /// belongs to the remedy with its id.
    pub last_resort: Vec<Remedy>,
    /// Articles that are near, without a claim that they help.
    pub related: Vec<Remedy>,
    /// Other messages that merely look like the one whose very wording was found, each with what tells them apart.
    pub look_alikes: Vec<LookAlike>,
    /// How many more remedies are claimed than were asked for.
    pub left_out: usize,
    /// The check flow that answers the incident already: what it has answered is not answered once more.
    pub answered_by: Option<String>,
    /// The remedy that solved it last time, where whoever answers remembers that; the search does not.
    pub last_time: Option<LastTime>,
}

impl IncidentAnswer {
    /// An incident of which nothing is known.
    pub(crate) fn of(incident: Incident) -> Self {
        Self {
            incident,
            meanings: Vec::new(),
            scope: None,
            choice: None,
            named_codes: Vec::new(),
            remedies: Vec::new(),
            last_resort: Vec::new(),
            related: Vec::new(),
            look_alikes: Vec::new(),
            left_out: 0,
            answered_by: None,
            last_time: None,
        }
    }

    /// The parts that hold words of the log or of people; the others hold those of the knowledge base.
    pub(super) fn of_the_log(
        &mut self,
    ) -> (&mut Incident, Option<&mut LastTime>, impl Iterator<Item = &mut Remedy>) {
        let Self {
            incident,
            meanings: _,
            scope: _,
            choice: _,
            named_codes: _,
            remedies,
            last_resort,
            related,
            look_alikes: _,
            left_out: _,
            answered_by: _,
            last_time,
        } = self;
        (incident, last_time.as_mut(), remedies.iter_mut().chain(last_resort).chain(related))
    }
}

/// The remedy that solved an incident last time, as a person said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LastTime {
    /// When it was said.
    pub at: DateTime,
    /// The id of the article.
    pub article: String,
    /// Its title.
    pub title: String,
    /// The person's masked note, as a ticket's number; empty where there is none.
    pub note: String,
}

/// Another message that looks like the one that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct LookAlike {
    /// The passage that treats it: the article's id, `#`, and the heading path as an anchor.
    pub passage_id: String,
    /// The title of its article.
    pub title: String,
    /// The other message, as its article words it.
    pub written: String,
    /// The part of the message that was found which the other lacks.
    pub has: String,
    /// The part that the other has in its place.
    pub other: String,
}

/// An error that has a name instead of a number: `DeviceCapReached`.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct NamedCode {
    /// The name, as the log writes it.
    pub name: String,
    /// Its meaning in the knowledge base.
    pub meaning: Option<String>,
}

/// The passage that matched, where the remedy is another one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Matched {
    /// The passage: the article's id, `#`, and the heading path as an anchor.
    pub passage_id: String,
    /// The heading path.
    pub section: Vec<String>,
    /// The Markdown of the passage alone.
    pub passage: String,
    /// The line of the article's file that it begins at, 1-based.
    pub line: u32,
}

named! {
    /// Whose a reason is.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
    pub enum EvidenceSource {
        /// The passage that is shown.
        Passage = "passage",
        /// The passage that matched, where another one is shown.
        Matched = "matched",
        /// The article, for all of its passages: its title, its front matter.
        Article = "article",
    }
}

named! {
    /// Whether the article's scope takes in the incident's console and system.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
    pub enum Applies {
        /// It is about another console, or one of its conditions does not hold.
        No = "no",
        /// The paste does not tell.
        Unknown = "unknown",
        /// Its console is the incident's and its conditions hold, or it has none.
        Yes = "yes",
    }
}

/// A ranked passage with its evidence, confidence and cautions.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Remedy {
    /// The article's id.
    pub id: String,
    /// The passage: the article's id, `#`, and the heading path as an anchor.
    pub passage_id: String,
    /// The article's title.
    pub title: String,
    /// The heading path of the passage.
    pub section: Vec<String>,
    /// The Markdown of the passage alone.
    pub passage: String,
    /// The role of the passage: [`Role::Remedy`] only where it says what to do.
    pub role: Role,
    /// The passage that matched, where that is another one.
    pub matched: Option<Matched>,
    /// The console that the article is about.
    pub product: Option<String>,
    /// The systems that the article is about.
    pub platforms: Vec<String>,
    /// When the article was last changed.
    pub updated: Option<Date>,
    /// Where the article comes from, a link.
    pub source: Option<String>,
    /// The article's file, relative to the knowledge base.
    pub path: String,
    /// The line of that file that the passage begins at, 1-based.
    pub line: u32,
    /// The weighted sum of the evidence; comparable within one incident only.
    pub score: f64,
    /// How sure it is that this is the remedy, in 0..=1, calibrated.
    pub confidence: f64,
    /// Whether its scope takes in the incident.
    pub applies: Applies,
    /// Cautions before acting: the article's, then the passage's.
    pub cautions: Vec<String>,
    /// Whether a step of the passage loses data or registration.
    pub destructive: bool,
    /// The values of the log that fill blanks of the passage, as they are written there.
    pub filled: Vec<String>,
    /// Whether what was reported is no trouble, so that nothing is to be done.
    pub harmless: bool,
    /// The last day that the procedure works on.
    pub valid_until: Option<Date>,
    /// Whether that day has passed.
    pub expired: bool,
    /// The reasons for the rank, strongest first.
    pub evidence: Vec<Evidence>,
}

/// One reason for a rank, with what matched on both sides.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Evidence {
    /// A code of the log against a code of the article.
    Code {
        /// How the two relate.
        relation: Relation,
        /// The code as the log writes it.
        log: String,
        /// The code as the article writes it.
        article: String,
        /// Where the log's code is.
        span: Option<Span>,
        /// Who has it.
        of: EvidenceSource,
    },
    /// The message of the log against a template of the article.
    Message {
        /// How much of both wordings is covered, in 0..=1.
        similarity: f64,
        /// The message of the log.
        log: String,
        /// The wording of the article.
        article: String,
        /// Where the message is.
        span: Option<Span>,
        /// Who has it.
        of: EvidenceSource,
    },
    /// The MDM command of the log, which the article names too.
    Command {
        /// The command: `InstallProfile`.
        command: String,
    },
    /// A state or label of a screen, which the article explains.
    Status {
        /// The state as the log writes it.
        log: String,
        /// The state as the article writes it.
        article: String,
        /// Where the state is.
        span: Option<Span>,
        /// Who has it.
        of: EvidenceSource,
    },
    /// Words that the message and the passage share.
    Text {
        /// The words, the weightiest first, as the passage writes them.
        words: Vec<String>,
        /// How much of the message's weight they carry, in 0..=1.
        coverage: f64,
        /// Who has them; the title's are counted in.
        of: EvidenceSource,
        /// The way to ask for the passage that some of the words are of, as its article notes it; `None` where the passage has
        /// all of them.
        asked: Option<String>,
    },
}

impl Evidence {
    /// Notes that another passage than the one which matched is shown.
    pub(super) fn is_of_matched(&mut self) {
        match self {
            Self::Code { of, .. }
            | Self::Message { of, .. }
            | Self::Status { of, .. }
            | Self::Text { of, .. } => {
                if *of == EvidenceSource::Passage {
                    *of = EvidenceSource::Matched;
                }
            }
            Self::Command { .. } => {}
        }
    }
}
