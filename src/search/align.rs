//! The alignment of a message with a template: weighted words in order, wildcards free.
//!
//! Both are sequences of words; the longest common subsequence by weight says which words of the
//! one are in the other, in order. What a template leaves open (a wildcard) costs the message
//! nothing in that place. The result is the weight that both share, and which part of each side
//! that is.

use super::weights::UNFILLED;
use crate::index::TemplateToken;

#[derive(Debug, Clone, PartialEq)]
pub(super) struct MessageToken {
    pub(super) term: String,
    /// How much it tells by the dictionary (a variable little), so that coverage is the same anywhere.
    pub(super) weight: f64,
    /// How much it tells in this knowledge base.
    pub(super) mass: f64,
    pub(super) code: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(super) struct Alignment {
    /// The weight of the words in common, as the message weighs them.
    pub(super) matched: f64,
    /// The weight of the words in common, as the template weighs them.
    pub(super) covered: f64,
    /// The weight of the words in common, in this knowledge base.
    pub(super) mass: f64,
    /// The weight of the template's words.
    pub(super) template: f64,
    /// The weight of its words from the first to the last in common, without those at wildcards.
    pub(super) inside: f64,
    /// The weight of the message's words before and after them.
    pub(super) outside: f64,
    /// The first and the last word of the message in common, half-open.
    pub(super) first: usize,
    pub(super) last: usize,
    /// Whether a code of the message is opposite a wildcard: the template is the frame around any code.
    pub(super) frame: bool,
}

/// A wildcard is a name or a value, no paragraph: further words count as lacking in the template.
const WILDCARD_WORDS: usize = 24;

/// Messages and templates are cut here, so that a giant line costs no more than a long one.
const LONGEST: usize = 512;

/// Reused buffers of the dynamic program.
#[derive(Debug, Default)]
pub(super) struct Aligner {
    /// The best weight for each pair of suffixes, row by row of the template.
    best: Vec<f64>,
    pairs: Vec<(usize, usize)>,
}

impl Aligner {
    pub(super) fn align(
        &mut self,
        message: &[MessageToken],
        template: &[TemplateToken],
    ) -> Alignment {
        let message = message.get(..LONGEST).unwrap_or(message);
        let template = template.get(..LONGEST).unwrap_or(template);
        let width = message.len() + 1;
        self.best.clear();
        self.best.resize((template.len() + 1) * width, 0.0);
        for (row, token) in template.iter().enumerate().rev() {
            for column in (0..message.len()).rev() {
                let below = self.best[(row + 1) * width + column];
                let right = self.best[row * width + column + 1];
                let mut value = below.max(right);
                if let TemplateToken::Word { term, .. } = token
                    && *term == message[column].term
                {
                    let both = self.best[(row + 1) * width + column + 1] + message[column].weight;
                    value = value.max(both);
                }
                self.best[row * width + column] = value;
            }
        }
        self.trace(message, template, width);
        self.measure(message, template)
    }

    /// Collects the pairs of equal words on the best path.
    fn trace(&mut self, message: &[MessageToken], template: &[TemplateToken], width: usize) {
        self.pairs.clear();
        let (mut row, mut column) = (0, 0);
        while row < template.len() && column < message.len() {
            let here = self.best[row * width + column];
            if here <= 0.0 {
                break;
            }
            let matches = matches!(&template[row], TemplateToken::Word { term, .. } if *term == message[column].term);
            let both = self.best[(row + 1) * width + column + 1] + message[column].weight;
            if matches && both >= here {
                self.pairs.push((row, column));
                row += 1;
                column += 1;
            } else if self.best[(row + 1) * width + column] >= here {
                row += 1;
            } else {
                column += 1;
            }
        }
    }

    fn measure(&self, message: &[MessageToken], template: &[TemplateToken]) -> Alignment {
        let template_weight = template
            .iter()
            .map(|token| match token {
                TemplateToken::Word { rarity, .. } => f64::from(*rarity),
                TemplateToken::Wildcard => 0.0,
            })
            .sum();
        let (Some(&(_, first)), Some(&(_, last))) = (self.pairs.first(), self.pairs.last()) else {
            return Alignment {
                template: template_weight,
                outside: message.iter().map(|token| token.weight).sum(),
                ..Alignment::default()
            };
        };
        let mut alignment =
            Alignment { template: template_weight, first, last: last + 1, ..Alignment::default() };
        for &(row, column) in &self.pairs {
            alignment.matched += message[column].weight;
            alignment.mass += message[column].mass;
            if let TemplateToken::Word { rarity, .. } = template[row] {
                alignment.covered += f64::from(rarity);
            }
        }
        alignment.inside = alignment.matched;
        for pair in self.pairs.windows(2) {
            let [(row, column), (next_row, next_column)] = [pair[0], pair[1]];
            let gap = &template[row + 1..next_row];
            let wildcards = gap.iter().filter(|token| **token == TemplateToken::Wildcard).count();
            let words = next_column - column - 1;
            alignment.template += UNFILLED * wildcards.saturating_sub(words) as f64;
            let free = if wildcards > 0 { WILDCARD_WORDS } else { 0 };
            let opposite = &message[column + 1..next_column];
            alignment.frame |= wildcards > 0 && opposite.iter().any(|token| token.code);
            alignment.inside += message[column + 1..next_column]
                .iter()
                .skip(free)
                .map(|token| token.weight)
                .sum::<f64>();
        }
        let (first_row, last_row) = (self.pairs[0].0, self.pairs[self.pairs.len() - 1].0);
        let open_before = template[..first_row].contains(&TemplateToken::Wildcard);
        let open_behind = template[last_row + 1..].contains(&TemplateToken::Wildcard);
        let coded = |tokens: &[MessageToken]| tokens.iter().any(|token| token.code);
        alignment.frame |= open_before && coded(&message[..first]);
        alignment.frame |= open_behind && coded(&message[last + 1..]);
        let before =
            message[..first].iter().rev().skip(if open_before { WILDCARD_WORDS } else { 0 });
        let behind = message[last + 1..].iter().skip(if open_behind { WILDCARD_WORDS } else { 0 });
        alignment.outside = before.map(|token| token.weight).sum::<f64>()
            + behind.map(|token| token.weight).sum::<f64>();
        alignment
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message(words: &str) -> Vec<MessageToken> {
        words
            .split(' ')
            .map(|word| {
                let weight = if word.starts_with('=') { 0.0 } else { 1.0 };
                MessageToken { term: word.to_owned(), weight, mass: weight, code: false }
            })
            .collect()
    }

    fn template(words: &str) -> Vec<TemplateToken<'_>> {
        words
            .split(' ')
            .map(|word| match word {
                "*" => TemplateToken::Wildcard,
                word => TemplateToken::Word { term: word.into(), rarity: 1.0 },
            })
            .collect()
    }

    crate::source::cases! {
        alignments: |it| {
            let (log, article) = two(it);
            let it = Aligner::default().align(&message(log), &template(article));
            let Alignment { matched, template, inside, first, last, .. } = it;
            let outside = it.outside + 0.0;
            format!("{matched} of {template}, {inside} inside, {outside} outside, {first}..{last}")
        };
    }
}
