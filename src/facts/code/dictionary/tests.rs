use super::*;
use crate::source::Language;
use crate::source::cases;

const FILE: &str = include_str!("../../../../tests/data/codes.toml");

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
        // Apart from its domain a small number is anybody's.
        let own = |form: &&String| form.contains(' ') || text != "NSURLErrorDomain -1009";
        for form in forms.iter().filter(own) {
            let back = dictionary.read(form).unwrap_or_else(|| panic!("{form} is a code"));
            assert_eq!((&back.domain, back.number), (&code.domain, code.number), "{form}");
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
