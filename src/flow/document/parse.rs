//! From one Markdown text to a flow.
//!
//! 1. the front matter and the headings are read as those of an article;
//! 2. `症状:` names the symptom, the table under `使う項目` declares the facts;
//! 3. every other heading of the second level is a check, its list items are the cases;
//! 4. links between the checks are resolved.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use super::super::value::Type;
use super::super::{Condition, ConditionError, Formula};
use super::line::{LinkText, cells, is_rule, labelled, links, numbered};
use super::model::{
    Case, Check, Computation, FactDeclaration, Flow, Link, Placed, Verdict, VerdictKind, When,
};
use crate::article::{self, Article};
use crate::facts::CodeDictionary;
use crate::source::{Phrase, Warning};

const FACTS: [&str; 3] = ["使う項目", "項目", "Facts"];
/// The most that one file may hold; what is beyond is not read.
const MOST_FACTS: usize = 200;
const MOST_CHECKS: usize = 100;
const MOST_CASES: usize = 100;

/// Reads a flow. It never fails: what makes no sense is told in [`Flow::warnings`].
pub fn parse(path: &str, text: &str) -> Flow {
    let article = article::parse(path, text, &CodeDictionary::default());
    let mut reader = FlowParser {
        path: path.into(),
        flow: Flow {
            // Flows are named without the directory.
            id: article.id.rsplit(['/', ':']).next().unwrap_or_default().to_owned(),
            path: path.to_owned(),
            title: article.title.clone(),
            product: article.product.clone(),
            platforms: article.platforms.clone(),
            updated: article.updated,
            source: article.source.clone(),
            warnings: article.warnings.clone(),
            ..Flow::default()
        },
        targets: Vec::new(),
    };
    reader.read(&article, text);
    reader.resolve();
    reader.flow
}

/// Reads the flows of a knowledge base, given as pairs of path and text, ordered by id: a later file of the same id overrides, and the
/// settings' aliases are added.
pub(crate) fn parse_all<'f>(
    files: impl IntoIterator<Item = (&'f str, &'f str)>,
    aliases: &BTreeMap<String, Vec<String>>,
) -> Vec<Flow> {
    let mut flows: BTreeMap<String, Flow> = BTreeMap::new();
    for (path, text) in files {
        let mut flow = parse(path, text);
        flow.add_aliases(aliases);
        flows.insert(flow.id.clone(), flow);
    }
    flows.into_values().collect()
}

struct FlowParser {
    path: Arc<str>,
    flow: Flow,
    /// Links from a case to a check, to be resolved: check, case, anchor, line.
    targets: Vec<(usize, usize, String, u32)>,
}

enum Section {
    Head,
    Facts,
    Check,
    Aside,
}

impl FlowParser {
    fn warn(&mut self, line: u32, ja: impl Into<String>, en: impl Into<String>) {
        self.flow.warnings.push(Warning {
            file: Some(Arc::clone(&self.path)),
            line: Some(line),
            message: Phrase::new(ja, en),
        });
    }

    fn read(&mut self, article: &Article, text: &str) {
        let headings = &article.outline.headings;
        let first_anchor = article.outline.anchors.len().saturating_sub(headings.len());
        let mut section = Section::Head;
        let mut columns: Vec<String> = Vec::new();
        let mut in_fence = false;
        let mut in_matter = text.trim_start_matches('\u{feff}').starts_with("---");
        for (index, line) in text.lines().enumerate() {
            let number = u32::try_from(index + 1).unwrap_or(u32::MAX);
            if in_matter {
                in_matter = index == 0 || !matches!(line.trim_end(), "---" | "...");
                self.front_matter_line(line, number, article);
                continue;
            }
            if line.trim_start().starts_with("```") {
                in_fence = !in_fence;
            }
            if in_fence {
                continue;
            }
            let heading = headings.iter().position(|heading| heading.line == number);
            if let Some(position) = heading
                && let Some(heading) = headings.get(position)
            {
                if heading.level == 2 {
                    let anchor = article.outline.anchors.get(first_anchor + position);
                    section = self.heading(&heading.text, anchor, number);
                    columns.clear();
                }
                continue;
            }
            match section {
                Section::Head => {
                    if let Some(symptom) = labelled(line, &["症状", "symptom"]) {
                        self.flow.symptom = Some(symptom.to_owned());
                    }
                }
                Section::Facts => self.fact(line, number, &mut columns),
                Section::Check => self.check_line(line, number),
                Section::Aside => {}
            }
        }
        if self.flow.checks.is_empty() {
            self.warn(
                1,
                "確認がありません。「## 1 確認の名前」の見出しと、「- 条件 → 原因: …」の項目を書いてください",
                "there are no checks; write headings `## 1 …` with list items `- condition → cause: …`",
            );
        }
    }

    /// The conditions of `when:`, at their own lines.
    fn front_matter_line(&mut self, line: &str, number: u32, article: &Article) {
        for written in &article.when {
            let Some(start) = line.find(written.trim()) else { continue };
            if let Some(condition) = self.condition(written, start, number) {
                self.flow.when.push(condition);
            }
            return;
        }
    }

