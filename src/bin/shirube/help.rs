//! The help in Japanese. The English one stands with the arguments, in [`args`](crate::args).

use clap::{Arg, ArgAction, Command};

const ABOUT: &str = "ログを貼り付けると、マニュアルにある対処を返します。\n\n\
    ログのファイルを指定するか、標準入力に渡してください。shirube FILE は shirube search FILE と同じです。";

const TEMPLATE: &str = "{about-with-newline}\n使い方: {usage}\n\n{all-args}{after-help}";

/// The verbs.
const VERBS: &[(&str, &str)] = &[
    ("search", "ログや質問への対処を探します（既定）"),
    ("index", "ナレッジベースの索引を、前回から変わったところだけ作り直します"),
    ("check", "記事の問題を調べ、記事の中のログの例を試します"),
    ("explain", "コードや名前のあるエラーの書き方、意味、扱う記事を表示します"),
    ("show", "記事を、またはその1つの箇所を表示します"),
    ("list", "記事を、日付と製品とともに一覧にします"),
    ("flow", "確認フローを一覧にします。1つを指定すると、画面の値から原因を調べます"),
    ("eval", "正解の分かっている質問で、順位のよさを測ります"),
    ("misses", "貼り付けたが答えのなかった事象と、対処が役に立ったかどうかを表示します"),
    ("mask", "名前や番号などの可変部分を伏せて、行ごとに書き出します"),
    ("init", "ナレッジベースを始めます。設定と、見本の記事を書きます [既定: kb]"),
    ("export", "OpenSearch・Elasticsearch・Quickwit に渡す箇所や検索を書き出します"),
    (
        "mcp",
        "MCP（Model Context Protocol）で、AI アシスタントからの問い合わせに標準入出力で答えます",
    ),
    ("config", "いまの設定と、それぞれの出どころを表示します"),
    ("import", "保存したヘルプのページ、エクスポート、メッセージの表を記事にします"),
    ("serve", "ブラウザーで使うページと HTTP API を開きます"),
    ("completions", "シェルの補完スクリプトを書き出します"),
    ("man", "マニュアルページを書き出します"),
];

/// The arguments whose name means another thing with another verb.
const OF_VERBS: &[(&str, &str, &str)] = &[
    ("serve", "open", "ブラウザーでページを開きます"),
    (
        "misses",
        "statistics",
        "サーバーが何を聞かれ、どれだけ答え、解決したかを、製品と原因ごとに CSV で書き出します",
    ),
    ("misses", "json", "JSON で答えます（shirube.misses/1）"),
    ("explain", "json", "JSON で答えます（shirube.codes/1）"),
    ("show", "json", "JSON で答えます（shirube.article/1）"),
    ("list", "json", "JSON で答えます（shirube.articles/1）"),
    ("flow", "json", "JSON で答えます"),
    ("import", "product", "記事の製品（コンソール）の名前"),
    ("show", "id", "答えに出てくる記事の名前（path/to/article、節は path/to/article#節）"),
    ("index", "directory", "ナレッジベース（--kb と同じ）"),
    ("check", "directory", "ナレッジベース（--kb と同じ）"),
    ("init", "directory", "書き込むフォルダー [既定: kb。--kb がなくても見つかります]"),
    ("man", "directory", "すべてのコマンドのページを書くフォルダー"),
    ("eval", "json", "JSON で測ります（shirube.eval/1）"),
    ("mask", "files", "ログのファイル。- または省略で標準入力"),
    ("export", "query", "書き出す代わりに、ログの行や質問を、検索エンジンに渡す検索にします"),
    ("check", "queries", "--against で比べる質問のファイル（1行に ID<TAB>本文）"),
    ("check", "qrels", "--against で使う正解のファイル（TREC の形）"),
    ("flow", "id", "確認フローの名前。省略すると一覧にします"),
];

