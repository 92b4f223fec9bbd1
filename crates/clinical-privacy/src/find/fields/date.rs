//! The date behind a label: forms that would be no date elsewhere ("03 05 21", "20210305") are one here.

use super::label::Place;
use crate::find::marks::Marks;
use crate::kind::{Kind, Reason};
use crate::read::{Form, Gap, Page};
use crate::words::Class;

/// Marks one date or several.
pub(super) fn read(page: &Page<'_>, marks: &mut Marks, place: Place) -> usize {
    let mut i = place.start;
    for _ in 0..4 {
        while page
            .get(i)
            .is_some_and(|t| i < place.limit && (t.flags.is(Class::Weekday) || (t.is_sign(',') && i > place.start)))
        {
            i += 1;
        }
        let Some(end) = one(page, marks, i, place.limit) else { break };
        marks.add(page, i, end, Kind::Date, Reason::Label);
        i = end;
        // A clock time may stand behind it; then a sign or word that joins two dates.
        let joins = |t: &crate::read::Token, word: &str| {
            t.is_dash()
                || t.is_sign(',')
                || t.is_sign(';')
                || t.is_sign('/')
                || matches!(word, "to" | "and" | "through" | "thru" | "TO" | "AND")
        };
        if !page.get(i).is_some_and(|t| t.gap < Gap::Line && joins(t, page.word(i))) {
            break;
        }
        i += 1;
    }
    i
}

/// May a date begin at the token?
pub(super) fn opens(page: &Page<'_>, at: usize) -> bool {
    let Some(token) = page.get(at) else { return false };
    token.flags.is(Class::Month)
        && page.get(at + 1).is_some_and(|t| t.form == Form::Number || t.form == Form::Mixed || t.is_sign('.'))
        || (matches!(token.form, Form::Number | Form::Mixed) && written(page, at, page.tokens.len()).is_some())
        || token.flags.is(Class::Weekday)
}

/// The token behind the date at `at`.
fn one(page: &Page<'_>, marks: &Marks, at: usize, limit: usize) -> Option<usize> {
    let end = written(page, at, limit)?;
    // Two numbers may be a clinical value after all ("start: 5/5").
    if end == at + 3 && marks.is_shielded(at) && page.get(at).is_some_and(|t| t.len() < 3) {
        return None;
    }
    Some(end)
}

fn written(page: &Page<'_>, at: usize, limit: usize) -> Option<usize> {
    if at >= limit {
        return None;
    }
    let token = page.get(at)?;
    let inside = |i: usize| (i < limit).then(|| page.get(i)).flatten().filter(|t| t.gap <= Gap::Line);
    if token.flags.is(Class::Month) {
        let mut i = at + 1 + usize::from(page.is_sign(at + 1, '.'));
        i += usize::from(page.is_sign(i, ',') || inside(i).is_some_and(crate::read::Token::is_dash));
        if matches!(page.word(i), "the" | "of" | "THE" | "OF") {
            i += 1;
        }
        let day = inside(i)?;
        if !(day.is_number(1..=4) || is_ordinal(page, i)) {
            return None;
        }
        i += 1;
        let year = i + usize::from(page.is_sign(i, ',') || inside(i).is_some_and(crate::read::Token::is_dash));
        if day.len() < 5
            && !day.is_number(4..=4)
            && inside(year).is_some_and(|t| t.is_number(4..=4) || (t.is_number(2..=2) && year > i))
        {
            i = year + 1;
        }
        return Some(i);
    }
    let start = at + usize::from(matches!(page.word(at), "the" | "The" | "THE"));
    let token = page.get(start)?;
    if is_ordinal(page, start) || token.is_number(1..=2) {
        let mut i = start + 1;
        i += usize::from(matches!(page.word(i), "of" | "OF") || inside(i).is_some_and(crate::read::Token::is_dash));
        if inside(i).is_some_and(|t| t.flags.is(Class::Month)) {
            i += 1 + usize::from(page.is_sign(i + 1, '.') && page.get(i + 2).is_some_and(|t| t.form == Form::Number));
            let year = i + usize::from(page.is_sign(i, ',') || inside(i).is_some_and(crate::read::Token::is_dash));
            return Some(
                if inside(year).is_some_and(|t| t.is_number(4..=4) || (t.is_number(2..=2) && t.gap < Gap::Wide)) {
                    year + 1
                } else {
                    i
                },
            );
        }
    }
    match token.form {
        Form::Mixed => is_run_together(page.word(start)).then_some(start + 1),
        Form::Number => numeric(page, start, limit),
        _ => None,
    }
}

