//! The help in Japanese. The English one stands with the arguments, in [`args`](crate::args).

use clap::{Arg, ArgAction, Command};

const ABOUT: &str = "ログを貼り付けると、マニュアルにある対処を返します。\n\n\
    ログのファイルを指定するか、標準入力に渡してください。shirube FILE は shirube search FILE と同じです。";

const TEMPLATE: &str = "{about-with-newline}\n使い方: {usage}\n\n{all-args}{after-help}";

/// What is said of every verb and argument; the file says how.
const SAID: &str = include_str!("help.ja.tsv");

/// What is said of a verb (`check`), of its own argument (`check json`), or of everybody's (`--json`).
fn said(of: &str) -> Option<&'static str> {
    let mut entries = SAID.lines().filter_map(|line| line.split_once('\t'));
    entries.find(|(name, _)| *name == of).map(|(_, help)| help)
}

/// `command` with its help in Japanese.
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
            match known {
                Some(help) => argument.help(help).long_help(help),
                None => argument,
            }
        })
        .arg(flag("help", 'h', "この説明を表示します").action(ArgAction::Help))
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

    #[test]
    fn the_command_line_stays_consistent() {
        in_japanese(Arguments::command().version("1"), "kb").debug_assert();
    }
}
