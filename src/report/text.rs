//! The answer as a support person reads it on a terminal.
//!
//! 1. How much of the paste is answered, where it holds more than one incident.
//! 2. Every answered incident: what, how often, when, where; then a block a remedy
//!    ([`remedy`](super::remedy)).
//! 3. The incidents that nothing answers: a line each beside answers; with what is near where the
//!    paste has no answer at all.
//!
//! Everything that comes from a log or an article passes [`visible`] on its way to the screen.

use jiff::civil::Date;

use super::evidence::{confidence, unbracketed};
use super::remedy;
use super::screen::Screen;
use super::style::{Fragment, Role};
use super::visible::visible;
use super::words::{Confidence, either, separator, severity};
use crate::facts::{Incident, Kind, Moment};
use crate::search::{Answer, IncidentAnswer};
use crate::source::{Language, Location};

/// How many incidents without an answer are shown; the rest is counted.
const UNANSWERED: usize = 5;
/// How many devices and lines an incident names.
const NAMED: usize = 3;

/// How the answer is written for a person.
#[derive(Debug, Clone, Copy)]
pub struct TextOptions {
    /// The language of the fixed words.
    pub language: Language,
    /// How many columns the screen has.
    pub width: usize,
    /// Whether roles are shown in colour.
    pub color: bool,
    /// The day that ages are counted from.
    pub today: Date,
    /// Whether the parts of each score are shown.
    pub explain: bool,
}

/// The answer as text for a terminal; nothing in it can steer the terminal but the colours that
/// `options` asks for.
#[must_use]
pub fn text(answer: &Answer, options: &TextOptions) -> String {
    let mut screen = Screen::new(options.width, options.color);
    let total = answer.incidents.len();
    let (answered, unanswered): (Vec<_>, Vec<_>) =
        answer.incidents.iter().partition(|incident| !incident.remedies.is_empty());
    if total > 1 {
        screen.text(0, &summary(total, answered.len(), options.language), Role::Plain);
        screen.blank();
    }
    for (index, incident) in answered.iter().enumerate() {
        let number = (total > 1).then_some((index + 1, total));
        write_answered(&mut screen, incident, number, options);
    }
    if answered.is_empty() {
        write_unanswered(&mut screen, &unanswered, options);
    } else {
        write_rest(&mut screen, &unanswered, options);
    }
    screen.finish()
}

fn write_answered(
    screen: &mut Screen,
    incident: &IncidentAnswer,
    number: Option<(usize, usize)>,
    options: &TextOptions,
) {
    write_incident(screen, incident, number, options);
    for (index, found) in incident.remedies.iter().enumerate() {
        screen.blank();
        remedy::write(screen, index + 1, found, options);
    }
    // Who has a sure answer needs no second guess.
    let sure = incident.remedies.iter().any(|it| confidence(it) == Confidence::High);
    if !sure || options.explain {
        write_related(screen, incident, options.language);
    }
    screen.blank();
}

/// A paste that nothing answers: every incident with what is near.
fn write_unanswered(screen: &mut Screen, incidents: &[&IncidentAnswer], options: &TextOptions) {
    let language = options.language;
    let nothing = either(language, "該当記事なし", "No article answers this.");
    for (index, incident) in incidents.iter().take(UNANSWERED).enumerate() {
        let number = (incidents.len() > 1).then_some((index + 1, incidents.len()));
        write_incident(screen, incident, number, options);
        screen.text(0, nothing, Role::Strong);
        write_related(screen, incident, language);
        screen.blank();
    }
    if incidents.is_empty() {
        screen.text(0, nothing, Role::Strong);
        let why =
            either(language, "事象は見つかりませんでした。", "There is no incident in the paste.");
        screen.text(2, why, Role::Plain);
    }
    write_count(screen, incidents.len(), language);
}

