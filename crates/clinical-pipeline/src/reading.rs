//! How hard a text is to read.

use clinical_lexicon::{Readability, Reading};

/// The reading grade of texts together. Each ends a sentence.
pub fn reading_of<'t>(texts: impl IntoIterator<Item = &'t str>) -> Reading {
    let mut counts = Readability::default();
    texts.into_iter().for_each(|text| counts.add(text));
    counts.reading()
}
