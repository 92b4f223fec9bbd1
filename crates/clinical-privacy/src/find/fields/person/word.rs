//! What a word may be in a name.

use super::Trust;
use super::credential::is_credential;
use super::run::Run;
use crate::find::fields::label::{Apart, Place};
use crate::read::{Casing, Form, Gap, Page, Token};
use crate::words::{Class, Flags};

/// What a word may be in a name.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    Good,
    Doubtful,
    /// "van", "Jr": stands in a name, proves nothing.
    Inner,
    No,
}

/// Words that stand in no name, unless they are one elsewhere.
pub(super) const STOPS: u64 = Class::Function.bit()
    | Class::Pronoun.bit()
    | Class::Says.bit()
    | Class::Does.bit()
    | Class::Heading.bit()
    | Class::Unit.bit()
    | Class::Clock.bit()
    | Class::Relation.bit();
const ROLES: u64 = Class::Role.bit()
    | Class::Relative.bit()
    | Class::Person.bit()
    | Class::Specialty.bit()
    | Class::FacilityHead.bit()
    | Class::CompanySuffix.bit()
    | Class::Employed.bit()
    | Class::NumberLabel.bit();

pub(super) fn is_namey(flags: Flags) -> bool {
    flags.given() > 1 || flags.surname() > 1
}

