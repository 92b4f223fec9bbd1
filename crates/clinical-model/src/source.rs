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
