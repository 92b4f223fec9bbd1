//! Names of houses that go on in a way of their own: "Larkmoor Eye and Ear", "Tarrow Electric Co-op", "Quillmere
//! Lying-In", "Residence at Indigo Bay". A part of the name was found; the rest would still say which house it is.

use super::apart::APART;
use super::marks::{Mark, Marks};
use super::spread::is_usual;
use crate::kind::{Kind, Reason};
use crate::read::{Form, Gap, Page, Token};
use crate::words::Class;

/// Words of which the second half of a pair is made, where capitals say nothing.
const SORTS: u64 = Class::Anatomy.bit() | Class::Specialty.bit() | Class::FacilityHead.bit() | Class::PlainHead.bit();

/// Words that head a name in front of "at" or "of the".
const HOMES: u64 = Class::FacilityHead.bit() | Class::FacilityPart.bit();

/// Words that every house has.
const COMMON: u64 = Class::Specialty.bit() | Class::GenericPlace.bit() | Class::Role.bit() | Class::Heading.bit();

/// Marks what goes on.
pub(super) fn find(page: &Page<'_>, marks: &mut Marks) {
    let houses: Vec<Mark> = marks.found().iter().filter(|m| is_house(page, m)).copied().collect();
    for house in houses {
        let usual = is_usual(page, marks, house.first);
        let end = pair(page, marks, &house, usual)
            .or_else(|| found_beside(page, marks, &house))
            .or_else(|| hyphened(page, marks, &house, usual));
        let first = before(page, marks, &house, usual);
        if first.is_some() || end.is_some() {
            let kind = if house.kind == Kind::Employer { Kind::Employer } else { Kind::Facility };
            marks.add(page, first.unwrap_or(house.first), end.unwrap_or(house.end), kind, Reason::Context);
        }
    }
}

/// A house, an employer; or a name or town behind a word of place.
fn is_house(page: &Page<'_>, mark: &Mark) -> bool {
    match mark.kind {
        Kind::Facility | Kind::Employer => true,
        Kind::Name | Kind::City => {
            matches!(mark.reason, Reason::Learned | Reason::List | Reason::Context) && {
                let before = page.word(mark.first.wrapping_sub(1));
                ["at", "to", "from", "of", "the", "with", "for", "(", "\"", ":", "|", ","]
                    .iter()
                    .any(|w| before.eq_ignore_ascii_case(w))
                    || page.opens_line(mark.first)
                    || page.get(mark.first).is_some_and(|t| t.gap >= Gap::Wide)
            }
        }
        _ => false,
    }
}

/// "and Ear" behind "Larkmoor Eye", "Foot & Ankle" behind "Larkmoor": two sorts of care or trade.
fn pair(page: &Page<'_>, marks: &Marks, house: &Mark, usual: bool) -> Option<usize> {
    let joined = |i: usize| {
        page.get(i).is_some_and(|t| t.gap == Gap::Space && (t.is_sign('&') || page.word(i).eq_ignore_ascii_case("and")))
    };
    // The first half is the last word of what was found, or stands behind it.
    let inside = house.end - house.first >= 2 && joined(house.end);
    let join = if inside { house.end } else { house.end + 1 };
    if !joined(join) {
        return None;
    }
    let half = |i: usize| {
        page.get(i).is_some_and(|t| {
            let written = if usual {
                t.form == Form::Title
            } else {
                t.is_word() && t.flags.is_any(SORTS | Class::GenericPlace.bit())
            };
            written
                && t.gap == Gap::Space
                && t.len() > 2
                && !t.flags.is_any(APART)
                && (!t.flags.is_medical() || t.flags.is_any(SORTS))
                && t.flags.given().max(t.flags.surname()) < 3
        })
    };
    let free =
        |i: usize| marks.is_free(i) || marks.kind_at(i).is_some_and(|k| matches!(k, Kind::Facility | Kind::Employer));
    // Where the first half is of the house itself it says what the pair is of.
    let told = |i: usize| page.get(i).is_some_and(|t| t.flags.is_any(SORTS | Class::GenericPlace.bit()));
    let (one, two) = (join - 1, join + 1);
    let told = if usual { told(one) || told(two) } else { told(one) && told(two) };
    if !(half(one) && half(two) && free(two) && (inside || marks.is_free(one)) && told) {
        return None;
    }
    // "LUNG AND SLEEP CENTER"
    let head = page
        .get(two + 1)
        .is_some_and(|t| t.gap == Gap::Space && t.flags.is(Class::FacilityHead) && (!usual || t.form == Form::Title))
        && marks.is_free(two + 1);
    Some(two + 1 + usize::from(head))
}