    fn heading(&mut self, text: &str, anchor: Option<&String>, line: u32) -> Section {
        if FACTS.contains(&text) {
            return Section::Facts;
        }
        let (number, title) = numbered(text);
        // A heading without a number explains; only numbered ones are checks.
        if number.is_empty() {
            return Section::Aside;
        }
        if self.flow.checks.len() == MOST_CHECKS {
            self.warn(
                line,
                "確認が多すぎます。ここから先は読みません",
                "too many checks; the rest is not read",
            );
            return Section::Aside;
        }
        self.flow.checks.push(Check {
            number: number.to_owned(),
            title: title.to_owned(),
            anchor: anchor.cloned().unwrap_or_default(),
            line,
            ..Check::default()
        });
        Section::Check
    }

    fn fact(&mut self, line: &str, number: u32, columns: &mut Vec<String>) {
        let Some(cells) = cells(line) else { return };
        if columns.is_empty() {
            columns.extend(cells.iter().map(|name| name.to_lowercase()));
            return;
        }
        if is_rule(&cells) || self.flow.facts.len() == MOST_FACTS {
            return;
        }
        let cell = |names: [&str; 2]| {
            let at = columns.iter().position(|column| names.contains(&column.as_str()))?;
            cells.get(at).map(|cell| cell.trim()).filter(|cell| !cell.is_empty())
        };
        let list = |names: [&str; 2]| {
            let names = cell(names).into_iter().flat_map(|names| names.split(['、', ',']));
            names.map(|name| name.trim().to_owned()).collect()
        };
        let Some(label) = cell(["項目", "fact"]) else { return };
        let label = label.trim_start_matches('「').trim_end_matches('」').to_owned();
        let written = cell(["型", "type"]).unwrap_or("文字");
        let kind = Type::from_name(written);
        let fact = FactDeclaration {
            aliases: list(["別名", "aliases"]),
            kind: kind.unwrap_or(Type::Text),
            place: cell(["見る場所", "where"]).map(str::to_owned),
            assumed: cell(["想定", "assumed"]).map(str::to_owned),
            choices: list(["答え", "choices"]),
            none_when: None,
            line: number,
            label,
        };
        let none_when = cell(["なしの条件", "none when"]).map(str::to_owned);
        if kind.is_none() {
            let names = Type::NAMES.map(|(_, names)| names.join("、")).join("、");
            self.warn(
                number,
                format!("「{written}」という型はありません。{names} のどれかを書いてください"),
                format!("there is no type `{written}`; the types are {names}"),
            );
        }
        if self.flow.facts.iter().any(|known| known.label == fact.label) {
            self.warn(
                number,
                format!("項目「{}」が2度書かれています", fact.label),
                format!("the fact 「{}」 is declared twice", fact.label),
            );
            return;
        }
        let none_when = none_when.and_then(|written| {
            self.condition(&written, line.find(written.as_str()).unwrap_or_default(), number)
        });
        self.flow.facts.push(FactDeclaration { none_when, ..fact });
    }

