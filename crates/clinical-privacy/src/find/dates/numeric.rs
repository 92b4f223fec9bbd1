//! Dates in figures: 03/05/2021, 3-5-21, 03.05.2021, 2021-03-05T10:15:00Z, 3/5, 03/2021.

use super::piece::{clock, is_long_year, small, time};
use super::{Date, touches};
use super::{context, dashed, holiday};
use crate::read::{Form, Gap, Page};
use crate::words::Class;

/// Numbers with the same sign between them.
struct Chain {
    /// Their tokens.
    at: [usize; 3],
    count: usize,
    /// "/", "." or "-" for any dash.
    sign: char,
    end: usize,
}

/// Reads the date that begins with the number at `at`. `last`: the date found before.
pub(super) fn read(page: &Page<'_>, at: usize, last: Option<Date>) -> Option<Date> {
    // Most numbers stand alone.
    page.get(at + 1).filter(|t| t.form == Form::Sign && t.gap <= Gap::Space)?;
    let other_end = last.is_some_and(|l| l.end + 1 == at && page.get(l.end).is_some_and(|t| t.is_dash()));
    if !other_end && !opens_chain(page, at) {
        return None;
    }
    let Some(chain) = chain(page, at) else { return roman(page, at).or_else(|| apostrophe(page, at)) };
    match chain.count {
        3 => three(page, &chain),
        2 => two(page, &chain, last),
        _ => None,
    }
}

/// "13/XII/2019", "19-XII-22", "5.xi.24": the month in Roman numerals, between two equal signs.
fn roman(page: &Page<'_>, at: usize) -> Option<Date> {
    const MONTHS: [&str; 12] = ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii"];
    small(page, at)?;
    let sign = sign_of(page, at + 1)?;
    page.get(at + 2).filter(|t| t.is_word() && t.len() <= 4)?;
    let glued = (at + 1..at + 5).all(|i| touches(page, i)) && sign_of(page, at + 3) == Some(sign);
    let year = page.get(at + 4).is_some_and(|t| t.is_number(2..=2)) || is_long_year(page, at + 4);
    let goes_on = sign_of(page, at + 5) == Some(sign) && touches(page, at + 5) && touches(page, at + 6);
    let numeral = MONTHS.iter().any(|m| page.word(at + 2).eq_ignore_ascii_case(m));
    let ends = !goes_on || page.get(at + 6).is_none_or(|t| t.form == Form::Sign);
    (glued && year && numeral && ends).then(|| Date::pattern(at, time(page, at + 5)))
}

/// "8/'21": a month and a short year.
fn apostrophe(page: &Page<'_>, at: usize) -> Option<Date> {
    small(page, at).filter(|m| *m <= 12)?;
    let glued = sign_of(page, at + 1) == Some('/') && (at + 1..at + 4).all(|i| touches(page, i));
    let year = page.is_sign(at + 2, '\'') && page.get(at + 3).is_some_and(|t| t.is_number(2..=2));
    (glued && year).then(|| Date::pattern(at, at + 4))
}

/// Is no number glued to it from before?
pub(super) fn opens_chain(page: &Page<'_>, at: usize) -> bool {
    let Some(before) = page.before(at) else { return true };
    if !touches(page, at) {
        return true;
    }
    let joins = before.is_dash() || matches!(char::from_u32(before.key as u32), Some('/' | '.' | ':' | ','));
    if before.form != Form::Sign || !joins {
        return before.form == Form::Sign && !before.is_sign('$');
    }
    let number = at.checked_sub(2).and_then(|i| page.get(i));
    let glued = before.gap == Gap::None && number.is_some_and(|t| matches!(t.form, Form::Number | Form::Mixed));
    // In a table without spaces ("412,03/05/2021", "10:03/05/2021") the sign before does not belong to the date.
    !glued || before.is_sign(',') && page.get(at + 1).is_some_and(|t| !t.is_sign(',') && t.gap == Gap::None)
}

fn sign_of(page: &Page<'_>, at: usize) -> Option<char> {
    let token = page.get(at)?;
    if token.is_dash() {
        return Some('-');
    }
    match char::from_u32(token.key as u32) {
        Some(sign @ ('/' | '.')) if token.form == Form::Sign => Some(sign),
        _ => None,
    }
}

fn chain(page: &Page<'_>, at: usize) -> Option<Chain> {
    let sign = sign_of(page, at + 1)?;
    // "3 / 5 / 2021": spaces only around slashes and dashes, and then a long year must show that it is a date.
    let spaced = page.get(at + 1)?.gap == Gap::Space;
    if spaced && sign == '.' {
        return None;
    }
    let mut chain = Chain { at: [at; 3], count: 1, sign, end: at + 1 };
    while chain.count < 3 {
        let (mark, number) = (chain.end, chain.end + 1);
        if sign_of(page, mark) != Some(sign) {
            break;
        }
        let Some(token) = page.get(number) else { break };
        let gaps = match (page.get(mark).map(|t| t.gap), token.gap) {
            (Some(Gap::None), Gap::None) => !spaced,
            // Broken over a line behind its sign.
            (Some(Gap::None), Gap::Line) => !spaced && sign != '.',
            (Some(Gap::Space), Gap::Space) => spaced,
            _ => false,
        };
        let fits =
            token.form == Form::Number || token.form == Form::Mixed && chain.count == 2 && is_iso_day(page, number);
        if !gaps || !fits {
            break;
        }
        chain.at[chain.count] = number;
        chain.count += 1;
        chain.end = number + 1;
    }
    if spaced && !(chain.count == 3 && chain.at.iter().any(|i| is_long_year(page, *i))) {
        return None;
    }
    let goes_on = sign_of(page, chain.end) == Some(sign)
        && touches(page, chain.end)
        && touches(page, chain.end + 1)
        && page.get(chain.end + 1).is_some_and(|t| matches!(t.form, Form::Number | Form::Mixed));
    (chain.count > 1 && !goes_on).then_some(chain)
}

