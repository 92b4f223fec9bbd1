//! Cities that the words before them prove: in any casing, and where casing says nothing.

use super::cities::{AREAS, FROM, IN, LEADS, NEVER, TO};
use super::living::ends_certainly;
use super::words::{
    AND, OF, ends_as_town, is_capital, is_generic, is_key, is_led_by, is_namelike, is_part, is_rare, is_usual, key,
};
use crate::find::marks::Marks;
use crate::kind::Kind;
use crate::read::{Form, Gap, Page};
use crate::words::{Class, Known};

/// A city that the words before it prove in any casing.
pub(super) fn told(page: &Page<'_>, marks: &Marks, at: usize) -> Option<usize> {
    let token = page.get(at)?;
    let f = token.flags;
    let by = |back: usize, key: u64| at >= back && is_key(page, at - back, key);
    let street =
        by(1, IN) && at >= 2 && matches!(marks.kind_at(at - 2), Some(Kind::Street | Kind::Facility | Kind::Employer));
    // "travel to Northmere and Surprise"
    let joined = by(1, AND)
        && at >= 2
        && marks.kind_at(at - 2) == Some(Kind::City)
        && is_usual(page, at)
        && token.form == Form::Title
        && f.city() >= 2
        && !page.get(at + 1).is_some_and(|t| t.gap <= Gap::Space && t.is_word() && is_capital(t));
    if joined && !f.is_any(NEVER | Class::Heading.bit()) {
        return Some(at + 1);
    }
    let city_of = by(1, OF) && by(2, key("city"));
    let of_them = by(1, OF)
        && at >= 2
        && page.get(at - 2).is_some_and(|t| {
            t.is_word() && is_namelike(t) && (is_capital(t) || !is_usual(page, at)) && !f.is_country()
        })
        && (is_rare(token)
            || f.is_region()
            || is_row(page, at)
            || f.city() >= 2 && f.word() == 0
            || page.phrase(at).is_some());
    // "circle of Willis"
    if of_them && f.is_eponym() && !street {
        return None;
    }
    if !(street || city_of || of_them)
        || f.is_any(NEVER | Class::FacilityHead.bit() | Class::Heading.bit())
        || (f.is_medical() && f.city() < 2)
    {
        return None;
    }
    let listed =
        page.phrase(at).filter(|(_, k)| matches!(k, Known::City(_) | Known::County | Known::Region)).map(|p| p.0);
    let fine = listed.is_some() || is_namelike(token) || is_usual(page, at) && is_capital(token);
    let last = page.get(at + 1).is_some_and(|t| {
        t.is_word()
            && t.gap <= Gap::Space
            && t.flags.is_any(Class::CityLast.bit() | Class::StreetSuffix.bit())
            && (!is_usual(page, at) || is_capital(t))
    });
    fine.then(|| listed.unwrap_or(if last { at + 2 } else { at + 1 }))
}

/// "Tannery Row", "Harbor Flats": two capital words, the second one a town's or street's last.
pub(super) fn is_row(page: &Page<'_>, at: usize) -> bool {
    const LASTS: u64 = Class::CityLast.bit() | Class::StreetSuffix.bit();
    let capital = |i: usize| page.get(i).is_some_and(|t| t.is_word() && is_capital(t));
    is_usual(page, at) && capital(at) && capital(at + 1) && page.get(at + 1).is_some_and(|t| t.flags.is_any(LASTS))
}

/// A city where casing says nothing: only behind a word that leads to a place.
pub(super) fn uncased(page: &Page<'_>, at: usize) -> Option<usize> {
    let token = page.get(at)?;
    let f = token.flags;
    let led = is_led_by(page, at, &LEADS);
    let residing =
        (at.saturating_sub(7)..at).any(|i| page.get(i).is_some_and(|t| t.is_word() && t.flags.is(Class::Residing)));
    let listed = page.phrase(at).filter(|(_, known)| matches!(known, Known::City(_) | Known::County | Known::Region));
    if let Some((end, known)) = listed
        && end > at + 1
    {
        let plain = (at..end).all(|i| page.get(i).is_some_and(|t| t.flags.word() >= 2 || t.form == Form::Sign));
        let small = matches!(known, Known::City(1));
        return (led && (!plain || residing || !small) || !plain && !small).then_some(end);
    }
    let behind = page.get(at + 1).filter(|t| t.gap <= Gap::Space && t.is_word());
    let pair = behind.is_some_and(|t| t.flags.is(Class::CityLast) || f.is(Class::CityFirst) && is_namelike(t));
    if pair
        && page.get(at + 2).is_some_and(|t| {
            t.is_word() && (t.key == key("police") || t.key == key("fire") && is_key(page, at + 3, key("and")))
        })
        && !f.is_any(NEVER)
    {
        return Some(at + 2);
    }
    let area = behind.is_some_and(|t| {
        AREAS.contains(&t.key) && t.key != key("section") || t.key == key("fire") && is_key(page, at + 2, key("and"))
    });
    if area && f.city() >= 1 && !f.is_any(NEVER) && !is_generic(f) {
        return Some(at + 1);
    }
    if !led
        || f.is_any(NEVER)
        || f.is_medical()
        || f.is_eponym() && !residing
        || f.is_country()
        || f.is_proper() && !(residing && f.city() >= 2)
        || token.len() < 4
    {
        return None;
    }
    let last = page.get(at + 1).is_some_and(|t| t.is_word() && t.gap <= Gap::Space && t.flags.is(Class::CityLast));
    let first = f.is_any(Class::CityFirst.bit() | Class::Direction.bit());
    if first
        && page.get(at + 1).is_some_and(|t| t.gap <= Gap::Space && is_rare(t))
        && !page.get(at + 1).is_some_and(|t| t.flags.is_country())
    {
        return Some(at + 2);
    }
    let to = is_led_by(page, at, &[TO]);
    let fine = f.word() == 0 && (f.city() >= 2 || f.is_region()) && (f.surname() < 2 || residing || !to)
        || residing && f.city() >= 2 && is_led_by(page, at, &[IN])
        || residing && (is_rare(token) || f.city() >= 1 && f.word() < 2)
        || residing
            && is_led_by(page, at, &[FROM])
            && f.city() >= 2
            && behind.is_none_or(|t| t.flags.is(Class::Function))
        || f.is_unknown()
            && (last
                || ends_certainly(page.word(at))
                || !to && !is_led_by(page, at, &[FROM]) && ends_as_town(page.word(at)))
        || residing && last && is_namelike(token);
    if !fine || is_generic(f) || is_part(f) && f.city() == 0 {
        return None;
    }
    Some(if last { at + 2 } else { at + 1 })
}
