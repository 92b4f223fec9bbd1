//! Names that nothing around them tells: a capital where none is due, a pair of names, a name in no language.

use super::likeness::{Likeness, is_eponym_here, is_tested, likeness};
use super::run;
use crate::find::marks::Marks;
use crate::kind::{Kind, Reason};
use crate::read::{Casing, Form, Gap, Page};
use crate::words::{Class, Known};

/// Marks the name that begins at `at`, if one does. Gives the token to go on from.
pub(super) fn find(page: &Page<'_>, marks: &mut Marks, at: usize) -> Option<usize> {
    let token = page.get(at)?;
    // Where the word opens a line it may have been read as a key.
    if let Some(bytes) = infant(page, at).filter(|_| marks.kind_at(at).is_none()) {
        marks.add_bytes(at, at + 1, bytes, Kind::Name, Reason::Context);
        return Some(at + 1);
    }
    if !token.is_word() || token.len() < 2 || !marks.is_free(at) {
        return None;
    }
    if let Some(end) = led_by_particle(page, marks, at) {
        marks.add(page, at, end, Kind::Name, Reason::Context);
        return Some(end);
    }
    // A title or a state without a name beside it is nobody ("seen by Dr. …", "Louisiana").
    if token.flags.is(Class::Title) && token.flags.given() < 3 && token.flags.surname() < 2
        || token.flags.is_state() && token.flags.given() < 2
    {
        return None;
    }
    let like = likeness(page, marks, at);
    if like < Likeness::WordName || is_eponym_here(page, at) {
        return None;
    }
    // An insurer's name is nobody's.
    if let Some((_, Known::Insurer)) = page.phrase(at) {
        return None;
    }
    // "Call Mykola", "Met Anna": the name begins behind the verb.
    if token.flags.word() >= 2
        && token.flags.given() < 3
        && !token.flags.is(Class::Function)
        && token.flags.is_any(Class::Towards.bit() | Class::Naming.bit() | Class::Says.bit() | Class::Does.bit())
    {
        return None;
    }
    let end = run::right(page, marks, at, at + 1);
    if is_eponym_here(page, end - 1) {
        return None;
    }
    if page.casing_at(at) == Casing::Usual && token.form == Form::Lower {
        let end = small(page, marks, at, like)?;
        marks.add(page, at, end, Kind::Name, Reason::List);
        return Some(end);
    }
    let taken = if page.casing_at(at) == Casing::Usual {
        usual(page, marks, at, end, like)
    } else {
        caseless(page, marks, at, end, like)
    };
    if taken {
        marks.add(page, at, end, Kind::Name, if like == Likeness::Unknown { Reason::Context } else { Reason::List });
    }
    taken.then_some(end)
}

/// "BGWicklowe", "BBWicklowe": a baby girl or boy and the family name in one word. Gives where the name stands.
fn infant(page: &Page<'_>, at: usize) -> Option<(u32, u32)> {
    let token = page.get(at).filter(|t| t.form == Form::Camel)?;
    let name = page.word(at).strip_prefix("BG").or_else(|| page.word(at).strip_prefix("BB"))?;
    let mut letters = name.chars();
    let capital = letters.next().is_some_and(char::is_uppercase);
    let told = capital && name.len() >= 3 && letters.all(char::is_lowercase);
    told.then_some((token.start + 2, token.end))
}

/// "van der Berg", "du Toit", "op den Kamp" without a given name: small particles and a name that is no word.
fn led_by_particle(page: &Page<'_>, marks: &Marks, at: usize) -> Option<usize> {
    let mut next = at;
    while next < at + 3
        && page.get(next).is_some_and(|t| {
            t.flags.is(Class::Particle) && t.form == Form::Lower && (next == at || t.gap == Gap::Space)
        })
    {
        next += 1;
    }
    // "al-Tamimi": a hyphen between.
    let hyphen = next == at + 1 && page.get(next).is_some_and(|t| t.is_dash() && t.gap == Gap::None);
    if hyphen {
        next += 1;
    }
    let name = page.get(next)?;
    let sure = hyphen
        || next > at + 1
        || matches!(
            page.word(at),
            "van"
                | "von"
                | "du"
                | "de"
                | "zu"
                | "di"
                | "ter"
                | "da"
                | "dos"
                | "del"
                | "della"
                | "al"
                | "bin"
                | "ibn"
                | "mac"
        );
    let fits = next > at
        && sure
        && (name.gap == Gap::Space || hyphen && name.gap == Gap::None)
        && matches!(name.form, Form::Title | Form::Camel)
        && marks.is_free(next)
        && likeness(page, marks, next) >= Likeness::Unknown
        && page.casing_at(at) == Casing::Usual;
    fits.then(|| run::right(page, marks, at, next + 1))
}

