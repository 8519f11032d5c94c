//! Mails and chats: what stands around a log is no record, and what people say is one question.
//!
//! Which lines those are `correspondence` tells, of a paste as a whole; the sentences of people `prose` takes.

use super::line;
use crate::record::collect::{Collector, Stretch};
use crate::record::cursor::Cursor;
#[cfg(test)]
use crate::record::formats::samples::Sample;
use crate::record::prose;
use crate::record::registry::Format;

/// The lines of a mail or a chat that are no log.
pub(in crate::record) struct Mail;

impl Format for Mail {
    fn name(&self) -> &'static str {
        "mail"
    }

    fn read<'t>(&self, cursor: &mut Cursor<'t>, collector: &mut Collector<'_>) -> bool {
        let mut any = false;
        while let Some(line) = cursor.line() {
            let Some(behind) = collector.around.around(line.number) else { break };
            let said = behind.and_then(|at| line.text.trim().get(at..));
            if let Some(said) = said
                && !prose::take(&line, said, collector)
            {
                line::hand_over_text(&Stretch::from(&line), said.trim(), collector);
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

/// Sentences of people in a mail or a chat.
pub(in crate::record) struct Prose;

impl Format for Prose {
    fn name(&self) -> &'static str {
        "prose"
    }

    fn read<'t>(&self, cursor: &mut Cursor<'t>, collector: &mut Collector<'_>) -> bool {
        let Some(line) = cursor.line().filter(|_| collector.around.found) else { return false };
        let taken = prose::take(&line, line.text.trim(), collector);
        if taken {
            cursor.advance();
        }
        taken
    }

    #[cfg(test)]
    fn samples(&self) -> &'static [Sample] {
        tests::PROSE
    }
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

    mod prose {
        use crate::record::formats::samples::test_format;

        test_format!(super::super::Prose);
    }

    pub(super) const PROSE: &[Sample] = &[
        Sample {
            source: "made up: a mail to a help desk, with a log and a signature",
            formats: &["mail", "prose", "table"],
            paste: "お世話になっております。\n東陽商会の川口です。\n\n店舗のiPadでプロファイルが入りません。ログを貼ります。\n\n\
                2024/05/08 10:00:01\tエラー\t証明書を更新できません。\n\n以上、よろしくお願いいたします。\n--\n川口\nTEL 03-5555-0101\n",
            incidents: &[
                "- - Unknown 店舗のiPadでプロファイルが入りません。 []",
                "2024-05-08T10:00:01 - Error 証明書を更新できません。 []",
            ],
        },
        Sample {
            source: "made up: a chat as Teams copies it",
            formats: &["mail", "prose"],
            paste: "[9:02] 久保\niPadが端末応答待ちから変わりません\n[9:04] 安倍\n再起動は？\n[9:09] 久保\n2回しました\n",
            incidents: &["- - Warning iPadが端末応答待ちから変わりません []"],
        },
    ];
}
