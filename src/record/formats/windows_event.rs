//! Windows events as `wevtutil qe LOG /f:text` and the Event Viewer show them: the fields of an event with
//! its description (「詳細をテキストとしてコピー」, and what people copy of it), the XML of the details view with
//! its marks for folding (`- <Event`), also escaped as Markdown escapes it, and the exported XML.
//!
//! The XML under an event's fields is the same event: it only adds what the fields do not say. PowerShell's lists
//! (`Get-WinEvent … | Format-List`) have their colons below each other, and long values go on under the value.
//!
//! The labels are those of learn.microsoft.com (wevtutil), the elements those of the event schema
//! (`System`, `EventData`, `RenderingInfo`). The number of an event says which message it is, not what
//! failed: it is a fact and no code.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use std::sync::LazyLock;

use quick_xml::Reader;
use quick_xml::events::Event;
use serde::Deserialize;

use crate::facts::{Kind, Record, Severity, fold, read_level, read_time};
use crate::record::collect::{Collector, fact, range_in};
use crate::record::cursor::Cursor;
use crate::source::{Line, lines, resolve_references};
use crate::text::lexicon::EVENT_LABELS;

const MOST_LINES: usize = 200;

#[derive(Debug, Default)]
struct Read {
    fields: BTreeMap<Label, String>,
    /// The values of an event whose message was not rendered.
    data: Vec<String>,
}

pub(in crate::record) fn read<'t>(cursor: &mut Cursor<'t>, collector: &mut Collector<'_>) -> bool {
    let Some(first) = cursor.line() else { return false };
    let head = first.text.trim_start();
    if head.starts_with("Event[") {
        return read_fields(cursor, collector);
    }
    if matches!(head.trim_end(), "+ System" | "- System") {
        return read_tree(cursor, collector);
    }
    if opens_xml(head) {
        return read_xml(cursor, collector);
    }
    if let Some(column) = listed(first.text) {
        return label_of(first.text).is_some() && read_list(column, cursor, collector);
    }
    let is_field = |line: &str| {
        let label = label_of(line).map(|(label, _)| label);
        label.is_some_and(|label| label != Label::Description && label != Label::Xml)
    };
    // A label that nobody knows may be over those of an event.
    let below = || cursor.following().is_some_and(|line| is_field(line.text.trim_start()));
    (is_field(head) || is_labelled(head) && below())
        && (read_joined(cursor, collector) || read_fields(cursor, collector))
}

/// Reads an event whose fields somebody has joined to one line: `Log Name: … Event ID: 404 … Description: …`
fn read_joined(cursor: &mut Cursor<'_>, collector: &mut Collector<'_>) -> bool {
    const MOST_COLONS: usize = 60;
    const LEAST: usize = 4;
    let Some(line) = cursor.line() else { return false };
    let (mut event, mut labels, mut open) = (Read::default(), 0, None);
    for (at, colon) in line.text.match_indices([':', '：']).take(MOST_COLONS) {
        let Some((label, start)) = line.text.get(..at).and_then(label_at_end) else { continue };
        if let Some((label, from)) = open {
            event.set(label, line.text.get(from..start).unwrap_or_default().trim());
        }
        labels += 1;
        open = Some((label, at + colon.len()));
        if label == Label::Description {
            break;
        }
    }
    let Some((Label::Description, from)) = open.filter(|_| labels >= LEAST) else { return false };
    event.say(line.text.get(from..).unwrap_or_default().trim());
    if !event.is_whole() {
        return false;
    }
    cursor.advance();
    emit(event, &line, collector);
    true
}

/// The label that a text ends with, of one word or two, and where it begins.
fn label_at_end(text: &str) -> Option<(Label, usize)> {
    let begin = |before: &str| before.rfind(char::is_whitespace);
    let one = begin(text);
    let two = one.map(|at| begin(text.get(..at).unwrap_or_default()));
    [two, Some(one)].into_iter().flatten().find_map(|space| {
        let label = text.get(space.unwrap_or(0)..)?;
        Some((known_label(label)?, space.unwrap_or(0)))
    })
}

/// The label of a line of an event's fields, after which a section of the list of labels is named.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
enum Label {
    Date,
    Level,
    Computer,
    Id,
    Description,
    Xml,
    Other,
}

/// The labels of an event's fields in the Event Viewer's languages; compared folded, without case and spaces.
static LABELS: LazyLock<HashMap<&str, Label>> =
    LazyLock::new(|| EVENT_LABELS.of_variants().collect());

