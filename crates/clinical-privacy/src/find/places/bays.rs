//! Wards by a word and a number or letter: "Ward 6B", "NICU Pod C", "moved to Bay 4". Of beds and rooms there are so many
//! that they name nobody; a ward is a place.

use super::words::{is_capital, is_led_by, is_usual, key};
use crate::find::marks::Marks;
use crate::kind::{Kind, Reason};
use crate::read::{Form, Gap, Page};
use crate::words::Class;

pub(super) const WARD: u64 = key("ward");
pub(super) const POD: u64 = key("pod");

/// Is it a word that such a ward may begin with?
#[inline]
pub(super) fn is_candidate(key: u64) -> bool {
    matches!(key, WARD | POD)
}

/// Marks the ward that the word at `at` begins.
pub(super) fn find(page: &Page<'_>, marks: &mut Marks, at: usize) -> Option<usize> {
    let (token, next) = (page.get(at)?, page.get(at + 1)?);
    let usual = is_usual(page, at);
    let small = usual && !is_capital(token);
    let fits = match next.form {
        Form::Number => next.len() <= 3,
        Form::Mixed => next.len() <= 4,
        Form::Initial => page.word(at + 1) != "I" && !(small && page.word(at + 1) == "A"),
        Form::Upper => token.key == WARD && next.len() == 2 && !next.flags.is_any(Class::Function.bit()),
        _ => false,
    };
    let ends = page.get(at + 2).is_none_or(|t| {
        t.gap > Gap::None || t.form == Form::Sign && !t.is_dash() && !t.is_sign('/') && !t.is_sign('%')
    });
    let sort = page.before(at).is_some_and(|t| t.is_word() && page.word(at - 1).to_ascii_uppercase().ends_with("ICU"));
    // "POD 2" and "pod 2" are the second day after an operation.
    let day = token.key == POD && !sort && (token.form != Form::Title || small) && next.form != Form::Initial;
    if day || token.key == POD && small && !sort || next.gap != Gap::Space || !fits || !ends {
        return None;
    }
    if (at..at + 2).any(|i| !marks.is_free(i)) {
        return None;
    }
    // "ward 3 days ago", "on ward 2 times".
    if page.get(at + 2).is_some_and(|t| t.gap <= Gap::Space && t.flags.is(Class::Unit) && next.form == Form::Number) {
        return None;
    }
    let first = at - usize::from(sort && marks.is_free(at - 1));
    let first = first - usize::from(is_led_by(page, first, &[key("surgical"), key("medical")]) && !small);
    // The word is the number's label: weights do not doubt it.
    marks.add(page, first, at + 2, Kind::Facility, Reason::Label);
    Some(at + 2)
}
