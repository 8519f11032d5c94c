//! Reads nothing of a paste but the names of its devices and people: what has to go before it leaves the
//! house, and what no mask can tell from other words.

use super::collect::Collector;
use super::layout::Layout;
use super::{ReadOptions, Vocabulary, paste};
use crate::facts::Names;

/// Reads the names that the columns and labels of a paste give, a piece of whole lines at a time.
///
/// ```
/// use shirube::record::{NameReader, ReadOptions};
///
/// let (options, mut reader) = (ReadOptions::default(), NameReader::default());
/// reader.read("ユーザ\t管理番号\t説明\n佐藤\tkiosk\t更新に失敗しました。\n", &options);
/// // The next piece has no header of its own.
/// let names = reader.read("森田\tkiosk\t更新に失敗しました。\n", &options);
/// assert_eq!(names.mask("森田が", &[]), "{user}が");
/// ```
#[derive(Debug, Default)]
pub struct NameReader {
    layout: Option<Layout>,
    names: Names,
}

impl NameReader {
    /// Reads a piece; returns every name so far.
    pub fn read(&mut self, text: &str, options: &ReadOptions) -> &Names {
        let vocabulary = Vocabulary::default();
        let mut collector = Collector::new(options, &vocabulary);
        collector.layout = self.layout.take();
        collector.names = Some(std::mem::take(&mut self.names));
        paste::walk(text, options, &mut collector, false);
        self.layout = collector.layout.take();
        self.names = collector.names.take().unwrap_or_default();
        &self.names
    }
}
