//! Names that the words around them tell: titles, credentials, roles, relatives, "named", "by", "dear".

use super::likeness::{Likeness, is_eponym_here, likeness};
use super::run;
use crate::find::marks::Marks;
use crate::kind::{Kind, Reason};
use crate::read::{Casing, Form, Gap, Page};
use crate::words::Class;

/// Looks at the cue at `at`, if there is one, and marks the name it tells. Gives the token to go on from.
pub(super) fn find(page: &Page<'_>, marks: &mut Marks, at: usize) -> Option<usize> {
    let token = page.get(at)?;
    let flags = token.flags;
    if token.is_sign('/') {
        let (first, end) = with(page, marks, at)?;
        marks.add(page, first, end, Kind::Name, Reason::Context);
        return Some(end);
    }
    if let Some((first, end)) = staff_initials(page, marks, at) {
        marks.add(page, first, end, Kind::Name, Reason::Context);
        return Some(end);
    }
    let name = if flags.is(Class::Title) { title(page, marks, at) } else { None }
        .or_else(|| {
            if flags.is_any(Class::Relative.bit() | Class::Role.bit() | Class::Person.bit()) {
                beside(page, marks, at)
            } else {
                None
            }
        })
        .or_else(|| if flags.is(Class::Credential) { credential(page, marks, at) } else { None })
        .or_else(|| if flags.is(Class::Naming) { naming(page, marks, at) } else { None })
        .or_else(|| {
            if flags.is(Class::Towards) { closing(page, marks, at).or_else(|| towards(page, marks, at)) } else { None }
        });
    let (first, end) = name?;
    marks.add(page, first, end, Kind::Name, Reason::Context);
    Some(end)
}

/// "RN: KB", "tech: ws", "Attending: JS": two or three letters as the whole value of a label of staff.
fn staff_initials(page: &Page<'_>, marks: &Marks, at: usize) -> Option<(usize, usize)> {
    let cue = page.get(at)?;
    if !cue.flags.is_any(Class::Role.bit() | Class::Credential.bit())
        || !page.is_sign(at + 1, ':')
        || page.get(at + 1)?.gap != Gap::None
    {
        return None;
    }
    let letters = page.get(at + 2)?;
    let ends = page.get(at + 3).is_none_or(|t| {
        t.gap >= Gap::Wide
            || t.form == Form::Title
            || t.is_sign(',')
            || t.is_sign(';')
            || t.is_sign('|')
            || t.is_sign('<')
            || t.is_sign('"')
    });
    // Who writes or handles a machine signs with letters alone, also where they abbreviate something.
    let handles = matches!(page.small(at).bytes(), b"recorder" | b"tech" | b"technician" | b"scribe" | b"coder")
        && letters.form == Form::Upper
        && !letters.flags.is_any(Class::NoValue.bit());
    let fits = letters.is_word()
        && (2..=3).contains(&letters.len())
        && letters.gap <= Gap::Space
        && matches!(letters.form, Form::Upper | Form::Lower)
        && (marks.is_free(at + 2) || handles && marks.kind_at(at + 2).is_none())
        && (handles
            || !letters
                .flags
                .is_any(Class::Agent.bit() | Class::Function.bit() | Class::Credential.bit() | Class::Unit.bit())
                && letters.flags.word() < 3);
    (fits && ends).then_some((at + 2, at + 3))
}

