//! Initials that sign: "… in two weeks. JLD", "BSK/dv", "JS:mt".

use super::stamped;
use crate::find::marks::Marks;
use crate::kind::{Kind, Reason};
use crate::read::{Casing, Form, Gap, Page};
use crate::words::Class;

/// Marks initials at `at`, if they sign there. Gives the token to go on from.
pub(super) fn find(page: &Page<'_>, marks: &mut Marks, at: usize) -> Option<usize> {
    let token = page.get(at)?;
    if let Some(end) = electronic(page, at) {
        marks.add(page, at, end, Kind::Name, Reason::Context);
        return Some(end);
    }
    if (2..=4).contains(&token.len())
        && marks.is_free(at)
        && token.is_word()
        && page.word(at).chars().count() <= 3
        && (transcribed(page, at) || behind_date(page, marks, at))
    {
        marks.add(page, at, at + 1, Kind::Name, Reason::Context);
        return Some(at + 1);
    }
    if !(2..=3).contains(&token.len()) || !marks.is_free(at) || !token.is_word() {
        return None;
    }
    let capitals = token.form == Form::Upper
        && (nobody_knows(page, at)
            || placed(page, marks, at)
            || alone(page, at)
            || told(page, at)
            || framed(page, at)
            || dates_a_line(page, marks, at, at + 1)
            || ends_an_entry(page, marks, at)
            || beside_credential(page, at)
            || charting(page, at));
    if token.form == Form::Upper
        && !capitals
        && let Some(end) = stamped::find(page, marks, at)
    {
        return Some(end);
    }
    let closing = last_line(page, at)
        && (token.form == Form::Upper || page.casing == Casing::Lower && page.get(at + 1).is_none());
    let end = match typist(page, at) {
        Some(end) => end,
        None if capitals || closing || behind_stroke(page, marks, at) => at + 1,
        None => return None,
    };
    marks.add(page, at, end, Kind::Name, Reason::Context);
    Some(end)
}

/// A sentence of its own of two or three capitals in no list, behind a full stop and before a line end or sentence.
fn alone(page: &Page<'_>, at: usize) -> bool {
    let token = &page.tokens[at];
    page.casing_at(at) == Casing::Usual
        && !is_known(page, at)
        && token.gap == Gap::Space
        && page.before(at).is_some_and(|t| t.is_sign('.') && t.gap == Gap::None)
        && page.get(at + 1).is_none_or(|t| {
            t.gap >= Gap::Line || t.form == Form::Title && t.gap <= Gap::Space || t.is_sign('<') || t.is_sign('"')
        })
}

/// "Transcribed: 12/24/13 st": the last word of such a line.
fn transcribed(page: &Page<'_>, at: usize) -> bool {
    let Some(line) = page.line(at) else { return false };
    let ends = at + 1 >= line.end
        || page.is_sign(at + 1, '/') && at + 3 >= line.end
        || at + 2 >= line.end && page.get(at + 1).is_some_and(|t| t.form == Form::Sign)
        || page.is_sign(at + 1, '<')
        || page.is_sign(at + 1, '"');
    if !ends {
        return false;
    }
    let typed = (line.first..at).rev().take(12).any(|i| {
        page.is_sign(i + 1, ':') && matches!(page.small(i).bytes(), b"transcribed" | b"typed" | b"transcriptionist")
    });
    let behind = |i: usize| page.before(i).is_some_and(|t| matches!(t.form, Form::Number | Form::Mixed));
    typed && (behind(at) || at > 2 && page.is_sign(at - 1, '/') && behind(at - 2))
}

/// "Merriweather 05/17/2021 WB": letters behind a date at the end of a line that begins with a name.
fn behind_date(page: &Page<'_>, marks: &Marks, at: usize) -> bool {
    let Some(line) = page.line(at) else { return false };
    at + 1 >= line.end
        && page.tokens[at].form == Form::Upper
        && at > line.first
        && marks.kind_at(at - 1) == Some(Kind::Date)
        && marks.kind_at(line.first) == Some(Kind::Name)
}

