//! The names behind a label.
//!
//! A run of words is read as far as it can be a name; then what was read is judged by how sure the label is. "Name:"
//! makes a name of any words, "Provider:" needs a word that may be a name, "Re:" needs a name that is plainly one.

use super::label::{Apart, Place};
use crate::find::marks::Marks;
use crate::kind::{Kind, Reason};
use crate::read::{Casing, Form, Gap, Page};
use crate::words::{Class, Flags};

/// How sure a label is that a person follows.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Trust {
    Name,
    Person,
    Addressee,
}

/// People behind one label; words of one name.
const PEOPLE: usize = 8;
const WORDS: usize = 7;

/// Marks the names of a value.
pub(super) fn read(page: &Page<'_>, marks: &mut Marks, place: Place, trust: Trust) -> usize {
    let mut i = place.start;
    let mut last = place.start;
    for nth in 0..PEOPLE {
        let (first, titled) = lead(page, i, place.limit, nth);
        let run = Run::read(page, first, place, trust, nth);
        let continued = nth > 0 && run.good == 0;
        if run.end == first || continued || !run.is_name(page, trust, titled, place) {
            // "wife Mary": nothing but the relative was there.
            break;
        }
        marks.add(page, first, run.end, Kind::Name, Reason::Label);
        i = behind(page, marks, run.end, place);
        last = i;
        match next_person(page, i, place) {
            Some(next) => i = next,
            None => break,
        }
    }
    if last == place.start {
        shield(page, marks, place);
    }
    last
}

/// "cardiology", "Hospitalist Service", "none": what stands in for a person is no name for the finders of names either.
fn shield(page: &Page<'_>, marks: &mut Marks, place: Place) {
    let limit = place.limit.min(place.start + 4);
    let none = Class::Specialty.bit() | Class::Role.bit() | Class::NoValue.bit() | Class::Credential.bit();
    let end = (place.start..limit)
        .find(|i| {
            !page.get(*i).is_some_and(|t| {
                (*i == place.start || t.gap <= Gap::Space)
                    && (t.flags.is_proper() || t.flags.is_any(none) && (t.flags.given() < 2 || t.form != Form::Title))
            })
        })
        .unwrap_or(limit);
    marks.shield(place.start, end);
}

/// Passes over titles, relatives, roles and signs before a name; tells whether a title stood there.
fn lead(page: &Page<'_>, at: usize, limit: usize, nth: usize) -> (usize, bool) {
    let mut i = at;
    let mut titled = false;
    for _ in 0..8 {
        let Some(token) = page.get(i).filter(|_| i + 1 < limit) else { break };
        if i > at && token.gap >= Gap::Line {
            break;
        }
        let follows =
            page.get(i + 1).is_some_and(|t| t.gap <= Gap::Space && i + 1 < limit && (t.is_word() || t.is_sign('.')));
        let role = token.flags.is_any(Class::Role.bit() | Class::Relative.bit())
            && follows
            && (token.form == Form::Lower || token.flags.surname() < 2);
        if token.flags.is(Class::Title)
            && follows
            && !(token.flags.given() > 1 && token.len() > 4)
            && !is_surname_first(page, i)
        {
            titled = true;
            i += 1 + usize::from(page.is_sign(i + 1, '.'));
        } else if role
            && !is_surname_first(page, i)
            && (i > at || token.form == Form::Lower || page.casing_at(i) != Casing::Usual || token.flags.surname() == 0)
        {
            i += 1 + usize::from(page.is_sign(i + 1, ','));
        } else if token.is_sign('(')
            && nth == 0
            && page.get(i + 1).is_some_and(|t| t.flags.is(Class::Relative))
            && page.is_sign(i + 2, ')')
        {
            i += 3;
        } else if token.is_sign('"') || token.is_sign('.') && i > at || token.is_sign('*') {
            i += 1;
        } else {
            break;
        }
    }
    (i, titled)
}

/// "Major, John": a title before a comma is a surname.
fn is_surname_first(page: &Page<'_>, at: usize) -> bool {
    page.is_sign(at + 1, ',') && page.get(at + 2).is_some_and(|t| t.is_word() && !t.flags.is(Class::Credential))
}

