//! `shirube mask`.

use crate::run::Run;

const LOG: &str = include_str!("../../examples/logs/bizmobile-operation-log.tsv");

#[test]
fn as_many_lines_come_out_as_went_in() {
    let result = Run::new().paste(&["mask"], LOG);
    assert_eq!(result.status, 0, "{}", result.err);
    assert_eq!(result.out.lines().count(), LOG.lines().count());
    assert!(!result.out.contains("sales_20240513"), "{}", result.out);
    assert!(!result.out.contains("2024年"), "{}", result.out);
}

#[test]
fn the_same_message_has_the_same_signature() {
    let run = Run::new();
    let result = run.paste(
        &["mask", "--signatures"],
        "プロファイル\"a\"を変更できません\nプロファイル\"b\"を変更できません\n別の文面\n",
    );
    let signatures: Vec<&str> =
        result.out.lines().filter_map(|line| line.split('\t').next()).collect();
    assert_eq!(signatures[0], signatures[1]);
    assert_ne!(signatures[0], signatures[2]);
    assert!(signatures.iter().all(|signature| signature.len() == 16));
}
