//! Writing JSON: commas, escapes and nothing else.

/// Whether a byte does not stand in a string as it is.
const fn is_escaped(byte: u8) -> bool {
    byte < b' ' || byte == b'"' || byte == b'\\'
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
        self.item();
        self.put("\"");
        self.put(name);
        self.put("\":");
        self.comma = false;
        self
    }

    /// A string.
    pub(super) fn string(&mut self, text: &str) {
        self.item();
        self.put("\"");
        // Most strings have nothing to escape. Every byte is looked at, which is quicker than to ask at
        // each whether to go on.
        if text.bytes().fold(false, |any, byte| any | is_escaped(byte)) {
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
