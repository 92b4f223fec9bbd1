//! What the words around say of two numbers that could be a day and a month.

use super::piece::{clock, is_amount, small};
use super::{Date, follows, hint, is_range_word, opens_range, says, touches};
use crate::find::numbers::cue::cue_at;
use crate::read::{Form, Gap, Page};
use crate::words::{Class, Cue, Hint};

/// Does the word before say that a date follows: "on", "seen", "DOB:", "Monday"?
pub(super) fn tells(page: &Page<'_>, first: usize) -> bool {
    let Some((at, signs)) = word_before(page, first) else { return false };
    let Some(token) = page.get(at) else { return false };
    if token.flags.is(Class::Weekday) && token.len() > 2 || hint(page, at, Hint::Timing) || hint(page, at, Hint::Event)
    {
        return true;
    }
    let back = |n: usize| at.checked_sub(n).unwrap_or(usize::MAX);
    if says(page, at, "of") && !signs {
        // "as of 3/5", "week of 3/5", "MRI of 3/5".
        return ["as", "date", "lmp"].iter().any(|w| says(page, back(1), w))
            || hint(page, back(1), Hint::DayWord)
            || hint(page, back(1), Hint::Event);
    }
    // "camera day is 6/18"
    if says(page, at, "day") && says(page, first.wrapping_sub(1), "is") {
        return true;
    }
    // "a no show 3/3"
    if says(page, at, "show") && !signs {
        return says(page, back(1), "no") || page.get(back(1)).is_some_and(|t| t.is_dash());
    }
    // "PPD read 9/4", "Mantoux read 3/5"; "reads 4/5 letters" is no date.
    if says(page, at, "read") && page.is_sign(back(1), ',') && page.is_sign(first + 3, ':') {
        // "Mantoux placed May 2, read 5-4: 3 mm."
        return true;
    }
    // "C4D8 11/16": the day of a cycle of chemotherapy.
    if !signs && is_cycle_day(page.word(at)) {
        return true;
    }
    if says(page, at, "read") && !signs {
        return hint(page, back(1), Hint::Event)
            || page.get(back(1)).is_some_and(|t| t.flags.is_medical())
            || ["skin", "tb", "was", "mantoux"].iter().any(|w| says(page, back(1), w));
    }
    // "who will see her 7/7", "met him 3/5", "will call them 4/8".
    if token.flags.is(Class::Pronoun) && !signs && MEETS.iter().any(|w| says(page, back(1), w)) {
        return true;
    }
    if says(page, at, "about") && !signs {
        return says(page, back(1), "or") && says(page, back(2), "on");
    }
    if page.is_sign(back(1), '/') {
        // "w/o 3/5", "f/u 3/5", "d/c 3/5".
        let short = [("w", "o"), ("f", "u"), ("d", "c"), ("d", "c'd"), ("d", "c\u{2019}d")];
        return short.iter().any(|(a, b)| says(page, back(2), a) && says(page, at, b));
    }
    // "and again 4-5 for the same complaint"
    if says(page, at, "again") && !signs {
        return true;
    }
    // "likely home 2/8", "back home 3/14"
    if says(page, first.wrapping_sub(1), "home") && follows(page, first) {
        return true;
    }
    // "who had it before 1/10?", "not until after 3/14.": a day at the end of what is said.
    let until = ["before", "after", "by", "around", "through", "thru"];
    if !signs && until.iter().any(|w| says(page, at, w)) && follows(page, first) {
        let day = first + 3;
        // "the rash began around 6-2 when"
        let when = says(page, at, "around") && says(page, day, "when");
        return when
            || page.get(day).is_none_or(|t| {
                t.gap >= Gap::Line
                    || [".", "?", "!", ",", ";"]
                        .iter()
                        .any(|s| t.gap == Gap::None && t.is_sign(s.chars().next().unwrap_or('.')))
            });
    }
    // "the first dose was given 3/5 and the second 4/5".
    if token.flags.is(Class::OrdinalWord) && !signs {
        return says(page, back(1), "the");
    }
    // "started ASA 3/5", "next INR 9/5", "last A1c 3/4".
    if (token.flags.is_medical() || token.form == Form::Mixed || token.len() < 4 && token.is_word())
        && !signs
        && STARTS.iter().any(|w| says(page, back(1), w))
    {
        return true;
    }
    // "drawn", "clipped": what was done, and when.
    token.is_word() && !signs && token.len() > 4 && ends_in_ed(page, at) && !hint(page, at, Hint::Measured)
}

