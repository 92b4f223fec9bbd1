//! A sorted look-up table in static memory.

/// Keys with their entries. Keys are sorted by bytes and stand in one text, each from its start to the next one's.
#[derive(Debug)]
pub(crate) struct Index {
    pub(crate) text: &'static str,
    /// One more than there are keys.
    pub(crate) starts: &'static [u32],
    pub(crate) entries: &'static [u16],
}

impl Index {
    fn key(&self, i: usize) -> &'static [u8] {
        &self.text.as_bytes()[self.starts[i] as usize..self.starts[i + 1] as usize]
    }

    /// The first key from `low` on that is not before `name`.
    fn not_before(&self, name: &[u8], mut low: usize) -> usize {
        let mut high = self.entries.len();
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

    /// The longest key that `text` begins with, ending where a word of `text` ends: its length and entry.
    ///
    /// A space sorts before every letter and digit, so after the words read so far come first the key that ends
    /// there, then the keys that go on with another word. Most words begin no key and cost one search.
    pub(crate) fn longest(&self, text: &str) -> Option<(usize, u16)> {
        let bytes = text.as_bytes();
        let mut found = None;
        let mut low = 0;
        let mut end = 0;
        while end < bytes.len() {
            end = bytes[end + 1..].iter().position(|b| *b == b' ').map_or(bytes.len(), |n| end + 1 + n);
            let part = &bytes[..end];
            low = self.not_before(part, low);
            if low == self.entries.len() || !self.key(low).starts_with(part) {
                break;
            }
            if self.key(low).len() == end {
                found = Some((end, self.entries[low]));
            } else if self.key(low)[end] != b' ' {
                break;
            }
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::Index;

    /// "b", "b twelve", "ba", "vitamin b"
    const INDEX: Index = Index { text: "bb twelvebavitamin b", starts: &[0, 1, 9, 11, 20], entries: &[7, 8, 9, 10] };

    #[test]
    fn whole_keys_are_found() {
        assert_eq!(INDEX.get("b"), Some(7));
        assert_eq!(INDEX.get("b twelve"), Some(8));
        assert_eq!(INDEX.get("vitamin b"), Some(10));
        assert_eq!(INDEX.get("vitamin"), None);
        assert_eq!(INDEX.get(""), None);
        assert_eq!(INDEX.get("zinc"), None);
    }

    #[test]
    fn the_longest_run_of_whole_words_is_found() {
        assert_eq!(INDEX.longest("b twelve mg"), Some((8, 8)));
        assert_eq!(INDEX.longest("b twelves"), Some((1, 7)));
        assert_eq!(INDEX.longest("vitamin c"), None);
        assert_eq!(INDEX.longest("vitamin b"), Some((9, 10)));
        assert_eq!(INDEX.longest("bab"), None);
        assert_eq!(INDEX.longest(""), None);
    }
}
