//! Whose articles may answer: the console and the system that an incident is about.
//!
//! The user's word comes first, then the form of the log, then the names in the message itself, then the text
//! around it: on its line, above it in its paragraph, over it as a heading (【CLOMO】), in the rest of the
//! paste. Log lines, signatures and the heads of quoted mails are no such surroundings.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::options::AnswerOptions;
use super::polarity;
use super::scored::Scored;
use crate::facts::{Incident, Kind, Named as Names, Products};
use crate::record::{PastedText, Reading};
use crate::source::named;
use crate::text::lexicon::{self, Section};
use crate::text::{fold, is_hiragana};

/// The consoles and the systems that the answer to an incident is narrowed to.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Scope {
    /// The consoles; empty where only a system is named.
    pub products: Vec<String>,
    /// The systems, as articles name them; empty where none is named.
    pub platforms: Vec<String>,
    /// How they are known.
    pub by: ScopeSource,
    /// Whether an article is about one of the consoles.
    pub documented: bool,
}

named! {
    /// How it is known what an incident is about.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
    pub enum ScopeSource {
        /// The user said so.
        Option = "option",
        /// Only this console writes logs and screens of that form.
        Format = "format",
        /// The message, or what is around it, names them.
        Text = "text",
    }
}

/// Says of each incident of a paste what it is about.
#[derive(Debug)]
pub(super) struct Scoper<'s> {
    products: &'s Products,
    /// The console that the user names.
    option: Option<&'s str>,
    surroundings: Vec<Surroundings>,
}

impl<'s> Scoper<'s> {
    pub(super) fn new(products: &'s Products, option: Option<&'s str>, reading: &Reading) -> Self {
        let surroundings = if option.is_some() {
            Vec::new()
        } else {
            reading.texts.iter().map(|text| Surroundings::of(text, products)).collect()
        };
        Self { products, option, surroundings }
    }

    /// The console of an incident; `None` where nothing names one, or the user wants everything.
    pub(super) fn of(&self, incident: &Incident) -> Option<Scope> {
        if let Some(option) = self.option {
            return self.of_option(option);
        }
        let question = incident.kind == Kind::Question;
        let mut named = self.products.named(&incident.message, tells_trouble);
        // Who tells of a state in a sentence may say whose it is, whoever else has such a state.
        let said = incident.kind == Kind::Status && !named.products.is_empty();
        if let Some(product) = incident.product.as_deref().filter(|_| !question && !said) {
            return Some(Scope::of([product.to_owned()], ScopeSource::Format));
        }
        let around = self.around(incident);
        // Over what a mail asks, too: 「CLOMOの件です。」
        if named.products.is_empty() {
            named.products = around.products;
        }
        if !question {
            // A log line holds names of devices and apps; what people write says what they mean.
            if !is_prose(&incident.message) {
                named.platforms.clear();
            }
            if named.platforms.is_empty() {
                named.platforms = around.platforms;
            }
        }
        let scope = Scope {
            platforms: named.platforms.into_iter().map(str::to_owned).collect(),
            ..Scope::of(named.products, ScopeSource::Text)
        };
        (!scope.products.is_empty() || !scope.platforms.is_empty()).then_some(scope)
    }

    fn around(&self, incident: &Incident) -> Names {
        let around = incident.locations.first().and_then(|place| {
            let mut texts = self.surroundings.iter();
            texts.find(|it| it.file == place.file).map(|it| it.of_line(place.line))
        });
        around.unwrap_or_default()
    }

    /// The console of the paste as a whole, for questions and facts.
    pub(super) fn of_paste(&self, reading: &Reading) -> Option<Scope> {
        if let Some(option) = self.option {
            return self.of_option(option);
        }
        let of_incidents = reading.incidents.iter().filter_map(|incident| self.of(incident));
        let mut products: BTreeSet<String> =
            of_incidents.flat_map(|scope| scope.products).collect();
        if products.is_empty() {
            let all = self.surroundings.iter().map(|text| text.all.products.clone());
            products = all.flatten().collect();
        }
        (!products.is_empty()).then(|| Scope::of(products, ScopeSource::Text))
    }

    fn of_option(&self, option: &str) -> Option<Scope> {
        let named = self.products.canonical(option).to_owned();
        (fold(option) != AnswerOptions::ANY_PRODUCT)
            .then(|| Scope::of([named], ScopeSource::Option))
    }

    /// Whether the scope takes in an article of this console, if it is of one.
    pub(super) fn takes_in(&self, scope: &Scope, product: Option<&str>) -> bool {
        let of = |product: &str| scope.products.iter().any(|it| self.products.same(it, product));
        scope.products.is_empty() || product.is_none_or(of)
    }

    /// Whether the scope takes in an article: its console, and its systems where it says some.
    pub(super) fn takes_in_article(&self, scope: &Scope, scored: &Scored, stated: bool) -> bool {
        let article = &scored.article;
        if !self.takes_in(scope, article.product.as_deref()) {
            return false;
        }
        let platforms: Vec<String> = article.platforms.iter().map(|it| fold(it)).collect();
        let other = !scope.platforms.is_empty()
            && !platforms.is_empty()
            && !scope.platforms.iter().any(|it| platforms.contains(&fold(it)));
        // Whoever names a system's own error wants its cause, whatever the device is called.
        !other || stated && article.product.is_none()
    }
}

