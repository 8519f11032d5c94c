//! From a knowledge base to a snapshot, taking over what has not changed.
//!
//! 1. `article_indexer` makes terms and stored fields of each article that changed;
//! 2. `partition` says which articles share a shard, and which shards become one;
//! 3. `shard_writer` writes a shard of new articles, `merge` one of what is alive in several;
//! 4. `words` lists the words of a shard that a question's words may stand for.

pub(in crate::index) mod article_indexer;
pub(in crate::index) mod merge;
pub(in crate::index) mod partition;
pub(in crate::index) mod shard_writer;
pub(in crate::index) mod words;

use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

use rayon::prelude::*;
use xxhash_rust::xxh3::xxh3_64;

use crate::article;
use crate::facts::CodeDictionary;
use crate::index::build::article_indexer::{ArticleIndexer, IndexedArticle};
use crate::index::build::partition::{Population, partition};
use crate::index::build::shard_writer::{Member, Shard, ShardWriter, Source};
use crate::index::read::reader::ShardReader;
use crate::index::read::snapshot::Previous;
use crate::index::store::manifest::{FileEntry, fingerprint};
use crate::index::store::stored::StoredText;
use crate::index::{
    IndexError, Inventory, OnProgress, Progress, Resources, Result, Root, Snapshot,
};
use crate::kb::{self, FileRole, InventoryEntry, Links};
use crate::source::{Phrase, Warning};
use crate::text::Analyzer;

/// Options of a build: the articles, and where the index is kept.
///
/// ```
/// use shirube::index::{IndexOptions, Root};
///
/// let mut options = IndexOptions::new([Root::Directory("manual".into())]);
/// options.directory = Some("/var/lib/shirube".into());
/// ```
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct IndexOptions {
    /// The knowledge bases, which are searched as one.
    pub roots: Vec<Root>,
    /// Where snapshots are kept; `None`, as at first, keeps the index in memory.
    pub directory: Option<PathBuf>,
    /// Whether to look for changed files, as at first; without, a snapshot that exists is taken as it is.
    pub refresh: bool,
    /// Whether to build everything anew; not at first.
    pub rebuild: bool,
    /// Whether to compare every byte of the snapshot that exists with its checksums, however large it is. What
    /// is damaged is built anew from the articles. Not at first: large snapshots are compared where they are read.
    pub verify: bool,
    /// Whether to compare the content of articles whose size and time are those of before, too: where clocks,
    /// or tools that copy, cannot be trusted. Not at first.
    pub compare_contents: bool,
    /// Whether the index on disk is what is wanted, rather than an answer: another process that builds it is
    /// waited for, and an index that cannot be saved is an error. Not at first: an answer is what is wanted.
    pub publish: bool,
    /// Whether an index may become empty because every article is gone; not at first, since a folder may be away.
    pub allow_empty: bool,
    /// Whether drafts are searched, too; not at first.
    pub drafts: bool,
    /// Which symbolic links of a knowledge base are followed; at first those within it.
    pub links: Links,
    /// Who is told what the build is doing; nobody at first.
    pub on_progress: OnProgress,
}

impl IndexOptions {
    /// To index some knowledge bases in memory, afresh; the fields say otherwise.
    #[must_use]
    pub fn new(roots: impl IntoIterator<Item = Root>) -> Self {
        let roots = roots.into_iter().collect();
        Self {
            roots,
            directory: None,
            refresh: true,
            rebuild: false,
            verify: false,
            compare_contents: false,
            publish: false,
            allow_empty: false,
            drafts: false,
            links: Links::default(),
            on_progress: OnProgress::default(),
        }
    }
}

/// The report of a build.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct BuildReport {
    /// How many articles were read and analyzed; 0 where the snapshot was fresh.
    pub indexed: usize,
    /// How many articles were taken over from the snapshot before.
    pub kept: usize,
    /// How many files and folders could not be read; what was in them before stays in the index.
    pub unread: usize,
    /// Warnings: parts of the articles that could not be read.
    pub warnings: Vec<Warning>,
}

impl BuildReport {
    /// Tells what of the knowledge base could not be read.
    pub(in crate::index) fn tell_unread(&mut self, inventory: &Inventory) {
        self.unread += inventory.failures().len();
        self.warnings.extend(inventory.warnings());
    }
}

