//! Employers that only the words before them give away: "works at Zeunde", "employed by Fox & Reed".

use super::reach::wraps;
use super::words::{
    AND, AT, FOR, OF, THE, is_capital, is_generic, is_key, is_namelike, is_rare, is_taken, is_usual, key,
};
use crate::find::marks::Marks;
use crate::kind::{Kind, Reason};
use crate::read::{Form, Gap, Page};
use crate::words::Class;

/// Words between the work and who gives it.
const TO: [u64; 6] = [AT, FOR, key("by"), key("from"), key("with"), key("through")];

/// Words behind which no employer's name goes on.
const ENDS: u64 =
    Class::Function.bit() | Class::Says.bit() | Class::Does.bit() | Class::Pronoun.bit() | Class::Relative.bit();

/// `work` is "works", "employed", "job", "retired": marks the name of the employer that follows within the sentence.
pub(super) fn behind_work(page: &Page<'_>, marks: &mut Marks, work: usize) {
    for i in work + 1..work + 8 {
        let Some(token) = page.get(i) else { return };
        if token.gap >= Gap::Blank || token.form == Form::Sign {
            return;
        }
        if !token.is_word() || !TO.contains(&token.key) {
            continue;
        }
        // "drives in from Bend": only who drives for somebody works.
        if is_key(page, work, key("drives")) && token.key != FOR {
            return;
        }
        let mut first = i + 1;
        if is_key(page, first, THE) && is_usual(page, first) {
            first += 1;
        }
        // "retired from driving", "works for money": without a capital only a word in no list is a name.
        if let Some(end) = name(page, marks, first) {
            marks.add(page, first, end, Kind::Employer, Reason::Context);
            return;
        }
    }
}

/// "Lamb & Uttley, P.C.", "Roe, Quill & Tregear, P.A.": partners, where `at` is the "P".
pub(super) fn partners(page: &Page<'_>, marks: &mut Marks, at: usize) -> Option<usize> {
    const SORTS: [u64; 2] = [key("c"), key("a")];
    let glued = |i: usize, sign: char| page.is_sign(i, sign) && page.get(i).is_some_and(|t| t.gap == Gap::None);
    let letters = glued(at + 1, '.')
        && page.get(at + 2).is_some_and(|t| t.gap == Gap::None && SORTS.contains(&t.key))
        && glued(at + 3, '.');
    if !letters || at < 4 {
        return None;
    }
    let name = |i: usize| {
        page.get(i).is_some_and(|t| {
            t.is_word() && t.len() > 2 && t.gap <= Gap::Space && is_capital(t) && !t.flags.is(Class::Function)
        })
    };
    let mut first = at - 1 - usize::from(page.is_sign(at - 1, ','));
    let joint = first - 1;
    if !name(first) || !(page.is_sign(joint, '&') || is_key(page, joint, AND)) || !name(joint - 1) {
        return None;
    }
    first = joint - 1;
    while first >= 2 && page.is_sign(first - 1, ',') && name(first - 2) && page.get(first - 2).is_some_and(is_namelike)
    {
        first -= 2;
    }
    if is_taken(marks, first) {
        return None;
    }
    marks.add(page, first, at + 4, Kind::Employer, Reason::Pattern);
    Some(at + 4)
}

fn name(page: &Page<'_>, marks: &Marks, first: usize) -> Option<usize> {
    let usual = is_usual(page, first);
    let mut i = first;
    let mut sure = false;
    while i < first + 7 {
        let Some(token) = page.get(i) else { break };
        if is_taken(marks, i) || token.gap > Gap::Line || token.gap == Gap::Wide {
            break;
        }
        // "works for Quill Florist\nLeft knee pain": a name that is whole goes on over no line's end.
        let whole = page.before(i).is_some_and(|t| t.is_word() && t.flags.is_any(super::facilities::HEADS));
        if token.gap == Gap::Line && i > first && usual && (whole || !wraps(page, i)) {
            break;
        }
        if token.is_sign('&')
            || (token.is_dash() && token.gap == Gap::None)
            || token.form == Form::Possessive && i > first
        {
            i += 1;
            continue;
        }
        let f = token.flags;
        let next_capital = page.get(i + 1).is_some_and(|t| t.is_word() && is_capital(t) && t.gap <= Gap::Space);
        let fine = if !token.is_word() {
            false
        } else if usual {
            (is_capital(token)
                && !f.is_any(Class::Function.bit() | Class::Month.bit() | Class::Title.bit() | Class::Weekday.bit()))
                || (i > first && (token.key == AND || token.key == OF) && next_capital)
        } else {
            !f.is_any(ENDS)
                && (i > first || is_rare(token) || is_namelike(token) && f.word() < 2)
                && !(f.is_any(Class::Unit.bit() | Class::NumberWord.bit() | Class::Month.bit() | Class::Title.bit()))
                && (is_namelike(token) || f.is_any(super::facilities::HEADS))
        };
        if !fine {
            break;
        }
        if token.is_word() {
            let brief = usual && token.form == Form::Upper && token.len() <= 3 && f.is_medical();
            sure |=
                if usual { !is_generic(f) && !brief && !f.is_country() && !f.is_proper() } else { is_namelike(token) };
        }
        i += 1;
    }
    while i > first
        && page
            .get(i - 1)
            .is_some_and(|t| t.form == Form::Sign || t.form == Form::Possessive || t.key == AND || t.key == OF)
    {
        i -= 1;
    }
    // "works for Dr. Smith": a person.
    let person = page.get(first).is_some_and(|t| t.flags.is(Class::Title))
        || page.get(first).is_some_and(|t| t.form == Form::Initial && i == first + 1);
    (i > first && sure && !person).then_some(i)
}