impl Scope {
    fn of(products: impl IntoIterator<Item = String>, by: ScopeSource) -> Self {
        let products = products.into_iter().collect();
        Self { products, platforms: Vec::new(), by, documented: true }
    }
}

fn tells_trouble(sentence: &str) -> bool {
    polarity::tells_trouble(sentence) || sentence.contains(['「', '"', '『'])
}

/// The lines of a short text, with what each names.
#[derive(Debug)]
struct Surroundings {
    file: Option<Arc<str>>,
    lines: BTreeMap<u32, LineNames>,
    /// Empty lines, which end paragraphs.
    gaps: BTreeSet<u32>,
    all: Names,
}

#[derive(Debug)]
struct LineNames {
    names: Names,
    /// Whether the line is nothing but the name of a console.
    heading: bool,
}

/// A paste of more lines is a log.
const MOST_LINES: usize = 400;

impl Surroundings {
    fn of(text: &PastedText, products: &Products) -> Self {
        let mut around = Self {
            file: text.file.clone(),
            lines: BTreeMap::new(),
            gaps: BTreeSet::new(),
            all: Names::default(),
        };
        let lines: Vec<_> = crate::source::lines(&text.text).take(MOST_LINES + 1).collect();
        if lines.len() > MOST_LINES {
            return around;
        }
        let mut signature = false;
        for line in lines {
            let written =
                line.text.trim_start_matches(['>', '＞', '|', ' ', '\u{3000}', '\t']).trim_end();
            if written.is_empty() {
                around.gaps.insert(line.number);
                continue;
            }
            signature = match written {
                "--" | "---" | "__" => true,
                _ if written.starts_with("-----") => false,
                _ => signature,
            };
            if signature || is_mail_head(written) {
                continue;
            }
            if let Some(product) = products.heading(written) {
                let names = Names { products: [product.to_owned()].into(), ..Names::default() };
                around.all.products.extend(names.products.iter().cloned());
                around.lines.insert(line.number, LineNames { names, heading: true });
            } else if is_prose(written) {
                let names = products.named(written, tells_trouble);
                around.all.products.extend(names.products.iter().cloned());
                around.all.platforms.extend(names.platforms.iter().copied());
                if !names.products.is_empty() || !names.platforms.is_empty() {
                    around.lines.insert(line.number, LineNames { names, heading: false });
                }
            }
        }
        around
    }

    /// The names around a line, the nearest first.
    fn of_line(&self, line: u32) -> Names {
        let above = || self.lines.range(..=line).rev();
        let paragraph = self.gaps.range(..line).next_back().copied().unwrap_or(0);
        let in_paragraph = above().take_while(|(number, _)| **number > paragraph);
        let headings = above().filter(|(_, it)| it.heading);
        let nearest: Vec<&Names> = in_paragraph.chain(headings).map(|(_, it)| &it.names).collect();
        let product = nearest.iter().find(|names| !names.products.is_empty());
        let platform = nearest.iter().find(|names| !names.platforms.is_empty());
        Names {
            products: product.map_or(&self.all, |names| names).products.clone(),
            platforms: platform.map_or(&self.all, |names| names).platforms.clone(),
        }
    }
}

static MAIL_HEADS: Section = lexicon::MAIL_PHRASES.section("heads of mails");

fn is_mail_head(line: &str) -> bool {
    let Some((name, _)) = line.split_once([':', '：']) else { return false };
    MAIL_HEADS.contains(&fold(name).as_str())
}

/// Whether somebody writes the line to somebody, rather than a program.
fn is_prose(line: &str) -> bool {
    if line.contains('\t') || line.starts_with(|c: char| c.is_ascii_digit()) {
        return false;
    }
    if line.is_ascii() {
        let words = line.split(' ').filter(|word| word.chars().all(|c| c.is_ascii_alphabetic()));
        return words.count() >= 4 && !line.contains(['=', '{', '<']);
    }
    line.chars().filter(|c| is_hiragana(*c)).count() >= 2
}

#[cfg(test)]
crate::source::cases! {
    consoles_of_messages: |it| {
        use crate::record::{ReadOptions, Vocabulary, read};
        let (part, paste) = two(it);
        let reading = read(None, paste.as_bytes(), &ReadOptions::default(), &Vocabulary::default());
        let products = products_of_tests();
        let scoper = Scoper::new(&products, None, &reading);
        let incident = reading.incidents.iter().find(|it| it.message.contains(part));
        let scope = incident.and_then(|incident| scoper.of(incident));
        listed(scope.map(|scope| scope.products).unwrap_or_default())
    };
    consoles_of_options: |option| {
        let (products, reading) = (products_of_tests(), Reading::default());
        let scope = Scoper::new(&products, Some(option), &reading).of_paste(&reading);
        shown(scope.map(|it| format!("{:?} {}", it.by, it.products.join(" "))))
    };
}

#[cfg(test)]
fn products_of_tests() -> Products {
    let table =
        [("BizMobile Go!", "BizMobile"), ("CLOMO", "クロモ"), ("MobiConnect", "モビコネクト")];
    let table = table.map(|(name, other)| (name.to_owned(), vec![other.to_owned()]));
    Products::new(&BTreeMap::from(table))
}
