//! The words of names and of the text that may name them.

use std::borrow::Cow;

/// How many looks of words are told apart.
pub(super) const LOOKS: usize = 1024;

/// The look of a word, the same in capitals and in small letters. Words beyond ASCII, whose length can change with the
/// case, all look alike.
pub(super) const fn look(word: &str) -> usize {
    match word.as_bytes() {
        [first, .., last] if word.is_ascii() => {
            let (first, last) = (first.to_ascii_lowercase() as usize, last.to_ascii_lowercase() as usize);
            (first * 67 + last * 31 + word.len()) % LOOKS
        }
        _ => 0,
    }
}

/// Words in small letters; numbers keep their points.
pub(super) fn split(text: &str) -> impl Iterator<Item = Cow<'_, str>> {
    raw_words(text).map(small)
}

/// The same as they are written.
pub(super) fn raw_words(text: &str) -> RawWords<'_> {
    RawWords { rest: text, stretch: "" }
}

/// The words of a text. A code with a hyphen is one word, other words with hyphens are several.
pub(super) struct RawWords<'t> {
    rest: &'t str,
    /// What is left of a stretch without blanks.
    stretch: &'t str,
}

impl<'t> Iterator for RawWords<'t> {
    type Item = &'t str;

    fn next(&mut self) -> Option<&'t str> {
        loop {
            if self.stretch.is_empty() {
                let begin = end_of(self.rest, 0, false);
                let end = end_of(self.rest, begin, true);
                self.stretch = self.rest.get(begin..end).filter(|stretch| !stretch.is_empty())?;
                self.rest = self.rest.get(end..).unwrap_or_default();
                let is_code = self.stretch.bytes().all(|b| b.is_ascii_digit() || b == b'-');
                if is_code {
                    let code = std::mem::take(&mut self.stretch).trim_matches('-');
                    if code.is_empty() {
                        continue;
                    }
                    return Some(code);
                }
            }
            let word = match memchr::memchr(b'-', self.stretch.as_bytes()) {
                Some(at) => {
                    let (word, rest) = self.stretch.split_at(at);
                    self.stretch = rest.get(1..).unwrap_or_default();
                    word
                }
                None => std::mem::take(&mut self.stretch),
            };
            let word = if word.starts_with('.') || word.ends_with('.') { word.trim_matches('.') } else { word };
            if !word.is_empty() {
                return Some(word);
            }
        }
    }
}

/// What a byte is: of a word, between words, or a part of a sign beyond ASCII.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Word,
    Between,
    Beyond,
}

static CLASSES: [Class; 256] = {
    let mut classes = [Class::Beyond; 256];
    let mut b = 0u8;
    while b < 128 {
        let is_of_word = b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-');
        classes[b as usize] = if is_of_word { Class::Word } else { Class::Between };
        b += 1;
    }
    classes
};

/// Where the signs that are of words, or those that are of none, end.
fn end_of(text: &str, from: usize, of_words: bool) -> usize {
    let bytes = text.as_bytes();
    let same = if of_words { Class::Word } else { Class::Between };
    let mut at = from;
    while let Some(b) = bytes.get(at) {
        let class = CLASSES[usize::from(*b)];
        if class == same {
            at += 1;
            continue;
        }
        if class != Class::Beyond {
            break;
        }
        let c = text.get(at..).and_then(|rest| rest.chars().next());
        if c.is_some_and(char::is_alphanumeric) != of_words {
            break;
        }
        at += c.map_or(1, char::len_utf8);
    }
    at
}

/// A word in small letters.
pub(super) fn small(word: &str) -> Cow<'_, str> {
    let is_small = |b: u8| b.is_ascii() && !b.is_ascii_uppercase();
    if word.bytes().all(is_small) { Cow::Borrowed(word) } else { Cow::Owned(word.to_lowercase()) }
}

/// Words of names that are forms, units or fillers. Sorted.
const COMMON: [&str; 40] = [
    "active",
    "acute",
    "allergy",
    "blood",
    "capsule",
    "capsules",
    "chronic",
    "clinical",
    "daily",
    "diagnosis",
    "disease",
    "disorder",
    "extended",
    "finding",
    "from",
    "history",
    "hour",
    "injection",
    "known",
    "oral",
    "panel",
    "patient",
    "procedure",
    "product",
    "release",
    "result",
    "serum",
    "situation",
    "solution",
    "status",
    "substance",
    "suspension",
    "tablet",
    "tablets",
    "test",
    "therapy",
    "unknown",
    "unspecified",
    "with",
    "without",
];

/// The looks of these words: most others have none of them.
static COMMON_LOOKS: [bool; LOOKS] = {
    let mut looks = [false; LOOKS];
    let mut i = 0;
    while i < COMMON.len() {
        looks[look(COMMON[i])] = true;
        i += 1;
    }
    looks
};

/// Whether a word in small letters tells one thing from another: not a form, a unit or a filler.
pub(super) fn is_telling(word: &str) -> bool {
    let may_be_common = || COMMON_LOOKS.get(look(word)).is_some_and(|known| *known);
    word.len() > 2 && word.starts_with(char::is_alphabetic) && !(may_be_common() && COMMON.binary_search(&word).is_ok())
}

/// The same of a word as it is written.
pub(super) fn tells(word: &str) -> bool {
    if !word.is_ascii() {
        return is_telling(&small(word));
    }
    let may_be_common = COMMON_LOOKS.get(look(word)).is_some_and(|known| *known);
    let is_common = || COMMON.binary_search(&&*small(word)).is_ok();
    word.len() > 2 && word.starts_with(|c: char| c.is_ascii_alphabetic()) && !(may_be_common && is_common())
}

/// Whether two words are the same in small letters.
pub(super) fn same(a: &str, b: &str) -> bool {
    if a.is_ascii() && b.is_ascii() { a.eq_ignore_ascii_case(b) } else { small(a) == small(b) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_cut_at_blanks_signs_and_hyphens_and_codes_stay_whole() {
        for (text, expected) in [
            ("", &[][..]),
            (" - . -- ", &[]),
            ("5 mg, twice-daily.", &["5", "mg", "twice", "daily"]),
            ("code 2345-7 (1.5) .5.", &["code", "2345-7", "1.5", "5"]),
            ("-12- A-1-b", &["12", "A", "1", "b"]),
            ("Ménière\u{a0}é–x ²", &["Ménière", "é", "x", "²"]),
        ] {
            assert_eq!(raw_words(text).collect::<Vec<_>>(), expected, "{text}");
        }
    }

    #[test]
    fn every_common_word_is_known_by_its_look_and_tells_nothing() {
        assert!(COMMON.is_sorted());
        assert!(COMMON.iter().all(|word| !is_telling(word)));
        assert!(["aspirin", "éa1", "withal", "tests"].iter().all(|word| is_telling(word)));
        assert!(!["mg", "", "1st"].iter().any(|word| is_telling(word)));
        for word in COMMON.iter().copied().chain(["Aspirin", "ÉA1", "Withal", "Tests", "MG", "", "1ST", "Éa"]) {
            for written in [word.to_owned(), word.to_uppercase()] {
                assert_eq!(tells(&written), is_telling(&small(&written)), "{written}");
                assert!(same(&written, &word.to_lowercase()));
            }
        }
    }
}
