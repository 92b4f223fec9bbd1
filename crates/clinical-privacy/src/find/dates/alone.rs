//! A month by its name alone ("since early June") and a day of this month ("on the 5th").

use super::piece::{day as read_day, ordinal, ordinal_words};
use super::{Date, follows, hint, is_range_word, part_of_month, says};
use crate::read::{Casing, Form, Gap, Page, Token};
use crate::words::{Class, Hint};

/// How sure a month's name is one.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sense {
    /// "September": nothing else.
    Month,
    /// "Oct", "Jan": short, and short for other things too.
    Short,
    /// "April", "June", "August": also a person's name.
    Name,
    /// "may", "march": also words.
    Word,
}

fn sense(page: &Page<'_>, at: usize) -> Sense {
    let is = |words: &[&str]| words.iter().any(|w| says(page, at, w));
    if is(&["may", "march", "mar"]) {
        Sense::Word
    } else if is(&["april", "june", "august"]) {
        Sense::Name
    } else if page.get(at).is_some_and(|t| t.len() > 4) || is(&["july", "sept"]) {
        Sense::Month
    } else {
        Sense::Short
    }
}

/// The month at `at` where neither day nor year stands with it.
pub(super) fn month(page: &Page<'_>, at: usize, last: Option<Date>) -> Option<Date> {
    let token = page.get(at)?;
    let sense = sense(page, at);
    let usual = page.casing_at(at) == Casing::Usual;
    // "OCT" is a scan and "MAR" a chart where other words are not in capitals.
    if usual && token.form == Form::Upper && sense != Sense::Month && token.len() <= 3 {
        return None;
    }
    if page.before(at).is_some_and(|t| t.flags.is(Class::Title) && t.gap < Gap::Line && follows(page, at)) {
        return None;
    }
    let date = Date::context(at, at + 1);
    // "June of this year"
    if says(page, at + 1, "of")
        && says(page, at + 3, "year")
        && ["this", "last", "next", "that"].iter().any(|w| says(page, at + 2, w))
    {
        return Some(date);
    }
    let dashed = page.before(at).is_some_and(|t| t.is_dash());
    if part_of_month(page, at).is_some() && (dashed || may_be_month(page, at, sense, usual)) {
        return Some(date);
    }
    if let Some(last) = last
        && last.end + 1 == at
        && (is_range_word(page, last.end)
            || says(page, last.end, "and")
            || says(page, last.end, "or")
            || page.is_sign(last.end, ','))
        && page.get(last.end - 1).is_some_and(|t| t.flags.is(Class::Month))
        && may_be_month(page, at, sense, usual)
    {
        return Some(date);
    }
    if at > 0 && follows(page, at) && hint(page, at - 1, Hint::MonthBefore) && may_be_month(page, at, sense, usual) {
        let before = at - 1;
        // "this may help", "starting may", "by May", "from April": these need more than the name.
        let weak = [
            "by",
            "from",
            "to",
            "of",
            "before",
            "after",
            "this",
            "each",
            "every",
            "start",
            "end",
            "ending",
            "starting",
            "following",
            "past",
            "around",
        ]
        .iter()
        .any(|w| says(page, before, w));
        let strong = match sense {
            Sense::Month => true,
            Sense::Short => !weak || says(page, before, "of") || says(page, before, "by"),
            Sense::Name | Sense::Word => !weak || is_told(page, at, before),
        };
        return strong.then_some(date);
    }
    ((sense == Sense::Month || is_noted(page, at, sense, usual)) && !is_person(page, at)).then_some(date)
}