/// Builds a snapshot that lives in memory alone.
///
/// # Errors
///
/// Where documents cannot be read, or there is not a single article.
pub fn build_in_memory(
    roots: &[Root],
    inventory: &Inventory,
) -> Result<(Snapshot, BuildReport), IndexError> {
    in_memory(roots, inventory, false)
}

/// The same, with drafts or without.
pub(super) fn in_memory(
    roots: &[Root],
    inventory: &Inventory,
    drafts: bool,
) -> Result<(Snapshot, BuildReport)> {
    if inventory.articles().next().is_none() {
        return Err(IndexError::Empty { path: roots.first().map(Root::path).unwrap_or_default() });
    }
    let mut report = BuildReport::default();
    let mut inventory = inventory.clone();
    let (mut resources, warnings) = Resources::read(roots, &mut inventory, None);
    resources.drafts = drafts;
    report.warnings.extend(warnings);
    let on_progress = OnProgress::default();
    let shards = build_shards(roots, &mut inventory, &resources, None, &on_progress, &mut report)?;
    report.tell_unread(&inventory);
    Ok((Snapshot::in_memory(shards, resources, &inventory)?, report))
}

/// The state that all shards of a build share.
struct Builder<'b> {
    roots: &'b [Root],
    /// Of each root, whether its fences marked `log` are samples.
    samples: Vec<bool>,
    drafts: bool,
    codes: CodeDictionary,
    analyzer: Analyzer,
    idle: Mutex<Vec<ArticleIndexer>>,
    on_progress: &'b OnProgress,
    /// How many articles there are, and how many are done.
    articles: usize,
    done: AtomicUsize,
}

#[derive(Default)]
struct BuiltShard {
    /// `None` where all that was read are drafts, or nothing could be.
    shard: Option<Shard>,
    warnings: Vec<Warning>,
    /// The outcome of each file: its place in the inventory, and its content.
    contents: Vec<(usize, Content)>,
}

/// The outcome of a file that was to be indexed, with the hash of its content where it was read.
enum Content {
    Indexed(u64),
    Draft(u64),
    Unread(String),
}

/// An article as it was read, or why it could not be.
struct ReadArticle<'e> {
    place: usize,
    entry: &'e InventoryEntry,
    read: Result<(Option<IndexedArticle>, Vec<Warning>, u64), String>,
}

impl BuiltShard {
    fn add(&mut self, writer: &mut ShardWriter, articles: Vec<ReadArticle<'_>>) -> Result<()> {
        for ReadArticle { place, entry, read } in articles {
            let (indexed, warnings, content) = match read {
                Ok(read) => read,
                Err(reason) => {
                    self.contents.push((place, Content::Unread(reason)));
                    continue;
                }
            };
            self.warnings.extend(warnings);
            let Some(indexed) = indexed else {
                self.contents.push((place, Content::Draft(content)));
                continue;
            };
            self.contents.push((place, Content::Indexed(content)));
            let member = Member { root: entry.root, path: entry.path.clone(), content };
            if !writer.add(indexed, member)? {
                self.warnings.push(too_long(&entry.path));
            }
        }
        Ok(())
    }
}

struct PreviousShard {
    view: ShardReader,
    shard: Shard,
    members: Vec<Member>,
    /// Which of the members are articles of now, unchanged.
    alive: Vec<bool>,
    /// How many were alive before.
    before: u64,
}

/// How many articles are digested at once: enough for every core, and few enough to hold in memory.
const AT_ONCE: usize = 128;

