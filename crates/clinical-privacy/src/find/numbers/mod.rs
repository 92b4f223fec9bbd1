//! Numbers and codes that name one person or thing: told by a label beside them, or by their form alone.

mod beside;
pub(super) mod checks;
mod counted;
pub(super) mod cue;
mod ending;
mod file;
mod fits;
mod label;
mod masked;
mod plate;
pub(super) mod run;
mod shape;
mod spaced;
mod udi;
mod word;

use super::marks::Marks;
use super::openers::{Eye, Openers};
use crate::kind::{Kind, Reason};
use crate::read::{Form, Gap, Page, Token};
use crate::words::Class;

/// Marks what this family finds.
pub(super) fn find(page: &Page<'_>, openers: &Openers, marks: &mut Marks) {
    let mut at = 0;
    while let Some(opener) = openers.next(Eye::Numbers, at) {
        at = opener;
        let token = &page.tokens[at];
        at = match token.form {
            Form::Number | Form::Mixed if marks.is_shielded(at) => at + 1,
            Form::Mixed if token.flags.is(Class::Cue) => label::read(page, marks, at),
            Form::Number | Form::Mixed => shape::read(page, marks, at),
            Form::Sign => sign(page, marks, at, token.key),
            _ if token.flags.is(Class::Cue)
                && (openers.any(Eye::Digits, at, REACH)
                    || at > 0 && page.is_sign(at - 1, '(')
                    || page.is_sign(at + 1, '.') && page.is_sign(at + 2, '.')) =>
            {
                label::read(page, marks, at)
            }
            _ if is_cross(token) => hidden(page, marks, at),
            _ => at + 1,
        };
    }
}

/// A label's value has a digit in this many tokens, or it is none.
const REACH: u32 = 16;

/// "xxx" and "xxxx": what hides the front of a number.
pub(super) const CROSSES: [u64; 2] = {
    use crate::words::Keyer;
    let three = Keyer::new().add(b'x').add(b'x').add(b'x');
    [three.finish(), three.add(b'x').finish()]
};

/// Does the word hide the front of a number?
#[inline]
pub(super) fn is_cross(token: &Token) -> bool {
    matches!(token.form, Form::Lower | Form::Upper) && (token.key == CROSSES[0] || token.key == CROSSES[1])
}

/// The signs at which something may begin; a full stop only where it touches what is behind it.
pub(super) const fn is_opening_sign(sign: u64, touches: bool) -> bool {
    matches!(sign, 0x28 | 0x2a | 0x2022) || touches && sign == 0x2e
}

fn sign(page: &Page<'_>, marks: &mut Marks, at: usize, key: u64) -> usize {
    match char::from_u32(key as u32) {
        Some('(') if page.is_sign(at + 2, ')') => udi::read(page, marks, at),
        Some('.') => {
            if page.get(at + 1).is_some_and(|t| t.gap == Gap::None) {
                file::read(page, marks, at);
            }
            at + 1
        }
        Some('*' | '\u{2022}') => hidden(page, marks, at),
        _ => at + 1,
    }
}

/// A number whose front is hidden is one of nine digits or a card's, or it would not be hidden.
fn hidden(page: &Page<'_>, marks: &mut Marks, at: usize) -> usize {
    let Some(end) = masked::read(page, at).filter(|end| (at..*end).all(|i| marks.is_free(i))) else { return at + 1 };
    let dashes = (at..end).filter(|i| page.get(*i).is_some_and(|t| t.is_dash())).count();
    marks.add(page, at, end, if dashes == 2 { Kind::Ssn } else { Kind::Account }, Reason::Pattern);
    end
}
