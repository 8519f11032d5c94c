//! MobiConnect's job list (ジョブ管理, 管理要求管理) and its CSV exports.
//!
//! A job has no message: its state is the problem. Rows are copied with or without the header
//! 登録日時, 要求識別, 詳細, 端末番号, 所有者名, ステータス.

use super::row;
use crate::facts::{Kind, Operation, Record, Severity, fold, read_time};
use crate::record::cells::{self, Delimiter};
use crate::record::collect::{Collector, fact, record_at};
use crate::record::cursor::Cursor;
use crate::record::leading_time::leading_time;
use crate::record::words;
use crate::source::Line;
use std::borrow::Cow;

const PRODUCT: &str = "MobiConnect";

/// Labels that no other console has.
const LABELS: &[&str] = &["要求識別", "端末番号", "内部設定適用状況", "構成プロファイル上書き完了"];

/// The order of a job row that was copied without its header, by what its cells hold.
const JOB: &[&str] = &["登録日時", "要求識別", "詳細", "端末番号", "所有者名", "ステータス"];

pub(in crate::record) fn read<'t>(cursor: &mut Cursor<'t>, collector: &mut Collector<'_>) -> bool {
    let Some(line) = cursor.line() else { return false };
    if let Some(layout) = row::layout_of(line.text, product_of) {
        cursor.advance();
        row::read_rows(&layout, cursor, collector);
        return true;
    }
    let mut any = false;
    while let Some(line) = cursor.line() {
        if !read_job(&line, collector) && !read_spaced_job(&line, collector) {
            break;
        }
        any = true;
        cursor.advance();
    }
    any
}

/// The console, where the labels of a table are its own.
pub(super) fn product_of(labels: &[Cow<'_, str>]) -> Option<&'static str> {
    labels.iter().any(|label| LABELS.contains(&label.trim())).then_some(PRODUCT)
}

/// A job row without labels: a time first, a job's state last.
fn read_job(line: &Line<'_>, collector: &mut Collector<'_>) -> bool {
    let mut cells = Vec::new();
    let fits = [Delimiter::Tab, Delimiter::Comma, Delimiter::Spaces].into_iter().any(|delimiter| {
        cells::split(line.text, delimiter, &mut cells);
        // The console's last column, キャンセル, is mostly empty.
        if cells.len() == JOB.len() + 1 && cells.last().is_some_and(|cell| cell.trim().is_empty()) {
            cells.pop();
        }
        cells.len() == JOB.len() && is_job(&cells)
    });
    if !fits {
        return false;
    }
    let cell = |index: usize| cells.get(index).map_or("", AsRef::as_ref).trim();
    let (device, state) = (cell(3), cell(JOB.len() - 1));
    let state_at = line.text.rfind(state).unwrap_or(0);
    let state = line.text.get(state_at..state_at + state.len()).unwrap_or(state);
    let mut record = record_at(Kind::Status, line.text, state, line.number);
    record.time = read_time(&fold(cell(0)), collector.now).map(|timed| timed.moment);
    record.severity = words::state(state);
    record.device = Some(Cow::Owned(device.to_owned()));
    record.product = Some(PRODUCT);
    record.distinction = Some(Cow::Borrowed(words::apart(cell(1))));
    collector.user(cell(4));
    let told = JOB.iter().copied().zip(cells.iter().map(|cell| cell.trim()));
    emit(record, told, Some(device), collector);
    true
}

/// Emits a job with what its row tells. A value in order is a fact, and facts are no incidents.
fn emit<'c>(
    mut record: Record<'_>,
    told: impl Iterator<Item = (&'static str, &'c str)>,
    device: Option<&str>,
    collector: &mut Collector<'_>,
) {
    for (label, value) in told {
        let fact = fact(label, value, device, record.line);
        record.facts.push(fact.clone());
        collector.fact(fact);
    }
    if record.severity != Some(Severity::Info) {
        collector.record(record);
    }
}

/// Whether a word is an operation by its name in the protocol: `EraseDevice`. What a device is called names none.
fn is_operation(word: &str) -> bool {
    !words::is_device_name(word) && Operation::of_field(word).is_some()
}

/// A job row with one space between its cells: a time first, a job's state last, its kind or its device between.
fn read_spaced_job(line: &Line<'_>, collector: &mut Collector<'_>) -> bool {
    let Some((time, rest)) = leading_time(line.text, collector.now) else { return false };
    let mut words: Vec<&str> = rest.split(' ').filter(|word| !word.is_empty()).collect();
    let Some(state) = words.pop().filter(|_| (1..=8).contains(&words.len())) else { return false };
    let terms = collector.terms();
    let Some(known) = terms.state(state).filter(|state| !state.ordinary) else { return false };
    let mut names = words.iter().map(|word| word.trim_end_matches([':', '：']));
    let kind = names.find(|word| terms.is_job(word) || is_operation(word));
    let device = words.iter().copied().find(|word| words::is_device_name(word));
    if kind.is_none() && device.is_none() || rest.contains(['\t', '。', '、']) {
        return false;
    }
    let mut record = record_at(Kind::Status, line.text, state, line.number);
    record.time = Some(time);
    record.severity = known.severity;
    record.device = device.map(Cow::Borrowed);
    record.product = known.product;
    record.distinction = kind.map(|kind| Cow::Borrowed(words::apart(kind)));
    let written = line.text.get(..line.text.len() - rest.len()).unwrap_or_default().trim();
    let pairs = [
        ("登録日時", Some(written)),
        ("要求識別", kind),
        ("端末番号", device),
        ("ステータス", Some(state)),
    ];
    let told = pairs.into_iter().filter_map(|(label, value)| Some((label, value?)));
    emit(record, told, device, collector);
    true
}

fn is_job(cells: &[Cow<'_, str>]) -> bool {
    row::is_timed(cells) && cells.last().is_some_and(|cell| words::state(cell).is_some())
}