/// What is left beside the answers: a line an incident.
fn write_rest(screen: &mut Screen, incidents: &[&IncidentAnswer], options: &TextOptions) {
    if incidents.is_empty() {
        return;
    }
    let language = options.language;
    let heading = match language {
        Language::Ja => format!("該当記事なし（{}件）", incidents.len()),
        Language::En => format!("No article answers these ({}):", incidents.len()),
    };
    screen.text(0, &heading, Role::Strong);
    for answer in incidents.iter().take(UNANSWERED) {
        let incident = &answer.incident;
        let mut facts = vec![times(incident, language)];
        facts.extend(places(&incident.locations, incident.count, language));
        let facts = visible(&facts.join(separator(language))).into_owned();
        let message = visible(&incident.message).into_owned();
        let line = [
            Fragment::new(message, Role::Code),
            Fragment::plain("  "),
            Fragment::new(facts, Role::Faint),
        ];
        screen.labelled(2, "・", Role::Plain, &line);
    }
    write_count(screen, incidents.len(), language);
}

/// How many incidents are not shown.
fn write_count(screen: &mut Screen, incidents: usize, language: Language) {
    let rest = incidents.saturating_sub(UNANSWERED);
    if rest > 0 {
        let told = match language {
            Language::Ja => format!("ほかに{rest}件（すべて見るには --json）"),
            Language::En => format!("and {rest} more (--json has them all)"),
        };
        screen.text(2, &told, Role::Plain);
    }
}

fn summary(total: usize, answered: usize, language: Language) -> String {
    match language {
        Language::Ja => format!("{total}件の事象のうち、{answered}件に対処があります。"),
        Language::En => format!("{answered} of {total} incidents have a remedy."),
    }
}

/// What happened, how often, when, where.
fn write_incident(
    screen: &mut Screen,
    answer: &IncidentAnswer,
    number: Option<(usize, usize)>,
    options: &TextOptions,
) {
    let language = options.language;
    let incident = &answer.incident;
    let mut label = match incident.kind {
        Kind::Question => either(language, "質問", "Question"),
        Kind::Log | Kind::Status => either(language, "事象", "Incident"),
    }
    .to_owned();
    if let Some((index, total)) = number {
        label.push_str(&format!(" {index}/{total}"));
    }
    let message = visible(&incident.message).into_owned();
    screen.labelled(0, &format!("{label}: "), Role::Strong, &[Fragment::new(message, Role::Code)]);
    screen.facts(2, &circumstances(incident, language), separator(language));
    for (code, meaning) in incident.codes.iter().zip(&answer.meanings) {
        let Some(meaning) = meaning else { continue };
        let mut said = format!("{}: ", unbracketed(&code.written));
        said.push_str(meaning.text(language));
        if let Some(domain) = &code.domain {
            said.push_str(&match language {
                Language::Ja => format!("（{domain}）"),
                Language::En => format!(" ({domain})"),
            });
        }
        let label = either(language, "コード ", "Code ");
        screen.labelled(2, label, Role::Plain, &[Fragment::plain(visible(&said))]);
    }
}

/// How often, when, on which devices, on which lines, how bad; what is not known is left out.
fn circumstances(incident: &Incident, language: Language) -> Vec<String> {
    if incident.kind == Kind::Question {
        return Vec::new();
    }
    let mut facts = vec![times(incident, language)];
    facts.extend(period(incident.first_seen, incident.last_seen));
    facts.extend(devices(incident, language));
    facts.extend(places(&incident.locations, incident.count, language));
    facts.extend(
        severity(incident.severity, language)
            .map(|word| format!("{} {word}", either(language, "深刻度", "severity"))),
    );
    facts.iter().map(|fact| visible(fact).into_owned()).collect()
}

fn times(incident: &Incident, language: Language) -> String {
    let count = incident.count;
    match (language, incident.exact) {
        (Language::Ja, true) => format!("{count}回"),
        (Language::Ja, false) => format!("約{count}回"),
        (Language::En, true) if count == 1 => "once".to_owned(),
        (Language::En, true) => format!("{count} times"),
        (Language::En, false) => format!("about {count} times"),
    }
}

