//! Writing JSON: commas, escapes and nothing else.

/// A JSON text in the making. Callers open and close what they open; the tests parse what comes out.
pub(super) struct Json {
    out: String,
    comma: bool,
}

impl Json {
    pub(super) fn with_capacity(bytes: usize) -> Self {
        Self { out: String::with_capacity(bytes), comma: false }
    }

    fn item(&mut self) {
        if self.comma {
            self.out.push(',');
        }
        self.comma = true;
    }

    /// An object written by `inside`.
    pub(super) fn object(&mut self, inside: impl FnOnce(&mut Self)) {
        self.item();
        self.out.push('{');
        self.comma = false;
        inside(self);
        self.out.push('}');
        self.comma = true;
    }

    /// An array written by `inside`.
    pub(super) fn array(&mut self, inside: impl FnOnce(&mut Self)) {
        self.item();
        self.out.push('[');
        self.comma = false;
        inside(self);
        self.out.push(']');
        self.comma = true;
    }

    /// The name of the next member.
    pub(super) fn key(&mut self, name: &'static str) -> &mut Self {
        self.item();
        self.out.push('"');
        self.out.push_str(name);
        self.out.push_str("\":");
        self.comma = false;
        self
    }

    /// A string.
    pub(super) fn string(&mut self, text: &str) {
        self.item();
        self.out.push('"');
        let mut from = 0;
        for (at, byte) in text.bytes().enumerate() {
            let escape = match byte {
                b'"' => "\\\"",
                b'\\' => "\\\\",
                b'\n' => "\\n",
                b'\r' => "\\r",
                b'\t' => "\\t",
                0..=31 => "",
                _ => continue,
            };
            self.out.push_str(&text[from..at]);
            if escape.is_empty() {
                self.out.push_str("\\u00");
                for nibble in [byte >> 4, byte & 15] {
                    self.out.push(char::from(b"0123456789abcdef"[usize::from(nibble)]));
                }
            } else {
                self.out.push_str(escape);
            }
            from = at + 1;
        }
        self.out.push_str(&text[from..]);
        self.out.push('"');
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
        self.out.push_str(&n.to_string());
    }

    /// `true`, `false`, `null`, or a number already in its text.
    pub(super) fn literal(&mut self, text: &str) {
        self.item();
        self.out.push_str(text);
    }

    pub(super) fn boolean(&mut self, value: bool) {
        self.literal(if value { "true" } else { "false" });
    }

    pub(super) fn into_string(self) -> String {
        self.out
    }
}
