//! Words read as one name, and whether they are one.

use super::Trust;
use super::credential::is_credential;
use super::word::{Part, STOPS, is_namey, word};
use crate::find::fields::label::{Apart, Place};
use crate::find::fields::{ends_value, label};
use crate::read::{Casing, Form, Gap, Page};
use crate::words::Class;

/// The longest name, in words.
const WORDS: usize = 7;

/// Words read as one name.
pub(super) struct Run {
    pub(super) first: usize,
    pub(super) end: usize,
    pub(super) words: usize,
    pub(super) good: usize,
    pub(super) doubtful: usize,
    pub(super) comma: bool,
    pub(super) initials: usize,
    /// The comma of "Mac an tSaoir, Guangli", if it stands so; 0 if not.
    pub(super) surname_end: usize,
}

impl Run {
    pub(super) fn read(page: &Page<'_>, first: usize, place: Place, trust: Trust, nth: usize) -> Self {
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
            if i > first && ends_value(page, i) {
                break;
            }
            // "Reviewed by: DA January 14th".
            if token.flags.is(Class::Month) && is_dated(page, i) {
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
                if next.gap > Gap::Line || is_credential(page, at + 1) {
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
            page.get(at + 1).is_none_or(|t| t.gap == Gap::Line && label::begins_signed(page, at + 1).is_some());
        capital
            && label::begins(page, at).is_none()
            && (open || (half && likely && (!alone || labelled) && !flags.is(Class::OpensLabel)))
    }

    /// Does the value end with the run?
    fn at_edge(&self, page: &Page<'_>, place: Place) -> bool {
        self.end >= place.limit
            || page.get(self.end).is_none_or(|t| t.gap >= Gap::Wide || t.is_sign(',') || t.is_sign('('))
    }

    pub(super) fn is_name(&self, page: &Page<'_>, trust: Trust, titled: bool, place: Place) -> bool {
        if self.end == self.first || self.good + self.doubtful == 0 {
            return false;
        }
        // "Boston Medical Center", "Parkinson disease".
        let next = page.get(self.end).filter(|t| t.gap <= Gap::Space && self.end < place.limit);
        let headed = label::begins(page, self.end).is_none()
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
                    && page.get(self.first).is_some_and(|t| t.flags.is_proper() || t.flags.is_country()) =>
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

/// Does a day or year stand behind the month at `at`: "January 14th", "Feb the 2nd", "May 2020"?
fn is_dated(page: &Page<'_>, at: usize) -> bool {
    let the = at + 1 + usize::from(page.word(at + 1).eq_ignore_ascii_case("the") || page.is_sign(at + 1, '.'));
    page.get(the).is_some_and(|t| {
        t.gap <= Gap::Line
            && (t.is_number(1..=2)
                || t.is_number(4..=4)
                || t.form == Form::Mixed && page.word(the).starts_with(|c: char| c.is_ascii_digit())
                || t.flags.is(Class::OrdinalWord)
                || the > at + 1 && t.flags.is(Class::NumberWord))
    })
}
