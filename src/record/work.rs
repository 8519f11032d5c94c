//! A count of the bytes that reading looks at, for the tests that say that it grows with the text and no faster.

#[cfg(test)]
std::thread_local! {
    static BYTES: std::cell::Cell<u64> = const { std::cell::Cell::new(0) };
}

/// Takes note that so many bytes were looked at once more.
#[inline]
pub(super) fn looked_at(bytes: usize) {
    #[cfg(test)]
    BYTES.with(|known| known.set(known.get() + bytes as u64));
    #[cfg(not(test))]
    let _ = bytes;
}

/// How many bytes this thread has looked at.
#[cfg(test)]
pub(super) fn total() -> u64 {
    BYTES.with(std::cell::Cell::get)
}

#[cfg(test)]
mod tests {
    use crate::record::{ReadOptions, Vocabulary, read};

    /// Openers, quotation marks, labels and announcements of every format.
    const PIECES: &[&str] = &[
        "あい：",
        "&",
        "\u{1b}]",
        "&#32;<b>",
        "{",
        "[",
        "(",
        "<dict>",
        "<tr><td>",
        ",\"",
        "{\"a\":1}",
        "{\"msg\":",
        "NSError:",
        "Desc : x",
        "Event[",
        "<Event ",
        "- <Event>",
        "<![LOG[",
        "+---+",
        "err=",
        "イベント ID: 4",
        "> ",
        "E/x( 1): ",
        "日時\t説明",
        "Status = Error;",
        "<?xml",
        "<plist",
        "| a |",
        "AzureAdJoined :",
        "```",
        "10:00  4  ",
        "cfgutil: error: x",
        "at a.b(",
        "「",
        "\"x\",",
        "同期が完了し",
        "\u{0}\u{fffd}",
        "2024-05-08 10:00:01 ",
    ];

    /// How many bytes are looked at to read a text.
    fn looked_at(text: &str, vocabulary: &Vocabulary) -> u64 {
        let before = super::total();
        let _ = read(None, text.as_bytes(), &ReadOptions::default(), vocabulary);
        super::total() - before
    }

    /// A line or a text of so many bytes.
    fn of_length(piece: &str, bytes: usize) -> String {
        piece.repeat(bytes / piece.len())
    }

    /// Texts that repeat each of the pieces: on lines of their own, in one line, inside a page and a table,
    /// and beside each of some others.
    fn patterns() -> Vec<String> {
        let mut patterns = Vec::new();
        for (place, piece) in PIECES.iter().enumerate() {
            patterns.push(format!("{piece}\n"));
            patterns.push((*piece).to_owned());
            for step in [1, 5, 11] {
                let other = PIECES.get((place + step) % PIECES.len()).copied().unwrap_or_default();
                patterns.push(format!("{piece}{other}\n{other}\n"));
            }
            patterns.push(format!("a,{piece}\n"));
        }
        patterns
    }

    #[test]
    fn work_grows_with_the_text_and_no_faster() {
        let vocabulary = Vocabulary::default();
        const LENGTH: usize = 1 << 12;
        let plain = |bytes| {
            let text = of_length("2024-05-08 10:00:01 the disk of the device is full\n", bytes);
            looked_at(&text, &vocabulary)
        };
        let plain = plain(2 * LENGTH);
        assert!(plain > 0, "nothing is counted");
        let patterns = patterns();
        assert!(patterns.len() >= 200);
        let mut wrong = Vec::new();
        for pattern in patterns {
            for head in ["", "<table><tr><td>", "日時,端末名,メッセージ\n"] {
                // In a page and in a table only what they may hold is of interest.
                let fits = match head {
                    "" => true,
                    _ if head.starts_with('<') => !pattern.ends_with('\n'),
                    _ => pattern.starts_with("a,"),
                };
                if !fits {
                    continue;
                }
                let work = |bytes: usize| {
                    looked_at(&format!("{head}{}", of_length(&pattern, bytes)), &vocabulary)
                };
                let (once, twice) = (work(LENGTH), work(2 * LENGTH));
                #[expect(clippy::cast_precision_loss, reason = "counts are far below 2^52")]
                let (ratio, factor) = (twice as f64 / once as f64, twice as f64 / plain as f64);
                if ratio > 2.3 || factor > 60.0 {
                    wrong.push(format!(
                        "{head}{pattern:?}: ×{ratio:.1} when doubled, {factor:.0} × a plain log"
                    ));
                }
            }
        }
        assert_eq!(wrong, Vec::<String>::new());
    }
}
