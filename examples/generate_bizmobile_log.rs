//! Writes a BizMobile operation log of any length to standard output, for measuring:
//!
//! ```sh
//! cargo run --release --example generate_bizmobile_log -- 1000000 > big.tsv
//! ```
//!
//! The log is made up: 40 different messages, 3,000 devices, about 250 bytes a row, no row twice. The
//! generator is xorshift64* with the seed 20221110, so that the same number of rows gives the same bytes.

use std::io::{self, BufWriter, Write};

/// Where the generator begins; the date of the log that the form was taken from.
const SEED: u64 = 20_221_110;
/// How many devices there are.
const DEVICES: u64 = 3_000;

/// The commands that messages begin with, with a code of each.
const COMMANDS: [(&str, u32); 10] = [
    ("InstallProfile", 4026),
    ("InstallProfile", 4001),
    ("RemoveProfile", 4024),
    ("InstallApplication", 12024),
    ("DeviceInformation", 12021),
    ("SecurityInfo", 12013),
    ("ProfileList", 12008),
    ("CertificateList", 9007),
    ("EraseDevice", 12025),
    ("DeviceLock", 5010),
];

/// The wordings, each with a name in it; they are as long as to make a row 250 bytes.
const WORDINGS: [&str; 4] = [
    "がパスワード変更を要求している可能性があります、パスワードを変更できません。",
    "のインストールに失敗しました。端末の空き容量と通信状態を確認してください。",
    "は、すでに別の管理者が登録したものと競合しているため、適用できません。",
    "の応答がありません。端末の電源とネットワークの接続を確認してください。",
];

#[expect(clippy::disallowed_methods, reason = "an example is a binary: its arguments are its own")]
fn main() -> io::Result<()> {
    let rows = std::env::args().nth(1).and_then(|rows| rows.parse().ok()).unwrap_or(1_000_000_u64);
    let mut out = BufWriter::with_capacity(1 << 20, io::stdout().lock());
    let mut random = SEED;
    writeln!(
        out,
        "日時\tテンプレート\tユーザ\t管理番号\t深刻度\t登録情報名\t説明\tオペレータ\tタイプ"
    )?;
    for row in 0..rows {
        random ^= random >> 12;
        random ^= random << 25;
        random ^= random >> 27;
        let value = random.wrapping_mul(0x2545_F491_4F6C_DD1D);
        let device = value % DEVICES;
        let (command, code) = COMMANDS[usize::try_from(value >> 40).unwrap_or(0) % COMMANDS.len()];
        let wording = WORDINGS[usize::try_from(value >> 50).unwrap_or(0) % WORDINGS.len()];
        let (day, hour, minute, second) =
            (1 + row / 86_400 % 28, row / 3600 % 24, row / 60 % 60, row % 60);
        let severity = if value >> 60 == 0 { "" } else { "警告" };
        // The number of the row stands in the profile's name: no row is there twice.
        writeln!(
            out,
            "2022年11月{day:02}日 {hour:02}:{minute:02}:{second:02}\ttemplate_{:02}\tuser{device:04}\tiPad_{device:04}\t{severity}\t\t{command}: ({code}) プロファイル\"profile_{row:07}\"{wording}\t\tコマンド",
            device % 40,
        )?;
    }
    out.flush()
}
