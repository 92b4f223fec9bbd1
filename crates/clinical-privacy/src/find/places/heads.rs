//! What a head noun and the words before it say: a name, a sort of place, or neither.

use super::facilities::HEADS;
use super::words::{AT, THE, is_capital, is_generic, is_key, is_led_by, is_namelike, is_odd, is_part, is_rare, key};
use crate::read::{Form, Page};
use crate::words::Class;

/// Is the word next before the head a name, not a sort?
pub(super) fn adjoining(page: &Page<'_>, head: usize) -> bool {
    (head.saturating_sub(6)..head)
        .rev()
        .filter_map(|i| page.get(i))
        .find(|t| t.is_word() && !is_generic(t.flags) && !t.flags.is(Class::Function))
        .is_some_and(|t| is_rare(t) || is_namelike(t) && t.flags.word() < 3 || is_part(t.flags))
}

/// A name of the lists that is no common word.
pub(super) fn weak_name(page: &Page<'_>, first: usize, head: usize) -> bool {
    (first..head).any(|i| {
        page.get(i).is_some_and(|t| {
            is_namelike(t) && t.flags.word() < 2 || is_odd(t) || is_part(t.flags) && t.flags.word() < 3
        })
    })
}

/// A head that only a named place has: "hospital", "pharmacy", "LLC", but not "care" or "group".
pub(super) fn is_strong(page: &Page<'_>, at: usize) -> bool {
    page.get(at).is_some_and(|t| {
        t.flags.is_any(Class::FacilityHead.bit() | Class::CompanySuffix.bit()) && !t.flags.is(Class::PlainHead)
    })
}

/// "Medical Center", "Nursing Home", "Family Practice": two plain heads make a strong one.
pub(super) fn is_pair(page: &Page<'_>, head: usize, end: usize) -> bool {
    let heads = (head..end).filter(|i| page.get(*i).is_some_and(|t| t.is_word() && t.flags.is_any(HEADS))).count();
    const ENDS: [u64; 3] = [key("practice"), key("living"), key("center")];
    let sort = heads == 1
        && page.get(head).is_some_and(|t| ENDS.contains(&t.key))
        && page.before(head).is_some_and(|t| t.flags.is(Class::GenericPlace));
    const BODILY: [u64; 4] = [key("physical"), key("occupational"), key("speech"), key("massage")];
    let sort = sort || heads == 1 && is_key(page, head, key("therapy")) && is_led_by(page, head, &BODILY);
    // "Redwood Family Medicine", "Shevdford Memory Care"
    let sort = sort
        || heads == 1
            && (is_key(page, head, key("medicine")) && is_led_by(page, head, &[key("family"), key("internal")])
                || is_key(page, head, key("care")) && is_led_by(page, head, &[key("memory")]));
    sort || heads >= 2 && !page.get(head).is_some_and(|t| t.flags.is_medical() && !t.flags.is(Class::PlainHead))
}

/// "University Hospital", "Central Health": made of sorts alone, yet a name where capitals say something.
pub(super) fn semi_generic(page: &Page<'_>, first: usize, head: usize) -> bool {
    const NAMES: [u64; 9] = [
        key("university"),
        key("children"),
        key("childrens"),
        key("veterans"),
        key("general"),
        key("city"),
        key("county"),
        key("central"),
        key("community"),
    ];
    const HEADS: [u64; 3] = [key("hospital"), key("clinic"), key("health")];
    let led =
        page.before(first).is_some_and(|t| t.form == Form::Lower && [AT, key("to"), key("from")].contains(&t.key));
    let hospital = is_key(page, head, HEADS[0]);
    page.capital_tells(head)
        && page.get(head).is_some_and(|t| HEADS.contains(&t.key))
        && (led || hospital && NAMES[..4].iter().any(|k| is_key(page, first, *k)))
        && (first..head).all(|i| page.get(i).is_some_and(|t| t.form == Form::Possessive || NAMES.contains(&t.key)))
}

/// "at The Blood Clinic": a capital "The" within a sentence opens a name, whatever the next word.
pub(super) fn called_the(page: &Page<'_>, first: usize, head: usize) -> bool {
    first > 0
        && head - first == 1
        && is_key(page, first - 1, THE)
        && (page.capital_tells(first - 1)
            || first > 1 && page.before(first - 1).is_some_and(|t| ['"', '(', '|', ':'].iter().any(|s| t.is_sign(*s))))
        && page.get(first - 1).is_some_and(is_capital)
        && page.get(first).is_some_and(|t| t.flags.surname() >= 2)
}

/// Does a line, field or sentence begin there?
pub(super) fn opens(page: &Page<'_>, at: usize) -> bool {
    page.opens_line(at)
        || page.before(at).is_some_and(|t| {
            [':', '|', '"', '(', '>', ',', '^', '=', '-', '*', '@'].iter().any(|s| t.is_sign(*s))
                || t.is_dash()
                || t.is_sign(';')
        })
}
