//! Documents of other systems, turned into articles.
//!
//! 1. [`read`] gives each file to the first source of `SOURCES` that recognizes it: saved pages of
//!    a help centre or a wiki (`html`), a Zendesk export (`zendesk`), plain text with questions and answers
//!    (`questions`), a table of messages, a workbook among them (`messages`), and a team's own copies of tables
//!    that vendors publish (`apple`, `intune`, `android`);
//! 2. a source makes [`Draft`]s: properties and Markdown (`draft`), and tells what it left out;
//! 3. every text passes `escape` on its way into Markdown, and the finished text is read once more
//!    with the parser that reads articles: what would be raw HTML there is escaped;
//! 4. [`write()`] brings a directory up to date with the drafts (`update`): it knows its own articles by
//!    a key in their front matter, and never writes over what a person has edited.

mod android;
mod apple;
mod draft;
mod escape;
mod html;
mod intune;
mod messages;
mod name;
mod questions;
mod update;
mod zendesk;

pub use draft::Draft;
pub use messages::{Column, column_names};
pub use update::{Became, Change, ImportError, WriteOptions, write};

use crate::record;
use crate::source::{Phrase, Warning, decode};
use crate::text::lexicon::{PAGE_CHROME, Section};

#[derive(Debug, Clone, Copy)]
pub struct SourceFile<'f> {
    /// Its path within the source, with `/` between the parts.
    pub name: &'f str,
    /// Its content, in any encoding that [`decode`] knows, or a workbook.
    pub bytes: &'f [u8],
    /// The folder or file that was named, and that it was found in: what vanishes from there is told.
    pub from: &'f str,
}

/// Options: facts that the files do not tell.
#[derive(Debug, Clone, Default)]
pub struct ImportOptions {
    /// The console that the articles are about.
    pub product: Option<String>,
    /// The systems that the articles are about.
    pub platforms: Vec<String>,
    /// The address of the folder that the pages were saved from, where they do not tell their own.
    pub base: Option<String>,
    /// The form of the files, where it is named; otherwise each file tells.
    pub form: Option<Form>,
    /// The content of columns by their headings, where the headings do not tell it.
    pub columns: Vec<(Column, String)>,
}

/// A form of a team's own copies of what vendors publish, which is taken only where it is named.
#[derive(Debug, Clone, Copy)]
pub struct Form(&'static Source);

impl Form {
    pub fn named(name: &str) -> Option<Self> {
        match name {
            // A folder of <https://github.com/apple/device-management>, in YAML.
            "apple-device-management" => Some(Self(&apple::SOURCE)),
            // Microsoft's tables of codes in Markdown.
            "intune-errors" => Some(Self(&intune::SOURCE)),
            // The discovery document of the Android Management API.
            "android-management" => Some(Self(&android::SOURCE)),
            _ => None,
        }
    }
}

/// Something of the source that is in no article.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct LeftOut {
    pub what: Phrase,
    pub file: String,
    /// Which one, where somebody may want to look: an address, a line of text; empty where the file says it.
    pub detail: Option<String>,
}

/// The drafts and findings of an import.
#[derive(Debug, Clone, Default)]
pub struct Imported {
    /// The articles, in the order of the files.
    pub drafts: Vec<Draft>,
    /// Parts of the source that are in no draft.
    pub left_out: Vec<LeftOut>,
    /// Faults of reading.
    pub warnings: Vec<Warning>,
    /// The folders and files that were read.
    pub sources: std::collections::BTreeSet<String>,
}

/// A form that documents come in.
#[derive(Debug)]
struct Source {
    /// Whether a text with this file name, in lower case, is of this form.
    recognizes: fn(name: &str, text: &str) -> bool,
    read: fn(reader: &mut Collector<'_>, file: &str, text: &str),
}

/// Every form, the surest to recognize first.
const SOURCES: &[Source] = &[zendesk::SOURCE, html::SOURCE, questions::SOURCE, messages::SOURCE];

/// Collects what the sources find.
struct Collector<'o> {
    options: &'o ImportOptions,
    imported: Imported,
}

