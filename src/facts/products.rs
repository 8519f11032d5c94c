//! Which console, and which system, a text is about, by the names that it names.
//!
//! 1. Names are found with their boundaries: クロモジ is no クロモ, and a host or an address names nobody;
//! 2. a name that is denied (BizMobileではなく), that was (CLOMOから乗り換え), that a mail program signs with
//!    (iPhoneから送信) or that is part of a company's says nothing of what the text is about;
//! 3. where several names are left, one that is only compared with (CLOMOでは問題ないのに) gives way;
//! 4. of several sentences those that tell of the trouble decide.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use crate::text::lexicon::{PRODUCT_NAMES, Section};
use crate::text::{fold, normalize};

static HEADING_ENDS: Section = PRODUCT_NAMES.section("ends of headings");
static OTHER_THINGS: Section = PRODUCT_NAMES.section("other things");
static AFTER_CONSOLES: Section = PRODUCT_NAMES.section("after consoles");

static SYSTEMS: Section = PRODUCT_NAMES.section("systems");

/// The products that a text is about.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Named {
    /// The consoles, by the names that the table gives them.
    pub(crate) products: BTreeSet<String>,
    /// The systems, as articles name them.
    pub(crate) platforms: BTreeSet<&'static str>,
}

/// The names of consoles: those that the documentation is about, and those that it is not.
#[derive(Debug, Clone)]
pub(crate) struct Products {
    /// The name of a console by each of its folded names.
    names: BTreeMap<String, String>,
    finder: Finder,
}

/// Finds names in folded texts.
#[derive(Debug, Clone)]
struct Finder(Option<Regex>);

impl Default for Products {
    fn default() -> Self {
        Self::new(&BTreeMap::new())
    }
}

impl Products {
    /// The consoles of a table: a name with its other names.
    pub(crate) fn new(table: &BTreeMap<String, Vec<String>>) -> Self {
        let names = table.iter().flat_map(|(product, others)| {
            others.iter().chain([product]).map(|name| (fold(name), product.clone()))
        });
        let mut names: BTreeMap<String, String> = names.collect();
        names.remove("");
        let finder = Finder::of(names.keys().map(String::as_str));
        Self { names, finder }
    }

    /// The name that the table gives a console; a console that it does not know keeps its own.
    pub(crate) fn canonical<'p>(&'p self, product: &'p str) -> &'p str {
        self.names.get(&fold(product)).map_or(product, String::as_str)
    }

    /// Whether two names are of one console.
    pub(crate) fn same(&self, one: &str, other: &str) -> bool {
        one == other || fold(self.canonical(one)) == fold(self.canonical(other))
    }

    /// Whether a line is nothing but the name of a console, as a heading over what follows is: 【BizMobile】,
    /// ■CLOMO管理画面, ■BizMobile（ダッシュボード）.
    pub(crate) fn heading(&self, line: &str) -> Option<&str> {
        let folded = fold(line);
        let mark = |c: char| !c.is_alphanumeric() && c != '!';
        let bare = folded.trim_matches(mark);
        // The screen in brackets behind the name.
        let bare = match bare.split_once('(') {
            Some((name, _)) if folded.starts_with(mark) && folded.ends_with(')') => name.trim_end(),
            _ => bare,
        };
        let bare = HEADING_ENDS.iter().find_map(|end| bare.strip_suffix(end)).unwrap_or(bare);
        self.names.get(bare.trim_end_matches(mark)).map(String::as_str)
    }

    /// The text after the console that a folded text begins with: 「モビコネクトで端末エラー」 says 端末エラー.
    pub(crate) fn after_name<'t>(&self, said: &'t str) -> Option<&'t str> {
        const LONGEST_NAME: usize = 64;
        let ends = said.char_indices().map(|(at, _)| at).take_while(|at| *at <= LONGEST_NAME);
        let mut parts = ends.filter_map(|at| said.split_at_checked(at));
        parts.find_map(|(name, rest)| {
            let behind = AFTER_CONSOLES.iter().find_map(|joint| rest.strip_prefix(joint))?;
            self.is_name(name).then_some(behind)
        })
    }

    /// The words of the names of several words in a folded text: panel, of CLOMO PANEL.
    pub(crate) fn words_of_names(&self, text: &str) -> Vec<&str> {
        let names = self.names.keys().filter(|name| name.contains(' '));
        let names = names.filter(|name| text.contains(name.as_str()));
        let words = names.flat_map(|name| name.split(' '));
        words.map(|word| word.trim_matches(|c: char| !c.is_alphanumeric())).collect()
    }

    pub(crate) fn is_name(&self, word: &str) -> bool {
        self.names.contains_key(word)
    }

    /// The products that a text is about. `tells_trouble` says of a sentence whether it does.
    pub(crate) fn named(&self, text: &str, tells_trouble: impl Fn(&str) -> bool) -> Named {
        let normalized = normalize(text);
        let text = normalized.text();
        let products = self.finder.mentions(text);
        let systems = FINDER_OF_PLATFORMS.mentions(text);
        let mut named = Named::default();
        for mention in deciding(text, &products, &tells_trouble) {
            let written = text.get(mention).map(fold).unwrap_or_default();
            let spaced = |name: &&String| name.replace(' ', "") == written.replace(' ', "");
            let product = self.names.get(&written).or_else(|| {
                self.names.iter().find(|(name, _)| spaced(name)).map(|(_, product)| product)
            });
            named.products.extend(product.cloned());
        }
        for mention in deciding(text, &systems, &tells_trouble) {
            let written = text.get(mention).unwrap_or_default();
            named.platforms.extend(PLATFORMS.get(written).iter().flat_map(|it| it.split(", ")));
        }
        named
    }
}

