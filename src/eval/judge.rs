//! Judges what a person is shown for a judged paste, from the answer as it is written out.
//!
//! 1. The first remedy, or where a flow leads to, is compared with the passages that are wanted;
//! 2. what may never be shown, destructive remedies that nobody asked for, and expired ones above living ones
//!    are looked for whether the case names them or not;
//! 3. each record is compared with the incident that fits it best;
//! 4. the figures of all cases add up, kind by kind.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::AddAssign;

use serde::Deserialize;
use unicode_normalization::UnicodeNormalization;

use super::bank::{Case, Count, ExpectedRecord};
use crate::source::{Phrase, phrase};
use crate::text::lexicon::{JUDGED, Section};

/// From this confidence on a remedy is told as sure.
const HIGH: f64 = 0.90;
/// A wording that is covered so far is the very one.
const VERY_WORDING: f64 = 0.95;

static KNOWN: Section = JUDGED.section("articles");
static LOSING: Section = JUDGED.section("losing passages");

/// The fields of a record that are judged, in the order of the figures.
pub const READINGS: [&str; 5] = ["message", "device", "time", "severity", "codes"];

/// How often something came out right, of how many times it was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Share {
    pub right: usize,
    pub of: usize,
}

impl Share {
    fn count(&mut self, right: bool) {
        self.right += usize::from(right);
        self.of += 1;
    }
}

impl AddAssign for Share {
    fn add_assign(&mut self, other: Self) {
        self.right += other.right;
        self.of += other.of;
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Figures {
    /// How many cases are right in everything that is judged.
    pub cases: Share,
    /// The article of the first remedy.
    pub article: Share,
    /// The passage of the first remedy.
    pub passage: Share,
    /// Silence where nothing is documented.
    pub silent: Share,
    /// How many cases claim a wrong article as sure.
    pub high: usize,
    /// How many cases claim the right article as sure and show a wrong passage of it.
    pub high_passage: usize,
    /// How many cases show a destructive remedy that nobody asked for.
    pub destructive: usize,
    /// How many incidents have an expired remedy above a living one.
    pub expired: usize,
    /// How many incidents there are beyond those that are wanted.
    pub noise: usize,
    /// The fields that were read right, in the order of [`READINGS`].
    pub reading: [Share; READINGS.len()],
    /// How many cases got no answer.
    pub crashed: usize,
}

impl AddAssign for Figures {
    fn add_assign(&mut self, other: Self) {
        self.cases += other.cases;
        self.article += other.article;
        self.passage += other.passage;
        self.silent += other.silent;
        self.high += other.high;
        self.high_passage += other.high_passage;
        self.destructive += other.destructive;
        self.expired += other.expired;
        self.noise += other.noise;
        for (sum, more) in self.reading.iter_mut().zip(other.reading) {
            *sum += more;
        }
        self.crashed += other.crashed;
    }
}

/// Something that is not as it should be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    pub came: Phrase,
    pub should: Phrase,
}

/// A case with what came out of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Judged {
    pub id: String,
    pub kind: String,
    /// The failures; empty where everything is right.
    pub failures: Vec<Failure>,
    pub figures: Figures,
}

/// Judges the answer to a case, a document of the schema `shirube.answer/1`.
pub fn judge(case: &Case, answer: &str) -> Judged {
    let mut judge = Judge { case, failures: Vec::new(), figures: Figures::default() };
    match serde_json::from_str::<Answer>(answer) {
        Ok(answer) => judge.judge(answer),
        Err(error) => return judged_without_answer(case, &error.to_string()),
    }
    let Judge { failures, mut figures, .. } = judge;
    figures.cases.count(failures.is_empty());
    Judged { id: case.id.clone(), kind: case.kind.clone(), failures, figures }
}

