//! Flesch-Kincaid reading grade of our own words.
//!
//! grade = 0.39 × words/sentences + 11.8 × syllables/words − 15.59 (Kincaid et al., 1975). Syllables are counted by
//! the usual vowel-group rules; on single words they may be off by one, over a page the errors even out.

/// Running counts over many pieces of text.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Readability {
    words: u32,
    sentences: u32,
    syllables: u32,
}

/// A measured grade.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Reading {
    /// US school grade. Zero words have grade 0.
    pub grade: f64,
    /// How many words were measured.
    pub words: u32,
}

impl Readability {
    /// Adds text that ends where its last sentence ends: a heading, a label, a line.
    pub fn add(&mut self, text: &str) {
        let mut open = false;
        let bytes = text.as_bytes();
        let mut at = 0;
        while at < bytes.len() {
            if bytes[at].is_ascii_alphabetic() {
                let end = bytes[at..]
                    .iter()
                    .position(|b| !(b.is_ascii_alphabetic() || *b == b'\''))
                    .map_or(bytes.len(), |n| at + n);
                self.words += 1;
                self.syllables += syllables(&bytes[at..end]);
                open = true;
                at = end;
            } else {
                let ends = matches!(bytes[at], b'.' | b'!' | b'?' | b':' | b';')
                    && bytes.get(at + 1).is_none_or(u8::is_ascii_whitespace);
                if open && ends {
                    self.sentences += 1;
                    open = false;
                }
                at += 1;
            }
        }
        self.sentences += u32::from(open);
    }

    /// The grade of everything added.
    #[must_use]
    pub fn reading(&self) -> Reading {
        if self.words == 0 {
            return Reading { grade: 0.0, words: 0 };
        }
        let words = f64::from(self.words);
        let grade = 0.39 * words / f64::from(self.sentences.max(1)) + 11.8 * f64::from(self.syllables) / words - 15.59;
        Reading { grade: grade.max(0.0), words: self.words }
    }
}

/// No English word is longer; what is, is cut for counting.
const LONGEST: usize = 64;

/// Letters as the bits of a number, `a` first.
const fn set(letters: &[u8]) -> u32 {
    let (mut bits, mut i) = (0, 0);
    while i < letters.len() {
        bits |= 1 << (letters[i] - b'a');
        i += 1;
    }
    bits
}

const VOWELS: u32 = set(b"aeiouy");
/// What an `i` before it is split from.
const SPLITS: u32 = set(b"aou");
/// What glues an `i` behind it to the next letter ("tion", "cial").
const GLUES: u32 = set(b"tscgx");

fn is_vowel(b: u8) -> bool {
    b.is_ascii_lowercase() && (VOWELS >> (b - b'a')) & 1 == 1
}

/// Syllables of one word. Vowel groups; a silent final e, es or ed taken off; "ia", "io", "iu" split except after
/// c, g, s, t and x ("tion", "cial").
fn syllables(word: &[u8]) -> u32 {
    // The last four letters, and how many there were.
    let (mut last, mut length) = ([0u8; 4], 0);
    let mut count = 0;
    // Of the letters before: whether the last is a vowel, whether it is an `i`, what glues.
    let (mut vowel, mut after_i, mut glue, mut glued) = (0, 0, 0, 0);
    for letter in word.iter().map(|b| b | 0x20).filter(u8::is_ascii_lowercase).take(LONGEST) {
        let bit = |letters: u32| (letters >> (letter - b'a')) & 1;
        count += bit(VOWELS) & !vowel;
        count += bit(SPLITS) & after_i & !glued;
        (vowel, after_i) = (bit(VOWELS), u32::from(letter == b'i'));
        (glue, glued) = (bit(GLUES), glue);
        last = [last[1], last[2], last[3], letter];
        length += 1;
    }
    if length <= 3 {
        return 1;
    }
    let [fourth, before, second, end] = last;
    let silent = match (second, end) {
        (b'e', b's') => {
            let sounded = matches!(before, b's' | b'x' | b'z' | b'c' | b'g') || is_vowel(before);
            let hushed = before == b'h' && matches!(fourth, b'c' | b's');
            !sounded && !hushed
        }
        (b'e', b'd') => !matches!(before, b't' | b'd') && !is_vowel(before),
        (b'l', b'e') => is_vowel(before),
        (_, b'e') => !is_vowel(second),
        _ => false,
    };
    count.saturating_sub(u32::from(silent)).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn syllables_of_common_words() {
        for (word, n) in [
            ("medicine", 3),
            ("tablets", 2),
            ("infection", 3),
            ("people", 2),
            ("needed", 2),
            ("pressure", 2),
            ("blood", 1),
            ("asked", 1),
            ("apple", 2),
            ("radio", 3),
            ("the", 1),
        ] {
            assert_eq!(syllables(word.as_bytes()), n, "{word}");
        }
    }

    /// Syllables counted on paper: your 1, doc-tor 2, will 1, test 1, your 1, blood 1, sug-ar 2; call 1, if 1, you 1,
    /// wor-ry 2. The second sentence: the 1, me-di-cine 3, low-ers 2, the 1, pres-sure 2, in-side 2, your 1,
    /// ar-ter-ies 3, and 1, pro-tects 2, your 1, kid-neys 2.
    #[test]
    fn the_grade_is_that_of_the_published_formula() {
        let mut r = Readability::default();
        r.add("Your doctor will test your blood sugar. Call if you worry.");
        let (words, sentences, syllables) = (11.0, 2.0, 14.0);
        let by_hand = 0.39 * words / sentences + 11.8 * syllables / words - 15.59;
        assert!((r.reading().grade - f64::max(by_hand, 0.0)).abs() < 1e-9);
        let mut r = Readability::default();
        r.add("The medicine lowers the pressure inside your arteries and protects your kidneys.");
        let (words, sentences, syllables) = (12.0, 1.0, 21.0);
        let by_hand = 0.39 * words / sentences + 11.8 * syllables / words - 15.59;
        assert!((r.reading().grade - by_hand).abs() < 1e-9, "{} {by_hand}", r.reading().grade);
    }

    #[test]
    fn very_long_words_are_cut() {
        let mut r = Readability::default();
        r.add(&"ba".repeat(10_000));
        assert_eq!(r.reading().words, 1);
    }

    #[test]
    fn longer_words_and_sentences_raise_the_grade() {
        let grade = |t: &str| {
            let mut r = Readability::default();
            r.add(t);
            r.reading().grade
        };
        assert!(grade("Your heart beats too fast.") < 3.0);
        assert!(grade("Paroxysmal supraventricular tachyarrhythmia necessitates immediate intervention.") > 12.0);
        assert!((grade("") - 0.0).abs() < f64::EPSILON);
    }
}
