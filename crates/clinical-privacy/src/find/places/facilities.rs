//! Hospitals, clinics, pharmacies, schools, churches, firms: a name before a head noun, or a name that a list holds.

use super::behind::{is_abbreviated, of_place};
use super::heads::{adjoining, called_the, is_pair, is_strong, opens, semi_generic, weak_name};
use super::reach::{right, with_place};
use super::run::left;
use super::words::{
    AND, AT, FOR, OF, THE, is_capital, is_generic, is_key, is_led_by, is_odd, is_rare, is_taken, is_usual, key,
};
use crate::find::marks::Marks;
use crate::kind::{Kind, Reason};
use crate::read::{Form, Gap, Page};
use crate::words::{Class, Known};

/// Words that a facility's or firm's name may end with.
pub(super) const HEADS: u64 = Class::FacilityHead.bit() | Class::CompanySuffix.bit() | Class::PlainHead.bit();

/// Words after which an organisation is expected.
pub(super) const LEADS: [u64; 20] = [
    AT,
    FOR,
    OF,
    key("from"),
    key("to"),
    key("by"),
    key("with"),
    key("through"),
    key("via"),
    key("in"),
    key("call"),
    key("called"),
    key("attended"),
    key("attends"),
    key("site"),
    key("employer"),
    key("runs"),
    key("owns"),
    key("works"),
    key("joined"),
];

/// Heads that are also what is done to a patient.
const CLINICAL: [u64; 16] = [
    key("therapy"),
    key("treatment"),
    key("monitoring"),
    key("surgery"),
    key("repair"),
    key("exchange"),
    key("imaging"),
    key("care"),
    key("medicine"),
    key("endoscopy"),
    key("dialysis"),
    key("body"),
    key("systems"),
    key("produce"),
    key("supply"),
    key("fertility"),
];

/// Words behind a head that make it another thing: "Hospital Course", "Medical Record Number".
const NOT_BEHIND: [u64; 22] = [
    key("course"),
    key("day"),
    key("record"),
    key("records"),
    key("history"),
    key("number"),
    key("conditions"),
    key("problems"),
    key("issues"),
    key("decision"),
    key("necessity"),
    key("maintenance"),
    key("status"),
    key("stay"),
    key("phone"),
    key("plan"),
    key("team"),
    key("provider"),
    key("insurance"),
    key("discharge"),
    key("note"),
    key("notes"),
];

/// Heads that are a name with a sort before and a place behind, where casing says nothing.
const OF_PLACES: [u64; 8] = [
    key("center"),
    key("clinic"),
    key("hospital"),
    key("hosp"),
    key("associates"),
    key("consultants"),
    key("physicians"),
    key("partners"),
];

/// Heads that stand within a hospital.
const WARDS: [u64; 3] = [key("unit"), key("block"), key("wing")];