/// "05T10" of "2021-03-05T10:15".
fn is_iso_day(page: &Page<'_>, at: usize) -> bool {
    let bytes = page.word(at).as_bytes();
    bytes.len() >= 3 && bytes[..2].iter().all(u8::is_ascii_digit) && matches!(bytes[2], b'T' | b't' | b'Z' | b'z')
}

fn three(page: &Page<'_>, chain: &Chain) -> Option<Date> {
    let [a, b, c] = chain.at;
    let length = |i: usize| page.get(i).map_or(0, |t| t.len());
    let first = chain.at[0];
    if is_long_year(page, a) {
        let month = small(page, b).filter(|m| *m <= 12);
        let day = if page.get(c)?.form == Form::Mixed { Some(1) } else { small(page, c) };
        month.zip(day)?;
        return Some(Date::pattern(first, iso_end(page, chain.end)));
    }
    let (x, y) = (small(page, a)?, small(page, b)?);
    if x > 12 && y > 12 {
        return None;
    }
    let end = if is_long_year(page, c) {
        chain.end
    } else if length(c) == 2 && page.get(c)?.form == Form::Number {
        // "3.5.21" is a section or version as often as a date; "05.03.21" is a date.
        // "28.7.25": no section and no version has so many parts, and a year of these days.
        let day_first = x > 12 && page.get(c)?.key < 40;
        let told =
            length(a) == 2 && length(b) == 2 || day_first || context::tells(page, first) || by_holiday(page, chain.end);
        if chain.sign == '.' && (!told || context::is_version(page, first)) {
            return None;
        }
        chain.end
    } else {
        return None;
    };
    Some(Date::pattern(first, time(page, end)))
}

/// Behind the day of an ISO date: its clock time, with fraction and zone.
fn iso_end(page: &Page<'_>, end: usize) -> usize {
    let inside = page.get(end.wrapping_sub(1)).is_some_and(|t| t.form == Form::Mixed);
    if !inside {
        return time(page, end);
    }
    let mut i = end;
    for _ in 0..6 {
        let sign = page
            .get(i)
            .is_some_and(|t| t.gap == Gap::None && (t.is_dash() || t.is_sign(':') || t.is_sign('.') || t.is_sign('+')));
        let piece = page.get(i + 1).is_some_and(|t| t.gap == Gap::None && matches!(t.form, Form::Number | Form::Mixed));
        if !sign || !piece {
            break;
        }
        i += 2;
    }
    i
}

/// "11/11 (Veterans Day)", "3.31.24, Easter Sunday": the holiday behind says that it is a day.
fn by_holiday(page: &Page<'_>, end: usize) -> bool {
    let led = page.is_sign(end, '(') || page.is_sign(end, ',');
    led && page.get(end + 1).is_some_and(|t| t.gap <= Gap::Line && t.flags.is(Class::OpensHoliday))
        && holiday::read(page, end + 1).is_some_and(|date| date.first == end + 1)
}

/// "6/21-22": the token behind the other day of the same month, or `end`.
fn to_day(page: &Page<'_>, end: usize, day: u64) -> usize {
    let dash = page.get(end).is_some_and(|t| t.is_dash()) && touches(page, end) && touches(page, end + 1);
    let other = small(page, end + 1).is_some_and(|other| other > day && other <= 31);
    let goes_on = page.get(end + 2).is_some_and(|t| t.gap == Gap::None && sign_of(page, end + 2).is_some())
        && page.get(end + 3).is_some_and(|t| t.gap == Gap::None && t.form == Form::Number);
    if dash && other && !goes_on { end + 2 } else { end }
}

fn two(page: &Page<'_>, chain: &Chain, last: Option<Date>) -> Option<Date> {
    let [a, b, _] = chain.at;
    let length = |i: usize| page.get(i).map_or(0, |t| t.len());
    let (first, end) = (a, chain.end);
    if is_long_year(page, b) {
        small(page, a).filter(|m| *m <= 12)?;
        let fits = match chain.sign {
            '/' => true,
            '-' => length(a) == 2 || context::tells(page, first),
            _ => length(a) == 2 && context::tells(page, first),
        };
        return fits.then(|| Date::pattern(first, end));
    }
    if is_long_year(page, a) {
        let month = small(page, b).filter(|m| *m <= 12 && length(b) == 2)?;
        // "2010-11" is a winter, not November.
        let winter = chain.sign == '-' && month == page.get(a)?.key % 100 + 1;
        return (chain.sign != '.' && !winter).then(|| Date::pattern(first, end));
    }
    let x = small(page, a)?;
    if length(b) != 2 && length(b) != 1 {
        return None;
    }
    let y = page.get(b)?.key;
    let calendar = (x <= 12 && (1..=31).contains(&y)) || (x > 12 && (1..=12).contains(&y));
    // "since 11/98": month and year.
    let short_year = x <= 12 && length(b) == 2 && y > 31;
    let fits = match chain.sign {
        '/' if calendar => by_holiday(page, end) || context::month_day(page, first, end, x, y, last),
        '/' if short_year => context::month_of_year(page, first, end),
        '-' if calendar => dashed::dashed(page, first, end, last),
        _ => false,
    };
    let end = if fits && chain.sign == '/' { to_day(page, end, y) } else { end };
    fits.then(|| {
        Date::context(
            first,
            if clock(page, end).is_some() || super::says(page, end, "at") { time(page, end) } else { end },
        )
    })
}
