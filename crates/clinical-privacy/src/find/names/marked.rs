//! Names that a number, date or code beside them tells: "cb MONDAY 555-0134", a header line "JOAN WICK   4471902", "Ada Wick
//! b. 4.16.2013", the row "4471902 | Wick | Ada | 1/2/1961".

use super::run;
use crate::find::apart::{DAYS, DEEDS, PEOPLE, SMALL};
use crate::find::marks::Marks;
use crate::kind::{Kind, Reason};
use crate::read::{Form, Gap, Page};
use crate::words::Class;

/// Words that are part of no name, whatever tells it.
const NEVER: u64 = PEOPLE | SMALL | DEEDS | Class::Heading.bit() | Class::Title.bit() | Class::NoName.bit();

/// What a line that begins a note is about besides a person.
const OTHER: u64 = NEVER
    | Class::Specialty.bit()
    | Class::GenericPlace.bit()
    | Class::FacilityHead.bit()
    | Class::FacilityPart.bit()
    | Class::CompanySuffix.bit()
    | Class::StreetSuffix.bit()
    | Class::NumberLabel.bit()
    | Class::NumberWord.bit()
    | Class::Unit.bit()
    | Class::Clock.bit()
    | Class::NoValue.bit()
    | Class::Anatomy.bit()
    | Class::Agent.bit();

/// The most words of a name before what tells it.
const WORDS: usize = 4;

/// Marks who stands beside what was found.
pub(in crate::find) fn find(page: &Page<'_>, marks: &mut Marks) {
    let beside: Vec<(usize, usize, Kind)> = marks
        .found()
        .iter()
        .filter(|m| matches!(m.kind, Kind::Phone | Kind::Fax | Kind::Date | Kind::Mrn | Kind::Account | Kind::Other))
        .map(|m| (m.first, m.end, m.kind))
        .collect();
    for (first, end, kind) in beside {
        let told = match kind {
            Kind::Phone | Kind::Fax => reached(page, marks, first),
            Kind::Date => born(page, marks, first).or_else(|| header(page, marks, first, end, kind)),
            _ => {
                row(page, marks, first, end);
                header(page, marks, first, end, kind).or_else(|| reached(page, marks, first))
            }
        };
        if let Some((first, end)) = told {
            marks.add(page, first, end, Kind::Name, Reason::Context);
        }
        if kind == Kind::Date
            && let Some((first, end)) = form(page, marks, first, end)
        {
            marks.add(page, first, end, Kind::Name, Reason::Label);
        }
    }
    if let Some((first, end)) = sent(page, marks) {
        marks.add(page, first, end, Kind::Name, Reason::Context);
    }
}

/// May the word be part of a name, where its place tells one and it is of none of those classes?
fn part(page: &Page<'_>, marks: &Marks, at: usize, apart: u64) -> bool {
    page.get(at).is_some_and(|t| {
        t.is_word()
            && (t.len() > 1 || page.is_initial(at))
            && !t.flags.is_any(apart)
            && (!t.flags.is_medical() || t.flags.given() >= 2)
            && (!t.flags.is_state() || t.flags.given() >= 2)
            && (marks.is_free(at) || marks.kind_at(at) == Some(Kind::Name))
    })
}

/// Is the word one that is hardly anything but somebody's name?
fn named(page: &Page<'_>, at: usize) -> bool {
    page.get(at).is_some_and(|t| {
        t.len() > 2
            && !t.flags.is_any(DAYS)
            && (t.flags.is_unknown() && t.len() > 3
                || t.flags.word() == 0 && t.flags.given().max(t.flags.surname()) >= 1
                || t.flags.word() < 3 && t.flags.given().max(t.flags.surname()) >= 2)
    })
}

