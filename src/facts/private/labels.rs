//! Values after labels: `パスワード：…`, `user=…`, `"serial": "…"`, 「担当者は…」.
//!
//! 1. A label of `lexicon/private-labels.txt` is a word; before `：` and `=` a Japanese one may end a
//!    longer word (紛失端末名：).
//! 2. What joins it to a value tells how sure it is that there is one ([`Joint`]).
//! 3. The kind of the label tells how the value is written, and so where it ends ([`value`](super::value)).

use std::collections::HashMap;
use std::sync::LazyLock;

use super::Parts;
use super::labelled::{Joint, Labelled, Value};
use super::line::{Line, is_digit, is_kanji, is_katakana, is_word, same};
use super::value;
use crate::text::lexicon::{self, Section};

/// Labels by their first character in lower case, the longest first.
pub(super) static LABELS: LazyLock<Labels> = LazyLock::new(labels);

/// Labels in lower case with the kinds of their values.
type Labels = HashMap<char, Vec<(Vec<char>, Value)>>;

/// The longest key that ends in the name of a secret.
const LONGEST_KEY: usize = 64;

fn labels() -> Labels {
    let listed = lexicon::PRIVATE_LABELS.of_variants();
    let mut known: Vec<(Vec<char>, Value)> =
        listed.map(|(label, kind)| (label.to_lowercase().chars().collect(), kind)).collect();
    known.sort_by_key(|(label, _)| std::cmp::Reverse(label.len()));
    let mut labels = Labels::new();
    for (label, value) in known {
        if let Some(first) = label.first() {
            labels.entry(*first).or_default().push((label, value));
        }
    }
    labels
}

pub(super) fn find(line: &Line, parts: &mut Parts) {
    let mut at = 0;
    while at < line.chars.len() {
        at = labelled(line, at).map_or(at + 1, |label| read(line, &label, parts));
    }
}

/// Notes the value of a label; returns where to go on.
fn read(line: &Line, label: &Labelled, parts: &mut Parts) -> usize {
    let end = value::read(line, label).map(|it| parts.push(it.start, it.end, it.mask));
    end.unwrap_or(label.label.0 + 1).max(label.label.1)
}

/// The label that begins at `at`, with the beginning of its value.
pub(super) fn labelled(line: &Line, at: usize) -> Option<Labelled> {
    let first = line.get(at)?.to_ascii_lowercase();
    let before = line.before(at);
    let latin = first.is_ascii();
    if latin && before.is_some_and(is_word) {
        return None;
    }
    let alone = !before.is_some_and(|it| is_kanji(it) || is_katakana(it) || is_word(it));
    // MDM登録用コード: another script begins another word.
    let behind_latin = !latin && before.is_some_and(|it| it.is_ascii_alphabetic());
    for (label, kind) in LABELS.get(&first).into_iter().flatten() {
        let end = at + label.len();
        let mut letters = (at..).zip(label);
        let fits = letters.all(|(at, letter)| line.get(at).is_some_and(|it| same(it, *letter)));
        if !fits || line.before(end).is_some_and(is_word) && line.get(end).is_some_and(is_letter) {
            continue;
        }
        let Some((joint, start)) = joint(line, at, end, *kind) else { continue };
        // ID is many things: a login name where a password follows.
        if label.len() == 2 && line.starts_with(at, "id") && !is_before_password(line, start) {
            continue;
        }
        // 紛失端末名：, 初期パスワード：, 生徒氏名： are labels as well; 社内：, ファイルパス： are not 内 and パス.
        let tells = label.len() > 2 || label.len() == 2 && label.iter().all(|it| is_kanji(*it));
        if alone || latin || joint == Joint::Sign && tells || behind_latin && label.len() > 2 {
            return Some(Labelled { kind: *kind, joint, start, label: (at, end) });
        }
    }
    if latin { key_of_secret(line, at) } else { None }
}

fn is_before_password(line: &Line, start: usize) -> bool {
    const FARTHEST: usize = 60;
    let behind = line.lower(start, start + FARTHEST);
    ["pw:", "pw=", "pw ", "pass", "パスワード"].iter().any(|label| behind.contains(label))
}

fn is_letter(character: char) -> bool {
    character.is_ascii_alphabetic() || character == '_'
}