pub(in crate::index) fn build_shards(
    roots: &[Root],
    inventory: &mut Inventory,
    resources: &Resources,
    previous: Option<&Previous>,
    on_progress: &OnProgress,
    report: &mut BuildReport,
) -> Result<Vec<Shard>> {
    let (codes, mut warnings) = resources.code_dictionary();
    let (analyzer, more) = resources.analyzer();
    warnings.extend(more);
    let builder = Builder {
        roots,
        samples: resources.with_samples(roots),
        drafts: resources.drafts,
        codes,
        analyzer,
        idle: Mutex::default(),
        on_progress,
        articles: inventory.articles().count(),
        done: AtomicUsize::new(0),
    };
    let fingerprint = fingerprint(resources);
    let previous =
        previous.filter(|previous| previous.manifest.resources_fingerprint == fingerprint);
    let mut previous_shards = previous.and_then(PreviousShard::all).unwrap_or_default();
    if !previous_shards.is_empty()
        && let Some(previous) = previous
    {
        inventory.look(&previous.inventory, roots);
    }
    let new = unchanged(inventory, &mut previous_shards);
    builder.tell(builder.articles - new.len());
    report.indexed = new.len();

    let entries = &inventory.entries;
    let new: Vec<(usize, &InventoryEntry)> =
        new.into_iter().filter_map(|place| Some((place, entries.get(place)?))).collect();
    let parts = partition(new, |(_, entry)| &entry.path);
    let built: Vec<BuiltShard> =
        parts.par_iter().map(|part| builder.index(part)).collect::<Result<_>>()?;
    let mut shards = Vec::with_capacity(built.len());
    for built in built {
        warnings.extend(built.warnings);
        shards.extend(built.shard);
        for (place, content) in built.contents {
            let Some(entry) = inventory.entries.get_mut(place) else { continue };
            report.indexed -= usize::from(!matches!(content, Content::Indexed(_)));
            (entry.content, entry.unread) = match content {
                Content::Indexed(content) | Content::Draft(content) => (Some(content), None),
                Content::Unread(reason) => (None, Some(reason)),
            };
        }
    }
    let mut shards = join(previous_shards, shards)?;
    for (number, shard) in shards.iter_mut().enumerate() {
        shard.place(number);
    }
    let articles: u64 = shards.iter().map(|shard| shard.entry.articles).sum();
    report.kept = usize::try_from(articles).unwrap_or(0).saturating_sub(report.indexed);
    warnings.sort();
    report.warnings.extend(warnings);
    Ok(shards)
}

/// Notes which articles of the published shards have not changed, and returns the places of all others.
fn unchanged(inventory: &Inventory, previous_shards: &mut [PreviousShard]) -> Vec<usize> {
    let mut new: Vec<bool> =
        inventory.entries.iter().map(|entry| entry.role == FileRole::Article).collect();
    for shard in previous_shards {
        for (member, alive) in shard.members.iter().zip(&mut shard.alive) {
            let place = inventory.entries.binary_search_by(|entry| {
                (entry.root, &entry.path).cmp(&(member.root, &member.path))
            });
            let found = place
                .ok()
                .and_then(|place| Some((inventory.entries.get(place)?, new.get_mut(place)?)));
            // Whoever is dead stays dead: what has come back is new.
            *alive = *alive
                && found.is_some_and(|(entry, new)| {
                    entry.content == Some(member.content) && std::mem::take(new)
                });
        }
    }
    (0..new.len()).filter(|&place| new.get(place).is_some_and(|&new| new)).collect()
}

/// The older shards and the new ones, merged where there would be too many.
fn join(previous_shards: Vec<PreviousShard>, built: Vec<Shard>) -> Result<Vec<Shard>> {
    let populations: Vec<Population> =
        previous_shards.iter().map(PreviousShard::population).collect();
    let chosen = partition::merged(&populations, built.iter().map(|it| it.entry.articles).sum());
    let (mut shards, mut merged) = (Vec::new(), Vec::new());
    for (place, mut previous) in previous_shards.into_iter().enumerate() {
        if !chosen.contains(&place) {
            if previous.population().alive < previous.before {
                let part = previous.part();
                let mut shard = previous.shard.clone();
                merge::bury(&mut shard, &part)?;
                previous.shard = shard;
            }
            shards.push(previous.shard);
        } else if previous.population().alive > 0 {
            merged.push(previous);
        }
    }
    if merged.is_empty() || built.len() > 1 {
        shards.extend(built);
    } else {
        merged.extend(built.into_iter().map(PreviousShard::new).collect::<Result<Vec<_>, _>>()?);
        return merge_all(shards, &merged);
    }
    if merged.is_empty() { Ok(shards) } else { merge_all(shards, &merged) }
}

/// The shards, and one of all that are to be merged.
fn merge_all(mut shards: Vec<Shard>, merged: &[PreviousShard]) -> Result<Vec<Shard>> {
    let parts: Vec<merge::Part<'_>> = merged.iter().map(PreviousShard::part).collect();
    shards.push(merge::merge(&parts)?);
    Ok(shards)
}

