//! Streets: with a house number, without one, post-office boxes, rural routes and highways.

use super::address::{state, unit, unit_before};
use super::foreign::foreign;
use super::routes::highway;
use super::suffixes::{is_suffix, near_known, proof};
use super::unsuffixed::{block, directed, nameless};
use super::words::{OF, THE, is_capital, is_namelike, is_rare, is_usual, is_verbal, key};
use crate::find::marks::Marks;
use crate::kind::{Kind, Reason};
use crate::read::{Form, Gap, Page, Token};
use crate::words::Class;

/// Words that may not stand in the name of a street whose suffix comes later.
pub(super) const BARRED: u64 = Class::Pronoun.bit()
    | Class::Says.bit()
    | Class::Does.bit()
    | Class::Unit.bit()
    | Class::Clock.bit()
    | Class::Role.bit()
    | Class::Relative.bit()
    | Class::Person.bit()
    | Class::Residing.bit()
    | Class::Relation.bit();

pub(super) const ON: u64 = key("on");

const PIKE: u64 = key("pike");

pub(super) const DR: u64 = key("dr");

pub(super) const CT: u64 = key("ct");

/// A suffix that ends a street, and how sure it is.
pub(super) struct Suffix {
    pub(super) end: usize,
    pub(super) strong: bool,
}

/// "1376 Kitchen Ln", "9072 East Cedar Street", "12 Rue de Rivoli": marks it and returns the token behind.
pub(super) fn numbered(page: &Page<'_>, marks: &mut Marks, at: usize) -> Option<usize> {
    let token = page.get(at)?;
    if !is_house_number(page, token, at) || marks.any_in(at, at + 1) {
        return None;
    }
    // Most numbers have no word behind them that can begin a street: leave early.
    let mut first = at + 1;
    // "12 1/2 Main St", "12-14 Elm St"
    if page.get(first).is_some_and(|t| t.is_number(1..=1))
        && page.is_sign(first + 1, '/')
        && page.get(first + 2).is_some_and(|t| t.is_number(1..=1))
    {
        first += 3;
    } else if page.get(first).is_some_and(|t| t.is_dash() && t.gap == Gap::None)
        && page.get(first + 1).is_some_and(|t| t.gap == Gap::None && (t.is_number(1..=5) || t.form == Form::Mixed))
    {
        first += 2;
    }
    if page.is_sign(first, ',') && page.get(first + 1).is_some_and(|t| t.flags.is(Class::RoadFirst)) {
        first += 1;
    }
    if marks.is_shielded(at) && first == at + 1 && mile(page, at) == at {
        return None;
    }
    let next = page.get(first)?;
    if next.gap == Gap::Blank {
        return None;
    }
    // "June 2020" at a line's end is no house number.
    let year = token.is_number(4..=4) && matches!(token.key, 1900..=2099);
    if next.gap == Gap::Line && year {
        return None;
    }
    if next.gap == Gap::None || !(next.is_word() || is_nth(page, first)) {
        return None;
    }
    let usual = is_usual(page, first);
    let lived = is_lived(page, at);
    let found = foreign(page, compass(page, first), true)
        .or_else(|| highway(page, compass(page, first)))
        .map(|end| Suffix { end, strong: true })
        .or_else(|| suffix(page, first))
        .or_else(|| near_known(page, at, first))
        .or_else(|| directed(page, at, first, lived))
        .or_else(|| nameless(page, first, token.len() > 1 && is_resided(page, at)))
        .or_else(|| block(page, first))?;
    let digits = page.word(at).bytes().take_while(u8::is_ascii_digit).count();
    if !found.strong || !usual || digits <= 1 {
        let proof = proof(page, at, found.end)
            + u8::from(lived)
            + u8::from(digits >= 3) * 2
            + u8::from(usual)
            + u8::from(token.form == Form::Mixed)
            + u8::from(digits == 2 && found.end == first + 2 && is_full(page, first + 1))
            + u8::from((first..found.end).any(|i| page.get(i).is_some_and(is_rare)));
        let needed = if found.strong { 2 } else { 3 };
        if proof < needed {
            return None;
        }
    }
    // "12 1/2" was taken for a count: a street behind it says otherwise.
    let sure = if first > at + 1 && found.strong { first } else { at };
    let sure = if mile(page, at) < at { first } else { sure };
    if (sure..found.end).any(|i| marks.is_shielded(i)) {
        return None;
    }
    Some(close(page, marks, mile(page, at), found.end))
}

