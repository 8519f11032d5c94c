//! From a knowledge base to a snapshot, taking over what has not changed.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

use rayon::prelude::*;
use xxhash_rust::xxh3::xxh3_64;

use super::deal::{Deal, Deals, fingerprint};
use super::digest::{Digest, Digester};
use super::inventory::{Entry, Root};
use super::shard::{self, Shard};
use super::snapshot::Previous;
use super::stored::StoredText;
use super::{IndexError, Inventory, Observer, Resources, Snapshot, Step, carry};
use crate::article;
use crate::facts::CodeDictionary;
use crate::record::{Formats, Vocabulary};
use crate::source::{Phrase, Warning};
use crate::text::{Analyzer, Synonyms};

/// What to index, and where to keep the index.
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
    /// Where snapshots are kept; `None` keeps the index in memory.
    pub directory: Option<PathBuf>,
    /// Whether to look for changed files; without, a snapshot that exists is taken as it is.
    pub refresh: bool,
    /// Whether to build everything anew.
    pub rebuild: bool,
    /// Whether to compare every byte of the snapshot that exists with its checksums, however large it is. What
    /// is damaged is built anew from the articles.
    pub verify: bool,
    /// Whether the index on disk is what is wanted, rather than an answer: another process that builds it is
    /// waited for, and an index that cannot be saved is an error.
    pub publish: bool,
    /// Whether an index may become empty because every article is gone.
    pub allow_empty: bool,
    /// Who is told what the build is doing.
    pub observer: Observer,
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
            publish: false,
            allow_empty: false,
            observer: Observer::default(),
        }
    }
}

/// What a build found and did.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct BuildReport {
    /// How many articles were read and analyzed; 0 where the snapshot was fresh.
    pub indexed: usize,
    /// How many articles were taken over from the snapshot before.
    pub kept: usize,
    /// What reading the articles could not make sense of.
    pub warnings: Vec<Warning>,
}

/// Builds a snapshot that lives in memory alone.
pub fn build_in_memory(
    roots: &[Root],
    inventory: &Inventory,
) -> Result<(Snapshot, BuildReport), IndexError> {
    if inventory.articles().next().is_none() {
        let path = roots.first().map(Root::path).unwrap_or_default();
        return Err(IndexError::Empty { path });
    }
    let mut report = BuildReport::default();
    let resources = Resources::read(roots, inventory)?;
    let mut inventory = inventory.clone();
    let observer = Observer::default();
    let shards = build_shards(roots, &mut inventory, &resources, None, &observer, &mut report)?;
    Ok((Snapshot::in_memory(shards, resources)?, report))
}

/// What building shards needs, the same for all of them.
struct Builder<'b> {
    roots: &'b [Root],
    inventory: &'b Inventory,
    resources_fingerprint: u64,
    previous: Option<&'b Previous>,
    /// How the articles of the snapshot before were dealt.
    deals_before: Option<Deals>,
    codes: CodeDictionary,
    analyzer: Analyzer,
    /// Digesters that no thread is using.
    idle: Mutex<Vec<Digester>>,
    observer: &'b Observer,
    /// How many articles there are, and how many are done.
    articles: usize,
    done: AtomicUsize,
}

/// A shard with what came up while it was built.
struct BuiltShard {
    shard: Shard,
    warnings: Vec<Warning>,
    /// How many articles were read and analyzed.
    indexed: usize,
    /// What is in the files that were read: their places in the inventory, and the hashes.
    contents: Vec<(usize, u64)>,
}

pub(super) fn build_shards(
    roots: &[Root],
    inventory: &mut Inventory,
    resources: &Resources,
    previous: Option<&Previous>,
    observer: &Observer,
    report: &mut BuildReport,
) -> Result<Vec<Shard>, IndexError> {
    let Deals { deals, .. } = Deals::of(inventory);
    let deals_before = previous.map(|previous| Deals::of(&previous.inventory));
    let (codes, mut warnings) = resources.code_dictionary();
    let (analyzer, more) = resources.analyzer();
    warnings.extend(more);
    let builder = Builder {
        roots,
        inventory,
        resources_fingerprint: resources.fingerprint(),
        previous,
        deals_before,
        codes,
        analyzer,
        idle: Mutex::default(),
        observer,
        articles: inventory.articles().count(),
        done: AtomicUsize::new(0),
    };
    let built: Vec<BuiltShard> = deals
        .par_iter()
        .enumerate()
        .map(|(number, deal)| builder.shard(number, deal))
        .collect::<Result<_, IndexError>>()?;

    let mut shards = Vec::with_capacity(built.len());
    for built in built {
        report.indexed += built.indexed;
        report.kept += usize::try_from(built.shard.entry.articles).unwrap_or(0);
        warnings.extend(built.warnings);
        shards.push(built.shard);
        for (place, content) in built.contents {
            if let Some(entry) = inventory.entries.get_mut(place) {
                entry.content = Some(content);
            }
        }
    }
    report.kept = report.kept.saturating_sub(report.indexed);
    warnings.sort();
    report.warnings.extend(warnings);
    Ok(shards)
}

