//! The finders, in the order they run. Each family is one module with examples of its own in `data/examples/`.

mod ages;
mod apart;
mod behind_places;
mod book;
mod chains;
mod clinical;
mod company;
mod contacts;
mod dates;
mod fields;
mod finder;
mod known;
mod letterhead;
mod marks;
mod merge;
mod names;
mod numbers;
mod openers;
mod places;
mod proper;
mod rest;
mod spread;
mod tagger;
mod twofold;

pub(crate) use finder::find_written;
pub use finder::{Finder, Writing, find};
pub use known::Known;
pub use tagger::{GLANCE, Lesson, VERSION, doubts, lessons};

use crate::read::Page;
use marks::Marks;
use openers::Openers;

/// Runs every family over a page.
fn families(page: &Page<'_>, known: &Known, writing: Writing) -> Marks {
    let mut marks = Marks::of(page);
    let openers = Openers::of(page);
    rules(page, known, &openers, &mut marks);
    // What the rules left to the company of words, learned from notes.
    if writing == Writing::Prose {
        tagger::find(page, &openers, &mut marks);
        spread::find(page, &mut marks);
        rest::find(page, &mut marks);
        company::find(page, &mut marks);
        twofold::find(page, &mut marks);
        letterhead::find(page, &mut marks);
        behind_places::find(page, &mut marks);
    }
    proper::find(page, &openers, &mut marks);
    marks
}

/// The families that go by rules.
fn rules(page: &Page<'_>, known: &Known, openers: &Openers, marks: &mut Marks) {
    // What is certainly a clinical value is shielded first: a blood pressure is no date.
    clinical::shield(page, openers, marks);
    // Labels, HL7, JSON and tables say what a value is before its form is looked at.
    fields::find(page, openers, marks);
    contacts::find(page, openers, marks);
    dates::find(page, openers, marks);
    ages::find(page, openers, marks);
    numbers::find(page, openers, marks);
    known.find(page, marks);
    places::find(page, openers, marks);
    // Last, because a name may not begin inside an address or a facility.
    names::find(page, openers, marks);
    // What is written as a code or user name and was taken by none.
    chains::find(page, openers, marks);
    // Whose number, date or code that is.
    names::find_marked(page, marks);
}
