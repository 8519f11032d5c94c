//! Names of people: after labels, before さん・様・氏, in sentences, in Latin letters.
//!
//! Of Japanese names in a sentence only the family names of a list are known, where what follows is a given
//! name, a particle or the end. Any other name has to be announced.

use super::Parts;
use super::labelled::{Joint, Labelled, Value};
use super::line::{Line, is_hiragana, is_kanji, is_katakana, is_word};
use super::words::{FAMILY, LATIN, NOT_NAMES, is_product, is_state};
use crate::facts::mask::Mask;
use crate::text::lexicon::{self, Section};

/// The last characters of names of departments, companies and places.
const ORGANIZATIONS: &str = "部課係室社店局所校院会庁省署班組団科寮館";
static PLACES: Section = lexicon::PRIVATE_WORDS.section("names of places");
static HONORIFICS: Section = lexicon::PRIVATE_WORDS.section("honorifics");
static ENDS_OF_ROLES: Section = lexicon::PRIVATE_WORDS.section("ends of roles");
static AFTER_FAMILY: Section = lexicon::PRIVATE_WORDS.section("after family names");
static AFTER_KANA: Section = lexicon::PRIVATE_WORDS.section("after names in kana");
static TITLES: Section = lexicon::PRIVATE_WORDS.section("titles");
static AFTER_NAMES: Section = lexicon::PRIVATE_WORDS.section("after names");
static ROLES: Section = lexicon::PRIVATE_WORDS.section("roles");
static ENDS_OF_NOBODY: Section = lexicon::PRIVATE_WORDS.section("ends of nobody");
static KANA_OF_NOBODY: Section = lexicon::PRIVATE_WORDS.section("kana before honorifics");
static OPENINGS: Section = lexicon::PRIVATE_WORDS.section("before a latin name");
static COMMON: Section = lexicon::PRIVATE_WORDS.section("common words");
static SPACED_LABELS: Section = lexicon::PRIVATE_WORDS.section("labels before a space");
static GROUPS: Section = lexicon::PRIVATE_WORDS.section("groups");
/// The last characters of given names.
const GIVEN: &str = "郎朗子美一二三太介助也哉樹斗人香奈恵代江男夫雄司志史之彦輝翔平真希花菜葉乃織里理沙紀和弘浩宏博隆孝誠健剛勇進実修茂豊明清正直治良哲蓮陽優愛結衣佳幸信康仁義秀英俊徹学望歩薫渚凛悠颯湊大貴久恒昭光喜次吾悟潤淳聡智拓巧匠努勉稔晃亮遼諒涼航海陸空斉光裕祐佑雅晴春夏秋冬咲桜音絵緒穂帆保世緑京加枝栄梨桃杏莉舞遥瞳泉純守誉崇敦篤駿隼瑛瑞璃琴鈴雪月星玲礼令";

pub(super) fn labelled(line: &Line, label: &Labelled) -> Option<(usize, usize)> {
    let mut start = label.start;
    // 担当：情報システム部 佐藤: the department stays.
    for _ in 0..3 {
        let length = line.run(start, 20, |it| is_kanji(it) || is_katakana(it) || is_word(it));
        let unit =
            line.before(start + length).is_some_and(|it| length > 1 && ORGANIZATIONS.contains(it));
        if !unit || line.get(start + length) != Some(' ') {
            break;
        }
        start = line.skip_spaces(start + length);
    }
    let end = match line.get(start)? {
        it if it.is_ascii_alphabetic() => latin_behind_label(line, label, start)?,
        it if is_kanji(it) || is_katakana(it) || is_hiragana(it) => {
            japanese_behind_label(line, label, start)?
        }
        _ => return None,
    };
    Some((start, end))
}

