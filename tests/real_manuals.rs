//! The shipped articles among 16,436 documents of other products, and a table of 307 codes among them.
//!
//! The documents are Microsoft's Japanese manuals of SQL Server and Intune (CC BY 4.0), which are no part
//! of this repository: `SHIRUBE_MANUALS` names the directory that holds `memdocs-ja` and `sql-ja`.
//!
//!     SHIRUBE_MANUALS=/data/manuals-ja cargo test --release --test real_manuals -- --ignored --nocapture

mod support;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use shirube::facts::CodeDictionary;
use shirube::index::Root;
use shirube::kb::{self, Links};
use shirube::search::{Answer, AnswerOptions, Remedy, Searcher};

use support::shipped;

/// The table's document, from the directory of the manuals.
const TABLE: &str =
    "memdocs-ja/memdocs/intune/fundamentals/troubleshoot-company-resource-access-problems.md";

/// The directory of the manuals.
fn manuals() -> PathBuf {
    #[expect(clippy::disallowed_methods, reason = "the data lies outside of the repository")]
    let directory = std::env::var_os("SHIRUBE_MANUALS");
    directory.expect("SHIRUBE_MANUALS names the directory of the manuals").into()
}

#[expect(clippy::print_stderr, reason = "a measuring test reports what it measured")]
fn say(text: &str) {
    eprintln!("{text}");
}

fn answer(searcher: &Searcher, paste: &str) -> Answer {
    let noon = support::TODAY.at(12, 0, 0, 0);
    support::answer_with(searcher, paste, &AnswerOptions::at(noon))
}

/// The remedies of a paste, claimed or near, in the order in which they are shown.
fn brought_up(searcher: &Searcher, paste: &str) -> Vec<Remedy> {
    let incidents = answer(searcher, paste).incidents.into_iter();
    incidents.flat_map(|incident| incident.remedies.into_iter().chain(incident.related)).collect()
}

/// The articles that are claimed for a paste, the surest first, and those that a flow leads to: what
/// `shirube check` holds a sample against.
fn claimed(searcher: &Searcher, paste: &str) -> Vec<String> {
    let answer = answer(searcher, paste);
    let incidents = answer.incidents.into_iter();
    let mut remedies: Vec<_> = incidents.flat_map(|incident| incident.remedies).collect();
    remedies.sort_by(|left, right| right.confidence.total_cmp(&left.confidence));
    let ids = remedies.into_iter().map(|remedy| remedy.id);
    ids.chain(answer.reached.into_iter().map(|(_, remedy)| remedy.id)).collect()
}

/// A row of the table: its line, 1-based, and the ways to write its code.
struct Row {
    line: u32,
    signed: i64,
    hexadecimal: u32,
}

/// The rows whose two numbers are one code that no other row has.
fn unambiguous_rows(table: &str) -> (usize, Vec<Row>) {
    let mut rows = Vec::new();
    for (line, text) in (1..).zip(table.lines()) {
        let cells: Vec<&str> = text.trim().trim_matches('|').split('|').map(str::trim).collect();
        let [signed, hexadecimal, ..] = cells[..] else { continue };
        let (Ok(signed), Some(digits)) = (
            signed.parse::<i64>(),
            hexadecimal.strip_prefix("0x").or(hexadecimal.strip_prefix("0X")),
        ) else {
            continue;
        };
        if let Ok(hexadecimal) = u32::from_str_radix(digits, 16) {
            rows.push(Row { line, signed, hexadecimal });
        }
    }
    let all = rows.len();
    let mut counts: BTreeMap<u32, usize> = BTreeMap::new();
    for row in &rows {
        *counts.entry(row.hexadecimal).or_default() += 1;
    }
    rows.retain(|row| {
        i64::from(row.hexadecimal.cast_signed()) == row.signed && counts[&row.hexadecimal] == 1
    });
    (all, rows)
}

/// The forms in which the row's error is pasted: hexadecimal, signed, and, where it is Apple's, by its domain and number,
/// each alone and in words.
fn pastes(row: &Row, codes: &CodeDictionary) -> Vec<String> {
    let hexadecimal = format!("0x{:08X}", row.hexadecimal);
    let decoded = codes.read(&hexadecimal);
    let mut pastes = support::forms_of_code(&hexadecimal);
    if let Some((domain, number)) = decoded.and_then(|code| Some((code.domain?, code.number)))
        && number < 0x8000_0000
    {
        pastes.extend(support::forms_of_code(&format!("{domain} {number}")));
    }
    pastes
}

