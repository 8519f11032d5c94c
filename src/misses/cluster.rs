//! The misses that are one problem, together.
//!
//! 1. Misses of one signature are one;
//! 2. messages that differ in a variable part alone are one, as in a log (`facts::LineGroups`);
//! 3. questions that share most of their letters, two by two, are one: people ask the same in other words.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::DateTime;

use super::Miss;
use crate::article::letter_pairs;
use crate::facts::{Kind, LineGroups, Signature, fold};

/// From this share of pairs of letters in common on, two questions are one.
const SAME_QUESTION: f64 = 0.6;
/// Questions of more signatures than this are compared with those before them no more: it takes time that
/// grows with the square.
const MOST_QUESTIONS: usize = 2000;

#[derive(Debug, Clone, PartialEq)]
pub struct Cluster {
    /// The smallest signature of the misses: it names the cluster.
    pub signature: Signature,
    pub pastes: u64,
    /// How many records told of it, all pastes together.
    pub records: u64,
    /// The most devices of one paste that reported it.
    pub devices: u64,
    /// When it was first pasted, as far as the store reaches back.
    pub first_seen: DateTime,
    /// When it was last pasted.
    pub last_seen: DateTime,
    /// The latest miss of the wording that was pasted most often.
    pub example: Miss,
}

/// The clusters of misses, those that were pasted most often first.
pub fn clusters(misses: &[Miss]) -> Vec<Cluster> {
    let mut by_signature: BTreeMap<Signature, Vec<&Miss>> = BTreeMap::new();
    for miss in misses {
        by_signature.entry(miss.signature).or_default().push(miss);
    }
    let wordings: Vec<Vec<&Miss>> = by_signature.into_values().collect();
    let mut joined: BTreeMap<usize, Vec<&Vec<&Miss>>> = BTreeMap::new();
    for (wording, first) in wordings.iter().zip(join(&wordings)) {
        joined.entry(first).or_default().push(wording);
    }
    let mut clusters: Vec<Cluster> =
        joined.into_values().filter_map(|wordings| cluster(&wordings)).collect();
    clusters.sort_by_key(|cluster| {
        (Reverse(cluster.pastes), Reverse(cluster.last_seen), cluster.signature)
    });
    clusters
}

fn cluster(wordings: &[&Vec<&Miss>]) -> Option<Cluster> {
    let all = || wordings.iter().flat_map(|wording| wording.iter());
    // Of equals the first: they are in order of signature.
    let usual = wordings.iter().rev().max_by_key(|wording| wording.len())?;
    let example = usual.iter().max_by_key(|miss| miss.at)?;
    let mut example = (**example).clone();
    if example.product.is_none() {
        // Somebody may have pasted it from where the console is known.
        example.product = all().find_map(|miss| miss.product.clone());
    }
    Some(Cluster {
        signature: all().map(|miss| miss.signature).min()?,
        pastes: all().count() as u64,
        records: all().map(|miss| miss.records).sum(),
        devices: all().map(|miss| miss.devices).max()?,
        first_seen: all().map(|miss| miss.at).min()?,
        last_seen: all().map(|miss| miss.at).max()?,
        example,
    })
}

/// For each wording the place of the first one that it is one with.
fn join(wordings: &[Vec<&Miss>]) -> Vec<usize> {
    let mut first: Vec<usize> = (0..wordings.len()).collect();
    let of_kind = |kind: Kind| -> Vec<(usize, &str)> {
        let examples = wordings.iter().enumerate().filter_map(|(place, wording)| {
            wording.first().filter(|miss| miss.kind == kind).map(|miss| (place, miss.text.as_str()))
        });
        examples.collect()
    };
    let logs = of_kind(Kind::Log);
    let mut groups = LineGroups::new();
    for (_, text) in &logs {
        groups.add(text);
    }
    let mut known: BTreeMap<Signature, usize> = BTreeMap::new();
    for ((place, _), key) in logs.iter().zip(groups.finish()) {
        set(&mut first, *place, *known.entry(key).or_insert(*place));
    }
    let questions: Vec<(usize, BTreeSet<(char, char)>)> = of_kind(Kind::Question)
        .into_iter()
        .map(|(place, text)| (place, letter_pairs(&fold(text).to_lowercase())))
        .collect();
    for (number, (place, letters)) in questions.iter().enumerate().take(MOST_QUESTIONS) {
        for (other, other_letters) in questions.iter().take(number) {
            if similarity(letters, other_letters) >= SAME_QUESTION {
                let (one, another) = (root(&first, *place), root(&first, *other));
                set(&mut first, one.max(another), one.min(another));
            }
        }
    }
    (0..first.len()).map(|place| root(&first, place)).collect()
}

fn set(first: &mut [usize], place: usize, target: usize) {
    if let Some(entry) = first.get_mut(place) {
        *entry = target;
    }
}

fn root(first: &[usize], mut place: usize) -> usize {
    while let Some(&next) = first.get(place).filter(|next| **next != place) {
        place = next;
    }
    place
}

/// The share of pairs in common.
fn similarity(one: &BTreeSet<(char, char)>, other: &BTreeSet<(char, char)>) -> f64 {
    let common = one.intersection(other).count();
    let all = one.len() + other.len() - common;
    if all == 0 { 0.0 } else { common as f64 / all as f64 }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::super::miss::tests::miss;
    use super::*;
    use crate::facts::CodeDictionary;
    use crate::record;

    fn on(day: i8, mut miss: Miss) -> Miss {
        miss.at = date(2026, 11, day).at(9, 0, 0, 0);
        miss
    }

    fn question(text: &str) -> Miss {
        let incident = record::question(text, &CodeDictionary::default());
        Miss { kind: Kind::Question, signature: incident.signature, ..miss(text) }
    }

    #[test]
    fn one_problem_is_counted_once() {
        let misses = [
            on(3, miss("プロファイル\"a\"のインストールに失敗しました")),
            on(1, miss("プロファイル\"b\"のインストールに失敗しました")),
            on(2, miss("10.0.0.1 に接続できません")),
        ];
        let clusters = clusters(&misses);
        let told: Vec<_> = clusters.iter().map(|it| (it.pastes, it.last_seen.day())).collect();
        assert_eq!(told, [(2, 3), (1, 2)]);
        assert_eq!(clusters[0].first_seen.day(), 1);
    }

    #[test]
    fn the_order_of_misses_does_not_matter() {
        let mut misses = vec![
            on(1, question("端末の同期が終わらないときはどうすればよいですか")),
            on(2, question("端末の同期が終わらないとき、どうすればよいですか？")),
            on(3, question("プリンターの紙が詰まったらどうすればよいですか")),
            on(4, miss("接続できません")),
        ];
        let before = clusters(&misses);
        assert_eq!(before.iter().map(|it| it.pastes).collect::<Vec<_>>(), [2, 1, 1]);
        misses.reverse();
        assert_eq!(clusters(&misses), before);
    }

    #[test]
    fn a_product_that_one_paste_tells_holds_for_all() {
        let mut without = on(2, miss("接続できません"));
        without.product = None;
        let clusters = clusters(&[on(1, miss("接続できません")), without]);
        assert_eq!(clusters[0].example.product.as_deref(), Some("BizMobile Go!"));
    }
}
