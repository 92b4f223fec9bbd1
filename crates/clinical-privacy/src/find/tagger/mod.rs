//! A learned tagger for what the rules left: names, facilities, employers and towns whose neighbourhood no rule knows.
//!
//! A word that could be a name is scored by a sum of small weights, one for each thing that is true of it: the word, its
//! ends, what the lists say of it and of its neighbours, where it stands. The weights are made by `examples/train_tagger`
//! from labelled notes (`recipe/tagger`); at use everything is integers. Only words that could be names and that no
//! family took are scored, so that most of a page costs nothing.

mod features;
mod gist;
mod joined;
mod lessons;
mod line;
mod second;
#[cfg(test)]
mod tests;
mod weights;

use std::sync::LazyLock;

pub use lessons::{GLANCE, Lesson, VERSION, doubts, lessons};

use super::marks::Marks;
use super::names::is_eponym_here;
use super::openers::{Eye, Openers};
use crate::kind::{Kind, Reason};
use crate::read::{Casing, Form, Gap, Page, Token};
use crate::words::{Class, Known};
use features::{Around, Features, behind, features, glance};
use joined::Run;
use line::Lines;
use weights::Weights;

static WEIGHTS: LazyLock<Option<Weights>> = LazyLock::new(Weights::read);

/// Marks what is left, and lets go of what the rules took by mistake.
pub(super) fn find(page: &Page<'_>, openers: &Openers, marks: &mut Marks) {
    let Some(weights) = WEIGHTS.as_ref() else { return };
    second::look(page, marks, |_, usual, words| words.iter().any(|word| weights.of(usual).holds(word.all())));
    walk(page, openers, marks, &mut Trained(weights));
    beside(page, marks, &mut Trained(weights));
}

/// What says of each word that could be a name whether it is one.
trait Teller {
    /// The first word from `from` on that is looked at, though it could be no name by itself.
    fn also(&self, _from: usize) -> Option<usize> {
        None
    }

    /// Is it worth a closer look?
    fn is_promising(&self, _usual: bool, _glance: &Features) -> bool {
        true
    }

