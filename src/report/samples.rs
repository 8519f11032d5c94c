//! Answers to write in tests.

use std::sync::Arc;

use jiff::civil::{date, datetime};

use crate::article::Role;
use crate::facts::{Code, Incident, Kind, Moment, Relation, Severity, Signature};
use crate::record::Summary;
use crate::search::{Answer, Applies, Evidence, EvidenceSource, IncidentAnswer, Matched, Remedy};
use crate::source::{Location, Phrase, Span, Warning};

const MESSAGE: &str = "InstallProfile: (4026) プロファイル\"sales_20221110\"がパスワード変更を要求している可能性があります、パスワードを変更できません。";

/// A remedy with everything that a remedy can have, but not expired.
pub(super) fn remedy() -> Remedy {
    Remedy {
        id: "bizmobile/installprofile-password-change".into(),
        passage_id: "bizmobile/installprofile-password-change#対処".into(),
        title: "プロファイルのインストールが「パスワード変更を要求」で失敗する".into(),
        section: vec!["対処".into()],
        role: Role::Remedy,
        matched: Some(Matched {
            passage_id: "bizmobile/installprofile-password-change#原因".into(),
            section: vec!["原因".into()],
            passage: "端末は、次のメッセージを返します。\n\n- パスワードの変更を要求するプロファイルです。\n- 端末は変更を許していません。\n- 2つは両立しません。".into(),
            line: 12,
        }),
        passage: "## 対処\n\n> [!WARNING]\n> セレクティブワイプは端末の業務データと構成を消します。\n\n1. 対象のデバイスに**セレクティブワイプ**を実行します。\n2. `パスワード`ペイロードを別のプロファイルに分けて作り直し、もう一度配信します。\n\n| ペイロード | 置き場所 |\n|---|---|\n| パスワード | 専用のプロファイル |\n| 制限 | これまでのプロファイル |\n".into(),
        product: Some("BizMobile Go!".into()),
        platforms: vec!["iOS".into(), "iPadOS".into()],
        updated: Some(date(2018, 7, 31)),
        source: Some("https://support.example.jp/faq/installprofile-password-change".into()),
        path: "bizmobile/installprofile-password-change.md".into(),
        line: 24,
        score: 12.345_678,
        confidence: 0.97,
        applies: Applies::Yes,
        cautions: vec!["セレクティブワイプは端末の業務データと構成を消します。".into()],
        destructive: true,
        harmless: false,
        filled: Vec::new(),
        valid_until: None,
        expired: false,
        evidence: vec![
            Evidence::Message {
                similarity: 0.98,
                log: MESSAGE.into(),
                article: "InstallProfile: ({code}) プロファイル\"{profile}\"がパスワード変更を要求している可能性があります、パスワードを変更できません。".into(),
                span: Some(span(3, 36, 220)),
                of: EvidenceSource::Matched,
            },
            Evidence::Code {
                relation: Relation::Same,
                log: "(4026)".into(),
                article: "4027".into(),
                span: Some(span(3, 52, 58)),
                of: EvidenceSource::Article,
            },
            Evidence::Command { command: "InstallProfile".into() },
        ],
    }
}

pub(super) fn expired() -> Remedy {
    Remedy {
        id: "mobiconnect/ios91-profile-overwrite".into(),
        passage_id: "mobiconnect/ios91-profile-overwrite#".into(),
        title: "iOS 9.1へ更新した端末のプロファイルを上書きする".into(),
        section: Vec::new(),
        role: Role::Explanation,
        matched: None,
        passage: "上書き可能とするプロファイルを配信します。".into(),
        product: Some("MobiConnect".into()),
        platforms: Vec::new(),
        updated: None,
        source: None,
        path: "mobiconnect/ios91-profile-overwrite.md".into(),
        line: 1,
        confidence: 0.5,
        applies: Applies::No,
        cautions: Vec::new(),
        destructive: false,
        valid_until: Some(date(2015, 12, 31)),
        expired: true,
        evidence: vec![Evidence::Text {
            words: vec!["プロファイル".into(), "上書き".into()],
            coverage: 0.41,
            of: EvidenceSource::Passage,
            asked: None,
        }],
        ..remedy()
    }
}

/// An answer with an answered incident, an unanswered one, and a warning.
pub(crate) fn answer() -> Answer {
    Answer {
        read: Summary { entries: 3, ..Summary::default() },
        incidents: vec![
            IncidentAnswer {
                meanings: vec![Some(Phrase::new(
                    "プロファイルにパスコードの変更が必要",
                    "the profile requires a passcode change",
                ))],
                remedies: vec![remedy()],
                related: vec![expired()],
                ..IncidentAnswer::of(incident())
            },
            IncidentAnswer::of(Incident {
                message: "起動しました\u{1b}[2J\u{202e}".into(),
                masked: "起動しました".into(),
                codes: Vec::new(),
                command: None,
                severity: Severity::Unknown,
                count: 1,
                first_seen: None,
                last_seen: None,
                device_count: 0,
                devices: Vec::new(),
                locations: vec![Location { file: None, line: 9 }],
                ..incident()
            }),
        ],
        warnings: vec![Warning {
            file: Some(Arc::from("log.tsv")),
            line: Some(3),
            message: Phrase::new("日時が読めません", "the time cannot be read"),
        }],
        ..Answer::default()
    }
}

fn incident() -> Incident {
    let file: Arc<str> = Arc::from("log.tsv");
    Incident {
        signature: Signature(0x0123_4567_89ab_cdef),
        kind: Kind::Log,
        message: MESSAGE.into(),
        masked: "InstallProfile: ({code}) プロファイル\"{profile}\"が…".into(),
        variables: Vec::new(),
        truncated: false,
        command: Some("InstallProfile".into()),
        codes: vec![Code {
            domain: Some("MCInstallationErrorDomain".into()),
            number: 4026,
            written: "(4026)".into(),
            stated: false,
        }],
        facts: Vec::new(),
        severity: Severity::Warning,
        product: Some("BizMobile Go!".into()),
        count: 2,
        exact: true,
        first_seen: Some(Moment { local: datetime(2022, 11, 10, 15, 43, 37, 0), offset: None }),
        last_seen: Some(Moment { local: datetime(2022, 11, 10, 15, 43, 44, 0), offset: None }),
        device_count: 1,
        devices: vec!["sales_iPhone07".into()],
        locations: vec![
            Location { file: Some(Arc::clone(&file)), line: 2 },
            Location { file: Some(file), line: 3 },
        ],
        span: span(3, 36, 220),
    }
}

fn span(line: u32, start: usize, end: usize) -> Span {
    Span { location: Location { file: Some(Arc::from("log.tsv")), line }, range: start..end }
}