pub fn judged_without_answer(case: &Case, reason: &str) -> Judged {
    let mut figures = Figures { crashed: 1, ..Figures::default() };
    figures.cases.count(false);
    let came = phrase!("答えがありません（{reason}）", "no answer ({reason})");
    let failures =
        vec![Failure { came, should: Phrase::new("JSONの答え", "an answer in JSON") }];
    Judged { id: case.id.clone(), kind: case.kind.clone(), failures, figures }
}

#[derive(Deserialize)]
struct Answer {
    incidents: Vec<Incident>,
    flows: Vec<Flow>,
}

#[derive(Deserialize)]
struct Incident {
    message: String,
    codes: Vec<Code>,
    severity: String,
    first_seen: Option<String>,
    last_seen: Option<String>,
    devices: Vec<String>,
    remedies: Vec<Remedy>,
}

#[derive(Deserialize)]
struct Code {
    domain: Option<String>,
    number: i64,
    written: String,
}

#[derive(Deserialize)]
struct Remedy {
    id: String,
    passage_id: String,
    confidence: f64,
    destructive: bool,
    expired: bool,
    evidence: Vec<Evidence>,
    matched: Option<Matched>,
}

#[derive(Deserialize)]
struct Matched {
    passage_id: String,
}

#[derive(Deserialize)]
struct Evidence {
    kind: String,
    relation: Option<String>,
    similarity: Option<f64>,
}

#[derive(Deserialize)]
struct Flow {
    steps: Vec<Step>,
    conclusion: String,
}

#[derive(Deserialize)]
struct Step {
    state: String,
    remedy: Option<String>,
    #[serde(default)]
    candidate: bool,
    #[serde(default)]
    searches_log: bool,
}

impl Remedy {
    /// Whether an article that is newer than the banks has the very code or wording.
    fn is_newly_documented(&self) -> bool {
        let exact = |evidence: &Evidence| match evidence.kind.as_str() {
            "pattern" => true,
            "code" => evidence.relation.as_deref() == Some("exact"),
            "message" => evidence.similarity.is_some_and(|it| it >= VERY_WORDING),
            _ => false,
        };
        let is_newer = !KNOWN.contains(&self.id.as_str());
        is_newer && !self.destructive && self.evidence.iter().any(exact)
    }

    /// Whether the passage that is shown, or the one that matched, is one of those that are wanted.
    fn is_one_of(&self, wanted: &[String]) -> bool {
        let matched = self.matched.as_ref().is_some_and(|it| fits(&it.passage_id, wanted));
        matched || fits(&self.passage_id, wanted)
    }

    fn told(&self) -> String {
        format!("{} ({:.2})", self.passage_id, self.confidence)
    }
}

/// Whether a passage's id begins as one of those does; a `$` at the end makes it the whole id.
fn fits(passage: &str, prefixes: &[impl AsRef<str>]) -> bool {
    prefixes.iter().map(AsRef::as_ref).any(|prefix| match prefix.strip_suffix('$') {
        Some(whole) => passage == whole,
        None => passage.starts_with(prefix),
    })
}

fn is_of_same_article(passage: &str, prefixes: &[String]) -> bool {
    let article =
        |id: &str| id.trim_end_matches('$').split('#').next().unwrap_or_default().to_owned();
    prefixes.iter().any(|prefix| article(prefix) == passage.split('#').next().unwrap_or_default())
}

/// Where the flows of an answer lead.
struct Led {
    /// The remedies of causes, and of the ends of flows.
    causes: Vec<String>,
    /// The remedies of steps that say to look into the log.
    logs: Vec<String>,
    /// The remedies of causes that are not settled.
    candidates: Vec<String>,
    stated: bool,
}

impl Led {
    fn by(flows: &[Flow]) -> Self {
        let steps = || flows.iter().flat_map(|flow| &flow.steps);
        let remedies = |wanted: &dyn Fn(&Step) -> bool| -> Vec<String> {
            steps().filter(|step| wanted(step)).filter_map(|step| step.remedy.clone()).collect()
        };
        let mut causes = remedies(&|step| step.state == "cause");
        let done = flows.iter().filter(|flow| flow.conclusion == "done");
        causes.extend(done.filter_map(|flow| flow.steps.last()?.remedy.clone()));
        Self {
            causes,
            logs: remedies(&|step| step.searches_log && step.state != "skipped"),
            candidates: remedies(&|step| step.candidate),
            stated: steps().any(|step| step.state == "cause"),
        }
    }
}