/// "w/ Turner", "d/w Root": the stroke at `at`.
fn with(page: &Page<'_>, marks: &Marks, at: usize) -> Option<(usize, usize)> {
    let (before, sign) = (at.checked_sub(1)?, page.get(at)?);
    let short = page.word(before).eq_ignore_ascii_case("w") && sign.gap == Gap::None;
    let talk = page.word(before).eq_ignore_ascii_case("d")
        && page.word(at + 1).eq_ignore_ascii_case("w")
        && sign.gap == Gap::None;
    let first = if talk { at + 2 } else { at + 1 };
    let next = page.get(first)?;
    if !(short || talk)
        || next.gap != Gap::Space
        || !next.is_word()
        || next.len() < 2
        || !marks.is_free(first)
        || is_eponym_here(page, first)
    {
        return None;
    }
    let like = likeness(page, marks, first);
    let known = next.flags.surname() >= 2 || next.flags.given() >= 2;
    let initials = next.form == Form::Upper
        && (2..=3).contains(&next.len())
        && !next.flags.is_any(Class::Agent.bit() | Class::Credential.bit() | Class::Unit.bit() | Class::Role.bit());
    if initials
        && page.casing_at(at) == Casing::Usual
        && (talk || page.word(before.saturating_sub(1)).eq_ignore_ascii_case("seen"))
    {
        return Some((first, first + 1));
    }
    let taken = if page.casing_at(at) == Casing::Usual {
        matches!(next.form, Form::Title | Form::Camel)
            && (like >= Likeness::Unknown || like == Likeness::WordName && known)
    } else {
        like >= Likeness::Listed
            || like == Likeness::Unknown && (talk || next.len() > 4)
            || talk && like == Likeness::WordName && known
    };
    taken.then(|| (first, run::right(page, marks, first, first + 1)))
}

/// Lower-case words where a name is due in ordinary writing ("patient name wayne ridgeway", "pt tiffany wetherby, dob"):
/// two that can be names, and then something that ends them.
fn small(page: &Page<'_>, marks: &Marks, first: usize) -> Option<(usize, usize)> {
    let (one, two) = (page.get(first)?, page.get(first + 1)?);
    if one.form != Form::Lower
        || two.form != Form::Lower
        || two.gap != Gap::Space && two.gap != Gap::Line
        || !marks.is_free(first)
        || !marks.is_free(first + 1)
    {
        return None;
    }
    let (a, b) = (likeness(page, marks, first), likeness(page, marks, first + 1));
    let mut end = first + 2;
    while page.get(end).is_some_and(|t| t.is_dash() && t.gap == Gap::None)
        && page.get(end + 1).is_some_and(|t| t.is_word() && t.gap == Gap::None)
    {
        end += 2;
    }
    let given = one.flags.given() >= 1 && one.flags.word() < 3 || one.flags.given() >= 2 || a == Likeness::Unknown;
    let family = two.flags.surname() >= 1 || b == Likeness::Unknown;
    let plain = two.flags.is_any(Class::Says.bit() | Class::Does.bit() | Class::Function.bit());
    (a >= Likeness::WordName
        && b >= Likeness::WordName
        && given
        && family
        && !plain
        && (a >= Likeness::Unknown || b >= Likeness::Unknown || one.flags.given() == 3)
        && (run::closes(page, end) || goes_on(page, end)))
    .then_some((first, end))
}

/// Words behind a name in a sentence: "i saw chester tillman today", "patient fiona abbat number 0692".
fn goes_on(page: &Page<'_>, at: usize) -> bool {
    const WORDS: [&str; 10] = ["today", "yesterday", "again", "number", "dob", "re", "mrn", "aged", "age", "done"];
    page.get(at).is_some_and(|t| {
        t.gap == Gap::Space && (WORDS.iter().any(|w| page.word(at).eq_ignore_ascii_case(w)))
            || t.gap <= Gap::Space && t.form == Form::Number && t.len() <= 2 && {
                let sign = |i: usize| page.is_sign(i, '/') || page.get(i).is_some_and(|t| t.is_dash());
                sign(at + 1) && sign(at + 3)
            }
    })
}

/// "RN Hill and RN Gray", "CNA Mavomi": a credential before the name, in capitals.
fn credential(page: &Page<'_>, marks: &Marks, at: usize) -> Option<(usize, usize)> {
    let (token, next) = (page.get(at)?, page.get(at + 1)?);
    if token.form != Form::Upper
        || next.gap != Gap::Space
        || !next.is_word()
        || !marks.is_free(at + 1)
        || is_eponym_here(page, at + 1)
        || run::is_label(page, at + 1)
    {
        return None;
    }
    let like = likeness(page, marks, at + 1);
    let taken = if page.casing_at(at) == Casing::Usual {
        let listed = next.flags.given().max(next.flags.surname()) >= 2;
        next.form == Form::Title
            && (like >= Likeness::Unknown || like == Likeness::WordName && listed && token.len() > 1)
    } else {
        matches!(page.word(at), "RN" | "CNA" | "LPN" | "MD" | "CRNA" | "LVN") && like >= Likeness::Unknown
    };
    // "Smith, RN Jones": a credential that belongs to the name before begins no other.
    let behind = at > 0 && page.is_sign(at - 1, ',') && marks.kind_at(at.saturating_sub(2)) == Some(Kind::Name);
    (taken && !behind).then(|| (at + 1, run::right(page, marks, at + 1, at + 2)))
}

