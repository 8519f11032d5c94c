//! Old and variant kanji, each with the form that today's Japanese writes.
//!
//! Two lists: the old forms that the table of common-use kanji (常用漢字表, 2010) prints in brackets
//! after the new one, and the variants that family names and place names keep, which people type in
//! the common form because the keyboard offers it first. Characters that Unicode itself unifies
//! (神 U+FA19 and the like) need no row: NFKC has them.

use std::sync::LazyLock;

/// Rows of variants: the first character is the form that is kept.
#[rustfmt::skip]
const ROWS: &[&str] = &[
    // The table of common-use kanji.
    "亜亞", "悪惡", "圧壓", "囲圍", "医醫", "為爲", "壱壹", "隠隱", "栄榮", "営營", "衛衞", "駅驛",
    "円圓", "塩鹽", "艶艷", "応應", "欧歐", "殴毆", "桜櫻", "奥奧", "横橫", "温溫", "穏穩", "仮假",
    "価價", "画畫", "会會", "絵繪", "壊壞", "懐懷", "拡擴", "殻殼", "覚覺", "学學", "岳嶽", "楽樂",
    "渇渴", "缶罐", "巻卷", "陥陷", "勧勸", "寛寬", "関關", "歓歡", "観觀", "気氣", "帰歸", "亀龜",
    "偽僞", "戯戲", "犠犧", "旧舊", "拠據", "挙擧", "峡峽", "挟挾", "狭狹", "教敎", "暁曉", "区區",
    "駆驅", "勲勳", "薫薰", "径徑", "茎莖", "恵惠", "掲揭", "渓溪", "経經", "蛍螢", "軽輕", "継繼",
    "鶏鷄雞", "芸藝", "撃擊", "欠缺", "県縣", "倹儉", "剣劍劔", "険險", "圏圈", "検檢", "献獻",
    "権權", "顕顯", "験驗", "厳嚴", "広廣", "効效", "恒恆", "黄黃", "鉱鑛", "号號", "国國圀",
    "黒黑", "砕碎", "済濟", "斎齋", "剤劑", "雑雜", "参參", "桟棧", "蚕蠶", "惨慘", "賛贊", "残殘",
    "糸絲", "歯齒", "児兒", "辞辭", "湿濕", "実實", "写寫", "釈釋", "寿壽", "収收", "従從", "渋澁",
    "獣獸", "縦縱", "粛肅", "処處", "緒緖", "叙敍敘", "将將", "称稱", "焼燒", "証證", "奨奬",
    "条條", "状狀", "乗乘", "浄淨", "剰剩", "畳疊", "縄繩", "壌壤", "嬢孃", "譲讓", "醸釀", "触觸",
    "嘱囑", "真眞", "寝寢", "慎愼", "尽盡", "図圖", "粋粹", "酔醉", "穂穗", "随隨", "髄髓", "枢樞",
    "数數", "瀬瀨", "声聲", "斉齊", "静靜", "窃竊", "摂攝", "専專", "浅淺", "戦戰", "践踐", "銭錢",
    "潜潛", "繊纖", "禅禪", "双雙", "壮壯", "争爭", "荘莊", "捜搜", "挿插", "巣巢", "曽曾", "痩瘦",
    "装裝", "総總", "騒騷", "増增", "蔵藏", "臓臟", "即卽", "属屬", "続續", "堕墮", "対對", "体體",
    "帯帶", "滞滯", "台臺", "滝瀧", "択擇", "沢澤", "担擔", "胆膽", "団團", "弾彈", "断斷", "遅遲",
    "痴癡", "虫蟲", "昼晝", "鋳鑄", "庁廳", "聴聽", "鎮鎭", "逓遞", "鉄鐵", "点點", "転轉", "伝傳",
    "灯燈", "当當", "党黨", "盗盜", "稲稻", "闘鬪", "徳德", "独獨", "読讀", "届屆", "弐貳", "悩惱",
    "脳腦", "覇霸", "拝拜", "廃廢", "売賣", "麦麥", "発發", "髪髮", "抜拔", "晩晚", "蛮蠻", "秘祕",
    "浜濱濵", "瓶甁", "払拂", "仏佛", "併倂", "並竝", "餅餠", "変變", "辺邊邉", "弁辨瓣辯", "舗舖",
    "歩步", "宝寶", "豊豐", "褒襃", "頬頰", "没沒", "翻飜", "毎每", "万萬", "満滿", "麺麵", "黙默",
    "弥彌", "訳譯", "薬藥", "与與", "予豫", "余餘", "誉譽", "揺搖", "様樣", "謡謠", "来來", "頼賴",
    "乱亂", "覧覽", "竜龍", "両兩", "猟獵", "緑綠", "涙淚", "塁壘", "礼禮", "励勵", "戻戾", "霊靈",
    "齢齡", "恋戀", "炉爐", "労勞", "楼樓", "録錄", "湾灣", "郎郞", "清淸", "青靑", "内內", "呉吳",
    "娯娛", "説說", "税稅", "脱脫", "鋭銳", "悦悅", "閲閱", "産產", "顔顏", "彦彥", "戸戶", "飲飮",
    "館舘", "虚虛", "概槪", "既旣", "郷鄕", "尚尙", "剥剝", "填塡", "叱𠮟", "遥遙", "尭堯", "槙槇",
    // Names.
    "高髙", "崎﨑嵜", "島嶋嶌", "吉𠮷", "柳栁", "桑桒", "土圡", "富冨", "峰峯", "徳悳", "昇曻",
    "船舩", "野埜", "秋穐", "淵渕渊", "橋槗", "松枩", "杉椙", "崖崕", "鉄鉃",
];

/// The form that is kept for `c`; `c` itself where it is no variant.
pub(crate) fn modern(c: char) -> char {
    let Some(place) = (c as usize).checked_sub(FIRST) else { return c };
    match COMMON.get(place) {
        Some(&kept) => char::from_u32(u32::from(kept)).unwrap_or(c),
        None => RARE.iter().find(|&&(variant, _)| variant == c).map_or(c, |&(_, kept)| kept),
    }
}

/// The first of the kanji that nearly all texts are made of.
const FIRST: usize = 0x4e00;
/// How many of them there are.
const COUNT: usize = 0x5200;

/// The variants and what is kept for them.
fn pairs() -> impl Iterator<Item = (char, char)> {
    ROWS.iter().flat_map(|row| {
        let kept = row.chars().next();
        row.chars().skip(1).filter_map(move |variant| Some((variant, kept?)))
    })
}

/// The kept form of each of the common kanji, by code points.
static COMMON: LazyLock<Vec<u16>> = LazyLock::new(|| {
    let mut table: Vec<u16> =
        (0..COUNT).filter_map(|place| u16::try_from(FIRST + place).ok()).collect();
    for (variant, kept) in pairs() {
        let place = (variant as usize).checked_sub(FIRST).and_then(|place| table.get_mut(place));
        if let (Some(place), Ok(kept)) = (place, u16::try_from(kept as u32)) {
            *place = kept;
        }
    }
    table
});

/// The variants beyond them.
static RARE: LazyLock<Vec<(char, char)>> = LazyLock::new(|| {
    pairs().filter(|&(variant, _)| !(FIRST..FIRST + COUNT).contains(&(variant as usize))).collect()
});

#[cfg(test)]
mod tests {
    use super::{modern, pairs};

    #[test]
    fn a_form_that_is_kept_is_no_variant() {
        for (variant, kept) in pairs() {
            assert_eq!(modern(variant), kept, "{variant}");
            assert_eq!(modern(kept), kept, "{kept}");
        }
    }
}
