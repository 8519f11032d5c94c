//! Why a remedy is where it is, in words.

use super::say;
use crate::facts::Relation;
use crate::search::{Evidence, EvidenceSource, SAME_WORDING};
use crate::source::Language;

/// From this coverage on, they differ in a detail.
const NEARLY_SAME_WORDING: f64 = 0.75;

/// How many shared words are named.
const SHARED_WORDS: usize = 6;

/// The evidence in words, one entry a reason; the numbers stay for `--explain`. Shared words are
/// told where nothing stronger is: who reads that the wording is the same needs no list of words.
pub(crate) fn reasons(evidence: &[Evidence], language: Language) -> Vec<String> {
    let stronger = evidence.iter().any(|evidence| order(evidence) < TEXT);
    let mut told: Vec<&Evidence> =
        evidence.iter().filter(|evidence| !stronger || order(evidence) < TEXT).collect();
    told.sort_by_key(|evidence| order(evidence));
    told.into_iter().filter_map(|evidence| reason(evidence, language)).collect()
}

const TEXT: usize = 4;

/// The order in which a person weighs reasons.
fn order(evidence: &Evidence) -> usize {
    match evidence {
        Evidence::Message { .. } => 0,
        Evidence::Code { .. } => 1,
        Evidence::Status { .. } => 2,
        Evidence::Command { .. } => 3,
        _ => TEXT,
    }
}

fn reason(evidence: &Evidence, language: Language) -> Option<String> {
    Some(match evidence {
        Evidence::Message { similarity, .. } => match *similarity {
            value if value >= SAME_WORDING => language.pick("文言が一致", "same wording"),
            value if value >= NEARLY_SAME_WORDING => {
                language.pick("文言がほぼ一致", "nearly the same wording")
            }
            _ => language.pick("文言が一部一致", "part of the wording"),
        }
        .to_owned(),
        Evidence::Code { relation, log, article, of, .. } => {
            code(*relation, log, article, *of, language)
        }
        Evidence::Command { command } => {
            say!(language, "コマンドが一致（{command}）", "same command ({command})")
        }
        Evidence::Status { log, article, .. } if log == article => {
            say!(language, "状態が一致（{article}）", "same state ({article})")
        }
        Evidence::Status { log, article, .. } => say!(
            language,
            "状態が一致（ログ {log}／記事 {article}）",
            "same state (log {log} / article {article})"
        ),
        Evidence::Text { words, .. } if words.is_empty() => return None,
        Evidence::Text { words, asked, .. } => {
            let separator = language.pick("、", ", ");
            let words: Vec<&str> = words.iter().map(String::as_str).take(SHARED_WORDS).collect();
            let words = words.join(separator);
            match asked {
                Some(asked) => say!(
                    language,
                    "尋ね方の例「{asked}」などと共通する語（{words}）",
                    "words shared with ways to ask like “{asked}” ({words})"
                ),
                None => say!(language, "共通する語（{words}）", "shared words ({words})"),
            }
        }
    })
}

fn code(
    relation: Relation,
    log: &str,
    article: &str,
    of: EvidenceSource,
    language: Language,
) -> String {
    let (log, article) = (unbracketed(log), unbracketed(article));
    match relation {
        // The passage may not have it: only the article's list does.
        Relation::Exact if of == EvidenceSource::Article => {
            say!(language, "記事の番号の一覧にある（{log}）", "among the article's numbers ({log})")
        }
        Relation::Near if bare(log) == bare(article) => {
            say!(language, "番号だけが同じ（{log}）", "the number alone is the same ({log})")
        }
        // A name is no number: DeviceCapReached.
        Relation::Exact if !log.bytes().any(|byte| byte.is_ascii_digit()) => {
            say!(language, "名前が一致（{log}）", "same name ({log})")
        }
        Relation::Exact if bare(log) == bare(article) => {
            say!(language, "番号が一致（{log}）", "same number ({log})")
        }
        Relation::Exact => say!(
            language,
            "番号が一致（ログ {log}／記事 {article}）",
            "same number (log {log} / article {article})"
        ),
        _ => say!(
            language,
            "番号は異なる（ログ {log}／記事 {article}）",
            "the number differs (log {log} / article {article})"
        ),
    }
}

/// The meaning of a differing number: the same error under another number, or perhaps another error.
pub(crate) fn note(evidence: &[Evidence], language: Language) -> Option<String> {
    let known = evidence.iter().any(Evidence::is_the_code);
    evidence.iter().find_map(|evidence| {
        let Evidence::Code { relation, log, article, .. } = evidence else { return None };
        if known && *relation == Relation::Near {
            return None;
        }
        let (log, article) = (unbracketed(log), unbracketed(article));
        match relation {
            Relation::Exact => None,
            Relation::Same => Some(say!(
                language,
                "ログの {log} は、記事の {article} と同じエラーです。",
                "The {log} of the log is the {article} of the article."
            )),
            Relation::Near if bare(log) == bare(article) => Some(say!(
                language,
                "{log} という番号は同じですが、別のエラーかもしれません。",
                "The number {log} is the same, but it may be another error."
            )),
            Relation::Near => Some(say!(
                language,
                "{log} は {article} とは別のコードです。別のエラーかもしれません。",
                "{log} is not {article}; it may be another error."
            )),
        }
    })
}

/// A code without the domain or command that may be before it: `InstallProfile/4026`.
fn bare(written: &str) -> &str {
    written.rsplit(['/', ' ']).next().unwrap_or(written)
}

/// A code without the brackets that the log writes around it.
pub(crate) fn unbracketed(written: &str) -> &str {
    written.trim().trim_matches(['(', ')', '（', '）', '[', ']', '［', '］', '【', '】'])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::samples;

    crate::source::cases! {
        reasons_of_codes: |codes| {
            let [relation, log, article] = codes.split(" | ").collect::<Vec<_>>()[..] else {
                panic!("{codes}")
            };
            let evidence = [message(0.98), code(relation, log, article)];
            let told = |language| {
                let note = note(&evidence, language);
                reasons(&evidence, language).into_iter().skip(1).chain(note)
            };
            listed(told(Language::Ja).chain(told(Language::En)))
        };
        // The confidence and the kind of a remedy, and the similarities and relations that speak for it.
        levels_of_remedies: |it| {
            let (remedy, evidence) = two(it);
            let (confidence, kind) = remedy.split_once(' ').expect("the kind is after the confidence");
            let mut remedy = samples::remedy();
            remedy.confidence = confidence.parse().expect("a number");
            remedy.destructive = kind == "destructive";
            let evidence = evidence.split_whitespace().map(|it| match (it, it.parse()) {
                (_, Ok(similarity)) => message(similarity),
                ("command", _) => Evidence::Command { command: "InstallProfile".into() },
                (relation, _) => code(relation, "(4026)", "4027"),
            });
            remedy.evidence = evidence.collect();
            format!("{:?}", remedy.level())
        };
    }

    fn code(relation: &str, log: &str, article: &str) -> Evidence {
        let relation = match relation {
            "exact" => Relation::Exact,
            "same" => Relation::Same,
            _ => Relation::Near,
        };
        let (log, article, of) = (log.into(), article.into(), EvidenceSource::Passage);
        Evidence::Code { relation, log, article, span: None, of }
    }

    fn message(similarity: f64) -> Evidence {
        let (log, article, of) = ("a".into(), "b".into(), EvidenceSource::Passage);
        Evidence::Message { similarity, log, article, span: None, of }
    }
}