/// "Warm regards,", "Sincerely,": the name on the next line.
fn closing(page: &Page<'_>, marks: &Marks, at: usize) -> Option<(usize, usize)> {
    if !page.is_sign(at + 1, ',') {
        return None;
    }
    let closes = matches!(
        page.small(at).bytes(),
        b"sincerely"
            | b"regards"
            | b"respectfully"
            | b"thanks"
            | b"truly"
            | b"love"
            | b"best"
            | b"cheers"
            | b"warmly"
            | b"cordially"
            | b"you"
            | b"faithfully"
            | b"wishes"
    );
    let next = page.get(at + 2)?;
    if !closes || !next.is_word() || next.len() < 2 || !marks.is_free(at + 2) || next.flags.is(Class::Title) {
        return None;
    }
    let like = likeness(page, marks, at + 2);
    // "thanks, brandy" at the end of a paragraph.
    let ends = page.get(at + 3).is_none_or(|t| t.gap >= Gap::Line);
    if next.gap < Gap::Line && page.word(at) != "Love" {
        let thanks =
            matches!(page.small(at).bytes(), b"thanks" | b"love" | b"cheers" | b"regards" | b"sincerely" | b"best");
        return (thanks && ends && next.flags.given() > 0 && like >= Likeness::WordName).then_some((at + 2, at + 3));
    }
    let capital = matches!(next.form, Form::Title | Form::Camel) || page.casing_at(at + 2) != Casing::Usual;
    let enough = if page.casing_at(at + 2) == Casing::Usual {
        like >= Likeness::WordName
    } else {
        like >= Likeness::Unknown || next.flags.given() >= 2
    };
    (capital && enough).then(|| (at + 2, run::right(page, marks, at + 2, at + 3)))
}

/// "Dr. Long", "mr. o'brien", "Sister Mary": what follows a title is a name, also when it is a word.
fn title(page: &Page<'_>, marks: &Marks, at: usize) -> Option<(usize, usize)> {
    let token = page.get(at)?;
    // "17 Fr Foley" is a size, not a priest.
    if page.before(at).is_some_and(|t| t.form == Form::Number && token.gap <= Gap::Space) {
        return None;
    }
    let mut first = at + 1;
    let stopped = page.is_sign(first, '.') && page.get(first)?.gap == Gap::None;
    if stopped {
        first += 1;
    }
    // "Dr. and Mrs. Smith", "Mr. & Mrs. Jones": the second title is looked at on its own.
    let next = page.get(first)?;
    if next.gap >= Gap::Wide && (next.gap != Gap::Line)
        || !next.is_word()
        || marks.kind_at(first).is_some_and(|k| k != Kind::Name)
    {
        return None;
    }
    let like = likeness(page, marks, first);
    let usual = page.casing_at(at) == Casing::Usual;
    let sure = is_sure_title(page.word(at), stopped);
    let capital = next.is_capital() || next.form == Form::Camel;
    if page.is_initial(first) {
        // "Dr. J. Smith", "Dr. S": an initial and what follows.
        let end = run::right(page, marks, first, first);
        return (sure && end > first).then_some((first, end));
    }
    let taken = if usual {
        if capital {
            sure && (like >= Likeness::Word || next.flags.surname() > 0)
                || like >= Likeness::WordName && !(token.form == Form::Lower && token.flags.is(Class::Does))
        } else {
            let known = next.flags.surname() >= 2 || next.flags.given() >= 2;
            sure && stopped && like >= Likeness::WordName
                || sure
                    && (like >= Likeness::Unknown
                        || like == Likeness::WordName
                            && known
                            && !next.flags.is_any(Class::Says.bit() | Class::Does.bit()))
        }
    } else if sure {
        like >= Likeness::WordName
            || like == Likeness::Word
                && stopped
                && !next.flags.is_medical()
                && !next.flags.is_any(Class::Says.bit() | Class::Does.bit())
    } else {
        like >= Likeness::Unknown
    };
    if sure
        && !taken
        && let Some(found) = super::homonyms::find(page, marks, at, first, true)
    {
        return Some(found);
    }
    // "Dr. Stands-in-Timber": words joined by hyphens.
    if sure && page.get(first + 1).is_some_and(|t| t.is_dash() && t.gap == Gap::None) && (capital || !usual) {
        let mut end = first + 1;
        while page.get(end).is_some_and(|t| t.is_dash() && t.gap == Gap::None)
            && page.get(end + 1).is_some_and(|t| t.is_word() && t.gap == Gap::None)
        {
            end += 2;
        }
        if end > first + 3 || !taken && end > first + 1 {
            return Some((first, end));
        }
    }
    if !taken && next.flags.is(Class::Particle) {
        let end = run::right(page, marks, first, first);
        return (end > first + 1).then_some((first, end));
    }
    // "dr cheryl collins" in ordinary writing.
    if usual
        && sure
        && next.form == Form::Lower
        && let Some(found) = small(page, marks, first)
    {
        return Some(found);
    }
    taken.then(|| (first, run::right(page, marks, first, first + 1)))
}

