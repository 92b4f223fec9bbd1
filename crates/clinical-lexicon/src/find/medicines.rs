//! Medicines in the name of a product.

use crate::tables::Tables;
use crate::{Lexicon, MedicineWords, names};

/// A medicine found in a name.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct MedicineHit<'l> {
    /// Its words.
    pub words: &'l MedicineWords,
}

/// The place of words that hold the name of a medicine and are none ("insulin syringe").
const NO_MEDICINE: u16 = u16::MAX;

/// Entries in order, each once. Places after the last entry of the table stand for ingredients without words of their
/// own ("clavulanate"), which only count as parts of a combination.
struct Hits {
    entries: [u16; Self::MOST],
    count: usize,
}

impl Lexicon {
    /// The medicines that a name speaks of, in order: whole words, longest names first, strengths and forms between
    /// them ignored. A salt beside its ingredient ("naproxen sodium") is not a medicine of its own. Where the lexicon
    /// knows exactly this combination, or the name gives its brand too, it is the one hit for its ingredients.
    ///
    /// For names of medicines only, never for running text: brands are people's names and common words too.
    #[must_use]
    pub fn medicines(&self, name: &str) -> Vec<MedicineHit<'_>> {
        let tables = self.tables();
        let mut hits = Hits::in_name(tables, name);
        hits.combine(tables);
        let words = hits.all().iter().filter_map(|entry| tables.medicines.get(usize::from(*entry)));
        words.map(|words| MedicineHit { words }).collect()
    }
}

impl Hits {
    /// More ingredients than any product has.
    const MOST: usize = 64;

    fn in_name(tables: &Tables, name: &str) -> Self {
        let (name, apart) = names::normalise_with_gaps(name);
        let mut hits = Self { entries: [0; Self::MOST], count: 0 };
        let (mut at, mut word) = (0, 0u32);
        let mut beside = false;
        while at < name.len() {
            let rest = &name[at..];
            let Some((length, entry)) = tables.medicine_names.longest(rest) else {
                let next = rest.find(' ').unwrap_or(rest.len());
                // "atorvastatin (as calcium)"
                beside = beside && &rest[..next] == "as";
                at += next + 1;
                word = word.saturating_add(1);
                continue;
            };
            let found = &rest[..length];
            let listed = apart.checked_shr(word).is_none_or(|gaps| gaps & 1 == 1);
            let salt = beside && !listed && tables.salts.get(found).is_some();
            if !salt && entry != NO_MEDICINE {
                hits.add(entry);
            }
            beside = entry != NO_MEDICINE;
            word = word.saturating_add(found.split(' ').fold(0, |n, _| n + 1));
            at += length + 1;
        }
        hits
    }

    fn all(&self) -> &[u16] {
        &self.entries[..self.count]
    }

    fn add(&mut self, entry: u16) {
        if self.count < Self::MOST && !self.all().contains(&entry) {
            self.entries[self.count] = entry;
            self.count += 1;
        }
    }

    /// Puts a known combination in place of its ingredients.
    fn combine(&mut self, tables: &Tables) {
        if self.count < 2 {
            return;
        }
        for (parts, whole) in tables.combinations {
            if parts.len() == self.count && parts.iter().all(|p| self.all().contains(p)) {
                (self.entries[0], self.count) = (*whole, 1);
            } else if self.all().contains(whole) {
                self.remove(parts);
            }
        }
    }

    fn remove(&mut self, parts: &[u16]) {
        let mut kept = 0;
        for at in 0..self.count {
            if !parts.contains(&self.entries[at]) {
                self.entries[kept] = self.entries[at];
                kept += 1;
            }
        }
        self.count = kept;
    }
}