fn japanese_behind_label(line: &Line, label: &Labelled, start: usize) -> Option<usize> {
    let mut end = start + name_run(line, start);
    let first = line.text(start, end);
    let family = longest_family(line, start, end);
    let kana = first.chars().all(is_hiragana);
    let refused = first.is_empty()
        || kana
            && (first.chars().count() < 2
                || first.starts_with(['を', 'が', 'は', 'に', 'の', 'で', 'と', 'も', 'へ', 'や']))
        || NOT_NAMES.contains(&*first)
        || is_state(&first)
        || is_product(&first)
        || first.chars().count() > 10
        || first.ends_with(|it| ORGANIZATIONS.contains(it))
            && first.chars().count() > 2
            && family.is_none()
        || ENDS_OF_ROLES.iter().any(|role| first.ends_with(role));
    if refused || matches!(line.get(end), Some(':' | '=')) {
        return None;
    }
    let strong = label.kind == Value::Person || is_before_address(line, end);
    let asked = matches!(
        &*line.text(label.label.0, label.label.1),
        "氏名" | "お名前" | "ご氏名" | "姓名" | "宛名" | "フリガナ" | "ふりがな"
    );
    let fits = match label.joint {
        Joint::Sign => strong || family.is_some() || is_full_name(line, start, end),
        // 担当者は変更できません: what is said of the person.
        Joint::Topic => {
            family.is_some()
                || strong
                    && first.chars().count() <= 4
                    && first.chars().all(is_kanji)
                    && line.starts_with(end, "です")
        }
        Joint::Space => {
            family.is_some()
                || asked && first.chars().count() <= 5 && !first.chars().all(is_hiragana)
        }
        Joint::Open => family.is_some(),
    };
    if !fits {
        return None;
    }
    // 佐藤はるか, and nothing else after.
    let kana = line.run(end, 5, is_hiragana);
    if (2..=4).contains(&kana)
        && line.ends(end + kana)
        && first.chars().all(is_kanji)
        && !is_particle(&line.text(end, end + kana))
    {
        end += kana;
    }
    Some(given_behind(line, end, true))
}

/// Whether the address of a mail follows: 毛利 元春 <mouri@example.jp>.
fn is_before_address(line: &Line, end: usize) -> bool {
    let name =
        line.run(end, 12, |it| is_kanji(it) || is_hiragana(it) || is_katakana(it) || it == ' ');
    let open = end + name;
    let inside = line.run(open + 1, 80, |it| it != '>');
    line.get(open) == Some('<') && line.text(open + 1, open + 1 + inside).contains('@')
}

/// The run of one script at `start`: a name does not change between kanji and katakana.
fn name_run(line: &Line, start: usize) -> usize {
    match line.get(start) {
        Some(it) if is_kanji(it) => line.run(start, 12, is_kanji),
        Some(it) if is_katakana(it) => line.run(start, 16, |it| is_katakana(it) || it == '・'),
        Some(it) if is_hiragana(it) => {
            let length = line.run(start, 12, is_hiragana);
            let text = line.text(start, start + length);
            let cut = AFTER_KANA.iter().find_map(|tail| text.strip_suffix(tail));
            cut.map_or(length, |name| name.chars().count())
        }
        _ => 0,
    }
}

/// Whether two words of two to four kanji are at `start`: 剱持 悠斗.
fn is_full_name(line: &Line, start: usize, end: usize) -> bool {
    let family = end - start;
    let given = line.run(end + 1, 4, is_kanji);
    line.get(end) == Some(' ')
        && (1..=4).contains(&family)
        && (1..=3).contains(&given)
        && line.ends(end + 1 + given)
        || line.ends(end)
            && (3..=5).contains(&family)
            && line.before(end).is_some_and(|it| GIVEN.contains(it))
}

/// Where the given name after a family name ends, or `end` where there is none.
fn given_behind(line: &Line, end: usize, announced: bool) -> usize {
    if !matches!(line.get(end), Some(' ' | '\u{3000}')) {
        return end;
    }
    let start = end + 1;
    let kanji = line.run(start, 4, is_kanji);
    let katakana = line.run(start, 8, is_katakana);
    let hiragana = line.run(start, 5, is_hiragana);
    let length = match (kanji, katakana, hiragana) {
        (1..=3, _, _) => kanji,
        (_, 2..=7, _) if line.before(end).is_some_and(is_katakana) => katakana,
        (_, _, 2..=4) if line.ends(start + hiragana) => hiragana,
        _ => return end,
    };
    let name = line.text(start, start + length);
    let ends_so = line.before(start + length).is_some_and(|it| GIVEN.contains(it) || !is_kanji(it));
    let named = !NOT_NAMES.contains(&*name)
        && !is_state(&name)
        && !line.is_label(start)
        && !is_particle(&name);
    if named && (ends_so || announced && line.ends(start + length)) { start + length } else { end }
}

