//! Medicines in the name of a product.

use crate::tables::Tables;
use crate::{Lexicon, MedicineWords, names};

/// A medicine found in a name.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct MedicineHit<'l> {
    /// Its words.
    pub words: &'l MedicineWords,
    /// Its place in the table.
    entry: u16,
}

impl Lexicon {
    /// The medicines that a name speaks of, in order: whole words, longest names first, strengths and forms between
    /// them ignored. A salt beside its ingredient ("naproxen sodium") is not a medicine of its own. Where the lexicon
    /// knows exactly this combination, or the name gives its brand too, it is the one hit for its ingredients.
    #[must_use]
    pub fn medicines(&self, name: &str) -> Vec<MedicineHit<'_>> {
        let tables = self.tables();
        let mut hits = in_name(tables, name);
        if hits.len() > 1 {
            combine(tables, &mut hits);
        }
        hits
    }
}

fn in_name(tables: &'static Tables, name: &str) -> Vec<MedicineHit<'static>> {
    let (name, apart) = names::normalise_with_gaps(name);
    let mut hits = Vec::new();
    let (mut at, mut word) = (0, 0u32);
    let mut beside = false;
    while at < name.len() {
        let rest = &name[at..];
        let next = rest.find(' ').unwrap_or(rest.len());
        let Some((length, entry)) = tables.medicine_names.longest(rest) else {
            // "atorvastatin (as calcium)"
            beside = beside && &rest[..next] == "as";
            at += next + 1;
            word += 1;
            continue;
        };
        let found = &rest[..length];
        let separated = apart.checked_shr(word).is_none_or(|gaps| gaps & 1 == 1);
        let salt = beside && !separated && tables.salts.get(found).is_some();
        if let (false, Ok(entry)) = (salt, u16::try_from(entry)) {
            if !hits.iter().any(|h: &MedicineHit<'_>| h.entry == entry) {
                hits.push(MedicineHit { words: &tables.medicines[usize::from(entry)], entry });
            }
        }
        beside = true;
        word = word.saturating_add(u32::try_from(found.matches(' ').count() + 1).unwrap_or(u32::MAX));
        at += length + 1;
    }
    hits
}

/// Puts a known combination in place of its ingredients.
fn combine(tables: &'static Tables, hits: &mut Vec<MedicineHit<'static>>) {
    let has = |hits: &[MedicineHit<'_>], part: &u16| hits.iter().any(|h| h.entry == *part);
    for (parts, whole) in tables.combinations {
        let all = parts.iter().all(|p| has(hits, p));
        if all && parts.len() == hits.len() {
            hits.clear();
            hits.push(MedicineHit { words: &tables.medicines[usize::from(*whole)], entry: *whole });
        } else if has(hits, whole) {
            hits.retain(|h| !parts.contains(&h.entry));
        }
    }
}
