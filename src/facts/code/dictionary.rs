//! Domains, meanings, equivalences and written forms of codes.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::Code;
use super::file::{CodeEntry, Command, Domain, Encoding, File, RangeAlias};
use crate::facts::fold::fold;
use crate::facts::scan::{RawCode, Scan, bare_hresult, is_domain, read_number};
use crate::source::{Phrase, Warning, line_of, named, phrase};

named! {
    /// How a code of a log relates to a code of an article; the order is from strong to weak.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
    #[non_exhaustive]
    pub enum Relation {
        /// The same domain and number.
        Exact = "exact",
        /// Another number or form of the same error, as the dictionary's equivalences say.
        Same = "same",
        /// Another error of the same domain or command.
        Near = "near",
    }
}

/// One entry of the dictionary for a number.
#[derive(Debug, Clone)]
pub(super) struct Meaning {
    pub(super) name: Option<String>,
    pub(super) phrase: Phrase,
    pub(super) source: Option<String>,
}

/// Codes that are one error under a wording.
#[derive(Debug, Clone)]
pub(super) struct Equivalence {
    pub(super) codes: Vec<(Option<String>, i64)>,
    /// Folded and in lower case; empty holds for every wording.
    wording: Vec<String>,
    pub(super) note: Phrase,
}

/// Domains, meanings, equivalences and written forms of codes, read from `codes/*.toml`.
#[derive(Debug, Clone, Default)]
pub struct CodeDictionary {
    pub(super) domains: BTreeMap<String, Domain>,
    aliases: BTreeMap<String, String>,
    pub(super) meanings: BTreeMap<(String, i64), Meaning>,
    pub(super) equivalences: Vec<Equivalence>,
    commands: BTreeMap<String, Command>,
    pub(super) encodings: Vec<Encoding>,
    pub(super) range_aliases: Vec<RangeAlias>,
}