/// "Mile 9 Birch Creek Rd", "Mile 14.5 Spur Rd": where the mile stands that a house has for its number.
fn mile(page: &Page<'_>, at: usize) -> usize {
    const MILE: u64 = key("mile");
    let point = at >= 3 && page.is_sign(at - 1, '.') && page.get(at - 2).is_some_and(|t| t.form == Form::Number);
    let word = at.checked_sub(if point { 3 } else { 1 });
    word.filter(|i| super::words::is_key(page, *i, MILE) && page.get(*i).is_some_and(is_capital)).unwrap_or(at)
}

/// Do words before say that an address stands here: "lives at", "home is", "mail it to", "stays with aunt on"?
fn is_lived(page: &Page<'_>, at: usize) -> bool {
    const HOMES: [u64; 13] = [
        key("home"),
        key("address"),
        key("mail"),
        key("send"),
        key("moved"),
        key("house"),
        key("resides"),
        key("stays"),
        key("staying"),
        key("sleeps"),
        key("found"),
        key("picks"),
        key("delivered"),
    ];
    for back in 1..=5 {
        let Some(i) = at.checked_sub(back) else { return false };
        let Some(token) = page.get(i) else { return false };
        if token.is_word() && (token.flags.is(Class::Residing) || HOMES.contains(&token.key)) {
            return true;
        }
        if token.is_sign('.') || token.is_sign(';') || page.get(i + 1).is_some_and(|t| t.gap >= Gap::Blank) {
            return false;
        }
    }
    false
}

/// As `is_lived`, by a word that leaves no doubt.
fn is_resided(page: &Page<'_>, at: usize) -> bool {
    (1..=4).any(|back| {
        at.checked_sub(back).is_some_and(|i| {
            page.get(i).is_some_and(|t| t.is_word() && (t.flags.is(Class::Residing) || t.key == key("address")))
        })
    })
}

/// Is it a suffix that is no other word: "Street", "Road", "Ave"?
fn is_full(page: &Page<'_>, at: usize) -> bool {
    page.get(at).is_some_and(|t| super::roads::FULL.contains(&t.key))
}

/// The token behind a direction and its full stop: "12666 S. Highway 61".
fn compass(page: &Page<'_>, at: usize) -> usize {
    if page.get(at).is_some_and(|t| t.is_word() && t.flags.is(Class::Direction)) {
        at + 1 + usize::from(page.is_sign(at + 1, '.'))
    } else {
        at
    }
}

/// Marks from `first` to `end`, and the direction and unit behind.
pub(super) fn close(page: &Page<'_>, marks: &mut Marks, first: usize, end: usize) -> usize {
    let mut end = end;
    // "St." keeps its full stop out of the mark, but a direction or unit may follow it.
    let mut next = end + usize::from(page.is_sign(end, '.') && page.get(end).is_some_and(|t| t.gap == Gap::None));
    if let Some(t) = page.get(next)
        && t.flags.is(Class::Direction)
        && t.is_word()
        && t.gap <= Gap::Space
        && (!is_usual(page, next) || is_capital(t))
        && !page.get(next + 1).is_some_and(|n| {
            n.gap == Gap::Space
                && n.is_word()
                && is_capital(n)
                && is_usual(page, next)
                && state(page, next + 1).is_none()
                && t.len() > 2
        })
    {
        end = next + 1;
        next = end;
        if page.is_sign(next, '.') {
            next += 1;
        }
    }
    if let Some(corner) = super::crossings::second(page, next) {
        (end, next) = (corner, corner);
    }
    let mut rounds = 0;
    while let Some(behind) = unit(page, next).filter(|_| rounds < 3) {
        end = behind;
        next = behind;
        rounds += 1;
    }
    // "2045 Post Oak Court 6301, …": a unit by its number alone.
    if end == next
        && page.get(end).is_some_and(|t| t.is_number(1..=4) && t.gap == Gap::Space)
        && page.get(end + 1).is_none_or(|t| {
            [',', '^', ';', '.', '\u{b7}', '\u{2022}', '|'].iter().any(|s| t.is_sign(*s))
                || t.gap >= Gap::Wide
                || is_capital(t)
                || page.get(end).is_some_and(|n| n.len() == 4) && t.is_word() && !t.flags.is(Class::Unit)
        })
        && page.get(first).is_some_and(|t| t.form == Form::Number)
    {
        end += 1;
    }
    marks.add(page, unit_before(page, first), end, Kind::Street, Reason::Pattern);
    end
}

