//! A format file made ready to read with: patterns compiled, groups resolved to fields.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use regex::{Captures, Match, Regex, RegexBuilder};
use toml::Spanned;

use super::file::{File, SampleText};
use super::openers::Openers;
use crate::facts::{Severity, read_level};
use crate::source::{Phrase, Warning, line_of, named};

/// How large a compiled pattern may become, in bytes.
const SIZE_LIMIT: usize = 1 << 21;
/// How deep groups may be nested.
const NEST_LIMIT: u32 = 50;

named! {
    /// The meaning of a group of a pattern, by its name.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
    pub(super) enum Field {
        /// The message: the one field that every format has.
        Message = "message",
        Time = "time",
        /// A date whose time of day is elsewhere.
        Date = "date",
        Clock = "clock",
        Level = "level",
        /// Syslog's number: the facility times 8 and the severity.
        Priority = "priority",
        Device = "device",
        User = "user",
        /// The program, process or thread: known, and no part of the message.
        Source = "source",
        Process = "process",
        Code = "code",
        Domain = "domain",
        Command = "command",
        /// An error's text, which may be `null`.
        Error = "error",
    }
}

/// The field that a group of a pattern fills.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Gives {
    /// A field; a numbered group (`level2`) overrides the ones before it.
    Field { field: Field, over: bool },
    /// A fact, by its place among the labels.
    Fact(usize),
}

/// A pattern with what its groups give, compiled when it is first asked: most pastes ask few of them.
#[derive(Debug)]
pub(super) struct Pattern {
    /// With its shorthands written out.
    pub(super) expression: String,
    openers: OnceLock<Openers>,
    /// `None` where it cannot be compiled.
    compiled: OnceLock<Option<Compiled>>,
    /// The groups that are facts, in order.
    labels: Arc<[(String, String)]>,
    pub(super) text: String,
    /// Where it is in its file, 1-based.
    pub(super) line: u32,
}

#[derive(Debug)]
struct Compiled {
    regex: Regex,
    groups: Vec<(usize, Gives)>,
}

impl Pattern {
    pub(super) fn is_match(&self, text: &str) -> bool {
        self.regex(text).is_some_and(|regex| regex.is_match(text))
    }

    pub(super) fn find<'t>(&self, text: &'t str) -> Option<Match<'t>> {
        self.regex(text)?.find(text)
    }

    pub(super) fn captures<'t>(&self, text: &'t str) -> Option<Captures<'t>> {
        self.regex(text)?.captures(text)
    }

    pub(super) fn groups(&self) -> &[(usize, Gives)] {
        self.compiled().map_or(&[], |compiled| &compiled.groups)
    }

    /// The expression, where a text begins as one that fits does, which costs no compiling.
    fn regex(&self, text: &str) -> Option<&Regex> {
        let openers = self.openers.get_or_init(|| Openers::of(&self.expression));
        openers.take_in(text).then(|| self.compiled())?.map(|compiled| &compiled.regex)
    }

    fn compiled(&self) -> Option<&Compiled> {
        let compile = || {
            let regex = build(&self.expression).ok()?;
            let given = |(number, name)| Some((number, gives(&self.labels, name)?));
            let groups = named_groups(&regex).filter_map(given).collect();
            Some(Compiled { regex, groups })
        };
        self.compiled.get_or_init(compile).as_ref()
    }
}

fn named_groups(regex: &Regex) -> impl Iterator<Item = (usize, &str)> {
    regex.capture_names().enumerate().filter_map(|(number, name)| Some((number, name?)))
}

/// The field that the group of a name fills.
fn gives(labels: &[(String, String)], name: &str) -> Option<Gives> {
    if let Some(place) = labels.iter().position(|(group, _)| group == name) {
        return Some(Gives::Fact(place));
    }
    let plain = name.trim_end_matches(|c: char| c.is_ascii_digit());
    Field::from_name(plain).map(|field| Gives::Field { field, over: plain.len() < name.len() })
}