/// The label that a line begins with, and the value after it.
fn label_of(line: &str) -> Option<(Label, &str)> {
    const FIRST: &str = "LSEDTKUOCMGXIPlsedtkuocmgxipログソイ日タレキユオコ説詳メ";
    // A cheap test that rejects nearly every line of a log.
    line.chars().next().filter(|first| FIRST.contains(*first))?;
    let at = line.find([':', '：'])?;
    let (label, value) = line.split_at_checked(at)?;
    Some((known_label(label)?, value.trim_start_matches([':', '：']).trim()))
}

fn known_label(label: &str) -> Option<Label> {
    const LONGEST: usize = 40;
    let label = Some(label.trim()).filter(|label| label.len() <= LONGEST)?;
    let mut folded = fold(label).to_lowercase();
    folded.retain(|c| c != ' ');
    LABELS.get(folded.as_str()).copied()
}

fn is_labelled(line: &str) -> bool {
    let at = line.find([':', '：']).unwrap_or(line.len());
    (1..40).contains(&at) && !line.contains("://")
}

/// Whether a line opens the XML of an event, after the marks of the viewer.
fn opens_xml(line: &str) -> bool {
    let line = line.trim_start_matches(['\\', '-', '+', ' ']);
    let name = line.strip_prefix('<').or_else(|| line.strip_prefix("&lt;")).unwrap_or_default();
    let tags = ["Event ", "Events>", "Event>", "Events&gt;", "Event&gt;"];
    tags.iter().any(|tag| name.starts_with(tag))
}

/// Reads the details view in its friendly form: `- System` with its values, and `- EventData`.
fn read_tree(cursor: &mut Cursor<'_>, collector: &mut Collector<'_>) -> bool {
    let Some(first) = cursor.line() else { return false };
    let mut ahead = cursor.clone();
    let mut event = Read::default();
    let mut in_data = false;
    for number in 0..MOST_LINES {
        let Some(line) = ahead.line() else { break };
        let text = line.text.trim();
        if number > 0 && matches!(text, "+ System" | "- System") {
            break;
        }
        let bracketed = text.strip_prefix("[ ").and_then(|inner| inner.split_once(']'));
        let (name, value) = bracketed.or_else(|| text.split_once(' ')).unwrap_or((text, ""));
        let value = value.trim();
        match name {
            "-" | "+" => in_data |= matches!(value, "EventData" | "UserData"),
            "SystemTime" => event.set(Label::Date, value),
            name if label_of_element(name) != Label::Other => {
                event.set(label_of_element(name), value);
            }
            _ if in_data && !value.is_empty() && name != "Name" => {
                event.data.push(value.to_owned())
            }
            // A sentence comes after the view.
            _ if in_data && !text.is_empty() && text.contains(['。', ' ']) => break,
            _ => {}
        }
        ahead.advance();
    }
    event.render();
    if !event.is_whole() {
        return false;
    }
    *cursor = ahead;
    emit(event, &first, collector);
    true
}

/// The column of the colon in a line of PowerShell's lists: a name without spaces, and spaces up to ` : `.
fn listed(line: &str) -> Option<usize> {
    let colon = line.find(" : ").or_else(|| line.ends_with(" :").then(|| line.len() - 2))?;
    let name = line.get(..colon)?.trim_end();
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
    (!name.is_empty() && colon < 48 && name.bytes().all(plain)).then_some(colon)
}

/// Reads an event of PowerShell's list with colons at `column`, up to where its first field comes again.
fn read_list<'t>(column: usize, cursor: &mut Cursor<'t>, collector: &mut Collector<'_>) -> bool {
    let mut ahead = cursor.clone();
    let Some(first) = ahead.line() else { return false };
    if collector.has_given_up("windows-event", first.number) {
        return false;
    }
    let opening = first.text.get(..column).unwrap_or_default();
    let mut event = Read::default();
    let mut place = first;
    let (mut labels, mut in_message) = (0, false);
    for number in 0..MOST_LINES {
        let Some(line) = ahead.line() else { break };
        if listed(line.text) == Some(column) {
            if number > 0 && line.text.starts_with(opening) {
                break;
            }
            labels += 1;
            let field = label_of(line.text);
            in_message = matches!(field, Some((Label::Description, _)));
            if let Some((label, value)) = field {
                event.set(label, value);
            }
            place = if in_message { line } else { place };
        } else if line.text.len() - line.text.trim_start().len() > column {
            if in_message {
                event.say(line.text.trim());
            }
        } else if !line.text.trim().is_empty() {
            // A value that was not wrapped goes on at the edge, up to the empty line after the event.
            if !in_message || line.text.starts_with("PS ") {
                break;
            }
            event.say(line.text.trim());
        } else if in_message && !goes_on_below(&ahead, column) {
            break;
        }
        ahead.advance();
    }
    if labels < 3 || !event.is_whole() {
        collector.give_up("windows-event", ahead.line());
        return false;
    }
    *cursor = ahead;
    emit(event, &place, collector);
    true
}

