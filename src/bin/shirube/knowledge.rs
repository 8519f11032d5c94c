//! Which knowledge base is searched, where its index lives, and how it is opened.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};

use shirube::index::{self, IndexError, IndexOptions, Root, Snapshot};
use shirube::search::Searcher;
use shirube::source::{Language, Phrase};
use shirube::{Error, KnowledgeBase};
use xxhash_rust::xxh3::Xxh3;

use crate::context::Context;
use crate::environment::Environment;
use crate::errors::{CommandError, Result, fault, phrase};
use crate::input;

/// How many warnings about articles a search shows; the authors see all with `shirube check`.
const WARNINGS: usize = 3;

/// The knowledge base that is searched where none is named: `./kb/`, else the user's own, else the one built in.
pub(crate) fn default(environment: &Environment) -> Root {
    let own = environment.data.as_ref().map(|data| data.join("shirube").join("kb"));
    if environment.working_directory.join("kb").is_dir() {
        return Root::Directory(PathBuf::from("kb"));
    }
    own.filter(|own| own.is_dir()).map_or(Root::Embedded, Root::Directory)
}

/// The name of a knowledge base in the help.
pub(crate) fn in_words(root: &Root, language: Language) -> String {
    match root {
        Root::Directory(path) => path.display().to_string(),
        Root::Embedded => language.pick("内蔵の記事", "the one built in").to_owned(),
    }
}

/// The knowledge bases of the run: the one after the verb, else `--kb`, else the default.
pub(crate) fn roots(context: &Context, named: Option<&Path>) -> Result<Vec<Root>> {
    let directories: Vec<&Path> = match named {
        Some(named) => vec![named],
        None => context.global.kb.iter().map(PathBuf::as_path).collect(),
    };
    if directories.is_empty() {
        return Ok(vec![default(&context.environment)]);
    }
    directories.into_iter().map(root).collect()
}

/// The name for `--kb` of the knowledge base that the program carries; a directory of that name is `./builtin`.
const BUILT_IN: &str = "builtin";

fn root(directory: &Path) -> Result<Root> {
    if directory == Path::new(BUILT_IN) {
        return Ok(Root::Embedded);
    }
    let shown = directory.display();
    match fs::metadata(directory) {
        Ok(metadata) if metadata.is_dir() => Ok(Root::Directory(directory.to_path_buf())),
        Ok(_) => Err(fault!(
            "ナレッジベース {shown} はフォルダーではありません",
            "the knowledge base {shown} is not a directory";
            "記事（.md）が入ったフォルダーを --kb で指定してください",
            "name the directory that holds the articles (.md) with --kb"
        )),
        Err(error) => Err(fault!(
            "ナレッジベース {shown} を開けません", "cannot open the knowledge base {shown}";
            "--kb のフォルダー名を確かめるか、内蔵の記事を使うなら --kb builtin としてください",
            "check the directory behind --kb, or use the built-in articles with --kb builtin"
        )
        .because(&error)),
    }
}

/// Opens some knowledge bases, building or refreshing their index first as the options say.
pub(crate) fn opened(context: &Context, roots: Vec<Root>) -> Result<KnowledgeBase> {
    Ok(KnowledgeBase::open(index_options(context, roots))?)
}

/// Opens some knowledge bases with an index of which every byte is compared with its checksums. What is
/// damaged is named, and built anew unless the index is to be taken as it is.
pub(crate) fn verified(context: &Context, roots: Vec<Root>) -> Result<KnowledgeBase> {
    let mut options = index_options(context, roots);
    options.verify = true;
    options.compare_contents = true;
    let found = options.directory.as_deref().map(index::verify);
    let damage = match found {
        Some(Ok(Some(found))) => found.damage,
        Some(Err(error @ IndexError::Damaged { .. })) => vec![error],
        _ => Vec::new(),
    };
    for error in damage {
        let mended = if options.refresh {
            Phrase::new("記事から作り直します", "it is built anew from the articles")
        } else {
            Phrase::new("作り直すには: shirube index", "to build it anew: shirube index")
        };
        let (ja, en) = (mended.text(Language::Ja), mended.text(Language::En));
        context.output.note(&phrase!(
            "索引が壊れています（{error}）。{ja}",
            "the index is damaged ({error}); {en}"
        ));
    }
    Ok(KnowledgeBase::open(options)?)
}

/// How the index of some knowledge bases is opened for a search.
pub(crate) fn index_options(context: &Context, roots: Vec<Root>) -> IndexOptions {
    let directory = index_directory(context, &roots);
    if directory.is_none() {
        context.output.note(&Phrase::new(
            "キャッシュのフォルダーが分からないため、索引をメモリ上だけに作ります（--index DIR で指定できます）",
            "there is no cache directory, so the index is built in memory (--index DIR names one)",
        ));
    }
    let mut options = IndexOptions::new(roots);
    options.directory = directory;
    options.refresh = !context.global.no_refresh;
    options.links = context.followed_links();
    options.drafts = context.global.drafts;
    options
}

