//! A sorted look-up table in static memory.

/// Keys with their entries. Keys are sorted by bytes and stand in one text, each from its start to the next one's.
#[derive(Debug)]
pub(crate) struct Index {
    pub(crate) text: &'static str,
    /// One more than there are keys.
    pub(crate) starts: &'static [u32],
    pub(crate) entries: &'static [u16],
    /// For each byte the first key that does not begin with a lower one; one more than there are bytes.
    pub(crate) firsts: &'static [u32],
    /// For each key the four bytes behind its first as a number, by which most keys are told apart.
    pub(crate) heads: &'static [u32],
}

/// The four bytes behind the first as a number that sorts as they do; where there are fewer, the rest is zero.
fn head(key: &[u8]) -> u32 {
    match key.get(1..5).and_then(|b| <[u8; 4]>::try_from(b).ok()) {
        Some(bytes) => u32::from_be_bytes(bytes),
        None => (1..5).fold(0, |sum, at| sum << 8 | u32::from(key.get(at).copied().unwrap_or_default())),
    }
}

impl Index {
    fn key(&self, i: usize) -> &'static [u8] {
        &self.text.as_bytes()[self.starts[i] as usize..self.starts[i + 1] as usize]
    }

    /// The first key from `low` on that is not before `name`.
    fn not_before(&self, name: &[u8], mut low: usize) -> usize {
        let Some(first) = name.first().map(|b| usize::from(*b)) else { return low };
        low = low.max(self.firsts[first] as usize);
        let end = (self.firsts[first + 1] as usize).max(low);
        let head = head(name);
        let heads = &self.heads[low..end];
        let before = heads.partition_point(|h| *h < head);
        low += before;
        // Most words are told apart here.
        if heads.get(before) != Some(&head) {
            return low;
        }
        let mut high = low + heads[before..].partition_point(|h| *h == head);
        while low < high {
            let middle = low.midpoint(high);
            if self.key(middle) < name {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        low
    }

    /// The entry of exactly this key.
    pub(crate) fn get(&self, key: &str) -> Option<usize> {
        let at = self.not_before(key.as_bytes(), 0);
        let found = at < self.entries.len() && self.key(at) == key.as_bytes();
        found.then(|| usize::from(self.entries[at]))
    }

    /// Whether this is a key, or what keys of more words begin with.
    pub(crate) fn stands(&self, key: &str) -> Stands {
        let at = self.not_before(key.as_bytes(), 0);
        if at == self.entries.len() {
            return Stands::No;
        }
        // A space sorts before whatever else goes on with the key.
        match self.key(at).strip_prefix(key.as_bytes()) {
            Some([]) => Stands::Whole,
            Some([b' ', ..]) => Stands::Begins,
            _ => Stands::No,
        }
    }

    /// The longest key that `text` begins with, ending where a word of `text` ends: its length and entry.
    pub(crate) fn longest(&self, text: &str) -> Option<(usize, u16)> {
        let bytes = text.as_bytes();
        let mut search = Longest::default();
        let mut end = 0;
        while end < bytes.len() {
            end = bytes[end + 1..].iter().position(|b| *b == b' ').map_or(bytes.len(), |n| end + 1 + n);
            if !search.goes_on(self, &bytes[..end]) {
                break;
            }
        }
        search.found
    }
}

/// How words stand to the keys of a table.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Stands {
    /// They are a key.
    Whole,
    /// They are none, and a key begins with them.
    Begins,
    /// Neither.
    No,
}

/// The search for the longest key, word by word.
///
/// A space sorts before every letter and digit, so after the words read so far come first the key that ends there,
/// then the keys that go on with another word. Most words begin no key and cost one search.
#[derive(Debug, Default)]
pub(crate) struct Longest {
    low: usize,
    /// The longest so far: its length and entry.
    pub(crate) found: Option<(usize, u16)>,
}

impl Longest {
    /// Takes the text up to the end of its next word; `false` where no key goes on behind it.
    pub(crate) fn goes_on(&mut self, index: &Index, part: &[u8]) -> bool {
        self.low = index.not_before(part, self.low);
        if self.low == index.entries.len() {
            return false;
        }
        let key = index.key(self.low);
        if !key.starts_with(part) {
            return false;
        }
        if key.len() == part.len() {
            self.found = Some((part.len(), index.entries[self.low]));
            return true;
        }
        key[part.len()] == b' '
    }
}

#[cfg(test)]
impl Index {
    /// A table of these keys, sorted, for tests.
    pub(crate) fn of(keys: &[(&str, u16)]) -> Self {
        let text: String = keys.iter().map(|(key, _)| *key).collect();
        let starts = std::iter::once(0).chain(keys.iter().scan(0, |sum, (key, _)| {
            *sum += key.len() as u32;
            Some(*sum)
        }));
        let first = |byte: u16| keys.iter().filter(|(key, _)| u16::from(key.as_bytes()[0]) < byte).count() as u32;
        Self {
            text: text.leak(),
            starts: starts.collect::<Vec<_>>().leak(),
            entries: keys.iter().map(|(_, entry)| *entry).collect::<Vec<_>>().leak(),
            firsts: (0..=256).map(first).collect::<Vec<_>>().leak(),
            heads: keys.iter().map(|(key, _)| head(key.as_bytes())).collect::<Vec<_>>().leak(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Index, Stands};

    fn index() -> Index {
        Index::of(&[("b", 7), ("b twelve", 8), ("ba", 9), ("vitamin b", 10)])
    }

    #[test]
    fn whole_keys_are_found() {
        assert_eq!(index().get("b"), Some(7));
        assert_eq!(index().get("b twelve"), Some(8));
        assert_eq!(index().get("vitamin b"), Some(10));
        assert_eq!(index().get("vitamin"), None);
        assert_eq!(index().get(""), None);
        assert_eq!(index().get("zinc"), None);
        for (at, key) in ["a", "ab", "abc", "abcd", "abcde", "abcdef", "abcdeg", "abce", "b"].into_iter().enumerate() {
            let keys = Index::of(&[("ab", 1), ("abcd", 3), ("abcde", 4), ("abcdef", 5), ("abcdeg", 6), ("abce", 7)]);
            assert_eq!(keys.get(key), [1, 3, 4, 5, 6, 7].contains(&at).then_some(at), "{key}");
        }
    }

    #[test]
    fn what_begins_a_key_is_told_from_what_is_one() {
        let keys = Index::of(&[("b", 7), ("b twelve", 8), ("ba", 9), ("vitamin b", 10), ("vitamins", 11)]);
        for (key, stands) in [
            ("b", Stands::Whole),
            ("b twelve", Stands::Whole),
            ("vitamin", Stands::Begins),
            ("vitami", Stands::No),
            ("b t", Stands::No),
            ("vitamin b c", Stands::No),
            ("zinc", Stands::No),
        ] {
            assert_eq!(keys.stands(key), stands, "{key}");
        }
    }

    #[test]
    fn the_longest_run_of_whole_words_is_found() {
        assert_eq!(index().longest("b twelve mg"), Some((8, 8)));
        assert_eq!(index().longest("b twelves"), Some((1, 7)));
        assert_eq!(index().longest("vitamin c"), None);
        assert_eq!(index().longest("vitamin b"), Some((9, 10)));
        assert_eq!(index().longest("bab"), None);
        assert_eq!(index().longest(""), None);
    }
}
