//! An evaluation as tables for a terminal: the measures, the claims, the comparison, one query.

use super::text::table::{self, TableRow, cell};
use super::text::{Fragment, Role, Screen, TextOptions, remedy};
use super::view::{evidence, say};
use crate::eval::{Comparison, Evaluation, FLIPS, Measures, RankedRemedy, Trust};
use crate::source::Language;

/// How many queries that got better, and how many that got worse, are named.
const CHANGES: usize = 10;

/// The evaluation as text.
#[must_use]
pub fn evaluation(evaluation: &Evaluation, options: &TextOptions<'_>) -> String {
    let mut screen = Screen::new(options);
    let language = options.language;
    let mut rows = vec![measures_head(language, "")];
    if let Some(comparison) = &evaluation.comparison {
        let (before, now) = (language.pick("前", "before"), language.pick("今", "now"));
        rows.push(measures_row(before, &comparison.before));
        rows.push(measures_row(now, &comparison.now));
    } else {
        rows.push(measures_row("", &evaluation.measures));
    }
    if evaluation.comparison.is_none() {
        // Without a second row nothing needs a name.
        rows.iter_mut().for_each(|row| drop(row.remove(0)));
    }
    screen.lines(0, table::render(&rows, options.width));
    if let Some(comparison) = &evaluation.comparison {
        write_comparison(&mut screen, comparison);
    }
    if let Some(trust) = &evaluation.trust {
        write_trust(&mut screen, trust);
    }
    screen.finish()
}

fn measures_head(language: Language, first: &str) -> TableRow {
    let recall = language.pick("再現率@10", "recall@10");
    let queries = language.pick("質問", "queries");
    [first, queries, "S@1", "MRR@10", "nDCG@10", recall].map(cell).into()
}

fn measures_row(name: &str, measures: &Measures) -> TableRow {
    let numbers = [measures.success_at_1, measures.reciprocal_rank, measures.ndcg, measures.recall];
    let mut row = vec![cell(name), cell(measures.queries.to_string())];
    row.extend(numbers.map(|number| cell(format!("{number:.4}"))));
    row
}

fn write_comparison(screen: &mut Screen<'_>, comparison: &Comparison) {
    let language = screen.language();
    screen.blank();
    let said = say!(
        language,
        "偶然にこれだけの差が出る確率: S@1 {:.3}、nDCG@10 {:.3}（符号を無作為に{FLIPS}回入れ替える検定）",
        "Chance alone makes such a difference with a probability of {:.3} (S@1), {:.3} (nDCG@10); \
             paired randomization test, {FLIPS} flips",
        comparison.chance_success_at_1,
        comparison.chance_ndcg
    );
    screen.text(0, &said, Role::Plain);
    let (better, worse) =
        (language.pick("よくなった質問", "Better"), language.pick("悪くなった質問", "Worse"));
    for (heading, changes) in [(better, &comparison.better), (worse, &comparison.worse)] {
        let heading = say!(language, "{heading}: {}件", "{heading}: {}", changes.len());
        screen.text(0, &heading, Role::Strong);
        for change in changes.iter().take(CHANGES) {
            let (before, now) = (change.before.ndcg, change.now.ndcg);
            let said = format!("{}  nDCG@10 {before:.3} → {now:.3}", change.query);
            screen.text(2, &said, Role::Plain);
        }
        if changes.len() > CHANGES {
            screen.text(2, "…", Role::Faint);
        }
    }
}

fn write_trust(screen: &mut Screen<'_>, trust: &Trust) {
    let language = screen.language();
    screen.blank();
    let said = say!(
        language,
        "対処を示した質問: {} / {}件、うち正しい {}件（{:.1}%）",
        "Claimed: {} of {} queries, {} of the claims right ({:.1}%)",
        trust.claimed,
        trust.answerable,
        trust.right,
        100.0 * trust.precision()
    );
    screen.text(0, &said, Role::Plain);
    if trust.unanswerable > 0 {
        let said = say!(
            language,
            "答えのない質問に対処を示した: {} / {}件（{:.1}%）",
            "Claimed where nothing answers: {} of {} ({:.1}%)",
            trust.wrongly_claimed,
            trust.unanswerable,
            100.0 * trust.wrong_claim_rate()
        );
        screen.text(0, &said, Role::Plain);
    }
    let said = say!(
        language,
        "確度のずれ（ECE、0から1までを{}等分）: {:.3}",
        "Expected calibration error ({} bins of equal width): {:.3}",
        trust.bins.len(),
        trust.calibration_error()
    );
    screen.text(0, &said, Role::Plain);
    let head = language.pick(
        ["確度", "件数", "正しい", "割合", "確度の平均"],
        ["confidence", "claims", "right", "share", "mean confidence"],
    );
    let mut rows: Vec<TableRow> = vec![head.map(cell).into()];
    for bin in trust.bins.iter().filter(|bin| bin.claims > 0) {
        let to = bin.from + 1.0 / trust.bins.len() as f64;
        rows.push(vec![
            cell(format!("{:.1}–{to:.1}", bin.from)),
            cell(bin.claims.to_string()),
            cell(bin.right.to_string()),
            cell(format!("{:.2}", bin.right as f64 / bin.claims as f64)),
            cell(format!("{:.2}", bin.confidence)),
        ]);
    }
    screen.lines(2, table::render(&rows, screen.width_after(2)));
}

/// One query with what was found for each of its incidents, and why.
#[must_use]
pub fn query_shown(
    text: &str,
    incidents: &[(String, Vec<RankedRemedy>)],
    options: &TextOptions<'_>,
) -> String {
    let mut screen = Screen::new(options);
    let language = options.language;
    screen.text(0, text, Role::Code);
    for (masked, found) in incidents {
        screen.blank();
        screen.text(0, masked, Role::Strong);
        for it in found {
            write_found(&mut screen, it);
        }
        if found.is_empty() {
            screen.text(2, language.pick("何も見つかりません", "nothing is found"), Role::Plain);
        }
    }
    screen.finish()
}

fn write_found(screen: &mut Screen<'_>, found: &RankedRemedy) {
    let language = screen.language();
    let grade = match found.grade {
        Some(0) => say!(language, "（不正解）", " (wrong)"),
        Some(grade) => say!(language, "（正解 {grade}）", " (right, grade {grade})"),
        None => String::new(),
    };
    let line = [
        Fragment::plain(&found.remedy.title),
        Fragment::new(grade, Role::Good),
        Fragment::new(format!("  {}", found.remedy.passage_id), Role::Faint),
    ];
    screen.labelled(0, &format!("{:>3} ", found.rank), Role::Strong, &line);
    let because = evidence::reasons(&found.remedy.evidence, language);
    screen.text(4, &because.join(language.pick("・", "; ")), Role::Plain);
    remedy::write_score(screen, &found.remedy);
}
