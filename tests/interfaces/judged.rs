//! The judged pastes, asked by the command line, over HTTP and through the Model Context Protocol: whoever measures one of
//! them has measured all three. Cases with a manual of their own are left to `shirube eval`.

use std::fs;
use std::path::Path;

use serde_json::json;
use shirube::eval::{Case, Figures, cases, judge};

use crate::program::{HttpServer, Place, command_line, text};

const BANK: &str = "tests/data/eval/pastes/visible.jsonl";

/// Of these arguments of the search the other interfaces have their own form.
fn product(case: &Case) -> Option<Option<&str>> {
    match case.arguments.as_slice() {
        [] => Some(None),
        [name, product] if name == "--product" => Some(Some(product)),
        _ => None,
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_judged_paste_is_answered_alike_by_all_three() {
    let bank = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(BANK));
    let bank = cases(&bank.expect("the bank is UTF-8")).expect("every line is a case");
    let place = Place::new();
    let client = place.client(&[]).await;
    let http = HttpServer::start(&place);
    let mut judged = [Vec::new(), Vec::new(), Vec::new()];
    let mut different = Vec::new();
    for case in bank.iter().filter(|case| case.documents.is_none()) {
        let Some(product) = product(case) else { continue };
        let typed = String::from_utf8_lossy(&case.paste);
        let (question, paste) =
            if case.is_question { (typed.as_ref(), &b""[..]) } else { ("", &*case.paste) };
        let mut arguments: Vec<&str> = case.arguments.iter().map(String::as_str).collect();
        arguments.extend(if case.is_question { vec!["-q", question] } else { Vec::new() });
        let terminal = command_line(&place, &arguments, paste);
        let served = http.answer_of(question, product, paste);
        // The protocol is UTF-8: its client has decoded what it pastes.
        let decoded = shirube::source::decode(&case.paste).text;
        let (tool, mut arguments) = if case.is_question {
            ("search_manual", json!({ "question": typed }))
        } else {
            ("answer_log", json!({ "log": decoded }))
        };
        if let Some(product) = product {
            arguments["product"] = product.into();
        }
        let called = client.call(tool, arguments).await;
        let model = text(&called, 1).to_owned();
        if served != terminal {
            different.push(format!("{} over HTTP", case.id));
        }
        // It carries text: what is none cannot be pasted into it.
        if model != terminal && !decoded.contains(['\u{0}', '\u{fffd}']) {
            different.push(format!("{} through MCP", case.id));
        }
        for (judged, answer) in judged.iter_mut().zip([terminal, served, model]) {
            judged.push(judge(case, &answer));
        }
    }
    client.end().await;
    assert!(judged[0].len() >= 150, "only {} were asked", judged[0].len());
    assert_eq!(different, Vec::<String>::new());
    let [terminal, served, model] = judged.map(|judged| {
        let mut figures = Figures::default();
        judged.into_iter().for_each(|case| figures += case.figures);
        figures
    });
    assert!(terminal.cases.right > 0 && terminal.crashed == 0, "{terminal:?}");
    assert_eq!((served, model), (terminal, terminal));
}
