//! What stands behind a street: an apartment, a city, a state, a ZIP code.

use super::words::{is_capital, is_generic, is_rare, is_usual, key};
use crate::find::marks::Marks;
use crate::kind::{Kind, Reason};
use crate::read::{Form, Gap, Page, Token};
use crate::words::{Class, Known};

/// The token behind the unit ("Apt 4B", "#12", "2nd floor") that stands at `at` or behind a comma there.
pub(super) fn unit(page: &Page<'_>, at: usize) -> Option<usize> {
    let i = at + usize::from(page.is_sign(at, ','));
    let token = page.get(i)?;
    if token.gap >= Gap::Blank {
        return None;
    }
    if token.is_sign('#') {
        return number(page, i + 1);
    }
    if token.flags.is(Class::UnitDesignator) && token.is_word() {
        let mut next = i + 1;
        while page.is_sign(next, '.') || page.is_sign(next, '#') {
            next += 1;
        }
        return number(page, next).filter(|_| page.get(next).is_some_and(|t| t.gap < Gap::Blank));
    }
    // "418 n. 7th rear", "12 Elm St, upper": a part of the house.
    const PARTS: [u64; 5] = [key("rear"), key("upper"), key("lower"), key("basement"), key("bsmt")];
    let closes = page.get(i + 1).is_none_or(|t| t.gap >= Gap::Line || t.is_sign(',') || t.is_sign('.'));
    if token.is_word() && token.gap <= Gap::Space && PARTS.contains(&token.key) && closes {
        return Some(i + 1);
    }
    // "4512 rue des Érables, app. 3"
    const FLATS: [u64; 3] = [key("app"), key("appt"), key("porte")];
    let stop = usize::from(page.is_sign(i + 1, '.'));
    if token.is_word() && FLATS.contains(&token.key) && page.get(i + 1 + stop).is_some_and(|t| t.is_number(1..=4)) {
        return Some(i + 2 + stop);
    }
    // "212 Alder St Sp 9", "Space 41"
    if is_space(page, i) {
        return number(page, i + 1);
    }
    // "2nd floor"
    let floor = token.form == Form::Mixed
        && page.get(i + 1).is_some_and(|t| t.flags.is(Class::UnitDesignator) && t.gap <= Gap::Space);
    floor.then_some(i + 2)
}

/// "Sp 9", "Space 41": where a trailer stands; other things have so many of the same letters that a number must follow.
pub(super) fn is_space(page: &Page<'_>, at: usize) -> bool {
    const SPACES: [u64; 3] = [key("sp"), key("spc"), key("space")];
    page.get(at).is_some_and(|t| t.is_word() && SPACES.contains(&t.key) && t.gap <= Gap::Space)
        && page.get(at + 1).is_some_and(|t| t.is_number(1..=3) && t.gap == Gap::Space)
}

/// The first token of the unit that stands before a street and its comma: "Flat 9, Turnstone Court", "Level 2, 90 Hudd
/// St"; `first` where none does.
pub(super) fn unit_before(page: &Page<'_>, first: usize) -> usize {
    const LEVEL: u64 = key("level");
    let Some(word) = first.checked_sub(3).filter(|_| page.is_sign(first - 1, ',')) else { return first };
    let numbered = page.get(first - 2).is_some_and(|t| t.gap == Gap::Space && is_short(t) && t.len() <= 4);
    let named = is_space(page, word)
        || page.get(word).is_some_and(|t| {
            t.is_word()
                && (t.flags.is(Class::UnitDesignator) || t.key == LEVEL && (is_capital(t) || !is_usual(page, word)))
        });
    if numbered && named && page.get(first).is_some_and(|t| t.gap <= Gap::Line) { word } else { first }
}

/// "4", "4B", "B", "4-B", "B12".
fn number(page: &Page<'_>, at: usize) -> Option<usize> {
    let token = page.get(at)?;
    let letter = token.len() == 1 && token.is_word();
    if !(token.form == Form::Mixed || token.is_number(1..=5) || letter) {
        return None;
    }
    let mut end = at + 1;
    while page.get(end).is_some_and(|t| (t.is_dash() || t.is_sign('/')) && t.gap == Gap::None)
        && page.get(end + 1).is_some_and(|t| t.gap == Gap::None && is_short(t))
    {
        end += 2;
    }
    // "Apt 4 B"
    if token.form == Form::Number
        && page.get(end).is_some_and(|t| t.form == Form::Initial && t.gap == Gap::Space)
        && page.get(end + 1).is_none_or(|t| t.is_sign(',') || t.gap >= Gap::Line)
    {
        end += 1;
    }
    Some(end)
}

