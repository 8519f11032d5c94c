//! A snapshot that is too large to be compared with its checksums when it is opened, damaged in every file: what it
//! answers is what a sound one answers, or an error.

use std::fs::{self, File};
use std::path::Path;

use shirube::index::{self, IndexError, Snapshot};
use shirube::record::Reading;
use shirube::search::{Answer, AnswerOptions, Searcher};

use crate::damage::files;
use crate::long_form;
use crate::manual::Manual;
use crate::support;

/// Numbers without a pattern, the same in every run.
struct Numbers(u64);

impl Numbers {
    fn next(&mut self) -> u64 {
        // Steele, Lea and Flood, Fast splittable pseudorandom number generators (SplitMix64), 2014.
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, end: u64) -> u64 {
        self.next() % end.max(1)
    }
}

const SUBJECTS: [&str; 8] =
    ["同期", "証明書", "プロファイル", "端末", "アプリ", "登録", "バックアップ", "ネットワーク"];
const TROUBLES: [&str; 6] = [
    "が失敗しました",
    "が中断しました",
    "を拒否しました",
    "が見つかりません",
    "の期限が切れました",
    "に接続できません",
];

/// Articles with sections, wordings and codes, enough for a snapshot of many mebibytes.
fn write_large(manual: &Manual, articles: u64, padding: usize) {
    let mut numbers = Numbers(20_221_110);
    for article in 0..articles {
        let subject = SUBJECTS[numbers.below(8) as usize];
        let mut text = format!("# {subject}の記録{article}\n\n");
        for section in 0..1 + numbers.below(6) {
            let trouble = TROUBLES[numbers.below(6) as usize];
            let code = 1000 + numbers.below(9000);
            text += &format!(
                "## {subject}{trouble}（{section}）\n\n「{subject}その{article}{trouble}。コード {code}」と出ます。\n\n\
                 1. 画面{code}を開き、設定{}を調べます。\n2. {}を{}に変えます。\n\n",
                numbers.below(500),
                SUBJECTS[numbers.below(8) as usize],
                numbers.below(500),
            );
        }
        text += "<!--";
        for _ in 0..padding / 8 {
            text += &format!("{:08x}", numbers.next() as u32);
        }
        text += "-->\n";
        fs::write(manual.articles().join(format!("large-{article:04}.md")), text).expect("a file");
    }
}

/// Pastes and questions that touch many articles.
const ASKED: [(&str, bool); 5] = [
    ("2024/05/08 09:00:00 同期その12が失敗しました。コード 4026\n", false),
    ("2024/05/08 09:00:01 証明書その7の期限が切れました。コード 1204\n", false),
    ("2024/05/08 09:00:02 プロファイルその30を拒否しました。コード 7777\n", false),
    ("端末をネットワークに接続できません", true),
    ("バックアップの記録が見つからない", true),
];

/// The answers of a searcher; the first error where there is one.
fn answers(searcher: &Searcher) -> Result<Vec<Answer>, IndexError> {
    let options = AnswerOptions::on(support::TODAY);
    let read = |&(text, question): &(&str, bool)| {
        if question {
            return Reading::of_question(text, searcher.codes());
        }
        support::read(searcher, text)
    };
    ASKED.iter().map(|asked| searcher.answer(&read(asked), &options)).collect()
}

fn open(manual: &Manual) -> Result<Searcher, IndexError> {
    let snapshot = Snapshot::open(&manual.index())?;
    Ok(support::searcher(snapshot.expect("a snapshot holds")))
}

/// A way to damage a file.
#[derive(Debug, Clone, Copy)]
enum Damage {
    Bit,
    Noise(usize),
    Zeros(usize),
    Swapped(usize),
    Cut,
}

const ALL: [Damage; 10] = [
    Damage::Bit,
    Damage::Noise(64),
    Damage::Zeros(64),
    Damage::Noise(4 << 10),
    Damage::Zeros(4 << 10),
    Damage::Swapped(4 << 10),
    Damage::Noise(64 << 10),
    Damage::Zeros(64 << 10),
    Damage::Swapped(64 << 10),
    Damage::Cut,
];

/// A file with what stood there before it was damaged.
struct Damaged<'f> {
    file: &'f Path,
    sound: Vec<u8>,
}