/// Capitals where only somebody's initials stand: behind a date or time at the end of an entry ("17 May 2017 CP;"),
/// behind "signed", "handoff to", "case of", under "Thanks,".
fn placed(page: &Page<'_>, marks: &Marks, at: usize) -> bool {
    let token = &page.tokens[at];
    let flags = token.flags;
    if flags.is_any(
        Class::Agent.bit() | Class::Credential.bit() | Class::Function.bit() | Class::Role.bit() | Class::Person.bit(),
    ) || page.casing_at(at) != Casing::Usual
    {
        return false;
    }
    let next = page.get(at + 1);
    let ends = next
        .is_none_or(|t| t.gap >= Gap::Line || t.is_sign(';') && t.gap == Gap::None || t.is_sign('"') || t.is_sign('<'));
    let word = |back: usize| page.small(at.checked_sub(back).unwrap_or(usize::MAX));
    let (one, two) = (word(1), word(2));
    let timed = at > 0
        && token.gap == Gap::Space
        && (marks.kind_at(at - 1) == Some(Kind::Date)
            || page.tokens[at - 1].flags.is(Class::Clock)
            || page.tokens[at - 1].form == Form::Number && at > 1 && page.is_sign(at - 2, ':'));
    if timed && (ends || next.is_some_and(|t| t.is_sign(':') && t.gap == Gap::None)) && !flags.is(Class::Unit) {
        return true;
    }
    let stop = ends || next.is_some_and(|t| t.gap == Gap::None && (t.is_sign('.') || t.is_sign(',') || t.is_sign(';')));
    let dated = next.is_some_and(|t| t.gap == Gap::Space) && marks.kind_at(at + 1) == Some(Kind::Date);
    let handed = one.is(&["to"]) && two.is(&["handoff", "report", "signout", "out", "endorsed", "over"]);
    let by = one.is(&["by"])
        && two.is(&["dictated", "typed", "entered", "verified", "signed", "transcribed", "reviewed", "logged"])
        || page.is_sign(at.wrapping_sub(1), ':') && two.is(&["by"]);
    let case = two.is(&["case"]) && (one.is(&["of"]) || page.is_sign(at.wrapping_sub(1), ':'));
    let thanked = page.is_sign(at.wrapping_sub(1), ',')
        && token.gap >= Gap::Line
        && two.is(&["thanks", "best", "regards", "sincerely", "cheers"]);
    (stop || dated) && (handed || by || case || one.is(&["signed"])) || thanked && ends
}

/// Two or three capitals that no list knows, apart from numbers and signs: somebody's initials.
fn nobody_knows(page: &Page<'_>, at: usize) -> bool {
    let token = &page.tokens[at];
    let tied = |t: Option<&crate::read::Token>, gap: Gap| {
        t.is_some_and(|t| {
            gap == Gap::None
                && !(t.is_sign('.')
                    || t.is_sign(',')
                    || t.is_sign(';')
                    || t.is_sign(')')
                    || t.is_sign('(')
                    || t.is_sign('"')
                    || t.is_sign(':')
                    || t.form == Form::Possessive)
        })
    };
    let next = page.get(at + 1);
    token.flags.is_unknown()
        && page.casing_at(at) == Casing::Usual
        && !tied(page.before(at), token.gap)
        && !tied(next, next.map_or(Gap::Blank, |t| t.gap))
        // "VQ 0.8", "KUB 3": what a number follows is measured, unless it is a date or a time.
        && !next.is_some_and(|t| t.gap == Gap::Space && t.form == Form::Number && t.len() < 4 && !page.get(at + 2).is_some_and(|s| s.is_sign(':') || s.is_sign('/') || s.is_dash()))
        && !next.is_some_and(|t| t.is_sign(':') && t.gap == Gap::None)
}