/// What a word may be in a name.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Good,
    Doubtful,
    /// "van", "Jr": stands in a name, proves nothing.
    Inner,
    No,
}

/// Words read as one name.
struct Run {
    first: usize,
    end: usize,
    words: usize,
    good: usize,
    doubtful: usize,
    comma: bool,
    initials: usize,
    /// The comma of "Mac an tSaoir, Guangli", if it stands so; 0 if not.
    surname_end: usize,
}

impl Run {
    fn read(page: &Page<'_>, first: usize, place: Place, trust: Trust, nth: usize) -> Self {
        let mut run =
            Self { first, end: first, words: 0, good: 0, doubtful: 0, comma: false, initials: 0, surname_end: 0 };
        run.surname_end = surname_first(page, first, place);
        let mut i = first;
        while i < place.limit && run.words < WORDS {
            let Some(token) = page.get(i) else { break };
            if i > first && !place.is_enclosed() {
                if token.gap >= Gap::Line && !run.goes_over_line(page, i) {
                    break;
                }
                if token.gap == Gap::Wide {
                    break;
                }
            }
            if i > first && super::ends_value(page, i) {
                break;
            }
            if token.is_word() {
                let part = word(page, i, &run, place, trust);
                match part {
                    Part::No => break,
                    Part::Good => run.good += 1,
                    Part::Doubtful => run.doubtful += 1,
                    Part::Inner => {}
                }
                if part != Part::Inner || run.words > 0 {
                    run.end = i + 1;
                }
                run.words += 1;
                run.initials += usize::from(token.form == Form::Initial);
                i += 1;
                continue;
            }
            if token.form != Form::Sign || run.words == 0 {
                break;
            }
            i = match run.sign(page, i, place, nth) {
                Some(next) => next,
                None => break,
            };
        }
        // A particle at the end belongs to what follows, unless nothing does.
        if run.end > first + 1
            && !place.is_enclosed()
            && page.get(run.end - 1).is_some_and(|t| t.form == Form::Lower && t.flags.is(Class::Particle))
            && page.casing_at(first) == Casing::Usual
        {
            run.end -= 1;
        }
        run
    }

    /// The token behind a sign that may stand in a name.
    fn sign(&mut self, page: &Page<'_>, at: usize, place: Place, nth: usize) -> Option<usize> {
        let token = page.get(at)?;
        let next = page.get(at + 1).filter(|_| at + 1 < place.limit)?;
        let tight = token.gap == Gap::None && next.gap == Gap::None;
        match char::from_u32(token.key as u32)? {
            '.' if page.before(at).is_some_and(|t| {
                t.len() <= 2 || t.flags.is_any(Class::NameSuffix.bit() | Class::Particle.bit() | Class::Title.bit())
            }) =>
            {
                Some(at + 1)
            }
            '\'' if token.gap == Gap::None => Some(at + 1),
            '^' => {
                self.comma = true;
                Some(at + 1)
            }
            ',' if !self.comma && self.words <= 4 && next.is_word() && nth == 0 => {
                let short = next.gap < Gap::Line || next.gap == Gap::Line;
                if !short || is_credential(page, at + 1) {
                    return None;
                }
                self.comma = !next.flags.is(Class::NameSuffix);
                Some(at + 1)
            }
            // "Margaret (Peggy) Smith", "John "Jack" Smith".
            '(' | '"' | '\u{201c}'
                if next.gap == Gap::None
                    && matches!(next.form, Form::Title | Form::Upper)
                    && !next.flags.is_any(Class::Relative.bit() | Class::Person.bit() | Class::Credential.bit()) =>
            {
                let behind = page.get(at + 2).filter(|t| {
                    t.form == Form::Sign && matches!(char::from_u32(t.key as u32), Some(')' | '"' | '\u{201d}'))
                })?;
                let surname = page.get(at + 3).is_some_and(|t| {
                    t.form == next.form && t.gap == Gap::Space && at + 3 < place.limit && !t.flags.is(Class::Function)
                });
                (behind.gap == Gap::None && surname).then_some(at + 3)
            }
            _ if token.is_dash() && (tight || token.gap == Gap::None && next.gap == Gap::Line) => Some(at + 1),
            _ => None,
        }
    }