/// Titles that are hardly anything else. "ms" is also a disease and a drug: it needs its capital M alone or a stop.
fn is_sure_title(word: &str, stopped: bool) -> bool {
    match word {
        "Ms" | "Dr" | "Mr" | "Mrs" | "Mx" | "Miss" | "Prof" | "Professor" | "Doctor" => true,
        _ => match word.to_ascii_lowercase().as_str() {
            "dr" | "mr" | "mrs" | "mx" | "prof" | "drs" | "doctor" | "professor" | "reverend" | "rabbi" | "sra"
            | "srta" | "mme" => true,
            "ms" | "rev" | "sgt" | "lt" | "capt" | "cpl" | "col" | "fr" | "sr" | "hon" | "maj" | "gen" | "pvt" => {
                stopped
            }
            _ => false,
        },
    }
}

/// "his wife Mary", "daughter, Ana Ruiz,", "brother (Tom)", "attending physician, John Park", "nurse Kelly", "patient
/// Anna S.", "mother - Rosa".
fn beside(page: &Page<'_>, marks: &Marks, at: usize) -> Option<(usize, usize)> {
    let token = page.get(at)?;
    let person = token.flags.is(Class::Person) && !token.flags.is_any(Class::Relative.bit() | Class::Role.bit());
    let mut first = at + 1;
    let mut sign = false;
    if page.get(first).is_some_and(|t| {
        t.form == Form::Sign
            && matches!(char::from_u32(t.key as u32), Some(',' | '(' | '"' | '\u{201c}' | '-' | '\u{2013}' | ':'))
    }) {
        let dash = page.get(first)?.is_dash();
        if dash && page.get(first)?.gap == Gap::None {
            return None;
        }
        sign = true;
        first += 1;
    }
    let next = page.get(first)?;
    if next.gap >= Gap::Wide && next.gap != Gap::Line
        || !next.is_word()
        || !marks.is_free(first)
        || is_eponym_here(page, first)
        || next.flags.is(Class::Title) && next.flags.given() < 2
    {
        return None;
    }
    if run::is_label(page, first) {
        return None;
    }
    if page.casing_at(first) == Casing::Usual && next.form == Form::Lower && !sign {
        // "my wife merit says": one small word, and what only people do.
        let speaks = token.flags.is(Class::Relative)
            && page.get(first + 1).is_some_and(|t| t.flags.is(Class::Says) && t.gap == Gap::Space);
        let named = next.flags.given() > 0 || likeness(page, marks, first) == Likeness::Unknown;
        if speaks
            && named
            && !next.flags.is_any(Class::Function.bit() | Class::Says.bit() | Class::Does.bit() | Class::Relative.bit())
        {
            return Some((first, first + 1));
        }
        return small(page, marks, first);
    }
    if next.gap == Gap::Line
        && (sign
            || page.opens_sentence(first)
                && page.line(at).is_some_and(|l| page.tokens[at].end - page.tokens[l.first].start < 40))
    {
        return None;
    }
    if token.flags.is(Class::Relative)
        && !sign
        && let Some(found) = super::homonyms::find(page, marks, at, first, false)
    {
        return Some(found);
    }
    let like = likeness(page, marks, first);
    let end = run::right(page, marks, first, first + 1);
    let several = end > first + 1;
    let taken = if page.casing_at(first) == Casing::Usual {
        let capital = matches!(next.form, Form::Title | Form::Camel);
        let role = token.flags.is(Class::Role) && page.is_sign(at + 1, ':');
        let quoted = page.is_sign(at + 1, '"') || page.is_sign(at + 1, '\u{201c}');
        let word = next.flags.given() >= 2 || several || role && next.flags.surname() >= 2 || quoted;
        // "aunt Big Mama Clytie", "sister Tamarind Vanterpool", "Sister Clemency tested": a word in no list of names.
        let relative = token.flags.is(Class::Relative)
            && !sign
            && like == Likeness::Word
            && !next.flags.is_medical()
            && !next.flags.is_any(
                Class::Heading.bit()
                    | Class::NoName.bit()
                    | Class::Title.bit()
                    | Class::Role.bit()
                    | Class::Person.bit()
                    | Class::Relative.bit(),
            );
        let second = page.get(first + 1).is_some_and(|t| {
            t.form == Form::Title && t.gap == Gap::Space && t.flags.word() == 0 && !t.flags.is_medical()
        });
        let acts = next.flags.word() < 3
            && page
                .get(first + 1)
                .is_some_and(|t| t.form == Form::Lower && !t.flags.is(Class::Function) && t.gap == Gap::Space);
        if capital && relative && (second || acts) {
            return Some((first, if second { run::right(page, marks, first, first + 2) } else { first + 1 }));
        }
        capital
            && if sign {
                like >= Likeness::Unknown || like == Likeness::WordName && word
            } else {
                like >= Likeness::WordName
            }
    } else {
        let given = next.flags.given();
        match like {
            Likeness::Sure | Likeness::Listed => true,
            Likeness::Unknown => !sign || several,
            Likeness::WordName
                if token.flags.is(Class::Role)
                    && !next.flags.is_medical()
                    && !next.flags.is(Class::Anatomy)
                    && (next.flags.surname() == 3 || next.flags.surname() >= 2 && next.flags.word() < 3)
                    && run::closes(page, end) =>
            {
                true
            }
            Likeness::WordName => !person && given >= 2 && (several || run::closes(page, first + 1)),
            _ => false,
        }
    };
    taken.then_some((first, end))
}

