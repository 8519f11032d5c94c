//! Report of an import: articles written and kept, and parts of the source that are in no article.

use std::collections::{BTreeMap, BTreeSet};

use super::text::{Fragment, Role, Screen, TextOptions};
use super::view::either;
use crate::import::{Change, LeftOut, Outcome};
use crate::source::{Language, Phrase};

/// So many of one kind are named; the rest are counted.
const NAMED: usize = 10;

/// The changes, an article a line, and a summary of what was left out.
#[must_use]
pub fn imported(changes: &[Change], left_out: &[LeftOut], options: &TextOptions) -> String {
    let mut screen = Screen::new(options);
    for change in changes.iter().filter(|change| change.outcome != Outcome::Unchanged) {
        let (word, role) = word(change.outcome);
        screen.line(&[
            Fragment::new(word.text(options.language), role),
            Fragment::plain(" "),
            Fragment::new(&change.path, Role::Link),
            Fragment::plain("  "),
            Fragment::new(&change.title, Role::Faint),
        ]);
        if change.outcome == Outcome::Conflict {
            let beside = format!("{}.imported", change.path);
            screen.text(4, conflict(&beside).text(options.language), Role::Plain);
        }
    }
    screen.blank();
    screen.text(0, counts(changes).text(options.language), Role::Strong);
    if !left_out.is_empty() {
        screen.blank();
        screen.text(0, either(options.language, "取り込まなかったもの", "Left out"), Role::Strong);
    }
    let mut kinds: BTreeMap<&Phrase, Vec<&LeftOut>> = BTreeMap::new();
    for it in left_out {
        kinds.entry(&it.what).or_default().push(it);
    }
    for (what, found) in kinds {
        let files: BTreeSet<&str> = found.iter().map(|it| it.file.as_str()).collect();
        let count = Phrase::new(
            format!("{}: {}か所（{}ファイル）", what.text(Language::Ja), found.len(), files.len()),
            format!("{}: {} in {} files", what.text(Language::En), found.len(), files.len()),
        );
        screen.labelled(2, "・", Role::Plain, &[Fragment::plain(count.text(options.language))]);
        // A part with a detail may be worth a look; the chrome of a page is only counted.
        let named: Vec<&&LeftOut> = found.iter().filter(|it| it.detail.is_some()).collect();
        for it in named.iter().take(NAMED) {
            let detail = it.detail.as_deref().unwrap_or_default();
            let place =
                if detail.is_empty() { it.file.clone() } else { format!("{}: {detail}", it.file) };
            screen.text(6, &place, Role::Faint);
        }
        if let Some(more) = named.len().checked_sub(NAMED).filter(|more| *more > 0) {
            let more = Phrase::new(format!("ほかに{more}件"), format!("{more} more"));
            screen.text(6, more.text(options.language), Role::Faint);
        }
    }
    screen.finish()
}

fn word(outcome: Outcome) -> (Phrase, Role) {
    match outcome {
        Outcome::Created => (Phrase::new("追加", "created "), Role::Good),
        Outcome::Updated => (Phrase::new("更新", "updated "), Role::Good),
        Outcome::Unchanged => (Phrase::new("同じ", "same    "), Role::Faint),
        Outcome::Kept => (Phrase::new("保持", "kept    "), Role::Plain),
        Outcome::Conflict => (Phrase::new("確認", "conflict"), Role::Caution),
        Outcome::Vanished => (Phrase::new("消滅", "vanished"), Role::Caution),
        Outcome::Retired => (Phrase::new("退避", "retired "), Role::Good),
    }
}

fn conflict(beside: &str) -> Phrase {
    Phrase::new(
        format!(
            "手で直した記事で、もとの文書も変わりました。新しい文書は {beside} にあります。要るところを写し、import: の行も写して、そのファイルを消してください"
        ),
        format!(
            "you have edited the article, and its document has changed; the new text is in {beside}. Take over what you need and the line `import:`, then remove that file"
        ),
    )
}

fn counts(changes: &[Change]) -> Phrase {
    let of = |outcome| changes.iter().filter(|change| change.outcome == outcome).count();
    let [created, updated, same, kept, conflicts, vanished, retired] = [
        Outcome::Created,
        Outcome::Updated,
        Outcome::Unchanged,
        Outcome::Kept,
        Outcome::Conflict,
        Outcome::Vanished,
        Outcome::Retired,
    ]
    .map(of);
    let (mut ja, mut en) = (String::new(), String::new());
    if vanished > 0 {
        ja = format!(
            "、もとの文書がなくなった {vanished}（--retire で、手で直していないものを退避します）"
        );
        en = format!(
            ", {vanished} without their document (--retire sets aside those that nobody has edited)"
        );
    }
    if retired > 0 {
        ja.push_str(&format!("、退避 {retired}（記事名.md.retired）"));
        en.push_str(&format!(", {retired} retired (NAME.md.retired)"));
    }
    Phrase::new(
        format!(
            "{}件: 追加 {created}、更新 {updated}、変わりなし {same}、手で直したので保持 {kept}、確認が必要 {conflicts}{ja}",
            changes.len()
        ),
        format!(
            "{} articles: {created} created, {updated} updated, {same} unchanged, {kept} kept as edited, {conflicts} to be looked at{en}",
            changes.len()
        ),
    )
}
