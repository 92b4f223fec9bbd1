//! Names that their own form tells: "SMITH, JOHN A", "GRAVES^KIM CHI", "J. A. Smith", a name and its credential.

use super::likeness::{Likeness, is_eponym_here, likeness};
use super::run;
use crate::find::marks::Marks;
use crate::kind::{Kind, Reason};
use crate::read::{Casing, Form, Gap, Page};
use crate::words::Class;

/// Looks for a form that begins at (or ends with) the token at `at`. Gives the token to go on from.
pub(super) fn find(page: &Page<'_>, marks: &mut Marks, at: usize) -> Option<usize> {
    let token = page.get(at)?;
    let (first, end, reason) = match token.form {
        Form::Sign if token.is_sign('^') => caret(page, at).map(|(a, b)| (a, b, Reason::Pattern)),
        Form::Sign if token.is_sign(',') => inverted(page, marks, at).map(|(a, b)| (a, b, Reason::Pattern)),
        _ if token.len() == 1 && token.is_word() => initials(page, marks, at).map(|(a, b)| (a, b, Reason::Pattern)),
        _ => None,
    }
    .or_else(|| credential(page, marks, at).map(|(a, b)| (a, b, Reason::Context)))?;
    marks.add(page, first, end, Kind::Name, reason);
    Some(end.max(at + 1))
}

/// HL7 v2 names outside of a message: words joined by carets.
fn caret(page: &Page<'_>, at: usize) -> Option<(usize, usize)> {
    let wordy = |i: usize| page.get(i).is_some_and(|t| t.is_word());
    if !wordy(at.checked_sub(1)?)
        || !wordy(at + 1)
        || page.get(at)?.gap != Gap::None
        || page.get(at + 1)?.gap != Gap::None
    {
        return None;
    }
    let mut first = at - 1;
    while first >= 2 && page.tokens[first - 1].is_dash() && page.tokens[first].gap == Gap::None && wordy(first - 2) {
        first -= 2;
    }
    let mut end = at + 2;
    while let Some(token) = page.get(end) {
        let goes_on = token.is_sign('^') && token.gap == Gap::None
            || token.is_dash() && token.gap == Gap::None && wordy(end + 1)
            || token.is_word()
                && token.gap <= Gap::Space
                && (page.tokens[end - 1].form == Form::Sign || token.is_capital());
        if !goes_on || end > at + 12 {
            break;
        }
        end += 1;
    }
    while end > at + 1 && page.tokens[end - 1].is_sign('^') {
        end -= 1;
    }
    // "NOTE^Note" and vectors of codes are not names: each part must be able to be one.
    let could = |i: usize| {
        let t = &page.tokens[i];
        t.len() == 1
            || t.flags
                .is_any(Class::Particle.bit() | Class::Credential.bit() | Class::NameSuffix.bit() | Class::Title.bit())
            || t.flags.given().max(t.flags.surname()) > 0
            || t.flags.word() == 0 && !t.flags.is_medical()
    };
    let parts = || (first..end).filter(|i| page.tokens[*i].is_word());
    let all = parts().all(could);
    let named = parts().any(|i| {
        page.tokens[i].flags.given().max(page.tokens[i].flags.surname()) > 0
            || page.tokens[i].len() > 4 && page.tokens[i].flags.is_unknown()
    });
    let same = parts().count() == 2 && page.tokens[first].key == page.tokens[end - 1].key;
    (all && named && !same).then_some((first, end))
}

