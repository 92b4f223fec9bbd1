//! Counties, parishes, boroughs and townships by their names.

use super::words::{
    OF, STOPS, follows, is_capital, is_generic, is_key, is_namelike, is_odd, is_rare, is_taken, is_usual, key, may_name,
};
use crate::find::marks::Marks;
use crate::kind::{Kind, Reason};
use crate::read::{Form, Gap, Page, Token};
use crate::words::{Class, Known};

const TOWNSHIP: u64 = key("township");

/// `at` is "County", "Parish", "Borough" or "Township": marks the name before it, or behind "of".
pub(super) fn find(page: &Page<'_>, marks: &mut Marks, at: usize) -> Option<usize> {
    let token = page.get(at)?;
    let usual = is_usual(page, at);
    let kind = if token.key == TOWNSHIP { Kind::City } else { Kind::County };
    // "County of Orange"
    if is_key(page, at + 1, OF) {
        let named = page.get(at + 2).filter(|t| t.is_word() && t.gap == Gap::Space)?;
        let fine = if usual { is_capital(named) && is_namelike(named) } else { is_namelike(named) };
        if fine {
            let end = page.phrase(at + 2).map_or(at + 3, |p| p.0);
            marks.add(page, at, end, kind, Reason::Pattern);
            return Some(end);
        }
        return None;
    }
    // "Cook County Road 12" is a street, "county road" no county.
    if usual
        && !is_capital(token)
        && !page.before(at).is_some_and(|t| is_capital(t) && page.capital_tells(at - 1) && is_namelike(t))
    {
        return None;
    }
    // "Lac qui Parle County", "isle of wight county": a name of several words that a list holds whole.
    for first in at.saturating_sub(5)..at.saturating_sub(1) {
        let listed = page
            .get(first)
            .is_some_and(|t| t.is_word() && (!usual || is_capital(t)) && !is_taken(marks, first))
            && matches!(page.phrase(first), Some((end, Known::County | Known::City(_) | Known::Region)) if end == at);
        if listed {
            marks.add(page, first, at + 1, kind, Reason::List);
            return Some(at + 1);
        }
    }
    let mut first = at;
    let mut sure = false;
    while first > 0 && at - first < 6 {
        let i = first - 1;
        let Some(word) = page.get(i) else { break };
        if !page.get(first).is_some_and(follows) || is_taken(marks, i) {
            break;
        }
        let fine = match word.form {
            Form::Sign => {
                (word.is_sign('.') && i > 0 && page.get(i - 1).is_some_and(|t| t.key == super::words::ST))
                    || (word.is_dash() && word.gap == Gap::None && first < at)
            }
            Form::Number | Form::Mixed => false,
            Form::Possessive => true,
            // "Lewis and Clark County", "Isle of Wight County"
            Form::Lower if usual => {
                first < at
                    && i > 0
                    && (word.key == OF
                        || word.key == super::words::AND
                        || word.flags.is(Class::Particle) && !word.flags.is(Class::Function))
                    && page.get(i - 1).is_some_and(|t| {
                        is_capital(t) && t.is_word() && page.capital_tells(i - 1) && !t.flags.is_any(Class::Title.bit())
                    })
            }
            _ => may_name(page, i) && !word.flags.is_any(Class::Heading.bit()),
        };
        if !fine {
            break;
        }
        sure |= word.is_word() && (usual && is_capital(word) && !is_generic(word.flags) || is_namelike(word));
        first = i;
    }
    // Where casing says nothing the list decides how many words there are.
    if !usual {
        let listed = (first..at).find(|i| matches!(page.phrase(*i), Some((end, Known::County)) if end == at));
        first = match listed {
            Some(i) => i,
            None if at > first
                && page
                    .before(at)
                    .is_some_and(|t| is_rare(t) || is_seldom(t) || t.flags.city() > 0 || t.flags.surname() >= 2) =>
            {
                let two = at - first >= 2
                    && page
                        .get(at - 2)
                        .is_some_and(|t| is_rare(t) || t.flags.is_any(Class::CityFirst.bit() | Class::Direction.bit()));
                if two { at - 2 } else { at - 1 }
            }
            None => return None,
        };
        sure = true;
    }
    while first < at
        && page.get(first).is_some_and(|t| {
            t.form == Form::Sign
                || page.opens_sentence(first)
                    && t.flags.word() >= 2
                    && !is_namelike(t)
                    && !(first + 1 == at && is_seldom(t))
        })
    {
        first += 1;
    }
    if first == at || !sure {
        return None;
    }
    marks.add(page, first, at + 1, kind, Reason::Pattern);
    Some(at + 1)
}

/// A word that is seldom met but in a name: "Placer", "Cuyahoga".
fn is_seldom(token: &Token) -> bool {
    let f = token.flags;
    is_odd(token)
        || f.surname() >= 1
            && f.word() <= 2
            && token.len() > 3
            && !f.is_medical()
            && !is_generic(f)
            && !f.is_any(STOPS | Class::Heading.bit())
}
