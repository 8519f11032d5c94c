//! Wrong usage, told in Japanese: clap's own words are English.

use clap::error::{ContextKind, ErrorKind};
use shirube::report::visible;
use shirube::source::Phrase;

use crate::errors::CommandError;

/// The fault of the command line; `None` where there is none: help and version are asked for, too.
pub(crate) fn told(error: &clap::Error) -> Option<CommandError> {
    let said = |kind| error.get(kind).map(|value| visible(&value.to_string()).into_owned());
    let argument = said(ContextKind::InvalidArg).unwrap_or_default();
    let value = said(ContextKind::InvalidValue).filter(|value| !value.is_empty());
    let ja = match (error.kind(), &value) {
        (ErrorKind::DisplayHelp | ErrorKind::DisplayVersion, _) => return None,
        (ErrorKind::UnknownArgument, _) => format!("{argument} というオプションはありません"),
        (ErrorKind::InvalidSubcommand, _) => {
            let name = said(ContextKind::InvalidSubcommand).unwrap_or_default();
            format!("{name} というコマンドはありません")
        }
        (ErrorKind::InvalidValue | ErrorKind::ValueValidation, Some(value)) => {
            let reason = std::error::Error::source(error).map(ToString::to_string);
            let reason = reason.map(|it| format!("（{}）", visible(&it))).unwrap_or_default();
            format!("{argument} に「{value}」は使えません{reason}")
        }
        (ErrorKind::InvalidValue | ErrorKind::TooFewValues, None) => {
            format!("{argument} には値が要ります")
        }
        (ErrorKind::MissingRequiredArgument, _) => format!("足りないものがあります: {argument}"),
        (ErrorKind::ArgumentConflict, _) => match said(ContextKind::PriorArg) {
            Some(other) if other != argument => {
                format!("{argument} は、{other} と一緒には使えません")
            }
            _ => format!("{argument} は、一度だけ書けます"),
        },
        (ErrorKind::NoEquals, _) => format!("{argument} の値は = の後ろに書きます"),
        (ErrorKind::TooManyValues | ErrorKind::WrongNumberOfValues, _) => {
            format!("{argument} の値の数が違います")
        }
        (ErrorKind::InvalidUtf8, _) => "引数がUTF-8ではありません".to_owned(),
        _ => format!("コマンドの書き方が違います（{}）", visible(&error.kind().to_string())),
    };
    let choices = said(ContextKind::ValidValue).map(|valid| format!("使えるもの: {valid}"));
    let near =
        [ContextKind::SuggestedArg, ContextKind::SuggestedSubcommand, ContextKind::SuggestedValue]
            .into_iter()
            .find_map(said)
            .map(|near| format!("もしかして: {near}"));
    let hint = near.or(choices).unwrap_or_else(|| "使い方: shirube --help".to_owned());
    let en = error.kind().to_string();
    Some(CommandError::new(Phrase::new(ja, en)).hint(hint, "usage: shirube --help"))
}
