//! Which words a sentence may have, in sixteen bytes.

/// A set of words that knows each word by seven bits of its number: it may take a word for another that is in it, and
/// never misses one. Most patterns are told apart by one look at it.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(super) struct Sketch(u128);

impl Sketch {
    /// Every word.
    pub(super) const ALL: Self = Self(u128::MAX);

    /// The set with one word more.
    pub(super) const fn with(self, word: u16) -> Self {
        // Neighbours in number are neighbours in the data; the factor parts them.
        Self(self.0 | 1 << (word.wrapping_mul(0x9e37) >> 9))
    }

    /// Whether one of these words may be in it.
    pub(super) const fn may_have_one_of(self, words: Self) -> bool {
        self.0 & words.0 != 0
    }
}

#[cfg(test)]
mod tests {
    use super::Sketch;

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