fn period(first: Option<Moment>, last: Option<Moment>) -> Option<String> {
    let first = first.or(last)?;
    let written = |moment: &Moment| moment.to_string().replace('T', " ");
    let start = written(&first);
    let Some(last) = last.filter(|last| *last != first) else { return Some(start) };
    let end = written(&last);
    let end = match end.split_once(' ') {
        Some((_, time)) if last.local.date() == first.local.date() => time,
        _ => &end,
    };
    Some(format!("{start} 〜 {end}"))
}

fn devices(incident: &Incident, language: Language) -> Option<String> {
    if incident.device_count == 0 {
        return None;
    }
    let named: Vec<&str> = incident.devices.iter().map(String::as_str).take(NAMED).collect();
    let shown = u64::try_from(named.len()).unwrap_or(u64::MAX);
    let rest = incident.device_count.saturating_sub(shown);
    Some(match (language, rest) {
        (Language::Ja, 0) => format!("端末 {}", named.join("、")),
        (Language::Ja, _) => {
            format!("端末 {}台（{}ほか）", incident.device_count, named.join("、"))
        }
        (Language::En, 0) => format!("device {}", named.join(", ")),
        (Language::En, _) => {
            format!("{} devices ({} …)", incident.device_count, named.join(", "))
        }
    })
}

fn places(locations: &[Location], count: u64, language: Language) -> Option<String> {
    let first = locations.first()?;
    let same_file: Vec<String> = locations
        .iter()
        .filter(|location| location.file == first.file)
        .map(|location| location.line.to_string())
        .take(NAMED)
        .collect();
    let more = u64::try_from(same_file.len()).is_ok_and(|shown| shown < count);
    let file = first.file.as_deref().map(|file| format!("{file} ")).unwrap_or_default();
    Some(match language {
        Language::Ja => {
            format!("{file}{}{}行目", same_file.join("、"), if more { "…" } else { "" })
        }
        Language::En => {
            let word = if same_file.len() > 1 || more { "lines" } else { "line" };
            format!("{file}{word} {}{}", same_file.join(", "), if more { " …" } else { "" })
        }
    })
}

