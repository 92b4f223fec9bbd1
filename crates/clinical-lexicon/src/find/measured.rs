//! Names of tests where they stand in a text beside a value, short names ("K", "Hgb") too.

use super::Longest;
use crate::tables::EN;
use crate::{Lexicon, TestWords, names};
use std::sync::LazyLock;

/// A mark for each first word of a test's name, by a hash of it: most words of a text begin no name and are told apart
/// by one look.
static FIRST: LazyLock<Vec<u64>> = LazyLock::new(|| {
    let mut bits = vec![0u64; 1 << 10];
    for test in EN.tests {
        for name in std::iter::once(test.name).chain(test.also.iter()) {
            let name = names::normalise(name);
            let hash = hash(name.split(' ').next().unwrap_or_default().bytes());
            bits[hash >> 6] |= 1 << (hash & 63);
        }
    }
    bits
});

/// Sixteen bits of FNV-1a.
fn hash(bytes: impl Iterator<Item = u8>) -> usize {
    let mut hash = 0x811c_9dc5_u32;
    for byte in bytes {
        hash = (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193);
    }
    ((hash >> 16) ^ (hash & 0xffff)) as usize
}

impl Lexicon {
    /// The longest name of a test that `text` begins with: its bytes there, and its words. Marks between the words of
    /// a name do not matter. Short names are taken as well; whether "K" is potassium is for the reader to weigh.
    ///
    /// Looks at no more than the first 96 bytes.
    #[must_use]
    pub fn test_at_start_of(&self, text: &str) -> Option<(usize, &'static TestWords)> {
        let first = text.find(|c: char| !c.is_ascii_alphanumeric()).map_or(text, |end| &text[..end]);
        let hash = hash(first.bytes().map(|b| b.to_ascii_lowercase()));
        if first.is_empty() || FIRST[hash >> 6] >> (hash & 63) & 1 == 0 {
            return None;
        }
        let tables = self.tables();
        let mut search = Longest::default();
        // The words so far, made comparable, and the longest name among them with the byte behind it.
        let mut normal = String::with_capacity(32);
        let mut longest = None;
        let mut takes = |normal: &str, at: usize| {
            let before = search.found;
            let goes_on = search.goes_on(&tables.test_names, normal.as_bytes());
            if search.found != before {
                longest = search.found.map(|(_, entry)| (at, entry));
            }
            goes_on
        };
        let mut within = false;
        let mut is_open = true;
        let mut at = 0;
        while let Some(byte) = text.as_bytes().get(at) {
            // Most of a name is runs of letters of ASCII.
            let run = text.as_bytes()[at..].iter().take_while(|b| b.is_ascii_alphanumeric()).count();
            let c =
                if run > 0 || byte.is_ascii() { char::from(*byte) } else { text[at..].chars().next().unwrap_or(' ') };
            if c.is_alphanumeric() {
                if !within && !normal.is_empty() {
                    normal.push(' ');
                }
                if run > 0 {
                    let from = normal.len();
                    normal.push_str(&text[at..at + run]);
                    normal[from..].make_ascii_lowercase();
                    at += run;
                } else {
                    normal.extend(c.to_lowercase());
                    at += c.len_utf8();
                }
                within = true;
                continue;
            }
            if !matches!(c, '\'' | '\u{2019}') {
                if within && !takes(&normal, at) {
                    is_open = false;
                    break;
                }
                within = false;
                if at >= 96 || matches!(c, ':' | ';' | '=' | '|' | '\t') || text[at..].starts_with(". ") {
                    break;
                }
            }
            at += c.len_utf8();
        }
        if within && is_open {
            takes(&normal, text.len());
        }
        longest.map(|(end, entry)| (end, &tables.tests[usize::from(entry)]))
    }
}

#[cfg(test)]
mod tests {
    use crate::Lexicon;

    #[test]
    fn the_longest_name_at_the_start_is_found_with_its_bytes() {
        let lexicon = Lexicon::english().unwrap();
        let at = |text: &'static str| lexicon.test_at_start_of(text).map(|(end, words)| (&text[..end], words.name));
        assert_eq!(at("Hemoglobin A1c of 7.2%"), Some(("Hemoglobin A1c", "Hemoglobin A1c")));
        assert_eq!(at("K 4.2").map(|(t, _)| t), Some("K"));
        assert_eq!(at("SpO2: 98%").map(|(t, _)| t), Some("SpO2"));
        assert_eq!(at("blood\n pressure 1/2").map(|(t, _)| t), Some("blood\n pressure"));
        assert_eq!(at("kilo"), None);
        assert_eq!(at(""), None);
        assert_eq!(at(" K"), None);
    }
}
