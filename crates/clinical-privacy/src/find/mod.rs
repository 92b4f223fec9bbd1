//! The finders, in the order they run. Each family is one module with examples of its own in `data/examples/`.

mod ages;
mod book;
mod chains;
mod clinical;
mod contacts;
mod dates;
mod fields;
mod finder;
mod known;
mod marks;
mod merge;
mod names;
mod numbers;
mod places;
mod proper;

pub use finder::{Finder, find};
pub use known::Known;

use crate::read::Page;
use marks::Marks;

/// Runs every family over a page.
fn families(page: &Page<'_>, known: &Known) -> Marks {
    let mut marks = Marks::of(page);
    // What is certainly a clinical value is shielded first: a blood pressure is no date.
    clinical::shield(page, &mut marks);
    // Labels, HL7, JSON and tables say what a value is before its form is looked at.
    fields::find(page, &mut marks);
    contacts::find(page, &mut marks);
    dates::find(page, &mut marks);
    ages::find(page, &mut marks);
    numbers::find(page, &mut marks);
    known.find(page, &mut marks);
    places::find(page, &mut marks);
    // Last, because a name may not begin inside an address or a facility.
    names::find(page, &mut marks);
    // What is written as a name and was taken by none.
    chains::find(page, &mut marks);
    proper::find(page, &mut marks);
    marks
}