fn is_short(token: &Token) -> bool {
    token.is_number(1..=5) || token.form == Form::Mixed || (token.len() == 1 && token.is_word())
}

/// Marks the city and ZIP code behind a street that ends at `at`; returns the token behind what was marked.
pub(super) fn behind_street(page: &Page<'_>, marks: &mut Marks, at: usize) -> usize {
    let mut i = at;
    let mut comma = false;
    // "Oak St. May-Thurner": a full stop is crossed only where the next words prove a city.
    while page.get(i).is_some_and(|t| [',', '.', '^', ';', '\\', '/'].iter().any(|s| t.is_sign(*s))) {
        comma |= page.is_sign(i, ',') || page.is_sign(i, '^');
        i += 1;
        if i > at + 4 {
            return at;
        }
    }
    let Some(first) = page.get(i) else { return at };
    if first.gap >= Gap::Blank {
        return at;
    }
    let wrapped = first.gap == Gap::Line;
    // "Lindenlei 14, 2800 Mechelen"
    if comma
        && first.is_number(4..=5)
        && page.get(i + 1).is_some_and(|t| t.gap == Gap::Space && t.form == Form::Title && !t.flags.is(Class::Function))
        && zip(page, i + 2).is_none()
    {
        marks.add(page, i, i + 1, Kind::Zip, Reason::Pattern);
        let end = alone(page, i + 1, false).unwrap_or(i + 2);
        marks.add(page, i + 1, end, Kind::City, Reason::Pattern);
        return end;
    }
    match towards_zip(page, i) {
        Some(tail) => {
            // "APO AE 09012" has no city.
            const FORCES: [u64; 3] = [key("apo"), key("fpo"), key("dpo")];
            if tail.city_end > i && !FORCES.contains(&first.key) {
                marks.add(page, i, tail.city_end, Kind::City, Reason::Pattern);
            }
            if let Some((a, b)) = tail.zip {
                marks.add(page, a, b, Kind::Zip, Reason::Pattern);
            }
            tail.end
        }
        None if comma || wrapped => match alone(page, i, wrapped && !comma) {
            _ if comma && let Some(code) = four_digits(page, i) => {
                marks.add(page, i, code, Kind::City, Reason::Pattern);
                marks.add(page, code, code + 1, Kind::Zip, Reason::Pattern);
                code + 1
            }
            Some(end) => {
                marks.add(page, i, end, Kind::City, Reason::Pattern);
                end
            }
            None => at,
        },
        None => at,
    }
}

/// "Waipukurau 4200, New Zealand": the postal code of four digits behind a city of one to three words.
fn four_digits(page: &Page<'_>, at: usize) -> Option<usize> {
    let code = (at + 1..at + 4).find(|i| page.get(*i).is_some_and(|t| t.form == Form::Number))?;
    let words = (at..code).all(|i| {
        page.get(i).is_some_and(|t| {
            t.is_word() && (is_capital(t) || !is_usual(page, i)) && !t.flags.is_any(Class::Function.bit() | NO_CITY)
        })
    });
    let number = page.get(code)?;
    let fits = number.is_number(4..=4) && number.gap == Gap::Space && !(1900..2100).contains(&number.key);
    let ends = page.get(code + 1).is_none_or(|t| t.gap >= Gap::Line || t.is_sign(',') || t.is_sign('.'));
    let rare = page.get(at).is_some_and(|t| is_rare(t) || t.flags.city() > 0);
    (words && fits && ends && rare).then_some(code)
}

/// Marks a city behind the comma at `at`, after a facility; returns the token behind what was marked.
pub(super) fn behind_comma(page: &Page<'_>, marks: &mut Marks, at: usize) -> usize {
    let near = page.get(at + 1).is_some_and(|t| t.gap <= Gap::Space && t.is_word() && is_usual(page, at + 1));
    // "(Dwelz Valley Hospital, Independence)"
    let city = near
        && page
            .get(at + 1)
            .is_some_and(|t| t.flags.city() >= 3 && t.form == Form::Title && !t.flags.is(Class::Heading))
        && page.get(at + 2).is_none_or(|t| t.is_sign(')') || t.is_sign('.') || t.gap >= Gap::Line);
    let end = if city { Some(at + 2) } else { alone(page, at + 1, true).filter(|_| near) };
    match end {
        Some(end) if (at + 1..end).all(|i| marks.is_free(i)) => {
            marks.add(page, at + 1, end, Kind::City, Reason::Context);
            end
        }
        _ => at,
    }
}