fn is_particle(text: &str) -> bool {
    AFTER_NAMES.iter().any(|it| text.starts_with(it))
}

/// The longest family name of the list that `start..end` begins with.
fn longest_family(line: &Line, start: usize, end: usize) -> Option<usize> {
    (2..=5.min(end.saturating_sub(start)))
        .rev()
        .find(|length| FAMILY.contains(&*line.text(start, start + length)))
}

/// 佐藤のiPhone.
pub(super) fn family_before_no(value: &str) -> bool {
    value.split_once('の').is_some_and(|(name, _)| FAMILY.contains(name))
}

/// Whether a quotation is a name: of the list, or of two words like one.
pub(crate) fn is_name(text: &str) -> bool {
    let line = Line::new(text);
    let end = line.chars.len();
    longest_family(&line, 0, end).is_some() || text.split(' ').any(is_listed)
}

/// Finds names before honorifics and in sentences.
pub(super) fn find(line: &Line, parts: &mut Parts) {
    let mut at = 0;
    while let Some(it) = line.get(at) {
        at = if is_kanji(it) && !line.before(at).is_some_and(is_kanji) {
            in_run(line, at, parts)
        } else if it.is_ascii_uppercase() && !line.before(at).is_some_and(joins_latin) {
            latin(line, at, parts)
        } else {
            at + 1
        };
    }
    before_honorifics(line, parts);
    introduced(line, parts);
    owners(line, parts);
}

/// A family name of the list in the run of kanji at `start`; returns where to go on.
fn in_run(line: &Line, start: usize, parts: &mut Parts) -> usize {
    let end = start + line.run(start, 24, is_kanji);
    for at in start..end {
        let Some(length) = longest_family(line, at, end) else { continue };
        let begins = at == start
            || line.before(at).is_some_and(|it| ORGANIZATIONS.contains(it))
            || ROLES.contains(&&*line.text(start, at));
        if begins && let Some(to) = name_in_sentence(line, at, at + length, end) {
            parts.push(at, to, Mask::User);
            return to.max(at + 1);
        }
    }
    end.max(start + 1)
}

/// Where the name ends that the family name `start..family` begins, in a run of kanji up to `run`.
fn name_in_sentence(line: &Line, start: usize, family: usize, run: usize) -> Option<usize> {
    let rest = line.text(family, run);
    let name = line.text(start, family);
    let place = PLACES.contains(&&*name);
    if TITLES.contains(&&*rest) || HONORIFICS.contains(&&*rest) {
        return Some(family);
    }
    let given = rest.chars().count();
    let next = line.get(run);
    if given > 0 {
        let ends_so = rest.ends_with(|it| GIVEN.contains(it));
        // 佐藤太郎様
        let honored = rest.strip_suffix(['様', '氏', '殿', '君']).filter(|rest| !rest.is_empty());
        if let Some(kept) = honored {
            return Some(family + kept.chars().count());
        }
        return (given <= 3 && ends_so && !NOT_NAMES.contains(&*rest)).then_some(run);
    }
    let with_given = given_behind(line, run, false);
    if with_given > run {
        return Some(with_given);
    }
    let ends = next.is_none_or(|it| {
        it.is_whitespace() || is_hiragana(it) || "、。,.)」』:;/・&-~\"'!?(|]>_".contains(it)
    });
    let latin = next.is_some_and(|it| it.is_ascii_alphabetic());
    let said = AFTER_FAMILY.iter().any(|it| line.starts_with(run, it));
    (if place { said } else { ends || latin }).then_some(run)
}

