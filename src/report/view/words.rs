//! The fixed words of the screen, in both languages.

use jiff::civil::Date;

use crate::facts::Severity;
use crate::search::Level;
use crate::source::Language;

/// A sentence with values in it, in the language that is asked for. Both texts take the same arguments.
macro_rules! say {
    ($language:expr, $ja:literal, $en:literal $(, $value:expr)* $(,)?) => {
        match $language {
            Language::Ja => format!($ja $(, $value)*),
            Language::En => format!($en $(, $value)*),
        }
    };
}
pub(crate) use say;

/// The first `most` of some names, and how many there are besides.
pub(crate) fn some_of(names: &[String], most: usize, language: Language) -> String {
    let shown: Vec<&str> = names.iter().take(most).map(String::as_str).collect();
    let mut told = shown.join(language.pick("、", ", "));
    if names.len() > most {
        told.push_str(&say!(language, " ほか{}台", " and {} more", names.len() - most));
    }
    told
}

pub(crate) const fn separator(language: Language) -> &'static str {
    language.pick(" ｜ ", " | ")
}

pub(crate) const fn level(level: Level, language: Language) -> &'static str {
    match level {
        Level::Low => language.pick("低", "low"),
        Level::Medium => language.pick("中", "medium"),
        Level::High => language.pick("高", "high"),
    }
}

/// The word for a severity; nothing where the log does not say.
pub(crate) const fn severity(severity: Severity, language: Language) -> Option<&'static str> {
    match severity {
        Severity::Error => Some(language.pick("エラー", "error")),
        Severity::Warning => Some(language.pick("警告", "warning")),
        Severity::Info => Some(language.pick("情報", "info")),
        Severity::Unknown => None,
    }
}

/// How long ago a day was, in the largest unit that fits: `8年前`, `3か月前`, `今日`.
pub(crate) fn age(day: Date, today: Date, language: Language) -> Option<String> {
    let months = (i32::from(today.year()) - i32::from(day.year())) * 12 + i32::from(today.month())
        - i32::from(day.month())
        - i32::from(today.day() < day.day());
    let days = today.since(day).ok()?.get_days();
    if day > today {
        return None;
    }
    let (number, ja, en) = match (months, days) {
        (12.., _) => (months / 12, "年前", "year"),
        (1.., _) => (months, "か月前", "month"),
        (_, 1..) => (days, "日前", "day"),
        _ => return Some(language.pick("今日", "today").to_owned()),
    };
    let s = if number == 1 { "" } else { "s" };
    Some(say!(language, "{number}{ja}", "{number} {en}{s} ago"))
}

/// A day in running text: `2015年12月31日`, `31 December 2015`.
pub(crate) fn long_date(day: Date, language: Language) -> String {
    day.strftime(language.pick("%-Y年%-m月%-d日", "%-d %B %-Y")).to_string()
}

#[cfg(test)]
crate::source::cases! {
    ages: |day| {
        let (day, today) = (day.parse().expect("a day"), jiff::civil::date(2026, 11, 23));
        listed([Language::Ja, Language::En].map(|it| shown(age(day, today, it))))
    };
    long_dates: |day| {
        listed([Language::Ja, Language::En].map(|it| long_date(day.parse().expect("a day"), it)))
    };
}
