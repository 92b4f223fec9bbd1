//! How far an organisation's name goes behind its head noun.

use super::run::OFFICES;
use super::words::{
    AND, AT, FOR, OF, THE, follows, is_capital, is_generic, is_key, is_led_by, is_namelike, is_part, is_rare, is_tab,
    is_usual, key,
};
use crate::read::{Form, Gap, Page};
use crate::words::{Class, Known};

/// The token behind the last head of the name whose head is `head`: "Hospital and Medical Center".
pub(super) fn right(page: &Page<'_>, head: usize) -> usize {
    let usual = is_usual(page, head);
    let mut end = head + 1;
    let mut i = end;
    while i < end + 4 && i < head + 10 {
        let Some(token) = page.get(i) else { break };
        let over_line = token.gap == Gap::Line;
        if token.gap > Gap::Line
            || token.gap == Gap::Wide && !is_tab(page, i)
            || over_line && (page.get(end - 1).is_some_and(|t| !t.flags.is(Class::PlainHead)) || !wraps(page, i))
        {
            break;
        }
        let f = token.flags;
        let heads = f.is_any(Class::FacilityHead.bit() | Class::CompanySuffix.bit() | Class::PlainHead.bit());
        if token.is_word()
            && (if usual { is_capital(token) } else { !f.is(Class::Function) && (heads || is_generic(f)) })
        {
            let department = token.key == key("department") || token.key == key("dept") || token.key == key("district");
            if department && !page.before(i).is_some_and(|t| OFFICES.contains(&t.key)) {
                break;
            }
            if heads && (usual || continues(page, i)) {
                end = i + 1;
            } else if !is_generic(f) && !f.is(Class::FacilityPart) {
                break;
            }
        } else if !(token.form == Form::Possessive
            || token.is_sign('&')
            || token.is_sign('-')
            || (token.is_sign('.') && page.before(i).is_some_and(|t| t.key == key("med")))
            || (token.key == AND && token.is_word())
            || (token.is_sign(',')
                && page
                    .get(i + 1)
                    .is_some_and(|t| t.flags.is(Class::CompanySuffix) && t.len() <= 4 && !t.flags.is_state())))
        {
            break;
        }
        i += 1;
    }
    end
}

/// Was the line before the token full, so that what stood on it may go on here? A label begins something else, and so
/// does a word in capitals under one that is not.
pub(super) fn wraps(page: &Page<'_>, at: usize) -> bool {
    let Some(line) = at.checked_sub(1).and_then(|i| page.line(i)) else { return false };
    let shouts = |i: usize| page.get(i).is_some_and(|t| t.form == Form::Upper && t.len() > 1);
    let label = page.get(at).is_some_and(|t| t.flags.is_any(Class::Naming.bit() | Class::Heading.bit()));
    if label || shouts(at) != shouts(at - 1) {
        return false;
    }
    match (page.get(line.first), page.get(line.end.saturating_sub(1))) {
        (Some(first), Some(last)) => last.end - first.start >= 40,
        _ => false,
    }
}

/// Where casing says nothing, a second head belongs to the first only in pairs that names are made of.
fn continues(page: &Page<'_>, at: usize) -> bool {
    let back = at - usize::from(is_led_by(page, at, &[AND]));
    let Some(before) = page.before(back) else { return false };
    let Some(token) = page.get(at) else { return false };
    let f = token.flags;
    let plain_before =
        before.flags.is(Class::PlainHead) || is_generic(before.flags) && !before.flags.is(Class::FacilityHead);
    let noun = [
        key("center"),
        key("centre"),
        key("home"),
        key("system"),
        key("hospital"),
        key("clinic"),
        key("school"),
        key("group"),
        key("services"),
        key("institute"),
        key("practice"),
        key("associates"),
        key("pharmacy"),
        key("rehabilitation"),
        key("rehab"),
        key("spine"),
        key("living"),
        key("care"),
    ];
    plain_before && (noun.contains(&token.key) || f.is(Class::CompanySuffix))
        || f.is(Class::CompanySuffix) && token.len() <= 4
}