struct Judge<'c> {
    case: &'c Case,
    failures: Vec<Failure>,
    figures: Figures,
}

impl Judge<'_> {
    fn fail(&mut self, came: Phrase, should: Phrase) {
        self.failures.push(Failure { came, should });
    }

    fn judge(&mut self, mut answer: Answer) {
        let expect = &self.case.expect;
        if self.case.documents.is_none() && expect.first == Some(None) {
            for incident in &mut answer.incidents {
                incident.remedies.retain(|remedy| !remedy.is_newly_documented());
            }
        }
        let led = Led::by(&answer.flows);
        let incidents = &answer.incidents;
        let mut remedies = incidents.iter().map(|incident| incident.remedies.as_slice());
        let claimed: &[Remedy] = remedies.find(|remedies| !remedies.is_empty()).unwrap_or_default();
        let everything: Vec<&Remedy> =
            incidents.iter().flat_map(|incident| &incident.remedies).collect();
        let first = expect.first.clone().flatten().unwrap_or_default();
        if expect.first == Some(None) && expect.flow.is_empty() {
            self.judge_silence(claimed.first(), &everything, &led);
        } else if !first.is_empty() || !expect.flow.is_empty() {
            self.judge_first(claimed.first(), &first, &led);
        }
        self.judge_harm(incidents, &everything, claimed.first(), &first, &led);
        self.judge_count(incidents.len());
        for record in &expect.records {
            self.judge_record(record, incidents);
        }
    }

    fn judge_silence(&mut self, first: Option<&Remedy>, everything: &[&Remedy], led: &Led) {
        let nothing = || Phrase::new("何も書かれていない", "nothing is documented");
        self.figures.silent.count(everything.is_empty() && !led.stated);
        if let Some(first) = first {
            let told = first.told();
            self.fail(phrase!("示したもの: {told}", "claimed {told}"), nothing());
        }
        if led.stated {
            let causes = led.causes.join(", ");
            let came = phrase!("フローの原因: {causes}", "the flow states a cause: {causes}");
            self.fail(came, nothing());
        }
        self.figures.high += usize::from(everything.iter().any(|it| it.confidence >= HIGH));
    }

    fn judge_first(&mut self, first: Option<&Remedy>, wanted: &[String], led: &Led) {
        let flow = &self.case.expect.flow;
        let led_to = || led.causes.iter().chain(&led.candidates);
        let by_flow = led_to().chain(&led.logs).any(|passage| fits(passage, flow));
        let first = first.filter(|_| !wanted.is_empty());
        let right = by_flow || first.is_some_and(|first| first.is_one_of(wanted));
        let article = right
            || first.is_some_and(|first| is_of_same_article(&first.passage_id, wanted))
            || led_to().any(|passage| is_of_same_article(passage, flow));
        let high = first.is_some_and(|first| first.confidence >= HIGH);
        self.figures.article.count(article);
        self.figures.passage.count(right);
        self.figures.high += usize::from(high && !article);
        self.figures.high_passage += usize::from(high && article && !right);
        if right {
            return;
        }
        let told = first.map_or("–".to_owned(), Remedy::told);
        let causes = if led.causes.is_empty() { "–".to_owned() } else { led.causes.join(", ") };
        let came = match (wanted.is_empty(), flow.is_empty()) {
            (false, true) => told,
            (true, _) => format!("flow {causes}"),
            (false, false) => format!("{told}; flow {causes}"),
        };
        let wanted = wanted.iter().cloned();
        let wanted = wanted.chain(flow.iter().map(|passage| format!("flow {passage}")));
        let wanted: Vec<String> = wanted.collect();
        self.fail(
            phrase!("最初: {came}", "first {came}"),
            Phrase::new(wanted.join(" か "), wanted.join(" or ")),
        );
    }

    /// Judges passages that may never be shown, and those that nobody asked for.
    fn judge_harm(
        &mut self,
        incidents: &[Incident],
        everything: &[&Remedy],
        claimed: Option<&Remedy>,
        first: &[String],
        led: &Led,
    ) {
        let expect = &self.case.expect;
        let shown: BTreeSet<&str> = everything.iter().map(|it| it.passage_id.as_str()).collect();
        let causes: BTreeSet<&str> = led.causes.iter().map(String::as_str).collect();
        for passage in shown.into_iter().chain(causes).filter(|it| fits(it, &expect.never)) {
            self.fail(
                phrase!("示したもの: {passage}", "shown: {passage}"),
                Phrase::new("示してはいけない", "never this"),
            );
        }
        let is_destructive =
            |remedy: &&&Remedy| remedy.destructive || fits(&remedy.passage_id, &LOSING);
        let destructive: BTreeSet<String> =
            everything.iter().filter(is_destructive).map(|remedy| remedy.told()).collect();
        if !destructive.is_empty() && !expect.destructive_ok {
            let told = destructive.into_iter().collect::<Vec<_>>().join(", ");
            self.figures.destructive += 1;
            self.fail(
                phrase!("消える対処: {told}", "destructive {told}"),
                Phrase::new("頼まれていない", "none: nobody asked for it"),
            );
        }
        // A passage that is asked for by name is right, expired or not.
        let wanted = claimed.is_some_and(|claimed| fits(&claimed.passage_id, first));
        for incident in incidents {
            let mut behind = incident.remedies.iter().skip_while(|remedy| !remedy.expired);
            let expired = behind.next();
            if let Some(expired) = expired.filter(|_| !wanted && behind.any(|it| !it.expired)) {
                self.figures.expired += 1;
                let told = &expired.passage_id;
                let came = phrase!(
                    "期限の切れた {told} が、使える対処の上",
                    "expired {told} above a living one"
                );
                self.fail(came, Phrase::new("その下", "below it"));
            }
        }
    }

    fn judge_count(&mut self, count: usize) {
        let Some((least, most)) = self.case.expect.incidents.map(Count::bounds) else {
            return;
        };
        self.figures.noise += count.saturating_sub(most);
        if !(least..=most).contains(&count) {
            let wanted =
                if least == most { least.to_string() } else { format!("{least}–{most}") };
            self.fail(
                phrase!("事象 {count}件", "{count} incidents"),
                Phrase::new(format!("{wanted}件"), wanted),
            );
        }
    }

    fn judge_record(&mut self, record: &ExpectedRecord, incidents: &[Incident]) {
        let parts = record.message_has.as_deref().unwrap_or_default();
        let fitting = incidents.iter().filter(|incident| {
            let message = plain(&incident.message);
            parts.iter().all(|part| message.contains(&plain(part)))
        });
        // Of equally good ones the first counts.
        let best = fitting.min_by_key(|incident| {
            let first = record.first.as_ref();
            let first_wrong = first.is_some_and(|first| is_first_wrong(incident, first.as_deref()));
            (incident.misread(record).len(), first_wrong)
        });
        let misread = best.map(|best| best.misread(record)).unwrap_or_default();
        let wanted = record.readings();
        for (reading, share) in READINGS.iter().zip(&mut self.figures.reading) {
            if wanted.contains_key(reading) {
                share.count(best.is_some() && !misread.iter().any(|(wrong, _)| wrong == reading));
            }
        }
        let name = record.name();
        let Some(best) = best else {
            self.fail(
                phrase!("「{name}」の事象がない", "no incident says “{name}”"),
                Phrase::new("ある", "one that does"),
            );
            return;
        };
        for (reading, came) in misread {
            let should = wanted.get(reading).cloned().unwrap_or_default();
            self.fail(
                phrase!("「{name}」の{reading}: {came}", "{reading} of “{name}”: {came}"),
                Phrase::new(should.clone(), should),
            );
        }
        if let Some(first) = record.first.as_ref().filter(|it| is_first_wrong(best, it.as_deref()))
        {
            let came = best.remedies.first().map_or("–".to_owned(), Remedy::told);
            let should = first.as_ref().map_or("–".to_owned(), |first| first.join(" | "));
            self.fail(
                phrase!("「{name}」の最初: {came}", "first of “{name}”: {came}"),
                Phrase::new(should.clone(), should),
            );
        }
    }
}

