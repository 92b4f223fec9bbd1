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
        let mut rest = text.as_bytes();
        while let Some((b, after)) = rest.split_first() {
            if is(class(*b), LETTER) {
                let syllables;
                (syllables, rest) = word(rest);
                self.words += 1;
                self.syllables += syllables;
                open = true;
                continue;
            }
            if open && is(class(*b), STOP) && after.first().is_none_or(u8::is_ascii_whitespace) {
                self.sentences += 1;
                open = false;
            }
            rest = after;
        }
        self.sentences += u32::from(open);
    }

    /// Adds what was counted of other text.
    pub const fn append(&mut self, other: Self) {
        self.words += other.words;
        self.sentences += other.sentences;
        self.syllables += other.syllables;
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

const VOWEL: u8 = 1;
/// What an `i` before it is split from.
const SPLITS: u8 = 1 << 1;
const I: u8 = 1 << 2;
/// What glues an `i` behind it to the next letter ("tion", "cial").
const GLUES: u8 = 1 << 3;
const LETTER: u8 = 1 << 4;
/// What a sentence may end with.
const STOP: u8 = 1 << 5;

/// What each byte is, in either case.
const CLASSES: [u8; 256] = {
    let mut table = [0; 256];
    let mut b: u8 = 0;
    while b < 128 {
        table[b as usize] = match b | 0x20 {
            b'i' => VOWEL | I,
            b'a' | b'o' | b'u' => VOWEL | SPLITS,
            b'e' | b'y' => VOWEL,
            b't' | b's' | b'c' | b'g' | b'x' => GLUES,
            _ => 0,
        };
        if b.is_ascii_alphabetic() {
            table[b as usize] |= LETTER;
        } else {
            table[b as usize] = if matches!(b, b'.' | b'!' | b'?' | b':' | b';') { STOP } else { 0 };
        }
        b += 1;
    }
    table
};

const fn class(b: u8) -> u8 {
    CLASSES[b as usize]
}

const fn is(class: u8, what: u8) -> bool {
    class & what != 0
}

fn is_vowel(b: u8) -> bool {
    is(class(b), VOWEL)
}

/// The syllables of the word that a text begins with, and the text behind it. Vowel groups; a silent final e, es or ed
/// taken off; "ia", "io", "iu" split except after c, g, s, t and x ("tion", "cial").
fn word(mut text: &[u8]) -> (u32, &[u8]) {
    // The last four letters, and how many there were.
    let (mut last, mut length) = (0u32, 0);
    let mut count = 0;
    // What the letter before is, and the one before that.
    let (mut before, mut earlier) = (0, 0);
    while let Some((b, after)) = text.split_first() {
        let own = class(*b);
        if is(own, LETTER) {
            if length < LONGEST {
                count += u32::from(own & VOWEL & !before);
                // Each where the vowel has its bit.
                count += u32::from(own >> 1 & before >> 2 & !(earlier >> 3) & 1);
                (before, earlier) = (own, before);
                last = last << 8 | u32::from(b | 0x20);
                length += 1;
            }
        } else if *b != b'\'' {
            break;
        }
        text = after;
    }
    if length <= 3 {
        return (1, text);
    }
    let [fourth, before, second, end] = last.to_be_bytes();
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
    (count.saturating_sub(u32::from(silent)).max(1), text)
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
            ("DON'T", 1),
            ("pneumonia", 4),
            ("special", 2),
        ] {
            assert_eq!(super::word(word.as_bytes()), (n, &b""[..]), "{word}");
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
