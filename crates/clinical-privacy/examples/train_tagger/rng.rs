//! A small seeded generator (splitmix64), so that the same seed gives the same bytes everywhere.

/// The state of the generator.
pub(crate) struct Rng(u64);

impl Rng {
    /// A generator whose course depends on the seed alone.
    pub(crate) const fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ 0x5851_F42D_4C95_7F2D)
    }

    /// The next number.
    pub(crate) const fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A number below `n`, nought if `n` is nought.
    pub(crate) const fn below(&mut self, n: usize) -> usize {
        if n == 0 { 0 } else { (self.next() % n as u64) as usize }
    }

    /// True in so many of a hundred cases.
    pub(crate) const fn chance(&mut self, percent: u32) -> bool {
        self.below(100) < percent as usize
    }

    /// One of some choices; the slice must not be empty.
    pub(crate) fn of<'a, T>(&mut self, choices: &'a [T]) -> &'a T {
        &choices[self.below(choices.len())]
    }
}
