//! Pastes that are files of other programs: mails and spreadsheets are opened, images and other binary files
//! are refused in a sentence that says what to do instead.
//!
//! 1. What a file is, its first bytes tell; a mail (RFC 5322) by the fields of its head.
//! 2. A mail's text is its bodies and its attachments that are text, decoded (feature `documents`).
//! 3. A workbook's text is its sheets, one after the other, cells apart by tabs (feature `documents`).
//!
//! Files are hostile: a mail is opened to a bounded depth, a workbook cell by cell up to a bound, and neither
//! beyond a size.

use crate::source::Phrase;

/// A larger mail or workbook is not opened.
pub(super) const LARGEST: usize = 32 << 20;
/// How much of the beginning tells what a file is.
const HEAD: usize = 1 << 16;

#[derive(Debug, PartialEq, Eq)]
pub(super) enum Opened {
    /// They are text, in some encoding.
    AsTheyAre,
    /// The text of a mail or a workbook, with what of it could not be read.
    #[cfg_attr(
        not(feature = "documents"),
        expect(dead_code, reason = "only their readers make it")
    )]
    Text(String, Vec<Phrase>),
    /// They are nothing that can be read; what to do instead.
    Refused(Phrase),
}

pub(super) fn open(bytes: &[u8]) -> Opened {
    if let Some(phrase) = refusal(bytes) {
        return Opened::Refused(phrase);
    }
    #[cfg(feature = "documents")]
    {
        match (is_workbook(bytes), is_mail(bytes)) {
            (false, false) => Opened::AsTheyAre,
            _ if bytes.len() > LARGEST => Opened::Refused(opened::too_large()),
            (true, _) => opened::workbook(bytes),
            (false, true) => opened::mail(bytes),
        }
    }
    #[cfg(not(feature = "documents"))]
    Opened::AsTheyAre
}

/// The text of a mail or a workbook with what of it could not be read; `None` where the bytes are text as they are.
#[cfg(feature = "import")]
pub(crate) fn open_document(bytes: &[u8]) -> Result<Option<(String, Vec<Phrase>)>, Phrase> {
    match open(bytes) {
        Opened::AsTheyAre => Ok(None),
        Opened::Text(text, notes) => Ok(Some((text, notes))),
        Opened::Refused(reason) => Err(reason),
    }
}

/// Whether a file whose beginning this is has to be read whole to be opened.
pub(super) fn wants_whole(bytes: &[u8]) -> bool {
    cfg!(feature = "documents") && (is_workbook(bytes) || is_mail(bytes))
}

