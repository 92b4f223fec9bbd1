//! Places that no head noun gives away, only the "at" before them: "seen at Harrow Ridge", "MRN at Kestrel",
//! "out to Riverbend at Ossawattock".

use super::reach::wraps;
use super::words::{
    AND, AT, OF, THE, ends_as_town, is_capital, is_generic, is_key, is_namelike, is_odd, is_part, is_rare, is_usual,
    is_verbal, key,
};
use crate::find::marks::Marks;
use crate::kind::{Kind, Reason};
use crate::read::{Form, Gap, Page, Token};
use crate::words::{Class, Known};

/// Words that stand behind "at" with a capital and name no place.
const NO_PLACE: u64 = Class::Function.bit()
    | Class::Title.bit()
    | Class::Month.bit()
    | Class::Weekday.bit()
    | Class::Holiday.bit()
    | Class::Pronoun.bit()
    | Class::Relative.bit()
    | Class::Person.bit()
    | Class::Role.bit()
    | Class::Credential.bit()
    | Class::Heading.bit()
    | Class::Grade.bit()
    | Class::Unit.bit()
    | Class::Clock.bit()
    | Class::NumberWord.bit()
    | Class::Anatomy.bit()
    | Class::Relation.bit();

/// The longest name, in tokens.
const LONGEST: usize = 7;

/// Marks the place behind each "at".
pub(super) fn find(page: &Page<'_>, marks: &mut Marks, candidates: &[usize]) {
    for &at in candidates {
        let mut first = at + 1;
        if is_key(page, first, THE) && page.get(first).is_some_and(|t| t.gap <= Gap::Line) {
            first += 1;
        }
        let Some(token) = page.get(first) else { continue };
        if !token.is_word() || token.gap > Gap::Line || token.gap == Gap::Wide {
            continue;
        }
        if !marks.is_free(first) {
            // "Brookside at Crestline", the second word found as a city.
            let start = with_owner(page, marks, at);
            if matches!(marks.kind_at(first), Some(Kind::City | Kind::Facility)) && start < at {
                marks.add(page, start, first + 1, Kind::Facility, Reason::Context);
            }
            continue;
        }
        let end = if is_usual(page, first) { usual(page, marks, first) } else { uncased(page, marks, first) };
        let Some(end) = end else { continue };
        let start = if first == at + 1 { with_owner(page, marks, at) } else { first };
        marks.add(page, start, end, Kind::Facility, Reason::Context);
    }
}

/// Capital words up to something small: two or more of which one is no clinical word, or one that is a name.
fn usual(page: &Page<'_>, marks: &Marks, first: usize) -> Option<usize> {
    if page.get(first)?.flags.is_any(NO_PLACE) || matches!(page.phrase(first), Some((_, Known::Eponym))) {
        return None;
    }
    let mut i = first;
    let (mut words, mut own, mut sure) = (0, 0, false);
    let (mut clinical, mut rare) = (false, false);
    while i < first + LONGEST {
        let Some(token) = page.get(i) else { break };
        if !marks.is_free(i) || i > first && (token.gap > Gap::Line || token.gap == Gap::Wide) {
            break;
        }
        // "at Skyline MC" is whole where its line ends early, or where the next is a heading.
        if i > first && token.gap == Gap::Line && !wraps(page, i) {
            break;
        }
        if !token.is_word() {
            if i == first || !joins(page, i) {
                break;
            }
            i += 1;
            continue;
        }
        let f = token.flags;
        if !is_capital(token) {
            let joint = i > first
                && ([AND, OF].contains(&token.key) || f.is(Class::Particle))
                && page.get(i + 1).is_some_and(|t| t.gap <= Gap::Space && is_own(t));
            if !joint {
                break;
            }
            i += 1;
            continue;
        }
        if f.is_any(Class::Function.bit() | Class::Title.bit() | Class::Month.bit() | Class::Weekday.bit()) {
            break;
        }
        words += 1;
        own += usize::from(is_own(token));
        clinical |= f.is(Class::Anatomy) || f.is_medical();
        rare |= is_rare(token) || is_odd(token);
        sure |= is_own(token) && (f.word() < 3 || is_part(f)) && page.capital_tells(i);
        i += 1;
    }
    while i > first && page.get(i - 1).is_some_and(|t| t.form == Form::Sign) {
        i -= 1;
    }
    let eponym = page.get(i).is_some_and(|t| t.is_word() && t.gap <= Gap::Space && t.flags.is(Class::EponymHead));
    let numbered = page.get(i).is_some_and(|t| t.form == Form::Number && t.gap <= Gap::Space) && words == 1;
    if own == 0 || eponym || numbered || clinical && !rare || words == 1 && !sure {
        return None;
    }
    // "TeenWell on Ferris"
    let street = is_key(page, i, key("on"))
        && page.get(i + 1).is_some_and(|t| t.form == Form::Title && is_rare(t) && marks.is_free(i + 1));
    Some(if street { i + 2 } else { i })
}