/// What proves a city: where it ends, where the address ends, and its ZIP code.
pub(super) struct Tail {
    pub(super) city_end: usize,
    pub(super) end: usize,
    pub(super) zip: Option<(usize, usize)>,
}

/// From the first word of a city to the state or ZIP code that proves it one, in at most eight tokens.
pub(super) fn towards_zip(page: &Page<'_>, at: usize) -> Option<Tail> {
    let mut lines = 0;
    for i in at..at + 9 {
        let token = page.get(i)?;
        if i > at {
            match token.gap {
                Gap::Blank => return None,
                Gap::Line => lines += 1,
                _ => {}
            }
            if lines > 1 {
                return None;
            }
        }
        if let Some(zip) = zip(page, i) {
            let mut end = i;
            while end > at && page.get(end - 1).is_some_and(|t| t.form == Form::Sign && !t.is_sign(')')) {
                end -= 1;
            }
            return Some(Tail { city_end: end, end: zip, zip: Some((i, zip)) });
        }
        if let Some(behind) = state(page, i).filter(|_| i > at) {
            let comma = page.get(i - 1).is_some_and(|t| t.is_sign(',') || t.is_sign('^'));
            let mut after = behind;
            while page.get(after).is_some_and(|t| t.is_sign(',') || t.is_sign('.') || t.is_sign('^')) {
                after += 1;
            }
            let zip = zip(page, after).filter(|_| page.get(after).is_some_and(|t| t.gap < Gap::Blank));
            if comma || zip.is_some() {
                let city_end = if comma { i - 1 } else { i };
                return Some(Tail { city_end, end: zip.unwrap_or(behind), zip: zip.map(|z| (after, z)) });
            }
        }
        let fine = match token.form {
            Form::Sign => [',', '.', '(', ')', '^', '\''].iter().any(|s| token.is_sign(*s)) || token.is_dash(),
            Form::Number | Form::Mixed => false,
            Form::Possessive => true,
            _ if is_usual(page, i) => {
                is_capital(token) && !token.flags.is(Class::Title)
                    || token.flags.is(Class::Particle)
                    || [super::words::OF, super::words::THE].contains(&token.key)
                    || (i > at && page.is_sign(i - 1, '('))
            }
            _ => !token.flags.is_any(NO_CITY),
        };
        if !fine {
            return None;
        }
    }
    None
}

const NO_CITY: u64 = Class::Says.bit() | Class::Pronoun.bit() | Class::Relative.bit() | Class::Does.bit();

/// A city behind a street with nothing behind it: words up to a comma, full stop or line end.
fn alone(page: &Page<'_>, at: usize, wrapped: bool) -> Option<usize> {
    if let Some((end, Known::City(_) | Known::County)) = page.phrase(at)
        && page.get(at).is_some_and(|t| !is_usual(page, at) || is_capital(t))
    {
        return Some(end);
    }
    let mut i = at;
    let mut rare = false;
    // "2 Erwin Sq, Durham has room"
    if page
        .get(at)
        .is_some_and(|t| t.flags.city() >= 2 && t.flags.word() < 2 && is_usual(page, at) && t.form == Form::Title)
        && page.get(at + 1).is_some_and(|t| t.gap == Gap::Space && t.form == Form::Lower)
    {
        return Some(at + 1);
    }
    while let Some(token) = page.get(i) {
        // "Auchter-" at a line's end goes on in the next.
        let cut = token.gap == Gap::Line && page.before(i).is_some_and(|t| t.is_dash() && t.gap == Gap::None);
        if i > at && token.gap >= Gap::Wide && !cut {
            break;
        }
        let initial = token.is_sign('.') && page.before(i).is_some_and(|t| t.len() <= 2 && t.is_word());
        if i > at && (token.is_dash() && token.gap == Gap::None || token.form == Form::Possessive || initial) {
            i += 1;
            continue;
        }
        if !token.is_word() {
            break;
        }
        let f = token.flags;
        let plain = f.is_any(Class::Title.bit() | Class::Function.bit() | Class::Heading.bit() | Class::Relative.bit())
            || (is_generic(f) && f.city() == 0);
        if i == at && token.key == super::words::THE && is_usual(page, i) && is_capital(token) && !wrapped {
            i += 1;
            rare = true;
            continue;
        }
        if (plain && !f.is(Class::CityLast)) || (is_usual(page, i) && !is_capital(token)) {
            // "Elm Street, who": not a city at all.
            return None;
        }
        rare |= is_rare(token)
            || f.city() > 0
            || f.is(Class::CityFirst)
            || (i > at && f.is_any(Class::CityLast.bit() | Class::RoadWord.bit() | Class::StreetSuffix.bit()));
        i += 1;
        if i > at + 5 {
            return None;
        }
    }
    let ends = |i: usize| page.get(i).is_none_or(|t| t.gap >= Gap::Line);
    let closed = ends(i)
        || page.is_sign(i, ',')
        || (page.is_sign(i, '.') && (ends(i + 1) || !wrapped))
        || (!wrapped && page.get(i).is_some_and(|t| t.form == Form::Sign));
    (i > at && closed && !page.is_sign(i, ':') && rare && (!wrapped || i <= at + 3)).then_some(i)
}

