//! An article to be: its properties and its Markdown, and how they are written.
//!
//! The front matter ends with `import:`, which holds the key that the document is known by, a hash
//! of everything else as it was written, and the folder or file that it came from. So a later run finds the article
//! again, whatever its file is called by then, and sees whether a person has changed it.
//!
//! An addition of the team is no change: keys of the front matter that import never writes (`owner:`, `caution:`), and notes
//! below a line [`NOTES`]. [`Own`] is that part, and goes into the article when it is written anew.

use jiff::civil::Date;
use xxhash_rust::xxh3::xxh3_64;

use crate::article::{NOTES, TemplateOrigin, parse, tells};
use crate::facts::CodeDictionary;

/// The key of the front matter that import writes.
const IMPORT: &str = "import:";

/// An article that was made of a document.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Draft {
    /// The document's key in its source, the same on every run.
    pub key: String,
    pub file: String,
    /// The folder or file that was named for the import.
    pub from: String,
    pub title: String,
    /// The console that it is about.
    pub product: Option<String>,
    /// The systems that it is about.
    pub platforms: Vec<String>,
    /// The codes that it treats, as they were written.
    pub codes: Vec<String>,
    /// The wordings that it documents.
    pub messages: Vec<String>,
    /// The states that it explains: wordings that are too short to be messages.
    pub statuses: Vec<String>,
    /// Words to find it by.
    pub keywords: Vec<String>,
    /// When the document was last changed.
    pub updated: Option<Date>,
    /// Where it comes from, a link.
    pub source: Option<String>,
    /// The Markdown below the title.
    pub body: String,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Mark {
    pub(super) key: String,
    pub(super) hash: String,
    /// The folder or file that it came from; empty where an older version wrote it.
    pub(super) from: String,
    /// Whether the article is still what import wrote.
    pub(super) untouched: bool,
}

impl Draft {
    /// Keeps as messages what is long enough to tell one log from another; the rest are states.
    pub(super) fn sort_messages(&mut self) {
        let text = self.text();
        let article = parse("draft.md", &text, &CodeDictionary::default());
        let is_message = |message: &String| {
            let mut wordings = article.templates.iter().filter(|it| it.written == *message);
            wordings.any(|it| it.origin == TemplateOrigin::Message && tells(it))
        };
        let (messages, short) =
            std::mem::take(&mut self.messages).into_iter().partition(is_message);
        self.messages = messages;
        self.statuses.extend(short);
    }

    /// The article as it is written: front matter, title, text.
    pub fn text(&self) -> String {
        let properties = self.properties();
        let body = format!("# {}\n\n{}\n", super::escape::line(&self.title), self.body.trim_end());
        let hash = hash(&format!("---\n{properties}---\n{body}"));
        let from = match self.from.as_str() {
            "" => String::new(),
            from => format!(", from: {}", quoted(&from.replace('\'', "’"))),
        };
        let mark = format!("{IMPORT} {{key: {}, hash: {hash}{from}}}\n", quoted(&self.key));
        format!("---\n{properties}{mark}---\n{body}")
    }

    fn properties(&self) -> String {
        let mut out = format!("title: {}\n", quoted(&self.title));
        let mut one = |key: &str, value: Option<String>| {
            if let Some(value) = value.filter(|value| !value.trim().is_empty()) {
                out.push_str(&format!("{key}: {value}\n"));
            }
        };
        one("product", self.product.as_deref().map(quoted));
        one("platforms", list(&self.platforms));
        one("codes", list(&self.codes));
        one("statuses", list(&self.statuses));
        one("keywords", list(&self.keywords));
        one("updated", self.updated.map(|day| day.to_string()));
        one("source", self.source.as_deref().map(quoted));
        if !self.messages.is_empty() {
            out.push_str("messages:\n");
            out.extend(self.messages.iter().map(|message| format!("  - {}\n", quoted(message))));
        }
        out
    }
}

fn list(values: &[String]) -> Option<String> {
    let values: Vec<String> = values.iter().map(|value| quoted(value)).collect();
    (!values.is_empty()).then(|| format!("[{}]", values.join(", ")))
}

/// A text as YAML between single quotes: on one line, whatever was in it.
fn quoted(text: &str) -> String {
    let mut out = String::from("'");
    for character in text.chars() {
        match character {
            '\'' => out.push_str("''"),
            // Characters that YAML does not print, or takes for the end of a line.
            '\u{feff}' | '\u{2028}' | '\u{2029}' | '\u{fffe}' | '\u{ffff}' => out.push(' '),
            control if control.is_control() => out.push(' '),
            other => out.push(other),
        }
    }
    out.push('\'');
    out
}

/// The keys that import writes; all others are the team's own.
const WRITTEN: &str =
    "title product platforms codes statuses keywords updated source messages import";

/// The team's own part of an article: keys of the front matter, and notes.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Own {
    keys: String,
    notes: String,
}

