//! A flow as a diagram in Mermaid's language.

use std::fmt::Write as _;

use super::document::{Flow, Verdict, VerdictKind};
use crate::source::Language;

/// Draws the flow: a diamond a check, a box an end, an arrow a case.
pub fn mermaid(flow: &Flow) -> String {
    let mut diagram = format!("---\ntitle: {}\n---\nflowchart TD\n", one_line(&flow.title));
    for (index, check) in flow.checks.iter().enumerate() {
        let name = format!("{} {}", check.number, check.title);
        line(&mut diagram, format_args!("  c{index}{{\"{}\"}}", label(name.trim())));
        for (number, case) in check.cases.iter().enumerate() {
            let end = format!("e{index}_{number}");
            // The condition in words: a diagram is for people.
            let condition = label(case.when.in_words(flow).text(Language::Ja));
            let then = case.verdict.then.map(|then| format!("c{then}"));
            let goes_on = case.verdict.kind == VerdictKind::Next;
            if let Some(target) = then.as_ref().filter(|_| goes_on) {
                line(&mut diagram, format_args!("  c{index} -- \"{condition}\" --> {target}"));
                continue;
            }
            let (text, (open, close)) = ending(&case.verdict);
            line(&mut diagram, format_args!("  {end}{open}\"{}\"{close}", label(&text)));
            line(&mut diagram, format_args!("  c{index} -- \"{condition}\" --> {end}"));
            if let Some(then) = then {
                line(&mut diagram, format_args!("  {end} -.-> {then}"));
            }
        }
    }
    diagram
}

fn line(diagram: &mut String, text: std::fmt::Arguments<'_>) {
    let _ = writeln!(diagram, "{text}");
}

/// The label of an end, and the brackets that give it its shape.
fn ending(verdict: &Verdict) -> (String, (&'static str, &'static str)) {
    let shape = match verdict.kind {
        VerdictKind::Cause => ("[", "]"),
        VerdictKind::Open => ("[/", "/]"),
        VerdictKind::Log => ("[[", "]]"),
        VerdictKind::Done | VerdictKind::Next => ("([", "])"),
    };
    let text = match verdict.kind.name() {
        Some([name, _]) => format!("{name}: {}", verdict.text),
        None => "終わり".to_owned(),
    };
    (text, shape)
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A text that is between quotation marks: what Mermaid would read otherwise is an entity.
fn label(text: &str) -> String {
    let mut label = String::with_capacity(text.len());
    for character in one_line(text).chars() {
        match character {
            '"' => label.push_str("#quot;"),
            '<' => label.push_str("#lt;"),
            '>' => label.push_str("#gt;"),
            '#' => label.push_str("#35;"),
            '`' => label.push_str("#96;"),
            _ => label.push(character),
        }
    }
    label
}

#[cfg(test)]
crate::source::cases! {
    diagrams_of_flows: |text| mermaid(&crate::flow::parse("flows/a.md", text));
}
