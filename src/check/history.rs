//! How the samples ranked in earlier runs, kept in one file, a line a run.
//!
//! A line is the time, a tab, and the samples as `fingerprint:rank`, with `-` for the rank of one that was not
//! found. It is added in one write, so that runs side by side do not tear each other's lines; what cannot be
//! read is passed over.

use std::collections::BTreeMap;
use std::fs::{self, OpenOptions};
use std::io::{self, Write as _};
use std::path::Path;

use jiff::civil::DateTime;

use super::SampleRank;

/// So many runs are kept; older ones are dropped when there are twice as many.
const MOST_RUNS: usize = 500;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SampleRun {
    /// When it was, on the user's clock.
    pub at: DateTime,
    /// The rank of each sample by its fingerprint, from 1; `None` where it did not bring up its article.
    pub ranks: BTreeMap<u64, Option<usize>>,
}

impl SampleRun {
    /// The run of these samples.
    pub fn new(at: DateTime, samples: &[SampleRank]) -> Self {
        let ranks = samples.iter().map(|sample| (sample.fingerprint, sample.rank)).collect();
        Self { at, ranks }
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

/// The runs of a file, the oldest first; none where there is no file.
/// Fails where the file is there and cannot be read.
pub fn read_history(path: &Path) -> io::Result<Vec<SampleRun>> {
    let bytes = match fs::read(path) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(error),
    };
    Ok(String::from_utf8_lossy(&bytes).lines().filter_map(SampleRun::read).collect())
}

/// Adds a run to a file and gives all of them. A run that finds what the last one of the same day found is no
/// news, and is not added.
/// Fails where the file cannot be read or written.
pub fn append_history(path: &Path, run: &SampleRun) -> io::Result<Vec<SampleRun>> {
    let mut runs = read_history(path)?;
    let last = runs.last();
    if last.is_some_and(|last| last.at.date() == run.at.date() && last.ranks == run.ranks) {
        return Ok(runs);
    }
    if let Some(directory) = path.parent() {
        fs::create_dir_all(directory)?;
    }
    runs.push(run.clone());
    if runs.len() > MOST_RUNS * 2 {
        runs.drain(..runs.len() - MOST_RUNS);
        let text: String = runs.iter().map(SampleRun::line).collect();
        let mut file = tempfile::NamedTempFile::new_in(path.parent().unwrap_or(Path::new(".")))?;
        file.write_all(text.as_bytes())?;
        file.as_file().sync_all()?;
        file.persist(path).map_err(|error| error.error)?;
        return Ok(runs);
    }
    let mut file = OpenOptions::new().create(true).append(true).open(path)?;
    // A line that an earlier run could not finish is ended, and passed over.
    let torn = fs::read(path).is_ok_and(|bytes| bytes.last().is_some_and(|byte| *byte != b'\n'));
    let line = if torn { format!("\n{}", run.line()) } else { run.line() };
    file.write_all(line.as_bytes())?;
    Ok(runs)
}

#[cfg(test)]
mod tests {
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
        let mut file = OpenOptions::new().append(true).open(&path).expect("the file is there");
        file.write_all(b"2026-11-03T09:30:00\t00").expect("the file can be written");
        let third = run(3, &[(1, Some(2))]);
        append_history(&path, &third).expect("the file can be written");
        assert_eq!(read_history(&path).ok(), Some(vec![first, second, third]));
    }

    #[test]
    fn the_file_does_not_grow_for_ever() {
        let directory = tempfile::tempdir().expect("a temporary directory");
        let path = directory.path().join("samples.tsv");
        let text: String = (0..MOST_RUNS * 2).map(|n| run(1, &[(n as u64, None)]).line()).collect();
        fs::write(&path, text).expect("the file can be written");
        let last = run(2, &[(1, Some(1))]);
        let runs = append_history(&path, &last).expect("the file can be written");
        assert_eq!((runs.len(), runs.last()), (MOST_RUNS, Some(&last)));
        assert_eq!(read_history(&path).ok(), Some(runs));
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
