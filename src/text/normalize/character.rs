//! Which script a character belongs to, and the kana that are written in two ways.

pub(crate) const fn is_hiragana(c: char) -> bool {
    matches!(c, 'ぁ'..='ゖ')
}

/// Whether `c` is a katakana letter; the long mark is one.
pub(crate) const fn is_katakana(c: char) -> bool {
    matches!(c, 'ァ'..='ヺ' | LONG_MARK | 'ㇰ'..='ㇿ')
}

pub(crate) const fn is_kana(c: char) -> bool {
    is_hiragana(c) || is_katakana(c)
}

/// Whether `c` is an ideograph; `々` and `〇` stand for one.
pub(crate) const fn is_kanji(c: char) -> bool {
    matches!(c, '\u{4e00}'..='\u{9fff}' | '\u{3400}'..='\u{4dbf}' | '々' | '〇'
        | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{323af}')
}

/// The kinds of letters: a word is of one of them, mostly, and ends where it changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Script {
    Hiragana,
    Katakana,
    Kanji,
    Latin,
}

impl Script {
    pub(crate) fn of(c: char) -> Option<Self> {
        match c {
            _ if is_hiragana(c) => Some(Self::Hiragana),
            _ if is_katakana(c) => Some(Self::Katakana),
            _ if is_kanji(c) => Some(Self::Kanji),
            _ => c.is_ascii_alphanumeric().then_some(Self::Latin),
        }
    }
}

pub(crate) const LONG_MARK: char = 'ー';

/// Whether people type `c` for the long mark: hyphens, dashes, the minus sign, rules of tables.
pub(crate) const fn is_dash(c: char) -> bool {
    matches!(c, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '─' | '━' | '﹣' | '－')
}

/// The katakana of a hiragana letter; any other character itself.
pub(crate) fn to_katakana(c: char) -> char {
    if is_hiragana(c) { char::from_u32(c as u32 + 0x60).unwrap_or(c) } else { c }
}

/// The full-size form of a kana whose small form is a matter of spelling.
///
/// The small vowels write sounds of loanwords, and houses differ (ウィンドウ, ウインドウ; フォルダ,
/// フオルダ). Small `ッ` and `ャ` `ュ` `ョ` tell words apart (びよういん, びょういん) and stay.
/// The two letters that left the modern alphabet go with their sound.
pub(crate) const fn full_size(c: char) -> char {
    match c {
        'ァ' => 'ア',
        'ィ' | 'ヰ' => 'イ',
        'ゥ' => 'ウ',
        'ェ' | 'ヱ' => 'エ',
        'ォ' => 'オ',
        'ヮ' => 'ワ',
        'ヵ' => 'カ',
        'ヶ' => 'ケ',
        'ぁ' => 'あ',
        'ぃ' | 'ゐ' => 'い',
        'ぅ' => 'う',
        'ぇ' | 'ゑ' => 'え',
        'ぉ' => 'お',
        'ゎ' => 'わ',
        'ゕ' => 'か',
        'ゖ' => 'け',
        _ => c,
    }
}

/// The sound of ヴ with the small vowel after it, and whether the vowel was used up.
pub(crate) const fn b_row(vu: char, next: Option<char>) -> Option<(char, bool)> {
    Some(match (vu, next) {
        ('ヴ', Some('ァ')) => ('バ', true),
        ('ヴ', Some('ィ')) => ('ビ', true),
        ('ヴ', Some('ェ')) => ('ベ', true),
        ('ヴ', Some('ォ')) => ('ボ', true),
        ('ヴ', Some('ャ' | 'ュ' | 'ョ')) => ('ビ', false),
        ('ヴ', _) => ('ブ', false),
        ('ゔ', Some('ぁ')) => ('ば', true),
        ('ゔ', Some('ぃ')) => ('び', true),
        ('ゔ', Some('ぇ')) => ('べ', true),
        ('ゔ', Some('ぉ')) => ('ぼ', true),
        ('ゔ', Some('ゃ' | 'ゅ' | 'ょ')) => ('び', false),
        ('ゔ', _) => ('ぶ', false),
        ('ヷ', _) => ('バ', false),
        ('ヸ', _) => ('ビ', false),
        ('ヹ', _) => ('ベ', false),
        ('ヺ', _) => ('ボ', false),
        _ => return None,
    })
}

/// The kana that an iteration mark stands for after `before`; `voiced` is `ゞ` `ヾ`.
pub(crate) fn repeated_kana(before: char, voiced: bool) -> char {
    const CLEAR: &str =
        "かきくけこさしすせそたちつてとはひふへほカキクケコサシスセソタチツテトハヒフヘホ";
    const MUDDY: &str =
        "がぎぐげござじずぜぞだぢづでどばびぶべぼガギグゲゴザジズゼゾダヂヅデドバビブベボ";
    let mut pairs = CLEAR.chars().zip(MUDDY.chars());
    let pair = pairs.find(|&(clear, muddy)| clear == before || muddy == before);
    pair.map_or(before, |(clear, muddy)| if voiced { muddy } else { clear })
}

/// The half-width form of a full-width ASCII character; any other character itself.
pub(crate) fn half_width(c: char) -> char {
    match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        _ => c,
    }
}

pub(crate) const fn is_kanji_numeral(c: char) -> bool {
    matches!(
        c,
        '〇' | '一'
            | '二'
            | '三'
            | '四'
            | '五'
            | '六'
            | '七'
            | '八'
            | '九'
            | '十'
            | '百'
            | '千'
            | '万'
            | '億'
            | '兆'
    )
}
