//! Names of problems, procedures, medicines and tests in a text.

use crate::{Error, Lexicon};
use clinical_lexicon::NamedKind;
use clinical_model::Stop;

/// A name in a text. Whether the text denies it, suspects it, or tells of somebody else is not said here.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Mention {
    /// First code point of the name.
    pub start: usize,
    /// The code point behind it.
    pub end: usize,
    /// Its bytes.
    pub bytes: (usize, usize),
    /// `problem`, `procedure`, `medicine`, `test`.
    pub kind: &'static str,
    /// The lexicon's own name for it.
    pub name: &'static str,
    /// A code for it, with the address of its system as FHIR writes it.
    pub code: Option<(&'static str, &'static str)>,
}

/// Finds the names that the lexicon knows, in order, none inside another. Linear in the text.
///
/// # Errors
/// Somebody asked to stop.
pub fn mentions(text: &str, lexicon: &Lexicon, stop: Stop<'_>) -> Result<Vec<Mention>, Error> {
    let named = lexicon.named_in(text, &|| stop.is_asked());
    if stop.is_asked() {
        return Err(Error::Stopped);
    }
    let mut found = Vec::with_capacity(named.len());
    // Names come in order, so that code points are counted once over the whole text.
    let (mut byte, mut point) = (0, 0);
    let mut points = |to: usize| {
        point += text.get(byte..to).map_or(0, |part| part.chars().count());
        byte = to;
        point
    };
    for hit in named {
        let (kind, system) = match hit.kind {
            NamedKind::Problem => ("problem", "http://snomed.info/sct"),
            NamedKind::Procedure => ("procedure", "http://snomed.info/sct"),
            NamedKind::Medicine => ("medicine", "http://www.nlm.nih.gov/research/umls/rxnorm"),
            NamedKind::Test => ("test", "http://loinc.org"),
        };
        found.push(Mention {
            start: points(hit.start),
            end: points(hit.end),
            bytes: (hit.start, hit.end),
            kind,
            name: hit.name,
            code: hit.code.map(|code| (system, code)),
        });
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_code_points() {
        let text = "Señora: asthma, metformin";
        let found = mentions(text, Lexicon::english().unwrap(), Stop::never()).unwrap();
        let points: Vec<char> = text.chars().collect();
        let said: Vec<(String, &str)> =
            found.iter().map(|m| (points[m.start..m.end].iter().collect(), m.kind)).collect();
        assert_eq!(said, [("asthma".to_owned(), "problem"), ("metformin".to_owned(), "medicine")]);
        assert!(found.iter().all(|m| text[m.bytes.0..m.bytes.1] == points[m.start..m.end].iter().collect::<String>()));
    }
}
