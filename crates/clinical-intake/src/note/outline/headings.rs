//! Where headings stand: at the beginning of a line, alone on one, and in the middle of one.

mod key;
mod place;
mod running;

pub(super) use key::{Key, Meaning};
pub(super) use place::{Mark, Place, is_rule};

use super::closing::is_closing;
use super::lines::View;
use super::nesting::{Nesting, Verdict};
use clinical_lexicon::NoteKind;
use clinical_model::Stop;
use std::ops::Range;

/// A section that begins.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Opened {
    pub(super) kind: NoteKind,
    /// The first token that belongs to it, marks before the heading included.
    pub(super) first: usize,
    /// Its heading in bytes; `None` where a section is taken up again.
    pub(super) heading: Option<Range<usize>>,
    /// The first token behind the heading and its marks.
    pub(super) body: usize,
}

/// Every section that a heading opens, in order.
pub(super) fn all(view: &View<'_>, stop: Stop<'_>) -> Vec<Opened> {
    let mut out: Vec<Opened> = Vec::new();
    let mut nesting = Nesting::new(view);
    let mut key = Key::default();
    let mut words = String::new();
    for number in 0..view.lines.len() {
        if number.is_multiple_of(4096) && stop.is_asked() {
            break;
        }
        let Some(line) = view.lines.get(number).copied() else { break };
        if out.last().is_some_and(|o| is_ended_by_a_signature(o.kind)) && is_closing(view, number, &mut words) {
            out.push(Opened { kind: NoteKind::Unstated, first: line.first, heading: None, body: line.first });
            continue;
        }
        let mut from = line.first;
        let mut colon = from;
        if let Some(place) = place::at_line(view, number, &mut key) {
            let verdict = nesting.judge(&place, number, &mut key);
            // The colon of a heading that stays inside is not looked at again.
            colon = if place.has_colon { place.body.min(line.end) } else { from };
            from = take(verdict, place, &mut out).unwrap_or(from);
            colon = colon.max(from);
        }
        while colon < line.end {
            if view.is_mark(colon, ":")
                && let Some(place) = running::before_colon(view, from..line.end, colon, &mut key)
            {
                let verdict = nesting.judge(&place, number, &mut key);
                from = take(verdict, place, &mut out).unwrap_or(from);
                colon = colon.max(from);
                if colon == from && !view.is_mark(colon, ":") {
                    continue;
                }
            }
            colon += 1;
        }
    }
    out
}

/// Among whom to see next, a name with its degrees is no signature.
fn is_ended_by_a_signature(kind: NoteKind) -> bool {
    !matches!(kind, NoteKind::Unstated | NoteKind::FollowUp)
}

/// Opens what is to be opened; gives the first token behind the heading.
fn take(verdict: Verdict, place: Place, out: &mut Vec<Opened>) -> Option<usize> {
    match verdict {
        Verdict::Opens(kind) => {
            out.push(Opened { kind, first: place.first, heading: Some(place.heading), body: place.body });
            Some(place.body)
        }
        Verdict::TakesUp(kind) => {
            out.push(Opened { kind, first: place.first, heading: None, body: place.first });
            Some(place.body)
        }
        Verdict::Stays => None,
    }
}
