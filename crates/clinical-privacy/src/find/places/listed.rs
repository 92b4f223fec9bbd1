//! Facilities, schools and employers that the lists hold, with what their names go on with.

use super::facilities::{HEADS, LEADS};
use super::heads::{is_strong, opens};
use super::reach::{right, with_place};
use super::run::left;
use super::words::{AT, is_capital, is_generic, is_key, is_led_by, is_taken, is_usual, key};
use crate::find::marks::Marks;
use crate::kind::{Kind, Reason};
use crate::read::{Form, Gap, Page};
use crate::words::{Class, Known};

/// A facility, school or employer of the lists.
pub(super) fn find(page: &Page<'_>, marks: &mut Marks, at: usize) -> Option<usize> {
    let usual = is_usual(page, at);
    let token = page.get(at)?;
    // Of several words the second is a capital or "of": asking the list costs more than looking.
    let alone = !token.flags.is_facility()
        && page
            .get(at + 1)
            .is_none_or(|t| t.form == Form::Lower && !t.flags.is_any(Class::Function.bit() | Class::Particle.bit()));
    if usual && (!is_capital(token) || alone) {
        return None;
    }
    let (end, known) = page.phrase(at)?;
    let kind = match known {
        Known::Hospital | Known::Pharmacy | Known::Laboratory | Known::School => Kind::Facility,
        Known::Employer => Kind::Employer,
        _ => return None,
    };
    if (at..end).any(|i| is_taken(marks, i)) {
        return None;
    }
    let last = page.get(end - 1)?;
    if usual && last.form == Form::Lower && end > at + 1 {
        return None;
    }
    let near = page.get(end).filter(|t| t.gap <= Gap::Space && t.is_word());
    if near.is_some_and(|t| t.flags.is(Class::EponymHead) && !t.flags.is_any(HEADS)) {
        return None;
    }
    let f = token.flags;
    let led = is_led_by(page, at, &LEADS);
    if end == at + 1 {
        let common = f.word() > 0 || f.surname() >= 2 || f.given() >= 1 || f.is_medical() || f.city() > 0;
        let work =
            (at.saturating_sub(5)..at).any(|i| page.get(i).is_some_and(|t| t.flags.is(Class::Employed) && t.is_word()));
        let head = near.is_some_and(|t| t.flags.is_any(HEADS) && (!usual || is_capital(t)));
        let short = token.len() <= 3;
        // "uses Facebook": a brand is an employer only where somebody works.
        if f.is_proper() && !work && !head && !led {
            return None;
        }
        let fine = match (usual, common || short) {
            (true, true) => {
                page.capital_tells(at)
                    && (led && (!f.is_medical() || is_led_by(page, at, &[AT, key("to"), key("from")])) || head)
                    && near.is_none_or(|t| head || !is_capital(t) || t.flags.is(Class::Function))
                    && (work || f.word() < 3 || head)
            }
            (true, false) => !f.is_medical(),
            (false, true) => led && (work || head),
            (false, false) => true,
        };
        if !fine {
            return None;
        }
    } else {
        let plain = (at..end).all(|i| page.get(i).is_some_and(|t| !t.is_word() || t.flags.word() >= 2));
        if !usual && plain && !led && !opens(page, at) {
            return None;
        }
    }
    let mut to = end;
    // "UCSF Medical Center", "Walgreens Pharmacy"
    if let Some(t) = near
        && t.flags.is_any(HEADS | Class::GenericPlace.bit())
        && (!usual || is_capital(t))
    {
        let head = (end..end + 4)
            .take_while(|i| {
                page.get(*i).is_some_and(|t| {
                    t.gap <= Gap::Line
                        && (is_generic(t.flags) || t.form == Form::Possessive)
                        && (!usual || is_capital(t) || t.form == Form::Possessive)
                })
            })
            .filter(|i| page.get(*i).is_some_and(|t| t.flags.is_any(HEADS)))
            .last();
        if let Some(h) = head.filter(|h| usual || continues_name(page, end, *h)) {
            to = right(page, h);
        }
    }
    to = with_place(page, to).max(to);
    // "Mt. Sinai hospital"
    if usual
        && to == end
        && known == Known::Hospital
        && near.is_some_and(|t| t.form == Form::Lower && [key("hospital"), key("clinic")].contains(&t.key))
    {
        to = end + 1;
    }
    // "Brigham & Women's"
    let joined = page.is_sign(to, '&') || is_key(page, to, super::words::AND);
    if usual
        && joined
        && page.get(to + 1).is_some_and(|t| is_capital(t) && is_generic(t.flags))
        && page.get(to + 2).is_some_and(|t| t.form == Form::Possessive)
    {
        to += 3;
    }
    // "Blackstone Deaconess Hospital": the list knows only its last words.
    let run = left(page, marks, at);
    let grown = run.first < at
        && (run.rare || run.named && usual)
        && to > at + 1
        && page.get(at).is_some_and(|t| t.gap <= Gap::Space);
    let at = if grown { run.first } else { at };
    marks.add(page, at, to, kind, Reason::List);
    Some(to)
}

/// In writing without capitals only a strong head, or a pair, goes on with a listed name.
fn continues_name(page: &Page<'_>, from: usize, head: usize) -> bool {
    (from..=head).any(|i| is_strong(page, i)) || head > from
}
