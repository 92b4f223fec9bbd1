//! Whole phrases that tell an age: "Mrs. Oyelaran is 94", "a woman of 93", "died in her sleep at 90", "Grandmother, 98,
//! alive", "At 96 he still drives", "DOB 1926 (98)". A pulse, weight or score said shortly before forbids all of them.

use super::kin::{apposed, family};
use super::{is_old, near, says, says_any};
use crate::find::numbers::cue::cue_at;
use crate::read::{Casing, Form, Gap, Page};
use crate::words::{Class, Cue};

/// Does the company of the number `at..end` say that it is a person's age?
pub(super) fn tells(page: &Page<'_>, at: usize, end: usize) -> bool {
    let told = subject_is(page, at, end)
        || of_person(page, at, end)
        || died(page, at, end)
        || reached(page, at, end)
        || family(page, at, end)
        || apposed(page, at, end)
        || opening(page, at, end)
        || card_says(page, at, end)
        || born_in(page, at, end)
        || described(page, at, end)
        || says_of_oneself(page, at, end)
        || d_with_stop(page, at, end)
        || next_year(page, at, end);
    told && !is_measured_here(page, at)
}

/// Is a pulse, saturation, weight, score or room told in the same sentence, shortly before?
pub(super) fn is_measured_here(page: &Page<'_>, at: usize) -> bool {
    let mut i = at;
    for _ in 0..7 {
        // A blank line, a sentence's end, a bullet.
        let bullet = page.opens_line(i) && page.get(i).is_some_and(|t| t.form == Form::Sign);
        if page.get(i).is_some_and(|t| t.gap >= Gap::Blank) || ends_sentence(page, i) || bullet {
            return false;
        }
        let Some(before) = i.checked_sub(1) else { return false };
        i = before;
        if page.get(i).is_some_and(|t| t.flags.is(Class::Cue))
            && cue_at(page, i).is_some_and(|f| matches!(f.cue, Cue::Measured | Cue::Leave))
        {
            return true;
        }
    }
    false
}

/// Does a sentence end right before the token? A full stop behind a title or initial ends none.
pub(super) fn ends_sentence(page: &Page<'_>, at: usize) -> bool {
    let Some(stop) = at.checked_sub(1) else { return true };
    if page.is_sign(stop, ';') {
        return true;
    }
    page.is_sign(stop, '.')
        && page.get(at).is_some_and(|t| t.gap != Gap::None)
        && !stop
            .checked_sub(1)
            .and_then(|i| page.get(i))
            .is_some_and(|t| t.flags.is(Class::Title) || t.form == Form::Initial)
}

/// Nothing stands behind that the number could count or measure.
pub(super) fn closes(page: &Page<'_>, end: usize) -> bool {
    let Some(next) = page.get(end) else { return true };
    if next.gap >= Gap::Line && next.form != Form::Sign && !next.flags.is(Class::Unit) {
        return true;
    }
    match next.form {
        Form::Sign => {
            let digit = page.get(end + 1).is_some_and(|t| matches!(t.form, Form::Number | Form::Mixed));
            let ends = [',', '.', ';', ')', ']', '?', '!', '|', '"', '\u{201d}'].iter().any(|s| next.is_sign(*s));
            ends && (!digit || next.is_sign('.')) || next.is_dash() && next.gap != Gap::None
        }
        Form::Number | Form::Mixed | Form::Possessive => false,
        _ if says(page, end, "in") => {
            // "90 in May", "90 in 2020".
            // "in the spring", "in a few weeks"
            let the = end + 1 + usize::from(says_any(page, end + 1, &["the", "a", "early", "late"]));
            // "died at 96 in her sleep"
            let asleep =
                says_any(page, end + 2, &["sleep", "bed"]) || says_any(page, end + 1, &["hospice", "hospital"]);
            asleep
                || page.get(end + 1).is_some_and(|t| t.flags.is(Class::Month) || t.is_number(4..=4))
                || says_any(
                    page,
                    the,
                    &["spring", "summer", "autumn", "fall", "winter", "week", "month", "few", "couple"],
                )
        }
        // "will be 98 on her birthday"
        _ if says(page, end, "on") && (2..=4).any(|i| says_any(page, end + i, &["birthday", "bday"])) => true,
        _ if says_any(page, end, &["on", "over", "per", "at", "of", "to", "or", "x", "times", "for", "out"]) => false,
        _ if page.get(end + 1).is_some_and(|t| t.form == Form::Number && t.gap <= Gap::Space) => false,
        _ => {
            next.flags.is_any(
                Class::Function.bit()
                    | Class::Towards.bit()
                    | Class::Says.bit()
                    | Class::Pronoun.bit()
                    | Class::Does.bit()
                    | Class::Residing.bit()
                    | Class::Person.bit()
                    | Class::Relative.bit(),
            ) || says_any(
                page,
                end,
                &["alive", "living", "well", "healthy", "deceased", "dead", "still", "when", "today"],
            )
        }
    }
}

