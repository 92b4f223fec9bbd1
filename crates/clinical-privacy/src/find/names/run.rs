//! A name's parts: from one word that is a name to all of it.

use super::likeness::{Likeness, is_eponym_here, likeness};
use crate::find::marks::Marks;
use crate::read::{Casing, Form, Gap, Page};
use crate::words::Class;

/// The most tokens a name is read over.
const LONGEST: usize = 12;

/// Extends a name whose tokens so far are `first..end` to the right: initials, further names, hyphens, particles,
/// nicknames, suffixes. Gives the token behind the last.
pub(super) fn right(page: &Page<'_>, marks: &Marks, first: usize, end: usize) -> usize {
    let mut end = end;
    while end < first + LONGEST {
        match part(page, marks, end) {
            Some(next) => end = next,
            None => break,
        }
    }
    end
}

/// The token behind one more part of a name at `at`, if one stands there.
fn part(page: &Page<'_>, marks: &Marks, at: usize) -> Option<usize> {
    let token = page.get(at)?;
    if token.gap >= Gap::Wide && !over_line(page, at) {
        return None;
    }
    if marks.kind_at(at).is_some() {
        return None;
    }
    match token.form {
        _ if page.is_initial(at) && initial(page, at) => {
            Some(if page.is_sign(at + 1, '.') && page.get(at + 1)?.gap == Gap::None { at + 2 } else { at + 1 })
        }
        // A name after a hyphen or an apostrophe that stands in it: "Smith-Jones", "Mary‑Kate", "O' Brien".
        Form::Sign if token.gap == Gap::None && token.is_dash() => {
            let next = page.get(at + 1)?;
            let joined = matches!(next.gap, Gap::None) || (next.gap == Gap::Line && next.is_capital());
            (joined && next.is_word() && (further(page, marks, at + 1, true) || syllable(page, marks, at + 1)))
                .then_some(at + 2)
        }
        Form::Sign if token.is_sign('"') || token.is_sign('\u{201c}') || token.is_sign('(') || token.is_sign('\'') => {
            nickname(page, marks, at)
        }
        // "Drufanndson, L."
        Form::Sign
            if token.is_sign(',')
                && token.gap == Gap::None
                && page.is_initial(at + 1)
                && page.is_sign(at + 2, '.')
                && page.get(at + 2)?.gap == Gap::None
                && page.get(at + 1)?.gap <= Gap::Space
                && page.get(at + 3).is_none_or(|t| t.gap > Gap::None) =>
        {
            Some(at + 3)
        }
        Form::Sign if token.is_sign(',') || token.is_sign('.') => {
            (token.gap == Gap::None && is_suffix(page, at + 1) && page.get(at + 1)?.gap <= Gap::Space)
                .then(|| if page.is_sign(at + 2, '.') { at + 3 } else { at + 2 })
        }
        _ if is_suffix(page, at) => Some(if page.is_sign(at + 1, '.') { at + 2 } else { at + 1 }),
        // "Winona Two Moons", "Keoni Two Bulls".
        Form::Title
            if token.flags.is(Class::NumberWord)
                && token.gap == Gap::Space
                && page.get(at + 1).is_some_and(|t| t.form == Form::Title && t.gap == Gap::Space)
                && page.before(at).is_some_and(|t| t.form == Form::Title && t.flags.word() == 0) =>
        {
            Some(at + 2)
        }
        _ if token.flags.is(Class::Particle) => particle(page, marks, at).or_else(|| {
            // "Gene Le, 26": a particle that is the whole surname.
            (token.form == Form::Title && token.flags.surname() >= 1 && token.gap <= Gap::Space && closes(page, at + 1))
                .then_some(at + 1)
        }),
        _ if token.is_word() => further(page, marks, at, false).then_some(at + 1),
        _ => None,
    }
}