/// Why a file whose beginning this is cannot be read; `None` where it can.
pub(super) fn refusal(bytes: &[u8]) -> Option<Phrase> {
    if cfg!(feature = "documents") && is_workbook(bytes) {
        return None;
    }
    let begins = |magics: &[&[u8]]| magics.iter().any(|magic| bytes.starts_with(magic));
    let webp = begins(&[b"RIFF"]) && bytes.get(8..12) == Some(b"WEBP");
    let bitmap = begins(&[b"BM"]) && bytes.get(6..10) == Some(&[0; 4]);
    let heif = bytes.get(4..8) == Some(b"ftyp");
    let kinds = [
        begins(IMAGES) || webp || bitmap || heif,
        begins(&[b"%PDF-"]),
        begins(&[b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"]),
        begins(&[b"ElfFile\0"]),
        begins(PACKED),
        is_binary(bytes),
    ];
    let (_, (ja, en)) = kinds.into_iter().zip(REFUSED).find(|(kind, _)| *kind)?;
    Some(Phrase::new(*ja, *en))
}

/// The reason to refuse each kind of file, and what to do instead.
const REFUSED: &[(&str, &str)] = &[
    (
        "画像や動画は読めません。画面の文字を選んでコピーするか、OSの文字認識で取り出した文字を貼ってください",
        "images cannot be read: paste the text of the screen, or what the system's text recognition makes of it",
    ),
    (
        "PDFは読めません。PDFを開き、文字をコピーして貼ってください",
        "PDF files cannot be read: open it and paste its text",
    ),
    (
        "古い形式のOfficeやOutlookのファイル（.xls、.doc、.msg）は読めません。.xlsx、.csv、.eml で保存し直すか、文字をコピーして貼ってください",
        "old files of Office and Outlook (.xls, .doc, .msg) cannot be read: save as .xlsx, .csv or .eml, or paste the text",
    ),
    (
        "イベントログ（.evtx）は読めません。イベントビューアーで、XMLかテキストとして保存してください",
        "event logs (.evtx) cannot be read: save the events as XML or text in the Event Viewer",
    ),
    (
        "圧縮ファイルは読めません。展開して、中のログを指定してください",
        "packed files cannot be read: unpack it and name the log in it",
    ),
    (
        "文字のファイルではないようです。ログを文字（.txt、.csv、.log）で書き出すか、画面の文字をコピーして貼ってください",
        "this does not look like text: export the log as text (.txt, .csv, .log), or paste the text of the screen",
    ),
];

/// How images begin: PNG, JPEG, GIF, TIFF.
const IMAGES: &[&[u8]] =
    &[b"\x89PNG\r\n\x1a\n", b"\xFF\xD8\xFF", b"GIF87a", b"GIF89a", b"II*\0", b"MM\0*"];
/// How packed files begin: gzip, bzip2, 7z, zstd, xz, RAR, ZIP.
const PACKED: &[&[u8]] = &[
    b"\x1F\x8B",
    b"BZh",
    b"7z\xBC\xAF\x27\x1C",
    b"\x28\xB5\x2F\xFD",
    b"\xFD7zXZ\0",
    b"Rar!\x1A\x07",
    b"PK\x03\x04",
];

/// Whether bytes are full of control characters, as no text is; UTF-16 has zeros, binary property lists are read.
fn is_binary(bytes: &[u8]) -> bool {
    let head = bytes.get(..HEAD).unwrap_or(bytes);
    if [&b"bplist0"[..], b"\xFF\xFE", b"\xFE\xFF"].iter().any(|mark| head.starts_with(mark)) {
        return false;
    }
    let control = |byte: &&u8| matches!(**byte, 1..=8 | 0x0E..=0x1A | 0x1C..=0x1F | 0x7F);
    // One in fifty: a stray character is none, a picture has one in eight.
    head.iter().filter(control).count() * 50 > head.len().max(50)
}

/// Whether a zipped file is a workbook: its parts are named near its beginning, or in the directory at its end.
fn is_workbook(bytes: &[u8]) -> bool {
    let named = |part: &[u8]| memchr::memmem::find(part, b"xl/").is_some();
    let head = bytes.get(..HEAD).unwrap_or(bytes);
    let tail = bytes.get(bytes.len().saturating_sub(HEAD)..).unwrap_or(bytes);
    bytes.starts_with(b"PK\x03\x04") && (named(head) || named(tail))
}

/// Whether bytes are a mail as it was sent: a head of fields, with one that only mail programs write.
fn is_mail(bytes: &[u8]) -> bool {
    const SENT: &[&str] =
        &["mime-version", "content-type", "content-transfer-encoding", "received", "return-path"];
    let head = bytes.get(..HEAD).unwrap_or(bytes);
    let head = head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(head);
    let (mut fields, mut sent) = (0, false);
    for (place, line) in head.split(|&byte| byte == b'\n').enumerate() {
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        if line.is_empty() {
            return fields >= 3 && sent;
        }
        // A field goes on over lines; a mailbox has a line of its own before each mail.
        if fields > 0 && line.starts_with(b" ")
            || line.starts_with(b"\t")
            || place == 0 && line.starts_with(b"From ")
        {
            continue;
        }
        let Some(colon) = memchr::memchr(b':', line) else { return false };
        let name = line.get(..colon).unwrap_or_default().to_ascii_lowercase();
        let plain = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'-';
        if name.is_empty() || !name.iter().all(plain) {
            return false;
        }
        fields += 1;
        sent |= SENT.iter().any(|known| known.as_bytes() == name);
    }
    false
}

#[cfg(feature = "documents")]
mod opened {
    use calamine::{DataRef, Reader as _, Xlsx};
    use jiff::Unit;
    use jiff::civil::{Date, Time};
    use mail_parser::{Message, MessageParser, MimeHeaders as _, PartType};

    use super::{LARGEST, Opened};
    use crate::source::{Phrase, decode, phrase};

    /// How deep mails may be nested.
    const DEEPEST: usize = 3;
    /// How many cells of a workbook are read, and how many of one row.
    const MOST_CELLS: usize = 2_000_000;
    const MOST_COLUMNS: u32 = 500;
    /// How many bytes a text may have.
    const LONGEST: usize = 64 << 20;

    pub(super) fn mail(bytes: &[u8]) -> Opened {
        let (mut text, mut notes) = (String::new(), Vec::new());
        let Some(message) = MessageParser::default().parse(bytes) else { return Opened::AsTheyAre };
        write_mail(&message, 0, &mut text, &mut notes);
        Opened::Text(text, notes)
    }

    fn write_mail(message: &Message<'_>, depth: usize, text: &mut String, notes: &mut Vec<Phrase>) {
        // As in a mail that is pasted, the sender is on top: the lines around are told by that.
        let from = message.from().filter(|_| depth == 0).and_then(|from| from.first()?.address());
        if let Some(from) = from {
            push(text, &format!("From: {from}\n"));
        }
        let before = text.len();
        for place in 0..message.text_body_count().max(usize::from(message.html_body_count() > 0)) {
            if let Some(body) = message.body_text(place) {
                push(text, &body);
            }
        }
        // Who writes nothing has said it in the subject.
        if text.get(before..).unwrap_or_default().trim().is_empty()
            && let Some(subject) = message.subject()
        {
            push(text, subject);
        }
        for part in message.attachments() {
            match &part.body {
                PartType::Text(attached) | PartType::Html(attached) => push(text, attached),
                PartType::Message(inner) if depth < DEEPEST => {
                    write_mail(inner, depth + 1, text, notes)
                }
                PartType::Binary(bytes) | PartType::InlineBinary(bytes) => {
                    match super::open(bytes) {
                        Opened::Text(attached, more) if depth < DEEPEST => {
                            push(text, &attached);
                            notes.extend(more);
                        }
                        Opened::AsTheyAre => push(text, &decode(bytes).text),
                        Opened::Text(..) | Opened::Refused(_) => {
                            notes.push(unread(part.attachment_name().unwrap_or("?")));
                        }
                    }
                }
                PartType::Message(_) | PartType::Multipart(_) => {}
            }
        }
    }

    /// Adds a text, its lines apart from those before.
    fn push(text: &mut String, more: &str) {
        if text.len() + more.len() > LONGEST {
            return;
        }
        if !text.is_empty() {
            text.push('\n');
        }
        text.push_str(&more.replace("\r\n", "\n"));
        if !text.ends_with('\n') {
            text.push('\n');
        }
    }

    pub(super) fn workbook(bytes: &[u8]) -> Opened {
        let Ok(mut workbook) = Xlsx::new(std::io::Cursor::new(bytes)) else {
            return Opened::Refused(Phrase::new(
                "このブックは開けません（パスワード付きか、壊れています）。CSVで保存し直すか、セルをコピーして貼ってください",
                "this workbook cannot be opened (it is protected or damaged): save it as CSV, or paste its cells",
            ));
        };
        let (mut text, mut cells) = (String::new(), 0);
        for name in workbook.sheet_names() {
            let Ok(mut reader) = workbook.worksheet_cells_reader(&name) else { continue };
            if !text.is_empty() {
                text.push('\n');
            }
            let (mut row, mut column) = (None, 0);
            while let Ok(Some(cell)) = reader.next_cell() {
                cells += 1;
                if cells > MOST_CELLS || text.len() > LONGEST {
                    let note = Phrase::new(
                        "ブックが大きすぎるため、途中までを読みました",
                        "the workbook is too large; only its beginning was read",
                    );
                    return Opened::Text(text, vec![note]);
                }
                let (at_row, at_column) = cell.get_position();
                if row != Some(at_row) {
                    if row.is_some() {
                        text.push('\n');
                    }
                    (row, column) = (Some(at_row), 0);
                }
                while column < at_column.min(MOST_COLUMNS) {
                    text.push('\t');
                    column += 1;
                }
                write_cell(cell.get_value(), &mut text);
            }
            text.push('\n');
        }
        Opened::Text(text, Vec::new())
    }

    fn write_cell(value: &DataRef<'_>, text: &mut String) {
        use std::fmt::Write as _;
        // Writing to a string does not fail.
        let _ = match value {
            DataRef::Int(number) => write!(text, "{number}"),
            DataRef::Float(number) => write!(text, "{number}"),
            DataRef::Bool(truth) => write!(text, "{}", if *truth { "TRUE" } else { "FALSE" }),
            DataRef::String(cell) => write_text(cell, text),
            DataRef::SharedString(cell) => write_text(cell, text),
            DataRef::DateTimeIso(cell) | DataRef::DurationIso(cell) => write_text(cell, text),
            DataRef::DateTime(time) if time.is_datetime() => {
                let (year, month, day, hour, minute, second, milli) = time.to_ymd_hms_milli();
                // Fractions of days fall short of the second that was meant.
                let small = |part: u8| i8::try_from(part).unwrap_or(i8::MAX);
                let nanoseconds = i32::from(milli) * 1_000_000;
                let clock = Time::new(small(hour), small(minute), small(second), nanoseconds).ok();
                let year = i16::try_from(year).unwrap_or(i16::MAX);
                let date = Date::new(year, small(month), small(day)).ok();
                let written = clock.zip(date).map(|(clock, date)| date.to_datetime(clock));
                let written = written.and_then(|time| time.round(Unit::Second).ok());
                match written {
                    Some(time) if time.time() == Time::midnight() => {
                        write!(text, "{}", time.strftime("%Y/%m/%d"))
                    }
                    Some(time) => write!(text, "{}", time.strftime("%Y/%m/%d %H:%M:%S")),
                    None => write!(text, "{}", time.as_f64()),
                }
            }
            DataRef::DateTime(time) => write!(text, "{}", time.as_f64()),
            DataRef::Error(_) | DataRef::Empty => Ok(()),
        };
    }

    /// Characters that would end a cell or a row become spaces.
    fn write_text(cell: &str, text: &mut String) -> std::fmt::Result {
        text.extend(cell.chars().map(|c| if matches!(c, '\t' | '\n' | '\r') { ' ' } else { c }));
        Ok(())
    }

    pub(super) fn too_large() -> Phrase {
        let most = LARGEST >> 20;
        phrase!(
            "{most} MiB を超えるメールやブックは開きません。要るところをコピーして貼るか、CSVで保存してください",
            "mails and workbooks of more than {most} MiB are not opened: paste what matters, or save it as CSV"
        )
    }

    fn unread(name: &str) -> Phrase {
        let name: String = name.chars().filter(|c| !c.is_control()).take(80).collect();
        phrase!(
            "添付ファイル {name} は読んでいません。文字をコピーして貼ってください",
            "the attachment {name} was not read; paste its text"
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_text_is_refused() {
        let png = [b"\x89PNG\r\n\x1a\n".as_slice(), &[0x0b, 0x30, 0x55, 0x7a]].concat();
        for bytes in [
            png.as_slice(),
            b"\xFF\xD8\xFF\xE0\0\x10JFIF",
            b"%PDF-1.7\n",
            b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1\0\0",
            b"PK\x03\x04\x14\0\0\0word/document.xml",
            b"\x1F\x8B\x08\0",
            &[1, 2, 3, 4, 5, 6, 7, 8].repeat(20),
        ] {
            assert!(matches!(open(bytes), Opened::Refused(_)), "{bytes:?}");
        }
        for bytes in [
            "同期が完了しません".as_bytes(),
            b"",
            b"\x1b[31merror\x1b[0m: gone\n",
            &"端末".encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>(),
            b"From: abe\nTo: support\nSubject: x\n\nnot sent by any program\n",
        ] {
            assert_eq!(open(bytes), Opened::AsTheyAre, "{bytes:?}");
        }
    }

    #[cfg(feature = "documents")]
    #[test]
    fn a_mail_is_decoded() {
        let mail = include_bytes!("../../tests/data/mail.eml");
        let Opened::Text(text, notes) = open(mail) else { panic!("it is a mail") };
        assert_eq!(text, "From: abe@example.co.jp\n\n失敗\n\n0x80180015\n");
        assert_eq!(notes.len(), 1);
    }
}
