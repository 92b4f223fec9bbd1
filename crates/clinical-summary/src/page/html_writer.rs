//! Writing HTML so that no input can become markup.
//!
//! Markup is `&'static str` and therefore written by us; everything else goes through [`Html::text`], which escapes.
//! There is no third way in, so the compiler holds the rule that a template engine would hold by convention.

use crate::marks::is_hidden;
use crate::piece::{Line, Piece};
use std::fmt::Write as _;

/// A page in the making.
pub(super) struct Html(String);

impl Html {
    pub(super) fn with_capacity(bytes: usize) -> Self {
        Self(String::with_capacity(bytes))
    }

    /// Markup of ours.
    pub(super) fn raw(&mut self, markup: &'static str) {
        self.0.push_str(markup);
    }

    /// Any text, escaped for content and for quoted attributes. Line ends inside a fact stay visible.
    pub(super) fn text(&mut self, text: &str) {
        let mut from = 0;
        for (at, c) in text.char_indices() {
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
                let source = fact.source();
                let _ = write!(self.0, "<span class=\"f\" data-at=\"{}-{}\">", source.start(), source.end());
                self.text(&fact.shown());
                self.0.push_str("</span>");
            }
        }
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
    fn no_input_becomes_markup() {
        let hostile = "<script>alert('x')</script>&\"\u{0}";
        let mut page = Html::with_capacity(0);
        page.line(&Line::fact(Fact::exact(&Verbatim::new(hostile.into(), Source::new(3, 9)))));
        let page = page.into_string();
        assert_eq!(
            page,
            "<span class=\"f\" data-at=\"3-9\">&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;&amp;&quot;\u{fffd}</span>"
        );
    }
}