/// Could the word be part of a person's name, as it is written here?
pub(super) fn is_name(page: &Page<'_>, at: usize) -> bool {
    let Some(token) = page.get(at).filter(|t| t.is_word() && t.len() > 1 && !t.flags.is_medical()) else {
        return false;
    };
    let listed = token.flags.given() > 0 || token.flags.surname() > 0;
    if page.casing_at(at) == Casing::Usual {
        return matches!(token.form, Form::Title | Form::Camel)
            && (token.flags.is_unknown() || listed && (token.flags.word() < 2 || token.flags.given() > 1));
    }
    token.flags.word() == 0 && (listed || token.flags.is_unknown() && token.len() > 3)
}

/// Does what a sentence says of a person end with this token: "she", "patient", "Mrs. Oyelaran", "Ruth Hale"?
pub(super) fn is_person(page: &Page<'_>, at: usize) -> bool {
    let Some(token) = page.get(at) else { return false };
    if token.flags.is_any(Class::Person.bit() | Class::Relative.bit())
        || says_any(page, at, &["he", "she", "who", "i", "they", "pt"])
    {
        return token.is_word();
    }
    let behind_title = (1..=3).any(|back| {
        at.checked_sub(back).is_some_and(|i| {
            page.get(i).is_some_and(|t| t.flags.is(Class::Title))
                && (i + 1..at).all(|j| page.is_sign(j, '.') || is_name(page, j))
        })
    });
    let titled = behind_title && token.is_word() && token.len() > 1 && !token.flags.is_medical();
    titled || is_name(page, at) && (token.flags.given() > 0 || token.flags.word() == 0)
}

/// "Mrs. Oyelaran is 94", "she is now 97", "He will be 90 in May", "Ruth, who'd be 95".
fn subject_is(page: &Page<'_>, at: usize, end: usize) -> bool {
    let (mut verb, mut adverbs) = (at, false);
    for _ in 0..3 {
        let Some(before) = verb.checked_sub(1) else { return false };
        verb = before;
        let adverb = ["now", "currently", "almost", "nearly", "about", "only", "already", "just", "actually", "still"];
        if !says_any(page, verb, &adverb) {
            break;
        }
        adverbs = true;
    }
    let Some(mut subject) = verb.checked_sub(1) else { return false };
    let owned = page.get(verb).is_some_and(|t| t.form == Form::Possessive);
    // "The patient, now 95, walks".
    let aside = adverbs && page.is_sign(verb, ',') && page.is_sign(end, ',');
    let is = owned
        || aside
        || says_any(page, verb, &["is", "was", "turns", "turned", "became", "being", "be", "been", "are"])
        || page.get(verb).is_some_and(|t| t.form == Form::Contraction);
    if !is || !closes(page, end) || !near(page, at) {
        return false;
    }
    for _ in 0..2 {
        if says_any(page, subject, &["will", "would", "has", "have", "had", "to", "may", "must"]) {
            let Some(before) = subject.checked_sub(1) else { return false };
            subject = before;
        }
    }
    if page.get(subject).is_some_and(|t| t.form == Form::Contraction) {
        return true;
    }
    if page.is_sign(subject, ',') || page.is_sign(subject, ')') {
        let Some(before) = subject.checked_sub(1) else { return false };
        subject = before;
    }
    if owned {
        return says_any(page, subject, &["she", "he", "who", "mom", "mother", "dad", "father"]);
    }
    is_person(page, subject)
}

