//! What a note says, piece by piece: its sections, and what it names with how it speaks of it.

use crate::read::Points;
use crate::{Error, Lexicon};
use clinical_intake::note::mention::{Experiencer, Mention, Temporality, mentions, targets as find_targets};
use clinical_intake::note::{outline, words};
use clinical_model::{Assertion, CodeSystem, Phi, Stop};

/// A section of a note. Places are Unicode code points, half-open.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct InspectedSection {
    /// First code point.
    pub start: usize,
    /// The code point behind the last.
    pub end: usize,
    /// What it is (`chief-complaint`, `medications` …).
    pub kind: &'static str,
}

/// Something that a note names.
#[derive(Clone, PartialEq, Debug)]
pub struct InspectedMention {
    /// First code point.
    pub start: usize,
    /// The code point behind the last.
    pub end: usize,
    /// As it stands.
    pub text: Phi<String>,
    /// `problem`, `procedure`, `medicine`, `test`, or `target` for a phrase that was given and is none of these.
    pub kind: &'static str,
    /// `present`, `absent`, `possible`, `historical`, `hypothetical`, `family`.
    pub assertion: &'static str,
    /// `patient`, `family`, `other`.
    pub experiencer: &'static str,
    /// `recent`, `historical`, `hypothetical`, `planned`.
    pub temporality: &'static str,
    /// The lexicon's name for it.
    pub name: Option<&'static str>,
    /// The system of its code, as FHIR names it, and the code.
    pub code: Option<(&'static str, &'static str)>,
}

/// What was found in a note.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Inspected {
    /// Its sections, in order.
    pub sections: Vec<InspectedSection>,
    /// What it names, in order. Where targets were given, every place where one of them stands, and nothing else.
    pub mentions: Vec<InspectedMention>,
}

/// Reads a note. With `targets`, only the places where one of these phrases stands are told (any case, whole words).
///
/// # Errors
/// Somebody asked to stop.
pub fn inspect(text: &str, targets: &[String], lexicon: &Lexicon, stop: Stop<'_>) -> Result<Inspected, Error> {
    let tokens = words::tokens(text);
    let outline = outline::read(text, &tokens, lexicon, stop);
    let found = if targets.is_empty() {
        mentions(text, &tokens, &outline, lexicon, stop)
    } else {
        find_targets(text, &tokens, &outline, lexicon, targets, stop)
    };
    if stop.is_asked() {
        return Err(Error::Stopped);
    }
    let points = Points::of(text);
    let at = |byte: usize| points.at(text, byte);
    let filled = outline.sections.iter().filter(|s| s.heading.is_some() || !s.body.is_empty());
    let sections = filled.map(|s| InspectedSection {
        start: at(s.heading.as_ref().map_or(s.body.start, |h| h.start.min(s.body.start))),
        end: at(s.body.end),
        kind: s.kind.as_str(),
    });
    let mentions = found.iter().map(|m| InspectedMention {
        start: at(m.span.start),
        end: at(m.span.end),
        text: Phi::new(text.get(m.span.clone()).unwrap_or_default().to_owned()),
        kind: m.kind.as_str(),
        assertion: assertion(m.assertion),
        experiencer: experiencer(m.experiencer),
        temporality: temporality(m.temporality),
        name: m.name,
        code: code(m),
    });
    Ok(Inspected { sections: sections.collect(), mentions: mentions.collect() })
}

const fn assertion(assertion: Assertion) -> &'static str {
    match assertion {
        Assertion::Present => "present",
        Assertion::Absent => "absent",
        Assertion::Possible => "possible",
        Assertion::Historical => "historical",
        Assertion::Hypothetical => "hypothetical",
        Assertion::Family => "family",
    }
}

const fn experiencer(experiencer: Experiencer) -> &'static str {
    match experiencer {
        Experiencer::Patient => "patient",
        Experiencer::Family => "family",
        Experiencer::Other => "other",
    }
}

const fn temporality(temporality: Temporality) -> &'static str {
    match temporality {
        Temporality::Recent => "recent",
        Temporality::Historical => "historical",
        Temporality::Hypothetical => "hypothetical",
        Temporality::Planned => "planned",
    }
}

fn code(mention: &Mention) -> Option<(&'static str, &'static str)> {
    let (system, code) = mention.code?;
    let system = match system {
        CodeSystem::Snomed => "http://snomed.info/sct",
        CodeSystem::Loinc => "http://loinc.org",
        CodeSystem::RxNorm => "http://www.nlm.nih.gov/research/umls/rxnorm",
        CodeSystem::Icd10 => "http://hl7.org/fhir/sid/icd-10-cm",
        CodeSystem::Cvx => "http://hl7.org/fhir/sid/cvx",
        CodeSystem::Hl7 | CodeSystem::Other => return None,
    };
    Some((system, code))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_code_points_and_speaking_is_told() {
        let text = "Señora Pell denies asthma. HPI: takes metformin.";
        let found = inspect(text, &[], Lexicon::english().unwrap(), Stop::never()).unwrap();
        let points: Vec<char> = text.chars().collect();
        let said: Vec<(String, &str, &str)> =
            found.mentions.iter().map(|m| (points[m.start..m.end].iter().collect(), m.kind, m.assertion)).collect();
        assert!(said.contains(&("asthma".to_owned(), "problem", "absent")), "{said:?}");
        assert!(said.contains(&("metformin".to_owned(), "medicine", "present")), "{said:?}");
        assert!(found.sections.iter().any(|s| s.kind == "present-illness"));
    }

    #[test]
    fn targets_are_told_and_nothing_else() {
        let text = "No wugs today. The wugs came back.";
        let found = inspect(text, &["wugs".to_owned()], Lexicon::english().unwrap(), Stop::never()).unwrap();
        let said: Vec<(usize, &str)> = found.mentions.iter().map(|m| (m.start, m.assertion)).collect();
        assert_eq!(said, [(3, "absent"), (19, "present")]);
    }
}