#[derive(Debug)]
pub(super) struct PatternFormat {
    pub(super) name: &'static str,
    pub(super) label: Phrase,
    pub(super) product: Option<&'static str>,
    pub(super) platform: Option<&'static str>,
    pub(super) before: Vec<String>,
    pub(super) patterns: Vec<Pattern>,
    pub(super) also: Vec<Pattern>,
    pub(super) begins: Option<Pattern>,
    pub(super) ends: Option<Pattern>,
    pub(super) continued: Option<Pattern>,
    pub(super) ignored: Option<Pattern>,
    pub(super) joins: Vec<Field>,
    pub(super) joins_from: Option<Pattern>,
    pub(super) code_radix: u32,
    pub(super) levels: Vec<(String, Severity)>,
    pub(super) labels: Vec<String>,
    pub(super) samples: Vec<(SampleText, u32)>,
    pub(super) path: String,
}

/// Reads the text of a file; the warnings say why it is left out. Its patterns are compiled, but for those of a shipped
/// file, which the tests compile: each of them is when it is first asked.
pub(super) fn compile(
    path: &str,
    text: &str,
    compiled: bool,
) -> Result<PatternFormat, Vec<Warning>> {
    let file: File = toml::from_str(text).map_err(|error| {
        let line = error.span().map(|span| line_of(text, span.start));
        vec![warning(path, line, error.message(), error.message())]
    })?;
    let mut compiler =
        Compiler { path, text, compiled, labels: Arc::default(), warnings: Vec::new() };
    match compiler.format(file) {
        Some(format) if compiler.warnings.is_empty() => Ok(format),
        _ => Err(compiler.warnings),
    }
}

fn warning(path: &str, line: Option<u32>, ja: &str, en: &str) -> Warning {
    Warning {
        file: Some(Arc::from(path)),
        line,
        message: Phrase::new(
            format!("ログ形式の定義を読めません（{ja}）。直すまで、この形式だけを使いません"),
            format!(
                "the log format cannot be read ({en}); it alone is not used until this is mended"
            ),
        ),
    }
}

struct Compiler<'f> {
    path: &'f str,
    text: &'f str,
    /// Whether every pattern is compiled at once, to tell what is wrong with it.
    compiled: bool,
    /// Groups that are facts, in order.
    labels: Arc<[(String, String)]>,
    warnings: Vec<Warning>,
}

