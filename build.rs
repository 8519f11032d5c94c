//! Compiles the Japanese dictionary that is embedded in the library.
//!
//! 1. `dict/ipadic.tar.xz` (IPADIC's source as Debian's `mecab-ipadic` ships it) is unpacked;
//! 2. lindera's builder compiles it into `OUT_DIR/dictionary`;
//! 3. `LINDERA_WORKDIR` tells `lindera_dictionary::embedded_dictionary!` where the result stands.
//!
//! Nothing is downloaded: a machine without a network builds the same bytes.

use std::error::Error;
use std::fs::File;
use std::io::BufReader;
use std::path::{Path, PathBuf};
use std::{env, fs};

use lindera_dictionary::builder::DictionaryBuilder;
use lindera_dictionary::dictionary::metadata::Metadata;

#[expect(clippy::disallowed_methods, reason = "cargo speaks to a build script by its environment")]
fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=dict");
    println!("cargo::rerun-if-changed=kb");

    let output = PathBuf::from(env::var_os("OUT_DIR").ok_or("cargo sets OUT_DIR")?);
    let source = output.join("ipadic");
    unpack(Path::new("dict/ipadic.tar.xz"), &source)?;

    let metadata: Metadata = serde_json::from_slice(&fs::read("dict/metadata.json")?)?;
    DictionaryBuilder::new(metadata).build_dictionary(&source, &output.join("dictionary"))?;

    println!("cargo::rustc-env=LINDERA_WORKDIR={}", output.display());
    Ok(())
}

/// Unpacks a tar archive compressed with xz into `directory`.
fn unpack(archive: &Path, directory: &Path) -> Result<(), Box<dyn Error>> {
    let compressed = BufReader::new(File::open(archive)?);
    let archive = lzma_rust2::XzReader::new(compressed, true);
    tar::Archive::new(archive).unpack(directory)?;
    Ok(())
}
