use super::*;

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
