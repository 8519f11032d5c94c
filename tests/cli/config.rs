//! `shirube config`, and the settings themselves.

use crate::run::{Output, Run};

const LOG: &str = include_str!("../../examples/logs/bizmobile-operation-log.tsv");

/// Runs with a file of settings.
fn with(file: &str, variables: &[(&str, &str)], arguments: &[&str]) -> Output {
    let run = Run::new();
    run.write("home/.config/shirube/config.toml", file);
    run.with(variables, arguments, LOG)
}

#[test]
fn every_setting_is_shown_with_its_origin() {
    let file = "# mine\nlanguage = \"en\"\ncolor = \"never\"\n\n[serve]\nport = 4713\ntoken = \"correct-horse-battery\"\n";
    let result = with(file, &[("SHIRUBE_COLOR", "always")], &["config", "--hyperlinks"]);
    assert_eq!(result.status, 0, "{}", result.err);
    insta::assert_snapshot!(result.out, @r#"
    language = "en"            # [DIR]/home/.config/shirube/config.toml:2
    color = "always"           # SHIRUBE_COLOR
    pager = $PAGER, else less  # default (set by: --no-pager, SHIRUBE_PAGER)
    hyperlinks = "auto"        # --hyperlinks
    hyperlink_format = file    # default (set by: SHIRUBE_HYPERLINK_FORMAT)
    misses = false             # default (set by: SHIRUBE_MISSES)
    serve.port = 4713          # [DIR]/home/.config/shirube/config.toml:6
    serve.history = false      # default (set by: SHIRUBE_SERVE_HISTORY)
    serve.token = ********     # [DIR]/home/.config/shirube/config.toml:7
    "#);
    assert!(!result.err.contains("correct"), "{}", result.err);
    assert!(result.err.contains("the file of settings: [DIR]/home"), "{}", result.err);
}

#[test]
fn flag_beats_environment_beats_file_beats_locale() {
    let english = |result: &Output| result.out.contains("[Remedy]");
    let japanese = ("SHIRUBE_LANGUAGE", "ja");
    let locale = ("LANG", "ja_JP.UTF-8");
    let file = "language = \"en\"\n";
    assert!(english(&with(file, &[], &[])));
    assert!(english(&with(file, &[locale], &[])));
    assert!(!english(&with(file, &[japanese], &[])));
    assert!(english(&with(file, &[japanese], &["--lang", "en"])));
    assert!(with("color = \"always\"\n", &[], &[]).out.contains('\u{1b}'));
    assert!(!with("color = \"always\"\n", &[], &["--color", "never"]).out.contains('\u{1b}'));
}

#[test]
fn what_is_wrong_is_told_with_its_place_and_the_choices() {
    let told = |file| {
        let result = with(file, &[("LANG", "en_US.UTF-8")], &[]);
        assert_eq!((result.status, result.out.as_str()), (2, ""), "{file}");
        result.err.lines().next().unwrap_or_default().replace("[DIR]/home/.config/shirube/", "")
    };
    insta::assert_snapshot!(told("\ncolour = true\n"), @"error: config.toml:2: there is no setting `colour`; there are language, color, pager, hyperlinks, hyperlink_format, misses, serve.port, serve.history, serve.token");
    insta::assert_snapshot!(told("[serve]\nport = 4713\nprot = 1\n"), @"error: config.toml:3: there is no setting `serve.prot`; there are language, color, pager, hyperlinks, hyperlink_format, misses, serve.port, serve.history, serve.token");
    insta::assert_snapshot!(told("color = true\n"), @"error: config.toml:1: `color` has a wrong value; it takes auto, always, never");
    insta::assert_snapshot!(told("misses = \"yes\"\n"), @"error: config.toml:1: `misses` has a wrong value; it takes true, false");
    insta::assert_snapshot!(told("serve.port = 0\n"), @"error: config.toml:1: `serve.port` has a wrong value; it takes a number from 1 to 65535");
    insta::assert_snapshot!(told("[serve]\ntoken = \"short\"\n"), @"error: config.toml:2: `serve.token` has a wrong value; it takes 16 ASCII characters or more, without spaces");
    insta::assert_snapshot!(told("hyperlink_format = \"emacs\"\n"), @"error: config.toml:1: `hyperlink_format` has a wrong value; it takes file, kitty, vscode, textmate, macvim, SCHEME://…{path}… ({path} {line} {host})");
    insta::assert_snapshot!(told("serve = 80\n"), @"error: config.toml:1: there is no setting `serve`; there are language, color, pager, hyperlinks, hyperlink_format, misses, serve.port, serve.history, serve.token");
    insta::assert_snapshot!(told("language = \n"), @"error: config.toml:1: not TOML (string values must be quoted, expected literal string)");
    let result = Run::new().with(&[("SHIRUBE_MISSES", "1")], &["--lang", "en"], LOG);
    assert_eq!(result.status, 2);
    insta::assert_snapshot!(result.err, @"error: the variable SHIRUBE_MISSES has a wrong value; it takes true, false");
}

#[test]
fn completions_come_whatever_the_file_says() {
    assert_eq!(with("nonsense", &[], &["completions", "bash"]).status, 0);
}