/// Names right before さん, 様, 氏.
fn before_honorifics(line: &Line, parts: &mut Parts) {
    let mut at = 1;
    while at < line.chars.len() {
        let honorific = HONORIFICS.iter().find(|it| line.starts_with(at, it));
        let Some(honorific) = honorific else {
            at += 1;
            continue;
        };
        let behind = at + honorific.chars().count();
        if let Some((start, end)) = name_before(line, at, honorific, behind) {
            parts.push(start, end, Mask::User);
        }
        at = behind;
    }
}

fn name_before(line: &Line, at: usize, honorific: &str, behind: usize) -> Option<(usize, usize)> {
    // 氏名, 様式, 様々, 様子, 先生方
    let next = line.get(behind);
    let other = match honorific {
        "氏" => next.is_some_and(is_kanji),
        "様" => next.is_some_and(|it| "々式子相態".contains(it)),
        "殿" => next.is_some_and(|it| "堂下様".contains(it)),
        "さん" | "さま" => next.is_some_and(|it| "ざ".contains(it)),
        _ => false,
    };
    if other {
        return None;
    }
    let end = if line.before(at) == Some(' ') { at - 1 } else { at };
    let last = line.before(end)?;
    let run = if is_kanji(last) {
        line.run_before(end, 12, is_kanji)
    } else if is_katakana(last) {
        line.run_before(end, 14, |it| is_katakana(it) || it == '・')
    } else if is_hiragana(last) {
        return hiragana_before(line, end, honorific);
    } else if last.is_ascii_alphabetic() {
        line.run_before(end, 24, |it| it.is_ascii_alphabetic() || it == '.' || it == ' ')
    } else {
        return None;
    };
    let mut start = without_unit(line, end - run, end);
    // 佐藤 太郎 様
    if line.before(start) == Some(' ') && is_kanji(last) && end - start <= 3 {
        let family = line.run_before(start - 1, 4, is_kanji);
        let name = line.text(start - 1 - family, start - 1);
        if (1..=4).contains(&family)
            && !NOT_NAMES.contains(&*name)
            && !name.ends_with(|it| ORGANIZATIONS.contains(it))
        {
            start -= family + 1;
        }
    }
    let text = line.text(start, end);
    let name = text.trim();
    let weak = matches!(honorific, "くん" | "ちゃん" | "先生" | "殿");
    let listed = longest_family(line, start, end).is_some();
    let refused = name.is_empty()
        || NOT_NAMES.contains(name)
        || is_product(name)
        || ENDS_OF_NOBODY.iter().any(|role| name.ends_with(role)) && !listed
        || name.ends_with(|it| ORGANIZATIONS.contains(it)) && !listed
        || is_kanji(last) && name.chars().count() == 1 && !is_single_name(name)
        || weak && !listed && is_kanji(last) && !is_single_name(name);
    (!refused).then(|| (start + text.chars().take_while(|it| *it == ' ').count(), end))
}

fn is_single_name(name: &str) -> bool {
    "林森原東西南北関谷辻堀星岡島沢澤橋浜濱畑秦泉菅桂榊岸角堤平柳李王金朴崔鄭張陳趙黄劉楊呉周徐孫胡梁宋許丁高馬姜尹范叶梅萩杉杵曽柏城乾今奥旭佃伴栄柊椿楠".contains(name)
}

/// The beginning of a name after the department that it is written with: 営業部佐藤様, 担当佐藤様.
fn without_unit(line: &Line, start: usize, end: usize) -> usize {
    let name = (start..end)
        .rev()
        .find(|&at| line.get(at).is_some_and(|it| ORGANIZATIONS.contains(it)) && end - at > 2);
    let start = name.map_or(start, |at| at + 1);
    let family = (start + 1..end).find(|&at| {
        longest_family(line, at, end).is_some() && ROLES.contains(&&*line.text(start, at))
    });
    family.unwrap_or(start)
}

