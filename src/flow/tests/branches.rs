//! Each branch of the shipped flows is reached by a paste (`tests/data/flows/`).

use include_dir::{Dir, include_dir};
use serde::Deserialize;

use super::paste::{answers, incident, next, of, reasons, remedy, screen, states, table};
use crate::facts::Incident;
use crate::flow::FlowAnswer;
use crate::kb;
use crate::record::{ReadOptions, Vocabulary, read};

static BRANCHES: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/tests/data/flows");

const NOW: &str = "2024-05-08T18:00:00";

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    branch: Vec<Branch>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Branch {
    /// The paste; or a table with devices in 端末番号, the facts of a screen, and messages of a log.
    paste: String,
    table: String,
    screen: String,
    messages: Vec<String>,
    device: Option<String>,
    now: Option<String>,
    /// The flow with its checks, its remedy and what decided; where none is named, only what is computed counts.
    flow: Option<String>,
    states: String,
    remedy: String,
    reasons: Option<String>,
    computed: Option<String>,
    /// All answers, as [`told`] writes them.
    answers: Option<Vec<String>>,
}

#[test]
fn each_branch_is_reached() {
    let mut count = 0;
    for file in BRANCHES.files() {
        let text = file.contents_utf8().expect("it is text");
        let file: File = toml::from_str(text).unwrap_or_else(|error| panic!("{error}"));
        for branch in file.branch {
            check(&branch);
            count += 1;
        }
    }
    assert_eq!(count, 105);
}

fn check(branch: &Branch) {
    let mut facts = table(&branch.table, "端末番号");
    facts.extend(screen(&branch.screen));
    let devices: Vec<&str> = branch.device.as_deref().into_iter().collect();
    let messages = branch.messages.iter();
    let incidents: Vec<Incident> = messages.map(|it| incident(it, &devices)).collect();
    let answers = match branch.paste.as_str() {
        "" => answers(&facts, &incidents, branch.now.as_deref().unwrap_or(NOW)),
        paste => walked(paste),
    };
    if let Some(flow) = &branch.flow {
        let answer = of(&answers, flow);
        assert_eq!(states(answer), branch.states, "{branch:?}");
        assert_eq!(remedy(answer), branch.remedy, "{branch:?}");
        if let Some(expected) = &branch.reasons {
            assert_eq!(reasons(answer), *expected, "{branch:?}");
        }
    }
    if let Some(expected) = &branch.computed {
        let steps = answers.iter().flat_map(|answer| &answer.steps);
        let computed = steps.flat_map(|step| &step.computed);
        let computed: Vec<String> =
            computed.map(|computed| format!("{} {}", computed.name, computed.least)).collect();
        assert_eq!(computed, [expected.as_str()], "{branch:?}");
    }
    if let Some(expected) = &branch.answers {
        assert_eq!(answers.iter().map(told).collect::<Vec<_>>(), *expected, "{branch:?}");
    }
}

fn walked(paste: &str) -> Vec<FlowAnswer> {
    let vocabulary = Vocabulary::new(kb::embedded().codes.clone());
    let reading = read(None, paste.as_bytes(), &ReadOptions::default(), &vocabulary);
    answers(&reading.facts, &reading.incidents, NOW)
}

fn told(answer: &FlowAnswer) -> String {
    let devices = answer.devices.join(",");
    let mut told = vec![
        format!("{} {:?} {}×{devices}", answer.id, answer.conclusion, answer.row_count),
        states(answer),
    ];
    for it in &answer.contradictions {
        let values = it.values.iter().map(|(value, place)| format!("{value} at {}", place.line));
        told.push(format!("{}: {}", it.label, values.collect::<Vec<_>>().join(", ")));
    }
    for step in &answer.steps {
        let number = &step.number;
        let computed = step.computed.iter();
        told.extend(computed.map(|it| format!("{} {}–{}", it.name, it.least, it.greatest)));
        told.extend(step.assumed.iter().map(|it| format!("{number} where {} is {}", it.0, it.1)));
        told.extend(step.dispute.iter().map(|it| {
            let which = if it.leads { "newer" } else { "older" };
            format!("{number} against the {which} {}", it.flow)
        }));
        told.extend(step.incidents.iter().map(|it| format!("{number} of incident {it}")));
        told.extend(step.ask.iter().map(|it| {
            let place = it.place.as_deref().unwrap_or("-");
            format!("{number} asks {} {place}", it.label.as_deref().unwrap_or("-"))
        }));
    }
    told.extend(Some(next(answer)).filter(|next| !next.is_empty()));
    told.join("; ")
}
