//! Measured numbers: "12 mg", "7.35", "250,000", "2-3 days", "3-0 Vicryl", "CA 19-9".

use super::{glued_number, hint, is_inside, says, touches};
use crate::read::{Form, Gap, Page};
use crate::words::{Class, Hint};

/// A unit that is no everyday word.
fn is_unit(page: &Page<'_>, at: usize) -> bool {
    page.get(at).is_some_and(|t| {
        // "ext. 4378    cc: …" and "3219 Times Square" have no unit.
        let named = t.form == Form::Title && t.len() > 2 && !says(page, at, "units") || page.is_sign(at + 1, ':');
        t.flags.is(Class::Unit)
            && matches!(t.gap, Gap::None | Gap::Space | Gap::Line)
            && !named
            && !t.flags.is(Class::Function)
            && t.len() > 1
            && !says(page, at, "second")
            && !says(page, at, "unit")
    })
}

/// The token behind a value of the number at `at` with a sign behind it.
pub(super) fn behind_sign(page: &Page<'_>, at: usize, sign: char, dash: bool) -> Option<usize> {
    let glued = touches(page, at + 1);
    if sign == '%' {
        return Some(at + 2);
    }
    if !glued || is_inside(page, at) {
        return None;
    }
    if dash {
        return range(page, at);
    }
    match sign {
        '.' => decimal(page, at),
        ',' => thousands(page, at),
        _ => None,
    }
}

/// "7.35", "7.35-7.45"; not the first of three numbers with full stops.
fn decimal(page: &Page<'_>, at: usize) -> Option<usize> {
    if !glued_number(page, at + 2) {
        return None;
    }
    let end = at + 3;
    let goes_on = |i: usize| {
        page.get(i)
            .is_some_and(|t| t.gap == Gap::None && (t.is_sign('.') || t.is_dash() || t.is_sign('/') || t.is_sign('@')))
            && page.get(i + 1).is_some_and(|t| t.gap == Gap::None && matches!(t.form, Form::Number | Form::Mixed))
    };
    if !goes_on(end) {
        return (page.get(at)?.len() <= 5).then_some(end);
    }
    let range = page.get(end).is_some_and(|t| t.is_dash()) && glued_number(page, end + 1);
    if range && page.is_sign(end + 2, '.') && touches(page, end + 2) && glued_number(page, end + 3) && !goes_on(end + 4)
    {
        return Some(end + 4);
    }
    None
}

/// "250,000": groups of three, but not the cells of a table.
fn thousands(page: &Page<'_>, at: usize) -> Option<usize> {
    if !page.get(at)?.is_number(1..=3) || page.before(at).is_some_and(|t| t.is_sign(',') && touches(page, at)) {
        return None;
    }
    let mut end = at + 1;
    while end < at + 7
        && page.is_sign(end, ',')
        && touches(page, end)
        && page.get(end + 1).is_some_and(|t| t.is_number(3..=3) && t.gap == Gap::None)
    {
        end += 2;
    }
    let cell = page.is_sign(end, ',') && touches(page, end) && page.get(end + 1).is_some_and(|t| t.gap == Gap::None);
    (end > at + 1 && !cell).then_some(end)
}

/// "2-3 days", "50-60%", "3-0 Vicryl", "CA 19-9".
fn range(page: &Page<'_>, at: usize) -> Option<usize> {
    if !glued_number(page, at + 2) {
        // "18-gauge", "2-view"
        let years = says(page, at + 2, "year") || says(page, at + 2, "yr");
        return (!years && is_unit(page, at + 2) && page.get(at)?.len() <= 4).then_some(at + 3);
    }
    let end = at + 3;
    let (a, b) = (page.get(at)?, page.get(at + 2)?);
    let goes_on =
        page.get(end).is_some_and(|t| t.gap == Gap::None && (t.is_dash() || t.is_sign('/') || t.is_sign('.')))
            && page.get(end + 1).is_some_and(|t| t.gap == Gap::None && matches!(t.form, Form::Number | Form::Mixed));
    if goes_on {
        return staircase(page, at);
    }
    if a.len() > 4 || b.len() > 4 {
        return None;
    }
    if page.is_sign(end, '%') && page.get(end)?.gap <= Gap::Space {
        return Some(end + 1);
    }
    if is_unit(page, end) {
        return Some(end + 1);
    }
    // Suture sizes.
    if b.key == 0 && b.len() == 1 && a.len() <= 2 && a.key > 0 {
        return Some(end);
    }
    named(page, at).then_some(end)
}

/// "10-20-30 titration", "60-50-40-30 mg over 8 days", "10-20-40 taper": doses that go up or down step by step.
fn staircase(page: &Page<'_>, at: usize) -> Option<usize> {
    const STEPS: [&str; 14] = [
        "titration",
        "titrate",
        "titrated",
        "titrating",
        "taper",
        "tapering",
        "tapered",
        "mg",
        "mcg",
        "dosing",
        "escalation",
        "steps",
        "pack",
        "schedule",
    ];
    const BEFORE: [&str; 8] = ["pack", "taper", "titration", "tapered", "titrate", "titrated", "steps", "tapering"];
    let mut end = at + 1;
    while page.get(end).is_some_and(|t| t.is_dash() && t.gap == Gap::None)
        && page.get(end + 1).is_some_and(|t| t.is_number(1..=4) && t.gap == Gap::None)
        && end < at + 13
    {
        end += 2;
    }
    let steps: &[usize] = &[at, at + 2, at + 4];
    let value = |i: usize| page.get(i).map_or(0, |t| t.key);
    let up = steps.windows(2).all(|w| value(w[0]) < value(w[1]));
    let down = steps.windows(2).all(|w| value(w[0]) > value(w[1]));
    let behind = STEPS.iter().any(|w| says(page, end, w)) && page.get(end).is_some_and(|t| t.gap <= Gap::Line);
    let before = (1..=3).any(|back| at.checked_sub(back).is_some_and(|i| BEFORE.iter().any(|w| says(page, i, w))));
    (end >= at + 5 && (up || down) && (behind || before)).then_some(end)
}

/// Does the number belong to the name before it: "CA 19-9", "COVID-19", "stage 3"?
fn named(page: &Page<'_>, at: usize) -> bool {
    let Some(before) = page.before(at) else { return false };
    let name = if before.is_dash() || before.is_sign('#') { at.checked_sub(2) } else { at.checked_sub(1) };
    name.is_some_and(|i| {
        hint(page, i, Hint::Numbered)
            || hint(page, i, Hint::Score)
            || page.get(i).is_some_and(|t| t.flags.is(Class::Grade))
    }) && page.get(at).is_some_and(|t| t.gap <= Gap::Space)
}

/// The token behind the number at `at` and its unit: "12 mg", "18 Fr", "4 to 6 weeks".
pub(super) fn behind_space(page: &Page<'_>, at: usize) -> Option<usize> {
    let token = page.get(at)?;
    if token.len() > 6 || is_inside(page, at) {
        return None;
    }
    let next = page.get(at + 1)?;
    if next.flags.is(Class::Unit) {
        return is_unit(page, at + 1).then_some(at + 2);
    }
    if (says(page, at + 1, "to") || says(page, at + 1, "or"))
        && page.get(at + 2).is_some_and(|t| t.is_number(1..=3))
        && is_unit(page, at + 3)
    {
        return Some(at + 4);
    }
    None
}
