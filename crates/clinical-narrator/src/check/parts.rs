//! A rewording as the model's words and the sentence's own.

use crate::mask::Masked;
use crate::prepared::Part;
use clinical_model::Narrative;

/// The pieces of a rewording, in order: its placeholders become what stands in the sentence.
pub(super) fn of(of: &Masked, said: &str) -> Vec<Part> {
    let mut out = Vec::new();
    let mut words = String::new();
    let mut at = 0;
    while let Some(rest) = said.get(at..).filter(|rest| !rest.is_empty()) {
        let hole = of.holes.iter().find(|hole| rest.starts_with(&hole.placeholder()));
        if let Some(hole) = hole {
            if !words.is_empty() {
                out.push(Part::Words(Narrative::new(std::mem::take(&mut words))));
            }
            out.push(Part::Copied(hole.start, hole.end));
            at += hole.placeholder().len();
        } else {
            let Some(c) = rest.chars().next() else { break };
            words.push(c);
            at += c.len_utf8();
        }
    }
    if !words.is_empty() {
        out.push(Part::Words(Narrative::new(words)));
    }
    out
}

/// The rewording as it will be read.
pub(super) fn restored(of: &Masked, parts: &[Part]) -> String {
    let piece = |part: &Part| match part {
        Part::Words(words) => words.text().to_owned(),
        Part::Copied(from, to) => of.text.get(*from..*to).unwrap_or_default().to_owned(),
    };
    parts.iter().map(piece).collect()
}

/// Whether a square bracket stands outside the placeholders.
pub(super) fn has_bracket(of: &Masked, said: &str) -> bool {
    let words = |part: &Part| matches!(part, Part::Words(words) if words.text().contains(['[', ']']));
    self::of(of, said).iter().any(words)
}
