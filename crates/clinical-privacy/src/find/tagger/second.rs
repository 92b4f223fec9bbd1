//! A second look at what the rules took for names and places by lists and company: what the weights hold for something
//! else altogether is let go.

use super::features::{Around, Features, features, glance};
use super::is_usual;
use super::line::Lines;
use crate::find::marks::{Mark, Marks};
use crate::kind::{Kind, Reason};
use crate::read::Page;
use crate::words::Class;

/// The most words of a find that are looked at.
const MOST: usize = 6;

/// Lets go of the finds that could be doubted and of which `holds` says that they do not hold.
pub(super) fn look(page: &Page<'_>, marks: &mut Marks, mut holds: impl FnMut(&Mark, bool, &[Features]) -> bool) {
    let mut lines = Lines::default();
    let mut doubted = Vec::new();
    for (nth, mark) in marks.found().iter().enumerate() {
        if !may_be_doubted(page, mark) {
            continue;
        }
        let mut words = Vec::new();
        let mut around = Around { marks, hidden: (mark.first, mark.end), before: None };
        for at in mark.first..mark.end.min(mark.first + 2 * MOST) {
            if page.get(at).is_some_and(|t| t.is_word() && t.len() >= 2) && words.len() < MOST {
                let mut seen = Features::new();
                glance(page, at, &mut seen);
                features(page, &around, &mut lines, at, &mut seen);
                words.push(seen);
                around.before = Some(mark.kind);
            }
        }
        let Some(line) = page.line(mark.first) else { continue };
        if !words.is_empty() && !holds(mark, is_usual(page, line.casing), &words) {
            doubted.push(nth);
        }
    }
    if !doubted.is_empty() {
        let mut nth = 0;
        *marks = marks.only(page, |_| {
            nth += 1;
            doubted.binary_search(&(nth - 1)).is_err()
        });
    }
}

/// Only what lists and company told, not a label, a form, the record or a title.
pub(super) fn may_be_doubted(page: &Page<'_>, mark: &Mark) -> bool {
    let titled = || {
        let dotted = mark.first > 0 && page.is_sign(mark.first - 1, '.');
        page.before(mark.first - usize::from(dotted)).is_some_and(|t| t.flags.is(Class::Title))
    };
    // "City of Mobile".
    let called = || {
        matches!(mark.kind, Kind::City | Kind::County)
            && mark.first > 0
            && page.word(mark.first - 1).eq_ignore_ascii_case("of")
    };
    matches!(mark.kind, Kind::Name | Kind::City | Kind::County | Kind::Facility | Kind::Employer)
        && matches!(mark.reason, Reason::List | Reason::Context | Reason::Pattern)
        && !titled()
        && !called()
}
