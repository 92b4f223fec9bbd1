//! Problems and procedures.

use crate::tables::Tables;
use crate::{Lexicon, TermWords, normalise};
use clinical_model::{CodeSystem, Concept};

impl Lexicon {
    /// The words for a problem or procedure: by its first SNOMED CT code, by its wordings as [`Lexicon::term_named`]
    /// does, by its other SNOMED CT codes, then by its ICD-10 codes.
    ///
    /// The words stand beside the wording, so a wording goes before codes that are translations for billing. Where
    /// only the wording is of a sensitive thing, its words are given, so that the mark is not lost to a vaguer code.
    #[must_use]
    pub fn term(&self, concept: &Concept<'_>) -> Option<&'static TermWords> {
        let tables = self.tables();
        let mut snomed = concept.codes(CodeSystem::Snomed);
        let first = snomed.next().and_then(|code| tables.snomed.get(code.trim())).map(|i| &tables.terms[i]);
        let named = concept.wordings().find_map(|w| self.term_named(w.text()));
        first
            .filter(|first| first.sensitive || !named.is_some_and(|n| n.sensitive))
            .or(named)
            .or_else(|| snomed.find_map(|code| tables.snomed.get(code.trim())).map(|i| &tables.terms[i]))
            .or_else(|| {
                let mut icd10 = concept.codes(CodeSystem::Icd10);
                icd10.find_map(|code| tables.icd10.get(code.trim())).map(|i| &tables.terms[i])
            })
    }

    /// The words for a problem or procedure by its wording: as it stands; without words that change nothing ("left",
    /// "unspecified"); turned round as lists of diagnoses do ("Bronchitis, acute"); or as a name with its synonym
    /// ("Heartburn (pyrosis)").
    #[must_use]
    pub fn term_named(&self, wording: &str) -> Option<&'static TermWords> {
        let tables = self.tables();
        let wording = without_chapter_mark(wording);
        named(tables, wording).or_else(|| twice_named(tables, wording)).map(|i| &tables.terms[i])
    }
}

/// Whole wordings go before shortened ones: "Bronchitis, acute" is acute bronchitis and not just bronchitis.
fn named(tables: &Tables, wording: &str) -> Option<usize> {
    let names = &tables.term_names;
    let shortened = |name: &str| tables.term_modifiers.find(name, names, |i| tables.terms[i].explain);
    let name = normalise(wording);
    names.get(&name).or_else(|| {
        let [two, three] = turned(wording);
        let turned = || [&two, &three].into_iter().flatten();
        turned().find_map(|t| names.get(t)).or_else(|| shortened(&name)).or_else(|| turned().find_map(|t| shortened(t)))
    })
}

/// "[X]", "[D]", "[SO]": Read codes mark a chapter so; it says nothing about the problem. A mark "[V]" may make it a
/// history and stays.
fn without_chapter_mark(wording: &str) -> &str {
    ["[X]", "[D]", "[M]", "[SO]"].iter().find_map(|mark| wording.trim_start().strip_prefix(mark)).unwrap_or(wording)
}

/// "Bronchitis, acute", "Fracture, femur, closed": what follows the first comma put first; all parts from last to
/// first.
fn turned(wording: &str) -> [Option<String>; 2] {
    let Some((first, rest)) = wording.split_once(',') else { return [None, None] };
    let three = rest.split_once(',').map(|(second, third)| normalise(&format!("{third} {second} {first}")));
    [Some(normalise(&format!("{rest} {first}"))), three]
}

/// "Gastroesophageal reflux disease (GERD)", "MI - Myocardial infarction": two names of one thing. Taken only where
/// both are known to be the same, or one is the initials of the other.
fn twice_named(tables: &Tables, wording: &str) -> Option<usize> {
    let wording = wording.trim();
    let (one, other) = match wording.strip_suffix([')', ']']) {
        Some(open) => open.rsplit_once(['(', '['])?,
        None => wording.split_once(" - ")?,
    };
    match (named(tables, one), named(tables, other)) {
        (Some(a), Some(b)) => (a == b).then_some(a),
        (Some(a), None) => initials(one, other).then_some(a),
        (None, Some(b)) => initials(other, one).then_some(b),
        (None, None) => None,
    }
}

/// Whether `short` is made of the first letters of the words of `long` ("CKD" of "Chronic kidney disease").
fn initials(long: &str, short: &str) -> bool {
    let first = |word: &str| word.chars().next().map(|c| c.to_ascii_uppercase());
    let small = |word: &&str| !matches!(*word, "and" | "of" | "the" | "in" | "to" | "with");
    let words = |skip: bool| {
        long.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).filter(move |w| !skip || small(w))
    };
    short.trim().len() > 1
        && [true, false].into_iter().any(|skip| words(skip).filter_map(first).eq(short.trim().chars()))
}