    fn check_line<'l>(&mut self, line: &'l str, number: u32) {
        let trimmed = line.trim();
        let item = trimmed.strip_prefix("- ").or_else(|| trimmed.strip_prefix("* "));
        let arrow = |item: &'l str| item.split_once('→').or_else(|| item.split_once(" -> "));
        if let Some((left, right)) = item.and_then(arrow) {
            self.item(left, right.trim(), line.len() - line.trim_start().len() + 2, number);
            return;
        }
        let Some(check) = self.flow.checks.last_mut() else { return };
        if let Some(premise) = labelled(trimmed, &["前提", "premise"]) {
            check.stands_alone = matches!(premise, "なし" | "none");
        } else if item.is_some() {
            self.warn(
                number,
                "矢印がないので、説明として読みました。場合分けは「- 条件 → 原因: …」と書きます",
                "read as text, for want of an arrow; a case is written `- condition → cause: …`",
            );
        } else if !trimmed.is_empty() && check.cases.is_empty() {
            if !check.question.is_empty() {
                check.question.push('\n');
            }
            check.question.push_str(trimmed);
        }
    }

    fn item(&mut self, left: &str, right: &str, start: usize, line: u32) {
        let when = match left.trim() {
            "それ以外" | "otherwise" => When::Otherwise,
            condition => {
                let start = start + left.len() - left.trim_start().len();
                match self.condition(condition, start, line) {
                    Some(condition) => When::Condition(Box::new(condition)),
                    None => When::Unreadable,
                }
            }
        };
        if let Some(written) = labelled(right, &["計算", "compute"]) {
            self.computation(when, written, line);
            return;
        }
        let links = links(right);
        let own = links.iter().find_map(|link| link.target.strip_prefix('#'));
        let remedy = links.iter().find(|link| !link.target.starts_with('#'));
        let remedy = remedy.map(|link| self.link(link));
        let text = |text: &str| {
            let end = self::links(text).first().map_or(text.len(), |link| link.range.start);
            text.get(..end).unwrap_or(text).trim().trim_end_matches(['。', '、']).to_owned()
        };
        let mut kinds = VerdictKind::NAMES.into_iter();
        let named = kinds.find_map(|(kind, names)| Some((kind, labelled(right, &names)?)));
        let mut verdict = match named {
            Some((kind, it)) => Verdict { kind, text: text(it), remedy, then: None },
            None if own.is_some() || matches!(right.trim(), "次へ" | "next") => {
                Verdict::default()
            }
            None => {
                self.warn(
                    line,
                    "矢印のあとが読めません。原因:、完了:、未確認:、ログを調べる:、計算:、次へ、[確認](#見出し) のどれかを書いてください",
                    "what follows the arrow cannot be read; write cause:, done:, unknown:, search the log:, compute:, next, or a link to a check",
                );
                return;
            }
        };
        let check_index = self.flow.checks.len().saturating_sub(1);
        let Some(check) = self.flow.checks.last_mut() else { return };
        if check.cases.len() == MOST_CASES {
            return;
        }
        match own {
            Some(anchor) => {
                self.targets.push((check_index, check.cases.len(), anchor.to_owned(), line));
            }
            None if verdict.kind == VerdictKind::Next => verdict.then = Some(check_index + 1),
            None => {}
        }
        check.cases.push(Case { when, verdict, line });
    }

    fn computation(&mut self, when: When, written: &str, line: u32) {
        let Some((name, formula)) = written.split_once(['=', '＝']) else {
            self.warn(
                line,
                "計算は「計算: 名前 = 「登録日時」 + 6日」のように書きます",
                "write a computation as `compute: name = 「登録日時」 + 6日`",
            );
            return;
        };
        match Formula::parse(formula) {
            Ok(value) => {
                let formula = Placed { value, line, span: 0..0 };
                let computation = Computation { when, name: name.trim().to_owned(), formula };
                if let Some(check) = self.flow.checks.last_mut() {
                    check.computations.push(computation);
                }
            }
            Err(error) => self.condition_warning(&error, line),
        }
    }

    fn condition(&mut self, written: &str, start: usize, line: u32) -> Option<Placed<Condition>> {
        match Condition::parse(written) {
            Ok(value) => Some(Placed { value, line, span: start..start + written.len() }),
            Err(error) => {
                self.condition_warning(&error, line);
                None
            }
        }
    }

    fn condition_warning(&mut self, error: &ConditionError, line: u32) {
        use crate::source::Language::{En, Ja};
        self.warn(
            line,
            format!("{}。{}", error.message.text(Ja), error.hint.text(Ja)),
            format!("{}; {}", error.message.text(En), error.hint.text(En)),
        );
    }

    /// A link to an article, its path taken from the flow's own place.
    fn link(&self, link: &LinkText<'_>) -> Link {
        let (path, anchor) = match link.target.split_once('#') {
            Some((path, anchor)) => (path, Some(anchor.to_owned())),
            None => (link.target, None),
        };
        let own = self.path.strip_prefix("shirube:").unwrap_or(&self.path).replace('\\', "/");
        let path = article::linked(path, &own);
        let article = article::without_ending(&path).unwrap_or(&path).to_owned();
        Link { article, anchor, label: link.label.to_owned() }
    }

    /// Turns the anchors of cases into checks; a link must lead onward, so that every walk ends.
    fn resolve(&mut self) {
        for (check, case, anchor, line) in std::mem::take(&mut self.targets) {
            let known = self.flow.checks.iter().position(|it| it.anchor == anchor.to_lowercase());
            let target = known.filter(|target| *target > check);
            if target.is_none() {
                let (ja, en) = if known.is_some() {
                    (
                        "前の確認へ戻るリンクです。先の確認だけを指してください",
                        "the link leads back; it must lead to a later check",
                    )
                } else {
                    ("リンクの先の見出しがありません", "there is no such heading")
                };
                self.warn(line, format!("#{anchor}: {ja}"), format!("#{anchor}: {en}"));
            }
            let case = self.flow.checks.get_mut(check).and_then(|it| it.cases.get_mut(case));
            let verdict = case.map(|case| &mut case.verdict);
            let verdict =
                verdict.filter(|it| !matches!(it.kind, VerdictKind::Done | VerdictKind::Open));
            if let Some(verdict) = verdict {
                verdict.then = target;
            }
        }
        let count = self.flow.checks.len();
        let cases = self.flow.checks.iter_mut().flat_map(|check| &mut check.cases);
        for verdict in cases.map(|case| &mut case.verdict) {
            verdict.then = verdict.then.filter(|then| *then < count);
        }
    }
}

/// The bytes of a file's line that a part of a placed text takes.
pub(in crate::flow) fn part_of<T>(placed: &Placed<T>, part: &Range<usize>) -> Range<usize> {
    placed.span.start + part.start..placed.span.start + part.end
}