/// "SMITH, JOHN A", "Smith, J.", "O'Brien, Mary-Kate L.": the comma at `at`.
fn inverted(page: &Page<'_>, marks: &Marks, at: usize) -> Option<(usize, usize)> {
    let last = at.checked_sub(1)?;
    let (family, given) = (page.get(last)?, page.get(at + 1)?);
    if family.flags.is_any(Class::Relative.bit() | Class::Role.bit() | Class::Person.bit())
        || !family.is_word()
        || !given.is_word()
        || page.get(at)?.gap != Gap::None
        || given.gap > Gap::Space
            && !(given.gap == Gap::Line
                && given.flags.given() >= 1
                && family.flags.word() == 0
                && family.form == Form::Title
                && given.form == Form::Title)
        || !marks.is_free(last)
        || !marks.is_free(at + 1)
    {
        return None;
    }
    let usual = page.casing_at(at) == Casing::Usual;
    if usual && !(family.is_capital() || family.form == Form::Camel)
        || usual && !(given.is_capital() || given.form == Form::Camel)
    {
        return None;
    }
    // "(Last, First)" heads a column.
    let counts = Class::OrdinalWord.bit() | Class::Relation.bit() | Class::NumberWord.bit() | Class::NoName.bit();
    if family.flags.is_any(counts) && family.flags.surname() < 3
        || given.flags.is_any(counts) && given.flags.given() < 3
    {
        return None;
    }
    let (a, b) = (likeness(page, marks, last), likeness(page, marks, at + 1));
    let single = page.is_initial(at + 1);
    if a == Likeness::Never || b == Likeness::Never && !single || single && is_dotted_credential(page, at + 1) {
        return None;
    }
    let signed = page
        .before(last)
        .is_some_and(|t| t.flags.is(Class::Towards) && !matches!(page.word(last - 1), "to" | "for" | "with" | "and"));
    let told = page.before(last).is_some_and(|t| {
        t.flags.is_any(Class::Person.bit() | Class::Role.bit() | Class::Relative.bit())
            && page.tokens[last].gap <= Gap::Space
    });
    // The first part of a family name with hyphens is what opens the line, field or list.
    let mut family_first = last;
    while family_first >= 2
        && page.tokens[family_first].gap == Gap::None
        && page.tokens[family_first - 1].is_dash()
        && page.tokens[family_first - 1].gap == Gap::None
        && page.tokens[family_first - 2].is_word()
    {
        family_first -= 2;
    }
    const OPENERS: [char; 11] = ['(', '\u{201c}', '>', ':', '|', '"', '*', '=', ';', '\u{2022}', '['];
    let opens = signed
        || told
        || page.opens_line(family_first)
        || page.tokens[family_first].gap == Gap::Wide
        || OPENERS.iter().any(|sign| page.is_sign(family_first.wrapping_sub(1), *sign));
    let listed = family.flags.surname() >= 2 || a >= Likeness::Unknown;
    let named = if single {
        // "Smith, J." but not "Boston, A" nor "vitamins B, C".
        let capitals = family.form == Form::Upper
            && usual
            && family.len() >= 4
            && !family.flags.is_medical()
            && (family.flags.is_unknown() || family.flags.surname() >= 2);
        let unknown = usual && a == Likeness::Unknown && page.is_sign(at + 2, '.');
        listed && family.flags.surname() >= 1 && (page.is_sign(at + 2, '.') || opens) || capitals && opens || unknown
    } else if family.form == Form::Upper && given.form == Form::Upper && usual {
        // Capitals in ordinary writing: the form of a printed name.
        let could = |t: &crate::read::Token| {
            t.len() >= 3
                && (t.flags.given().max(t.flags.surname()) >= 1 || t.flags.is_unknown() && t.len() >= 4)
                && !t.flags.is_medical()
        };
        (listed && given.flags.given() >= 1)
            || could(family) && could(given) && (opens || family.flags.surname() >= 2 || given.flags.given() >= 2)
            || (opens && b >= Likeness::WordName && a >= Likeness::WordName)
    } else {
        listed && given.flags.given() >= 2 && b >= Likeness::WordName && (family.flags.surname() >= 2 || b >= Likeness::Listed) && !family.flags.is_eponym() | (family.flags.surname() >= 2)
            || opens && a >= Likeness::Unknown && b >= Likeness::Unknown && (family.flags.surname() > 0 || given.flags.given() > 0)
            || opens && a.max(b) >= Likeness::Unknown && a.min(b) >= Likeness::WordName && given.flags.given() + family.flags.surname() > 0
            || page.opens_sentence(last) && a.max(b) >= Likeness::Unknown && a.min(b) >= Likeness::WordName && closes_list(page, at + 2)
            // "Pills, Karina (25.02.1953)": any word before a given name, and what only a person has behind.
            || given.flags.given() >= 2 && b >= Likeness::Listed && page.is_sign(at + 2, '(') && page.get(at + 3).is_some_and(|t| t.form == Form::Number)
            || opens && given.flags.given() == 3 && family.flags.surname() >= 1 && closes_list(page, at + 2)
    };
    if !named || !usual && a < Likeness::Unknown && b < Likeness::Listed && !opens {
        return None;
    }
    // "Love, Peggy", "Best, the team": the end of a letter.
    if matches!(page.word(last), "Love" | "Best" | "Regards" | "Thanks" | "Sincerely" | "Cheers" | "Dear") {
        return None;
    }
    if family.flags.is(Class::Credential) && family.len() < 4
        || given.flags.is(Class::Credential) && given.len() < 4 && !single
    {
        return None;
    }
    // "Boston, Jordan": a list of places or days has no person in it.
    let person =
        given.flags.given() >= 2 && family.flags.surname() >= 1 && family.flags.word() == 0 && family.flags.city() == 0;
    if (given.flags.is_state() || given.flags.is_country()) && !person && !told {
        return None;
    }
    let first = run::left(page, marks, last).max(last.saturating_sub(3));
    let mut first = if usual { first } else { last };
    // "VAN BUREN, BIRGITTA", "dos Santos, Gaetano": the particles of the family name.
    while first > 0
        && page.tokens[first - 1].flags.is(Class::Particle)
        && page.tokens[first].gap == Gap::Space
        && (usual || page.tokens[first - 1].len() > 1)
        && !page.tokens[first - 1].flags.is(Class::Function)
        && last - first < 3
    {
        first -= 1;
    }
    // Given names and one more initial; a full stop behind it ends the name ("Petugo, Jade J. Sharp pain").
    let mut end = at + 2;
    if !single {
        while let (Some(sign), Some(next)) = (page.get(end), page.get(end + 1)) {
            if !(sign.is_dash() && sign.gap == Gap::None && next.gap == Gap::None && next.is_word()) {
                break;
            }
            end += 2;
        }
        if page.get(end).is_some_and(|t| {
            t.gap <= Gap::Space
                && t.is_word()
                && t.len() > 1
                && (!usual || t.is_capital())
                && !t.flags.is(Class::Credential)
        }) && likeness(page, marks, end) >= Likeness::Unknown
        {
            end += 1;
        }
        if page.is_initial(end)
            && page.get(end).is_some_and(|t| t.gap <= Gap::Space)
            && !is_dotted_credential(page, end)
        {
            end += 1;
        }
    }
    if page.tokens.get(end - 1).is_some_and(|t| t.len() == 1)
        && page.is_sign(end, '.')
        && page.get(end).is_some_and(|t| t.gap == Gap::None)
    {
        end += 1;
    }
    Some((first, end))
}

