//! What does not belong to a run of words before a head: what opens the sentence or joins the name to another.

use super::words::{AND, OF, THE, is_generic, is_key, is_namelike, is_part, is_verbal, key};
use crate::read::{Form, Gap, Page};
use crate::words::{Class, Known};

/// Without what only opens the sentence, or joins the name to what stands before it.
pub(super) fn trimmed(page: &Page<'_>, first: usize, head: usize, usual: bool) -> usize {
    let mut first = first;
    while first < head {
        let Some(token) = page.get(first) else { break };
        let f = token.flags;
        // "Live Oak VA"
        if page.phrase(first).is_some_and(|(end, known)| {
            end > first + 1 && end <= head && matches!(known, Known::City(_) | Known::County)
        }) {
            break;
        }
        let loose = match token.form {
            Form::Sign | Form::Possessive => true,
            Form::Mixed | Form::Number => false,
            _ if token.key == AND || token.key == OF || token.key == THE => true,
            Form::Lower if usual => !f.is(Class::Particle),
            _ if usual => {
                let plain = (f.is_any(
                    Class::Says.bit()
                        | Class::Does.bit()
                        | Class::Towards.bit()
                        | Class::Role.bit()
                        | Class::Credential.bit(),
                ) || !page.capital_tells(first)
                    && f.is_any(
                        Class::Person.bit() | Class::Employed.bit() | Class::Residing.bit() | Class::Relation.bit(),
                    ))
                    && f.surname() < 3
                    && !is_part(f);
                plain && !is_lady(page, first) || is_opener(page, first) || is_label(page, first)
            }
            _ => f.is(Class::Heading) && !is_generic(f) || is_opener(page, first),
        };
        // "Cardiology and Mercy Hospital"
        let joined = is_generic(f)
            && token.is_word()
            && !f.is(Class::FacilityPart)
            && page.get(first + 1).is_some_and(|t| t.key == AND && t.is_word() || t.is_sign('&'))
            && page.get(first + 2).is_some_and(is_namelike);
        // "M.D. Mercy Hospital"
        let letters = token.form == Form::Initial
            && page.is_sign(first + 1, '.')
            && page.get(first + 2).is_some_and(|t| t.form == Form::Initial && t.gap == Gap::None);
        if letters {
            first += 3;
            continue;
        }
        let dashed = page.get(first + 1).is_some_and(|t| t.is_dash() && t.gap == Gap::None) && token.is_word();
        if !loose && !joined || dashed || is_lady(page, first) {
            break;
        }
        first += 1;
    }
    first
}

/// "Provider's Name Ada Towers", "Site Palmetto Hospital", "Adm Palmetto Hospital": a label without its colon, or a word
/// of coming and going.
fn is_label(page: &Page<'_>, at: usize) -> bool {
    const LABELS: [u64; 3] = [key("site"), key("school"), key("facility")];
    const GOES: [u64; 5] = [key("adm"), key("admit"), key("fu"), key("dc"), key("runs")];
    let Some(token) = page.get(at) else { return false };
    let word = page.get(at + 1).is_some_and(|t| t.is_word() && t.gap == Gap::Space && !is_generic(t.flags));
    let cell = token.gap >= Gap::Wide || at == 0;
    word && (token.key == key("name")
        || cell && LABELS.contains(&token.key)
        || page.opens_sentence(at) && GOES.contains(&token.key))
}

/// A verb or other plain word that only begins the sentence: "Call Visalia General Hospital".
pub(super) fn is_opener(page: &Page<'_>, at: usize) -> bool {
    let Some(token) = page.get(at) else { return false };
    let f = token.flags;
    page.opens_sentence(at)
        && page.get(at + 1).is_some_and(|t| t.is_word())
        && !is_part(f)
        && !is_generic(f)
        && f.city() == 0
        && !f.is_any(Class::CityFirst.bit() | Class::Direction.bit())
        && f.surname() < 3
        && f.word() >= 2
        && (is_verbal(page.word(at))
            || token.key == key("call")
            || !page.opens_line(at) && page.before(at).is_some_and(|t| t.is_sign('.')))
}

/// "Our Lady" of a hospital's name.
pub(super) fn is_lady(page: &Page<'_>, at: usize) -> bool {
    is_key(page, at, LADY) && is_key(page, at + 1, OF) || is_key(page, at, OUR) && is_key(page, at + 1, LADY)
}

pub(super) const LADY: u64 = key("lady");

pub(super) const OUR: u64 = key("our");
