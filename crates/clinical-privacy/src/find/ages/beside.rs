//! What stands beside an age that has no "year-old" of its own: "age", a person, brackets behind a name, a sex.

use super::company::ends_sentence;
use super::{near, says, says_any};
use crate::find::numbers::cue::cue_at;
use crate::read::{Casing, Form, Gap, Page};
use crate::words::{Class, Cue, Hint, hints_of};

/// "age 97", "Age: 93", "aged 101", "turned 95", "age at death 94".
pub(super) fn after_age_word(page: &Page<'_>, at: usize) -> bool {
    if page.get(at).is_none_or(|t| t.gap >= Gap::Blank) {
        return false;
    }
    let mut i = at;
    for _ in 0..5 {
        let Some(before) = i.checked_sub(1) else { return false };
        let Some(token) = page.get(before) else { return false };
        i = before;
        if token.is_word() && hints_of(token.key) & Hint::AgeBefore.bit() != 0 {
            // "turned 95 degrees" has its unit; "aged" is a word, "ages 3" is not old.
            return true;
        }
        let passed = match token.form {
            Form::Sign => {
                [':', '=', '(', '>', '~', '|', '"', '\'', '/', ',', '<'].iter().any(|s| token.is_sign(*s))
                    || token.is_dash()
            }
            _ => {
                token.flags.is(Class::Function)
                    || says_any(
                        page,
                        i,
                        &[
                            "death",
                            "diagnosis",
                            "onset",
                            "years",
                            "yrs",
                            "year",
                            "sex",
                            "gender",
                            "approximately",
                            "least",
                            "than",
                            "around",
                            "older",
                            "nearly",
                            "almost",
                        ],
                    )
            }
        };
        if !passed || token.gap >= Gap::Blank {
            return false;
        }
    }
    false
}

/// "she is 93", "patient is 93,": a person, a form of "be", and nothing behind that the number could count.
pub(super) fn person_is(page: &Page<'_>, at: usize, end: usize) -> bool {
    let Some(mut verb) = at.checked_sub(1) else { return false };
    if says_any(page, verb, &["now", "currently", "almost", "nearly", "about", "only", "already", "just"]) {
        let Some(before) = verb.checked_sub(1) else { return false };
        verb = before;
    }
    let Some(subject) = verb.checked_sub(1) else { return false };
    let is = says_any(page, verb, &["is", "was", "turns", "became", "being", "be"])
        || page.get(verb).is_some_and(|t| t.form == Form::Contraction);
    if page.get(verb).is_some_and(|t| t.form == Form::Possessive) {
        // "she's 93"
        return says_any(page, subject, &["she", "he"]) && stands_alone(page, end);
    }
    let person = page.get(subject).is_some_and(|t| {
        t.flags.is_any(Class::Person.bit() | Class::Relative.bit())
            || says_any(page, subject, &["he", "she", "who", "i", "they", "patient", "pt"])
    });
    is && person && near(page, at) && stands_alone(page, end)
}

/// Nothing behind that a number could count or measure.
pub(super) fn stands_alone(page: &Page<'_>, end: usize) -> bool {
    let Some(next) = page.get(end) else { return true };
    match next.form {
        Form::Sign => !next.is_sign('%') && !next.is_sign('/') && !next.is_sign('\u{b0}') && !next.is_sign('+'),
        Form::Number | Form::Mixed => next.gap >= Gap::Line,
        _ => {
            next.gap >= Gap::Blank
                || next.flags.is_any(Class::Function.bit() | Class::Towards.bit() | Class::Says.bit())
                    && !says_any(page, end, &["over", "on", "per", "in", "at"])
        }
    }
}

/// "Saw Aunty Wikitoria (Wikitoria Paraone, ninety-six)": two capital words and no medicine before the comma.
fn in_brackets_with_name(page: &Page<'_>, at: usize, end: usize) -> bool {
    let Some(comma) = at.checked_sub(1).filter(|i| page.is_sign(*i, ',') && page.is_sign(end, ')')) else {
        return false;
    };
    let named = |i: usize| {
        page.capital_tells(i)
            && page.get(i).is_some_and(|t| {
                t.form == Form::Title
                    && t.gap <= Gap::Line
                    && !t.flags.is_medical()
                    && (t.flags.word() < 2 || t.flags.surname() > 1)
            })
    };
    comma >= 3
        && (page.is_sign(comma - 3, '(') || comma >= 4 && page.is_sign(comma - 4, '('))
        && named(comma - 1)
        && named(comma - 2)
        && page.get(comma - 1).is_some_and(|t| t.flags.surname() > 0 || t.flags.is_unknown())
        && page.get(comma - 2).is_some_and(|t| t.flags.given() > 0 || t.flags.is_unknown())
}

