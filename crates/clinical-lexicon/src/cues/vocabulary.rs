//! The words of the patterns and lists, found by a hash that knows no case.

use super::Cues;

/// Words by their numbers.
#[derive(Debug, Default)]
pub(super) struct Vocabulary {
    words: Vec<String>,
    /// Open addressing: numbers of words, `EMPTY` where there is none. The length is a power of two, at most half full.
    slots: Vec<u16>,
}

const EMPTY: u16 = u16::MAX;

fn lower(byte: u8) -> u8 {
    byte.to_ascii_lowercase()
}

/// FNV-1a over the bytes in lower case; both apostrophes are the same.
fn hash(word: &str) -> usize {
    let mut hash = 0x811c_9dc5_u32;
    for byte in plain(word) {
        hash = (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193);
    }
    hash as usize ^ (hash as usize >> 15)
}

/// The bytes of a word in lower case, with a plain apostrophe for the printer's one (U+2019, E2 80 99).
fn plain(word: &str) -> impl Iterator<Item = u8> {
    let bytes = word.as_bytes();
    let mut at = 0;
    std::iter::from_fn(move || {
        let byte = *bytes.get(at)?;
        if byte == 0xe2 && bytes.get(at..at + 3) == Some(&[0xe2, 0x80, 0x99]) {
            at += 3;
            return Some(b'\'');
        }
        at += 1;
        Some(lower(byte))
    })
}

/// Whether a word is a known one, which stands in lower case with plain apostrophes.
fn is_same(known: &str, word: &str) -> bool {
    if word.is_ascii() { known.eq_ignore_ascii_case(word) } else { known.bytes().eq(plain(word)) }
}

impl Vocabulary {
    pub(super) fn len(&self) -> usize {
        self.words.len()
    }

    /// Every word, in the order of the numbers.
    pub(super) fn all(&self) -> impl Iterator<Item = &str> {
        self.words.iter().map(String::as_str)
    }

    /// Whether a number is that of a mark.
    pub(super) fn is_mark(&self, word: u16) -> bool {
        word == Cues::MARK
            || word > Cues::MARK
                && self.words.get(usize::from(word)).is_some_and(|w| !w.starts_with(char::is_alphanumeric))
    }

    /// Whether a gap of so many words ends before it.
    pub(super) fn ends_gap(&self, word: u16, most: usize) -> bool {
        let is_passed = |w: &String| matches!(w.as_str(), "." | "-" | "/") || w == "," && most > 3;
        self.is_mark(word) && !self.words.get(usize::from(word)).is_some_and(is_passed)
    }

    pub(super) fn find(&self, word: &str) -> Option<u16> {
        let mask = self.slots.len().checked_sub(1)?;
        let mut slot = hash(word) & mask;
        loop {
            let number = *self.slots.get(slot)?;
            if number == EMPTY {
                return None;
            }
            if self.words.get(usize::from(number)).is_some_and(|w| is_same(w, word)) {
                return Some(number);
            }
            slot = (slot + 1) & mask;
        }
    }

    /// The number of a word, given to it now if it has none.
    pub(super) fn add(&mut self, word: &str) -> u16 {
        if let Some(number) = self.find(word) {
            return number;
        }
        let number = u16::try_from(self.words.len()).unwrap_or(EMPTY);
        if number == EMPTY {
            return 0;
        }
        self.words.push(plain(word).map(char::from).collect::<String>());
        if let Some(last) = self.words.last_mut()
            && !word.is_ascii()
        {
            *last = word.to_lowercase().replace('\u{2019}', "'");
        }
        if self.words.len() * 2 > self.slots.len() {
            self.grow();
        } else {
            self.place(number);
        }
        number
    }

    fn grow(&mut self) {
        self.slots = vec![EMPTY; (self.slots.len() * 2).max(64)];
        for number in 0..self.words.len() {
            self.place(u16::try_from(number).unwrap_or(EMPTY));
        }
    }

    fn place(&mut self, number: u16) {
        let mask = self.slots.len() - 1;
        let mut slot = self.words.get(usize::from(number)).map_or(0, |w| hash(w)) & mask;
        while self.slots.get(slot).is_some_and(|s| *s != EMPTY) {
            slot = (slot + 1) & mask;
        }
        if let Some(place) = self.slots.get_mut(slot) {
            *place = number;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Vocabulary;

    #[test]
    fn words_are_found_whatever_their_case() {
        let mut words = Vocabulary::default();
        let numbers: Vec<u16> = (0..500).map(|i| words.add(&format!("word{i}"))).collect();
        assert!((0..500).all(|i| words.find(&format!("WORD{i}")) == Some(numbers[i])));
        assert_eq!(words.find("word500"), None);
        let dont = words.add("don't");
        assert_eq!(words.find("Don\u{2019}t"), Some(dont));
        let arrow = words.add("→");
        assert!(words.find("→") == Some(arrow) && words.is_mark(arrow) && !words.is_mark(dont));
    }
}
