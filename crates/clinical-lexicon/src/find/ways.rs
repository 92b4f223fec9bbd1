//! Ways from word to word.

use super::vocabulary::WordId;

/// A place among the ways from word to word.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Place(u32);

/// Ways from word to word, numbered level by level: the places behind a place stand beside each other, sorted.
#[derive(Debug)]
pub struct Ways {
    /// For each word, the place that it begins; 0 for none.
    pub(crate) roots: &'static [u32],
    /// For each place, the first place behind it; one more than there are places.
    pub(crate) first: &'static [u32],
    /// For each place, the word that leads to it.
    pub(crate) words: &'static [u16],
    /// For each place, what ends there; 0 for nothing.
    pub(crate) ends: &'static [u16],
}

impl Ways {
    /// The place that a word begins.
    #[must_use]
    pub fn begin(&self, word: WordId) -> Option<Place> {
        self.roots.get(usize::from(word.0)).filter(|place| **place != 0).map(|place| Place(*place))
    }

    /// The place behind a place.
    #[must_use]
    pub fn step(&self, place: Place, word: WordId) -> Option<Place> {
        let at = place.0 as usize;
        let (from, to) = (*self.first.get(at)? as usize, *self.first.get(at + 1)? as usize);
        let behind = self.words.get(from..to)?;
        behind.binary_search(&word.0).ok().map(|n| Place((from + n) as u32))
    }

    /// For each word, whether it leads on from a place that another word began.
    pub(super) fn within(&self) -> Vec<bool> {
        let mut within = vec![false; self.roots.len()];
        // The places that words begin come first, and those behind them after.
        let behind = self.first.get(1).and_then(|first| self.words.get(*first as usize..)).unwrap_or_default();
        for word in behind {
            if let Some(is) = within.get_mut(usize::from(*word)) {
                *is = true;
            }
        }
        within
    }

    pub(super) fn end(&self, place: Place) -> Option<usize> {
        self.ends.get(place.0 as usize).filter(|end| **end != 0).map(|end| usize::from(*end) - 1)
    }
}