    /// May a name go on behind a line end: broken after a comma, an initial, a hyphen, or with only half of it there?
    fn goes_over_line(&self, page: &Page<'_>, at: usize) -> bool {
        let (Some(token), Some(before)) = (page.get(at), page.before(at)) else { return false };
        if token.gap > Gap::Line || !token.is_word() || self.words == 0 {
            return false;
        }
        if before.is_sign(',') || before.is_dash() || before.is_sign('^') {
            return true;
        }
        let open = before.form == Form::Initial
            || (before.is_sign('.') && page.before(at - 1).is_some_and(|t| t.len() <= 2))
            || before.flags.is(Class::Particle)
            || before.flags.is(Class::Title);
        let capital = page.casing_at(at) != Casing::Usual || token.is_capital() || token.flags.is(Class::Particle);
        let flags = token.flags;
        let likely = flags.word() < 3 && !flags.is_medical() && !flags.is_any(STOPS)
            || flags.surname() > 2 && flags.word() < 3
            || page.word(at).eq_ignore_ascii_case("st");
        // A line of one word is a heading; a name that goes on is followed by more of its own line.
        let alone = page.get(at + 1).is_none_or(|t| t.gap >= Gap::Line || t.is_sign(':'));
        let hyphens = (self.first..self.end).filter(|i| page.get(*i).is_some_and(crate::read::Token::is_dash)).count();
        let half = self.words == 1 + hyphens
            || (self.comma && self.words == 2 && page.get(at + 1).is_some_and(|t| t.gap == Gap::Wide));
        let labelled =
            page.get(at + 1).is_none_or(|t| t.gap == Gap::Line && super::label::begins_signed(page, at + 1).is_some());
        capital
            && !super::label::begins(page, at).is_some()
            && (open || (half && likely && (!alone || labelled) && !flags.is(Class::OpensLabel)))
    }

    /// Does the value end with the run?
    fn at_edge(&self, page: &Page<'_>, place: Place) -> bool {
        self.end >= place.limit
            || page.get(self.end).is_none_or(|t| t.gap >= Gap::Wide || t.is_sign(',') || t.is_sign('('))
    }

    fn is_name(&self, page: &Page<'_>, trust: Trust, titled: bool, place: Place) -> bool {
        if self.end == self.first || self.good + self.doubtful == 0 {
            return false;
        }
        // "Boston Medical Center", "Parkinson disease".
        let next = page.get(self.end).filter(|t| t.gap <= Gap::Space && self.end < place.limit);
        let headed = super::label::begins(page, self.end).is_none()
            && next.is_some_and(|t| {
                t.flags.is_any(Class::FacilityHead.bit() | Class::EponymHead.bit())
                    && t.is_word()
                    && trust != Trust::Name
            });
        if headed && !titled {
            return false;
        }
        match trust {
            Trust::Name => place.apart != Apart::Line || self.good > 0,
            // "Interpreter: Spanish".
            Trust::Person
                if !titled
                    && self.words == 1
                    && self.at_edge(page, place)
                    && page.get(self.first).is_some_and(|t| t.flags.is_proper()) =>
            {
                false
            }
            Trust::Person => titled || self.good > 0 && (self.doubtful <= self.good || self.comma),
            Trust::Addressee => {
                let named = page.get(self.first).is_some_and(|t| t.form != Form::Lower)
                    || page.casing_at(self.first) == Casing::Lower;
                let goes_on = next.is_some_and(|t| {
                    t.form == Form::Lower && page.casing_at(self.end) == Casing::Usual && t.flags.is_medical()
                });
                titled && self.good > 0
                    || named
                        && !goes_on
                        && self.good > 1
                        && (self.doubtful == 0 || self.doubtful == 1 && self.at_edge(page, place))
                    || named && self.initials > 0 && self.good > 1
            }
        }
    }
}

