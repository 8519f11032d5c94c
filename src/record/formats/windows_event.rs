//! Windows events as `wevtutil qe LOG /f:text` and the Event Viewer's export (XML) write them.
//!
//! The labels are those of learn.microsoft.com (wevtutil), the elements those of the event schema
//! (`System`, `EventData`, `RenderingInfo`). The number of an event says which message it is, not what
//! failed: it is a fact and no code.

use std::borrow::Cow;

use quick_xml::Reader;
use quick_xml::events::Event;

use crate::facts::{Kind, Record, Severity, fold, read_level, read_time};
use crate::record::collect::{Collector, fact, range_in};
#[cfg(test)]
use crate::record::formats::samples::Sample;
use crate::record::paste::Cursor;
use crate::record::registry::Format;
use crate::source::Line;

/// How many lines one event may have.
const MOST_LINES: usize = 200;

/// Windows events.
pub(in crate::record) struct WindowsEvents;

/// What is read of one event.
#[derive(Debug, Default)]
struct Read {
    time: String,
    level: String,
    computer: String,
    id: String,
    message: String,
    /// The values of an event whose message was not rendered.
    data: Vec<String>,
}

impl Format for WindowsEvents {
    fn name(&self) -> &'static str {
        "windows-event"
    }

    fn read<'t>(&self, cursor: &mut Cursor<'t>, collector: &mut Collector<'_>) -> bool {
        let Some(first) = cursor.line() else { return false };
        let head = first.text.trim_start();
        if head.starts_with("Event[") {
            return read_text(cursor, collector);
        }
        let opens = ["<Event ", "<Events>", "<Event>"].iter().any(|open| head.starts_with(open));
        opens && read_xml(cursor, collector)
    }

    #[cfg(test)]
    fn samples(&self) -> &'static [Sample] {
        tests::SAMPLES
    }
}

fn read_text<'t>(cursor: &mut Cursor<'t>, collector: &mut Collector<'_>) -> bool {
    let mut ahead = cursor.clone();
    ahead.advance();
    let mut event = Read::default();
    let mut place: Option<Line<'t>> = None;
    let mut described = false;
    for _ in 0..MOST_LINES {
        let Some(line) = ahead.line().filter(|line| !line.text.starts_with("Event[")) else {
            break;
        };
        let text = line.text.trim();
        if described {
            if !text.is_empty() {
                place = place.or(Some(line));
                event.message.push_str(if event.message.is_empty() { "" } else { " " });
                event.message.push_str(text);
            }
        } else if let Some((label, value)) = text.split_once(':') {
            let value = value.trim();
            match label {
                "Date" => value.clone_into(&mut event.time),
                "Level" => value.clone_into(&mut event.level),
                "Computer" => value.clone_into(&mut event.computer),
                "Event ID" => value.clone_into(&mut event.id),
                "Description" => {
                    described = true;
                    value.clone_into(&mut event.message);
                    place = (!value.is_empty()).then_some(line);
                }
                _ => {}
            }
        } else if !text.is_empty() {
            break;
        }
        ahead.advance();
    }
    let Some(place) = place.filter(|_| !event.message.is_empty() && !event.id.is_empty()) else {
        return false;
    };
    *cursor = ahead;
    hand_over(event, &place, collector);
    true
}

