//! Tables that were copied as text: runs of spaces stand between the cells, and empty cells are gone.

use super::row;
use super::table::begins_with_time;
use crate::record::cells::{self, Delimiter};
use crate::record::collect::{Collector, Stretch};
use crate::record::cursor::Cursor;
#[cfg(test)]
use crate::record::formats::samples::Sample;
use crate::record::layout::Layout;
use crate::record::registry::Format;

/// Tables that were copied as text, with runs of spaces between the cells.
pub(in crate::record) struct Copied;

impl Format for Copied {
    fn name(&self) -> &'static str {
        "columns"
    }

    fn read<'t>(&self, cursor: &mut Cursor<'t>, collector: &mut Collector<'_>) -> bool {
        let Some(line) = cursor.line() else { return false };
        let mut cells = Vec::new();
        if row::header(line.text, &[Delimiter::Spaces], &mut cells).is_some() && cells.len() >= 3 {
            let layout = Layout::new(Delimiter::Spaces, None, &cells);
            cursor.advance();
            row::read_rows(&layout, cursor, collector);
            return true;
        }
        let mut any = false;
        while let Some(line) = cursor.line() {
            if !begins_with_time(line.text) {
                break;
            }
            cells::split(line.text, Delimiter::Spaces, &mut cells);
            if cells.len() < 3 || !row::infer(&cells, collector).is_row() {
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

#[cfg(test)]
mod tests {
    use crate::record::formats::samples::{Sample, test_format};

    test_format!(super::Copied);

    pub(super) const SAMPLES: &[Sample] = &[
        Sample {
            source: "the alarm list of BizMobile Go! (support-go.bizmo.in, ログ > アラーム), as a PDF gives it",
            formats: &["columns"],
            paste: "2024/06/17 10:22:05  クリティカル  Apple Push証明書が無効になっています\n\
                2024/06/17 10:23:11　情報　同期が完了しました。\n",
            incidents: &[
                "2024-06-17T10:22:05 - Error Apple Push証明書が無効になっています []",
                "2024-06-17T10:23:11 - Info 同期が完了しました。 []",
            ],
        },
        Sample {
            source: "learn.microsoft.com, Event Viewer (columns Level, Date and Time, Source, Event ID), copied as text",
            formats: &["columns"],
            paste: "Level    Date and Time        Source    Message\n\
                Error    2024/05/08 10:00:01  MDM       The enrollment has failed.\n",
            incidents: &["2024-05-08T10:00:01 - Error The enrollment has failed. []"],
        },
    ];
}
