//! What is left of a person's name beside the part that was found: "Abrams-LEE", "R. Makwetu", "GRIMALDI, L", "dr. h.
//! fennel", "J & K Smith"; and how old somebody is who stands in a list, "Tregunna, Ina 90F".

use super::apart::{DAYS, DEEDS, PEOPLE, SMALL};
use super::marks::{Mark, Marks};
use super::names::KINDS;
use crate::kind::{Kind, Reason};
use crate::read::{Casing, Form, Gap, Page, Token};
use crate::words::Class;

/// Words that are no part of a name.
const APART: u64 = PEOPLE | SMALL | DAYS | DEEDS | Class::Unit.bit();

/// Marks the rest.
pub(super) fn find(page: &Page<'_>, marks: &mut Marks) {
    let names: Vec<Mark> = marks
        .found()
        .iter()
        .filter(|m| matches!(m.kind, Kind::Name | Kind::City | Kind::Facility | Kind::Employer))
        .copied()
        .collect();
    for name in names {
        let usual = page.casing == Casing::Usual && page.casing_at(name.first) == Casing::Usual;
        let person = name.kind == Kind::Name;
        // "Dr. vance-odell": where the name itself is written small, so may its other half be.
        let small = person && page.get(name.first).is_some_and(|t| t.form == Form::Lower);
        let mut end = hyphened(page, marks, name.end, usual && !small);
        if person && end == name.end {
            end = behind(page, marks, &name, usual);
        }
        let mut first = name.first;
        if person {
            first = half_before(page, marks, first).or_else(|| particle(page, marks, first)).unwrap_or(first);
            first = before(page, marks, first).or_else(|| two_letters(page, marks, first)).unwrap_or(first);
            first = small_given(page, marks, first).unwrap_or(first);
            first = shared(page, marks, first).unwrap_or(first);
        }
        if first < name.first || end > name.end {
            marks.add(page, first, end, name.kind, Reason::Context);
        }
        if person && is_age(page, end) && marks.is_free(end) {
            marks.add(page, end, end + 1, Kind::Age, Reason::Context);
        }
    }
}

/// "90F" behind "Tregunna, Ina": a name in a list or banner, and how old somebody of which sex is. "98F" is as often a
/// temperature, a dose in French units stands behind no name.
fn is_age(page: &Page<'_>, at: usize) -> bool {
    let Some(token) = page.get(at).filter(|t| t.form == Form::Mixed && t.gap != Gap::None && t.gap <= Gap::Wide) else {
        return false;
    };
    let Some((digits, sex)) = page.word(at).split_at_checked(page.word(at).len().saturating_sub(1)) else {
        return false;
    };
    let most = if sex == "M" { 110 } else { 95 };
    (token.len() <= 4) && matches!(sex, "M" | "F") && digits.parse::<u64>().is_ok_and(|age| age >= 90 && age <= most)
}

/// "J & " before "K Smith": the initial of whoever shares the surname. "D&C" with no name behind is shielded before.
fn shared(page: &Page<'_>, marks: &Marks, at: usize) -> Option<usize> {
    let sign = at.checked_sub(1).filter(|i| page.is_sign(*i, '&'))?;
    let stop = usize::from(sign > 0 && page.is_sign(sign - 1, '.'));
    let first = sign.checked_sub(1 + stop)?;
    let letter = page.get(first).filter(|t| t.form == Form::Initial && (first == 0 || t.gap > Gap::None))?;
    let second = page.get(at).is_some_and(|t| t.form == Form::Initial && t.gap <= Gap::Space);
    (second && letter.gap != Gap::Wide && page.is_initial(first) && marks.is_free(first)).then_some(first)
}

fn is_part(token: &Token, usual: bool) -> bool {
    let small = usual && token.form == Form::Lower;
    token.is_word() && !small && !token.flags.is_any(APART) && !token.flags.is_medical()
}

/// "-LEE" behind "ABRAMS".
fn hyphened(page: &Page<'_>, marks: &Marks, at: usize, usual: bool) -> usize {
    let dash = page.get(at).is_some_and(|t| t.is_dash() && t.gap == Gap::None) && marks.is_free(at);
    let part = page.get(at + 1).is_some_and(|t| t.gap == Gap::None && is_part(t, usual)) && marks.is_free(at + 1);
    if dash && part { at + 2 } else { at }
}