/// "a man named Long", "she is called Hope", "goes by Liz", "name is Grace Hand".
fn naming(page: &Page<'_>, marks: &Marks, at: usize) -> Option<(usize, usize)> {
    let mut first = at + 1;
    // "hi Dr. Lee, this is yusuf silver"
    if page.word(at).eq_ignore_ascii_case("this") && !page.word(at + 1).eq_ignore_ascii_case("is") {
        return None;
    }
    if page.word(at).eq_ignore_ascii_case("initials") {
        if page.is_sign(first, ':') {
            first += 1;
        }
        let letters = page.get(first)?;
        let fits = letters.is_word()
            && letters.len() <= 4
            && letters.gap <= Gap::Space
            && (letters.form != Form::Lower || page.casing_at(first) == Casing::Lower);
        return (fits && !letters.flags.is(Class::Function)).then_some((first, first + 1));
    }
    // "differs from name in use (Miss Lou)": whatever the words.
    if page.word(at).eq_ignore_ascii_case("name")
        && page.word(first).eq_ignore_ascii_case("in")
        && page.word(first + 1).eq_ignore_ascii_case("use")
        && (page.is_sign(first + 2, '(') || page.is_sign(first + 2, ':'))
    {
        let (first, bracket) = (first + 3, page.is_sign(first + 2, '('));
        let end = (first..first + 5).find(|i| !page.get(*i).is_some_and(|t| t.is_word() && t.gap <= Gap::Space))?;
        let told = end > first && marks.is_free(first) && (!bracket || page.is_sign(end, ')'));
        return told.then_some((first, end));
    }
    for _ in 0..2 {
        if page.get(first).is_some_and(|t| t.is_sign('"') || t.is_sign('\u{201c}') || t.is_sign(':') || t.is_sign('\''))
            || matches!(page.word(first), "is" | "by" | "as" | "IS" | "BY" | "AS")
        {
            first += 1;
        }
    }
    let next = page.get(first)?;
    if next.gap >= Gap::Wide || !next.is_word() || !marks.is_free(first) || is_eponym_here(page, first) {
        return None;
    }
    if page.casing_at(first) == Casing::Usual && next.form == Form::Lower {
        return small(page, marks, first);
    }
    let like = likeness(page, marks, first);
    let end = run::right(page, marks, first, first + 1);
    // "goes by Nana and prefers it": whatever the word.
    let goes_by = page.word(at).eq_ignore_ascii_case("goes") && page.word(at + 1).eq_ignore_ascii_case("by");
    let taken = if page.casing_at(first) == Casing::Usual {
        matches!(next.form, Form::Title | Form::Camel)
            && (like >= Likeness::WordName || goes_by && like == Likeness::Word)
    } else {
        like >= Likeness::Listed
            || like == Likeness::Unknown
            || like == Likeness::WordName && next.flags.given() >= 2 && (next.flags.word() < 3 || end > first + 1)
    };
    taken.then_some((first, end))
}

