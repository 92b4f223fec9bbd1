// The key of a word: a 64-bit digest of its letters, folded to lower-case ASCII. Shared by the build script, which
// makes the tables, and the reader, which asks them (`include!`d there, so no inner attributes or `use` here).

/// Digest of the letters that came so far. Two words of the lists never share a key; the build refuses it.
#[derive(Clone, Copy)]
pub(crate) struct Keyer(u64);

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
