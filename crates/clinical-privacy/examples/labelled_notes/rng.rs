//! A small seeded generator (splitmix64), so that the same seed gives the same bytes everywhere.

/// The state of the generator.
pub(crate) struct Rng(u64);

impl Rng {
    /// A generator whose course depends on the seed alone.
    pub(crate) fn new(seed: u64) -> Rng {
        Rng(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ 0x5851_F42D_4C95_7F2D)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A number below `n`, nought if `n` is nought.
    pub(crate) fn below(&mut self, n: usize) -> usize {
        if n == 0 { 0 } else { (self.next() % n as u64) as usize }
    }

    /// A number from `low` to `high`, both included.
    pub(crate) fn range(&mut self, low: i64, high: i64) -> i64 {
        low + self.below((high - low + 1).max(1) as usize) as i64
    }

    /// True in so many of a hundred cases.
    pub(crate) fn chance(&mut self, percent: u32) -> bool {
        self.below(100) < percent as usize
    }

    /// One of some fixed choices; the slice must not be empty.
    pub(crate) fn of<T: Copy>(&mut self, choices: &[T]) -> T {
        choices[self.below(choices.len())]
    }

    /// The place of one of several weights.
    pub(crate) fn weighted(&mut self, weights: &[u32]) -> usize {
        let mut left = self.below(weights.iter().sum::<u32>() as usize) as u32;
        for (at, weight) in weights.iter().enumerate() {
            if left < *weight {
                return at;
            }
            left -= weight;
        }
        0
    }

    /// So many decimal digits; the first is not nought.
    pub(crate) fn digits(&mut self, count: usize) -> String {
        (0..count).map(|at| char::from(b'0' + self.range(i64::from(at == 0), 9) as u8)).collect()
    }

    /// `#` becomes a digit, `@` a capital letter, `*` either, `%` a hexadecimal digit, everything else stays.
    pub(crate) fn shaped(&mut self, shape: &str) -> String {
        shape
            .chars()
            .map(|c| match c {
                '#' => char::from(b'0' + self.below(10) as u8),
                '@' => char::from(self.of(b"ABCDEFGHJKLMNPRSTUVWXYZ")),
                '*' => char::from(self.of(b"ABCDEFGHJKLMNPRSTUVWXYZ0123456789")),
                '%' => char::from(self.of(b"0123456789abcdef")),
                other => other,
            })
            .collect()
    }
}

/// FNV-1a, for putting an entry into a part by its text alone.
pub(crate) fn hash(text: &str) -> u64 {
    let folded = text.bytes().fold(0xCBF2_9CE4_8422_2325_u64, |h, b| (h ^ u64::from(b)).wrapping_mul(0x0100_0000_01B3));
    (folded ^ (folded >> 29)).wrapping_mul(0xBF58_476D_1CE4_E5B9) >> 32
}