impl<'f> Damaged<'f> {
    fn new(file: &'f Path, damage: Damage, numbers: &mut Numbers) -> Self {
        let sound = fs::read(file).expect("a file");
        let mut bytes = sound.clone();
        let place = numbers.below(sound.len() as u64) as usize;
        let end = |length: usize| sound.len().min(place + length);
        match damage {
            Damage::Bit => bytes[place] ^= 1 << numbers.below(8),
            Damage::Noise(length) => {
                bytes[place..end(length)].fill_with(|| numbers.next() as u8);
            }
            Damage::Zeros(length) => bytes[place..end(length)].fill(0),
            Damage::Swapped(length) => {
                let other = numbers.below(sound.len() as u64) as usize;
                let length = length.min(sound.len() - place.max(other));
                bytes[place..place + length].copy_from_slice(&sound[other..other + length]);
                bytes[other..other + length].copy_from_slice(&sound[place..place + length]);
            }
            Damage::Cut => bytes.truncate(place),
        }
        fs::write(file, &bytes).expect("damaged");
        Self { file, sound }
    }
}

impl Drop for Damaged<'_> {
    fn drop(&mut self) {
        fs::write(self.file, &self.sound).expect("mended");
    }
}

/// A manual whose snapshot is not read whole when it is opened.
fn large() -> Manual {
    let manual = Manual::new();
    let (articles, padding) = if long_form() { (1465, 20 << 10) } else { (96, 200 << 10) };
    write_large(&manual, articles, padding);
    manual.build();
    let bytes = index::verify(&manual.index()).expect("readable").expect("a snapshot").bytes;
    assert!(bytes > 17 << 20, "{bytes}");
    manual
}

#[test]
fn no_damage_answers() {
    let manual = large();
    let sound = open(&manual).and_then(|searcher| answers(&searcher)).expect("it is sound");
    let files = files(&manual.index());
    let rounds = if long_form() { 1000 / (ALL.len() * files.len()) + 1 } else { 1 };
    let mut numbers = Numbers(19);
    let (mut named, mut untouched) = (0, 0);
    for file in &files {
        for damage in (0..rounds).flat_map(|_| ALL) {
            let damaged = Damaged::new(file, damage, &mut numbers);
            match open(&manual).and_then(|searcher| answers(&searcher)) {
                Err(IndexError::Damaged { .. } | IndexError::Format { .. }) => named += 1,
                Err(error) => panic!("{damage:?} of {}: {error}", file.display()),
                // A file that is not needed for it is not read.
                Ok(answers) => {
                    let told = answers.iter().any(|answer| !answer.warnings.is_empty());
                    assert!(told || answers == sound, "{damage:?} of {}", file.display());
                    untouched += usize::from(!told);
                    named += usize::from(told);
                }
            }
            drop(damaged);
        }
    }
    assert!(named > untouched / 2, "{named} named, {untouched} not met");
}

#[test]
fn every_file_of_a_large_snapshot_is_mended() {
    let manual = large();
    let sound = open(&manual).and_then(|searcher| answers(&searcher)).expect("it is sound");
    let mut numbers = Numbers(4);
    let count = files(&manual.index()).len();
    for place in 0..count {
        // A mended index has other files of the same names.
        let file = files(&manual.index()).remove(place);
        std::mem::forget(Damaged::new(&file, Damage::Zeros(64 << 10), &mut numbers));
        let mut options = manual.options();
        options.verify = true;
        let (snapshot, _) = index::open_or_build(&options).expect("it is mended");
        assert_eq!(answers(&support::searcher(snapshot)).expect("it is sound"), sound);
        let found = index::verify(&manual.index()).expect("readable").expect("a snapshot");
        assert!(found.damage.is_empty(), "{}: {:?}", file.display(), found.damage);
    }
}

#[test]
fn a_file_that_is_cut_off_under_a_reader_is_an_error() {
    let manual = large();
    let (size, all) =
        (|file: &Path| fs::metadata(file).expect("a file").len(), files(&manual.index()));
    for file in all.iter().filter(|file| file.to_string_lossy().contains("/shard-")) {
        let sound = fs::read(file).expect("a file");
        let searcher = open(&manual).expect("it is sound");
        answers(&searcher).expect("it is sound");
        let opened = File::options().write(true).open(file).expect("a file");
        opened.set_len(size(file) / 3).expect("cut off");
        let error = answers(&searcher).expect_err("a file is cut off");
        let name = file.file_name().expect("a name").to_string_lossy();
        assert!(error.to_string().contains(&*name), "{error}");
        drop(searcher);
        fs::write(file, &sound).expect("mended");
    }
}
