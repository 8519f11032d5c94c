//! `%{time}` and `%{clock}` in a pattern: any time that reading knows, as one expression.

/// A time of day.
const CLOCK: &str = r"(?:午[前後] ?)?[0-9]{1,2}[:時][0-9]{1,2}(?:[:分][0-9]{1,2}秒?)?(?:[.,:][0-9]{1,9})?(?: ?[AaPp][Mm](?-u:\b))?";
const ZONE: &str = r"(?: ?(?:Z(?-u:\b)|[+-][0-9]{2}:?[0-9]{2}(?-u:\b)|(?:JST|UTC|GMT)(?-u:\b)))?";
const MONTH: &str = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*";
const WEEKDAY: &str = r"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)";

/// The pattern with its shorthands written out.
pub(super) fn expand(pattern: &str) -> String {
    if !pattern.contains("%{") {
        return pattern.to_owned();
    }
    let date = [
        "[0-9]{4}年 ?[0-9]{1,2}月 ?[0-9]{1,2}日",
        "[0-9]{4}[-/.][0-9]{1,2}[-/.][0-9]{1,2}",
        "[0-9]{1,2}[-/][0-9]{1,2}[-/][0-9]{4}",
        &format!("[0-9]{{1,2}}[-/]{MONTH}[-/][0-9]{{4}}"),
        "[0-9]{2}-[0-9]{2}",
        "[0-9]{1,2}月 +[0-9]{1,2}",
        "[0-9]{1,2}/[0-9]{1,2}",
        &format!("(?:{WEEKDAY},? +)?{MONTH} +[0-9]{{1,2}}(?:,? +[0-9]{{4}})?"),
        &format!("{WEEKDAY},? +[0-9]{{1,2}} +{MONTH} +[0-9]{{4}}"),
    ]
    .join("|");
    let time = format!("(?:{date})(?:T|:|,? +){CLOCK}{ZONE}(?: [0-9]{{4}}(?-u:\\b))?");
    pattern.replace("%{time}", &format!("(?:{time})")).replace("%{clock}", &format!("(?:{CLOCK})"))
}