/// ", L" behind "GRIMALDI"; "fennel" behind "dr. h.".
fn behind(page: &Page<'_>, marks: &Marks, name: &Mark, usual: bool) -> usize {
    let at = name.end;
    let closes = |i: usize| {
        page.get(i).is_none_or(|t| t.gap >= Gap::Line || t.form == Form::Sign && !t.is_sign('.') && !t.is_sign('\''))
    };
    let initial = |i: usize| {
        page.get(i).is_some_and(|t| t.form == Form::Initial && t.gap == Gap::Space)
            && !matches!(page.word(i), "I" | "A")
    };
    if page.is_sign(at, ',') && marks.is_free(at) && initial(at + 1) && marks.is_free(at + 1) && closes(at + 2) {
        return at + 2;
    }
    if let Some(end) = middle(page, marks, name) {
        return end;
    }
    if let Some(end) = aged(page, marks, name, usual) {
        return end;
    }
    if let Some(end) = reached(page, marks, name).or_else(|| born(page, marks, name, usual)) {
        return end;
    }
    // One letter and a stop behind a title: the surname follows.
    let letter = name.end - name.first <= 2 && page.get(name.first).is_some_and(|t| t.len() == 1);
    let stop = page.is_sign(at - 1, '.') || page.is_sign(at, '.');
    let next = if page.is_sign(at, '.') { at + 1 } else { at };
    let titled = name.first > 0
        && page
            .before(name.first - usize::from(page.is_sign(name.first - 1, '.')))
            .is_some_and(|t| t.flags.is(Class::Title));
    if letter
        && stop
        && titled
        && marks.is_free(next)
        && page.get(next).is_some_and(|t| t.gap == Gap::Space && t.len() > 1 && is_part(t, usual))
    {
        return next + 1;
    }
    at
}

/// "B" behind "FARROKHZAD, HOMA", "F." behind "Gadsden-Youngblood,": a letter that closes a name whose surname stands
/// first. Words that go on in the same sentence say that it is a letter of theirs: "Smith, R knee pain".
fn middle(page: &Page<'_>, marks: &Marks, name: &Mark) -> Option<usize> {
    let comma = page.is_sign(name.end, ',') && page.get(name.end)?.gap == Gap::None;
    let at = name.end + usize::from(comma);
    let beside = name.first > 1
        && page.is_sign(name.first - 1, ',')
        && marks.kind_at(name.first - 2) == Some(Kind::Name)
        && page.get(name.first)?.gap == Gap::Space;
    let turned = comma || beside || (name.first + 1..name.end).any(|i| page.is_sign(i, ','));
    let letter = page.get(at)?;
    let told = (letter.form == Form::Initial || page.is_initial(at)) && letter.gap == Gap::Space;
    let dotted = page.is_sign(at + 1, '.') && page.get(at + 1)?.gap == Gap::None;
    let closes = page.get(at + 1 + usize::from(dotted)).is_none_or(|t| {
        t.gap >= Gap::Line
            || t.form == Form::Sign && !t.is_dash() && !t.is_sign('&') && !t.is_sign('/')
            || t.form == Form::Number && dotted
    });
    let free = (name.end..=at).all(|i| marks.is_free(i));
    (turned && told && closes && free).then_some(at + 1 + usize::from(dotted))
}

/// "Vanterpool 36" behind "Ottilie": a surname and how old somebody is.
fn aged(page: &Page<'_>, marks: &Marks, name: &Mark, usual: bool) -> Option<usize> {
    let part = |i: usize| {
        page.get(i).is_some_and(|t| {
            is_part(t, usual)
                && matches!(t.form, Form::Title | Form::Camel)
                && t.flags.word() == 0
                && (t.flags.surname() >= 1 || t.flags.is_unknown())
                && marks.is_free(i)
        })
    };
    let surname = page.get(name.end).is_some_and(|t| t.gap == Gap::Space) && part(name.end);
    let lone = name.end == name.first + 1 && page.get(name.first).is_some_and(|t| t.form == Form::Title);
    if !usual || !surname || !lone {
        return None;
    }
    let mut end = name.end + 1;
    if page.get(end).is_some_and(|t| t.is_dash() && t.gap == Gap::None)
        && page.get(end + 1).is_some_and(|t| t.gap == Gap::None)
        && part(end + 1)
    {
        end += 2;
    }
    let age = page.get(end).is_some_and(|t| t.is_number(1..=3) && t.gap == Gap::Space && t.key <= 120);
    let alone = page.get(end + 1).is_none_or(|t| t.gap >= Gap::Wide || t.form == Form::Initial || t.is_sign(','));
    (age && alone).then_some(end)
}

/// "B" between "Arlene" and a telephone number: the letter of a surname.
fn reached(page: &Page<'_>, marks: &Marks, name: &Mark) -> Option<usize> {
    let letter = page.get(name.end)?;
    let told = page.is_initial(name.end) && letter.gap == Gap::Space && marks.is_free(name.end);
    let phone = marks.kind_at(name.end + 1) == Some(Kind::Phone) && page.get(name.end + 1)?.gap <= Gap::Space;
    (told && phone).then_some(name.end + 1)
}

/// "née Rabinovich" behind "Golda".
fn born(page: &Page<'_>, marks: &Marks, name: &Mark, usual: bool) -> Option<usize> {
    let nee = ["n\u{e9}e", "n\u{e9}", "nee"].iter().any(|w| page.word(name.end).to_lowercase() == *w);
    let next = name.end + 1;
    let part = page.get(next).is_some_and(|t| is_part(t, usual) && t.gap == Gap::Space && t.len() > 1)
        && (marks.is_free(next) || marks.kind_at(next) == Some(Kind::Name));
    (nee && page.get(name.end)?.gap == Gap::Space && part).then_some(next + 1)
}

