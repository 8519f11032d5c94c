//! Whose number a code is: what states a domain, and what leaves it to be guessed.

mod support;

use shirube::search::{Answer, Searcher};

/// A vendor's table in its encoded forms, another vendor's numbered messages, and a FAQ that writes the
/// number alone.
const ARTICLES: [(&str, &str); 7] = [
    (
        "table.md",
        "# 状態コードの一覧\n\n| 16 進 | 10 進 | 説明 |\n|---|---|---|\n\
         | 0x87D136C1 | -2016332095 | プロファイルの識別子が無効 |\n\
         | 0x87D136C2 | -2016332094 | プロファイルの署名が無効 |\n\
         | 0x87D13AA5 | -2016331099 | 登録の要求が拒否された |\n",
    ),
    (
        "messages.md",
        "# データベースのメッセージ\n\n| エラー | 重大度 | 内容 |\n|---|---|---|\n\
         | 4016 | 16 | 言語 %d は言語名でも番号でもありません。 |\n\
         | 4017 | 16 | 言語 %d はサポートされていません。 |\n\
         | 4018 | 16 | 既定の言語を設定できません。 |\n",
    ),
    (
        "faq.md",
        "# プロファイルが入らない\n\nエラーコード 4018 のときは、パスコードを設定し直します。\n",
    ),
    (
        "declared.md",
        "---\ntitle: 登録のエラー\ncodes: [\"0x80180014\", \"0x80180018\"]\n---\n\n短い前置きです。\n\n\
         | コード | 意味 |\n|---|---|\n\
         | `0x80180014` | この端末の種類は登録できない。管理者に確かめます。 |\n\
         | `0x80180018` | 利用者にライセンスが割り当てられていない。管理者に確かめます。 |\n\n\
         ## 前の登録が残っているとき\n\n1. 「職場または学校にアクセスする」で、前の登録を見ます。\n",
    ),
    (
        "named.md",
        "# 通知サーバーの応答\n\n| 理由 | メッセージ | 意味 | 確かめること |\n|---|---|---|---|\n\
         | `BadDeviceToken` | トークンの検査に通りませんでした | 端末の宛先が壊れているか、別の環境の宛先である | 端末を同期します。 |\n\
         | `token_expired` | | サーバートークンの期限が切れている | 取り直します。 |\n\
         | `FORBIDDEN` | `403 Forbidden` | サーバートークンが無効である | 期限を確かめます。 |\n\
         | `INSTALL_FAILED_INSUFFICIENT_STORAGE` | | 端末の保存領域の空きが足りないため、アプリを入れられない | 不要なデータを減らします。 |\n",
    ),
    (
        "pattern.md",
        "---\ntitle: 割り当ての失敗\npatterns:\n  - regex: 'assign of (?<device>\\S+) ended with code=(?<code>\\d+)'\n    \
         sample: 'assign of iPad-01 ended with code=7'\n---\n\n## 対処\n\n1. {{device}} のライセンスを見ます（{{code}}）。\n2. {{name}} に知らせます。\n",
    ),
    ("other.md", "# 領収書\n\n領収書は窓口で発行します。\n"),
];

/// The first articles for a paste, claimed or near, each with the line of the remedy.
fn found(paste: &str) -> Vec<(String, u32)> {
    let incidents = answer(paste).incidents;
    let remedies = incidents.into_iter().flat_map(|it| it.remedies.into_iter().chain(it.related));
    remedies.map(|remedy| (remedy.id, remedy.line)).collect()
}

/// The articles that are claimed for a paste, each with the line of the remedy.
fn claimed(paste: &str) -> Vec<(String, u32)> {
    let remedies = answer(paste).incidents.into_iter().flat_map(|it| it.remedies);
    remedies.map(|remedy| (remedy.id, remedy.line)).collect()
}

fn answer(paste: &str) -> Answer {
    support::answer(&support::knowledge_base(&ARTICLES), paste)
}

fn article(path: &str, text: &str) -> (String, String) {
    (path.to_owned(), text.to_owned())
}

#[test]
fn all_forms_of_a_code_bring_up_its_own_row() {
    for paste in ["0x87D136C2", "-2016332094", "MCInstallationErrorDomain 4018"] {
        let found = found(paste);
        assert_eq!(found.first(), Some(&("table".to_owned(), 6)), "{paste}: {found:?}");
    }
}

