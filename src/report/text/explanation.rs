//! Explanation of a code, for a person: its meanings, its forms, the articles that treat it.

use super::wrap::columns;
use super::{Fragment, Role, Screen, TextOptions};
use crate::facts::Explanation;
use crate::knowledge_base::{Explained, ExplainedError};
use crate::report::view::say;
use crate::search::CodeMention;
use crate::source::Language;

/// How many articles are listed for one code.
const ARTICLES: usize = 10;

/// Every meaning that a code may have, each with its articles, as text for a terminal.
#[must_use]
pub fn explanations(found: &Explained, options: &TextOptions) -> String {
    let mut screen = Screen::new(options);
    for error in &found.named_codes {
        write_named(&mut screen, error);
        screen.blank();
    }
    for code in &found.codes {
        write(&mut screen, code);
        screen.blank();
    }
    screen.finish()
}

fn write(screen: &mut Screen<'_>, found: &ExplainedError<Explanation>) {
    let language = screen.language();
    let explanation = &found.error;
    let code = &explanation.code;
    let mut title = code.domain.clone().unwrap_or_default();
    title.push_str(if title.is_empty() { "" } else { " " });
    // A result code is known by its hexadecimal form.
    title.push_str(&match u32::try_from(code.number) {
        Ok(bits @ 0x8000_0000..) => format!("0x{bits:08X}"),
        _ => code.number.to_string(),
    });
    screen.text(0, &title, Role::Strong);
    let note = explanation.note.as_ref().map(|note| note.text(language).to_owned());
    let meaning = explanation.meaning.as_ref().map(|meaning| {
        let mut said = meaning.text(language).to_owned();
        if let Some(name) = &explanation.name {
            said.push_str(&format!(" ({name})"));
        }
        said
    });
    let told = found.meaning_of_articles().filter(|_| meaning.is_none());
    let meaning = meaning.or_else(|| told.map(str::to_owned));
    let domain = explanation.domain.as_ref().map(|domain| domain.text(language).to_owned());
    let forms = explanation.forms.join(language.pick("、", ", "));
    let entries = [
        (language.pick("関係: ", "Related: "), note),
        (
            language.pick("意味: ", "Meaning: "),
            meaning.or_else(|| Some(language.pick("不明", "unknown").to_owned())),
        ),
        (language.pick("分野: ", "Domain: "), domain),
        (language.pick("書き方: ", "Forms: "), Some(forms)),
        (language.pick("公表元: ", "Published: "), explanation.source.clone()),
    ];
    write_entries(screen, entries);
    write_articles(screen, &found.articles, told);
}

fn write_named(screen: &mut Screen<'_>, found: &ExplainedError<String>) {
    let language = screen.language();
    screen.text(0, &found.error, Role::Strong);
    let told = found.meaning_of_articles();
    let meaning = told.unwrap_or_else(|| language.pick("不明", "unknown")).to_owned();
    write_entries(screen, [(language.pick("意味: ", "Meaning: "), Some(meaning))]);
    write_articles(screen, &found.articles, told);
}

fn write_entries<const N: usize>(
    screen: &mut Screen<'_>,
    entries: [(&'static str, Option<String>); N],
) {
    let width = entries.iter().map(|(label, _)| columns(label)).max().unwrap_or(0);
    for (label, said) in entries {
        let Some(said) = said else { continue };
        let role = if said.contains("://") { Role::Link } else { Role::Plain };
        let padded = format!("{label}{}", " ".repeat(width - columns(label)));
        screen.labelled(2, &padded, Role::Plain, &[Fragment::new(&said, role)]);
    }
}

/// Lists the articles; where their own meaning was `told`, each that says otherwise with its own.
fn write_articles(screen: &mut Screen<'_>, articles: &[CodeMention], told: Option<&str>) {
    let language = screen.language();
    if articles.is_empty() {
        screen.text(2, language.pick("扱う記事: なし", "Articles: none"), Role::Plain);
        return;
    }
    screen.text(2, language.pick("扱う記事:", "Articles:"), Role::Plain);
    for article in articles.iter().take(ARTICLES) {
        let mut title = article.title.clone();
        if let Some(product) = &article.product {
            title.push_str(&say!(language, "（{product}）", " ({product})"));
        }
        screen.entry(4, "・", title);
        if let Some(other) =
            article.meaning.as_deref().filter(|it| told.is_some_and(|told| told != *it))
        {
            screen.entry(6, language.pick("意味: ", "Meaning: "), other);
        }
        screen.labelled(6, "", Role::Plain, &[screen.place(&article.path, article.line)]);
    }
    let rest = articles.len().saturating_sub(ARTICLES);
    if rest > 0 {
        screen.text(4, &say!(language, "ほかに{rest}件", "and {rest} more"), Role::Plain);
    }
}
