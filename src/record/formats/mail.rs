//! What a mail or a chat puts around a log: who wrote when, greetings, code fences. It is no record.
//!
//! Only whole lines of fixed wording are taken, and none of a paste that is one line: what somebody says
//! in words of their own may be the question. A subject is left to the other formats for the same reason.
//! Header names after RFC 5322, "On … wrote:" and the separators as mail programs write them.

use crate::facts::read_level;
use crate::record::collect::Collector;
#[cfg(test)]
use crate::record::formats::samples::Sample;
use crate::record::paste::Cursor;
use crate::record::registry::Format;
use crate::record::words;

/// The lines of a mail or a chat that are no log.
pub(in crate::record) struct Mail;

/// Whole lines, in lower case, without the marks around them.
const PHRASES: &[&str] = &[
    "お世話になっております",
    "いつもお世話になっております",
    "お世話になります",
    "お疲れ様です",
    "お疲れさまです",
    "よろしくお願いします",
    "よろしくお願いいたします",
    "宜しくお願いします",
    "宜しくお願い致します",
    "以上、よろしくお願いいたします",
    "以上",
    "iphoneから送信",
    "hello",
    "hi",
    "hi all",
    "hi team",
    "thanks",
    "thank you",
    "thanks in advance",
    "best regards",
    "kind regards",
    "regards",
    "sent from my iphone",
    "sent from my ipad",
    "original message",
    "元のメッセージ",
    "forwarded message",
    "転送されたメッセージ",
];

/// Header lines that name people; they have an address.
const PEOPLE: &[&str] =
    &["from", "to", "cc", "bcc", "reply-to", "message-id", "差出人", "送信者", "宛先"];

impl Format for Mail {
    fn name(&self) -> &'static str {
        "mail"
    }

    fn read<'t>(&self, cursor: &mut Cursor<'t>, collector: &mut Collector<'_>) -> bool {
        if collector.alone {
            return false;
        }
        let mut any = false;
        while let Some(line) = cursor.line() {
            if !is_wrapping(line.text.trim()) {
                break;
            }
            any = true;
            cursor.advance();
        }
        any
    }

    #[cfg(test)]
    fn samples(&self) -> &'static [Sample] {
        tests::SAMPLES
    }
}

fn is_wrapping(line: &str) -> bool {
    // Nothing of this is long; most lines of a log are told by that.
    if line.is_empty() || line.len() > 160 {
        return false;
    }
    is_phrase(line) || is_fence(line) || is_header(line) || is_attribution(line) || is_stamp(line)
}

fn is_phrase(line: &str) -> bool {
    let words = line.trim_matches(|c: char| "-_= 。．.!！,、".contains(c));
    // The longest phrase has 45 bytes.
    words.len() <= 48 && PHRASES.contains(&words.to_ascii_lowercase().as_str())
}

/// "```" with at most the name of a language.
fn is_fence(line: &str) -> bool {
    line.strip_prefix("```").is_some_and(|rest| {
        rest.len() <= 12 && rest.bytes().all(|byte| byte.is_ascii_alphanumeric())
    })
}

fn is_header(line: &str) -> bool {
    let Some((name, value)) = line.split_once([':', '：']) else { return false };
    let name = name.trim().to_ascii_lowercase();
    (PEOPLE.contains(&name.as_str()) && value.contains('@'))
        || (matches!(name.as_str(), "sent" | "送信日時") && !value.trim().is_empty())
}

/// `On Wed, 8 May 2024 at 10:00, Mori <mori@example.com> wrote:`, `2024年5月8日(水) 10:00 森 <…>:`
fn is_attribution(line: &str) -> bool {
    (line.starts_with("On ") && line.ends_with(" wrote:"))
        || (line.ends_with(">:") && line.contains('<') && line.contains('@'))
}

/// `森 太郎  10:32` as chats put it over what somebody wrote: a name, a wide gap, a clock.
fn is_stamp(line: &str) -> bool {
    let Some((name, clock)) = line.rsplit_once("  ") else { return false };
    let (name, clock) = (name.trim(), clock.trim());
    let clock = clock.strip_suffix(" AM").or_else(|| clock.strip_suffix(" PM")).unwrap_or(clock);
    let Some((hours, minutes)) = clock.split_once(':') else { return false };
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    (1..=2).contains(&hours.len())
        && minutes.len() == 2
        && digits(hours)
        && digits(minutes)
        && name.split_whitespace().count() <= 3
        && name.chars().all(|c| c.is_alphabetic() || c == ' ')
        && words::state(name).is_none()
        && !words::is_sentence(name)
        && read_level(name).is_none()
}

#[cfg(test)]
mod tests {
    use crate::record::formats::samples::{Sample, test_format};

    test_format!(super::Mail);

    pub(super) const SAMPLES: &[Sample] = &[
        Sample {
            source: "RFC 3676 (the marks of quotations), with the attribution line that mail programs write",
            formats: &["mail", "lines"],
            paste: "お世話になっております。\n\nOn Wed, 8 May 2024 at 10:00, Mori <mori@example.com> wrote:\n\
                > 2024-05-08 10:00:01 ERROR disk is gone\n> > 2024-05-08 10:00:02 ERROR fan is gone\n\n\
                よろしくお願いいたします。\n",
            incidents: &[
                "2024-05-08T10:00:01 - Error disk is gone []",
                "2024-05-08T10:00:02 - Error fan is gone []",
            ],
        },
        Sample {
            source: "the stamp and the fence of chat programs, the log in the colours of ECMA-48",
            formats: &["mail", "lines"],
            paste: "森 太郎  10:32\n```log\n\u{1b}[31m2024-05-08 10:00:01 ERROR\u{1b}[0m disk is gone\n```\n",
            incidents: &["2024-05-08T10:00:01 - Error disk is gone []"],
        },
    ];

    #[test]
    fn what_says_something_stays() {
        for line in [
            "件名: 端末が応答しません",
            "To: iPad-03",
            "PUSH送信中  10:32",
            "お世話になっております。同期できません。",
        ] {
            assert!(!super::is_wrapping(line), "{line}");
        }
    }
}
