//! Names that stand behind their head noun: "University of Reseda", "Café Trinity", "Hospital for Special Surgery".

use super::facilities::HEADS;
use super::reach::{right, with_place, wraps};
use super::words::{
    AT, FOR, OF, STOPS, THE, follows, is_capital, is_generic, is_key, is_led_by, is_namelike, is_part, is_usual, key,
};
use crate::find::marks::Marks;
use crate::kind::{Kind, Reason};
use crate::read::{Form, Gap, Page};
use crate::words::{Class, Known};

/// "University of Reseda", "Hospital of Saint Raphael", "Church of the Redeemer": the name stands behind "of".
pub(super) fn of_place(page: &Page<'_>, marks: &mut Marks, head: usize, heads_end: usize) -> Option<usize> {
    const WITH_OF: [u64; 12] = [
        key("university"),
        key("univ"),
        key("hosp"),
        key("hospital"),
        key("church"),
        key("college"),
        key("institute"),
        key("bank"),
        key("parish"),
        key("academy"),
        key("school"),
        key("vna"),
    ];
    let stop = usize::from(is_abbreviated(page, head));
    if heads_end != head + 1 && !is_key(page, head, key("temple")) && !is_key(page, head, key("cafe"))
        || !page.get(head).is_some_and(|t| WITH_OF.contains(&t.key))
        || !is_key(page, head + 1 + stop, OF)
    {
        return for_purpose(page, marks, head);
    }
    let usual = is_usual(page, head);
    let university =
        is_key(page, head, WITH_OF[0]) || is_key(page, head, WITH_OF[1]) || is_led_by(page, head, &WITH_OF[..2]);
    let mut i = head + 2 + stop;
    // "Hospital of the University of Reseda"
    while is_key(page, i, THE)
        || is_key(page, i, WITH_OF[0]) && is_key(page, i + 1, OF)
        || is_key(page, i, OF) && is_led_by(page, i, &WITH_OF[..1])
    {
        i += 1;
    }
    let begin = i;
    let mut named = false;
    while i < begin + 5 {
        let Some(t) = page.get(i) else { break };
        if !follows(t)
            // "Hospital of Reseda\nPatient: …"
            || i > begin && t.gap == Gap::Line && !wraps(page, i)
            || t.flags.is_any(HEADS)
                && i > begin
                && !(t.is_word() && t.flags.is(Class::FacilityPart) && !t.flags.is(Class::FacilityHead))
        {
            break;
        }
        let word = t.is_word()
            && (if usual {
                is_capital(t) && !t.flags.is_any(Class::Function.bit() | Class::Month.bit())
            } else {
                is_namelike(t)
                    || is_part(t.flags)
                    // "UNIVERSITY OF THE GREAT PLAINS"
                    || university
                        && !t.flags.is_any(STOPS)
                        && page.get(i + 1).is_some_and(|n| n.is_word() && n.gap == Gap::Space && is_part(n.flags))
                    || t.flags.word() <= 1 && !t.flags.is(Class::Function)
                    || t.flags.is_any(Class::CityFirst.bit() | Class::CityLast.bit()) && university
                    // "university hospital of union square"
                    || i == begin && university && matches!(page.phrase(i), Some((behind, Known::City(_))) if behind > i + 1)
                    || i > begin && university && t.flags.is(Class::StreetSuffix)
            });
        let joins = i > begin
            && ((t.is_sign('.') && page.before(i).is_some_and(|b| b.len() <= 2))
                || t.is_dash() && t.gap == Gap::None
                || t.form == Form::Possessive);
        if !word && !joins {
            break;
        }
        named |= word
            && (is_namelike(t)
                || is_part(t.flags)
                || (university && usual && !is_generic(t.flags))
                || (i == begin
                    && university
                    && matches!(page.phrase(i), Some((behind, Known::City(_))) if behind > i + 1))
                || t.flags.is_state() && t.len() > 2);
        i += 1;
    }
    while i > begin && page.get(i - 1).is_some_and(|t| t.form == Form::Sign) {
        i -= 1;
    }
    if !named {
        return None;
    }
    // "University of Reseda Medical Center"
    let mut end = i;
    if page.get(i).is_some_and(|t| {
        follows(t)
            && t.gap <= Gap::Space
            && t.flags.is_any(HEADS | Class::GenericPlace.bit())
            && (!usual || is_capital(t))
    }) {
        let headed = (i..i + 4).find(|j| {
            page.get(*j).is_some_and(|t| {
                t.is_word() && t.gap <= Gap::Line && t.flags.is_any(HEADS) && (!usual || is_capital(t))
            })
        });
        if let Some(h) = headed
            .filter(|h| (i..*h).all(|j| page.get(j).is_some_and(|t| is_generic(t.flags) || t.form == Form::Possessive)))
        {
            end = right(page, h);
        }
    }
    if is_key(page, end, AT) && usual && page.get(end + 1).is_some_and(|t| is_capital(t) && is_namelike(t)) {
        end = with_place(page, end);
    }
    marks.add(page, head, end, Kind::Facility, Reason::Pattern);
    Some(end)
}

