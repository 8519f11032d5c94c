//! How the samples ranked in earlier runs, kept in one file, a line a run.
//!
//! A line is the time, a tab, and the samples as `fingerprint:rank`, with `-` for the rank of one that was not
//! found.

use std::collections::BTreeMap;
use std::path::Path;

use jiff::civil::DateTime;

use super::SampleRank;
use crate::kb::{FileError, Journal};

/// So many runs are told; a plot of more shows nothing.
const MOST_RUNS: usize = 500;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SampleRun {
    /// When it was, on the user's clock.
    pub at: DateTime,
    /// The rank of each sample by its fingerprint, from 1; `None` where it did not bring up its article.
    pub ranks: BTreeMap<u64, Option<usize>>,
}

impl SampleRun {
    pub fn new(at: DateTime, samples: &[SampleRank]) -> Self {
        Self { at, ranks: samples.iter().map(|sample| (sample.fingerprint, sample.rank)).collect() }
    }

    /// The share of samples that bring up their article first; `None` without samples.
    pub fn first(&self) -> Option<f64> {
        let first = self.ranks.values().filter(|rank| **rank == Some(1)).count();
        (!self.ranks.is_empty()).then(|| first as f64 / self.ranks.len() as f64)
    }

    fn line(&self) -> String {
        let ranks = self.ranks.iter().map(|(fingerprint, rank)| match rank {
            Some(rank) => format!("{fingerprint:016x}:{rank}"),
            None => format!("{fingerprint:016x}:-"),
        });
        format!("{}\t{}\n", self.at, ranks.collect::<Vec<_>>().join(" "))
    }

    fn read(line: &str) -> Option<Self> {
        let (at, ranks) = line.split_once('\t')?;
        let ranks = ranks.split(' ').filter(|rank| !rank.is_empty()).map(|entry| {
            let (fingerprint, rank) = entry.split_once(':')?;
            let fingerprint = u64::from_str_radix(fingerprint, 16).ok()?;
            let rank = if rank == "-" { None } else { Some(rank.parse().ok()?) };
            Some((fingerprint, rank))
        });
        Some(Self { at: at.parse().ok()?, ranks: ranks.collect::<Option<_>>()? })
    }
}

/// The runs of a file, the oldest first; none where there is no file. What cannot be read is passed over.
/// Fails where the file is there and cannot be read.
pub fn read_history(path: &Path) -> Result<Vec<SampleRun>, FileError> {
    let text = Journal::new(path.to_path_buf()).read()?;
    let mut runs: Vec<SampleRun> = text.lines().filter_map(SampleRun::read).collect();
    runs.drain(..runs.len().saturating_sub(MOST_RUNS));
    Ok(runs)
}

/// Adds a run to a file and gives all of them. A run that finds what the last one of the same day found is no
/// news, and is not added.
/// Fails where the file cannot be read or written.
pub fn append_history(path: &Path, run: &SampleRun) -> Result<Vec<SampleRun>, FileError> {
    let mut runs = read_history(path)?;
    let last = runs.last();
    if !last.is_some_and(|last| last.at.date() == run.at.date() && last.ranks == run.ranks) {
        Journal::new(path.to_path_buf()).append(&run.line())?;
        runs.push(run.clone());
    }
    Ok(runs)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use jiff::civil::date;

    use super::*;

    fn run(day: i8, ranks: &[(u64, Option<usize>)]) -> SampleRun {
        let at = date(2026, 11, day).at(9, 30, 0, 0);
        SampleRun { at, ranks: ranks.iter().copied().collect() }
    }

    #[test]
    fn runs_come_back_and_torn_lines_are_passed_over() {
        let directory = tempfile::tempdir().expect("a temporary directory");
        let path = directory.path().join("state/samples.tsv");
        let first = run(1, &[(1, Some(1)), (u64::MAX, None)]);
        assert_eq!(append_history(&path, &first).ok(), Some(vec![first.clone()]));
        // The same on the same day is no news; on another day it is.
        append_history(&path, &first).expect("the file can be written");
        let second = run(2, &[(1, Some(1)), (u64::MAX, None)]);
        append_history(&path, &second).expect("the file can be written");
        let torn =
            fs::read_to_string(&path).expect("the file is there") + "2026-11-03T09:30:00\t00";
        fs::write(&path, torn).expect("the file can be written");
        let third = run(3, &[(1, Some(2))]);
        append_history(&path, &third).expect("the file can be written");
        assert_eq!(read_history(&path).ok(), Some(vec![first, second, third]));
    }

    #[test]
    fn of_many_runs_the_last_are_told() {
        let directory = tempfile::tempdir().expect("a temporary directory");
        let path = directory.path().join("samples.tsv");
        let text: String = (0..MOST_RUNS * 2).map(|n| run(1, &[(n as u64, None)]).line()).collect();
        fs::write(&path, text).expect("the file can be written");
        let last = run(1, &[((MOST_RUNS * 2 - 1) as u64, None)]);
        let runs = read_history(&path).expect("the file can be read");
        assert_eq!((runs.len(), runs.last()), (MOST_RUNS, Some(&last)));
    }

    #[test]
    fn the_share_of_first_places() {
        assert_eq!(
            run(1, &[(1, Some(1)), (2, Some(2)), (3, None), (4, Some(1))]).first(),
            Some(0.5)
        );
        assert_eq!(run(1, &[]).first(), None);
    }
}