/// Opens the knowledge bases that the run is about, and tells the first of what their authors should know.
pub(crate) fn open(context: &Context) -> Result<KnowledgeBase> {
    // Whoever names an index alone wants that one: where it is missing, no other may answer in its place.
    let manual = match &context.global.index {
        Some(index) if context.global.no_refresh && context.global.kb.is_empty() => {
            KnowledgeBase::open_index(index)?
        }
        _ => opened(context, roots(context, None)?)?,
    };
    let report = manual.report();
    let warnings = &report.warnings;
    context.output.warnings(warnings.get(..WARNINGS).unwrap_or(warnings));
    if let Some(rest) = warnings.len().checked_sub(WARNINGS).filter(|rest| *rest > 0) {
        context.output.note(&phrase!(
            "記事の注意が、ほかに{rest}件あります: shirube check",
            "{rest} more warnings about the articles: shirube check"
        ));
    }
    Ok(manual)
}

pub(crate) fn searcher(context: &Context) -> Result<Searcher> {
    Ok(open(context)?.searcher())
}

/// `--index`, else a directory of its own in the cache, named by what is indexed.
fn index_directory(context: &Context, roots: &[Root]) -> Option<PathBuf> {
    if let Some(directory) = &context.global.index {
        return Some(directory.clone());
    }
    Some(context.environment.cache.as_ref()?.join("shirube").join(name(context, roots)))
}

/// A file name for what is kept of these knowledge bases: the last one's name, and a hash of where they lie.
pub(crate) fn name(context: &Context, roots: &[Root]) -> String {
    let mut hasher = Xxh3::new();
    let mut name = String::from("built-in");
    for root in roots {
        let path = match root {
            Root::Directory(directory) => context.environment.absolute(directory),
            Root::Embedded => PathBuf::new(),
        };
        if let Some(last) = path.file_name().and_then(OsStr::to_str) {
            name = last.to_owned();
        }
        hasher.update(path.as_os_str().as_encoded_bytes());
        hasher.update(&[0]);
    }
    if context.global.drafts {
        hasher.update(b"drafts");
    }
    format!("{name}-{:016x}", hasher.digest())
}

impl From<Error> for CommandError {
    fn from(error: Error) -> Self {
        match error {
            Error::Index(error) => error.into(),
            Error::UnknownFormat { name, known } => {
                let known = known.join(", ");
                fault!(
                    "「{name}」というログの形式はありません", "there is no log format `{name}`";
                    "--input-format に使えるもの: {known}（付けなければ自動で見分けます）",
                    "--input-format takes: {known} (without it the format is recognized)"
                )
            }
            Error::Paste { file, source } => {
                input::unreadable(file.as_deref().map(Path::new), &source)
            }
            error => fault!("答えられません", "there is no answer").because(&error),
        }
    }
}

impl From<IndexError> for CommandError {
    fn from(error: IndexError) -> Self {
        let what = match &error {
            IndexError::Empty { path } => {
                let path = path.display();
                return fault!(
                    "ナレッジベース {path} に記事（.md）が1件もありません",
                    "there is no article (.md) in the knowledge base {path}";
                    "記事を置くか、--kb で別のフォルダーを指定してください",
                    "put an article there, or name another directory with --kb"
                );
            }
            IndexError::Missing { path } => {
                let path = path.display();
                return fault!(
                    "{path} に索引がありません", "there is no index in {path}";
                    "作るには: shirube index 記事のフォルダー --index {path}",
                    "to build it: shirube index MANUAL --index {path}"
                );
            }
            IndexError::Vanished { path, articles } => {
                let path = path.display();
                return fault!(
                    "ナレッジベース {path} に記事（.md）が1件もありません。前の索引（記事 {articles}件）は、そのまま残っています",
                    "there is no article (.md) in the knowledge base {path} any more; the index of before ({articles} articles) is kept as it is";
                    "フォルダーを確かめてください。索引も空にするには: shirube index --allow-empty",
                    "check the directory; to empty the index too: shirube index --allow-empty"
                );
            }
            IndexError::Busy { path } => {
                let path = path.display();
                return fault!(
                    "ほかのプロセスが索引 {path} を作っていて、1分待っても終わりません",
                    "another process is building the index {path} and has not ended within a minute";
                    "終わってから、もう一度試してください", "try again when it has ended"
                );
            }
            _ => fault!("索引を開けません", "cannot open the index"),
        };
        let what = what.because(&error);
        match error {
            IndexError::Format { .. } | IndexError::Damaged { .. } => what.hint(
                "作り直すには: shirube index（--no-refresh を外しても作り直します）",
                "to build it anew: shirube index (so does leaving --no-refresh out)",
            ),
            IndexError::Io { .. } => what.hint(
                "権限と空き容量を確かめるか、--index DIR で別の置き場所を指定してください",
                "check permissions and free space, or name another place with --index DIR",
            ),
            _ => what.hint("作り直すには: shirube index", "to build it anew: shirube index"),
        }
    }
}

/// The articles and passages of an index, in words.
pub(crate) fn size(snapshot: &Snapshot, language: Language) -> String {
    let (articles, passages, templates) =
        (snapshot.articles(), snapshot.passages(), snapshot.templates());
    match language {
        Language::Ja => format!("記事 {articles}・箇所 {passages}・文面 {templates}"),
        Language::En => format!("{articles} articles, {passages} passages, {templates} wordings"),
    }
}