/// Whether something else comes first than what is wanted (`None`: nothing).
fn is_first_wrong(incident: &Incident, wanted: Option<&[String]>) -> bool {
    match (incident.remedies.first(), wanted) {
        (first, None) => first.is_some(),
        (first, Some(wanted)) => !first.is_some_and(|first| first.is_one_of(wanted)),
    }
}

impl ExpectedRecord {
    /// The record's name in reports.
    fn name(&self) -> String {
        let lists = [&self.message_has, &self.codes];
        let named = lists.into_iter().flatten().find(|list| !list.is_empty());
        let device = || self.device.clone().flatten().unwrap_or_else(|| "–".to_owned());
        named.map_or_else(device, |list| list.join("+"))
    }

    /// The fields that are judged, each with what should be read.
    fn readings(&self) -> BTreeMap<&'static str, String> {
        let list = |list: &Option<Vec<String>>| list.as_deref().unwrap_or_default().join(", ");
        let lacks = |lacks: &Option<Vec<String>>| {
            lacks.as_ref().map(|_| format!("≠ {}", list(lacks))).unwrap_or_default()
        };
        let or_none = |value: &Option<String>| value.clone().unwrap_or_else(|| "–".to_owned());
        let message = self.message_has.is_some() || self.message_lacks.is_some();
        let codes = self.codes.is_some() || self.codes_lack.is_some();
        let should_read = [
            message.then(|| lacks(&self.message_lacks)),
            self.device.as_ref().map(or_none),
            self.time.as_ref().map(or_none),
            self.severity.clone(),
            codes.then(|| {
                format!("{} {}", list(&self.codes), lacks(&self.codes_lack)).trim().to_owned()
            }),
        ];
        READINGS.into_iter().zip(should_read).filter_map(|(name, it)| Some((name, it?))).collect()
    }
}