/// `db_password=`, `clientSecret:`, `MYSQL_PWD=`: a key whose last part is the name of a secret.
fn key_of_secret(line: &Line, at: usize) -> Option<Labelled> {
    static LAST: Section = lexicon::PRIVATE_WORDS.section("last words of secret keys");
    let length = line.run(at, LONGEST_KEY, |it| is_word(it) || matches!(it, '-' | '.'));
    let end = at + length;
    let key = line.text(at, end);
    let lower = key.to_ascii_lowercase();
    let name = LAST.iter().find(|name| lower.ends_with(**name))?;
    let head = key.get(..key.len() - name.len())?;
    let tail = key.get(head.len()..)?;
    let hump = tail.starts_with(|it: char| it.is_ascii_uppercase())
        && head.ends_with(|it: char| it.is_ascii_lowercase() || it.is_ascii_digit());
    let parted = head.ends_with(['_', '-', '.']) || hump || head.is_empty();
    let (joint, start) = joint(line, at, end, Value::Secret)?;
    (parted && joint == Joint::Sign).then_some(Labelled {
        kind: Value::Secret,
        joint,
        start,
        label: (at, end),
    })
}

/// The joint of the label `from..end`, and the beginning of its value.
fn joint(line: &Line, from: usize, end: usize, kind: Value) -> Option<(Joint, usize)> {
    if line.starts_with(end, "</") {
        return in_next_element(line, end).map(|start| (Joint::Sign, start));
    }
    // serial# and S/N# are labels too.
    let numbered = line.get(end) == Some('#') && line.before(end).is_some_and(is_word);
    let mut at = end + usize::from(numbered);
    let mut closed = numbered;
    while let Some(close) = line.get(at).filter(|it| "\"'】]」』>)*`".contains(*it)) {
        // A bracket closes a label only where one opens it, and an element's tag is a label too. 対応者)森
        // is written without any.
        let alone = close == ')' && !line.text(0, from).contains('(');
        closed |= alone
            || "】]>)".contains(close) && line.before(from).is_some_and(|it| "【[<(/".contains(it));
        at += 1;
        if at > end + 3 {
            return None;
        }
    }
    // 氏名(カナ):, パスワード (仮):
    let spaced = line.skip_spaces(at);
    if line.get(spaced) == Some('(') {
        let inside = line.run(spaced + 1, 12, |it| it != ')');
        let behind = line.skip_spaces(spaced + inside + 2);
        if line.get(spaced + 1 + inside) == Some(')') && matches!(line.get(behind), Some(':' | '='))
        {
            at = spaced + inside + 2;
        }
    }
    let tabbed = line.get(at) == Some('\t');
    let next = line.skip_spaces(at);
    let spaces = next - at;
    match line.get(next)? {
        ':' | '=' | '|' | '→' | '⇒' => Some((Joint::Sign, behind_signs(line, next))),
        '-' if line.get(next + 1) == Some('>') => Some((Joint::Sign, behind_signs(line, next))),
        'は' if spaces == 0 => {
            let start = next + 1 + line.run(next + 1, 2, |it| matches!(it, '、' | ','));
            Some((Joint::Topic, line.skip_spaces(start)))
        }
        'i' if spaces == 1 && line.starts_with(next, "is ") => {
            Some((Joint::Topic, line.skip_spaces(next + 3)))
        }
        _ if closed || tabbed => Some((Joint::Sign, next)),
        '「' | '『' | '"' | '\'' | '(' if at == end => Some((Joint::Open, next)),
        it if at == end && (spaces > 0 || kind.takes_digits() && (is_digit(it) || it == '+')) => {
            Some((Joint::Space, next))
        }
        _ => None,
    }
}

/// After `:`, `=>`, `->`, `==`, with the spaces around them.
fn behind_signs(line: &Line, at: usize) -> usize {
    let signs = line.run(at, 4, |it| matches!(it, ':' | '=' | '>' | '|' | '→' | '⇒' | '-' | ' '));
    line.skip_spaces(at + signs)
}

/// `<key>Password</key><string>…`: the value is in the element after the label's.
fn in_next_element(line: &Line, end: usize) -> Option<usize> {
    const LONGEST_TAG: usize = 40;
    let close = end + line.run(end, LONGEST_TAG, |it| it != '>');
    let open = line.skip_spaces(close + 1);
    if line.get(close) != Some('>') || line.get(open) != Some('<') {
        return None;
    }
    let start = open + line.run(open, LONGEST_TAG, |it| it != '>');
    (line.get(start) == Some('>')).then_some(start + 1)
}
