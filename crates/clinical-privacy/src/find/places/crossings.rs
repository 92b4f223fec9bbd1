//! Streets by the corner they make, or by their number: "corner of Vine and Old Mill Run", "on E. 149th".

use super::roads::{CORNER, FULL, INTERSECTION};
use super::streets::{CT, DR, ON, close, is_nth};
use super::suffixes::is_suffix;
use super::words::{AND, AT, OF, ST, is_capital, is_key, is_led_by, is_namelike, is_usual, key};
use crate::find::marks::Marks;
use crate::read::{Form, Gap, Page};
use crate::words::Class;

/// The other street of a corner behind a street: "Kiln Rd & 5th", "Long Hollow Pike @ Harris Ln". The token behind it.
pub(super) fn second(page: &Page<'_>, at: usize) -> Option<usize> {
    let sign = page.get(at).filter(|t| t.is_sign('&') || t.is_sign('@') || t.key == AND && t.is_word())?;
    if sign.gap > Gap::Line {
        return None;
    }
    // "near Bridge St and Fourth": an ordinal behind "and" counts something else unless the clause ends there.
    if sign.key == AND && sign.is_word() {
        let nth = is_nth(page, at + 1) || page.get(at + 1).is_some_and(|t| t.flags.is(Class::OrdinalWord));
        let near = page
            .get(at + 1)
            .is_some_and(|t| t.gap <= Gap::Line && (is_nth(page, at + 1) || !is_usual(page, at + 1) || is_capital(t)));
        let ends = page.get(at + 2).is_none_or(|t| t.form == Form::Sign && !t.is_dash() || t.gap >= Gap::Line);
        return (nth && near && ends).then_some(at + 2);
    }
    if is_nth(page, at + 1) && page.get(at + 1).is_some_and(|t| t.gap <= Gap::Line) {
        let road = page.get(at + 2).is_some_and(|t| t.gap == Gap::Space && t.flags.is(Class::RoadWord));
        return Some(at + 2 + usize::from(road));
    }
    let found = super::streets::suffix(page, at + 1)?;
    (found.strong && found.end > at + 2).then_some(found.end)
}

/// "5th Avenue", "42nd Street" without a house number.
pub(super) fn nth(page: &Page<'_>, marks: &mut Marks, at: usize) -> Option<usize> {
    if !is_nth(page, at) {
        return None;
    }
    let next = page.get(at + 1)?;
    if next.gap > Gap::Line || !next.is_word() || marks.is_shielded(at) {
        return None;
    }
    // "corner of 5th and Main"
    if next.key == AND
        && page.get(at + 2).is_some_and(|t| t.is_word() && is_capital(t) && !t.flags.is(Class::Function))
        && is_corner(page, at)
    {
        return Some(close(page, marks, at, at + 3));
    }
    // "picks up at 3rd and Alder"
    if next.key == AND
        && is_usual(page, at)
        && is_led_by(page, at, &[AT, key("near"), key("off")])
        && page.get(at + 2).is_some_and(|t| {
            t.form == Form::Title
                && !t.flags.is_any(
                    Class::Function.bit() | Class::Month.bit() | Class::Weekday.bit() | Class::OrdinalWord.bit(),
                )
                && !t.flags.is_medical()
        })
    {
        return Some(close(page, marks, at, at + 3));
    }
    if !next.flags.is(Class::RoadWord)
        || ![ON, AT, OF, key("near"), AND].iter().any(|k| at > 0 && is_key(page, at - 1, *k))
            && !FULL.contains(&next.key)
    {
        return None;
    }
    (is_suffix(page, at + 1, is_usual(page, at)) && ![DR, CT, ST].contains(&next.key)
        || FULL.contains(&next.key)
        || next.key == ST && page.is_sign(at + 2, '.'))
    .then(|| close(page, marks, at, at + 2))
}

fn is_corner(page: &Page<'_>, at: usize) -> bool {
    (at.saturating_sub(3)..at).any(|i| is_key(page, i, CORNER) || is_key(page, i, INTERSECTION))
}

/// "corner of Vine and Old Mill Run", "intersection of Main & 5th": `at` is "corner".
pub(super) fn corner(page: &Page<'_>, marks: &mut Marks, at: usize) -> Option<usize> {
    if !is_key(page, at + 1, OF) {
        return None;
    }
    let usual = is_usual(page, at);
    let mut i = at + 2;
    let (mut joint, mut words) = (0, 0);
    while i < at + 12 {
        let Some(token) = page.get(i) else { break };
        if token.gap > Gap::Line || token.gap == Gap::Wide || marks.is_shielded(i) {
            break;
        }
        let first = i == at + 2 || joint + 1 == i;
        if !first && joint == 0 && (token.key == AND && token.is_word() || token.is_sign('&') || token.is_sign('/')) {
            joint = i;
            words = 0;
            i += 1;
            continue;
        }
        let stop = token.is_sign('.') && page.before(i).is_some_and(|t| t.len() <= 2) && !first;
        let f = token.flags;
        let fine = stop
            || is_nth(page, i)
            || token.is_word()
                && (if usual { is_capital(token) } else { joint == 0 || first || f.is(Class::StreetSuffix) })
                && (!f.is_any(Class::Function.bit() | Class::Pronoun.bit() | Class::Title.bit()) || token.key == ST)
                && !(f.is_medical() && f.surname() == 0);
        if !fine || words > 3 {
            break;
        }
        words += usize::from(!stop);
        i += 1;
    }
    // "the corner of his mouth", "corner of the eye and cheek"
    let body = page.get(at + 2).is_some_and(|t| t.flags.is(Class::Anatomy));
    (joint > 0 && words > 0 && i > joint + 1 && !body).then(|| close(page, marks, at + 2, i))
}

/// "at Fifth and Ponderosa", "on E. 149th": `at` is an ordinal word or a direction.
pub(super) fn crossing(page: &Page<'_>, marks: &mut Marks, at: usize) -> Option<usize> {
    let token = page.get(at)?;
    // "mail to Compass Chapel, Third & Vine": the sign joins streets, and no ranks, between capitals.
    let joined = page.is_sign(at + 1, '&')
        && token.flags.is(Class::OrdinalWord)
        && page.before(at).is_some_and(|t| t.is_sign(','))
        && page.get(at + 3).is_none_or(|t| t.form == Form::Sign || t.gap >= Gap::Line);
    let led = is_led_by(page, at, &[ON, AT, OF, key("near"), key("off")]) || joined;
    if !led || is_usual(page, at) && !is_capital(token) {
        return None;
    }
    if token.flags.is(Class::Direction) {
        let nth = at + 1 + usize::from(page.is_sign(at + 1, '.'));
        let fine = is_nth(page, nth) && page.get(nth).is_some_and(|t| t.gap <= Gap::Space);
        return fine.then(|| close(page, marks, at, nth + 1));
    }
    let joined = is_key(page, at + 1, AND) || page.is_sign(at + 1, '&');
    let usual = is_usual(page, at);
    let second = page.get(at + 2).is_some_and(|t| {
        t.is_word()
            && (if usual { t.form == Form::Title } else { is_namelike(t) })
            && !t.flags.is_any(Class::Function.bit() | Class::OrdinalWord.bit())
    });
    (joined && second && !page.get(at + 2).is_some_and(|t| t.flags.is_medical()))
        .then(|| close(page, marks, at, at + 3))
}
