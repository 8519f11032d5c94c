//! `shirube init [DIR]`: a knowledge base to begin with: settings, and an article that passes every check.

use std::fs;
use std::io::{self, Write as _};
use std::path::Path;

use super::Context;
use crate::Outcome;
use crate::errors::{CommandError, Result, fault, phrase};

/// Where a knowledge base is looked for first, so that nobody has to name it afterwards.
const DIRECTORY: &str = "kb";

const SETTINGS: &str = "shirube.toml";
const ARTICLE: &str = "first-article.md";

/// Writes the files, or none of them where one is there already.
pub(crate) fn run(context: &Context, directory: Option<&Path>) -> Result<Outcome> {
    let directory = directory.unwrap_or(Path::new(DIRECTORY));
    let day = context.environment.today().to_string();
    let (settings, article) = context.output.language.pick(
        (include_str!("init/ja.toml"), include_str!("init/ja.md")),
        (include_str!("init/en.toml"), include_str!("init/en.md")),
    );
    let files = [(SETTINGS, settings.to_owned()), (ARTICLE, article.replace("{today}", &day))];
    let files = files.map(|(name, text)| (directory.join(name), text));
    if let Some((path, _)) = files.iter().find(|(path, _)| path.symlink_metadata().is_ok()) {
        return Err(there_already(path));
    }
    fs::create_dir_all(directory).map_err(|error| CommandError::unwritable(directory, &error))?;
    for (path, text) in &files {
        write(path, text)?;
    }
    let shown = directory.display();
    let base =
        if directory == Path::new(DIRECTORY) { String::new() } else { format!(" --kb {shown}") };
    let names: Vec<String> = files.iter().map(|(path, _)| path.display().to_string()).collect();
    let names = names.join(", ");
    context.output.note(&phrase!("{names} を書きました。記事を直したら shirube check {shown} で確かめ、shirube{base} ログのファイル で試してください", "wrote {names}; edit the article, look at it with `shirube check {shown}`, try it with `shirube{base} LOG`"));
    Ok(Outcome::Found)
}

/// Writes a file that is not there; somebody may have made it in the meantime.
fn write(path: &Path, text: &str) -> Result<()> {
    let written = fs::File::create_new(path).and_then(|mut file| file.write_all(text.as_bytes()));
    written.map_err(|error| match error.kind() {
        io::ErrorKind::AlreadyExists => there_already(path),
        _ => CommandError::unwritable(path, &error),
    })
}

fn there_already(path: &Path) -> CommandError {
    let shown = path.display();
    fault!(
        "{shown} はもうあります。何も書いていません",
        "{shown} is there already; nothing was written";
        "別のフォルダーを指定してください: shirube init DIR",
        "name another directory: shirube init DIR"
    )
}