/// Whether the line after an empty one belongs to the same event: its value is indented, or a further field.
fn goes_on_below(ahead: &Cursor<'_>, column: usize) -> bool {
    ahead.following().is_some_and(|line| {
        line.text.len() - line.text.trim_start().len() > column || listed(line.text) == Some(column)
    })
}

/// Reads an event by its fields: at least three of them, its number or its level among them. Where it is numbered
/// (`Event[0]:`), it goes on up to the next.
fn read_fields<'t>(cursor: &mut Cursor<'t>, collector: &mut Collector<'_>) -> bool {
    let mut ahead = cursor.clone();
    let Some(first) = ahead.line() else { return false };
    let is_number = |text: &str| text.starts_with("Event[");
    let numbered = is_number(first.text.trim());
    if numbered {
        ahead.advance();
    } else if collector.has_given_up("windows-event", first.number) {
        return false;
    }
    let mut event = Read::default();
    let mut place: Option<Line<'t>> = None;
    let mut labels = 0;
    let mut described = false;
    for _ in 0..MOST_LINES {
        let Some(line) = ahead.line() else { break };
        let text = line.text.trim();
        if numbered && is_number(text) {
            break;
        }
        let label = label_of(text);
        let again = label.is_some_and(|(label, value)| {
            let known = event.get(Label::Id);
            label == Label::Id && !known.is_empty() && described && value != known
        });
        if again {
            break;
        }
        match label {
            Some((Label::Xml, _)) if labels >= 3 => {
                ahead.advance();
                complete_by_xml(&mut event, &mut ahead);
                break;
            }
            Some((label, value)) if !described || label == Label::Description => {
                labels += 1;
                described |= label == Label::Description;
                place =
                    place.or((label == Label::Description && !value.is_empty()).then_some(line));
                event.set(label, value);
            }
            _ if text.is_empty() => {
                // After an empty line only the event's own XML goes on.
                let next = ahead.following().map_or("", |line| line.text.trim());
                let own = matches!(label_of(next), Some((Label::Xml, _))) || opens_xml(next);
                if described && !event.get(Label::Description).is_empty() && !own && !numbered {
                    break;
                }
            }
            _ if opens_xml(text) && labels >= 3 => {
                complete_by_xml(&mut event, &mut ahead);
                break;
            }
            _ if described => {
                place = place.or(Some(line));
                event.say(text);
            }
            None if is_labelled(text) => {}
            _ => break,
        }
        ahead.advance();
    }
    let has = |label| !event.get(label).is_empty();
    let known = has(Label::Id) || has(Label::Level) && has(Label::Computer);
    if labels < 3 || !known || !has(Label::Description) {
        collector.give_up("windows-event", ahead.line());
        return false;
    }
    *cursor = ahead;
    emit(event, &place.unwrap_or(first), collector);
    true
}

impl Read {
    fn get(&self, label: Label) -> &str {
        self.fields.get(&label).map_or("", |value| value.trim())
    }

    fn set(&mut self, label: Label, value: &str) {
        if self.get(label).is_empty() {
            self.fields.insert(label, value.to_owned());
        }
    }

    fn say(&mut self, text: &str) {
        let message = self.fields.entry(Label::Description).or_default();
        message.push_str(if message.is_empty() { "" } else { " " });
        message.push_str(text);
    }

    /// Makes a message of the values, where there is no other.
    fn render(&mut self) {
        self.set(Label::Description, &self.data.join(" "));
    }

    fn is_whole(&self) -> bool {
        ![Label::Id, Label::Description].iter().any(|&label| self.get(label).is_empty())
    }
}

fn label_of_element(name: &str) -> Label {
    match name {
        "EventID" => Label::Id,
        "Level" => Label::Level,
        "Computer" => Label::Computer,
        "Message" => Label::Description,
        _ => Label::Other,
    }
}

/// Adds what the XML at the cursor says of the event and its fields do not.
fn complete_by_xml(event: &mut Read, cursor: &mut Cursor<'_>) {
    let mut ahead = cursor.clone();
    ahead.pass_blank();
    let Some(xml) = xml_at(&mut ahead) else { return };
    *cursor = ahead;
    let Some(found) = parse(&xml).into_iter().next() else { return };
    found.fields.iter().for_each(|(label, value)| event.set(*label, value));
}