/// "M.D.", "R. N.": dotted letters that are a credential.
fn is_dotted_credential(page: &Page<'_>, at: usize) -> bool {
    let mut word = String::new();
    let mut i = at;
    while page.get(i).is_some_and(|t| t.is_word() && t.len() <= 2) && page.is_sign(i + 1, '.') && i < at + 8 {
        word.push_str(page.word(i));
        i += 2;
    }
    word.len() >= 2 && crate::words::flags_of(crate::words::key_of(&word)).is(Class::Credential)
}

fn closes_list(page: &Page<'_>, at: usize) -> bool {
    page.get(at).is_none_or(|t| {
        t.gap >= Gap::Wide
            || t.form == Form::Initial
            || !t.is_word()
            || t.form == Form::Lower && t.flags.is(Class::Function)
    })
}

/// "J. A. Smith", "J.S." behind a word for a person, "JS" is left to fields and signatures.
fn initials(page: &Page<'_>, marks: &Marks, at: usize) -> Option<(usize, usize)> {
    if !marks.is_free(at)
        || !page.is_initial(at)
        || at > 0
            && page.get(at)?.gap == Gap::None
            && !matches!(
                page.before(at).and_then(|t| char::from_u32(t.key as u32)),
                Some('(' | '"' | '/' | ':' | '|' | '>')
            )
    {
        return None;
    }
    let mut end = at;
    let mut letters = 0;
    while let (Some(letter), Some(stop)) = (page.get(end), page.get(end + 1)) {
        let goes_on = page.is_initial(end)
            && stop.is_sign('.')
            && stop.gap == Gap::None
            && (end == at || letter.gap <= Gap::Space);
        if !goes_on || letters == 4 {
            break;
        }
        letters += 1;
        end += 2;
    }
    if letters == 0 {
        return None;
    }
    let next = page.get(end);
    let usual = page.casing_at(at) == Casing::Usual;
    // "J. Smith", "J.A. Long"
    if let Some(name) = next
        && name.is_word()
        && (name.gap <= Gap::Space
            || name.gap == Gap::Line && name.flags.surname() >= 2 && !matches!(page.word(at), "C" | "F" | "c" | "f"))
        && name.len() > 1
        && (!usual || matches!(name.form, Form::Title | Form::Upper | Form::Camel))
        && !name.flags.is_any(Class::Function.bit() | Class::EponymHead.bit() | Class::Heading.bit())
    {
        let like = likeness(page, marks, end);
        let enough = like >= Likeness::Unknown || like == Likeness::WordName && name.flags.surname() >= 2;
        // "C. Colon, 25 cm": a letter that counts the items of a list.
        let item = page.opens_line(at) && letters == 1 && like == Likeness::WordName && usual;
        if enough
            && !item
            && !is_eponym_here(page, end)
            && !is_abbreviation(page, at, letters)
            && (usual || like >= Likeness::Listed || page.opens_line(at))
        {
            return Some((run::left(page, marks, at), run::right(page, marks, at, end + 1)));
        }
    }
    let by = at.checked_sub(1).is_some_and(|i| matches!(page.small(i).bytes(), b"by" | b"initials"))
        || at > 1
            && page.is_sign(at - 1, '(')
            && page.is_sign(end, ')')
            && page.word(at - 2).eq_ignore_ascii_case("me");
    if by && letters >= 2 {
        return Some((at, end));
    }
    if letters < 2 || is_abbreviation(page, at, letters) {
        return None;
    }
    // "A.S. August 15th 0342", "S.L. 2nd check" as the first word of a line.
    // "B.S." or "- R.F." as a line of its own.
    let line_end = next.is_none_or(|t| t.gap >= Gap::Line || t.is_sign('"') || t.is_sign('<'));
    if line_end
        && letters >= 2
        && (page.opens_line(at) || at > 0 && page.tokens[at - 1].is_dash() && page.opens_line(at - 1))
    {
        return Some((at, end));
    }
    if page.opens_sentence(at)
        && next.is_some_and(|t| {
            t.gap <= Gap::Space && (t.flags.is(Class::Month) || matches!(t.form, Form::Number | Form::Mixed))
        })
    {
        return Some((at, end));
    }
    // "A.F./YN", "J.D.:mr" as a line of its own: who spoke and who typed.
    if letters >= 2
        && page.opens_line(at)
        && (page.is_sign(end, '/') || page.is_sign(end, ':'))
        && page.get(end + 1).is_some_and(|t| t.is_word() && t.gap == Gap::None && (2..=3).contains(&t.len()))
        && page.get(end + 2).is_none_or(|t| t.gap >= Gap::Line)
    {
        return Some((at, end + 2));
    }
    // "(L. S.)"; "T.E. resting comfortably": letters that act.
    let bracketed = at > 0 && page.is_sign(at - 1, '(') && page.is_sign(end, ')');
    let acts = usual
        && page.opens_sentence(at)
        && next.is_some_and(|t| {
            t.form == Form::Lower
                && t.gap == Gap::Space
                && t.flags.word() > 0
                && !t.flags.is_any(Class::Function.bit() | Class::Unit.bit())
        });
    if bracketed || acts {
        return Some((at, end));
    }
    // Dotted capitals that no list knows are somebody's, wherever they stand in ordinary writing.
    if letters <= 3 && page.get(at + 2).is_some_and(|t| t.gap <= Gap::Space) {
        return Some((at, end));
    }
    // "J.S." alone needs a person beside it: "patient J.S.", "J.S. is a 45-year-old", "J.S., 45".
    let person = at.checked_sub(1).and_then(|i| page.get(i)).is_some_and(|t| {
        t.flags.is_any(
            Class::Person.bit() | Class::Role.bit() | Class::Relative.bit() | Class::Naming.bit() | Class::Title.bit(),
        ) || matches!(page.small(at - 1).bytes(), b"initials" | b"by" | b"dear" | b"per")
            || page.word(at - 1).eq_ignore_ascii_case("with") && page.get(end).is_none_or(|t| t.form == Form::Sign)
    });
    let says = next.is_some_and(|t| {
        t.flags.is(Class::Says)
            || matches!(page.word(end), "is" | "was" | "has" | "presents" | "presented" | "had" | "IS" | "WAS")
    }) || next.is_some_and(|t| t.is_sign(',')) && page.get(end + 1).is_some_and(|t| t.is_number(1..=3))
        || next.is_some_and(|t| t.form == Form::Possessive);
    (person || says).then_some((at, end))
}

