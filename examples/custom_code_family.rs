//! Teaches Shirube the error codes of one's own product. A family of codes is data, not code: a file in the
//! `codes/` of the knowledge base, on top of the families that ship.
//!
//! ```sh
//! cargo run --example custom_code_family
//! ```

use std::error::Error;
use std::fs;
use std::io::{self, Write};
use std::path::Path;

use shirube::source::Language;
use shirube::{AnswerOptions, KnowledgeBase};

/// The domain owns its range of numbers, so that a bare 71002 is known to be its own; the encoding says how
/// another console writes the same numbers.
const CODES: &str = r#"
source = "Kagami Agent, release notes 3.2"

[[domain]]
name = "KagamiAgentDomain"
first = 71000
last = 71999
ja = "Kagami エージェント"
en = "the Kagami agent"

[[code]]
domain = "KagamiAgentDomain"
number = 71002
name = "KG_NO_TRUST"
ja = "端末の証明書が信頼されていない"
en = "the certificate of the device is not trusted"

[[encoding]]
name = "Kagami HRESULT"
offset = 0x87D50000
first = 71000
last = 71999
"#;

const ARTICLE: &str = "\
---
codes: [KagamiAgentDomain 71002]
---
# 端末の証明書が信頼されていない

## 対処

1. 端末の日付と時刻を確かめます。
2. 証明書を配信し直します。
";

fn main() -> Result<(), Box<dyn Error>> {
    let place = tempfile::tempdir()?;
    write(place.path(), "codes/kagami.toml", CODES)?;
    write(place.path(), "trust.md", ARTICLE)?;
    let manual = KnowledgeBase::open(place.path())?;

    let mut out = io::stdout().lock();
    for found in manual.explain("0x87D6155A")?.codes {
        let meaning = found.error.meaning.as_ref();
        let meaning = meaning.map_or("unknown", |meaning| meaning.text(Language::En));
        writeln!(out, "{}: {meaning}", found.error.forms.join(" = "))?;
        for article in &found.articles {
            writeln!(out, "  {}:{} {}", article.path, article.line, article.title)?;
        }
    }
    let options = AnswerOptions::at(jiff::civil::date(2026, 11, 23).at(9, 30, 0, 0));
    let answer = manual
        .answer("10:15 kagamid: sync stopped, error 71002 (KagamiAgentDomain)\n", &options)?;
    for remedy in answer.incidents.iter().flat_map(|found| &found.remedies) {
        writeln!(out, "{:.2} {}", remedy.confidence, remedy.title)?;
    }
    Ok(())
}

fn write(directory: &Path, name: &str, text: &str) -> io::Result<()> {
    let path = directory.join(name);
    fs::create_dir_all(path.parent().unwrap_or(directory))?;
    fs::write(path, text)
}