/// "and Suites" behind "Larkmoor Hotel", where "Suites" was found for itself: one house.
fn found_beside(page: &Page<'_>, marks: &Marks, house: &Mark) -> Option<usize> {
    let join = page.get(house.end)?;
    let two = page.get(house.end + 1)?;
    let joined = join.gap == Gap::Space
        && (join.is_sign('&') || page.word(house.end).eq_ignore_ascii_case("and"))
        && two.gap == Gap::Space;
    let one = matches!(marks.kind_at(house.end + 1), Some(Kind::Facility | Kind::Employer));
    let lone = marks.kind_at(house.end + 2).is_none();
    let common = two.flags.word() >= 2 && !two.flags.is_any(APART);
    (house.end - house.first >= 2 && joined && one && lone && common).then_some(house.end + 2)
}

/// "-op" behind "Electric Co", "-In" behind "Lying", "-Med" behind "Larkmoor Insta".
fn hyphened(page: &Page<'_>, marks: &Marks, house: &Mark, usual: bool) -> Option<usize> {
    const HALVES: [(&str, &str); 5] =
        [("co", "op"), ("co", "operative"), ("lying", "in"), ("walk", "in"), ("drop", "in")];
    let at = house.end;
    let dash = page.get(at).is_some_and(|t| t.is_dash() && t.gap == Gap::None) && marks.is_free(at);
    let next = page.get(at + 1).is_some_and(|t| t.gap == Gap::None) && marks.is_free(at + 1);
    let (one, two) = (page.word(at.checked_sub(1)?), page.word(at + 1));
    let listed = HALVES.iter().any(|(a, b)| one.eq_ignore_ascii_case(a) && two.eq_ignore_ascii_case(b));
    let capital = usual
        && matches!(house.kind, Kind::Facility | Kind::Employer)
        && page.get(at + 1).is_some_and(|t| t.form == Form::Title);
    (dash && next && (listed || capital)).then_some(at + 2)
}

/// "Residence at" before "Indigo Bay", "Ear Associates of the" before "Valley".
fn before(page: &Page<'_>, marks: &Marks, house: &Mark, usual: bool) -> Option<usize> {
    if !usual {
        return None;
    }
    let is = |i: usize, words: &[&str]| words.iter().any(|w| page.word(i) == *w);
    let mut at = house.first.checked_sub(1)?;
    if is(at, &["the"]) {
        at = at.checked_sub(1)?;
    }
    if !is(at, &["at", "of"]) || page.get(house.first)?.gap != Gap::Space || !marks.is_free(at) {
        return None;
    }
    let title =
        |i: usize| page.get(i).is_some_and(|t| t.form == Form::Title && marks.is_free(i) && !t.flags.is_any(APART));
    let head = at.checked_sub(1).filter(|i| title(*i))?;
    let homes = |t: &Token| t.flags.is_any(HOMES) && !t.flags.is_any(COMMON & !Class::GenericPlace.bit());
    if !page.get(head).is_some_and(homes) && !is(head, &["Care", "Sisters", "Brothers", "Daughters"])
        || page.get(at)?.gap != Gap::Space
    {
        return None;
    }
    let mut first = head;
    while first > 0 && head - first < 3 && page.get(first)?.gap == Gap::Space && title(first - 1) {
        first -= 1;
    }
    // Only common words, and nothing but a sort of care: "Primary Care of".
    let own = (first..=head).any(|i| page.get(i).is_some_and(|t| !t.flags.is_any(COMMON)));
    let led = first > 0 && page.get(first)?.gap == Gap::Space && page.before(first)?.form == Form::Lower
        || page.opens_line(first)
        || page.get(first)?.gap >= Gap::Wide
        || [',', '(', ':', '"', '|'].iter().any(|s| page.is_sign(first - 1, *s));
    (own && led).then_some(first)
}