/// May the word at `at` be a further part of a name whose earlier parts stand right before it?
fn further(page: &Page<'_>, marks: &Marks, at: usize, hyphened: bool) -> bool {
    let Some(token) = page.get(at) else { return false };
    // A label of its own begins: "DEA:", "Date of visit:".
    let like = likeness(page, marks, at);
    if is_label(page, at) && (like <= Likeness::WordName || crate::find::fields::is_label(page, at).is_some()) {
        return false;
    }
    if page.casing_at(at) == Casing::Usual {
        let capital = matches!(token.form, Form::Title | Form::Upper | Form::Camel);
        // "Lavanya Met with her sister": a capital verb begins a sentence of its own.
        let verb = token.flags.is_any(Class::Says.bit() | Class::Does.bit())
            && token.flags.word() >= 2
            && page.get(at + 1).is_some_and(|t| t.form == Form::Lower);
        return capital
            && (like >= Likeness::WordName || (hyphened || is_last_word(page, marks, at)) && like >= Likeness::Word)
            && !(token.form == Form::Upper && token.flags.is(Class::Credential))
            && !verb
            && !is_eponym_here(page, at);
    }
    if token.flags.is(Class::Credential) && !(token.flags.surname() >= 2 && token.len() > 2) {
        return false;
    }
    if token.flags.is_any(Class::Says.bit() | Class::Does.bit()) && !hyphened {
        return false;
    }
    let after_name =
        hyphened && at >= 2 && likeness(page, marks, at - 2) >= Likeness::Unknown && like >= Likeness::Word;
    like >= Likeness::Unknown
        || after_name
        || hyphened && like >= Likeness::WordName
        || like == Likeness::WordName && token.flags.surname().max(token.flags.given()) >= 2 && closes(page, at + 1)
}

/// "Bethany Tongue to …": a capital word in no list of names, right behind a given name that is no word, within a
/// sentence.
fn is_last_word(page: &Page<'_>, marks: &Marks, at: usize) -> bool {
    let (Some(token), Some(given)) = (page.get(at), page.before(at)) else { return false };
    token.form == Form::Title
        && token.gap == Gap::Space
        && given.form == Form::Title
        && given.flags.given() >= 1
        && likeness(page, marks, at - 1) >= Likeness::Listed
        && !token.flags.is_medical()
        && !token.flags.is_any(
            Class::Says.bit()
                | Class::Does.bit()
                | Class::Function.bit()
                | Class::Role.bit()
                | Class::Heading.bit()
                | Class::FacilityHead.bit()
                | Class::Person.bit()
                | Class::Relative.bit()
                | Class::Title.bit()
                | Class::Credential.bit()
                | Class::NoName.bit()
                | Class::Towards.bit(),
        )
        && page.get(at + 1).is_none_or(|t| t.form != Form::Title)
        && closes(page, at + 1)
}

/// Does a label begin here: a word with a colon behind it, or one that the label table knows?
pub(super) fn is_label(page: &Page<'_>, at: usize) -> bool {
    page.get(at + 1).is_some_and(|t| (t.is_sign(':') || t.is_sign('#')) && t.gap == Gap::None)
        || crate::find::fields::is_label(page, at).is_some()
}

/// The second half of a given name such as "Soo-ah", "Kim-chi", "Bo-ram": short, small, and behind a name.
fn syllable(page: &Page<'_>, marks: &Marks, at: usize) -> bool {
    let (Some(token), Some(first)) = (page.get(at), at.checked_sub(2)) else { return false };
    token.form == Form::Lower
        && token.len() <= 5
        && page.casing_at(at) == Casing::Usual
        && page.get(first).is_some_and(|t| t.form == Form::Title && t.len() <= 5)
        && likeness(page, marks, first) >= Likeness::WordName
        && !token.flags.is_any(Class::Function.bit() | Class::EponymHead.bit())
        && !token.flags.is_medical()
        && (token.flags.word() < 3 || token.flags.given() > 0)
        && !matches!(page.word(at), "like" | "type" | "plus" | "free" | "based")
}

/// Does what stands there end a name: a sign, a number, the end of the line, a verb, a credential?
pub(super) fn closes(page: &Page<'_>, at: usize) -> bool {
    let Some(token) = page.get(at) else { return true };
    token.gap >= Gap::Wide
        || matches!(token.form, Form::Sign | Form::Number | Form::Possessive | Form::Mixed)
        || token.flags.is_any(
            Class::Says.bit()
                | Class::Does.bit()
                | Class::Credential.bit()
                | Class::Function.bit()
                | Class::NameSuffix.bit()
                | Class::NoName.bit()
                | Class::Naming.bit(),
        )
}

