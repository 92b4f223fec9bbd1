//! Numbers read out digit by digit: "his social is ending four four one nine", "phone five five five oh one seven eight".

use crate::find::marks::Marks;
use crate::find::numbers::cue::{cue_at, keys};
use crate::kind::{Kind, Reason};
use crate::read::{Form, Gap, Page};
use crate::words::{Class, Cue};

const DIGITS: [u64; 9] = keys(["one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]);
/// May stand between the digits or first.
const NOUGHTS: [u64; 8] = keys(["oh", "o", "zero", "nought", "double", "triple", "treble", "hundred"]);

/// More words than this are no one number.
const MOST: usize = 24;

fn is(page: &Page<'_>, at: usize, words: &[u64]) -> bool {
    page.get(at).is_some_and(|t| t.is_word() && words.contains(&t.key))
}

/// Reads the row of digit words that begins at `at`: the token to go on from.
pub(super) fn read(page: &Page<'_>, marks: &mut Marks, at: usize) -> usize {
    if !is(page, at, &DIGITS) {
        return at + 1;
    }
    let mut first = at;
    for _ in 0..3 {
        if !(first > 0 && is(page, first - 1, &NOUGHTS) && page.get(first).is_some_and(|t| t.gap <= Gap::Line)) {
            break;
        }
        first -= 1;
    }
    let (mut end, mut digits, mut i) = (at, at - first, at);
    while i < at + MOST {
        let Some(token) = page.get(i).filter(|t| i == at || t.gap <= Gap::Line) else { break };
        if is(page, i, &DIGITS) || is(page, i, &NOUGHTS) {
            digits += 1;
            end = i + 1;
        } else if !(token.is_sign(',') || token.is_dash()) || page.get(i + 1).is_some_and(|t| t.form == Form::Sign) {
            break;
        }
        i += 1;
    }
    if digits < 4 {
        return end.max(at + 1);
    }
    let Some(kind) = said(page, first) else { return end };
    if (first..end).all(|i| marks.is_free(i)) {
        marks.add(page, first, end, kind, Reason::Label);
    }
    end
}

/// What the words before say that the number is. Tests of memory read digits out, too, and have no such word.
fn said(page: &Page<'_>, at: usize) -> Option<Kind> {
    for back in 1..=7 {
        let i = at.checked_sub(back)?;
        let token = page.get(i)?;
        if token.is_sign('.') || page.get(i + 1)?.gap >= Gap::Blank {
            return None;
        }
        if !token.flags.is(Class::Cue) {
            continue;
        }
        match cue_at(page, i).map(|f| f.cue) {
            Some(Cue::Phone | Cue::Pager | Cue::Extension | Cue::Call) => return Some(Kind::Phone),
            Some(Cue::Fax) => return Some(Kind::Fax),
            Some(Cue::Ssn) => return Some(Kind::Ssn),
            Some(Cue::Mrn) => return Some(Kind::Mrn),
            Some(Cue::Account) => return Some(Kind::Account),
            Some(Cue::Plan) => return Some(Kind::Plan),
            Some(Cue::License) => return Some(Kind::License),
            Some(Cue::Device) => return Some(Kind::Device),
            Some(Cue::Other | Cue::Vehicle) => return Some(Kind::Other),
            _ => {}
        }
    }
    None
}
