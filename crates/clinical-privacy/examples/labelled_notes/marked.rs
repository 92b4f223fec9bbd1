//! Text in which every character knows what it belongs to, so that offsets stay right under any change of the text.

use serde::Serialize;

/// What a mark stands for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Class {
    /// Must be hidden.
    Identifier,
    /// Must stay.
    Trap,
    /// May go either way: titles, credentials, clock times, states.
    Either,
}

/// A label as it is written out: code points, half open.
#[derive(Serialize, Clone, PartialEq, Eq, Debug)]
pub(crate) struct Span {
    pub(crate) start: usize,
    pub(crate) end: usize,
    #[serde(rename = "type")]
    pub(crate) kind: String,
}

/// Characters, each with the number of its mark (0 for none).
#[derive(Clone, Default)]
pub(crate) struct Marked {
    pub(crate) chars: Vec<char>,
    pub(crate) marks: Vec<u32>,
    labels: Vec<(Class, String)>,
}

impl Marked {
    /// Text without a mark.
    pub(crate) fn plain(text: &str) -> Marked {
        let mut out = Marked::default();
        out.push(text);
        out
    }

    /// Appends text without a mark.
    pub(crate) fn push(&mut self, text: &str) {
        self.chars.extend(text.chars());
        self.marks.resize(self.chars.len(), 0);
    }

    /// Appends text under a mark of its own.
    pub(crate) fn mark(&mut self, class: Class, kind: &str, text: &str) {
        self.labels.push((class, kind.to_owned()));
        self.chars.extend(text.chars());
        self.marks.resize(self.chars.len(), self.labels.len() as u32);
    }

    /// Appends an identifier.
    pub(crate) fn id(&mut self, kind: &str, text: &str) {
        self.mark(Class::Identifier, kind, text);
    }

    /// Appends a trap.
    pub(crate) fn trap(&mut self, kind: &str, text: &str) {
        self.mark(Class::Trap, kind, text);
    }

    /// Appends text that may go either way.
    pub(crate) fn either(&mut self, kind: &str, text: &str) {
        self.mark(Class::Either, kind, text);
    }

    /// Appends marked text.
    pub(crate) fn append(&mut self, other: &Marked) {
        let base = self.labels.len() as u32;
        self.chars.extend(&other.chars);
        self.marks.extend(other.marks.iter().map(|m| if *m == 0 { 0 } else { m + base }));
        self.labels.extend(other.labels.iter().cloned());
    }

    /// How many labels of a class there are.
    pub(crate) fn count(&self, class: Class) -> usize {
        self.labels.iter().filter(|(c, _)| *c == class).count()
    }

    /// Whether the mark at a place is that of an identifier.
    pub(crate) fn class_at(&self, at: usize) -> Option<Class> {
        let mark = *self.marks.get(at)?;
        self.labels.get((mark as usize).checked_sub(1)?).map(|(class, _)| *class)
    }

    /// Replaces each character by some; what replaces it keeps its mark.
    pub(crate) fn map(&mut self, mut change: impl FnMut(usize, char, Option<Class>, &mut Vec<char>)) {
        let mut chars = Vec::with_capacity(self.chars.len() + 16);
        let mut marks = Vec::with_capacity(self.chars.len() + 16);
        for at in 0..self.chars.len() {
            change(at, self.chars[at], self.class_at(at), &mut chars);
            marks.resize(chars.len(), self.marks[at]);
        }
        self.chars = chars;
        self.marks = marks;
    }

    /// The text alone.
    pub(crate) fn text(&self) -> String {
        self.chars.iter().collect()
    }

    /// The labels of a class, in order, without blanks at their ends.
    pub(crate) fn spans(&self, class: Class) -> Vec<Span> {
        let mut spans = Vec::new();
        let mut at = 0;
        while at < self.marks.len() {
            let mark = self.marks[at];
            let start = at;
            while at < self.marks.len() && self.marks[at] == mark {
                at += 1;
            }
            let Some((found, kind)) = (mark as usize).checked_sub(1).and_then(|i| self.labels.get(i)) else { continue };
            if *found != class {
                continue;
            }
            let (mut first, mut last) = (start, at);
            while first < last && self.chars[first].is_whitespace() {
                first += 1;
            }
            while first < last && self.chars[last - 1].is_whitespace() {
                last -= 1;
            }
            if first < last {
                spans.push(Span { start: first, end: last, kind: kind.clone() });
            }
        }
        spans
    }
}
