//! Groups single lines: what `shirube mask --groups` prints.

use rustc_hash::FxHashMap;

use super::Signature;
use super::fold::Folded;
use super::message::{hash, wording_as_written, write_key};
use super::scan::Scan;
use super::template_mining::{Wording, join};

/// Lines that are put together where they are the same message.
///
/// ```
/// use shirube::facts::LineGroups;
///
/// let mut groups = LineGroups::new();
/// for line in ["connect 10.0.0.1 failed", "connect 10.0.0.2 failed", "disk full"] {
///     groups.add(line);
/// }
/// let keys = groups.finish();
/// assert_eq!(keys[0], keys[1]);
/// assert_ne!(keys[0], keys[2]);
/// ```
#[derive(Debug, Default)]
pub struct LineGroups {
    /// For each line, the index of its message.
    lines: Vec<u32>,
    messages: Vec<Known>,
    by_signature: FxHashMap<u64, u32>,
    scan: Scan,
    key: Vec<u8>,
}

#[derive(Debug)]
struct Known {
    signature: Signature,
    /// As [`Wording`] has both.
    wording: Box<[u8]>,
    codes: Box<[u8]>,
    spelling: u64,
}

impl LineGroups {
    /// No lines yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a line; returns the signature of its message.
    pub fn add(&mut self, line: &str) -> Signature {
        let folded = Folded::new(line);
        self.scan.run(folded.text());
        self.key.clear();
        let end = write_key(folded.text(), &self.scan, &mut self.key);
        let signature = Signature(hash(&self.key));
        let next = u32::try_from(self.messages.len()).unwrap_or(u32::MAX);
        let index = *self.by_signature.entry(signature.0).or_insert(next);
        if index == next {
            let wording = wording_as_written(folded.text(), &self.scan);
            let codes = self.key.get(end.codes_at..).unwrap_or_default().into();
            self.messages.push(Known { signature, wording, codes, spelling: end.spelling });
        } else if let Some(known) = self.messages.get_mut(index as usize)
            && known.spelling != end.spelling
        {
            // Of the ways to write one message the smallest counts: the order does not matter.
            let wording = wording_as_written(folded.text(), &self.scan);
            if wording < known.wording {
                (known.wording, known.spelling) = (wording, end.spelling);
            }
        }
        self.lines.push(index);
        signature
    }

    /// For each line, the key of its incident: the smallest signature of the messages that are one.
    #[must_use]
    pub fn finish(self) -> Vec<Signature> {
        let messages = self.messages.iter();
        let wordings = messages.map(|it| Wording { wording: &it.wording, codes: &it.codes });
        let first = join(&wordings.collect::<Vec<_>>());
        let mut smallest: Vec<Signature> = self.messages.iter().map(|it| it.signature).collect();
        for (known, &first) in self.messages.iter().zip(&first) {
            if let Some(key) = smallest.get_mut(first) {
                *key = (*key).min(known.signature);
            }
        }
        let key = |index: &u32| {
            let first = first.get(*index as usize).copied().unwrap_or_default();
            smallest.get(first).copied().unwrap_or(Signature(0))
        };
        self.lines.iter().map(key).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys<'t>(lines: impl Iterator<Item = &'t String>) -> Vec<Signature> {
        let mut groups = LineGroups::new();
        for line in lines {
            groups.add(line);
        }
        groups.finish()
    }

    proptest::proptest! {
        #[test]
        fn the_order_of_lines_changes_nothing(
            lines in proptest::collection::vec(
                "(user|stop|from|gw|relay=) ?(anna|bea|carl|dora|emil|10\\.0\\.0\\.1) (has|is) (up|gone|lost) \\((now|later|[0-9])\\)",
                1..40,
            ),
        ) {
            let forward = keys(lines.iter());
            let mut backward = keys(lines.iter().rev());
            backward.reverse();
            proptest::prop_assert_eq!(forward, backward);
        }
    }
}