/// "by John Smith", "Dear Mary", "cc: Tom Hill", "seen by Kelly". Words as names need two parts.
fn towards(page: &Page<'_>, marks: &Marks, at: usize) -> Option<(usize, usize)> {
    let mut first = at + 1;
    if page.is_sign(first, ':') {
        first += 1;
    }
    let next = page.get(first)?;
    if next.gap >= Gap::Wide && next.gap != Gap::Line
        || !next.is_word()
        || !marks.is_free(first)
        || is_eponym_here(page, first)
    {
        return None;
    }
    if next.flags.is(Class::Title) && (next.flags.given() < 2 || page.is_sign(first + 1, '.')) {
        return None;
    }
    let like = likeness(page, marks, first);
    let end = run::right(page, marks, first, first + 1);
    if page.casing_at(first) == Casing::Usual && next.form == Form::Lower {
        return small(page, marks, first);
    }
    let several = (first + 1..end).any(|i| page.get(i).is_some_and(|t| t.is_word()));
    // "Faxed to Fox at 385-390-8666", "call Long at ext 7081".
    let reached = matches!(page.word(end), "at" | "AT")
        && page.get(end + 1).is_some_and(|t| {
            t.form == Form::Number
                || t.is_sign('(')
                || t.is_sign('+')
                || matches!(page.word(end + 1).to_ascii_lowercase().as_str(), "ext" | "extension" | "pager")
        });
    if reached
        && like >= Likeness::WordName
        && (like >= Likeness::Unknown || next.flags.surname().max(next.flags.given()) >= 2)
    {
        return Some((first, end));
    }
    // "RE JANE O WICKLOWE" as a line of its own.
    let line = page.word(at).eq_ignore_ascii_case("re")
        && page.opens_line(at)
        && page.get(end).is_none_or(|t| t.gap >= Gap::Line);
    if line && several && page.casing_at(first) != Casing::Usual && like >= Likeness::Unknown {
        return Some((first, end));
    }
    let taken = if page.casing_at(first) == Casing::Usual {
        let capital = matches!(next.form, Form::Title | Form::Camel);
        let tells = matches!(
            page.small(at).bytes(),
            b"by"
                | b"per"
                | b"see"
                | b"saw"
                | b"called"
                | b"paged"
                | b"bleeped"
                | b"dear"
                | b"hi"
                | b"hello"
                | b"cc"
                | b"attn"
                | b"attention"
                | b"thank"
                | b"thanks"
                | b"dictated"
                | b"signed"
                | b"transcribed"
                | b"authored"
        );
        capital
            && (like >= Likeness::Unknown
                || like == Likeness::WordName
                    && (several || tells && next.flags.given().max(next.flags.surname()) >= 2))
    } else {
        let by = page.word(at).eq_ignore_ascii_case("by");
        like >= Likeness::Listed && next.flags.word() == 0
            || by
                && (like == Likeness::Unknown && next.len() > 3
                    || like == Likeness::WordName && next.flags.surname() >= 2 && next.flags.word() == 0)
            || several && like >= Likeness::WordName && next.flags.given() >= 2
    };
    taken.then_some((first, end))
}