/// The token behind a place that belongs to the name: "Children's Hospital Los Angeles", "Mercy Hospital of Fairfield".
pub(super) fn with_place(page: &Page<'_>, end: usize) -> usize {
    // "Univ. Hosp. Palmetto"
    if end > 0 && super::behind::is_abbreviated(page, end - 1) {
        let placed = with_place(page, end + 1);
        if placed > end + 1 {
            return placed;
        }
        // "Univ. Hosp. Querrindale": words that are names by themselves.
        let named = |i: &usize| {
            page.get(*i).is_some_and(|t| {
                t.gap == Gap::Space
                    && t.is_word()
                    && (is_rare(t) || is_part(t.flags))
                    && (!is_usual(page, *i) || is_capital(t))
            })
        };
        return (end + 1..end + 4).take_while(named).last().map_or(end, |i| i + 1);
    }
    let Some(token) = page.get(end) else { return end };
    if token.gap > Gap::Space || !token.is_word() {
        return end;
    }
    let usual = is_usual(page, end);
    let leads = token.key == OF || token.key == AT && usual || token.key == FOR && (usual || is_taught(page, end + 2));
    if leads {
        let mut i = end + 1;
        while is_key(page, i, THE)
            || (is_key(page, i, key("university")) || is_key(page, i, key("city")) || is_key(page, i, OF))
                && i < end + 5
        {
            i += 1;
        }
        let begin = i;
        let fine = |i: usize| {
            page.get(i).is_some_and(|t| {
                follows(t)
                    && (t.gap != Gap::Line || wraps(page, i))
                    && t.is_word()
                    && (if usual {
                        // "Children's of Palmetto ICU DAY 5"
                        is_capital(t)
                            && !t.flags.is_any(Class::Function.bit() | Class::Month.bit())
                            && !(i > begin && t.form == Form::Upper && t.flags.is_medical())
                    } else {
                        is_rare(t) || t.flags.city() >= 2 && t.flags.word() < 2
                    })
            })
        };
        if page
            .get(begin)
            .is_some_and(|t| t.flags.is_any(Class::Title.bit() | Class::Weekday.bit() | Class::Month.bit()))
        {
            return end;
        }
        while fine(i) && i < begin + 5 {
            i += 1;
        }
        // "University Hospital of Union Square"
        let listed = matches!(page.phrase(begin), Some((behind, Known::City(_))) if behind == i && i > begin + 1);
        let named = listed || (begin..i).any(|i| page.get(i).is_some_and(|t| is_namelike(t) || is_part(t.flags)));
        let school = page.before(end).is_some_and(|t| [key("school"), key("college"), key("academy")].contains(&t.key));
        // "School for the Blind", "Academy of Science"
        if school && is_taught(page, begin) && (token.key != OF || begin == end + 1) {
            return begin + 1;
        }
        if token.key == OF && i > begin && school && usual {
            return i;
        }
        while i > begin && page.get(i - 1).is_some_and(|t| t.flags.is_any(Class::Heading.bit() | Class::Naming.bit())) {
            i -= 1;
        }
        return if i > begin && named { i } else { end };
    }
    match page.phrase(end) {
        Some((behind, Known::City(_) | Known::County | Known::State)) if !usual || is_capital(token) => behind,
        _ if usual
            && is_capital(token)
            && token.form != Form::Upper
            && (token.flags.city() >= 2 || token.flags.is_state())
            && token.flags.word() < 2 =>
        {
            end + 1
        }
        _ => end,
    }
}

/// Whom or what a school is for: "the Blind", "Science".
fn is_taught(page: &Page<'_>, at: usize) -> bool {
    const TAUGHT: [u64; 8] = [
        key("blind"),
        key("deaf"),
        key("science"),
        key("sciences"),
        key("arts"),
        key("music"),
        key("nursing"),
        key("technology"),
    ];
    page.get(at).is_some_and(|t| {
        t.is_word() && t.gap <= Gap::Space && TAUGHT.contains(&t.key) && (!is_usual(page, at) || is_capital(t))
    })
}
