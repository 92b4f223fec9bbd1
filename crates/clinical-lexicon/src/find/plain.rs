//! A table of plain words: letters, digits or one mark of ASCII, of sixteen bytes at most, without an apostrophe. A
//! word is compared as one number, whatever its case.

/// What is known of each of some plain words.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct PlainTable<V> {
    /// Open addressing: a power of two of places, at most two thirds of them taken.
    slots: Vec<(Plain, V)>,
    shift: u32,
}

/// A plain word as two numbers; nothing is no word.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
struct Plain {
    low: u64,
    high: u64,
}

const WIDTH: usize = size_of::<u128>();
/// In every byte the two bits that tell letters from other signs, and the bit that small letters have.
const TELLING: u128 = u128::from_ne_bytes([0xc0; WIDTH]);
const LETTER: u128 = u128::from_ne_bytes([0x40; WIDTH]);
const SMALL: u128 = u128::from_ne_bytes([0x20; WIDTH]);
const BEYOND: u128 = u128::from_ne_bytes([0x80; WIDTH]);

impl Plain {
    /// The bytes of `text` from `start` to `end`. A word of letters is made small; `None` for what is not plain.
    fn read(text: &str, start: usize, end: usize, is_word: bool) -> Option<Self> {
        let length = end.checked_sub(start).filter(|length| (1..=WIDTH).contains(length))?;
        let bytes = text.as_bytes();
        let whole = match bytes.get(start..start + WIDTH).and_then(|b| <[u8; WIDTH]>::try_from(b).ok()) {
            Some(bytes) => u128::from_le_bytes(bytes),
            // The last words of a text.
            None => bytes.get(start..end)?.iter().rev().fold(0, |sum, byte| sum << 8 | u128::from(*byte)),
        };
        let mask = u128::MAX >> (8 * (WIDTH - length));
        let word = whole & mask;
        let word = if is_word {
            // Letters and nothing else: no apostrophe, nothing beyond ASCII.
            (word & TELLING == LETTER & mask).then_some(word | SMALL & mask)?
        } else {
            (word & BEYOND == 0 && word != u128::from(b'\'')).then_some(word)?
        };
        Some(Self { low: word as u64, high: (word >> 64) as u64 })
    }

    const fn mixed(self, shift: u32) -> usize {
        let mixed = self.low ^ self.high.wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(23);
        (mixed.wrapping_mul(0xd6e8_feb8_6659_fd93) >> shift) as usize
    }
}

impl<V: Copy> PlainTable<V> {
    /// A table with room for so many words, of which nothing is known but `nothing`.
    pub(crate) fn new(most: usize, nothing: V) -> Self {
        let places = (most + most / 2).next_power_of_two().max(2);
        Self { slots: vec![(Plain::default(), nothing); places], shift: u64::BITS - places.trailing_zeros() }
    }

    /// What is known of a word in the table, to be changed; `None` for a word that is not plain.
    pub(crate) fn entry(&mut self, word: &str) -> Option<&mut V> {
        let is_word = word.bytes().all(|b| b.is_ascii_lowercase());
        let plain = Plain::read(word, 0, word.len(), is_word).filter(|plain| *plain != Plain::default())?;
        let at = self.place(plain);
        let slot = self.slots.get_mut(at)?;
        slot.0 = plain;
        Some(&mut slot.1)
    }

    /// Where a word stands, or would stand.
    fn place(&self, plain: Plain) -> usize {
        let mask = self.slots.len() - 1;
        let mut at = plain.mixed(self.shift);
        while self.slots.get(at).is_some_and(|(known, _)| *known != plain && *known != Plain::default()) {
            at = (at + 1) & mask;
        }
        at
    }

    /// What is known of the word, number or mark in these bytes of a text, any case; `None` where it is not plain.
    pub(crate) fn find(&self, text: &str, start: usize, end: usize, is_word: bool) -> Option<V> {
        let plain = Plain::read(text, start, end, is_word)?;
        self.slots.get(self.place(plain)).map(|(_, known)| *known)
    }
}
