//! Names that end with a word of a facility's own instead of a head noun: "Ada Children's", "Palm Bay VA".

use super::facilities::LEADS;
use super::heads::opens;
use super::reach::{right, with_place};
use super::run::left;
use super::words::{AT, FOR, OF, SAINT, ST, is_capital, is_generic, is_key, is_led_by, is_taken, is_usual, key};
use crate::find::marks::Marks;
use crate::kind::{Kind, Reason};
use crate::read::{Form, Gap, Page};
use crate::words::Class;

/// "Ada Children's", "Lincoln Memorial", "Palm Bay VA", "Boston Medical": a name that ends with a facility's own word.
pub(super) fn find(page: &Page<'_>, marks: &mut Marks, at: usize) -> Option<usize> {
    const TAILS: [u64; 14] = [
        key("children"),
        key("childrens"),
        key("general"),
        key("memorial"),
        key("va"),
        key("regional"),
        key("methodist"),
        key("baptist"),
        key("presbyterian"),
        key("lutheran"),
        key("adventist"),
        key("mercy"),
        key("community"),
        key("womens"),
    ];
    let token = page.get(at)?;
    if !TAILS.contains(&token.key) || is_taken(marks, at) {
        return None;
    }
    let usual = is_usual(page, at);
    let mut end = at + 1;
    if token.key == key("va") {
        return veterans(page, marks, at, usual);
    }
    if usual && !is_capital(token) {
        return None;
    }
    let owned = page.get(end).is_some_and(|t| t.form == Form::Possessive);
    if token.key == TAILS[0] {
        if !owned {
            return None;
        }
        end += 1;
        // "Children's of Alabama"
        let placed = with_place(page, end);
        if placed > end
            && is_key(page, end, OF)
            && (usual && token.form == Form::Title || !usual && at > 0 && is_led_by(page, at, &LEADS))
        {
            marks.add(page, at, placed, Kind::Facility, Reason::Pattern);
            return Some(placed);
        }
    }
    let next = page.get(end);
    let near = next.filter(|t| t.gap <= Gap::Space && t.is_word());
    let lone = page.get(end).is_none_or(|t| t.gap >= Gap::Line);
    let tells = page.capital_tells(at) || lone || token.gap == Gap::Line && page.before(at).is_some_and(is_capital);
    let run = left(page, marks, at);
    // "from St. Benedict Mercy"
    if at - run.first >= 2
        && [ST, SAINT].iter().any(|k| is_key(page, run.first, *k))
        && (usual && near.is_none_or(|t| !is_capital(t))
            || is_led_by(page, run.first, &LEADS) && near.is_none_or(|t| !is_generic(t.flags)))
    {
        marks.add(page, run.first, end, Kind::Facility, Reason::Pattern);
        return Some(end);
    }
    // A noun behind it, and it was no end of a name.
    if near.is_some_and(|t| {
        if usual {
            is_capital(t)
                && !t.flags.is(Class::Specialty)
                && (!t.flags.is_medical()
                    || page.get(end + 1).is_some_and(|n| n.gap < Gap::Line && n.form != Form::Sign))
                && !t.flags.is_any(
                    Class::Says.bit()
                        | Class::Does.bit()
                        | Class::Month.bit()
                        | Class::Title.bit()
                        | Class::Function.bit(),
                )
        } else {
            !t.flags.is_any(Class::Function.bit() | Class::Says.bit() | Class::Does.bit() | Class::Towards.bit())
        }
    }) {
        return None;
    }
    if run.first == at {
        return None;
    }
    let plain = [key("general"), key("regional"), key("community"), key("mercy")].contains(&token.key);
    // "at LA General", "from County General"
    let short = usual
        && tells
        && at - run.first == 1
        && page.get(run.first).is_some_and(|t| {
            t.form == Form::Upper && t.len() <= 4 && (!t.flags.is_medical() || t.flags.is_state())
                || t.key == key("county")
        })
        && page
            .before(run.first)
            .is_some_and(|t| t.form == Form::Lower && [AT, key("to"), key("from"), OF, key("in")].contains(&t.key));
    let fine = short
        || if usual {
            run.named
                && tells
                && !(plain
                    && !run.rare
                    && !(run.first..at)
                        .any(|i| page.get(i).is_some_and(|t| t.flags.city() > 0 || t.flags.is_state() && t.len() > 2)))
        } else {
            run.rare && !plain
                || run.named && (is_led_by(page, run.first, &LEADS) || opens(page, run.first) && near.is_none())
        };
    if !fine {
        return None;
    }
    marks.add(page, run.first, end, Kind::Facility, Reason::Pattern);
    Some(end)
}