/// "his wife Dana (95)", "Mr Campos (91) and".
pub(super) fn in_brackets(page: &Page<'_>, at: usize, end: usize) -> bool {
    let Some(open) = at.checked_sub(1) else { return false };
    if in_brackets_with_name(page, at, end) {
        return true;
    }
    if !(page.is_sign(open, '(') && page.is_sign(end, ')')) {
        return false;
    }
    for back in 1..=6 {
        let Some(i) = open.checked_sub(back) else { return false };
        let Some(token) = page.get(i) else { return false };
        if token.is_sign('.')
            && page.get(i + 1).is_some_and(|t| t.gap != Gap::None)
            && !page.get(i.wrapping_sub(1)).is_some_and(|t| t.flags.is(Class::Title))
        {
            return false;
        }
        if token.flags.is_any(Class::Relative.bit() | Class::Title.bit()) || says_any(page, i, &["patient", "pt"]) {
            return true;
        }
        if back == 1
            && page.capital_tells(i)
            && token.is_capital()
            && !token.flags.is_medical()
            && token.flags.word() == 0
            && token.len() > 3
        {
            return token.form == Form::Title
                && (token.flags.surname() > 0 || token.flags.given() > 0 || token.flags.is_unknown());
        }
        // Where casing says nothing: a word that can only be a name, and somebody who does something behind.
        let doing = page.get(end + 1).is_some_and(|t| {
            t.flags.is_any(Class::Says.bit() | Class::Does.bit() | Class::Residing.bit() | Class::Function.bit())
        });
        if back == 1 && !page.capital_tells(i) && doing && super::company::is_name(page, i) && token.flags.given() > 0 {
            return true;
        }
        if token.gap >= Gap::Blank {
            return false;
        }
    }
    false
}

/// "Pt: Jianguo Zhou   103   MRN …": a column of its own in the line that names the patient.
pub(super) fn in_banner(page: &Page<'_>, at: usize, end: usize) -> bool {
    let Some(line) = page.line(at) else { return false };
    let names_patient = says_any(page, line.first, &["pt", "patient", "name", "id", "client", "resident", "member"]);
    names_patient
        && at - line.first <= 8
        && page.get(at).is_some_and(|t| t.gap == Gap::Wide || page.is_sign(at - 1, ',') && t.gap != Gap::None)
        && page.get(end).is_none_or(|t| {
            t.gap >= Gap::Wide || t.is_sign(',') || t.is_sign(';') || says_any(page, end, &["m", "f", "male", "female"])
        })
        && page.get(at.wrapping_sub(1)).is_some_and(|t| t.is_word() || t.is_sign(',') || t.is_sign('.'))
}

/// "Age/Sex: 93/F" and "93/F" where nothing else is glued.
pub(super) fn behind_age_and_sex(page: &Page<'_>, at: usize) -> bool {
    (1..=4).any(|back| at.checked_sub(back).is_some_and(|i| says(page, i, "age")))
}

/// "91 F with", "93/M", "91 male": a sex right behind, at the start of a line or sentence, or behind "a".
pub(super) fn with_sex(page: &Page<'_>, at: usize, end: usize) -> bool {
    let slash = usize::from(page.is_sign(end, '/') && page.get(end).is_some_and(|t| t.gap == Gap::None));
    let sex = end + slash;
    let letter = says_any(page, sex, &["m", "f"]);
    let word = says_any(page, sex, &["male", "female", "man", "woman", "gentleman", "lady", "wm", "wf", "bm", "bf"]);
    if !(letter || word) || !near(page, sex) {
        return false;
    }
    if letter {
        let small = page.get(sex).is_some_and(|t| t.form == Form::Lower) && slash == 0 && !page.opens_line(at);
        return !(small && page.casing_at(sex) == Casing::Usual)
            && is_sexed(page, at, sex, slash == 0 && says(page, sex, "f"));
    }
    opens(page, at) && page.get(sex + 1).is_none_or(|t| t.gap >= Gap::Line || t.form == Form::Sign || t.is_word())
}