/// A single capital letter that is a part of a name: a full stop follows, or more name, or the end.
fn initial(page: &Page<'_>, at: usize) -> bool {
    let stopped = page.is_sign(at + 1, '.') && page.get(at + 1).is_some_and(|t| t.gap == Gap::None);
    if stopped {
        // "J. S." and "J.S." but not "Smith. A" (the stop stands before) nor "vitamin D."
        return true;
    }
    match page.get(at + 1) {
        None => true,
        Some(next) => {
            next.gap >= Gap::Wide
                || next.is_capital() && next.len() > 1
                || next.is_sign(',')
                || next.is_sign(')')
                || next.is_sign('^')
                || next.is_sign('|')
                || next.form == Form::Possessive
                || next.flags.is(Class::Says)
        }
    }
}

fn is_suffix(page: &Page<'_>, at: usize) -> bool {
    page.get(at).is_some_and(|t| {
        t.flags.is(Class::NameSuffix)
            && t.is_capital() | (page.casing_at(at) != Casing::Usual)
            && !page.word(at).eq_ignore_ascii_case("iv")
    })
}

/// "van der Berg", "de la Cruz", "al-Rashid": particles and then a name.
fn particle(page: &Page<'_>, marks: &Marks, at: usize) -> Option<usize> {
    let mut next = at;
    for _ in 0..4 {
        let token = page.get(next)?;
        if token.gap >= Gap::Wide && next > at {
            return None;
        }
        if (token.flags.is(Class::Particle) || page.word(next) == "an" && next > at)
            && !(token.flags.surname() >= 2 && closes(page, next + 1))
        {
            next += 1;
            if page.get(next).is_some_and(|t| t.is_dash() || t.is_sign('.') || t.is_sign('\'')) {
                next += 1;
            }
            continue;
        }
        let capital = token.is_capital() || token.form == Form::Camel || page.casing_at(next) != Casing::Usual;
        let like = likeness(page, marks, next);
        let capital = capital || token.form == Form::Camel;
        let enough = if page.casing_at(next) == Casing::Usual { Likeness::Word } else { Likeness::Unknown };
        return (capital && token.is_word() && token.len() > 1 && like >= enough).then_some(next + 1);
    }
    None
}

/// `"Bob"`, `(Bill)` between or behind the parts of a name: at most two words within the signs.
fn nickname(page: &Page<'_>, marks: &Marks, at: usize) -> Option<usize> {
    let open = page.get(at)?;
    let close = at + 2;
    if open.gap == Gap::None
        || !(page.is_sign(close, '"')
            || page.is_sign(close, '\u{201d}')
            || page.is_sign(close, ')')
            || page.is_sign(close, '\''))
    {
        return None;
    }
    let word = page.get(at + 1)?;
    let like = likeness(page, marks, at + 1);
    let short = !open.is_sign('(') && word.form == Form::Upper && word.len() <= 4;
    if short && word.gap == Gap::None {
        return Some(close + 1);
    }
    // Between two parts of a name any one word is what somebody is called.
    let between =
        page.get(close + 1).is_some_and(|t| t.gap == Gap::Space && matches!(t.form, Form::Title | Form::Camel))
            && further(page, marks, close + 1, false);
    if between && word.gap == Gap::None && word.form == Form::Title {
        return Some(close + 1);
    }
    let enough = if open.is_sign('(') { Likeness::Listed } else { Likeness::WordName };
    let given = word.flags.given() >= 2 && (word.form == Form::Title || page.casing_at(at) != Casing::Usual);
    (word.gap == Gap::None && word.is_word() && (like >= enough || given) && like > Likeness::Never)
        .then_some(close + 1)
}

