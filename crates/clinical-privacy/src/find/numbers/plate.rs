//! Number plates and driving licences as they are written, behind a word that says which of them stands here: "reg LK14
//! ZRV", "tag BKW 3381", "licence HALES 756049 S99TW". Too many values look like these without such a word.

use super::cue::keys;
use crate::read::{Casing, Form, Gap, Page, Token};
use crate::words::Class;

/// The token behind the plate at `at`.
pub(super) fn read(page: &Page<'_>, at: usize) -> Option<usize> {
    let first = page.get(at).filter(|t| t.gap <= Gap::Line)?;
    // "TX KBV-2281": the state stands before it.
    if first.form == Form::Upper
        && first.flags.is_state()
        && page.get(at + 1).is_some_and(|t| t.gap == Gap::Space)
        && let Some(end) = read(page, at + 1)
    {
        return Some(end);
    }
    let made = shape(page, first, at)?;
    let joined = page.get(at + 1).is_some_and(|t| t.is_dash() && t.gap == Gap::None)
        && page.get(at + 2).is_some_and(|t| t.gap == Gap::None);
    let next = at + 1 + usize::from(joined);
    let second = page.get(next).filter(|t| joined || matches!(t.gap, Gap::Space | Gap::Line))?;
    let then = shape(page, second, next)?;
    let third = page.get(next + 1).filter(|t| t.gap == Gap::Space).and_then(|t| shape(page, t, next + 1));
    let end = match (made, then, third) {
        // "CT 55 KLM"
        (Shape::Letters(1..=2), Shape::Digits(2 | 3), Some(Shape::Letters(2..=3))) => next + 2,
        // "LK14 ZRV"
        (Shape::Mixed(3..=5), Shape::Letters(2..=3), _)
        // "4BX 771", "XR9-47F"
        | (Shape::Mixed(2..=4), Shape::Digits(2..=4) | Shape::Mixed(2..=4), _)
        // "BKW 3381", "SPH-519"
        | (Shape::Letters(1..=3), Shape::Digits(3..=4), _)
        // "470-MBW", not "45 mph"
        | (Shape::Digits(3..=4), Shape::Letters(3), _) => next + 1,
        _ => return None,
    };
    let glued = page.get(end).is_some_and(|t| t.gap == Gap::None && (t.is_dash() || t.is_sign('/') || t.is_sign('%')));
    (!glued).then_some(end)
}

/// The token behind a British plate at `at`, written with its capitals: "CT 55 KLM", "LK14 ZRV".
pub(super) fn british(page: &Page<'_>, at: usize) -> Option<usize> {
    // "AT 30 MPH"
    let other = Class::Function.bit() | Class::Unit.bit() | Class::Towards.bit() | Class::Clock.bit();
    let upper = |i: usize, length: usize| {
        page.get(i).is_some_and(|t| {
            t.form == Form::Upper && t.len() == length && !t.flags.is_any(other) && !SPEEDS.contains(&t.key)
        })
    };
    let spaced = upper(at, 2) && page.get(at + 1).is_some_and(|t| t.is_number(2..=2)) && upper(at + 2, 3);
    let word = page.word(at).as_bytes();
    let glued = matches!(word, [a, b, c, d] if a.is_ascii_uppercase() && b.is_ascii_uppercase() && c.is_ascii_digit() && d.is_ascii_digit())
        && upper(at + 1, 3);
    let end = if spaced {
        at + 3
    } else if glued {
        at + 2
    } else {
        return None;
    };
    (at + 1..end).all(|i| page.get(i).is_some_and(|t| t.gap == Gap::Space)).then_some(end)
}

const SPEEDS: [u64; 5] = keys(["mph", "kmh", "kph", "mi", "km"]);

/// What a group of a plate is made of, and how long it is.
#[derive(Clone, Copy)]
enum Shape {
    Letters(usize),
    Digits(usize),
    Mixed(usize),
}

fn shape(page: &Page<'_>, token: &Token, at: usize) -> Option<Shape> {
    match token.form {
        Form::Number => Some(Shape::Digits(token.len())),
        Form::Mixed => {
            // "15mph", "2nd", "70mg" are none.
            let word = page.word(at);
            let tail = word.trim_start_matches(|c: char| c.is_ascii_digit());
            let unit = tail.len() < word.len()
                && crate::words::flags_of(crate::words::key_of(tail))
                    .is_any(Class::Unit.bit() | Class::Clock.bit() | Class::Function.bit());
            let nth = ["st", "nd", "rd", "th"].iter().any(|e| tail.eq_ignore_ascii_case(e));
            (!unit && !nth).then_some(Shape::Mixed(token.len()))
        }
        Form::Upper | Form::Initial | Form::Lower => {
            let small = token.form == Form::Lower;
            let word = token.flags.is_any(
                Class::Function.bit()
                    | Class::Unit.bit()
                    | Class::Clock.bit()
                    | Class::NumberLabel.bit()
                    | Class::Pronoun.bit()
                    | Class::Towards.bit()
                    | Class::Month.bit(),
            ) || token.flags.word() > 2;
            let plain = small && (page.casing_at(at) == Casing::Usual && token.flags.word() > 0);
            let speed = SPEEDS.contains(&token.key);
            (!word && !plain && !speed && token.len() <= 3).then_some(Shape::Letters(token.len()))
        }
        _ => None,
    }
}

/// Is the label at `at` a word that is said of vehicles all the time?
pub(super) fn is_everyday(page: &Page<'_>, at: usize) -> bool {
    const WORDS: [u64; 16] = keys([
        "vehicle",
        "car",
        "van",
        "moped",
        "motorbike",
        "motorcycle",
        "truck",
        "lorry",
        "scooter",
        "sedan",
        "hatchback",
        "suv",
        "pickup",
        "trailer",
        "minivan",
        "bike",
    ]);
    page.get(at).is_some_and(|t| t.is_word() && WORDS.contains(&t.key)) && !page.is_sign(at + 1, ':')
}

/// The token behind a British driving licence: five letters, six digits, five more of both.
pub(super) fn british_licence(page: &Page<'_>, at: usize) -> Option<usize> {
    let name = page.get(at).filter(|t| t.is_word() && t.len() == 5)?;
    let capital = name.form == Form::Upper || page.casing_at(at) == Casing::Lower;
    let birth = page.get(at + 1).is_some_and(|t| t.is_number(6..=6) && t.gap <= Gap::Line);
    let rest =
        page.get(at + 2).is_some_and(|t| t.form == Form::Mixed && (3..=5).contains(&t.len()) && t.gap <= Gap::Line);
    (capital && birth && rest).then_some(at + 3)
}