/// Does the age that begins at `at` and its sex, which ends with `last`, stand as such: first in a line, behind "a", or
/// behind a sentence's end or a comma? `hot`: it could be a temperature ("98F"), so something told of a person follows.
pub(super) fn is_sexed(page: &Page<'_>, at: usize, last: usize, hot: bool) -> bool {
    let next = page.get(last + 1);
    let told = says_any(
        page,
        last + 1,
        &[
            "with",
            "here",
            "w",
            "who",
            "presents",
            "presenting",
            "presented",
            "admitted",
            "s",
            "c",
            "p",
            "h",
            "hx",
            "from",
            "status",
            "brought",
            "found",
            "complaining",
            "known",
            "post",
            "seen",
            "is",
            "was",
            "lives",
            "has",
            "pmh",
            "pmhx",
            "complains",
            "transferred",
            "fell",
        ],
    );
    let follows = next.is_none_or(|t| t.gap >= Gap::Line || t.is_word() || t.is_sign(',') || t.is_sign('.'));
    // "98F" alone on its line may be either; a temperature is the more frequent.
    let bare = page.opens_line(at) && next.is_none_or(|t| t.gap >= Gap::Line);
    if !follows || hot && (bare || is_heat(page, at, last)) {
        return false;
    }
    opens(page, at) && (told || !hot || !begins_sentence(page, at)) || begins_sentence(page, at) && (told || !hot)
}

/// Does the sentence speak of a temperature: "T: 98F", "Fever, was 101 F with chills", "98F, RR 18", "97 F oral"?
pub(super) fn is_heat(page: &Page<'_>, at: usize, last: usize) -> bool {
    let hint = |i: usize| page.get(i).is_some_and(|t| t.is_word() && hints_of(t.key) & Hint::Heat.bit() != 0);
    // A row of vital signs goes on behind it.
    let vital = (1..=2).any(|next| {
        page.get(last + next).is_some_and(|t| t.flags.is(Class::Cue) && (next == 1 || page.is_sign(last + 1, ',')))
            && cue_at(page, last + next).is_some_and(|f| f.cue == Cue::Measured)
    });
    if vital || hint(last + 1) && page.get(last + 1).is_some_and(|t| t.gap <= Gap::Space) {
        return true;
    }
    let mut i = at;
    for _ in 0..5 {
        if page.opens_line(i) || ends_sentence(page, i) {
            return false;
        }
        i -= 1;
        // "c/o fever" and "s/t" tell of a complaint; the letter alone is a temperature's.
        if hint(i) && !(page.word(i).len() == 1 && i > 0 && page.is_sign(i - 1, '/')) {
            return true;
        }
    }
    false
}

/// Behind a full stop, semicolon or comma.
fn begins_sentence(page: &Page<'_>, at: usize) -> bool {
    at.checked_sub(1).is_some_and(|i| {
        [',', '.', ';', '(', '!'].iter().any(|s| page.is_sign(i, *s))
            && page.get(at).is_some_and(|t| t.gap != Gap::None || page.is_sign(i, '('))
    })
}

fn opens(page: &Page<'_>, at: usize) -> bool {
    page.opens_line(at)
        || at.checked_sub(1).is_some_and(|i| {
            says_any(
                page,
                i,
                &[
                    "a", "an", "is", "old", "this", "pleasant", "elderly", "frail", "pt", "patient", "s", "o", "cc",
                    "hpi",
                ],
            ) || page.is_sign(i, ',')
                || page.is_sign(i, ':')
        })
}

/// "died at 94", "lived to 101", "passed away at 97".
pub(super) fn died_at(page: &Page<'_>, at: usize) -> bool {
    let Some(joint) = at.checked_sub(1) else { return false };
    let (joint, be) = if says(page, joint, "be") && joint > 0 { (joint - 1, true) } else { (joint, false) };
    let Some(verb) = joint.checked_sub(1) else { return false };
    let died = says_any(page, verb, &["died", "deceased", "passed", "away", "dead", "expired"]);
    let lived = says_any(page, verb, &["lived", "live", "living", "survived"]);
    (says(page, joint, "at") && died && !be || says(page, joint, "to") && lived) && stands_alone(page, at + 1)
}
