//! Resources that all articles of a knowledge base share: codes, formats, synonyms, dictionary, flows, settings.
//!
//! The shipped files are the base layer of every knowledge base; its own entries override them.
//! A snapshot keeps them, so that it is searched with the very words that it was built with.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::xxh3_64;

use super::root::{embedded_file, embedded_files};
use super::{FileRole, Inventory, Root, Settings, decode};
use crate::facts::{CodeDictionary, Products};
use crate::flow::{self, Flow};
use crate::record::{self, Formats, Vocabulary};
use crate::source::Warning;
use crate::text::{Analyzer, Synonyms};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TextFile {
    /// Whose it is: 0 for what ships with Shirube, else the number of the knowledge base, from 1.
    pub layer: u16,
    /// The path within the knowledge base, with `/` between its parts.
    pub path: String,
    pub text: String,
}

/// The text of the files that all articles of a knowledge base share.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Default)]
pub struct Resources {
    /// `codes/*.toml`, the base layer first.
    pub codes: Vec<TextFile>,
    /// `formats/*.toml` of the knowledge base alone. The shipped ones are the program's.
    pub formats: Vec<TextFile>,
    /// `synonyms.txt`, the base layer first.
    pub synonyms: Vec<TextFile>,
    /// `dictionary.csv`, the base layer first.
    pub dictionaries: Vec<TextFile>,
    /// `flows/*.md`, those of the shipped knowledge base first, where it is one of the roots.
    pub flows: Vec<TextFile>,
    /// `shirube.toml` of the knowledge base alone.
    pub settings: Vec<TextFile>,
    /// Whether drafts are articles like the others.
    pub drafts: bool,
}

impl Resources {
    /// Reads the resources of the roots on top of the base layer. Of a file that cannot be read, `before`
    /// tells what it said when it could, and the inventory notes it.
    pub(crate) fn read(
        roots: &[Root],
        inventory: &mut Inventory,
        before: Option<&Self>,
    ) -> (Self, Vec<Warning>) {
        let (mut resources, mut warnings) = (Self::default(), Vec::new());
        let whole = roots.contains(&Root::Embedded);
        for (path, bytes) in embedded_files() {
            let Some(role) = FileRole::of(&path) else { continue };
            // The shipped flows lead to shipped articles and are no part of another knowledge base.
            let shared = match role {
                FileRole::Settings | FileRole::Flow => whole,
                role => role != FileRole::Format,
            };
            if shared && let Some(files) = resources.files_mut(role) {
                let text = String::from_utf8_lossy(bytes).into_owned();
                files.push(TextFile { layer: 0, path, text });
            }
        }
        for entry in &mut inventory.entries {
            let Some(root) = roots.get(usize::from(entry.root)) else { continue };
            let Some(files) = resources.files_mut(entry.role) else { continue };
            if *root == Root::Embedded {
                continue;
            }
            let layer = entry.root.saturating_add(1);
            match root.read(&entry.path) {
                Ok(bytes) => {
                    let (text, warning) = decode(&bytes, &entry.path);
                    let text = text.into_owned();
                    files.push(TextFile { layer, path: entry.path.clone(), text });
                    warnings.extend(warning);
                    entry.unread = None;
                }
                Err(error) => {
                    let known = before.and_then(|before| before.file(layer, &entry.path));
                    entry.unread = Some(error.source.to_string());
                    entry.content = known.map(|known| xxh3_64(known.text.as_bytes()));
                    files.extend(known.cloned());
                }
            }
        }
        (resources, warnings)
    }

    fn files_mut(&mut self, role: FileRole) -> Option<&mut Vec<TextFile>> {
        Some(match role {
            FileRole::Article => return None,
            FileRole::Codes => &mut self.codes,
            FileRole::Format => &mut self.formats,
            FileRole::Flow => &mut self.flows,
            FileRole::Synonyms => &mut self.synonyms,
            FileRole::Dictionary => &mut self.dictionaries,
            FileRole::Settings => &mut self.settings,
        })
    }

    fn file(&self, layer: u16, path: &str) -> Option<&TextFile> {
        let Self { codes, formats, synonyms, dictionaries, flows, settings, .. } = self;
        let mut files =
            [codes, formats, synonyms, dictionaries, flows, settings].into_iter().flatten();
        files.find(|file| file.layer == layer && file.path == path)
    }