#[test]
fn of_an_article_that_declares_a_code_the_row_is_shown() {
    let found = found("0x80180018");
    assert_eq!(found.first(), Some(&("declared".to_owned(), 11)), "{found:?}");
    // A screen that is named beside the code is no wording of an error.
    let found =
        claimed("「職場または学校にアクセスする」で登録しようとすると 0x80180018 になります");
    assert_eq!(found.first(), Some(&("declared".to_owned(), 11)), "{found:?}");
}

/// An overview of messages that ask for something themselves, each with the page that it links to, which puts them
/// in other words.
const OVERVIEW: [(&str, &str); 3] = [
    (
        "overview.md",
        "# メッセージの一覧\n\n| エラー | メッセージ |\n|---|---|\n\
         | [接続エラー K2065](k2065.md) | 宛先の証明書が期限切れです。新しい証明書を指定してください。 |\n\
         | [接続エラー K2066](k2066.md) | 宛先の名前が違います。正しい名前を指定してください。 |\n",
    ),
    (
        "k2065.md",
        "# 接続エラー K2065\n\n証明書の有効期間が終わっています。\n\n1. 期限を確かめます。\n2. 取り直します。\n",
    ),
    (
        "k2066.md",
        "# 接続エラー K2066\n\n名前が一致しません。\n\n1. 綴りを確かめます。\n2. 直します。\n",
    ),
];

#[test]
fn a_row_that_repeats_the_message_leads_to_its_page() {
    for paste in [
        "宛先の証明書が期限切れです。新しい証明書を指定してください。",
        "sync.cpp(12): error K2065: 取得に失敗しました",
        "K2065",
    ] {
        let answer = support::answer(&support::knowledge_base(&OVERVIEW), paste);
        let shown = answer.incidents.first().and_then(|it| it.remedies.first());
        assert_eq!(shown.map(|it| it.id.as_str()), Some("k2065"), "{paste}: {answer:?}");
    }
}

/// The forms in which a manual's sources and its site link the page `errors/e41….md`, and the message of each.
const FORMS: [(&str, &str); 9] = [
    ("e4101.md", "配信の待ち行列が満杯です"),
    ("e4102", "証明書の鎖が切れています"),
    ("e4103.html", "端末の時刻がずれています"),
    ("e4104/", "鍵の長さが足りません"),
    ("/manual/errors/e4105", "登録の上限に達しました"),
    ("https://docs.example.jp/errors/e4106", "署名の方式が古いままです"),
    ("E4107.md", "名前の解決ができません"),
    ("errors/e4108", "利用者の割り当てがありません"),
    ("../errors/e4109.md?view=latest", "保存の領域が足りません"),
];

/// An overview that links each page in another form, and the pages, which say it in other words.
fn overview() -> Vec<(String, String)> {
    let mut rows = String::from("# メッセージの一覧\n\n| メッセージ | ページ |\n|---|---|\n");
    let mut articles = Vec::new();
    for (number, (link, message)) in FORMS.iter().enumerate() {
        rows.push_str(&format!("| {message} | [詳細]({link}) |\n"));
        let number = 4101 + number;
        let text =
            format!("# 事例 {number}\n\n## 対処\n\n1. 画面 {number} を開きます。\n2. 直します。\n");
        articles.push((format!("errors/e{number}.md"), text));
    }
    articles.push(("errors/index.md".to_owned(), rows));
    articles
}

fn built(articles: &[(String, String)]) -> Searcher {
    let articles: Vec<(&str, &str)> =
        articles.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    support::knowledge_base(&articles)
}

/// The article that is claimed first.
fn shown(searcher: &Searcher, paste: &str) -> Option<String> {
    let answer = support::answer(searcher, paste);
    let remedy = answer.incidents.into_iter().next()?.remedies.into_iter().next()?;
    Some(remedy.id)
}

#[test]
fn a_row_leads_to_its_page_in_every_form_of_a_link() {
    let articles = built(&overview());
    for (number, (link, message)) in FORMS.iter().enumerate() {
        let page = format!("errors/e{}", 4101 + number);
        assert_eq!(shown(&articles, message).as_deref(), Some(page.as_str()), "{link}");
    }
}

