//! Tables of any console: tab-separated, CSV (RFC 4180), with semicolons, or Markdown.

use super::row;
use crate::facts::{fold, read_time};
use crate::record::cells::{self, Delimiter};
use crate::record::collect::{Collector, Stretch};
use crate::record::cursor::Cursor;
#[cfg(test)]
use crate::record::formats::samples::Sample;
use crate::record::layout::Layout;
use crate::record::registry::Format;

/// Tables whose cells are kept apart by a character.
pub(in crate::record) struct Delimited;

impl Format for Delimited {
    fn name(&self) -> &'static str {
        "table"
    }

    fn read<'t>(&self, cursor: &mut Cursor<'t>, collector: &mut Collector<'_>) -> bool {
        let Some(line) = cursor.line() else { return false };
        let mut cells = Vec::new();
        let delimiters = [Delimiter::Tab, Delimiter::Comma, Delimiter::Semicolon, Delimiter::Pipe];
        if let Some(delimiter) = row::header(line.text, &delimiters, &mut cells) {
            let layout = Layout::new(delimiter, None, &cells);
            cursor.advance();
            row::read_rows(&layout, cursor, collector);
            return true;
        }
        let mut any = false;
        while let Some(line) = cursor.line() {
            cells::split(line.text, Delimiter::Tab, &mut cells);
            // Two cells are a label with its value, unless the first is a time.
            if cells.len() < 2
                || (cells.len() == 2 && !begins_with_time(line.text))
                || row::header(line.text, &delimiters, &mut Vec::new()).is_some()
            {
                break;
            }
            row::read_unlabelled(&Stretch::from(&line), &cells, None, None, collector);
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

pub(super) fn begins_with_time(line: &str) -> bool {
    let head = line.trim_start();
    let end = head.char_indices().nth(48).map_or(head.len(), |(at, _)| at);
    read_time(&fold(head.get(..end).unwrap_or_default()), None).is_some()
}

#[cfg(test)]
mod tests {
    use crate::record::formats::samples::{Sample, test_format};

    test_format!(super::Delimited);

    pub(super) const SAMPLES: &[Sample] = &[
        Sample {
            source: "RFC 4180, section 2 (quoted cells, line breaks in them, doubled quotes), with Japanese labels",
            formats: &["table"],
            paste: "日時,端末名,レベル,メッセージ\r\n\
                2024/05/08 10:00,iPad-03,エラー,\"証明書\"\"A\"\"の期限が\r\n切れました\"\r\n\
                2024/05/08 10:01,\"iPad,04\",情報,同期しました\r\n",
            incidents: &[
                "2024-05-08T10:00:00 iPad-03 Error 証明書\"A\"の期限が 切れました []",
                "2024-05-08T10:01:00 iPad,04 Info 同期しました []",
            ],
        },
        Sample {
            source: "GitHub Flavored Markdown, section 4.10 (tables)",
            formats: &["table"],
            paste: "| 日時 | 内容 |\n|:---|---|\n| 2024/05/08 | 同期に失敗しました |\n",
            incidents: &["2024-05-08T00:00:00 - Error 同期に失敗しました []"],
        },
        Sample {
            source: "the alarm list of BizMobile Go! (support-go.bizmo.in, ログ > アラーム), copied without its header",
            formats: &["table"],
            paste: "2024/06/17 10:22:05\tクリティカル\tApple Push証明書が無効になっています\n",
            incidents: &["2024-06-17T10:22:05 - Error Apple Push証明書が無効になっています []"],
        },
    ];
}
