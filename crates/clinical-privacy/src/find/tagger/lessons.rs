//! What a text teaches: the words the tagger would score in it, with their features. For training only.

use std::ops::Range;

use super::features::Features;
use super::second::{self, may_be_doubted};
use super::{Teller, beside, is_another_thing, walk};
use crate::find::known::Known;
use crate::find::marks::{Mark, Marks};
use crate::find::openers::Openers;
use crate::kind::{Identifier, Kind};
use crate::read::Page;

/// The version of the features, for the head of the weights' file.
pub const VERSION: u32 = super::features::VERSION;

/// How many of a word's features, the first ones, are known at a glance.
pub const GLANCE: usize = super::features::GLANCE;

/// One word that the tagger would score.
pub struct Lesson {
    /// Where it stands in the text.
    pub bytes: Range<usize>,
    /// Whether capitals say something where it stands.
    pub usual: bool,
    /// Its features.
    pub features: Vec<u64>,
}

fn identifier(mark: &Mark) -> Identifier {
    Identifier { start: mark.start_byte as usize, end: mark.end_byte as usize, kind: mark.kind, reason: mark.reason }
}

/// What the rules found that the tagger looks at again: the find, whether capitals say something where it stands, and
/// the features of its words.
pub fn doubts(text: &str, mut each: impl FnMut(&Identifier, bool, &[Vec<u64>])) {
    let page = Page::read(text);
    let (mut marks, openers) = (Marks::of(&page), Openers::of(&page));
    super::super::rules(&page, &Known::new(), &openers, &mut marks);
    second::look(&page, &mut marks, |mark, usual, words| {
        let words: Vec<Vec<u64>> = words.iter().map(|w| w.all().to_vec()).collect();
        each(&identifier(mark), usual, &words);
        true
    });
}

/// The words of a text that the tagger would score if of the finds of the rules only those stood for which `keeps` says
/// so. `tells` says what each is; what it says is what the tagger knows when it comes to the next word. The text is
/// short: a note.
pub fn lessons(
    text: &str,
    mut keeps: impl FnMut(&Identifier) -> bool,
    tells: impl FnMut(&Lesson) -> Option<Kind>,
) -> Vec<Lesson> {
    let page = Page::read(text);
    let (mut marks, openers) = (Marks::of(&page), Openers::of(&page));
    super::super::rules(&page, &Known::new(), &openers, &mut marks);
    let mut forgotten = vec![false; page.tokens.len()];
    let mut marks = marks.only(&page, |mark| {
        let kept = keeps(&identifier(mark));
        if !kept && may_be_doubted(&page, mark) {
            forgotten.iter_mut().take(mark.end).skip(mark.first).for_each(|f| *f = true);
        }
        kept
    });
    let mut pupil = Pupil { forgotten, tells, all: Vec::new() };
    walk(&page, &openers, &mut marks, &mut pupil);
    beside(&page, &mut marks, &mut pupil);
    pupil.all
}

/// Who looks at every word and writes down what is told.
struct Pupil<T> {
    forgotten: Vec<bool>,
    tells: T,
    all: Vec<Lesson>,
}

impl<T: FnMut(&Lesson) -> Option<Kind>> Teller for Pupil<T> {
    fn also(&self, from: usize) -> Option<usize> {
        self.forgotten.iter().skip(from).position(|f| *f).map(|ahead| from + ahead)
    }

    fn tell(&mut self, page: &Page<'_>, at: usize, usual: bool, features: &Features) -> Option<Kind> {
        let token = page.get(at).filter(|_| !is_another_thing(page, at))?;
        let lesson =
            Lesson { bytes: token.start as usize..token.end as usize, usual, features: features.all().to_vec() };
        let told = (self.tells)(&lesson);
        self.all.push(lesson);
        told
    }
}