impl PreviousShard {
    /// The shards of the snapshot before, where nothing of them is damaged.
    fn all(previous: &Previous) -> Option<Vec<Self>> {
        let shards = previous.shards()?.into_iter().map(|(view, entry)| {
            let members = view.members()?;
            let articles = 0..u32::try_from(members.len()).ok()?;
            let alive = articles.map(|article| view.is_alive(article)).collect();
            let source = |file: &FileEntry| Source::Kept(previous.directory.join(&file.name));
            let sources = entry.files.iter().map(source).collect();
            let shard = Shard { entry: entry.clone(), sources };
            Some(Self { view, shard, members, alive, before: entry.articles })
        });
        shards.collect()
    }

    fn new(shard: Shard) -> Result<Self> {
        let view = ShardReader::of(&shard)?;
        let members = view.members().unwrap_or_default();
        let (alive, before) = (vec![true; members.len()], shard.entry.articles);
        Ok(Self { view, shard, members, alive, before })
    }

    fn population(&self) -> Population {
        let alive = self.alive.iter().filter(|&&alive| alive).count() as u64;
        Population { alive, dead: self.alive.len() as u64 - alive }
    }

    fn part(&self) -> merge::Part<'_> {
        merge::Part { view: &self.view, members: &self.members, alive: &self.alive }
    }
}

impl Builder<'_> {
    fn index(&self, articles: &[(usize, &InventoryEntry)]) -> Result<BuiltShard> {
        let mut writer = ShardWriter::new(articles.len())?;
        let (mut built, mut ready) = (BuiltShard::default(), Vec::new());
        for articles in articles.chunks(AT_ONCE).chain([&[][..]]) {
            // One core puts into the index what was read, while the others read on.
            let add = || built.add(&mut writer, ready);
            let (added, next) = rayon::join(add, || self.read_all(articles));
            added?;
            ready = next;
        }
        if built.contents.iter().any(|(_, content)| matches!(content, Content::Indexed(_))) {
            built.shard = Some(writer.finish()?);
        }
        Ok(built)
    }

    /// Some articles as they are indexed, in order.
    fn read_all<'e>(&self, articles: &[(usize, &'e InventoryEntry)]) -> Vec<ReadArticle<'e>> {
        let read = |&(place, entry): &(usize, &'e InventoryEntry)| {
            let read = self.read(entry).map(|bytes| {
                let (indexed, warnings) = self.indexed(entry, &bytes);
                (indexed, warnings, xxh3_64(&bytes))
            });
            ReadArticle { place, entry, read }
        };
        articles.par_iter().map(read).collect()
    }

    fn tell(&self, more: usize) {
        let done = self.done.fetch_add(more, Ordering::Relaxed) + more;
        self.on_progress.tell(Progress::Indexing { done, of: self.articles });
    }

    fn read(&self, entry: &InventoryEntry) -> Result<Vec<u8>, String> {
        let root = self.roots.get(usize::from(entry.root));
        let read = root.map(|root| root.read(&entry.path));
        read.unwrap_or_else(|| Ok(Vec::new())).map_err(|error| error.source.to_string())
    }

    fn indexed(
        &self,
        entry: &InventoryEntry,
        bytes: &[u8],
    ) -> (Option<IndexedArticle>, Vec<Warning>) {
        let samples = self.samples.get(usize::from(entry.root)).copied().unwrap_or_default();
        let read = kb::article(bytes, &entry.path, samples);
        let mut article = article::parse(&entry.path, &read.text, &self.codes);
        let mut warnings = std::mem::take(&mut article.warnings);
        warnings.extend(read.warning);
        if article.draft && !self.drafts {
            self.tell(1);
            return (None, warnings);
        }
        let idle = || self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        let digester = idle().pop();
        let mut digester = digester.unwrap_or_else(|| ArticleIndexer::new(self.analyzer.worker()));
        let (markdown, line) = article::body(&entry.path, &read.text);
        let text = StoredText { markdown: markdown.into_owned(), line };
        let indexed = digester.indexed(&article, &text);
        idle().push(digester);
        self.tell(1);
        (Some(indexed), warnings)
    }
}

fn too_long(path: &str) -> Warning {
    Warning {
        file: Some(path.into()),
        line: None,
        message: Phrase::new(
            "記事が長すぎて索引に入りません。いくつかに分けてください",
            "the article is too long for the index; split it",
        ),
    }
}