/// The comma of a surname of one to four words, with a given name behind it; 0 where it is not written so.
fn surname_first(page: &Page<'_>, first: usize, place: Place) -> usize {
    let mut words = 0;
    for i in first..first + 9 {
        let Some(token) = page.get(i).filter(|_| i < place.limit) else { return 0 };
        if i > first && token.gap > Gap::Space {
            return 0;
        }
        if token.is_sign(',') {
            let given = page.get(i + 1).filter(|t| i + 1 < place.limit && t.is_word() && t.gap <= Gap::Line);
            let name = given.is_some_and(|t| {
                (t.flags.given() > 0 || t.flags.is_unknown() || is_namey(t.flags) || t.flags.word() == 0)
                    && (!t.flags.is_any(STOPS) || page.get(i + 2).is_some_and(|d| d.is_dash() && d.gap == Gap::None))
                    && !is_credential(page, i + 1)
                    && !t.flags.is(Class::Role)
            });
            let behind = page
                .get(i + 2)
                .is_none_or(|t| i + 2 >= place.limit || t.gap >= Gap::Wide || t.is_word() || t.form == Form::Sign);
            return if name && behind && words > 0 && words < 5 { i } else { 0 };
        }
        if token.is_word() {
            words += 1;
            // A sentence, not a surname.
            if token.flags.is_any(Class::Says.bit() | Class::Does.bit()) && !is_namey(token.flags)
                || token.form == Form::Contraction
            {
                return 0;
            }
        } else if !(token.is_dash() || token.is_sign('\'') || token.is_sign('.')) {
            return 0;
        }
    }
    0
}

/// Words that stand in no name, unless they are one elsewhere.
const STOPS: u64 = Class::Function.bit()
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

fn is_namey(flags: Flags) -> bool {
    flags.given() > 1 || flags.surname() > 1
}