fn is_house_number(page: &Page<'_>, token: &Token, at: usize) -> bool {
    let fine = match token.form {
        Form::Number => token.len() <= 6,
        // "123A", "N6W23001"
        Form::Mixed => {
            let w = page.word(at).as_bytes();
            let digits = w.iter().filter(|b| b.is_ascii_digit()).count();
            digits >= 2
                && w.len() - digits <= 2
                && w.len() <= 9
                && (w[0].is_ascii_digit()
                    || digits >= 5
                    || digits >= 3 && matches!(w[0] | 0x20, b'n' | b's' | b'e' | b'w'))
                && !is_nth(page, at)
        }
        _ => false,
    };
    if !fine {
        return false;
    }
    // "3/12", "2.5", "-4": part of another number; "$20".
    let Some(before) = page.before(at) else { return true };
    !(token.gap == Gap::None
        && (before.is_sign('/')
            || before.is_sign('.') && mile(page, at) == at
            || before.is_sign('$')
            || before.is_sign('+')
            || before.is_dash()
            || before.is_sign(':') && at >= 2 && page.tokens[at - 2].form == Form::Number))
}

/// "5th", "42nd".
pub(super) fn is_nth(page: &Page<'_>, at: usize) -> bool {
    page.get(at).is_some_and(|t| t.form == Form::Mixed) && {
        let w = page.word(at).as_bytes();
        w.len() >= 3
            && w[..w.len() - 2].iter().all(u8::is_ascii_digit)
            && [b"st", b"nd", b"rd", b"th"].iter().any(|e| w[w.len() - 2..].eq_ignore_ascii_case(*e))
    }
}

/// The last suffix of the street whose name begins at `first`.
pub(super) fn suffix(page: &Page<'_>, first: usize) -> Option<Suffix> {
    let usual = is_usual(page, first);
    let mut best: Option<Suffix> = None;
    let mut i = first;
    let mut lines = 0;
    let mut words = 0;
    while i < first + 9 {
        let Some(token) = page.get(i) else { break };
        match token.gap {
            Gap::Line => lines += 1,
            // A tab in place of a space, once, and only before the suffix itself.
            Gap::Wide if i > first && best.is_none() && token.flags.is(Class::RoadWord) => {}
            Gap::Wide | Gap::Blank if i > first => break,
            _ => {}
        }
        if lines > 1 {
            break;
        }
        if let Some(found) = &best {
            // Behind a suffix only another one goes on: "Church Hill Rd", "Park Place Drive", "Court St".
            let abbreviated =
                found.strong && page.get(found.end - 1).is_some_and(|t| t.len() <= 4 && t.key != PIKE) && words > 1;
            if abbreviated || token.gap == Gap::Line || token.form == Form::Sign {
                break;
            }
        }
        let word = token.is_word();
        if word
            && words > 0
            && token.flags.is(Class::StreetSuffix)
            && (!usual || is_capital(token))
            && is_suffix(page, i, usual)
        {
            let strong = token.flags.is(Class::RoadWord);
            if best.as_ref().is_none_or(|b| strong || !b.strong) {
                best = Some(Suffix { end: i + 1, strong });
            }
            words += 1;
            i += 1;
            continue;
        }
        if let Some(found) = &best
            && (i - found.end > 1 || found.strong)
        {
            break;
        }
        let fine = match token.form {
            Form::Sign => {
                (token.is_sign('.') && page.get(i - 1).is_some_and(|t| i > first && t.len() <= 3))
                    || (token.is_dash() && token.gap == Gap::None && i > first)
                    || (token.is_sign('\'') && i > first)
            }
            Form::Possessive => i > first,
            Form::Number => false,
            Form::Mixed => is_nth(page, i),
            // "Avenue of the Americas", "Mac an tSaoir Street"
            _ if token.flags.is_any(Class::Direction.bit() | Class::OrdinalWord.bit())
                && (!usual || is_capital(token)) =>
            {
                true
            }
            _ if token.flags.is(Class::Function)
                || token.flags.is(Class::Particle) && token.form == Form::Lower && usual =>
            {
                words > 0
                    && (token.flags.is(Class::Particle)
                        || [OF, THE].contains(&token.key)
                        || page.word(i).eq_ignore_ascii_case("an"))
            }
            _ if usual => {
                is_capital(token)
                    && (words == 0
                        || !token.flags.is(Class::Title)
                        || page.word(i).eq_ignore_ascii_case("st")
                        || words == 1 && token.len() == 3 && page.is_sign(i + 1, '.'))
            }
            _ => {
                let verb = token.flags.word() >= 2 && is_verbal(page.word(i)) && !is_namelike(token);
                !verb && !token.flags.is_any(BARRED)
            }
        };
        if !fine {
            break;
        }
        words += usize::from(token.is_word() || token.form == Form::Mixed);
        if words > 5 {
            break;
        }
        i += 1;
    }
    best
}