impl Collector<'_> {
    fn leave_out(&mut self, file: &str, what: Phrase, detail: Option<String>) {
        self.imported.left_out.push(LeftOut { what, file: file.to_owned(), detail });
    }

    fn warn(&mut self, file: &str, line: Option<u32>, message: Phrase) {
        self.imported.warnings.push(Warning { file: Some(file.into()), line, message });
    }

    /// A draft of a file's document with what the options say.
    fn draft(&self, file: &str, key: String, title: String) -> Draft {
        Draft {
            key,
            file: file.to_owned(),
            title,
            product: self.options.product.clone(),
            platforms: self.options.platforms.clone(),
            ..Draft::default()
        }
    }
}

/// A file beyond this many bytes is no document.
const LARGEST: usize = 64 * 1024 * 1024;

/// Files that draw pages; their targets stay references.
static ASSETS: Section = PAGE_CHROME.section("files of pages");

/// Turns files into drafts of articles. It never fails: what makes no sense is told.
pub fn read(files: &[SourceFile<'_>], options: &ImportOptions) -> Imported {
    let mut reader = Collector { options, imported: Imported::default() };
    for file in files {
        if file.bytes.len() > LARGEST {
            let what = Phrase::new("大きすぎるファイル", "files that are too large");
            reader.leave_out(file.name, what, Some(String::new()));
            continue;
        }
        let name = file.name.to_lowercase();
        if ASSETS.iter().any(|ending| name.ends_with(ending)) {
            let what = Phrase::new(
                "画像、スタイル、スクリプトのファイル",
                "files of images, styles and scripts",
            );
            reader.leave_out(file.name, what, None);
            continue;
        }
        let Some(text) = text_of(&mut reader, file) else { continue };
        let drafts = reader.imported.drafts.len();
        let named = options.form.map(|Form(source)| std::slice::from_ref(source));
        let mut sources = named.unwrap_or(SOURCES).iter();
        match sources.find(|source| (source.recognizes)(&name, &text)) {
            Some(source) => (source.read)(&mut reader, file.name, &text),
            None => {
                let what = Phrase::new(
                    "読み方の分からないファイル（HTML、ZendeskのJSON、CSV・TSV・xlsx、Q/Aのテキストを読めます）",
                    "files of an unknown form (HTML, Zendesk's JSON, CSV, TSV, xlsx and Q/A text are read)",
                );
                reader.leave_out(file.name, what, Some(String::new()));
            }
        }
        for draft in reader.imported.drafts.iter_mut().skip(drafts) {
            file.from.clone_into(&mut draft.from);
        }
    }
    let mut imported = reader.imported;
    imported.sources = files.iter().map(|file| file.from.to_owned()).collect();
    join_same_keys(&mut imported);
    imported
}

/// The text of a file, a workbook's among them; what cannot be read of it is told.
fn text_of(reader: &mut Collector<'_>, file: &SourceFile<'_>) -> Option<String> {
    if file.name.to_lowercase().ends_with(".xlsx") {
        return match record::open_document(file.bytes) {
            Ok(Some((text, notes))) => {
                notes.into_iter().for_each(|note| reader.warn(file.name, None, note));
                Some(text)
            }
            Ok(None) => None,
            Err(reason) => {
                reader.leave_out(file.name, reason, Some(String::new()));
                None
            }
        };
    }
    let decoded = decode(file.bytes);
    for warning in decoded.warnings {
        reader.warn(file.name, warning.line, warning.message);
    }
    Some(decoded.text.into())
}

/// A document that is there twice is one article: the first stays.
fn join_same_keys(imported: &mut Imported) {
    let mut keys = std::collections::BTreeSet::new();
    let drafts = std::mem::take(&mut imported.drafts);
    for draft in drafts {
        if keys.insert(draft.key.clone()) {
            imported.drafts.push(draft);
        } else {
            imported.left_out.push(LeftOut {
                what: Phrase::new(
                    "ほかのファイルと同じ文書（先に読んだ方を使いました）",
                    "documents that are there twice (the first was taken)",
                ),
                file: draft.file,
                detail: Some(draft.title),
            });
        }
    }
}

#[cfg(test)]
mod tests;
