//! `shirube config`: the settings that hold, and where each comes from.

use std::fmt::Write as _;

use unicode_width::UnicodeWidthStr as _;

use super::Context;
use crate::Outcome;
use crate::config::{KEYS, Key, Origin};
use crate::errors::{Result, phrase};

/// Shown in the place of a secret.
const HIDDEN: &str = "********";

/// Shows every setting with its value and its origin, and tells where the file is.
pub(crate) fn run(context: &Context) -> Result<Outcome> {
    let lines: Vec<(String, String)> =
        KEYS.iter().map(|key| (setting(context, key), origin(context, key))).collect();
    let width = lines.iter().map(|(setting, _)| setting.width()).max().unwrap_or(0);
    let mut text = String::new();
    for (setting, origin) in lines {
        let gap = " ".repeat(width - setting.width());
        // Writing to a string cannot fail.
        let _ = writeln!(text, "{setting}{gap}  # {origin}");
    }
    context.output.data(&shirube::report::visible(&text))?;
    tell_of_the_file(context);
    Ok(Outcome::Found)
}

fn setting(context: &Context, key: &Key) -> String {
    let value = match context.config.get(key) {
        Some(_) if key.is_secret() => HIDDEN.to_owned(),
        Some((value, _)) => value.to_string(),
        None => context.output.language.pick(key.default.0, key.default.1).to_owned(),
    };
    format!("{} = {value}", key.name)
}

fn origin(context: &Context, key: &Key) -> String {
    let set = context.output.language.pick("設定するには", "set by");
    match context.config.get(key) {
        Some((_, Origin::Flag(flag))) => (*flag).to_owned(),
        Some((_, Origin::Variable(variable))) => (*variable).to_owned(),
        Some((_, Origin::File(line))) => {
            let path = context.config.path().map(|path| path.display().to_string());
            format!("{}:{line}", path.unwrap_or_default())
        }
        None => {
            let flag = key.flag.map(|flag| format!("{flag}, ")).unwrap_or_default();
            let default = context.output.language.pick("既定", "default");
            format!("{default} ({set}: {flag}{})", key.variable)
        }
    }
}

fn tell_of_the_file(context: &Context) {
    let Some(path) = context.config.path() else { return };
    let shown = path.display();
    let phrase = if path.exists() {
        phrase!("設定ファイル: {shown}", "the file of settings: {shown}")
    } else {
        phrase!(
            "設定ファイルはまだありません。ここに書けます: {shown}",
            "there is no file of settings yet; it would be {shown}"
        )
    };
    context.output.note(&phrase);
    let mut secrets = KEYS.iter().filter(|key| key.is_secret());
    let has_one = secrets.any(|key| matches!(context.config.get(key), Some((_, Origin::File(_)))));
    if has_one && is_readable_by_others(path) {
        context.output.note(&phrase!(
            "設定ファイルのトークンを、ほかのユーザーも読めます: chmod 600 {shown}",
            "other users can read the token in the file: chmod 600 {shown}"
        ));
    }
}

#[cfg(unix)]
fn is_readable_by_others(path: &std::path::Path) -> bool {
    use std::os::unix::fs::PermissionsExt as _;
    std::fs::metadata(path).is_ok_and(|found| found.permissions().mode() & 0o044 != 0)
}

#[cfg(not(unix))]
fn is_readable_by_others(_: &std::path::Path) -> bool {
    false
}