impl Compiler<'_> {
    fn format(&mut self, file: File) -> Option<PatternFormat> {
        let facts = file.facts.iter();
        self.labels = facts.map(|(it, label)| (it.as_ref().clone(), label.clone())).collect();
        let written = file.pattern.iter().chain(&file.patterns);
        let patterns: Vec<Pattern> = written.filter_map(|text| self.pattern(text)).collect();
        let also: Vec<Pattern> = file.also.iter().filter_map(|text| self.pattern(text)).collect();
        let mut one =
            |text: &Option<Spanned<String>>| text.as_ref().and_then(|text| self.pattern(text));
        let (begins, ends) = (one(&file.begins), one(&file.ends));
        let (continued, ignored) = (one(&file.continued), one(&file.ignored));
        let joins_from = one(&file.joins_from);
        if self.compiled {
            self.check(&file, &patterns, &also);
        }
        let joins = file.joins.iter().filter_map(|name| self.field(name)).collect();
        let levels = file.levels.iter();
        let levels =
            levels.filter_map(|(word, it)| Some((word.clone(), self.level(it)?))).collect();
        let platform = file.platform.as_ref().and_then(|platform| self.platform(platform));
        let samples = file.sample.into_iter().map(|sample| {
            let line = line_of(self.text, sample.span().start);
            (sample.into_inner(), line)
        });
        Some(PatternFormat {
            samples: samples.collect(),
            name: intern(file.name.as_ref()),
            label: Phrase::new(file.ja, file.en),
            product: file.product.as_deref().map(intern),
            platform,
            before: file.before,
            patterns,
            also,
            begins,
            ends,
            continued,
            ignored,
            joins,
            joins_from,
            code_radix: file.code_radix.map_or(10, Spanned::into_inner),
            levels,
            labels: self.labels.iter().map(|(_, label)| label.clone()).collect(),
            path: self.path.to_owned(),
        })
    }

    /// The parts that a file needs besides patterns that compile.
    fn check(&mut self, file: &File, patterns: &[Pattern], also: &[Pattern]) {
        let name = file.name.as_ref();
        let plain = !name.is_empty()
            && name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
        if !plain {
            self.warn(
                file.name.span().start,
                "name は英小文字・数字・ハイフンです",
                "`name` is of small letters, digits and hyphens",
            );
        }
        if patterns.is_empty() && self.warnings.is_empty() {
            self.warn(0, "pattern がありません", "there is no `pattern`");
        }
        let of_message = |(_, gives): &(usize, Gives)| {
            matches!(gives, Gives::Field { field: Field::Message, .. })
        };
        let says = |pattern: &Pattern| pattern.groups().iter().any(of_message);
        let mute = patterns.iter().find(|pattern| !says(pattern));
        if let Some(pattern) = mute.filter(|_| file.continued.is_none() && !also.iter().any(says)) {
            let (ja, en) =
                ("message という名前のグループがありません", "no group is named `message`");
            self.warnings.push(warning(self.path, Some(pattern.line), ja, en));
        }
        if file.begins.is_some() != file.ends.is_some() {
            self.warn(
                0,
                "begins と ends は両方を書きます",
                "`begins` and `ends` are written together",
            );
        }
        if let Some(radix) = &file.code_radix
            && !matches!(radix.as_ref(), 10 | 16)
        {
            self.warn(
                radix.span().start,
                "code_radix は 10 か 16 です",
                "`code_radix` is 10 or 16",
            );
        }
    }

    fn warn(&mut self, at: usize, ja: &str, en: &str) {
        self.warnings.push(warning(self.path, Some(line_of(self.text, at)), ja, en));
    }

    fn pattern(&mut self, written: &Spanned<String>) -> Option<Pattern> {
        let text = written.as_ref();
        let line = line_of(self.text, written.span().start);
        let expression = expand(text);
        if self.compiled {
            self.check_pattern(&expression, line)?;
        }
        Some(Pattern {
            expression,
            openers: OnceLock::new(),
            compiled: OnceLock::new(),
            labels: Arc::clone(&self.labels),
            text: text.clone(),
            line,
        })
    }

    /// That a pattern can be compiled, and that all of its groups give something.
    fn check_pattern(&mut self, expression: &str, line: u32) -> Option<()> {
        let built = build(expression).map_err(|error| {
            let told = error.to_string();
            let reason = told.lines().last().unwrap_or_default().trim_start_matches("error: ");
            self.warnings.push(warning(self.path, Some(line), reason, reason));
        });
        let regex = built.ok()?;
        for (_, name) in named_groups(&regex) {
            if gives(&self.labels, name).is_some() {
                continue;
            }
            let known: Vec<&str> = Field::ALL.iter().map(|field| field.name()).collect();
            let known = known.join(", ");
            self.warnings.push(warning(
                self.path,
                Some(line),
                &format!("グループ名「{name}」はありません。使えるのは {known} と、facts に書いた名前です"),
                &format!("there is no group \"{name}\"; groups are {known}, and the names under `facts`"),
            ));
        }
        Some(())
    }

    fn field(&mut self, name: &Spanned<String>) -> Option<Field> {
        let field = Field::from_name(name.as_ref());
        self.told(field, name, ["joins にはグループ名を書きます", "`joins` names groups"])
    }

    /// The meaning of a text; a text without one is told.
    fn told<T>(
        &mut self,
        meant: Option<T>,
        at: &Spanned<String>,
        [ja, en]: [&str; 2],
    ) -> Option<T> {
        if meant.is_none() {
            self.warn(at.span().start, ja, en);
        }
        meant
    }

    fn level(&mut self, level: &Spanned<String>) -> Option<Severity> {
        let severity = Severity::from_name(level.as_ref());
        let severity = severity.filter(|severity| *severity != Severity::Unknown);
        let ja = "levels の右辺は error、warning、info のどれかです";
        self.told(severity, level, [ja, "a level is `error`, `warning` or `info`"])
    }

    fn platform(&mut self, platform: &Spanned<String>) -> Option<&'static str> {
        let known = ["Apple", "Android", "Windows"];
        let found = known.into_iter().find(|known| known == platform.as_ref());
        let ja = "platform は Apple、Android、Windows のどれかです";
        self.told(found, platform, [ja, "`platform` is `Apple`, `Android` or `Windows`"])
    }
}

