//! What all articles of a knowledge base share: codes, formats, synonyms, dictionary, settings.
//!
//! The shipped files are the base layer of every knowledge base; its own entries override them.
//! A snapshot keeps them, so that it is searched with the very words that it was built with.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::Xxh3;

use super::inventory::Root;
use super::layout::FORMAT_VERSION;
use super::{IndexError, Inventory, embedded};
use crate::article::Settings;
use crate::facts::Products;

/// The text of the files that all articles of a knowledge base share.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Default)]
pub struct Resources {
    /// `codes/*.toml`: path and text, the base layer first.
    pub(crate) codes: Vec<(String, String)>,
    /// `formats/*.toml` of the knowledge base alone: path and text. The shipped ones are the program's.
    pub(crate) formats: Vec<(String, String)>,
    /// `synonyms.txt`, the base layer first.
    pub(crate) synonyms: Vec<String>,
    /// `dictionary.csv`, the base layer first.
    pub(crate) dictionary: Vec<String>,
    /// `flows/*.md`: path and text, those of the shipped knowledge base first, where it is one of the roots.
    pub(crate) flows: Vec<(String, String)>,
    /// `shirube.toml` of the knowledge base alone.
    pub(crate) settings: Vec<(String, String)>,
}

impl Resources {
    /// Reads the resources of the roots on top of the base layer.
    pub(crate) fn read(roots: &[Root], inventory: &Inventory) -> Result<Self, IndexError> {
        let mut files: BTreeMap<(usize, String), Vec<u8>> = BTreeMap::new();
        for (path, bytes) in embedded::files() {
            // The shipped flows lead to shipped articles and are no part of another knowledge base.
            let shared = path != "shirube.toml" && !path.starts_with("flows/");
            if shared || roots.contains(&Root::Embedded) {
                files.insert((0, path), bytes.to_vec());
            }
        }
        for entry in inventory.resources() {
            let Some(root) = roots.get(usize::from(entry.root)) else { continue };
            if *root != Root::Embedded {
                let bytes = root.read(&entry.path)?;
                files.insert((usize::from(entry.root) + 1, entry.path.clone()), bytes);
            }
        }
        let mut resources = Self::default();
        for ((layer, path), bytes) in files {
            let text = String::from_utf8_lossy(&bytes).into_owned();
            match path.as_str() {
                "synonyms.txt" => resources.synonyms.push(text),
                "dictionary.csv" => resources.dictionary.push(text),
                "shirube.toml" => resources.settings.push((path, text)),
                _ if path.starts_with("codes/") && path.ends_with(".toml") => {
                    resources.codes.push((path, text));
                }
                _ if layer > 0 && path.starts_with("formats/") && path.ends_with(".toml") => {
                    resources.formats.push((path, text));
                }
                _ if path.starts_with("flows/") => resources.flows.push((path, text)),
                _ => {}
            }
        }
        Ok(resources)
    }

    /// The flows: path and text, the base layer first.
    pub(crate) fn flows(&self) -> impl Iterator<Item = &(String, String)> {
        self.flows.iter()
    }

    /// The settings files: path and text.
    pub(crate) fn settings(&self) -> impl Iterator<Item = &(String, String)> {
        self.settings.iter()
    }

    /// The consoles that a text may name: the base layer's, and over them the knowledge base's own.
    pub(crate) fn products(&self) -> Products {
        let path = "shirube.toml";
        let base = embedded::file(path).map(String::from_utf8_lossy).unwrap_or_default();
        let base = std::iter::once((path, base.as_ref()));
        let own = self.settings().map(|(path, text)| (path.as_str(), text.as_str()));
        let mut table = BTreeMap::new();
        for (path, text) in base.chain(own) {
            table.extend(Settings::parse(path, text).0.products);
        }
        Products::new(&table)
    }

    /// Changes when anything changes that all articles depend on.
    pub(crate) fn fingerprint(&self) -> u64 {
        self.fingerprint_in(FORMAT_VERSION, env!("CARGO_PKG_VERSION"))
    }

    /// The fingerprint in a format, by a version of the program.
    fn fingerprint_in(&self, format: u32, program: &str) -> u64 {
        let mut hasher = Xxh3::new();
        hasher.update(&format.to_le_bytes());
        hasher.update(program.as_bytes());
        hasher.update(&self.to_bytes());
        hasher.digest()
    }

    pub(crate) fn to_bytes(&self) -> Vec<u8> {
        postcard::to_stdvec(self).expect("strings in vectors always serialize")
    }

    pub(crate) fn from_bytes(bytes: &[u8]) -> Result<Self, String> {
        postcard::from_bytes(bytes).map_err(|error| error.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::Resources;

    #[test]
    fn another_program_or_format_indexes_anew() {
        let resources = Resources::default();
        let now = resources.fingerprint_in(7, "0.1.0");
        assert_eq!(now, resources.fingerprint_in(7, "0.1.0"));
        assert_ne!(now, resources.fingerprint_in(7, "0.1.1"));
        assert_ne!(now, resources.fingerprint_in(8, "0.1.0"));
    }
}
