//! The weights that training left: one set for ordinary writing, one for text whose capitals say nothing.
//!
//! The file: eight bytes of name; the version of the features; for each set the logarithm of the size of its first table,
//! that of its second, and its limits; then the tables. The first has one weight of a byte in each slot: how much a
//! feature speaks for an identity at all. The second, asked of identities only, has three: how much it speaks for a
//! facility, an employer and a place, against a person's name.

use super::features::VERSION;
use crate::kind::Kind;

static FILE: &[u8] = include_bytes!("../../../data/tagger.bin");

/// What the file begins with.
const NAME: &[u8; 8] = b"tagger\0\x01";

/// Bytes before the tables.
const HEAD: usize = 8 + 11 * 4;

/// The kinds that the weights of the second table speak for.
const KINDS: [Kind; 3] = [Kind::Facility, Kind::Employer, Kind::City];

/// The largest table, as a logarithm.
const LARGEST: i32 = 21;

/// One set.
#[derive(Clone, Copy)]
pub(super) struct Set {
    identity: &'static [u8],
    kinds: &'static [u8],
    threshold: i32,
    /// A find of the rules of which no word reaches this is let go.
    doubt: i32,
    /// A word that stays below at a glance is not looked at further.
    glance: i32,
}

/// Both sets: for ordinary writing, and for the rest.
pub(super) struct Weights {
    usual: Set,
    uncased: Set,
}

impl Weights {
    /// Reads the file; `None` where it is not of this version, so that nothing is tagged by weights of other features.
    pub(super) fn read() -> Option<Self> {
        Self::parse(FILE)
    }

    fn parse(file: &'static [u8]) -> Option<Self> {
        let number = |nth: usize| {
            let at = 8 + nth * 4;
            file.get(at..at + 4).and_then(|b| b.try_into().ok()).map(i32::from_le_bytes)
        };
        if file.get(..8)? != NAME || number(0)?.unsigned_abs() != VERSION {
            return None;
        }
        let mut at = HEAD;
        let mut table = |bits: i32, slot: usize| {
            if !(1..=LARGEST).contains(&bits) {
                return None;
            }
            let start = at;
            at += slot << bits;
            file.get(start..at)
        };
        let mut set = |from: usize| {
            let (identity, kinds) = (table(number(from)?, 1)?, table(number(from + 1)?, 3)?);
            let (threshold, doubt, glance) = (number(from + 2)?, number(from + 3)?, number(from + 4)?);
            Some(Set { identity, kinds, threshold, doubt, glance })
        };
        let (usual, uncased) = (set(1)?, set(6)?);
        (at == file.len()).then_some(Self { usual, uncased })
    }

    /// The set for a line whose capitals say something, or nothing.
    pub(super) const fn of(&self, usual: bool) -> &Set {
        if usual { &self.usual } else { &self.uncased }
    }
}

/// The slot of a feature in a table of so many.
#[inline]
const fn slot(feature: u64, slots: usize) -> usize {
    (((feature >> 32) * slots as u64) >> 32) as usize
}

fn weight(table: &[u8], at: usize) -> i32 {
    table.get(at).map_or(0, |w| i32::from(*w as i8))
}

impl Set {
    /// May a word that has these features at a glance tell who somebody is?
    pub(super) fn is_promising(&self, glance: &[u64]) -> bool {
        self.sum(glance) >= self.glance
    }

    /// Does the find of a rule hold, by the features of one of its words?
    pub(super) fn holds(&self, features: &[u64]) -> bool {
        self.sum(features) >= self.doubt
    }

    /// How much a word's features speak for an identity.
    fn sum(&self, features: &[u64]) -> i32 {
        features.iter().map(|f| weight(self.identity, slot(*f, self.identity.len()))).sum()
    }

    /// What a word with these features is, if it tells who somebody is.
    pub(super) fn decide(&self, features: &[u64]) -> Option<Kind> {
        if self.sum(features) < self.threshold {
            return None;
        }
        let mut sums = [0i32; 3];
        for feature in features {
            let at = slot(*feature, self.kinds.len() / 3) * 3;
            for (nth, sum) in sums.iter_mut().enumerate() {
                *sum += weight(self.kinds, at + nth);
            }
        }
        let mut best = (0, Kind::Name);
        for (sum, kind) in sums.into_iter().zip(KINDS) {
            if sum > best.0 {
                best = (sum, kind);
            }
        }
        Some(best.1)
    }
}
