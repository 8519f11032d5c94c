//! Two runs side by side: which queries got better or worse, and whether that may be chance.
//!
//! 1. Both runs are measured query by query.
//! 2. The signs of the differences are flipped at random, many times over, from a fixed seed: the share
//!    of flips that differ at least as much as the runs do is the probability that chance made the
//!    difference (Fisher's randomization test, paired, two-sided).
//!
//! Smucker, Allan and Carterette (CIKM 2007) recommend this test for comparing rankings.

use super::metrics::{Measures, evaluate_each};
use super::trec::{Judgements, Run};

/// How often the signs are flipped.
pub const FLIPS: u32 = 10_000;
const SEED: u64 = 20_221_110;

/// A query that two runs answer differently.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    pub query: String,
    pub before: Measures,
    pub now: Measures,
}

impl Change {
    /// By how much nDCG@10 grew; below 0 it fell.
    pub fn gain(&self) -> f64 {
        self.now.ndcg - self.before.ndcg
    }
}

#[derive(Debug, Clone, PartialEq, Default)]
pub struct Comparison {
    pub before: Measures,
    pub now: Measures,
    /// The queries with a higher nDCG@10 now, the greatest gain first.
    pub better: Vec<Change>,
    /// The queries with a lower nDCG@10 now, the greatest loss first.
    pub worse: Vec<Change>,
    /// How likely chance alone makes such a difference of S@1, in 0..=1.
    pub chance_success_at_1: f64,
    /// How likely chance alone makes such a difference of nDCG@10, in 0..=1.
    pub chance_ndcg: f64,
}

pub fn compare(judgements: &Judgements, before: &Run, now: &Run) -> Comparison {
    let (before, now) = (evaluate_each(judgements, before), evaluate_each(judgements, now));
    let mut comparison = Comparison {
        before: Measures::mean(before.values()),
        now: Measures::mean(now.values()),
        ..Comparison::default()
    };
    let (mut first, mut gains) = (Vec::new(), Vec::new());
    for ((query, before), now) in before.into_iter().zip(now.into_values()) {
        let change = Change { query, before, now };
        first.push(now.success_at_1 - before.success_at_1);
        gains.push(change.gain());
        if change.gain() > 0.0 {
            comparison.better.push(change);
        } else if change.gain() < 0.0 {
            comparison.worse.push(change);
        }
    }
    comparison.better.sort_by(|a, b| b.gain().total_cmp(&a.gain()));
    comparison.worse.sort_by(|a, b| a.gain().total_cmp(&b.gain()));
    comparison.chance_success_at_1 = chance(&first);
    comparison.chance_ndcg = chance(&gains);
    comparison
}

/// The probability that differences with random signs add up to as much as these do.
fn chance(differences: &[f64]) -> f64 {
    let differing: Vec<f64> = differences.iter().copied().filter(|it| *it != 0.0).collect();
    // Rounding must not keep a sum from being as great as itself.
    let observed = differing.iter().sum::<f64>().abs() - 1e-9;
    let mut random = Random(SEED);
    let mut as_great = 1;
    for _ in 0..FLIPS {
        let mut sum = 0.0;
        for chunk in differing.chunks(64) {
            let mut signs = random.next();
            for difference in chunk {
                sum += if signs & 1 == 1 { *difference } else { -*difference };
                signs >>= 1;
            }
        }
        as_great += u32::from(sum.abs() >= observed);
    }
    f64::from(as_great) / f64::from(FLIPS + 1)
}

/// SplitMix64 (Steele, Lea and Flood, OOPSLA 2014): the same numbers on every machine.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }
}

#[cfg(test)]
mod tests {
    use super::super::trec::tests::run;
    use super::*;

    #[test]
    fn better_and_worse_are_told_apart() {
        let judgements =
            Judgements::parse("q00 0 a 1\nq01 0 a 1\nq02 0 a 1\n").expect("well-formed");
        let before = run(&[("q00", &["a"]), ("q01", &["x"]), ("q02", &["a"])]);
        let now = run(&[("q00", &["x"]), ("q01", &["a"]), ("q02", &["a"])]);
        let comparison = compare(&judgements, &before, &now);
        let queries = |changes: &[Change]| -> Vec<String> {
            changes.iter().map(|change| change.query.clone()).collect()
        };
        assert_eq!(queries(&comparison.better), ["q01"]);
        assert_eq!(queries(&comparison.worse), ["q00"]);
        // One up and one down is what chance does.
        assert!(comparison.chance_ndcg > 0.99, "{}", comparison.chance_ndcg);
    }

    #[test]
    fn the_chance_is_that_of_the_signs() {
        assert_eq!(chance(&[]), 1.0);
        assert_eq!(chance(&[0.0, 0.0]), 1.0);
        // Ten of ten in one direction: 2 / 2^10 of all signs.
        let ten = chance(&[1.0; 10]);
        assert!((ten - 2.0 / 1024.0).abs() < 0.001, "{ten}");
        // Nine of ten: 22 / 2^10.
        let mut nine = [1.0; 10];
        nine[3] = -1.0;
        let nine = chance(&nine);
        assert!((nine - 22.0 / 1024.0).abs() < 0.005, "{nine}");
        assert_eq!(nine, chance(&[1.0, 1.0, 1.0, -1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0]));
    }
}