fn read_xml(cursor: &mut Cursor<'_>, collector: &mut Collector<'_>) -> bool {
    let Some(first) = cursor.line() else { return false };
    let mut ahead = cursor.clone();
    let mut last = first;
    for _ in 0..MOST_LINES {
        let Some(line) = ahead.line() else { break };
        last = line;
        ahead.advance();
        if line.text.contains("</Event>") {
            break;
        }
    }
    let events = parse(cursor.text_between(&first, &last));
    if events.is_empty() {
        return false;
    }
    // What closes a list of events says nothing.
    while ahead.line().is_some_and(|line| line.text.trim() == "</Events>") {
        ahead.advance();
    }
    *cursor = ahead;
    for event in events {
        hand_over(event, &first, collector);
    }
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
            Ok(Event::Text(text)) => {
                push(&element, &text, &mut event);
            }
            Ok(Event::GeneralRef(reference)) => {
                let character = match &*reference {
                    "lt" => "<",
                    "gt" => ">",
                    "amp" => "&",
                    "quot" => "\"",
                    "apos" => "'",
                    _ => " ",
                };
                push(&element, character, &mut event);
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
    for event in &mut events {
        if event.message.is_empty() {
            event.message = event.data.join(" ");
        }
    }
    events.retain(|event| !event.id.trim().is_empty() && !event.message.trim().is_empty());
    events
}

/// `<TimeCreated SystemTime='…'/>`
fn read_created(start: &quick_xml::events::BytesStart<'_>, event: &mut Read) {
    if start.local_name().as_ref() == "TimeCreated"
        && let Ok(Some(time)) = start.try_get_attribute("SystemTime")
    {
        event.time = time.value.into_owned();
    }
}

fn push(element: &str, text: &str, event: &mut Read) {
    let known = match element {
        "EventID" => &mut event.id,
        "Level" => &mut event.level,
        "Computer" => &mut event.computer,
        "Message" => &mut event.message,
        "Data" => match event.data.last_mut() {
            Some(data) => data,
            None => return,
        },
        _ => return,
    };
    known.push_str(text);
}

fn hand_over(event: Read, place: &Line<'_>, collector: &mut Collector<'_>) {
    let shown: Vec<&str> = event.message.split_whitespace().collect();
    let range = range_in(place.text, place.text.trim());
    let mut record = Record::new(Kind::Log, Cow::Owned(shown.join(" ")), place.number, range);
    record.time = read_time(&fold(event.time.trim()), collector.now).map(|timed| timed.moment);
    record.severity = match event.level.trim() {
        // The schema's numbers.
        "1" | "2" => Some(Severity::Error),
        "3" => Some(Severity::Warning),
        "0" | "4" | "5" => Some(Severity::Info),
        level => read_level(level),
    };
    let computer = event.computer.trim().to_owned();
    collector.fact(fact("Event ID", event.id.trim(), Some(&computer), place.number));
    record.device = (!computer.is_empty()).then_some(Cow::Owned(computer));
    collector.record(record);
}

#[cfg(test)]
mod tests {
    use crate::record::formats::samples::{Sample, test_format};

    test_format!(super::WindowsEvents);

    pub(super) const SAMPLES: &[Sample] = &[
        Sample {
            source: "learn.microsoft.com, wevtutil qe /f:text",
            formats: &["windows-event"],
            paste: "Event[0]:\n  Log Name: Application\n  Source: Device Management\n  Date: 2024-05-08T10:00:01.123\n  Event ID: 404\n  \
                Level: Error\n  Computer: PC-01\n  Description: \nThe command failed.\nThe policy is unknown.\n\n\
                Event[1]:\n  Date: 2024-05-08T10:00:02.000\n  Event ID: 1\n  Level: Information\n  Computer: PC-01\n  Description: The session has ended.\n",
            incidents: &[
                "2024-05-08T10:00:01.123 PC-01 Error The command failed. The policy is unknown. []",
                "2024-05-08T10:00:02 PC-01 Info The session has ended. []",
            ],
        },
        Sample {
            source: "learn.microsoft.com, the event schema, rendered and not",
            formats: &["windows-event"],
            paste: "<Events>\n<Event xmlns='http://schemas.microsoft.com/win/2004/08/events/event'><System><Provider Name='Device Management'/><EventID>404</EventID>\
                <Level>2</Level><TimeCreated SystemTime='2024-05-08T01:00:01.123Z'/><Computer>PC-01</Computer></System>\
                <RenderingInfo Culture='en-US'><Message>The &lt;command&gt; failed.</Message></RenderingInfo></Event>\n\
                <Event><System><EventID>5</EventID><Level>3</Level><Computer>PC-02</Computer></System><EventData><Data Name='a'>The disk</Data><Data Name='b'>is old</Data></EventData></Event>\n</Events>\n",
            incidents: &[
                "2024-05-08T01:00:01.123+00:00 PC-01 Error The <command> failed. []",
                "- PC-02 Warning The disk is old []",
            ],
        },
    ];
}
