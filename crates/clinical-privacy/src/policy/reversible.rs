//! Placeholders that can be turned back, in memory alone: what a narrator is given, and what its answer becomes again.

use std::collections::HashMap;
use std::fmt;

use zeroize::Zeroize;

use super::rules::Rules;
use crate::document::find_in;
use crate::kind::Kind;

/// The values that were taken out of texts, by placeholder. Wiped when dropped; `Debug` shows their number; it cannot be
/// serialised or copied.
#[derive(Default)]
pub struct Reversible {
    values: Vec<(Kind, String)>,
    /// Places in `values` by value.
    places: HashMap<(Kind, String), usize>,
}

/// A placeholder is written with signs that no record uses, so that a text cannot hold one by chance.
const OPEN: char = '\u{27ea}';
const CLOSE: char = '\u{27eb}';

impl Reversible {
    /// Nothing taken out yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// The text with a placeholder (`⟪NAME 3⟫`) for every identifier; the same value has the same one. Signs of the text
    /// that look like a placeholder's are placeholders too, so that `restore` is exact. `None`: asked to stop.
    pub fn hide(&mut self, text: &str, rules: &Rules<'_>) -> Option<String> {
        let found = find_in(text, rules.known, rules.stop)?;
        let mut out = String::with_capacity(text.len());
        let mut done = 0;
        for one in &found {
            self.plain(&text[done..one.start], &mut out);
            self.placeholder(one.kind, &text[one.start..one.end], &mut out);
            done = one.end;
        }
        self.plain(&text[done..], &mut out);
        Some(out)
    }

    /// The text with the values where their placeholders stand. A placeholder that was never given stays.
    pub fn restore(&self, text: &str) -> String {
        let mut out = String::with_capacity(text.len());
        let mut rest = text;
        while let Some(open) = rest.find(OPEN) {
            out.push_str(&rest[..open]);
            rest = &rest[open..];
            let inside = rest.find(CLOSE).map(|end| &rest[OPEN.len_utf8()..end]);
            let number = inside.and_then(|i| i.rsplit_once(' ')).and_then(|(_, n)| n.parse::<usize>().ok());
            match (inside, number.and_then(|n| self.values.get(n.checked_sub(1)?))) {
                (Some(inside), Some((_, value))) => {
                    out.push_str(value);
                    rest = &rest[OPEN.len_utf8() + inside.len() + CLOSE.len_utf8()..];
                }
                _ => {
                    out.push(OPEN);
                    rest = &rest[OPEN.len_utf8()..];
                }
            }
        }
        out.push_str(rest);
        out
    }

    fn plain(&mut self, text: &str, out: &mut String) {
        for piece in text.split_inclusive([OPEN, CLOSE]) {
            let body = piece.trim_end_matches([OPEN, CLOSE]);
            out.push_str(body);
            if body.len() < piece.len() {
                self.placeholder(Kind::Other, &piece[body.len()..], out);
            }
        }
    }

    fn placeholder(&mut self, kind: Kind, value: &str, out: &mut String) {
        let next = self.values.len();
        let at = *self.places.entry((kind, value.to_owned())).or_insert(next);
        if at == next {
            self.values.push((kind, value.to_owned()));
        }
        out.push_str(&format!("{OPEN}{} {}{CLOSE}", kind.as_str(), at + 1));
    }
}

impl Drop for Reversible {
    fn drop(&mut self) {
        self.values.iter_mut().for_each(|(_, value)| value.zeroize());
        self.places.drain().for_each(|((_, mut value), _)| value.zeroize());
    }
}

impl fmt::Debug for Reversible {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Reversible({} values)", self.values.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::find::Known;
    use crate::policy::Policy;
    use clinical_model::{Phi, Stop};

    #[test]
    fn what_is_hidden_comes_back() {
        let mut known = Known::new();
        known.record(Kind::Name, "Ada Quill");
        let rules = Rules {
            policy: Policy::SafeHarbor,
            secret: Phi::new(b""),
            subject: Phi::new(""),
            known: &known,
            year: None,
            stop: Stop::never(),
        };
        let mut map = Reversible::new();
        for text in ["Ada Quill came; ADA QUILL left.", "\u{27ea}NAME 1\u{27eb} and Ada Quill", "\u{27ea}\u{27ea}", ""]
        {
            let hidden = map.hide(text, &rules).unwrap();
            assert!(!hidden.contains("Quill") && !hidden.contains("QUILL"));
            assert_eq!(map.restore(&hidden), text);
        }
        assert_eq!(map.restore("nothing \u{27ea}NAME 99\u{27eb}"), "nothing \u{27ea}NAME 99\u{27eb}");
        assert!(!format!("{map:?}").contains("Quill"));
    }
}