fn numeric(page: &Page<'_>, at: usize, limit: usize) -> Option<usize> {
    let first = page.get(at)?;
    if matches!(first.len(), 8 | 10 | 12 | 14 | 17)
        && (b"1".contains(&page.word(at).as_bytes()[0]) || page.word(at).starts_with("20"))
    {
        return Some(zone(page, at + 1, limit));
    }
    if first.len() > 4 || first.len() == 3 {
        return None;
    }
    let sign = page.get(at + 1)?;
    let spaced = sign.form == Form::Number;
    let parted = sign.is_sign('/') || sign.is_sign('.') || sign.is_dash();
    if at + 1 >= limit || !(spaced || parted) || (spaced && sign.gap != Gap::Space) {
        return None;
    }
    let step = if spaced { 1 } else { 2 };
    let second = page
        .get(at + step)
        .filter(|t| at + step < limit && (t.is_number(1..=4) || t.flags.is(Class::Month)) && t.gap <= Gap::Line)?;
    let mut end = at + step + 1;
    let third = if spaced { end } else { end + 1 };
    let same = spaced
        || page.get(end).is_some_and(|t| {
            t.key == sign.key && t.form == Form::Sign && t.gap <= Gap::Space || t.is_dash() && sign.is_dash()
        });
    let joined = |t: &crate::read::Token| if spaced { t.gap == Gap::Space } else { t.gap <= Gap::Line };
    if same
        && third < limit
        && page.get(third).is_some_and(|t| {
            matches!(t.len(), 2..=8) && matches!(t.form, Form::Number | Form::Mixed) && joined(t)
                || t.is_number(1..=1) && first.len() == 4
        })
    {
        end = third + 1;
        // "24T16:29:00Z" stands in one piece.
        while page.get(end - 1).is_some_and(|t| t.form == Form::Mixed)
            && end + 1 < limit
            && page.get(end).is_some_and(|t| {
                t.gap == Gap::None && (t.is_sign(':') || t.is_sign('.') || t.is_sign('+') || t.is_dash())
            })
            && page.get(end + 1).is_some_and(|t| t.gap == Gap::None && matches!(t.form, Form::Number | Form::Mixed))
        {
            end += 2;
            while end + 1 < limit
                && page.get(end).is_some_and(|t| {
                    t.gap == Gap::None && (t.is_sign(':') || t.is_sign('.') || t.is_sign('+') || t.is_dash())
                })
                && page.get(end + 1).is_some_and(|t| t.gap == Gap::None && matches!(t.form, Form::Number | Form::Mixed))
            {
                end += 2;
            }
        }
        return Some(end);
    }
    // Two parts: "3/5", "03/2021"; never "2-3 weeks", "5.5", "1999-2003".
    let unit = page.get(end).is_some_and(|t| t.flags.is(Class::Unit) || t.is_sign('%'));
    let fits = sign.is_sign('/') && !unit && (first.key <= 31 && (second.key <= 31 || second.len() == 4));
    (fits || (parted && first.key <= 12 && second.len() == 4)).then_some(end)
}

/// "-0500", ".123" behind a date in one piece.
fn zone(page: &Page<'_>, at: usize, limit: usize) -> usize {
    let follows = at + 1 < limit
        && page.get(at).is_some_and(|t| t.gap == Gap::None && (t.is_dash() || t.is_sign('+') || t.is_sign('.')))
        && page.get(at + 1).is_some_and(|t| t.gap == Gap::None && t.is_number(1..=4));
    if follows { zone(page, at + 2, limit) } else { at }
}

fn is_ordinal(page: &Page<'_>, at: usize) -> bool {
    let word = page.word(at).as_bytes();
    (3..=4).contains(&word.len())
        && word[0].is_ascii_digit()
        && matches!(word[word.len() - 2..].to_ascii_lowercase().as_slice(), b"st" | b"nd" | b"rd" | b"th")
}

/// "05MAR2021", "5Mar21".
fn is_run_together(word: &str) -> bool {
    let letters: String = word.chars().skip_while(char::is_ascii_digit).take_while(char::is_ascii_alphabetic).collect();
    let days = word.bytes().take_while(u8::is_ascii_digit).count();
    let years = word.len().saturating_sub(days + letters.len());
    (1..=2).contains(&days)
        && matches!(years, 2 | 4)
        && word.bytes().rev().take(years).all(|b| b.is_ascii_digit())
        && crate::words::flags_of(crate::words::key_of(&letters)).is(Class::Month)
}