/// Does what follows tell a person: ", 45", "(niece)", "(54)", a verb that ends in -ed?
fn is_aged(page: &Page<'_>, end: usize) -> bool {
    let Some(sign) = page.get(end) else { return false };
    if matches!(page.word(end), "is" | "was" | "IS" | "WAS")
        && page.get(end + 1).is_some_and(|t| t.is_number(1..=3))
        && page.word(end + 2).starts_with(['y', 'Y'])
    {
        return true;
    }
    let Some(next) = page.get(end + 1) else { return false };
    // "Sterling, partner, (282) …"
    if sign.is_sign(',') && next.flags.is(Class::Relative) && page.is_sign(end + 2, ',') {
        return true;
    }
    // "Wade, his roommate"
    if sign.is_sign(',')
        && next.flags.is(Class::Pronoun)
        && page.get(end + 2).is_some_and(|t| t.flags.is_any(Class::Relative.bit() | Class::Role.bit()))
    {
        return true;
    }
    if sign.is_sign('(') && sign.gap == Gap::Space {
        return next.flags.is(Class::Relative)
            || next.is_number(2..=2) && page.is_sign(end + 2, ')') && (15..110).contains(&next.key);
    }
    sign.is_sign(',')
        && next.gap == Gap::Space
        && (next.is_number(1..=3)
            && page
                .get(end + 2)
                .is_some_and(|t| t.is_sign(',') || t.is_dash() || page.word(end + 2).starts_with(['y', 'Y']))
            || next.form == Form::Mixed
                && ["yo", "yf", "ym", "f", "m", "y"].iter().any(|e| {
                    page.word(end + 1).to_ascii_lowercase().trim_start_matches(|c: char| c.is_ascii_digit()) == *e
                }))
}

/// Is it a medicine by its company: a dose behind it, or an order to take it before?
fn is_taken(page: &Page<'_>, at: usize, end: usize) -> bool {
    let dose = page.get(end).is_some_and(|t| {
        t.gap <= Gap::Space
            && (t.form == Form::Number
                && page
                    .get(end + 1)
                    .is_some_and(|u| u.flags.is(Class::Unit) || u.is_sign('/') || u.is_sign('.') || u.is_dash())
                || t.form == Form::Mixed && t.len() >= 3 && page.word(end).ends_with(['g', 'G']))
    });
    let mut first = at;
    // "Home meds: Januvia, Yasmin": back over a row of medicines.
    while first >= 2 && page.is_sign(first - 1, ',') && page.tokens[first - 2].flags.is_medical() {
        first -= 2;
    }
    let is = |i: usize, words: &[&str]| page.small(i).is(words);
    let ordered = first >= 1
        && (is(first - 1, &["rx", "take", "takes", "taking", "resume", "tolerating", "meds"])
            || page.is_sign(first - 1, ':')
                && first >= 2
                && is(first - 2, &["meds", "medications", "medication", "drug", "rx"])
            || first >= 2
                && is(first - 1, &["on"])
                && is(first - 2, &["started", "continued", "treatment", "maintained", ","]));
    let held = matches!((page.word(end), page.word(end + 1)), ("on", "hold") | ("was", "stopped" | "started" | "held"));
    dose || ordered || held
}

/// "… to see" at the end of a sentence or line.
fn sees(page: &Page<'_>, end: usize) -> bool {
    page.word(end).eq_ignore_ascii_case("to")
        && page.word(end + 1).eq_ignore_ascii_case("see")
        && page.get(end + 2).is_none_or(|t| t.gap >= Gap::Line || t.form == Form::Sign)
}

