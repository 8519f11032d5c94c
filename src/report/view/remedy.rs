//! A remedy in words: its mark, its scope, its age, what has expired, what loses something.

use jiff::civil::Date;

use super::{age, long_date, sanitized, say, visible};
use crate::article::Role;
use crate::search::{Applies, Remedy};
use crate::source::Language;

/// That an article is about another console or another system, and about which.
pub(crate) fn elsewhere(remedy: &Remedy, language: Language) -> Option<String> {
    if remedy.applies != Applies::No {
        return None;
    }
    let platforms = remedy.platforms.join(language.pick("・", ", "));
    Some(sanitized(&match &remedy.product {
        Some(product) => {
            say!(language, "他製品の手順: {product}", "steps of another product: {product}")
        }
        None => {
            say!(language, "ほかのOSの手順: {platforms}", "steps of another system: {platforms}")
        }
    }))
}

/// A passage in a line: its product, its heading, and how it begins.
pub(crate) fn first_line(remedy: &Remedy, language: Language) -> String {
    let begins = remedy.passage.lines().map(str::trim).find(|line| {
        !line.is_empty()
            && !line.starts_with(['#', '>', '|', '<', '`', '!', '-'])
            && *line != "【対処】"
    });
    let product = remedy.product.as_deref();
    let heading = remedy.section.last().map(String::as_str);
    let parts: Vec<&str> = product.into_iter().chain(heading).chain(begins).collect();
    parts.join(language.pick(" ｜ ", " | "))
}

/// That steps no longer work, and since when.
pub(crate) fn expiry(day: Date, language: Language) -> String {
    let day = long_date(day, language);
    say!(language, "この手順は{day}で使えなくなりました", "These steps stopped working after {day}")
}

/// That the steps no longer work, where that day is over.
pub(crate) fn past(last: Option<Date>, today: Date, language: Language) -> Option<String> {
    last.filter(|last| *last < today).map(|last| expiry(last, language))
}

/// The scope and age of a remedy: `対象: BizMobile Go!・iOS`, `更新 2018-07-31（8年前）`.
pub(crate) fn scope(remedy: &Remedy, language: Language, today: Date) -> Vec<String> {
    let product = remedy.product.as_deref();
    let mut facts = scope_of(product, &remedy.platforms, remedy.updated, language, today);
    if let Some(subject) = facts.first_mut().filter(|_| remedy.applies == Applies::No) {
        subject.push_str(language.pick("（他製品の手順）", " (another product)"));
    }
    facts
}

/// The scope of an article first, then its age.
pub(crate) fn scope_of(
    product: Option<&str>,
    platforms: &[String],
    updated: Option<Date>,
    language: Language,
    today: Date,
) -> Vec<String> {
    let mut subjects: Vec<&str> = product.into_iter().collect();
    subjects.extend(platforms.iter().map(String::as_str));
    if subjects.is_empty() {
        subjects.push(language.pick("共通", "everything"));
    }
    let mut subject = language.pick("対象: ", "For: ").to_owned();
    subject.push_str(&subjects.join(language.pick("・", ", ")));
    let mut facts = vec![sanitized(&subject)];
    facts.extend(updated.map(|day| self::updated(day, today, language)));
    facts
}

/// When something was last changed: `更新 2018-07-31（8年前）`.
pub(crate) fn updated(day: Date, today: Date, language: Language) -> String {
    match age(day, today, language) {
        Some(age) => say!(language, "更新 {day}（{age}）", "updated {day} ({age})"),
        None => say!(language, "更新 {day}", "updated {day}"),
    }
}

/// The cautions of a remedy, in Markdown; of a destructive one without any, the one that nobody wrote down.
pub(crate) fn cautions(written: &[String], destructive: bool, language: Language) -> Vec<&str> {
    if written.is_empty() && destructive {
        let (ja, en) =
            ("データまたは登録が失われる操作を含みます。", "A step loses data or registration.");
        return vec![language.pick(ja, en)];
    }
    written.iter().map(String::as_str).collect()
}

/// The last resorts of an incident that belong to one of its remedies.
pub(crate) fn last_resorts<'a>(
    all: &'a [Remedy],
    remedy: &'a Remedy,
) -> impl Iterator<Item = &'a Remedy> {
    all.iter().filter(|last| last.id == remedy.id)
}

/// That the steps of a remedy no longer work; `None` where they do.
pub(crate) fn expired(remedy: &Remedy, language: Language) -> Option<String> {
    remedy.valid_until.filter(|_| remedy.expired).map(|day| expiry(day, language))
}

pub(crate) fn section(path: &[String]) -> String {
    sanitized(&path.join(" › "))
}

/// A line of an article: `bizmobile/a.md:12`.
pub(crate) fn place(path: &str, line: u32) -> String {
    format!("{}:{line}", visible(path))
}

/// The mark over a passage: 【対処】 over instructions, and over nothing else; of what is harmless that nothing is to be done.
pub(crate) const fn mark(remedy: &Remedy, language: Language) -> &'static str {
    match remedy.role {
        _ if remedy.harmless => language.pick("【対応は要りません】", "[Nothing to do] "),
        Role::Remedy => language.pick("【対処】", "[Remedy] "),
        Role::Cause => language.pick("【原因】", "[Cause] "),
        _ => language.pick("【説明】", "[Explanation] "),
    }
}

pub(crate) const fn last_resort_heading(language: Language) -> &'static str {
    language.pick(
        "最後の手段（上の手順で直らないときだけ。データや登録が失われます）",
        "Last resort (only where the steps above did not help: data or a registration is lost)",
    )
}
