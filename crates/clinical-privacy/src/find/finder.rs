//! One document, one or many texts: find, learn, find again what was learned.

use std::ops::Range;

use clinical_model::Stop;

use super::book::Book;
use super::known::Known;
use super::marks::Marks;
use super::merge::merge;
use crate::kind::Identifier;
use crate::read::Page;

/// Text is read in segments of about this many bytes, so that the memory beside it stays small.
const SEGMENT: usize = 256 * 1024;

/// A text up to so many bytes is cut into tokens once and they are kept for the second reading.
const KEPT: usize = 512 * 1024;

/// Finds the identifiers of one text. Sorted, apart from each other, on character boundaries. `None`: asked to stop.
/// Time is linear in the text; memory beside it is bounded but for what is found.
pub fn find(text: &str, known: &Known, stop: Stop<'_>) -> Option<Vec<Identifier>> {
    find_written(text, known, Writing::Prose, stop)
}

/// The same for a text that is written so.
pub(crate) fn find_written(text: &str, known: &Known, writing: Writing, stop: Stop<'_>) -> Option<Vec<Identifier>> {
    let mut finder = Finder::of(known, writing);
    if text.len() <= KEPT {
        return finder.once(text, stop);
    }
    let first = finder.read(text, stop)?;
    finder.again(text, first, stop)
}

/// Finds in several texts of one document (the strings of a FHIR bundle): first `read` them all, then each `again`, so
/// that a name met in the last is found in the first.
pub struct Finder<'k> {
    known: &'k Known,
    book: Book,
    writing: Writing,
}

/// Who wrote a text.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Writing {
    /// Somebody who wrote a note: the learned tagger looks at it after the rules.
    Prose,
    /// A program, or somebody who filled in a field: headings, labels and codes in a row, of which the tagger knows
    /// nothing. The record itself names its people there.
    Fields,
}

impl<'k> Finder<'k> {
    /// A finder that knows what the record says of its people.
    pub fn new(known: &'k Known) -> Self {
        Self::of(known, Writing::Prose)
    }

    /// The same for texts that are written so.
    pub fn of(known: &'k Known, writing: Writing) -> Self {
        Self { known, book: Book::default(), writing }
    }

    /// Both readings of one text that is not long.
    fn once(&mut self, text: &str, stop: Stop<'_>) -> Option<Vec<Identifier>> {
        let mut found = Vec::new();
        let mut pages = Vec::new();
        for segment in Segments::of(text) {
            if stop.is_asked() {
                return None;
            }
            let page = Page::read(&text[segment.clone()]);
            let marks = super::families(&page, self.known, self.writing);
            self.book.learn(&page, &marks);
            marks.identifiers(segment.start, &mut found);
            pages.push((segment.start, page));
        }
        if !self.book.is_empty() {
            for (start, page) in &pages {
                let mut marks = Marks::of(page);
                self.find_again(page, &mut marks);
                marks.identifiers(*start, &mut found);
            }
        }
        Some(merge(text, found, self.known))
    }

    /// Marks what the book knows, and in a note what a name goes on with there: "J. R." before "Makwetu".
    fn find_again(&self, page: &Page<'_>, marks: &mut Marks) {
        self.book.find(page, marks);
        if self.writing == Writing::Prose {
            super::rest::find(page, marks);
        }
    }

    /// First reading: what can be found in the text alone. Learns its names.
    pub fn read(&mut self, text: &str, stop: Stop<'_>) -> Option<Vec<Identifier>> {
        let mut found = Vec::new();
        for segment in Segments::of(text) {
            if stop.is_asked() {
                return None;
            }
            let page = Page::read(&text[segment.clone()]);
            let marks = super::families(&page, self.known, self.writing);
            self.book.learn(&page, &marks);
            marks.identifiers(segment.start, &mut found);
        }
        Some(found)
    }

    /// Second reading: adds what the book knows by now, and puts everything in order.
    pub fn again(&self, text: &str, first: Vec<Identifier>, stop: Stop<'_>) -> Option<Vec<Identifier>> {
        let mut found = first;
        if !self.book.is_empty() {
            for segment in Segments::of(text) {
                if stop.is_asked() {
                    return None;
                }
                let page = Page::read(&text[segment.clone()]);
                let mut marks = Marks::of(&page);
                self.find_again(&page, &mut marks);
                marks.identifiers(segment.start, &mut found);
            }
        }
        Some(merge(text, found, self.known))
    }
}

/// Ranges of a text, cut at an empty line, a line end, a space or, where there is none, a character.
struct Segments<'t> {
    text: &'t str,
    at: usize,
}

impl<'t> Segments<'t> {
    fn of(text: &'t str) -> Self {
        Self { text, at: 0 }
    }
}

impl Iterator for Segments<'_> {
    type Item = Range<usize>;

    fn next(&mut self) -> Option<Range<usize>> {
        let start = self.at;
        if start >= self.text.len() {
            return None;
        }
        let mut end = (start + SEGMENT).min(self.text.len());
        if end < self.text.len() {
            while !self.text.is_char_boundary(end) {
                end -= 1;
            }
            let stretch = &self.text[start..end];
            let late = stretch.len() / 2;
            let cut = [stretch.rfind("\n\n"), stretch.rfind('\n'), stretch.rfind(' ')];
            if let Some(cut) = cut.into_iter().flatten().find(|c| *c > late) {
                end = start + cut + 1;
            }
        }
        self.at = end;
        Some(start..end)
    }
}