/// Words of medicine that a practice's name may end with where something leads to it.
pub(super) const LED: [u64; 9] = [
    key("cardiovascular"),
    key("derm"),
    key("ortho"),
    key("recovery"),
    key("subacute"),
    key("surgical"),
    key("vision"),
    key("workcare"),
    key("meds"),
];

/// Is the word one of those?
pub(super) fn is_led(key: u64) -> bool {
    LED.contains(&key)
}

/// "referred to Palmetto Cardiovascular", "(Tidewater Ortho)", "Canyon View Subacute" behind a label: a name before the
/// word, something that leads to it, and nothing of the same sort behind.
pub(super) fn led(page: &Page<'_>, marks: &mut Marks, at: usize) -> Option<usize> {
    let usual = is_usual(page, at);
    if is_taken(marks, at)
        || page.get(at).is_none_or(|t| t.gap > Gap::Space)
        || usual && !page.get(at).is_some_and(is_capital)
    {
        return None;
    }
    let run = left(page, marks, at);
    if run.first == at {
        return None;
    }
    let ends = page.get(at + 1).is_none_or(|t| {
        t.gap >= Gap::Line
            || t.form == Form::Sign && !t.is_sign(':') && !t.is_sign('/') && !t.is_dash()
            || t.flags.is_any(Class::Function.bit() | Class::Says.bit() | Class::Does.bit())
                && (!usual || !is_capital(t))
    });
    let lower = page.before(run.first).is_some_and(|t| t.is_word() && (t.form == Form::Lower || !usual));
    let worded = lower && is_led_by(page, run.first, &[AT, key("to"), key("from"), key("via"), key("through")]);
    let signed = page.before(run.first).is_some_and(|t| {
        [':', '(', '"', '>', '|', '@', '/', '^'].iter().any(|s| t.is_sign(*s))
            && page.get(run.first).is_some_and(|n| n.gap <= Gap::Space)
    });
    // Alone on its line: only a word that is in no list.
    let alone = page.opens_line(run.first) && page.get(at + 1).is_none_or(|t| t.gap >= Gap::Line) && run.rare;
    let name = if usual { run.named || run.odd } else { run.rare };
    let to = is_led_by(page, run.first, &[key("to"), key("from")]) && !run.rare;
    // "to Good Vision": a verb's end or a wish is no name.
    let fine = ends && name && ((usual || !to) && worded || signed || alone);
    fine.then(|| {
        marks.add(page, run.first, at + 1, Kind::Facility, Reason::Pattern);
        at + 1
    })
}

/// "Palm Bay VA", "VA Boston", "Bethlehem VA Medical Center". After a comma the letters are a state.
fn veterans(page: &Page<'_>, marks: &mut Marks, at: usize, usual: bool) -> Option<usize> {
    let token = page.get(at)?;
    if usual && token.form != Form::Upper {
        return None;
    }
    let mut end = at + 1;
    if page.get(end).is_some_and(|t| t.is_number(5..=5)) {
        return None;
    }
    // "VA Boston", "VA Puget Sound"
    let behind = with_place(page, end);
    if behind > end && !is_key(page, end, OF) && !is_key(page, end, FOR) && !is_key(page, end, AT) {
        marks.add(page, at, behind, Kind::Facility, Reason::Pattern);
        return Some(behind);
    }
    let run = left(page, marks, at);
    if run.first == at || page.before(at).is_some_and(|t| t.is_sign(',')) {
        return None;
    }
    let heads = right(page, at);
    if heads > end {
        end = heads;
    }
    let near = page.get(end).filter(|t| t.gap <= Gap::Space && t.is_word() && marks.is_free(end));
    let followed = near.is_some_and(|t| !t.flags.is_any(Class::Function.bit() | Class::Says.bit() | Class::Does.bit()));
    let fine = if usual {
        run.own
    } else {
        (run.rare || run.named)
            && (heads > at + 1 || opens(page, run.first) || is_led_by(page, run.first, &LEADS))
            && (!followed || run.rare)
    };
    fine.then(|| {
        marks.add(page, run.first, end, Kind::Facility, Reason::Pattern);
        end
    })
}
