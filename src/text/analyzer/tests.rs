use proptest::prelude::*;

use super::Analyzer;
use crate::text::{Synonyms, Token, TokenKind};

const FIELD: &str = "# remark\n構成プロファイル,名詞,コウセイプロファイル\n\
    Push証明書,名詞,プッシュショウメイショ\nApple ID\n";

fn terms(text: &str) -> Vec<String> {
    let (analyzer, _) = Analyzer::new(FIELD);
    let mut worker = analyzer.worker();
    worker.analyze(text).iter().map(|token| token.term.to_owned()).collect()
}

crate::source::cases! {
    words_of_text: |text| terms(text).join(" ");
    tokens_of_text: |text| {
        let (analyzer, warnings) = Analyzer::new(FIELD);
        assert!(warnings.is_empty());
        let mut worker = analyzer.worker();
        listed(worker.analyze(text).iter().map(|token| {
            let written = text.get(token.range).unwrap_or_default();
            let (at, end) = (token.position, token.position + token.position_length);
            format!("{} {at}..{end} {:?} {written}", token.term, token.kind)
        }))
    };
    words_that_two_texts_share: |text| {
        let (one, other) = two(text);
        let other = terms(other);
        listed(terms(one).into_iter().filter(|term| other.contains(term)))
    };
    pairs_of_characters: |text| {
        let mut pairs = Vec::new();
        Analyzer::new("").0.worker().bigrams(text, |token| pairs.push(token.term.to_owned()));
        listed(pairs)
    };
}

/// The words of every pair of writings that must find one another.
#[test]
fn writing_variants_share_their_words() {
    for line in include_str!("../../../tests/data/cases/writings.tsv").lines() {
        let columns: Vec<&str> = line.split('\t').collect();
        let [phenomenon, one, other] = columns[..] else { panic!("{line}") };
        let (left, right) = (terms(one), terms(other));
        assert!(!right.is_empty(), "{other}");
        assert!(
            right.iter().all(|term| left.contains(term))
                || left.iter().all(|term| right.contains(term)),
            "{phenomenon}: {left:?} / {right:?}"
        );
    }
}

#[test]
fn a_row_that_cannot_be_read_is_told() {
    let (_, warnings) = Analyzer::new("構成プロファイル\n,名詞\n");
    assert_eq!(warnings.len(), 1);
    assert_eq!(warnings.first().and_then(|warning| warning.line), Some(2));
}

#[test]
fn common_words_are_less_rare_than_names() {
    let (analyzer, _) = Analyzer::new("");
    let mut worker = analyzer.worker();
    let mut rarity =
        |text: &str| worker.analyze(text).iter().next().map_or(0.0, |token| token.rarity);
    let order =
        ["こと", "問題", "端末", "プロファイル", "mori_20221110"].map(|it| (it, rarity(it)));
    assert!(order.is_sorted_by(|one, other| one.1 < other.1), "{order:?}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn ranges_lie_in_any_text(text in prop_oneof![
        "[ -~ァ-ヿぁ-ゟー・―々ヴ﨑㍿ｦ-ﾟ！-～一二三十百万ヶ端末証明書変更できません。、\n\u{e000}\u{e001}]{0,60}",
        any::<String>(),
    ]) {
        let (analyzer, _) = Analyzer::new("Push証明書\n構成プロファイル\n");
        let mut worker = analyzer.worker();
        let mut position = 0;
        for token in worker.analyze(&text).iter() {
            prop_assert!(text.get(token.range.clone()).is_some_and(|part| !part.is_empty()), "{:?}", token);
            prop_assert!(!token.term.is_empty());
            prop_assert!(token.position >= position || token.kind == TokenKind::Part);
            position = position.max(token.position);
        }
        let mut ranges = Vec::new();
        worker.bigrams(&text, |token| ranges.push(token.range));
        for range in ranges {
            prop_assert!(text.get(range).is_some_and(|part| !part.is_empty()));
        }
    }

    #[test]
    fn any_dictionary_and_any_synonyms_are_read(
        dictionary in "[ -~ァ-ン端末証明書,\"#\n\r\t\0]{0,60}",
        synonyms in "[a-c端末デバイス, =>#\\\\\n]{0,60}",
        query in "[a-c端末デバイス ]{0,20}",
    ) {
        let (analyzer, _) = Analyzer::new(&dictionary);
        let (synonyms, _) = Synonyms::parse(&synonyms, &analyzer);
        let mut worker = analyzer.worker();
        let tokens: Vec<Token<'_>> = worker.analyze(&query).iter().collect();
        for alternative in synonyms.expand(&tokens) {
            prop_assert!(!alternative.terms.is_empty() && !alternative.replaces.is_empty());
            prop_assert!(alternative.replaces.iter().all(|&index| index < tokens.len()));
        }
    }
}
