//! Accumulators: sums of term weights in documents, term at a time.

use crate::index::{Postings, Saturation};

/// The parts of a nat that sums are counted in.
pub(super) const FIXED_POINT_SCALE: f64 = 1024.0;

/// The documents of one kind that hold a term in one shard.
pub(super) struct List<'p> {
    postings: &'p Postings,
    /// The score of the greatest impact, in fixed point, in parts of [`Self::PARTS`].
    weight: u64,
}

impl<'p> List<'p> {
    /// An impact is 16 bits, and no list may count so much that sums overflow.
    const PARTS: u32 = 24;
    const MOST: f64 = (1_u64 << (20 + Self::PARTS - u16::BITS)) as f64;

    pub(super) fn new(weight: f64, postings: &'p Postings, saturation: Saturation) -> Self {
        let parts = f64::from(1_u32 << (Self::PARTS - u16::BITS));
        let weight = (weight * saturation.bound() * parts).min(Self::MOST);
        Self { postings, weight: weight as u64 }
    }

    /// The score of an impact: at least one, so that no document that holds a term scores nothing.
    fn share(&self, impact: u16) -> i32 {
        ((self.weight * u64::from(impact)) >> Self::PARTS).max(1) as i32
    }
}

/// The sums of the documents of one kind in one shard, by their numbers; signed, which processors compare many of at once.
#[derive(Debug, Default)]
pub(super) struct Accumulators(Vec<i32>);

impl Accumulators {
    /// Adds up what the lists bring to the documents.
    ///
    /// To look at each sum first, and to pass over a document that cannot come among the best any more (MaxScore: Turtle and Flood,
    /// Query Evaluation: Strategies and Optimizations, 1995), took longer: the processor cannot guess which they are.
    pub(super) fn add(&mut self, lists: &[List<'_>]) {
        let last = lists.iter().filter_map(|list| list.postings.numbers().next_back()).max();
        self.0.clear();
        self.0.resize(last.map_or(0, |last| last as usize + 1), 0);
        for list in lists {
            for (number, impact) in list.postings.impacts() {
                if let Some(sum) = self.0.get_mut(number as usize) {
                    *sum += list.share(impact);
                }
            }
        }
    }

    /// The sums, by the numbers of the documents.
    pub(super) fn sums(&self) -> &[i32] {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_are_of_weights_and_saturated_frequencies_and_do_not_stay() {
        let saturation = Saturation(1.2);
        let of = |list: &[(u32, f64)]| Postings::with_frequencies(list, saturation);
        let (rare, common) = (of(&[(1, 2.0)]), of(&[(0, 1.0), (1, 1.0), (3, 1e-9)]));
        let list =
            |weight: f64, postings| List::new(weight * FIXED_POINT_SCALE, postings, saturation);
        let mut added = Accumulators(vec![7; 80]);
        added.add(&[list(8.0, &rare), list(0.5, &common)]);
        let share =
            |weight: f64, frequency| weight * FIXED_POINT_SCALE * saturation.score(frequency);
        let expected = [share(0.5, 1.0), share(8.0, 2.0) + share(0.5, 1.0), 0.0, 1.0];
        assert_eq!(added.sums().len(), expected.len());
        for (&sum, expected) in added.sums().iter().zip(expected) {
            assert!((f64::from(sum) - expected).abs() <= 2.0, "{sum} {expected}");
        }
        added.add(&[list(1e12, &common), list(1e12, &common)]);
        assert!(added.sums().iter().all(|sum| *sum >= 0) && added.sums()[1] > 1 << 19);
        added.add(&[]);
        assert_eq!(added.sums(), [0; 0]);
    }
}
