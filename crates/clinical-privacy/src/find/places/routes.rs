//! Roads by their number or letter: "County Road 12", "on Route 9", "BIA Rt 4", "I-80".

use super::roads::is_word_of;
use super::streets::{ON, close, is_nth};
use super::words::{AT, is_capital, is_key, is_led_by, is_usual, key};
use crate::find::marks::Marks;
use crate::read::{Form, Gap, Page};
use crate::words::Class;

/// Short for a route where an owner of roads stands before it, for the right side elsewhere.
pub(super) const RT: u64 = key("rt");

/// Farm to market.
pub(super) const FM: u64 = key("fm");

const COUNTY: u64 = key("county");

/// Words before "Road" or "Route" and its number.
pub(super) const OWNERS: [u64; 9] =
    [COUNTY, key("state"), key("us"), key("old"), key("township"), key("farm"), key("ranch"), key("rural"), key("co")];

/// "County Road 12", "Highway 61", "State Route 9", "US 1", "FM 1960": the token behind.
pub(super) fn highway(page: &Page<'_>, at: usize) -> Option<usize> {
    let token = page.get(at)?;
    // "Farm to Market 1960", "Ranch to Market Road 12"
    if (token.key == key("farm") || token.key == key("ranch"))
        && is_key(page, at + 1, key("to"))
        && is_key(page, at + 2, key("market"))
    {
        let road = at + 3 + usize::from(is_key(page, at + 3, key("road")) || is_key(page, at + 3, key("rd")));
        return page.get(road).filter(|t| t.is_number(1..=4) && t.gap <= Gap::Line).map(|_| road + 1);
    }
    const ROADS: [u64; 11] = [
        key("highway"),
        key("hwy"),
        key("route"),
        key("rte"),
        key("road"),
        key("rd"),
        key("interstate"),
        key("fm"),
        key("cr"),
        key("sr"),
        key("us"),
    ];
    if !token.is_word() || !(ROADS.contains(&token.key) || OWNERS.contains(&token.key)) {
        return None;
    }
    let mut i = at;
    while i < at + 3 && is_word_of(page, i, &OWNERS) {
        i += 1;
        while page.is_sign(i, '.') {
            i += 1;
        }
    }
    let owned = i > at;
    let named = is_word_of(page, i, &ROADS);
    if named {
        i += 1;
        while page.is_sign(i, '.')
            || page.is_sign(i, '#')
            || page.get(i).is_some_and(|t| t.is_dash() && t.gap == Gap::None)
        {
            i += 1;
        }
    }
    let number = page.get(i)?;
    // "County Road Q", "county rd mm"
    let lettered = named
        && is_key(page, at, COUNTY)
        && number.is_word()
        && number.gap == Gap::Space
        && (number.len() == 1 || number.len() == 2 && page.word(i).as_bytes()[0] == page.word(i).as_bytes()[1])
        && !number.flags.is(Class::Function);
    if lettered {
        return Some(i + 1);
    }
    let fine = (number.is_number(1..=4) || number.form == Form::Mixed && number.len() <= 5 && !is_nth(page, i))
        && number.gap <= Gap::Line;
    (fine
        && (named && (owned || ![key("road"), key("rd"), key("us")].contains(&token.key))
            || is_key(page, at, key("us"))))
    .then_some(i + 1)
}

