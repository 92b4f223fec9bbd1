//! Eight bytes of text looked at in one go: how many letters and digits they begin with, and of what sort these are.
//!
//! A number of 64 bits holds them, the first lowest; what is asked of each byte is answered in its highest bit.

/// The highest bit of each byte.
const HIGH: u64 = repeated(0x80);

/// The byte eight times.
const fn repeated(byte: u8) -> u64 {
    u64::from_le_bytes([byte; 8])
}

/// Eight bytes, of which the first `length` are ASCII letters and digits.
pub(super) struct Eight {
    text: u64,
    pub(super) length: u32,
    /// Of the letters and digits at the beginning those that are small letters.
    pub(super) small: u64,
    pub(super) capitals: u64,
    pub(super) digits: u64,
}

impl Eight {
    /// Those from `at` on; behind the end of the text stand noughts.
    #[inline]
    pub(super) fn at(bytes: &[u8], at: usize) -> Self {
        match bytes.get(at..at + 8) {
            Some(&[a, b, c, d, e, f, g, h]) => Self::of(u64::from_le_bytes([a, b, c, d, e, f, g, h])),
            _ => Self::of(last(bytes, at)),
        }
    }

    #[inline]
    const fn of(text: u64) -> Self {
        let low = text & !HIGH;
        let letter = between(low | repeated(0x20), b'a', b'z');
        let digit = between(low, b'0', b'9');
        // The bytes that are neither or none of ASCII, and those before the first of them. Where the next word is looked for
        // waits for this: few steps.
        let other = (!(letter ^ digit) | text) & HIGH;
        let inside = other.wrapping_sub(1) & !other & HIGH;
        let (letter, small) = (letter & inside, text << 2);
        Self {
            text,
            length: other.trailing_zeros() / 8,
            small: letter & small,
            capitals: letter & !small,
            digits: digit & inside,
        }
    }

    /// Its letters made small; what is no letter or digit is spoilt.
    #[inline]
    pub(super) const fn folded(&self) -> u64 {
        self.text | repeated(0x20)
    }

    /// The byte behind the letters and digits, where they are fewer than eight.
    #[inline]
    pub(super) const fn behind(&self) -> u8 {
        (self.text >> (8 * (self.length & 7))) as u8
    }
}

/// Which bytes, all below 0x80, lie between two? Told in their highest bits; the others are of no meaning.
#[inline]
const fn between(bytes: u64, first: u8, last: u8) -> u64 {
    // What is above the last is above the first, too.
    (bytes + repeated(0x80 - first)) ^ (bytes + repeated(0x7f - last))
}

/// The last bytes of a text, fewer than eight.
#[cold]
fn last(bytes: &[u8], at: usize) -> u64 {
    let mut eight = [0; 8];
    eight.iter_mut().zip(bytes.get(at..).unwrap_or(&[])).for_each(|(to, from)| *to = *from);
    u64::from_le_bytes(eight)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_byte_is_told_by_its_sort_wherever_it_stands() {
        for byte in 0..=u8::MAX {
            for place in 0..8 {
                let mut bytes = *b"aB3dE6gH";
                bytes[place] = byte;
                let eight = Eight::at(&bytes, 0);
                let length = bytes.iter().take_while(|b| b.is_ascii_alphanumeric()).count();
                assert_eq!(eight.length as usize, length, "{byte}");
                for (nth, b) in bytes.iter().enumerate() {
                    let told = |bits: u64| bits >> (8 * nth + 7) & 1 == 1;
                    let inside = nth < length;
                    assert_eq!(told(eight.small), inside && b.is_ascii_lowercase(), "{byte}");
                    assert_eq!(told(eight.capitals), inside && b.is_ascii_uppercase(), "{byte}");
                    assert_eq!(told(eight.digits), inside && b.is_ascii_digit(), "{byte}");
                }
                assert!(length == 8 || eight.behind() == bytes[length]);
            }
        }
    }

    #[test]
    fn behind_the_end_of_a_text_stands_nothing() {
        let eight = Eight::at(b"Ann", 1);
        assert_eq!((eight.length, eight.behind()), (2, 0));
        assert_eq!(Eight::at(b"Ann", 3).length, 0);
    }
}
