//! The help in Japanese. The English one is with the arguments, in [`args`](crate::args).

use clap::builder::PossibleValue;
use clap::{Arg, ArgAction, Command};

const ABOUT: &str = "ログを貼り付けると、マニュアルにある対処を返します。\n\n\
    ログのファイルを指定するか、標準入力に渡してください。shirube FILE は shirube search FILE と同じです。";

const TEMPLATE: &str = "{about-with-newline}\n使い方: {usage}\n\n{all-args}{after-help}";

/// The help of every verb and argument; the file says how.
const SAID: &str = include_str!("help.ja.tsv");

/// The help of a verb (`check`), of its own argument (`check json`), or of everybody's (`--json`).
fn said(of: &str) -> Option<&'static str> {
    let mut entries = SAID.lines().filter_map(|line| line.split_once('\t'));
    entries.find(|(name, _)| *name == of).map(|(_, help)| help)
}

pub(crate) fn in_japanese(command: Command, knowledge_base: &str) -> Command {
    let command = command.about(ABOUT).long_about(ABOUT).after_help(format!(
        "--kb がないときのナレッジベース: {knowledge_base}\n\
         （作業フォルダーの kb/、次に $XDG_DATA_HOME/shirube/kb、どちらもなければ内蔵の記事）\n\n\
         終了ステータス: 0 対処がある、1 ない、2 エラー"
    ));
    let version = flag("version", 'V', "版を表示します").action(ArgAction::Version);
    let command = dressed(command, "").disable_version_flag(true).arg(version);
    command.mut_subcommands(|command| {
        let verb = command.get_name().to_owned();
        let about = said(&verb).unwrap_or_default();
        dressed(command.about(about).long_about(about), &verb)
    })
}

/// The headings and the help of the arguments of one command.
fn dressed(command: Command, verb: &str) -> Command {
    command
        .help_template(TEMPLATE)
        .subcommand_help_heading("コマンド")
        .disable_help_subcommand(true)
        .disable_help_flag(true)
        .mut_args(|argument| {
            let id = argument.get_id();
            let known = said(&format!("{verb} {id}")).or_else(|| said(&format!("--{id}")));
            let heading = if argument.is_positional() { "引数" } else { "オプション" };
            let argument = argument.help_heading(heading);
            let Some(help) = known else { return argument };
            let help = format!("{help}{}", values(&argument));
            let takes = argument.get_action().takes_values();
            argument
                .help(&help)
                .long_help(help)
                .hide_possible_values(takes)
                .hide_default_value(takes)
        })
        .arg(flag("help", 'h', "この説明を表示します").action(ArgAction::Help))
}

/// The default of an argument and the values that it takes, as clap would tell them in English.
fn values(argument: &Arg) -> String {
    let mut told = String::new();
    if argument.get_action().takes_values() {
        let defaults = argument.get_default_values().iter().map(|it| it.to_string_lossy());
        let possible = argument.get_possible_values();
        let possible: Vec<&str> = possible.iter().map(PossibleValue::get_name).collect();
        told.extend(defaults.map(|default| format!(" [既定: {default}]")));
        told.extend((!possible.is_empty()).then(|| format!(" [値: {}]", possible.join(", "))));
    }
    told
}

fn flag(name: &'static str, short: char, help: &'static str) -> Arg {
    Arg::new(name).short(short).long(name).help(help).help_heading("オプション")
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    use super::*;
    use crate::args::Arguments;

    #[test]
    fn everything_is_translated() {
        let command = in_japanese(Arguments::command(), "kb");
        let untranslated = |text: Option<String>| text.is_none_or(|text| text.is_ascii());
        let mut missing = Vec::new();
        for part in std::iter::once(&command).chain(command.get_subcommands()) {
            if untranslated(part.get_about().map(ToString::to_string)) {
                missing.push(part.get_name().to_owned());
            }
            for argument in part.get_arguments() {
                if untranslated(argument.get_help().map(ToString::to_string)) {
                    missing.push(format!("{} {}", part.get_name(), argument.get_id()));
                }
            }
        }
        assert!(missing.is_empty(), "no Japanese for {missing:?}");
    }

    #[test]
    fn defaults_and_values_are_told_in_japanese() {
        let mut command = in_japanese(Arguments::command(), "kb");
        command.build();
        for verb in command.get_subcommands_mut() {
            let help = verb.render_long_help().to_string();
            assert!(!help.contains("[default") && !help.contains("[possible"), "{help}");
        }
        let check = command.find_subcommand_mut("check").expect("it is a verb");
        let help = check.render_long_help().to_string();
        assert!(help.contains("[既定: 36m]"), "{help}");
        assert!(help.contains("[値: info, warning, error]"), "{help}");
    }

    /// Two arguments of one English help have one Japanese, and two of different ones have not.
    #[test]
    fn each_help_is_its_own() {
        let (english, japanese) = (Arguments::command(), in_japanese(Arguments::command(), "kb"));
        let mut pairs: std::collections::BTreeMap<String, (String, String)> = Default::default();
        let mut wrong = Vec::new();
        for command in english.get_subcommands() {
            let other = japanese.find_subcommand(command.get_name()).expect("the same verbs");
            for argument in command.get_arguments().filter(|it| it.get_id() != "help") {
                let id = argument.get_id();
                let is_it = |it: &&Arg| it.get_id() == id;
                let translated = other.get_arguments().find(is_it).and_then(|it| it.get_help());
                let said = argument.get_help().map(ToString::to_string).unwrap_or_default();
                let translated = translated.map(ToString::to_string).unwrap_or_default();
                let place = format!("{} {id}", command.get_name());
                let known =
                    pairs.entry(translated).or_insert_with(|| (said.clone(), place.clone()));
                if known.0 != said {
                    wrong.push(format!("{place} and {}: {said:?}, {:?}", known.1, known.0));
                }
            }
        }
        assert!(
            wrong.is_empty(),
            "one Japanese help for several English ones:\n{}",
            wrong.join("\n")
        );
    }
}