/// さとうさん: hiragana only where a sentence or a clause begins with it.
fn hiragana_before(line: &Line, end: usize, honorific: &str) -> Option<(usize, usize)> {
    let run = line.run_before(end, 8, is_hiragana);
    let start = end - run;
    let begins =
        line.before(start).is_none_or(|it| it.is_whitespace() || "、。「『(・:,".contains(it));
    let name = line.text(start, end);
    let refused = NOT_NAMES.contains(&*name) || KANA_OF_NOBODY.contains(&&*name);
    (begins && (2..=6).contains(&run) && !refused && honorific != "氏").then_some((start, end))
}

/// 「営業部の剱持です」「篠田と申します」: who says so says a name.
fn introduced(line: &Line, parts: &mut Parts) {
    for at in 1..line.chars.len() {
        if line.starts_with(at, "と申します") || line.starts_with(at, "と申す") {
            let kanji = line.run_before(at, 8, is_kanji);
            let katakana = line.run_before(at, 12, |it| is_katakana(it) || it == '・');
            let run = kanji.max(katakana);
            let start = without_unit(line, at - run, at);
            let name = line.text(start, at);
            if run > 0 && start < at && !NOT_NAMES.contains(&*name) && name.chars().count() <= 12 {
                parts.push(start, at, Mask::User);
            }
        }
        let unit = line.get(at) == Some('の')
            && line.before(at).is_some_and(|it| "部課係室社店校局院".contains(it));
        if unit {
            let run = line.run(at + 1, 6, is_kanji);
            let end = at + 1 + run;
            let name = line.text(at + 1, end);
            let told = line.starts_with(end, "です。")
                || line.starts_with(end, "です") && line.ends(end + 2)
                || line.starts_with(end, "と申");
            if (2..=5).contains(&run)
                && told
                && !NOT_NAMES.contains(&*name)
                && !is_state(&name)
                && !name.ends_with(['者', '員', '件', '用', '中', '先', '時', '前', '後'])
            {
                parts.push(at + 1, end, Mask::User);
            }
        }
    }
}

/// `Taro's iPhone`: whoever a device is called after.
fn owners(line: &Line, parts: &mut Parts) {
    static DEVICES: Section = lexicon::PRIVATE_WORDS.section("owned devices");
    static NOBODY: Section = lexicon::PRIVATE_WORDS.section("no family name");
    for at in 1..line.chars.len() {
        let owned = line.starts_with(at, "'s ")
            && DEVICES.iter().any(|device| line.starts_with(at + 3, device));
        if !owned {
            continue;
        }
        let last = line.run_before(at, 24, |it| it.is_alphabetic());
        let mut start = at - last;
        let name = line.lower(start, at);
        if last < 2 || NOBODY.contains(&&*name) || is_product(&name) {
            continue;
        }
        let first = line.run_before(start.saturating_sub(1), 24, |it| it.is_alphabetic());
        let before = start.saturating_sub(1 + first);
        if line.before(start) == Some(' ')
            && first > 1
            && line.get(before).is_some_and(char::is_uppercase)
            && line.get(start).is_some_and(char::is_uppercase)
            && !OPENINGS.contains(&&*line.lower(before, before + first))
        {
            start = before;
        }
        parts.push(start, at, Mask::User);
    }
}

fn joins_latin(character: char) -> bool {
    is_word(character) || ".-/\\@$%&'~".contains(character)
}

/// Whether a word is a name of the lists, written with a capital.
fn is_listed(word: &str) -> bool {
    word.starts_with(|it: char| it.is_ascii_uppercase())
        && LATIN.contains(&*word.to_ascii_lowercase())
}