/// "DEXA May", "Hx MI August", "HbA1c (March)": what has a date before, nothing behind, and no person about.
fn is_noted(page: &Page<'_>, at: usize, sense: Sense, usual: bool) -> bool {
    if !usual || sense == Sense::Short || page.get(at).is_none_or(|t| t.form != Form::Title) {
        return false;
    }
    let ends =
        page.get(at + 1).is_none_or(|t| t.gap >= Gap::Line || t.form == Form::Sign && !t.is_dash() && !t.is_sign('\''));
    let bracket = usize::from(at > 0 && page.is_sign(at - 1, '('));
    let Some(before) = at.checked_sub(1 + bracket) else { return false };
    let people =
        Class::Relative.bit() | Class::Person.bit() | Class::Role.bit() | Class::Title.bit() | Class::Towards.bit();
    let noted = page.get(before).is_some_and(|t| {
        let result = bracket == 1 && t.form == Form::Number;
        (t.flags.is_medical() || t.form == Form::Mixed || result || hint(page, before, Hint::Event))
            && !t.flags.is_any(people)
            || says(page, before, "was") && before > 0 && hint(page, before - 1, Hint::Event)
    });
    ends && noted && page.get(at).is_some_and(|t| t.gap <= Gap::Space)
}

/// "as of May", "by April", "from March to June": a weak word before a name that is a word or a person.
fn is_told(page: &Page<'_>, at: usize, before: usize) -> bool {
    if is_range_word(page, at + 1) && page.get(at + 2).is_some_and(|t| t.flags.is(Class::Month)) {
        return true;
    }
    let month_of = says(page, before, "of")
        && before
            .checked_sub(1)
            .is_some_and(|i| says(page, i, "as") || hint(page, i, Hint::MonthPart) || hint(page, i, Hint::DayWord));
    let ends = page
        .get(at + 1)
        .is_none_or(|t| t.form == Form::Sign && !t.is_sign('\'') && !t.is_dash() || t.gap >= Gap::Blank);
    // "the first week or two of June", not "the daughter of June".
    if says(page, before, "of") {
        let of_person = before
            .checked_sub(1)
            .and_then(|i| page.get(i))
            .is_some_and(|t| t.flags.is_any(Class::Relative.bit() | Class::Person.bit()));
        let goes_on = page
            .get(at + 1)
            .is_some_and(|t| t.flags.is_any(Class::Function.bit() | Class::Towards.bit() | Class::Relation.bit()));
        let capital = page.casing_at(at) != Casing::Usual || page.get(at).is_some_and(|t| t.is_capital());
        return month_of || capital && !of_person && (ends || goes_on);
    }
    month_of
        || ends
            && !says(page, before, "this")
            && page.get(at).is_some_and(|t| t.flags.surname() < 2 || says(page, before, "by"))
            && (page.casing_at(at) != Casing::Usual || page.get(at).is_some_and(|t| t.is_capital()))
            && !says(page, before, "from")
            && !says(page, before, "to")
}

/// Does what follows let it be a month: "in may", not "in may be"?
fn may_be_month(page: &Page<'_>, at: usize, sense: Sense, usual: bool) -> bool {
    if is_person(page, at) && sense != Sense::Short {
        return false;
    }
    if sense != Sense::Word {
        return true;
    }
    let capital = usual && page.get(at).is_some_and(|t| t.form == Form::Title);
    let Some(next) = page.get(at + 1) else { return true };
    if next.gap >= Gap::Blank || next.form == Form::Sign || next.form == Form::Number || next.flags.is(Class::Month) {
        return true;
    }
    if usual && !capital {
        // "in march" written small among capitals is a slip that happens, "may" is the verb.
        return says(page, at, "march") && !says(page, at + 1, "in");
    }
    let verb = [
        "be", "have", "not", "also", "still", "need", "take", "resume", "return", "help", "require", "benefit", "cause",
    ];
    let joins = next.flags.is_any(Class::Function.bit() | Class::Towards.bit() | Class::Pronoun.bit());
    if capital {
        return !verb.iter().any(|w| says(page, at + 1, w));
    }
    joins && !verb.iter().any(|w| says(page, at + 1, w))
}