/// What a word is in the name read so far.
pub(super) fn word(page: &Page<'_>, at: usize, run: &Run, place: Place, trust: Trust) -> Part {
    let Some(token) = page.get(at) else { return Part::No };
    let flags = token.flags;
    // A label without a capital says that the writer makes none ("pt: john smith").
    let small = !place.is_enclosed()
        && place.start > 1
        && page.get(place.start).is_some_and(|t| t.form == Form::Lower)
        && page.get(place.start - 2).is_some_and(|t| t.form == Form::Lower);
    let usual = page.casing_at(at) == Casing::Usual && !small;
    let behind_comma = at > 0 && (page.is_sign(at - 1, ',') || page.is_sign(at - 1, '^')) && run.words > 0;
    let before_comma = page.is_sign(at + 1, ',') || page.is_sign(at + 1, '^');
    // A language or religion is a name where many people bear it.
    let namey = is_namey(flags) && !((flags.is_proper() || flags.is_country()) && flags.given() < 2);
    let at_end = at + 1 >= place.limit || page.get(at + 1).is_none_or(|t| t.gap >= Gap::Wide);
    if token.form == Form::Contraction {
        return Part::No;
    }
    // "Mac an tSaoir, Guangli": all before the comma is the surname.
    if at < run.surname_end {
        return if flags.is(Class::NoValue) && run.words == 0 && !namey {
            Part::No
        } else if namey || flags.is_unknown() {
            Part::Good
        } else {
            Part::Doubtful
        };
    }
    // "Kim-chi", "St. John".
    if at > 0 && token.gap == Gap::None && page.get(at - 1).is_some_and(Token::is_dash) && run.words > 0 {
        return Part::Good;
    }
    if token.len() == 2
        && page.word(at).eq_ignore_ascii_case("st")
        && page
            .get(at + 1 + usize::from(page.is_sign(at + 1, '.')))
            .is_some_and(|t| t.is_word() && t.gap <= Gap::Space && !t.flags.is_any(STOPS))
    {
        return Part::Inner;
    }
    if !usual && page.word(at).chars().count() == 1 {
        return if matches!(page.word(at), "a" | "i" | "A" | "I") && run.words == 0 && !page.is_sign(at + 1, '.') {
            Part::No
        } else {
            Part::Good
        };
    }
    // The last word of a value that ends here: an odd word is more likely a name than the note going on.
    let closes = run.words > 0
        && !run.comma
        && (at_end
            || page.get(at + 1).is_some_and(|t| t.form == Form::Sign && matches!(t.key as u8, b',' | b'(' | b';')));
    if run.words > 0 && flags.is(Class::NameSuffix) && !behind_comma {
        return Part::Inner;
    }
    let leads = page.get(at + 1).is_some_and(|t| {
        t.is_word()
            && t.gap <= Gap::Space
            && !t.flags.is_any(STOPS)
            && (t.flags.is_unknown() || t.flags.surname() > 0 || t.flags.is(Class::Particle))
    });
    if flags.is(Class::Particle) && usual && token.form == Form::Title && !leads && run.words > 0 {
        return Part::Good;
    }
    if flags.is(Class::Particle)
        && !at_end
        && leads
        && (!flags.is(Class::Function) || usual && page.get(at + 1).is_some_and(|t| t.is_capital()))
    {
        return Part::Inner;
    }
    if usual && token.form == Form::Lower {
        // "Mac an tSaoir": a small word inside; a name written small behind a sure label.
        if flags.is(Class::Particle) && !at_end
            || matches!(page.word(at), "an" | "y" | "e" | "na")
                && page.get(at + 1).is_some_and(|t| t.is_capital() || t.form == Form::Camel)
        {
            return Part::Inner;
        }
        let small = run.words == 0 || page.get(run.first).is_some_and(|t| t.form == Form::Lower);
        let word = flags.is_any(STOPS | ROLES | Class::NoValue.bit()) || flags.is_medical() && !is_namey(flags);
        let sure = trust == Trust::Name && place.apart != Apart::Line
            || place.is_enclosed() && trust == Trust::Person && flags.word() < 3;
        return if small && sure && !word {
            if flags.word() == 3 && !is_namey(flags) { Part::Doubtful } else { Part::Good }
        } else {
            Part::No
        };
    }
    if token.form == Form::Initial {
        // "A" and "I" are words too.
        return if matches!(page.word(at), "A" | "I") && run.words == 0 && !page.is_sign(at + 1, '.') {
            Part::No
        } else {
            Part::Good
        };
    }
    let next_lower = usual
        && page.get(at + 1).is_some_and(|t| {
            t.form == Form::Lower && t.gap == Gap::Space && !t.flags.is(Class::Particle) && at + 1 < place.limit
        });
    if flags.is(Class::NoValue) && (run.words == 0 && !before_comma || !namey) {
        return Part::No;
    }
    // "Meiling He, MD".
    let ends = closes || place.is_enclosed();
    if flags.is_any(STOPS)
        && ends
        && usual
        && token.form == Form::Title
        && run.good > 0
        && !flags.is_any(ROLES | Class::Heading.bit())
    {
        return Part::Doubtful;
    }
    if flags.is_any(STOPS) {
        let stands = before_comma
            || behind_comma
            || (place.is_enclosed() && namey)
            || (usual && namey && !next_lower && (run.words > 0 || !at_end || trust == Trust::Name));
        let sure = before_comma && trust == Trust::Name
            || (stands && (namey || trust == Trust::Name && !flags.is(Class::Function)));
        return if sure { if namey { Part::Good } else { Part::Doubtful } } else { Part::No };
    }
    if flags.is(Class::Credential) {
        if run.words > 0 && (is_credential(page, at) || !namey) {
            return Part::No;
        }
        return if namey || before_comma { Part::Good } else { Part::No };
    }
    if flags.is(Class::Title) && !namey && !before_comma {
        return Part::No;
    }
    if flags.is_any(ROLES) && !namey {
        return if trust == Trust::Name && (before_comma || place.is_enclosed()) { Part::Doubtful } else { Part::No };
    }
    if flags.is_any(ROLES)
        && run.words == 0
        && trust != Trust::Name
        && !before_comma
        && flags.surname() < 3
        && flags.given() < 2
    {
        return Part::No;
    }
    if closes && flags.word() > 0 && !namey && trust != Trust::Addressee {
        return Part::Doubtful;
    }
    if flags.is_medical() && !namey {
        return if closes && usual || trust == Trust::Name && (run.words == 0 || behind_comma || place.is_enclosed()) {
            Part::Doubtful
        } else {
            Part::No
        };
    }
    let common = flags.word() == 3;
    if common && !namey {
        let late = run.words > 1 && !behind_comma && !place.is_enclosed() && !usual;
        return if late || (trust != Trust::Name && !usual && run.words > 0 && !behind_comma) {
            Part::No
        } else {
            Part::Doubtful
        };
    }
    // All capitals or none: a common word late in the run is the note going on.
    if common
        && !closes
        && !usual
        && !place.is_enclosed()
        && run.words > 1
        && !behind_comma
        && flags.surname() < 3
        && flags.given() < 3
    {
        return Part::No;
    }
    if flags.word() == 2 && !namey && !usual && run.words > 1 && !place.is_enclosed() && !behind_comma {
        return Part::No;
    }
    if (flags.word() >= 2 || flags.is_proper() || flags.is_country()) && !namey {
        return Part::Doubtful;
    }
    Part::Good
}