/// A small verb form of the past: "vomited", "called".
fn is_past(page: &Page<'_>, at: usize) -> bool {
    page.get(at)
        .is_some_and(|t| t.form == Form::Lower && t.len() > 4 && t.flags.word() > 0 && page.word(at).ends_with("ed"))
}

/// A name without its capitals in ordinary writing: a given name and another that are no words, where a person is due.
fn small(page: &Page<'_>, marks: &Marks, at: usize, like: Likeness) -> Option<usize> {
    let (token, next) = (&page.tokens[at], page.get(at + 1)?);
    let mut end = at + 2;
    while page.get(end).is_some_and(|t| t.is_dash() && t.gap == Gap::None)
        && page.get(end + 1).is_some_and(|t| t.is_word() && t.gap == Gap::None)
    {
        end += 2;
    }
    let other = likeness(page, marks, at + 1);
    let due = page.before(at).is_some_and(|t| {
        t.flags.is_any(
            Class::Person.bit()
                | Class::Relative.bit()
                | Class::Towards.bit()
                | Class::Naming.bit()
                | Class::Role.bit(),
        )
    });
    if due
        && next.form == Form::Lower
        && next.gap == Gap::Space
        && like == Likeness::Unknown
        && other == Likeness::Unknown
        && run::closes(page, end)
    {
        return Some(end);
    }
    if next.form != Form::Lower
        || next.gap != Gap::Space
        || token.flags.given() < 1
        || token.flags.given() < 2 && token.flags.word() > 0
        || next.flags.given().max(next.flags.surname()) == 0 && other != Likeness::Unknown
    {
        return None;
    }
    let both = like >= Likeness::Listed && other >= Likeness::Unknown;
    let due = due || page.opens_sentence(at);
    // "aware", "resting": what a person is, behind the name.
    let goes_on =
        run::closes(page, end) || matches!(page.word(end), "aware" | "resting" | "notified" | "informed" | "updated");
    let taken = both
        && like == Likeness::Sure
        && other >= Likeness::Listed
        && token.flags.word() == 0
        && next.flags.word() == 0
        || due
            && !page.opens_sentence(at)
            && goes_on
            && like == Likeness::WordName
            && (other >= Likeness::Unknown || next.flags.surname() >= 2 && next.flags.word() < 3)
        || due
            && goes_on
            && (both || like >= Likeness::Listed && other == Likeness::WordName && next.flags.surname() >= 2);
    taken.then_some(end)
}