/// The platforms by the folded names that mean them.
static PLATFORMS: LazyLock<BTreeMap<String, &str>> = LazyLock::new(|| {
    let systems = SYSTEMS.iter().filter_map(|row| row.split_once(": "));
    let named = systems.flat_map(|(them, names)| names.split(", ").map(move |it| (fold(it), them)));
    named.collect()
});

static FINDER_OF_PLATFORMS: LazyLock<Finder> =
    LazyLock::new(|| Finder::of(PLATFORMS.keys().map(String::as_str)));

/// A name where it is in a text.
#[derive(Debug, Clone)]
struct Mention {
    range: Range<usize>,
    /// Whether it is only compared with, or was used once: it gives way to another.
    aside: bool,
}

impl Finder {
    fn of<'n>(names: impl Iterator<Item = &'n str>) -> Self {
        let mut names: Vec<&str> = names.filter(|name| !name.is_empty()).collect();
        // The first alternative that fits is taken: the longest must come first.
        names.sort_by_key(|name| (std::cmp::Reverse(name.len()), *name));
        if names.is_empty() {
            return Self(None);
        }
        let names: Vec<String> =
            names.iter().map(|name| regex::escape(name).replace(' ', " ?")).collect();
        // A set that is too large to be compiled finds nothing.
        Self(Regex::new(&names.join("|")).ok())
    }

    /// The names in a normalized text that say what it is about.
    fn mentions(&self, text: &str) -> Vec<Mention> {
        let Some(finder) = &self.0 else { return Vec::new() };
        let mentions = finder.find_iter(text).map(|found| found.range()).filter_map(|range| {
            let before = text.get(..range.start).unwrap_or_default();
            let behind = text.get(range.end..).unwrap_or_default();
            let name = text.get(range.clone()).unwrap_or_default();
            let counts = is_whole(before, name, behind)
                && !is_denied(before, behind)
                && !is_signature(before, behind);
            counts.then(|| Mention { range, aside: is_aside(before, behind) })
        });
        mentions.collect()
    }
}

/// Whether a name ends where a word ends, and is no part of an address, a path or an identifier.
fn is_whole(before: &str, name: &str, behind: &str) -> bool {
    let (Some(first), Some(last)) = (name.chars().next(), name.chars().next_back()) else {
        return false;
    };
    let one_word = |one: char, other: char| {
        one.is_ascii_alphanumeric() && other.is_ascii_alphanumeric()
            || is_katakana(one) && is_katakana(other)
    };
    let bound = |c: char| matches!(c, '@' | '_' | '-' | '\\');
    let previous = before.chars().next_back();
    let next = behind.chars().next();
    let starts =
        previous.is_none_or(|c| !one_word(c, first) && !bound(c) && !matches!(c, '/' | '.'));
    // The version of a system is after its name: iPhone13, windows11.
    let ends = next.is_none_or(|c| !one_word(last, c) && !bound(c) || c.is_ascii_digit());
    let tail = behind.strip_prefix('.').unwrap_or_default();
    let goes_on = tail.starts_with(|c: char| c.is_ascii_alphabetic());
    // MACアドレス, Windows Server: no device that is managed.
    starts && ends && !goes_on && !OTHER_THINGS.iter().any(|other| behind.starts_with(other))
}

fn is_katakana(c: char) -> bool {
    matches!(c, '\u{30a1}'..='\u{30fc}')
}

/// So many bytes around a name are looked at: a clause.
const CLAUSE: usize = 120;

/// Whether a text denies that it is about the name, or tells that it no longer is.
fn is_denied(before: &str, behind: &str) -> bool {
    static BEHIND: LazyLock<Regex> = LazyLock::new(|| {
        pattern(concat!(
            r"^(?: ?(?:mdm|go!))?(?:の[^、。]{1,8}?)?(?:",
            r"ではな|ではあり|じゃな|じゃあり|でな[いく]|でありません|以外|とは別|とは関係",
            r"|は(?:使|利用|導入|契約)[^、。]{0,4}(?:ていな|てな|ていませ|てませ|しな|しませ)",
            r"|は無関係|は関係な",
            r"|から[^。]{0,24}?(?:乗り?[換替か]|移行|リプレ|切り?替|切りか|移管|引っ?越|移りま|移っ|入れ替)",
            r"|から.{0,16}?[にへ](?:変更し|変え|替え|換え)",
            r"|を(?:やめ|解約|廃止|卒業)|の?(?:解約|廃止)|時代)",
        ))
    });
    static BEFORE: LazyLock<Regex> = LazyLock::new(|| {
        pattern(concat!(
            r"(?:旧|(?:以前|従来|これまで|今まで|前|昔|元)の|(?:^|[^a-z])(?:not|isn't|aren't|instead of|rather than",
            r"|without|except|other than|unlike|former|formerly|previously|used to (?:use|have|run)",
            r"|(?:migrat|mov|switch|chang|com)(?:ed?|ing)\b[^.]{0,40}? from)(?: (?:the|a|an|using|in|on|for|with))?)\s*$",
        ))
    });
    let from_to = before.trim_end().ends_with("from") && behind.trim_start().starts_with("to ");
    from_to || BEHIND.is_match(clip(behind)) || BEFORE.is_match(clip_end(before))
}