impl CodeDictionary {
    /// Reads the dictionary's files, given as pairs of path and text; a later file overrides.
    pub fn parse<'f>(files: impl IntoIterator<Item = (&'f str, &'f str)>) -> (Self, Vec<Warning>) {
        let mut dictionary = Self::default();
        let mut warnings = Vec::new();
        let mut equivalences = Vec::new();
        for (path, text) in files {
            match toml::from_str::<File>(text) {
                Ok(mut file) => {
                    equivalences.append(&mut file.equivalence);
                    dictionary.take(file);
                }
                Err(error) => warnings.push(syntax_warning(path, text, &error)),
            }
        }
        // Codes of equivalences are read last: they may name domains of any file.
        for equivalence in equivalences {
            let codes = equivalence.codes.iter().filter_map(|code| dictionary.read(code));
            dictionary.equivalences.push(Equivalence {
                codes: codes.map(|code| (code.domain, code.number)).collect(),
                wording: equivalence.wording.iter().map(|text| fold(text).to_lowercase()).collect(),
                note: Phrase::new(equivalence.ja, equivalence.en),
            });
        }
        (dictionary, warnings)
    }

    fn take(&mut self, file: File) {
        for domain in file.domain {
            for alias in domain.aliases.iter().chain([&domain.name]) {
                self.aliases.insert(alias.to_ascii_lowercase(), domain.name.clone());
            }
            self.domains.insert(domain.name.clone(), domain);
        }
        for CodeEntry { domain, number, name, ja, en } in file.code {
            let meaning =
                Meaning { name, phrase: Phrase::new(ja, en), source: file.source.clone() };
            self.meanings.insert((domain, number), meaning);
        }
        self.commands.extend(file.command.into_iter().map(|it| (it.name.clone(), it)));
        for encoding in file.encoding {
            self.encodings.retain(|known| known.name != encoding.name);
            self.encodings.push(encoding);
        }
        self.range_aliases.extend(file.range_alias);
    }

    /// The code that a person wrote, in any form: `4026`, `（４０２６）`, `0x87D136CA`,
    /// `MCInstallationErrorDomain 4027`, `InstallProfile/4026`. `None` where the text is not a code.
    #[must_use]
    pub fn read(&self, text: &str) -> Option<Code> {
        let written = text.trim();
        let folded = fold(written);
        let bare = folded.trim_matches(|c: char| c.is_whitespace() || "()[]<>\"'「」".contains(c));
        if let Some(number) = bare_hresult(bare).or_else(|| Some(read_number(bare)?.0)) {
            return Some(self.identify(None, number, written));
        }
        // A domain or a command before the number, whatever joins them.
        let end =
            bare.trim_end_matches(|c: char| c.is_ascii_hexdigit() || matches!(c, 'x' | 'X')).len();
        let (head, tail) = bare.split_at_checked(end)?;
        let (head, tail) = match head.strip_suffix('-') {
            // The joint of ORA-942 and the sign of NSURLErrorDomain -1009.
            Some(rest) if !rest.ends_with(|c: char| c.is_ascii_alphanumeric()) => {
                (rest, bare.get(end - 1..)?)
            }
            _ => (head, tail),
        };
        let name = head.trim_end_matches([' ', ':', '/', '=', '(', '#', '-']);
        let named = !name.is_empty() && !name.contains(char::is_whitespace);
        if let Some((number, _)) = read_number(tail)
            && named
            && head.len() > name.len()
        {
            if self.command(name).is_some() {
                return Some(Code { stated: true, ..self.identify(None, number, written) });
            }
            if name.starts_with(|c: char| c.is_ascii_alphabetic()) && self.is_domain(name) {
                return Some(self.identify(Some(name), number, written));
            }
        }
        // エラーコード: 4026, Error Domain=X Code=4020: what a log may say, if it is the whole text.
        let mut scan = Scan::default();
        scan.run(&folded);
        let [raw] = scan.codes.as_slice() else { return None };
        Some(self.resolve(&folded, raw, written))
    }

    /// The identity of a code that a scan found in the folded text.
    pub(crate) fn resolve(&self, folded: &str, raw: &RawCode, written: &str) -> Code {
        let domain = raw.domain.and_then(|(start, end)| folded.get(start..end));
        // The joint of エラー-4026 is taken for a sign only where an error has that number.
        let before = folded.get(..raw.start).unwrap_or_default();
        let joined = raw.number < 0 && before.ends_with(char::is_alphabetic);
        let owned = |number| self.owner(number).is_some();
        let number = match raw.number {
            number if joined && !owned(number) && owned(-number) => -number,
            number => number,
        };
        self.identify(domain, number, written)
    }

    /// The domain that a text names and nothing else, as the dictionary calls it.
    pub(crate) fn domain_named(&self, text: &str) -> Option<String> {
        let name = text.trim_matches(['(', ')', '（', '）', '`', ' ']);
        let known = self.aliases.get(&name.to_ascii_lowercase()).cloned();
        let domain = known.or_else(|| is_domain(name).then(|| name.to_owned()));
        domain.filter(|_| !name.contains(char::is_whitespace))
    }

    /// Whether a word is, as far as anybody knows, a domain: in the dictionary, or of a domain's form.
    fn is_domain(&self, name: &str) -> bool {
        self.aliases.contains_key(&name.to_ascii_lowercase())
            || is_domain(name)
            || name.bytes().all(|byte| byte.is_ascii_uppercase())
    }

    pub(crate) fn identify(&self, domain: Option<&str>, number: i64, written: &str) -> Code {
        let written = written.to_owned();
        if let Some(domain) = domain {
            let known = self.aliases.get(&domain.to_ascii_lowercase());
            let domain = known.cloned().unwrap_or_else(|| domain.to_owned());
            // The sign of NSURLErrorDomain-1009 was taken for a joint.
            let means = |number| self.meanings.contains_key(&(domain.clone(), number));
            let number = if !means(number) && means(-number) { -number } else { number };
            return Code { domain: Some(domain), number, written, stated: true };
        }
        // HRESULTs are 32 bits, whatever their sign.
        let bits =
            if (-0x8000_0000..0).contains(&number) { number + 0x1_0000_0000 } else { number };
        for candidate in [number, bits] {
            if let Some(domain) = self.owner(candidate) {
                let stated = is_unmistakable(candidate);
                return Code { domain: Some(domain), number: candidate, written, stated };
            }
        }
        for encoding in &self.encodings {
            let decoded = bits - encoding.offset;
            let within = (encoding.first..=encoding.last).contains(&decoded)
                && !encoding.except.contains(&bits);
            // The form is also taken by numbers that were never encoded: only what is known is decoded.
            if let Some(domain) = self.owner(decoded).filter(|_| within)
                && self.meanings.contains_key(&(domain.clone(), decoded))
            {
                return Code { domain: Some(domain), number: decoded, written, stated: true };
            }
        }
        for alias in &self.range_aliases {
            if (alias.from_first..=alias.from_last).contains(&bits) {
                let number = bits - alias.from_first + alias.to_first;
                let domain = Some(alias.domain.clone());
                return Code { domain, number, written, stated: true };
            }
        }
        // A negative 32-bit HRESULT that nobody owns is still the same code as its hexadecimal form: 0x8… to 0xC….
        let number = if number < -0x3000_0000 { bits } else { number };
        Code { domain: None, number, written, stated: is_unmistakable(number) }
    }

    /// Takes the domain from a code that has it by its range alone, where the domain is of another platform
    /// than the paste: the 1603 of a Windows Installer is nothing of Apple's.
    pub(crate) fn drop_foreign_domain(&self, code: &mut Code, platform: &str) {
        let domain = code.domain.as_ref().and_then(|name| self.domains.get(name));
        let Some(domain) = domain else { return };
        let guessed = !code.stated && !domain.platforms.is_empty();
        let apple = ["iOS", "iPadOS", "macOS", "tvOS", "watchOS", "visionOS"];
        let is_own = |it: &String| it == platform || platform == "Apple" && apple.contains(&&**it);
        if guessed && !domain.platforms.iter().any(is_own) {
            code.domain = None;
        }
    }

    /// The domain that a number belongs to by its range alone. Small numbers belong to nobody: every
    /// domain has them.
    fn owner(&self, number: i64) -> Option<String> {
        let is_aliased = |it: &RangeAlias| (it.from_first..=it.from_last).contains(&number);
        if self.range_aliases.iter().any(is_aliased) {
            return None;
        }
        let owns = |domain: &&Domain| {
            let range = domain.first.zip(domain.last);
            range.is_some_and(|(first, last)| first >= 1000 && (first..=last).contains(&number))
        };
        self.domains.values().find(owns).map(|domain| domain.name.clone())
    }

    /// The meaning of a code.
    #[must_use]
    pub fn meaning(&self, code: &Code) -> Option<&Phrase> {
        self.entry(code).map(|meaning| &meaning.phrase)
    }

    pub(super) fn entry(&self, code: &Code) -> Option<&Meaning> {
        self.meanings.get(&(code.domain.clone()?, code.number))
    }

    /// The code whose constant in the vendor's headers has this name.
    pub(super) fn constant(&self, name: &str) -> Option<Code> {
        let is_named = |meaning: &Meaning| {
            meaning.name.as_ref().is_some_and(|known| known.eq_ignore_ascii_case(name))
        };
        let codes = self.meanings.iter().filter(|(_, meaning)| is_named(meaning));
        let (domain, number) = codes.map(|(code, _)| code).min()?;
        Some(code_of(&(Some(domain.clone()), *number)))
    }

    /// The subject of a code's domain.
    #[must_use]
    pub fn domain(&self, code: &Code) -> Option<Phrase> {
        let domain = self.domains.get(code.domain.as_ref()?)?;
        Some(Phrase::new(domain.ja.clone(), domain.en.clone()))
    }

    /// The systems whose errors the domain of a code has; empty where nobody knows.
    #[must_use]
    pub fn platforms(&self, code: &Code) -> &[String] {
        let domain = code.domain.as_ref().and_then(|name| self.domains.get(name));
        domain.map_or(&[], |domain| &domain.platforms)
    }

    /// The effect of an MDM command.
    #[must_use]
    pub fn command(&self, name: &str) -> Option<Phrase> {
        let command = self.commands.get(name)?;
        Some(Phrase::new(command.ja.clone(), command.en.clone()))
    }

    /// Whether a name is a command; where no command is known, any may be one.
    pub(crate) fn may_be_command(&self, name: &str) -> bool {
        self.commands.is_empty() || self.commands.contains_key(name)
    }

    /// The systems that know an MDM command.
    #[must_use]
    pub fn command_platforms(&self, name: &str) -> &[String] {
        self.commands.get(name).map_or(&[], |command| &command.platforms)
    }

    /// How `log` relates to `article`, where the log's message is `wording`.
    #[must_use]
    pub fn relation(&self, log: &Code, article: &Code, wording: &str) -> Option<Relation> {
        if log.number == article.number && log.domain == article.domain {
            return Some(Relation::Exact);
        }
        let same = |it: &Equivalence| it.has(log) && it.has(article) && it.holds(wording);
        if self.equivalences.iter().any(same) {
            return Some(Relation::Same);
        }
        let one_domain = log.domain.is_some() && log.domain == article.domain;
        let number_alone =
            log.number == article.number && (log.domain.is_none() || article.domain.is_none());
        (one_domain || number_alone).then_some(Relation::Near)
    }

    /// The other numbers of the same error, where the log's message is `wording`, in order.
    #[must_use]
    pub fn equivalents(&self, log: &Code, wording: &str) -> Vec<Code> {
        let same = self.equivalences.iter().filter(|it| it.has(log) && it.holds(wording));
        let others: BTreeSet<Code> = same.flat_map(|it| it.others(log)).collect();
        others.into_iter().collect()
    }

    /// Whether a code is one of several errors, and the wording tells of none of them: what an article says of the
    /// other does not hold for it.
    pub(crate) fn is_ambiguous(&self, log: &Code, wording: &str) -> bool {
        let mut of_log = self.equivalences.iter().filter(|it| it.has(log)).peekable();
        of_log.peek().is_some() && !of_log.any(|it| it.holds(wording))
    }

    /// The code under which the published table has the error that the log reports as `log` with the
    /// message `wording`: the last code of the equivalence. `None` where it is `log` itself.
    #[must_use]
    pub fn published(&self, log: &Code, wording: &str) -> Option<Code> {
        let equivalence = self.equivalences.iter().find(|it| it.has(log) && it.holds(wording))?;
        equivalence.codes.last().filter(|code| !is(code, log)).map(code_of)
    }
}

