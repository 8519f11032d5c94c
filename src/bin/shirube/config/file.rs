//! `config.toml`, read with the line of everything.

use std::path::Path;

use serde_json::Value;
use shirube::source::{Language, Phrase, Warning};
use toml::de::{DeTable, DeValue};

use super::keys::{KEYS, key};
use crate::errors::{CommandError, Result, phrase};

/// A setting of the file with its line, 1-based.
pub(super) type Setting = (&'static str, Value, u32);

/// Reads the text of the file. Whatever it does not understand is an error: a setting that is misspelt
/// would otherwise be taken for granted.
pub(super) fn read(path: &Path, text: &str) -> Result<Vec<Setting>> {
    let mut reader = SettingsFile { path, text, entries: Vec::new() };
    let table = DeTable::parse(text).map_err(|error| {
        let reason = error.message();
        reader.error(
            error.span().map_or(0, |span| span.start),
            &phrase!("TOML として読めません（{reason}）", "not TOML ({reason})"),
        )
    })?;
    reader.table("", table.get_ref())?;
    Ok(reader.entries)
}

struct SettingsFile<'t> {
    path: &'t Path,
    text: &'t str,
    entries: Vec<Setting>,
}

impl SettingsFile<'_> {
    /// Reads a table; `above` is its name with a dot, or nothing for the file itself.
    fn table(&mut self, above: &str, table: &DeTable<'_>) -> Result<()> {
        for (name, value) in table {
            let written = format!("{above}{}", name.get_ref());
            let place = name.span().start;
            if let (DeValue::Table(below), "") = (value.get_ref(), above)
                && KEYS.iter().any(|key| key.name.starts_with(&format!("{written}.")))
            {
                self.table(&format!("{written}."), below)?;
                continue;
            }
            let Some(key) = key(&written) else { return Err(self.unknown(place, &written)) };
            let value = key.kind.read_toml(value.get_ref()).map_err(|right| {
                let (ja, en) = (right.text(Language::Ja), right.text(Language::En));
                let message = phrase!(
                    "「{written}」の値が正しくありません。使えるもの: {ja}",
                    "`{written}` has a wrong value; it takes {en}"
                );
                self.error(place, &message)
            })?;
            self.entries.push((key.name, value, self.line(place)));
        }
        Ok(())
    }

    fn unknown(&self, place: usize, written: &str) -> CommandError {
        let names = KEYS.iter().map(|key| key.name).collect::<Vec<_>>().join(", ");
        let message = phrase!(
            "「{written}」という設定はありません。あるもの: {names}",
            "there is no setting `{written}`; there are {names}"
        );
        self.error(place, &message)
    }

    fn error(&self, place: usize, message: &Phrase) -> CommandError {
        CommandError::at(&Warning {
            file: Some(self.path.to_string_lossy().into()),
            line: Some(self.line(place)),
            message: message.clone(),
        })
        .hint("いまの設定を見るには: shirube config", "to see what holds: shirube config")
    }

    fn line(&self, place: usize) -> u32 {
        let above = self.text.as_bytes().iter().take(place).filter(|byte| **byte == b'\n').count();
        u32::try_from(above + 1).unwrap_or(u32::MAX)
    }
}
