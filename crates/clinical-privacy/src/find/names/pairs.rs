//! "Brown/Wainwright 5/13/20": two surnames with a stroke between, who were on duty.

use super::likeness::{Likeness, is_eponym_here, likeness};
use super::run;
use crate::find::marks::Marks;
use crate::kind::{Kind, Reason};
use crate::read::{Form, Gap, Page};

/// Marks both names around the stroke at `at`. Gives the token to go on from.
pub(super) fn find(page: &Page<'_>, marks: &mut Marks, at: usize) -> Option<usize> {
    let sign = page.get(at)?;
    if !sign.is_sign('/') || sign.gap != Gap::None {
        return None;
    }
    let last = at.checked_sub(1)?;
    let (one, two) = (page.get(last)?, page.get(at + 1)?);
    let could = |i: usize| {
        let like = likeness(page, marks, i);
        let t = &page.tokens[i];
        matches!(t.form, Form::Title | Form::Camel)
            && !t.flags.is_medical()
            && !is_eponym_here(page, i)
            && (like >= Likeness::Unknown || like == Likeness::WordName && t.flags.surname() >= 2)
    };
    if two.gap != Gap::None
        || !one.is_word()
        || !two.is_word()
        || !could(last)
        || !could(at + 1)
        || run::is_label(page, at + 1)
    {
        return None;
    }
    let end = run::right(page, marks, at + 1, at + 2);
    // At least one is hardly a word, or a date follows.
    let dated = marks.kind_at(end) == Some(Kind::Date);
    let known = |i: usize| likeness(page, marks, i) >= Likeness::Listed;
    if !dated && !known(last) && !known(at + 1) {
        return None;
    }
    let first = run::left(page, marks, last);
    marks.add(page, first, at, Kind::Name, Reason::Context);
    marks.add(page, at + 1, end, Kind::Name, Reason::Context);
    Some(end)
}