/// A pattern, bounded in size and depth.
pub(super) fn build(pattern: &str) -> Result<Regex, regex::Error> {
    RegexBuilder::new(pattern).size_limit(SIZE_LIMIT).nest_limit(NEST_LIMIT).build()
}

impl PatternFormat {
    /// How bad a word of the log says it is.
    pub(super) fn severity(&self, word: &str) -> Option<Severity> {
        let word = word.trim();
        let listed = self.levels.iter().find(|(known, _)| known == word);
        let listed = listed
            .or_else(|| self.levels.iter().find(|(known, _)| known.eq_ignore_ascii_case(word)));
        listed.map(|(_, severity)| *severity).or_else(|| read_level(word))
    }
}

/// A text that lives as long as the process. Formats give their few names and products to every record; a
/// knowledge base that is read again has the same ones.
fn intern(text: &str) -> &'static str {
    static KNOWN: Mutex<BTreeSet<&'static str>> = Mutex::new(BTreeSet::new());
    let mut known = KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(text) = known.get(text) {
        return text;
    }
    let kept: &'static str = Box::leak(text.to_owned().into_boxed_str());
    known.insert(kept);
    kept
}

const CLOCK: &str = r"(?:午[前後] ?)?[0-9]{1,2}[:時][0-9]{1,2}(?:[:分][0-9]{1,2}秒?)?(?:[.,:][0-9]{1,9})?(?: ?[AaPp][Mm](?-u:\b))?";
const ZONE: &str =
    r"(?: ?(?:Z(?-u:\b)|[+-][0-9]{2}(?::?[0-9]{2})?(?-u:\b)|(?:JST|UTC|GMT)(?-u:\b)))?";
const MONTH: &str = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*";
const WEEKDAY: &str = r"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)";

/// The pattern with its shorthands written out.
pub(super) fn expand(pattern: &str) -> String {
    if !pattern.contains("%{") {
        return pattern.to_owned();
    }
    let date = [
        "[0-9]{4}年 ?[0-9]{1,2}月 ?[0-9]{1,2}日",
        "[0-9]{4}[-/.][0-9]{1,2}[-/.][0-9]{1,2}",
        "[0-9]{1,2}[-/][0-9]{1,2}[-/][0-9]{4}",
        &format!("[0-9]{{1,2}}[-/]{MONTH}[-/][0-9]{{4}}"),
        "[0-9]{2}-[0-9]{2}",
        "[0-9]{1,2}月 +[0-9]{1,2}",
        "[0-9]{1,2}/[0-9]{1,2}",
        &format!("(?:{WEEKDAY},? +)?{MONTH} +[0-9]{{1,2}}(?:,? +[0-9]{{4}})?"),
        &format!("{WEEKDAY},? +[0-9]{{1,2}} +{MONTH} +[0-9]{{4}}"),
    ]
    .join("|");
    let time = format!("(?:{date})(?:T|:|,? +){CLOCK}{ZONE}(?: [0-9]{{4}}(?-u:\\b))?");
    pattern.replace("%{time}", &format!("(?:{time})")).replace("%{clock}", &format!("(?:{CLOCK})"))
}
