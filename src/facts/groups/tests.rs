use super::*;

fn incidents(messages: &[&str]) -> Vec<Incident> {
    let mut groups = Groups::default();
    for (line, message) in (1..).zip(messages) {
        let record = Record::new(Kind::Log, Cow::Borrowed(*message), line, 0..message.len());
        groups.add(record, &CodeDictionary::default());
    }
    groups.finish(&[None])
}

#[test]
fn a_truncated_row_joins_its_full_one() {
    let full =
        "InstallProfile: (4026) プロファイル\"mori_20221110\"がパスワード変更を要求しています。";
    for cut in [
        "InstallProfile: (4026) プロファイル\"mo...",
        "InstallProfile: (4026) プロファイル\"other\"がパスワード変…",
    ] {
        let found = incidents(&[cut, full]);
        assert_eq!(found.len(), 1, "{cut}");
        assert_eq!(found.iter().map(|i| (i.count, i.truncated)).collect::<Vec<_>>(), [(2, false)]);
        assert_eq!(found.iter().map(|i| i.message.as_str()).collect::<Vec<_>>(), [full]);
        assert_eq!(
            found.iter().flat_map(|i| &i.locations).map(|l| l.line).collect::<Vec<_>>(),
            [1, 2]
        );
    }
}

#[test]
fn a_truncated_row_that_fits_two_joins_none() {
    let found =
        incidents(&["プロファイル\"mo...", "プロファイル\"a\"を削除", "プロファイル\"b\"を追加"]);
    assert_eq!(found.len(), 3);
    let found = incidents(&[
        "InstallProfile: (4027) プロファイル\"mo...",
        "InstallProfile: (4026) プロファイル\"a\"を追加",
    ]);
    assert_eq!(found.len(), 2);
}

#[test]
fn what_the_paste_shows_to_be_a_name_is_one() {
    let found = incidents(&[
        "session opened for user cyrus by root",
        "session opened for user news by root",
        "session opened for user anna by root",
        "session opened for user n...",
    ]);
    assert_eq!(found.iter().map(|i| i.count).collect::<Vec<_>>(), [4]);
}

#[test]
fn an_incident_counts_times_devices_and_places() {
    let mut groups = Groups::default();
    for (line, device) in (1..).zip(["a", "b", "a"]) {
        let mut record = Record::new(Kind::Log, Cow::Borrowed("エラー"), line, 0..9);
        record.device = Some(Cow::Borrowed(device));
        groups.add(record, &CodeDictionary::default());
    }
    let mut later = Groups::default();
    let mut record = Record::new(Kind::Log, Cow::Borrowed("エラー"), 1, 0..9);
    record.device = Some(Cow::Borrowed("c"));
    later.add(record, &CodeDictionary::default());
    groups.merge(later, 0, 3);
    let found = groups.finish(&[None]);
    let [incident] = found.as_slice() else { panic!("one incident: {found:?}") };
    assert_eq!((incident.count, incident.device_count), (4, 3));
    assert_eq!(incident.devices, ["a", "b", "c"]);
    assert_eq!(incident.locations.last().map(|l| l.line), Some(4));
    assert_eq!(incident.severity, Severity::Error);
}
