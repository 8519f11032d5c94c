//! Compiles the Japanese dictionary that is embedded in the library.
//!
//! 1. `dict/ipadic.tar.xz` (IPADIC's source as Debian's `mecab-ipadic` ships it) is unpacked;
//! 2. its entries are rewritten into the analyzer's words (`dict/lexicon.rs`), with the very code that
//!    normalizes texts, and joined by SudachiDict's loanwords (`dict/loanwords.tsv.xz`);
//! 3. lindera's builder compiles them into `OUT_DIR/dictionary`;
//! 4. chiVe's words and vectors (`dict/words.tsv.xz`, `dict/vectors.bin.xz`) become `OUT_DIR/words.bin`;
//! 5. the Sudachi dictionary's synonyms (`dict/synonyms.tsv.xz`) become `OUT_DIR/synonyms.bin`;
//! 6. `LINDERA_WORKDIR` tells `lindera_dictionary::embedded_dictionary!` where the result stands.
//!
//! Nothing is downloaded: a machine without a network builds the same bytes.

use std::collections::BTreeMap;
use std::error::Error;
use std::fs::File;
use std::io::{BufReader, Read};
use std::path::{Path, PathBuf};
use std::{env, fs, io};

use lindera_dictionary::builder::DictionaryBuilder;
use lindera_dictionary::dictionary::metadata::Metadata;

#[path = "dict/groups.rs"]
mod groups;
#[path = "src/text/hash.rs"]
mod hash;
#[path = "dict/lexicon.rs"]
mod lexicon;
#[path = "src/text/normalize/mod.rs"]
#[allow(dead_code, unreachable_pub, reason = "the library uses what the build does not")]
mod normalize;
#[path = "dict/ranks.rs"]
mod ranks;
#[path = "src/text/stem.rs"]
mod stem;
#[path = "dict/table.rs"]
mod table;
#[path = "dict/variants.rs"]
mod variants;

#[expect(clippy::disallowed_methods, reason = "cargo speaks to a build script by its environment")]
fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=dict");
    println!("cargo::rerun-if-changed=kb");
    println!("cargo::rerun-if-changed=src/text/normalize");
    println!("cargo::rerun-if-changed=src/text/stem.rs");
    println!("cargo::rerun-if-changed=src/text/hash.rs");

    let output = PathBuf::from(env::var_os("OUT_DIR").ok_or("cargo sets OUT_DIR")?);
    let source = output.join("source");
    let rewritten = output.join("rewritten");
    fs::create_dir_all(&rewritten)?;
    unpack(Path::new("dict/ipadic.tar.xz"), &source)?;
    let words = rewrite(&source, &rewritten)?;
    fs::write(output.join("words.bin"), table::write(&words, &unxz("dict/vectors.bin.xz")?))?;

    let synonyms = String::from_utf8(unxz("dict/synonyms.tsv.xz")?)?;
    fs::write(output.join("synonyms.bin"), groups::write(&synonyms))?;

    let metadata: Metadata = serde_json::from_slice(&fs::read("dict/metadata.json")?)?;
    DictionaryBuilder::new(metadata).build_dictionary(&rewritten, &output.join("dictionary"))?;

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

/// Rewrites the entries of `source` into the one file that lindera compiles, with the definitions
/// beside it, all in UTF-8. Gives the words that have a vector, with its row and their rarity.
fn rewrite(
    source: &Path,
    rewritten: &Path,
) -> Result<BTreeMap<String, (u16, u16)>, Box<dyn Error>> {
    let mut files: Vec<PathBuf> =
        fs::read_dir(source)?.map(|file| Ok(file?.path())).collect::<io::Result<_>>()?;
    files.sort();
    let mut rows: Vec<Vec<String>> = Vec::new();
    for file in &files {
        let Some(name) = file.file_name().and_then(|name| name.to_str()) else { continue };
        let bytes = fs::read(file)?;
        let (text, _, _) = encoding_rs::EUC_JP.decode(&bytes);
        if name.ends_with(".csv") {
            let mut csv = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
            for row in csv.records() {
                rows.push(row?.iter().map(str::to_owned).collect());
            }
        } else if name == "unk.def" {
            fs::write(rewritten.join(name), lexicon::rewrite_unknown(&text))?;
        } else if name == "char.def" {
            fs::write(rewritten.join(name), without_middle_dot(&text))?;
        } else if name.ends_with(".def") {
            fs::write(rewritten.join(name), text.as_ref())?;
        }
    }
    let mut frequent = Vec::new();
    for line in String::from_utf8(unxz("dict/words.tsv.xz")?)?.lines() {
        let (word, row) = line.split_once('\t').ok_or("a word without a row")?;
        frequent.push((word.to_owned(), row.parse()?));
    }
    let mut loanwords = Vec::new();
    for line in String::from_utf8(unxz("dict/loanwords.tsv.xz")?)?.lines() {
        let (word, form) = line.split_once('\t').ok_or("a loanword without a form")?;
        loanwords.push((word.to_owned(), form.to_owned()));
    }
    let lexicon = lexicon::rewrite(rows.into_iter(), &frequent, &loanwords);
    fs::write(rewritten.join("lexicon.csv"), lexicon.csv)?;
    Ok(lexicon.words)
}

/// The content of a file that is compressed with xz.
fn unxz(path: &str) -> Result<Vec<u8>, Box<dyn Error>> {
    let mut content = Vec::new();
    let compressed = BufReader::new(File::open(path)?);
    lzma_rust2::XzReader::new(compressed, true).read_to_end(&mut content)?;
    Ok(content)
}

/// Takes the middle dot out of the katakana, where `char.def` counts it: it would glue the items of
/// a list together as one unknown word.
fn without_middle_dot(definition: &str) -> String {
    definition.replace(
        "0x30A1..0x30FF  KATAKANA",
        "0x30A1..0x30FA  KATAKANA\n0x30FB  SYMBOL\n0x30FC..0x30FF  KATAKANA",
    )
}