    /// Of each root, whether its fences marked `log` are samples.
    pub(crate) fn with_samples(&self, roots: &[Root]) -> Vec<bool> {
        let layers = roots.iter().enumerate().map(|(number, root)| match root {
            Root::Embedded => 0,
            Root::Directory(_) => u16::try_from(number + 1).unwrap_or(u16::MAX),
        });
        let says = |layer| {
            let mut files = self.settings.iter().filter(|file| file.layer == layer);
            files.any(|file| Settings::parse(&file.path, &file.text).0.samples)
        };
        layers.map(says).collect()
    }

    /// The settings files, the last one first where they disagree, with warnings for entries that make no sense.
    pub(crate) fn all_settings(&self) -> (Settings, Vec<Warning>) {
        let (mut settings, mut warnings) = (Settings::default(), Vec::new());
        for file in &self.settings {
            let (more, told) = Settings::parse(&file.path, &file.text);
            settings.add(more);
            warnings.extend(told);
        }
        (settings, warnings)
    }

    /// The check flows, with the aliases that the settings declare.
    pub(crate) fn parsed_flows(&self) -> Vec<Flow> {
        flow::parse_all(pairs(&self.flows), &self.all_settings().0.aliases)
    }

    /// The vocabulary for reading a paste, with warnings for entries that make no sense.
    pub fn vocabulary(&self) -> (Vocabulary, Vec<Warning>) {
        let (codes, mut warnings) = self.code_dictionary();
        let mut vocabulary = Vocabulary::new(codes);
        let (formats, more) = Formats::parse(pairs(&self.formats));
        vocabulary.formats = formats;
        warnings.extend(more);
        self.declare_terms(&mut vocabulary);
        (vocabulary, warnings)
    }

    /// Makes the labels of the check flows and of the settings known, and the states that flows decide by.
    fn declare_terms(&self, vocabulary: &mut Vocabulary) {
        let (flows, aliases) = (self.parsed_flows(), self.all_settings().0.aliases);
        let facts = flows.iter().flat_map(|flow| &flow.facts);
        let of_flows = facts.flat_map(|fact| std::iter::once(&fact.label).chain(&fact.aliases));
        let labels = of_flows.chain(aliases.keys()).chain(aliases.values().flatten());
        let states = self.flows.iter().flat_map(|file| record::states_in_conditions(&file.text));
        vocabulary.declare(labels.map(String::as_str), states);
    }

    /// The analyzer with the knowledge base's own words.
    pub(crate) fn analyzer(&self) -> (Analyzer, Vec<Warning>) {
        Analyzer::new(&joined(&self.dictionaries))
    }

    pub(crate) fn synonyms(&self, analyzer: &Analyzer) -> (Synonyms, Vec<Warning>) {
        Synonyms::parse(&joined(&self.synonyms), analyzer)
    }

    pub fn code_dictionary(&self) -> (CodeDictionary, Vec<Warning>) {
        CodeDictionary::parse(pairs(&self.codes))
    }

    /// The consoles that a text may name: the base layer's, and over them the knowledge base's own.
    pub(crate) fn products(&self) -> Products {
        let shipped =
            embedded_file("shirube.toml").map(String::from_utf8_lossy).unwrap_or_default();
        let mut table: BTreeMap<String, Vec<String>> =
            Settings::parse("shirube.toml", &shipped).0.products;
        table.extend(self.all_settings().0.products);
        Products::new(&table)
    }

    pub(crate) fn to_bytes(&self) -> Vec<u8> {
        postcard::to_stdvec(self).expect("strings in vectors always serialize")
    }

    pub(crate) fn from_bytes(bytes: &[u8]) -> Result<Self, String> {
        postcard::from_bytes(bytes).map_err(|error| error.to_string())
    }
}

pub(crate) fn pairs(files: &[TextFile]) -> impl Iterator<Item = (&str, &str)> {
    files.iter().map(|file| (file.path.as_str(), file.text.as_str()))
}

fn joined(files: &[TextFile]) -> String {
    files.iter().map(|file| file.text.as_str()).collect::<Vec<_>>().join("\n")
}