/// Ordinary writing.
fn usual(page: &Page<'_>, marks: &Marks, at: usize, end: usize, like: Likeness) -> bool {
    let token = &page.tokens[at];
    if !matches!(token.form, Form::Title | Form::Camel | Form::Upper) {
        return false;
    }
    // A word that is a label or begins one is none; nor is one field of a message.
    let said =
        like >= Likeness::Listed && page.before(at).is_some_and(|t| t.form == Form::Number || t.flags.is(Class::Clock));
    if run::is_label(page, at) && !said
        || token.form == Form::Upper
            && (page.before(at).is_some_and(|t| t.is_sign('|') || t.is_sign('^'))
                || page.is_sign(end, '|')
                || page.is_sign(end, '^'))
    {
        return false;
    }
    let tells = page.capital_tells(at);
    let further = parts(page, marks, at + 1, end);
    let says = page.get(end).is_some_and(|t| t.flags.is(Class::Says) && t.form == Form::Lower);
    let does =
        page.get(end).is_some_and(|t| t.flags.is_any(Class::Does.bit() | Class::Says.bit()) && t.form == Form::Lower);
    let flags = token.flags;
    if token.form == Form::Upper {
        // Capitals in ordinary writing: two names at least, or a name that is no word and speaks.
        return further >= 1
            && like >= Likeness::WordName
            && (like >= Likeness::Listed || best(page, marks, at + 1, end) >= Likeness::Listed)
            && flags.given() >= 1;
    }
    if is_aged(page, end)
        && like >= Likeness::WordName
        && (like >= Likeness::Unknown || flags.given() >= 2 || further >= 1)
    {
        return true;
    }
    if said && page.is_sign(end, ':') {
        return true;
    }
    // "Mayfield to see"; "addendum (Müller, 08-MAY-23)".
    let known = like >= Likeness::Unknown || flags.surname() >= 2;
    if known
        && (sees(page, end)
            || page.before(at).is_some_and(|t| t.is_sign('('))
                && page.is_sign(end, ',')
                && marks.kind_at(end + 1) == Some(Kind::Date))
    {
        return true;
    }
    // "cleared by cardiology (Brown)"
    let bracketed = page.before(at).is_some_and(|t| t.is_sign('(')) && page.is_sign(end, ')');
    if bracketed
        && at >= 2
        && page
            .get(at - 2)
            .is_some_and(|t| t.flags.is_any(Class::Specialty.bit() | Class::Role.bit() | Class::Relative.bit()))
        && flags.surname().max(flags.given()) >= 2
    {
        return true;
    }
    if further >= 1 {
        // A pair: one of the two must be a name that is hardly a word, or the capital must tell.
        let other = best(page, marks, at + 1, end);
        if like.min(other) >= Likeness::Unknown && page.tokens[at + 1].is_word() {
            return true;
        }
        if like.max(other) >= Likeness::Listed
            && like.min(other) >= Likeness::WordName
            && (flags.given() >= 1 || like == Likeness::Unknown || tells)
        {
            return true;
        }
        if like == Likeness::Unknown && (tells || does) && !next_is_title(page, end) {
            return true;
        }
        let family = page.get(end - 1).map_or(0, |t| t.flags.surname());
        // "Zheiva Mayer at", "Lance Waters at": a surname that is also a word or an eponym.
        if like >= Likeness::Unknown && family >= 2
            || flags.given() >= 2
                && family == 3
                && like >= Likeness::WordName
                && !next_is_title(page, end)
                && (flags.word() < 3 || page.word(end) == "of" && next_is_title(page, end + 1))
        {
            return true;
        }
        // "Will Gaupkin, her landlord"; "Misty Curry" alone on its line.
        let line = page.line(at).is_some_and(|l| l.first == at && l.end <= end + 1);
        if flags.given() >= 2
            && (other == Likeness::Unknown && page.get(end).is_none_or(|t| t.form == Form::Sign) || line && family >= 2)
        {
            return true;
        }
        if tells && flags.given() >= 2 && other >= Likeness::WordName {
            return !next_is_title(page, end);
        }
        return flags.given() >= 2 && other >= Likeness::WordName && does;
    }
    let initialled = end > at + 1;
    let owns = page.get(end).is_some_and(|t| t.form == Form::Possessive);
    let alone = !next_is_title(page, at + 1) || initialled;
    if is_taken(page, at, end) {
        return false;
    }
    let eponym = flags.is_eponym() && flags.surname() < 3;
    // "the Wise twins", "the Fields family".
    if matches!(page.word(end), "family" | "twins" | "household" | "siblings" | "residence")
        && at > 0
        && page.word(at - 1).eq_ignore_ascii_case("the")
        && flags.surname() >= 2
    {
        return true;
    }
    match like {
        Likeness::Sure | Likeness::Listed if eponym => says,
        Likeness::Sure => tells || says || does || initialled || !is_listy(page, at),
        Likeness::Listed => {
            tells
                || says
                || initialled
                || owns
                || flags.word() == 0
                    && token.len() > 4
                    && !page.opens_line(at)
                    && page.get(at + 1).is_some_and(|t| t.form == Form::Lower && t.gap == Gap::Space)
        }
        Likeness::Unknown
            if !tells
                && token.len() > 3
                && page.get(end).is_some_and(|t| t.form == Form::Lower && t.gap == Gap::Space || t.is_sign(',')) =>
        {
            true
        }
        Likeness::Unknown => {
            tells && alone && !page.is_sign(at + 1, '-') || (says || owns || does) && page.opens_sentence(at)
        }
        Likeness::WordName => {
            let lonely = tells && alone && page.before(at).is_some_and(|t| t.form == Form::Lower || t.is_sign(','));
            // "daily Skip the dose": a sentence that lost its full stop.
            let orders = flags.word() == 3
                && matches!(
                    page.word(end),
                    "the" | "a" | "an" | "if" | "to" | "for" | "any" | "all" | "this" | "in" | "on" | "with"
                );
            let known = !orders && !flags.is_proper() && (flags.given() >= 2 || flags.surname() >= 2);
            says && known && !flags.is_medical() && flags.word() < 3
                || says && known && tells
                || lonely
                    && known
                    && (!flags.is_eponym() || flags.surname() == 3 && !is_tested(page, at))
                    && !flags.is_medical()
                || initialled && flags.given() >= 2
                || does
                    && !flags.is_medical()
                    && !flags.is_eponym()
                    && (flags.given() >= 2 && flags.word() < 3 || flags.given() == 3)
                || flags.given() == 3 && is_past(page, at + 1) && !flags.is_medical()
        }
        _ => false,
    }
}