/// "C2D1", "c3d15".
fn is_cycle_day(word: &str) -> bool {
    let mut rest = word.as_bytes();
    for letter in [b'c', b'd'] {
        let digits = rest.iter().skip(1).take_while(|b| b.is_ascii_digit()).count();
        if !rest.first().is_some_and(|b| b.eq_ignore_ascii_case(&letter)) || !(1..=2).contains(&digits) {
            return false;
        }
        rest = &rest[1 + digits..];
    }
    rest.is_empty()
}

/// Verbs of meeting, with a pronoun and a day behind: "see her 7/7".
const MEETS: [&str; 12] =
    ["see", "sees", "saw", "seeing", "seen", "meet", "meets", "met", "call", "called", "visit", "visited"];

/// Words before a medicine or test that say that its day follows.
const STARTS: [&str; 11] =
    ["started", "stopped", "began", "resumed", "restarted", "next", "last", "latest", "previous", "prior", "repeat"];

fn ends_in_ed(page: &Page<'_>, at: usize) -> bool {
    let word = page.word(at).as_bytes();
    word.len() > 4
        && word[word.len() - 2..].eq_ignore_ascii_case(b"ed")
        && page.get(at).is_some_and(|t| t.flags.word() > 0)
}

/// Is "11/98" a month and a year: behind "in", "since", "seen", or written with a zero?
pub(super) fn month_of_year(page: &Page<'_>, first: usize, end: usize) -> bool {
    let told = page.word(first).starts_with('0')
        || tells(page, first)
        || first.checked_sub(1).is_some_and(|i| hint(page, i, Hint::MonthBefore) && follows(page, first));
    told && !is_amount(page, end)
        && !(hint(page, end, Hint::Portion) && !says(page, end, "in") && !says(page, end, "of"))
}

/// The word before, over one colon, bracket, dash or "the" ("on the 3/5 visit"); whether a sign stood between.
pub(super) fn word_before(page: &Page<'_>, first: usize) -> Option<(usize, bool)> {
    if !matches!(page.get(first)?.gap, Gap::None | Gap::Space | Gap::Line | Gap::Wide) {
        return None;
    }
    let mut i = first.checked_sub(1)?;
    let mut signs = false;
    for _ in 0..3 {
        let token = page.get(i)?;
        let passed = token.form == Form::Sign
            && matches!(
                char::from_u32(token.key as u32),
                Some(':' | '(' | '[' | '#' | '"' | '~' | '\'' | ',' | '=' | '-')
            )
            || ["the", "is", "was", "for", "home"].iter().any(|w| says(page, i, w));
        if !passed {
            break;
        }
        signs |= token.form == Form::Sign;
        i = i.checked_sub(1)?;
    }
    Some((i, signs))
}

/// "v", "section": numbers with full stops behind these are no date.
pub(super) fn is_version(page: &Page<'_>, first: usize) -> bool {
    word_before(page, first)
        .is_some_and(|(at, _)| ["v", "version", "section", "rev", "release"].iter().any(|w| says(page, at, w)))
}