/// `head` may head a name: marks the name with the words before and behind it.
pub(super) fn headed(page: &Page<'_>, marks: &mut Marks, head: usize) -> Option<usize> {
    let token = page.get(head)?;
    if is_taken(marks, head) || token.len() < 2 {
        return None;
    }
    let usual = is_usual(page, head);
    let capital = is_capital(token);
    if usual && !capital {
        return lower_head(page, marks, head);
    }
    let office = token.key == key("department") || token.key == key("dept") || token.key == key("district");
    if office && !page.before(head).is_some_and(|t| super::run::OFFICES.contains(&t.key)) {
        return None;
    }
    // "HOSP JULY 28 TO AUGUST 3": in hospital.
    if token.key == key("hosp") && token.gap >= Gap::Line {
        return None;
    }
    let mut end = right(page, head);
    let run = left(page, marks, head);
    if run.first == head {
        return of_place(page, marks, head, end);
    }
    let strong = (head..end).any(|i| is_strong(page, i)) || is_pair(page, head, end);
    let next = page.get(end);
    let near = next.filter(|t| t.gap <= Gap::Space && t.is_word() && marks.is_free(end));
    // "HOSPITAL NO: 313027", "Group: 117089": the label of a field.
    let label = page.is_sign(end, ':')
        || page.is_sign(end, '=')
        || near.is_some_and(|t| t.flags.is(Class::NumberLabel))
        || page.is_sign(end, '#');
    if label
        && (page.opens_line(head)
            || !run.named
            || near.is_some() && !usual
            || near.is_some() && page.is_sign(end + 1, ':'))
    {
        return None;
    }
    // "Yasmin\nMedical\n": a heading on a line of its own.
    if page.get(head).is_some_and(|t| t.gap == Gap::Line)
        && end == head + 1
        && !strong
        && next.is_none_or(|t| t.gap >= Gap::Line)
    {
        return None;
    }
    // "Zinbelle works for …"
    if token.flags.is(Class::Employed) && near.is_some_and(|t| t.flags.is(Class::Function) || !usual) {
        return None;
    }
    // "Cut Bank Consolidated High"; but "Potassium High".
    if token.key == key("high")
        && !is_led_by(page, head, &[key("junior"), key("senior"), key("jr"), key("sr")])
        && !(head > 1 && page.is_sign(head - 1, '.') && is_led_by(page, head - 1, &[key("jr"), key("sr")]))
        && !(run.named && head - run.first >= 2 && near.is_none())
    {
        return None;
    }
    // "Hand & Wrist", "Heart & Rhythm"; but "Normal Sinus Rhythm".
    if [key("rhythm"), key("wrist")].contains(&token.key)
        && !page.before(head).is_some_and(|t| t.is_sign('&') || t.key == AND && t.is_word())
    {
        return None;
    }
    // "Burn Unit", "Women's Block": a ward only with a name before its sort; "Apt Unit 4" belongs to a street.
    if WARDS.contains(&token.key)
        && (marks.kind_at(head).is_some()
            || page.get(end).is_some_and(|t| matches!(t.form, Form::Number | Form::Mixed) && t.gap <= Gap::Space)
            || !page.before(head).is_some_and(|t| is_generic(t.flags) || t.form == Form::Possessive || is_rare(t)))
    {
        return None;
    }
    if near.is_some_and(|t| NOT_BEHIND.contains(&t.key)) && !(strong && run.rare) {
        return None;
    }
    if near.is_some_and(|t| t.flags.is(Class::EponymHead)) && !strong {
        return None;
    }
    let fine = if usual {
        if strong {
            run.own || semi_generic(page, run.first, head) || called_the(page, run.first, head)
        } else {
            // A plain word is a head only where its name ends there.
            let at_own = run.own
                && head - run.first <= 3
                && page.before(run.first).is_some_and(|t| {
                    t.form == Form::Lower
                        && [AT, key("from"), OF, key("for"), key("via"), key("through")].contains(&t.key)
                        || t.is_sign('(') && token.flags.is(Class::CompanySuffix)
                });
            let firm = token.flags.is(Class::CompanySuffix)
                && run.own
                && page.get(run.first).is_some_and(|t| is_odd(t) || is_rare(t))
                && page.capital_tells(head);
            (run.named || at_own || firm)
                && near.is_none_or(|t| {
                    run.rare
                        || t.key == key("department")
                        || run.named && t.flags.is_any(Class::Specialty.bit()) && !t.flags.is_any(HEADS)
                        || !is_capital(t)
                        || t.flags
                            .is_any(Class::Function.bit() | Class::Says.bit() | Class::Month.bit() | Class::Title.bit())
                })
        }
    } else {
        let from = if is_led_by(page, run.first, &[THE]) { run.first - 1 } else { run.first };
        let led = is_led_by(page, from, &LEADS) || opens(page, from);
        let names = run.rare || run.named && (strong && led || weak_name(page, run.first, head));
        let work = (run.first.saturating_sub(5)..run.first)
            .any(|i| page.get(i).is_some_and(|t| t.is_word() && t.flags.is(Class::Employed)));
        let words = (run.first..head).filter(|i| page.get(*i).is_some_and(|t| t.is_word())).count();
        let bounded = strong && token.key != key("therapy") && run.own && led && words <= 3;
        let firm = work && led && run.own && token.flags.is(Class::CompanySuffix);
        let pair = is_pair(page, head, end);
        // "peritoneal dialysis", "hernia repair", "neurosurgical treatment"
        let alone = end == head + 1 && !page.before(head).is_some_and(|t| t.flags.is_any(HEADS));
        if CLINICAL.contains(&token.key) && alone && !pair && !is_led_by(page, from, &[AT, key("through")]) {
            (run.rare || run.odd) && opens(page, from) && next.is_none_or(|t| t.gap >= Gap::Line)
        } else if strong {
            names || bounded || firm
        } else {
            let whole = adjoining(page, head) || led && (run.rare || weak_name(page, run.first, head));
            // "to avoid citrus foods": a verb may stand behind "to".
            let to = is_led_by(page, from, &[key("to")]) && !opens(page, from);
            let led = led && (!to || run.rare || weak_name(page, run.first, head));
            let business = token.flags.is(Class::CompanySuffix)
                && led
                && run.named
                && head - run.first <= 3
                && !(run.first..head).any(|i| page.get(i).is_some_and(|t| t.flags.is_medical()));
            // "at dill's sub shop": one that is owned and has no article.
            let owned = is_led_by(page, run.first, &[AT, key("from")])
                && run.own
                && page.get(run.first + 1).is_some_and(|t| t.form == Form::Possessive);
            // "at union square bakery": a listed place before a firm's sort.
            let square = matches!(page.phrase(run.first), Some((end, Known::City(_))) if end == head)
                && is_led_by(page, run.first, &[AT, key("from")])
                && token.flags.is(Class::CompanySuffix);
            firm || square
                || ((run.rare || run.named && led) && (whole || business) || owned)
                    && near.is_none_or(|t| {
                        t.key == key("department")
                            || t.flags.is_any(
                                Class::Function.bit() | Class::Says.bit() | Class::Does.bit() | Class::Towards.bit(),
                            )
                            || (run.rare || run.odd) && !is_generic(t.flags) && !t.flags.is(Class::Heading)
                    })
        }
    };
    if !fine {
        // "UNIV HOSP OF THE HIGH PLAINS": only sorts before the head, and the name behind "of".
        let sorts = (run.first..head)
            .all(|i| page.get(i).is_some_and(|t| is_generic(t.flags) || t.form == Form::Possessive || t.is_sign('.')));
        let behind = if sorts { of_place(page, marks, head, end) } else { None };
        // "Heart Center of Palmetto", "Life Care of Palmetto": the place behind "of" makes it a name.
        let placed = with_place(page, end);
        if behind.is_none()
            && placed > end
            && (is_key(page, end, OF) || is_abbreviated(page, end - 1))
            && (usual && (run.own || sorts) || sorts && OF_PLACES.contains(&token.key))
            && page.get(run.first).is_some_and(|t| !usual || is_capital(t))
        {
            marks.add(page, run.first, placed, Kind::Facility, Reason::Pattern);
            return Some(placed);
        }
        if let Some(end) = behind {
            marks.add(page, run.first, end, Kind::Facility, Reason::Pattern);
        }
        return behind;
    }
    end = with_place(page, end);
    let kind = kind(page, head, end);
    marks.add(page, with_article(page, run.first), end, kind, Reason::Pattern);
    Some(end)
}

