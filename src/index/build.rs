//! From a knowledge base to a snapshot, taking over what has not changed.

use std::path::PathBuf;

use rayon::prelude::*;
use xxhash_rust::xxh3::{Xxh3, xxh3_64};

use super::inventory::Root;
use super::shard::{self, Shard};
use super::snapshot::Previous;
use super::stored::StoredText;
use super::{IndexError, Inventory, Observer, Resources, Snapshot};
use crate::article::{self, Article};
use crate::facts::CodeDictionary;
use crate::source::Warning;
use crate::text::{Analyzer, Synonyms};

/// How many articles a shard holds on average: few enough that one changed article is indexed anew
/// in a fraction of a second, many enough that a search has few shards to ask.
const ARTICLES_PER_SHARD: usize = 2048;
/// The most shards: each costs every search a look-up a word.
const MOST_SHARDS: usize = 16;

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
    let shards = build_shards(roots, inventory, &resources, None, &mut report)?;
    Ok((Snapshot::in_memory(shards, resources)?, report))
}

/// The articles that belong together, as places in the inventory.
struct Deal {
    fingerprint: u64,
    entries: Vec<usize>,
}

pub(super) fn build_shards(
    roots: &[Root],
    inventory: &Inventory,
    resources: &Resources,
    previous: Option<&Previous>,
    report: &mut BuildReport,
) -> Result<Vec<Shard>, IndexError> {
    let deals = deal(inventory, resources.fingerprint());
    let (codes, mut warnings) = resources.code_dictionary();
    let (analyzer, more) = resources.analyzer();
    warnings.extend(more);

    let built: Vec<_> = deals
        .par_iter()
        .enumerate()
        .map(|(number, deal)| {
            if let Some(mut shard) = previous.and_then(|previous| previous.shard(deal.fingerprint))
            {
                shard.entry.file.name = format!("shard-{number:03}");
                return Ok((shard, Vec::new(), 0));
            }
            let mut articles = Vec::with_capacity(deal.entries.len());
            for entry in deal.entries.iter().filter_map(|&place| inventory.entries.get(place)) {
                let Some(root) = roots.get(usize::from(entry.root)) else { continue };
                articles.push(read_article(root, &entry.path, &codes)?);
            }
            let warnings =
                articles.iter_mut().flat_map(|(a, _)| std::mem::take(&mut a.warnings)).collect();
            let shard = shard::build(number, deal.fingerprint, &articles, &mut analyzer.worker())?;
            Ok((shard, warnings, articles.len()))
        })
        .collect::<Result<_, IndexError>>()?;

    let mut shards = Vec::with_capacity(built.len());
    for (shard, more, indexed) in built {
        report.indexed += indexed;
        report.kept += usize::try_from(shard.entry.articles).unwrap_or(0) - indexed;
        warnings.extend::<Vec<Warning>>(more);
        shards.push(shard);
    }
    warnings.sort();
    report.warnings.extend(warnings);
    Ok(shards)
}

fn read_article(
    root: &Root,
    path: &str,
    codes: &CodeDictionary,
) -> Result<(Article, StoredText), IndexError> {
    let bytes = root.read(path)?;
    let decoded = crate::source::decode(&bytes);
    let (markdown, line) = article::body(&decoded.text);
    let text = StoredText { markdown: markdown.to_owned(), line };
    Ok((article::parse(path, &decoded.text, codes), text))
}

/// Deals the articles to shards by their paths, so that a change touches one shard.
fn deal(inventory: &Inventory, resources: u64) -> Vec<Deal> {
    let count = inventory.articles().count();
    let shards = count.div_ceil(ARTICLES_PER_SHARD).next_power_of_two().min(MOST_SHARDS);
    let mut deals: Vec<Vec<usize>> = vec![Vec::new(); shards];
    for (place, entry) in inventory.entries.iter().enumerate() {
        if entry.role == super::inventory::Role::Article {
            let shard = xxh3_64(entry.path.as_bytes()) % shards as u64;
            if let Some(deal) = usize::try_from(shard).ok().and_then(|shard| deals.get_mut(shard)) {
                deal.push(place);
            }
        }
    }
    let entries = &inventory.entries;
    deals
        .into_iter()
        .filter(|places| !places.is_empty())
        .map(|places| {
            let mut hasher = Xxh3::new();
            hasher.update(&resources.to_le_bytes());
            for entry in places.iter().filter_map(|&place| entries.get(place)) {
                entry.hash_into(&mut hasher);
            }
            Deal { fingerprint: hasher.digest(), entries: places }
        })
        .collect()
}

impl Resources {
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