/// The first token of the words of a name that end before `end`, and how many they are. Hyphens and the stops of initials
/// stand between them.
fn back(page: &Page<'_>, marks: &Marks, end: usize, apart: u64) -> (usize, usize) {
    let (mut first, mut words) = (end, 0);
    while words < WORDS {
        let Some(mut last) = first.checked_sub(1) else { break };
        let gap = page.get(first).map_or(Gap::Space, |t| t.gap);
        if first < end && gap > Gap::Space {
            break;
        }
        if page.is_sign(last, '.') && last > 0 && page.is_initial(last - 1) {
            last -= 1;
        }
        if !part(page, marks, last, apart) {
            break;
        }
        first = last;
        words += 1;
        while first >= 2
            && page.get(first).is_some_and(|t| t.gap == Gap::None)
            && page.get(first - 1).is_some_and(|t| t.is_dash() && t.gap == Gap::None)
            && page.get(first - 2).is_some_and(|t| t.is_word() && t.len() > 1)
        {
            first -= 2;
        }
    }
    (first, words)
}

/// "cb Monday 555-0134", "em cont jane byrd 555-0134", "Fax to Ramp +1 …", "Responder 1 Ola 555-0134": who is reached at the
/// number at `at`.
fn reached(page: &Page<'_>, marks: &Marks, at: usize) -> Option<(usize, usize)> {
    let is = |i: Option<usize>, words: &[&str]| {
        i.is_some_and(|i| words.iter().any(|w| page.word(i).eq_ignore_ascii_case(w)))
    };
    if page.get(at)?.gap != Gap::Space {
        return None;
    }
    let (first, _) = back(page, marks, at, OTHER);
    // The words before may be the cue itself: "em cont jane byrd".
    let from = (first..at).find(|i| is(i.checked_sub(1), &["cb", "cont", "polst"])).unwrap_or(first);
    let mut cue = from.checked_sub(1)?;
    cue -= usize::from(page.is_sign(cue, ':') && cue > 0);
    let numbered =
        page.get(cue).is_some_and(|t| t.is_number(1..=1)) && is(cue.checked_sub(1), &["responder", "contact"]);
    let told = is(Some(cue), &["cb", "polst"])
        || is(Some(cue), &["cont"]) && is(cue.checked_sub(1), &["em", "emerg", "emergency", "er"])
        || is(Some(cue), &["to"]) && is(cue.checked_sub(1), &["fax", "faxed"])
        || numbered;
    let plain = (from..at).all(|i| page.get(i).is_some_and(|t| t.flags.word() < 3 || t.flags.given() > 0));
    let words = (from..at).filter(|i| page.get(*i).is_some_and(|t| t.is_word())).count();
    (told && plain && (1..=3).contains(&words) && page.get(from)?.gap == Gap::Space).then_some((from, at))
}

/// "Ada Wick b. 4.16.2013": who was born on the date at `at`.
fn born(page: &Page<'_>, marks: &Marks, at: usize) -> Option<(usize, usize)> {
    let stop = at.checked_sub(1)?;
    let letter = stop.checked_sub(1)?;
    let told = page.is_sign(stop, '.')
        && page.get(stop)?.gap == Gap::None
        && page.word(letter).eq_ignore_ascii_case("b")
        && page.get(letter)?.gap == Gap::Space;
    if !told {
        return None;
    }
    let (first, words) = back(page, marks, letter, NEVER);
    (words >= 2 && opens(page, first) && (first..letter).any(|i| named(page, i))).then_some((first, letter))
}

/// Does a line or an item of a list begin at the token?
fn opens(page: &Page<'_>, at: usize) -> bool {
    page.opens_line(at)
        || at > 0
            && page.opens_line(at - 1)
            && page.get(at - 1).is_some_and(|t| t.form == Form::Sign && !t.is_sign('/') && !t.is_sign('<'))
}