/// "The Gray Clinic": a capital "The" belongs to the name, and where casing says nothing it may.
fn with_article(page: &Page<'_>, first: usize) -> usize {
    let article = first > 0
        && is_key(page, first - 1, THE)
        && page.get(first).is_some_and(|t| t.gap <= Gap::Space)
        && page.get(first - 1).is_some_and(|t| !is_usual(page, first - 1) || is_capital(t));
    if article { first - 1 } else { first }
}

/// "Mercy hospital": a small head behind a name that its capital gives away.
fn lower_head(page: &Page<'_>, marks: &mut Marks, head: usize) -> Option<usize> {
    if !is_strong(page, head) {
        return None;
    }
    let before = page.before(head)?;
    let owner = before.form == Form::Possessive;
    let name = head - 1 - usize::from(owner);
    let named = page.get(name).is_some_and(|t| {
        is_capital(t)
            && t.form != Form::Initial
            && (is_rare(t)
                || t.flags.city() >= 2
                || t.flags.is(Class::FacilityPart)
                || t.flags.is_state() && t.len() > 2)
            && !t.flags.is_eponym()
            && !is_generic(t.flags)
            && page.capital_tells(name)
    });
    if !named || page.get(head).is_some_and(|t| t.gap > Gap::Space) {
        return None;
    }
    let run = left(page, marks, name);
    // "Anna's school" is a school of no name.
    if owner && !is_led_by(page, run.first, &[AT, key("to"), key("from")]) {
        return None;
    }
    marks.add(page, run.first, head + 1, kind(page, head, head + 1), Reason::Pattern);
    Some(head + 1)
}

/// Heads that are places, and yet firms.
const TRADES: [u64; 4] = [key("bakery"), key("dairy"), key("factory"), key("plant")];

/// A firm is an employer, everything else a facility.
fn kind(page: &Page<'_>, head: usize, end: usize) -> Kind {
    let firm = (head..end).any(|i| {
        page.get(i).is_some_and(|t| {
            TRADES.contains(&t.key) || t.flags.is(Class::CompanySuffix) && !t.flags.is(Class::FacilityHead)
        })
    }) && !(head..end)
        .any(|i| is_key(page, i, key("hospital")) || is_key(page, i, key("medical")) || is_key(page, i, key("health")));
    if firm { Kind::Employer } else { Kind::Facility }
}