/// "April Jones", "June's": is it a person?
fn is_person(page: &Page<'_>, at: usize) -> bool {
    let Some(next) = page.get(at + 1) else { return false };
    if next.form == Form::Possessive {
        return page.get(at).is_some_and(|t| t.flags.given() > 1);
    }
    next.gap == Gap::Space
        && page.casing_at(at) == Casing::Usual
        && matches!(next.form, Form::Title | Form::Camel)
        && page.get(at).is_some_and(|t| t.is_capital() && (t.flags.given() > 0 || t.flags.surname() > 1))
        && next.flags.word() < 2
        && !next.flags.is_medical()
        && !next.flags.is_any(Class::Function.bit() | Class::Weekday.bit())
}

/// "14th prox.", "3rd inst", "21st ult": the month that letters name so.
fn of_month(page: &Page<'_>, at: usize) -> bool {
    follows(page, at) && ["prox", "proximo", "inst", "instant", "ult", "ultimo"].iter().any(|w| says(page, at, w))
}

/// "Mon 27th", "Tues 14th at noon": the day of the month right behind its weekday.
fn behind_weekday(page: &Page<'_>, at: usize) -> Option<Date> {
    let before = at.checked_sub(1).filter(|_| ordinal(page, at).is_some() && follows(page, at))?;
    let weekday = page.get(before).filter(|t| t.flags.is(Class::Weekday) && (t.len() > 3 || t.is_capital()))?;
    let sure = weekday.form != Form::Upper || page.casing_at(before) != Casing::Usual;
    let ends = page.get(at + 1).is_none_or(|t| t.gap >= Gap::Line || t.form == Form::Sign || ends_day(t));
    (sure && ends && !hint(page, at + 1, Hint::NoDay)).then(|| Date::context(before, at + 1))
}

/// "He missed the 18th as …", "she tolerated diet the 24th and went home": so great an ordinal that nothing follows counts
/// days, but for those of growth charts.
fn is_late_day(page: &Page<'_>, at: usize) -> bool {
    let number = page.word(at).trim_end_matches(|c: char| c.is_ascii_alphabetic()).parse::<u64>().unwrap_or(0);
    let Some(next) = page.get(at + 1) else { return (13..=31).contains(&number) };
    let joins = ["as", "and", "when", "because", "while", "but", "with", "at", "so", "she", "he", "they"];
    let ends = next.gap >= Gap::Line
        || next.gap == Gap::None && ['.', ',', ';', ')', '?'].iter().any(|s| next.is_sign(*s))
        || next.gap == Gap::Space && joins.iter().any(|w| says(page, at + 1, w));
    // "between the 25th and 50th percentile", "the 13th and 14th sessions"
    let counted = (at.saturating_sub(12)..at + 12).any(|i| {
        page.get(i).is_some_and(|t| t.is_word())
            && ["percentile", "percentiles", "centile", "centiles", "chromosome", "trisomy", "century", "birthday"]
                .iter()
                .any(|w| says(page, i, w))
    }) || ordinal(page, at + 2).is_some();
    // "he recalls the 7th because it snowed"
    let because = says(page, at + 1, "because") && number > 0;
    ((13..=31).contains(&number) || because) && ends && !counted
}

/// "away until 12th and back", "off work since 3rd.": a day without its article.
fn is_bare_day(page: &Page<'_>, at: usize) -> bool {
    let led = at.checked_sub(1).is_some_and(|i| ["until", "till", "since"].iter().any(|w| says(page, i, w)));
    let ends = page.get(at + 1).is_none_or(|t| {
        t.gap >= Gap::Line
            || t.gap == Gap::None && ['.', ',', ';', ')'].iter().any(|s| t.is_sign(*s))
            || t.gap == Gap::Space && ends_day(t)
    });
    led && ordinal(page, at).is_some() && follows(page, at) && ends && !hint(page, at + 1, Hint::NoDay)
}

/// A word that may follow a day, and that no ordinal counts.
fn ends_day(token: &Token) -> bool {
    token.flags.is_any(Class::Function.bit() | Class::Pronoun.bit() | Class::Towards.bit() | Class::Says.bit())
}