/// "JOAN WICK   4471902   1/2/1961": a line that begins with two to four words and goes on, well apart, with a number of a
/// record or a date. With nothing but the number of a record behind them a space is enough.
fn header(page: &Page<'_>, marks: &Marks, at: usize, end: usize, kind: Kind) -> Option<(usize, usize)> {
    let line = *page.line(at)?;
    let gap = page.get(at)?.gap;
    let apart = gap == Gap::Wide || gap == Gap::Space && kind != Kind::Date && end >= line.end;
    if !apart || at < line.first + 2 || at > line.first + 9 {
        return None;
    }
    let last = at - usize::from(page.is_sign(at - 1, '.') && !page.is_initial(at.checked_sub(2)?));
    let (mut first, mut words) = back(page, marks, last, OTHER);
    // The kind of form stands before the name.
    if words > 2 && first == line.first && page.get(first)?.len() == 3 && page.get(first)?.flags.is_unknown() {
        first += 1;
        words -= 1;
    }
    let begins = first == line.first || first == line.first + 1 && page.get(line.first)?.len() <= 3;
    // A name alone before a date may be a heading, a drug or a place: both of its words are asked then.
    let sure = (first..last).filter(|i| named(page, *i)).count();
    let least = if kind == Kind::Date { 2 } else { 1 };
    let labels = (first..last).any(|i| page.get(i).is_some_and(|t| t.flags.is(Class::Cue) || t.flags.is_any(DAYS)));
    (begins && (2..=WORDS).contains(&words) && sure >= least && !labels).then_some((first, last))
}

/// "4471902 | Wick | Ada | 1/2/1961": family name and given name between the number of the record and a date.
fn row(page: &Page<'_>, marks: &mut Marks, at: usize, end: usize) {
    if !page.opens_line(at) || !page.is_sign(end, '|') {
        return;
    }
    let mut bars = [end; 3];
    for nth in 1..3 {
        let from = bars[nth - 1] + 1;
        let Some(bar) = (from..from + 6).find(|i| page.is_sign(*i, '|')) else { return };
        bars[nth] = bar;
    }
    let words = |from: usize, to: usize| {
        from < to
            && (from..to).all(|i| {
                page.get(i).is_some_and(|t| (t.is_word() || t.is_dash() || t.is_sign('.')) && t.gap < Gap::Line)
                    && (marks.is_free(i) || marks.kind_at(i) == Some(Kind::Name))
            })
    };
    let told =
        words(bars[0] + 1, bars[1]) && words(bars[1] + 1, bars[2]) && marks.kind_at(bars[2] + 1) == Some(Kind::Date);
    if told {
        marks.add(page, bars[0] + 1, bars[1], Kind::Name, Reason::Label);
        marks.add(page, bars[1] + 1, bars[2], Kind::Name, Reason::Label);
    }
}

/// "dos 1/2/2021" and under it "md jane byrd": a form in short lines.
fn form(page: &Page<'_>, marks: &Marks, at: usize, end: usize) -> Option<(usize, usize)> {
    let line = *page.line(at)?;
    let short = at == line.first + 1 && end >= line.end && page.word(line.first).eq_ignore_ascii_case("dos");
    if !short || !page.word(end).eq_ignore_ascii_case("md") {
        return None;
    }
    let last = page.line(end)?.end;
    let words = (end + 1..last).filter(|i| page.get(*i).is_some_and(|t| t.is_word())).count();
    let told = (1..=WORDS).contains(&words)
        && (end + 1..last)
            .all(|i| part(page, marks, i, OTHER) || page.get(i).is_some_and(|t| t.is_dash() || t.is_sign('.')));
    told.then_some((end + 1, last))
}

/// The last line of a message, under "Sent from my phone".
fn sent(page: &Page<'_>, marks: &Marks) -> Option<(usize, usize)> {
    let above = page.lines.get(page.lines.len().checked_sub(2)?)?;
    let told = page.word(above.first).eq_ignore_ascii_case("sent")
        && page.word(above.first + 1).eq_ignore_ascii_case("from")
        && page.word(above.first + 2).eq_ignore_ascii_case("my");
    let line = page.lines.last()?;
    let (first, words) = back(page, marks, line.end, NEVER);
    let capitals = (first..line.end).all(|i| page.get(i).is_some_and(|t| t.form != Form::Lower));
    (told && first == line.first && (1..=3).contains(&words) && capitals)
        .then(|| (first, run::right(page, marks, first, line.end).min(line.end)))
}
