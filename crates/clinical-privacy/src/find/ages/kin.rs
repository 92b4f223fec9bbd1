//! An age behind a relative or a name, with no verb: "Grandmother, 98, alive", "Ruth Hale, 93, lives alone".

use super::company::{closes, ends_sentence, is_name, is_person};
use super::says_any;
use crate::read::{Form, Gap, Page};
use crate::words::Class;

/// "Grandmother, 98, alive", "Mother alive at 97", "his wife Dana, 95", "Father - 94, CHF".
pub(super) fn family(page: &Page<'_>, at: usize, end: usize) -> bool {
    if !closes(page, end) && !page.is_sign(end, '-') {
        return false;
    }
    let mut i = at;
    for _ in 0..6 {
        if ends_sentence(page, i) || page.get(i).is_none_or(|t| t.gap >= Gap::Blank) {
            return false;
        }
        let Some(before) = i.checked_sub(1) else { return false };
        i = before;
        let Some(token) = page.get(i) else { return false };
        if token.flags.is(Class::Relative) {
            // "son (phone) …" and "called daughter 95" are others; a sign or word stands between, or the end behind.
            return true;
        }
        // "mother Lose, 95.": one word behind the relative is a name, whatever else it says.
        let called = page.is_sign(i + 1, ',')
            && i + 2 == at
            && token.is_word()
            && i.checked_sub(1).and_then(|j| page.get(j)).is_some_and(|t| t.flags.is(Class::Relative))
            && !token
                .flags
                .is_any(Class::Says.bit() | Class::Does.bit() | Class::Function.bit() | Class::Towards.bit())
            && !token.flags.is_medical();
        if called {
            return true;
        }
        let passed = match token.form {
            Form::Sign => [',', ':', '(', '='].iter().any(|s| token.is_sign(*s)) || token.is_dash(),
            Form::Number | Form::Mixed | Form::Possessive => false,
            _ => {
                says_any(page, i, &["alive", "living", "well", "healthy", "and", "still", "at", "now", "old", "aged"])
                    || is_name(page, i)
            }
        };
        if !passed {
            return false;
        }
    }
    false
}

/// "Ruth Hale, 93, lives alone", "Mr. Okafor, 97, was seen".
pub(super) fn apposed(page: &Page<'_>, at: usize, end: usize) -> bool {
    let Some(last) = at.checked_sub(2) else { return false };
    if !page.is_sign(at - 1, ',')
        || !(page.is_sign(end, ',') || page.get(end).is_none_or(|t| t.gap >= Gap::Line))
        || !closes(page, end)
        || page.get(at).is_none_or(|t| t.gap != Gap::Space)
    {
        return false;
    }
    let Some(first) = last.checked_sub(1) else { return false };
    let named = is_name(page, last)
        && page.get(last).is_some_and(|t| t.gap == Gap::Space)
        && (is_name(page, first) || page.get(first).is_some_and(|t| t.form == Form::Initial));
    let listed =
        [first, last].iter().any(|i| page.get(*i).is_some_and(|t| t.flags.given() > 0 || t.flags.surname() > 0));
    named && listed
        || is_person(page, last) && page.get(first).is_some_and(|t| t.flags.is(Class::Title) || t.is_sign('.'))
}