/// The name that the capitalized word at `start` begins; returns where to go on.
fn latin(line: &Line, start: usize, parts: &mut Parts) -> usize {
    let end = start + latin_word(line, start);
    let word = line.lower(start, end);
    let title = matches!(&*word, "mr" | "ms" | "mrs" | "dr" | "miss");
    if title {
        let name = line.skip_spaces(end + usize::from(line.get(end) == Some('.')));
        let to = words_of_name(line, name, 2);
        if to > name {
            parts.push(name, to, Mask::User);
            return to;
        }
        return end;
    }
    // Tanaka-san
    if ["-san", "-sama", " san ", "-kun", "-sensei"].iter().any(|it| line.starts_with(end, it))
        && !is_product(&word)
    {
        parts.push(start, end, Mask::User);
        return end + 1;
    }
    if line.get(end).is_some_and(|it| is_word(it) || "/\\@-_=".contains(it))
        || OPENINGS.contains(&&*word)
    {
        return end.max(start + 1);
    }
    let next = end + 1 + usize::from(line.starts_with(end, ", "));
    let to = if line.get(next).is_some_and(|it| it.is_ascii_uppercase())
        && matches!(line.get(end), Some(' ' | ','))
    {
        next + latin_word(line, next)
    } else {
        end
    };
    let second = line.lower(next, to);
    let listed = LATIN.contains(&*word);
    let free = !line.get(to).is_some_and(|it| is_word(it) || "/\\@_=".contains(it));
    let is_pair = to > end && free && !is_product(&second) && !is_state(&second) && to - next > 1;
    if is_pair
        && (listed && !OPENINGS.contains(&&*second)
            || LATIN.contains(&*second)
                && !is_product(&word)
                && !is_state(&word)
                && end - start > 1)
    {
        parts.push(start, to, Mask::User);
        return to;
    }
    if listed && !COMMON.contains(&&*word) {
        parts.push(start, end, Mask::User);
    }
    end.max(start + 1)
}

fn latin_word(line: &Line, start: usize) -> usize {
    line.run(start, 24, |it| it.is_ascii_alphabetic())
}

/// Where up to `most` capitalized words from `start` on end.
fn words_of_name(line: &Line, start: usize, most: usize) -> usize {
    let mut end = start;
    for _ in 0..most {
        let from = if end == start { start } else { end + 1 };
        let capital = line.get(from).is_some_and(char::is_uppercase)
            && (end == start || line.get(end) == Some(' '));
        let length = line.run(from, 24, |it| it.is_alphabetic() && !is_kanji(it) || it == '\'');
        if !capital || length == 0 {
            break;
        }
        // R. Hanamura
        let initial = length == 1 && line.starts_with(from + 1, ". ");
        end = from + length + usize::from(initial);
    }
    end
}

/// A name in Latin letters after a label.
fn latin_behind_label(line: &Line, label: &Labelled, start: usize) -> Option<usize> {
    let strong = label.kind == Value::Person;
    if label.joint == Joint::Space
        && !SPACED_LABELS.contains(&&*line.lower(label.label.0, label.label.1))
    {
        return None;
    }
    let mut end = words_of_name(line, start, 4);
    // Yamada, Taro
    if line.starts_with(end, ", ") && line.get(end + 2).is_some_and(|it| it.is_ascii_uppercase()) {
        let to = end + 2 + latin_word(line, end + 2);
        let name = line.text(start, to);
        if strong && (line.ends(to) || name.split([',', ' ']).any(is_listed)) {
            end = to;
        }
    }
    if end == start {
        // owner: sato
        end = start + line.run(start, 40, |it| it.is_ascii_alphanumeric() || "._-".contains(it));
    }
    // A capitalized word that goes on in small letters or digits: s.Sato, Sato2.
    end += line.run(end, 40, |it| it.is_ascii_alphanumeric() || it == '_');
    let name = line.text(start, end);
    let listed = name.split([' ', ',', '.']).any(is_listed);
    let refused = is_state(&name)
        || is_product(&name)
        || name
            .split(' ')
            .any(|word| is_state(word) || GROUPS.contains(&&*word.to_ascii_lowercase()))
        || matches!(line.get(end), Some('(' | ':' | '=' | '/' | '\\'));
    let alone = line.get(end).is_none_or(|it| !is_word(it) && it != '.');
    let fits = match label.joint {
        Joint::Sign => strong || listed || is_before_address(line, end),
        Joint::Topic | Joint::Space => listed,
        Joint::Open => false,
    };
    (fits && !refused && alone && name.len() > 1).then_some(end)
}
