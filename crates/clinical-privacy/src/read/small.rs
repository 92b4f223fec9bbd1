//! A word in small letters, to be held against a few others, without memory of its own on the heap.

/// The longest word that is looked for so.
const MOST: usize = 24;

/// A word in small letters (of ASCII); empty where it is longer than any that is looked for.
pub(crate) struct Small {
    letters: [u8; MOST],
    length: usize,
}

impl Small {
    pub(super) fn of(word: &str) -> Self {
        let mut letters = [0; MOST];
        let length = if word.len() <= MOST { word.len() } else { 0 };
        for (small, letter) in letters.iter_mut().zip(word.as_bytes()).take(length) {
            *small = letter.to_ascii_lowercase();
        }
        Self { letters, length }
    }

    /// Its bytes.
    pub(crate) fn bytes(&self) -> &[u8] {
        self.letters.get(..self.length).unwrap_or(&[])
    }

    /// Is it one of those?
    pub(crate) fn is(&self, words: &[&str]) -> bool {
        words.iter().any(|word| word.as_bytes() == self.bytes())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_held_in_small_letters_and_a_long_one_is_none() {
        assert!(Small::of("ThAnKs").is(&["by", "thanks"]));
        assert!(!Small::of("thank").is(&["thanks", "than"]));
        assert_eq!(Small::of("É").bytes(), "É".as_bytes());
        assert_eq!(Small::of("").bytes(), b"");
        assert_eq!(Small::of(&"a".repeat(MOST)).bytes().len(), MOST);
        assert_eq!(Small::of(&"a".repeat(MOST + 1)).bytes(), b"");
    }
}
