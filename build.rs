//! Compiles the Japanese dictionary that is embedded in the library.
//!
//! 1. IPADIC's entries (`dict/entries.tsv.xz`, see `scripts/build_ipadic.py`) are rewritten into the analyzer's
//!    words (`dict/lexicon.rs`), with the very code that normalizes texts, and joined by SudachiDict's loanwords
//!    (`dict/loanwords.tsv.xz`);
//! 2. the costs of connections (`dict/matrix.xz`) and the definitions of unknown words are written beside them;
//! 3. lindera's builder compiles them into `OUT_DIR/dictionary`;
//! 4. chiVe's words and vectors (`dict/words.tsv.xz`, `dict/vectors.bin.xz`) become `OUT_DIR/words.bin`;
//! 5. the Sudachi dictionary's synonyms (`dict/synonyms.tsv.xz`) become `OUT_DIR/synonyms.bin`;
//! 6. `LINDERA_WORKDIR` tells `lindera_dictionary::embedded_dictionary!` where the result stands.
//!
//! Nothing is downloaded: a machine without a network builds the same bytes.

use std::collections::BTreeMap;
use std::error::Error;
use std::fmt::Write as _;
use std::fs::File;
use std::io::{BufReader, Read};
use std::path::{Path, PathBuf};
use std::{env, fs};

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
    println!("cargo::rerun-if-changed=lexicon/kanji-variants.txt");
    println!("cargo::rerun-if-changed=src/text/stem.rs");
    println!("cargo::rerun-if-changed=src/text/hash.rs");

    let output = PathBuf::from(env::var_os("OUT_DIR").ok_or("cargo sets OUT_DIR")?);
    let rewritten = output.join("rewritten");
    fs::create_dir_all(&rewritten)?;
    let words = rewrite(&rewritten)?;
    fs::write(output.join("words.bin"), table::write(&words, &unxz("dict/vectors.bin.xz")?))?;

    let synonyms = lines("dict/synonyms.tsv.xz")?;
    fs::write(output.join("synonyms.bin"), groups::write(&synonyms))?;

    let metadata: Metadata = serde_json::from_slice(&fs::read("dict/metadata.json")?)?;
    DictionaryBuilder::new(metadata).build_dictionary(&rewritten, &output.join("dictionary"))?;

    println!("cargo::rustc-env=LINDERA_WORKDIR={}", output.display());
    Ok(())
}

/// Writes the one file of entries that lindera compiles, with the definitions beside it. Gives the words that
/// have a vector, with its row and their rarity.
fn rewrite(rewritten: &Path) -> Result<BTreeMap<String, (u16, u16)>, Box<dyn Error>> {
    let unknown = fs::read_to_string("dict/unk.def")?;
    fs::write(rewritten.join("unk.def"), lexicon::rewrite_unknown(&unknown))?;
    let characters = fs::read_to_string("dict/char.def")?;
    fs::write(rewritten.join("char.def"), without_middle_dot(&characters))?;
    fs::write(rewritten.join("matrix.def"), connections(&unxz("dict/matrix.xz")?)?)?;

    let mut frequent = Vec::new();
    for line in lines("dict/words.tsv.xz")?.lines() {
        let (word, row) = line.split_once('\t').ok_or("a word without a row")?;
        frequent.push((word.to_owned(), row.parse()?));
    }
    let mut loanwords = Vec::new();
    for line in lines("dict/loanwords.tsv.xz")?.lines() {
        let (word, form) = line.split_once('\t').ok_or("a loanword without a form")?;
        loanwords.push((word.to_owned(), form.to_owned()));
    }
    let entries = lexicon::read(&lines("dict/entries.tsv.xz")?)?;
    let lexicon = lexicon::rewrite(entries, &frequent, &loanwords);
    fs::write(rewritten.join("lexicon.csv"), lexicon.csv)?;
    Ok(lexicon.words)
}

/// The costs of connections in MeCab's form.
fn connections(numbers: &[u8]) -> Result<String, Box<dyn Error>> {
    let mut numbers = numbers.as_chunks::<2>().0.iter().map(|&bytes| i16::from_le_bytes(bytes));
    let (rows, columns) = numbers.next().zip(numbers.next()).ok_or("costs without sizes")?;
    let mut written = format!("{rows} {columns}\n");
    for row in 0..rows {
        for column in 0..columns {
            let cost = numbers.next().ok_or("costs that end early")?;
            writeln!(written, "{row} {column} {cost}")?;
        }
    }
    Ok(written)
}

/// The lines of a file that is compressed with xz.
fn lines(path: &str) -> Result<String, Box<dyn Error>> {
    Ok(String::from_utf8(unxz(path)?)?)
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
