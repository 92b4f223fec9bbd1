//! Names of the lexicon at a place of a sentence.

use super::Items;
use crate::note::words::Kind;
use clinical_lexicon::{Class, Lexicon, NameEnd};
use clinical_model::CodeSystem;

/// A name that begins at an item.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Named {
    /// The item behind its last.
    pub(crate) to: usize,
    pub(crate) end: NameEnd,
}

/// The longest name that begins at an item, of any kind, whole words only.
pub(crate) fn at(items: &Items<'_>, from: usize, lexicon: &Lexicon) -> Option<Named> {
    // Most words begin none.
    items.get(from).filter(|item| item.begins_name)?;
    up_to(items, from, usize::MAX, lexicon)
}

/// The longest such name that ends at an item or before.
pub(crate) fn up_to(items: &Items<'_>, from: usize, to: usize, lexicon: &Lexicon) -> Option<Named> {
    let first = items.get(from).filter(|item| item.begins_name && item.kind != Kind::Mark)?;
    let vocabulary = lexicon.vocabulary();
    let ways = vocabulary.names();
    let mut place = ways.begin(first.word)?;
    if !items.begins(from) {
        return None;
    }
    let mut best = None;
    let mut last = from;
    loop {
        if let Some(end) = vocabulary.name_end(place).filter(|_| items.ends(last)) {
            best = Some(Named { to: last + 1, end });
        }
        let Some(next) = items.next_word(last).filter(|next| *next < to) else { break };
        let next_item = items.get(next).filter(|item| item.is_within_name);
        let Some(behind) = next_item.and_then(|item| ways.step(place, item.word)) else { break };
        (place, last) = (behind, next);
    }
    best.filter(|named| named.to > from + 1 || is_written_so(items, from))
}

/// Whether a short form that is a word too stands in capitals ("ALS").
pub(crate) fn is_written_so(items: &Items<'_>, at: usize) -> bool {
    !items.class(at).is(Class::CAPITALS) || items.text(at).chars().all(char::is_uppercase)
}

/// The lexicon's own name and code of a problem or procedure.
pub(crate) fn term(lexicon: &Lexicon, end: NameEnd) -> Option<(&'static str, Option<(CodeSystem, &'static str)>)> {
    let term = lexicon.term_at(end)?;
    Some((term.name, term.snomed.first().map(|code| (CodeSystem::Snomed, code))))
}

/// The lexicon's own name and code of a medicine.
pub(crate) fn medicine(lexicon: &Lexicon, end: NameEnd) -> Option<(&'static str, Option<(CodeSystem, &'static str)>)> {
    let medicine = lexicon.medicine_at(end)?;
    Some((medicine.name, medicine.rxnorm.first().map(|code| (CodeSystem::RxNorm, code))))
}

/// The lexicon's own name and code of a test.
pub(crate) fn test(lexicon: &Lexicon, end: NameEnd) -> Option<(&'static str, Option<(CodeSystem, &'static str)>)> {
    let test = lexicon.test_at(end)?;
    Some((test.name, test.loinc.first().map(|code| (CodeSystem::Loinc, code))))
}