/// "on the 5th", "since the twenty-third", "from the 3rd to the 7th".
pub(super) fn day(page: &Page<'_>, at: usize) -> Option<Date> {
    if ordinal(page, at).is_some() && of_month(page, at + 1) {
        return Some(Date::context(at, at + 1));
    }
    if let Some(date) = behind_weekday(page, at) {
        return Some(date);
    }
    if is_bare_day(page, at) {
        return Some(Date::context(at, at + 1));
    }
    let the = at.checked_sub(1).filter(|i| says(page, *i, "the") && follows(page, at))?;
    let before = the.checked_sub(1)?;
    let when = ["on", "since", "until", "till", "by", "before", "after", "through", "thru"];
    let digits = ordinal(page, at).is_some();
    // "Tuesday the 12th", "Thursday last, the 12th", "your letter of the 3rd inst".
    let weekday = |i: usize| page.get(i).is_some_and(|t| t.flags.is(Class::Weekday)) && follows(page, i + 1);
    let comma = usize::from(page.is_sign(before, ','));
    let week = before.checked_sub(comma).is_some_and(|i| {
        weekday(i) && page.get(i).is_some_and(|t| t.len() > 3 || digits)
            || i > 0 && weekday(i - 1) && ["last", "next"].iter().any(|w| says(page, i, w))
    });
    // "Saturday the first tablet" counts.
    let counted = |end: usize| page.get(end).is_some_and(|t| t.is_word() && t.gap <= Gap::Line && !ends_day(t));
    if week && follows(page, the) && !hint(page, at + 1, Hint::NoDay) {
        let end = if digits { Some(at + 1) } else { ordinal_words(page, at).filter(|end| !counted(*end)) };
        if let Some(end) = end {
            // "Tuesday the 12th" goes as a whole.
            let first = if comma == 0 && weekday(before) { before } else { at };
            return Some(Date::context(first, end));
        }
    }
    let ranges =
        is_range_word(page, at + 1) && ordinal(page, at + 2 + usize::from(says(page, at + 2, "the"))).is_some();
    // "the last seizure was the 13th.", "it began the 24th, or a day later"
    let verbs = ["was", "began", "started", "broke", "happened", "occurred", "ended", "stopped", "died", "fell"];
    let was = verbs.iter().any(|w| says(page, before, w))
        && (page.is_sign(at + 1, '.') || page.is_sign(at + 1, ','))
        && ordinal(page, at).is_some();
    // "from the 27th he took sips only", "given the 24th at noon", "due the 25th"
    let from = digits && (says(page, before, "from") || hint(page, before, Hint::Timing));
    if follows(page, the) && digits && is_late_day(page, at) {
        return Some(Date::context(at, at + 1));
    }
    if !follows(page, the) || !ranges && !was && !from && !when.iter().any(|w| says(page, before, w)) {
        return None;
    }
    // "on the second" and "on the first" count visits as often as days.
    if page.get(at)?.flags.is(Class::OrdinalWord)
        && page.get(at)?.len() < 7
        && !says(page, at, "fifth")
        && !says(page, at, "sixth")
        && !says(page, at, "eighth")
        && !says(page, at, "ninth")
        && !says(page, at, "tenth")
    {
        return None;
    }
    let mut end = if ordinal(page, at).is_some() { at + 1 } else { ordinal_words(page, at)? };
    for _ in 0..3 {
        let joins =
            is_range_word(page, end) || says(page, end, "and") || says(page, end, "or") || page.is_sign(end, '/');
        let next = end + 1 + usize::from(says(page, end + 1, "the"));
        if !joins || !(ordinal(page, next).is_some() || page.get(next).is_some_and(|t| t.flags.is(Class::OrdinalWord)))
        {
            break;
        }
        end = read_day(page, next)?;
    }
    let next = page.get(end);
    let ends = next.is_none_or(|t| {
        t.gap >= Gap::Blank
            || t.form == Form::Sign && !t.is_dash() && !t.is_sign('/')
            || t.is_word()
                && t.flags
                    .is_any(Class::Function.bit() | Class::Pronoun.bit() | Class::Towards.bit() | Class::Says.bit())
                && !hint(page, end, Hint::NoDay)
    });
    ends.then(|| Date::context(at, end))
}
