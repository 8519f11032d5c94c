//! An article, and the list of all articles, for a terminal.

use jiff::civil::Date;

use super::markdown::render;
use super::{Role, Screen, TextOptions};
use crate::article::as_read;
use crate::report::view::markdown::Around;
use crate::report::view::remedy::updated;
use crate::report::view::say;
use crate::search::{ArticleEntry, ArticleText};
use crate::source::Language;

/// An article, or a passage of it, as a person reads it: names, cautions, text.
#[must_use]
pub fn article_text(article: &ArticleText, options: &TextOptions<'_>) -> String {
    let language = options.language;
    let mut screen = Screen::new(options);
    let heading = std::iter::once(&article.title).chain(&article.section);
    screen.text(0, &heading.map(String::as_str).collect::<Vec<&str>>().join(" › "), Role::Strong);
    let mut facts = vec![article.passage_id.as_deref().unwrap_or(&article.id).to_owned()];
    facts.extend(article.product.clone());
    facts.extend(article.updated.map(|day| updated(day, options.today, language)));
    facts.extend(kept(article.reviewed, article.owner.as_deref(), language));
    screen.facts_between(0, &facts, language.pick("・", " · "));
    screen.line(&[screen.place(&article.path, article.line)]);
    if let Some(last) = article.valid_until.filter(|last| *last < options.today) {
        let told =
            say!(language, "この手順は {last} までのものです", "this procedure held until {last}");
        screen.text(0, &told, Role::Expired);
    }
    // The title is above already.
    let heading = article.passage_id.is_none().then_some(article.title.trim());
    let around = Around { path: &article.path, cautions: &article.cautions, heading };
    if !article.cautions.is_empty() {
        screen.blank();
        screen.text(0, language.pick("⚠ 実行前に", "⚠ Before you act"), Role::Caution);
        for caution in &article.cautions {
            let around = Around { path: &article.path, ..Around::default() };
            screen.lines(2, render(caution, screen.width_after(2), around));
        }
    }
    screen.blank();
    screen.lines(0, render(&as_read(&article.markdown), screen.width_after(0), around));
    screen.finish()
}

/// The articles for a person: the title, and under it what is known of the article.
#[must_use]
pub fn article_index(
    articles: &[ArticleEntry],
    said: &dyn Fn(&str) -> (u64, u64),
    options: &TextOptions<'_>,
) -> String {
    let language = options.language;
    let mut screen = Screen::new(options);
    for article in articles {
        screen.text(0, &article.title, Role::Strong);
        let mut facts = vec![article.id.clone()];
        facts.extend(article.product.clone());
        facts.extend(article.updated.map(|day| updated(day, options.today, language)));
        facts.extend(kept(article.reviewed, article.owner.as_deref(), language));
        let (helped, in_vain) = said(&article.id);
        let told = helped + in_vain;
        facts.extend(
            (told > 0).then(|| say!(language, "解決 {helped}/{told}", "solved {helped}/{told}")),
        );
        screen.facts_between(2, &facts, language.pick("・", " · "));
    }
    screen.finish()
}

fn kept(reviewed: Option<Date>, owner: Option<&str>, language: Language) -> Vec<String> {
    let labelled = |ja, en, text: &str| format!("{} {text}", language.pick(ja, en));
    let reviewed = reviewed.map(|day| labelled("確認", "reviewed", &day.to_string()));
    let owner = owner.map(|owner| labelled("担当", "kept by", owner));
    reviewed.into_iter().chain(owner).collect()
}

/// The articles, one a line, as a table that other programs can cut: id, date, product, how often each helped
/// and was shown in vain, title, when it was last found right, who keeps it.
#[must_use]
pub fn article_list(
    articles: &[ArticleEntry],
    said: &dyn Fn(&str) -> (u64, u64),
    options: &TextOptions<'_>,
) -> String {
    let mut screen = Screen::new(options);
    for article in articles {
        let (helped, in_vain) = said(&article.id);
        let day = article.updated.map_or_else(|| "-".to_owned(), |day| day.to_string());
        let product = article.product.as_deref().unwrap_or("-");
        let said = match (helped, in_vain) {
            (0, 0) => "-".to_owned(),
            _ => format!("{helped}/{}", helped + in_vain),
        };
        let reviewed = article.reviewed.map_or_else(|| "-".to_owned(), |day| day.to_string());
        let owner = article.owner.as_deref().unwrap_or("-");
        let parts = [article.id.as_str(), &day, product, &said, &article.title, &reviewed, owner];
        // The tabs between the columns are the table's own.
        screen.columns(&parts);
    }
    screen.finish()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn the_list_for_a_person_fits_the_screen() {
        let entry = ArticleEntry {
            path: "sync/stops.md".into(),
            id: "sync/stops".into(),
            title: "端末の同期が長い間止まったままで始まらない".into(),
            product: Some("製品".into()),
            updated: Some(date(2026, 1, 5)),
            reviewed: None,
            owner: Some("情シス".into()),
        };
        let options = TextOptions::plain(Language::Ja, 40, date(2026, 11, 23));
        insta::assert_snapshot!(article_index(&[entry], &|_| (2, 1), &options));
    }
}