    /// What it is.
    fn tell(&mut self, page: &Page<'_>, at: usize, usual: bool, features: &Features) -> Option<Kind>;
}

/// The weights that training left.
struct Trained(&'static Weights);

impl Teller for Trained {
    fn is_promising(&self, usual: bool, glance: &Features) -> bool {
        self.0.of(usual).is_promising(glance.all())
    }

    fn tell(&mut self, page: &Page<'_>, at: usize, usual: bool, features: &Features) -> Option<Kind> {
        self.0.of(usual).decide(features.all()).filter(|_| !is_another_thing(page, at))
    }
}

/// Asks of each word that could be a name what it is, and marks what is told, words that belong together as one.
fn walk(page: &Page<'_>, openers: &Openers, marks: &mut Marks, teller: &mut impl Teller) {
    let mut pass = Pass::new();
    let mut from = 0;
    while let Some(at) = first(openers.next(Eye::Words, from), teller.also(from)) {
        from = at + 1;
        if !marks.is_free(at) {
            continue;
        }
        from = pass.ask(page, marks, at, is_usual(page, page.casing_at(at)), true, teller);
    }
    pass.close(page, marks);
}

/// One pass over words: what was made of the last line, of the last word, and of the words told so far.
struct Pass {
    lines: Lines,
    seen: Features,
    run: Option<Run>,
}

impl Pass {
    fn new() -> Self {
        Self { lines: Lines::default(), seen: Features::new(), run: None }
    }

    /// Asks of the word at `at`; `glances` where a glance may be enough. Gives the token behind it.
    fn ask(
        &mut self,
        page: &Page<'_>,
        marks: &mut Marks,
        at: usize,
        usual: bool,
        glances: bool,
        teller: &mut impl Teller,
    ) -> usize {
        let end = behind(page, at);
        if page.get(at).is_some_and(|t| t.len() == 1) && !(at + 1..end).all(|i| marks.is_free(i)) {
            return end;
        }
        glance(page, at, &mut self.seen);
        if glances && !teller.is_promising(usual, &self.seen) {
            return end;
        }
        let before = self.run.as_ref().filter(|r| r.end == at).map(|r| r.kind);
        let around = Around { marks, hidden: (0, 0), before };
        features(page, &around, &mut self.lines, at, &mut self.seen);
        if let Some(kind) = teller.tell(page, at, usual, &self.seen) {
            self.run = Some(match self.run.take() {
                Some(run) => run.with(page, marks, (at, end), kind),
                None => Run::of((at, end), kind),
            });
        }
        end
    }

    /// Marks the words told last.
    fn close(self, page: &Page<'_>, marks: &mut Marks) {
        if let Some(run) = self.run {
            run.close(page, marks);
        }
    }
}

/// The earlier of two places.
fn first(one: Option<usize>, other: Option<usize>) -> Option<usize> {
    match (one, other) {
        (Some(a), Some(b)) => Some(a.min(b)),
        (a, b) => a.or(b),
    }
}

/// How far from a find a word is looked at once more.
const NEAR: usize = 3;

/// Asks once more of the words beside what was found: a name that was found tells what the words beside it are, and of a
/// name of many words the common ones and numbers ("Great Sable Dredge", "Calloway 6 South") are told by the others only.
fn beside(page: &Page<'_>, marks: &mut Marks, teller: &mut impl Teller) {
    let mut places: Vec<usize> = marks
        .found()
        .iter()
        .filter(|m| m.reason == REASON || matches!(m.kind, Kind::Facility | Kind::Employer))
        .flat_map(|m| (m.first.saturating_sub(NEAR)..m.first).chain(m.end..m.end + NEAR))
        .collect();
    places.sort_unstable();
    places.dedup();
    let mut pass = Pass::new();
    for at in places {
        let (Some(token), Some(line)) = (page.get(at), page.line(at)) else { continue };
        let usual = is_usual(page, line.casing);
        if marks.is_free(at) && (is_candidate(token, usual) || may_go_with(page, marks, at, usual)) {
            pass.ask(page, marks, at, usual, false, teller);
        }
    }
    pass.close(page, marks);
}

/// Could the token belong to the name right beside it, though it is none by itself: "6 South", "Great", "MEM"?
fn may_go_with(page: &Page<'_>, marks: &Marks, at: usize, usual: bool) -> bool {
    let Some(token) = page.get(at) else { return false };
    let behind = token.gap <= Gap::Space && at > 0 && marks.kind_at(at - 1).is_some();
    let ahead = page.get(at + 1).is_some_and(|t| t.gap <= Gap::Space) && marks.kind_at(at + 1).is_some();
    match token.form {
        Form::Number | Form::Mixed => behind && token.len() <= 3,
        Form::Title | Form::Camel | Form::Upper => (behind || ahead) && token.len() >= 2 && !token.flags.is_any(NEVER),
        Form::Lower => !usual && (behind || ahead) && token.len() >= 2 && !token.flags.is_any(NEVER),
        _ => false,
    }
}

/// Do capitals say something on a line written so?
fn is_usual(page: &Page<'_>, line: Casing) -> bool {
    line == Casing::Usual && page.casing == Casing::Usual
}

/// Classes of words that are no names on their own.
const NEVER: u64 = Class::Function.bit()
    | Class::Pronoun.bit()
    | Class::Weekday.bit()
    | Class::Month.bit()
    | Class::Title.bit()
    | Class::Credential.bit()
    | Class::Clock.bit()
    | Class::NumberWord.bit()
    | Class::OrdinalWord.bit()
    | Class::NoValue.bit();

/// Could the word be part of a name, by itself?
#[inline]
pub(super) fn is_candidate(token: &Token, usual: bool) -> bool {
    let flags = token.flags;
    let written = if usual {
        match token.form {
            Form::Title | Form::Camel => true,
            // Two capitals may be somebody's initials, whatever else they are short for.
            Form::Upper => !flags.is_medical() || token.len() == 2,
            _ => false,
        }
    } else {
        token.is_word() && token.form != Form::Contraction && !flags.is_medical()
    };
    written
        && token.len() >= 2
        && !((flags.is_any(NEVER) || flags.is_state() || flags.is_country()) && (flags.given() < 2 || !usual))
}

/// Does the word begin letters with full stops, "P. O.": could they be somebody's initials?
#[inline]
pub(super) fn begins_letters(page: &Page<'_>, at: usize, token: &Token) -> bool {
    token.len() == 1 && behind(page, at) > at + 1 && !letters_before(page, at)
}

/// Does the letter at `at` go on with letters before it?
fn letters_before(page: &Page<'_>, at: usize) -> bool {
    at >= 2
        && page.is_sign(at - 1, '.')
        && page.get(at).is_some_and(|t| t.gap <= Gap::Space)
        && behind(page, at - 2) > at
}

/// Is the word part of what has a name and is none: a disease, a state, an insurer?
fn is_another_thing(page: &Page<'_>, at: usize) -> bool {
    is_eponym_here(page, at)
        || is_urea_and(page, at)
        || page.phrase(at).is_some_and(|(_, known)| matches!(known, Known::Insurer | Known::State | Known::Country))
}

/// "U&Es": urea and electrolytes, and no word "Es".
fn is_urea_and(page: &Page<'_>, at: usize) -> bool {
    let is_u = |at: usize| page.word(at).eq_ignore_ascii_case("u");
    at >= 2 && page.is_sign(at - 1, '&') && is_u(at - 2) && matches!(page.word(at), "E" | "Es" | "e" | "es" | "ES")
}

/// The reason that is told.
const REASON: Reason = Reason::Learned;