/// What is near, without a claim.
fn write_related(screen: &mut Screen, answer: &IncidentAnswer, language: Language) {
    if answer.related.is_empty() {
        return;
    }
    screen.blank();
    let heading = either(language, "近い記事（確証なし）", "Near, without a claim that it helps");
    screen.text(2, heading, Role::Faint);
    for found in &answer.related {
        remedy::write_reference(screen, found, language);
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::super::samples;
    use super::super::visible::steers;
    use super::*;

    fn shown(language: Language, width: usize, color: bool, explain: bool) -> String {
        let options = TextOptions { language, width, color, today: date(2026, 11, 23), explain };
        text(&samples::answer(), &options)
    }

    #[test]
    fn at_80_columns() {
        insta::assert_snapshot!(shown(Language::Ja, 80, false, false), @r#"
        2件の事象のうち、1件に対処があります。

        事象 1/2: InstallProfile: (4026) プロファイル"sales_20221110"がパスワード変更を
                  要求している可能性があります、パスワードを変更できません。
          2回 ｜ 2022-11-10 15:43:37 〜 15:43:44 ｜ 端末 sales_iPhone07
          log.tsv 2、3行目 ｜ 深刻度 警告
          コード 4026: プロファイルにパスコードの変更が必要（MCInstallationErrorDomain）

        1 【対処】プロファイルのインストールが「パスワード変更を要求」で失敗する
          対象: BizMobile Go!・iOS・iPadOS ｜ 更新 2018-07-31（8年前）
          確度: 高
          ⚠ 実行前に
            ・セレクティブワイプは端末の業務データと構成を消します。

          対処
          1. 対象のデバイスにセレクティブワイプを実行します。
          2. パスワードペイロードを別のプロファイルに分けて作り直し、もう一度配信しま
             す。

          ペイロード │ 置き場所
          ───────────┼───────────────────────
          パスワード │ 専用のプロファイル
          制限       │ これまでのプロファイル

          根拠: 文言が一致・番号は異なる（ログ 4026／記事 4027）・コマンドが一致
                （InstallProfile）
                ログの 4026 は、記事の 4027 と同じエラーです。
          出典: bizmobile/installprofile-password-change.md:24
                https://support.example.jp/faq/installprofile-password-change

        該当記事なし（1件）
          ・起動しました␛[2J<U+202E>  1回 ｜ 9行目
        "#);
    }

    #[test]
    fn at_40_columns() {
        insta::assert_snapshot!(shown(Language::Ja, 40, false, false), @r#"
        2件の事象のうち、1件に対処があります。

        事象 1/2: InstallProfile: (4026)
                  プロファイル"sales_20221110"が
                  パスワード変更を要求している可
                  能性があります、パスワードを変
                  更できません。
          2回 ｜ 2022-11-10 15:43:37 〜 15:43:44
          端末 sales_iPhone07
          log.tsv 2、3行目 ｜ 深刻度 警告
          コード 4026: プロファイルにパスコード
                 の変更が必要
                 （MCInstallationErrorDomain）

        1 【対処】プロファイルのインストールが
          「パスワード変更を要求」で失敗する
          対象: BizMobile Go!・iOS・iPadOS
          更新 2018-07-31（8年前）
          確度: 高
          ⚠ 実行前に
            ・セレクティブワイプは端末の業務
              データと構成を消します。

          対処
          1. 対象のデバイスにセレクティブワイプ
             を実行します。
          2. パスワードペイロードを別の
             プロファイルに分けて作り直し、もう
             一度配信します。

          ペイロード │ 置き場所
          ───────────┼───────────────────────
          パスワード │ 専用のプロファイル
          制限       │ これまでのプロファイル

          根拠: 文言が一致・番号は異なる（ログ
                4026／記事 4027）・コマンドが一
                致（InstallProfile）
                ログの 4026 は、記事の 4027 と同
                じエラーです。
          出典: bizmobile/installprofile-password-change.md:24
                https://support.example.jp/faq/installprofile-password-change

        該当記事なし（1件）
          ・起動しました␛[2J<U+202E>  1回 ｜ 9行
            目
        "#);
    }

    #[test]
    fn at_120_columns_in_english() {
        insta::assert_snapshot!(shown(Language::En, 120, false, false), @r#"
        1 of 2 incidents have a remedy.

        Incident 1/2: InstallProfile: (4026) プロファイル"sales_20221110"がパスワード変更を要求している可能性があります、
                      パスワードを変更できません。
          2 times | 2022-11-10 15:43:37 〜 15:43:44 | device sales_iPhone07 | log.tsv lines 2, 3 | severity warning
          Code 4026: the profile requires a passcode change (MCInstallationErrorDomain)

        1 [Remedy] プロファイルのインストールが「パスワード変更を要求」で失敗する
          For: BizMobile Go!, iOS, iPadOS | updated 2018-07-31 (8 years ago)
          Confidence: high
          ⚠ Before you act
            ・セレクティブワイプは端末の業務データと構成を消します。

          対処
          1. 対象のデバイスにセレクティブワイプを実行します。
          2. パスワードペイロードを別のプロファイルに分けて作り直し、もう一度配信します。

          ペイロード │ 置き場所
          ───────────┼───────────────────────
          パスワード │ 専用のプロファイル
          制限       │ これまでのプロファイル

          Why: same wording; the number differs (log 4026 / article 4027); same command (InstallProfile)
               The 4026 of the log is the 4027 of the article.
          Source: bizmobile/installprofile-password-change.md:24
                  https://support.example.jp/faq/installprofile-password-change

        No article answers these (1):
          ・起動しました␛[2J<U+202E>  once | line 9
        "#);
    }

    #[test]
    fn with_the_parts_of_the_score() {
        insta::assert_snapshot!(shown(Language::En, 80, false, true), @r#"
        1 of 2 incidents have a remedy.

        Incident 1/2: InstallProfile: (4026) プロファイル"sales_20221110"がパスワード変
                      更を要求している可能性があります、パスワードを変更できません。
          2 times | 2022-11-10 15:43:37 〜 15:43:44 | device sales_iPhone07
          log.tsv lines 2, 3 | severity warning
          Code 4026: the profile requires a passcode change (MCInstallationErrorDomain)

        1 [Remedy] プロファイルのインストールが「パスワード変更を要求」で失敗する
          For: BizMobile Go!, iOS, iPadOS | updated 2018-07-31 (8 years ago)
          Confidence: high
          ⚠ Before you act
            ・セレクティブワイプは端末の業務データと構成を消します。

          対処
          1. 対象のデバイスにセレクティブワイプを実行します。
          2. パスワードペイロードを別のプロファイルに分けて作り直し、もう一度配信しま
             す。

          ペイロード │ 置き場所
          ───────────┼───────────────────────
          パスワード │ 専用のプロファイル
          制限       │ これまでのプロファイル

          Why: same wording; the number differs (log 4026 / article 4027); same command
               (InstallProfile)
               The 4026 of the log is the 4027 of the article.
            score 12.35  confidence 0.97  applies yes
            message 0.98
              log     InstallProfile: (4026) プロファイル"sales_20221110"がパスワード変
                      更を要求している可能性があります、パスワードを変更できません。
              article InstallProfile: ({code}) プロファイル"{profile}"がパスワード変更を
                      要求している可能性があります、パスワードを変更できません。
            code same
              log     (4026)
              article 4027
            command InstallProfile
          Source: bizmobile/installprofile-password-change.md:24
                  https://support.example.jp/faq/installprofile-password-change

          Near, without a claim that it helps
          ・iOS 9.1へ更新した端末のプロファイルを上書きする (steps of another product:
            MobiConnect)
            mobiconnect/ios91-profile-overwrite.md:1

        No article answers these (1):
          ・起動しました␛[2J<U+202E>  once | line 9
        "#);
    }

    #[test]
    fn colour_changes_nothing_but_the_colour() {
        let colored = shown(Language::Ja, 80, true, false);
        let mut plain = String::new();
        for (index, part) in colored.split('\u{1b}').enumerate() {
            let text =
                if index == 0 { Some(part) } else { part.split_once('m').map(|(_, text)| text) };
            plain.push_str(text.expect("an escape ends with m"));
        }
        assert_eq!(plain, shown(Language::Ja, 80, false, false));
        assert!(colored.contains("\u{1b}[1;33m⚠ 実行前に\u{1b}[0m"));
    }

    #[test]
    fn an_expired_remedy_opens_with_that() {
        let mut answer = samples::answer();
        answer.incidents.truncate(1);
        answer.incidents[0].related = Vec::new();
        answer.incidents[0].remedies = vec![samples::expired()];
        let options = TextOptions {
            language: Language::Ja,
            width: 80,
            color: false,
            today: date(2026, 11, 23),
            explain: false,
        };
        insta::assert_snapshot!(text(&answer, &options), @r#"
        事象: InstallProfile: (4026) プロファイル"sales_20221110"がパスワード変更を要求
              している可能性があります、パスワードを変更できません。
          2回 ｜ 2022-11-10 15:43:37 〜 15:43:44 ｜ 端末 sales_iPhone07
          log.tsv 2、3行目 ｜ 深刻度 警告
          コード 4026: プロファイルにパスコードの変更が必要（MCInstallationErrorDomain）

        この手順は2015年12月31日で使えなくなりました
        1 【対処】iOS 9.1へ更新した端末のプロファイルを上書きする
          対象: MobiConnect（他製品の手順）
          確度: 低

          上書き可能とするプロファイルを配信します。

          根拠: 共通する語（プロファイル、上書き）
          出典: mobiconnect/ios91-profile-overwrite.md:1
        "#);
    }

    #[test]
    fn nothing_of_a_log_steers_the_terminal() {
        assert!(!shown(Language::Ja, 80, false, true).chars().any(steers));
    }

    #[test]
    fn an_empty_answer_says_so() {
        let options = TextOptions {
            language: Language::En,
            width: 80,
            color: false,
            today: date(2026, 11, 23),
            explain: false,
        };
        insta::assert_snapshot!(text(&Answer::default(), &options), @"
        No article answers this.
          There is no incident in the paste.
        ");
    }
}
