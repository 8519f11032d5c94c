//! Explanation of a code for a person.

use super::{Code, CodeDictionary};
use crate::source::Phrase;

/// One thing that a code may be.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Explanation {
    /// The code.
    pub code: Code,
    /// The subject of its domain.
    pub domain: Option<Phrase>,
    /// Its meaning.
    pub meaning: Option<Phrase>,
    /// The constant's name in the vendor's headers.
    pub name: Option<String>,
    /// Why it is listed although another number was asked for.
    pub note: Option<Phrase>,
    /// Every form that it is written in.
    pub forms: Vec<String>,
    /// Where the meaning was published.
    pub source: Option<String>,
}

impl CodeDictionary {
    /// Every form that a code is written in: the number, with its domain, and each encoding as
    /// hexadecimal, signed and unsigned.
    #[must_use]
    pub fn forms(&self, code: &Code) -> Vec<String> {
        let number = code.number;
        let mut forms = Vec::new();
        if let Ok(bits) = u32::try_from(number)
            && bits >= 0x8000_0000
        {
            push_bits(&mut forms, bits);
            for alias in &self.range_aliases {
                let aliased = number - alias.to_first + alias.from_first;
                if code.domain.as_deref() == Some(alias.domain.as_str())
                    && (alias.from_first..=alias.from_last).contains(&aliased)
                    && let Ok(bits) = u32::try_from(aliased)
                {
                    push_bits(&mut forms, bits);
                }
            }
            return forms;
        }
        forms.push(number.to_string());
        let Some(domain) = &code.domain else { return forms };
        forms.push(format!("{domain} {number}"));
        if let Some(known) = self.domains.get(domain) {
            forms.extend(known.aliases.iter().map(|alias| format!("{alias} {number}")));
            // Only a domain that owns its range can be told back from an encoded number.
            let owned = known.first.zip(known.last).is_some_and(|(a, b)| (a..=b).contains(&number));
            for encoding in self.encodings.iter().filter(|_| owned) {
                if (encoding.first..=encoding.last).contains(&number)
                    && let Ok(bits) = u32::try_from(encoding.offset + number)
                {
                    push_bits(&mut forms, bits);
                }
            }
        }
        forms
    }

    /// Everything that a written code, or the name of its constant, may be: itself first, then what it equals under some wording.
    /// Empty where the text is not a code, or where nothing is known of it.
    #[must_use]
    pub fn explain(&self, text: &str) -> Vec<Explanation> {
        let code = self.read(text).or_else(|| self.constant(text.trim()));
        let Some(code) = code else { return Vec::new() };
        let mut explanations = vec![self.explanation(code.clone(), None)];
        for equivalence in self.equivalences.iter().filter(|it| it.has(&code)) {
            let others = equivalence.others(&code);
            explanations
                .extend(others.map(|it| self.explanation(it, Some(equivalence.note.clone()))));
        }
        explanations.retain(|found| found.domain.is_some() || found.meaning.is_some());
        explanations
    }

    /// The explanation of a code by the dictionary, if only its forms.
    pub(crate) fn explanation(&self, code: Code, note: Option<Phrase>) -> Explanation {
        let entry = self.entry(&code);
        Explanation {
            domain: self.domain(&code),
            meaning: entry.map(|entry| entry.phrase.clone()),
            name: entry.and_then(|entry| entry.name.clone()),
            note,
            forms: self.forms(&code),
            source: entry.and_then(|entry| entry.source.clone()),
            code,
        }
    }
}

/// The ways to write 32 bits.
fn push_bits(forms: &mut Vec<String>, bits: u32) {
    forms.push(format!("0x{bits:08X}"));
    forms.push(bits.cast_signed().to_string());
    forms.push(bits.to_string());
}
