//! Where a fact stands in the input.

/// The bytes of the input document in which a fact stands, half-open.
///
/// For JSON these are the bytes of the value (quotes included), for XML those of the element or attribute, for a
/// note those of the words. A reader turns it into a [`Place`] that a person can follow.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Source {
    start: u32,
    end: u32,
}

impl Source {
    /// The range `start..end` in bytes of the input.
    #[must_use]
    pub const fn new(start: u32, end: u32) -> Self {
        Self { start, end }
    }

    /// First byte.
    #[must_use]
    pub const fn start(self) -> usize {
        self.start as usize
    }

    /// One past the last byte.
    #[must_use]
    pub const fn end(self) -> usize {
        self.end as usize
    }
}

/// Where the bytes of the text that was read stand in the document that came. They differ where a byte order mark was
/// left out at its front, or where something was put in so that it could be read (declarations that XML lacks).
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct Shift {
    left_out: u32,
    put_in_at: u32,
    put_in: u32,
}

impl Shift {
    /// No difference.
    pub const NONE: Self = Self { left_out: 0, put_in_at: 0, put_in: 0 };

    /// `left_out` bytes of the document stand before the text; the bytes `put_in` of the text are not in the document.
    #[must_use]
    pub const fn new(left_out: u32, put_in: std::ops::Range<u32>) -> Self {
        Self { left_out, put_in_at: put_in.start, put_in: put_in.end.saturating_sub(put_in.start) }
    }

    /// A range of the text as one of the document.
    #[must_use]
    pub const fn to_document(self, of_text: Source) -> Source {
        Source { start: self.byte_to_document(of_text.start), end: self.byte_to_document(of_text.end) }
    }

    /// A range of the document as one of the text.
    #[must_use]
    pub const fn to_text(self, of_document: Source) -> Source {
        Source { start: self.byte_to_text(of_document.start), end: self.byte_to_text(of_document.end) }
    }

    const fn byte_to_document(self, byte: u32) -> u32 {
        let inside = byte.saturating_sub(self.put_in_at);
        let less = if inside < self.put_in { inside } else { self.put_in };
        (byte - less).saturating_add(self.left_out)
    }

    const fn byte_to_text(self, byte: u32) -> u32 {
        let byte = byte.saturating_sub(self.left_out);
        // No element and no attribute begins or ends where declarations are put in: right behind the root's name.
        if byte > self.put_in_at { byte.saturating_add(self.put_in) } else { byte }
    }
}

/// A place as it is written on a page.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Place {
    /// FHIRPath-like for JSON (`Bundle.entry[3].resource.code.text`, zero-based), XPath for XML.
    Path(String),
    /// Unicode code points of a note, half-open.
    Span(usize, usize),
}

/// A place that is told and not kept.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Told<'p> {
    /// As [`Place::Path`].
    Path(&'p str),
    /// As [`Place::Span`].
    Span(usize, usize),
}

/// Turns byte ranges into places. Each reader of a format has one, made from the document it read.
pub trait Places {
    /// The place of `source`. Costs at most the depth of the document times the width of one entry.
    fn place(&self, source: Source) -> Place;

    /// The same for who writes it down at once: a page has thousands of places, and none needs a text of its own.
    /// `to` must not ask for another place: what tells may still hold the path it told.
    fn tell(&self, source: Source, to: &mut dyn FnMut(Told<'_>)) {
        match self.place(source) {
            Place::Path(path) => to(Told::Path(&path)),
            Place::Span(start, end) => to(Told::Span(start, end)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_of_the_text_stand_elsewhere_in_the_document() {
        // The document is BOM, "<a b='1'/>"; the text is "<a xmlns:x='u' b='1'/>".
        let shift = Shift::new(3, 2..14);
        for (text, document) in [((0, 22), (3, 13)), ((15, 20), (6, 11)), ((0, 2), (3, 5))] {
            let (text, document) = (Source::new(text.0, text.1), Source::new(document.0, document.1));
            assert_eq!(shift.to_document(text), document);
            assert_eq!(shift.to_text(document), text);
        }
        let same = Source::new(4, 9);
        assert_eq!((Shift::NONE.to_document(same), Shift::NONE.to_text(same)), (same, same));
        // Numbers of nobody's page: nothing is lost but the way back.
        assert_eq!(shift.to_document(Source::new(u32::MAX, u32::MAX)).start(), u32::MAX as usize - 9);
        assert_eq!(shift.to_text(Source::new(0, u32::MAX)), Source::new(0, u32::MAX));
    }
}