/// Pastes every row, and says which do not come up among the first `within`, nor the code in another table's row: of 15
/// codes the manuals say more elsewhere.
fn missed(searcher: &Searcher, table: &Path, within: usize) -> Vec<String> {
    let text = fs::read_to_string(table).expect("the table can be read");
    let (all, rows) = unambiguous_rows(&text);
    assert_eq!((all, rows.len()), (307, 303), "the table is the one that was counted");
    let (mut asked, mut missed) = (0, Vec::new());
    for row in &rows {
        let pastes = pastes(row, searcher.codes());
        for paste in pastes {
            asked += 1;
            let found = brought_up(searcher, &paste);
            let codes = [row.signed.to_string(), format!("0x{:08x}", row.hexadecimal)];
            let own = |remedy: &Remedy| {
                let passage = remedy.passage.to_lowercase();
                TABLE.ends_with(&remedy.path) && remedy.line == row.line
                    || codes.iter().any(|code| passage.contains(code))
            };
            if !found.iter().take(within).any(own) {
                let instead = found.first().map(|it| format!("{}:{}", it.path, it.line));
                missed.push(format!("{paste} (line {}): {instead:?}", row.line));
            }
        }
    }
    say(&format!(
        "{} of {asked} pastes of {} rows bring up their row among the first {within}",
        asked - missed.len(),
        rows.len()
    ));
    missed
}

#[test]
#[ignore = "needs the manuals that SHIRUBE_MANUALS names"]
fn every_row_of_the_table_is_found_in_the_manuals() {
    let manuals = manuals();
    let searcher = support::indexed(&[&manuals]);
    say(&format!("{} articles", searcher.snapshot().articles()));
    assert_eq!(missed(&searcher, &manuals.join(TABLE), 1), [""; 0]);
}

#[test]
#[ignore = "needs the manuals that SHIRUBE_MANUALS names"]
fn the_shipped_articles_hold_among_the_manuals() {
    let manuals = manuals();
    let searcher = support::indexed(&[&shipped(), &manuals]);
    let loaded =
        kb::load(&Root::Directory(shipped()), Links::Within).expect("the shipped articles");
    let (mut samples, mut lost) = (0, Vec::new());
    for article in &loaded.articles {
        for sample in &article.samples {
            samples += 1;
            let found = claimed(&searcher, &sample.text);
            let within = if sample.shared { 3 } else { 1 };
            if !found.iter().take(within).any(|id| *id == article.id) {
                lost.push(format!("{}:{}: {:?}", article.path, sample.line, found.first()));
            }
        }
    }
    say(&format!("{} of {samples} samples bring up their article", samples - lost.len()));
    assert!(samples > 20, "the shipped articles have samples");
    assert_eq!(lost, [""; 0]);
    assert_eq!(missed(&searcher, &manuals.join(TABLE), 2), [""; 0]);
}

/// How long a run of characters may be that stands in a manual, too, and how many kana or kanji make it a sentence.
const COPIED: usize = 20;
const JAPANESE: usize = 12;

/// The letters of an article's own sentences: without front matter, code, quotations, addresses and marks.
fn own_sentences(markdown: &str) -> Vec<Vec<char>> {
    let text = match markdown.strip_prefix("---\n").and_then(|rest| rest.split_once("\n---\n")) {
        Some((_, text)) => text,
        None => markdown,
    };
    let (mut fenced, mut sentences) = (false, Vec::new());
    for line in text.lines() {
        if line.trim_start().starts_with("```") {
            fenced = !fenced;
        } else if !fenced {
            let mut own = String::new();
            let mut quoted = None;
            for character in line.chars() {
                match quoted {
                    Some(end) if character == end => quoted = None,
                    Some(_) => {}
                    None => match character {
                        '`' => quoted = Some('`'),
                        '「' => quoted = Some('」'),
                        '『' => quoted = Some('』'),
                        '|' => own.push('。'),
                        _ => own.push(character),
                    },
                }
            }
            sentences.extend(own.split('。').map(letters));
        }
    }
    sentences
}

fn letters(text: &str) -> Vec<char> {
    text.chars().filter(|it| !it.is_whitespace() && !matches!(it, '*' | '#' | '|')).collect()
}

#[test]
#[ignore = "needs the manuals that SHIRUBE_MANUALS names"]
fn nothing_of_the_manuals_is_copied() {
    let japanese = |run: &[char]| {
        run.iter().filter(|it| matches!(it, 'ぁ'..='ヿ' | '一'..='鿿')).count() >= JAPANESE
    };
    let mut own: BTreeMap<Vec<char>, PathBuf> = BTreeMap::new();
    for path in markdown_files(&shipped()) {
        let text = fs::read_to_string(&path).expect("an article");
        for sentence in own_sentences(&text) {
            for run in sentence.windows(COPIED).filter(|run| japanese(run)) {
                own.insert(run.to_vec(), path.clone());
            }
        }
    }
    assert!(own.len() > 10_000, "the articles were read: {}", own.len());
    for path in markdown_files(&manuals()) {
        let Ok(text) = fs::read_to_string(&path) else { continue };
        for run in letters(&text).windows(COPIED) {
            if let Some(article) = own.get(run) {
                let run: String = run.iter().collect();
                panic!("{} has {run} of {}", article.display(), path.display());
            }
        }
    }
}

fn markdown_files(directory: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut open = vec![directory.to_path_buf()];
    while let Some(directory) = open.pop() {
        for entry in fs::read_dir(&directory).expect("a directory").filter_map(Result::ok) {
            let path = entry.path();
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|it| it == "md") {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}