/// What a word is in the name read so far.
fn word(page: &Page<'_>, at: usize, run: &Run, place: Place, trust: Trust) -> Part {
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
    let namey = is_namey(flags) && !(flags.is_proper() && flags.given() < 2);
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
    if at > 0 && token.gap == Gap::None && page.get(at - 1).is_some_and(crate::read::Token::is_dash) && run.words > 0 {
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
        return if before_comma && trust == Trust::Name || (trust == Trust::Name && place.is_enclosed()) {
            Part::Doubtful
        } else {
            Part::No
        };
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
    if (flags.word() >= 2 || flags.is_proper()) && !namey {
        return Part::Doubtful;
    }
    Part::Good
}

/// "MD", "RN", "PA-C" behind a name: a credential that is not written as a name.
fn is_credential(page: &Page<'_>, at: usize) -> bool {
    // "Do-yun" is a name.
    if page.get(at + 1).is_some_and(|t| t.gap == Gap::None && t.is_dash())
        && page.get(at + 2).is_some_and(|t| t.gap == Gap::None && t.len() > 1)
    {
        return false;
    }
    page.get(at).is_some_and(|t| {
        let written = t.form == Form::Upper
            || t.form == Form::Camel
            || t.form == Form::Initial
            || page.casing_at(at) != Casing::Usual;
        (t.flags.is(Class::Credential) && (written || !is_namey(t.flags)) || dotted_credential(page, at))
            && !page.is_sign(at + 1, ',')
            || t.flags.is(Class::Credential) && written && !is_namey(t.flags)
    })
}

/// "M.D.", "R.N.", "Ph.D.".
fn dotted_credential(page: &Page<'_>, at: usize) -> bool {
    let one = page.word(at);
    let two = page.word(at + 2);
    page.is_sign(at + 1, '.')
        && page.get(at + 2).is_some_and(|t| t.gap == Gap::None)
        && matches!(
            (one, two),
            ("M" | "m", "D" | "d")
                | ("D" | "d", "O" | "o")
                | ("R" | "r", "N" | "n")
                | ("N" | "n", "P" | "p")
                | ("P" | "p", "A" | "a")
                | ("Ph" | "ph" | "PH", "D" | "d")
        )
}

/// Passes over credentials and brackets behind a name; marks a name in the brackets ("goes by Khalid").
fn behind(page: &Page<'_>, marks: &mut Marks, end: usize, place: Place) -> usize {
    let mut i = end;
    for _ in 0..8 {
        let comma = usize::from(page.is_sign(i, ',') || page.is_sign(i, '.'));
        let credential = i + comma;
        if credential < place.limit
            && page.get(credential).is_some_and(|t| t.gap <= Gap::Space)
            && is_credential(page, credential)
        {
            let dotted = dotted_credential(page, credential);
            i = credential + 1 + if dotted { 2 + usize::from(page.is_sign(credential + 3, '.')) } else { 0 };
            // "PA-C", "LICSW/MPH".
            while page.get(i).is_some_and(|t| t.gap == Gap::None && (t.is_dash() || t.is_sign('/')))
                && page.get(i + 1).is_some_and(|t| t.gap == Gap::None && t.is_word())
            {
                i += 2;
            }
        } else if page.is_sign(i, '(') && i < place.limit {
            let Some(close) = (i + 1..i + 10).find(|c| page.is_sign(*c, ')') && *c < place.limit) else { break };
            let naming = (i + 1..close).find(|n| page.get(*n).is_some_and(|t| t.flags.is(Class::Naming)));
            if let Some(naming) = naming {
                let by = naming + 1 + usize::from(matches!(page.word(naming + 1), "by" | "as" | "BY" | "AS"));
                if by < close {
                    marks.add(page, by, close, Kind::Name, Reason::Label);
                }
            }
            i = close + 1;
        } else {
            break;
        }
    }
    i
}

/// Where a further name may begin: behind a sign or "and", or on an indented line of its own.
fn next_person(page: &Page<'_>, at: usize, place: Place) -> Option<usize> {
    let token = page.get(at).filter(|t| at < place.limit && t.gap < Gap::Line)?;
    let joined = token.is_sign(';')
        || token.is_sign('/')
        || token.is_sign('&')
        || token.is_sign(',')
        || matches!(page.word(at), "and" | "AND" | "or");
    let next = page.get(at + 1).filter(|t| at + 1 < place.limit && t.gap < Gap::Blank)?;
    (joined && next.is_word() && super::label::begins(page, at + 1).is_none()).then_some(at + 1)
}

/// Names parted by a caret outside of a message: "GRAVES^KIM CHI". Gives the token to go on with.
pub(super) fn caret(page: &Page<'_>, marks: &mut Marks, at: usize) -> usize {
    let fits = |i: usize| {
        page.get(i).is_some_and(|t| {
            t.is_word()
                && !t.flags.is_any(Class::Unit.bit())
                && !(t.flags.is_medical() && !is_namey(t.flags))
                && !(t.flags.word() == 3 && !is_namey(t.flags))
        })
    };
    let Some(before) = at.checked_sub(1) else { return at + 1 };
    if marks.any_in(before, at)
        || !fits(before)
        || !fits(at + 1)
        || !page.get(at).is_some_and(|t| t.gap == Gap::None)
        || !page.get(at + 1).is_some_and(|t| t.gap <= Gap::Space)
    {
        return at + 1;
    }
    let mut first = before;
    while first > 0 && before - first < 8 {
        let Some(token) = page.get(first) else { break };
        let earlier = &page.tokens[first - 1];
        let joined = token.gap == Gap::None && (earlier.is_word() || earlier.is_dash() || earlier.is_sign('\''))
            || token.is_dash() && earlier.is_word() && token.gap == Gap::None;
        let particle = token.gap == Gap::Space
            && earlier.is_word()
            && (earlier.flags.is(Class::Particle) || earlier.flags.is_unknown());
        if !joined && !particle {
            break;
        }
        first -= 1;
    }
    let place = Place { start: at + 1, limit: page.tokens.len(), apart: Apart::Sign };
    let run = Run::read(page, at + 1, place, Trust::Name, 1);
    if run.end == at + 1 {
        return at + 1;
    }
    marks.add(page, first, run.end, Kind::Name, Reason::Label);
    run.end
}