/// Is "3/5" a month and a day (or a day and a month)?
pub(super) fn month_day(page: &Page<'_>, first: usize, end: usize, x: u64, y: u64, last: Option<Date>) -> bool {
    if is_amount(page, end)
        || hint(page, end, Hint::Portion) && follows(page, end) && !says(page, end, "in") && !says(page, end, "of")
    {
        return false;
    }
    if is_share(page, first, end) && x < y {
        return false;
    }
    // "paclitaxel cycle 5/12": the fifth of twelve.
    if x <= y && first.checked_sub(1).is_some_and(|i| says(page, i, "cycle")) {
        return false;
    }
    let tally = hint(page, end, Hint::Tally) && follows(page, end);
    if tells(page, first) && !tally {
        return true;
    }
    let padded = [first, end - 1].iter().any(|i| page.word(*i).starts_with('0'));
    if padded {
        return true;
    }
    // "from 3/5 to 3/9": the other end is a date, or looks like one.
    if let Some(last) = last
        && last.end < first
        && first - last.end <= 2
        && (is_range_word(page, last.end)
            || ["and", "or"].iter().any(|w| says(page, last.end, w))
            || page.is_sign(last.end, ','))
    {
        return true;
    }
    if other_end(page, end, x, y) {
        return true;
    }
    if is_dose(page, first, end) || is_listed_dose(page, first) {
        return false;
    }
    if hint(page, end, Hint::Event) && follows(page, end) && !tally {
        return true;
    }
    // "3/5 at 10:15", "1/8 10:15".
    let at = end + usize::from(says(page, end, "at") || page.is_sign(end, '@'));
    if follows(page, at) && clock(page, at).is_some() && (at > end || page.is_sign(at + 1, ':')) {
        return true;
    }
    if opens_entry(page, first, end) {
        return true;
    }
    // "has room from 10/8.", "dialysis from 2/6 on".
    if is_from(page, first, end) {
        return true;
    }
    if is_before_value(page, first, end) {
        return true;
    }
    // "8/3 1900 report taken"
    if is_clock_of_four(page, end) && page.get(end + 1).is_some_and(|t| t.is_word() && t.gap == Gap::Space) {
        return true;
    }
    // "Cast off 13/2": what is told of a plaster and a leave may be told with the day first, and no share is so great.
    if x > 12 {
        return y > 0 && first.checked_sub(1).is_some_and(|i| says(page, i, "off") && follows(page, first));
    }
    // "Cleared by Cardiology (Singh, 2/4)": a person, and when.
    if is_by_person(page, first, end) {
        return true;
    }
    // No share and no score has more parts than its whole: "bed 8/3;", "(8/2)", but "BiPAP 12/5".
    if x > y && !tally && !counts_something(page, first) && !is_setting(page, first) && !is_medicine(page, first) {
        return true;
    }
    if first > 0 && page.is_sign(first - 1, '"') && page.is_sign(end, '"') {
        return true;
    }
    let small_whole = matches!(y, 1..=6 | 8 | 10);
    if !small_whole && x != y && !tally && !counts_something(page, first) {
        return true;
    }
    // "17 (12/12, drawn at home)", "INR 2.1 (3/3)": in brackets behind a result.
    let opened = first > 0 && page.is_sign(first - 1, '(') && touches(page, first);
    let closed = page.is_sign(end, ')') || page.is_sign(end, ',') || page.is_sign(end, ';');
    opened
        && closed
        && (!small_whole || is_result(page, first) && (is_decimal(page, first) || !matches!(y, 4 | 5 | 10)) && !tally)
}

/// Has the result before the bracket a point: "9.1 (1/4)"? No strength and no score has.
pub(super) fn is_decimal(page: &Page<'_>, first: usize) -> bool {
    first > 4
        && page.is_sign(first - 3, '.')
        && page.get(first - 2).is_some_and(|t| t.form == Form::Number && t.gap == Gap::None)
        && page.get(first - 4).is_some_and(|t| t.form == Form::Number)
}

/// "Attended 9/12 groups", "answered 7/10 correctly": so many of so many, of what was done.
fn is_share(page: &Page<'_>, first: usize, end: usize) -> bool {
    let done = first.checked_sub(1).is_some_and(|i| ends_in_ed(page, i)) && follows(page, first);
    let counted = page.get(end).is_some_and(|t| {
        t.gap == Gap::Space
            && t.is_word()
            && t.len() > 4
            && !t.flags.is_any(Class::Function.bit() | Class::Pronoun.bit() | Class::Person.bit())
    });
    let noun = page.word(end).to_ascii_lowercase();
    done && counted
        && (noun.ends_with('s') && !noun.ends_with("ss") || noun.starts_with("correct"))
        && !hint(page, end, Hint::Event)
}

/// "A1c 7/7 8.8", "INR 4-1 2.3": the day between a test and its value.
pub(super) fn is_before_value(page: &Page<'_>, first: usize, end: usize) -> bool {
    let value = page.get(end).is_some_and(|t| t.is_number(1..=3) && matches!(t.gap, Gap::Space | Gap::Line))
        && page.is_sign(end + 1, '.')
        && touches(page, end + 1)
        && touches(page, end + 2)
        && page.get(end + 2).is_some_and(|t| t.is_number(1..=2));
    let test = first.checked_sub(1).and_then(|i| page.get(i)).is_some_and(|t| {
        page.get(first).is_some_and(|n| n.gap == Gap::Space)
            && (t.form == Form::Mixed || t.is_word() && (t.flags.is_medical() || t.form == Form::Upper && t.len() < 5))
    });
    value && test
}