#[test]
fn a_link_that_may_be_several_files_or_another_sites_leads_nowhere() {
    let row = |link: &str| {
        format!(
            "# 一覧\n\n| メッセージ | ページ |\n|---|---|\n| 経路を確立できません | [詳細]({link}) |\n"
        )
    };
    let page = "# 設置\n\n1. 箱を開けます。\n2. 置きます。\n";
    for link in ["setup", "https://example.com/setup"] {
        let articles = [
            article("index.md", &row(link)),
            article("a/setup.md", page),
            article("b/setup.md", page),
        ];
        let shown = shown(&built(&articles), "経路を確立できません");
        assert_eq!(shown.as_deref(), Some("index"), "{link}");
    }
    let articles =
        [article("index.md", &row("https://example.com/setup")), article("setup.md", page)];
    assert_eq!(shown(&built(&articles), "経路を確立できません").as_deref(), Some("index"));
}

#[test]
fn of_several_links_of_a_row_the_one_that_is_named_leads() {
    let mut articles = vec![article(
        "index.md",
        "# 一覧\n\n| 種類 | 番号 |\n|---|---|\n| 通信の障害 | [E5101](e5101.md)、[E5102](e5102.md)、[E5103](e5103.md) |\n",
    )];
    for number in 5101..=5103 {
        let text = format!("# 事例\n\n## 対処\n\n1. {number} の画面を開きます。\n2. 直します。\n");
        articles.push((format!("e{number}.md"), text));
    }
    let articles = built(&articles);
    assert_eq!(shown(&articles, "E5103 のエラー").as_deref(), Some("e5103"));
    assert_eq!(shown(&articles, "E5102 のエラー").as_deref(), Some("e5102"));
    // Nothing tells one of them from the others.
    let shown = shown(&articles, "通信の障害");
    assert!(shown.as_deref().is_none_or(|id| id == "index"), "{shown:?}");
}

#[test]
fn a_row_without_a_link_leads_to_the_page_of_its_error() {
    let articles = [
        article(
            "index.md",
            "# 警告の一覧\n\n| 警告 | メッセージ |\n|---|---|\n\
             | 同期の警告 C4396 | 宛先の登録が古いため、更新を使用することはできません |\n\
             | 同期の警告 C4397 | 既定の文字の設定は無視されます |\n",
        ),
        article(
            "c4396.md",
            "# 同期の警告 C4396\n\n登録を新しくします。\n\n1. 登録を消します。\n2. 登録し直します。\n",
        ),
    ];
    let articles = built(&articles);
    let line = "warning C4396: 宛先の登録が古いため、更新を使用することはできません";
    assert_eq!(shown(&articles, line).as_deref(), Some("c4396"));
    assert_eq!(
        shown(&articles, "warning C4397: 既定の文字の設定は無視されます").as_deref(),
        Some("index")
    );
}

#[test]
fn a_page_is_found_by_the_name_in_its_title_or_of_its_file() {
    let articles = [
        article(
            "a.md",
            "# 同期の警告 (レベル 1) C4556\n\n値が範囲の外です。\n\n範囲を直します。\n",
        ),
        article("b.md", "# 同期の警告 (レベル 1) C4557\n\n値が空です。\n\n値を入れます。\n"),
        article(
            "errors/NG0301.md",
            "# Export Not Found\n\n参照した名前がありません。読み込みを加えます。\n",
        ),
        article(
            "errors/NG0302.md",
            "# Pipe Not Found\n\n変換した名前がありません。宣言を加えます。\n",
        ),
    ];
    let articles = built(&articles);
    for (paste, page) in [
        ("C4556", "a"),
        ("c4557とは", "b"),
        ("同期したら C4557 で止まりました", "b"),
        ("エラーコード：C4556 が出ました", "a"),
        ("NG0301", "errors/NG0301"),
        ("ng0302が出る", "errors/NG0302"),
    ] {
        assert_eq!(shown(&articles, paste).as_deref(), Some(page), "{paste}");
    }
}

#[test]
fn a_first_heading_that_differs_from_the_title_is_a_name() {
    let articles = [
        article(
            "what.md",
            "---\ntitle: 情報保護について - 概説\n---\n# 東雲の書庫とは\n\n文書に印を付けて守る仕組みです。\n",
        ),
        article(
            "aka.md",
            "# 以前の名前\n\n## 名前はすべて東雲の書庫に変わりましたか\n\nはい。東雲の書庫とは、以前の保管庫のことです。\n",
        ),
    ];
    let articles = built(&articles);
    assert_eq!(shown(&articles, "東雲の書庫とは").as_deref(), Some("what"));
    assert_eq!(shown(&articles, "情報保護について - 概説").as_deref(), Some("what"));
}

