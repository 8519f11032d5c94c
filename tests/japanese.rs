//! Japanese as people write it: one form finds the other, and the written form comes first.
//!
//! Each pair is put into two articles that are the same but for it, among others that have neither.

mod support;

use shirube::record;
use shirube::search::Searcher;

/// Words with two spellings each: the meaning, and two ways to write it.
const PAIRS: &[(&str, &str, &str)] = &[
    ("full-width ASCII", "（４０２６）", "(4026)"),
    ("half-width kana", "ﾌﾟﾛﾌｧｲﾙ", "プロファイル"),
    ("decomposed dakuten", "カ\u{3099}ソリン", "ガソリン"),
    ("a dash for the long mark", "サ―バ―", "サーバー"),
    ("a hyphen for the long mark", "サ-バ-", "サーバー"),
    ("long mark at the end", "サーバ", "サーバー"),
    ("long mark at the end", "ユーザ", "ユーザー"),
    ("repeated long mark", "エラーーー", "エラー"),
    ("ヴ", "ヴァージョン", "バージョン"),
    ("small kana", "ウィンドウ", "ウインドウ"),
    ("small kana", "フォルダ", "フオルダ"),
    ("script", "ひまわり", "ヒマワリ"),
    ("script", "メール", "めーる"),
    ("okurigana", "取り消し", "取消し"),
    ("okurigana", "取り消し", "取消"),
    ("okurigana", "取消し", "取消"),
    ("okurigana", "切り替え", "切替"),
    ("old kanji", "髙橋", "高橋"),
    ("variant kanji", "宮﨑", "宮崎"),
    ("misspelt loanword", "シュミレーション", "シミュレーション"),
    ("misspelt loanword", "セレクティブワイプ", "セレクトティブワイプ"),
    ("near loanwords", "プロファイル", "プロフィール"),
    ("compound", "構成プロファイル", "プロファイル"),
    ("compound", "関西国際空港", "空港"),
    ("katakana compound", "プッシュサーバー", "プッシュ・サーバー"),
    ("katakana compound", "プッシュサーバー", "PUSHサーバー"),
    ("middle dot", "アップル・ID", "アップルID"),
    ("iteration mark", "時々", "時時"),
    ("kanji numerals", "三十分", "30分"),
    ("inflection", "変更できません", "変更できない"),
    ("synonyms", "端末", "デバイス"),
    ("synonyms", "ログイン", "サインイン"),
];

/// Other articles, so that a word is rare and a place has to be earned.
const OTHERS: [&str; 4] = ["請求書の宛名", "会議室の予約", "図書の返却", "駐車場の抽選"];

fn searcher(one: &str, other: &str) -> Searcher {
    // The written form is not to win by its file's name: the second file is asked for, too.
    let texts = [one, other].into_iter().chain(OTHERS);
    let article = |text| format!("# {text}について\n\n窓口で{text}を扱います。\n");
    let names = ["a.md", "b.md", "c.md", "d.md", "e.md", "f.md"];
    support::knowledge_base(&names.into_iter().zip(texts.map(article)).collect::<Vec<_>>())
}

fn found(searcher: &Searcher, query: &str) -> Vec<String> {
    let incident = record::question(query, searcher.codes());
    let ranking = searcher.ranking(&incident, 2).expect("the index can be read");
    ranking.into_iter().map(|(article, _)| article).collect()
}

#[test]
fn one_form_finds_the_other_and_the_written_form_comes_first() {
    let mut wrong = Vec::new();
    for (phenomenon, one, other) in PAIRS {
        let searcher = searcher(one, other);
        for (query, expected) in [(one, ["a", "b"]), (other, ["b", "a"])] {
            let found = found(&searcher, query);
            if found != expected {
                wrong.push(format!("{phenomenon}: {query} among {one} and {other}: {found:?}"));
            }
        }
    }
    assert_eq!(wrong, [""; 0]);
}

#[test]
fn what_is_typed_as_it_is_read_finds_its_kanji() {
    let searcher = searcher("証明書の更新", "端末の同期");
    assert_eq!(found(&searcher, "どうきが終わらない").first().map(String::as_str), Some("b"));
    assert_eq!(found(&searcher, "こうしんできない").first().map(String::as_str), Some("a"));
}

#[test]
fn a_negation_stays_a_word() {
    let searcher = searcher("変更できない", "変更できる");
    assert_eq!(found(&searcher, "変更できません"), ["a", "b"]);
    assert_eq!(found(&searcher, "変更できます"), ["b", "a"]);
}

#[test]
fn what_is_another_thing_is_not_found() {
    for (one, other) in
        [("初期化", "セレクティブワイプ"), ("組合", "組み合わせ"), ("病院", "美容院")]
    {
        let searcher = searcher(one, other);
        let incident = record::question(one, searcher.codes());
        let scores = searcher.ranking(&incident, 2).expect("the index can be read");
        let first = scores.first().expect("the word is found where it is written");
        assert_eq!(first.0, "a", "{one}: {scores:?}");
        let second = scores.get(1).map_or(0.0, |(_, score)| *score);
        assert!(second < first.1 / 2.0, "{one} / {other}: {scores:?}");
    }
}
