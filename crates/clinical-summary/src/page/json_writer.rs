//! Writing JSON: commas, escapes and nothing else.

/// Whether a byte does not stand in a string as it is.
const fn is_escaped(byte: u8) -> bool {
    byte < b' ' || byte == b'"' || byte == b'\\'
}

/// Whether any byte does not stand in a string as it is. Eight bytes are asked at once whether one of them is lower than
/// a space, or nothing but the bits of a quote or a backslash: which of a mark's bytes it is does not matter here.
fn needs_escapes(bytes: &[u8]) -> bool {
    const ONES: u64 = u64::from_le_bytes([1; 8]);
    let marks = |word: u64| {
        let quote = word ^ (ONES * u64::from(b'"'));
        let backslash = word ^ (ONES * u64::from(b'\\'));
        (quote.wrapping_sub(ONES) & !quote)
            | (backslash.wrapping_sub(ONES) & !backslash)
            | (word.wrapping_sub(ONES * u64::from(b' ')) & !word)
    };
    let (words, rest) = bytes.as_chunks::<8>();
    let any = words.iter().fold(0, |any, word| any | marks(u64::from_le_bytes(*word)));
    // What is left, with bytes behind it that need nothing.
    let mut last = [b'a'; 8];
    last[..rest.len()].copy_from_slice(rest);
    (any | marks(u64::from_le_bytes(last))) & (ONES << 7) != 0
}

/// A JSON text in the making. Callers open and close what they open; the tests parse what comes out.
pub(super) struct Json {
    out: String,
    /// How long the text would be, where it is only measured.
    measured: Option<usize>,
    comma: bool,
}

impl Json {
    pub(super) fn with_capacity(bytes: usize) -> Self {
        Self { out: String::with_capacity(bytes), measured: None, comma: false }
    }

    /// Measures what would be written, and keeps none of it. A long text that grows by doubling stands in memory three
    /// times over at its last step; one whose length is known stands there once.
    pub(super) const fn measuring() -> Self {
        Self { out: String::new(), measured: Some(0), comma: false }
    }

    /// How long the text is, or would be.
    pub(super) fn length(&self) -> usize {
        self.measured.unwrap_or(self.out.len())
    }

    fn put(&mut self, text: &str) {
        match &mut self.measured {
            Some(length) => *length += text.len(),
            None => self.out.push_str(text),
        }
    }

    fn item(&mut self) {
        if self.comma {
            self.put(",");
        }
        self.comma = true;
    }

    /// The beginning of an item that is a string.
    fn quote(&mut self) {
        self.put(if self.comma { ",\"" } else { "\"" });
        self.comma = true;
    }

    /// An object written by `inside`.
    pub(super) fn object(&mut self, inside: impl FnOnce(&mut Self)) {
        self.item();
        self.put("{");
        self.comma = false;
        inside(self);
        self.put("}");
        self.comma = true;
    }

    /// An array written by `inside`.
    pub(super) fn array(&mut self, inside: impl FnOnce(&mut Self)) {
        self.item();
        self.put("[");
        self.comma = false;
        inside(self);
        self.put("]");
        self.comma = true;
    }

    /// The name of the next member.
    pub(super) fn key(&mut self, name: &'static str) -> &mut Self {
        self.quote();
        self.put(name);
        self.put("\":");
        self.comma = false;
        self
    }

    /// A string.
    pub(super) fn string(&mut self, text: &str) {
        self.quote();
        // Most strings have nothing to escape.
        if needs_escapes(text.as_bytes()) {
            self.escaped(text)
        } else {
            self.put(text)
        }
        self.put("\"");
    }

    fn escaped(&mut self, text: &str) {
        let mut from = 0;
        for (at, byte) in text.bytes().enumerate().filter(|(_, b)| is_escaped(*b)) {
            let escape = match byte {
                b'"' => "\\\"",
                b'\\' => "\\\\",
                b'\n' => "\\n",
                b'\r' => "\\r",
                b'\t' => "\\t",
                0..=31 => "",
                _ => continue,
            };
            self.put(&text[from..at]);
            if escape.is_empty() {
                self.put("\\u00");
                for nibble in [byte >> 4, byte & 15] {
                    let nibble = usize::from(nibble);
                    self.put(&"0123456789abcdef"[nibble..=nibble]);
                }
            } else {
                self.put(escape);
            }
            from = at + 1;
        }
        self.put(&text[from..]);
    }

    /// A string or null.
    pub(super) fn optional(&mut self, text: Option<&str>) {
        match text {
            Some(text) => self.string(text),
            None => self.literal("null"),
        }
    }

    /// A count.
    pub(super) fn count(&mut self, n: usize) {
        self.item();
        self.put(&n.to_string());
    }

    /// `true`, `false`, `null`, or a number already in its text.
    pub(super) fn literal(&mut self, text: &str) {
        self.item();
        self.put(text);
    }

    pub(super) fn boolean(&mut self, value: bool) {
        self.literal(if value { "true" } else { "false" });
    }

    pub(super) fn into_string(self) -> String {
        self.out
    }
}

#[cfg(test)]
mod tests {
    use super::{is_escaped, needs_escapes};

    #[test]
    fn what_needs_escapes_is_seen_wherever_it_stands() {
        for length in 0..=20 {
            assert!(!needs_escapes(&vec![b'!'; length]) && !needs_escapes(&vec![0xff; length]), "{length}");
            for at in 0..length {
                for byte in 0..=u8::MAX {
                    let mut text = vec![b'#'; length];
                    text[at] = byte;
                    assert_eq!(needs_escapes(&text), is_escaped(byte), "{length} {at} {byte}");
                }
            }
        }
    }
}
