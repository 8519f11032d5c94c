use std::collections::BTreeSet;

use super::*;
use crate::facts::{CodeDictionary, Severity};
use crate::record::{ReadOptions, Reading, Vocabulary};

fn reading(formats: Formats, paste: &str) -> Reading {
    let vocabulary = Vocabulary { formats, ..Vocabulary::default() };
    let now = jiff::civil::date(2024, 6, 1).at(0, 0, 0, 0);
    let options = ReadOptions { now: Some(now), ..ReadOptions::default() };
    crate::record::read(None, paste.as_bytes(), &options, &vocabulary)
}

#[test]
fn every_shipped_format_is_read_and_has_samples() {
    for (path, text) in shipped() {
        let format = compile::compile(&path, text, true).unwrap_or_else(|told| panic!("{told:?}"));
        assert_eq!(path, format!("kb/formats/{}.toml", format.name));
        assert!(!format.samples.is_empty() && text.contains("\nsource = \""), "{path}");
    }
    let names: Vec<_> = Formats::default().names().collect();
    assert_eq!(names.iter().collect::<BTreeSet<_>>().len(), SHIPPED.files().count());
}

#[test]
fn the_set_of_all_openings_says_what_each_format_says() {
    let formats = Formats::default();
    let (set, owners) = formats.0.openings().expect("it is small enough");
    let mut found = 0;
    for (_, text) in shipped() {
        for line in text.lines().flat_map(|line| [line, line.get(1..).unwrap_or(line)]) {
            let mut of_set: Vec<usize> = set.matches(line).iter().map(|it| owners[it]).collect();
            of_set.dedup();
            let opens =
                |place: &usize| formats.0.formats[*place].openings().any(|it| it.is_match(line));
            let one_by_one: Vec<usize> = (0..formats.0.formats.len()).filter(opens).collect();
            assert_eq!(of_set, one_by_one, "{line}");
            found += of_set.len();
        }
    }
    assert!(found > 60, "{found}");
}

#[test]
fn the_shipped_samples_come_out_and_no_other_format_takes_them() {
    let problems = Formats::default().check(&CodeDictionary::default(), &|_| true);
    assert_eq!(problems, []);
}

/// A format that exists nowhere, by one file alone.
const NOWHERE: &str = include_str!("../../../tests/data/tower.toml");

/// The faults of the format of a file beside the shipped ones.
fn problems(text: &str) -> Vec<FormatProblem> {
    let (formats, warnings) = Formats::parse([("formats/tower.toml", text)]);
    assert_eq!(warnings, []);
    formats.check(&CodeDictionary::default(), &|path| path.starts_with("formats/"))
}

#[test]
fn one_file_alone_adds_a_format() {
    let (formats, warnings) = Formats::parse([("formats/tower.toml", NOWHERE)]);
    assert_eq!(warnings, []);
    assert_eq!(formats.names().next(), Some("tower"));
    assert_eq!(problems(NOWHERE), []);
    let paste = "#Y iPad-09|2024-05-08 10:00:01|E12|too many planes\nplain text\n";
    let reading = reading(formats, paste);
    assert_eq!(reading.formats, ["tower", "lines"]);
    let first = &reading.incidents[0];
    assert_eq!((first.message.as_str(), first.severity), ("too many planes", Severity::Warning));
    assert_eq!(first.product.as_deref(), Some("Tower"));
    assert_eq!(first.codes.iter().map(|code| code.number).collect::<Vec<_>>(), [12]);
}

#[test]
fn a_file_of_a_shipped_name_takes_its_place() {
    let text = "name = \"munki\"\nja = \"a\"\nen = \"a\"\npattern = '^%% (?<message>.*)$'\n";
    let (formats, warnings) = Formats::parse([("formats/munki.toml", text)]);
    assert_eq!(warnings, []);
    assert_eq!(formats.names().filter(|name| *name == "munki").count(), 1);
    assert_eq!(reading(formats, "%% hello there\n").formats, ["munki"]);
}

crate::source::cases! {
    formats_that_are_left_out: |text| {
        let files = [("formats/x.toml", text), ("formats/tower.toml", NOWHERE)];
        let (formats, warnings) = Formats::parse(files);
        assert!(warnings.iter().all(|warning| warning.file.as_deref() == Some("formats/x.toml")));
        let own = formats.names().filter(|name| ["x", "tower"].contains(name));
        format!("{}: {}", shown(warnings.first().and_then(|it| it.line)), listed(own))
    };
}

#[test]
fn a_sample_that_does_not_come_out_says_where_the_pattern_stops() {
    let wrong = NOWHERE.replace("(?<level>[A-Z]) ", "(?<level>[A-Z])-");
    let told = problems(&wrong).into_iter().next().expect("the sample is not read");
    let english = told.message.text(crate::source::Language::En);
    assert_eq!(told.line, 6);
    assert!(english.contains("\"#R\"") && english.contains("cannot match \" iPad"), "{english}");
    let wrong = NOWHERE.replace("R = \"error\"", "R = \"warning\"");
    assert_eq!(problems(&wrong).len(), 1);
}

#[test]
fn two_formats_that_take_the_same_line_are_told() {
    let other = NOWHERE.replace("\"tower\"", "\"airport\"");
    let (formats, _) =
        Formats::parse([("formats/tower.toml", NOWHERE), ("formats/airport.toml", other.as_str())]);
    let problems =
        formats.check(&CodeDictionary::default(), &|path| path == "formats/airport.toml");
    let told: Vec<&str> =
        problems.iter().map(|it| it.message.text(crate::source::Language::En)).collect();
    assert!(told.iter().any(|told| told.contains("also be taken by tower")), "{told:?}");
}
