//! Which words a sentence may have, in sixteen bytes, and which word may stand at a place, in eight.

/// A set of words that knows each word by seven bits of its number: it may take a word for another that is in it, and
/// never misses one. Most patterns are told apart by one look at it.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(super) struct Sketch(u64, u64);

impl Sketch {
    /// Every word.
    pub(super) const ALL: Self = Self(u64::MAX, u64::MAX);

    /// The set with one word more.
    pub(super) const fn with(self, word: u16) -> Self {
        // Neighbours in number are neighbours in the data; the factor parts them.
        let bit = word.wrapping_mul(0x9e37) >> 9;
        let (low, high) = ((bit < 64) as u64, (bit >= 64) as u64);
        Self(self.0 | low << (bit & 63), self.1 | high << (bit & 63))
    }

    /// Whether one of these words may be in it.
    pub(super) const fn may_have_one_of(self, words: Self) -> bool {
        (self.0 & words.0) | (self.1 & words.1) != 0
    }
}

/// A set of words for one place, that knows each word by one of 63 bits; the last bit is for the place behind the end.
/// It may take a word for another that is in it, and never misses one.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(super) struct Near(u64);

impl Near {
    /// Every word, and the end.
    pub(super) const ALL: Self = Self(u64::MAX);
    /// The end.
    pub(super) const END: Self = Self(1 << 63);

    /// The set with one word more.
    pub(super) const fn with(self, word: u16) -> Self {
        Self(self.0 | 1 << ((word.wrapping_mul(0x9e37) as u32 * 63) >> 16))
    }

    /// Whether one of these words may be in it.
    pub(super) const fn may_have_one_of(self, words: Self) -> bool {
        self.0 & words.0 != 0
    }
}

#[cfg(test)]
mod tests {
    use super::{Near, Sketch};

    #[test]
    fn the_end_is_no_word() {
        for word in 0..5_000u16 {
            let one = Near::default().with(word);
            assert!(!one.may_have_one_of(Near::END) && one.may_have_one_of(one) && Near::ALL.may_have_one_of(one));
        }
        assert!(Near::ALL.may_have_one_of(Near::END));
        let others = (1..200u16).filter(|w| Near::default().with(7).may_have_one_of(Near::default().with(7 + w)));
        assert!(others.count() < 12, "words close together are told apart");
    }

    #[test]
    fn a_word_that_is_in_it_is_never_missed() {
        let mut all = Sketch::default();
        assert!(!all.may_have_one_of(Sketch::ALL));
        for word in 0..2_000u16 {
            let one = Sketch::default().with(word);
            all = all.with(word);
            assert!(all.may_have_one_of(one) && one.may_have_one_of(one));
        }
        let others = (1..200u16).filter(|w| Sketch::default().with(7).may_have_one_of(Sketch::default().with(7 + w)));
        assert!(others.count() < 6, "words close together are told apart");
    }
}