/// "(Singh, 2/4)": a name and a day in brackets; "(right, 2/4)" grades a pulse.
fn is_by_person(page: &Page<'_>, first: usize, end: usize) -> bool {
    first > 2
        && page.is_sign(end, ')')
        && page.is_sign(first - 1, ',')
        && page.capital_tells(first - 2)
        && page.get(first - 2).is_some_and(|t| {
            t.form == Form::Title && t.flags.surname() > 0 && t.flags.word() < 2 && !t.flags.is_medical()
        })
        && !hint(page, first - 2, Hint::Score)
        && (page.is_sign(first - 3, '(') || first > 3 && page.is_sign(first - 4, '('))
}

/// Does a result stand before the bracket that opens before `first`: "1.3 ("?
pub(super) fn is_result(page: &Page<'_>, first: usize) -> bool {
    first > 1
        && page.is_sign(first - 1, '(')
        && page.get(first - 2).is_some_and(|t| matches!(t.form, Form::Number | Form::Mixed))
}

/// "labs from 6/2 were", "dialysis from 2/6 on": the day on which something begins; "from 3/5 to 4/5" is a strength.
fn is_from(page: &Page<'_>, first: usize, end: usize) -> bool {
    let from = first.checked_sub(1).is_some_and(|i| says(page, i, "from")) && follows(page, first);
    let dated = ["on", "onward", "onwards", "forward", "back", "were", "was"].iter().any(|w| says(page, end, w));
    let event = first > 1 && hint(page, first - 2, Hint::Event);
    from && (dated && follows(page, end) || event)
}

/// "Lotrel 10/20 once a day", "Suboxone 8/2 film": the two strengths of a medicine.
fn is_dose(page: &Page<'_>, first: usize, end: usize) -> bool {
    const TAKEN: [&str; 12] =
        ["film", "films", "strip", "strips", "sl", "bid", "tid", "qd", "qhs", "qam", "qpm", "nightly"];
    let taken = |words: &[&str]| follows(page, end) && words.iter().any(|w| says(page, end, w));
    taken(&TAKEN) || is_medicine(page, first) && taken(&["once", "twice", "each", "every", "hs", "prn", "one", "two"])
}

/// Does a medicine or test stand right before, whose strengths or values may follow: "Lotrel", "bilirubin"?
fn is_medicine(page: &Page<'_>, first: usize) -> bool {
    first.checked_sub(1).is_some_and(|i| {
        let named = page.get(i).is_some_and(|t| t.flags.is_medical() && t.len() > 4 && t.is_word());
        let measured = page.get(i).is_some_and(|t| t.flags.is(Class::Cue))
            && cue_at(page, i).is_some_and(|found| found.cue == Cue::Measured);
        (named || measured) && !hint(page, i, Hint::Event)
    })
}

/// "5/325, 7.5/325, 10/20": one of a list of strengths.
fn is_listed_dose(page: &Page<'_>, first: usize) -> bool {
    let Some(comma) = first.checked_sub(1).filter(|i| page.is_sign(*i, ',')) else { return false };
    let strength = comma.checked_sub(1).and_then(|i| page.get(i)).is_some_and(|t| t.form == Form::Number && t.key > 31);
    strength && comma >= 2 && page.is_sign(comma - 2, '/')
}

/// A ventilator or mask spoken of shortly before: "BiPAP at 12/5", "settings of 10/5".
fn is_setting(page: &Page<'_>, first: usize) -> bool {
    const MACHINES: [&str; 14] = [
        "bipap",
        "ipap",
        "epap",
        "cpap",
        "bilevel",
        "vent",
        "ventilator",
        "settings",
        "setting",
        "peep",
        "ps",
        "psv",
        "avaps",
        "pressures",
    ];
    let near =
        |most: usize, told: &dyn Fn(usize) -> bool| (1..=most).any(|back| first.checked_sub(back).is_some_and(told));
    near(5, &|i| MACHINES.iter().any(|w| says(page, i, w))) || near(3, &|i| hint(page, i, Hint::Score))
}

