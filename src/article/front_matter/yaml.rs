//! The top-level keys of a YAML text, with their lines.
//!
//! It listens to the parser's events instead of building a tree: front matter is hostile input, and
//! a tree of a thousand levels or of aliases that multiply would take the stack or the memory.

use saphyr_parser::{Event, Parser};

/// A text with the line of the file that it is in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::article) struct Scalar {
    pub(in crate::article) text: String,
    pub(in crate::article) line: u32,
}

/// The value of a key: its texts in order, whatever they are nested in.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(in crate::article) struct Value {
    scalars: Vec<Scalar>,
}

impl Value {
    pub(in crate::article) fn scalars(&self) -> Vec<Scalar> {
        self.scalars.iter().filter(|scalar| !scalar.text.trim().is_empty()).cloned().collect()
    }
}

pub(super) type KeyValue = (Scalar, Value);

/// The top-level entries, and the line and the reason where the text is no YAML.
///
/// Entries before an error are still given.
pub(super) fn entries(yaml: &str) -> (Vec<KeyValue>, Option<(u32, String)>) {
    let mut entries: Vec<(Scalar, Value)> = Vec::new();
    let mut levels = Levels::default();
    for event in Parser::new_from_str(yaml) {
        let (event, span) = match event {
            Ok(event) => event,
            Err(error) => {
                let line = file_line(error.marker().line());
                return (entries, Some((line, error.info().to_owned())));
            }
        };
        let is_key = levels.follow(&event);
        let Event::Scalar(text, style, ..) = event else { continue };
        let plain = style == saphyr_parser::ScalarStyle::Plain;
        let text = if plain && matches!(&*text, "~" | "null") { "" } else { &*text };
        let scalar = Scalar { text: text.to_owned(), line: file_line(span.start.line()) };
        match levels.depth() {
            0 if scalar.text.trim().is_empty() => {}
            0 => return (entries, Some((scalar.line, "no `key: value`".to_owned()))),
            1 if is_key => entries.push((scalar, Value::default())),
            // Within a value, the keys of a mapping are names of the generator's.
            _ if is_key => {}
            _ => {
                if let Some((_, value)) = entries.last_mut() {
                    value.scalars.push(scalar);
                }
            }
        }
    }
    (entries, None)
}

/// The open levels of a YAML text that is listened to; for each mapping whether its next scalar is a key.
#[derive(Debug, Default)]
pub(in crate::article) struct Levels(Vec<Option<bool>>);

impl Levels {
    /// Follows an event; returns whether it is a key.
    pub(in crate::article) fn follow(&mut self, event: &Event<'_>) -> bool {
        match event {
            Event::MappingStart(..) | Event::SequenceStart(..) => {
                self.toggle();
                self.0.push(matches!(event, Event::MappingStart(..)).then_some(true));
                false
            }
            Event::MappingEnd | Event::SequenceEnd => {
                self.0.pop();
                false
            }
            Event::Alias(_) | Event::Scalar(..) => {
                let is_key = self.0.last().copied().flatten() == Some(true);
                self.toggle();
                is_key
            }
            _ => false,
        }
    }

    pub(in crate::article) fn depth(&self) -> usize {
        self.0.len()
    }

    /// After a key comes its value, after a value the next key.
    fn toggle(&mut self) {
        if let Some(Some(is_key)) = self.0.last_mut() {
            *is_key = !*is_key;
        }
    }
}

/// The line of the file: the YAML begins at its second.
fn file_line(line: usize) -> u32 {
    u32::try_from(line).unwrap_or(u32::MAX).saturating_add(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_have_lines() {
        let (entries, error) = entries("a: 1\nb:\n  - x\n  - k: y\nc: ~\n");
        assert_eq!(error, None);
        let read = entries.iter().map(|(key, value)| {
            let texts: Vec<String> = value.scalars().into_iter().map(|it| it.text).collect();
            format!("{} {} {}", key.text, key.line, texts.join("/"))
        });
        assert_eq!(read.collect::<Vec<_>>(), ["a 2 1", "b 3 x/y", "c 6 "]);
    }

    #[test]
    fn deep_nesting_and_aliases_cost_nothing() {
        let deep = format!("a: {}", "- ".repeat(20_000));
        let _ = entries(&deep);
        let bombs: String =
            (1..40).map(|n| format!("a{n}: &a{n} [*a{}, *a{}]\n", n - 1, n - 1)).collect();
        let (entries, _) = entries(&format!("a0: &a0 x\n{bombs}"));
        assert_eq!(entries.len(), 40);
    }
}
