// The key of a word: a 64-bit digest of its letters, folded to lower-case ASCII. Shared by the build script, which
// makes the tables, and the reader, which asks them (`include!`d there, so no inner attributes or `use` here).

/// Digest of the letters that came so far. Two words of the lists never share a key; the build refuses it.
#[derive(Clone, Copy)]
pub(crate) struct Keyer(u64);

impl Default for Keyer {
    fn default() -> Self {
        Self::new()
    }
}

impl Keyer {
    /// No letters yet.
    #[inline]
    pub(crate) const fn new() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }

    /// One more letter or digit, already folded to lower-case ASCII.
    #[inline]
    pub(crate) const fn add(self, folded: u8) -> Self {
        Self((self.0 ^ folded as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(23))
    }

    /// The first `count` of eight letters or digits, the first of them lowest, already folded. Each step is made for all
    /// eight and the one that counts is taken: how long a word is cannot be foretold, and a wrong guess costs more than the
    /// steps.
    #[inline]
    pub(crate) fn add_first(self, eight: u64, count: u32) -> Self {
        let mut steps = [self; 9];
        for nth in 0..8 {
            steps[nth + 1] = steps[nth].add((eight >> (8 * nth)) as u8);
        }
        steps.get(count as usize).copied().unwrap_or(steps[8])
    }

    /// The key.
    #[inline]
    pub(crate) const fn finish(self) -> u64 {
        let mixed = (self.0 ^ (self.0 >> 32)).wrapping_mul(0xd6e8_feb8_6659_fd93);
        mixed ^ (mixed >> 32)
    }
}

/// The key of a whole word in folded spelling.
pub(crate) fn key_of(folded: &str) -> u64 {
    folded.bytes().filter(u8::is_ascii_alphanumeric).fold(Keyer::new(), |k, b| k.add(b.to_ascii_lowercase())).finish()
}

/// The key of a phrase, from the key of the words before and the next word's key.
#[inline]
pub(crate) const fn phrase_key(before: u64, word: u64) -> u64 {
    (before ^ word).wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(29)
}

/// How many bits a filter of the first words of a few phrases has: nearly all other words miss it.
pub(crate) const FILTER_BITS: u64 = 1 << 12;

/// The group of a key in the table of words, where there are so many.
#[inline]
pub(crate) const fn group_of(key: u64, groups: u64) -> u64 {
    ((key >> 32) * groups) >> 32
}

/// The one place of a key in the table of words, where there are so many, by how far its group was moved.
#[inline]
pub(crate) const fn place_of(key: u64, moved: u16, places: u64) -> u64 {
    let mixed = (key ^ (moved as u64).wrapping_mul(0xff51_afd7_ed55_8ccd)).wrapping_mul(0xa076_1d64_78bd_642f);
    ((mixed >> 32) * places) >> 32
}
