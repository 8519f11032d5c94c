//! Characters that a terminal obeys instead of drawing them.

/// Whether a terminal may do something else with `character` than to draw it.
pub(crate) const fn steers(character: char) -> bool {
    match character {
        '\n' => false,
        // C0, DEL and C1.
        '\0'..='\u{1f}' | '\u{7f}'..='\u{9f}' => true,
        // Direction: ALM, LRM, RLM, embeddings, overrides, isolates (Unicode UAX #9).
        '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {
            true
        }
        // Line and paragraph separators, interlinear annotation, tags.
        '\u{2028}' | '\u{2029}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}' => true,
        _ => false,
    }
}
