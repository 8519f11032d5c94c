//! Accumulators: sums of term weights in documents, term at a time.

use super::saturation::Saturation;
use super::top_k::TopK;
use crate::index::Postings;

/// The parts of a nat that sums are counted in.
pub(super) const FIXED_POINT_SCALE: f64 = 1024.0;

/// The documents of one kind that hold a term in one shard.
pub(super) struct List<'p> {
    postings: &'p Postings,
    /// The weight of the term, in fixed point.
    weight: f64,
    /// The upper bound of its score in a document.
    max_score: i64,
}

impl<'p> List<'p> {
    pub(super) fn new(weight: f64, postings: &'p Postings, saturation: Saturation) -> Self {
        let score = fixed_point(weight * saturation.score(postings.max_frequency()));
        // One more for rounding.
        Self { postings, weight, max_score: i64::from(score) + 1 }
    }

    /// How many postings there are for each part that they may bring.
    fn cost(&self) -> f64 {
        self.postings.len() as f64 / self.max_score as f64
    }
}

/// A sum's share in whole parts: at least one, so that no document that holds a term scores nothing.
fn fixed_point(value: f64) -> i32 {
    (value as i32).max(1)
}

/// Sums are counted in so many steps of half a nat each.
const STEPS: usize = 512;
const STEP: i32 = 512;

/// The sums of the documents of one kind in one shard, by their numbers; signed, which processors compare many of at once.
#[derive(Debug, Default)]
pub(super) struct Accumulators(Vec<i32>);

impl Accumulators {
    /// Adds up what the lists bring to the documents, as far as these may be among the best.
    ///
    /// A document that all which is still to come would not bring there is passed over: most of what is in the
    /// long lists of common terms, which come last (MaxScore: Turtle and Flood, Query Evaluation: Strategies and
    /// Optimizations, 1995).
    pub(super) fn add(&mut self, lists: &mut [List<'_>], best: &mut TopK, saturation: Saturation) {
        lists.sort_unstable_by(|a, b| a.cost().total_cmp(&b.cost()));
        let last = lists.iter().filter_map(|list| list.postings.numbers().last()).max();
        self.0.clear();
        self.0.resize(last.map_or(0, |&last| last as usize + 1), 0);
        // How many sums are on each step.
        let mut steps = [0_u32; STEPS];
        let mut remaining_max_score: i64 = lists.iter().map(|list| list.max_score).sum();
        for list in lists {
            // The sums only grow: how many have come how far tells what is lacking before the next long list.
            if list.postings.len() > STEPS {
                best.raise(STEP, &steps);
            }
            let lacking = i64::from(best.threshold()) - remaining_max_score;
            let lacking = i32::try_from(lacking).unwrap_or(i32::MIN);
            for posting in list.postings.iter() {
                if let Some(sum) = self.0.get_mut(posting.number as usize)
                    && *sum >= lacking
                {
                    let before = step(*sum);
                    let score = list.weight * saturation.score(posting.frequency);
                    *sum = sum.saturating_add(fixed_point(score));
                    steps[before] = steps[before].wrapping_sub(1);
                    steps[step(*sum)] = steps[step(*sum)].wrapping_add(1);
                }
            }
            remaining_max_score -= list.max_score;
        }
    }

    /// The sums, by the numbers of the documents.
    pub(super) fn sums(&self) -> &[i32] {
        &self.0
    }
}

/// The step that a sum is on; on the first are those of nothing, too, which nobody counts.
fn step(sum: i32) -> usize {
    (sum.unsigned_abs() as usize / STEP as usize).min(STEPS - 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::Posting;

    /// The sums that lists of postings with frequencies come to, as far as they matter for the best.
    fn sums(lists: &[(u32, Vec<(u32, u32)>)], best: &mut TopK) -> Vec<i32> {
        let posting = |&(number, times): &(u32, u32)| Posting { number, frequency: times.into() };
        let postings: Vec<Postings> =
            lists.iter().map(|(_, list)| list.iter().map(posting).collect()).collect();
        let saturation = Saturation(1.2);
        let mut lists: Vec<List<'_>> = lists
            .iter()
            .zip(&postings)
            .map(|(&(weight, _), list)| List::new(weight.into(), list, saturation))
            .collect();
        let mut sums = Accumulators::default();
        sums.add(&mut lists, best, saturation);
        sums.0.resize(1024, 0);
        sums.0
    }

    proptest::proptest! {
        #[test]
        fn what_is_left_out_would_not_have_come_so_far(
            lists in proptest::collection::vec(
                (1u32..500, proptest::collection::btree_map(0u32..1024, 1u32..8, 0..1024)), 0..8),
            k in 1usize..20,
            before in 1i32..1500,
        ) {
            let mut lists: Vec<(u32, Vec<(u32, u32)>)> =
                lists.into_iter().map(|(weight, list)| (weight, list.into_iter().collect())).collect();
            lists.sort_by_key(|(weight, _)| std::cmp::Reverse(*weight));
            // Another shard was before.
            let mut best = TopK::new(k);
            best.raise(before, &[0, u32::try_from(k).expect("it is small")]);
            let (pruned, whole) = (sums(&lists, &mut best), sums(&lists, &mut TopK::new(usize::MAX)));
            let mut sorted = whole.clone();
            sorted.sort_unstable_by_key(|&sum| std::cmp::Reverse(sum));
            let threshold = before.max(sorted[k - 1]);
            proptest::prop_assert!(best.threshold() <= threshold);
            for (&pruned, &whole) in pruned.iter().zip(&whole) {
                if whole >= threshold {
                    proptest::prop_assert_eq!(pruned, whole);
                } else {
                    proptest::prop_assert!(pruned < threshold);
                }
            }
        }
    }

    #[test]
    fn sums_do_not_stay() {
        let mut added = Accumulators(vec![7; 80]);
        added.add(&mut [], &mut TopK::new(1), Saturation(1.2));
        assert_eq!(added.sums(), [0; 0]);
    }
}