/// "Dr. Zhou / dk" at the end of a line: who typed for whom.
fn behind_stroke(page: &Page<'_>, marks: &Marks, at: usize) -> bool {
    at >= 2
        && page.is_sign(at - 1, '/')
        && (marks.kind_at(at - 2) == Some(Kind::Name)
            || marks.kind_at(at - 2) == Some(Kind::Date) && page.tokens[at].gap == Gap::Space
            || page.tokens[at - 2].flags.is(Class::Credential))
        && page.get(at + 1).is_none_or(|t| {
            t.gap >= Gap::Wide
                || t.form == Form::Sign && t.gap > Gap::None
                || t.is_sign('<')
                || t.is_sign('"')
                || t.form == Form::Title
        })
}

/// "- jld" as the whole last line of a paragraph or note.
fn last_line(page: &Page<'_>, at: usize) -> bool {
    at > 0
        && page.tokens[at - 1].is_dash()
        && page.opens_line(at - 1)
        && page.tokens[at - 1].gap == Gap::Blank
        && page.get(at + 1).is_none_or(|t| t.gap >= Gap::Blank || t.is_sign('"') || t.is_sign('<'))
        && !page.tokens[at].flags.is(Class::Unit)
}

/// "ML RN at bedside".
fn beside_credential(page: &Page<'_>, at: usize) -> bool {
    let next = matches!(page.word(at + 1), "RN" | "LPN" | "CNA" | "MD" | "NP" | "RRT" | "RT")
        && page.get(at + 1).is_some_and(|t| t.gap == Gap::Space);
    next && page.opens_sentence(at)
        && !page.tokens[at].flags.is_any(Class::Credential.bit() | Class::Unit.bit() | Class::Function.bit())
}

/// "IJK 2nd check", "DLS resting comfortably": letters in no list that begin a line, and what was done.
fn charting(page: &Page<'_>, at: usize) -> bool {
    page.tokens[at].flags.is_unknown()
        && page.casing_at(at) == Casing::Usual
        && page.opens_sentence(at)
        && page.get(at + 1).is_some_and(|t| {
            t.gap == Gap::Space
                && (t.form == Form::Lower && (page.word(at + 1).ends_with("ing") || t.flags.is(Class::Says))
                    || t.form == Form::Mixed && page.word(at + 1).ends_with(['d', 't', 'h']))
        })
}

/// "(RB)" behind "by me", "-- GS --".
fn framed(page: &Page<'_>, at: usize) -> bool {
    let Some(before) = page.before(at) else { return false };
    let bracket =
        before.is_sign('(') && page.is_sign(at + 1, ')') && at > 1 && page.word(at - 2).eq_ignore_ascii_case("me");
    let dashes = before.is_dash()
        && page.tokens[at].gap == Gap::Space
        && page.get(at + 1).is_some_and(|t| t.is_dash() && t.gap == Gap::Space)
        && (!is_known(page, at) || (at + 2..at + 4).any(|i| page.get(i).is_some_and(|t| t.form == Form::Number)));
    bracket || dashes
}

/// "/es/ RAY HOLLIS": the words up to the end of the line.
fn electronic(page: &Page<'_>, at: usize) -> Option<usize> {
    let slash = at.checked_sub(3)?;
    let signed =
        page.is_sign(slash, '/') && page.word(slash + 1).eq_ignore_ascii_case("es") && page.is_sign(slash + 2, '/');
    if !signed || !page.get(at)?.is_word() || page.get(at)?.gap > Gap::Space {
        return None;
    }
    let mut end = at;
    while page.get(end).is_some_and(|t| {
        (end == at || t.gap <= Gap::Space)
            && (t.is_word() || t.is_sign('.') || t.is_dash() || t.is_sign('(') || t.is_sign(')') || t.is_sign('"'))
            && !t.flags.is(Class::Credential)
    }) && end < at + 8
    {
        end += 1;
    }
    (end > at).then_some(end)
}

