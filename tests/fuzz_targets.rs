//! The fuzz targets over random bytes, and over samples that were changed: they compile, and nothing they check breaks.
//! `cargo fuzz` goes on from there.

#[path = "../fuzz/targets.rs"]
mod targets;

use proptest::collection::vec;
use proptest::prelude::{Strategy, any, prop_oneof};

/// Pieces that reading looks for, between random bytes.
const PIECES: &[&str] = &[
    "bplist00",
    "<dict><key>ErrorCode</key><integer>4001</integer>",
    "{\"error\":",
    "NSError:\nDomain : X\nCode : 1\n",
    "<![LOG[",
    "2024-05-08 10:00:01 ERROR ",
    "日時,端末名,メッセージ\n",
    "パスワード：",
    "user=mori password=\"a b\"",
    "0x87D13B9F",
    "TimeCreated  : 2024/05/08 10:00:01\n",
    "pattern = '(?<message>.*)'\n",
    "(?<message>.*)",
    "\0",
    "\n",
    "\t",
    "[Window Title]\n",
    "端末番号\tエラーコード\t説明\n",
    "PUSH送信中 ",
    "PK\u{3}\u{4}xl/",
    "From: a\nMIME-Version: 1\nTo: b\n\n",
    "\u{1b}]",
];

/// Bytes as a fuzzer makes them of a corpus.
fn bytes() -> impl Strategy<Value = Vec<u8>> {
    let piece = (0..PIECES.len()).prop_map(|at| PIECES[at].as_bytes().to_vec());
    vec(prop_oneof![3 => piece, 2 => vec(any::<u8>(), 0..12)], 0..12)
        .prop_map(|parts| parts.concat())
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(64))]

    #[test]
    fn every_target_holds(bytes in bytes()) {
        targets::code(&bytes);
        targets::decode(&bytes);
        targets::mask(&bytes);
        targets::plist(&bytes);
        targets::record(&bytes);
        if bytes.len() < 120 {
            targets::formats(&bytes);
        }
    }
}

#[test]
fn every_target_of_the_fuzzer_is_here() {
    let own = include_str!("../fuzz/targets.rs");
    let manifest = include_str!("../fuzz/Cargo.toml");
    let names = manifest.lines().filter_map(|line| line.strip_prefix("path = \"fuzz_targets/"));
    let names: Vec<&str> = names.filter_map(|name| name.strip_suffix(".rs\"")).collect();
    assert_eq!(names.len(), 6, "{names:?}");
    for name in names {
        assert!(own.contains(&format!("pub(crate) fn {name}(")), "{name}");
    }
}

/// Pastes that once ended a reading or took for ever, by target: what a fuzzer finds is put there, and it begins with them.
const FINDS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/fuzz/finds");

#[test]
fn every_find_stays_mended() {
    let mut tried = 0;
    for entry in walkdir::WalkDir::new(FINDS).sort_by_file_name() {
        let path = entry.expect("the repository has it").into_path();
        let Some(target) = path.parent().and_then(|it| it.file_name()).filter(|_| path.is_file())
        else {
            continue;
        };
        let bytes = std::fs::read(&path).expect("a file");
        match target.to_string_lossy().as_ref() {
            "code" => targets::code(&bytes),
            "decode" => targets::decode(&bytes),
            "formats" => targets::formats(&bytes),
            "mask" => targets::mask(&bytes),
            "plist" => targets::plist(&bytes),
            "record" => targets::record(&bytes),
            other => panic!("{other} is no target"),
        }
        tried += 1;
    }
    assert!(tried >= 6, "only {tried} finds");
}