/// "a woman of 93", "a lady of ninety-four".
fn of_person(page: &Page<'_>, at: usize, end: usize) -> bool {
    let Some(of) = at.checked_sub(1) else { return false };
    let person = of
        .checked_sub(1)
        .and_then(|i| page.get(i))
        .is_some_and(|t| t.flags.is_any(Class::Person.bit() | Class::Relative.bit()));
    says(page, of, "of") && person && (closes(page, end) || says_any(page, end, &["at", "on"]))
}

/// "died in her sleep at 90", "passed away peacefully at ninety-four", "death at 93".
fn died(page: &Page<'_>, at: usize, end: usize) -> bool {
    let Some(joint) = at.checked_sub(1) else { return false };
    let joined = says_any(page, joint, &["at", "aged", "around", "about", "in"]) || page.is_sign(joint, '@');
    if !joined || says(page, joint, "in") || !closes(page, end) {
        return false;
    }
    let mut i = joint;
    for _ in 0..8 {
        if ends_sentence(page, i) || page.get(i).is_some_and(|t| t.gap >= Gap::Blank) {
            return false;
        }
        i -= 1;
        if says_any(page, i, &["died", "passed", "deceased", "death", "dying", "expired", "dead"]) {
            return true;
        }
        if page.get(i).is_some_and(|t| t.form == Form::Number && !t.is_number(4..=4)) {
            return false;
        }
        if i == 0 {
            return false;
        }
    }
    false
}

/// "lived until 104", "lived to see 101", "made it to 97", "His father Ebenezer reached 101".
fn reached(page: &Page<'_>, at: usize, end: usize) -> bool {
    let Some(mut i) = at.checked_sub(1).filter(|_| closes(page, end)) else { return false };
    if says_any(page, i, &["reached", "reaching", "hit", "celebrated", "celebrating", "attained"]) {
        return (1..=4).any(|back| i.checked_sub(back).is_some_and(|j| is_person(page, j)));
    }
    for _ in 0..3 {
        if says_any(page, i, &["lived", "live", "survived", "lives", "made"]) {
            return true;
        }
        if !says_any(page, i, &["until", "till", "to", "be", "see", "it", "past"]) || i == 0 {
            return false;
        }
        i -= 1;
    }
    false
}

/// "Now 92, she walks", "At 96 he still drives": first in a sentence, and a person is what it speaks of.
fn opening(page: &Page<'_>, at: usize, end: usize) -> bool {
    let Some(word) = at.checked_sub(1) else { return false };
    let opens =
        says_any(page, word, &["now", "at", "currently", "already", "nearly", "almost", "though", "although", "just"])
            && (page.opens_sentence(word)
                || page.capital_tells(word) && page.get(word).is_some_and(|t| t.is_capital()));
    let next = end + usize::from(page.is_sign(end, ','));
    opens
        && near(page, next)
        && (says_any(page, next, &["he", "she", "they", "pt", "patient"])
            || says(page, next, "the") && says(page, next + 1, "patient")
            || page.get(next).is_some_and(|t| t.flags.is(Class::Title)))
}

/// "Mr. Hale, 91F", "lives with Lucette, 91F.": no temperature stands behind a name and a comma.
pub(super) fn behind_name(page: &Page<'_>, at: usize) -> bool {
    at >= 2
        && page.is_sign(at - 1, ',')
        && is_person(page, at - 2)
        && page.get(at).is_some_and(|t| t.gap <= Gap::Line && t.gap != Gap::None)
        && !is_measured_here(page, at)
        && closes(page, at + 1)
}

/// "I'm 98, what do you expect".
fn says_of_oneself(page: &Page<'_>, at: usize, end: usize) -> bool {
    let Some(word) = at.checked_sub(1) else { return false };
    let i_am = says_any(page, word, &["i'm", "i\u{2019}m", "im"])
        || says(page, word, "am") && word > 0 && says(page, word - 1, "i");
    i_am && near(page, at) && closes(page, end)
}

