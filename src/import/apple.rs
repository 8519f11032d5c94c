//! Apple's own description of device management, in YAML (<https://github.com/apple/device-management>): of each
//! command, profile, declaration and status the systems that know it, its keys, and the reasons that it reports.

use super::{Collector, Source, escape};
use crate::article::Yaml;
use crate::source::{Phrase, phrase};

pub(super) const SOURCE: Source = Source { recognizes, read };

fn recognizes(name: &str, text: &str) -> bool {
    let yaml = name.ends_with(".yaml") || name.ends_with(".yml");
    yaml && ["\npayload", "\nreasons:"].iter().any(|key| text.contains(key))
}

impl Yaml {
    fn get(&self, name: &str) -> Option<&Self> {
        self.entries().iter().find(|(key, _)| key.text == name).map(|(_, value)| value)
    }

    fn text(&self, name: &str) -> &str {
        match self.get(name) {
            Some(Self::Scalar(scalar)) => scalar.text.trim(),
            _ => "",
        }
    }

    fn items(&self, name: &str) -> &[Self] {
        match self.get(name) {
            Some(Self::List(items)) => items,
            _ => &[],
        }
    }
}

fn read(reader: &mut Collector<'_>, file: &str, text: &str) {
    let (document, error) = Yaml::of(text, 1);
    if let Some((line, reason)) = error {
        let what = phrase!("YAMLとして読めません（{reason}）", "not YAML ({reason})");
        return reader.warn(file, Some(line), what);
    }
    let payload = document.get("payload").unwrap_or(&document);
    let types = ["requesttype", "declarationtype", "payloadtype", "statusitemtype"];
    let name = types.into_iter().map(|key| payload.text(key)).find(|it| !it.is_empty());
    let title = document.text("title");
    let (requirements, keys) = (requirements(payload), keys(&document));
    let reasons = table("理由", ["理由", "意味"], &reasons(&document));
    if title.is_empty() || requirements.is_empty() && keys.is_empty() && reasons.is_empty() {
        let what = Phrase::new("要件も理由もないYAML", "YAML without requirements or reasons");
        return reader.leave_out(file, what, Some(String::new()));
    }
    // Several payloads have one type: com.apple.MCX is energy, time and Wi-Fi.
    let key = format!("apple:{}:{title}", name.unwrap_or(file));
    let title = name.map_or_else(|| title.to_owned(), |name| format!("{title} ({name})"));
    let mut draft = reader.draft(file, key, title);
    draft.keywords.extend(name.map(str::to_owned));
    let description = escape::plain(document.text("description"));
    let parts = [description, requirements, keys, reasons];
    let parts: Vec<&str> = parts.iter().map(|it| it.trim()).filter(|it| !it.is_empty()).collect();
    draft.body = format!("{}\n", parts.join("\n\n"));
    reader.imported.drafts.push(draft);
}

/// A table below its heading; empty without rows.
fn table<const WIDTH: usize>(
    heading: &str,
    names: [&str; WIDTH],
    rows: &[[String; WIDTH]],
) -> String {
    if rows.is_empty() {
        return String::new();
    }
    let line = |cells: Vec<String>| format!("| {} |\n", cells.join(" | "));
    let mut out = format!("## {heading}\n\n");
    out.push_str(&line(names.map(str::to_owned).to_vec()));
    out.push_str(&format!("|{}\n", "---|".repeat(WIDTH)));
    for row in rows {
        out.push_str(&line(row.iter().map(|cell| escape::line(cell)).collect()));
    }
    out
}

/// Which system knows it since when, and what it asks of the device.
fn requirements(payload: &Yaml) -> String {
    let said = |text: &str| if text.is_empty() { "—".to_owned() } else { text.to_owned() };
    let systems = payload.get("supportedOS").map_or(&[][..], Yaml::entries);
    let rows = systems.iter().map(|(system, of)| {
        let enrolment = of.get("userenrollment").map_or("", |it| it.text("mode"));
        let [introduced, supervised, automatic] =
            ["introduced", "supervised", "requiresdep"].map(|key| said(of.text(key)));
        [system.text.clone(), introduced, supervised, automatic, said(enrolment)]
    });
    let names = ["OS", "使える版", "監視対象が必要", "自動登録が必要", "ユーザー登録"];
    table("要件", names, &rows.collect::<Vec<_>>())
}

/// The keys, those within others after their names.
fn keys(document: &Yaml) -> String {
    const MOST: usize = 500;
    let mut rows: Vec<[String; 4]> = Vec::new();
    let mut open: Vec<(String, &Yaml)> =
        document.items("payloadkeys").iter().rev().map(|key| (String::new(), key)).collect();
    while let Some((above, key)) = open.pop() {
        let name = format!("{above}{}", key.text("key"));
        let content = key.text("content").split_whitespace().collect::<Vec<_>>().join(" ");
        rows.push([
            name.clone(),
            key.text("type").to_owned(),
            key.text("presence").to_owned(),
            content,
        ]);
        if rows.len() >= MOST {
            break;
        }
        let below = key.items("subkeys").iter().rev();
        open.extend(below.map(|below| (format!("{name}."), below)));
    }
    table("項目", ["キー", "型", "必須", "内容"], &rows)
}

fn reasons(document: &Yaml) -> Vec<[String; 2]> {
    let reasons = document.items("reasons").iter().filter(|it| !it.text("value").is_empty());
    let said = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    reasons.map(|it| [it.text("value").to_owned(), said(it.text("description"))]).collect()
}
