//! The text of a knowledge base's files.

use std::borrow::Cow;

use crate::article::without_samples;
use crate::source::{self, Warning, phrase};

/// Reads the bytes of a file as text, as a paste is read; what is not UTF-8 is read with a warning.
pub(crate) fn decode<'b>(bytes: &'b [u8], path: &str) -> (Cow<'b, str>, Option<Warning>) {
    let decoded = source::decode(bytes);
    if decoded.encoding == "UTF-8" && decoded.warnings.is_empty() {
        return (decoded.text, None);
    }
    let (ja, en) = match decoded.warnings.is_empty() {
        true => ("", ""),
        false => ("（読めない文字があります）", " (some characters are lost)"),
    };
    let line = decoded.warnings.first().and_then(|warning| warning.line);
    let encoding = decoded.encoding;
    let message = phrase!(
        "UTF-8ではなく{encoding}として読みました{ja}。UTF-8で保存してください",
        "read as {encoding} instead of UTF-8{en}; save it as UTF-8"
    );
    (decoded.text, Some(Warning { file: Some(path.into()), line, message }))
}

pub(crate) struct ArticleText<'b> {
    pub(crate) text: Cow<'b, str>,
    pub(crate) warning: Option<Warning>,
    /// How many fences are marked `log` without being samples.
    pub(crate) documented_logs: usize,
}

/// Reads the bytes of an article; where the knowledge base has no `samples`, its logs are documentation.
pub(crate) fn article<'b>(bytes: &'b [u8], path: &str, samples: bool) -> ArticleText<'b> {
    let (text, warning) = decode(bytes, path);
    if samples {
        return ArticleText { text, warning, documented_logs: 0 };
    }
    let (text, documented_logs) = match text {
        Cow::Borrowed(text) => without_samples(text),
        Cow::Owned(text) => {
            let (text, count) = without_samples(&text);
            (Cow::Owned(text.into_owned()), count)
        }
    };
    ArticleText { text, warning, documented_logs }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_encoding_of_a_paste_is_one_of_an_article() {
        let text = "# 証明書の更新\n\n端末の証明書を更新します。\n";
        for encoding in [encoding_rs::SHIFT_JIS, encoding_rs::EUC_JP, encoding_rs::ISO_2022_JP] {
            let (bytes, _, _) = encoding.encode(text);
            let (read, warning) = decode(&bytes, "a.md");
            assert_eq!(read, text, "{}", encoding.name());
            assert!(warning.is_some(), "{}", encoding.name());
        }
        assert_eq!(decode(text.as_bytes(), "a.md"), (Cow::Borrowed(text), None));
        let marked = [b"\xEF\xBB\xBF", text.as_bytes()].concat();
        assert_eq!(decode(&marked, "a.md"), (Cow::Borrowed(text), None));
    }
}