#[test]
fn a_number_alone_is_everybodys() {
    // Whose 4018 it is, the words beside it tell.
    let first = |paste| found(paste).into_iter().next().map(|(article, _)| article);
    assert_eq!(first("エラー 4018 パスコードを設定できません").as_deref(), Some("faq"));
    assert_eq!(first("メッセージ 4018、既定の言語").as_deref(), Some("messages"));
}

#[test]
fn a_row_of_an_error_is_claimed_for_its_code_its_name_or_its_wording() {
    let row = |line| vec![("named".to_owned(), line)];
    assert_eq!(claimed("push failed: BadDeviceToken (device-0231)"), row(5));
    assert_eq!(claimed("エラー: トークンの検査に通りませんでした"), row(5));
    assert_eq!(claimed("adb: failed: INSTALL_FAILED_INSUFFICIENT_STORAGE"), row(8));
    // A constant in small letters is a name, and of two names the cause's counts, whatever the first one's row has of the words.
    assert_eq!(claimed("level=error err=\"403 Forbidden: token_expired\""), row(6));
    assert_eq!(claimed("level=error err=\"403 Forbidden\""), row(7));
    // The words of what it means are those of many errors.
    for meaning in [
        "エラー: 端末の保存領域の空きが足りないため、アプリを入れられない",
        "エラー: 端末の宛先が壊れているか、別の環境の宛先です",
        "エラー E4410: 端末の保存領域の空きが足りないため、アプリを入れられない",
    ] {
        assert_eq!(claimed(meaning), [], "{meaning}");
        assert_eq!(found(meaning).first().map(|it| it.0.as_str()), Some("named"), "{meaning}");
    }
}

/// Every code of every table of `kb/`, in all forms that apply to it, brings up its own row.
mod every_code {
    use std::collections::BTreeMap;
    use std::fs;
    use std::path::Path;
    use std::thread;

    use super::*;

    /// A row of a table that begins with a code.
    #[derive(Debug, Clone)]
    struct Row {
        id: String,
        line: u32,
        code: String,
    }

    /// The rows of the articles under a directory, in order of their paths.
    fn rows(root: &Path) -> Vec<Row> {
        let mut rows = Vec::new();
        let mut articles: Vec<_> = walkdir::WalkDir::new(root)
            .into_iter()
            .filter_map(Result::ok)
            .map(walkdir::DirEntry::into_path)
            .filter(|path| path.extension().is_some_and(|it| it == "md"))
            .collect();
        articles.sort();
        for path in articles {
            let text = fs::read_to_string(&path).expect("an article");
            let name = path.strip_prefix(root).expect("it is below the root").with_extension("");
            let id = name.to_string_lossy().replace('\\', "/");
            for (number, line) in text.lines().enumerate() {
                let Some(cells) = line.strip_prefix("| `") else { continue };
                let Some((code, _)) = cells.split_once("` |") else { continue };
                if is_code(code) {
                    let line = u32::try_from(number + 1).expect("a line");
                    rows.push(Row { id: id.clone(), line, code: code.to_owned() });
                }
            }
        }
        rows
    }

