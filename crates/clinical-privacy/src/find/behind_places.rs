//! What stands around a place or street that was found and belongs to its address: the code of four or six digits behind
//! a town of Australia, New Zealand or India, the house number before a street that was taken for a name, the other
//! street of a corner.

use super::marks::{Mark, Marks};
use super::numbers::cue::keys;
use crate::kind::{Kind, Reason};
use crate::read::{Form, Gap, Page};
use crate::words::Class;

/// The states of Australia with the first digits of their codes.
const STATES: [(&str, &str); 8] =
    [("QLD", "49"), ("NSW", "21"), ("VIC", "38"), ("SA", "5"), ("WA", "6"), ("TAS", "7"), ("NT", "0"), ("ACT", "20")];

/// Marks them.
pub(super) fn find(page: &Page<'_>, marks: &mut Marks) {
    let found: Vec<Mark> = marks
        .found()
        .iter()
        .filter(|m| matches!(m.kind, Kind::City | Kind::Name | Kind::Facility | Kind::Street))
        .copied()
        .collect();
    for mark in found {
        if mark.kind != Kind::Street
            && let Some((first, end)) = code(page, marks, &mark)
        {
            marks.add(page, first, end, Kind::Zip, Reason::Context);
        }
        if mark.kind == Kind::Name
            && let Some((first, end)) = housed(page, marks, &mark).or_else(|| cornered(page, marks, &mark))
        {
            marks.add(page, first, end, Kind::Street, Reason::Context);
        }
    }
}

/// "Goondarra QLD 4551", "Rotorua 3010.", "Chennai 600 028".
fn code(page: &Page<'_>, marks: &Marks, mark: &Mark) -> Option<(usize, usize)> {
    let comma = usize::from(page.is_sign(mark.end, ','));
    let state = mark.end + comma;
    let after = |i: usize| page.get(i).is_some_and(|t| t.gap == Gap::Space) && marks.is_free(i);
    let told = STATES.iter().find(|(name, _)| page.word(state) == *name);
    if let Some((_, digits)) = told.filter(|_| after(state)) {
        let number = page.get(state + 1)?;
        let fits = number.is_number(4..=4)
            && after(state + 1)
            && page.word(state + 1).starts_with(|c: char| digits.contains(c))
            && ends(page, state + 2);
        return fits.then_some((state + 1, state + 2));
    }
    if mark.kind != Kind::City || comma > 0 {
        return None;
    }
    let number = page.get(mark.end)?;
    // "Auckland 2010" may be a year.
    let short = number.is_number(4..=4) && !(1900..2100).contains(&number.key) && ends(page, mark.end + 1);
    let split = number.is_number(3..=3)
        && (110..=855).contains(&number.key)
        && page.get(mark.end + 1).is_some_and(|t| t.is_number(3..=3))
        && after(mark.end + 1)
        && ends(page, mark.end + 2);
    (after(mark.end) && (short || split)).then_some((mark.end, mark.end + 1 + usize::from(split)))
}

/// Does what was written end before the token?
fn ends(page: &Page<'_>, at: usize) -> bool {
    page.get(at).is_none_or(|t| {
        t.gap >= Gap::Line
            || t.gap == Gap::None
                && [',', '.', ';', ')', '"', '#'].iter().any(|s| t.is_sign(*s))
                && !page.get(at + 1).is_some_and(|n| n.form == Form::Number && n.gap == Gap::None && !t.is_sign('#'))
    })
}

/// "lives at 22 Fenwick.", "mail to 88 Larkin #3": a name with a house number, where somebody lives or mail goes.
fn housed(page: &Page<'_>, marks: &Marks, mark: &Mark) -> Option<(usize, usize)> {
    const HOMES: [u64; 8] = keys(["home", "house", "address", "mail", "mailed", "moved", "resides", "staying"]);
    let number = mark.first.checked_sub(1)?;
    let token = page.get(number)?;
    let near = page.get(mark.first)?.gap == Gap::Space && token.gap == Gap::Space;
    let led = number.checked_sub(1).is_some_and(|i| ["at", "to"].iter().any(|w| page.word(i).eq_ignore_ascii_case(w)));
    let lived = (2..=4).any(|back| {
        number
            .checked_sub(back)
            .and_then(|i| page.get(i))
            .is_some_and(|t| t.is_word() && (t.flags.is(Class::Residing) || HOMES.contains(&t.key)))
    });
    let mut end = mark.end;
    if page.is_sign(end, '#') && page.get(end + 1).is_some_and(|t| t.is_number(1..=4) && t.gap == Gap::None) {
        end += 2;
    }
    let fits =
        token.is_number(2..=5) && near && led && lived && marks.is_free(number) && (end > mark.end || ends(page, end));
    (fits && (mark.end..end).all(|i| marks.is_free(i))).then_some((number, end))
}

/// "at MLK and 33rd", "@ 5th/Vine": a name and a street by its number.
fn cornered(page: &Page<'_>, marks: &Marks, mark: &Mark) -> Option<(usize, usize)> {
    let nth = |i: usize| {
        page.get(i).is_some_and(|t| t.form == Form::Mixed && t.len() <= 5)
            && ["st", "nd", "rd", "th"].iter().any(|e| page.word(i).to_ascii_lowercase().ends_with(e))
            && page.word(i).starts_with(|c: char| c.is_ascii_digit())
            && marks.is_free(i)
    };
    let led = |i: usize| {
        i.checked_sub(1).is_some_and(|b| {
            page.is_sign(b, '@') || ["at", "near", "on", "off"].iter().any(|w| page.word(b).eq_ignore_ascii_case(w))
        })
    };
    let joins = |i: usize| page.is_sign(i, '&') || page.is_sign(i, '/') || page.word(i).eq_ignore_ascii_case("and");
    if joins(mark.end) && nth(mark.end + 1) && led(mark.first) && ends(page, mark.end + 2) {
        return Some((mark.first, mark.end + 2));
    }
    let joint = mark.first.checked_sub(1).filter(|i| joins(*i))?;
    let first = joint.checked_sub(1).filter(|i| nth(*i) && led(*i))?;
    ends(page, mark.end).then_some((first, mark.end))
}