impl Incident {
    /// The parts of a record that are wrong, each with what was read instead.
    fn misread(&self, record: &ExpectedRecord) -> Vec<(&'static str, String)> {
        let mut wrong = Vec::new();
        let message = plain(&self.message);
        let lacks = record.message_lacks.as_deref().unwrap_or_default();
        if lacks.iter().any(|part| message.contains(&plain(part))) {
            wrong.push(("message", self.message.chars().take(160).collect()));
        }
        let seen: Vec<String> =
            [&self.first_seen, &self.last_seen].into_iter().flatten().cloned().collect();
        let same = |device: &str, wanted: &str| device == wanted;
        wrong.extend(other(record.device.as_ref(), &self.devices, same).map(|it| ("device", it)));
        wrong.extend(other(record.time.as_ref(), &seen, begins_like).map(|it| ("time", it)));
        if record.severity.as_ref().is_some_and(|severity| *severity != self.severity) {
            wrong.push(("severity", self.severity.clone()));
        }
        let has = |wanted: &String| self.has_code(wanted);
        let codes = record.codes.as_deref().unwrap_or_default();
        let none = record.codes.as_ref().is_some_and(Vec::is_empty);
        let lacked = record.codes_lack.as_deref().unwrap_or_default();
        if !codes.iter().all(has) || none && !self.codes.is_empty() || lacked.iter().any(has) {
            let read = self
                .codes
                .iter()
                .map(|code| format!("{} {}", code.domain.as_deref().unwrap_or("–"), code.number));
            wrong.push(("codes", read.collect::<Vec<_>>().join(", ")));
        }
        wrong
    }