/// Whether a mail program signs with the name, or a company is called so.
fn is_signature(before: &str, behind: &str) -> bool {
    let before = before.trim_end();
    ["sent from my", "outlook for", "株式会社"].iter().any(|it| before.ends_with(it))
        || ["から送信", "株式会社", "(株)"].iter().any(|it| behind.starts_with(it))
}

/// Whether the name is only compared with, or was used once; where no other is left, the text is about it.
fn is_aside(before: &str, behind: &str) -> bool {
    static BEHIND: LazyLock<Regex> = LazyLock::new(|| {
        pattern(concat!(
            r"^(?:の[^、。]{1,8}?)?(?:(?:では|だと|なら|のほうは|の方は|は)[^。]{0,40}?",
            r"(?:問題な|問題あ|正常|普通に|出な|出ませ|起きな|起きませ|発生しな|発生しませ|でき[るた]|できま[すし]|動[くいき]|成功|大丈夫|ok)",
            r"[^。、]{0,8}(?:のに|が、|けど|けれど|のですが|ますが)",
            r"|のように|みたい|と同じ|同様|と違|とは違|と比べ|に比べ",
            r"|[をで](?:使|利用|使用|管理|運用)(?:って|して)?い(?:た|まし)",
            r"|の(?:頃|ころ|ときは|時は)",
            r"|も(?:使|利用|併用|契約|導入))",
        ))
    });
    static BEFORE: LazyLock<Regex> = LazyLock::new(|| {
        pattern(r"(?:以前は?|前は|昔は|もともと|元々|(?:^| )like|compared (?:to|with))、?\s*$")
    });
    BEHIND.is_match(clip(behind)) || BEFORE.is_match(clip_end(before))
}

fn pattern(written: &str) -> Regex {
    Regex::new(written).expect("the pattern is a constant that a test compiles")
}

fn clip(behind: &str) -> &str {
    behind.get(..behind.floor_char_boundary(CLAUSE)).unwrap_or(behind)
}

fn clip_end(before: &str) -> &str {
    before.get(before.ceil_char_boundary(before.len().saturating_sub(CLAUSE))..).unwrap_or(before)
}

/// The mentions that say what a text is about.
fn deciding<'m>(
    text: &str,
    mentions: &'m [Mention],
    tells_trouble: impl Fn(&str) -> bool,
) -> Vec<Range<usize>> {
    let straight: Vec<&'m Mention> = mentions.iter().filter(|mention| !mention.aside).collect();
    let left: Vec<&'m Mention> =
        if straight.is_empty() { mentions.iter().collect() } else { straight };
    let ranges = || left.iter().map(|mention| mention.range.clone());
    let of_trouble: Vec<Range<usize>> =
        ranges().filter(|range| tells_trouble(sentence_around(text, range))).collect();
    if of_trouble.is_empty() { ranges().collect() } else { of_trouble }
}

fn sentence_around<'t>(text: &'t str, range: &Range<usize>) -> &'t str {
    let ends = |c: char| matches!(c, '。' | '!' | '?' | '\n');
    let before = text.get(..range.start).unwrap_or_default();
    let start = before.rfind(ends).map_or(0, |at| text.ceil_char_boundary(at + 1));
    let behind = text.get(range.end..).unwrap_or_default();
    let end = behind.find(ends).map_or(text.len(), |at| range.end + at);
    text.get(start..end).unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::cases;

    fn products() -> Products {
        let table = [
            ("BizMobile Go!", vec!["BizMobile", "Biz Mobile", "ビズモバイル"]),
            ("CLOMO", vec!["クロモ", "CLOMO MDM"]),
            ("MobiConnect", vec!["モビコネクト"]),
            ("Intune", vec![]),
            ("Optimal Biz", vec!["オプティマルビズ"]),
        ];
        let table = table.into_iter().map(|(name, others)| {
            (name.to_owned(), others.into_iter().map(str::to_owned).collect())
        });
        Products::new(&table.collect())
    }

    cases! {
        products: |text| {
            let trouble = |sentence: &str| sentence.contains("ない") || sentence.contains("無効");
            super::products().named(text, trouble).products.into_iter().collect::<Vec<_>>().join(", ")
        };
        platforms: |text| listed(super::products().named(text, |_| false).platforms);
        headings_of_products: |line| shown(super::products().heading(line));
    }
}