impl Own {
    /// Takes the team's part out of an article: what is left is what import wrote, or what somebody made of it.
    pub(super) fn take(text: &str) -> (String, Self) {
        // An editor may have changed the ends of the lines, and nothing else.
        let text = text.replace("\r\n", "\n");
        let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
        let mut own = Self::default();
        let mut left = String::with_capacity(text.len());
        let (mut matter, mut notes, mut of_team) = (false, false, false);
        for (number, line) in text.split_inclusive('\n').enumerate() {
            let bare = line.trim_end();
            notes |= !matter && bare == NOTES;
            if number == 0 {
                matter = bare == "---";
            } else if matter && bare == "---" {
                matter = false;
            } else if matter {
                // A key's list is below it, indented or after dashes.
                let begins = !line.starts_with([' ', '\t', '-', '#', '\n']);
                let key = line.split(':').next().unwrap_or_default().trim();
                if begins {
                    of_team = !WRITTEN.split(' ').any(|written| written == key);
                }
                if of_team {
                    own.keys.push_str(line);
                    continue;
                }
            }
            if notes { &mut own.notes } else { &mut left }.push_str(line);
        }
        // An empty line is above the notes.
        if notes {
            left.truncate(left.trim_end_matches('\n').len());
            left.push('\n');
        }
        (left, own)
    }

    /// Puts the team's part into what import writes.
    pub(super) fn put_into(&self, text: &str) -> String {
        let mut text = text.to_owned();
        if !self.keys.is_empty() {
            text = text.replacen(&format!("\n{IMPORT}"), &format!("\n{}{IMPORT}", self.keys), 1);
        }
        if !self.notes.is_empty() {
            text.push('\n');
            text.push_str(&self.notes);
        }
        text
    }
}

/// The mark of an import in a text's front matter; `None` for a text that import did not write.
pub(super) fn mark(text: &str) -> Option<Mark> {
    let (text, _) = Own::take(text);
    let head = text.strip_prefix("---\n")?;
    let end = head.find("\n---\n")?;
    let matter = head.get(..=end)?;
    let line = matter.split_inclusive('\n').find(|line| line.starts_with(IMPORT))?;
    let value = line.strip_prefix(IMPORT)?.trim();
    let inner = value.strip_prefix("{key: '")?.strip_suffix('}')?;
    let (key, behind) = inner.rsplit_once("', hash: ")?;
    let (written, from) = behind.split_once(", from: ").unwrap_or((behind, ""));
    let from = from.trim().trim_matches('\'');
    let without = text.replacen(line, "", 1);
    Some(Mark {
        key: key.replace("''", "'"),
        untouched: hash(&without) == written.trim(),
        hash: written.trim().to_owned(),
        from: from.to_owned(),
    })
}

fn hash(text: &str) -> String {
    format!("{:016x}", xxh3_64(text.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::Article;

    fn draft() -> Draft {
        Draft {
            key: "https://example.com/a?b='c'".to_owned(),
            title: "題: 'x' # {y}".to_owned(),
            product: Some("BizMobile Go!".to_owned()),
            codes: vec!["4027".to_owned()],
            messages: vec![
                "プロファイル\"{profile}\"を削除できません。".to_owned(),
                "失敗".to_owned(),
            ],
            body: "本文です。\n".to_owned(),
            ..Draft::default()
        }
    }

    fn article(text: &str) -> Article {
        parse("a.md", text, &CodeDictionary::default())
    }

    #[test]
    fn an_article_reads_as_it_was_written() {
        let mut draft = draft();
        draft.sort_messages();
        let text = draft.text();
        let article = article(&text);
        assert!(article.warnings.is_empty(), "{:?}", article.warnings);
        assert_eq!(article.title, draft.title);
        assert_eq!(article.product, draft.product);
        assert_eq!(article.statuses, ["失敗"]);
        assert!(article.templates.iter().any(|template| template.written == draft.messages[0]));
        let mark = mark(&text).expect("the mark is read");
        assert_eq!((mark.key.as_str(), mark.untouched), (draft.key.as_str(), true));
    }

    #[test]
    fn every_edit_is_seen_but_that_of_line_ends() {
        let text = draft().text();
        let crlf = format!("\u{feff}{}", text.replace('\n', "\r\n"));
        assert_eq!(mark(&crlf).map(|mark| mark.untouched), Some(true));
        for edited in [
            text.replace("本文です。", "本文でした。"),
            text.replace("BizMobile Go!", "CLOMO"),
            text.replace("codes:", "keywords: [x]\ncodes:"),
            format!("{text}\n追記\n"),
        ] {
            assert_ne!(edited, text);
            assert_eq!(mark(&edited).map(|mark| mark.untouched), Some(false), "{edited}");
        }
        assert_eq!(mark("---\ntitle: x\n---\n本文\n"), None);
        assert_eq!(mark("import: {key: 'x', hash: y}\n"), None);
    }

    #[test]
    fn no_text_leaves_its_place_in_the_front_matter() {
        let hostile = "x'\n---\ncaution: なし\nmessages: ['*']\u{2028}---\r\n\u{85}product: 'Y";
        let draft = Draft {
            key: hostile.to_owned(),
            title: hostile.to_owned(),
            product: Some(hostile.to_owned()),
            keywords: vec![hostile.to_owned(), "], x: [".to_owned()],
            source: Some(hostile.to_owned()),
            ..draft()
        };
        let text = draft.text();
        let article = article(&text);
        assert!(article.warnings.is_empty(), "{:?}\n{text}", article.warnings);
        let mut keys: Vec<&str> =
            article.outline.keys.iter().map(|(key, _)| key.as_str()).collect();
        keys.sort_unstable();
        assert_eq!(keys, ["codes", "import", "keywords", "messages", "product", "source", "title"]);
        assert_eq!(article.cautions, [""; 0]);
        assert_eq!(article.keywords.last().map(String::as_str), Some("x: ["));
        assert!(mark(&text).is_some_and(|mark| mark.untouched));
    }
}
