//! A city before its state: "Springfield, IL", "Hamden, TX 43017", "Boston, Massachusetts".

use super::address::{state, zip};
use super::cities::{LEADS, NEVER};
use super::words::{OF, ST, follows, is_capital, is_generic, is_led_by, is_namelike, is_rare, is_usual, is_verbal};
use crate::find::marks::Marks;
use crate::kind::{Kind, Reason};
use crate::read::{Form, Gap, Page};
use crate::words::{Class, Known};

/// "Springfield, IL", "Hamden, TX 43017", "Boston, Massachusetts": the words before the state are a city.
pub(super) fn before_state(page: &Page<'_>, marks: &mut Marks, at: usize) -> Option<usize> {
    let token = page.get(at)?;
    let usual = is_usual(page, at);
    let letters = token.len() == 2;
    if usual && (if letters { token.form != Form::Upper } else { !is_capital(token) }) || !marks.is_free(at) {
        return None;
    }
    let behind = state(page, at)?;
    let after = behind + usize::from(page.is_sign(behind, ',') || page.is_sign(behind, '.'));
    let zip = zip(page, after).filter(|_| page.get(after).is_some_and(|t| t.gap <= Gap::Line) && marks.is_free(after));
    let comma = page.before(at).is_some_and(|t| t.is_sign(','));
    if !comma && zip.is_none() || token.gap > Gap::Line {
        return None;
    }
    let last = at - usize::from(comma);
    let mut first = last;
    while first > 0 && last - first < 6 {
        let i = first - 1;
        let Some(t) = page.get(i) else { break };
        if !page.get(first).is_some_and(|n| follows(n) || first == last) || !marks.is_free(i) {
            break;
        }
        if first < last && page.get(first).is_some_and(|n| n.gap == Gap::Line) {
            break;
        }
        let f = t.flags;
        let fine = match t.form {
            Form::Sign => {
                (t.is_sign('.')
                    && page.before(i).is_some_and(|b| b.key == ST || b.len() <= 2 && b.is_word())
                    && first < last)
                    || (t.is_dash() && t.gap == Gap::None && first < last)
            }
            Form::Possessive => first < last,
            Form::Number | Form::Mixed => false,
            _ if usual => {
                (is_capital(t) && !f.is_any(NEVER) || t.key == ST)
                    || (f.is(Class::Particle) && first < last && !f.is(Class::Function))
            }
            _ => {
                !f.is_any(
                    NEVER
                        | Class::Says.bit()
                        | Class::Does.bit()
                        | Class::Residing.bit()
                        | Class::Towards.bit()
                        | Class::Unit.bit(),
                ) && (first == last
                    || is_namelike(t)
                    || f.is_any(Class::CityFirst.bit() | Class::Direction.bit())
                    || f.word() < 2)
                    && !(f.word() >= 2 && is_verbal(page.word(i)))
            }
        };
        if !fine {
            break;
        }
        first = i;
    }
    while first < last
        && page.get(first).is_some_and(|t| {
            t.form == Form::Sign
                || t.form == Form::Possessive
                || usual && page.opens_sentence(first) && is_verbal(page.word(first)) && t.flags.word() >= 2
        })
    {
        first += 1;
    }
    // A listed city decides how many words it has ("Truth or Consequences").
    let listed = (last.saturating_sub(5)..last)
        .find(|i| matches!(page.phrase(*i), Some((end, Known::City(_) | Known::County)) if end == last));
    if let Some(i) = listed {
        if !usual || i < first || page.get(first).is_some_and(|t| !is_namelike(t)) {
            first = i;
        }
    } else if !usual && last - first > 2 {
        first = last - 2;
    }
    if first == last {
        // "MA 02139" alone.
        if let Some(end) = zip
            && letters
            && usual
            && !token.flags.is(Class::Credential)
        {
            marks.add(page, after, end, Kind::Zip, Reason::Pattern);
        }
        return None;
    }
    let one = page.get(last - 1)?;
    let city = listed.is_some() || one.flags.city() > 0;
    let led = is_led_by(page, first, &LEADS)
        || is_led_by(page, first, &[OF])
        || page.opens_line(first)
        || page.before(first).is_some_and(|t| t.is_sign(':') || t.is_sign('>') || t.is_sign('('));
    let wordy = (first..last).all(|i| {
        page.get(i).is_some_and(|t| {
            t.form == Form::Sign
                || is_generic(t.flags)
                || t.flags.is_any(Class::Heading.bit() | Class::Credential.bit())
        })
    });
    let doubtful =
        token.flags.is(Class::Credential) || token.flags.word() > 0 || token.flags.is_medical() || !usual && letters;
    let fine = zip.is_some() && (city || !wordy)
        || if letters {
            (!wordy
                || usual
                    && comma
                    && last - first == 2
                    && page.capital_tells(first)
                    && one.flags.is(Class::FacilityHead)
                    && !doubtful)
                && (if doubtful {
                    city && (led || one.flags.surname() < 2 || listed.is_some_and(|i| last - i > 1))
                        || led && is_namelike(one)
                } else {
                    usual && (is_namelike(one) || one.flags.is(Class::CityLast) || led) || city
                })
        } else {
            !wordy
                && (city && (one.flags.surname() < 2 || led || token.flags.given() < 1 || last - first > 1)
                    || led && is_namelike(one)
                    || token.flags.given() < 2 && is_rare(one))
        };
    if !fine {
        return None;
    }
    marks.add(page, first, last, Kind::City, Reason::Pattern);
    if let Some(end) = zip {
        marks.add(page, after, end, Kind::Zip, Reason::Pattern);
        return Some(end);
    }
    Some(behind)
}