/// The XML of the event at the cursor, which passes it, without the marks of the viewer and of Markdown.
fn xml_at<'t>(cursor: &mut Cursor<'t>) -> Option<Cow<'t, str>> {
    let first = cursor.line().filter(|line| opens_xml(line.text.trim_start()))?;
    let start = cursor.clone();
    let mut last = first;
    let mut marked = false;
    for number in 0..MOST_LINES {
        let Some(line) = cursor.line() else { break };
        let text = line.text.trim_start();
        // An event that is not closed ends where the next begins.
        let in_list = number == 1 && first.text.contains("<Events>");
        if number > 0 && !in_list && opens_xml(text) && !text.contains("</Event") {
            break;
        }
        marked |=
            text.starts_with(['\\', '-', '+']) || text.contains("\\<") || text.contains("&lt;");
        last = line;
        cursor.advance();
        if line.text.contains("/Event>") || line.text.contains("/Event&gt;") {
            break;
        }
    }
    let text = start.text_between(&first, &last);
    if !marked {
        return Some(Cow::Borrowed(text));
    }
    // Escaped once more than XML is: its tags show as text.
    let escaped = !text.contains('<');
    let mut plain = String::with_capacity(text.len());
    for line in lines(text) {
        let bare = line.text.replace("\\<", "<").replace("\\>", ">");
        plain.push_str(&bare.trim_start_matches(['\\', '-', '+', ' ']).replace("<\\", "<"));
        plain.push('\n');
    }
    if escaped {
        plain = resolve_references(&plain).into_owned();
    }
    Some(Cow::Owned(plain))
}

fn read_xml(cursor: &mut Cursor<'_>, collector: &mut Collector<'_>) -> bool {
    let Some(first) = cursor.line() else { return false };
    let mut ahead = cursor.clone();
    let Some(xml) = xml_at(&mut ahead) else { return false };
    let events = parse(&xml);
    if events.is_empty() {
        return false;
    }
    // The end of a list of events holds no record.
    while ahead.line().is_some_and(|line| line.text.trim() == "</Events>") {
        ahead.advance();
    }
    *cursor = ahead;
    events.into_iter().for_each(|event| emit(event, &first, collector));
    true
}

/// The events of an XML text, up to where it is none any more.
fn parse(xml: &str) -> Vec<Read> {
    let mut reader = Reader::from_str(xml);
    let mut events = Vec::new();
    let mut event = Read::default();
    let mut element = String::new();
    loop {
        match reader.read_event() {
            Ok(Event::Start(start)) => {
                element = start.local_name().as_ref().to_owned();
                if element == "Data" {
                    event.data.push(String::new());
                }
                read_created(&start, &mut event);
            }
            Ok(Event::Empty(empty)) => read_created(&empty, &mut event),
            Ok(Event::Text(text)) => push(&element, &text, &mut event),
            Ok(Event::GeneralRef(reference)) => {
                let written = format!("&{};", &*reference);
                let character = resolve_references(&written);
                push(&element, if *character == written { " " } else { &character }, &mut event);
            }
            Ok(Event::End(end)) => {
                element.clear();
                if end.local_name().as_ref() == "Event" {
                    events.push(std::mem::take(&mut event));
                }
            }
            Ok(Event::Eof) | Err(_) => break,
            Ok(_) => {}
        }
    }
    events.iter_mut().for_each(Read::render);
    events.retain(Read::is_whole);
    events
}

/// `<TimeCreated SystemTime='…'/>`
fn read_created(start: &quick_xml::events::BytesStart<'_>, event: &mut Read) {
    if start.local_name().as_ref() == "TimeCreated"
        && let Ok(Some(time)) = start.try_get_attribute("SystemTime")
    {
        event.set(Label::Date, &time.value);
    }
}

fn push(element: &str, text: &str, event: &mut Read) {
    match label_of_element(element) {
        Label::Other if element == "Data" => {
            event.data.last_mut().into_iter().for_each(|value| value.push_str(text));
        }
        Label::Other => {}
        label => event.fields.entry(label).or_default().push_str(text),
    }
}

fn emit(event: Read, place: &Line<'_>, collector: &mut Collector<'_>) {
    let shown: Vec<&str> = event.get(Label::Description).split_whitespace().collect();
    let range = range_in(place.text, place.text.trim());
    let mut record = Record::new(Kind::Log, Cow::Owned(shown.join(" ")), place.number, range);
    record.time = read_time(&fold(event.get(Label::Date)), collector.now).map(|timed| timed.moment);
    record.severity = match event.get(Label::Level) {
        // The schema's numbers.
        "1" | "2" => Some(Severity::Error),
        "3" => Some(Severity::Warning),
        "0" | "4" | "5" => Some(Severity::Info),
        level => read_level(level),
    };
    let computer = event.get(Label::Computer).to_owned();
    collector.fact(fact("Event ID", event.get(Label::Id), Some(&computer), place.number));
    record.platform = Some("Windows");
    record.device = (!computer.is_empty()).then_some(Cow::Owned(computer));
    collector.record(record);
}