/// The arguments that mean the same everywhere.
const ARGUMENTS: &[(&str, &str)] = &[
    ("kb", "ナレッジベース（Markdown のフォルダー、または builtin）。繰り返すと、まとめて探します"),
    ("index", "索引の置き場所（既定はキャッシュのフォルダー）"),
    ("no_refresh", "記事が変わったかどうかを見ずに、いまの索引を使います"),
    ("drafts", "下書き（draft: true）の記事も探します"),
    ("min_severity", "これより軽いものを省きます。残ったものがあれば、終了ステータスは1です"),
    ("all", "日付・製品・出典のない記事を、数えるだけにせず、すべて挙げます"),
    ("follow_links", "ナレッジベースの外を指すシンボリックリンクもたどります"),
    ("lang", "答えの言語"),
    ("color", "色を付けるかどうか [既定: auto]"),
    ("hyperlinks", "記事の場所を、エディタで開けるリンクにするかどうか [既定: never]"),
    ("no_pager", "長い答えもページャーを使わずに表示します"),
    ("now", "いまの代わりに使う日時（例: 2026-11-23）"),
    (
        "files",
        "ログのファイル。- または省略で標準入力。コマンドと同じ名前のファイルは ./search のように書きます",
    ),
    ("query", "ログの代わりに、質問の文（export では、検索にする文）"),
    (
        "product",
        "ログのコンソールの名前（形式や文面から分からないとき）。any なら、どの製品にも絞り込みません",
    ),
    ("limit", "1つの事象に示す対処の数 [既定: 3]"),
    ("json", "JSON で答えます（shirube.answer/1）"),
    ("explain", "点数の内訳も表示します"),
    ("input_format", "ログの形式の名前（自動で見分けないとき）"),
    ("devices", "端末ごとの結果をCSVファイルに書きます（表計算ソフトで開けます）"),
    ("redact", "ログの可変部分（名前、端末、アドレス、番号）を伏せます"),
    (
        "misses",
        "答えのなかった事象を、名前や番号を伏せて記録します（shirube misses で見られます）[既定: false]",
    ),
    ("watch", "記事が変わるたびに作り直します（終わるには Ctrl-C）"),
    ("full", "すべてを作り直します"),
    ("verify", "大きさと時刻が前と同じ記事も、中身を読んで比べます"),
    ("allow_empty", "記事が1件もなくなったとき、索引も空にします"),
    ("open", "いまも答えのない事象だけを表示します"),
    ("stub", "書きかけの記事を書き出します。署名の始めで選びます（省くと、答えのない最初の事象）"),
    ("close", "この署名で始まる事象を閉じます（記事を書かないと決めたとき）"),
    ("reason", "閉じる理由"),
    ("format", "結果の書き方。sarif は SARIF 2.1.0、github は GitHub Actions の注釈"),
    ("report", "ナレッジベースの状態を1枚のHTMLに書きます。ログの例の順位も記録します"),
    ("stale", "これより長く更新されていない記事を知らせます（24m、2y、90d）"),
    (
        "sources",
        "フォルダーかファイル。保存したHTMLのページ、ZendeskのJSON、表（CSV・TSV・xlsx）、Q/Aのテキスト。または apple-device-management フォルダー、intune-errors ファイル.md、android-management ファイル.json",
    ),
    ("into", "記事を書き込むフォルダー"),
    ("platform", "記事の対象OS。繰り返すと、いくつも書けます"),
    ("columns", "表の列を見出しで教えます（message=見出し,code=見出し,remedy=見出し）"),
    ("retire", "もとの文書がなくなった記事を、記事名.md.retired に退避します"),
    ("base_url", "ページを保存したもとのアドレス（ページに書かれていないとき）"),
    ("dry_run", "何をするかだけを表示し、何も書きません"),
    ("code", "コード。書き方は問いません: 4026、0x87D136CA、-2016332107"),
    (
        "facts",
        "画面の値を写したファイル。- または省略で標準入力。端末では、足りない値を1つずつ尋ねます",
    ),
    ("mermaid", "確認フローを Mermaid の図として書き出します"),
    ("bulk", "すべての箇所を、バルク API の形で書き出します"),
    ("out", "標準出力ではなく、このフォルダーに passages.ndjson と mapping.json を書きます"),
    ("index_name", "検索エンジンでのインデックスの名前"),
    ("against", "代わりに、前の索引と順位を比べます。ログの例と、正解の分かっている質問を使います"),
    ("queries", "質問のファイル（1行に ID<TAB>本文）"),
    ("qrels", "正解のファイル（TREC の形。記事の ID か、箇所の ID#見出し）"),
    ("claims", "判定つきの貼り付け（JSON Lines）で、画面に示すもの全体を測ります。繰り返せます"),
    ("passages", "記事ではなく、箇所の順位を測ります"),
    ("unanswerable", "どの記事にも答えのない質問のファイル。対処を示せば誤りと数えます"),
    ("only", "ID がこの文字列で始まる質問だけを使います"),
    ("run", "順位を書き出すファイル（TREC の形）"),
    ("compare", "前の順位のファイル（TREC の形）と、質問ごとに比べます"),
    ("from", "探す代わりに、この順位のファイル（TREC の形）を測ります"),
    ("show", "1つの質問について、見つかった記事と根拠を表示します"),
    ("weight", "順位の重みを変えます（例: title=2.0）。繰り返せます"),
    ("without", "順位の重みを1つなくします。繰り返せます"),
    ("signatures", "1行ごとに「署名<TAB>伏せた文面」を書きます"),
    ("groups", "1行ごとに、事象の鍵とタブを前に付けます"),
    ("map", "値ごとに仮名を付け、対応表をこのファイルに残します（なければ作ります）"),
    ("unmask", "対応表を使って、仮名を元の値に戻します"),
    (
        "port",
        "開くポートの番号。0 なら空いている番号 [既定: 8417、このパソコンだけで開くときは、使用中なら空いている番号]",
    ),
    ("listen", "ほかの機器からも届くアドレス（例: 0.0.0.0）。トークンが必要です"),
    ("token_file", "利用者が送るトークンを書いたファイル（設定 serve.token の代わり）"),
    ("allow_host", "localhost とアドレスのほかに、このサーバーを呼べる名前。繰り返せます"),
    ("max_paste", "受け取る貼り付けの大きさの上限（MiB）"),
    ("timeout", "貼り付けが届くまでと、答えるまでの秒数の上限"),
    ("queue", "順番を待てるリクエストの数"),
    ("log", "標準エラーに JSON で書く記録の詳しさ [既定: 端末では warn、ほかは info]"),
    ("shell", "シェルの名前"),
];