/// "R." before "Makwetu": not the letter of a vitamin or a virus.
fn before(page: &Page<'_>, marks: &Marks, first: usize) -> Option<usize> {
    let dotted = page.is_sign(first.checked_sub(1)?, '.');
    let letter = first.checked_sub(1 + usize::from(dotted))?;
    let token = page.get(letter)?;
    let near = page.get(first)?.gap <= Gap::Space && (!dotted || page.get(first - 1)?.gap == Gap::None);
    let told =
        token.form == Form::Initial && !matches!(page.word(letter), "I" | "A") || dotted && page.is_initial(letter);
    let opens = page.opens_line(letter);
    let free = (letter..first).all(|i| marks.is_free(i));
    let clinical = !opens
        && page.before(letter).is_some_and(|t| {
            t.flags.is_medical() || t.flags.is_any(Class::Grade.bit()) || t.form == Form::Number && !dotted
        });
    let led = opens
        || page.before(letter).is_some_and(|t| {
            t.form == Form::Sign
                || t.form == Form::Number && dotted && t.len() > 2
                || t.flags.is_any(APART | Class::Title.bit() | Class::Towards.bit())
        });
    (near && told && free && !clinical && led && (opens || token.gap == Gap::Space || token.gap == Gap::None))
        .then_some(letter)
}

/// "prudence" before "clark", where both are small or capitals say nothing: a given name that is a word as well, before a name that does not
/// begin with a given name.
fn small_given(page: &Page<'_>, marks: &Marks, first: usize) -> Option<usize> {
    const OTHER: u64 = APART | Class::Title.bit() | Class::Heading.bit() | Class::NoName.bit();
    let at = first.checked_sub(1)?;
    let (token, name) = (page.get(at)?, page.get(first)?);
    let small = token.form == Form::Lower && name.form == Form::Lower;
    let written = small || page.casing != Casing::Usual && page.casing_at(at) != Casing::Usual;
    let given = token.is_word() && token.len() > 2 && token.flags.given() >= 2 && !token.flags.is_medical();
    let alone = name.gap == Gap::Space && name.flags.given() < 2;
    (written && given && alone && !token.flags.is_any(OTHER) && marks.is_free(at)).then_some(at)
}

/// "Pei-" before "shan Leung", "Nuala-" before "Brid": the first half of a hyphened name.
fn half_before(page: &Page<'_>, marks: &Marks, first: usize) -> Option<usize> {
    let one = first.checked_sub(2)?;
    let joined =
        page.get(first)?.gap == Gap::None && page.get(one + 1).is_some_and(|t| t.is_dash() && t.gap == Gap::None);
    let token = page.get(one)?;
    let name =
        token.form == Form::Title && is_part(token, true) && (token.flags.given() >= 1 || token.flags.word() < 2);
    let apart = page.opens_line(one) || token.gap >= Gap::Space;
    (joined && name && apart && marks.is_free(one) && marks.is_free(one + 1)).then_some(one)
}

/// "De" before "Angelis", "El" before "Masri": a particle with a capital that the name begins with.
fn particle(page: &Page<'_>, marks: &Marks, first: usize) -> Option<usize> {
    let at = first.checked_sub(1)?;
    let token = page.get(at)?;
    let near = page.get(first)?.gap == Gap::Space;
    let begins =
        token.form == Form::Title && token.flags.is(Class::Particle) && !token.flags.is_any(Class::Function.bit());
    (near && begins && marks.is_free(at) && !page.is_initial(at)).then_some(at)
}

/// "CR" before "Nelson", "WD" before "Hargrove": two letters of given names, where something leads to them and they are
/// no credential, role or service.
fn two_letters(page: &Page<'_>, marks: &Marks, first: usize) -> Option<usize> {
    const OTHER: u64 = APART
        | Class::Title.bit()
        | Class::Specialty.bit()
        | Class::GenericPlace.bit()
        | Class::Heading.bit()
        | Class::Agent.bit()
        | Class::NoName.bit();
    const LEADS: u64 = Class::Towards.bit() | Class::Relative.bit() | Class::Role.bit() | Class::Title.bit();
    let at = first.checked_sub(1)?;
    let (token, name) = (page.get(at)?, page.get(first)?);
    let letters = token.form == Form::Upper && token.len() == 2 && !token.flags.is_any(OTHER) && marks.is_free(at);
    let near = name.gap <= Gap::Line && name.form == Form::Title && page.casing_at(at) == Casing::Usual;
    let led = page.opens_sentence(at)
        || page.before(at).is_some_and(|t| {
            t.gap <= Gap::Wide && (t.flags.is_any(LEADS) || !token.flags.is_medical() && t.flags.is(Class::Function))
        });
    (letters && near && led && !KINDS.contains(&page.word(at))).then_some(at)
}