/// A name broken over a line: the next line goes on with a capital (or, where case says nothing, with anything) and
/// the line before does not end a sentence.
fn over_line(page: &Page<'_>, at: usize) -> bool {
    let (Some(token), Some(before)) = (page.get(at), page.before(at)) else { return false };
    if token.gap != Gap::Line || crate::find::fields::is_label(page, at).is_some() || page.is_sign(at + 1, ':') {
        return false;
    }
    // What is hardly a word goes on with a name wherever the line ends.
    let name = token.is_word()
        && token.len() > 1
        && token.flags.word() == 0
        && !token.flags.is_medical()
        && !token.flags.is_any(
            Class::Heading.bit()
                | Class::NoName.bit()
                | Class::Title.bit()
                | Class::Credential.bit()
                | Class::Role.bit(),
        )
        && (token.form != Form::Upper || page.casing_at(at) == Casing::Upper);
    if name && (before.is_word() || before.is_sign('.') && at >= 2 && page.is_initial(at - 2)) {
        return true;
    }
    // The line before must be a full one: a short line of its own is a field, not a broken sentence.
    let long = page.line(at - 1).is_some_and(|l| {
        let from = page.get(l.first).map_or(0, |t| t.start);
        before.end - from >= 40
    });
    (before.is_word() || before.is_sign('.') && at >= 2 && page.is_initial(at - 2)) && long && closes(page, at + 1)
}

/// Extends a name to the left from `at` (a token of the name): further names, initials, particles before it. Gives its
/// first token.
pub(super) fn left(page: &Page<'_>, marks: &Marks, at: usize) -> usize {
    let mut first = at;
    while first > 0 && at - first < LONGEST {
        let Some(next) = part_before(page, marks, first) else { break };
        first = next;
    }
    first
}

fn part_before(page: &Page<'_>, marks: &Marks, first: usize) -> Option<usize> {
    let gap = page.get(first)?.gap;
    let mut at = first.checked_sub(1)?;
    if gap >= Gap::Wide
        && !(over_line(page, first)
            && page.get(at)?.form == Form::Title
            && likeness(page, marks, at) >= Likeness::Listed)
    {
        return None;
    }
    if marks.kind_at(at).is_some() {
        return None;
    }
    let token = page.get(at)?;
    if token.is_sign('.') {
        at = at.checked_sub(1)?;
        let saint = matches!(page.word(at), "St" | "Ste" | "st" | "ST");
        return (token.gap == Gap::None && (page.is_initial(at) || saint) && !marks.is_shielded(at)).then_some(at);
    }
    if token.is_dash() && token.gap == Gap::None && gap == Gap::None {
        at = at.checked_sub(1)?;
        return (page.get(at)?.is_word() && further_before(page, marks, at, true)).then_some(at);
    }
    if page.is_initial(at) {
        return (page.casing_at(at) != Casing::Usual || !page.opens_sentence(at) || page.opens_line(at))
            .then_some(at)
            .filter(|_| !matches!(page.word(at), "A" | "I"));
    }
    // "al-Hashimi": the particle and its hyphen.
    if token.is_dash()
        && token.gap == Gap::None
        && gap == Gap::None
        && page.before(at).is_some_and(|t| t.flags.is(Class::Particle))
    {
        return at.checked_sub(1);
    }
    if token.flags.is(Class::Particle) && token.is_word() {
        let mut before = at.checked_sub(1)?;
        while before > 0 && before + 3 > at && page.get(before)?.flags.is(Class::Particle) {
            before -= 1;
        }
        let initial = page.is_sign(before, '.') && before > 0 && page.is_initial(before - 1);
        let named = initial || page.get(before)?.is_word() && further_before(page, marks, before, false);
        return named.then_some(before + 1);
    }
    (token.is_word() && further_before(page, marks, at, false)).then_some(at)
}

fn further_before(page: &Page<'_>, marks: &Marks, at: usize, hyphened: bool) -> bool {
    let Some(token) = page.get(at) else { return false };
    if token.flags.is_any(Class::Title.bit() | Class::Role.bit() | Class::Relative.bit())
        && !hyphened
        && token.flags.given() < 2
    {
        return false;
    }
    let like = likeness(page, marks, at);
    if page.casing_at(at) == Casing::Usual {
        let capital = matches!(token.form, Form::Title | Form::Upper | Form::Camel);
        // A word that opens a sentence has its capital from there.
        let enough = if page.opens_sentence(at) && !hyphened && token.flags.given() < 2 && !page.opens_line(at) {
            Likeness::Unknown
        } else {
            Likeness::WordName
        };
        return capital && (like >= enough || hyphened && like >= Likeness::Word);
    }
    like >= Likeness::Unknown || like == Likeness::WordName && (hyphened || token.flags.given() >= 2)
}
