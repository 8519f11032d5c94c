use super::*;
use crate::facts::Severity;

const MESSAGE: &str = "InstallProfile: (4026) プロファイル\"mori_20221110\"がパスワード変更を要求している可能性があります、パスワードを変更できません。";

fn reading(text: &str) -> Reading {
    reading_of(text.as_bytes())
}

fn reading_of(bytes: &[u8]) -> Reading {
    let now = jiff::civil::date(2023, 1, 5).at(0, 0, 0, 0);
    let options = ReadOptions { now: Some(now), ..ReadOptions::default() };
    read(None, bytes, &options, &Vocabulary::default())
}

/// A reading of several files or streams.
fn read_by(takes: impl FnOnce(&mut Reader<'_>)) -> Reading {
    let (options, vocabulary) = (ReadOptions::default(), Vocabulary::default());
    let mut reader = Reader::new(&options, &vocabulary);
    takes(&mut reader);
    reader.finish()
}

fn warns(reading: &Reading, of: &str) -> bool {
    reading.warnings.iter().any(|it| it.message.text(crate::source::Language::En).contains(of))
}

fn operation_log() -> String {
    format!(
        "日時\tテンプレート\tユーザ\t管理番号\t深刻度\t登録情報名\t説明\tオペレータ\tタイプ\n\
         2022年11月10日 15:43:44\tmori_20221110\t森\tmori_iPhone11s\t警告\t\tInstallProfile: (4026) プロファイル\"mo...\t\tコマンド\n\
         2022年11月10日 15:43:37\tmori_20221110\t森\tmori_iPhone11s\t\t\t{MESSAGE}\t\t\n"
    )
}

crate::source::cases! {
    logs_of_bizmobile: |paste| {
        let reading = reading(paste);
        assert_eq!(reading.warnings, []);
        let [it] = reading.incidents.as_slice() else { panic!("{:#?}", reading.incidents) };
        let seen = [it.first_seen, it.last_seen].map(shown).join("–");
        let codes = listed(it.codes.iter().map(|code| code.number));
        let (product, devices) = (shown(it.product.as_ref()), listed(&it.devices));
        let counted = format!("{}× {seen}", it.count);
        let cut = format!("cut={}", it.truncated);
        listed([reading.formats.join(" "), product, devices, counted, codes, cut, it.message.clone()])
    };
}

#[test]
fn the_span_is_where_the_message_stands() {
    let table = operation_log();
    let reading = reading(&table);
    let span = &reading.incidents[0].span;
    let line = table.lines().nth(span.location.line as usize - 1).expect("the line is there");
    assert_eq!(line.get(span.range.clone()), Some(MESSAGE));
}

#[test]
fn harmless_rows_around_an_error_are_incidents_of_their_own() {
    let mut log = operation_log();
    for row in 0..300 {
        log.push_str(&format!(
            "2022年11月10日 15:{:02}:{:02}\tbase\t森\tiPad{}\t情報\t\t同期が完了しました。\t\tイベント\n",
            row / 60,
            row % 60,
            row % 7
        ));
    }
    let found = reading(&log);
    let shown: Vec<_> =
        found.incidents.iter().map(|i| (i.count, i.device_count, i.severity)).collect();
    assert_eq!(shown, [(2, 1, Severity::Error), (300, 7, Severity::Info)]);
    assert_eq!(found.records, 302);
}

#[test]
fn a_format_that_is_none_is_a_warning_that_names_those_that_are() {
    let options = ReadOptions { input_format: Some("xls".to_owned()), ..ReadOptions::default() };
    let reading =
        read(Some(Arc::from("a.log")), "エラー".as_bytes(), &options, &Vocabulary::default());
    assert_eq!(reading.incidents.len(), 1);
    let [warning] = reading.warnings.as_slice() else { panic!("{:?}", reading.warnings) };
    assert_eq!(warning.file.as_deref(), Some("a.log"));
    assert!(warns(&reading, "bizmobile"));
}

#[test]
fn what_was_read_is_summed_up() {
    let paste = "お世話になっております。\n端末応答待ちのままです。どうすればよいでしょうか。\n\
        2026/11/20 09:00:00\tエラー\t同期に失敗しました。\n";
    let reading = reading(paste);
    let summary = reading.summary();
    assert_eq!(
        (summary.entries, summary.states, summary.facts, summary.questions, summary.correspondence),
        (1, 0, 1, 1, true)
    );
    assert_eq!(reading.again, None);
}

#[test]
fn a_binary_list_is_read_as_the_written_one() {
    let xml = "<plist version=\"1.0\"><dict><key>ErrorChain</key><array><dict><key>ErrorCode</key><integer>4001</integer>\
        <key>LocalizedDescription</key><string>インストールに失敗しました</string></dict></array></dict></plist>";
    let mut binary = Vec::new();
    let value =
        plist::Value::from_reader_xml(xml.as_bytes()).expect("the sample is a property list");
    value.to_writer_binary(&mut binary).expect("memory takes it");
    let (written, read) = (reading(xml), reading_of(&binary));
    assert_eq!(read.incidents.len(), 1);
    assert_eq!(read.incidents[0].message, written.incidents[0].message);
    assert_eq!(read.incidents[0].codes, written.incidents[0].codes);
}

#[test]
fn a_line_without_an_end_is_told_and_costs_nothing() {
    let long = "端末 \"x\" , \t<td> { 10:00 ".repeat(300_000);
    let found = reading(&format!("{long}\n2022/11/10 15:43:37 InstallProfile: (4026) x\n"));
    assert_eq!(found.records, 2);
    assert_eq!(found.incidents.last().map(|i| i.codes.len()), Some(1));
    assert_eq!(found.warnings.iter().map(|w| w.line).collect::<Vec<_>>(), [Some(1)]);
    let entries = "{\"level\":\"error\",\"msg\":\"push failed\"},".repeat(3_000);
    let found = reading(&format!("{{\"events\":[{}]}}", entries.trim_end_matches(',')));
    assert_eq!((found.records, found.formats.as_slice()), (3_000, ["json"].as_slice()));
}

#[test]
fn a_page_is_read_in_parts_as_in_one() {
    let mut page = String::from("<table><tr><th>日時</th><th>管理番号</th><th>説明</th></tr>\n");
    for row in 0..12_000 {
        page.push_str(&format!(
            "<tr>\n <td>2022/11/10 15:43:37</td>\n <td>iPad{}</td>\n <td>アプリ&quot;a{row}&quot;の更新に失敗しました。</td>\n</tr>\n",
            row % 500
        ));
    }
    page.push_str("</table>\n");
    assert!(page.len() > 1 << 20, "it has more than one part");
    for text in [page.clone(), page.replace('\n', "")] {
        let found = reading(&text);
        let shown: Vec<_> = found.incidents.iter().map(|i| (i.count, i.device_count)).collect();
        assert_eq!(shown, [(12_000, 500)]);
        assert_eq!(found.formats, ["html"]);
    }
}

/// More rows than one piece of a stream has, of two messages.
fn long_table() -> String {
    let mut text = String::from("日時\t管理番号\t深刻度\t説明\n");
    let advice = "端末の電源とネットワークの接続を確認してください。".repeat(6);
    let updated = "アプリ\"memo\"の更新に失敗しました。";
    for row in 0..30_000_u32 {
        let trouble = if row % 3 == 0 { "応答がありません。" } else { updated };
        let device = row % 700;
        text.push_str(&format!("2022/11/10 15:43:37\tiPad{device}\t警告\t{trouble}{advice}\n"));
    }
    text
}

#[test]
fn a_stream_is_read_as_its_bytes_are() {
    let table = long_table();
    for bytes in [
        table.clone().into_bytes(),
        encoding_rs::SHIFT_JIS.encode(&table).0.into_owned(),
        [b"\xFF\xFE".to_vec(), table.encode_utf16().flat_map(u16::to_le_bytes).collect()].concat(),
    ] {
        let file = || Some(Arc::from("a.tsv"));
        let streamed = read_by(|reader| {
            reader.read_stream(file(), bytes.as_slice()).expect("memory reads");
        });
        assert_eq!(streamed, read_by(|reader| reader.read(file(), &bytes)));
        let counts: Vec<_> =
            streamed.incidents.iter().map(|it| (it.count, it.device_count, it.exact)).collect();
        assert_eq!(counts, [(10_000, 700, true), (20_000, 700, true)]);
    }
}

#[test]
fn an_incident_of_two_files_is_one() {
    let found = read_by(|reader| {
        reader.read(Some("a.log".into()), b"started\n2024-05-08 10:00:01 disk sda1 is full\n");
        reader.read(Some("b.log".into()), b"2024-05-09 11:00:01 disk sda2 is full\n");
    });
    let disk = found.incidents.last().expect("there is an incident");
    assert_eq!((found.incidents.len(), disk.count), (2, 2));
    let places: Vec<_> = disk.locations.iter().map(|it| (it.file.as_deref(), it.line)).collect();
    assert_eq!(places, [(Some("a.log"), 2), (Some("b.log"), 1)]);
    assert_eq!(disk.last_seen.map(|time| time.to_string()).as_deref(), Some("2024-05-09T11:00:01"));
}

#[test]
fn what_stands_behind_a_line_of_several_pieces_keeps_its_number() {
    // More than the longest line that a stream gives out as one.
    let long = "value=1 ".repeat(4_400_000);
    let bytes = format!("9:00 ERROR start\n{long}\n9:01 ERROR the disk is full\n");
    let reading = read_by(|reader| {
        reader.read_stream(None, bytes.as_bytes()).expect("memory reads");
    });
    let full = reading.incidents.iter().find(|it| it.message.contains("disk is full"));
    assert_eq!(full.map(|it| it.span.location.line), Some(3));
    assert!(reading.warnings.iter().all(|warning| warning.line == Some(2)), "a cut is told");
    assert!(!reading.warnings.is_empty());
}

#[test]
fn of_very_many_messages_the_worst_are_kept_and_the_rest_is_counted() {
    let word = |number: usize| -> String {
        let letter = |at: u32| {
            char::from(b'a' + u8::try_from(number / 26_usize.pow(at) % 26).expect("a letter"))
        };
        (0..4).map(letter).collect()
    };
    let quiet = (0..3000).map(|it| {
        format!("{} went {}wards by {}ly\n", word(it), word(it * 7 + 1), word(it * 11 + 5))
    });
    let text: String =
        quiet.chain(["the disk of the server is full: write failed\n".to_owned()]).collect();
    let reading = reading(&text);
    assert_eq!(reading.incidents.len(), 1000);
    assert!(reading.incidents.last().is_some_and(|last| last.severity == Severity::Error));
    assert_eq!(reading.incidents[0].locations[0].line, 1);
    assert!(warns(&reading, "2001 others"), "{:?}", reading.warnings);
    assert_eq!(reading.records, 3001);
}

/// A format that looks at everything again for each line, and takes none.
#[derive(Debug)]
struct Insatiable;

impl crate::record::CustomFormat for Insatiable {
    fn name(&self) -> &'static str {
        "insatiable"
    }

    fn entry<'t>(&self, _: &'t str) -> Option<crate::record::Entry<'t>> {
        crate::source::looked_at(1 << 20);
        None
    }
}

#[test]
fn a_paste_that_takes_too_much_work_is_read_as_plain_lines() {
    let text = "2024-05-08 10:00:01 ERROR the disk is full\n".repeat(200);
    let options =
        ReadOptions { formats: vec![std::sync::Arc::new(Insatiable)], ..ReadOptions::default() };
    let before = crate::source::total_looked_at();
    let reading = read(None, text.as_bytes(), &options, &Vocabulary::default());
    let work = crate::source::total_looked_at() - before;
    assert_eq!(reading.records, 200, "nothing is lost");
    assert!(warns(&reading, "too much work"));
    assert!(work < 20 << 20, "{work} bytes were looked at");
}

#[test]
fn a_reading_that_nobody_waits_for_ends() {
    let options = ReadOptions::default();
    options.stop.stop();
    let text = "2024-05-08 10:00:01 ERROR the disk is full\n".repeat(1000);
    let reading = read(None, text.as_bytes(), &options, &Vocabulary::default());
    assert!(reading.records <= 1, "{}", reading.records);
}
