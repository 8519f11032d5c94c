use super::*;
use crate::source::Language;
use crate::source::cases;

const FILE: &str = r#"
source = "a table"
[[domain]]
name = "MCInstallationErrorDomain"
platforms = ["iOS"]
first = 4000
last = 4999
aliases = ["DMCInstallationErrorDomain"]
ja = "プロファイルのインストール"
en = "installing a profile"
[[domain]]
name = "NSURLErrorDomain"
ja = "通信"
en = "network"
[[domain]]
name = "MDM enrolment"
first = 0x80180001
last = 0x801800FF
ja = "登録"
en = "enrolment"
[[code]]
domain = "MCInstallationErrorDomain"
number = 4026
ja = "削除日が過去"
en = "removal date in the past"
[[code]]
domain = "MCInstallationErrorDomain"
number = 4027
name = "kPasscodeChange"
ja = "パスコードの変更が必要"
en = "requires passcode change"
[[equivalence]]
codes = ["MCInstallationErrorDomain 4026", "MCInstallationErrorDomain 4027"]
wording = ["パスワード変更を要求"]
ja = "4027を4026と報告する"
en = "4026 for 4027"
[[command]]
name = "InstallProfile"
ja = "インストール"
en = "install"
[[encoding]]
name = "Intune HRESULT"
offset = 0x87D12710
first = 1000
last = 46999
[[range_alias]]
from_first = 0x80190001
from_last = 0x8019000B
to_first = 0x80180001
domain = "MDM enrolment"
"#;

fn dictionary() -> CodeDictionary {
    let (dictionary, warnings) = CodeDictionary::parse([("codes/a.toml", FILE)]);
    assert!(warnings.is_empty(), "{warnings:?}");
    dictionary
}

#[test]
fn one_code_in_every_form() {
    let dictionary = dictionary();
    cases::check("codes-read", |text| {
        let code = dictionary.read(text);
        assert!(code.iter().all(|code| code.written == text));
        cases::shown(code.map(|it| format!("{} {}", cases::shown(it.domain), it.number)))
    });
}

#[test]
fn every_form_reads_back_as_the_code() {
    let dictionary = dictionary();
    for text in ["4026", "0x80180002", "NSURLErrorDomain -1009"] {
        let code = dictionary.read(text).expect("a code");
        let forms = dictionary.forms(&code);
        assert!(!forms.is_empty());
        for form in forms {
            let back = dictionary.read(&form).unwrap_or_else(|| panic!("{form} is a code"));
            if form.contains(' ') || code.domain.as_deref() != Some("NSURLErrorDomain") {
                assert_eq!(
                    (back.domain, back.number),
                    (code.domain.clone(), code.number),
                    "{form}"
                );
            }
        }
    }
}

#[test]
fn the_wording_decides_whether_two_numbers_are_one_error() {
    let dictionary = dictionary();
    let log = dictionary.read("InstallProfile: (4026)").expect("a code");
    let article = dictionary.read("InstallProfile/4027").expect("a code");
    let relation = |wording| dictionary.relation(&log, &article, wording);
    assert_eq!(relation("プロファイルがパスワード変更を要求している"), Some(Relation::Same));
    assert_eq!(relation("ﾊﾟｽﾜｰﾄﾞ変更を要求"), Some(Relation::Same));
    assert_eq!(relation("削除日が過去です"), Some(Relation::Near));
    assert_eq!(dictionary.relation(&log, &log, ""), Some(Relation::Exact));
    let other = dictionary.read("NSURLErrorDomain 4026").expect("a code");
    assert_eq!(dictionary.relation(&log, &other, ""), None);
}

#[test]
fn a_bare_number_is_explained_with_what_it_may_be() {
    let dictionary = dictionary();
    let explained = dictionary.explain("4026");
    let meanings: Vec<&str> = explained
        .iter()
        .filter_map(|found| found.meaning.as_ref().map(|phrase| phrase.text(Language::En)))
        .collect();
    assert_eq!(meanings, ["removal date in the past", "requires passcode change"]);
    assert!(explained.iter().map(|found| found.note.is_some()).eq([false, true]));
    assert!(dictionary.explain("404").is_empty());
}

#[test]
fn a_broken_file_is_a_warning_with_its_line() {
    let (_, warnings) = CodeDictionary::parse([("codes/a.toml", "[[domain]]\nname = \n")]);
    assert_eq!(warnings.iter().map(|w| w.line).collect::<Vec<_>>(), [Some(2)]);
    let (_, warnings) = CodeDictionary::parse([("codes/a.toml", "[[domian]]\nname = \"x\"\n")]);
    assert_eq!(warnings.len(), 1);
}