/// "seen with KAP;", "signed by JLD": a deed, a preposition, and letters in no list.
fn told(page: &Page<'_>, at: usize) -> bool {
    let Some(deed) = at.checked_sub(2).and_then(|i| page.get(i)) else { return false };
    let agent = page.tokens[at].flags.is(Class::Agent)
        || page.tokens[at].flags.is_any(
            Class::Credential.bit()
                | Class::Role.bit()
                | Class::Person.bit()
                | Class::Unit.bit()
                | Class::Function.bit(),
        );
    let ends = page.get(at + 1).is_none_or(|t| t.form == Form::Sign || t.gap >= Gap::Line);
    // "5 per HPF" is a count.
    let counted = deed.form == Form::Number || deed.form == Form::Mixed;
    if !agent
        && !counted
        && ends
        && page.casing_at(at) == Casing::Usual
        && page.tokens[at].gap == Gap::Space
        && matches!(page.small(at - 1).bytes(), b"by" | b"per")
    {
        return true;
    }
    (page.word(at - 1).eq_ignore_ascii_case("by")
        || page.word(at - 1).eq_ignore_ascii_case("with") && deed.flags.is(Class::Towards))
        && page.casing_at(at) == Casing::Usual
        && page.tokens[at].gap == Gap::Space
        && page.get(at + 1).is_none_or(|t| t.form == Form::Sign || t.gap >= Gap::Line)
        && !is_known(page, at)
}

/// "BSK/dv", "JS:mt", "abc/xyz": who spoke and who typed, alone on a line or behind a wide gap.
fn typist(page: &Page<'_>, at: usize) -> Option<usize> {
    let sign = page.get(at + 1)?;
    let second = page.get(at + 2)?;
    let signs = (sign.is_sign('/') || sign.is_sign(':')) && sign.gap == Gap::None && second.gap == Gap::None;
    let first = &page.tokens[at];
    // "D: 03/05/2020 BSK/dv": capitals who spoke, small letters who typed.
    let written = first.form == Form::Upper && second.form == Form::Lower && (2..=3).contains(&second.len());
    let dated = page.before(at).is_some_and(|t| matches!(t.form, Form::Number | Form::Mixed) || t.is_sign('.'));
    if signs
        && written
        && second.is_word()
        && first.gap != Gap::None
        && (dated || page.opens_line(at) || first.gap == Gap::Wide)
        && page.get(at + 3).is_none_or(|t| t.gap > Gap::None)
    {
        return Some(at + 3);
    }
    let fits = signs
        && second.is_word()
        && (2..=4).contains(&second.len())
        && (first.form == Form::Upper || first.form == Form::Lower)
        && (page.opens_line(at) || first.gap == Gap::Wide)
        && page.get(at + 3).is_none_or(|t| t.gap >= Gap::Wide)
        && !is_known(page, at)
        && !is_known(page, at + 2);
    fits.then_some(at + 3)
}

/// A word or abbreviation that is something else.
fn is_known(page: &Page<'_>, at: usize) -> bool {
    page.get(at).is_none_or(|t| {
        let f = t.flags;
        f.is_medical()
            || f.is_any(Class::Unit.bit() | Class::Heading.bit() | Class::Credential.bit() | Class::Function.bit())
            || f.is_state()
            || f.is_country()
            || f.word() >= 2
            || f.is_facility()
    })
}

/// "GM, 8-19", "KT, March 14th": a line of initials and a day.
pub(super) fn dates_a_line(page: &Page<'_>, marks: &Marks, at: usize, end: usize) -> bool {
    let Some(line) = page.line(at) else { return false };
    let day = end + 1;
    line.first == at
        && page.is_sign(end, ',')
        && day < line.end
        && (day..line.end).all(|i| marks.kind_at(i) == Some(Kind::Date))
}

/// "03/04/2019 09:15 Voided 300 ml. KT": the last of a line that begins with a day and a time.
fn ends_an_entry(page: &Page<'_>, marks: &Marks, at: usize) -> bool {
    let Some(line) = page.line(at) else { return false };
    let token = &page.tokens[at];
    let flags = token.flags;
    let other = Class::Unit.bit() | Class::Clock.bit() | Class::Function.bit() | Class::Agent.bit();
    at + 1 == line.end
        && at > line.first + 3
        && token.gap == Gap::Space
        && page.is_sign(at - 1, '.')
        && !flags.is_any(other)
        && marks.kind_at(line.first) == Some(Kind::Date)
}