    /// A code in an encoded form, or a domain and a number.
    fn is_code(cell: &str) -> bool {
        let number = |text: &str| {
            let digits = text.strip_prefix('-').unwrap_or(text);
            !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())
        };
        let encoded = cell.strip_prefix("0x").is_some_and(|it| it.len() == 8);
        let named = cell.split_once(' ').is_some_and(|(domain, rest)| {
            domain.ends_with("ErrorDomain") && number(rest) && rest.len() <= 6
        });
        encoded || named
    }

    /// The remedies that are claimed for a paste, typed by a person: the article and the line of each.
    fn claimed(searcher: &Searcher, paste: &str) -> Vec<(String, u32)> {
        let remedies =
            support::answer(searcher, paste).incidents.into_iter().flat_map(|it| it.remedies);
        remedies.map(|it| (it.id, it.line)).collect()
    }

    /// The passages that come first for a paste, claimed or near: the line of each that is shown, and of what matched.
    fn first(searcher: &Searcher, paste: &str) -> Option<(String, Vec<u32>)> {
        let answer = support::answer(searcher, paste);
        let claimed = answer.incidents.iter().flat_map(|it| &it.remedies);
        let near = answer.incidents.iter().flat_map(|it| &it.related);
        let first = claimed.chain(near).next()?;
        let matched = first.matched.iter().map(|matched| matched.line);
        Some((first.id.clone(), matched.chain([first.line]).collect()))
    }

    #[test]
    fn a_number_is_claimed_by_its_row_in_whatever_words_it_is_announced() {
        let rows = rows(&support::shipped());
        let searcher = support::indexed(&[&support::shipped()]);
        let mut asked = 0;
        let mut missed = Vec::new();
        for row in &rows {
            let domains = ["MCInstallationErrorDomain ", "MCMDMErrorDomain "];
            let number = domains.iter().find_map(|domain| row.code.strip_prefix(domain));
            let Some(number) = number else { continue };
            // Of the two that devices confuse, the words decide.
            if ["4026", "4027"].contains(&number) {
                continue;
            }
            for form in [
                format!("エラー番号 {number} と表示されました"),
                format!("画面にエラー {number} が出ています"),
                format!("エラー{number}が出る端末があります"),
                format!("{number}って何のエラー？"),
                format!("{number}は何のエラーですか"),
                format!("{number}の意味を教えてください"),
                format!("{number}とは"),
            ] {
                asked += 1;
                let claimed = claimed(&searcher, &form);
                if claimed.first().is_none_or(|(id, line)| (id, *line) != (&row.id, row.line)) {
                    missed.push(format!("{form}: {claimed:?}, not {row:?}"));
                }
            }
        }
        assert!(asked > 100, "{asked}");
        assert!(missed.is_empty(), "{} of {asked} missed\n{}", missed.len(), missed.join("\n"));
    }

    #[test]
    fn brings_up_its_own_row_in_every_form() {
        let rows = rows(&support::shipped());
        assert!(rows.len() > 100, "{}", rows.len());
        let searcher = support::indexed(&[&support::shipped()]);
        // Several tables may treat one code, each in its own words.
        let mut treating: BTreeMap<&str, Vec<&Row>> = BTreeMap::new();
        for row in &rows {
            treating.entry(&row.code).or_default().push(row);
        }
        let codes: Vec<_> = treating.into_iter().collect();
        let share = codes.len().div_ceil(thread::available_parallelism().map_or(2, usize::from));
        let searcher = &searcher;
        let missed = move |codes: &[(&str, Vec<&Row>)]| {
            let mut missed = Vec::new();
            for (code, rows) in codes {
                for form in support::forms_of_code(code) {
                    let came = first(searcher, &form);
                    let own = came.as_ref().is_some_and(|(id, lines)| {
                        rows.iter().any(|row| row.id == *id && lines.contains(&row.line))
                    });
                    if !own {
                        missed.push(format!("{form:?}: {came:?}, not {rows:?}"));
                    }
                }
            }
            missed
        };
        let missed: Vec<String> = thread::scope(|scope| {
            let parts: Vec<_> =
                codes.chunks(share).map(|codes| scope.spawn(move || missed(codes))).collect();
            parts.into_iter().flat_map(|part| part.join().expect("no panic")).collect()
        });
        assert!(missed.is_empty(), "{} missed\n{}", missed.len(), missed.join("\n"));
    }
}

#[test]
fn what_a_pattern_captures_stands_in_the_remedy() {
    let first = |paste: &str| {
        let incident = answer(paste).incidents.into_iter().next().expect("an incident");
        incident.remedies.into_iter().next()
    };
    let found = first("2026-05-08 10:00:01 ERROR assign of iPad_営業*07 ended with code=77201");
    let found = found.expect("the pattern matches");
    assert_eq!(found.id, "pattern");
    assert!(found.confidence >= 0.9, "{found:?}");
    assert!(
        found.passage.contains(r"iPad\_営業\*07 のライセンスを見ます（77201）"),
        "{}",
        found.passage
    );
    assert!(found.passage.contains("○○ に知らせます"), "{}", found.passage);
    // Where it does not match, the blanks say so.
    let other = first("ERROR assign of iPad-07 was ended");
    assert!(other.is_none_or(|it| !it.passage.contains("{{")));
}
