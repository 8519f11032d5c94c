//! YAML as a tree of bounded depth, with lines.
//!
//! It is hostile input: levels beyond a depth are passed over, so that none takes the stack, and aliases are empty, so
//! that none multiplies.

use saphyr_parser::{Event, Parser, ScalarStyle};

/// Levels deeper than this are passed over.
const DEEPEST: usize = 64;

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Scalar {
    pub(crate) text: String,
    pub(crate) line: u32,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Yaml {
    Scalar(Scalar),
    List(Vec<Self>),
    Map(Vec<(Scalar, Self)>),
}

impl Yaml {
    /// The tree of a text whose first line is `first` of its file, and the line and the reason where it is no YAML: what is
    /// before an error is still given.
    pub(crate) fn of(text: &str, first: u32) -> (Self, Option<(u32, String)>) {
        let file_line =
            |line: usize| u32::try_from(line).unwrap_or(u32::MAX).saturating_add(first - 1);
        let (mut root, mut error) = (Self::Scalar(Scalar::default()), None);
        // The open levels, each with the key whose value comes next.
        let mut open: Vec<(Self, Option<Scalar>)> = Vec::new();
        let mut passed_over = 0_usize;
        for event in Parser::new_from_str(text) {
            let (event, line) = match event {
                Ok((event, span)) => (event, file_line(span.start.line())),
                Err(it) => {
                    error = Some((file_line(it.marker().line()), it.info().to_owned()));
                    break;
                }
            };
            let starts = matches!(event, Event::MappingStart(..) | Event::SequenceStart(..));
            let ends = matches!(event, Event::MappingEnd | Event::SequenceEnd);
            if passed_over > 0 || starts && open.len() >= DEEPEST {
                passed_over = (passed_over + usize::from(starts)).saturating_sub(usize::from(ends));
                continue;
            }
            let done = match event {
                Event::MappingStart(..) => {
                    open.push((Self::Map(Vec::new()), None));
                    continue;
                }
                Event::SequenceStart(..) => {
                    open.push((Self::List(Vec::new()), None));
                    continue;
                }
                Event::MappingEnd | Event::SequenceEnd => open.pop().map(|(value, _)| value),
                Event::Scalar(text, style, ..) => {
                    let none = style == ScalarStyle::Plain && matches!(&*text, "~" | "null");
                    let text = if none { String::new() } else { text.into_owned() };
                    Some(Self::Scalar(Scalar { text, line }))
                }
                Event::Alias(_) => Some(Self::Scalar(Scalar { text: String::new(), line })),
                _ => None,
            };
            if let Some(done) = done {
                Self::put(done, &mut open, &mut root);
            }
        }
        while let Some((mut value, key)) = open.pop() {
            if let (Self::Map(entries), Some(key)) = (&mut value, key) {
                entries.push((key, Self::Scalar(Scalar::default())));
            }
            Self::put(value, &mut open, &mut root);
        }
        (root, error)
    }

    /// Puts what was read into the level that is open.
    fn put(done: Self, open: &mut [(Self, Option<Scalar>)], root: &mut Self) {
        match open.last_mut() {
            Some((Self::List(items), _)) => items.push(done),
            Some((Self::Map(entries), key)) => match (key.take(), done) {
                (Some(key), value) => entries.push((key, value)),
                (None, Self::Scalar(name)) => *key = Some(name),
                // A key that is no text names nothing.
                (None, _) => *key = Some(Scalar::default()),
            },
            Some((Self::Scalar(_), _)) | None => *root = done,
        }
    }

    pub(crate) fn entries(&self) -> &[(Scalar, Self)] {
        match self {
            Self::Map(entries) => entries,
            _ => &[],
        }
    }

    /// Its texts in order, whatever they are nested in; the keys of a mapping are names of the generator's.
    pub(crate) fn scalars(&self) -> Vec<Scalar> {
        match self {
            Self::Scalar(scalar) if scalar.text.trim().is_empty() => Vec::new(),
            Self::Scalar(scalar) => vec![scalar.clone()],
            Self::List(items) => items.iter().flat_map(Self::scalars).collect(),
            Self::Map(entries) => entries.iter().flat_map(|(_, value)| value.scalars()).collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_have_lines() {
        let (yaml, error) = Yaml::of("a: 1\nb:\n  - x\n  - k: y\nc: ~\n", 2);
        assert_eq!(error, None);
        let read = yaml.entries().iter().map(|(key, value)| {
            let texts: Vec<String> = value.scalars().into_iter().map(|it| it.text).collect();
            format!("{} {} {}", key.text, key.line, texts.join("/"))
        });
        assert_eq!(read.collect::<Vec<_>>(), ["a 2 1", "b 3 x/y", "c 6 "]);
        let (torn, error) = Yaml::of("a: 1\nb: [x, {c: y\nd: '", 2);
        assert!(torn.entries().iter().map(|(key, _)| &*key.text).eq(["a", "b"]) && error.is_some());
    }

    #[test]
    fn deep_nesting_and_aliases_cost_nothing() {
        let _ = Yaml::of(&format!("a: {}", "- ".repeat(20_000)), 1);
        let _ = Yaml::of(&format!("a: {}", "[".repeat(20_000)), 1);
        let bombs: String =
            (1..40).map(|n| format!("a{n}: &a{n} [*a{}, *a{}]\n", n - 1, n - 1)).collect();
        assert_eq!(Yaml::of(&format!("a0: &a0 x\n{bombs}"), 1).0.entries().len(), 40);
    }
}
