//! Report of an import: articles written and kept, and parts of the source that are in no article.

use std::collections::{BTreeMap, BTreeSet};

use super::text::{Fragment, Role, Screen, TextOptions};
use super::view::say;
use crate::import::{Became, Change, LeftOut};
use crate::source::{Language, Phrase};

/// So many of one kind are named; the rest are counted.
const NAMED: usize = 10;

/// The changes, an article a line, and a summary of what was left out.
#[must_use]
pub fn imported(changes: &[Change], left_out: &[LeftOut], options: &TextOptions) -> String {
    let language = options.language;
    let mut screen = Screen::new(options);
    for change in changes.iter().filter(|change| change.outcome != Became::Unchanged) {
        let (word, role) = word(change.outcome, language);
        screen.line(&[
            Fragment::new(word, role),
            Fragment::plain(" "),
            Fragment::new(&change.path, Role::Link),
            Fragment::plain("  "),
            Fragment::new(&change.title, Role::Faint),
        ]);
        if change.outcome == Became::Conflict {
            screen.text(4, &conflict(&format!("{}.imported", change.path), language), Role::Plain);
        }
    }
    screen.blank();
    screen.text(0, &counts(changes, language), Role::Strong);
    if !left_out.is_empty() {
        screen.blank();
        screen.text(0, language.pick("取り込まなかったもの", "Left out"), Role::Strong);
    }
    let mut kinds: BTreeMap<&Phrase, Vec<&LeftOut>> = BTreeMap::new();
    for it in left_out {
        kinds.entry(&it.what).or_default().push(it);
    }
    for (what, found) in kinds {
        let files: BTreeSet<&str> = found.iter().map(|it| it.file.as_str()).collect();
        let (what, count, files) = (what.text(language), found.len(), files.len());
        let told = say!(
            language,
            "{what}: {count}か所（{files}ファイル）",
            "{what}: {count} in {files} files"
        );
        screen.entry(2, "・", told);
        // A part with a detail may be worth a look; the chrome of a page is only counted.
        let named: Vec<&&LeftOut> = found.iter().filter(|it| it.detail.is_some()).collect();
        for it in named.iter().take(NAMED) {
            let detail = it.detail.as_deref().unwrap_or_default();
            let place =
                if detail.is_empty() { it.file.clone() } else { format!("{}: {detail}", it.file) };
            screen.text(6, &place, Role::Faint);
        }
        if let Some(more) = named.len().checked_sub(NAMED).filter(|more| *more > 0) {
            screen.text(6, &say!(language, "ほかに{more}件", "{more} more"), Role::Faint);
        }
    }
    screen.finish()
}

fn word(outcome: Became, language: Language) -> (&'static str, Role) {
    match outcome {
        Became::Created => (language.pick("追加", "created "), Role::Good),
        Became::Updated => (language.pick("更新", "updated "), Role::Good),
        Became::Unchanged => (language.pick("同じ", "same    "), Role::Faint),
        Became::Kept => (language.pick("保持", "kept    "), Role::Plain),
        Became::Conflict => (language.pick("確認", "conflict"), Role::Caution),
        Became::Vanished => (language.pick("消滅", "vanished"), Role::Caution),
        Became::Retired => (language.pick("退避", "retired "), Role::Good),
    }
}

fn conflict(beside: &str, language: Language) -> String {
    say!(
        language,
        "手で直した記事で、もとの文書も変わりました。新しい文書は {beside} にあります。要るところを写し、import: の行も写して、そのファイルを消してください",
        "you have edited the article, and its document has changed; the new text is in {beside}. Take over what you need and the line `import:`, then remove that file"
    )
}

fn counts(changes: &[Change], language: Language) -> String {
    let of = |outcome| changes.iter().filter(|change| change.outcome == outcome).count();
    let all = changes.len();
    let (created, updated, same) =
        (of(Became::Created), of(Became::Updated), of(Became::Unchanged));
    let (kept, conflicts) = (of(Became::Kept), of(Became::Conflict));
    let (vanished, retired) = (of(Became::Vanished), of(Became::Retired));
    let mut told = say!(
        language,
        "{all}件: 追加 {created}、更新 {updated}、変わりなし {same}、手で直したので保持 {kept}、確認が必要 {conflicts}",
        "{all} articles: {created} created, {updated} updated, {same} unchanged, {kept} kept as edited, {conflicts} to be looked at"
    );
    if vanished > 0 {
        told.push_str(&say!(
            language,
            "、もとの文書がなくなった {vanished}（--retire で、手で直していないものを退避します）",
            ", {vanished} without their document (--retire sets aside those that nobody has edited)"
        ));
    }
    if retired > 0 {
        told.push_str(&say!(
            language,
            "、退避 {retired}（記事名.md.retired）",
            ", {retired} retired (NAME.md.retired)"
        ));
    }
    told
}