fn is((domain, number): &(Option<String>, i64), code: &Code) -> bool {
    *number == code.number && *domain == code.domain
}

impl Equivalence {
    pub(super) fn has(&self, code: &Code) -> bool {
        self.codes.iter().any(|it| is(it, code))
    }

    /// The codes of the same error beside `code`.
    pub(super) fn others(&self, code: &Code) -> impl Iterator<Item = Code> {
        self.codes.iter().filter(move |it| !is(it, code)).map(code_of)
    }

    fn holds(&self, wording: &str) -> bool {
        if self.wording.is_empty() {
            return true;
        }
        let folded = fold(wording).to_lowercase();
        self.wording.iter().any(|condition| folded.contains(condition.as_str()))
    }
}

/// The greatest plain number that many programs have a message of.
const GREATEST_OF_MANY: u64 = 0xffff;

/// Whether a number is so large that it is nobody else's.
fn is_unmistakable(number: i64) -> bool {
    number.unsigned_abs() > GREATEST_OF_MANY
}

fn code_of((domain, number): &(Option<String>, i64)) -> Code {
    Code { domain: domain.clone(), number: *number, written: number.to_string(), stated: true }
}

fn syntax_warning(path: &str, text: &str, error: &toml::de::Error) -> Warning {
    let line = error.span().map(|span| line_of(text, span.start));
    let reason = error.message();
    let message = phrase!(
        "コードの辞書を読めません（{reason}）。この行を直すまで、このファイルのコードは使われません",
        "the code dictionary cannot be read ({reason}); its codes are not used until this is mended"
    );
    Warning { file: Some(Arc::from(path)), line, message }
}

#[cfg(test)]
mod tests;