/// ALL CAPITALS or no capitals: only the lists speak.
fn caseless(page: &Page<'_>, marks: &Marks, at: usize, end: usize, like: Likeness) -> bool {
    let flags = page.tokens[at].flags;
    if page.before(at).is_some_and(|t| t.is_sign('|') || t.is_sign('^'))
        && page.get(end).is_some_and(|t| t.is_sign('|') || t.is_sign('^'))
    {
        return false;
    }
    let bracketed = page.before(at).is_some_and(|t| t.is_sign('(')) && page.is_sign(end, ')');
    if bracketed
        && at >= 2
        && page
            .get(at - 2)
            .is_some_and(|t| t.flags.is_any(Class::Specialty.bit() | Class::Role.bit() | Class::Relative.bit()))
        && (like >= Likeness::Unknown || flags.surname().max(flags.given()) >= 2)
    {
        return true;
    }
    let further = parts(page, marks, at + 1, end);
    let known = flags.given().max(flags.surname());
    if sees(page, end) && known >= 2 && !flags.is_medical() {
        return true;
    }
    if further >= 1 {
        let other = best(page, marks, at + 1, end);
        // As in ordinary writing.
        return is_aged(page, end) && like >= Likeness::WordName && other >= Likeness::WordName
            || like >= Likeness::Listed && (flags.given() >= 1 || other >= Likeness::Listed)
            || like == Likeness::WordName && flags.given() == 3 && other >= Likeness::Listed
            || like == Likeness::WordName && flags.given() >= 2 && other >= Likeness::Sure
            || like == Likeness::Unknown && other >= Likeness::Listed;
    }
    if is_aged(page, end) && flags.given() >= 2 && like >= Likeness::WordName && page.opens_sentence(at) {
        return true;
    }
    match like {
        Likeness::Sure if page.tokens[at].len() <= 3 => known == 3 && !flags.is_eponym(),
        Likeness::Sure => !flags.is_eponym(),
        Likeness::Listed => known >= 2 || flags.word() == 0 && page.tokens[at].len() > 3,
        Likeness::Unknown => {
            page.tokens[at].len() > 4
                && !page.get(at + 1).is_some_and(|t| {
                    t.gap == Gap::None && !t.is_sign('.') && !t.is_sign(',') && t.form != Form::Possessive
                })
        }
        _ => false,
    }
}

/// How many further name words stand in `from..end`.
fn parts(page: &Page<'_>, marks: &Marks, from: usize, end: usize) -> usize {
    (from..end).filter(|i| likeness(page, marks, *i) >= Likeness::WordName).count()
}

/// The most name-like word of `from..end`.
fn best(page: &Page<'_>, marks: &Marks, from: usize, end: usize) -> Likeness {
    (from..end).map(|i| likeness(page, marks, i)).max().unwrap_or(Likeness::Never)
}

fn next_is_title(page: &Page<'_>, at: usize) -> bool {
    page.get(at).is_some_and(|t| t.form == Form::Title && t.gap <= Gap::Space)
}

/// Does the word stand where a list of single words stands (an item of its own line), so that its capital is due and
/// nothing else says that it is a person?
fn is_listy(page: &Page<'_>, at: usize) -> bool {
    page.opens_line(at) && page.get(at + 1).is_none_or(|t| t.gap >= Gap::Line)
}