/// "Univ.", "Hosp.": a head noun cut short, with its full stop.
pub(super) fn is_abbreviated(page: &Page<'_>, head: usize) -> bool {
    const SHORT: [u64; 3] = [key("univ"), key("hosp"), key("ctr")];
    page.get(head).is_some_and(|t| SHORT.contains(&t.key))
        && page.is_sign(head + 1, '.')
        && page.get(head + 1).is_some_and(|t| t.gap == Gap::None)
}

/// "Hospital for Special Surgery", "VA Boston", "VAMC Seattle".
fn for_purpose(page: &Page<'_>, marks: &mut Marks, head: usize) -> Option<usize> {
    // "Café Trinity", "Temple Beth Israel"
    const FIRST: [u64; 34] = [
        key("cafe"),
        key("temple"),
        key("chez"),
        key("hotel"),
        key("yeshiva"),
        key("camp"),
        key("escuela"),
        key("klinika"),
        key("clinica"),
        key("klinik"),
        key("clinique"),
        key("hopital"),
        key("ospedale"),
        key("colegio"),
        key("lycee"),
        key("ecole"),
        key("iglesia"),
        key("brouwerij"),
        key("masjid"),
        key("congregation"),
        key("christus"),
        key("policlinico"),
        key("hospicio"),
        key("instituto"),
        key("universidad"),
        key("universite"),
        key("universiteit"),
        key("maison"),
        key("residencia"),
        key("sanatorio"),
        key("boulangerie"),
        key("taqueria"),
        key("ziekenhuis"),
        key("notre"),
    ];
    let usual = is_usual(page, head);
    if page.get(head).is_some_and(|t| {
        FIRST.contains(&t.key) && (!usual || is_capital(t) && (page.capital_tells(head) || t.flags.word() < 3))
    }) {
        let end = (head + 1..head + 5)
            .take_while(|i| {
                page.get(*i).is_some_and(|t| {
                    // "Masjid Al-Riverside"
                    let dash = t.is_dash()
                        && t.gap == Gap::None
                        && page.get(*i + 1).is_some_and(|n| n.is_word() && n.gap == Gap::None);
                    dash || (t.gap <= Gap::Space || *i == head + 1 && follows(t))
                        && t.is_word()
                        && (if usual {
                            is_capital(t) && !t.flags.is_any(Class::Function.bit()) || t.flags.is(Class::Particle)
                        } else {
                            is_namelike(t)
                                || is_part(t.flags)
                                || t.flags.is_any(Class::CityLast.bit() | Class::Particle.bit())
                                || page.before(*i).is_some_and(|b| b.is_dash() && t.gap == Gap::None)
                        })
                })
            })
            .last()?
            + 1;
        let named = (head + 1..end).any(|i| {
            page.get(i).is_some_and(|t| {
                is_namelike(t)
                    || is_part(t.flags)
                    || usual && is_capital(t) && !is_generic(t.flags) && !t.flags.is_medical()
            })
        });
        if named && !page.get(head + 1).is_some_and(|t| t.flags.is_medical()) {
            marks.add(page, head, end, Kind::Facility, Reason::Pattern);
            return Some(end);
        }
        return None;
    }
    if is_key(page, head, key("hospital")) && is_key(page, head + 1, FOR) && is_usual(page, head) {
        let end = (head + 2..head + 6)
            .take_while(|i| page.get(*i).is_some_and(|t| t.is_word() && is_capital(t) && t.gap <= Gap::Space))
            .last()?
            + 1;
        marks.add(page, head, end, Kind::Facility, Reason::Pattern);
        return Some(end);
    }
    None
}