/// The token behind the state that stands at `at`: its letters or its name.
pub(super) fn state(page: &Page<'_>, at: usize) -> Option<usize> {
    let token = page.get(at)?;
    match page.phrase(at) {
        Some((end, Known::State)) => Some(end),
        _ => (token.is_word() && token.flags.is_state()).then_some(at + 1),
    }
}

/// The token behind the ZIP code at `at`: five digits and perhaps four more, or a Canadian or British code.
pub(super) fn zip(page: &Page<'_>, at: usize) -> Option<usize> {
    let token = page.get(at)?;
    let number_behind = |i: usize| page.get(i).is_some_and(|t| t.form == Form::Number && t.gap == Gap::None);
    if token.is_number(5..=5) {
        let dash = page.get(at + 1).is_some_and(|t| t.is_dash() && t.gap == Gap::None);
        if dash && number_behind(at + 2) {
            return page.get(at + 2).is_some_and(|t| t.is_number(4..=4)).then_some(at + 3);
        }
        let part = page.get(at + 1).is_some_and(|t| t.gap == Gap::None && (t.is_sign('/') || t.is_sign('%')))
            || (page.is_sign(at + 1, '.') && number_behind(at + 2));
        return (!part).then_some(at + 1);
    }
    if token.form != Form::Mixed || token.len() > 6 {
        return None;
    }
    let (a, b) = (page.word(at).as_bytes(), page.word(at + 1).as_bytes());
    if a.len() == 6 {
        return is_canadian(&a[..3], &a[3..]).then_some(at + 1);
    }
    let near = page.get(at + 1).is_some_and(|t| t.gap == Gap::Space);
    // "SW1A 1AA": an outward code and a digit with two letters.
    let usual = is_usual(page, at);
    let capital = |c: u8| if usual { c.is_ascii_uppercase() } else { c.is_ascii_alphabetic() };
    let outward = (2..=4).contains(&a.len()) && capital(a[0]) && !(usual && a.iter().any(u8::is_ascii_lowercase));
    // "P67 XY20": Irish, but no row of spine levels ("T12 L5S1").
    let irish = matches!(a, &[x, m, n] if capital(x) && m.is_ascii_digit() && (n.is_ascii_digit() || n | 0x20 == b'w'))
        && matches!(b, &[x, y, m, n] if capital(x) && (capital(y) || y.is_ascii_digit()) && m.is_ascii_digit() && n.is_ascii_digit());
    if near && irish {
        return Some(at + 2);
    }
    // No British code ends with these, but "5 mg" and "2 ml" do.
    let never = |c: u8| b"cikmov".contains(&c.to_ascii_lowercase());
    let inward = matches!(b, &[d, x, y] if d.is_ascii_digit() && capital(x) && capital(y) && !never(x) && !never(y));
    (near && (is_canadian(a, b) || outward && inward)).then_some(at + 2)
}

fn is_canadian(a: &[u8], b: &[u8]) -> bool {
    let (&[x, m, y], &[n, z, o]) = (a, b) else { return false };
    // "T2N 1M0" is a tumour's stage.
    let staged = x | 0x20 == b't' && y | 0x20 == b'n' && z | 0x20 == b'm';
    let letters = [x, y, z].iter().all(u8::is_ascii_alphabetic);
    !staged && letters && [m, n, o].iter().all(u8::is_ascii_digit)
}