/// A word before that is followed by so many of so many, or by the number that belongs to its name.
fn counts_something(page: &Page<'_>, first: usize) -> bool {
    word_before(page, first).is_some_and(|(at, _)| {
        hint(page, at, Hint::Numbered)
            || hint(page, at, Hint::Measured)
            || hint(page, at, Hint::Score)
            || page.get(at).is_some_and(|t| {
                t.flags.is_any(Class::Grade.bit() | Class::Unit.bit()) && !t.flags.is(Class::OrdinalWord)
            })
    })
}

/// "3/5-3/9", "3/5 to 3/9" where this is the first.
fn other_end(page: &Page<'_>, end: usize, x: u64, y: u64) -> bool {
    let ranges = is_range_word(page, end) || says(page, end, "and") && opens_range(page, end.saturating_sub(3));
    if !(ranges && follows(page, end) && follows(page, end + 1)) {
        return false;
    }
    let next = end + 1;
    // "between 10/5 and June 15"
    if page.get(next).is_some_and(|t| t.flags.is(Class::Month)) && !says(page, next, "may") {
        return true;
    }
    let (Some(a), Some(b)) = (small(page, next), small(page, next + 2)) else { return false };
    if is_amount(page, next + 3) || hint(page, next + 3, Hint::Portion) || hint(page, next + 3, Hint::Score) {
        return false;
    }
    page.is_sign(next + 1, '/') && touches(page, next + 1) && touches(page, next + 2) && a <= 12 && x <= 12
        // "from 3/5 to 4/5": a strength that got better.
        && (b != y || b > 12)
        && (a > x || x > 10 && a < 3 || a == x && b > y || page.is_sign(next + 3, '/'))
}

/// Behind the sign of an item, or behind a full stop: lines of a log that were run together.
pub(super) fn begins_item(page: &Page<'_>, first: usize) -> bool {
    let Some(before) = first.checked_sub(1) else { return false };
    let item = ["*", "\u{2022}", "-", "\u{2010}"].iter().any(|s| page.word(before) == *s) && page.opens_line(before);
    let stop = page.is_sign(before, '.')
        && page.get(first).is_some_and(|t| t.gap == Gap::Space)
        && page.before(before).is_some_and(|t| t.is_word() && t.len() > 2);
    item || stop
}

/// ": afebrile", " - called": what an entry of a log says behind its day.
pub(super) fn is_headed(page: &Page<'_>, end: usize) -> bool {
    let worded = page.get(end + 1).is_some_and(|t| {
        t.gap == Gap::Space && t.is_word() && t.len() > 1 && !t.flags.is_any(Class::Unit.bit() | Class::Function.bit())
    });
    worded && page.get(end).is_some_and(|t| t.is_sign(':') && t.gap == Gap::None || t.is_dash() && t.gap == Gap::Space)
}

/// Does a line of a log begin with it: "3/5: seen", "3/5 - seen", "3/5" alone, "3/5 Pt seen"?
fn opens_entry(page: &Page<'_>, first: usize, end: usize) -> bool {
    if !page.opens_line(first) {
        return begins_item(page, first) && is_headed(page, end);
    }
    let Some(next) = page.get(end) else { return first > 0 };
    if next.gap >= Gap::Line || is_clock_of_four(page, end) {
        return true;
    }
    if next.form == Form::Sign {
        return next.is_sign(':')
            || next.is_dash() && page.get(end + 1).is_some_and(|t| t.gap == Gap::Space && t.is_word());
    }
    next.flags.is_any(Class::Person.bit() | Class::Pronoun.bit()) || says(page, end, "seen") || next.gap == Gap::Wide
}

/// "1410", "0730": a clock time of four digits with a word or the line's end behind it, and no unit.
pub(super) fn is_clock_of_four(page: &Page<'_>, at: usize) -> bool {
    page.get(at).is_some_and(|t| t.is_number(4..=4) && t.gap <= Gap::Space && t.key < 2400 && t.key % 100 < 60)
        && page.get(at + 1).is_none_or(|t| {
            t.gap >= Gap::Line
                || t.is_word() && !t.flags.is(Class::Unit)
                || t.is_sign('.') && t.gap == Gap::None && !touches(page, at + 2)
                || t.is_sign(':') && t.gap == Gap::None
                || t.is_dash() && t.gap == Gap::Space
        })
        && !is_amount(page, at + 1)
        && !hint(page, at + 1, Hint::Portion)
}