/// Dotted letters that are no person: "U.S.", "M.D.", "P.O.", "I.V.", "B.I.D."
fn is_abbreviation(page: &Page<'_>, at: usize, letters: usize) -> bool {
    let mut word = String::new();
    (0..letters).for_each(|nth| word.push_str(page.word(at + 2 * nth)));
    let flags = crate::words::flags_of(crate::words::key_of(&word));
    let small = page.casing_at(at) != Casing::Usual;
    letters >= 2
        && (flags.is_any(
            Class::Agent.bit()
                | Class::NoName.bit()
                | Class::Credential.bit()
                | Class::Function.bit()
                | Class::Heading.bit()
                | Class::Clock.bit()
                | Class::Unit.bit(),
        ) || letters > 2 && flags.is_medical()
            || small && flags.is_medical()
            || flags.is_country()
            || flags.is_state() && matches!(word.as_str(), "DC" | "NY" | "NC" | "SC" | "NJ" | "NM" | "NH" | "RI"))
}

/// "John Smith, MD", "Kelly RN", "Smith, M.D.": the credential at `at`, the name before it.
fn credential(page: &Page<'_>, marks: &Marks, at: usize) -> Option<(usize, usize)> {
    let token = page.get(at)?;
    let dotted = page.is_initial(at) || matches!(page.word(at), "Ph" | "Pharm" | "Psy" | "PH");
    let mut end = at;
    if dotted {
        let mut word = String::new();
        while let (Some(letter), Some(stop)) = (page.get(end), page.get(end + 1)) {
            if !letter.is_word()
                || letter.len() > 5
                || !stop.is_sign('.')
                || stop.gap != Gap::None
                || end > at && letter.gap != Gap::None
                || end - at >= 8
            {
                break;
            }
            word.push_str(page.word(end));
            end += 2;
        }
        if end < at + 4 || !crate::words::flags_of(crate::words::key_of(&word)).is(Class::Credential) {
            return None;
        }
    } else if !token.flags.is(Class::Credential) {
        return None;
    }
    let comma = page.is_sign(at.checked_sub(1)?, ',');
    let last = if comma { at.checked_sub(2)? } else { at - 1 };
    let usual = page.casing_at(at) == Casing::Usual;
    let written = dotted
        || matches!(token.form, Form::Upper | Form::Title | Form::Camel) && usual
        || is_sure_credential(page.word(at));
    let name = page.get(last)?;
    // "Smith J., MD": the stop of an initial stands before the comma.
    let last = if name.is_sign('.') && last > 0 && page.tokens[last - 1].len() <= 2 { last - 1 } else { last };
    let name = page.get(last)?;
    if !written
        || page.get(at)?.gap > Gap::Space
        || comma && page.get(at - 1)?.gap != Gap::None
        || !name.is_word()
        || marks.kind_at(last).is_some()
        || marks.is_shielded(last)
    {
        return None;
    }
    let like = likeness(page, marks, last);
    let capital = name.is_capital() || name.form == Form::Camel;
    let sure = dotted || is_sure_credential(page.word(at));
    let first = run::left(page, marks, last);
    let several = first < last;
    let taken = if usual {
        capital
            && (comma && sure && (like >= Likeness::WordName || several)
                || like >= Likeness::Unknown && (sure || several)
                || several && sure
                || comma && several)
    } else {
        sure && (like >= Likeness::Unknown || several || like == Likeness::WordName && comma)
    };
    // "Snow RN" as a line of its own.
    let line = usual
        && sure
        && !comma
        && !several
        && capital
        && page.opens_line(last)
        && !name.flags.is_medical()
        && page.get(if dotted { end } else { at + 1 }).is_none_or(|t| t.gap >= Gap::Line);
    let taken = taken || line;
    let lone_initial = page.is_initial(last) && !several;
    (taken && !lone_initial && !is_eponym_here(page, last)).then_some((first, last + 1))
}

/// Credentials that are no other word in any casing.
fn is_sure_credential(word: &str) -> bool {
    matches!(
        word.to_ascii_lowercase().as_str(),
        "md" | "rn"
            | "lpn"
            | "phd"
            | "fnp"
            | "aprn"
            | "crna"
            | "dnp"
            | "lcsw"
            | "msw"
            | "pharmd"
            | "facs"
            | "facc"
            | "facp"
            | "faap"
            | "mbbs"
            | "dds"
            | "dmd"
            | "dpm"
            | "rdn"
            | "bsn"
            | "msn"
            | "crnp"
            | "arnp"
            | "licsw"
            | "pgy1"
            | "pgy2"
            | "pgy3"
            | "pgy4"
            | "pgy"
            | "psyd"
            | "dpt"
            | "lvn"
            | "cnm"
            | "emt"
            | "rph"
            | "lmft"
            | "agnp"
            | "cma"
    )
}