impl Builder<'_> {
    /// Takes the shard of some articles over from the snapshot before, or builds it.
    fn shard(&self, number: usize, deal: &Deal) -> Result<BuiltShard, IndexError> {
        let mut contents = Vec::new();
        let mut texts = BTreeMap::new();
        let mut articles = Vec::with_capacity(deal.places.len());
        for &place in &deal.places {
            let Some(entry) = self.inventory.entries.get(place) else { continue };
            let content = match entry.content {
                Some(content) => content,
                None => {
                    let bytes = self.read(entry)?;
                    let content = xxh3_64(&bytes);
                    contents.push((place, content));
                    texts.insert((entry.root, &entry.path), bytes);
                    content
                }
            };
            articles.push((entry, content));
        }
        let fingerprint = fingerprint(self.resources_fingerprint, articles.iter().copied());
        if let Some(mut shard) = self.previous.and_then(|previous| previous.shard(fingerprint)) {
            shard.entry.file.name = shard::file_name(number);
            self.tell(articles.len());
            return Ok(BuiltShard { shard, warnings: Vec::new(), indexed: 0, contents });
        }
        let mut carried = self.carry_over(deal.slot, &articles).unwrap_or_default();
        carried.resize_with(articles.len(), || None);
        let carried_over = carried.iter().flatten().count();
        self.tell(carried_over);
        let digested: Vec<(Digest, Vec<Warning>)> = articles
            .par_iter()
            .zip(carried)
            .map(|((entry, _), carried)| {
                if let Some(digest) = carried {
                    return Ok((digest, Vec::new()));
                }
                let read;
                let bytes = match texts.get(&(entry.root, &entry.path)) {
                    Some(bytes) => bytes,
                    None => {
                        read = self.read(entry)?;
                        &read
                    }
                };
                Ok(self.digest(&entry.path, bytes))
            })
            .collect::<Result<_, IndexError>>()?;
        let (digests, warnings): (Vec<_>, Vec<_>) = digested.into_iter().unzip();
        let mut warnings: Vec<Warning> = warnings.into_iter().flatten().collect();
        let indexed = digests.len() - carried_over;
        let (shard, left_out) = shard::build(number, fingerprint, digests);
        let left_out = left_out.into_iter().filter_map(|article| articles.get(article));
        warnings.extend(left_out.map(|(entry, _)| too_long(&entry.path)));
        Ok(BuiltShard { shard, warnings, indexed, contents })
    }

    /// What the snapshot before keeps of those of a slot's articles that have not changed; `None` where that
    /// is nothing, or nothing that can be relied on.
    fn carry_over(&self, slot: u64, articles: &[(&Entry, u64)]) -> Option<Vec<Option<Digest>>> {
        let (previous, deals) = self.previous.zip(self.deals_before.as_ref())?;
        let before = deals.of_slot(slot)?.places.iter().map(|&place| {
            let entry = previous.inventory.entries.get(place)?;
            Some((entry, entry.content?))
        });
        let before: Vec<(&Entry, u64)> = before.collect::<Option<_>>()?;
        let mut wanted = vec![false; before.len()];
        let mut unchanged = |(entry, content): &(&Entry, u64)| {
            let place = before
                .binary_search_by(|(known, _)| {
                    (known.root, &known.path).cmp(&(entry.root, &entry.path))
                })
                .ok()?;
            let (_, content_before) = before.get(place)?;
            *wanted.get_mut(place)? = content_before == content;
            (content_before == content).then_some(place)
        };
        let numbers: Vec<Option<usize>> = articles.iter().map(&mut unchanged).collect();
        if numbers.iter().all(Option::is_none) {
            return None;
        }
        let (shard, entry) =
            previous.view(fingerprint(self.resources_fingerprint, before.iter().copied()))?;
        let mut digests = carry::digests(&shard, entry, &wanted)?;
        Some(numbers.into_iter().map(|number| digests.get_mut(number?)?.take()).collect())
    }

    /// Tells that more articles are done.
    fn tell(&self, more: usize) {
        let done = self.done.fetch_add(more, Ordering::Relaxed) + more;
        self.observer.tell(Step::Indexing { done, of: self.articles });
    }

    fn read(&self, entry: &Entry) -> Result<Vec<u8>, IndexError> {
        match self.roots.get(usize::from(entry.root)) {
            Some(root) => root.read(&entry.path),
            None => Ok(Vec::new()),
        }
    }

    /// What the index keeps of one file.
    fn digest(&self, path: &str, bytes: &[u8]) -> (Digest, Vec<Warning>) {
        let decoded = crate::source::decode(bytes);
        let mut article = article::parse(path, &decoded.text, &self.codes);
        let warnings = std::mem::take(&mut article.warnings);
        let idle = || self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        let digester = idle().pop();
        let mut digester = digester.unwrap_or_else(|| Digester::new(self.analyzer.worker()));
        let (markdown, line) = article::body(&decoded.text);
        let text = StoredText { markdown: markdown.to_owned(), line };
        let digest = digester.digest(&article, &text);
        idle().push(digester);
        self.tell(1);
        (digest, warnings)
    }
}

/// An article that is longer than an index can hold.
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

impl Resources {
    /// What reading a paste needs to know, with what of it makes no sense.
    #[must_use]
    pub fn vocabulary(&self) -> (Vocabulary, Vec<Warning>) {
        let (codes, mut warnings) = self.code_dictionary();
        let mut vocabulary = Vocabulary::new(codes);
        let files = self.formats.iter().map(|(path, text)| (path.as_str(), text.as_str()));
        let (formats, more) = Formats::parse(files);
        vocabulary.formats = formats;
        warnings.extend(more);
        (vocabulary, warnings)
    }

    /// The codes that the knowledge base knows.
    #[must_use]
    pub fn code_dictionary(&self) -> (CodeDictionary, Vec<Warning>) {
        CodeDictionary::parse(self.codes.iter().map(|(path, text)| (path.as_str(), text.as_str())))
    }

    /// The analyzer with the knowledge base's own words.
    pub(crate) fn analyzer(&self) -> (Analyzer, Vec<Warning>) {
        Analyzer::new(&self.dictionary.join("\n"))
    }

    /// What may stand for the words of a query.
    pub(crate) fn synonyms(&self, analyzer: &Analyzer) -> (Synonyms, Vec<Warning>) {
        Synonyms::parse(&self.synonyms.join("\n"), analyzer)
    }
}
