//! How a person or machine is reached: telephone and fax numbers, e-mail and web addresses, network addresses, names
//! used on a network.

mod digits;
mod handle;
mod mail;
mod network;
mod phone;
mod short;
mod spoken;
mod web;
mod worded;

use super::marks::Marks;
use super::numbers::cue::{Found, cue_at};
use super::openers::{Eye, Openers};
use crate::read::{Form, Gap, Page, Token};
use crate::words::{Class, Cue, may_reach};

/// Words at which something may begin.
pub(super) const WORDS: u64 = Class::Cue.bit() | Class::NumberWord.bit();

/// Marks what this family finds.
pub(super) fn find(page: &Page<'_>, openers: &Openers, marks: &mut Marks) {
    let mut at = 0;
    while let Some(opener) = openers.next(Eye::Contacts, at) {
        at = opener;
        let token = &page.tokens[at];
        at = match token.form {
            Form::Number => number(page, marks, at, token),
            Form::Sign => sign(page, marks, at, token.key),
            _ if token.flags.is_any(WORDS) && token.flags.is(Class::Cue) => word(page, marks, at),
            _ if token.flags.is_any(WORDS) && page.get(at + 1).is_some_and(|t| !matches!(t.form, Form::Number)) => {
                worded::read(page, marks, at)
            }
            Form::Mixed if token.len() <= 6 && page.word(at).starts_with(['x', 'X']) => short::bare(page, marks, at),
            Form::Mixed if token.len() >= 5 && page.word(at).as_bytes()[0].is_ascii_lowercase() => {
                handle::by(page, marks, at)
            }
            _ => at + 1,
        }
        .max(at + 1);
    }
}

/// May something begin at the word?
#[inline]
pub(super) fn may_open(word: &Token) -> bool {
    if word.flags.is(Class::Cue) { may_reach(word.key) } else { word.flags.is_any(WORDS) }
}

/// The signs at which something may begin; some of them only where they touch what is behind them.
pub(super) const fn is_opening_sign(sign: u64, touches: bool) -> bool {
    matches!(sign, 0x40 | 0x2b | 0x28 | 0x5d) || touches && matches!(sign, 0x3a | 0x2d | 0x2010 | 0x2011 | 0x2e | 0x2f)
}

fn number(page: &Page<'_>, marks: &mut Marks, at: usize, token: &Token) -> usize {
    let Some(next) = page.get(at + 1) else { return phone::read(page, marks, at) };
    if at > 0
        && page.tokens[at - 1].len() <= 2
        && let Some(end) = short::lettered(page, marks, at)
    {
        return end;
    }
    // Most numbers are alone between words.
    let goes_on = next.form == Form::Sign && next.gap == Gap::None
        || next.form == Form::Number
        || next.is_sign('(')
        || next.is_dash();
    if goes_on || token.len() >= 7 { phone::read(page, marks, at) } else { at + 1 }
}

fn sign(page: &Page<'_>, marks: &mut Marks, at: usize, key: u64) -> usize {
    let closed = page
        .get(at + 1)
        .is_some_and(|t| t.gap == Gap::None && (t.form != Form::Sign || t.is_sign(':') || t.is_sign('/')));
    match char::from_u32(key as u32) {
        Some('@') => {
            let end = mail::read(page, marks, at);
            if end > at + 1 { end } else { handle::at_sign(page, marks, at) }
        }
        Some('+') if page.get(at + 1).is_some_and(|t| t.form == Form::Number || t.is_sign('(')) => {
            phone::read(page, marks, at)
        }
        Some('(') if page.get(at + 1).is_some_and(|t| t.form == Form::Number || t.is_sign('+')) => {
            phone::read(page, marks, at)
        }
        Some(':') if closed => network::colons(page, marks, at),
        Some('-' | '\u{2010}' | '\u{2011}') if closed => {
            let end = network::dashes(page, marks, at);
            if end > at + 1 { end } else { handle::behind_verb(page, marks, at) }
        }
        Some('.') if closed => {
            let end = network::dots(page, marks, at);
            let end = if end > at + 1 { end } else { web::dot(page, marks, at) };
            if end > at + 1 { end } else { handle::behind_verb(page, marks, at) }
        }
        Some(']') => handle::log_line(page, marks, at),
        Some('/') if closed => handle::slash(page, marks, at),
        _ => at + 1,
    }
}

fn word(page: &Page<'_>, marks: &mut Marks, at: usize) -> usize {
    let Some(found) = cue_at(page, at) else { return at + 1 };
    let end = match found.cue {
        Cue::Extension => short::extension(page, marks, &found),
        Cue::Pager => short::pager(page, marks, at, &found),
        Cue::Phone | Cue::Fax => phone::labelled(page, marks, &found),
        Cue::Handle => handle::labelled(page, marks, &found),
        Cue::Ip => network::labelled(page, marks, &found),
        Cue::Domain => spoken::read(page, marks, at, &found),
        _ => return at + 1,
    };
    end.max(at + 1)
}

/// The first token behind a label that is not a sign or "number", "is", "to" and their like; whether a sign or "number"
/// made the label plain.
fn behind(page: &Page<'_>, found: &Found, most: usize) -> Option<(usize, bool)> {
    const LINKS: [u64; 13] = super::numbers::cue::keys([
        "is", "was", "at", "to", "on", "of", "as", "or", "x", "the", "from", "with", "name",
    ]);
    let (mut at, mut plain) = (found.end, false);
    for _ in 0..most {
        let token = page.get(at)?;
        if token.gap == Gap::Blank {
            return None;
        }
        match token.form {
            Form::Sign => match char::from_u32(token.key as u32)? {
                ':' | '#' | '=' => plain = true,
                '.' | '"' | '\'' | '*' | '>' | '[' | '|' | '_' | '\u{201c}' => {}
                // What the brackets hold is read by its own form.
                '(' | '+' => return Some((at, plain)),
                _ if token.is_dash() => {}
                _ => return None,
            },
            Form::Possessive => {}
            _ if token.flags.is(Class::NumberLabel) => plain = true,
            _ if LINKS.contains(&token.key) && token.form != Form::Number => {}
            _ => return Some((at, plain)),
        }
        at += 1;
    }
    None
}