    /// Whether a code was read: `Domain number`, `number` of any domain, or `Domain` alone. A number without a
    /// domain may also be the code as it was written.
    fn has_code(&self, wanted: &str) -> bool {
        let (domain, number) = wanted.rsplit_once(' ').unwrap_or(("", wanted));
        let Some(number) = as_number(number) else {
            return self.codes.iter().any(|code| code.domain.as_deref() == Some(wanted));
        };
        self.codes.iter().any(|code| {
            let same = code.number.rem_euclid(NUMBERS) == number;
            same && (domain.is_empty() || code.domain.as_deref() == Some(domain))
                || domain.is_empty() && as_number(&code.written) == Some(number)
        })
    }
}

/// The reading of a record where it is not as wanted (`Some(None)`: nothing may be read).
fn other(
    wanted: Option<&Option<String>>,
    read: &[String],
    fits: impl Fn(&str, &str) -> bool,
) -> Option<String> {
    let right = match wanted?.as_deref() {
        None | Some("") => read.is_empty(),
        Some(wanted) => read.iter().any(|it| fits(it, wanted)),
    };
    (!right).then(|| read.join(", "))
}

const NUMBERS: i64 = 1 << 32;

/// A number of 32 bits, decimal, signed or hexadecimal; `None` where it is no number.
fn as_number(written: &str) -> Option<i64> {
    let written: String = written.nfkc().collect();
    let written = written.trim_matches(['(', ')', '[', ']', ' ']);
    if let Some(digits) = written.strip_prefix("0x").or_else(|| written.strip_prefix("0X")) {
        let hexadecimal = digits.bytes().all(|digit| digit.is_ascii_hexdigit());
        return u64::from_str_radix(digits, 16)
            .ok()
            .filter(|_| hexadecimal)
            .map(|number| i64::from(number as u32));
    }
    let digits = written.strip_prefix('-').unwrap_or(written);
    let plain = digits == "0" || !digits.starts_with('0');
    let decimal = plain && digits.bytes().all(|digit| digit.is_ascii_digit());
    written.parse::<i64>().ok().filter(|_| decimal).map(|number| number.rem_euclid(NUMBERS))
}

/// Whether a time begins as a pattern does, in which `?` is any character.
fn begins_like(time: &str, pattern: &str) -> bool {
    let mut characters = time.chars();
    pattern.chars().all(|wanted| characters.next().is_some_and(|it| wanted == '?' || it == wanted))
}

/// NFKC, with single spaces.
fn plain(text: &str) -> String {
    text.nfkc().collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::super::bank::cases;
    use super::*;

    fn case(expect: &str) -> Case {
        let line =
            format!(r#"{{"id":"a","kind":"k","mode":"paste","text":"x","expect":{expect}}}"#);
        cases(&line).expect("well-formed").remove(0)
    }

    fn answer(remedies: &str) -> String {
        format!(
            r#"{{"incidents":[{{"message":"InstallProfile: ({{code}}) 失敗","codes":[{{"domain":"MCInstallationErrorDomain","number":4026,"written":"0x87D136CA"}}],
            "severity":"error","first_seen":"2026-11-20T09:00:00","last_seen":null,"devices":["iPad-1"],"remedies":[{remedies}]}}],"flows":[]}}"#
        )
    }

    crate::source::cases! {
        judgements_of_answers: |it| {
            let (expect, remedies) = two(it);
            let judged = judge(&case(expect), &answer(remedies));
            let figures = format!("{:?}", judged.figures);
            let figures = figures.replace("right: ", "").replace(", of: ", "/");
            format!("{} failures; {figures}", judged.failures.len())
        };
        numbers_in_notations: |text| shown(as_number(text));
    }

    #[test]
    fn what_is_no_answer_is_a_failure() {
        let judged = judge(&case("{}"), "Segmentation fault");
        assert_eq!((judged.figures.crashed, judged.figures.cases.right), (1, 0));
    }
}