/// "on Route 9", "I-80 at speed", "on the A4189": a road by its letter or word and its number, which ends at `at`.
pub(super) fn by_number(page: &Page<'_>, marks: &mut Marks, at: usize) -> Option<usize> {
    const LED: [u64; 13] = [
        ON,
        key("off"),
        key("along"),
        key("near"),
        key("via"),
        key("down"),
        key("from"),
        key("to"),
        AT,
        key("mvc"),
        key("mva"),
        key("crash"),
        key("collision"),
    ];
    let token = page.get(at)?;
    if token.form == Form::Mixed {
        let word = page.word(at).as_bytes();
        let long = matches!(word, [b'A' | b'B', rest @ ..] if rest.len() >= 3 && rest.iter().all(u8::is_ascii_digit));
        let motorway = matches!(word, [b'M', rest @ ..] if rest.len() == 2 && rest.iter().all(u8::is_ascii_digit));
        let the = at.checked_sub(1).filter(|i| is_key(page, *i, super::words::THE));
        if long || motorway {
            let fits = is_led_by(page, the?, &LED) && token.len() <= 5 && !marks.is_shielded(at);
            return fits.then(|| close(page, marks, at, at + 1));
        }
    }
    if !token.is_number(1..=4) && !is_sided(page, at) {
        return None;
    }
    let before = page.before(at)?;
    let first = if before.is_dash() && before.gap == Gap::None && token.gap == Gap::None {
        // "I-131" is no road, and "US-2" could be a picture.
        at.checked_sub(2).filter(|i| match page.word(*i) {
            "I" => token.is_number(1..=2),
            "US" | "SR" | "FM" => token.is_number(2..=4) || !token.is_number(1..=4),
            _ => false,
        })?
    } else {
        const WORDS: [u64; 5] = [key("route"), key("rte"), key("hwy"), key("highway"), key("interstate")];
        let word = at.checked_sub(1).filter(|_| token.gap == Gap::Space)?;
        // "BIA Rt 4": "rt" alone is the right side.
        let tribal = word.checked_sub(1).filter(|i| {
            is_key(page, *i, key("bia")) && is_word_of(page, word, &[RT, key("rte"), key("route"), key("road")])
        });
        if let Some(first) = tribal.filter(|first| !marks.any_in(*first, at + 1)) {
            return Some(close(page, marks, first, at + 1));
        }
        // "off FM 1960": farm to market, in capitals and with three digits at least.
        let farm = is_key(page, word, FM) && page.word(word) == "FM" && token.is_number(3..=4);
        Some(word).filter(|i| farm || is_word_of(page, *i, &WORDS))?
    };
    // "calls from hwy 112": no other thing is named so.
    let road = [key("hwy"), key("highway"), key("interstate")].iter().any(|k| is_key(page, first, *k));
    let small = is_usual(page, first) && !page.get(first).is_some_and(is_capital) && !road;
    let counted = page.get(at + 1).is_some_and(|t| t.gap <= Gap::Space && t.flags.is(Class::Unit) && t.len() > 2);
    if small || counted {
        return None;
    }
    // "late because Route 9 flooded": in the middle of a sentence its capital says what it is.
    let named = is_usual(page, first)
        && page.capital_tells(first)
        && page.get(first).is_some_and(|t| t.len() > 2 && t.form == Form::Title)
        && page.get(at + 1).is_some_and(|t| t.gap == Gap::Space && t.is_word() && !t.flags.is(Class::Unit));
    let led = is_led_by(page, first, &LED) || first > 0 && page.is_sign(first - 1, '@') || named;
    // "vs guardrail, US-31 near the exit"
    let dashed = page.get(first + 1).is_some_and(|t| t.is_dash());
    let led = led || dashed && first > 0 && [',', ':', '('].iter().any(|s| page.is_sign(first - 1, *s));
    (led && !marks.any_in(first, at + 1)).then(|| close(page, marks, first, milepost(page, at + 1)))
}

/// "9N", "12A": a road's number with its side or letter.
fn is_sided(page: &Page<'_>, at: usize) -> bool {
    page.get(at).is_some_and(|t| t.form == Form::Mixed && t.len() <= 4)
        && page.word(at).split_at_checked(page.word(at).len() - 1).is_some_and(|(number, side)| {
            number.bytes().all(|b| b.is_ascii_digit()) && matches!(side, "N" | "S" | "E" | "W" | "A" | "B")
        })
}

/// "SB at mile marker 201", "@ mile 212", "near exit 48" behind a road: the token behind, or `end`.
fn milepost(page: &Page<'_>, end: usize) -> usize {
    const BOUND: [u64; 8] = [
        key("nb"),
        key("sb"),
        key("eb"),
        key("wb"),
        key("northbound"),
        key("southbound"),
        key("eastbound"),
        key("westbound"),
    ];
    const POSTS: [u64; 7] = [key("mile"), key("marker"), key("milepost"), key("mm"), key("mp"), key("exit"), key("km")];
    let mut at = end + usize::from(is_word_of(page, end, &BOUND));
    if page.is_sign(at, '@') || is_word_of(page, at, &[AT, key("near"), key("by")]) {
        at += 1;
    }
    let mut posts = 0;
    while posts < 2 && is_word_of(page, at, &POSTS) && page.get(at).is_some_and(|t| t.gap <= Gap::Line) {
        posts += 1;
        at += 1;
    }
    let post = posts > 0 && page.get(at).is_some_and(|t| t.is_number(1..=4) && t.gap <= Gap::Line);
    if post { at + 1 } else { end }
}
