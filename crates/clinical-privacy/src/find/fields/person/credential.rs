//! Credentials behind a name.

use super::word::is_namey;
use crate::read::{Casing, Form, Gap, Page};
use crate::words::Class;

/// "MD", "RN", "PA-C" behind a name: a credential that is not written as a name.
pub(super) fn is_credential(page: &Page<'_>, at: usize) -> bool {
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
pub(super) fn dotted_credential(page: &Page<'_>, at: usize) -> bool {
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
