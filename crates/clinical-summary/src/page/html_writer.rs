//! Writing HTML so that no input can become markup.
//!
//! Markup is `&'static str` and therefore written by us; everything else goes through [`Html::text`], which escapes.
//! There is no third way in, so the compiler holds the rule that a template engine would hold by convention.

use crate::marks::is_hidden;
use crate::piece::{Line, Piece};
use clinical_model::Shift;
use std::fmt::Write as _;

/// The bytes at which a character may begin that does not stand on a page as it is: signs of markup, controls, and the
/// first bytes of the hidden characters beyond ASCII.
const MAY_ACT: [bool; 256] = {
    let mut table = [false; 256];
    let mut b = 0;
    while b < 256 {
        table[b] = b < 0x20 || matches!(b, 0x22 | 0x26 | 0x27 | 0x3c | 0x3e | 0x7f | 0xc2 | 0xe2);
        b += 1;
    }
    table
};

/// A page in the making, and where the bytes that its facts point to stand in the document.
pub(super) struct Html(String, Shift);

impl Html {
    pub(super) fn with_capacity(bytes: usize, shift: Shift) -> Self {
        Self(String::with_capacity(bytes), shift)
    }

    /// Markup of ours.
    pub(super) fn raw(&mut self, markup: &'static str) {
        self.0.push_str(markup);
    }

    /// Any text, escaped for content and for quoted attributes. Line ends inside a fact stay visible.
    pub(super) fn text(&mut self, text: &str) {
        let mut from = 0;
        for (at, b) in text.bytes().enumerate() {
            if !MAY_ACT[usize::from(b)] {
                continue;
            }
            let Some(c) = text[at..].chars().next() else { break };
            let escaped = match c {
                '&' => "&amp;",
                '<' => "&lt;",
                '>' => "&gt;",
                '"' => "&quot;",
                '\'' => "&#39;",
                '\n' => "<br>",
                '\t' => continue,
                c if is_hidden(c) => "\u{fffd}",
                _ => continue,
            };
            self.0.push_str(&text[from..at]);
            self.0.push_str(escaped);
            from = at + c.len_utf8();
        }
        self.0.push_str(&text[from..]);
    }

    /// A number of ours (a coordinate, a count).
    pub(super) fn number(&mut self, value: f64) {
        let _ = write!(self.0, "{value:.1}");
    }

    /// A line: words as text, facts in an element that says where they stand.
    pub(super) fn line(&mut self, line: &Line<'_>) {
        line.pieces().iter().for_each(|piece| self.piece(piece));
    }

    /// A piece of a line.
    pub(super) fn piece(&mut self, piece: &Piece<'_>) {
        match piece {
            Piece::Words(words) => self.text(words.text()),
            Piece::Fact(fact) => {
                let source = self.1.to_document(fact.source());
                self.0.push_str("<span class=\"f\" data-at=\"");
                self.count(source.start());
                self.0.push('-');
                self.count(source.end());
                self.0.push_str("\">");
                self.text(&fact.shown());
                self.0.push_str("</span>");
            }
        }
    }

    /// A whole number, without the ways of formatting, which cost more than the number.
    fn count(&mut self, value: usize) {
        let mut digits = [b'0'; 20];
        let (mut rest, mut begin) = (value, digits.len());
        for digit in digits.iter_mut().rev() {
            *digit = b'0' + u8::try_from(rest % 10).unwrap_or(0);
            (rest, begin) = (rest / 10, begin - 1);
            if rest == 0 {
                break;
            }
        }
        self.0.extend(digits.iter().skip(begin).map(|b| char::from(*b)));
    }

    pub(super) fn into_string(self) -> String {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::piece::Fact;
    use clinical_model::{Source, Verbatim};

    #[test]
    fn whatever_is_hidden_begins_with_a_byte_of_the_table() {
        for c in (0..=0x10_ffff).filter_map(char::from_u32).filter(|c| is_hidden(*c)) {
            assert!(MAY_ACT[usize::from(c.to_string().as_bytes()[0])], "{c:?}");
        }
    }

    #[test]
    fn counts_are_written_as_they_are() {
        for value in [0, 9, 10, 4_294_967_295, usize::MAX] {
            let mut page = Html::with_capacity(0, Shift::NONE);
            page.count(value);
            assert_eq!(page.into_string(), value.to_string());
        }
    }

    #[test]
    fn no_input_becomes_markup() {
        let hostile = "<script>alert('x')</script>&\"\u{0}";
        let mut page = Html::with_capacity(0, Shift::NONE);
        page.line(&Line::fact(Fact::exact(&Verbatim::new(hostile.into(), Source::new(3, 9)))));
        let page = page.into_string();
        assert_eq!(
            page,
            "<span class=\"f\" data-at=\"3-9\">&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;&amp;&quot;\u{fffd}</span>"
        );
    }
}
