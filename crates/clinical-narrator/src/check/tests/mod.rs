//! Pairs of a sentence and a rewording: good ones pass, lies do not.

mod pairs;
mod strings;
mod told;

use crate::mask::{Hole, HoleKind, Masked};
use crate::refusal::Refusal;
use clinical_lexicon::Lexicon;

const KINDS: [HoleKind; 6] =
    [HoleKind::Medicine, HoleKind::Test, HoleKind::Number, HoleKind::Time, HoleKind::Person, HoleKind::Code];

/// A sentence in which `{MEDICINE lisinopril}` marks what a placeholder stands for; placeholders are numbered from 1.
fn masked(marked: &str) -> Masked {
    let mut masked = Masked { text: String::new(), shown: String::new(), holes: Vec::new(), is_plan: false };
    let mut rest = marked;
    while let Some((before, open)) = rest.split_once('{') {
        let (inside, after) = open.split_once('}').unwrap();
        let (word, value) = inside.split_once(' ').unwrap();
        let kind = KINDS.into_iter().find(|kind| kind.word() == word).unwrap();
        masked.text.push_str(before);
        masked.shown.push_str(before);
        let start = masked.text.len();
        masked.text.push_str(value);
        let hole = Hole { kind, number: masked.holes.len() + 1, start, end: masked.text.len() };
        masked.shown.push_str(&hole.placeholder());
        masked.holes.push(hole);
        rest = after;
    }
    masked.text.push_str(rest);
    masked.shown.push_str(rest);
    masked
}

fn verdict(marked: &str, said: &str) -> Result<(), Refusal> {
    super::check(&masked(marked), said, Lexicon::english().unwrap()).map(|_| ())
}

/// The verdict where the sentence tells what is to be done.
fn verdict_of_plan(marked: &str, said: &str) -> Result<(), Refusal> {
    let mut masked = masked(marked);
    masked.is_plan = true;
    super::check(&masked, said, Lexicon::english().unwrap()).map(|_| ())
}
