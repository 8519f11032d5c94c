//! `shirube completions`.

use crate::run::Run;

#[test]
fn knows_every_shell_and_every_verb() {
    let run = Run::new();
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let result = run.run(&["completions", shell]);
        assert_eq!(result.status, 0, "{shell}");
        for verb in [
            "search", "index", "check", "explain", "flow", "eval", "mask", "init", "config",
            "export", "mcp", "serve",
        ] {
            assert!(result.out.contains(verb), "{verb} in {shell}");
        }
    }
    assert_eq!(run.run(&["completions", "cmd"]).status, 2);
}
