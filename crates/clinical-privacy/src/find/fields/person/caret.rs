//! Names parted by a caret, outside of a message.

use super::Trust;
use super::run::Run;
use super::word::is_namey;
use crate::find::fields::label::{Apart, Place};
use crate::find::marks::Marks;
use crate::kind::{Kind, Reason};
use crate::read::{Gap, Page};
use crate::words::Class;

/// Names parted by a caret outside of a message: "GRAVES^KIM CHI". Gives the token to go on with.
pub(in crate::find::fields) fn caret(page: &Page<'_>, marks: &mut Marks, at: usize) -> usize {
    let fits = |i: usize| {
        page.get(i).is_some_and(|t| {
            t.is_word()
                && !t.flags.is_any(Class::Unit.bit())
                && (is_namey(t.flags) || !t.flags.is_medical() && t.flags.word() < 3)
        })
    };
    let Some(before) = at.checked_sub(1) else { return at + 1 };
    if marks.any_in(before, at)
        || !fits(before)
        || !fits(at + 1)
        || page.get(at).is_none_or(|t| t.gap != Gap::None)
        || page.get(at + 1).is_none_or(|t| t.gap > Gap::Space)
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
