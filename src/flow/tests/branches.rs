//! Each branch of the shipped flows is reached by a paste (`tests/data/flows/`).

use include_dir::{Dir, include_dir};
use serde::Deserialize;

use super::paste::{answers, incident, next, of, reasons, remedy, screen, states, table};
use crate::facts::Incident;
use crate::flow::{Conclusion, State};

static BRANCHES: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/tests/data/flows");

const REQUIRED: &str = "bizmobile-profile-sync-required";
const NOT_COMPLETE: &str = "bizmobile-sync-not-complete";
const CLOMO: &str = "clomo-command-not-received";
const OVERWRITE: &str = "mobiconnect-profile-overwrite";
const NOW: &str = "2024-05-08T18:00:00";

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    branch: Vec<Branch>,
}

/// A paste, and what the flow comes to.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Branch {
    /// The paste; or a table whose device is in the column 端末番号, the facts of a screen, and messages
    /// of a log.
    paste: String,
    table: String,
    screen: String,
    messages: Vec<String>,
    /// The flow, with its checks, its remedy and the comparisons that decided; where none is named, only what is
    /// computed counts.
    flow: Option<String>,
    states: String,
    remedy: String,
    reasons: Option<String>,
    computed: Option<String>,
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
    assert_eq!(count, 81);
}

fn check(branch: &Branch) {
    let mut facts = table(&branch.table, "端末番号");
    facts.extend(screen(&branch.screen));
    let incidents: Vec<Incident> = branch.messages.iter().map(|it| incident(it, &[])).collect();
    let answers = match branch.paste.as_str() {
        "" => answers(&facts, &incidents, NOW),
        paste => super::read::walked(paste),
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
}

/// The two usual causes were not looked at.
#[test]
fn a_long_silence_alone_is_a_candidate() {
    let answers = answers(&screen("最終応答\t2024-04-02"), &[], NOW);
    let answer = of(&answers, CLOMO);
    assert_eq!(answer.conclusion, Conclusion::Open);
    assert!(next(answer).starts_with("「MDMプッシュ通知用証明書の年次更新」"), "{}", next(answer));
}

#[test]
fn what_is_overwritten_is_done() {
    let facts = table("端末番号,構成プロファイル上書き完了\na,TRUE", "端末番号");
    assert_eq!(of(&answers(&facts, &[], NOW), OVERWRITE).conclusion, Conclusion::Done);
}

#[test]
fn flows_of_one_symptom_that_disagree_leave_it_open() {
    let paste = "最終アクセス\t2024年05月08日 17:19:40\nデバイス情報を要求\t2024年05月08日 17:19:29\nセキュリティチェック\t2024年05月08日 17:19:35";
    let answers = answers(&screen(paste), &[], NOW);
    let ids: Vec<&str> = answers.iter().map(|answer| answer.id.as_str()).collect();
    assert_eq!(ids, [REQUIRED, NOT_COMPLETE], "the newer flow leads");
    for (answer, number) in answers.iter().zip(["3-c", "4"]) {
        assert_eq!(answer.conclusion, Conclusion::Disputed);
        let step = answer.steps.iter().find(|step| step.number == number).expect("the check");
        assert_eq!(step.state, State::Unknown);
        let dispute = step.dispute.as_ref().expect("it is disputed");
        assert_eq!(dispute.leads, number == "4");
        assert!(!dispute.reasons.is_empty());
        assert!(next(answer).contains("判断が分かれます"));
    }
    assert_eq!(
        reasons(&answers[0]),
        "「最終アクセス」（2024-05-08 17:19:40）が「セキュリティチェック」（2024-05-08 17:19:35）より後"
    );
}

#[test]
fn premises_are_asked_for_where_they_decide() {
    let locked = "最終アクセス\t2024年05月08日 17:19:30\nデバイス情報を要求\t2024年05月08日 17:19:29\nセキュリティチェック\t2024年05月06日 08:00:00";
    let answered = answers(&screen(locked), &[], NOW);
    let answer = of(&answered, NOT_COMPLETE);
    assert_eq!(answer.conclusion, Conclusion::Open, "a premise states nothing");
    let step = answer.steps.iter().find(|step| step.number == "4").expect("the check");
    assert!(step.candidate && step.remedy.is_some());
    assert_eq!(step.assumed, [("操作の種類".to_owned(), "プロファイルの変更".to_owned())]);
    assert!(next(answer).contains("「操作の種類」"), "{}", next(answer));
    let leading = of(&answered, REQUIRED);
    assert!(next(leading).contains("「操作の種類」"), "{}", next(leading));
    let told = format!("{locked}\n操作の種類\tプロファイルの追加");
    let answered = answers(&screen(&told), &[], NOW);
    assert_eq!(of(&answered, NOT_COMPLETE).conclusion, Conclusion::Cause);
    assert_eq!(next(of(&answered, NOT_COMPLETE)), "");
    let silent =
        "最終アクセス\t2024年05月06日 17:19:30\nデバイス情報を要求\t2024年05月08日 17:19:29";
    let answered = answers(&screen(silent), &[], NOW);
    assert_eq!(next(of(&answered, NOT_COMPLETE)), "");
}