/// A capital word that says whose the place is.
fn is_own(token: &Token) -> bool {
    let f = token.flags;
    matches!(token.form, Form::Title | Form::Camel)
        && !is_generic(f)
        && !f.is_medical()
        && !f.is_proper()
        && (!f.is_eponym() || f.surname() >= 3)
        && !f.is_any(NO_PLACE)
}

/// A sign inside a name: "Salt & Cedar", "UMC-Dunmorrow", "Queen Aldith's", "St. Kateri".
fn joins(page: &Page<'_>, at: usize) -> bool {
    let Some(token) = page.get(at) else { return false };
    let goes_on = |gap: Gap| page.get(at + 1).is_some_and(|t| t.is_word() && is_capital(t) && t.gap <= gap);
    token.form == Form::Possessive
        || token.is_sign('&') && goes_on(Gap::Space)
        || token.is_dash() && token.gap == Gap::None && goes_on(Gap::None)
        || token.is_sign('.') && page.before(at).is_some_and(|t| t.key == super::words::ST) && goes_on(Gap::Space)
}

/// "Riverbend at Ossawattock": a rare capital word before the "at", where no person can stand.
fn with_owner(page: &Page<'_>, marks: &Marks, at: usize) -> usize {
    if at == 0 {
        return at + 1;
    }
    let led = at >= 2
        && page
            .get(at - 2)
            .is_some_and(|t| t.form == Form::Lower && [key("to"), key("from"), key("in")].contains(&t.key));
    let owner = page.before(at).is_some_and(|t| {
        t.form == Form::Title
            && is_own(t)
            && t.flags.given() < 2
            && (led
                || is_part(t.flags) && t.flags.surname() < 3
                || ends_as_town(page.word(at - 1)) && t.flags.surname() < 2)
    });
    let free = marks.is_free(at - 1) || matches!(marks.kind_at(at - 1), Some(Kind::City | Kind::Facility));
    if !(owner && is_usual(page, at) && free) {
        return at + 1;
    }
    // "The Pines at North Fork"
    let the =
        at >= 2 && is_key(page, at - 2, THE) && page.get(at - 2).is_some_and(is_capital) && page.capital_tells(at - 2);
    at - 1 - usize::from(the)
}

/// Where casing says nothing: words of names only, one of which is no word at all.
fn uncased(page: &Page<'_>, marks: &Marks, first: usize) -> Option<usize> {
    let mut i = first;
    let (mut words, mut rare) = (0, 0);
    while i < first + 4 {
        let Some(token) = page.get(i) else { break };
        if i > first && token.form == Form::Possessive {
            i += 1;
            break;
        }
        let f = token.flags;
        let place = f.is_any(Class::CityLast.bit() | Class::CityFirst.bit() | Class::Direction.bit());
        let fine = token.is_word()
            && marks.is_free(i)
            && (i == first || token.gap <= Gap::Space)
            && !f.is_any(NO_PLACE)
            && !f.is_medical()
            && (is_odd(token)
                || is_rare(token) && token.len() > 3
                || is_namelike(token) && f.word() < 2
                || is_part(f)
                || place);
        if !fine {
            break;
        }
        words += 1;
        rare += usize::from(is_odd(token) || is_rare(token) && token.len() > 3);
        i += 1;
    }
    // "at harrow ridge", "at winter falls": no word, but the last one is a town's.
    const LASTS: [u64; 12] = [
        key("ridge"),
        key("falls"),
        key("springs"),
        key("heights"),
        key("hills"),
        key("grove"),
        key("haven"),
        key("harbor"),
        key("oaks"),
        key("pines"),
        key("meadows"),
        key("hollow"),
    ];
    let plain = page.get(first).is_some_and(|t| {
        t.is_word()
            && t.len() > 3
            && !t.flags.is_any(super::words::STOPS | NO_PLACE)
            && !is_generic(t.flags)
            && !is_verbal(page.word(first))
    });
    let last = page.get(first + 1).is_some_and(|t| t.is_word() && t.gap == Gap::Space && LASTS.contains(&t.key));
    if plain && last && i <= first + 2 && marks.is_free(first + 1) && is_key(page, first.wrapping_sub(1), AT) {
        return Some(first + 2);
    }
    let single = page.get(first).is_some_and(|t| t.flags.is_unknown() && t.len() > 5 || t.flags.city() >= 2);
    let head = page.get(i).is_some_and(|t| t.is_word() && t.gap <= Gap::Space && t.flags.is(Class::EponymHead));
    (rare > 0 && (words > 1 || single) && !head && !is_key(page, i, AT)).then_some(i)
}