/// "PGM d. 96, stroke": an age at death.
fn d_with_stop(page: &Page<'_>, at: usize, end: usize) -> bool {
    at >= 2
        && page.is_sign(at - 1, '.')
        && page.get(at - 1).is_some_and(|t| t.gap == Gap::None)
        && says(page, at - 2, "d")
        && page.get(at).is_some_and(|t| t.gap == Gap::Space)
        && (page.get(at - 2).is_some_and(|t| t.gap != Gap::None) || at > 2 && page.is_sign(at - 3, '('))
        && page.get(end).is_none_or(|t| t.gap >= Gap::Line || [',', ';', ')', '|'].iter().any(|s| t.is_sign(*s)))
        && closes(page, end)
}

/// "birthday was Easter Sunday; 102 next year", "birthday party last week, now 94".
fn next_year(page: &Page<'_>, at: usize, end: usize) -> bool {
    let opens = at.checked_sub(1).is_some_and(|i| [';', ',', '.', '-'].iter().any(|s| page.is_sign(i, *s)));
    let next = says_any(page, end, &["next", "this"])
        && says_any(page, end + 1, &["year", "month", "week", "spring", "summer", "fall", "autumn", "winter"]);
    // "Had a birthday party last week, now 94."
    let now = at.checked_sub(1).is_some_and(|i| says(page, i, "now")) && closes(page, end);
    (opens && next || now)
        && near(page, at)
        && (1..=12).any(|back| {
            at.checked_sub(back).is_some_and(|i| says_any(page, i, &["birthday", "bday", "turns", "turned"]))
        })
}

/// "card says ninety-one", "her passport says 93".
fn card_says(page: &Page<'_>, at: usize, end: usize) -> bool {
    let (Some(verb), Some(card)) = (at.checked_sub(1), at.checked_sub(2)) else { return false };
    says_any(page, verb, &["says", "said", "states", "shows", "reads", "gives"])
        && says_any(page, card, &["card", "licence", "license", "id", "passport", "papers", "bracelet", "wristband"])
        && closes(page, end)
}

/// "DOB 1926 (98)", "born in 1931 (now 93)".
fn born_in(page: &Page<'_>, at: usize, end: usize) -> bool {
    let Some(mut open) = at.checked_sub(1).filter(|_| page.is_sign(end, ')')) else { return false };
    if says(page, open, "now") && open > 0 {
        open -= 1;
    }
    page.is_sign(open, '(')
        && open.checked_sub(1).and_then(|i| page.get(i)).is_some_and(|t| t.form == Form::Number)
        && (2..=10).any(|back| {
            open.checked_sub(back)
                .is_some_and(|i| says_any(page, i, &["dob", "born", "birth", "birthdate", "birthday", "b", "bd"]))
        })
}

/// "a spry 95", "a very active 93".
fn described(page: &Page<'_>, at: usize, end: usize) -> bool {
    const HOW: [&str; 10] =
        ["spry", "youthful", "young", "healthy", "sprightly", "vigorous", "robust", "frail", "active", "feisty"];
    let Some(how) = at.checked_sub(1).filter(|i| says_any(page, *i, &HOW)) else { return false };
    (1..=2).any(|back| how.checked_sub(back).is_some_and(|i| says_any(page, i, &["a", "very", "is"])))
        && closes(page, end)
}

/// "her 95th birthday", "turning the big 100th".
pub(super) fn is_birthday(page: &Page<'_>, at: usize) -> bool {
    let word = page.word(at);
    let digits = word.bytes().take_while(u8::is_ascii_digit).count();
    let ordinal = ["st", "nd", "rd", "th"].iter().any(|s| word[digits..].eq_ignore_ascii_case(s));
    ordinal
        && word[..digits].parse().is_ok_and(is_old)
        && (1..=2).any(|next| says_any(page, at + next, &["birthday", "bday", "birthdays"]))
}