/// `command` with its help in Japanese.
pub(crate) fn in_japanese(command: Command, knowledge_base: &str) -> Command {
    let command = command.about(ABOUT).long_about(ABOUT).after_help(format!(
        "--kb がないときのナレッジベース: {knowledge_base}\n\
         （作業フォルダーの kb/、次に $XDG_DATA_HOME/shirube/kb、どちらもなければ内蔵の記事）\n\n\
         終了ステータス: 0 対処がある、1 ない、2 エラー"
    ));
    let version = flag("version", 'V', "版を表示します").action(ArgAction::Version);
    let command = dressed(command, "").disable_version_flag(true).arg(version);
    VERBS.iter().fold(command, |command, (verb, about)| {
        command
            .mut_subcommand(verb, |command| dressed(command.about(*about).long_about(*about), verb))
    })
}

/// The headings and the help of the arguments of one command.
fn dressed(command: Command, verb: &str) -> Command {
    command
        .help_template(TEMPLATE)
        .subcommand_help_heading("コマンド")
        .disable_help_subcommand(true)
        .disable_help_flag(true)
        .mut_args(|argument| {
            let own = OF_VERBS.iter().find(|(of, id, _)| *of == verb && argument.get_id() == id);
            let known = own.map(|(_, _, help)| help);
            let shared = ARGUMENTS.iter().find(|(id, _)| argument.get_id() == id);
            let known = known.or_else(|| shared.map(|(_, help)| help));
            let heading = if argument.is_positional() { "引数" } else { "オプション" };
            let argument = argument.help_heading(heading);
            match known {
                Some(help) => argument.help(*help).long_help(*help),
                None => argument,
            }
        })
        .arg(flag("help", 'h', "この説明を表示します").action(ArgAction::Help))
}

fn flag(name: &'static str, short: char, help: &'static str) -> Arg {
    Arg::new(name).short(short).long(name).help(help).help_heading("オプション")
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    use super::*;
    use crate::args::Arguments;

    #[test]
    fn everything_is_translated() {
        let command = in_japanese(Arguments::command(), "kb");
        let untranslated = |text: Option<String>| text.is_none_or(|text| text.is_ascii());
        let mut missing = Vec::new();
        for part in std::iter::once(&command).chain(command.get_subcommands()) {
            if untranslated(part.get_about().map(ToString::to_string)) {
                missing.push(part.get_name().to_owned());
            }
            for argument in part.get_arguments() {
                if untranslated(argument.get_help().map(ToString::to_string)) {
                    missing.push(format!("{} {}", part.get_name(), argument.get_id()));
                }
            }
        }
        assert!(missing.is_empty(), "no Japanese for {missing:?}");
    }

    /// Two arguments of one English help have one Japanese, and two of different ones have not.
    #[test]
    fn each_help_is_its_own() {
        let (english, japanese) = (Arguments::command(), in_japanese(Arguments::command(), "kb"));
        let mut pairs: std::collections::BTreeMap<String, (String, String)> = Default::default();
        let mut wrong = Vec::new();
        for command in english.get_subcommands() {
            let other = japanese.find_subcommand(command.get_name()).expect("the same verbs");
            for argument in command.get_arguments().filter(|it| it.get_id() != "help") {
                let id = argument.get_id();
                let is_it = |it: &&Arg| it.get_id() == id;
                let translated = other.get_arguments().find(is_it).and_then(|it| it.get_help());
                let said = argument.get_help().map(ToString::to_string).unwrap_or_default();
                let translated = translated.map(ToString::to_string).unwrap_or_default();
                let place = format!("{} {id}", command.get_name());
                let known =
                    pairs.entry(translated).or_insert_with(|| (said.clone(), place.clone()));
                if known.0 != said {
                    wrong.push(format!("{place} and {}: {said:?}, {:?}", known.1, known.0));
                }
            }
        }
        assert!(
            wrong.is_empty(),
            "one Japanese help for several English ones:\n{}",
            wrong.join("\n")
        );
    }

    #[test]
    fn the_command_line_stays_consistent() {
        in_japanese(Arguments::command().version("1"), "kb").debug_assert();
    }
}
