use super::*;

/// The bytes of pieces of text, each after the name of its encoding.
fn bytes_of(pieces: &str) -> Vec<u8> {
    let encoded = |piece: &str| -> Vec<u8> {
        let (encoding, text) = piece.split_once(' ').expect("an encoding, and a text");
        let units = text.encode_utf16();
        match encoding {
            "utf-16le" => units.flat_map(u16::to_le_bytes).collect(),
            "utf-16be" => units.flat_map(u16::to_be_bytes).collect(),
            name => Encoding::for_label(name.as_bytes()).expect(name).encode(text).0.into_owned(),
        }
    };
    pieces.split(" + ").flat_map(encoded).collect()
}

crate::source::cases! {
    decoded: |pieces| {
        let bytes = bytes_of(pieces);
        let decoded = decode(&bytes);
        let warned = decoded.warnings.iter().map(|it| shown(it.line));
        listed([decoded.encoding.to_owned(), decoded.text.into_owned()].into_iter().chain(warned))
    };
}

proptest::proptest! {
    #[test]
    fn keeps_any_text(text in ".*") {
        let text = text.replace(['\0', '\u{1B}', '\u{FEFF}'], "");
        let decoded = decode(text.as_bytes()).text;
        proptest::prop_assert_eq!(decoded, text.as_str());
    }
}
