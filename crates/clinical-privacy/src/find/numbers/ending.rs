//! The end of a number whose label stands further off: "card on file ending 4402", "phone the same but ending 0156".

use super::cue::{Found, cue_at};
use super::label::kind_of;
use super::run::is_year;
use crate::find::marks::Marks;
use crate::kind::{Kind, Reason};
use crate::read::{Gap, Page};
use crate::words::{Class, Cue};

/// Reads the number behind "ending" at `at`: the token to go on from.
pub(super) fn read(page: &Page<'_>, marks: &mut Marks, at: usize, found: &Found) -> usize {
    let value = found.end;
    let fits = page.word(at).len() >= 4
        && page.word(at).get(..3).is_some_and(|w| w.eq_ignore_ascii_case("end"))
        && page.get(value).is_some_and(|t| t.is_number(3..=5) && t.gap <= Gap::Line)
        && !page
            .get(value + 1)
            .is_some_and(|t| t.gap == Gap::None && (t.is_sign('/') || t.is_sign('%') || t.is_sign(':')))
        && marks.is_free(value);
    if !fits || is_year(page.get(value).map_or(0, |t| t.key)) {
        return found.end;
    }
    for back in 1..=8 {
        let Some(i) = at.checked_sub(back) else { break };
        if page.is_sign(i, '.') || page.get(i + 1).is_some_and(|t| t.gap >= Gap::Blank) {
            break;
        }
        let cue = page.get(i).filter(|t| t.flags.is(Class::Cue)).and_then(|_| cue_at(page, i)).map(|f| f.cue);
        let kind = match cue {
            Some(Cue::Phone | Cue::Pager) => Kind::Phone,
            Some(Cue::Fax) => Kind::Fax,
            Some(cue) => match kind_of(cue) {
                Some(kind) if cue != Cue::Leave => kind,
                _ => continue,
            },
            None => continue,
        };
        marks.add(page, value, value + 1, kind, Reason::Context);
        return value + 1;
    }
    found.end
}
